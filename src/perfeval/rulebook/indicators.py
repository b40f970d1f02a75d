"""How indicators with a figure score (定量指标): which method holds for which sign."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from perfeval.cells.signs import Sign
from perfeval.cells.words import WordEnum
from perfeval.clauses import Clause, Contradiction
from perfeval.fields import Text
from perfeval.methods import AllOrNothing, FigureMethod, OverAchievement, directions
from perfeval.methods.expression import Expression
from perfeval.methods.method import Direction
from perfeval.methods.over_achievement import OverFixed
from perfeval.methods.standard import DirectedMethod
from perfeval.methods.step_deduction import StepDeduction
from perfeval.methods.steps import Steps
from perfeval.numbers import HUNDRED, ZERO


class EqualMeaning(WordEnum):
    """What meets a target with ＝ (等于判定): any value not below it, or it alone."""

    NOT_BELOW = "不低于即达标"
    ONLY_EQUAL = "相等才达标"


class ZeroTarget(WordEnum):
    """What meets a target of ＝ 0 (等于零): 0 alone, or what meets a positive target."""

    ONLY_ZERO = "为零得满分"
    AS_POSITIVE = "同正向"


class CompletionRate(WordEnum):
    """What a percentage against another kind of target gives (以完成率填报)."""

    SCORED = "按完成率计分"
    UNSCORED = "不计分"


class Quantitative(Clause):
    """How indicators with a figure score (定量指标).

    Attributes:
        positive, reverse, equal: The method of ≥ and ＞, of ≤ and ＜, and of ＝.
        equal_means: Whether ＝ is met by any value not below the target, or by the target alone;
            a value above it then scores as a reverse indicator.
        zero_target: Whether an ＝ target of 0 is met by 0 alone.
        satisfaction: The method of percentages in the satisfaction section, where it has one.
        over: What happens from a completion of ``threshold`` percent on.
        completion_rate: Whether a percentage against another kind of target scores.
        achieved_words: The words that say that a target is met.
        failed_words: The words that say that it is not; they give 0 where a target is met or not.
        in_time_words: The words that say that a deadline was kept.
        degree_words: The acts of which a part can be done, so that a percentage is how much.
    """

    positive: FigureMethod = Field(alias="正向")
    reverse: FigureMethod = Field(alias="反向")
    equal: FigureMethod = Field(alias="等于")
    equal_means: EqualMeaning = Field(EqualMeaning.NOT_BELOW, alias="等于判定")
    zero_target: ZeroTarget = Field(ZeroTarget.ONLY_ZERO, alias="等于零")
    satisfaction: Steps | None = Field(None, alias="满意度")
    over: OverAchievement | None = Field(None, alias="超额完成")
    completion_rate: CompletionRate = Field(CompletionRate.SCORED, alias="以完成率填报")
    achieved_words: tuple[Text, ...] = Field((), alias="达成用语")

    failed_words: tuple[Text, ...] = Field((), alias="未达成用语")
    in_time_words: tuple[Text, ...] = Field((), alias="按期用语")
    degree_words: tuple[Text, ...] = Field((), alias="程度事项")

    def is_all_or_nothing(self, sign: Sign) -> bool:
        """Tell whether a target with a sign is met or not, with nothing in between."""
        method = self.positive
        if sign is Sign.EQUAL:
            method = self.equal
        elif sign.is_reverse:
            method = self.reverse
        return isinstance(method, AllOrNothing)

    def faults(self) -> Iterator[Contradiction]:
        """A method fits its direction, and over-achievement starts above the target."""
        for direction, method in (
            (Direction.POSITIVE, self.positive),
            (Direction.REVERSE, self.reverse),
            (Direction.EQUAL, self.equal),
        ):
            if direction not in method.directions:
                word = direction.value
                yield Contradiction((word, "方法"), f"“{method.method}”不能用于{word}指标")
        if self.over is not None and self.over.threshold <= HUNDRED:
            yield Contradiction(("超额完成", "阈值"), "阈值应大于 100（完成率，百分数）")
        if isinstance(self.over, OverFixed) and self.over.deduction < ZERO:
            yield Contradiction(("超额完成", "扣分"), "扣分不能是负数")

    def points_by(self, method: DirectedMethod, sign: Sign) -> Expression | None:
        """Return the points of two figures by another method; ``None`` where it fits no such sign.

        What meets a target, and what going far beyond it costs, is as for all indicators.
        """
        direction = _direction_of(sign)
        if direction not in method.directions:
            return None
        if isinstance(method, StepDeduction):
            return directions.by_difference(
                method,
                self.over,
                direction,
                is_exact=self.equal_means == EqualMeaning.ONLY_EQUAL,
                needs_zero=self.zero_target == ZeroTarget.ONLY_ZERO,
            )
        ways = dict.fromkeys(("positive", "reverse", "equal"), method)
        return self.model_copy(update=ways).points(sign)

    def points(self, sign: Sign) -> Expression:
        """Return the points of two figures by their sign, from `WEIGHT`, `TARGET` and `ACTUAL`."""
        if sign.is_reverse:
            return directions.downward(self.reverse)
        if sign is not Sign.EQUAL:
            return directions.upward(self.positive, self.over)
        return directions.equal(
            self.equal,
            self.over,
            exceeded=self.reverse if self.equal_means == EqualMeaning.ONLY_EQUAL else None,
            needs_zero=self.zero_target == ZeroTarget.ONLY_ZERO,
        )


def _direction_of(sign: Sign) -> Direction:
    if sign.is_reverse:
        return Direction.REVERSE
    return Direction.EQUAL if sign is Sign.EQUAL else Direction.POSITIVE
