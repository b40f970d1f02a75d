"""评分标准、分单位: ways of scoring that a sheet lays down itself, and figures of its units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfeval.checks.notes import enter_notes
from perfeval.checks.registry import FINE, LACKING, Fault, Results, row_check, sheet_check
from perfeval.checks.subjects import Row
from perfeval.fields import word_of
from perfeval.findings import Severity
from perfeval.methods.standard import GroupStandard, Standard
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


@row_check("ST201", Severity.ERROR)
def figure_typed_beside_units(row: Row) -> Results:
    """A target or an actual is written although it is computed from the units."""
    indicator = row.line.indicator
    if not indicator.units:
        return
    for name in indicator.typed:
        word = word_of(Indicator, name)
        yield Fault(f"{word}由“分单位”汇总得出，另写的不用", (word,), "请删去，或删去“分单位”")
    if not indicator.typed:
        yield FINE


enter_notes("ST")
