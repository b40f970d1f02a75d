"""PDF of LibreOffice, whose content is known."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from perfeval.carriers import CarriedCell, ContentKind, RemarkKind
from perfeval.places import PagePlace
from tests.carriers.made import carried, grid_of, refused, table

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _libraries() -> None:
    pytest.importorskip("pdfplumber")
    pytest.importorskip("pypdfium2")


def test_tables_have_their_cells_and_merged_areas() -> None:
    """A break within a word of figures and Latin letters is kept: it may be two figures."""
    document = carried((DATA / "tables-2.pdf").read_bytes())
    for made, grid in zip((table(2), table(1002)), document.grids, strict=True):
        assert (grid.height, grid.width) == (
            max(row + cell.rows for (row, _), cell in made.items()),
            max(column + cell.columns for (_, column), cell in made.items()),
        )
        if made == table(2, are_figures=False):
            assert len(grid.cells) == len(made)


def test_a_table_over_pages_is_one_and_says_where_the_page_ends() -> None:
    document = carried((DATA / "pages.pdf").read_bytes())
    (grid,) = document.grids
    assert (grid.height, grid.width) == (60, 4)
    texts = [[grid.at(row, column).text for column in (1, 2, 3)] for row in range(60)]
    assert texts == [[f"指标{row + 1}", f"{row * 7}张", f"{row}.50"] for row in range(60)]
    assert [(found.page, found.is_doubtful) for found in grid.page_breaks] == [(2, True)]
    begun = grid.page_breaks[0].row
    assert grid.at(begun, 1).place == PagePlace(2, 1)
    assert grid.at(0, 0).text == "产出指标"
    outside = [line.text for line in document.lines if not line.is_in_grid]
    assert outside == ["自评表", "表后的字"]


def pdf(content: bytes, extra: bytes = b"") -> bytes:
    """Return a page that is drawn by hand."""
    packed = zlib.compress(content)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n%b"
        b"trailer<</Root 1 0 R>>\n%%%%EOF"
    ) % (len(packed), packed, extra)


GRID = b"20 200 100 40 re S 120 200 100 40 re S "


def cells_of(words: bytes) -> tuple[CarriedCell, ...]:
    return grid_of(pdf(GRID + b"BT /F 10 Tf " + words + b" ET")).cells


def test_wrapped_lines_are_one_again_and_other_lines_are_not() -> None:
    short = cells_of(b"22 225 Td (42) Tj 0 -12 Td (7) Tj")
    assert short[0].text == "42\n7"
    full = cells_of(b"22 225 Td (123456789012345678) Tj 0 -12 Td (9) Tj")
    assert full[0].text == "1234567890123456789"
    assert full[0].raw == "123456789012345678\n9"
    assert full[1].kind is ContentKind.BLANK


def test_text_that_crosses_an_edge_is_said() -> None:
    document = carried(pdf(GRID + b"BT /F 10 Tf 90 225 Td (1234567890) Tj ET"))
    assert [remark.kind for remark in document.remarks] == [RemarkKind.DOUBTFUL_TEXT]
    assert document.remarks[0].place == PagePlace(1, 1)


SIDELESS = (
    b"20 240 m 280 240 l 20 220 m 280 220 l 20 200 m 280 200 l 120 200 m 120 240 l 200 200 m "
)
SIDELESS += b"200 240 l S "


def test_a_column_without_a_line_at_its_outer_side_is_a_column() -> None:
    """Accounts print tables whose left and right side are open."""
    words = b"22 225 Td (name) Tj 100 0 Td (12) Tj 80 0 Td (34) Tj "
    words += b"-180 -20 Td (more) Tj 100 0 Td (56) Tj 80 0 Td (78) Tj"
    document = carried(pdf(SIDELESS + b"BT /F 10 Tf " + words + b" ET"))
    (grid,) = document.grids
    assert [[cell.text for cell in row] for row in grid.rows()] == [
        ["name", "12", "34"],
        ["more", "56", "78"],
    ]
    assert [line.text for line in document.lines if not line.is_in_grid] == []


def test_what_stands_in_no_cell_is_a_line() -> None:
    """Two tables side by side, and a word between them."""
    boxes = b"20 200 80 20 re S 20 220 80 20 re S 200 200 80 20 re S 200 220 80 20 re S "
    words = b"22 225 Td (1) Tj 110 0 Td (between) Tj 75 0 Td (2) Tj"
    document = carried(pdf(boxes + b"BT /F 10 Tf " + words + b" ET"))
    told = {cell.text for grid in document.grids for cell in grid.cells}
    told |= {line.text for line in document.lines if not line.is_in_grid}
    assert told - {""} == {"1", "between", "2"}


def test_a_line_is_what_stands_on_one_ground() -> None:
    """Letters of another size stand on the line of their neighbours, not on the next one."""
    words = b"BT /F 10 Tf 20 250 Td (total) Tj /F 24 Tf 40 0 Td (80) Tj "
    words += b"/F 10 Tf -40 -14 Td (less) Tj /F 24 Tf 40 0 Td (70) Tj ET"
    document = carried(pdf(words))
    assert [line.text for line in document.lines] == ["total 80", "less 70"]


def test_a_line_knows_where_on_its_page_it_stands() -> None:
    document = carried(pdf(b"BT /F 10 Tf 30 240 Td (one) Tj 0 -90 Td (two) Tj ET"))
    boxes = [line.place.box for line in document.lines if isinstance(line.place, PagePlace)]
    (left, top, right, bottom), (_, lower, _, _) = (box for box in boxes if box is not None)
    assert left == 0.1
    assert left < right < 0.2
    assert 0.15 < top < 0.2 < bottom < 0.22
    assert round(lower - top, 6) == 0.3


NAMES = (
    b"6 0 obj<</Length 220>>stream\n/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    b"1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <41> <2f40> <42> <51fa> "
    b"endbfchar endcmap CMapName currentdict /CMap defineresource pop end end\nendstream endobj\n"
)


def test_words_with_a_coloured_ground_are_a_line_and_no_table() -> None:
    """A ground is drawn for each font of a line; a row with a line around it is a table."""
    words = b"BT /F 10 Tf 22 263 Td (draft) Tj 60 0 Td (of 2024) Tj ET "
    grounds = b"1 0.9 0 rg 20 260 60 12 re f 80 260 50 12 re f 0 g "
    document = carried(pdf(grounds + GRID + words))
    assert [line.text for line in document.lines if not line.is_in_grid] == ["draft of 2024"]
    assert [(grid.height, grid.width) for grid in document.grids] == [(1, 2)]
    assert not document.remarks
    framed = carried(pdf(grounds + b"20 260 60 12 re S 80 260 50 12 re S " + words))
    assert [cell.text for cell in framed.grids[0].cells] == ["draft", "of 2024"]
    thin = b"20 272 110 0.5 re f 20 259.5 110 0.5 re f 20 260 0.5 12 re f "
    thin += b"80 260 0.5 12 re f 130 260 0.5 12 re f "
    filled = carried(pdf(grounds + thin + words))
    assert [cell.text for cell in filled.grids[0].cells if cell.text] == ["draft", "of 2024"]


def test_a_radical_is_the_character_that_is_printed() -> None:
    """Programs that print web pages write radicals into the file where the glyph is the same."""
    raw = pdf(b"BT /F 10 Tf 20 250 Td (AB) Tj ET", NAMES)
    raw = raw.replace(b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/ToUnicode 6 0 R")
    assert [line.text for line in carried(raw).lines] == ["支出"]


def test_a_page_without_a_grid_says_so() -> None:
    document = carried(pdf(b"BT /F 10 Tf 20 250 Td (one) Tj 0 -20 Td (two) Tj ET"))
    assert [(line.text, line.place) for line in document.lines] == [
        ("one", PagePlace(1, 1)),
        ("two", PagePlace(1, 2)),
    ]
    assert [remark.kind for remark in document.remarks] == [RemarkKind.NO_GRID]


def test_a_scan_is_said_to_be_unread() -> None:
    image = (
        b"6 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>stream\nA\nendstream endobj\n"
    )
    raw = pdf(b"q 300 0 0 300 0 0 cm /I Do Q", image)
    raw = raw.replace(b"/Resources<<", b"/Resources<</XObject<</I 6 0 R>>")
    kinds = {remark.kind for remark in carried(raw).remarks}
    assert RemarkKind.NOT_READ in kinds


def test_what_unpacks_without_end_is_refused() -> None:
    assert "太大" in refused(pdf(b" " * (4 << 20))).message
    assert "两次" in refused(pdf(b" ", b"<</Filter[/FlateDecode /FlateDecode]>>")).message


def test_a_broken_file_is_refused() -> None:
    assert "损坏" in refused(b"%PDF-1.4\n%%EOF").message
