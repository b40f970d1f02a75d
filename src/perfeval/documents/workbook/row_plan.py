"""The plan of the rows of one kind: their formulas, written once, and computed row by row.

A formula of a plan refers to cells of its own row alone, so that rows of one kind have the same
formulas and the workbook holds each of them once.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from perfeval.documents.workbook.formula import HERE, Formula, Row, Value
from perfeval.documents.workbook.hidden_sheet import HiddenSheet, letters

_OF_A_CELL = (
    *("原文", "原类", "原数", "原单位", "原符号"),
    *("文字", "统一", "前文", "去前文", "前号", "去号", "后号", "正文", "去负"),
    *("余文", "数字", "去逗号", "读通", "读数", "未改", "类", "数", "单位", "符号"),
)
_TYPED = ("名称", "分值", "符号", "目标值", "完成值", "单位", "目标值按", "完成值按")
_HEADINGS = (
    *("一级指标", "所属目标", *(f"填{name}" for name in _TYPED), "填评定", "填不适用"),
    *("扣减分数", "单位原文", "单位原意", "填写", "分值"),
    *(name + step for name in ("目标值", "完成值") for step in _OF_A_CELL),
    *("符号", "单位"),
    *(
        name + step
        for name in ("目标值", "完成值")
        for step in ("归类", "计分单位", "倍数", "本位")
    ),
    *("单位换算", "目标值计分数", "完成值计分数", "方向", "计数", "照抄", "与数比"),
    *("照旧", "原得分", "原因", "评定均值", "计分方式", "档次", "达成", "本档上限", "本档下限"),
    *("未舍入", "扣减后", "得分", "未计分原因", "缺分", "说明", "缺分序数", "缺分的指标"),
    *(f"原{name}" for name in (*_TYPED, "已填报得分", "不适用")),
)
COLUMNS = {heading: place for place, heading in enumerate(_HEADINGS)}
"""The columns of the rows' sheet; each heading has its place, whether a form needs it or not."""


class RowPlan:
    """The formulas of the rows of one kind, each made of those before it.

    Attributes:
        steps: The columns that are computed, with their formulas, in the order of computing.
    """

    def __init__(self) -> None:
        self.steps: list[tuple[int, Formula]] = []

    def given(self, heading: str) -> Formula:
        """Return the reference to a cell that each row fills by itself."""
        column = COLUMNS[heading]
        return Formula(letters(column) + HERE, of=itemgetter(column))

    def put(self, heading: str, formula: Formula) -> Formula:
        """Add a column that is computed; return the reference to it."""
        self.steps.append((COLUMNS[heading], formula))
        return self.given(heading)

    def write(
        self, sheet: HiddenSheet, index: int, given: Mapping[str, Formula | Value]
    ) -> list[Value]:
        """Write a row of the rows' sheet: what it is given, and then what is computed.

        Args:
            sheet: The rows' sheet.
            index: Which row it is.
            given: What the row fills by itself, by its headings.

        Returns:
            Its values.
        """
        row: list[Value] = [""] * len(COLUMNS)
        for heading, content in given.items():
            place = COLUMNS[heading]
            row[place] = content.value if isinstance(content, Formula) else content
            if isinstance(content, Formula):
                sheet.put(index, heading, content)
            else:
                sheet.constant(index, place, content)
        for place, formula in self.steps:
            row[place] = formula.of(row)
            sheet.shared(index, place, formula, row[place])
        return row


def known(reference: Formula, sheet: str, line: int, row: Row) -> Formula:
    """Return what a reference of a plan is for one row, as other sheets refer to it.

    Args:
        reference: The reference.
        sheet: The name of the rows' sheet.
        line: The number of the row there.
        row: Its values.
    """
    text = reference.text
    return Formula(
        f"{sheet}!{text.replace(HERE, str(line))}" if HERE in text else text, reference.of(row)
    )
