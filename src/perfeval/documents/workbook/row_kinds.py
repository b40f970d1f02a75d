"""The kinds of rows: rows of one kind are filled in alike and score alike, by the same formulas."""

from __future__ import annotations

import weakref
from typing import NamedTuple

from perfeval.cells.levels import Section
from perfeval.documents.form.asides import AsideName
from perfeval.documents.workbook.aggregation import UnitWordsRow
from perfeval.documents.workbook.formula import BLANK, Formula, Span, Value, both, exact
from perfeval.documents.workbook.reading import pinned
from perfeval.documents.workbook.row_plan import RowPlan
from perfeval.documents.workbook.rows import (
    WORD_LISTS,
    InputCells,
    OriginalReadings,
    RowFormulas,
    RowResult,
    SettledRow,
    Vocabulary,
)
from perfeval.documents.workbook.standards import StandardRowFormulas
from perfeval.numbers import ONE, ZERO
from perfeval.rulebook import Band, Rulebook
from perfeval.rulebook.form import IndicatorContent
from perfeval.scoring.standards import Held

TYPED = {
    "填名称": IndicatorContent.NAME,
    "填分值": IndicatorContent.WEIGHT,
    "填符号": IndicatorContent.SIGN,
    "填目标值": IndicatorContent.TARGET,
    "填完成值": IndicatorContent.ACTUAL,
    "填单位": IndicatorContent.UNIT,
    "填目标值按": AsideName.TARGET_AS,
    "填完成值按": AsideName.ACTUAL_AS,
    "填评定": IndicatorContent.FILED,
    "填不适用": AsideName.NOT_APPLICABLE,
}
"""The columns that repeat what is filled in, with the cells of the form that they repeat."""
AS_IT_WAS = {
    heading: f"原{content}"
    for heading, content in TYPED.items()
    if content is not IndicatorContent.NAME
}
"""The columns that hold what was filled in when the engine scored, by those that repeat it."""
MEAN = "评定均值"
_CUT = "扣减分数"


class RowKind(NamedTuple):
    """What makes rows of one kind.

    Attributes:
        given: The columns that each row fills by itself.
        is_of_satisfaction: They stand under 满意度, which a rulebook may score by steps.
        is_settled: The engine's result is kept, for as long as nothing is changed.
        method, standard: By what they score; 0 where nothing is stated for them.
    """

    given: frozenset[str]
    is_of_satisfaction: bool
    is_settled: bool
    method: int = 0
    standard: int = 0


class PlannedRow(NamedTuple):
    """The plan of the rows of a kind.

    Attributes:
        plan: The plan.
        result: Where the results stand.
        lists: The names of the lists that its formulas look into.
    """

    plan: RowPlan
    result: RowResult
    lists: tuple[str, ...]


_PLANS: dict[int, dict[RowKind, PlannedRow]] = {}
"""The plans of rows for which nothing is stated, for each rulebook that is in use."""


def planned(
    rulebook: Rulebook, kind: RowKind, known: Vocabulary, held: Held | None = None
) -> PlannedRow:
    """Return the plan of the rows of a kind.

    Args:
        rulebook: The rulebook.
        kind: The kind.
        known: The words by which such rows are judged.
        held: What is stated for them.
    """
    if held is not None:
        return _plan(rulebook, kind, known, held)
    key = id(rulebook)
    if key not in _PLANS:
        _PLANS[key] = {}
        weakref.finalize(rulebook, _PLANS.pop, key, None)
    plans = _PLANS[key]
    if kind not in plans:
        plans[kind] = _plan(rulebook, kind, known, None)
    return plans[kind]


def _plan(rulebook: Rulebook, kind: RowKind, known: Vocabulary, held: Held | None) -> PlannedRow:
    plan = RowPlan()
    if MEAN in kind.given:
        formulas: RowFormulas = UnitWordsRow(plan, rulebook, known)
    elif held is not None:
        formulas = StandardRowFormulas(plan, rulebook, known, held)
    else:
        formulas = RowFormulas(plan, rulebook, known)
    typed = _typed(plan, kind)
    original = OriginalReadings(
        pinned(plan, "目标值"),
        pinned(plan, "完成值"),
        _given(plan, kind, "单位原文"),
        plan.given("单位原意"),
    )
    settled = _settled(plan, kind) if kind.is_settled else None
    result = formulas.score(typed, original, settled)
    texts = [formula.text for _, formula in plan.steps]
    used = (one.name for one in WORD_LISTS if any(f"{one.name}," in text for text in texts))
    return PlannedRow(plan, result, tuple(used))


def _given(plan: RowPlan, kind: RowKind, heading: str) -> Formula:
    return plan.given(heading) if heading in kind.given else BLANK


def _typed(plan: RowPlan, kind: RowKind) -> InputCells:
    name, weight, sign, target, actual, unit, target_given, actual_given, judged, unapplied = (
        _given(plan, kind, heading) for heading in TYPED
    )
    return InputCells(
        name=name,
        weight=weight,
        sign=sign,
        target=target,
        actual=actual,
        unit=unit,
        target_given=target_given,
        actual_given=actual_given,
        judged=judged,
        unapplied=unapplied,
        section=Section.SATISFACTION if kind.is_of_satisfaction else None,
        cut=_given(plan, kind, _CUT),
    )


def _settled(plan: RowPlan, kind: RowKind) -> SettledRow:
    same = [
        exact(plan.given(heading), plan.given(before))
        for heading, before in AS_IT_WAS.items()
        if heading in kind.given
    ]
    return SettledRow(plan.put("照旧", both(*same)), plan.given("原得分"), plan.given("原因"))


def vocabulary(rulebook: Rulebook, bands: tuple[Band, ...], mark: str = "") -> Vocabulary:
    """Return the words of bands, and those that say achieved, as lists that go by their names."""
    pairs: list[tuple[Value, Value]] = [
        (word, ONE * place) for place, band in enumerate(bands, 1) for word in band.words
    ] or [("", ZERO)]
    achieved: tuple[str, ...] = rulebook.quantitative.achieved_words or ("",)
    return Vocabulary(
        Span(f"用语{mark}", tuple(word for word, _ in pairs)),
        Span(f"档次{mark}", tuple(place for _, place in pairs)),
        Span(f"达成用语{mark}", achieved),
        Span(f"达成{mark}", tuple(ONE if word else ZERO for word in achieved)),
    )
