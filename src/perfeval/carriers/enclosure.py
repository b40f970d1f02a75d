"""What a program put into a document for itself, beside what is shown; known by its name alone.

In a Word document it is a part of custom XML, in a workbook a hidden sheet, in a page a script
that is no program, in a PDF an attached file: always one text, under one name.
"""

from __future__ import annotations

from collections.abc import Iterable

from perfeval.carriers.limits import CarrierRefusalError
from perfeval.carriers.markup import Attributes, MarkupWalker
from perfeval.carriers.package import Package, PartReference
from perfeval.carriers.values import CarriedGrid, Remark, RemarkKind

ENCLOSURE = "perfeval-data"
"""The name of the sheet, of the script and of the root of the XML; of a file with its ending."""
ENCLOSED_FILE = f"{ENCLOSURE}.json"
RELATION = "customXml"
"""How a document names such a part among those that belong to it."""
_MOST_CHARACTERS, _MOST_TEXTS = 2_000_000, 20


class Enclosures:
    """The texts that were found in a file, as far as they are not too many or too long.

    Attributes:
        texts: The texts.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._left_out = 0

    def add(self, text: str) -> None:
        """Keep a text."""
        size = sum(map(len, self.texts)) + len(text)
        if size > _MOST_CHARACTERS or len(self.texts) == _MOST_TEXTS:
            self._left_out += 1
        else:
            self.texts.append(text)

    def remarks(self) -> list[Remark]:
        """Say that something was left out."""
        if not self._left_out:
            return []
        return [Remark(RemarkKind.NOT_READ, "文件里附带的数据太多，没有读取")]


def without_enclosures(grids: Iterable[CarriedGrid], found: Enclosures) -> tuple[CarriedGrid, ...]:
    """Return the sheets of a workbook that show something; the texts of the others are kept.

    Such a text stands in the first column, in as many cells as it needs.
    """
    shown = []
    for grid in grids:
        if grid.is_hidden and grid.name == ENCLOSURE:
            found.add("".join(cell.text for cell in grid.cells if cell.column == 0))
        else:
            shown.append(grid)
    return tuple(shown)


def read_parts(package: Package, related: Iterable[PartReference], found: Enclosures) -> None:
    """Keep the texts of a package's custom XML; that of other programs is passed over."""
    for reference in related:
        is_part = reference.kind == RELATION and not reference.is_external
        if not is_part or reference.target not in package:
            continue
        walker = _EnclosedText()
        try:
            package.walk(reference.target, walker)
        except CarrierRefusalError:  # what no reader needs makes no file unreadable
            continue
        if walker.is_enclosure:
            found.add("".join(walker.pieces))


class _EnclosedText(MarkupWalker):
    """The text of a part, where its root has the name."""

    def __init__(self) -> None:
        self.is_enclosure = False
        self.pieces: list[str] = []
        self._is_root = True

    def start(self, name: str, attributes: Attributes) -> None:
        del attributes
        if self._is_root:
            self.is_enclosure = name == ENCLOSURE
        self._is_root = False

    def text(self, text: str) -> None:
        if self.is_enclosure:
            self.pieces.append(text)
