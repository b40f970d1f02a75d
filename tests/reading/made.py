"""Tables as offices make them, written by openpyxl; what they hold is known by construction.

Families differ in the order and the words of their columns, quirks in how they were typed.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from typing import Any

import openpyxl

_LEVELS = "一级指标 二级指标 三级指标"
FAMILIES: dict[str, str] = {
    "national": f"{_LEVELS} 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施",
    "weight first": f"{_LEVELS} 分值 年度指标值 全年实际值 得分 未完成原因",
    "weight beside": f"{_LEVELS} 年度指标值（A） 分值 实际完成值（B） 得分 未完成原因分析",
    "with signs": f"{_LEVELS} 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析",
    "one list": "指标名称 计量单位 指标性质 指标值 指标权重 全年完成值 指标得分 说明",
}
_HEADINGS = {
    "一级指标": "一级指标",
    "二级指标": "二级指标",
    "名称": "三级指标 指标名称",
    "目标值": "年度指标值 年度指标值（A） 指标值",
    "完成值": "实际完成值 实际完成值（B） 全年实际值 完成值 全年完成值",
    "分值": "分值 权重 指标权重",
    "已填报得分": "得分 指标得分",
    "符号": "指标性质",
    "单位": "度量单位 计量单位",
    "偏差原因": "偏差原因分析及改进措施 未完成原因 未完成原因分析 说明",
}
CONTENTS = {
    heading: content for content, headings in _HEADINGS.items() for heading in headings.split()
}
LEVELS = [
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"),
]  # fmt: skip
TARGETS = ["391", "≥95%", "42（3）", "2023年12月底前", "得到提升", "8000元/床", "0.5"]
ACTUALS = ["391", "96.5%", "36（2）", "2023年11月", "是", "100%", "0.45", "7560张"]
BLANKS = ["", "/", "—", "-", "*"]


@dataclass
class MadeSheet:
    """A table and what it holds."""

    raw: bytes
    truth: list[dict[str, str]] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    budget: dict[str, str] = field(default_factory=dict)


def made(seed: int) -> MadeSheet:
    """Draw a table of some family with some quirks."""
    draw = random.Random(seed)
    columns = tuple(FAMILIES[draw.choice(list(FAMILIES))].split())
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = draw.choice(["Sheet1", "附表3", "自评表"])
    sheet = MadeSheet(b"")
    at = _head(draw, page, len(columns), sheet)
    at = _budget(draw, page, at, sheet)
    _indicators(draw, page, at, columns, sheet)
    stream = io.BytesIO()
    book.save(stream)
    sheet.raw = stream.getvalue()
    return sheet


def typed(draw: random.Random, heading: str) -> str:
    """Type a heading in one of the ways in which people do."""
    way = draw.randrange(4)
    if way == 1:
        return heading.translate(str.maketrans("（）", "()"))
    if way == 2:
        return "\n".join((heading[:2], heading[2:])) if len(heading) > 2 else heading
    return " ".join(heading) if way == 3 else heading


def _head(draw: random.Random, page: Any, width: int, sheet: MadeSheet) -> int:
    page.cell(1, 1, draw.choice(["项目支出绩效自评表", "2023年度河道清淤项目绩效自评表"]))
    if draw.random() < 0.5:
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    page.cell(2, 1, draw.choice(["（2023年度）", "(2023 年度)"]))
    sheet.header = {"项目名称": "河道清淤", "主管部门": "县水务局", "实施单位": "河道管护所"}
    page.cell(3, 1, typed(draw, "项目名称"))
    page.cell(3, 3, "河道清淤")
    if draw.random() < 0.7:
        page.merge_cells(start_row=3, start_column=1, end_row=3, end_column=2)
        page.merge_cells(start_row=3, start_column=3, end_row=3, end_column=width)
        place = 3
    else:
        page.cell(3, 3).value = None
        page.cell(3, 2, "河道清淤")
        place = 2
    page.cell(4, 1, typed(draw, "主管部门"))
    if place == 3:
        page.merge_cells(start_row=4, start_column=1, end_row=4, end_column=2)
    page.cell(4, place, "县水务局")
    page.cell(4, place + 2, typed(draw, "实施单位"))
    page.cell(4, place + 3, "河道管护所")
    return 5


def _budget(draw: random.Random, page: Any, at: int, sheet: MadeSheet) -> int:
    page.cell(at, 1, "项目资金（万元）")
    headings = [("年初预算数", "年初预算数"), ("全年预算数", "预算数"), ("全年执行数", "执行数")]
    values: dict[str, Any] = {}
    for column, (heading, content) in enumerate(headings, 3):
        page.cell(at, column, typed(draw, heading))
        amount = f"{draw.randint(1, 99999)}.{draw.randint(10, 99)}"
        values[content] = amount
        way = draw.randrange(3)
        shown: Any = amount if way == 0 else float(amount) if way == 1 else f"{float(amount):,.2f}"
        page.cell(at + 1, column, shown)
    sheet.budget = {name: str(value) for name, value in values.items()}
    page.cell(at, 6, "分值")
    page.cell(at, 7, "执行率")
    page.cell(at, 8, "得分")
    page.cell(at + 1, 2, "年度资金总额")
    page.cell(at + 1, 6, 10)
    rate = page.cell(at + 1, 7, 0.9725)
    rate.number_format = "0.00%"
    page.cell(at + 1, 8, draw.choice([9.73, "9.73"]))
    page.cell(at + 2, 2, "其中：财政拨款")
    for column in range(3, 9):
        page.cell(at + 2, column, draw.choice(BLANKS))
    return at + 3


def _indicators(
    draw: random.Random, page: Any, at: int, columns: tuple[str, ...], sheet: MadeSheet
) -> None:
    for column, heading in enumerate(columns, 1):
        page.cell(at, column, typed(draw, heading))
    row, merged = at + 1, draw.random() < 0.6
    begun: dict[str, tuple[int, str]] = {}
    for section, aspect in LEVELS:
        for _ in range(draw.randint(1, 3)):
            truth = _row(draw, section, aspect, row)
            for column, heading in enumerate(columns, 1):
                content = CONTENTS[heading]
                text = truth.get(content, "")
                if content in ("一级指标", "二级指标") and begun.get(content, (0, ""))[1] == text:
                    continue  # typed once, blank or merged below
                if content in ("一级指标", "二级指标"):
                    _close(page, begun, content, row, column, merged=merged)
                    begun[content] = (row, text)
                page.cell(row, column, _typed_value(draw, content, text))
            contents = {CONTENTS[heading] for heading in columns}
            sheet.truth.append({k: v for k, v in truth.items() if v and k in contents})
            row += 1
        if draw.random() < 0.2:
            name = next(i for i, heading in enumerate(columns, 1) if CONTENTS[heading] == "名称")
            page.cell(row, name, draw.choice(["指标1", "……"]))
            row += 1
    for content in list(begun):
        column = next(i for i, heading in enumerate(columns, 1) if CONTENTS[heading] == content)
        _close(page, begun, content, row, column, merged=merged)
    page.cell(row, 1, draw.choice(["总分", "总 分", "合计"]))
    weight = next(i for i, heading in enumerate(columns, 1) if CONTENTS[heading] == "分值")
    points = next(i for i, heading in enumerate(columns, 1) if CONTENTS[heading] == "已填报得分")
    page.cell(row, weight, 100)
    page.cell(row, points, 97.5)


def _close(
    page: Any,
    begun: dict[str, tuple[int, str]],
    content: str,
    row: int,
    column: int,
    *,
    merged: bool,
) -> None:
    start = begun.get(content, (0, ""))[0]
    if merged and start and row - start > 1:
        page.merge_cells(start_row=start, start_column=column, end_row=row - 1, end_column=column)


def _row(draw: random.Random, section: str, aspect: str, row: int) -> dict[str, str]:
    return {
        "一级指标": section,
        "二级指标": aspect,
        "名称": f"指标之{row}",
        "符号": draw.choice(["≥", "≤", "＝", "定性", ""]),
        "单位": draw.choice(["个", "%", "万元", ""]),
        "目标值": draw.choice(TARGETS),
        "完成值": draw.choice(ACTUALS),
        "分值": str(draw.randint(1, 20)),
        "已填报得分": str(draw.randint(0, 20)),
        "偏差原因": draw.choice(["", "雨季停工", "无"]),
    }


def _typed_value(draw: random.Random, content: str, text: str) -> Any:
    if not text:
        return draw.choice(BLANKS) if content not in ("一级指标", "二级指标") else None
    if content in ("分值", "已填报得分") and draw.random() < 0.5:
        return int(text)
    if content in ("目标值", "完成值") and text.replace(".", "").isdigit() and draw.random() < 0.5:
        return float(text)
    return text
