"""预算执行: the budget row, from the amounts and never from a printed rate."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.notes import Note, NoteKind
from perfeval.methods.execution import OverBudget, ZeroBudget
from perfeval.methods.expression import case_of
from perfeval.numbers import ZERO, whole
from perfeval.rulebook import (
    LadderExecution,
    ProportionalExecution,
    Rulebook,
    UnscoredExecution,
)
from perfeval.scorecard import Basis, Line, Rule
from perfeval.scoring.rounding import full_points, rounded_points
from perfeval.sheet import Budget

NAME = "预算执行"


class ExecutionScorer:
    """The budget row of a rulebook, made ready for many sheets."""

    def __init__(self, rulebook: Rulebook) -> None:
        rule = rulebook.execution
        self._rule = rule
        self._weight = rulebook.weights.execution
        self._row = rulebook.rounding.row
        self._printing = rulebook.rounding.printed
        self._points = None if isinstance(rule, UnscoredExecution) else rule.points
        self._cited = Rule(
            rulebook=rulebook.id,
            block=NAME,
            sentence=rule.sentence,
            clause=rule.clause,
            source=rule.source,
            verified=rule.verified,
            digits=self._row.digits,
            mode=self._row.mode,
        )

    def score(self, budget: Budget) -> Line:
        """Score the budget row.

        Args:
            budget: Amounts, all in one unit of money.

        Returns:
            The row; unscored where an amount is missing or the budget is 0 (unless the rulebook
            gives points for that).

        Source:
            The header of the Hubei form (得分 = 20 分 × 执行率); 财预〔2020〕10号.
        """
        rule, weight, filed = self._rule, self._weight, budget.filed.points
        if isinstance(rule, UnscoredExecution):
            notes: tuple[Note, ...] = (Note(NoteKind.EXECUTION_NOT_SCORED),)
            return Line(
                NAME, None, None, ZERO, ZERO, None, Basis.UNSCORED, self._cited, notes, filed
            )
        figures, notes = _figures(budget, rule)
        if self._points is None or figures is None:
            low, high = full_points(ZERO, self._row), full_points(weight, self._row)
            return Line(
                NAME, weight, None, low, high, None, Basis.UNSCORED, self._cited, notes, filed
            )
        figures["weight"] = weight
        branch = case_of(self._points, figures)
        exact = branch.exact(figures)
        points = rounded_points(exact, weight, self._row)
        printed = None
        if self._printing is not None:
            printed = rounded_points(whole(points), weight, self._printing)
        cited = self._cited._replace(sentence=branch.sentence)
        return Line(
            NAME,
            weight,
            points,
            points,
            points,
            exact,
            Basis.MEASURED,
            cited,
            notes,
            filed,
            None,
            printed,
        )


def _figures(
    budget: Budget, rule: ProportionalExecution | LadderExecution
) -> tuple[dict[str, Decimal] | None, tuple[Note, ...]]:
    """Return the figures that score, and what is to say of them; or why there are none."""
    base, spent = budget.base, budget.spent
    if base is None or spent is None:
        missing = ((NoteKind.NO_BUDGET, base), (NoteKind.NO_SPENT, spent))
        return None, tuple(Note(kind) for kind, value in missing if value is None)
    figures = {"base": base, "spent": spent}
    if base == ZERO:
        if rule.zero_budget == ZeroBudget.ZERO:
            return figures, (Note(NoteKind.ZERO_BUDGET_ZERO),)
        return None, (Note(NoteKind.ZERO_BUDGET),)
    notes = (Note(NoteKind.ORIGINAL_BUDGET),) if budget.final is None else ()
    if spent > base:
        if rule.over_budget == OverBudget.UNSCORED:
            return None, (*notes, Note(NoteKind.OVERSPENT_REFUSED))
        notes = (*notes, Note(NoteKind.OVERSPENT))
    return figures, notes
