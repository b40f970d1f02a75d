"""What checks look at: a row, a note of the score, a text, a sheet, a department."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfeval.cells.notes import Note
from perfeval.rulebook import Rulebook
from perfeval.scorecard import IndicatorLine, Line, Scorecard
from perfeval.sheet import Sheet, SheetKind

if TYPE_CHECKING:
    from perfeval.department import Department


class Row(NamedTuple):
    """One indicator of a scored sheet; paths of its faults begin at the indicator."""

    line: IndicatorLine
    scorecard: Scorecard


class LineNote(NamedTuple):
    """What scoring stumbled over or assumed in one line; paths begin at the line."""

    note: Note
    line: Line
    scorecard: Scorecard


class Passage(NamedTuple):
    """One text of a sheet, or all of them one below the other; faults have no path of their own."""

    text: str
    sheet: Sheet


class DepartmentScores(NamedTuple):
    """A department and the scorecards of its sheets.

    A fault that lies in one of the sheets says in which, by its position among the scorecards.

    Attributes:
        department: The department.
        rulebook: The rulebook of the whole; its grades and its thresholds hold.
        scorecards: The scorecards, in the order of their files.
        unread: The files that could not be read.
        files: The files of the scorecards, where these are known.
    """

    department: Department
    rulebook: Rulebook
    scorecards: tuple[Scorecard, ...]
    unread: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def projects(self) -> tuple[Scorecard, ...]:
        """The scorecards of projects; the sheet of the whole department is none."""
        return tuple(card for card in self.scorecards if card.sheet.kind == SheetKind.PROJECT)

    @property
    def of_the_year(self) -> DepartmentScores:
        """The same without sheets of other years."""
        year = self.department.year
        cards = tuple(card for card in self.scorecards if card.sheet.year == year)
        return self._replace(scorecards=cards)


class TwoYears(NamedTuple):
    """A scored sheet, and the project's sheets of earlier years.

    Attributes:
        scorecard: The sheet.
        before: The earlier sheets; empty where none of the project is among those given.
    """

    scorecard: Scorecard
    before: tuple[Sheet, ...]
