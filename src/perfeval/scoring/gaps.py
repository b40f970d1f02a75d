"""分值: where the weights of a sheet do not fit the rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval.cells.levels import Section, SectionName
from perfeval.numbers import ZERO, add, subtract, total
from perfeval.rulebook import Rulebook, Weights, WeightScheme
from perfeval.scorecard import WeightGap

_UNNAMED = "没有一级指标的指标"
_Weighed = Sequence[tuple[SectionName, Decimal]]


def section_gaps(sections: _Weighed, rulebook: Rulebook) -> tuple[WeightGap, ...]:
    """Return the sections whose weights do not fit the rulebook.

    A division that does not name a section of the sheet says nothing of the sheet, unless the
    rulebook fixes the names: then only the full points must be reached.

    Args:
        sections: The names of sections, each with weight; one may come several times.
        rulebook: Its divisions of the points.
    """
    rule = rulebook.weights
    weights: dict[Section, Decimal] = {}
    for name, weight in sections:
        if name.group is not None:
            weights[name.group] = add(weights.get(name.group, ZERO), weight)
    scheme = rule.scheme_for(weights.keys())
    others = _unnamed(sections, scheme)
    if others and not rule.fixed:
        return _whole_gap(sections, rule)
    gaps = []
    for group in scheme.groups:
        actual = total([weights.get(section, ZERO) for section in group.sections])
        if actual != group.weight:
            label = "、".join(section.label for section in group.sections)
            gaps.append(WeightGap(label, group.sections, group.weight, actual))
    gaps += [
        WeightGap(name.label or _UNNAMED, groups(name), ZERO, weight)
        for name, weight in others.values()
    ]
    return tuple(gaps)


def groups(name: SectionName) -> tuple[Section, ...]:
    """Return the standard group of a section, if it has one."""
    return () if name.group is None else (name.group,)


def _unnamed(sections: _Weighed, scheme: WeightScheme) -> dict[str, tuple[SectionName, Decimal]]:
    """Return the sections with weight that a division does not name, by their keys."""
    named = {section for group in scheme.groups for section in group.sections}
    found: dict[str, tuple[SectionName, Decimal]] = {}
    for name, weight in sections:
        if weight and name.group not in named:
            first, before = found.get(name.key, (name, ZERO))
            found[name.key] = (first, add(before, weight))
    return found


def _whole_gap(sections: _Weighed, rule: Weights) -> tuple[WeightGap, ...]:
    """Return by how much the weights together miss the points that are to be divided."""
    actual = total([weight for _, weight in sections])
    expected = subtract(rule.full, rule.execution)
    return () if actual == expected else (WeightGap("各项指标", (), expected, actual),)
