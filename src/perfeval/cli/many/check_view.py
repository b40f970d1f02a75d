"""What ``perfeval check`` makes of each of many sheets, and what it says in the end."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.many.formats import Format, Made
from perfeval.cli.many.outcomes import Note, Piece, SheetShown
from perfeval.cli.many.shelf import open_shelf, rows_in, to_bytes, to_text
from perfeval.codes import NO_RESULT
from perfeval.documents.findings.growing import CheckSums, sums_note
from perfeval.documents.findings.inspections import count, rulebook_text
from perfeval.documents.findings.terminal import (
    HEADINGS,
    inspection_text,
    running_summary,
    summary_row,
)
from perfeval.documents.findings.text import severities_text
from perfeval.findings import Finding, Inspection, Severity, Status, Waived
from perfeval.report import DepartmentReport, Report


@dataclass(frozen=True)
class CheckView:
    """What is shown and written of each sheet.

    Attributes:
        formats: How the files are written.
        screen: How all of it is shown; ``None`` for text, and where it is written.
        is_shown: It is shown, and not written.
        with_hints: Findings of the lowest level are shown too.
        ambiguous: The width of an ambiguous character.
        waivers: The codes that files of waivers name.
        waived_titles: The projects that they name.
    """

    formats: tuple[Format, ...]
    screen: Format | None
    is_shown: bool
    with_hints: bool
    ambiguous: int
    waivers: frozenset[str] = frozenset()
    waived_titles: frozenset[str] = frozenset()

    def shown(self, report: Report | DepartmentReport | Inspection, digest: str = "") -> SheetShown:
        """Return what is shown and written of a sheet.

        Args:
            report: The report.
            digest: The hash of the file.
        """
        made = Made(report, digest)
        return SheetShown(
            text=self._text(made) if self.is_shown else "",
            told=(),
            note=self._note(made.inspection),
            chunks=tuple(format_.chunk(made) for format_ in self.formats),
        )

    def _text(self, made: Made) -> str:
        if self.screen is not None:
            return self.screen.chunk(made).decode()
        inspection, hints = made.inspection, self.with_hints
        return inspection_text(inspection, with_hints=hints, ambiguous=self.ambiguous)

    def _note(self, inspection: Inspection) -> Note:
        stamp, title = inspection.stamp, inspection.title
        note: Note = {
            **sums_note(inspection),
            "levels": _levels(inspection.findings),
            "row": list(summary_row(inspection, count(inspection.findings))),
            "stamp": None if stamp is None else rulebook_text(stamp, inspection.findings),
            "code": exit_code(inspection.findings),
        }
        if self.waivers:
            statuses = inspection.ledger.items()
            note["ledger"] = {code: one.name for code, one in statuses if code in self.waivers}
            note["title"] = title if title in self.waived_titles else ""
            note["used"] = sorted(
                {one.waiver for one in inspection.waived if one.waiver is not None}
            )
        return note


def exit_code(findings: Iterable[Finding]) -> int:
    """Return 2 where a finding says that there is no result, else 1 where one is an error, or 0."""
    errors = [item for item in findings if item.severity is Severity.ERROR]
    if any(item.code in NO_RESULT for item in errors):
        return 2
    return 1 if errors else 0


def _levels(findings: tuple[Finding, ...]) -> list[int]:
    """Return how many findings there are of each level, each fault apart."""
    found = Counter(item.severity for item in findings)
    return [found[severity] for severity in Severity]


_STAKE_DIGITS, _STAKE_WIDTH = 6, 40
"""Digits of the points by which files are ranked: behind the point, and all of them; as a text,
for no integer of SQLite holds what may stand in a sheet."""
_RANKED = "create table ranked (errors, warnings, stake, hints, line blob)"
_WORST_FIRST = """
select line from ranked order by errors desc, warnings desc, stake desc, hints desc, rowid
"""


class CheckEnd:
    """What is said in the end of all sheets.

    Attributes:
        sums: What they add up to.
        code: The exit code.
        seen: What files of waivers are inspected with: each kind of ledger once.
        between: How many inspections are of what stands between sheets, and of no file.
    """

    def __init__(self, console: Console, *, has_summary: bool) -> None:
        self.sums = CheckSums()
        self.code = 0
        self.seen: dict[tuple[object, ...], Inspection] = {}
        self.between = 0
        self._levels = [0 for _ in Severity]
        self._stamps: set[str] = set()
        self._ranked: sqlite3.Connection | None = open_shelf(self, _RANKED) if has_summary else None
        ambiguous, columns = console.ambiguous, console.columns
        self._set = running_summary(ambiguous=ambiguous, within=columns)

    def add(self, piece: Piece) -> None:
        """Add a sheet."""
        note = piece.shown.note
        self.sums.add(note)
        self.code = max(self.code, note["code"])
        self._levels = [sum(both) for both in zip(self._levels, note["levels"], strict=True)]
        if note["stamp"]:
            self._stamps.add(note["stamp"])
        if "ledger" in note:
            self._see(note)
        if self._ranked is not None:
            stake = f"{int(Decimal(note['stake']).scaleb(_STAKE_DIGITS)):0{_STAKE_WIDTH}}"
            line = to_bytes("\n".join(self._set(note["row"])))
            errors, warnings, hints = note["counts"]
            row = (errors, warnings, stake, hints, line)
            self._ranked.execute("insert into ranked values (?, ?, ?, ?, ?)", row)

    def _see(self, note: Note) -> None:
        """Remember what became of the checks that waivers name, each combination once."""
        key = (note["title"], *sorted(note["ledger"].items()), *note["used"])
        if key not in self.seen:
            ledger = {code: Status[name] for code, name in note["ledger"].items()}
            nothing = Finding("", Severity.INFO, "")
            waived = tuple(Waived(nothing, "", position) for position in note["used"])
            self.seen[key] = Inspection("", note["title"], waived=waived, ledger=ledger)

    @property
    def files(self) -> int:
        """How many files were checked."""
        return self.sums.files - self.between

    @property
    def levels(self) -> dict[str, int]:
        """How many findings there are of each level, and how many were accepted."""
        names = [severity.name.lower() for severity in Severity]
        return {**dict(zip(names, self._levels, strict=True)), "waived": self.sums.waived}

    def summary(self) -> Iterator[str]:
        """Yield the lines of the summary, the worst first."""
        if self._ranked is not None and self.sums.files > 1:
            yield from self._set(HEADINGS)
            for (line,) in rows_in(self._ranked, _WORST_FIRST):
                yield to_text(line)
            yield ""

    @property
    def counts(self) -> str:
        """How many findings there are of each level, in words."""
        return severities_text(dict(zip(Severity, self.sums.counts[:3], strict=True)))

    @property
    def stamps(self) -> str:
        """By which rulebooks and which version all this was computed."""
        return "；".join([*sorted(self._stamps), f"perfeval {__version__}"])
