"""What a document of ours shows and what it carries → the sheet, where nothing shown was changed.

The texts that it showed when it was made are read by the same reader as those that it shows now.
Where both give the same value, the carried one counts, as far as it says what is shown; where
they differ, somebody has changed the cell, and what is shown counts, for all that belongs to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from perfeval.carriers import CarriedDocument
from perfeval.cells.levels import section_name
from perfeval.cells.signs import Sign
from perfeval.cells.units import MoneyUnit
from perfeval.cells.values import Cell
from perfeval.fields import word_of
from perfeval.numbers import ONE, multiply, subtract, unit_in_last_place
from perfeval.places import Path, Place
from perfeval.reading.contents import shown
from perfeval.reading.enclosed import Enclosed
from perfeval.reading.model import ReadingNote, ReadTable
from perfeval.reading.printed_pages import is_page_number, squeezed
from perfeval.reading.vocabulary import words
from perfeval.sheet import Budget, Indicator, Sheet

_INDICATORS, _BUDGET, _GOALS, _FILED, _MONEY_UNIT = (
    word_of(Sheet, name) for name in ("indicators", "budget", "goals", "filed", "money_unit")
)
_RULEBOOK = word_of(Sheet, "rulebook")
_SECTION, _ASPECT, _NAME, _TARGET, _ACTUAL, _SIGN, _UNIT = (
    word_of(Indicator, name)
    for name in ("section", "aspect", "name", "target", "actual", "sign", "unit")
)
_WEIGHT, _INFERRED, _ROW_FILED, _PARTS = (
    word_of(Indicator, name) for name in ("weight", "weight_inferred", "filed", "parts")
)
_FUNDS, _TRANSFERS = word_of(Budget, "funds"), word_of(Budget, "transfers")
_SPENT = word_of(Budget, "spent")
_IN_UNIT = {
    (MoneyUnit.YUAN, MoneyUnit.WAN): Decimal("0.0001"),
    (MoneyUnit.WAN, MoneyUnit.YUAN): Decimal(10_000),
}
"""How many times as large a number becomes in another unit of money."""
_APART = frozenset({_INDICATORS, _BUDGET, _MONEY_UNIT})
_AMOUNTS = ("年初预算数", "预算数", "资金到位", "执行数")
_ROW_FIELD = len((_INDICATORS, 0, _NAME))
_MOST_UNTOLD = 8
"""So many letters of a text may be the form's own, beside those of the sheet."""

Row = Mapping[str, Any]


def restored(
    now: ReadTable,
    first: ReadTable,
    enclosed: Enclosed,
    document: CarriedDocument,
    *,
    has_rulebook: bool = False,
) -> ReadTable:
    """Return a table with what the document carries, where what it shows is unchanged.

    Args:
        now: What is read from what it shows now.
        first: What was read from what it showed when it was made.
        enclosed: What it carries.
        document: All that it holds now.
        has_rulebook: Whether a person named the rulebook, so that the carried one says nothing.
    """
    if enclosed.data is None or enclosed.sheet is None:
        return replace(
            now,
            assumptions=tuple(_new(now.assumptions, first.assumptions)),
            unread=tuple(_new(now.unread, first.unread)),
        )
    gone = _gone(enclosed, document)
    now = _without_lines_below(now, first, enclosed.below)
    told = {_RULEBOOK} if has_rulebook else set()
    carried = {key: value for key, value in enclosed.data.items() if key not in told}
    return _RestoredTable(now, first, carried, enclosed.sheet, gone).table()


def _without_lines_below(now: ReadTable, first: ReadTable, below: tuple[str, ...]) -> ReadTable:
    """Return a table without texts of the lines below it: a page of a PDF has them in its text.

    Whether these lines still stand there is asked of them by themselves.
    """
    told = squeezed("".join(below))
    data = {
        key: value
        for key, value in now.data.items()
        if key in first.data or not isinstance(value, str) or squeezed(value) not in told
    }
    return replace(now, data=data)


def _gone(enclosed: Enclosed, document: CarriedDocument) -> tuple[str, ...]:
    """Return the lines below the table that do not stand there any more."""
    texts = [line.text for line in document.lines if not is_page_number(line.text)]
    if enclosed.is_form:  # the lines below it are cells too
        shown_grids = (grid for grid in document.grids if not grid.is_hidden)
        texts += (cell.text for grid in shown_grids for cell in grid.cells if not cell.is_hidden)
    there = squeezed("\n".join(texts))
    return tuple(line for line in enclosed.below if squeezed(line) not in there)


def same_value(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, however their digits and blanks are set."""
    if isinstance(one, str) and isinstance(other, str):
        return squeezed(one) == squeezed(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)
    return bool(one == other)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts and figures in plain data."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield squeezed(str(value))


class _RestoredTable:
    """Puts one table together from what it shows, what it showed, and what it carries."""

    def __init__(
        self,
        now: ReadTable,
        first: ReadTable,
        carried: Mapping[str, Any],
        sheet: Sheet,
        gone: tuple[str, ...],
    ) -> None:
        self._now, self._first = now, first
        self._carried, self._sheet = carried, sheet
        self._gone = gone
        self._told = sorted(set(_texts(carried)), key=len, reverse=True)
        self._assumed = {note.path for note in first.assumptions if len(note.path) == 1}
        self._belongs: Mapping[str, list[str]] = words()["随附内容所属"]
        self._changed: list[ReadingNote] = []
        self._added: dict[str, None] = {}
        self._then: dict[int, Row] = {}

    def table(self) -> ReadTable:
        """Return the table."""
        now, first, carried = self._now.data, self._first.data, self._carried
        rows = self._rows()
        data = self._block(now, first, carried, (), leave={*_APART, _FILED})
        budget = self._budget()
        filed = self._block(*self._below(_FILED), (_FILED,))
        for key, block in ((_BUDGET, budget), (_INDICATORS, rows), (_FILED, filed)):
            if block:
                data[key] = block
        if _MONEY_UNIT in carried:
            data[_MONEY_UNIT] = carried[_MONEY_UNIT]
        order = words()["次序"]
        data = {key: data[key] for key in sorted(data, key=lambda key: _rank(order, key))}
        return replace(
            self._now,
            data=data,
            places=self._places_in(data),
            assumptions=(*self._said(), *self._newly_assumed()),
            unread=(*self._below_lines(), *_new(self._now.unread, self._first.unread)),
        )

    def _below(self, key: str) -> tuple[Row, Row, Row]:
        return (
            self._now.data.get(key) or {},
            self._first.data.get(key) or {},
            self._carried.get(key) or {},
        )

    # -- blocks --------------------------------------------------------------------------------

    def _block(
        self,
        now: Row,
        first: Row,
        carried: Row,
        path: Path,
        leave: Iterable[str] = (),
        row: Indicator | None = None,
    ) -> dict[str, Any]:
        """Return one block of fields, each as it is shown or as it is carried."""
        found: dict[str, Any] = {}
        for key in dict.fromkeys((*carried, *now)):
            if key in leave:
                continue
            value = self._field(key, (now, first, carried), path, row)
            if value is not None:
                found[key] = value
        return found

    def _field(
        self, key: str, blocks: tuple[Row, Row, Row], path: Path, row: Indicator | None
    ) -> Any:
        now, _, carried = (block.get(key) for block in blocks)
        changed = [one for one in (key, *self._belongs.get(key, ())) if self._is_other(one, blocks)]
        if changed:
            if carried is not None and not same_value(carried, now):
                self._tell_changed(key, changed[0], blocks, path)
            return now
        if now is None:
            if carried is not None and self._is_below(key):
                return None
            if carried is not None:
                self._added.setdefault(key)
            return carried
        if carried is not None and (*path, key) in self._assumed:
            return carried  # it was not shown, but concluded from what is
        if path[-1:] == (_FILED,) or self._is_said(key, carried, now, row, blocks):
            return carried  # beside what was filed stands what was computed
        what = "没有这一项" if carried is None else "不一样"
        message = f"“{key}”按表上的“{_brief(now)}”读，文件附带的{what}，没有用"
        self._changed.append(ReadingNote(message, self._place((*path, key)), (*path, key)))
        return now

    def _is_other(self, key: str, blocks: tuple[Row, Row, Row]) -> bool:
        """Tell whether a cell shows something else than when the document was made."""
        now, first, _ = blocks
        if key == _SECTION:
            return not _same_section(now.get(key), first.get(key))
        if key not in now and key not in first and blocks[0] is not self._now.data:
            return not same_value(self._now.data.get(key), self._first.data.get(key))
        return not same_value(now.get(key), first.get(key))

    def _tell_changed(self, key: str, cell: str, blocks: tuple[Row, Row, Row], path: Path) -> None:
        now, first, carried = blocks
        before, after = _brief(first.get(cell)), _brief(now.get(cell))
        message = f"“{cell}”改过（原来是“{before}”），按表上的“{after}”读"
        if key != cell:
            message += f"；附带的“{key}”（{_brief(carried.get(key))}）没有用"
        place = self._place((*path, cell))
        if all((message, place) != note[:2] for note in self._changed):
            self._changed.append(ReadingNote(message, place, (*path, key)))

    def _place(self, path: Path) -> Place | None:
        return self._now.place_of(path)

    # -- what carried values say -----------------------------------------------------------------

    def _is_said(
        self, key: str, carried: Any, now: Any, row: Indicator | None, blocks: tuple[Row, Row, Row]
    ) -> bool:
        """Tell whether a carried value says no other than what is shown."""
        if key == _ROW_FILED or same_value(carried, now):
            return True
        if row is not None and key in (_TARGET, _ACTUAL, _SIGN, _UNIT):
            return _says_row(key, now, row)
        if key == _SECTION:
            return _same_section(carried, now)
        if isinstance(now, Decimal):
            if isinstance(carried, Decimal):
                return subtract(carried, now).copy_abs() < unit_in_last_place(now)
            return carried is None and any(same_value(one, now) for one in blocks[2].values())
        if key == _GOALS:
            return _same_goals(carried, now)
        if not isinstance(now, str):
            return False
        is_part = carried is None or squeezed(str(carried)) in squeezed(now)
        return is_part and self._is_told(now)

    def _is_told(self, text: str) -> bool:
        """Tell whether a text is put together from what is carried."""
        left = squeezed(text)
        for part in self._told:
            if part:
                left = left.replace(part, "")
        return sum(map(str.isalpha, left)) <= _MOST_UNTOLD

    # -- rows ----------------------------------------------------------------------------------

    def _rows(self) -> list[dict[str, Any]]:
        now: list[Row] = self._now.data.get(_INDICATORS) or []
        first: list[Row] = self._first.data.get(_INDICATORS) or []
        carried: list[Row] = self._carried.get(_INDICATORS) or []
        order = _order(first, carried)
        pairs = _pairs(now, first)
        self._then = {position: first[at] for position, at in pairs.items()}
        rows = []
        for position, row in enumerate(now):
            path: Path = (_INDICATORS, position)
            at = pairs.get(position)
            if order is None or at is None:
                rows.append(dict(row))
                if carried:
                    message = f"“{_brief(row.get(_NAME))}”是新的一行或改了名，只按表上的读"
                    self._changed.append(ReadingNote(message, self._place((*path, _NAME)), path))
                continue
            own, model = carried[order[at]], self._sheet.indicators[order[at]]
            blocks = (_printed(row), _printed(first[at]), own)
            leave = {_PARTS, *_left_out(self._gone)}
            found = self._block(*blocks, path, leave, model)
            parts = self._list(_PARTS, blocks, path)
            rows.append({**found, **({_PARTS: parts} if parts else {})})
        for position in sorted(set(range(len(first))) - set(pairs.values())):
            message = f"原来有“{_brief(first[position].get(_NAME))}”一行，现在没有读到"
            self._changed.append(ReadingNote(message))
        return [_in_order(row) for row in rows]

    def _list(self, key: str, blocks: tuple[Row, Row, Row], path: Path) -> Any:
        """Return a list of rows as it is carried, where all of it is shown as it was."""
        now, first, carried = (block.get(key) for block in blocks)
        if same_value(now, first):
            return carried
        if carried:
            message = f"“{key}”改过，按表上的读，附带的没有用"
            self._changed.append(ReadingNote(message, self._place((*path, key)), (*path, key)))
        return now

    def _budget(self) -> dict[str, Any]:
        now, first, carried = self._below(_BUDGET)
        now, first = (
            self._in_own_unit(of, in_) for of, in_ in ((now, self._now), (first, self._first))
        )
        path: Path = (_BUDGET,)
        lists = {_FUNDS, _TRANSFERS}
        found = self._block(now, first, carried, path, {*lists, _FILED})
        for key in (*lists & carried.keys(), *lists & now.keys()):
            value = self._list(key, (now, first, carried), path)
            if value:
                found[key] = value
        of_now, of_first, own = (block.get(_FILED) or {} for block in (now, first, carried))
        filed = self._block(of_now, of_first, own, (_BUDGET, _FILED))
        return {**found, **({_FILED: filed} if filed else {})}

    def _in_own_unit(self, budget: Row, table: ReadTable) -> dict[str, Any]:
        """Return the amounts of a budget in the sheet's unit of money, to the last digit."""
        own = self._sheet.money_unit
        shown_in = MoneyUnit(table.data.get(_MONEY_UNIT, own))
        by = _IN_UNIT.get((shown_in, own), ONE)
        return {
            key: [{**fund, **_moved(fund, by)} for fund in value]
            if isinstance(value, list)
            else value
            for key, value in {**budget, **_moved(budget, by)}.items()
        }

    # -- what is said --------------------------------------------------------------------------

    def _is_below(self, key: str) -> bool:
        return bool(self._gone) and key in _below_words()

    def _below_lines(self) -> Iterator[ReadingNote]:
        for line in self._gone:
            message = f"表下的文字改过，没有读；原来是：{shown(line)}"
            yield ReadingNote(message)

    def _said(self) -> Iterator[ReadingNote]:
        if self._added:
            names = "、".join(self._added)
            said = f"表上没有印、按文件附带的数据读的有：{names}；格里改过的按表上的读"
            yield ReadingNote(said)
        yield from self._changed

    def _newly_assumed(self) -> Iterator[ReadingNote]:
        """Yield what was assumed now and not then, of values that are others than then."""
        for note in _new(self._now.assumptions, self._first.assumptions):
            path = note.path
            is_of_row = path[:1] == (_INDICATORS,) and len(path) == _ROW_FIELD
            before = self._then.get(int(path[1])) if is_of_row else None
            if before is None or not same_value(self._in_row(path), before.get(str(path[2]))):
                yield note

    def _in_row(self, path: Path) -> Any:
        rows: list[Row] = self._now.data.get(_INDICATORS) or []
        return rows[int(path[1])].get(str(path[2]))

    def _places_in(self, data: Mapping[str, Any]) -> dict[Path, Place]:
        """Return where values stand; what a row only carries stands where its name does."""
        places = {path: place for path, place in self._now.places.items() if has_path(data, path)}
        for position in range(len(data.get(_INDICATORS) or ())):
            place = self._now.places.get((_INDICATORS, position, _NAME))
            if place is not None:
                places[_INDICATORS, position] = place
        budget = self._now.place_of((_BUDGET, _SPENT))
        if budget is not None:
            places.setdefault((_BUDGET,), budget)
        return places


def _new(now: Iterable[ReadingNote], first: Iterable[ReadingNote]) -> Iterator[ReadingNote]:
    """Yield what is said of a table now and was not of the one that was made."""
    left = Counter(squeezed(note.message) for note in first)
    for note in now:
        if left[squeezed(note.message)]:
            left[squeezed(note.message)] -= 1
        else:
            yield note


def _below_words() -> list[str]:
    return list(words()["表下的内容"])


def _left_out(gone: Sequence[str]) -> set[str]:
    return set(words()["表下的行内容"]) if gone else set()


def _printed(row: Row) -> Row:
    """Return a row without a weight that was inferred: the form does not show it."""
    if not row.get(_INFERRED):
        return row
    return {key: value for key, value in row.items() if key not in (_WEIGHT, _INFERRED)}


def _rank(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _in_order(row: dict[str, Any]) -> dict[str, Any]:
    order = words()["行内次序"]
    return {key: row[key] for key in sorted(row, key=lambda key: _rank(order, key))}


def _brief(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, dict):
        return shown("、".join(map(str, value.values())))
    return shown(str(value))


def has_path(data: Any, path: Path) -> bool:
    """Tell whether a value stands at a path in plain data."""
    for step in path:
        if isinstance(data, list):
            if not isinstance(step, int) or step >= len(data):
                return False
            data = data[step]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            return False
    return True


def _same_section(one: Any, other: Any) -> bool:
    if not isinstance(one, str) or not isinstance(other, str):
        return bool(one == other)
    return section_name(squeezed(one)).key == section_name(squeezed(other)).key


def _moved(row: Row, by: Decimal) -> dict[str, Decimal]:
    """Return the amounts of a row in another unit, in which they are so many times as large."""
    return {
        key: multiply(value, by) for key in _AMOUNTS if isinstance(value := row.get(key), Decimal)
    }


def _same_goals(carried: Any, now: Any) -> bool:
    """Tell whether goals are as many, each of its weight; some forms print no more of them."""
    if not isinstance(carried, list) or not isinstance(now, list):
        return False
    weights = [[goal.get(_WEIGHT) for goal in goals] for goals in (carried, now)]
    return len(carried) == len(now) and all(
        shown is None or same_value(own, shown) for own, shown in zip(*weights, strict=True)
    )


def _says_row(key: str, now: Any, row: Indicator) -> bool:
    """Tell whether a row says what a cell of it shows: its target, actual, sign or unit."""
    if key == _ACTUAL:
        return row.actual is not None and same_value(now, row.actual.text)
    target = row.target
    if key == _TARGET:
        return target is not None and _says_target(now, target)
    if key == _SIGN:
        sign: Sign | None = row.sign or (target.sign if target is not None else None)
        return sign is not None and sign.value == now
    text = squeezed(str(now))
    unit = target is not None and (text == target.unit or text in squeezed(target.text))
    return unit or text == row.unit


def _says_target(now: Any, target: Cell) -> bool:
    """Tell whether a target says what is shown; its sign and its unit may stand elsewhere."""
    text, whole = squeezed(str(now)), squeezed(target.text)
    before, found, after = whole.partition(text)
    return bool(found) and not any(map(str.isdigit, before + after))


def _order(first: Sequence[Row], carried: Sequence[Row]) -> list[int] | None:
    """Return for each row that was shown the carried one; ``None`` where they do not fit."""
    if len(first) != len(carried):
        return None
    left = list(range(len(carried)))
    order = []
    for row in first:
        name = squeezed(str(row.get(_NAME)))
        at = next((one for one in left if squeezed(str(carried[one].get(_NAME))) == name), None)
        if at is None:
            return None
        left.remove(at)
        order.append(at)
    return order


def _pairs(now: Sequence[Row], first: Sequence[Row]) -> dict[int, int]:
    """Return for each row the one that it was; of equal names all or none is known again."""
    places: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}
    for side, rows in enumerate((now, first)):
        for position, row in enumerate(rows):
            places.setdefault(row_key(row), ([], []))[side].append(position)
    return {
        position: before
        for here, there in places.values()
        if len(here) == len(there)
        for position, before in zip(here, there, strict=True)
    }


def row_key(row: Row) -> tuple[str, ...]:
    """Return by what an indicator is known again: its levels and its name."""
    section = section_name(squeezed(str(row.get(_SECTION) or ""))).key
    return (section, *(squeezed(str(row.get(key) or "")) for key in (_ASPECT, _NAME)))
