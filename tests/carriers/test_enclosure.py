"""What programs put into files for themselves: a text, bounded, never a reason to refuse."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pypdfium2
import pytest

from perfeval.carriers import CarriedDocument, carry
from perfeval.carriers.enclosure import ENCLOSURE, Enclosures
from tests.carriers import documents

TEXT = '{"附带数据": 1, "所见": "\\u003c"}'


def kept(raw: bytes) -> CarriedDocument:
    found = carry(raw)
    assert isinstance(found, CarriedDocument), found
    return found


def workbook(*cells: str, state: str = "veryHidden", name: str = ENCLOSURE) -> bytes:
    book = openpyxl.Workbook()
    shown: Any = book.active
    shown["A1"] = "项目名称"
    sheet: Any = book.create_sheet(name)
    for row, text in enumerate(cells, 1):
        sheet.cell(row, 1, text)
    sheet.sheet_state = state
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_hidden_sheet_of_that_name_is_no_sheet_but_a_text_in_pieces() -> None:
    document = kept(workbook(TEXT[:9], TEXT[9:]))
    assert document.enclosed == (TEXT,)
    assert [grid.name for grid in document.grids] == ["Sheet"]
    assert document.remarks == ()


@pytest.mark.parametrize(("state", "name"), [("visible", ENCLOSURE), ("hidden", "数据")])
def test_what_is_seen_or_has_another_name_stays_a_sheet(state: str, name: str) -> None:
    document = kept(workbook(TEXT, state=state, name=name))
    assert document.enclosed == ()
    assert len(document.grids) == 2


def with_parts(raw: bytes, *parts: str) -> bytes:
    """Add parts of custom XML to a document, as any program may."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        related = "".join(
            f'<Relationship Id="own{at}" Type="http://x/customXml" '
            f'Target="../customXml/item{at}.xml"/>'
            for at in range(len(parts))
        )
        new.writestr("word/_rels/document.xml.rels", f"<Relationships>{related}</Relationships>")
        for at, part in enumerate(parts):
            new.writestr(f"customXml/item{at}.xml", part)
    return stream.getvalue()


def test_custom_xml_is_kept_by_its_root_and_that_of_others_is_passed_over() -> None:
    ours = f'<x:{ENCLOSURE} xmlns:x="urn:x">{TEXT}</x:{ENCLOSURE}>'
    others = ("<sources/>", ours, "<broken", "<!DOCTYPE a><a/>")
    raw = with_parts(documents.by_hand(documents.paragraph("项目名称")), *others)
    assert kept(raw).enclosed == (TEXT,)


def test_the_data_of_a_page_are_kept_by_their_id_alone() -> None:
    page = (
        "<html><body><script type='application/json' id='other'>{}</script>"
        f"<script type='application/json' id='{ENCLOSURE}'>{TEXT}</script>"
        f"<script id='{ENCLOSURE}'>alert(1)</script><table><tr><td>项目</td></tr></table></body>"
    )
    assert kept(page.encode()).enclosed == (TEXT,)


def test_an_attached_file_is_kept_by_its_name_and_a_damaged_one_passed_over() -> None:
    book = pypdfium2.PdfDocument.new()
    book.new_page(200, 200)
    for name, text in (("other.json", "{}"), (f"{ENCLOSURE}.json", TEXT)):
        book.new_attachment(name).set_data(text.encode())
    stream = io.BytesIO()
    book.save(stream)
    assert kept(stream.getvalue()).enclosed == (TEXT,)


def test_an_attached_file_without_its_content_makes_no_file_unreadable() -> None:
    book = pypdfium2.PdfDocument.new()
    book.new_page(200, 200)
    book.new_attachment(f"{ENCLOSURE}.json")
    stream = io.BytesIO()
    book.save(stream)
    assert kept(stream.getvalue()).enclosed == ()


def test_more_than_a_sheet_can_be_is_left_out_and_said() -> None:
    found = Enclosures()
    found.add("甲" * 2_000_001)
    assert (found.texts, len(found.remarks())) == ([], 1)
    many = Enclosures()
    for _ in range(25):
        many.add("甲")
    assert (len(many.texts), len(many.remarks())) == (20, 1)
    assert Enclosures().remarks() == []
