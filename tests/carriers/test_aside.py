"""What stands beside cells and paragraphs is not read, and said to be there."""

from __future__ import annotations

import io

import docx
import pytest
import xlsxwriter
from docx.document import Document

import perfeval
from perfeval.carriers import CarriedDocument, Refusal, carry


def carried(raw: bytes) -> CarriedDocument:
    found = carry(raw)
    assert not isinstance(found, Refusal)
    return found


def said(raw: bytes) -> str:
    return "\n".join(remark.message for remark in carried(raw).remarks)


def document(header: str, footer: str) -> bytes:
    word: Document = docx.Document()
    word.sections[0].header.paragraphs[0].text = header
    word.sections[0].footer.paragraphs[0].text = footer
    word.add_table(1, 1).cell(0, 0).text = "甲"
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def test_what_the_pages_of_a_document_have_above_and_below_is_said() -> None:
    found = said(document("项目支出绩效自评表（2023年度）", "金额单位：元"))
    assert "页眉里的字没有读取：项目支出绩效自评表（2023年度）" in found
    assert "页脚里的字没有读取：金额单位：元" in found


def test_an_account_without_figures_is_no_scan_because_its_pages_have_a_header() -> None:
    report = perfeval.proof(document("示例市水务局部门决算", ""), name="决算.docx")
    assert report.refused is not None
    assert "扫描" not in report.refused
    assert "没有认出" in report.refused


@pytest.mark.parametrize("footer", ["", "- 3 -", "第 3 页 共 5 页", "第3页"])
def test_the_number_of_a_page_is_not_worth_a_word(footer: str) -> None:
    assert "没有读取" not in said(document("", footer))


def workbook(header: str = "", box: str = "", *, is_hidden: bool = False) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("自评表")
    sheet.write_string(0, 0, "甲")
    other = book.add_worksheet("旧") if is_hidden else sheet
    other.set_header(header)
    if box:
        other.insert_textbox(1, 1, box)
    if is_hidden:
        other.hide()
    book.close()
    return target.getvalue()


def test_the_page_header_and_the_boxes_of_a_sheet_are_said() -> None:
    found = said(workbook('&C&"宋体,加粗"&14项目支出绩效自评表&R&P/&N', "金额单位：元"))
    assert "工作表“自评表”的页眉、页脚没有读取：项目支出绩效自评表" in found
    assert "工作表“自评表”的文本框没有读取：金额单位：元" in found


@pytest.mark.parametrize(
    "raw", [workbook("&C第 &P 页"), workbook(), workbook("甲", "乙", is_hidden=True)]
)
def test_page_numbers_and_hidden_sheets_are_not_worth_a_word(raw: bytes) -> None:
    assert "没有读取" not in said(raw)


def test_the_cells_of_a_sheet_with_a_page_header_are_what_they_are() -> None:
    (grid,) = carried(workbook("&C自评表")).grids
    assert [cell.text for cell in grid.cells] == ["甲"]
