"""Marked files as other libraries read them."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from perfeval.carriers import Refusal
from perfeval.marks import CellRemark, MarkedCopy, mark_document, mark_workbook

Notes = dict[str, tuple[str, str]]


def copy_of(found: MarkedCopy | Refusal) -> MarkedCopy:
    assert isinstance(found, MarkedCopy), found
    for note in found.notes:
        note.encode("gbk")
    return found


def workbook(raw: bytes, *remarks: CellRemark) -> bytes:
    return copy_of(mark_workbook(raw, remarks)).raw


def document(raw: bytes, *remarks: CellRemark) -> bytes:
    return copy_of(mark_document(raw, remarks)).raw


def notes_in(raw: bytes, sheet: str = "自评表") -> Notes:
    """Return author and text of the comment at each cell, by openpyxl."""
    page: Any = openpyxl.load_workbook(io.BytesIO(raw))[sheet]
    return {
        cell.coordinate: (cell.comment.author, cell.comment.text)
        for row in page
        for cell in row
        if getattr(cell, "comment", None) is not None
    }


def comments_in(raw: bytes) -> list[tuple[str, str]]:
    """Return author and text of the comments of a document, by python-docx."""
    return [(one.author, one.text) for one in docx.Document(io.BytesIO(raw)).comments]


def anchored(raw: bytes) -> dict[int, str]:
    """Return the text between the ends of each comment's range, by python-docx's tree."""
    found: dict[int, str] = {}
    open_now: set[int] = set()
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    element: Any
    for element in docx.Document(io.BytesIO(raw)).element.body.iter():
        if element.tag == f"{space}commentRangeStart":
            number = int(element.get(f"{space}id"))
            open_now.add(number)
            found[number] = ""
        elif element.tag == f"{space}commentRangeEnd":
            open_now.remove(int(element.get(f"{space}id")))
        elif element.tag == f"{space}t":
            for number in open_now:
                found[number] += element.text or ""
    assert not open_now
    return found


def entries(raw: bytes) -> dict[str, bytes]:
    """Return the files of an archive as they are packed, their heads included, in their order."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            name, extra = struct.unpack_from("<2H", raw, entry.header_offset + 26)
            end = entry.header_offset + 30 + name + extra + entry.compress_size
            found[entry.filename] = raw[entry.header_offset : end]
    return found


def changed(before: bytes, after: bytes) -> set[str]:
    """Return which files of an archive are others; all are still there, in the same order."""
    old, new = entries(before), entries(after)
    assert list(new)[: len(old)] == list(old)
    return {name for name in new if old.get(name) != new[name]}


def faults(raw: bytes, folder: Path, ending: str) -> set[str]:
    """Return what an auditor of office files finds."""
    path = folder / f"audited.{ending}"
    path.write_bytes(raw)
    return {str(error) for error in OpenXmlValidator().validate(str(path)).errors}
