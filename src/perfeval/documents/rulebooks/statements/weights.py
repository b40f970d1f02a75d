"""分值: how the full points are divided, said in statements."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.cells.levels import Section
from perfeval.documents.rulebooks.statements.statement import Statement, points, said
from perfeval.numbers import ZERO, subtract
from perfeval.rulebook import Rulebook, Weights, WeightScheme
from perfeval.rulebook.weights import GoalMode, Inapplicable, WeightGroup

_BLOCK = "分值"
_NOT_APPLICABLE = {
    Inapplicable.FORBIDDEN: "没有规定；填了“不适用”的指标不计分，总分只能给出区间",
    Inapplicable.MERGED: "不计入，它的分值由同一个一级指标的其他指标按比例分担",
}


def about(rulebook: Rulebook) -> Iterator[Statement]:
    """Say how the points are divided."""
    rule = rulebook.weights
    has_points = "计分" if rule.scored else "不计分，只看完成情况、原因和资金"
    yield said(_BLOCK, "计分", has_points, "计分")
    yield said(_BLOCK, "满分", points(rule.full), "满分")
    budget = points(rule.execution) if rule.execution else "不占分值"
    yield said(_BLOCK, "预算执行", budget, "预算执行")
    *special, usual = rule.schemes
    for group in usual.groups:
        for section in group.sections:
            yield said(_BLOCK, section.label, _share(section, group), "方案")
    for scheme in special:
        yield said(_BLOCK, f"{_condition(scheme)}的表", _division(scheme), "方案")
    yield said(_BLOCK, "其他一级指标", _others(rule), "一级指标固定")
    yield said(_BLOCK, "多个年度目标", _goals(rule), "多个目标")
    yield said(_BLOCK, "不适用的指标", _not_applicable(rule), "不适用指标")


def _share(section: Section, group: WeightGroup) -> str:
    """Say the points of a section, or of the group that it shares them with."""
    others = [other.label for other in group.sections if other is not section]
    if not others:
        return points(group.weight)
    shared = f"与{'、'.join(others)}合计 {points(group.weight)}"
    usual = group.usual.get(section)
    return shared if usual is None else f"通常 {points(usual)}，{shared}"


def _condition(scheme: WeightScheme) -> str:
    """Say of which sheets a division holds."""
    having = "、".join(section.label for section in scheme.present)
    lacking = "、".join(section.label for section in scheme.absent)
    parts = [f"设有{having}" if having else "", f"不设{lacking}" if lacking else ""]
    return "而".join(filter(None, parts)) or scheme.name


def _division(scheme: WeightScheme) -> str:
    return "，".join(
        f"{'与'.join(section.label for section in group.sections)}"
        f"{' ' if len(group.sections) == 1 else '合计 '}{points(group.weight)}"
        for group in scheme.groups
        if group.weight != ZERO
    )


def _others(rule: Weights) -> str:
    if rule.fixed:
        return "不能使用"
    rest = points(subtract(rule.full, rule.execution))
    return f"可以使用；用了的，不比较各个一级指标的分值，只要各项指标合计 {rest}"


def _goals(rule: Weights) -> str:
    if rule.goals == GoalMode.SUMMED:
        return "各目标的指标合在一起，分值合计满足上述要求"
    return "每个目标的指标各按上述分值评分，再乘以该目标的权重相加"


def _not_applicable(rule: Weights) -> str:
    return _NOT_APPLICABLE.get(
        rule.not_applicable, f"不计入，总分按适用指标的分值折算为 {points(rule.full)}"
    )
