"""Layouts that are read and never printed: the worked example of each, and files made like it."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest

import perfeval
from perfeval import ReadTable, read
from perfeval.reading.other_layouts import other_layouts
from perfeval.reading.table import rulebooks_of

NAMES = list(other_layouts())
Rows = list[list[str]]
JOINED = "←"


def workbook(rows: Sequence[Sequence[str]], draw: random.Random | None = None) -> bytes:
    """Type a table into a workbook; figures are now and then numbers."""
    book = openpyxl.Workbook()
    page: Any = book.active
    for down, row in enumerate(rows, 1):
        for across, text in enumerate(row, 1):
            is_figure = text.replace(".", "", 1).isdecimal() and not text.startswith("0")
            as_number = draw is not None and is_figure and len(text) < 9 and draw.random() < 0.5
            if text == JOINED:
                if list(row[across : across + 1]) == [JOINED]:
                    continue
                page.merge_cells(
                    start_row=down,
                    start_column=_begin(row, across),
                    end_row=down,
                    end_column=across,
                )
            else:
                page.cell(down, across, float(text) if as_number else text or None)
    if draw is not None and draw.random() < 0.5:
        _merge_levels(page, rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _merge_levels(page: Any, rows: Sequence[Sequence[str]]) -> None:
    """Let the names of levels reach over the rows that are theirs, as forms do."""
    for column in (0, 1):
        first = 0
        for down, row in enumerate([*rows, ["end"]]):
            if len(row) > 2 and not row[column] and not row[0] and row[2]:
                continue
            if any(rows[first][column : column + 1]) and first + 1 < down:
                end = {"end_row": down, "end_column": column + 1}
                page.merge_cells(start_row=first + 1, start_column=column + 1, **end)
            first = down


def _begin(row: Sequence[str], across: int) -> int:
    """Return the column from 1 with which a joined cell begins."""
    return next(at for at in range(across, 0, -1) if row[at - 1] != JOINED)


def document(rows: Sequence[Sequence[str]]) -> bytes:
    """Type a table into Word, its title above it."""
    word = docx.Document()
    word.add_paragraph(rows[0][0])
    width = max(map(len, rows))
    table = word.add_table(len(rows) - 1, width, style="Table Grid")
    for cells, row in zip(table.rows, rows[1:], strict=True):
        own = list(cells.cells)
        for at, text in enumerate(row):
            if text == JOINED:
                own[_begin(row, at + 1) - 1].merge(own[at])
        for at, text in enumerate(row):
            if text != JOINED:
                own[at].text = text
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def plain(value: Any) -> Any:
    """Return data without the difference between 10 and 10.0."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return format(Decimal(value).normalize(), "f") if is_number else str(value)


def table_of(raw: bytes) -> ReadTable:
    found = read(raw, name="自评表")
    assert len(found.tables) == 1, found.unread
    return found.tables[0]


def assert_read(table: ReadTable, name: str, wanted: Mapping[str, Any]) -> None:
    assert table.layout == name
    data = {key: value for key, value in table.data.items() if key in wanted}
    assert plain(data) == plain(wanted)


@pytest.mark.parametrize("write", [workbook, document])
@pytest.mark.parametrize("name", NAMES)
def test_the_worked_example_is_read_as_it_says(name: str, write: Any) -> None:
    layout = other_layouts()[name]
    table = table_of(write(layout.example))
    assert_read(table, name, layout.read_as)
    said = "\n".join(map(str, table.unread))
    for heading in layout.unread:
        assert heading in said
    assert len(table.unread) == len(layout.unread), said
    assert table.rulebooks == rulebooks_of(name)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", NAMES)
def test_files_made_like_it_are_read_as_what_was_typed(name: str, seed: int) -> None:
    """Other names, figures and headings as they are typed; rows left out; numbers as numbers."""
    draw = random.Random(f"{name}{seed}")
    layout = other_layouts()[name]
    rows: Rows = [list(row) for row in layout.example]
    wanted = plain(layout.read_as)
    _rename(draw, rows, wanted)
    _refigure(draw, rows, wanted)
    typed = [[_typed(draw, text) if text in _HEADINGS else text for text in row] for row in rows]
    table = table_of(workbook(typed, draw) if draw.random() < 0.6 else document(typed))
    assert_read(table, name, wanted)


_HEADINGS = {
    "一级指标", "二级指标", "三级指标", "分值", "得分", "年度指标值", "实际完成值", "项目名称",
    "主管部门", "实施单位", "预算安排", "资金到位", "指标分值", "单项指标折算得分", "承担处室",
}  # fmt: skip


def _typed(draw: random.Random, text: str) -> str:
    """Type a heading in one of the ways in which people do."""
    ways = (text, " ".join(text), f"{text[:2]}\n{text[2:]}", f"　{text}")
    return draw.choice(ways)


def _rename(draw: random.Random, rows: Rows, wanted: dict[str, Any]) -> None:
    """Give the project another name."""
    name = draw.choice(["城区绿化养护", "“十四五”水利（二期）", "2号泵站更新改造"])
    old = wanted["项目名称"]
    wanted["项目名称"] = name
    for row in rows:
        row[:] = [name if text == old else text for text in row]
    if rows[0][0].startswith("2") and old in rows[0][0]:
        rows[0][0] = rows[0][0].replace(old, name)


def _refigure(draw: random.Random, rows: Rows, wanted: dict[str, Any]) -> None:
    """File other points for the indicators."""
    for one in wanted["指标"]:
        row = next(row for row in rows if one["名称"] in "".join(row) and _points(one) in row)
        points = f"{draw.randint(1, 9)}.{draw.randint(1, 9)}{draw.randint(1, 9)}"
        at = max(at for at, text in enumerate(row) if text == _points(one))
        row[at] = points
        one["已填报得分"] = points


def _points(row: Mapping[str, Any]) -> str:
    return str(row["已填报得分"])


def test_the_points_of_old_tables_are_no_targets() -> None:
    """No rulebook is assumed for them, and every row is unscored."""
    table = table_of(workbook(other_layouts()["three-parts"].example))
    assert "评分办法" not in table.data
    assert "看不出是哪个评分办法" in str(table.unread)
    report = perfeval.evaluate(
        workbook(other_layouts()["three-parts"].example), rulebook="mof-2020"
    )
    assert report.scorecard is not None
    assert all(line.points is None for line in report.scorecard.lines)


def test_a_goal_out_of_its_turn_is_named_and_its_rows_are_read() -> None:
    rows = [list(row) for row in other_layouts()["hubei-2020-goals"].example]
    rows[10][0] = "年度绩效目标3（30分）"
    table = table_of(workbook(rows))
    assert len(table.data["指标"]) >= 3
    assert "目标的编号不连续" in str(table.unread)


def test_a_goal_may_stand_in_two_rows() -> None:
    rows = [list(row) for row in other_layouts()["hubei-2020-goals"].example]
    rows.insert(11, [rows[10][1], "", "", "", "", ""])
    rows[10][1] = ""
    table = table_of(workbook(rows))
    assert plain(table.data["多个目标"]) == plain(
        other_layouts()["hubei-2020-goals"].read_as["多个目标"]
    )
    assert [row["所属目标"] for row in table.data["指标"]] == [1, 1, 1, 2, 2]


def test_a_goal_below_a_heading_that_is_not_read_is_read_all_the_same() -> None:
    """The text of the second goal stands in the column of a heading that nobody knows."""
    rows = [[*row, ""] for row in other_layouts()["hubei-2020-goals"].example]
    rows[6][6] = rows[11][6] = "佐证材料"
    rows[10][1], rows[10][6] = "", rows[10][1]
    table = table_of(workbook(rows))
    assert table.data["多个目标"][1]["内容"] == "建立长效管护机制"
    assert "佐证材料" not in str(table.unread)
