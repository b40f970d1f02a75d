"""What ``perfeval score`` makes of each sheet, and what it says in the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.many.formats import Format, Made
from perfeval.cli.many.outcomes import Note, Piece, SheetShown
from perfeval.cli.many.shelf import TextShelf
from perfeval.codes import LOST_PART
from perfeval.documents.as_json import report_data
from perfeval.documents.findings.growing import item_text
from perfeval.documents.findings.inspections import rulebook_text
from perfeval.documents.findings.text import counts_text, finding_text
from perfeval.documents.scorecards.terminal import (
    SUMMARY_HEADINGS,
    running_summary,
    scorecard_text,
    sheets_text,
    summary_row,
    summary_table,
)
from perfeval.findings import Inspection, Severity
from perfeval.report import Report

if TYPE_CHECKING:  # its models are loaded where there is one
    from perfeval.report import DepartmentReport

_DEPTH = 4
"""How far reports of JSON stand from the margin."""


@dataclass(frozen=True)
class ScoreView:
    """What is shown and written of each sheet.

    Attributes:
        formats: How the files are written.
        with_tables: The table of each sheet is shown.
        as_json: All of it is shown as JSON.
        is_ascii: Every other character of JSON is escaped.
        ambiguous: The width of an ambiguous character.
        columns: How many cells a line may take.
    """

    formats: tuple[Format, ...]
    with_tables: bool
    as_json: bool
    is_ascii: bool
    ambiguous: int
    columns: int | None

    def shown(self, report: Report | DepartmentReport | Inspection, digest: str = "") -> SheetShown:
        """Return what is shown, told and written of a sheet.

        Args:
            report: The report.
            digest: The hash of the file.

        Raises:
            TypeError: It is of a department, which has no points of its own.
        """
        if not isinstance(report, Report):
            raise TypeError(type(report).__name__)
        made = Made(report, digest)
        return SheetShown(
            text=self._text(report),
            told=() if self.as_json else self._told(report),
            note=_note(report),
            chunks=tuple(format_.chunk(made) for format_ in self.formats),
        )

    def _text(self, report: Report) -> str:
        if self.as_json:
            data = report_data(report.name, report.scorecard, report.findings)
            return item_text(data, _DEPTH, is_ascii=self.is_ascii)
        if report.scorecard is None or not self.with_tables:
            return ""
        table = scorecard_text(report.scorecard, ambiguous=self.ambiguous, width=self.columns)
        counts = _counts(report)
        more = [f"校核  {counts}，用 perfeval check 查看"] if counts else []
        return "\n".join([table, *more, "\n"])

    def _told(self, report: Report) -> tuple[str, ...]:
        """Return what is wrong with a sheet that cannot be read, or lacks a part."""
        lost = [item for item in report.findings if item.code == LOST_PART]
        told = lost if report.is_read else report.findings
        return tuple(finding_text(item, ambiguous=self.ambiguous) for item in told)


def _counts(report: Report) -> str:
    return counts_text(item for item in report.findings if item.severity is not Severity.INFO)


def _note(report: Report) -> Note:
    is_whole = report.is_read and all(item.code != LOST_PART for item in report.findings)
    stamp = report.rulebook.stamp if report.is_read and report.rulebook else None
    return {
        "row": list(summary_row(report.name, report.scorecard, _counts(report))),
        "read": report.is_read,
        "whole": is_whole,
        "stamp": None if stamp is None else rulebook_text(stamp, report.findings),
    }


class ScoreEnd:
    """What is said in the end of all sheets.

    Attributes:
        count, unread: How many sheets there were, and how many were not read.
        is_whole: Every sheet has a result.
    """

    def __init__(
        self, console: Console, *, has_summary: bool, runs_on: bool, at_once: bool
    ) -> None:
        """Begin.

        Args:
            console: Where it is said.
            has_summary: Each sheet has a line of the summary.
            runs_on: There are many, so that its columns are not as wide as the widest of all.
            at_once: The lines are written as the sheets come, and not in the end.
        """
        self.count = self.unread = 0
        self.is_whole = True
        self._stamps: set[str] = set()
        self._console, self._has_summary = console, has_summary
        self._rows: list[tuple[str, ...]] = []
        self._lines = TextShelf()
        self._at_once = at_once and runs_on
        self._set = (
            running_summary(ambiguous=console.ambiguous, width=console.columns) if runs_on else None
        )
        self._put(SUMMARY_HEADINGS)

    def add(self, piece: Piece) -> None:
        """Add a sheet."""
        note = piece.shown.note
        self.count += 1
        self.unread += not note["read"]
        self.is_whole = self.is_whole and note["whole"]
        if note["stamp"]:
            self._stamps.add(note["stamp"])
        self._put(tuple(note["row"]))

    def _put(self, row: tuple[str, ...]) -> None:
        if not self._has_summary:
            return
        if self._set is None:
            self._rows.append(row)
        elif self._at_once:
            self._console.write("\n".join(self._set(row)))
        else:
            self._lines.add("\n".join(self._set(row)))

    def close(self, *, with_summary: bool) -> None:
        """Write the summary, and by which rulebooks and which version all this was computed."""
        if with_summary:
            for line in self._lines:
                self._console.write(line)
            if self._set is None and self._has_summary:
                width, ambiguous = self._console.columns, self._console.ambiguous
                for line in summary_table(self._rows, ambiguous=ambiguous, width=width):
                    self._console.write(line)
            self._console.write(sheets_text(self.count, self.unread))
        if self._stamps:
            said = "；".join([*sorted(self._stamps), f"perfeval {__version__}"])
            self._console.write_folded(said)
