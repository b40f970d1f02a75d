"""``perfeval review grade``: a filled workpaper comes back, and the review itself is checked."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension

import perfeval
from perfeval.documents.review.workpaper_book import workpaper_workbook
from perfeval.documents.review.workpaper_layout import COLUMNS
from perfeval.review.workpaper import RowFinding
from tests.documents.workbook.spreadsheets import filled, packed, parts

from .conftest import Command

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
SHEET = """\
评分办法: mof-2020
年度: 2023
项目名称: {name}
预算: {{预算数: 100, 执行数: 90, 已填报: {{得分: 10}}}}
已填报: {{总分: 100}}
指标:
  产出指标:
    数量指标:
      - {{名称: 完成数量, 分值: 50, 目标值: 10个, 完成值: 9个, 已填报得分: 50}}
  效益指标:
    社会效益指标:
      - {{名称: 覆盖率, 分值: 30, 目标值: ≥90%, 完成值: 95%, 已填报得分: 30}}
  满意度指标:
    服务对象满意度指标:
      - {{名称: 满意度, 分值: 10, 目标值: ≥90%, 完成值: 95%, 已填报得分: 10}}
"""
FIRST = 6
"""The row of the budget; the three indicators follow it."""


def workpaper(*names: str, profile: str = "review-firm-sample") -> bytes:
    terms = perfeval.load_review_profile(profile)
    reports = [perfeval.evaluate(SHEET.format(name=name)) for name in names]
    return workpaper_workbook([perfeval.review_workpaper(one, terms) for one in reports])


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """Return a workpaper: 完成数量 is 8 of 10, 覆盖率 loses 30 %, 满意度 has no survey."""
    cells: dict[str, str | Decimal] = {
        "J7": "8个",
        "P7": "台账只有 8 个",
        "O8": "B03-3",
        "P8": "口径没有写明",
        "O9": "B04",
        "P9": "没有问卷",
    }
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(filled(workpaper("甲项目"), cells, 2))
    return path


def test_what_was_typed_is_scored_again(command: Command, reviewed: Path) -> None:
    """9 + 50 × 8 ÷ 10 = 40, 30 − 9 = 21, 10 − 10 = 0: 70, 中; (100 − 70) ÷ 100 = 30 %."""
    code, said, told = command("review", "grade", str(reviewed), "--json")
    data = json.loads(said)
    (project,) = data["projects"]
    assert code == 0
    assert [project[name] for name in ("filed_total", "computed_total", "total", "grade")] == [
        *("100", "94.00", "70.00", "中"),
    ]
    assert (project["filed_grade"], project["deviation"]) == ("优", "30.00")
    assert [row["points"] for row in project["rows"]] == ["9.00", "40.00", "21.00", "0.00"]
    assert [(one["code"], one["points"]) for one in data["deductions"]] == [
        ("B03-3", "9.00"),
        ("B04", "10.00"),
    ]
    assert "RV109" in told  # nothing was computed in this file


def test_the_screen_has_totals_grades_and_codes(command: Command, reviewed: Path) -> None:
    code, said, _ = command("review", "grade", str(reviewed))
    assert code == 0
    for word in ("甲项目", "94.00", "70.00", "30.00%", "优 1", "中 1", "B03-3", "没有材料"):
        assert word in said


def test_projects_of_one_name_are_told_apart_on_the_screen(
    command: Command, tmp_path: Path
) -> None:
    """By their offices; two workpapers of one project by their files."""
    terms = perfeval.load_review_profile("review-firm-sample")
    text = SHEET.format(name="设备购置")
    for at, office in enumerate(("水务局", "教育局", "教育局"), 1):
        report = perfeval.evaluate(f"主管部门: {office}\n{text}")
        paper = workpaper_workbook([perfeval.review_workpaper(report, terms)])
        (tmp_path / f"{at}.xlsx").write_bytes(paper)
    files = [str(tmp_path / f"{at}.xlsx") for at in (1, 2, 3)]
    _, said, _ = command("review", "grade", *files)
    lines = [line.split("  ")[0] for line in said.splitlines() if "设备购置（" in line]
    assert lines == [
        "设备购置（水务局）",
        f"设备购置（教育局）（{files[1]}）",
        f"设备购置（教育局）（{files[2]}）",
    ]


@pytest.mark.parametrize("ending", ["xlsx", "html", "csv", "json"])
def test_it_is_written_in_four_formats(command: Command, reviewed: Path, ending: str) -> None:
    out = reviewed.with_name(f"评定.{ending}")
    assert command("review", "grade", str(reviewed), "-o", str(out))[0] == 0
    raw = out.read_bytes()
    if ending == "xlsx":
        book = openpyxl.load_workbook(BytesIO(raw))
        texts = {str(cell.value) for sheet in book for row in sheet for cell in row}
        assert {"甲项目", "B03-3", "70", "70.0"} & texts >= {"甲项目", "B03-3"}
    else:
        assert "甲项目" in raw.decode("utf-8-sig")


def test_a_page_without_deductions_says_so(command: Command, tmp_path: Path) -> None:
    """A heading with nothing below it is what must never be."""
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(workpaper("甲项目"))
    page = tmp_path / "评定.html"
    assert command("review", "grade", str(path), "-o", str(page))[0] == 0
    assert "没有扣分。" in page.read_text("utf-8").split("按代码的扣分")[1]


def test_a_typed_deduction_counts_before_the_formula(command: Command, tmp_path: Path) -> None:
    """覆盖率: 5 as typed, where 30 % of 30 would be 9: it counts, and is told."""
    path = tmp_path / "底稿.xlsx"
    cells: dict[str, str | Decimal] = {"N8": Decimal(5), "O8": "B03-3", "P8": "写得不清"}
    path.write_bytes(filled(workpaper("甲项目"), cells, 2))
    _, said, told = command("review", "grade", str(path), "--json")
    assert json.loads(said)["projects"][0]["rows"][2]["points"] == "25.00"
    assert "RV103" in told


def test_a_deduction_that_is_a_formula_of_the_reviewer_counts_or_is_said(
    command: Command, tmp_path: Path
) -> None:
    """覆盖率 loses 30 × 20 % = 6 where the result is stored; without one nothing can be read."""
    path = tmp_path / "底稿.xlsx"
    book = parts(workpaper("甲项目"))
    name = "xl/worksheets/sheet2.xml"
    own = "<f>G{0}*0.2</f>{1}</c>"
    for row, value in ((8, "<v>6</v>"), (9, "")):
        cell = rf'(<c r="N{row}"[^>]*?)( t="\w+")?>.*?</c>'
        book[name] = re.sub(cell, rf"\1>{own.format(row, value)}", book[name], flags=re.DOTALL)
    path.write_bytes(packed(book))
    _, said, told = command("review", "grade", str(path), "--json")
    rows = json.loads(said)["projects"][0]["rows"]
    assert [row["cut"] for row in rows] == ["0", "0", "6", "0"]
    assert "RV112" in told
    assert "项目1!N9" in told
    assert "“满意度”的扣分是公式，没有存计算结果，没有读" in told
    assert "“覆盖率”的扣分是公式" not in told


def test_a_workpaper_without_a_word_is_the_points_by_the_rule(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(workpaper("甲项目", "乙项目"))
    code, said, told = command("review", "grade", str(path), "--json")
    assert code == 0
    assert [one["total"] for one in json.loads(said)["projects"]] == ["94.00", "94.00"]
    assert told == ""


def test_a_program_that_stores_no_results_changes_nothing(command: Command, reviewed: Path) -> None:
    """Openpyxl writes formulas without values, and shared ones as it read them."""
    book = openpyxl.load_workbook(reviewed)
    book["项目1"]["N7"] = 2
    book["项目1"]["O7"] = "B07"
    book.save(reviewed)
    _, said, _ = command("review", "grade", str(reviewed), "--json")
    rows = json.loads(said)["projects"][0]["rows"]
    assert [row["points"] for row in rows] == ["9.00", "38.00", "21.00", "0.00"]


# -- what is wrong -----------------------------------------------------------------------------


def test_an_altered_cell_is_named_and_does_not_count(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(filled(workpaper("甲项目"), {"G7": Decimal(40), "C8": "别的"}, 2))
    code, said, told = command("review", "grade", str(path), "--json")
    assert code == 0
    assert json.loads(said)["projects"][0]["total"] == "94.00"
    assert "项目1!G7" in told
    assert "权重由“50”改成“40”" in told
    assert "项目1!C8" in told


def test_a_result_that_was_typed_over_is_named(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    book = parts(workpaper("甲项目"))
    name = "xl/worksheets/sheet2.xml"
    book[name] = re.sub(r'(<c r="K7"[^>]*>)<f>.*?</f><v>[^<]*</v>', r"\1<v>50</v>", book[name])
    path.write_bytes(packed(book))
    _, _, told = command("review", "grade", str(path))
    assert "RV109" in told
    assert "显示 50，重新计算是 45.00" in told


def test_rows_that_are_gone_or_new_are_said(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    book = parts(workpaper("甲项目"))
    name = "xl/worksheets/sheet2.xml"
    book[name] = re.sub(r'<row r="8".*?</row>', "", book[name], flags=re.DOTALL)
    added = '<row r="40"><c r="C40" t="str"><v>加的一行</v></c></row></sheetData>'
    book[name] = book[name].replace("</sheetData>", added)
    path.write_bytes(packed(book))
    _, _, told = command("review", "grade", str(path))
    assert "“覆盖率”这一行不见了" in told
    assert "第 40 行" in told


@pytest.mark.parametrize("is_inserted", [True, False])
def test_a_sheet_whose_columns_were_moved_is_not_read(
    command: Command, tmp_path: Path, is_inserted: bool
) -> None:
    """Else 自评得分 would be read as 复核完成值; the mark moves with its hidden column."""
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(workpaper("甲项目", "乙项目"))
    book = openpyxl.load_workbook(path)
    sheet = book["项目1"]
    if is_inserted:
        sheet.insert_cols(3)
    else:
        sheet.delete_cols(4)
    for column in range(len(COLUMNS) + (1 if is_inserted else -1), sheet.max_column):
        name = get_column_letter(column + 1)
        look = ColumnDimension(sheet, index=name, hidden=True)
        sheet.column_dimensions[name] = look
    book.save(path)
    code, said, told = command("review", "grade", str(path), "--json")
    assert code == 2
    assert [one["project"] for one in json.loads(said)["projects"]] == ["乙项目"]
    assert "“甲项目”的列被插入、删去或移动了" in told


@pytest.mark.parametrize("change", ["data", "digest", "sheet"])
def test_what_is_carried_must_be_whole(command: Command, tmp_path: Path, change: str) -> None:
    path = tmp_path / "底稿.xlsx"
    book = parts(workpaper("甲项目"))
    if change == "data":
        book["xl/workbook.xml"] = book["xl/workbook.xml"].replace("perfeval-data", "别的")
    elif change == "digest":
        name = "xl/sharedStrings.xml"
        book[name] = re.sub("(校验.{0,20}?)[0-9a-f]{8}", r"\g<1>00000000", book[name], count=1)
    else:
        name = "xl/worksheets/sheet2.xml"
        book[name] = re.sub(r"<row .*</row>", "", book[name], flags=re.DOTALL)
    path.write_bytes(packed(book))
    code, _, told = command("review", "grade", str(path))
    assert code == 2
    assert ("RV108" if change == "sheet" else "RV110") in told


@pytest.mark.parametrize("row", ["--1", "9" * 5000, "", "甲"])
def test_a_finding_of_no_row_is_carried_all_the_same(
    command: Command, tmp_path: Path, row: str
) -> None:
    """A digest keeps nobody from writing what he likes."""
    paper = perfeval.review_workpaper(perfeval.evaluate(SHEET.format(name="甲项目")))
    found = (RowFinding(cast("int", row), "VA202", "没有数"),)
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(workpaper_workbook([replace(paper, findings=found)]))
    assert command("review", "grade", str(path)).code == 0


@pytest.mark.parametrize(
    "content", [b"", b"PK", "项目名称: 甲\n".encode(), b"\x00" * 600, b"%PDF-1.4"]
)
def test_a_file_that_is_no_workpaper_is_said(
    command: Command, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(content)
    code, _, told = command("review", "grade", str(path))
    assert code == 2
    assert "RV110" in told


def test_a_file_that_is_not_there_hinders_no_other(command: Command, reviewed: Path) -> None:
    code, said, told = command("review", "grade", str(reviewed), "没有.xlsx")
    assert code == 2
    assert "70.00" in said
    assert "没有.xlsx" in told


def test_another_workbook_of_ours_is_no_workpaper(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "填报表.xlsx"
    command("form", REAL, "-o", str(path))
    assert command("review", "grade", str(path))[0] == 2


@pytest.mark.parametrize("name", ["score", "check"])
def test_a_workpaper_is_no_sheet(command: Command, reviewed: Path, name: str) -> None:
    """Its columns are those of a sheet, and its points are nobody's filing."""
    code, said, told = command(name, str(reviewed))
    assert code == 2
    assert "是复核底稿，不是自评表" in said + told
    assert "review grade" in said + told


def test_one_fault_has_one_ratio_in_the_files_of_a_batch(command: Command, tmp_path: Path) -> None:
    paths = []
    for name, cut in (("甲", 9), ("乙", 9), ("丙", 18)):
        cells: dict[str, str | Decimal] = {"N8": Decimal(cut), "O8": "Y04", "P8": "无法考核"}
        raw = workpaper(f"{name}项目", profile="review-reasons")
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(filled(raw, cells, 2))
    _, _, told = command("review", "grade", *map(str, paths))
    assert told.count("RV104") == 1
    assert "丙.xlsx" in next(line for line in told.splitlines() if "RV104" in line)


@pytest.mark.parametrize("word", ["两分", "1，5", "1e3", "=1"])
def test_a_deduction_that_is_no_number_is_said(command: Command, tmp_path: Path, word: str) -> None:
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(filled(workpaper("甲项目"), {"N8": word}, 2))
    _, said, told = command("review", "grade", str(path), "--json")
    assert "RV112" in told
    assert json.loads(said)["projects"][0]["total"] == "94.00"


def test_what_is_wrong_with_a_word_is_told_in_its_own_cell(
    command: Command, tmp_path: Path
) -> None:
    """Not in that of 扣分, which is N."""
    book = openpyxl.load_workbook(BytesIO(workpaper("甲项目")))
    rows = book["项目1"]["A1:Z6"]
    heads = {cell.value: get_column_letter(cell.column) for row in rows for cell in row}
    actual, judged = heads["复核完成值"], heads["复核评定"]
    cells: dict[str, str | Decimal] = {f"{actual}8": "还行", f"{judged}8": Decimal(99)}
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(filled(workpaper("甲项目"), cells, 2))
    _, _, told = command("review", "grade", str(path))
    lines = told.splitlines()
    assert any("RV111" in line and f"!{actual}8" in line for line in lines), told
    assert any("RV112" in line and f"!{judged}8" in line for line in lines), told


# -- the report --------------------------------------------------------------------------------

REPORT = """\
甲项目自评得分100分，复核得分为{score}分，复核等级为“{grade}”，偏离度{deviation}%。
"""


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        (("70", "中", "30.00"), ()),
        (("70.0", "中", "30"), ()),
        (("72", "中", "30.00"), ("复核得分，报告写 72，底稿是 70",)),
        (("70", "良", "28"), ("复核等级，报告写 良，底稿是 中", "偏离度，报告写 28")),
    ],
)
def test_the_figures_of_the_report_are_those_of_the_workpaper(
    command: Command, reviewed: Path, figures: tuple[str, str, str], wrong: tuple[str, ...]
) -> None:
    report = reviewed.with_name("报告.txt")
    score, grade, deviation = figures
    text = REPORT.format(score=score, grade=grade, deviation=deviation)
    report.write_text(text, encoding="utf-8")
    code, said, told = command("review", "grade", str(reviewed), "--report", str(report))
    assert code == 0
    assert "核对了 4 处" in said
    assert told.count("RV113") == len(wrong)
    assert all(one in told for one in wrong)


@pytest.mark.parametrize(
    ("said", "wrong"), [("-5.56", 0), ("－5.56", 0), ("−5.6", 0), ("5.56", 1), ("-5.65", 1)]
)
def test_a_review_above_what_was_filed_has_a_negative_deviation(
    command: Command, tmp_path: Path, said: str, wrong: int
) -> None:
    """All of the budget is spent: 10 + 45 + 30 + 10 = 95 of 90 as filed, −5 ÷ 90 = −5.56 %."""
    report = tmp_path / "报告.txt"
    report.write_text(f"甲项目的偏离度为{said}%。", encoding="utf-8")
    text = SHEET.format(name="甲项目").replace("总分: 100", "总分: 90")
    raw = workpaper_workbook([perfeval.review_workpaper(perfeval.evaluate(text))])
    path = tmp_path / "底稿.xlsx"
    cells: dict[str, str | Decimal] = {"J6": Decimal(100), "P6": "补记了 10"}
    path.write_bytes(filled(raw, cells, 2))
    _, out, told = command("review", "grade", str(path), "--report", str(report))
    assert "核对了 1 处" in out
    assert told.count("RV113") == wrong


@pytest.mark.parametrize(
    ("said", "wrong"), [("合格", 0), ("不合格", 1), ("良", 1), ("较差", 1), ("及格", None)]
)
def test_the_grades_of_a_report_are_those_of_the_rulebook(
    command: Command, reviewed: Path, said: str, wrong: int | None
) -> None:
    """In Shanghai 60 to 75 points are 合格; what is no grade at all is not compared."""
    text = SHEET.format(name="甲项目").replace("mof-2020", "shanghai")
    terms = perfeval.load_review_profile("review-firm-sample")
    raw = workpaper_workbook([perfeval.review_workpaper(perfeval.evaluate(text), terms)])
    cells: dict[str, str | Decimal] = {"J7": "8个", "O8": "B03-3", "O9": "B04"}
    reviewed.write_bytes(filled(raw, cells, 2))
    report = reviewed.with_name("报告.txt")
    report.write_text(f"甲项目复核等级为“{said}”。", encoding="utf-8")
    _, out, told = command("review", "grade", str(reviewed), "--report", str(report))
    assert f"核对了 {0 if wrong is None else 1} 处" in out
    assert told.count("复核等级，报告写") == (wrong or 0)


@pytest.mark.parametrize(("said", "wrong"), [("较差", 0), ("差", 0), ("较好", 1), ("好", 1)])
def test_a_grade_in_a_table_may_be_written_longer(
    command: Command, tmp_path: Path, said: str, wrong: int
) -> None:
    """40 of 100 points: 差, also written 较差."""
    cells: dict[str, str | Decimal] = {f"O{row}": "B01" for row in (7, 9)}
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(filled(workpaper("甲项目"), cells, 2))
    report = tmp_path / "报告.html"
    rows = (("项目名称", "复核等级"), ("甲项目", said))
    cells_of = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    report.write_text(f"<html><body><table>{cells_of}</table></body></html>", encoding="utf-8")
    _, out, told = command("review", "grade", str(path), "--report", str(report))
    assert "核对了 1 处" in out
    assert told.count("RV113") == wrong


def test_a_table_of_a_report_is_compared_row_by_row(command: Command, reviewed: Path) -> None:
    report = reviewed.with_name("报告.html")
    cells = "".join(
        f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>"
        for row in (("项目名称", "自评得分", "复核得分（分）"), ("甲项目", "100", "71"))
    )
    report.write_text(f"<html><body><table>{cells}</table></body></html>", encoding="utf-8")
    _, said, told = command("review", "grade", str(reviewed), "--report", str(report))
    assert "核对了 2 处" in said
    assert told.count("RV113") == 1


def test_a_report_without_a_figure_is_no_clean_bill(command: Command, reviewed: Path) -> None:
    report = reviewed.with_name("报告.txt")
    report.write_text("本次复核情况良好。\n", encoding="utf-8")
    _, _, told = command("review", "grade", str(reviewed), "--report", str(report))
    assert "没有找到可以与底稿核对的数" in told


def test_a_cut_package_is_refused(command: Command, reviewed: Path) -> None:
    raw = reviewed.read_bytes()
    reviewed.write_bytes(raw[: len(raw) // 2])
    assert command("review", "grade", str(reviewed))[0] == 2
    assert zipfile.is_zipfile(BytesIO(raw))
