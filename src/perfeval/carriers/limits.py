"""How much of a file from outside is looked at, and how it is refused beyond that."""

from __future__ import annotations

from typing import NamedTuple

from perfeval.carriers.values import LARGE_MERGE, Refusal


class Limits(NamedTuple):
    """The most of everything that one file may have.

    Attributes:
        file: Bytes of the file.
        parts: Files in its package.
        part: Bytes of one file in its package, unpacked.
        unpacked: Bytes of all of them that are read.
        depth: Elements within each other.
        elements: Tags in one file of the package.
        grids: Sheets or tables.
        cells: Cells that hold something, or are merged.
        covered: Positions under merged cells.
        text: Characters in one cell or line.
        characters: Characters in the whole file.
        pages: Pages.
        page_marks: Letters, and lines and boxes, on one page.
    """

    file: int = 64 << 20
    parts: int = 2_000
    part: int = 48 << 20
    unpacked: int = 96 << 20
    depth: int = 200
    elements: int = 6_000_000
    grids: int = 1_000
    cells: int = 200_000
    covered: int = 400_000
    text: int = 100_000
    characters: int = 8_000_000
    pages: int = 500
    page_marks: int = 30_000


LIMITS = Limits()


class CarrierRefusalError(Exception):
    """Stops the reading of a file; `perfeval.carriers.carry` returns its refusal as a value."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.refusal = Refusal(message, hint)


_SPLIT = "请只留下自评表，另存为一个文件再试"
_SAVE_AGAIN = "请用 WPS 或 Office 打开这个文件，另存一份再试；打不开时请向报送人重新要一份"


def too_much(what: str) -> CarrierRefusalError:
    """Return the refusal of a file that has too much of something."""
    return CarrierRefusalError(f"文件里的{what}，没有读取", _SPLIT)


def broken(what: str) -> CarrierRefusalError:
    """Return the refusal of a file that is damaged."""
    return CarrierRefusalError(f"文件已损坏：{what}", _SAVE_AGAIN)


def unsafe(what: str) -> CarrierRefusalError:
    """Return the refusal of a file that holds what no office file needs."""
    return CarrierRefusalError(f"文件里有{what}，没有读取", _SAVE_AGAIN)


def locked() -> CarrierRefusalError:
    """Return the refusal of a file that asks for a password."""
    return CarrierRefusalError("文件加了密码，读不出来", "请取消密码后另存一份再试")


class Allowance:
    """Counts what was kept of one file, and stops where it is too much."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = self._covered = self._characters = self._grids = 0

    def grid(self) -> None:
        """Count a sheet or table."""
        self._grids += 1
        if self._grids > self.limits.grids:
            raise too_much(f"表超过 {self.limits.grids} 张")

    def cell(self) -> None:
        """Count a cell, or a row of a table."""
        self._cells += 1
        if self._cells > self.limits.cells:
            raise too_much(f"单元格超过 {self.limits.cells} 个")

    def characters(self, text: str) -> None:
        """Count a text that is kept."""
        if len(text) > self.limits.text:
            raise too_much(f"一格或一行文字超过 {self.limits.text} 字")
        self._characters += len(text)
        if self._characters > self.limits.characters:
            raise too_much(f"文字超过 {self.limits.characters} 字")

    def merged(self, rows: int, columns: int) -> None:
        """Count the positions under a merged cell; a large area is never laid out."""
        size = rows * columns
        self._covered += size if size <= LARGE_MERGE else 10 * LARGE_MERGE
        if self._covered > self.limits.covered:
            raise too_much("合并单元格太多")
