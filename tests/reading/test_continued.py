"""Tables that a page cut in two: read as one where the headings are repeated, else refused."""

from __future__ import annotations

import io

import pytest
from docx import Document

from perfeval import ReadDocument, read
from tests.reading.test_quirks import table_of

HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
TOP = [["项目名称", "", "河道清淤", "", "", "", ""], HEAD]
FIRST = [
    ["产出指标", "数量指标", "清淤长度", "3公里", "2.9公里", "30", "29"],
    ["", "质量指标", "验收合格率", "≥98%", "100%", "30", "30"],
]
REST = [["", "", "抽检批次", "12次", "12次", "10", "10"]]
NEW = [["效益指标", "社会效益指标", "受益人口", "5000人", "5100人", "20", "20"]]
TOTAL = [["总分", "", "", "", "", "100", "97"]]


def document(*parts: list[list[str]] | str) -> ReadDocument:
    """Read a Word file of tables and lines."""
    word = Document()
    for part in parts:
        if isinstance(part, str):
            word.add_paragraph(part)
            continue
        table = word.add_table(len(part), len(part[0]))
        for cells, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    target = io.BytesIO()
    word.save(target)
    return read(target.getvalue(), rulebook="mof-2020")


TITLE = "项目支出绩效自评表（2023年度）"


@pytest.mark.parametrize("line", ["", "续表", "项目支出绩效自评表（续）"])
def test_a_table_with_the_same_headings_and_no_title_goes_on(line: str) -> None:
    found = document(TITLE, [*TOP, *FIRST], line, [HEAD, *REST, *NEW, *TOTAL])
    (table,) = found.tables
    rows = table.data["指标"]
    assert [row["名称"] for row in rows] == ["清淤长度", "验收合格率", "抽检批次", "受益人口"]
    assert [row["一级指标"] for row in rows] == ["产出指标"] * 3 + ["效益指标"]
    assert rows[2]["二级指标"] == "质量指标"
    assert str(table.data["已填报"]["总分"]) == "97"
    assert str(table.places["指标", 2, "完成值"]) == "第2张表 第2行第5格"
    assert any("第2张表" in note.message for note in table.assumptions)
    assert found.unread == ()


@pytest.mark.parametrize(
    ("first", "line"),
    [([*TOP, *FIRST, *TOTAL], ""), ([*TOP, *FIRST], TITLE), ([*TOP, *FIRST, *TOTAL], TITLE)],
)
def test_a_table_of_its_own_is_not_joined(first: list[list[str]], line: str) -> None:
    found = document(TITLE, first, line, [HEAD, *REST, *TOTAL])
    assert [len(table.data["指标"]) for table in found.tables] == [2, 1]


def test_a_table_with_a_name_of_its_own_is_not_joined() -> None:
    found = document(TITLE, [*TOP, *FIRST], [*TOP, *REST, *TOTAL])
    assert [len(table.data["指标"]) for table in found.tables] == [2, 1]


def test_the_rest_of_a_table_without_headings_is_a_fault() -> None:
    found = document(TITLE, [*TOP, *FIRST], [*NEW, *TOTAL])
    assert len(found.tables[0].data["指标"]) == 2
    (part,) = found.unread
    assert part.is_fault
    assert "上一张表的后半" in part.reason


def test_another_table_below_a_form_is_none_of_it() -> None:
    found = document(TITLE, [*TOP, *FIRST, *TOTAL], [["附件", "页数"], ["验收单", "3"]])
    assert [part.is_fault for part in found.unread] == [False]


def test_headings_on_a_new_page_of_a_workbook_bring_their_title_along() -> None:
    again = [["项目支出绩效自评表（续）"], ["（2023年度）"], HEAD]
    merged = ("A5:G5", "A6:G6")
    table = table_of([HEAD, FIRST[0], *again, *NEW, *TOTAL], merged=merged)
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度", "受益人口"]
    assert str(table.data["已填报"]["总分"]) == "97"
