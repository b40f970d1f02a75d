"""Comments at the cells of workbooks of several writers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from perfeval.carriers import CarrierKind, carry
from perfeval.marks import AUTHOR, CellRemark, MarkKind, mark_workbook
from perfeval.places import CellPlace, TablePlace, TextPlace
from tests.carriers.made import table
from tests.carriers.workbooks import by_openpyxl, by_xlsxwriter, unzipped, zipped
from tests.marks.reading import changed, copy_of, entries, faults, notes_in, workbook

DATA = Path(__file__).parent / "data"
SUMMARY = CellRemark(None, "共 2 处意见", MarkKind.SUMMARY)
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415478da63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def at(cell: str, text: str = "得分高于办法", kind: MarkKind = MarkKind.MISTAKE) -> CellRemark:
    return CellRemark(CellPlace("自评表", cell), text, kind)


def furnished(*, comments: bool) -> bytes:
    """Return a workbook with all that people put into one, by XlsxWriter."""
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("自评表")
    for row in range(12):
        page.write_row(row, 0, [f"第{row}行", row, row / 4])
    page.merge_range("A1:C1", "标题")
    page.set_column("A:A", 30)
    page.set_row(3, 60)
    page.set_row(4, None, None, {"hidden": True})
    page.data_validation("B3:B9", {"validate": "list", "source": ["是", "否"]})
    page.conditional_format("C3:C9", {"type": "cell", "criteria": ">", "value": 1})
    page.add_table("E1:F4", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    page.insert_image("H1", "dot.png", {"image_data": io.BytesIO(DOT)})
    page.write_url("A12", "https://example.org/")
    page.set_header("&C&G", {"image_center": "dot.png", "image_data_center": io.BytesIO(DOT)})
    page.autofilter("A2:C9")
    page.freeze_panes(2, 1)
    if comments:
        page.write_comment("B5", "科长看过", {"author": "科长", "visible": True})
        page.insert_button("J3", {"caption": "按钮"})
    other = book.add_worksheet("其他")
    other.write_comment("A1", "别动", {"author": "科长"})
    other.write("A1", "在别处")
    book.close()
    return stream.getvalue()


def by_people(*comments: str, author: str = "科长") -> bytes:
    """Return a workbook with comments and a picture, by openpyxl."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "自评表"
    for row in range(1, 10):
        page.append([f"{row}-{column}" for column in range(6)])
    page.merge_cells("B3:C5")
    for cell in comments:
        page[cell].comment = Comment(f"{cell} 请核实", author)
    page.add_image(Image(io.BytesIO(DOT)), "H2")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FILES = {
    "openpyxl": by_openpyxl(table(3)),
    "openpyxl, comments": by_people("A2", "F8"),
    "xlsxwriter": by_xlsxwriter(table(3)),
    "xlsxwriter, furnished": furnished(comments=False),
    "xlsxwriter, comments and buttons": furnished(comments=True),
    "LibreOffice, comments": (DATA / "libreoffice.xlsx").read_bytes(),
}
files = pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
REMARKS = (SUMMARY, at("B2", "第一条"), at("B2", "第二条", MarkKind.NOTE), at("C7", "再一条"))


@files
def test_a_comment_stands_at_each_cell(raw: bytes) -> None:
    before, after = notes_in(raw), notes_in(workbook(raw, *REMARKS))
    grid = carry(raw).grids[0]  # type: ignore[union-attr]
    for remark in REMARKS[1:]:
        assert isinstance(remark.place, CellPlace)
        row, column = int(remark.place.cell[1:]) - 1, ord(remark.place.cell[0]) - ord("A")
        place = grid.at(row, column).place
        assert isinstance(place, CellPlace)
        first = place.cell
        author, text = after[first]
        assert author == AUTHOR
        assert remark.text in text.split("\n")
    assert "共 2 处意见" in after["A1"][1]
    assert {cell: after[cell] for cell in before} == before


@files
def test_only_parts_that_hold_comments_change(raw: bytes) -> None:
    """Every other part keeps its packed bytes, and all keep their order."""
    names = changed(raw, workbook(raw, *REMARKS))
    allowed = re.compile(
        r"xl/worksheets/sheet1\.xml|xl/worksheets/_rels/sheet1\.xml\.rels|\[Content_Types\]\.xml"
        r"|xl/comments(/comment)?[0-9]+\.xml|xl/drawings/(vmlDrawing|commentsDrawing)[0-9]+\.vml"
    )
    assert [name for name in names if not allowed.fullmatch(name)] == []
    if any("comment" in name.lower() for name in entries(raw)):
        return
    assert {"xl/comments1.xml", "xl/worksheets/sheet1.xml"} <= names


@files
def test_all_else_in_the_workbook_is_as_it_was(raw: bytes) -> None:
    marked = workbook(raw, *REMARKS)
    assert carry(marked) == carry(raw)
    old, new = unzipped(raw), unzipped(marked)
    sheet = "xl/worksheets/sheet1.xml"
    assert re.sub(rb"<legacyDrawing [^>]*/>", b"", bytes(new[sheet])) == re.sub(
        rb"<legacyDrawing [^>]*/>", b"", bytes(old[sheet])
    )


@files
def test_marking_twice_is_marking_once(raw: bytes) -> None:
    once = workbook(raw, *REMARKS)
    assert workbook(raw, *REMARKS) == once
    assert workbook(once, *REMARKS) == once
    assert workbook(workbook(once, at("A9", "别的")), *REMARKS) == once


@files
def test_a_marking_with_nothing_takes_ours_out(raw: bytes) -> None:
    assert notes_in(workbook(workbook(raw, *REMARKS))) == notes_in(raw)
    assert workbook(raw) == raw


@files
def test_an_auditor_finds_nothing_new(raw: bytes, tmp_path: Path) -> None:
    marked = workbook(raw, *REMARKS)
    assert faults(marked, tmp_path, "xlsx") <= faults(raw, tmp_path, "xlsx")


def test_a_merged_cell_has_its_comment_at_its_first_cell() -> None:
    assert set(notes_in(workbook(by_people(), at("C5")))) == {"B3"}


def test_a_cell_with_a_comment_of_others_gets_ours_beside_it() -> None:
    found = copy_of(mark_workbook(by_people("A2", "B2"), [at("A2", "高了"), at("C2", "低了")]))
    notes = notes_in(found.raw)
    assert notes["A2"] == ("科长", "A2 请核实")
    assert notes["B2"] == ("科长", "B2 请核实")
    assert notes["C2"] == (AUTHOR, f"{AUTHOR}\nA2：高了\n低了")
    assert "A2" in found.notes[0]
    assert "C2" in found.notes[0]


def test_the_comment_beside_is_no_covered_cell() -> None:
    notes = notes_in(workbook(by_people("A4"), at("A4")))
    assert set(notes) == {"A4", "D4"}


def test_a_comment_in_the_last_column_goes_to_the_left() -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "自评表"
    page["XFD3"].comment = Comment("末尾", "科长")
    stream = io.BytesIO()
    book.save(stream)
    marked = workbook(stream.getvalue(), at("XFD3"))
    assert b'ref="XFC3"' in b"".join(
        bytes(part) for name, part in unzipped(marked).items() if "comment" in name
    )


def test_what_has_no_place_stands_with_the_summary() -> None:
    remarks = [
        CellRemark(CellPlace("没有这张", "B2"), "在哪里"),
        CellRemark(CellPlace("自评表", "ZZZ1"), "太远"),
        CellRemark(TextPlace(3, 1), "是文字"),
        CellRemark(None, "整个文件"),
        SUMMARY._replace(place=CellPlace("自评表", "D4")),
    ]
    found = copy_of(mark_workbook(by_people(), remarks))
    assert notes_in(found.raw) == {
        "D4": (
            AUTHOR,
            f"{AUTHOR}\n共 2 处意见\n没有这张!B2：在哪里\n自评表!ZZZ1：太远\n3:1：是文字\n整个文件",
        )
    }
    assert found.notes == ("3 条意见的位置不在文件里，写在第一条批注中",)
    assert found.kind is CarrierKind.XLSX


def test_the_summary_stands_on_a_sheet_that_is_shown() -> None:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "藏着"
    book.create_sheet("自评表")
    first.sheet_state = "hidden"
    book.active = 1
    stream = io.BytesIO()
    book.save(stream)
    assert set(notes_in(workbook(stream.getvalue(), SUMMARY))) == {"A1"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("=1+1", "=1+1"),
        ("@SUM(A1)\n-2", "@SUM(A1)\n-2"),
        ("<b>&amp;]]>", "<b>&amp;]]>"),
        ("a\x00b\x1fc\x7f", "abc\x7f"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("😀𠮷", "😀𠮷"),
        ("\ud800甲\ufffe", "甲"),
        ("_x000D_", "_x005F_x000D_"),
        ("长" * 9_000, "长" * 8_000 + "……（太长，以下略）"),
        ("", ""),
    ],
)
def test_any_text_is_harmless(text: str, seen: str) -> None:
    marked = workbook(by_people(), at("B2", text))
    assert notes_in(marked)["B2"] == (AUTHOR, f"{AUTHOR}\n{seen}")


def test_ours_are_known_where_a_program_lost_their_author() -> None:
    parts = unzipped(workbook(by_people("F8"), *REMARKS))
    (name,) = (name for name in parts if "comments/" in name or "comments1" in name)
    parts[name] = bytes(parts[name]).replace(f"<author>{AUTHOR}<".encode(), b"<author> <")
    assert set(notes_in(workbook(zipped(parts)))) == {"F8"}


def test_a_drawing_that_is_no_xml_is_kept() -> None:
    parts = unzipped(by_people("F8"))
    (name,) = (name for name in parts if name.endswith(".vml"))
    parts[name] = bytes(parts[name]).replace(b"</xml>", b"<br>one<br></xml>")
    marked = workbook(zipped(parts), at("B2"))
    drawing = bytes(unzipped(marked)[name])
    assert drawing.count(b"<br>") == 2
    assert drawing.count(b"Row>1<") == 1


def test_a_box_that_was_left_without_its_comment_is_replaced() -> None:
    parts = unzipped(workbook(by_people(), at("B2")))
    comments = parts["xl/comments1.xml"]
    parts["xl/comments1.xml"] = re.sub(b"<comment .*?</comment>", b"", comments)
    again = unzipped(workbook(zipped(parts), at("B2")))
    assert again["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 1


def test_a_threaded_comment_stays_as_it_is() -> None:
    """Newer programs keep the thread in a part of its own and a copy of its text as a comment."""
    parts = unzipped(by_people("F8", author="tc={6A1B0C5E-0000-4000-8000-000000000001}"))
    relations = next(name for name in parts if name.endswith("sheet1.xml.rels"))
    parts[relations] = bytes(parts[relations]).replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Target="../threadedComments/threadedComment1.xml" Type="http://'
        b'schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>',
    )
    parts["xl/threadedComments/threadedComment1.xml"] = b"<ThreadedComments/>"
    raw = zipped(parts)
    marked = workbook(raw, at("F8", "高了"), at("B2"))
    assert (
        entries(marked)["xl/threadedComments/threadedComment1.xml"]
        == (entries(raw)["xl/threadedComments/threadedComment1.xml"])
    )
    assert notes_in(marked)["F8"] == notes_in(raw)["F8"]
    assert notes_in(marked)["G8"][1].endswith("F8：高了")


def test_a_sheet_whose_elements_have_a_prefix_gets_one_that_needs_none() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts: dict[str, str | bytes] = {**unzipped(by_openpyxl({}))}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c>'
        '</x:row></x:sheetData><x:pageMargins left="1" right="1" top="1" bottom="1" header="0"'
        ' footer="0"/><x:extLst/></x:worksheet>'
    )
    marked = workbook(zipped(parts), at("B2"))
    assert set(notes_in(marked)) == {"B2"}
    sheet = bytes(unzipped(marked)["xl/worksheets/sheet1.xml"]).decode()
    assert re.search(f'<legacyDrawing xmlns="{main}" [^>]*/><x:extLst/>', sheet)


def test_a_place_of_another_kind_is_no_cell() -> None:
    found = copy_of(mark_workbook(by_people(), [CellRemark(TablePlace(1, 2, 2), "表里")]))
    assert notes_in(found.raw)["A1"][1].endswith("第1张表 第2行第2格：表里")


def test_the_boxes_are_where_the_cells_are() -> None:
    """A box stands right of its cell, the summary's right of the table, where all see it."""
    marked = workbook(furnished(comments=False), SUMMARY, at("B4", "一\n二"))
    name = max(name for name in unzipped(marked) if name.endswith(".vml"))
    drawing = bytes(unzipped(marked)[name]).decode()
    shapes = re.findall(r"<v:shape .*?</v:shape>", drawing)
    anchors = [re.search("<x:Anchor>(.*?)<", shape)[1] for shape in shapes]  # type: ignore[index]
    lefts = [int(anchor.split(",")[0]) for anchor in anchors]
    assert lefts == [6, 2]
    assert ["x:Visible" in shape for shape in shapes] == [True, False]
    top, below, bottom = (int(anchors[1].split(",")[place]) for place in (2, 3, 6))
    assert (top, below) == (2, 8)
    assert bottom == 3


texts = st.text(max_size=60)
cells = st.tuples(st.integers(0, 30), st.integers(0, 12))
kinds = st.sampled_from(MarkKind)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, texts, kinds), max_size=8), st.sets(cells, max_size=3))
def test_whatever_is_said_wherever_is_there_once(
    said: list[tuple[tuple[int, int], str, MarkKind]], theirs: set[tuple[int, int]]
) -> None:
    """Nothing said is lost, nothing of others changes, and a second marking changes nothing."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "自评表"
    page.merge_cells("B3:D6")
    for row, column in theirs:
        cell = page.cell(row + 1, column + 1)
        if hasattr(cell, "value") and "Merged" not in type(cell).__name__:
            cell.comment = Comment("别人的", "科长")
    stream = io.BytesIO()
    book.save(stream)
    raw = stream.getvalue()
    remarks = [
        at(f"{chr(65 + column)}{row + 1}", f"<{index}>{text}", kind)
        for index, ((row, column), text, kind) in enumerate(said)
    ]
    marked = workbook(raw, *remarks)
    before, after = notes_in(raw), notes_in(marked)
    assert {cell: after[cell] for cell in before} == before
    ours = "\n".join(text for author, text in after.values() if author == AUTHOR)
    assert [ours.count(f"<{index}>") for index in range(len(said))] == [1] * len(said)
    assert workbook(marked, *remarks) == marked
    assert zipfile.ZipFile(io.BytesIO(marked)).testzip() is None
