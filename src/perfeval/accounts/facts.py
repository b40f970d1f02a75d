"""What a figure of a document says: whose, what of it, of which year, compared with what."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfeval.numbers import ONE, multiply, unit_in_last_place


class FigureKind(str, Enum):
    """What is counted; the value is the key of its words in ``cues.yaml``.

    >>> FigureKind("比率") is FigureKind.RATE
    True
    """

    MONEY = "金额"
    RATE = "比率"
    COUNT = "个数"


class FigureMeasure(str, Enum):
    """What of its subject a figure is (closed; the words are those of the data).

    >>> FigureMeasure("决算数") is FigureMeasure.FINAL
    True
    """

    FINAL = "决算数"
    ORIGINAL = "年初预算数"
    ADJUSTED = "全年预算数"
    BUDGET = "预算数"
    ADDED = "追加数"
    MOVED = "调拨数"
    CONTRACT = "合同金额"
    BEFORE = "上年数"
    CHANGE = "增减额"
    CHANGE_RATE = "增减率"
    SHARE = "占比"
    COMPLETION = "完成率"
    VARIANCE = "差异率"
    REASON = "原因金额"
    COVERED = "涉及金额"
    CLAIMED = "声明完成"
    DENIED = "未达到"
    GROUPS = "团组数"
    PERSONS = "人次"
    VISITS = "批次"
    KEPT = "保有量"
    BOUGHT = "购置数"
    CARS = "辆数"
    DEVICES = "台数"
    POINTS = "得分"
    PROJECTS = "项目数"
    PROBLEMS = "问题数"


class ComparedWith(str, Enum):
    """What a change is measured against."""

    YEAR_BEFORE = "上年"
    ORIGINAL = "年初预算"
    ADJUSTED = "全年预算"
    BUDGET = "预算"


class AccountFigure(NamedTuple):
    """A figure of a document, bound to what it says or not understood.

    Attributes:
        start: Where its first digit stands in the document's text.
        end: Where its unit ends.
        text: It and its unit as printed.
        number: The number as printed.
        unit: Its unit, empty where none is printed.
        kind: What is counted.
        section: In which of the document's sections it stands, from 0.
        sentence: In which sentence; figures of one sentence have one number.
        subject: Whose it is, a word of ``subjects.yaml`` or of a list in the document.
        measure: What of its subject it is; ``None`` where it is not understood.
        year: Of which year; ``None`` where no year is known.
        factor: What one of its unit is in 10,000 yuan, or 1.
        falls: Whether it is a decrease.
        compared: Against what a change or a rate is measured.
        base: The words of what a share is a share of.
        whole: Which earlier figure it is a part of; its position among the figures.
        name: The words by which the document calls its subject.
        told: Whether its own sentence, or the item in which it stands, says whose it is.
    """

    start: int
    end: int
    text: str
    number: Decimal
    unit: str
    kind: FigureKind
    section: int
    sentence: int
    subject: str = ""
    measure: FigureMeasure | None = None
    year: int | None = None
    factor: Decimal = ONE
    falls: bool = False
    compared: ComparedWith | None = None
    base: str = ""
    whole: int | None = None
    name: str = ""
    told: bool = True

    @property
    def value(self) -> Decimal:
        """The amount in 10,000 yuan, or the number; a decrease is below 0."""
        amount = multiply(self.number, self.factor)
        return amount.copy_negate() if self.falls else amount

    @property
    def step(self) -> Decimal:
        """One unit of the last printed digit, as `value` has it."""
        return multiply(unit_in_last_place(self.number), self.factor)

    @property
    def is_bound(self) -> bool:
        """Whether it is understood."""
        return self.measure is not None


def unread(figure: AccountFigure) -> AccountFigure:
    """Return a figure of which nothing is understood but where it stands."""
    return figure._replace(subject="", measure=None, year=None, compared=None, base="", name="")
