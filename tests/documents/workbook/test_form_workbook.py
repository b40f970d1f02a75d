"""The form as a workbook: its layout, what may be typed, what it knows, and what it refuses."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval import RenderError, Rulebook, Sheet, load_rulebook, load_sheet, rulebook_ids
from perfeval.cells.signs import Sign
from perfeval.documents.form.table import lay_out
from perfeval.documents.workbook import form_workbook
from perfeval.documents.workbook.help import MOST_HELP
from tests.documents.reading import Seen, covers_exactly_once
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, hostile_sheet
from tests.documents.workbook.spreadsheets import (
    FORM,
    Cells,
    M,
    by_heading,
    known_cells,
    parts,
    read,
)

REAL = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
HUBEI = load_rulebook("hubei-2020")
FORM_XML = "xl/worksheets/sheet1.xml"
FUNCTIONS = {
    "ABS",
    "AND",
    "EXACT",
    "FIND",
    "IF",
    "ISNUMBER",
    "LEFT",
    "LEN",
    "MAX",
    "MID",
    "MIN",
    "MOD",
    "NOT",
    "OR",
    "REPT",
    "RIGHT",
    "ROUND",
    "ROUNDDOWN",
    "ROUNDUP",
    "ROW",
    "SUBSTITUTE",
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
    "TEXT",
    "TRIM",
    "VALUE",
}
"""What a form computes with; WPS and every Excel since 2007 have them."""
TOP = 9
"""The rows above the table of the published sheet: how to fill it in, status, fields, title."""


def audit(workbook: bytes, folder: Path) -> list[str]:
    path = folder / "form.xlsx"
    path.write_bytes(workbook)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def merged(workbook: bytes) -> list[tuple[int, int, int, int]]:
    """Return row, column, rowspan and colspan of the merged areas."""
    found = []
    for node in ET.fromstring(parts(workbook)[FORM_XML]).iter(f"{M}mergeCell"):
        ends = [place(name) for name in node.attrib["ref"].split(":")]
        (top, left), (bottom, right) = ends
        found.append((top, left, bottom - top + 1, right - left + 1))
    return found


def place(name: str) -> tuple[int, int]:
    match = re.fullmatch("([A-Z]+)([0-9]+)", name)
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def checks(workbook: bytes) -> list[dict[str, str]]:
    """Return what may be typed where."""
    return [
        {
            **node.attrib,
            "first": node.findtext(f"{M}formula1", ""),
            "second": node.findtext(f"{M}formula2", ""),
        }
        for node in ET.fromstring(parts(workbook)[FORM_XML]).iter(f"{M}dataValidation")
    ]


def check_of(workbook: bytes, cell: str) -> dict[str, str]:
    (found,) = [check for check in checks(workbook) if cell in re.split("[ :]", check["sqref"])]
    return found


def last_year(**rows: object) -> Sheet:
    return load_sheet(
        {
            "评分办法": "hubei-2020",
            "年度": 2022,
            "项目名称": "示例项目",
            "指标": [
                {**OUTPUT, "目标值": "≥391张"},
                {**BENEFIT, "目标值": "得到提升"},
                {**CLIENTS, "目标值": "95%以上"},
            ],
            **rows,
        }
    )


# -- layout ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", rulebook_ids())
def test_the_form_has_the_grid_of_the_printed_table(name: str) -> None:
    """Cells are merged as in print, and every cell of the table is there once."""
    book = load_rulebook(name)
    card = perfeval.score(REAL, book)
    table = lay_out(card)
    workbook = form_workbook(book, REAL)
    print_area = re.search(r"\$A\$(\d+):", parts(workbook)["xl/workbook.xml"])
    assert print_area is not None
    body = int(print_area[1]) + 1
    expected = {
        (cell.row + body, cell.column, cell.rowspan, cell.colspan)
        for cell in table.cells
        if cell.rowspan * cell.colspan > 1
    }
    end, width = body + len(table.rows), len(table.widths)
    inside = {area for area in merged(workbook) if body <= area[0] < end and area[1] < width}
    assert inside == expected
    seen = [Seen(*cell[:5]) for cell in table.cells]
    assert covers_exactly_once(seen, len(table.rows), width)


def test_the_form_shows_what_the_printed_table_shows() -> None:
    """Filled with the published sheet, its cells read like the table that is printed."""
    shown = read(form_workbook(HUBEI, REAL))[FORM]
    for cell in lay_out(perfeval.score(REAL, HUBEI)).cells:
        name = f"{chr(ord('A') + cell.column)}{cell.row + TOP}"
        value = shown.get(name, "")
        text = cell.text
        assert value == (Decimal(text) if isinstance(value, Decimal) else text), name


@pytest.mark.parametrize("name", rulebook_ids())
def test_an_empty_form_closes_its_weights_and_has_no_total(name: str) -> None:
    book = load_rulebook(name)
    shown = read(form_workbook(book))
    _, rows = known_cells(shown)
    weights = [shown[FORM].get(cells["分值"], Decimal(0)) for cells in rows]
    assert sum(value for value in weights if isinstance(value, Decimal)) == (
        book.weights.full - book.weights.execution
    )
    assert ("未计分" in shown[FORM].values()) is book.weights.scored
    assert not [text for text in shown[FORM].values() if "分值合计" in str(text)]


def test_sections_of_every_division_have_rows() -> None:
    """A form cannot grow, so it offers cost indicators even where most sheets have none."""
    _, rows = known_cells(read(form_workbook(load_rulebook("mof-2021"))))
    shown = read(form_workbook(load_rulebook("mof-2021")))["perfeval"]
    keys = [str(value) for value in shown.values()]
    assert any(key.startswith("成本指标/") for key in keys)
    assert len(rows) > 18


# -- what may be typed -------------------------------------------------------------------------


def unlocked(workbook: bytes) -> set[str]:
    """Return the cells that may be filled in."""
    styles = ET.fromstring(parts(workbook)["xl/styles.xml"]).find(f"{M}cellXfs")
    assert styles is not None
    open_styles = {
        str(at)
        for at, style in enumerate(styles)
        if any(node.get("locked") == "0" for node in style)
    }
    cells = ET.fromstring(parts(workbook)[FORM_XML]).iter(f"{M}c")
    return {cell.attrib["r"] for cell in cells if cell.get("s") in open_styles}


def test_only_cells_to_fill_in_are_open_and_no_password_holds_the_rest() -> None:
    workbook = form_workbook(HUBEI, REAL)
    fields, rows = known_cells(read(workbook))
    cells = {name for row in rows for name in row.values()} | set(fields.values())
    assert cells <= unlocked(workbook)
    formulas = {
        cell.attrib["r"]
        for cell in ET.fromstring(parts(workbook)[FORM_XML]).iter(f"{M}c")
        if cell.find(f"{M}f") is not None
    }
    assert not formulas & unlocked(workbook)
    for at in range(1, 6):
        protection = re.search(
            "<sheetProtection[^>]*>", parts(workbook)[f"xl/worksheets/sheet{at}.xml"]
        )
        assert protection is not None
        assert 'sheet="1"' in protection[0]
        assert "password" not in protection[0]
        assert "hash" not in protection[0].lower()


def test_signs_words_boxes_and_yes_have_drop_downs() -> None:
    workbook = form_workbook(load_rulebook("beijing"), REAL)
    _, rows = known_cells(read(workbook))
    assert check_of(workbook, rows[0]["符号"])["first"] == '"' + ",".join(Sign) + '"'
    assert check_of(workbook, rows[0]["不适用"])["first"] == '"是"'
    words = check_of(workbook, rows[0]["完成值"])
    assert words["type"] == "list"
    assert "showErrorMessage" not in words  # figures may be typed as well
    boxes = form_workbook(HUBEI)
    fields, _ = known_cells(read(boxes))
    span = check_of(boxes, fields["项目类别"])["first"]
    choices = read(boxes)["选项"].values()
    assert span.startswith("选项!")
    assert "1、部门预算项目 □　2、区级专项 ☑　3、上级转移支付项目 □" in choices


def test_amounts_are_not_below_0_and_judged_points_lie_within_the_weight() -> None:
    workbook = form_workbook(HUBEI, REAL)
    fields, rows = known_cells(read(workbook))
    money = check_of(workbook, fields["预算数"])
    assert (money["type"], money["first"], money["showErrorMessage"]) == ("decimal", "0", "1")
    judged = check_of(workbook, rows[0]["已填报得分"])
    assert (judged["first"], judged["second"]) == ("0", f"{FORM}!{rows[0]['分值']}")


@pytest.mark.parametrize("name", rulebook_ids())
def test_help_is_made_of_the_rule_and_fits(name: str) -> None:
    found = checks(form_workbook(load_rulebook(name)))
    for check in found:
        assert 0 < len(check["promptTitle"]) <= 32
        assert 0 < len(check["prompt"]) <= MOST_HELP
        assert len(check.get("error", "")) <= MOST_HELP
    assert any("分值 × 完成值 ÷ 目标值" in check["prompt"] for check in found)
    assert any("四舍五入到 2 位小数，不超过分值" in check["prompt"] for check in found)


def test_weights_that_do_not_close_turn_red_and_say_by_how_much() -> None:
    rows = [
        {**OUTPUT, "分值": 38, "目标值": "≥1", "完成值": "1"},
        {**BENEFIT, "目标值": 1, "完成值": 1},
        {**CLIENTS, "目标值": 1, "完成值": 1},
    ]
    sheet = load_sheet(
        {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", "指标": rows, "预算": FULL}
    )
    workbook = form_workbook(HUBEI, sheet)
    line = "未计总分：产出指标分值合计 38，办法规定 40，少 2。"
    (cell,) = [name for name, text in read(workbook)[FORM].items() if text == line]
    (rule,) = re.findall(
        f'sqref="{cell}:[A-Z0-9]+"><cfRule [^>]*dxfId="0"[^>]*><formula>([^<]+)</formula>',
        parts(workbook)[FORM_XML],
    )
    flag = rule.replace("$", "")
    formulas = re.findall(f'<c r="{flag}"[^>]*><f>([^<]+)</f><v>1</v>', parts(workbook)[FORM_XML])
    assert len(formulas) == 1
    assert "合计!" in formulas[0]
    assert parts(workbook)["xl/styles.xml"].index("FFB02418") > 0
    assert read(form_workbook(HUBEI, REAL))[FORM].get(cell) is None


# -- last year ---------------------------------------------------------------------------------


def suggested(cells: Cells) -> list[str]:
    return [str(text) for text in cells.values() if "尚未确认的还有" in str(text)]


def test_last_year_s_names_weights_and_targets_are_suggested_and_marked() -> None:
    workbook = form_workbook(HUBEI, last_year=last_year())
    shown = read(workbook)
    _, rows = known_cells(shown)
    texts = [shown[FORM][rows[0][name]] for name in ("三级指标", "分值", "目标值", "符号", "确认")]
    assert texts == [OUTPUT["名称"], Decimal(40), "≥391张", "≥", "未确认"]
    assert rows[0]["完成值"] not in shown[FORM]
    fields, _ = known_cells(shown)
    assert shown[FORM][fields["年度"]] == 2023
    assert suggested(shown[FORM]) == [
        "沿用上年、尚未确认的还有 11 格（斜体）：核对后改写，或者在右边“上年内容”栏改选“已确认”。"
    ]
    assert parts(workbook)[FORM_XML].count('dxfId="2"') == 11


def test_a_sheet_takes_only_what_it_lacks_from_last_year() -> None:
    blank = {"目标值": None, "完成值": None}
    rows = [{**OUTPUT, "目标值": "≥400张"}, {**BENEFIT, **blank}, {**CLIENTS, **blank}]
    sheet = load_sheet({"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", "指标": rows})
    shown = read(form_workbook(HUBEI, sheet, last_year()))
    _, cells = known_cells(shown)
    assert [shown[FORM][row["目标值"]] for row in cells] == ["≥400张", "得到提升", "95%以上"]
    assert [shown[FORM].get(row["确认"]) for row in cells] == [None, "未确认", "未确认"]


def test_without_last_year_nothing_asks_for_confirmation() -> None:
    assert suggested(read(form_workbook(HUBEI, REAL))[FORM]) == []
    assert "确认" not in known_cells(read(form_workbook(HUBEI, REAL)))[1][0]


# -- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", rulebook_ids())
def test_the_structure_is_clean(name: str, tmp_path: Path) -> None:
    book = load_rulebook(name)
    for workbook in (
        form_workbook(book),
        form_workbook(book, REAL),
        form_workbook(book, last_year=last_year()),
    ):
        assert audit(workbook, tmp_path) == []


@pytest.mark.parametrize("name", rulebook_ids())
def test_a_sheet_without_indicators_has_a_form(name: str) -> None:
    sheet = load_sheet({"评分办法": name, "年度": 2023, "项目名称": "示例"})
    book = load_rulebook(name)
    shown = read(form_workbook(book, sheet))[FORM].values()
    assert ("未计分：还没有填写指标" in shown) is book.weights.scored


def test_equal_forms_are_equal_bytes() -> None:
    assert form_workbook(HUBEI, REAL) == form_workbook(HUBEI, REAL)
    assert form_workbook(HUBEI) == form_workbook(HUBEI)


def test_the_form_knows_versions_rulebook_and_rows() -> None:
    workbook = form_workbook(HUBEI, REAL)
    stamp = f"perfeval {perfeval.__version__}; {HUBEI.stamp}"
    assert stamp in parts(workbook)["docProps/custom.xml"]
    shown = read(workbook)["perfeval"]
    for known in (perfeval.__version__, HUBEI.id, HUBEI.version, HUBEI.digest):
        assert known in shown.values()
    assert "产出指标/数量指标/1/享受建设补贴养老机构床位数" in shown.values()


def test_every_formula_has_a_value_and_none_is_an_error() -> None:
    content = parts(form_workbook(HUBEI, REAL))
    for at in range(1, 6):
        for cell in ET.fromstring(content[f"xl/worksheets/sheet{at}.xml"]).iter(f"{M}c"):
            if cell.find(f"{M}f") is not None:
                assert cell.find(f"{M}v") is not None
                assert cell.get("t") != "e", ET.tostring(cell)


def test_hidden_sheets_are_hidden_and_the_form_is_not() -> None:
    states = [
        node.get("state")
        for node in ET.fromstring(parts(form_workbook(HUBEI))["xl/workbook.xml"]).iter(f"{M}sheet")
    ]
    assert states == [None, *["hidden"] * 5]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_becomes_markup_or_a_formula(text: str, tmp_path: Path) -> None:
    report = perfeval.evaluate(hostile_sheet(text))
    assert report.sheet is not None
    workbook = form_workbook(HUBEI, report.sheet)
    assert audit(workbook, tmp_path) == []
    formulas = re.findall("<f>([^<]*)</f>", "".join(parts(workbook).values()))
    assert not [formula for formula in formulas if text in formula]
    assert text in read(workbook)[FORM].values()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_begins_like_a_formula_stays_a_text(sign: str) -> None:
    """Even when somebody edits it: its cell is quoted."""
    text = f"{sign}1+1"
    sheet = REAL.model_copy(update={"reason": text, "department": text})
    workbook = form_workbook(HUBEI, sheet)
    cells = [name for name, value in read(workbook)[FORM].items() if value == text]
    assert len(cells) == 2
    styles = ET.fromstring(parts(workbook)["xl/styles.xml"]).find(f"{M}cellXfs")
    assert styles is not None
    for cell in ET.fromstring(parts(workbook)[FORM_XML]).iter(f"{M}c"):
        if cell.attrib["r"] in cells:
            assert cell.get("t") == "s"
            assert list(styles)[int(cell.attrib["s"])].get("quotePrefix") == "1"


@pytest.mark.parametrize("text", ["甲\x00", "甲\x1f", "甲\ud800", "长" * 40_000])
def test_a_text_that_no_cell_can_hold_is_refused(text: str) -> None:
    with pytest.raises(RenderError):
        form_workbook(HUBEI, REAL.model_copy(update={"reason": text}))


def test_a_text_that_looks_like_an_escape_is_kept() -> None:
    sheet = REAL.model_copy(update={"reason": "_x0041_"})
    assert "_x005F_x0041_" in parts(form_workbook(HUBEI, sheet))["xl/sharedStrings.xml"]


def test_a_department_s_own_form_is_used() -> None:
    book: Rulebook = load_rulebook("chongqing")
    sheet = REAL.model_copy(update={"kind": "部门整体支出"})
    assert "2023年度部门整体绩效自评表" in read(form_workbook(book, sheet))[FORM].values()


@pytest.mark.parametrize("name", rulebook_ids())
def test_formulas_stay_within_what_old_programs_take(name: str) -> None:
    """Short enough, no newer function than of 2007, no look that depends on another sheet."""
    book = load_rulebook(name)
    for workbook in (form_workbook(book, REAL), form_workbook(book, last_year=last_year())):
        content = "".join(parts(workbook).values())
        found = re.findall("<f(?: [^>]*[^/>])?>([^<]*)</f>", content)
        formulas = [html.unescape(text) for text in found]
        assert max(map(len, formulas)) < 8192
        called = {word for text in formulas for word in re.findall(r"([A-Z]+)\(", text)}
        assert called <= FUNCTIONS
        literals = [text for formula in formulas for text in re.findall('"([^"]*)"', formula)]
        assert max(map(len, literals)) <= 255
        looks = re.findall("<cfRule[^>]*><formula>([^<]*)</formula>", content)
        assert looks
        assert not [look for look in looks if "!" in look]


HIDDEN_XML = "xl/worksheets/sheet2.xml"


def shared(workbook: bytes) -> tuple[dict[str, ET.Element], list[ET.Element]]:
    """Return the formulas that rows share by their numbers, and the cells that refer to them."""
    cells = list(ET.fromstring(parts(workbook)[HIDDEN_XML]).iter(f"{M}c"))
    formulas = [(cell, node) for cell in cells for node in cell.iter(f"{M}f") if node.get("t")]
    whole = [(cell, node) for cell, node in formulas if node.get("ref")]
    numbers = [node.attrib["si"] for _, node in whole]
    assert len(numbers) == len(set(numbers))
    for cell, node in whole:
        assert node.attrib["ref"].startswith(cell.attrib["r"] + ":")
    return {node.attrib["si"]: node for _, node in whole}, [cell for cell, _ in formulas]


def bare(formula: str) -> str:
    """Return a formula without what stands in its texts."""
    return re.sub('"[^"]*"', '""', formula)


@pytest.mark.parametrize("name", rulebook_ids())
def test_rows_share_only_what_excel_can_share(name: str) -> None:
    """No reference to another sheet and no list in braces: Excel's own format has neither."""
    masters, cells = shared(form_workbook(load_rulebook(name), REAL))
    assert len(cells) > 10 * len(masters)
    for node in masters.values():
        text = bare(node.text or "")
        assert not set("!{}") & set(text), text
        (own,) = re.findall("^[A-Z]+([0-9]+):", node.attrib["ref"])
        assert set(re.findall(r"\b[A-Z]{1,2}(\$?[0-9]+)", text)) == {own}, text
    for cell in cells:
        (number,) = [node.attrib["si"] for node in cell.iter(f"{M}f")]
        first, last = re.findall("[0-9]+", masters[number].attrib["ref"])
        (row,) = re.findall("[0-9]+", cell.attrib["r"])
        assert int(first) <= int(row) <= int(last)


def test_names_stand_for_the_lists_that_formulas_look_into() -> None:
    """Every name that a formula uses is known, and each list holds no blank."""
    workbook = form_workbook(HUBEI, REAL)
    content = parts(workbook)
    found = ET.fromstring(content["xl/workbook.xml"]).iter(f"{M}definedName")
    names = {node.attrib["name"]: node.text or "" for node in found}
    masters, _ = shared(workbook)
    texts = " ".join(bare(node.text or "") for node in masters.values())
    used = set(re.findall("[_\u4e00-\u9fff]+[_0-9\u4e00-\u9fff]*", texts))
    assert used
    assert used <= names.keys()
    lists = read(workbook)["选项"]
    for name in used:
        sheet, _, area = names[name].partition("!")
        assert sheet == "选项"
        (column, first), (_, last) = re.findall(r"\$([A-Z]+)\$([0-9]+)", f"{area}:{area}")[:2]
        assert all(lists[f"{column}{row}"] != "" for row in range(int(first), int(last) + 1)), name


def test_the_sheet_that_computes_is_small() -> None:
    """What rows have in common is written once: 200 KB for 21 indicators, unzipped."""
    sheet = parts(form_workbook(HUBEI, REAL))[HIDDEN_XML]
    assert len(REAL.indicators) > 20
    assert len(sheet.encode()) <= 200_000


def test_a_form_grows_with_its_rows_and_no_faster() -> None:
    sizes = []
    for count in (50, 100, 200):
        rows = [{**OUTPUT, "名称": f"指标{at}", "目标值": f"≥{at + 3}人"} for at in range(count)]
        head = {"评分办法": "mof-2020", "年度": 2024, "项目名称": "示例", "指标": rows}
        form = form_workbook(load_rulebook("mof-2020"), load_sheet(head))
        sizes.append(sum(len(text) for text in parts(form).values()))
    first, second = sizes[1] - sizes[0], sizes[2] - sizes[1]
    assert second < 2.2 * first


def test_units_of_which_nothing_can_be_computed_need_no_sheet_of_their_own() -> None:
    units = [{"单位": "甲"}, {"单位": "乙"}]
    row = {
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "名称": "甲",
        "分值": 10,
        "分单位": units,
    }
    head = {"评分办法": "mof-2020", "年度": 2024, "项目名称": "示例", "指标": [row]}
    assert "分单位" not in read(form_workbook(load_rulebook("mof-2020"), load_sheet(head)))


def test_a_form_without_points_gives_none() -> None:
    """Completion, reasons and funds are shown; no points, and none are lacking."""
    row = {**OUTPUT, "名称": "修路", "分值": 10, "目标值": "≥10公里", "完成值": "12公里"}
    head = {"评分办法": "transfer-payment", "年度": 2024, "项目名称": "示例", "指标": [row]}
    computed = read(form_workbook(load_rulebook("transfer-payment"), load_sheet(head)))["计算"]
    assert "不计分" in computed.values()
    assert {"得分", "缺分"} <= set(computed.values())
    assert by_heading(computed)["得分"] == [""]
    assert by_heading(computed)["缺分"] == [Decimal(0)]
