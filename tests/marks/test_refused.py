"""Files that get no comments, and packages that are written in unusual ways."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest

from perfeval.carriers import LIMITS, Refusal
from perfeval.marks import CellRemark, MarkedCopy, mark_document, mark_workbook
from perfeval.places import CellPlace, TablePlace
from tests.carriers import documents, workbooks
from tests.carriers.made import table
from tests.carriers.workbooks import unzipped, zipped
from tests.marks.reading import changed, comments_in, document, notes_in, workbook

BOOK = workbooks.by_openpyxl(table(3))
TEXT = documents.by_python_docx(table(4, are_figures=False))
CELL = CellRemark(CellPlace("自评表", "B2"), "高了")
SPOT = CellRemark(TablePlace(1, 1, 1), "高了")
Marker = Callable[[bytes, Sequence[CellRemark]], MarkedCopy | Refusal]


def refused(found: MarkedCopy | Refusal) -> str:
    assert isinstance(found, Refusal), found
    assert found.message
    assert found.hint
    (found.message + found.hint).encode("gbk")
    return found.message


def with_parts(raw: bytes, more: dict[str, bytes]) -> bytes:
    return zipped({**unzipped(raw), **more})


BOTH = pytest.mark.parametrize(("mark", "raw"), [(mark_workbook, BOOK), (mark_document, TEXT)])


@BOTH
def test_macros_signatures_and_entities_are_refused(mark: Marker, raw: bytes) -> None:
    folder = "xl" if raw is BOOK else "word"
    assert "宏" in refused(mark(with_parts(raw, {f"{folder}/vbaProject.bin": b"x"}), []))
    signed = {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<x/>"}
    assert "签名" in refused(mark(with_parts(raw, signed), []))
    entity = b'<!DOCTYPE x [<!ENTITY a "ha">]><x/>'
    name = "xl/worksheets/sheet1.xml" if raw is BOOK else "word/document.xml"
    assert "DOCTYPE" in refused(mark(with_parts(raw, {name: entity}), []))
    types = {"[Content_Types].xml": entity}
    assert "DOCTYPE" in refused(mark(with_parts(raw, types), [CELL, SPOT]))


@BOTH
def test_broken_and_foreign_files_are_refused(mark: Marker, raw: bytes) -> None:
    other = TEXT if raw is BOOK else BOOK
    for wrong in (b"", b"PK\x03\x04", raw[: len(raw) // 2], other, b"%PDF-1.4", b"a,b\n1,2\n"):
        refused(mark(wrong, [CELL]))


@BOTH
def test_the_strict_kind_is_refused(mark: Marker, raw: bytes) -> None:
    name = "xl/workbook.xml" if raw is BOOK else "word/document.xml"
    part = bytes(unzipped(raw)[name])
    strict = part.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")
    assert strict != part
    refused(mark(with_parts(raw, {name: strict}), [CELL]))


def test_bombs_are_refused() -> None:
    limits = LIMITS._replace(part=2_000)
    assert "太大" in refused(mark_workbook(BOOK, [CELL], limits=limits))
    assert "太大" in refused(mark_document(TEXT, [SPOT], limits=limits))
    bomb = with_parts(workbook(BOOK, CELL), {"xl/comments1.xml": b"<comments>" + b" " * 9_000})
    limits = LIMITS._replace(part=8_000)
    assert "太大" in refused(mark_workbook(bomb, [CELL], limits=limits))


def test_what_is_said_many_times_takes_no_time() -> None:
    """Columns and rows that overlap, and comments without end, are counted once or refused."""
    name = "xl/worksheets/sheet1.xml"
    sheet = bytes(unzipped(BOOK)[name])
    columns = b'<col min="-9999999999" max="16384" width="9"/>' * 20_000
    wide = sheet.replace(b"<sheetData>", b"<cols>" + columns + b"</cols><sheetData>")
    assert wide != sheet
    assert isinstance(mark_workbook(with_parts(BOOK, {name: wide}), [CELL]), MarkedCopy)
    parts = unzipped(workbook(BOOK, CELL))
    many = b'<comment ref="B9" authorId="99999999999"/>' * 100_001
    parts["xl/comments1.xml"] = parts["xl/comments1.xml"].replace(
        b"<commentList>", b"<commentList>" + many
    )
    assert "批注" in refused(mark_workbook(zipped(parts), [CELL]))


def test_what_another_encoding_hides_is_refused() -> None:
    name = "xl/worksheets/sheet1.xml"
    sheet = bytes(unzipped(BOOK)[name]).decode()
    other = f'<?xml version="1.0" encoding="utf-16"?>{sheet}'.encode("utf-16")
    assert "UTF-8" in refused(mark_workbook(with_parts(BOOK, {name: other}), [CELL]))


@pytest.mark.parametrize("name", ["xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"])
@pytest.mark.parametrize("content", [b"", b"<a", b"<comments/>", b"<xml>"])
def test_damaged_comments_are_refused(name: str, content: bytes) -> None:
    refused(mark_workbook(with_parts(workbook(BOOK, CELL), {name: content}), [CELL]))


def test_a_missing_part_is_refused() -> None:
    parts = unzipped(workbook(BOOK, CELL))
    for gone in ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"):
        left = {name: part for name, part in parts.items() if name != gone}
        refused(mark_workbook(zipped(left), [CELL]))


def repacked(raw: bytes, *, streamed: bool, method: int, comment: bytes) -> bytes:
    """Return a package as another program might write it."""

    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    stream = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, part in unzipped(raw).items():
            archive.writestr(name, part)
        archive.comment = comment
    return stream.getvalue()


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_packages_of_any_writer_keep_their_other_parts(streamed: bool, method: int) -> None:
    raw = repacked(BOOK, streamed=streamed, method=method, comment=b"note")
    marked = workbook(raw, CELL)
    changed(raw, marked)
    assert notes_in(marked) == notes_in(workbook(BOOK, CELL))
    assert zipfile.ZipFile(io.BytesIO(marked)).comment == b"note"
    text = repacked(TEXT, streamed=streamed, method=method, comment=b"")
    assert comments_in(document(text, SPOT)) == comments_in(document(TEXT, SPOT))


def test_two_parts_of_one_name_are_refused() -> None:
    stream = io.BytesIO(BOOK)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/styles.xml", unzipped(BOOK)["xl/styles.xml"])
    refused(mark_workbook(stream.getvalue(), [CELL]))


def test_every_cut_of_a_package_is_refused_or_whole() -> None:
    """However a file was damaged: a refusal, or a copy that opens."""
    for raw, mark, remark in ((BOOK, mark_workbook, CELL), (TEXT, mark_document, SPOT)):
        for place in range(0, len(raw), len(raw) // 60):
            hurt = bytearray(raw)
            hurt[place] ^= 0x55
            found = mark(bytes(hurt), [remark])
            if isinstance(found, MarkedCopy):
                zipfile.ZipFile(io.BytesIO(found.raw)).namelist()
