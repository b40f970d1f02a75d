"""What the checks of a department look at: the department and its scored sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from perfeval.checks.registry import LACKING, Sight
from perfeval.department import Department
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.sheet import SheetKind


class DepartmentScores(NamedTuple):
    """A department and the scorecards of its sheets.

    A fault that lies in one of the sheets says in which, by its position among the scorecards.

    Attributes:
        department: The department.
        rulebook: The rulebook of the whole; its grades and its thresholds hold.
        cards: The scorecards, in the order of their files.
        unread: The files that could not be read.
        files: The files of the scorecards, where these are known.
    """

    department: Department
    rulebook: Rulebook
    cards: tuple[Scorecard, ...]
    unread: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def projects(self) -> tuple[Scorecard, ...]:
        """The scorecards of projects; the sheet of the whole department is none."""
        return tuple(card for card in self.cards if card.sheet.kind == SheetKind.PROJECT)

    @property
    def of_the_year(self) -> DepartmentScores:
        """The same without sheets of other years."""
        year = self.department.year
        return self._replace(cards=tuple(card for card in self.cards if card.sheet.year == year))


def over_all_sheets(
    run: Callable[[DepartmentScores], Sight],
) -> Callable[[DepartmentScores], Sight]:
    """Make a check of all sheets say that it lacks data where one of them could not be read.

    What finds nothing to look at in the sheets that were read does not apply.
    """

    @wraps(run)
    def looked(roll: DepartmentScores) -> Sight:
        applies = False
        for seen in run(roll):
            applies = True
            yield seen
        if roll.unread and (applies or not roll.cards):
            yield LACKING

    return looked
