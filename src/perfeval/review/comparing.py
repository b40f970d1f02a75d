"""Two versions of a sheet, value by value and row by row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.cells.levels import SectionName
from perfeval.cells.units import in_money
from perfeval.fields import Model, plain_data, word_of
from perfeval.places import Path
from perfeval.review.asking import with_standings
from perfeval.review.computed import is_computed, is_computed_section, is_printed_weight
from perfeval.review.difference import (
    ChangeKind,
    ChangeStanding,
    MatchReason,
    RowMatch,
    ValueChange,
)
from perfeval.review.identities import identities
from perfeval.review.matching import RowPair, matched, moved
from perfeval.review.saying import row_label, row_text, value_text
from perfeval.review.spelling import is_same_figure, means_the_same
from perfeval.review.versions import Version
from perfeval.sheet import (
    Budget,
    FiledBudget,
    FiledTotal,
    FundRow,
    Indicator,
    Sheet,
    Transfer,
    UnitResult,
)

_BLOCKS = (Budget, FiledBudget, FiledTotal)
"""The models whose values are told one by one, and not as a whole."""
_RATES = frozenset(((FiledBudget, "rate"), (FiledTotal, "completion")))
"""The rates that somebody printed."""
_HANDLING = frozenset(word_of(Sheet, name) for name in ("unconfirmed", "read_from"))
"""The values that say how a sheet was read."""
_AMOUNTS = frozenset(
    (model, name)
    for model, names in (
        (Budget, ("original", "final", "arrived", "spent", "transferred")),
        (FundRow, ("original", "final", "arrived", "spent")),
        (Transfer, ("amount",)),
        (UnitResult, ("money",)),
    )
    for name in names
)
_UNPRINTED = frozenset(
    (model, name)
    for model, names in (
        (
            Sheet,
            (
                *("source", "note", "waivers", "standards", "purpose", "effects", "grounds"),
                *("carried_out", "problems", "conclusion"),
            ),
        ),
        (Budget, ("transferred", "transfers")),
        (FiledTotal, ("completion", "problems")),
        (Indicator, ("weight_inferred", "goal", "units", "aggregation", "standard", "note")),
        (Indicator, ("deduction", "not_applicable")),
    )
    for name in names
)
"""What a printed form has no room for: an office file without it says nothing of it."""
_OTHER_UNIT = "数没有变，金额单位变了"
_COLUMNS = ("unit", "reviewed")
"""The fields of rows for which a form may have no column."""
_COMPUTED = "另一份没有写；这一份印的就是按办法算出的"
_BLANK: tuple[Any, ...] = (None, False, [])


class _Where(NamedTuple):
    """Where in the two sheets something stands; the path is empty where there is no such row."""

    old: Path = ()
    new: Path = ()
    row: str = ""

    def below(self, word: str) -> _Where:
        """Return where a field of it stands."""
        old = (*self.old, word) if self.old or not self.new else ()
        new = (*self.new, word) if self.new or not self.old else ()
        return _Where(old, new, self.row)

    def within(self, word: str | int) -> _Where:
        """Return it as a block whose values are told under its word."""
        return self._replace(row=" · ".join(filter(None, (self.row, str(word)))))


class Differing(NamedTuple):
    """What is not as it was."""

    changes: tuple[ValueChange, ...]
    rows: tuple[RowMatch, ...]


def compared(old: Version, new: Version) -> Differing:
    """Compare two versions of a sheet.

    Args:
        old: The old version.
        new: The new one.

    Returns:
        The changes, first what nobody asked for, each group as it stands in the sheet; and the
        rows of all lists.
    """
    walk = _Walk(old, new)
    walk.fields(old.sheet, new.sheet, _Where())
    changes = list(with_standings(walk.changes, old.findings))
    order = {standing: at for at, standing in enumerate(ChangeStanding)}
    changes.sort(key=lambda change: order[change.standing])
    return Differing(tuple(changes), tuple(walk.rows))


class _Walk:
    """Goes through both sheets and keeps what differs."""

    def __init__(self, old: Version, new: Version) -> None:
        self._old, self._new = old, new
        self._lacking = _lacking_columns((old if old.is_table else new).sheet)
        self.changes: list[ValueChange] = []
        self.rows: list[RowMatch] = []

    def fields(self, old: Model, new: Model, at: _Where) -> None:
        """Compare the fields of two models of one kind."""
        alike = _same_figures(old, new)
        for name, info in type(old).model_fields.items():
            below = at.below(info.serialization_alias or name)
            one, other = getattr(old, name), getattr(new, name)
            if isinstance(one, _BLOCKS) and type(one) is type(other):
                self.fields(one, other, below.within(below.new[-1]))
            elif type(one) is tuple and name != "rows":
                self._list(old, name, (one, other), below)
            else:
                leaf = _Leaf(
                    owner=type(old),
                    name=name,
                    old=one,
                    new=other,
                    old_data=_data(old, name),
                    new_data=_data(new, name),
                    is_alike=name in alike,
                )
                self._value(leaf, below)

    def _list(self, owner: Model, name: str, sides: tuple[Any, Any], at: _Where) -> None:
        """Compare two lists, row by row."""
        old, new = sides
        if not old and not new:
            return
        keys = identities(old), identities(new)
        pairs = matched(*keys)
        away = moved(pairs, *keys)
        is_unprinted = self._is_unprinted(type(owner), name, sides)
        self._gone(old, {pair.old for pair in pairs}, at, is_unprinted=is_unprinted)
        by_new = {pair.new: pair for pair in pairs}
        for position, row in enumerate(new):
            pair = by_new.get(position)
            if pair is None:
                self._came(row, at, position, is_unprinted=is_unprinted)
            else:
                self._pair(old[pair.old], row, at, pair, is_moved=pair in away)

    def _gone(self, rows: Sequence[Any], kept: set[int], at: _Where, *, is_unprinted: bool) -> None:
        for position, row in enumerate(rows):
            if position not in kept:
                path = (*at.old, position)
                self.rows.append(RowMatch(path, (), None))
                self._whole(
                    ChangeKind.REMOVED, row, _Where(path, ()), at, is_unprinted=is_unprinted
                )

    def _came(self, row: Any, at: _Where, position: int, *, is_unprinted: bool) -> None:
        path = (*at.new, position)
        self.rows.append(RowMatch((), path, None))
        self._whole(ChangeKind.ADDED, row, _Where((), path), at, is_unprinted=is_unprinted)

    def _whole(
        self, kind: ChangeKind, row: Any, place: _Where, block: _Where, *, is_unprinted: bool
    ) -> None:
        """Keep that a row came or went."""
        is_new = kind is ChangeKind.ADDED
        data, text = plain_data(row), row_text(row)
        is_computed_row = self._is_computed_row(row, is_new=is_new)
        is_unprinted = is_unprinted or is_computed_row
        self.changes.append(
            ValueChange(
                kind=kind,
                standing=ChangeStanding.UNPRINTED if is_unprinted else ChangeStanding.UNASKED,
                row=_label(row, block),
                field="",
                old="" if is_new else text,
                new=text if is_new else "",
                old_path=place.old,
                new_path=place.new,
                old_places=self._old.places(place.old) if place.old else (),
                new_places=self._new.places(place.new) if place.new else (),
                because=_COMPUTED if is_computed_row else "",
                old_data=None if is_new else data,
                new_data=data if is_new else None,
            )
        )

    def _pair(self, old: Any, new: Any, at: _Where, pair: RowPair, *, is_moved: bool) -> None:
        """Compare a row with the one that it was."""
        place = _Where((*at.old, pair.old), (*at.new, pair.new), _label(new, at))
        self.rows.append(RowMatch(place.old, place.new, pair.reason, pair.likeness, is_moved))
        if is_moved:
            self.changes.append(self._moved(place, pair))
        start = len(self.changes)
        if isinstance(new, Model):
            self.fields(old, new, place)
        else:
            leaf = _Leaf(
                owner=type(new),
                name="",
                old=old,
                new=new,
                old_data=plain_data(old),
                new_data=plain_data(new),
            )
            self._value(leaf, place)
        said = _how_matched(pair)
        if said:
            self.changes[start:] = [
                change._replace(because="；".join(filter(None, (said, change.because))))
                for change in self.changes[start:]
            ]

    def _moved(self, place: _Where, pair: RowPair) -> ValueChange:
        return ValueChange(
            kind=ChangeKind.MOVED,
            standing=ChangeStanding.UNASKED,
            row=place.row,
            field="",
            old=f"第 {pair.old + 1} 项",
            new=f"第 {pair.new + 1} 项",
            old_path=place.old,
            new_path=place.new,
            old_places=self._old.places(place.old),
            new_places=self._new.places(place.new),
        )

    def _value(self, leaf: _Leaf, at: _Where) -> None:
        """Keep a value that is not as it was, or not written as it was."""
        old, new = (
            _written(self._old, leaf.old_data, at.old),
            _written(self._new, leaf.new_data, at.new),
        )
        texts = (
            value_text(leaf.old) if old is None else old,
            value_text(leaf.new) if new is None else new,
        )
        if self._is_other_money(leaf):
            standing, because = ChangeStanding.UNASKED, _OTHER_UNIT
        elif leaf.old_data == leaf.new_data:
            if old is None or new is None or old == new:
                return
            standing, because = ChangeStanding.RESPELT, ""
        else:
            standing, because = self._standing_of(leaf, at)
        told = self._in_units(leaf, texts)
        self.changes.append(
            ValueChange(
                kind=ChangeKind.CHANGED,
                standing=standing,
                row=at.row,
                field=str(at.new[-1]) if leaf.name else "",
                old=told[0],
                new=told[1],
                old_path=at.old,
                new_path=at.new,
                old_places=self._old.places(at.old),
                new_places=self._new.places(at.new),
                because=because,
                old_data=leaf.old_data,
                new_data=leaf.new_data,
            )
        )

    def _standing_of(self, leaf: _Leaf, at: _Where) -> tuple[ChangeStanding, str]:
        """Return what a change is, before anybody is asked who asked for it."""
        if at.new[-1] in _HANDLING and len(at.new) == 1:
            return ChangeStanding.HANDLING, ""
        if leaf.is_alike or means_the_same(leaf.old, leaf.new, is_exact=leaf.is_rate):
            return ChangeStanding.RESPELT, ""
        if self._is_same_section(leaf.old, leaf.new):
            return ChangeStanding.RESPELT, "括号里的分值就是各行的合计"
        if self._is_unprinted(leaf.owner, leaf.name, (leaf.old_data, leaf.new_data)):
            return ChangeStanding.UNPRINTED, ""
        if self._is_computed(leaf, at):
            return ChangeStanding.UNPRINTED, _COMPUTED
        if (leaf.owner, leaf.name) in _AMOUNTS and self._is_same_money(leaf.old, leaf.new):
            return ChangeStanding.RESPELT, "换算成同一金额单位后相等"
        return ChangeStanding.UNASKED, ""

    def _is_unprinted(self, owner: type, name: str, sides: tuple[Any, Any]) -> bool:
        """Tell whether one side is blank because an office file has no room for such a thing."""
        if self._old.is_table is self._new.is_table:
            return False
        if owner is Indicator and name in self._lacking:
            return True
        of_table = sides[0] if self._old.is_table else sides[1]
        return (owner, name) in _UNPRINTED and of_table in (*_BLANK, ())

    def _in_units(self, leaf: _Leaf, texts: tuple[str, str]) -> tuple[str, ...]:
        """Return an amount with its unit of money where the two versions have not the same."""
        units = self._old.sheet.money_unit, self._new.sheet.money_unit
        if (leaf.owner, leaf.name) not in _AMOUNTS or units[0] is units[1]:
            return texts
        pairs = zip(texts, units, strict=True)
        return tuple(f"{text}{unit.value}" if text[-1:].isdigit() else text for text, unit in pairs)

    def _is_other_money(self, leaf: _Leaf) -> bool:
        """Tell whether an amount is the same figure in another unit of money."""
        is_amount = (leaf.owner, leaf.name) in _AMOUNTS and bool(leaf.old)
        is_same_unit = self._old.sheet.money_unit is self._new.sheet.money_unit
        return is_amount and not is_same_unit and leaf.old == leaf.new

    def _is_computed(self, leaf: _Leaf, at: _Where) -> bool:
        """Tell whether an office file prints what is computed, and the other says nothing of it."""
        if self._old.is_table is self._new.is_table:
            return False
        if self._new.is_table and leaf.old_data is None:
            value = leaf.new
        elif self._old.is_table and leaf.new_data is None:
            value = leaf.old
        else:
            return False
        cards = ((self._old.scorecard, at.old), (self._new.scorecard, at.new))
        return any(is_computed(card, leaf.owner, leaf.name, path, value) for card, path in cards)

    def _is_same_section(self, old: Any, new: Any) -> bool:
        """Tell whether two names of a section differ by a weight that their rows have anyway."""
        if not (isinstance(old, SectionName) and isinstance(new, SectionName)):
            return False
        cards = self._old.scorecard, self._new.scorecard
        is_printed = all(
            any(is_printed_weight(card, name) for card in cards) for name in (old, new)
        )
        return old.key == new.key and is_printed

    def _is_computed_row(self, row: Any, *, is_new: bool) -> bool:
        """Tell likewise of a row that only an office file has."""
        if self._old.is_table is self._new.is_table:
            return False
        side = self._new if is_new else self._old
        return side.is_table and is_computed_section(side.scorecard, row)

    def _is_same_money(self, old: Any, new: Any) -> bool:
        units = self._old.sheet.money_unit, self._new.sheet.money_unit
        is_both = isinstance(old, Decimal) and isinstance(new, Decimal)
        return is_both and units[0] is not units[1] and in_money(old, *units) == new


class _Leaf(NamedTuple):
    """One value in both sheets, and the same as plain data."""

    owner: type
    name: str
    old: Any
    new: Any
    old_data: Any
    new_data: Any
    is_alike: bool = False

    @property
    def is_rate(self) -> bool:
        """It is a rate that somebody printed, whose digits are a claim: 98.70% is not 98.7%."""
        return (self.owner, self.name) in _RATES


def _lacking_columns(sheet: Sheet) -> frozenset[str]:
    """Return the fields of rows for which the form of an office file has no column.

    Where no row of it has one, the form has no room for it; a weight that was inferred was not
    printed. Of reasons, measures and points that cannot be told: they may have been taken out.
    """
    rows = sheet.indicators
    blank = [name for name in _COLUMNS if not any(getattr(row, name) is not None for row in rows)]
    if all(row.weight is None or row.weight_inferred for row in rows):
        blank += ["weight", "weight_inferred"]
    return frozenset(blank)


def _written(version: Version, data: Any, path: Path) -> str | None:
    """Return how a value is written; ``None`` for a blank."""
    return None if data in _BLANK else version.written(path)


def _data(model: Model, name: str) -> Any:
    """Return a field as plain data; what is computed from others is none."""
    return None if name in model.derived else plain_data(getattr(model, name))


def _label(row: Any, block: _Where) -> str:
    """Return what a row is called, in the row in which its list stands."""
    path = block.new or block.old
    inner = row_label(row) if isinstance(row, Model) else ""
    owner = () if isinstance(row, Indicator) else (block.row, str(path[-1]))
    return " · ".join(filter(None, (*owner, inner)))


def _how_matched(pair: RowPair) -> str:
    """Say how a row was matched, where it was not by all of its name."""
    if pair.reason in (MatchReason.SAME, MatchReason.NAME):
        return ""
    likeness = "" if pair.likeness is None else f" {pair.likeness}%"
    return f"按{pair.reason.value}{likeness}认作同一行（原第 {pair.old + 1} 项）"


def _same_figures(old: Model, new: Model) -> frozenset[str]:
    """Return the fields of a row that say the same together: a sign apart or in the cell."""
    if not (isinstance(old, Indicator) and isinstance(new, Indicator)):
        return frozenset()
    units = old.unit or "", new.unit or ""
    one, other = old.target, new.target
    is_target = one is not None and other is not None and is_same_figure(one, other, *units)
    if not is_target or one is None or other is None:
        return frozenset()
    signs = old.sign or one.sign, new.sign or other.sign
    if signs[0] is not signs[1]:
        return frozenset()
    done = old.actual, new.actual
    if done[0] is None or done[1] is None or not is_same_figure(done[0], done[1], *units):
        return frozenset(("sign", "target"))
    return frozenset(("sign", "target", "actual", "unit"))
