"""分档: points by the step on which an actual, or its completion rate, stands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Literal, NamedTuple

from pydantic import AliasChoices, Field

from perfeval.cells.words import WordEnum
from perfeval.clauses import Contradiction, Proved
from perfeval.fields import Model, Number
from perfeval.methods.expression import Branch, Condition, Constant, Expression, first_of, when
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.numbers import HUNDRED, ZERO, multiply, trimmed


class LadderMeasure(WordEnum):
    """What stands on the steps (按): the actual itself, or its share of the target in percent."""

    ACTUAL = "完成值"
    RATE = "完成率"


class RungEnd(NamedTuple):
    """One end of a step: a number, and whether it belongs to the step itself."""

    value: Decimal
    is_inside: bool


class ValueRung(Model):
    """One step of a ladder, between two ends of which each is inside or outside.

    Attributes:
        at_least: 不低于, the lower end, which is inside.
        above: 高于, the lower end, which is outside.
        at_most: 不高于, the upper end, which is inside.
        below: 低于, the upper end, which is outside.
        points: 得分 that it gives.
        share: 比例, the percentage of the weight that it gives.
    """

    at_least: Number = Field(
        None,
        validation_alias=AliasChoices("不低于", "从", "at_least"),
        serialization_alias="不低于",
    )
    above: Number = Field(None, alias="高于")
    at_most: Number = Field(None, alias="不高于")
    below: Number = Field(None, alias="低于")
    points: Number = Field(None, alias="得分")
    share: Number = Field(None, alias="比例")

    @property
    def lower(self) -> RungEnd | None:
        """The lower end; ``None`` where it is open."""
        return _bound(self.at_least, self.above)

    @property
    def upper(self) -> RungEnd | None:
        """The upper end; ``None`` where it is open."""
        return _bound(self.at_most, self.below)

    @property
    def given(self) -> Expression:
        """The points that it gives, not rounded."""
        if self.points is not None:
            return Constant(self.points)
        share = ZERO if self.share is None else self.share
        return WEIGHT if share == HUNDRED else WEIGHT * share / HUNDRED

    def hundredfold(self, weight: Decimal) -> Decimal:
        """Return a hundred times the points that it gives out of a weight."""
        if self.points is not None:
            return multiply(self.points, HUNDRED)
        return multiply(weight, ZERO if self.share is None else self.share)

    def holds(self, figure: Decimal | None) -> bool:
        """Tell whether a figure stands on it."""
        if figure is None:
            return False
        low, high = self.lower, self.upper
        ends = [end for end in (low, high) if end is not None and end.value == figure]
        return (
            all(end.is_inside for end in ends)
            and (low is None or low.value <= figure)
            and (high is None or figure <= high.value)
        )

    @property
    def too_much(self) -> str:
        """What is said where it gives more than the weight, which stands behind these words."""
        return f"得 {trimmed(self.points or ZERO)} 分，多于分值 "

    @property
    def said(self) -> str:
        """Which values stand on it, in words."""
        named = (
            ("不低于", self.at_least),
            ("高于", self.above),
            ("不高于", self.at_most),
            ("低于", self.below),
        )
        return "、".join(f"{word} {trimmed(end)}" for word, end in named if end is not None)

    @property
    def gives(self) -> str:
        """What it gives, in words."""
        if self.points is not None:
            return f"{trimmed(self.points)} 分"
        return f"分值的 {trimmed(ZERO if self.share is None else self.share)}%"


def _bound(inside: Decimal | None, outside: Decimal | None) -> RungEnd | None:
    if inside is not None:
        return RungEnd(inside, is_inside=True)
    return None if outside is None else RungEnd(outside, is_inside=False)


class ValueLadder(Proved):
    """Points by the step on which the figure stands (分档), whatever its target.

    Attributes:
        measure: What stands on the steps.
        rungs: The steps (档次), from either end.

    Source:
        财预〔2021〕101号, 满意度赋分; self-assessment forms of whole departments.

    >>> from decimal import Decimal
    >>> rungs = ({"不高于": 10, "得分": 6}, {"高于": 10, "得分": 0})
    >>> rule = ValueLadder.model_validate({"方法": "分档", "档次": rungs})
    >>> str(rule.expression.exact({"weight": Decimal(8), "actual": Decimal("9.5")}))
    '6'
    """

    method: Literal["分档"] = Field(alias="方法")
    measure: LadderMeasure = Field(LadderMeasure.ACTUAL, alias="按")
    rungs: tuple[ValueRung, ...] = Field(alias="档次", min_length=1)

    sentence: ClassVar[str] = "按完成情况所在的档次计分"

    def faults(self) -> Iterator[Contradiction]:
        """Every value stands on exactly one step, and every step says what it gives."""
        whole = True
        for position, rung in enumerate(self.rungs):
            for fault in _rung_faults(rung):
                whole = False
                yield Contradiction(("档次", position, *fault.path), fault.message)
        if whole:
            yield from self._tiling()

    def _tiling(self) -> Iterator[Contradiction]:
        """Find values that stand on no step, or on two."""
        steps = sorted(enumerate(self.rungs), key=lambda item: _order(item[1]))
        (lowest, first), (highest, last) = steps[0], steps[-1]
        if first.lower is not None and not _reaches_zero(first.lower):
            yield Contradiction(("档次", lowest), f"没有规定{_under(first.lower)} 怎样计分")
        if last.upper is not None:
            yield Contradiction(("档次", highest), f"没有规定{_over(last.upper)} 怎样计分")
        for (_, below), (position, above) in pairwise(steps):
            fault = _seam(below.upper, above.lower)
            if fault:
                yield Contradiction(("档次", position), fault)

    def above(self, weight: Decimal) -> Iterator[Contradiction]:
        """Yield the steps that give more points than the indicator has."""
        for position, rung in enumerate(self.rungs):
            if rung.points is not None and rung.points > weight:
                message = f"{rung.too_much}{trimmed(weight)}"
                yield Contradiction(("档次", position, "得分"), message)

    def prefers_worse(self, weight: Decimal, target: Decimal | None, *, is_reverse: bool) -> bool:
        """Tell whether a worse figure gives more than a better one, so that the steps are reversed.

        That is certain where the target itself gives less than some figure that misses it, and
        where all steps give less the better the figure is.  Steps that give less again for what
        is exceeded by far are no contradiction.

        Args:
            weight: 分值.
            target: The target, in the unit of the steps; ``None`` where there is none.
            is_reverse: Less is better.
        """
        if self.measure is LadderMeasure.RATE:
            if is_reverse:  # a ceiling has no completion rate
                return False
            target = HUNDRED
        steps = sorted(self.rungs, key=_order, reverse=is_reverse)
        gives = [rung.hundredfold(weight) for rung in steps]
        falls = all(better <= worse for worse, better in pairwise(gives))
        at = next((at for at, rung in enumerate(steps) if rung.holds(target)), 0)
        return (falls and gives[-1] < gives[0]) or any(more > gives[at] for more in gives[:at])

    @property
    def dearest(self) -> ValueRung | None:
        """The step that gives most points; ``None`` where all give shares of the weight."""
        stated = [rung for rung in self.rungs if rung.points is not None]
        return max(stated, key=lambda rung: rung.points or ZERO, default=None)

    @property
    def highest(self) -> Decimal:
        """The greatest number that is an end of a step; 0 where there is none."""
        ends = (end for rung in self.rungs for end in (rung.lower, rung.upper))
        return max((end.value for end in ends if end is not None), default=ZERO)

    @property
    def undefined(self) -> Condition | None:
        """Where nothing can be said: there is no share of a target of 0."""
        return TARGET.equals(ZERO) if self.measure is LadderMeasure.RATE else None

    @property
    def expression(self) -> Expression:
        """The points of the step on which the figure stands, not rounded."""
        steps = sorted(self.rungs, key=_order, reverse=True)
        cases = [
            (self._reaches(rung.lower), self._branch(rung))
            for rung in steps[:-1]
            if rung.lower is not None
        ]
        return first_of(cases, self._lowest(steps[-1]))

    def _lowest(self, rung: ValueRung) -> Expression:
        """Return the points of the lowest step; where it begins at 0, less than 0 has none."""
        if rung.lower is None:
            return self._branch(rung)
        return when(Constant(ZERO) > ACTUAL, _NEGATIVE, self._branch(rung))

    def _reaches(self, lower: RungEnd) -> Condition:
        """Return the condition that the figure is not below the lower end of a step."""
        figure, end = self._figure, self._end(lower.value)
        return figure >= end if lower.is_inside else figure > end

    @property
    def _figure(self) -> Expression:
        return ACTUAL if self.measure is LadderMeasure.ACTUAL else ACTUAL * HUNDRED

    def _end(self, value: Decimal) -> Expression:
        end = Constant(value)
        return end if self.measure is LadderMeasure.ACTUAL else TARGET * end

    def _branch(self, rung: ValueRung) -> Branch:
        said = f"{rung.said} 的，" if rung.said else ""
        return Branch(rung.given, f"{self.measure.value}{said}得 {rung.gives}")

    @property
    def steps_said(self) -> str:
        """All steps in words, as they are listed."""
        said = "；".join(f"{rung.said or '全部'}得 {rung.gives}" for rung in self.rungs)
        return f"按{self.measure.value}分档：{said}"


_LOWEST = (False, ZERO, False)
_NEGATIVE = Branch(Constant(ZERO), "完成值为负数，不得分")


def _reaches_zero(lower: RungEnd) -> bool:
    return lower.value < ZERO or (lower.value == ZERO and lower.is_inside)


def _order(rung: ValueRung) -> tuple[bool, Decimal, bool]:
    """Return by what steps are sorted, the lowest first."""
    lower = rung.lower
    return _LOWEST if lower is None else (True, lower.value, not lower.is_inside)


def _rung_faults(rung: ValueRung) -> Iterator[Contradiction]:
    """Yield what is wrong with one step by itself."""
    if rung.at_least is not None and rung.above is not None:
        yield Contradiction(("高于",), "“不低于”和“高于”只写一个")
    if rung.at_most is not None and rung.below is not None:
        yield Contradiction(("低于",), "“不高于”和“低于”只写一个")
    if (rung.points is None) is (rung.share is None):
        yield Contradiction((), "每档写“得分”或“比例”，写一个")
    if rung.points is not None and rung.points < ZERO:
        yield Contradiction(("得分",), "得分不能是负数")
    if rung.share is not None and not ZERO <= rung.share <= HUNDRED:
        yield Contradiction(("比例",), "比例应在 0 至 100 之间")
    lower, upper = rung.lower, rung.upper
    if lower is not None and upper is not None:
        is_point = lower.is_inside and upper.is_inside
        if lower.value > upper.value or (lower.value == upper.value and not is_point):
            yield Contradiction((), "这一档里没有任何数：下限高于上限")


def _seam(upper: RungEnd | None, lower: RungEnd | None) -> str:
    """Say what is wrong between a step and the next one above it; empty where they meet."""
    if upper is None or lower is None or lower.value < upper.value:
        return "与另一档重叠"
    if lower.value > upper.value:
        return f"{_over(upper)}、{_under(lower)} 没有规定怎样计分"
    if upper.is_inside and lower.is_inside:
        return f"{trimmed(lower.value)} 落在两档里"
    if not upper.is_inside and not lower.is_inside:
        return f"{trimmed(lower.value)} 不在任何一档里"
    return ""


def _over(bound: RungEnd) -> str:
    return f"{'高于' if bound.is_inside else '不低于'} {trimmed(bound.value)}"


def _under(bound: RungEnd) -> str:
    return f"{'低于' if bound.is_inside else '不高于'} {trimmed(bound.value)}"
