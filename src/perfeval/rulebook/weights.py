"""How the full points are divided (分值)."""

from __future__ import annotations

from collections.abc import Iterator, Set

from pydantic import Field

from perfeval.cells.levels import Section
from perfeval.cells.words import WordEnum
from perfeval.clauses import Clause, Contradiction
from perfeval.fields import FrozenDict, GroupField, Model, Named, RequiredNumber, Text, Truth
from perfeval.numbers import ZERO, add, total, trimmed


class GoalMode(WordEnum):
    """How several annual goals make one total (多个目标): summed, or each by its share."""

    SUMMED = "分值合计"
    SHARED = "按比例折算"


class Inapplicable(WordEnum):
    """What becomes of the points of an indicator that does not apply (不适用指标)."""

    FORBIDDEN = "不允许"
    RESCALED = "按适用分值折算"
    MERGED = "并入同一级指标"


class WeightGroup(Model):
    """Sections that share one weight: 产出 alone, or 效益 and 满意度 together.

    Attributes:
        sections: The sections (一级指标).
        weight: Their weight together.
        usual: How they usually divide it.
    """

    sections: tuple[GroupField, ...] = Field(alias="指标", min_length=1)
    weight: RequiredNumber = Field(alias="分值")
    usual: Named[GroupField, RequiredNumber] = Field(FrozenDict(), alias="通常")


class WeightScheme(Model):
    """A division of the points, and the sections that a sheet must have or lack for it."""

    name: Text = Field(alias="名称")
    present: tuple[GroupField, ...] = Field((), alias="设")
    absent: tuple[GroupField, ...] = Field((), alias="不设")
    groups: tuple[WeightGroup, ...] = Field(alias="分组", min_length=1)


class Weights(Clause):
    """How the full points are divided.

    Attributes:
        scored: 计分: the form gives points; without, completion, reasons and funds are shown.
        full: 满分.
        execution: Points of the budget row; 0 where it is not scored.
        schemes: The divisions of the rest; the first that fits a sheet's sections holds, the
            last fits any.
        fixed: Only the level-1 names of the schemes may stand in a sheet (一级指标固定).  Else a
            sheet with others is not measured by the schemes, only by the full points.
        goals: With several annual goals (年度目标), whether their weights are part of the sum
            (分值合计) or each goal is scored by itself and counts by its share (按比例折算).
        not_applicable: What happens to the points of an indicator that does not apply.
    """

    scored: Truth = Field(True, alias="计分")
    full: RequiredNumber = Field(alias="满分")
    execution: RequiredNumber = Field(alias="预算执行")
    schemes: tuple[WeightScheme, ...] = Field(alias="方案", min_length=1)
    fixed: Truth = Field(False, alias="一级指标固定")
    goals: GoalMode = Field(GoalMode.SUMMED, alias="多个目标")
    not_applicable: Inapplicable = Field(Inapplicable.FORBIDDEN, alias="不适用指标")

    def scheme_for(self, sections: Set[Section]) -> WeightScheme:
        """Return the division that holds for a sheet with these sections."""
        for scheme in self.schemes:
            if sections >= set(scheme.present) and sections.isdisjoint(scheme.absent):
                return scheme
        return self.schemes[-1]

    def faults(self) -> Iterator[Contradiction]:
        """Every division closes to the full points, and no section stands in two groups."""
        if self.full <= ZERO:
            yield Contradiction(("满分",), "满分应大于 0")
        if self.execution < ZERO:
            yield Contradiction(("预算执行",), "分值不能是负数")
        for position, scheme in enumerate(self.schemes):
            at = ("方案", position)
            closed = add(self.execution, total(group.weight for group in scheme.groups))
            if closed != self.full:
                yield Contradiction(
                    (*at, "分组"),
                    f"“{scheme.name}”各项分值合计 {trimmed(closed)}，满分 {trimmed(self.full)}",
                )
            yield from _group_faults(scheme, at)
        last = self.schemes[-1]
        if last.present or last.absent:
            yield Contradiction(
                ("方案", len(self.schemes) - 1), "最后一个方案应不写“设”“不设”，作为通常情形"
            )


def _group_faults(scheme: WeightScheme, at: tuple[str | int, ...]) -> Iterator[Contradiction]:
    seen: set[Section] = set()
    for position, group in enumerate(scheme.groups):
        here = (*at, "分组", position)
        for section in group.sections:
            if section in seen:
                yield Contradiction((*here, "指标"), f"“{section.label}”出现在两个分组里")
            seen.add(section)
        if group.weight < ZERO:
            yield Contradiction((*here, "分值"), "分值不能是负数")
        if group.usual and total(group.usual.values()) != group.weight:
            yield Contradiction(
                (*here, "通常"),
                f"通常的分值合计 {trimmed(total(group.usual.values()))}，"
                f"本组分值 {trimmed(group.weight)}",
            )
        if not set(group.usual) <= set(group.sections):
            yield Contradiction((*here, "通常"), "通常的分值里有本组以外的指标")
