"""Whether the weights close, in cells: where they do not fit the rulebook, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.levels import Section, SectionName
from perfeval.documents.workbook.formula import (
    BLANK,
    NO,
    Formula,
    Span,
    above,
    both,
    chosen,
    either,
    equal,
    is_number,
    joined,
    minus,
    negated,
    number,
    plus,
    rounded,
    size,
    sum_of,
    sum_where,
    when,
    words,
)
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.rows import UNAPPLIED
from perfeval.numbers import HUNDRED, ZERO, RoundingMode, subtract
from perfeval.rulebook import Rulebook, WeightScheme
from perfeval.rulebook.weights import GoalMode, Inapplicable

_NIL = number(ZERO)
_YES = Formula("TRUE", True)
_SUM_DIGITS = 9


def even(part: Formula) -> Formula:
    """Round away the error of binary fractions: cells compute in doubles, the engine exactly."""
    return rounded(part, _SUM_DIGITS, RoundingMode.HALF_UP)


def label_of(part: SectionName) -> str:
    """Return what a section is called where it needs a name."""
    return part.label or "指标"


class Columns(NamedTuple):
    """The columns of the hidden sheet that are summed up.

    Attributes:
        places: The number by which the column of sections knows each, by its key.
    """

    sections: Span
    goals: Span
    used: Span
    weights: Span
    points: Span
    ways: Span
    open: Span
    places: dict[str, Formula]

    def of(self, part: SectionName) -> tuple[Span, Formula]:
        """Return the condition that a row stands in a section."""
        return self.sections, self.places[part.key]

    def goal_weight(self, goal: int, part: SectionName) -> Formula:
        """Return the weight of a goal's rows in a section."""
        return even(sum_where(self.weights, self.of(part), (self.goals, number(goal))))


class GapCells(NamedTuple):
    """Weights that do not fit: of which sections, by how much, and in words."""

    sections: tuple[SectionName, ...]
    difference: Formula
    message: Formula


class Closing:
    """Writes into the hidden sheet whether the weights of one form close."""

    def __init__(
        self,
        sheet: HiddenSheet,
        rulebook: Rulebook,
        sections: Sequence[SectionName],
        goals: Sequence[Formula],
    ) -> None:
        self._sheet = sheet
        self._book = rulebook
        self._sections = sections
        self._goals = goals
        self._shares = bool(goals) and rulebook.weights.goals == GoalMode.SHARED

    def _put(self, name: str, formula: Formula) -> Formula:
        return self._sheet.append(name, formula)

    def gaps(
        self,
        columns: Columns,
        weights: dict[str, Formula],
        unapplied: dict[str, Formula],
        stated: Decimal | None = None,
    ) -> list[GapCells]:
        """Return where the weights do not fit the rulebook, as `perfeval.scoring` finds it.

        Args:
            columns: The columns of the rows.
            weights: The weight of each section.
            unapplied: The weight of the rows of each section that do not apply.
            stated: The weight that the sheet gives the budget row, if it does.
        """
        return [
            *self._budget_gap(stated),
            *self._unfit(columns, weights),
            *self._emptied(weights, unapplied),
        ]

    def _budget_gap(self, stated: Decimal | None) -> list[GapCells]:
        """Return that the sheet gives the budget row another weight than the rulebook."""
        prescribed = self._book.weights.execution
        if stated is None or stated == prescribed:
            return []
        return [self._gap("预算执行", (), prescribed, number(stated), _YES, is_prescribed=True)]

    def _unfit(self, columns: Columns, weights: dict[str, Formula]) -> list[GapCells]:
        if self._shares:
            return [*self._stray(columns, _YES), *self._share_gaps(columns)]
        present = {
            part.key: above(sum_where(columns.used, columns.of(part)), _NIL)
            for part in self._sections
        }
        gaps = self._section_gaps("", weights, present)
        if not self._goals:
            return gaps
        divided: Formula = NO  # goals in words alone divide no weight
        for weight in self._goals:
            divided = either(divided, is_number(weight))
        return [*gaps, *self._stray(columns, divided), *self._goal_gaps(columns)]

    def _section_gaps(
        self, prefix: str, weights: dict[str, Formula], present: dict[str, Formula]
    ) -> list[GapCells]:
        schemes = self._book.weights.schemes
        groups: dict[Section, Formula] = {}
        for part in self._sections:
            if part.group is not None:
                found = present[part.key]
                groups[part.group] = either(found, groups.get(part.group, NO))
        scheme = self._put(
            f"{prefix}分值方案",
            chosen(
                [(_fits(scheme, groups), number(place)) for place, scheme in enumerate(schemes, 1)],
                number(len(schemes)),
            ),
        )
        gaps: list[GapCells] = []
        for place, division in enumerate(schemes, 1):
            holds = equal(scheme, number(place))
            gaps += self._division_gaps(prefix, division, weights, holds)
        return gaps

    def _division_gaps(
        self, prefix: str, scheme: WeightScheme, weights: dict[str, Formula], holds: Formula
    ) -> list[GapCells]:
        """Return the gaps of a division; one that does not name all sections says nothing."""
        rule = self._book.weights
        named = {group for item in scheme.groups for group in item.sections}
        others = [part for part in self._sections if part.group not in named]
        gaps = []
        if others and not rule.fixed:
            beside = above(plus(*(weights[part.key] for part in others)), _NIL)
            gaps.append(self._whole_gap(prefix, weights, both(holds, beside)))
            holds = both(holds, negated(beside))
        for item in scheme.groups:
            parts = [part for part in self._sections if part.group in item.sections]
            name = prefix + "、".join(group.label for group in item.sections)
            actual = even(plus(*(weights[part.key] for part in parts))) if parts else _NIL
            gaps.append(self._gap(name, parts, item.weight, actual, holds, is_prescribed=True))
        if rule.fixed:
            for part in others:
                name, actual = prefix + label_of(part), weights[part.key]
                gaps.append(self._gap(name, (part,), ZERO, actual, holds, is_prescribed=True))
        return gaps

    def _whole_gap(self, prefix: str, weights: dict[str, Formula], holds: Formula) -> GapCells:
        rule = self._book.weights
        actual = even(plus(*weights.values()))
        expected = subtract(rule.full, rule.execution)
        return self._gap(
            f"{prefix}各项指标", self._sections, expected, actual, holds, is_prescribed=True
        )

    def _gap(
        self,
        name: str,
        parts: Sequence[SectionName],
        expected: Decimal | Formula,
        actual: Formula,
        holds: Formula,
        *,
        is_prescribed: bool = False,
    ) -> GapCells:
        wanted = number(expected) if isinstance(expected, Decimal) else expected
        difference = self._put(f"{name}：分值差", when(holds, even(minus(actual, wanted)), _NIL))
        more = when(above(difference, _NIL), words("多 "), words("少 "))
        said = joined(
            words(f"{name}分值合计 "),
            actual,
            words("，办法规定 " if is_prescribed else "，应为 "),
            wanted,
            words("，"),
            more,
            size(difference),
        )
        message = self._put(f"{name}：说明", when(equal(difference, _NIL), BLANK, said))
        return GapCells(tuple(parts), difference, message)

    def _stray(self, columns: Columns, holds: Formula) -> list[GapCells]:
        """Return the rows that belong to no goal, where the goals divide the weight."""
        known = [
            sum_where(columns.weights, (columns.goals, number(goal)))
            for goal in range(1, len(self._goals) + 1)
        ]
        stray = even(minus(sum_of(columns.weights), plus(*known)))
        weight = self._put("无目标的分值", stray)
        return [self._gap("未写明所属目标的指标", (), ZERO, weight, holds)]

    def _goal_gaps(self, columns: Columns) -> list[GapCells]:
        gaps = []
        for place, weight in enumerate(self._goals, 1):
            actual = even(sum_where(columns.weights, (columns.goals, number(place))))
            gaps.append(self._gap(f"年度目标{place}", (), weight, actual, is_number(weight)))
        return gaps

    def _share_gaps(self, columns: Columns) -> list[GapCells]:
        gaps: list[GapCells] = []
        for place in range(1, len(self._goals) + 1):
            weights = {part.key: columns.goal_weight(place, part) for part in self._sections}
            present = {
                part.key: above(
                    sum_where(
                        columns.used,
                        columns.of(part),
                        (columns.goals, number(place)),
                    ),
                    _NIL,
                )
                for part in self._sections
            }
            gaps += self._section_gaps(f"年度目标{place}的", weights, present)
        unapplied = even(sum_where(columns.weights, (columns.ways, words(UNAPPLIED))))
        held = when(above(unapplied, _NIL), unapplied, _NIL)
        gaps.append(self._gap("各年度目标下不适用的指标", (), ZERO, held, _YES))
        shares = even(plus(*(when(is_number(goal), goal, _NIL) for goal in self._goals)))
        gaps.append(self._gap("各年度目标的权重", (), HUNDRED, shares, _YES, is_prescribed=True))
        return gaps

    def _emptied(
        self, weights: dict[str, Formula], unapplied: dict[str, Formula]
    ) -> list[GapCells]:
        """Return the groups in which no indicator applies: nothing is left to take their points."""
        rule = self._book.weights.not_applicable
        if self._shares or rule == Inapplicable.FORBIDDEN or not weights:
            return []
        if rule == Inapplicable.RESCALED:
            whole, gone = plus(*weights.values()), plus(*unapplied.values())
            return [self._empty("适用的指标", (), whole, gone)]
        return [
            self._empty(
                f"{label_of(part)}中适用的指标", (part,), weights[part.key], unapplied[part.key]
            )
            for part in self._sections
        ]

    def _empty(
        self, name: str, parts: Sequence[SectionName], weight: Formula, gone: Formula
    ) -> GapCells:
        is_empty = both(above(gone, _NIL), equal(even(minus(weight, gone)), _NIL))
        return self._gap(name, parts, weight, _NIL, is_empty)

    def faults(self, gaps: Sequence[GapCells]) -> dict[str, Formula]:
        """Return for each section by how much the weights of its group are off."""
        return {
            part.key: self._put(
                f"{label_of(part)}：分值不闭合",
                plus(_NIL, *(size(gap.difference) for gap in gaps if part in gap.sections)),
            )
            for part in self._sections
        }

    def misfit(self, gaps: Sequence[GapCells]) -> Formula:
        """Return the messages of all gaps."""
        said: Formula = BLANK
        for place, gap in enumerate(gaps, 1):
            mark = when(either(equal(said, BLANK), equal(gap.message, BLANK)), BLANK, words("；"))
            said = self._put(f"分值说明{place}", joined(said, mark, gap.message))
        return said


def _fits(scheme: WeightScheme, present: dict[Section, Formula]) -> Formula:
    """Tell whether a division holds for the sections that are filled in."""
    wanted = [present.get(part, NO) for part in scheme.present]
    unwanted = [negated(present.get(part, NO)) for part in scheme.absent]
    return both(_YES, *wanted, *unwanted)
