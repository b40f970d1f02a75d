"""What stands in real files beside the usual: other units, sums, formulas, second tables."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from perfeval import ReadDocument, ReadTable, read
from tests.documents.workbook.spreadsheets import needs_office

HEAD: list[Any] = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
FUNDS: list[Any] = ["项目资金", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"]
ROW: list[Any] = ["产出指标", "数量指标", "清淤长度", "3公里", "2.9公里", 10, 9]
TOTAL: list[Any] = ["总分", "", "", "", "", 100, 97]


def workbook(rows: list[list[Any]], form: str = "General", merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, int | float) and cell.value > 1_000:
                cell.number_format = form
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table_of(
    rows: list[list[Any]], form: str = "General", merged: tuple[str, ...] = ()
) -> ReadTable:
    top = [["项目支出绩效自评表"], ["项目名称", "河道清淤"]]
    (table,) = read(workbook([*top, *rows], form, merged), rulebook="mof-2020").tables
    return table


def said_of(table: ReadTable) -> str:
    return "\n".join(map(str, table.unread))


@pytest.mark.parametrize(
    ("form", "is_read"),
    [
        ('0\\.0,"万"', False),
        ('0!.0,"万"', False),
        ('#,##0.00"元"', False),
        ('#,##0.0,"千元"', False),
        ("#,##0.00,", False),
        ("￥#,##0.00", True),
        ("#,##0.00_);(#,##0.00)", True),
        ('0.0"万元"', True),
    ],
)
def test_an_amount_shown_in_another_unit_is_not_read(form: str, *, is_read: bool) -> None:
    funds = [["年度资金总额", "", 12_867_000, 12_867_000, 12_867_000, 10, "100%"]]
    table = table_of([FUNDS, *funds, HEAD, ROW, TOTAL], form)
    assert ("预算数" in table.data.get("预算", {})) == is_read
    assert ("全年预算数" in said_of(table)) == (not is_read)


def test_a_value_shown_a_thousand_times_smaller_is_not_read() -> None:
    table = table_of([HEAD, [*ROW[:4], 12_867.6, 10, 9], TOTAL], "#,##0.00,")
    assert "完成值" not in table.data["指标"][0]
    assert "12.87" in said_of(table)


OTHER_UNITS = {
    "in the line above": ([["金额单位：亿元"], FUNDS], "亿元"),
    "in a line of two units": ([["单位：元/万元"], FUNDS], "元/万元"),
    "in the block": ([["项目资金（千元）", *FUNDS[1:]]], "千元"),
    "in the headings": ([[*FUNDS[:2], *(f"{one}（亿元）" for one in FUNDS[2:5]), ""]], "亿元"),
    "in two": ([[*FUNDS[:2], "年初预算数（元）", "全年预算数（万元）", *FUNDS[4:]]], "元、万元"),
}


@pytest.mark.parametrize("case", OTHER_UNITS)
def test_amounts_in_a_unit_that_no_sheet_has_are_not_read(case: str) -> None:
    above, unit = OTHER_UNITS[case]
    table = table_of([*above, ["年度资金总额", "", 100, 100, 98], HEAD, ROW, TOTAL])
    assert not {"金额单位", "执行数"} & {*table.data, *table.data.get("预算", {})}
    assert f"金额单位写的是{unit}" in said_of(table)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        (["金额单位", "元"], "元"),
        (["金额单位：人民币元"], "元"),
        (["填报单位：元谋县财政局"], "万元"),
        (["单 位：元    填报日期：2024年3月1日"], "元"),
    ],
)
def test_the_unit_of_money_is_that_of_its_own_label(line: list[Any], unit: str) -> None:
    table = table_of([line, FUNDS, ["年度资金总额", "", 100, 100, 98], HEAD, ROW, TOTAL])
    assert table.data["金额单位"] == unit
    assert any("没有写金额单位" in str(note) for note in table.assumptions) == (unit == "万元")


def test_a_budget_whose_headings_are_not_all_known_is_named() -> None:
    funds: list[list[Any]] = [
        ["项目资金", "", "年初预算数", "已花的钱"],
        ["年度资金总额", "", 100, 98],
    ]
    table = table_of([*funds, HEAD, ROW, TOTAL])
    assert "预算" not in table.data
    assert "预算没有读" in said_of(table)


def test_the_unit_in_the_heading_of_a_value_is_said() -> None:
    head = [*HEAD[:3], "年度指标值（万元）", "实际完成值（元）", *HEAD[5:]]
    table = table_of([head, [*ROW[:3], 95, 950_000, 10, 10], TOTAL])
    said = [note for note in map(str, table.assumptions) if "栏名里的单位" in note]
    assert len(said) == 2


@pytest.mark.parametrize("name", ["综合得分", "得分合计", "产出指标小计", "小计", "总分值"])
@pytest.mark.parametrize("merged", [(), ("A5:C5",), ("A5:E5",)])
def test_a_row_of_sums_is_no_indicator(name: str, merged: tuple[str, ...]) -> None:
    sums = [[name, "", "", "", "", 100, 97], ["", "", name, "", "", 100, 97]]
    for row in sums if not merged else sums[:1]:
        table = table_of([HEAD, ROW, row], merged=merged)
        assert [one["名称"] for one in table.data["指标"]] == ["清淤长度"]
        assert "没有读：100" in said_of(table)
        assert "没有读：97" in said_of(table)


def test_indicators_below_the_total_are_named() -> None:
    more = [["项目名称：另一项目"], HEAD, ROW, TOTAL]
    table = table_of([HEAD, ROW, TOTAL, *more])
    assert len(table.data["指标"]) == 1
    assert "从这里起的指标没有读" in said_of(table)


def test_a_sign_for_several_rows_is_named() -> None:
    head = [*HEAD[:3], "指标性质", *HEAD[3:]]
    rows = [[*ROW[:3], "≥", *ROW[3:]], ["", "", "清淤面积", "", "3亩", "2亩", 10, 9]]
    table = table_of([head, *rows], merged=("D4:D5",))
    assert "没有读：≥" in said_of(table)


def test_what_a_child_row_has_no_field_for_is_named() -> None:
    head = [*HEAD, "度量单位", "偏差原因分析"]
    rows = [[*ROW, "公里", "下雨"], ["", "", "其中：东段", "1", "0.5", "", "", "米", "涨水"]]
    said = said_of(table_of([head, *rows]))
    assert "没有读：米" in said
    assert "没有读：涨水" in said


def test_a_goal_or_a_note_that_speaks_of_the_form_cuts_no_table() -> None:
    goals = [["年度总体目标", "预期目标", "", "", "实际完成情况"], ["", "完成绩效自评"]]
    rows = [["项目支出绩效自评表"], ["项目名称", "清淤"], *goals, HEAD, ROW, TOTAL]
    raw = workbook([*rows, ["注：本自评表由水利局填报"]], merged=("A3:A4",))
    document = read(raw, rulebook="mof-2020")
    assert document.unread == ()
    assert len(document.tables) == 1
    assert document.tables[0].data["年度目标"] == "完成绩效自评"


def test_a_formula_without_a_stored_result_is_named() -> None:
    funds = [FUNDS, ["年度资金总额", "", 100, 100, "=C4-2", 10, ""]]
    rows = [[*ROW[:4], "=D1", 10, 9], ["总分", "", "", "", "", 100, "=SUM(G1:G2)"]]
    table = table_of([["年度", "=A1"], *funds, HEAD, *rows])
    said = [note for note in table.unread if "没有存结果" in note.message]
    assert [str(note.place) for note in said] == ["Sheet!E7", "Sheet!G8", "Sheet!E5", "Sheet!B3"]


@pytest.mark.parametrize("name", ["总分：", "总分（满分100分）"])
def test_the_total_may_have_a_colon_or_a_note(name: str) -> None:
    table = table_of([HEAD, ROW, [name, *TOTAL[1:]]], merged=("A5:E5",))
    assert len(table.data["指标"]) == 1
    assert str(table.data["已填报"]["总分"]) == "97"


def test_a_file_in_which_nothing_stands_is_no_clean_bill() -> None:
    (part,) = read(workbook([[None]])).unread
    assert "没有文字" in part.reason
    assert part.is_fault


def test_what_is_struck_out_of_a_page_is_not_read_and_a_power_is_no_digit() -> None:
    head = "".join(f"<td>{one}</td>" for one in ("三级指标", "指标值", "完成值", "分值"))
    row = "<td>甲<td>10<sup>4</sup><td>4<del>3</del><td><s>10</s>8"
    document = read(f"<html><table><tr>{head}<tr>{row}<tr><td><s>乙<td>5<td>6</table>".encode())
    first, *_ = document.tables[0].data["指标"]
    assert [str(first[key]) for key in ("目标值", "完成值", "分值")] == ["10^4", "4", "8"]
    assert any("划掉" in str(remark) for remark in document.remarks)


def test_what_is_struck_out_of_a_document_is_not_read_and_a_power_is_no_digit() -> None:
    document = Document()
    table = document.add_table(2, 4)
    rows = (("三级指标", "指标值", "完成值", "分值"), ("甲", "10", "", "8"))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    row = table.rows[1].cells
    row[1].paragraphs[0].add_run("4").font.superscript = True
    row[3].paragraphs[0].add_run("10").font.strike = True
    target = io.BytesIO()
    document.save(target)
    (first,) = read(target.getvalue()).tables[0].data["指标"]
    assert (first["目标值"], str(first["分值"])) == ("10^4", "8")


def test_a_goal_with_thousands_of_digits_ends_nothing() -> None:
    """Cells from outside are hostile: what stands beside the indicators is no number to count."""
    head = ["", *HEAD]
    table = table_of([head, [f"年度绩效目标{'9' * 5_000}", *ROW], ["", *TOTAL]])
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度"]
    assert "多个目标" not in table.data


def test_a_label_that_nobody_knows_is_named_with_what_stands_beside_it() -> None:
    """What a label that is known but has no field holds (联系人) is not asked for."""
    labels: list[list[Any]] = [
        ["项目概况", "修一条路", None, "立项依据：", "某文件"],
        ["项目负责人", "张三", "李四", "联系电话", "13800000000"],
        ["实施单位", "管护所", None, "项目起止时间", "2023年至2024年"],
        ["总体思路", None, None, None, None],
        ["主管部门", "县水务局", None, None, None],
    ]
    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]
    table = table_of([*labels, heads, ["产出", "数量", "长度", "3", "3"]])
    said = said_of(table)
    for label, text, cell in (
        ("项目概况", "修一条路", "B3"),
        ("立项依据：", "某文件", "E3"),
        ("项目起止时间", "2023年至2024年", "E5"),
    ):
        assert f"!{cell}：“{label}”不认识，没有读：{text}" in said
    assert said.count("不认识") == 3
    assert table.data["主管部门"] == "县水务局"


STRUCK = Font(strike=True)


def struck_workbook() -> bytes:
    """A row in which a whole cell, a piece of a cell and a figure are struck out; and a power."""
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ["2023年度项目支出绩效自评表"],
        ["项目名称", "清淤"],
        ["三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["甲", "", "", 10, 9],
        ["乙", "5户", "6户", 20, 20],
    ):
        page.append(row)
    raised = InlineFont(vertAlign="superscript")
    page["B4"] = CellRichText("10", TextBlock(raised, "4"), "株")
    page["C4"] = CellRichText("800株", TextBlock(InlineFont(strike=True), "900株"))
    page["E4"].font = STRUCK
    page["C5"].font = STRUCK
    red = DifferentialStyle(font=STRUCK)
    rule = Rule(type="cellIs", operator="greaterThan", formula=["1"], dxf=red)
    page.conditional_formatting.add("A1:E9", rule)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def check_struck(document: ReadDocument) -> None:
    first, second = document.tables[0].data["指标"]
    assert (first["目标值"], first["完成值"]) == ("10^4株", "800株")
    assert "已填报得分" not in first
    assert str(first["分值"]) == "10"
    assert "完成值" not in second
    assert (second["目标值"], str(second["已填报得分"])) == ("5户", "20")
    said = [str(remark) for remark in document.remarks]
    for place, text in (("C4", "900株"), ("E4", "9"), ("C5", "6户")):
        assert any(f"!{place}：划掉的内容没有读取：{text}" in one for one in said), said
    assert len(said) == 3


def test_what_is_struck_out_of_a_workbook_is_no_value() -> None:
    """A conditional format strikes nothing out: what it shows depends on the figures."""
    check_struck(read(struck_workbook()))


@needs_office
@pytest.mark.parametrize("ending", ["ods", "xls", "xlsx"])
def test_what_is_struck_out_stays_so_in_what_another_program_writes(
    ending: str, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(struck_workbook())
    made = tmp_path / "出"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", ending]
    command += ["--outdir", str(made), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    check_struck(read(made / f"表.{ending}"))


@pytest.mark.parametrize("stray", ["AN65536", "XFD1048576", "XFD3", "A1048576"])
def test_a_stray_cell_far_away_takes_no_time_and_changes_nothing(stray: str) -> None:
    """A sheet may have a million rows, of which a table takes thirty."""
    book = load_workbook(io.BytesIO(workbook([["项目支出绩效自评表"], HEAD, ROW, TOTAL])))
    before = read(workbook([["项目支出绩效自评表"], HEAD, ROW, TOTAL]), rulebook="mof-2020")
    book.worksheets[0][stray] = "无"
    target = io.BytesIO()
    book.save(target)
    start = time.process_time()
    (table,) = read(target.getvalue(), rulebook="mof-2020").tables
    assert time.process_time() - start < 2
    assert table.data == before.tables[0].data
