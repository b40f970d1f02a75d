"""Copies of one form that several offices filled → one sheet: what each of them filled counts.

What two of them filled differently is left as the form had it, and named with both cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from perfeval.fields import word_of
from perfeval.places import CellPlace, Path, Place, PlaceOrder, first_order
from perfeval.reading.contents import shown
from perfeval.reading.model import ReadDocument, ReadingNote, ReadTable
from perfeval.reading.restoring import row_key, same_value
from perfeval.reading.vocabulary import words
from perfeval.sheet import FUNDS, INDICATORS, FundRow, Indicator, Sheet

_NAME, _YEAR = word_of(Sheet, "name"), word_of(Sheet, "year")
_RowKey = tuple[int | str, ...]
"""By what a row is known again: how many alike stand before it, its levels, its name."""
_KeyOf = Callable[[Mapping[str, Any]], tuple[str, ...]]
_CELLS = frozenset(word_of(Indicator, name) for name in ("target", "actual"))
_FUND_KEYS = tuple(word_of(FundRow, name) for name in ("split", "name"))


class FormCopy(NamedTuple):
    """A filled copy of a form.

    Attributes:
        file: What its file is called in messages.
        table: What was read of it.
    """

    file: str
    table: ReadTable


class FormKey(NamedTuple):
    """What copies that are merged have in common: the form, the project, the year."""

    form: str
    name: str
    year: str


def form_key(table: ReadTable) -> FormKey | None:
    """Return by what copies of a form belong together; ``None`` for what is no form of ours."""
    name, year = table.data.get(_NAME), table.data.get(_YEAR)
    if not table.form or not name or year is None:
        return None
    return FormKey(table.form, "".join(str(name).split()), str(year))


def merged(copies: Sequence[FormCopy]) -> ReadTable:
    """Return one table of copies of one form, of one project and year.

    Args:
        copies: The copies, at least one.
    """
    return _Merger(copies).table()


def merged_document(copies: Sequence[tuple[str, ReadDocument]]) -> ReadDocument:
    """Return one document of several that hold a copy of one form each.

    Args:
        copies: What each file is called, and what was read of it; its one table is the copy.
    """
    names = _apart([name for name, _ in copies])
    forms = [FormCopy(name, one.tables[0]) for name, (_, one) in zip(names, copies, strict=True)]
    return replace(copies[0][1], name="、".join(names), digest="", tables=(merged(forms),))


def _apart(names: Sequence[str]) -> list[str]:
    """Return names of which the second of two that are alike has a number."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return found


def with_others(document: ReadDocument, names: Sequence[str]) -> ReadDocument:
    """Return a document that says which forms are of the same project and year, and another."""
    said = "是同一项目、同一年度的填报表，但不是同一份表填的，没有合并"
    note = ReadingNote(f"{'、'.join(names)} {said}")
    tables = (replace(table, assumptions=(note, *table.assumptions)) for table in document.tables)
    return replace(document, tables=tuple(tables))


@dataclass(frozen=True)
class _Held:
    """What the copies hold at one place: the value of each, and where it stands in each."""

    before: Any
    values: tuple[Any, ...]
    paths: tuple[Path, ...]

    def below(self, key: str) -> _Held:
        return _Held(
            _at(self.before, key),
            tuple(_at(value, key) for value in self.values),
            tuple((*path, key) for path in self.paths),
        )

    @property
    def all(self) -> tuple[Any, ...]:
        """All that is there, the form's own first."""
        return tuple(value for value in (self.before, *self.values) if value is not None)


def _at(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


class _Merger:
    """Puts one table together."""

    def __init__(self, copies: Sequence[FormCopy]) -> None:
        self._copies = copies
        self._places: dict[Path, Place] = {}
        self._rows: list[dict[Path, Path]] = [{} for _ in copies]
        self._assumed: list[ReadingNote] = []
        self._unread: list[ReadingNote] = []
        self._names: dict[Path, str] = {}
        self._disputed: set[Path] = set()
        self._belongs: Mapping[str, list[str]] = words()["随附内容所属"]

    def table(self) -> ReadTable:
        """Return the table."""
        first = self._copies[0].table
        data = tuple(copy.table.data for copy in self._copies)
        whole = _Held(first.before, data, ((),) * len(data))
        made = self._mapping(whole, ())
        order = words()["次序"]
        made = {key: made[key] for key in sorted(made, key=lambda key: _rank(order, key))}
        return replace(
            first,
            name="、".join(dict.fromkeys(copy.table.name for copy in self._copies)),
            data=made,
            places=self._places,
            assumptions=(self._merged_note(), *self._assumed, *self._notes("assumptions")),
            unread=(*self._unread, *self._notes("unread")),
        )

    def _merged_note(self) -> ReadingNote:
        names = "、".join(copy.file for copy in self._copies)
        return ReadingNote(f"由 {len(self._copies)} 份填报表合并：{names}")

    # -- values --------------------------------------------------------------------------------

    def _mapping(self, held: _Held, path: Path) -> dict[str, Any]:
        keys = dict.fromkeys(key for value in held.all for key in value)
        found: dict[str, Any] = {}
        disputed: set[str] = set()
        for key in keys:
            before = len(self._unread)
            value = self._value(held.below(key), (*path, key), key)
            if len(self._unread) > before:
                disputed.add(key)
            if value not in (None, {}, []):
                found[key] = value
        for key, owners in self._belongs.items():
            if disputed & set(owners) and key in keys and _at(held.before, key) is not None:
                found[key] = _at(held.before, key)  # it belongs to a cell that stays as it was
        return found

    def _value(self, held: _Held, path: Path, key: str) -> Any:
        if key == INDICATORS:
            return self._list(held, path, row_key)
        if key == FUNDS and all(isinstance(value, list) for value in held.all):
            return self._list(held, path, _fund_key)
        if key not in _CELLS and held.all and all(isinstance(one, dict) for one in held.all):
            return self._mapping(held, path)
        return self._leaf(held, path, key)

    def _leaf(self, held: _Held, path: Path, key: str) -> Any:
        """Return the one value that was filled in, or that of the form."""
        changed = [at for at, value in enumerate(held.values) if not same_value(value, held.before)]
        chosen = next(iter(changed), self._first_with(held))
        value = held.values[chosen]
        if any(not same_value(held.values[at], value) for at in changed):
            self._dispute(held, path, key, changed)
            self._keep_place(held, path, changed)
            return held.before
        place = self._place(chosen, held.paths[chosen])
        if value is not None and place is not None:
            self._places[path] = place
        if value is None and changed and key not in self._belongs:
            said = f"“{key}”原来是“{_brief(held.before)}”，{self._copies[chosen].file} 清空了"
            self._assumed.append(ReadingNote(f"{said}，按空读", None, path))
        return value

    def _first_with(self, held: _Held) -> int:
        """Return which copy is the first to show a value, or simply the first one."""
        return next((at for at, path in enumerate(held.paths) if self._shows(at, path)), 0)

    def _shows(self, at: int, path: Path) -> bool:
        return path in self._copies[at].table.places

    def _keep_place(self, held: _Held, path: Path, changed: Sequence[int]) -> None:
        """Remember where the form's own value still stands, where it does."""
        for at, own in enumerate(held.paths):
            if at not in changed and self._shows(at, own):
                place = self._place(at, own)
                if place is not None:
                    self._places[path] = place
                return

    def _dispute(self, held: _Held, path: Path, key: str, changed: Sequence[int]) -> None:
        """Say what was filled differently, and in which cells."""
        told = "，".join(
            f"{self._where(at, held.paths[at])} 是“{_brief(held.values[at])}”" for at in changed
        )
        kept = f"仍照原来的“{_brief(held.before)}”" if held.before is not None else "没有读"
        row = self._name_of(path)
        self._disputed.add(path)
        self._unread.append(ReadingNote(f"{row}“{key}”填得不一样，{kept}：{told}", None, path))

    def _name_of(self, path: Path) -> str:
        name = self._names.get(path[:2])
        return f"“{shown(name)}”的" if name else ""

    def _where(self, at: int, path: Path) -> str:
        place = self._place(at, path)
        return self._copies[at].file if place is None else str(place)

    def _place(self, at: int, path: Path) -> Place | None:
        copy = self._copies[at]
        return _in_file(copy.table.place_of(path), copy.file)

    # -- rows ----------------------------------------------------------------------------------

    def _list(self, held: _Held, path: Path, key_of: _KeyOf) -> list[dict[str, Any]]:
        """Return the rows of all copies, each once, in the order of the form."""
        lists = [_keyed(value, key_of) for value in (held.before, *held.values)]
        own = lists[0]
        found: list[dict[str, Any]] = []
        order = _in_order(lists) if own else self._as_they_stand(lists[1:], held.paths)
        for key in order:
            position, base = len(found), own.get(key, (0, None))[1]
            here: Path = (*path, position)
            if all(key not in rows for rows in lists[1:]):
                continue  # everybody took it out, and each of their notes says so
            self._names[here] = _last(key)
            values, paths = [], []
            for at, rows in enumerate(lists[1:]):
                where, row = rows.get(key, (None, base))
                values.append(row)
                paths.append((*path, -1 if where is None else where))
                if where is not None:
                    self._rows[at][(*path, where)] = here
                elif base is not None:
                    self._missing(at, key)
            row = self._mapping(_Held(base, tuple(values), tuple(paths)), here)
            self._place_row(here, paths)
            found.append(row)
        return found

    def _as_they_stand(
        self, lists: Sequence[Mapping[_RowKey, tuple[int, Any]]], paths: Sequence[Path]
    ) -> list[_RowKey]:
        """Return the rows of a form that had none, in the order of their cells."""
        stand: dict[_RowKey, PlaceOrder] = {}
        for at, (rows, path) in enumerate(zip(lists, paths, strict=True)):
            for key, (position, _) in rows.items():
                place = self._copies[at].table.place_of((*path, position))
                order = first_order(() if place is None else (place,))
                stand[key] = min(stand.get(key, order), order)
        return sorted(stand, key=lambda key: stand[key])

    def _place_row(self, here: Path, paths: Sequence[Path]) -> None:
        """Remember where a row stands: in the first copy that has it."""
        for at, own in enumerate(paths):
            if self._shows(at, own):
                place = self._place(at, own)
                if place is not None:
                    self._places[here] = place
                return

    def _missing(self, at: int, key: _RowKey) -> None:
        said = f"{self._copies[at].file} 里没有“{shown(_last(key))}”一行，别的填报表里有，保留"
        self._assumed.append(ReadingNote(said))

    # -- what was said of the copies -----------------------------------------------------------

    def _notes(self, kind: str) -> Iterator[ReadingNote]:
        """Yield what was said of each copy, with its file; what is said of all alike once."""
        lists: list[Iterable[ReadingNote]] = [getattr(copy.table, kind) for copy in self._copies]
        seen: set[tuple[str, Path]] = set()
        for at, notes in enumerate(lists):
            for note in notes:
                path = self._moved(at, note.path)
                is_told = note.place is None and (note.message, path) in seen
                if is_told or path in self._disputed:
                    continue
                seen.add((note.message, path))
                alone = note.place is None and not all(
                    any(one.message == note.message for one in other) for other in lists
                )
                file = f"{self._copies[at].file}：" if alone else ""
                place = _in_file(note.place, self._copies[at].file)
                yield ReadingNote(f"{file}{note.message}", place, path)

    def _moved(self, at: int, path: Path) -> Path:
        for end in range(len(path), 0, -1):
            moved = self._rows[at].get(path[:end])
            if moved is not None:
                return (*moved, *path[end:])
        return path


def _in_file(place: Place | None, file: str) -> Place | None:
    """Return a cell's place with the file in which it is."""
    if isinstance(place, CellPlace):
        return CellPlace(f"{file} {place.sheet}", place.cell)
    return place


def _brief(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, dict):
        return shown("、".join(map(str, value.values())))
    return shown(str(value))


def _rank(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _fund_key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple("".join(str(row.get(word) or "").split()) for word in _FUND_KEYS)


def _last(key: _RowKey) -> str:
    """Return the last name of a key: that of the row itself."""
    return str(key[-1])


def _keyed(value: Any, key_of: _KeyOf) -> dict[_RowKey, tuple[int, dict[str, Any]]]:
    """Return rows by what they are known again, and where they stand; of equal ones each."""
    found: dict[_RowKey, tuple[int, dict[str, Any]]] = {}
    for position, row in enumerate(value or ()):
        key, number = key_of(row), 0
        while (number, *key) in found:
            number += 1
        found[(number, *key)] = (position, row)
    return found


def _in_order(lists: Sequence[Mapping[_RowKey, Any]]) -> list[_RowKey]:
    """Return all keys: in the order of the first list, others behind the one that they follow."""
    order: list[_RowKey] = []
    for rows in lists:
        at = 0
        for key in rows:
            if key in order:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                at += 1
    return order
