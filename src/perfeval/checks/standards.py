"""评分标准、分单位: ways of scoring that a sheet lays down itself, and figures of its units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.notes import NoteKind
from perfeval.cells.signs import Sign
from perfeval.checks.notes import enter_notes
from perfeval.checks.registry import FINE, LACKING, Fault, Results, row_check, sheet_check
from perfeval.checks.subjects import Row
from perfeval.fields import word_of
from perfeval.findings import Severity
from perfeval.methods.standard import GroupStandard, Standard
from perfeval.methods.value_ladder import ValueLadder
from perfeval.numbers import ZERO
from perfeval.places import Path
from perfeval.scorecard import Scorecard
from perfeval.sheet import INDICATORS, Indicator, Sheet

_WEIGHT = word_of(Indicator, "weight")
_STANDARD, _STANDARDS = word_of(Indicator, "standard"), word_of(Sheet, "standards")


class _Stated(NamedTuple):
    """A standard of a sheet, where it stands, and the weights of the rows that score by it."""

    standard: Standard
    path: Path
    weights: tuple[Decimal | None, ...]


def _stated(sheet: Sheet) -> Iterator[_Stated]:
    """Yield all standards that a sheet states: of rows, then of groups."""
    for position, row in enumerate(sheet.indicators):
        if row.standard is not None:
            yield _Stated(row.standard, (INDICATORS, position, _STANDARD), (row.weight,))
    for position, standard in enumerate(sheet.standards):
        rows = zip(sheet.indicators, sheet.own_standards, strict=True)
        weights = tuple(row.weight for row, own in rows if own is standard)
        yield _Stated(standard, (_STANDARDS, position), weights)


def _ruled(card: Scorecard) -> Iterator[tuple[int, Standard]]:
    """Yield the rows that score by a standard of the rulebook, and have a weight."""
    ruled = card.rulebook.standards
    pairs = zip(card.sheet.indicators, card.sheet.own_standards, strict=True)
    for position, (row, own) in enumerate(pairs):
        if ruled is not None and own is None and row.weight is not None:
            held = ruled.for_row(row.section, row.aspect, row.name)
            if held is not None:
                yield position, Standard(method=held.method, basis=ruled.source)


@sheet_check("ST101", Severity.ERROR)
def standard_contradicts_itself(card: Scorecard) -> Results:
    """A standard of the sheet's own leaves values out, has them in twice, or contradicts itself."""
    for standard, path, _ in _stated(card.sheet):
        for fault in standard.contradictions:
            hint = "改正之前，用到它的行不计分"
            yield Fault(fault.message, (*path, *fault.path), hint)
        if not standard.contradictions:
            yield FINE


@sheet_check("ST102", Severity.ERROR)
def standard_gives_more_than_the_weight(card: Scorecard) -> Results:
    """A step of a standard gives more points than the indicator has."""
    for standard, path, weights in _stated(card.sheet):
        known = [weight for weight in weights if weight is not None]
        faults = list(standard.faults_for(min(known))) if known else []
        for fault in faults:
            yield Fault(fault.message, (*path, *fault.path), "各档的得分不能多于分值")
        if not known:
            yield LACKING
        elif not faults:
            yield FINE
    for position, standard in _ruled(card):
        faults = list(standard.faults_for(card.sheet.indicators[position].weight or ZERO))
        for fault in faults[:1]:
            hint = "办法的各档是按别的分值定的，请在这一行写自己的“评分标准”"
            yield Fault(f"本办法规定，{fault.message}", (INDICATORS, position, _WEIGHT), hint)
        if not faults:
            yield FINE


@sheet_check("ST103", Severity.WARNING)
def standard_for_nothing(card: Scorecard) -> Results:
    """A standard of a group holds for no indicator of the sheet."""
    for standard, path, weights in _stated(card.sheet):
        if isinstance(standard, GroupStandard):
            if weights:
                yield FINE
            else:
                message = "没有一个指标用到这条评分标准"
                yield Fault(message, (*path, "用于"), "请核对指标的名称；各行另有标准的，删去这条")


class _Laddered(NamedTuple):
    """A row that scores by steps of its figures.

    Attributes:
        at: Its position.
        row: The indicator.
        weight: 分值.
        ladder: The steps.
        is_own: The row states them itself.
    """

    at: int
    row: Indicator
    weight: Decimal
    ladder: ValueLadder
    is_own: bool

    @property
    def path(self) -> Path:
        """Where its steps stand, or the row where they stand elsewhere."""
        own = (_STANDARD, word_of(Standard, "method")) if self.is_own else ()
        return (INDICATORS, self.at, *own)

    def prefers_worse(self, sign: Sign) -> bool:
        """Tell whether the steps contradict a sign."""
        target = None if self.row.target is None else self.row.target.number
        return self.ladder.prefers_worse(self.weight, target, is_reverse=sign.is_reverse)


def _laddered(card: Scorecard) -> Iterator[_Laddered]:
    own = enumerate(card.sheet.own_standards)
    stated = [*((at, one) for at, one in own if one is not None), *_ruled(card)]
    for at, standard in sorted(stated, key=lambda item: item[0]):
        row, method = card.sheet.indicators[at], standard.method
        if isinstance(method, ValueLadder) and row.weight and not standard.contradictions:
            yield _Laddered(at, row, row.weight, method, row.standard is not None)


@sheet_check("ST107", Severity.ERROR)
def steps_against_the_sign(card: Scorecard) -> Results:
    """The steps of a standard give more the worse the figure is, by the sign that is written."""
    for one in _laddered(card):
        sign = one.row.sign or (one.row.target and one.row.target.sign)
        if sign is None or sign in (Sign.EQUAL, Sign.QUALITATIVE):
            continue
        if one.prefers_worse(sign):
            message = f"符号是“{sign.value}”，各档却是完成得越差得分越多"
            yield Fault(message, one.path, "请核对符号和各档的得分")
        else:
            yield FINE


@sheet_check("ST108", Severity.WARNING)
def steps_against_the_assumed_sign(card: Scorecard) -> Results:
    """The steps of a standard give more the less was done, and the target has no sign."""
    for one in _laddered(card):
        if not any(note.kind is NoteKind.BARE_TARGET for note in one.row.comparison.notes):
            continue
        if one.prefers_worse(Sign.AT_LEAST):
            message = "目标值未写符号，按“不低于”（≥）理解，各档却是完成得越少得分越多"
            yield Fault(message, one.path, "越低越好的，请写明“符号: ≤”；不是的，请核对各档的得分")
        else:
            yield FINE


def _has_units(row: Row) -> bool:
    """Tell whether the figures of a row are made of those of its units."""
    return bool(row.line.indicator.units)


@row_check("ST201", Severity.ERROR, when=_has_units)
def figure_typed_beside_units(row: Row) -> Results:
    """A target or an actual is written although it is computed from the units."""
    indicator = row.line.indicator
    for name in indicator.typed:
        word = word_of(Indicator, name)
        yield Fault(f"{word}由“分单位”汇总得出，另写的不用", (word,), "请删去，或删去“分单位”")
    if not indicator.typed:
        yield FINE


@row_check("ST203", Severity.WARNING, when=_has_units)
def unit_named_twice(row: Row) -> Results:
    """A unit stands twice among the units of a row, and its figures count twice."""
    names = Counter(one.unit for one in row.line.indicator.units)
    for name, times in names.items():
        if times > 1:
            message = f"“分单位”里的“{name}”写了 {times} 次，每次都汇总在内"
            yield Fault(message, ("分单位",), "重复的请删去；确是几项的，名称写出区别")
        else:
            yield FINE


enter_notes("ST")
