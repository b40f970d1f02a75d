"""A form that perfeval made comes back filled, whatever was done to it (issue 13)."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval
from perfeval import ReadTable, evaluate, load_rulebook, read
from perfeval.documents.workbook import form_workbook
from tests.documents.form.test_other_layout import SHEET
from tests.documents.workbook.spreadsheets import needs_office
from tests.reading.test_restoring import SAID_OF_A_FILE, bare

QINGSHAN = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
TYPED: dict[str, Any] = {
    "C3": 2024,
    "C4": "县水务局",
    "C9": "河道清淤",
    "C11": "1、部门预算项目 ☑\u30002、区级专项 □\u30003、上级转移支付项目 □",
    "D15": 120,
    "E15": 98.5,
    "D17": "清淤长度",
    "E17": "42（3）公里",
    "F17": "36（2）公里",
    "J17": "≥",
    "K17": 42,
    "L17": 36,
    "D19": "合格率",
    "E19": "98%",
    "F19": "97.5%",
    "I19": 8.5,
    "M19": 8,
    "C36": "雨季停工",
}
READ: dict[str, Any] = {
    "评分办法": "hubei-2020",
    "年度": 2024,
    "项目名称": "河道清淤",
    "部门名称": "县水务局",
    "项目类别": "部门预算项目",
    "金额单位": "万元",
    "预算": {"预算数": 120, "执行数": Decimal("98.5")},
    "指标": [
        {
            "一级指标": "产出指标",
            "二级指标": "数量指标",
            "名称": "清淤长度",
            "分值": 10,
            "符号": "≥",
            "目标值": {"值": 42, "文本": "42（3）公里"},
            "完成值": {"值": 36, "文本": "36（2）公里"},
        },
        {
            "一级指标": "产出指标",
            "二级指标": "质量指标",
            "名称": "合格率",
            "分值": Decimal("8.5"),
            "目标值": "98%",
            "完成值": "97.5%",
            "已填报得分": 8,
        },
    ],
    "原因分析": "雨季停工",
}


def form_of(source: Any) -> bytes:
    report = evaluate(source)
    assert report.rulebook is not None
    return form_workbook(report.rulebook, report.sheet)


def edited(workbook: bytes, change: Callable[[Any], None]) -> bytes:
    """Change a form in a program that stores no results of formulas."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    change(book["自评表"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def typed(page: Any) -> None:
    for place, value in TYPED.items():
        page[place] = value


def table_of(workbook: bytes, rulebook: str | None = None) -> ReadTable:
    (table,) = read(workbook, name="自评表.xlsx", rulebook=rulebook).tables
    return table


def said(table: ReadTable) -> str:
    return "\n".join(map(str, (*table.assumptions, *table.unread)))


@cache
def qingshan_form() -> bytes:
    return form_of(QINGSHAN)


@cache
def blank_form() -> bytes:
    return form_workbook(load_rulebook("hubei-2020"))


def assert_comes_back(source: Any, more: dict[str, Any] | None = None) -> None:
    """Let a sheet come back from its form as it was, but for what is never carried."""
    report = evaluate(source)
    table = table_of(form_of({**source, **more} if more else source))
    again = evaluate(table.data, rulebook=report.rulebook)
    assert bare(again.sheet) == bare(report.sheet)
    assert table.unread == ()


def test_qingshan_comes_back_from_its_form_with_its_points() -> None:
    """98.46 = 36.46 measured + 62 claimed; what the form computes was not filed by anybody."""
    table = table_of(qingshan_form())
    card = evaluate(table.data).scorecard
    assert card is not None
    assert [str(card.total), str(card.measured)] == ["98.46", "36.46"]
    assert str(table.place_of(("指标", 5, "完成值"))) == "自评表!F22"
    assert_comes_back(QINGSHAN)


@pytest.mark.parametrize("book", ["beijing", "hebei", "national-system"])
def test_a_sheet_comes_back_from_its_form(book: str) -> None:
    assert_comes_back({"评分办法": book, **SHEET})


@pytest.mark.parametrize("said_of_a_file", SAID_OF_A_FILE)
def test_a_sheet_that_was_read_from_a_file_comes_back_from_its_form(
    said_of_a_file: dict[str, Any],
) -> None:
    assert_comes_back({"评分办法": "hubei-2020", **SHEET}, said_of_a_file)


@pytest.mark.slow
@pytest.mark.parametrize("book", perfeval.rulebook_ids())
def test_a_sheet_of_every_rulebook_comes_back_from_its_form(book: str) -> None:
    assert_comes_back({"评分办法": book, **SHEET})


def test_an_empty_form_holds_no_sheet_but_says_its_rulebook() -> None:
    table = table_of(blank_form())
    assert table.data == {"评分办法": "hubei-2020", "金额单位": "万元"}
    assert said(table) == ""


def test_what_was_typed_into_an_empty_form_is_read_and_nothing_else() -> None:
    """8.5 is shown as it is; points, rates and sums without stored results are left out."""
    document = read(edited(blank_form(), typed), name="自评表.xlsx")
    (table,) = document.tables
    assert perfeval.load_sheet(table.data) == perfeval.load_sheet(READ)
    assert said(table) == ""
    assert any("没有存结果" in note.message for note in document.remarks)


def test_rows_inserted_and_deleted_and_cells_that_are_not_merged_any_more() -> None:
    def changed(page: Any) -> None:
        typed(page)
        for area in list(page.merged_cells.ranges):
            page.unmerge_cells(str(area))
        page.data_validations.dataValidation.clear()
        page.insert_rows(19)
        for place, value in {"D19": "涵洞", "E19": "10个", "F19": "9个", "I19": 3}.items():
            page[place] = value
        page.delete_rows(33)

    table = table_of(edited(blank_form(), changed))
    first, last = READ["指标"]
    culvert = {**first, "名称": "涵洞", "分值": 3, "目标值": "10个", "完成值": "9个"}
    del culvert["符号"]
    rows = [first, culvert, last]
    assert perfeval.load_sheet(table.data) == perfeval.load_sheet({**READ, "指标": rows})
    assert table.unread == ()


def test_more_cells_that_are_merged_say_no_more_than_one_row() -> None:
    """A target over two rows belongs to none of them, which is said."""

    def merged(page: Any) -> None:
        typed(page)
        page["D18"] = "桥涵"
        page.merge_cells("E17:E18")

    table = table_of(edited(blank_form(), merged))
    assert "这一格管好几行，没有读：42（3）公里" in said(table)
    assert all("文本" not in str(row.get("目标值")) for row in table.data["指标"][:2])


def test_a_cell_that_was_changed_counts_before_what_is_carried() -> None:
    def changed(page: Any) -> None:
        page["F22"] = "30"
        page["E18"] = "45（3）"

    table = table_of(edited(qingshan_form(), changed))
    rows = table.data["指标"]
    assert rows[5]["完成值"] == "30"
    assert rows[1]["目标值"] == "45（3）"
    assert "“目标值”改过" in said(table)


def test_points_typed_over_their_formula_are_said_and_not_taken_for_filed() -> None:
    def changed(page: Any) -> None:
        page["G22"] = 2
        page["G38"] = 100

    table = table_of(edited(qingshan_form(), changed))
    assert "“得分”有 1 格不是公式，没有读" in said(table)
    assert str(table.data["指标"][5]["已填报得分"]) == "2"
    assert bare(evaluate(table.data).sheet) == bare(evaluate(QINGSHAN).sheet)


def test_a_whole_number_beside_the_form_must_be_one_and_yes_is_yes() -> None:
    def wrong(page: Any) -> None:
        typed(page)
        page["K17"] = "四十二"

    assert "计分用的数看不懂，没有读：四十二" in said(table_of(edited(blank_form(), wrong)))


def with_data(workbook: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Change what a form carries, as whoever shows its hidden sheets can."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    page = book["perfeval-data"]
    data = json.loads("".join(str(row[0].value) for row in page.iter_rows()))
    change(data)
    text = json.dumps(data, ensure_ascii=False)
    for row in range(1, page.max_row + 1):
        page.cell(row, 1).value = text if row == 1 else None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def hidden_in(workbook: bytes) -> list[str]:
    return [part.name for part in read(workbook, name="自评表.xlsx").unread]


def with_hidden(workbook: bytes, name: str) -> bytes:
    """Put a sheet of somebody's own into a workbook, and hide it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    page: Any = book.create_sheet(name)
    page["A1"], page.sheet_state = "去年的数", "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_hidden_sheets_of_a_form_are_no_remark_and_those_of_others_are() -> None:
    """They compute; that holds for a form whose data are refused, and for one without any."""
    report = evaluate(QINGSHAN)
    assert report.rulebook is not None
    bare_form = form_workbook(report.rulebook, report.sheet, data=False)
    refused = with_data(qingshan_form(), lambda data: data.update({"附带数据": 99}))
    for workbook in (qingshan_form(), blank_form(), bare_form, refused):
        assert hidden_in(workbook) == []
        assert hidden_in(with_hidden(workbook, "旧表")) == ["旧表"]
    other = openpyxl.Workbook()
    other.active.title = "附表"  # type: ignore[union-attr]
    stream = io.BytesIO()
    other.save(stream)
    assert hidden_in(with_hidden(stream.getvalue(), "计算")) == ["计算"]


def test_what_has_no_cell_is_not_said_to_be_looked_at_in_one() -> None:
    refused = with_data(qingshan_form(), lambda data: data.update({"附带数据": 99}))
    said = [one for one in evaluate(refused).findings if "附带的数据看不懂" in one.message]
    assert [(one.code, one.hint) for one in said] == [("RD103", "请与原件核对")]


def test_a_form_of_another_version_of_its_rulebook_says_so() -> None:
    def older(data: dict[str, Any]) -> None:
        data["评分办法"] |= {"版本": "0", "校验": "000000000000"}

    table = table_of(with_data(qingshan_form(), older))
    assert "hubei-2020 的版本 0（000000000000） 做的，现在的是 1（" in said(table)


@pytest.mark.parametrize(
    ("key", "value"),
    [("填报表", 2), ("附带数据", 9), ("评分办法", "x"), ("所见", {"格": [[1, 2]]})],
)
def test_carried_data_that_is_not_ours_is_not_used(key: str, value: Any) -> None:
    table = table_of(with_data(qingshan_form(), lambda data: data.update({key: value})))
    assert "没有用；各格按表上的读" in said(table)


def test_carried_values_never_stand_in_for_those_that_are_shown() -> None:
    """A hidden actual that the form does not show is not taken."""

    def better(data: dict[str, Any]) -> None:
        data["自评表"]["指标"][5]["完成值"] = 32

    table = table_of(with_data(qingshan_form(), better))
    assert table.data["指标"][5]["完成值"] == "26"


WORDS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6)
ROWS = st.lists(
    st.tuples(
        WORDS,
        st.decimals(1, 9999, places=2, allow_nan=False),
        st.sampled_from(["", "个", "%", "公里", "（3）"]),
        st.sampled_from(["≥", "≤", None]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[0],
)


def assert_rows_come_back(rows: list[Any]) -> None:
    sheet = {
        **{key: READ[key] for key in ("评分办法", "年度", "项目名称", "部门名称", "预算")},
        "指标": [
            {
                "一级指标": "产出指标",
                "二级指标": "数量指标",
                "名称": name,
                "分值": 2,
                "目标值": f"{number}{unit}",
                "完成值": f"{number}{unit}" if has_actual else None,
                **({"符号": sign} if sign else {}),
            }
            for name, number, unit, sign, has_actual in rows
        ],
    }
    assert_comes_back(sheet)


@settings(max_examples=3, deadline=None)
@given(ROWS)
def test_read_of_a_form_is_the_sheet(rows: list[Any]) -> None:
    assert_rows_come_back(rows)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_read_of_many_forms_is_the_sheet(rows: list[Any]) -> None:
    assert_rows_come_back(rows)


@needs_office
@pytest.mark.slow
def test_forms_that_another_program_saved_come_back(tmp_path: Path) -> None:
    """LibreOffice computes and saves a filled form, one of a sheet, and one without results."""
    books = {"typed": edited(blank_form(), typed), "own": qingshan_form()}
    paths = []
    for name, raw in books.items():
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(raw)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office = shutil.which("soffice")
    assert office is not None
    target = tmp_path / "out"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    first, second = (table_of((target / path.name).read_bytes()) for path in paths)
    assert perfeval.load_sheet(first.data) == perfeval.load_sheet(READ)
    assert bare(evaluate(second.data).sheet) == bare(evaluate(QINGSHAN).sheet)
    assert first.unread == second.unread == ()
