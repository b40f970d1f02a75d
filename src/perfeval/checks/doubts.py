"""What only an assumption of ours made doubtful: of such rows no fault is told."""

from __future__ import annotations

from contextvars import ContextVar
from decimal import Decimal

from perfeval.cells.comparison import Outcome
from perfeval.cells.levels import Aspect, Section
from perfeval.cells.notes import NoteKind
from perfeval.checks.costs import is_cost
from perfeval.checks.patterns import pattern
from perfeval.numbers import subtract, total
from perfeval.scorecard import IndicatorLine, Scorecard

_OUTPUTS = (Section.OUTPUT, Section.COST)


def has_doubtful_sign(line: IndicatorLine) -> bool:
    """Tell whether a row falls short by a sign that we took for granted, and may well be met.

    Fewer days, less money and fewer complaints are better; where the sheet says no sign, ≥ is
    assumed, and a row that did better than planned seems to miss its target.
    """
    outcome, _, target, actual, *_ = line.indicator.comparison
    if outcome is not Outcome.FIGURES or actual >= target:
        return False
    is_assumed = any(note.kind is NoteKind.BARE_TARGET for note in line.notes)
    return is_assumed and _may_be_better_lower(line)


def _may_be_better_lower(line: IndicatorLine) -> bool:
    indicator = line.indicator
    section, aspect = indicator.section.group, indicator.aspect.group
    if is_cost(indicator):
        return True
    unit = "" if indicator.target is None else f"{indicator.target.unit} {indicator.unit or ''}"
    if section in _OUTPUTS and pattern("money-unit").search(unit):
        return True
    if aspect is Aspect.TIMELINESS and pattern("time-unit").search(unit):
        return True
    return pattern("better-lower").search(line.name) is not None


def surely_short(card: Scorecard) -> tuple[tuple[int, IndicatorLine], ...]:
    """Return the rows that fall short whatever we assumed, with their positions."""
    last = _LAST.get()
    if last is not None and last[0] is card:
        return last[1]
    found = tuple((at, line) for at, line in card.short if not has_doubtful_sign(line))
    _LAST.set((card, found))
    return found


_LAST: ContextVar[tuple[Scorecard, tuple[tuple[int, IndicatorLine], ...]] | None] = ContextVar(
    "last", default=None
)
"""The last card that was asked about, and its rows: a dozen checks ask one after another."""


def count_of_short(card: Scorecard) -> int:
    """Return how many rows fall short whatever we assumed."""
    return len(surely_short(card))


def points_in_doubt(card: Scorecard) -> Decimal:
    """Return how many points more the sheet has if all that is in doubt is met."""
    return total(
        subtract(line.weight, line.points)
        for line in card.lines
        if line.weight is not None and line.points is not None and has_doubtful_sign(line)
    )
