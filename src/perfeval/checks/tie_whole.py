"""部门整体: the whole department's own sheet beside what the department's file says of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from perfeval.cells.agreement import Agreement, agree
from perfeval.cells.units import in_money
from perfeval.checks.patterns import pattern
from perfeval.checks.registry import FINE, LACKING, Fault, Result, Results, department_check
from perfeval.checks.subjects import DepartmentScores
from perfeval.department_words import Fund, Stage, Use
from perfeval.findings import Nature, Severity
from perfeval.numbers import plain, subtract, trimmed
from perfeval.scorecard import Scorecard
from perfeval.sheet import SheetKind

if TYPE_CHECKING:
    from perfeval.department import Department, NamedFigure


class _Amount(NamedTuple):
    """An amount of the whole department's sheet, in the department's unit of money."""

    word: str
    stage: Stage
    amount: Decimal


@department_check("DP112", Severity.WARNING, Nature.EVIDENCE)
def amount_of_whole_unlike_figures(scores: DepartmentScores) -> Results:
    """The whole department's sheet has another budget or spending than the department's figures."""
    for position, card in _wholes(scores):
        for amount in _amounts(card, scores.department):
            figures = _figures_of_all_money(scores.department, amount.stage)
            if figures:
                yield _beside(amount, figures, position)


def _wholes(scores: DepartmentScores) -> Iterator[tuple[int, Scorecard]]:
    """Yield the sheets of the whole department, with their positions among all sheets."""
    year = scores.department.year
    for position, card in enumerate(scores.scorecards):
        if card.sheet.kind == SheetKind.DEPARTMENT and card.sheet.year == year:
            yield position, card


def _amounts(card: Scorecard, department: Department) -> Iterator[_Amount]:
    budget, unit = card.sheet.budget, card.sheet.money_unit
    columns = (
        ("年初预算数", Stage.ORIGINAL, budget.original),
        ("预算数", Stage.FINAL, budget.final),
        ("执行数", Stage.SPENT, budget.spent),
    )
    for word, stage, amount in columns:
        if amount is not None:
            yield _Amount(word, stage, in_money(amount, unit, department.money_unit))


def _figures_of_all_money(department: Department, stage: Stage) -> list[NamedFigure]:
    """Return the figures that are of all money and all uses; of several those that say so."""
    from perfeval.department import NamedFigure

    found = [
        NamedFigure(name, figure)
        for name, figure in department.figures.items()
        if (figure.stage, figure.fund, figure.use) == (stage, Fund.ALL, Use.ALL)
    ]
    named = [item for item in found if pattern("whole-money").search(item.name)]
    return named if len(found) > 1 and named else found


def _beside(amount: _Amount, figures: list[NamedFigure], position: int) -> Result:
    numbers = [figure.number for _, figure in figures]
    if any(agree(amount.amount, number) is not Agreement.DIFFERENT for number in numbers):
        return FINE
    if len(figures) > 1:
        return LACKING  # which of them the sheet should show, nothing says
    ((name, figure),) = figures
    gap = subtract(amount.amount, figure.number)
    return Fault(
        f"部门整体的自评表{amount.word} {plain(amount.amount)}，部门文件的{name} "
        f"{plain(figure.number)}，差 {plain(gap.copy_abs())}",
        ("预算", amount.word),
        "两处写成一个数；口径不同的，写明差在哪里",
        sheet=position,
    )


@department_check("DP213", Severity.ERROR)
def points_of_whole_unlike_sheet(scores: DepartmentScores) -> Results:
    """The points of the whole department are not those of its sheet."""
    said = scores.department.verdict.points
    if said is None:
        return
    for _, card in _wholes(scores):
        yield _points_beside(said, card)


def _points_beside(said: Decimal, card: Scorecard) -> Result:
    """Compare with what the sheet files, else with what it has by the rule."""
    filed = card.filed_total
    low, high = (card.low, card.high) if filed is None else (filed, filed)
    if low is None or high is None:
        return LACKING
    if low <= said <= high:
        return FINE if low == high else LACKING
    points = plain(low) if low == high else f"{plain(low)} 至 {plain(high)}"
    word = "按办法为" if filed is None else "已填报总分"
    nearest = high if said > high else low
    return Fault(
        f"整体自评写 {trimmed(said)} 分，部门整体的自评表“{card.sheet.name}”{word} {points}",
        ("整体自评", "得分"),
        "两处写成一个分数，以逐行计分的为准",
        subtract(said, nearest),
    )
