"""The columns that stand beside a form in its workbook, for what the form has no column for."""

from __future__ import annotations

from typing import NamedTuple

from perfeval.cells.words import WordEnum
from perfeval.rulebook.form import IndicatorContent


class AsideName(WordEnum):
    """What a column beside the form holds, where no column of a form holds the same."""

    CLASS = "类别"
    TARGET_AS = "目标值按"
    ACTUAL_AS = "完成值按"
    NOT_APPLICABLE = "不适用"
    GOAL = "所属目标"
    CONFIRMED = "确认"
    REMARK = "说明"


class Aside(NamedTuple):
    """A column beside the form."""

    content: str
    heading: str
    width: int


CONFIRMED, UNCONFIRMED = "已确认", "未确认"
HIDDEN_SHEETS = ROWS, SUMS, LISTS, ABOUT, UNITS = "计算", "合计", "选项", "perfeval", "分单位"
"""The hidden sheets: one row for each indicator; sums; drop-downs and words; what this form is;
what several units planned and did for one row, where there are such rows."""
"""What a person says of what was taken over from last year."""

ASIDES = (
    Aside(AsideName.CLASS, "类别", 48),
    Aside(IndicatorContent.WEIGHT, "分值", 11),
    Aside(IndicatorContent.SIGN, "符号", 11),
    Aside(IndicatorContent.TARGET, "目标值", 24),
    Aside(IndicatorContent.UNIT, "单位", 13),
    Aside(IndicatorContent.ACTUAL, "完成值", 24),
    Aside(AsideName.TARGET_AS, "计分用\n目标值", 16),
    Aside(AsideName.ACTUAL_AS, "计分用\n完成值", 16),
    Aside(IndicatorContent.FILED, "评定\n得分", 13),
    Aside(AsideName.NOT_APPLICABLE, "不\n适用", 10),
    Aside(AsideName.GOAL, "所属\n目标", 11),
    Aside(AsideName.CONFIRMED, "上年\n内容", 15),
    Aside(IndicatorContent.POINTS, "得分", 13),
    Aside(AsideName.REMARK, "说明（自动）", 78),
)
"""Every column that may stand beside a form."""
