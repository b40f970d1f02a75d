"""预算执行: the budget row, from the amounts and never from a printed rate."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.notes import Note, NoteKind
from perfeval.methods.execution import OverBudget, ZeroBudget
from perfeval.methods.expression import case_of
from perfeval.numbers import ONE, ZERO
from perfeval.rulebook import (
    LadderExecution,
    ProportionalExecution,
    Rulebook,
    UnscoredExecution,
)
from perfeval.scorecard import Basis, ExecutionLine, Rule
from perfeval.scoring.rounding import full_points, printed_points, rounded_points, row_rounding
from perfeval.sheet import Budget

_BLOCK = "预算执行"
_SPENT_IN_FULL = {"weight": ONE, "base": ONE, "spent": ONE}


class ExecutionScorer:
    """The budget row of a rulebook, made ready for many sheets."""

    def __init__(self, rulebook: Rulebook) -> None:
        rule = rulebook.execution
        self._rule = rule
        self._weight = rulebook.weights.execution
        self._has_points = rulebook.weights.scored
        self._row = rulebook.rounding.row
        self._rounding = row_rounding(self._row)
        printing = rulebook.rounding.printed
        self._printing = None if printing is None else row_rounding(printing)
        self._points = None if isinstance(rule, UnscoredExecution) else rule.points
        self._cited = Rule(
            rulebook=rulebook.id,
            block=_BLOCK,
            sentence=rule.sentence,
            clause=rule.clause,
            source=rule.source,
            seen=rule.seen,
            digits=self._row.digits,
            mode=self._row.mode,
        )
        full = "" if self._points is None else case_of(self._points, _SPENT_IN_FULL).sentence
        self._rules = {full: self._cited._replace(sentence=full)}

    def score(self, budget: Budget) -> ExecutionLine:
        """Score the budget row.

        Args:
            budget: Amounts, all in one unit of money.

        Returns:
            The row; unscored where an amount is missing or the budget is 0 (unless the rulebook
            gives points for that).

        Source:
            The header of the Hubei form (得分 = 20 分 × 执行率); 财预〔2020〕10号.
        """
        if not self._has_points:
            line = self._unscored(None, ZERO, ZERO, (), budget)
            return line._replace(basis=Basis.WITHOUT_POINTS)
        rule, weight = self._rule, self._weight
        if budget.weight is not None and isinstance(rule, ProportionalExecution):
            weight = budget.weight  # the points of a ladder are the rulebook's own
        if isinstance(rule, UnscoredExecution) or self._points is None:
            return self._unscored(None, ZERO, ZERO, (Note(NoteKind.EXECUTION_NOT_SCORED),), budget)
        figures, notes = _figures(budget, rule)
        if figures is None:
            low, high = full_points(ZERO, self._rounding), full_points(weight, self._rounding)
            return self._unscored(weight, low, high, notes, budget)
        figures["weight"] = weight
        branch = case_of(self._points, figures)
        exact = branch.exact(figures)
        points = rounded_points(exact, weight, self._rounding)
        return ExecutionLine(
            weight=weight,
            points=points,
            low=points,
            high=points,
            basis=Basis.MEASURED,
            rule=self._rules.get(branch.sentence, self._cited),
            notes=notes,
            filed=budget.filed.points,
            reviewed=budget.filed.reviewed,
            worked=exact,
            printed=printed_points(points, weight, self._printing),
        )

    def _unscored(
        self,
        weight: Decimal | None,
        low: Decimal,
        high: Decimal,
        notes: tuple[Note, ...],
        budget: Budget,
    ) -> ExecutionLine:
        return ExecutionLine(
            weight=weight,
            points=None,
            low=low,
            high=high,
            basis=Basis.UNSCORED,
            rule=self._cited,
            notes=notes,
            filed=budget.filed.points,
            reviewed=budget.filed.reviewed,
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
