"""Files as an office has them: one sheet that ships, typed into Word and Excel by other programs.

The grid is laid out here, from the YAML and from how the form looks; nothing of ours lays it out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import docx
import openpyxl
import yaml

ROOT = Path(__file__).parents[2]
QINGSHAN = "养老服务体系建设运营补助资金"
WIDTH = 8
_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "年初目标值（A）",
    "实际完成值（B）",
    "得分",
    "偏差原因",
)


class Span(NamedTuple):
    """A text of a form and over how many rows and columns its cell reaches."""

    text: str
    columns: int = 1
    rows: int = 1


Row = list[Span | None]
"""The cells that begin in a row; ``None`` where one from above reaches down."""


@cache
def qingshan() -> dict[str, Any]:
    """Return the sheet as its YAML has it, every value a text."""
    path = ROOT / "indicators/qingshan-2023" / f"{QINGSHAN}.yaml"
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return data


def as_printed(value: Any) -> str:
    """Return what the form shows of a value whose author says which of its numbers counts."""
    return str(value["文本"] if isinstance(value, Mapping) else value)


def rows(data: Mapping[str, Any], year: str = "2023") -> list[Row]:
    """Lay a sheet out as the form of Hubei looks, with a column of weights."""
    budget, filed = data["预算"], data["预算"]["已填报"]
    return [
        [Span(f"{year}年度{data['项目名称']}项目绩效自评表", WIDTH)],
        [Span("项目名称", 2), Span(data["项目名称"], 6)],
        [
            Span("主管部门", 2),
            Span(data["主管部门"], 2),
            Span("项目实施单位", 2),
            Span(data["实施单位"], 2),
        ],
        [
            Span("预算执行情况（万元）（20分）", 2, 2),
            Span("", 2),
            Span("预算数（A）"),
            Span("执行数（B）"),
            Span("执行率（B/A）"),
            Span("得分（20分*执行率）"),
        ],
        [
            None,
            Span("年度财政资金总额", 2),
            Span(budget["预算数"]),
            Span(budget["执行数"]),
            Span(filed["执行率"]),
            Span(filed["得分"]),
        ],
        [Span(head) for head in _HEADS],
        *_indicators(data),
        [Span("总分", 6), Span(data["已填报"]["总分"]), Span("")],
        [Span("偏差大或目标未完成原因分析", 2), Span(data["原因分析"], 6)],
        [Span("改进措施及结果应用方案", 2), Span("", 6)],
    ]


def _indicators(data: Mapping[str, Any]) -> Iterator[Row]:
    for section, aspects in data["指标"].items():
        height = sum(len(below) for below in aspects.values())
        weight = {"产出指标": "（40分）", "效益指标": "（20分）", "满意度指标": "（20分）"}[section]
        first: list[Span | None] = [Span(f"{section}{weight}", 1, height)]
        for aspect, below in aspects.items():
            second: list[Span | None] = [Span(aspect, 1, len(below))]
            for row in below:
                yield [
                    *first,
                    *second,
                    Span(row["名称"]),
                    Span(row["分值"]),
                    Span(as_printed(row["目标值"])),
                    Span(as_printed(row["完成值"])),
                    Span(row["已填报得分"]),
                    Span(""),
                ]
                first, second = [None], [None]


def _placed(laid: list[Row]) -> Iterator[tuple[int, int, Span]]:
    """Yield the row and column, from 1, at which each cell begins."""
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(laid, start=1):
        across = 1
        for cell in filter(None, row):
            while (down, across) in taken:
                across += 1
            yield down, across, cell
            taken |= {(down + y, across + x) for y in range(cell.rows) for x in range(cell.columns)}


def workbook(*sheets: tuple[str, list[Row]]) -> bytes:
    """Write a workbook by openpyxl, figures as numbers."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, laid in sheets:
        page = book.create_sheet(name)
        for down, across, cell in _placed(laid):
            is_figure = cell.text.replace(".", "", 1).isascii() and cell.text.isdigit()
            page.cell(down, across, int(cell.text) if is_figure else cell.text or None)
            if cell.rows > 1 or cell.columns > 1:
                end = {"end_row": down + cell.rows - 1, "end_column": across + cell.columns - 1}
                page.merge_cells(start_row=down, start_column=across, **end)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def document(*tables: list[Row]) -> bytes:
    """Write a Word file by python-docx, a table for each sheet."""
    word = docx.Document()
    for laid in tables:
        word.add_paragraph(laid[0][0].text if laid[0][0] else "")
        body = laid[1:]
        table = word.add_table(rows=len(body), cols=WIDTH, style="Table Grid")
        grid = [list(row.cells) for row in table.rows]
        for down, across, cell in _placed(body):
            first = grid[down - 1][across - 1]
            last = grid[down + cell.rows - 2][across + cell.columns - 2]
            (first if first is last else first.merge(last)).text = cell.text
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()
