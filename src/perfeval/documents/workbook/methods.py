"""The rules of scoring in cells: each the expression by which `perfeval.scoring` scores."""

from __future__ import annotations

from perfeval.cells.signs import Sign
from perfeval.documents.workbook.formula import (
    Formula,
    chosen,
    equal,
    is_one_of,
    of_rule,
    words,
)
from perfeval.methods.limits import SCALED, limited
from perfeval.rulebook import Quantitative, Rounding


def figure_points(
    rule: Quantitative, sign: Formula, weight: Formula, target: Formula, actual: Formula
) -> Formula:
    """Return the points of two figures of one kind, before they are rounded.

    Args:
        rule: The rulebook's methods.
        sign: The sign that counts.
        weight: 分值.
        target: The figure planned, not below 0.
        actual: The figure reached, in the same unit.
    """
    hit, least, most = (
        of_rule(rule.points(kind), weight=weight, target=target, actual=actual)
        for kind in (Sign.EQUAL, Sign.AT_LEAST, Sign.AT_MOST)
    )
    upward = is_one_of(sign, (Sign.AT_LEAST.value, Sign.ABOVE.value))
    return chosen([(equal(sign, words(Sign.EQUAL.value)), hit), (upward, least)], most)


def rounded_points(points: Formula, limit: Formula, rounding: Rounding) -> Formula:
    """Round points, never above a limit: what is above it is the limit, cut."""
    return of_rule(limited(rounding.digits, rounding.mode), points=points, limit=limit)


def scaled(
    points: Formula, top: Formula, bottom: Formula, limit: Formula, rounding: Rounding
) -> Formula:
    """Return points × top ÷ bottom, rounded and not above a limit."""
    rule = limited(rounding.digits, rounding.mode, SCALED)
    return of_rule(rule, points=points, top=top, bottom=bottom, limit=limit)
