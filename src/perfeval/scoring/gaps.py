"""分值: where the weights of a sheet do not fit the rulebook."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.words import Section
from perfeval.numbers import ZERO, total
from perfeval.rulebook import Rulebook
from perfeval.scorecard import WeightGap


def section_gaps(weights: dict[Section, Decimal], rulebook: Rulebook) -> tuple[WeightGap, ...]:
    """Return the sections whose weights do not fit the rulebook."""
    left = dict(weights)
    gaps = []
    for group in rulebook.weights.scheme_for(weights.keys()).groups:
        actual = total([left.pop(section, ZERO) for section in group.sections])
        if actual != group.weight:
            name = "、".join(section.label for section in group.sections)
            gaps.append(WeightGap(name, group.sections, group.weight, actual))
    for section, weight in left.items():
        if weight:
            gaps.append(WeightGap(section.label, (section,), ZERO, weight))
    return tuple(gaps)
