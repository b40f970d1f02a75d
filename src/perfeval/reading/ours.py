"""Documents of ours: which table goes with what a file carries, and by which rulebook it scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from perfeval.carriers import CarriedDocument, CarriedLine
from perfeval.documents.inputs.enclosed import record_digest
from perfeval.errors import PerfevalError
from perfeval.fields import word_of
from perfeval.readers.layouts import shipped_ids
from perfeval.readers.rulebooks import load_rulebook, own_id
from perfeval.reading.candidates import parts_of
from perfeval.reading.enclosed import Enclosed, RulebookMark
from perfeval.reading.model import ReadingNote, ReadTable
from perfeval.reading.restoring import restored
from perfeval.reading.table import Candidate, read_table
from perfeval.reading.titles import is_title
from perfeval.sheet import Sheet

_PATH = (word_of(Sheet, "rulebook"),)
_NAME, _YEAR = word_of(Sheet, "name"), word_of(Sheet, "year")
_UNUSED = "文件附带的数据看不懂或者对不上这张表，没有用；各格按表上的读"


def with_enclosed(
    tables: Iterable[ReadTable],
    document: CarriedDocument,
    carried: Sequence[Enclosed | None],
    *,
    has_rulebook: bool = False,
) -> list[tuple[ReadTable, RulebookMark | None]]:
    """Return each table with what its document carries for it, and the rulebook that goes with it.

    Args:
        tables: What was read from what the document shows.
        document: The document.
        carried: What it carries.
        has_rulebook: Whether a person named the rulebook.
    """
    found: list[tuple[ReadTable, RulebookMark | None]] = [(table, None) for table in tables]
    for enclosed in carried if found else ():
        first = None if enclosed is None else _first(enclosed)
        at = None if first is None else _position(first, found, len(document.enclosed))
        if enclosed is None or first is None or at is None:
            table, mark = found[0]
            unread = (ReadingNote(_UNUSED), *table.unread)
            found[0] = replace(table, unread=unread), mark
            continue
        table = restored(found[at][0], first, enclosed, document, has_rulebook=has_rulebook)
        found[at] = _with_form(table, enclosed), enclosed.rulebook
    return found


def _with_form(table: ReadTable, enclosed: Enclosed) -> ReadTable:
    """Return a table with what its form was when it was made, where it is a form to fill in."""
    if not enclosed.is_form:
        return table
    before = dict(enclosed.data or {})
    made = {"rulebook": list(enclosed.rulebook), "sheet": before}
    return replace(table, form=record_digest(made), before=before)


def _first(enclosed: Enclosed) -> ReadTable | None:
    """Return what was read when the document was made."""
    parts = [part for part in parts_of(enclosed.shown) if isinstance(part, Candidate)]
    if len(parts) != 1:
        return None
    return read_table(as_form(parts[0]) if enclosed.is_form else parts[0])


def as_form(candidate: Candidate) -> Candidate:
    """Return a table as a form of ours: its title stands below what is filled in above it."""
    region = candidate.region
    titles = tuple(
        CarriedLine(cells[0].text, cells[0].place)
        for row in region.rows
        if len(cells := [cell for cell in region.beginning(row) if not cell.is_hidden]) == 1
        and is_title(cells[0].text)
    )
    return candidate._replace(above=(*candidate.above, *titles), is_form=True)


def form_of(carried: Sequence[Enclosed | None]) -> Enclosed | None:
    """Return what a form to fill in carries, where a document is one."""
    return next((one for one in carried if one is not None and one.is_form), None)


def _position(
    first: ReadTable, found: Sequence[tuple[ReadTable, RulebookMark | None]], texts: int
) -> int | None:
    """Return which table was made with what is carried: the only one, or that of the same name."""
    left = [at for at, (_, mark) in enumerate(found) if mark is None]
    if len(found) == texts == 1:
        return 0
    name = first.data.get(_NAME)
    named = [at for at in left if found[at][0].data.get(_NAME) == name]
    return named[0] if len(named) == 1 else None


def by_its_layout(table: ReadTable, rulebook: str | None) -> ReadTable:
    """Return a table with the rulebook by which it scores; that of its layout is an assumption."""
    if rulebook is not None:
        return replace(table, data={"评分办法": rulebook, **table.data})
    if not table.rulebooks:
        note = ReadingNote("看不出是哪个评分办法的表，请用 --rulebook 指明", None, ("评分办法",))
        return replace(table, unread=(note, *table.unread))
    first, *others = table.rulebooks
    more = f"；同一种表的还有 {'、'.join(others)}" if others else ""
    said = f"评分办法按表式认作 {first}{more}"
    note = ReadingNote(said, None, ("评分办法",))
    data = {"评分办法": first, **table.data}
    return replace(table, data=data, assumptions=(note, *table.assumptions))


def by_its_rulebook(
    table: ReadTable, mark: RulebookMark, given: str | None, file: str
) -> ReadTable:
    """Return a table with the rulebook by which its document was made, or with the given one.

    One that is not known is said and not followed: the file does not choose what is opened.

    Args:
        table: What was read.
        mark: The rulebook by which it was made.
        given: The id or the file of one that a person named for it.
        file: The document.
    """
    data = {key: value for key, value in table.data.items() if key != _PATH[0]}
    if given is not None:
        return _by_given(replace(table, data={_PATH[0]: given, **data}), mark, given, file)
    if mark.id not in shipped_ids():
        said = f"文件附带的评分办法是 {mark.id}，这里没有这个办法，请用 --rulebook 指明"
        note = ReadingNote(said, None, _PATH)
        return replace(table, data=data, rulebooks=(), unread=(note, *table.unread))
    table = replace(table, data={_PATH[0]: mark.id, **data}, rulebooks=(mark.id,))
    return _with_difference(table, mark, mark.id)


def _by_given(table: ReadTable, mark: RulebookMark, given: str, file: str) -> ReadTable:
    """Return a table that scores by a rulebook that a person named."""
    own, where = own_id(file, given)
    if own == mark.id:
        return _with_difference(table, mark, where)
    said = f"文件是按评分办法 {mark.id} 做的，照指定的 {given} 读"
    return replace(table, assumptions=(ReadingNote(said, None, _PATH), *table.assumptions))


def _with_difference(table: ReadTable, mark: RulebookMark, where: str) -> ReadTable:
    difference = _difference(mark, where, table.data.get(_YEAR))
    if difference is None:
        return table
    return replace(table, assumptions=(difference, *table.assumptions))


def _difference(mark: RulebookMark, where: str, year: object) -> ReadingNote | None:
    """Say that the rulebook is not any more what it was when the document was made."""
    try:
        book = load_rulebook(where, year=int(str(year)) if str(year).isdigit() else None)
    except PerfevalError:
        return None
    if book.digest == mark.digest:
        return None
    was, now = f"{mark.version}（{mark.digest}）", f"{book.version}（{book.digest}）"
    said = f"文件是按评分办法 {mark.id} 的版本 {was} 做的，现在的是 {now}，得分可能不同"
    return ReadingNote(said, None, _PATH)
