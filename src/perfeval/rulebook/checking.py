"""校核: how a place wants its sheets checked; policy, not law, so it has no clause."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from perfeval.cells.words import WordEnum
from perfeval.fields import FrozenDict, Model, Named, RequiredNumber, Text

Count = Annotated[int, Field(ge=1)]


class Severity(WordEnum):
    """How much a finding weighs (级别); only errors fail a run.

    >>> Severity("错误") is Severity.ERROR
    True
    """

    ERROR = "错误"
    WARNING = "警告"
    INFO = "提示"


class Checking(Model):
    """Which checks a place uses, how much they weigh, and from where on they speak.

    Attributes:
        disabled: 停用, codes or beginnings of codes.
        severity: 级别 of a code where it differs from the check's own.
        one_line: 一行占满, from this weight on a section should have more than one row.
        lagging: 执行滞后, by how many percent of its points the budget row may lie behind the
            indicators, as the national system's warning light has it.
        named: 原因点名, how many characters of its name show that a reason speaks of a row.
        sentence: 重复句, from how many characters on the same sentence in two sheets is copied.
        all_full: 满分普遍, from how many sheets on it is odd that every one has full points.
    """

    disabled: tuple[Text, ...] = Field((), alias="停用")
    severity: Named[Text, Severity] = Field(FrozenDict(), alias="级别")
    one_line: RequiredNumber = Field(Decimal(20), alias="一行占满")
    lagging: RequiredNumber = Field(Decimal(5), alias="执行滞后")
    named: Count = Field(4, alias="原因点名")
    sentence: Count = Field(12, alias="重复句")
    all_full: Count = Field(3, alias="满分普遍")
