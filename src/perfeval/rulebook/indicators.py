"""How indicators score: methods for figures (定量指标), bands for words (定性指标)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from perfeval.clauses import Clause, Contradiction, Proved
from perfeval.fields import Model, RequiredNumber, Text, Truth
from perfeval.numbers import HUNDRED, ONE, ZERO, trimmed

# -- methods -----------------------------------------------------------------------------------


class Proportional(Proved):
    """Points = weight × actual ÷ target (按完成比例), full once the target is met.

    Attributes:
        pass_mark: The completion in percent below which there are no points (及格线).
    """

    method: Literal["按完成比例"] = Field(alias="方法")
    pass_mark: RequiredNumber = Field(ZERO, alias="及格线")

    def faults(self) -> Iterator[Contradiction]:
        """The pass mark is a share of the target."""
        if not ZERO <= self.pass_mark <= HUNDRED:
            yield Contradiction(("及格线",), "及格线应在 0 至 100 之间")


class InverseRatio(Model):
    """Points = weight × target ÷ actual (反比), full while the limit is kept."""

    method: Literal["反比"] = Field(alias="方法")


class LinearShortfall(Proved):
    """Points fall in a straight line from the limit to 0 at ``zero_at`` times the limit."""

    method: Literal["按超出幅度扣减"] = Field(alias="方法")
    zero_at: RequiredNumber = Field(alias="扣完倍数")

    def faults(self) -> Iterator[Contradiction]:
        """The line must fall."""
        if self.zero_at <= ONE:
            yield Contradiction(("扣完倍数",), "扣完倍数应大于 1")


class AllOrNothing(Model):
    """The weight if the target is met, else 0 (达标计分)."""

    method: Literal["达标计分"] = Field(alias="方法")


class Step(Model):
    """From this actual (in percent, included) on, this share of the weight (in percent)."""

    lower: RequiredNumber = Field(alias="下限")
    share: RequiredNumber = Field(alias="比例")


class Steps(Proved):
    """Points by steps of the actual percentage (分档), whatever the target; below the last 0."""

    method: Literal["分档"] = Field(alias="方法")
    steps: tuple[Step, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """Steps fall, and so do their shares, which lie between 0 and 100."""
        for position, (upper, lower) in enumerate(pairwise(self.steps), start=1):
            if lower.lower >= upper.lower:
                yield Contradiction(("档次", position, "下限"), "各档的下限应由高到低")
            if lower.share > upper.share:
                yield Contradiction(("档次", position, "比例"), "各档的比例应由高到低")
        for position, step in enumerate(self.steps):
            if not ZERO <= step.share <= HUNDRED:
                yield Contradiction(("档次", position, "比例"), "比例应在 0 至 100 之间")


Method = Annotated[
    Proportional | InverseRatio | LinearShortfall | AllOrNothing, Field(discriminator="method")
]

# -- over-achievement --------------------------------------------------------------------------


class OverNote(Model):
    """Over-achievement is only pointed out."""

    action: Literal["提示"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")


class OverReason(Model):
    """Over-achievement needs a reason."""

    action: Literal["须说明原因"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")


class OverFixed(Model):
    """Over-achievement costs a fixed number of points."""

    action: Literal["扣固定分"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")
    deduction: RequiredNumber = Field(alias="扣分")


class OverProportional(Model):
    """Points fall by the share of the weight by which the completion is above the threshold."""

    action: Literal["按超额幅度扣减"] = Field(alias="处理")
    threshold: RequiredNumber = Field(alias="阈值")


OverAchievement = Annotated[
    OverNote | OverReason | OverFixed | OverProportional, Field(discriminator="action")
]

# -- the two clauses ---------------------------------------------------------------------------


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
    """

    positive: Method = Field(alias="正向")
    reverse: Method = Field(alias="反向")
    equal: Method = Field(alias="等于")
    equal_means: Literal["不低于即达标", "相等才达标"] = Field("不低于即达标", alias="等于判定")
    zero_target: Literal["为零得满分", "同正向"] = Field("为零得满分", alias="等于零")
    satisfaction: Steps | None = Field(None, alias="满意度")
    over: OverAchievement | None = Field(None, alias="超额完成")
    completion_rate: Literal["按完成率计分", "不计分"] = Field("按完成率计分", alias="以完成率填报")
    achieved_words: tuple[Text, ...] = Field((), alias="达成用语")

    def faults(self) -> Iterator[Contradiction]:
        """A method fits its direction, and over-achievement starts above the target."""
        for path, method, fitting in (
            (("正向", "方法"), self.positive, (Proportional, AllOrNothing)),
            (("反向", "方法"), self.reverse, (InverseRatio, LinearShortfall, AllOrNothing)),
            (("等于", "方法"), self.equal, (Proportional, AllOrNothing)),
        ):
            if not isinstance(method, fitting):
                yield Contradiction(path, f"“{method.method}”不能用于{path[0]}指标")
        if self.over is not None and self.over.threshold <= HUNDRED:
            yield Contradiction(("超额完成", "阈值"), "阈值应大于 100（完成率，百分数）")
        if isinstance(self.over, OverFixed) and self.over.deduction < ZERO:
            yield Contradiction(("超额完成", "扣分"), "扣分不能是负数")


class Band(Model):
    """A band of a qualitative indicator: from ``lower`` to ``upper`` percent of the weight.

    Attributes:
        name: 名称.
        upper, lower: Its ends, in percent of the weight.
        includes_upper, includes_lower: Whether the ends belong to it.
        words: The words that put an indicator into it.
        fixed: The share that it gives without a judgement; ``None`` where points are judged.
    """

    name: Text = Field(alias="名称")
    upper: RequiredNumber = Field(alias="上限")
    lower: RequiredNumber = Field(alias="下限")
    includes_upper: Truth = Field(alias="含上限")
    includes_lower: Truth = Field(alias="含下限")
    words: tuple[Text, ...] = Field((), alias="用语")
    fixed: RequiredNumber | None = Field(None, alias="固定比例")


class Qualitative(Clause):
    """How indicators without a figure are judged (定性指标); the best band first."""

    bands: tuple[Band, ...] = Field(alias="档次", min_length=1)

    def faults(self) -> Iterator[Contradiction]:
        """The bands cover 0 to 100 without gap or overlap; an end may be shared."""
        first, last = self.bands[0], self.bands[-1]
        if first.upper != HUNDRED or not first.includes_upper:
            yield Contradiction(("档次", 0, "上限"), "首档应到 100（含）")
        if last.lower != ZERO or not last.includes_lower:
            yield Contradiction(("档次", len(self.bands) - 1, "下限"), "末档应到 0（含）")
        for position, (upper, lower) in enumerate(pairwise(self.bands), start=1):
            at = ("档次", position)
            top, bottom = trimmed(lower.upper), trimmed(upper.lower)
            if lower.upper < upper.lower:
                yield Contradiction((*at, "上限"), f"{top} 与 {bottom} 之间没有档次")
            elif lower.upper > upper.lower:
                yield Contradiction((*at, "上限"), f"{bottom} 与 {top} 之间重叠")
            elif not (lower.includes_upper or upper.includes_lower):
                yield Contradiction((*at, "含上限"), f"正好 {top} 不属于任何一档")
        yield from self._band_faults()

    def _band_faults(self) -> Iterator[Contradiction]:
        seen: dict[str, str] = {}
        for position, band in enumerate(self.bands):
            at = ("档次", position)
            if band.lower >= band.upper:
                yield Contradiction((*at, "下限"), "下限应小于上限")
            if band.fixed is not None and not band.lower <= band.fixed <= band.upper:
                yield Contradiction((*at, "固定比例"), "固定比例应在本档之内")
            for word in band.words:
                if word in seen:
                    other = seen[word]
                    said = f"也是“{other}”的用语" if other != band.name else "写了两次"
                    yield Contradiction((*at, "用语"), f"“{word}”{said}")
                seen[word] = band.name
