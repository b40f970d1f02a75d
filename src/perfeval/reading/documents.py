"""The bytes of a file → the sheets in it, each with the rulebook by which it scores."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from perfeval.carriers import (
    CarriedDocument,
    CarriedGrid,
    CarriedText,
    Refusal,
    Remark,
    RemarkKind,
    carry,
)
from perfeval.documents.form.asides import ABOUT, HIDDEN_SHEETS
from perfeval.reading.candidates import parts_of
from perfeval.reading.enclosed import Enclosed, enclosed_of, is_of_workpaper
from perfeval.reading.form_columns import is_form
from perfeval.reading.form_labels import with_labels
from perfeval.reading.model import ReadDocument, ReadingNote, ReadTable, UnreadPart
from perfeval.reading.national import read_national
from perfeval.reading.national_marks import is_national
from perfeval.reading.ours import as_form, by_its_layout, by_its_rulebook, form_of, with_enclosed
from perfeval.reading.printed_pages import as_printed
from perfeval.reading.table import Candidate, read_table

_WORKPAPER = "是复核底稿，不是自评表；填好以后用 perfeval review grade 评定"


def read_content(raw: bytes, name: str, rulebook: str | None) -> ReadDocument:
    """Read the bytes of a file; see `perfeval.read`.

    Raises:
        MissingExtraError: It needs a package that is not installed.
    """
    if is_national(raw):
        return read_national(raw, name, rulebook)
    digest = hashlib.sha256(raw).hexdigest()
    carried = carry(raw)
    if isinstance(carried, Refusal):
        reason = f"{carried.message}；{carried.hint}" if carried.hint else carried.message
        return ReadDocument(name, digest, unread=(UnreadPart("", reason),))
    return read_carried(carried, name, digest, rulebook)


def read_carried(
    carried: CarriedDocument, name: str, digest: str, rulebook: str | None
) -> ReadDocument:
    """Read what was carried out of a file.

    Args:
        carried: The grids and texts of the file.
        name: What the file is called.
        digest: The SHA-256 of its bytes.
        rulebook: See `perfeval.read`.
    """
    if any(map(is_of_workpaper, carried.enclosed)):
        whole = UnreadPart("", _WORKPAPER, is_fault=False)
        return ReadDocument(name, digest, unread=(whole,))
    tables: list[ReadTable] = []
    unread: list[UnreadPart] = []
    enclosed = tuple(map(enclosed_of, carried.enclosed))
    carried = as_printed(carried, enclosed)
    made = form_of(enclosed)
    shown, labels = (carried, 0) if made is None else _as_made(carried, made)
    for part in parts_of(_without_own_sheets(shown)):
        if isinstance(part, Candidate):
            is_ours = made is not None and is_form(part.region.grid)
            tables.append(read_table(as_form(part) if is_ours else part))
        else:
            unread.append(part)
    tables = [
        by_its_layout(table, rulebook)
        if mark is None
        else by_its_rulebook(table, mark, rulebook, name)
        for table, mark in with_enclosed(
            tables, carried, enclosed, has_rulebook=rulebook is not None
        )
    ]
    remarks = [ReadingNote(one.message, one.place) for one in carried.remarks if _is_told(one)]
    if labels:
        said = f"有 {labels} 格的标题、栏名是公式，文件里没有存结果，按填报表做出时的读"
        remarks.append(ReadingNote(said))
    return ReadDocument(
        name=name,
        digest=digest,
        kind=carried.kind.value,
        tables=tuple(tables),
        unread=tuple(unread),
        remarks=tuple(remarks),
    )


def _without_own_sheets(document: CarriedDocument) -> CarriedDocument:
    """Return a document without the hidden sheets of a form of ours: they hold nothing to be read.

    A form has one that carries its data, or at least the one that says what made it.
    """
    hidden = {grid.name for grid in document.grids if grid.is_hidden}
    if not document.enclosed and ABOUT not in hidden:
        return document
    parts = (
        part
        for part in document.parts
        if isinstance(part, CarriedText) or not part.is_hidden or part.name not in HIDDEN_SHEETS
    )
    return replace(document, parts=tuple(parts))


def _is_told(remark: Remark) -> bool:
    """Tell whether a remark is said here; a hidden sheet is among what was not read."""
    return remark.kind is not RemarkKind.HIDDEN_SHEET


def _as_made(carried: CarriedDocument, made: Enclosed) -> tuple[CarriedDocument, int]:
    """Return a form with the headings that it had, and how many had no stored result."""
    parts: list[CarriedText | CarriedGrid] = []
    count = 0
    for part in carried.parts:
        if isinstance(part, CarriedGrid) and not part.is_hidden:
            grid, labels = with_labels(part, made)
            parts.append(grid)
            count += labels
        else:
            parts.append(part)
    return replace(carried, parts=tuple(parts)), count
