"""汇总表: every figure is that of its sheet, every sum is live, and what is missing stays blank."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import RenderError, Scorecard
from perfeval.documents.archive import pack
from perfeval.documents.department.summary_list import summary_workbook
from tests.documents.findings.test_excel_list import (
    _CSV,
    FORMULAS,
    S,
    audit,
    cells,
    contents,
    convert,
    needs_office,
    part,
    sheet,
)
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT
from tests.published.test_published import TABLES, scored

HUBEI = perfeval.load_rulebook("hubei-2020")
FIRST = 4
"""The index of the first project's row."""


@cache
def shipped() -> tuple[Scorecard, ...]:
    reports = perfeval.evaluate_department("shipped:qingshan-2023").sheets
    return tuple(report.scorecard for report in reports if report.scorecard is not None)


@cache
def real() -> bytes:
    return summary_workbook("青山区民政局", "2023", "万元", shipped())


def published() -> list[Scorecard]:
    return [scored(position) for position in range(len(TABLES))]


def made(*rows: dict[str, Any], **fields: Any) -> Scorecard:
    data = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", "预算": FULL, **fields}
    return perfeval.score(perfeval.load_sheet({**data, "指标": list(rows)}), HUBEI)


def whole(**fields: Any) -> Scorecard:
    return made(OUTPUT, BENEFIT, CLIENTS, **fields)


def spent(planned: str | None, amount: str | None, **fields: Any) -> Scorecard:
    return whole(预算={"预算数": planned, "执行数": amount}, **fields)


def book(*cards: Scorecard, unit: str = "万元") -> bytes:
    return summary_workbook("甲局", "2023", unit, cards)


def headings(written: bytes) -> list[str]:
    upper, lower = contents(written)[2:4]
    return [below or above for above, below in zip(upper, lower, strict=True)]


def table(written: bytes) -> list[dict[str, str]]:
    """Return the rows of projects and of their sum, by the headings of their columns."""
    names = headings(written)
    rows = [dict(zip(names, row, strict=True)) for row in contents(written)[FIRST:]]
    end = next(at for at, row in enumerate(rows) if row["序号"] == "合计")
    return rows[: end + 1]


def notes(written: bytes) -> list[str]:
    return [row[0] for row in contents(written)[FIRST + len(table(written)) :]]


def formulas(written: bytes) -> dict[str, tuple[str, str]]:
    """Return every formula with its cached value, by its cell."""
    found = {}
    for cell in sheet(written).iter(f"{S}c"):
        formula = cell.findtext(f"{S}f")
        if formula is not None:
            found[cell.attrib["r"]] = formula, cell.findtext(f"{S}v") or ""
    return found


def number_formats(written: bytes) -> list[str]:
    styles = ET.fromstring(part(written, "xl/styles.xml"))
    return [item.attrib["formatCode"] for item in styles.iter(f"{S}numFmt")]


def test_the_title_names_year_and_department_and_the_unit_stands_above_the_table() -> None:
    title, units = contents(real())[:2]
    assert title[0] == "2023年度青山区民政局绩效自评汇总表"
    assert (units[0], units[-1]) == ("填报单位：青山区民政局", "金额单位：万元")


def test_the_columns_are_those_of_the_sections_that_occur() -> None:
    assert headings(real()) == [
        "序号",
        "项目名称",
        "年初预算数",
        "全年预算数",
        "执行数",
        "执行率",
        "预算执行得分",
        "产出指标",
        "效益指标",
        "满意度指标",
        "总分",
        "等级",
        "有据可算",
        "依填报认定",
        "已填报总分",
        "差额",
        "备注",
    ]
    cost = {**BENEFIT, "一级指标": "成本指标", "二级指标": "经济成本指标"}
    assert "成本指标" in headings(book(made(OUTPUT, cost)))
    assert "满意度指标" not in headings(book(made(OUTPUT, cost)))


def test_a_project_s_code_has_a_column_where_there_is_one() -> None:
    """It identifies a project whose name changed, stated apart or printed before the name."""
    code, other = "51092324T000010263357", "51092324T000010263358"
    cards = whole(项目名称=f"{code}-甲"), whole(项目名称="乙", 项目编码=other), whole(项目名称="丙")
    rows = table(book(*cards))
    assert [row["项目编码"] for row in rows[:3]] == [code, other, ""]
    assert "项目编码" not in headings(real())


def test_each_project_is_a_row_in_the_order_of_its_sheet() -> None:
    rows = table(real())[:-1]
    assert [row["序号"] for row in rows] == [str(number) for number in range(1, 20)]
    assert [row["项目名称"] for row in rows] == [card.sheet.name for card in shipped()]
    row = rows[6]
    assert row.pop("执行率").startswith("0.98672573249397")
    assert row == {
        "序号": "7",
        "项目名称": "养老服务体系建设运营补助资金",
        "年初预算数": "",
        "全年预算数": "1286.7",
        "执行数": "1269.62",
        "预算执行得分": "19.73",
        "产出指标": "38.73",
        "效益指标": "20.00",
        "满意度指标": "20.00",
        "总分": "98.46",
        "等级": "优",
        "有据可算": "36.46",
        "依填报认定": "62.00",
        "已填报总分": "100",
        "差额": "1.54",
        "备注": "",
    }


def test_what_a_sheet_does_not_have_is_blank_and_never_nought() -> None:
    row = next(row for row in table(real()) if row["项目名称"] == "残疾人补贴")
    assert {name for name, text in row.items() if text} == {"序号", "项目名称", "备注"}
    assert row["备注"] == "未计分：未公布指标；未填预算数；未填执行数"
    assert book(spent(None, None)).count(b"<v>0</v>") == 0


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    for row in cells(real())[FIRST : FIRST + 19]:
        kinds = [kind for kind, _ in row]
        assert kinds[0] == "n"
        assert kinds[1] == "s"
        assert set(kinds[2:5]) <= {"n", ""}
        assert set(kinds[6:11]) <= {"n", ""}


def test_the_last_row_adds_up_the_amounts_with_live_formulas() -> None:
    last = table(real())[-1]
    amounts = [
        (card.sheet.budget.original, card.sheet.budget.final, card.sheet.budget.spent)
        for card in shipped()
    ]
    sums = [
        sum(item for item in column if item is not None) for column in zip(*amounts, strict=True)
    ]
    found = [Decimal(last[name]) for name in ("年初预算数", "全年预算数", "执行数")]
    assert found == sums == [Decimal("253.58"), Decimal("11105.15"), Decimal("10949.91")]
    assert formulas(real())["D24"] == ('IF(COUNT(D5:D23)>0,SUM(D5:D23),"")', "11105.15")
    assert [last[name] for name in ("总分", "有据可算", "差额")] == ["", "", ""]


def test_a_sum_of_nothing_is_blank() -> None:
    last = table(book(spent("100", "50")))[-1]
    assert (last["年初预算数"], last["全年预算数"]) == ("", "100")


def test_the_rate_of_the_sums_counts_only_what_compares() -> None:
    written = book(
        spent("100", "50"),
        spent("300", None),
        spent(None, "7"),
        whole(预算={"年初预算数": 100, "执行数": 100}),
    )
    assert Decimal(table(written)[-1]["执行率"]) == Decimal("0.75")
    assert (
        "3. 合计的执行率只计预算数、执行数都有的 2 个项目：执行数 150万元 ÷ 预算数 200万元；"
        in ("".join(notes(written)))
    )


def test_a_rate_is_a_formula_of_its_own_row() -> None:
    found = formulas(book(spent("3", "2"), spent("0", "0"), spent("3", None)))
    formula, value = found["F5"]
    assert formula == (
        'IF(ISNUMBER(E5),IF(IF(ISNUMBER(D5),D5,C5)>0,E5/IF(ISNUMBER(D5),D5,C5),""),"")'
    )
    assert value.startswith("0.66666666666666666")
    assert (found["F6"][1], found["F7"][1]) == ("", "")


def test_the_difference_is_a_formula_and_keeps_its_sign() -> None:
    written = book(whole(已填报={"总分": 96}), whole())
    assert formulas(written)["P5"] == ('IF(COUNT(O5,K5)=2,O5-K5,"")', "-4.00")
    assert table(written)[1]["差额"] == ""


def test_a_total_that_is_a_range_is_blank_and_its_bounds_stand_in_the_remark() -> None:
    row = table(book(made(OUTPUT, BENEFIT, {**CLIENTS, "完成值": None})))[0]
    assert (row["总分"], row["有据可算"], row["依填报认定"], row["满意度指标"]) == ("", "", "", "")
    assert row["产出指标"] == "40.00"
    assert "，最低 80.00，最高 100.00" in row["备注"]


def test_amounts_in_another_unit_are_converted_exactly_and_the_remark_says_so() -> None:
    yuan = spent("387664.62", "387664.62", 金额单位="元")
    written = book(yuan, spent("50", "47.6"))
    one, two, last = table(written)
    assert (one["全年预算数"], one["备注"]) == ("38.766462", "原表金额单位为元")
    assert (two["全年预算数"], two["备注"]) == ("50", "")
    assert last["全年预算数"] == "88.766462"
    assert table(book(spent("50.5", "1"), unit="元"))[0]["全年预算数"] == "505000"


def test_the_formats_have_room_for_every_digit() -> None:
    assert number_formats(real()) == ["#,##0.00_ ", "0.00%_ ", "0.00_ "]
    long = spent("387664.62", "387664.62", 金额单位="元")
    assert number_formats(book(long))[0] == "#,##0.00????_ "


def test_a_rate_that_only_comes_near_is_not_shown_as_a_full_one() -> None:
    assert number_formats(book(spent("100000", "99999")))[1] == "0.000%_ "
    assert number_formats(book(spent("100000", "100000")))[1] == "0.00%_ "


def test_a_column_is_wide_enough_for_its_sum() -> None:
    written = book(*[spent("99999999999.99", "1", 金额单位="元")] * 3, unit="元")
    widths = [int(column.attrib["width"]) for column in sheet(written).iter(f"{S}col")]
    assert widths[3] > len("299,999,999,999.97")
    assert int(next(iter(sheet(real()).iter(f"{S}col"))).attrib["width"]) >= 5


def test_the_sheet_of_a_whole_department_is_named_and_not_added() -> None:
    other = spent("1000", "1000", 表种="部门整体支出", 项目名称="甲局整体支出")
    written = book(spent("100", "50"), other)
    assert [row["项目名称"] for row in table(written)] == ["示例", ""]
    assert table(written)[-1]["全年预算数"] == "100"
    assert any("“甲局整体支出”" in note for note in notes(written))


def test_a_sheet_of_another_year_is_named_and_not_added() -> None:
    written = book(spent("100", "50"), spent("1000", "1000", 年度=2022, 项目名称="旧项目"))
    assert table(written)[-1]["全年预算数"] == "100"
    assert any("“旧项目”（2022年度）" in note for note in notes(written))


def test_the_notes_count_totals_and_grades_and_name_the_rulebooks() -> None:
    first, *others = notes(real())
    assert first == "注：1. 共 19 个项目，有总分的 1 个（优 1 个）；没有总分的 18 个，原因见备注。"
    assert f"计分依据：{HUBEI.name}。" in "".join(others)
    assert re.fullmatch(
        "单位负责人：　+财务负责人：　+填表人：　+填表日期：　+年　+月　+日", others[-1]
    )


def test_notes_that_would_say_nothing_are_left_out() -> None:
    full = whole(预算={"年初预算数": 100, "预算数": 100, "执行数": 100})
    assert [note[:5] for note in notes(book(full))] == [
        "注：1. ",
        "　　2. ",
        "　　3. ",
        "单位负责人",
    ]


@pytest.mark.parametrize("unit", ["", "美元", "亿元"])
def test_another_unit_of_money_is_refused(unit: str) -> None:
    with pytest.raises(RenderError, match="金额单位只能是万元或元"):
        book(whole(), unit=unit)


def test_without_a_project_there_is_no_list() -> None:
    for cards in ((), (whole(表种="部门整体支出"),)):
        with pytest.raises(RenderError, match="没有可以汇总的项目自评表"):
            book(*cards)


@pytest.mark.parametrize("text", [*FORMULAS, *HOSTILE])
def test_no_text_becomes_a_formula(text: str, tmp_path: Path) -> None:
    card = whole(项目名称=text)
    written = summary_workbook(text, "2023", "万元", [card])
    shown = card.sheet.name.replace("\n", " ").replace("\t", " ")
    assert cells(written)[FIRST][1] == ("s", shown)
    assert {cell[0] for cell in formulas(written)} == set("CDEFP")
    assert audit(written, tmp_path) == []


def test_a_text_keeps_its_text_when_someone_edits_the_cell() -> None:
    formats = ET.fromstring(part(real(), "xl/styles.xml")).findall(f"{S}cellXfs/{S}xf")
    for row in list(sheet(real()).iter(f"{S}row"))[FIRST : FIRST + 19]:
        for cell in row:
            if cell.get("t") == "s":
                style = formats[int(cell.attrib["s"])]
                assert (style.get("quotePrefix"), style.get("numFmtId")) == ("1", "49")


def test_the_headings_and_the_names_stay_in_sight_and_are_printed_on_every_page() -> None:
    pane = sheet(real()).find(f".//{S}pane")
    assert pane is not None
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("topLeftCell")) == ("2", "4", "C5")
    names = list(ET.fromstring(part(real(), "xl/workbook.xml")).iter(f"{S}definedName"))
    assert [(item.get("name"), item.text) for item in names] == [
        ("_xlnm.Print_Titles", "'绩效自评汇总表'!$3:$4")
    ]


def test_it_is_printed_on_a4_on_its_side_with_page_numbers() -> None:
    setup = sheet(real()).find(f"{S}pageSetup")
    assert setup is not None
    assert setup.attrib == {
        "paperSize": "9",
        "orientation": "landscape",
        "fitToWidth": "1",
        "fitToHeight": "0",
    }
    footer = sheet(real()).find(f"{S}headerFooter/{S}oddFooter")
    assert footer is not None
    assert footer.text == "&C第 &P 页，共 &N 页"


def test_merged_areas_do_not_overlap_and_hide_nothing() -> None:
    written = book(*published())
    filled = {cell.attrib["r"] for cell in sheet(written).iter(f"{S}c") if len(cell)}
    hidden: list[str] = []
    for area in sheet(written).iter(f"{S}mergeCell"):
        ends = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", area.attrib["ref"])
        assert ends is not None
        left, top, right, bottom = ends.groups()
        names = [
            f"{chr(column)}{row}"
            for row in range(int(top), int(bottom) + 1)
            for column in range(ord(left), ord(right) + 1)
        ]
        hidden += names[1:]
        assert not filled & set(names[1:])
    assert len(hidden) == len(set(hidden)) > 0


def test_the_structure_is_clean(tmp_path: Path) -> None:
    for written in (real(), book(*published())):
        assert audit(written, tmp_path) == []


def test_versions_stand_in_the_properties_and_equal_cards_give_equal_bytes() -> None:
    assert summary_workbook("青山区民政局", "2023", "万元", list(shipped())) == real()
    stamp = f"perfeval {perfeval.__version__}; {shipped()[0].stamp}"
    assert stamp in part(real(), "docProps/custom.xml")


# -- LibreOffice -------------------------------------------------------------------------------


def without_values(written: bytes) -> bytes:
    """Return a workbook whose formulas have no cached values, so that they must be computed."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    text = re.sub(r"</f><v>[^<]*</v>", "</f>", members[name])
    assert "</f></c>" in text
    members[name] = text
    return pack(members.items())


def opened(written: bytes, folder: Path) -> list[list[str]]:
    """Return the cells as LibreOffice has them."""
    convert(written, _CSV, folder)
    text = (folder / "list-绩效自评汇总表.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


def same(found: str, wanted: str) -> bool:
    """Tell whether two cells agree to the digits that a spreadsheet computes with."""
    if not found or not wanted or found == wanted:
        return found == wanted
    scale = Decimal("0.01") if found.endswith("%") else 1
    return abs(Decimal(found.removesuffix("%")) * scale - Decimal(wanted)) < Decimal("1e-9")


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("is_computed", [False, True], ids=["as written", "computed anew"])
@pytest.mark.parametrize("unit", ["万元", "元"])
def test_libreoffice_has_the_same_cells(unit: str, is_computed: bool, tmp_path: Path) -> None:
    odd = (spent(None, "7"), spent("0", "0"), whole(预算={"年初预算数": 100}))
    written = book(*shipped(), *published(), *odd, unit=unit)
    found = opened(without_values(written) if is_computed else written, tmp_path)
    for row, wanted in zip(found, contents(written), strict=True):
        assert [pair for pair in zip(row, wanted, strict=True) if not same(*pair)] == []


@pytest.mark.slow
@needs_office
def test_libreoffice_prints_nineteen_projects_on_one_page(tmp_path: Path) -> None:
    convert(real(), "pdf", tmp_path)
    pdf = (tmp_path / "list.pdf").read_bytes()
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page>") == 1
