from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from perfeval.carriers import ContentKind, RemarkKind
from perfeval.places import CellPlace
from tests.carriers.made import carried, differences, grid_of, refused, table
from tests.carriers.workbooks import MAIN, by_hand, by_openpyxl, by_xlsxwriter, unzipped, zipped


@pytest.mark.parametrize("seed", range(25))
def test_what_openpyxl_writes_is_read(seed: int) -> None:
    made = table(seed)
    assert differences(made, grid_of(by_openpyxl(made))) == []


@pytest.mark.parametrize("seed", range(25))
def test_what_xlsxwriter_writes_is_read(seed: int) -> None:
    made = table(seed)
    assert differences(made, grid_of(by_xlsxwriter(made))) == []


def test_a_cell_knows_its_place_and_a_merged_one_is_found_from_all_of_it() -> None:
    raw = by_hand(
        '<row r="12"><c r="F12"><v>0.96999999999999997</v></c></row>',
        after='<mergeCells><mergeCell ref="F12:G13"/></mergeCells>',
    )
    grid = grid_of(raw)
    cell = grid.at(12, 6)
    assert cell.place == CellPlace("表", "F12")
    assert (cell.number, cell.raw, cell.rows, cell.columns) == (
        Decimal("0.97"),
        "0.96999999999999997",
        2,
        2,
    )
    assert grid.at(0, 0).kind is ContentKind.BLANK
    assert str(grid.at(2, 27).place) == "表!AB3"


@pytest.mark.parametrize("kind", ["", ' t="s"'])
def test_a_formula_without_a_result_is_that_where_texts_or_cells_are_struck_out_too(
    kind: str,
) -> None:
    """What is struck out of one cell says nothing of another; a struck formula is said."""
    parts = unzipped(
        by_openpyxl_struck(CellRichText("800", TextBlock(InlineFont(strike=True), "900")), "=1+1")
    )
    name = "xl/worksheets/sheet1.xml"
    page = parts[name].decode()
    assert page.count("<f>1+1</f>") == 2
    at = page.index(">", page.index('<c r="B1"'))
    parts[name] = f"{page[:at]}{kind}{page[at:]}".encode()
    document = carried(zipped(parts))
    assert [(cell.text, cell.kind) for cell in document.grids[0].cells] == [
        ("800", ContentKind.TEXT),
        ("", ContentKind.UNSAVED),
    ]
    said = [(str(remark.place), remark.message) for remark in document.remarks]
    assert [place.rpartition("!")[2] for place, _ in said] == ["A1", "C1"]
    assert "公式" in said[1][1]


def by_openpyxl_struck(first: Any, formula: str) -> bytes:
    """Return a workbook: a text, a formula, and the same formula in a struck cell."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["A1"], page["B1"], page["C1"] = first, formula, formula
    page["C1"].font = Font(strike=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_formulas_have_their_stored_value_or_say_that_they_have_none() -> None:
    raw = by_hand(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>A1</f><v/></c><c r="D1" t="str"><f>""</f><v></v></c>'
        '<c r="E1"><f t="shared" si="0"/><v>3</v></c>'
        '<c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    got = [(cell.kind, cell.text, cell.formula) for cell in grid_of(raw).cells]
    assert got == [
        (ContentKind.NUMBER, "2", "1+1"),
        (ContentKind.UNSAVED, "", "1+1"),
        (ContentKind.UNSAVED, "", "A1"),
        (ContentKind.TEXT, "", '""'),
        (ContentKind.NUMBER, "3", ""),
        (ContentKind.ERROR, "#DIV/0!", "1/0"),
    ]


def test_texts_of_all_kinds() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>养</t></r><r><t>老</t></r><rPh><t>yang</t></rPh></si>'
        "<si><t>甲_x000D_\n乙</t></si></sst>"
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    raw = by_hand(
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
        '<c t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c><c t="b"><v>1</v></c>'
        '<c t="d"><v>2023-12-31T00:00:00</v></c></row>',
        more={
            "xl/sharedStrings.xml": strings,
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="rId1" Type="{relation}/worksheet"'
            ' Target="/xl/worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
        },
    )
    cells = grid_of(raw).cells
    assert [cell.text for cell in cells] == ["养老", "甲\n乙", "内联", "TRUE", "2023-12-31"]
    assert cells[4].day == datetime.date(2023, 12, 31)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c t="s"><f>A1</f><v></v></c>', ["12", ""]),
        ('<c t="s"><is><t>内</t></is><v>无</v></c>', ["12", "内"]),
    ],
)
def test_a_cell_without_the_number_of_its_text_is_read_beside_struck_out_ones(
    cell: str, shown: list[str]
) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    raw = by_hand(
        f'<row><c t="s"><v>0</v></c>{cell}</row>',
        more={
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><r><t>12</t></r>'
            "<r><rPr><strike/></rPr><t>34</t></r></si></sst>",
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="rId1" Type="{relation}/worksheet"'
            ' Target="/xl/worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
        },
    )
    assert [one.text for one in grid_of(raw).cells] == shown


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    for address in ("A1", "B2", "C3"):
        page[address] = 1
    page.row_dimensions[2].hidden = True
    page.column_dimensions["C"].hidden = True
    other = book.create_sheet("藏")
    other["A1"] = 1
    other.sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    document = carried(stream.getvalue())
    hidden = [[cell.is_hidden for cell in grid.cells] for grid in document.grids]
    assert hidden == [[False, True, True], [True]]
    assert [remark.kind for remark in document.remarks] == [RemarkKind.HIDDEN_SHEET]


def test_links_and_macros_are_said_and_not_followed() -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    raw = by_hand(
        '<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row>',
        more={
            "xl/vbaProject.bin": b"\x00",
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relation}/externalLink" Target="externalLinks/1.xml"/>'
            "</Relationships>",
        },
    )
    document = carried(raw)
    assert {remark.kind for remark in document.remarks} == {
        RemarkKind.EXTERNAL_LINK,
        RemarkKind.MACROS,
    }
    assert document.grids[0].cells[0].number == 7


def test_days_counted_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    page: Any = book.active
    page["A1"] = datetime.date(2023, 12, 31)
    stream = io.BytesIO()
    book.save(stream)
    assert grid_of(stream.getvalue()).cells[0].day == datetime.date(2023, 12, 31)


def test_what_lies_under_a_merged_cell_is_not_seen() -> None:
    raw = by_hand(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:C1"/></mergeCells>',
    )
    (cell,) = grid_of(raw).cells
    assert (cell.text, cell.columns) == ("1", 2)


def test_a_sheet_whose_part_is_missing_is_named() -> None:
    parts = unzipped(by_openpyxl(table(1)))
    del parts["xl/worksheets/sheet1.xml"]
    document = carried(zipped(dict(parts)))
    assert document.grids == ()
    assert [remark.kind for remark in document.remarks] == [RemarkKind.DAMAGED]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_a_broken_sheet_is_refused(rows: str) -> None:
    assert "损坏" in refused(by_hand(rows)).message
