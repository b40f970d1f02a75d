"""What was found in a file as one page: its own pages or tables, and beside them the remarks.

Of a PDF the pages are pictures with a frame at each cell; of a page or a text the tables are
written anew, and a number at a cell leads to what is said of it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perfeval.carriers import CarriedDocument, CarriedGrid, CarriedText, CarrierKind
from perfeval.carriers.html import MARK
from perfeval.documents.alignment import printable
from perfeval.documents.findings.inspections import version_text
from perfeval.documents.findings.page import asset, content_hash
from perfeval.documents.templates import markup_template
from perfeval.marks import CellRemark, MarkedCopy, MarkKind, PagePicture
from perfeval.places import PageBox, PagePlace, Place, PlaceOrder, first_order


class MarkedItem(NamedTuple):
    """A remark as it is printed.

    Attributes:
        number: By which it is known on the page.
        kind: What it is, as its class is called.
        place: Where, empty for what concerns the whole file.
        first: Its first line.
        lines: The others.
    """

    number: int
    kind: str
    place: str
    first: str
    lines: tuple[str, ...]


class PageFrame(NamedTuple):
    """A frame on the picture of a page, in its pixels, with the numbers of its remarks."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    numbers: tuple[int, ...]


class MarkedCell(NamedTuple):
    """A cell of a table, or a line of text, with the remarks on it."""

    lines: tuple[str, ...]
    rows: int
    columns: int
    items: tuple[MarkedItem, ...]


class MarkedPart(NamedTuple):
    """A page or a table of the file.

    Attributes:
        title: What it is called; empty for lines between tables.
        items: The remarks on it.
        picture: A page as an address that holds its picture; empty for a table.
        width, height: The size of the picture.
        frames: What is framed on it.
        rows: The rows of a table.
        texts: Lines of text.
    """

    title: str
    items: tuple[MarkedItem, ...]
    picture: str = ""
    width: int = 0
    height: int = 0
    frames: tuple[PageFrame, ...] = ()
    rows: tuple[tuple[MarkedCell, ...], ...] = ()
    texts: tuple[MarkedCell, ...] = ()


def marked_page(
    document: CarriedDocument,
    remarks: Sequence[CellRemark],
    pictures: Mapping[int, PagePicture],
    name: str,
) -> MarkedCopy:
    """Return a page with what is said of a file.

    Args:
        document: What was read of the file.
        remarks: What is said; that which has no place stands above all.
        pictures: The pages of a PDF, by their numbers.
        name: What the file is called.
    """
    summary = [one.text for one in remarks if one.kind is MarkKind.SUMMARY]
    said = sorted((one for one in remarks if one.kind is not MarkKind.SUMMARY), key=_in_order)
    items = [(one.place, _item(one, number)) for number, one in enumerate(said, 1)]
    parts = list(_pages(document, items, pictures) if pictures else _parts(document, items))
    kept = {item.number for part in parts for item in part.items}
    style = asset("marked.css")
    page = markup_template("html/marked.html.j2").render(
        name=printable(name),
        summary=[line for text in summary for line in _lines(text)],
        others=[item for _, item in items if item.number not in kept],
        parts=parts,
        mark=MARK,
        version=version_text(),
        style=style,
        style_hash=content_hash(style),
    )
    return MarkedCopy(page.encode(), CarrierKind.HTML, (_NOTES[bool(pictures)],))


_NOTES = {
    True: "原件是 PDF，批注写成网页：有意见的页画成图，有意见的格加框",
    False: "批注写在另做的网页里：原件的字和表格都在，样式、图片不在里面",
}


def _in_order(remark: CellRemark) -> tuple[bool, PlaceOrder]:
    """Return by what remarks are numbered: as they stand, those of the whole file at the end."""
    is_of_all = remark.place is None
    return is_of_all, first_order(()) if remark.place is None else remark.place.order


def _item(remark: CellRemark, number: int) -> MarkedItem:
    first, *lines = _lines(remark.text)
    place = "" if remark.place is None else str(remark.place)
    return MarkedItem(number, remark.kind.value, place, first, tuple(lines))


_Items = Sequence[tuple[Place | None, MarkedItem]]


def _pages(
    document: CarriedDocument, items: _Items, pictures: Mapping[int, PagePicture]
) -> Iterator[MarkedPart]:
    """Yield the pages of a PDF of which something is said."""
    boxes = _boxes(document)
    for number, picture in pictures.items():
        on_page = [
            (place, item)
            for place, item in items
            if isinstance(place, PagePlace) and place.page == number
        ]
        framed: dict[PageBox, list[MarkedItem]] = {}
        for place, item in on_page:
            box = place.box or boxes.get(place)
            if box is not None:
                framed.setdefault(box, []).append(item)
        yield MarkedPart(
            title=f"第{number}页",
            items=tuple(item for _, item in on_page),
            picture=f"data:image/png;base64,{b64encode(picture.raw).decode()}",
            width=picture.width,
            height=picture.height,
            frames=tuple(_frame(box, found, picture) for box, found in framed.items()),
        )


def _boxes(document: CarriedDocument) -> dict[Place, PageBox]:
    """Return what the cells on a line take together, for places that do not know their cell."""
    found: dict[Place, PageBox] = {}
    for cell in (cell for grid in document.grids for cell in grid.cells if cell.text):
        box = cell.place.box if isinstance(cell.place, PagePlace) else None
        if box is not None:
            known = found.get(cell.place, box)
            left, top, right, bottom = zip(known, box, strict=True)
            found[cell.place] = min(left), min(top), max(right), max(bottom)
    return found


def _frame(box: PageBox, items: Sequence[MarkedItem], picture: PagePicture) -> PageFrame:
    left, top, right, bottom = box
    x, y = int(left * picture.width), int(top * picture.height)
    return PageFrame(
        kind=items[0].kind,
        x=x,
        y=y,
        width=max(int(right * picture.width) - x, 1),
        height=max(int(bottom * picture.height) - y, 1),
        numbers=tuple(item.number for item in items),
    )


def _parts(document: CarriedDocument, items: _Items) -> Iterator[MarkedPart]:
    """Yield the tables and the lines of a file."""
    by_place: dict[Place, list[MarkedItem]] = {}
    for place, item in items:
        if place is not None:
            by_place.setdefault(place, []).append(item)
    for part in document.parts:
        if isinstance(part, CarriedText):
            texts = tuple(
                MarkedCell(_lines(one.text), 1, 1, tuple(by_place.get(one.place, ())))
                for one in part.lines
            )
            found = tuple(item for text in texts for item in text.items)
            yield MarkedPart("", found, texts=texts)
        else:
            yield _table(part, by_place)


def _table(grid: CarriedGrid, by_place: Mapping[Place, list[MarkedItem]]) -> MarkedPart:
    rows: list[tuple[MarkedCell, ...]] = []
    for row in range(grid.height):
        cells, column = [], 0
        while column < grid.width:
            cell = grid.at(row, column)
            if cell.row == row:
                said = tuple(by_place.get(cell.place, ())) if cell.column == column else ()
                cells.append(MarkedCell(_lines(cell.text), cell.rows, cell.columns, said))
            column = max(cell.column + cell.columns, column + 1)
        rows.append(tuple(cells))
    found = tuple(item for row in rows for cell in row for item in cell.items)
    title = grid.name or f"第{grid.number}张表"
    return MarkedPart(printable(title), found, rows=tuple(rows))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(map(printable, text.split("\n")))
