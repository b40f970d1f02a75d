"""Comments at the cells of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from perfeval.carriers import LIMITS, CarriedDocument, CarriedGrid, CarrierKind, Limits, Refusal
from perfeval.carriers.limits import Allowance, CarrierRefusalError, broken
from perfeval.carriers.markup import Attributes, MarkupWalker
from perfeval.carriers.numerals import stored_number
from perfeval.carriers.opened import read_carrier
from perfeval.carriers.package import main_part, relations
from perfeval.carriers.values import column_letters
from perfeval.carriers.xlsx import address, is_true, worksheet_parts
from perfeval.marks.boxes import LAST_COLUMN, LAST_ROW, Measures, NoteBox, Spot, with_boxes
from perfeval.marks.editing import (
    RELATED,
    EditedPackage,
    Finder,
    FoundElement,
    refuse_unmarkable,
)
from perfeval.marks.placing import placed
from perfeval.marks.splicing import Splices, escaped, missing_prefixes, span, writable
from perfeval.marks.values import AUTHOR, CellRemark, MarkedCopy, MarkKind
from perfeval.places import CellPlace, Place

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEW_COMMENTS = f'{_HEAD}<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode()
_AFTER_DRAWING = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst", "AlternateContent"),
}
"""What follows the drawing of comments in a sheet."""
_AROUND = 40
_LONGEST_NUMBER = 9
_PIXELS_PER_POINT = Decimal(4) / Decimal(3)
_PIXELS_PER_LETTER = Decimal(7)


def mark_workbook(
    raw: bytes, remarks: Sequence[CellRemark], *, limits: Limits = LIMITS
) -> MarkedCopy | Refusal:
    """Return a workbook with a comment at each cell of which something is said.

    Args:
        raw: The bytes of the workbook (.xlsx).
        remarks: What is said. Remarks of one cell stand in one comment. What has no place, or one
            that the workbook lacks, stands with the summary.
        limits: The most of everything that the workbook may have.

    Returns:
        The copy, in which all else is as it was; comments of ours from an earlier marking are
        gone, those of others stay. Or why there is none.
    """
    try:
        return _marked(raw, remarks, limits)
    except CarrierRefusalError as error:
        return error.refusal


def _marked(raw: bytes, remarks: Sequence[CellRemark], limits: Limits) -> MarkedCopy:
    document = read_carrier(raw, Allowance(limits))
    if document.kind is not CarrierKind.XLSX:
        raise CarrierRefusalError("这不是 Excel 工作簿（.xlsx）", "请另存为 .xlsx 再试")
    edited = EditedPackage(raw, limits)
    refuse_unmarkable(edited, main_part(edited.package, "xl/workbook.xml"))
    grids: dict[str, CarriedGrid] = {}
    for grid in document.grids:
        grids.setdefault(grid.name, grid)
    wanted, notes = placed(remarks, partial(_position, grids), _first_position(document))
    by_sheet: dict[str, dict[Spot, list[CellRemark]]] = {}
    for (name, spot), said in wanted.items():
        by_sheet.setdefault(name, {})[spot] = said
    for name, part in worksheet_parts(edited.package).items():
        if name not in grids:  # what a program put there for itself
            continue
        sheet = _CommentedSheet(edited, part, grids[name])
        sheet.mark(by_sheet.get(name, {}))
        notes += sheet.notes
    return MarkedCopy(edited.packed(), CarrierKind.XLSX, tuple(notes))


def _first_position(document: CarriedDocument) -> tuple[str, Spot]:
    """Return the first cell of the first sheet that is shown."""
    grids = sorted(document.grids, key=lambda grid: grid.is_hidden)
    if not grids:
        raise broken("工作簿里没有工作表")
    return grids[0].name, (0, 0)


def _position(
    grids: Mapping[str, CarriedGrid], place: Place, _length: int
) -> tuple[str, Spot] | None:
    """Return the sheet and the first cell of the merged ones that a place belongs to."""
    if not isinstance(place, CellPlace):
        return None
    grid, spot = grids.get(place.sheet), address(place.cell)
    if grid is None or spot is None or not (0 <= spot[0] <= LAST_ROW and spot[1] <= LAST_COLUMN):
        return None
    cell = grid.at(*spot)
    return grid.name, (cell.row, cell.column)


class _SheetParts(MarkupWalker):
    """Finds in a sheet where its drawing of comments is named, and how large its cells are."""

    def __init__(self, rows: set[int]) -> None:
        self.drawing = ""
        self.before = self.root = self.closing = -1
        self.rows: dict[int, int] = {}
        self.columns: dict[int, int] = {}
        self.row_height, self.column_width = Measures({}, {})[2:]
        self._needed = rows
        self._depth = 0
        self._row = -1
        self._is_past_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            self.root = self.offset()
        elif name == "row":
            self._size_row(attributes)
        elif name == "col":
            self._size_columns(attributes)
        elif self._depth == 2:
            self._begin_block(name, attributes)

    def end(self, name: str) -> None:
        if self._depth == 1:
            self.closing = self.offset()
        elif name == "sheetData":
            self._is_past_cells = True
        self._depth -= 1

    def _begin_block(self, name: str, attributes: Attributes) -> None:
        if name == "legacyDrawing":
            self.drawing = attributes.get("id", "")
        elif name == "sheetFormatPr":
            height = _size(attributes.get("defaultRowHeight", ""), _PIXELS_PER_POINT)
            width = _size(attributes.get("defaultColWidth", ""), _PIXELS_PER_LETTER)
            self.row_height, self.column_width = height or 18, width or self.column_width
        elif name in _AFTER_DRAWING and self._is_past_cells and self.before < 0:
            self.before = self.offset()

    def _size_row(self, attributes: Attributes) -> None:
        number = stored_number(attributes.get("r", ""))
        self._row = int(number) - 1 if number is not None else self._row + 1
        if self._row in self._needed:
            height = _size(attributes.get("ht", ""), _PIXELS_PER_POINT)
            if is_true(attributes.get("hidden", "0")):
                height = 0
            if height is not None:
                self.rows[self._row] = height

    def _size_columns(self, attributes: Attributes) -> None:
        first, last = (stored_number(attributes.get(end, "")) for end in ("min", "max"))
        width = _size(attributes.get("width", ""), _PIXELS_PER_LETTER)
        if is_true(attributes.get("hidden", "0")):
            width = 0
        if width is None or first is None or last is None:
            return
        for column in range(max(int(first) - 1, 0), min(int(last), LAST_COLUMN + 1)):
            if column in self.columns:  # no sheet says it twice, and a thousand times takes long
                return
            self.columns[column] = width

    def measures(self) -> Measures:
        """Return how large rows and columns are."""
        return Measures(self.rows, self.columns, self.row_height, self.column_width)


def _size(text: str, pixels: Decimal) -> int | None:
    number = stored_number(text)
    return None if number is None else max(int(number * pixels), 0)


class _Words(NamedTuple):
    """The text of a comment of ours, and what it is by its first remark."""

    text: str
    kind: MarkKind


class _CommentedSheet:
    """A sheet whose comments of ours are made anew.

    Attributes:
        notes: What is said of comments that stand elsewhere than they should.
    """

    def __init__(self, edited: EditedPackage, part: str, grid: CarriedGrid) -> None:
        self.notes: list[str] = []
        self._edited = edited
        self._part = part
        self._grid = grid
        self._related = relations(edited.package, part)
        self._ours: list[FoundElement] = []
        self._theirs: set[Spot] = set()
        self._authors: list[str] = []
        self._comments, self._raw, self._found = "", _NEW_COMMENTS, Finder()
        for relation in self._related.values():
            if relation.kind == "comments" and not relation.is_external:
                self._comments = relation.target
                self._raw = edited.read(relation.target)

    def mark(self, wanted: dict[Spot, list[CellRemark]]) -> None:
        """Take our comments out and put the wanted ones in."""
        if not (wanted or self._comments):
            return
        if not self._comments:
            self._comments = self._edited.free_name("xl/comments{}.xml")
            self._edited.add(self._comments, f"{_TYPE}.spreadsheetml.comments+xml", self._raw)
            self._edited.relate(self._part, "comments", self._comments)
        self._look()
        gone = {spot for found in self._ours if (spot := _spot(found)) is not None}
        if not (wanted or gone):
            return
        words = self._worded(wanted)
        self._write_comments(words)
        # Where ours stand none of others does: a box there is what is left of a lost comment.
        self._write_boxes(words, gone | words.keys())

    def _look(self) -> None:
        """Tell our comments from those of others."""
        self._found = Finder("authors", "author", "commentList", "comment")
        self._edited.walk(self._comments, self._found)
        self._authors = [found.text for found in self._found.all("author")]
        for found in self._found.all("comment"):
            spot = _spot(found)
            if self._is_ours(found):
                self._ours.append(found)
            elif spot is not None:
                self._theirs.add(spot)

    def _is_ours(self, comment: FoundElement) -> bool:
        """Tell our comments by their author, or by their head where a program lost the author."""
        number = comment.attributes.get("authorId", "")
        index = int(number) if _is_number(number) else len(self._authors)
        author = "".join(self._authors[index : index + 1]).strip()
        return author == AUTHOR or (not author and comment.text.lstrip().startswith(f"{AUTHOR}\n"))

    def _worded(self, wanted: dict[Spot, list[CellRemark]]) -> dict[Spot, _Words]:
        """Return the text for each cell; a cell has room for one comment, and others come first."""
        remarks: dict[Spot, list[CellRemark]] = {}
        for spot, said in wanted.items():
            free = self._free(spot)
            if free == spot:
                remarks.setdefault(free, []).extend(said)
                continue
            cell, beside = _cell(spot), _cell(free)
            self.notes.append(f"{self._grid.name}!{cell} 已有别人的批注，意见写在 {beside}")
            remarks.setdefault(free, []).extend(remark.naming(cell) for remark in said)
        return {
            spot: _Words(writable("\n".join(remark.text for remark in said)), said[0].kind)
            for spot, said in sorted(remarks.items())
        }

    def _free(self, spot: Spot) -> Spot:
        """Return a cell or the nearest one right of it, or else left, that has no comment yet."""
        row, wanted = spot
        for column in (*range(wanted, LAST_COLUMN + 1), *range(wanted - 1, -1, -1)):
            cell = self._grid.at(row, column)
            if (row, column) not in self._theirs and (cell.row, cell.column) == (row, column):
                return row, column
        raise broken("一行里全是批注")

    def _write_comments(self, words: dict[Spot, _Words]) -> None:
        raw = self._edited.read(self._comments)
        splices = Splices(raw)
        for found in self._ours:
            element = found.span(raw)
            splices.cut(element.start, element.end)
        more = missing_prefixes(raw, {"": _MAIN})
        if AUTHOR not in self._authors:
            authors = self._found.first("authors").span(raw)
            splices.fill(authors, f"<author{more}>{escaped(AUTHOR)}</author>")
            self._authors.append(AUTHOR)
        number = self._authors.index(AUTHOR)
        comments = "".join(_comment(spot, said, number, more) for spot, said in words.items())
        splices.fill(self._found.first("commentList").span(raw), comments)
        self._edited.write(self._comments, splices.result())

    def _write_boxes(self, words: dict[Spot, _Words], gone: set[Spot]) -> None:
        rows = {row + more for row, _ in words for more in range(-1, _AROUND)}
        parts = _SheetParts(rows)
        raw = self._edited.walk(self._part, parts)
        boxes = [
            NoteBox(
                spot,
                f"{AUTHOR}\n{said.text}",
                said.kind,
                beside=self._beside(spot, said),
                is_open=said.kind is MarkKind.SUMMARY,
            )
            for spot, said in words.items()
        ]
        if parts.drawing:
            relation = self._related.get(parts.drawing)
            if relation is None or relation.target not in self._edited:
                raise broken("批注的图形不在文件里")
            drawing = self._edited.read(relation.target)
            self._edited.write(relation.target, with_boxes(drawing, gone, boxes, parts.measures()))
            return
        name = self._edited.free_name("xl/drawings/vmlDrawing{}.vml")
        self._edited.add(
            name, f"{_TYPE}.vmlDrawing", with_boxes(None, gone, boxes, parts.measures())
        )
        more = missing_prefixes(raw, {"": _MAIN, "r": RELATED})
        splices = Splices(raw)
        tag = f'<legacyDrawing{more} r:id="{self._edited.relate(self._part, "vmlDrawing", name)}"/>'
        if parts.before >= 0:
            splices.put(parts.before, tag)
        else:
            splices.fill(span(raw, parts.root, parts.closing), tag)
        self._edited.write(self._part, splices.result())

    def _beside(self, spot: Spot, said: _Words) -> int:
        """Return the column at which a box stands: the summary's stands right of the table."""
        if said.kind is MarkKind.SUMMARY and self._grid.width < LAST_COLUMN:
            return max(self._grid.width, spot[1] + 1)
        cell = self._grid.at(*spot)
        return min(cell.column + cell.columns, LAST_COLUMN)


def _spot(comment: FoundElement) -> Spot | None:
    return address(comment.attributes.get("ref", ""))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER


def _cell(spot: Spot) -> str:
    return f"{column_letters(spot[1])}{spot[0] + 1}"


def _comment(spot: Spot, said: _Words, author: int, more: str) -> str:
    return (
        f'<comment{more} ref="{_cell(spot)}" authorId="{author}"><text>'
        '<r><rPr><b/><sz val="9"/><rFont val="宋体"/></rPr>'
        f'<t xml:space="preserve">{AUTHOR}\n</t></r>'
        '<r><rPr><sz val="9"/><rFont val="宋体"/></rPr>'
        f'<t xml:space="preserve">{_literal(said.text)}</t></r></text></comment>'
    )


def _literal(text: str) -> str:
    """Return a text in which nothing is taken for the code of a character, as _x000D_ would be."""
    return escaped(text.replace("_x", "_x005F_x"))
