"""What a printed cell is read as: a figure, a range, a date, words, or nothing."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.cells.dates import Days
from perfeval.cells.recurring import Recurring
from perfeval.cells.signs import Sign


class CellKind(str, Enum):
    """What kind of thing stands in a cell.

    >>> from perfeval import load_sheet
    >>> CellKind("百分数") is CellKind.PERCENT
    True
    """

    NUMBER = "数值"
    PERCENT = "百分数"
    INTERVAL = "区间"
    RATIO = "比例"
    DATE = "日期"
    COMPOUND = "多个数"
    UNCLEAR = "读法不明"
    WORDS = "文字"
    BLANK = "空白"


Kind = CellKind
"""The short name, for those who read cells all the time."""


class Trend(Enum):
    """Which way a figure of change goes.

    >>> from perfeval import Trend
    >>> [trend.value for trend in Trend]
    ['增长', '下降']
    """

    GROWTH = "增长"
    DECLINE = "下降"


class Nuance(NamedTuple):
    """What a reading knows of a cell beside its sign, number and unit.

    Attributes:
        lower, upper: The ends of a range (40-50人); ``None`` where it has no end on that side.
        about: The rounded figure whose range this is (300 of 约300人, 300余人).
        ratio: The two sides of 3:1.
        is_share: The ratio is a part of a whole (三分之二).
        span: The days of a date, or of a number that may be one (20231231).
        trend: The figure is a growth or a decline.
        subject: What grows or declines, where the cell says it.
        is_within: The figure bounds a deviation on both sides (±5%).
        is_zero: The figure is a zero of something that should not be (零投诉).
        is_level: 零增长: a zero with no direction.
        is_partial: The reading leaves a part of the cell out.
        is_planned: The cell says what was planned (计划10场), which is no actual.
        recurring: The day of every month by which something is done (每月15日前).
        is_refused: It looks like a number and is not written as one (+5, .5, 0102).

    >>> from perfeval import Nuance
    >>> Nuance(is_zero=True).is_zero, Nuance().ratio
    (True, None)
    """

    lower: Decimal | None = None
    upper: Decimal | None = None
    about: Decimal | None = None
    ratio: tuple[Decimal, Decimal] | None = None
    span: Days | None = None
    trend: Trend | None = None
    subject: str = ""
    is_within: bool = False
    is_zero: bool = False
    is_level: bool = False
    is_partial: bool = False
    is_planned: bool = False
    is_refused: bool = False
    is_share: bool = False
    recurring: Recurring | None = None


PLAIN = Nuance()
"""The detail of a cell that is no more than sign, number and unit."""


class Cell(NamedTuple):
    """A target (年度指标值) or an actual (实际完成值) as printed and as read.

    Attributes:
        text: What is printed.
        kind: What it was read as.
        number: The number that counts, for a number or a percentage (95 for ``95%``).
        unit: Its unit as printed, ``%`` or ``‰`` for a percentage, or empty.
        sign: The sign printed in the cell.
        assumptions: What the reading takes for granted, in Chinese.
        given: The number was stated by the author beside the printed text.
        detail: What else the reading knows; ``None`` where there is nothing else.

    >>> from perfeval import load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> cell = sheet.indicators[0].target
    >>> cell.text, cell.number, cell.unit
    ('391', Decimal('391'), '')
    """

    text: str
    kind: Kind
    number: Decimal | None = None
    unit: str = ""
    sign: Sign | None = None
    assumptions: tuple[str, ...] = ()
    given: bool = False
    detail: Nuance | None = None

    @property
    def facts(self) -> Nuance:
        """What else the reading knows, all of it blank where there is nothing."""
        return self.detail or PLAIN


class CellError(ValueError):
    """A cell holds something that looks like a number and is not written as one."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message, suggestion)
        self.message = message
        self.suggestion = suggestion
