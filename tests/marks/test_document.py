"""Comments at the cells and paragraphs of documents."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.carriers import carry
from perfeval.marks import AUTHOR, CellRemark, MarkKind, mark_document
from perfeval.places import CellPlace, TablePlace, TextPlace
from tests.carriers.documents import by_hand, by_python_docx, cell, paragraph, table_of
from tests.carriers.made import table
from tests.carriers.workbooks import unzipped, zipped
from tests.marks.reading import anchored, changed, comments_in, copy_of, document, faults

DATA = Path(__file__).parent / "data"
SUMMARY = CellRemark(None, "共 2 处意见\n错误 1 处", MarkKind.SUMMARY)
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NEWER = "http://schemas.microsoft.com/office/word/2012/wordml"
OFFICE = "http://schemas.microsoft.com/office"


def at(row: int, order: int, text: str = "得分高于办法", number: int = 1) -> CellRemark:
    return CellRemark(TablePlace(number, row, order), text)


def by_people(*, comments: bool) -> bytes:
    """Return a document with merged cells, a nested table, a picture and comments."""
    made: Any = docx.Document()
    made.add_paragraph("附件2")
    grid = made.add_table(4, 4, style="Table Grid")
    for row in range(4):
        for column in range(4):
            grid.cell(row, column).text = f"{row}-{column}"
    grid.cell(1, 1).merge(grid.cell(2, 2))
    grid.cell(3, 3).text = ""
    grid.cell(3, 0).add_table(1, 1).cell(0, 0).text = "内表"
    last = made.add_paragraph("表后的字")
    if comments:
        made.add_comment(last.runs, text="请核实", author="科长", initials="科")
        made.add_comment(grid.cell(0, 1).paragraphs[0].runs, text="看过", author="科长")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


FILES = {
    "python-docx": by_python_docx(table(4, are_figures=False), table(5, are_figures=False)),
    "python-docx, nested": by_people(comments=False),
    "python-docx, comments": by_people(comments=True),
    "LibreOffice, comments": (DATA / "libreoffice.docx").read_bytes(),
}
files = pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
REMARKS = (SUMMARY, at(2, 1, "第一条"), at(2, 1, "第二条"), CellRemark(TextPlace(1, 1), "标题"))


@files
def test_every_cell_has_its_comment_where_the_carrier_says(raw: bytes) -> None:
    """The text that a comment's range covers is the first line of the cell that it is about."""
    document_ = carry(raw)
    grids = document_.grids  # type: ignore[union-attr]
    cells_ = [one for grid in grids for one in grid.cells]
    marked = document(raw, *(CellRemark(one.place, f"<{one.place}>") for one in cells_))
    covered = anchored(marked)
    first_lines = {f"<{one.place}>": one.text.strip("\n").split("\n")[0] for one in cells_}
    found = {
        comment.text: covered[comment.comment_id]
        for comment in docx.Document(io.BytesIO(marked)).comments
        if comment.author == AUTHOR
    }
    assert found == first_lines


@files
def test_paragraphs_outside_of_tables_have_theirs(raw: bytes) -> None:
    lines = carry(raw).lines  # type: ignore[union-attr]
    marked = document(raw, *(CellRemark(line.place, line.text) for line in lines))
    covered = anchored(marked)
    for comment in docx.Document(io.BytesIO(marked)).comments:
        if comment.author == AUTHOR:
            assert covered[comment.comment_id] == comment.text


@files
def test_only_the_body_and_the_comments_change(raw: bytes) -> None:
    names = changed(raw, document(raw, *REMARKS))
    assert names <= {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    assert {"word/document.xml", "word/comments.xml"} <= names


@files
def test_the_body_is_the_same_without_what_refers_to_comments(raw: bytes) -> None:
    marked = document(raw, *REMARKS)
    assert carry(marked) == carry(raw)
    taken = document(marked)
    assert body(taken).replace("<w:p></w:p>", "<w:p/>") == body(raw)
    assert comments_in(taken) == comments_in(raw)


@files
def test_comments_of_others_stay_where_they_are(raw: bytes) -> None:
    marked = document(raw, *REMARKS)
    theirs = [one for one in comments_in(marked) if one[0] != AUTHOR]
    assert theirs == comments_in(raw)
    before, after = anchored(raw), anchored(marked)
    assert {number: after[number] for number in before} == before


@files
def test_marking_twice_is_marking_once(raw: bytes) -> None:
    once = document(raw, *REMARKS)
    assert document(raw, *REMARKS) == once
    assert document(once, *REMARKS) == once
    assert document(document(once, at(1, 2, "别的")), *REMARKS) == once


@files
def test_an_auditor_finds_nothing_new(raw: bytes, tmp_path: Path) -> None:
    marked = document(raw, *REMARKS)
    assert faults(marked, tmp_path, "docx") <= faults(raw, tmp_path, "docx")


def test_the_summary_comes_first() -> None:
    marked = document(by_people(comments=False), at(1, 1, "标题行"), SUMMARY)
    assert comments_in(marked) == [(AUTHOR, "共 2 处意见\n错误 1 处"), (AUTHOR, "标题行")]
    assert anchored(marked) == {0: "0-0", 1: "0-0"}


def test_what_has_no_place_stands_with_the_summary() -> None:
    remarks = [
        at(9, 9, "在哪里"),
        CellRemark(CellPlace("自评表", "B2"), "是工作簿"),
        SUMMARY._replace(place=TablePlace(1, 2, 1)),
    ]
    found = copy_of(mark_document(by_people(comments=False), remarks))
    assert [text for _, text in comments_in(found.raw)][1:] == [
        "第1张表 第9行第9格：在哪里",
        "自评表!B2：是工作簿",
    ]
    assert set(anchored(found.raw).values()) == {"1-0"}
    assert found.notes == ("2 条意见的位置不在文件里，写在第一条批注中",)


def body(raw: bytes) -> str:
    return bytes(unzipped(raw)["word/document.xml"]).decode()


def test_a_comment_begins_after_the_properties_of_a_paragraph() -> None:
    raw = by_hand(
        "<w:p><w:pPr><w:jc w:val='center'/><w:rPr><w:b/></w:rPr></w:pPr>"
        "<w:r><w:t>甲</w:t></w:r></w:p>"
        "<w:p><w:pPr/></w:p><w:p/><w:p a='>'/>"
    )
    remarks = [CellRemark(TextPlace(number, 1), "说") for number in (1, 2, 3, 4)]
    found = body(document(raw, *remarks))
    reference = '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r></w:p>'
    assert '</w:pPr><w:commentRangeStart w:id="0"/><w:r><w:t>' in found
    assert "</w:t></w:r>" + reference.format(0) in found
    assert '<w:p><w:pPr/><w:commentRangeStart w:id="1"/>' + reference.format(1) in found
    assert '<w:p><w:commentRangeStart w:id="2"/>' + reference.format(2) in found
    assert "<w:p a='>'><w:commentRangeStart w:id=\"3\"/>" + reference.format(3) in found


def test_a_cell_in_a_text_box_has_its_comment_at_the_paragraph_of_the_box() -> None:
    """Word allows no comment in a text box."""
    box = (
        "<w:p><w:r><w:t>外面</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + table_of(cell("里面"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    marked = document(by_hand(box), at(1, 1))
    assert re.search('<w:body><w:p><w:commentRangeStart w:id="0"/><w:r><w:t>外面', body(marked))


def test_a_deleted_row_and_joined_cells_count_as_for_the_carrier() -> None:
    gone = "<w:trPr><w:del w:id='1' w:author='x'/></w:trPr>"
    joined = cell("", "<w:hMerge/>")
    raw = by_hand(
        table_of(
            gone + cell("删去"),
            cell("甲", '<w:hMerge w:val="restart"/>') + joined + cell("乙"),
            cell("丙") + cell("") + cell("丁"),
        )
    )
    (grid,) = carry(raw).grids  # type: ignore[union-attr]
    remarks = [CellRemark(one.place, one.text) for one in grid.cells if one.text]
    marked = document(raw, *remarks)
    assert sorted(anchored_by_hand(marked)) == ["丁", "丙", "乙", "甲"]


def anchored_by_hand(raw: bytes) -> list[str]:
    """Return what stands between the ends of ranges, each of which holds one text."""
    found = re.findall(
        r'<w:commentRangeStart[^>]*"([0-9]+)"/>(.*?)<w:commentRangeEnd[^>]*"\1"/>', body(raw)
    )
    return [re.sub("<[^>]*>", "", text) for _, text in found]


def test_a_run_that_holds_more_than_our_reference_stays() -> None:
    """Programs may put a reference into a run with words."""
    once = document(by_hand(paragraph("甲")), CellRemark(TextPlace(1, 1), "说"))
    parts: dict[str, Any] = unzipped(once)
    parts["word/document.xml"] = body(once).replace(
        '<w:commentReference w:id="0"/>',
        '<w:rPr><w:b/></w:rPr><w:commentReference w:id="0"/><w:t>乙</w:t>',
    )
    assert "<w:r><w:rPr><w:b/></w:rPr><w:t>乙</w:t></w:r>" in body(document(zipped(parts)))


def test_a_new_comment_takes_no_place_of_one_that_was_lost() -> None:
    """A program may lose a comment and leave in the text what referred to it."""
    lost = '<w:commentRangeStart w:id="7"/><w:r><w:t>旧</w:t></w:r><w:commentRangeEnd w:id="7"/>'
    marked = document(
        by_hand(f"<w:p>{lost}</w:p>{paragraph('甲')}"), CellRemark(TextPlace(2, 1), "说")
    )
    assert anchored_by_hand(marked) == ["旧", "甲"]
    assert '<w:comment w:id="8"' in bytes(unzipped(marked)["word/comments.xml"]).decode()


def test_answers_to_our_comments_stay_as_comments_of_their_own() -> None:
    """Newer programs list comments by the mark of their last paragraph in parts of their own."""
    parts: dict[str, Any] = unzipped(document(by_people(comments=True), at(1, 1)))
    comments = bytes(parts["word/comments.xml"]).decode()
    number = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f'<w:p w14:paraId="0000000{number}"{found[1]}'

    comments = re.sub(r"<w:p(>| )", numbered, comments)
    assert number == 3
    parts["word/comments.xml"] = comments
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{NEWER}"><w15:commentEx w15:paraId="00000001" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000003" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000003" w15:done="0"/></w15:commentsEx>'
    )
    parts["word/commentsIds.xml"] = (
        '<c:commentsIds xmlns:c="c"><c:commentId c:paraId="00000003" c:durableId="A"/>'
        '<c:commentId c:paraId="00000002" c:durableId="B"/></c:commentsIds>'
    )
    parts["word/commentsExtensible.xml"] = (
        '<d:x xmlns:d="d"><d:commentExtensible d:durableId="A"/>'
        '<d:commentExtensible d:durableId="B"/></d:x>'
    )
    rels = bytes(parts["word/_rels/document.xml.rels"]).decode()
    for index, kind in enumerate(("commentsExtended", "commentsIds", "commentsExtensible")):
        rels = rels.replace(
            "</Relationships>",
            f'<Relationship Id="x{index}" Type="{OFFICE}/2016/09/relationships/{kind}"'
            f' Target="{kind}.xml"/></Relationships>',
        )
    parts["word/_rels/document.xml.rels"] = rels
    cleared = unzipped(document(zipped(parts)))
    assert bytes(cleared["word/commentsExtended.xml"]).decode().count("<w15:commentEx ") == 2
    assert b"paraIdParent" not in bytes(cleared["word/commentsExtended.xml"])
    assert b'"A"' not in bytes(cleared["word/commentsIds.xml"])
    assert b'"A"' not in bytes(cleared["word/commentsExtensible.xml"])
    assert b'"B"' in bytes(cleared["word/commentsExtensible.xml"])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("=1+1", "=1+1"),
        ("<w:p>&amp;]]>", "<w:p>&amp;]]>"),
        ("a\x00b\x1fc", "abc"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("😀𠮷\ud800\ufffe", "😀𠮷"),
        ("_x000D_", "_x000D_"),
        ("长" * 9_000, "长" * 8_000 + "……（太长，以下略）"),
        ("", ""),
    ],
)
def test_any_text_is_harmless(text: str, seen: str) -> None:
    assert comments_in(document(by_people(comments=False), at(1, 1, text))) == [(AUTHOR, seen)]


places = st.one_of(
    st.builds(TablePlace, st.integers(1, 3), st.integers(1, 5), st.integers(1, 5)),
    st.builds(TextPlace, st.integers(1, 4), st.just(1)),
    st.none(),
)
remarks_ = st.builds(CellRemark, places, st.text(max_size=40), st.sampled_from(MarkKind))


@settings(max_examples=40, deadline=None)
@given(st.lists(remarks_, max_size=8), st.sampled_from(sorted(FILES)))
def test_whatever_is_said_wherever_is_there_once(said: list[CellRemark], name: str) -> None:
    """Nothing said is lost, nothing of others changes, and a second marking changes nothing."""
    raw = FILES[name]
    remarks = [one._replace(text=f"<{index}>{one.text}") for index, one in enumerate(said)]
    marked = document(raw, *remarks)
    ours = [text for author, text in comments_in(marked) if author == AUTHOR]
    assert len(ours) == len(said)
    assert all(any(f"<{index}>" in text for text in ours) for index in range(len(said)))
    assert [one for one in comments_in(marked) if one[0] != AUTHOR] == comments_in(raw)
    assert document(marked, *remarks) == marked
    assert carry(marked) == carry(raw)
