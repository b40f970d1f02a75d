"""A review profile (复核口径): for which faults a reviewer takes points away, and how much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pydantic import Field

from perfeval.cells.words import WordEnum
from perfeval.fields import Model, Money, OptionalText, Text
from perfeval.numbers import HUNDRED, plain, trimmed
from perfeval.places import Path

_CODE = re.compile(r"[\w.-]{1,40}")
"""A code stands in formulas that look for it: a spreadsheet takes ``*``, ``?`` and ``>`` apart."""


class DeductionScope(WordEnum):
    """What a reason is about: a row of the table, the reviewed report, or the review itself.

    >>> DeductionScope("指标") is DeductionScope.INDICATOR
    True
    """

    INDICATOR = "指标"
    REPORT = "报告"
    REVIEW = "复核"


class DeviationBase(WordEnum):
    """By what a deviation is divided.

    >>> DeviationBase("自评得分") is DeviationBase.FILED
    True
    """

    FILED = "自评得分"
    WEIGHT = "权重"


class ReviewLevel(Model):
    """A level of what a reviewer found (级别).

    Attributes:
        name: 名称, as in P0.
        meaning: 含义.

    >>> ReviewLevel.model_validate({"名称": "P0", "含义": "影响结论"}).name
    'P0'
    """

    name: Text = Field(alias="名称")
    meaning: OptionalText = Field(None, alias="含义")


class DeductionCode(Model):
    """A reason for which points are taken away (扣分原因).

    Attributes:
        code: 代码.
        name: 名称.
        ratio: 扣减比例, in percent of the weight; ``None`` where the reviewer says how much.
        level: 级别.
        scope: 对象.
        text: 说明.

    >>> DeductionCode.model_validate({"代码": "Y01", "名称": "没有佐证", "扣减比例": 30}).ratio_text
    '30%'
    """

    code: Text = Field(alias="代码")
    name: Text = Field(alias="名称")
    ratio: Money = Field(None, alias="扣减比例")
    level: OptionalText = Field(None, alias="级别")
    scope: DeductionScope = Field(DeductionScope.INDICATOR, alias="对象")
    text: OptionalText = Field(None, alias="说明")

    @property
    def ratio_text(self) -> str:
        """The ratio as it is printed; empty where there is none."""
        return "" if self.ratio is None else f"{trimmed(self.ratio)}%"


class DeviationRule(Model):
    """How far a review is from the self-assessment (偏离度).

    Attributes:
        base: 分母.
        digits: 小数位数 of the percentage.
        text: 说明.
        source: 依据: where the definition comes from.

    >>> DeviationRule().base is DeviationBase.FILED
    True
    """

    base: DeviationBase = Field(DeviationBase.FILED, alias="分母")
    digits: int = Field(2, alias="小数位数", ge=0, le=6)
    text: OptionalText = Field(None, alias="说明")
    source: OptionalText = Field(None, alias="依据")

    def divisor(self, filed: Decimal | None, weight: Decimal | None) -> Decimal | None:
        """Return by what a deviation is divided: the points as filed, or the most there are."""
        return filed if self.base is DeviationBase.FILED else weight


class ProfileFault(NamedTuple):
    """What is wrong with a profile: where, and in words."""

    path: Path
    message: str
    hint: str


class ReviewProfile(Model):
    """The terms of a review (复核口径).

    Attributes:
        id: 编号.
        name: 名称.
        text: 说明.
        levels: 级别, the gravest first.
        deviation: 偏离度.
        codes: 扣分原因.

    >>> from perfeval import load_review_profile
    >>> load_review_profile("review-firm-sample").code("B03-2").ratio
    Decimal('60')
    """

    id: Text = Field(alias="编号")
    name: Text = Field(alias="名称")
    text: OptionalText = Field(None, alias="说明")
    levels: tuple[ReviewLevel, ...] = Field((), alias="级别")
    deviation: DeviationRule = Field(default_factory=DeviationRule, alias="偏离度")
    codes: tuple[DeductionCode, ...] = Field(alias="扣分原因", min_length=1)

    @property
    def row_codes(self) -> tuple[DeductionCode, ...]:
        """The reasons that rows of a table can have."""
        return tuple(one for one in self.codes if one.scope is DeductionScope.INDICATOR)

    def code(self, code: str) -> DeductionCode | None:
        """Return a reason by its code; ``None`` for one that is not here."""
        return next((one for one in self.codes if one.code == code), None)


def profile_faults(profile: ReviewProfile) -> Iterator[ProfileFault]:
    """Yield what contradicts itself: a code twice, a ratio above 100 %, an unknown level."""
    codes = Counter(one.code.casefold() for one in profile.codes)
    levels = {one.name for one in profile.levels}
    for at, one in enumerate(profile.codes):
        path: Path = ("扣分原因", at)
        if not _CODE.fullmatch(one.code):
            hint = "代码只用字母、数字、汉字和 - _ .，如 A01"
            yield ProfileFault((*path, "代码"), f"代码“{one.code}”里有不能用的字符", hint)
        if codes[one.code.casefold()] > 1:
            hint = "请改成不同的代码"
            said = f"代码 {one.code} 写了不止一次（不分大小写）"
            yield ProfileFault((*path, "代码"), said, hint)
        if one.ratio is not None and one.ratio > HUNDRED:
            message = f"扣减比例 {plain(one.ratio)} 超过 100"
            yield ProfileFault((*path, "扣减比例"), message, "请写权重的百分之几，最多 100")
        if one.level is not None and levels and one.level not in levels:
            hint = f"可写：{'、'.join(sorted(levels))}"
            yield ProfileFault((*path, "级别"), f"没有级别“{one.level}”", hint)
