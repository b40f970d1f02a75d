"""评分标准: a way of scoring of one indicator, or of a group of them, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from perfeval.cells.levels import AspectName, SectionName
from perfeval.clauses import Clause, Contradiction, Proved, all_faults
from perfeval.fields import AspectField, SectionField, Several, Text, lazy
from perfeval.methods.all_or_nothing import AllOrNothing
from perfeval.methods.graded import GradedWords
from perfeval.methods.inverse_ratio import InverseRatio
from perfeval.methods.lateness import Lateness
from perfeval.methods.linear_shortfall import LinearShortfall
from perfeval.methods.proportional import Proportional
from perfeval.methods.step_deduction import StepDeduction
from perfeval.methods.value_ladder import ValueLadder

DirectedMethod = Proportional | InverseRatio | LinearShortfall | AllOrNothing | StepDeduction
"""A method for a target that is missed; a target that is met has its points in full."""
RowMethod = Annotated[
    DirectedMethod | ValueLadder | GradedWords | Lateness, Field(discriminator="method")
]


class Standard(Proved):
    """How one indicator scores, as its sheet lays down (评分标准).

    Attributes:
        method: The way of scoring (计分).
        basis: On what it rests (依据): a document, a note under the form, an approval.
    """

    method: RowMethod = Field(alias="计分")
    basis: Text = Field(alias="依据")

    @lazy
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where it contradicts itself."""
        return tuple(all_faults(self))

    def faults_for(self, weight: Decimal) -> Iterator[Contradiction]:
        """Yield where the way of scoring does not fit an indicator's weight."""
        if isinstance(self.method, ValueLadder):
            for path, message in self.method.above(weight):
                yield Contradiction(("计分", *path), message)


class Reach(Proved):
    """For which indicators a way of scoring holds.

    Attributes:
        names: The indicators by their names (指标).
        aspects: All indicators of these aspects (二级指标).
        sections: All indicators of these sections (一级指标).
    """

    names: Several[Text] = Field((), alias="指标")
    aspects: Several[AspectField] = Field((), alias="二级指标")
    sections: Several[SectionField] = Field((), alias="一级指标")

    def faults(self) -> Iterator[Contradiction]:
        """It holds for something."""
        if not (self.names or self.aspects or self.sections):
            yield Contradiction((), "请写明用于哪些指标：“指标”“二级指标”或“一级指标”")

    def covers(self, section: SectionName, aspect: AspectName, name: str) -> bool:
        """Tell whether an indicator is among them; of what is stated, all must hold."""
        return (
            (not self.names or name in self.names)
            and (not self.aspects or any(_is_same(aspect, one) for one in self.aspects))
            and (not self.sections or any(_is_same(section, one) for one in self.sections))
        )


def _is_same(level: SectionName | AspectName, named: SectionName | AspectName) -> bool:
    """Tell whether a level is the one that is named, or belongs to the same standard group."""
    return level.key == named.key or (named.group is not None and level.group is named.group)


class GroupStandard(Standard):
    """How a group of indicators scores, as their sheet lays down (评分标准).

    Attributes:
        reach: For which indicators it holds (用于).
    """

    reach: Reach = Field(alias="用于")


class RuledMethod(Proved):
    """How a group of indicators scores, as a rulebook lays down.

    Attributes:
        reach: For which indicators it holds (用于).
        method: The way of scoring (计分).
    """

    reach: Reach = Field(alias="用于")
    method: RowMethod = Field(alias="计分")


class Standards(Clause):
    """The ways of scoring of single indicators and groups (评分标准); the first that fits holds.

    Attributes:
        items: Each with the indicators for which it holds (各项).
    """

    items: tuple[RuledMethod, ...] = Field(alias="各项", min_length=1)

    def for_row(self, section: SectionName, aspect: AspectName, name: str) -> RuledMethod | None:
        """Return the way of scoring of an indicator; ``None`` where the rest of the rules holds."""
        covering = (item for item in self.items if item.reach.covers(section, aspect, name))
        return next(covering, None)

    def faults(self) -> Iterator[Contradiction]:
        """No two of them hold for the same indicators."""
        for position, item in enumerate(self.items):
            if any(item.reach == other.reach for other in self.items[:position]):
                yield Contradiction(("各项", position, "用于"), "与前面的一项用于同样的指标")
