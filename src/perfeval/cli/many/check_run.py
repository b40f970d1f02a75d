"""``perfeval check`` over many sheets: as they come, and nothing kept that is not needed."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from perfeval.checks.policy import successor
from perfeval.checks.settling import CheckOptions
from perfeval.cli.console import Console
from perfeval.cli.many.check_view import CheckEnd, CheckView
from perfeval.cli.many.copying import TITLE, SecondReading, copied_inspections
from perfeval.cli.many.formats import (
    ROW_ENDINGS,
    CommandsFormat,
    Format,
    JsonFormat,
    Made,
    SarifFormat,
    row_format,
)
from perfeval.cli.many.outcomes import Evaluation, FileOutcome, Piece
from perfeval.cli.many.parts import Output
from perfeval.cli.many.session import (
    Session,
    Terms,
    Writing,
    files_digest,
    options_digest,
    refuse_outputs,
    session_of,
)
from perfeval.cli.many.shelf import open_temporary
from perfeval.documents.findings.growing import CheckSums
from perfeval.findings import Inspection
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook
from perfeval.readers.waivers import ReadWaivers
from perfeval.reading.answers import Answers
from perfeval.report import DepartmentReport, Report, evaluate_folder, inspect_waivers
from perfeval.report.evaluating import SheetTrace

_FORMATS: dict[str, type[JsonFormat] | type[SarifFormat]] = {
    "json": JsonFormat,
    "sarif": SarifFormat,
}
ROW_FORMATS = {ending: ending.removeprefix(".") for ending in ROW_ENDINGS}
"""The formats of files of rows, by their endings."""
GROWING = (*_FORMATS, *ROW_FORMATS.values())
"""The formats of files that are written sheet by sheet; for others all has to be there."""
SHOWN = ("text", *_FORMATS, "github")
"""The same of what is shown."""


class ManyChecking(NamedTuple):
    """What is checked, and on what terms.

    Attributes:
        names: The sheets, but those of departments.
        departments: The folders of departments.
        terms: Which checks, waivers, and which day it is.
        answers: What a person confirmed.
        waivers: The files of waivers.
        screen: In what format the result is shown.
    """

    names: Iterable[FilePath]
    departments: Sequence[str]
    terms: CheckOptions
    answers: Answers
    waivers: Sequence[ReadWaivers]
    screen: str


def growing_outputs(outputs: Iterable[tuple[str, str]]) -> tuple[Output, ...]:
    """Return how the files are written that are asked for, each with its format."""
    return tuple(Output(path, _format(name)) for path, name in outputs)


def _format(name: str) -> Format:
    return row_format(f".{name}", "findings") or _FORMATS[name]()


def written_rows(name: str, found: Iterable[Report | DepartmentReport | Inspection]) -> bytes:
    """Return a file of rows, made at once of all that was found.

    Args:
        name: One of `ROW_FORMATS`.
        found: Reports, and what was found beside them.
    """
    format_ = _format(name)
    lines = b"".join(format_.chunk(Made(one)) for one in found)
    made = format_.finish(io.BytesIO(lines), CheckSums())
    return format_.head + lines if made is None else b"".join(made)


class ManyChecked(NamedTuple):
    """What came of a run over many sheets.

    Attributes:
        end: What is said in the end.
        used: Which answers were used.
    """

    end: CheckEnd
    used: set[str]


def check_many(
    arguments: argparse.Namespace, console: Console, checking: ManyChecking, asked: Writing
) -> ManyChecked:
    """Check all sheets, show and write what is found.

    Args:
        arguments: The command line.
        console: Where it is shown.
        checking: What is checked.
        asked: What is written.
    """
    also_read = [*arguments.waivers, *filter(None, (arguments.baseline, arguments.rulebook))]
    refuse_outputs(asked, arguments.files, also_read)
    if arguments.rulebook is not None:
        load_rulebook(arguments.rulebook, root=arguments.root)
    view = _view(arguments, console, checking, asked)
    evaluation = Evaluation(
        view=view,
        rulebook=arguments.rulebook,
        root=arguments.root,
        terms=checking.terms,
        answers=checking.answers,
        has_journal=bool(asked.outputs),
        has_copies=arguments.copies,
    )
    is_text = view.is_shown and view.screen is None
    end = CheckEnd(console, has_summary=is_text)
    screen = _screen(view, console)
    options = (_terms(arguments, checking), view.is_shown, screen)
    session = session_of(evaluation, arguments, console, asked, options)
    before = _departments(evaluation, checking)
    after = _After(session, evaluation, checking, end)
    session.go(checking.names, end.add, end.sums, before=before, after=after)
    screen.close(end.sums)
    return ManyChecked(end, session.run.used)


def _view(
    arguments: argparse.Namespace, console: Console, checking: ManyChecking, asked: Writing
) -> CheckView:
    is_ascii = not console.is_unicode
    screens: dict[str, Format] = {
        "json": JsonFormat(is_ascii=is_ascii),
        "sarif": SarifFormat(is_ascii=is_ascii),
        "github": CommandsFormat(),
    }
    waivers = [waiver for file in checking.waivers for waiver in file.waivers]
    return CheckView(
        formats=tuple(output.format for output in asked.outputs),
        screen=screens.get(checking.screen),
        is_shown=not asked.outputs,
        with_hints=arguments.all,
        ambiguous=console.ambiguous,
        waivers=frozenset(successor(waiver.code) for waiver in waivers),
        waived_titles=frozenset(waiver.project for waiver in waivers if waiver.project),
    )


def _departments(evaluation: Evaluation, checking: ManyChecking) -> Iterator[FileOutcome]:
    """Yield what came of each department: its own file, and its sheets beside each other."""
    for folder in checking.departments:
        report = evaluate_folder(
            folder,
            rulebook=evaluation.rulebook,
            terms=evaluation.terms,
            root=evaluation.root,
            answers=evaluation.answers,
        )
        each: tuple[Report | DepartmentReport, ...] = (report, *report.sheets)
        pieces = tuple(map(evaluation.piece, each))
        used = tuple(sorted(evaluation.answers.used))
        yield FileOutcome(folder, pieces, report.aside, answers=used)


class _After:
    """What is found when all sheets were seen: between them, and in the files of waivers."""

    def __init__(
        self, session: Session, evaluation: Evaluation, checking: ManyChecking, end: CheckEnd
    ) -> None:
        self._session, self._evaluation, self._checking = session, evaluation, checking
        self._end = end

    def __call__(self) -> Iterator[FileOutcome]:
        terms = self._checking.terms
        shelf = self._session.run.sentences
        if shelf is not None:
            reading = SecondReading(self._evaluation.rulebook, self._checking.answers)
            for number, one in enumerate(copied_inspections(shelf, reading, terms)):
                self._end.between += 1
                yield self._outcome(f"{TITLE} {number + 1}", one)
        seen = list(self._end.seen.values())
        for one in inspect_waivers(self._checking.waivers, seen, terms.today):
            yield self._outcome(one.name, one)

    def _outcome(self, name: str, inspection: Inspection) -> FileOutcome:
        shown = self._evaluation.view.shown(inspection)
        return FileOutcome(
            name, (Piece(inspection.name, name, SheetTrace(name, "", is_typed=True), None, shown),)
        )


def _terms(arguments: argparse.Namespace, checking: ManyChecking) -> Terms:
    """Return all on which the findings in a sheet depend, besides the sheet."""
    rulebook = arguments.rulebook
    stamp = load_rulebook(rulebook, root=arguments.root).stamp if rulebook else ""
    terms = checking.terms
    last_year = [arguments.last_year] if arguments.last_year else []
    baseline = [arguments.baseline] if arguments.baseline else []
    options = (
        (rulebook, stamp, arguments.root, arguments.copies),
        (terms.selection, sorted(arguments.waivers)),
        files_digest((*arguments.waivers, *baseline, *last_year, *arguments.answers)),
    )
    return Terms("check", options_digest(*options), terms.today or "")


class _TextScreen:
    """Where text is shown as it comes."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def begin(self) -> None:
        """Nothing stands before all."""

    def put(self, text: str) -> None:
        """Show what was found in a sheet."""
        self._console.show(text)

    def close(self, sums: CheckSums) -> None:
        """Nothing stands behind all."""


class _DataScreen:
    """Where data are shown as they come, in UTF-8; SARIF in the end."""

    def __init__(self, console: Console, format_: Format) -> None:
        self._console, self._format = console, format_
        self._kept: BinaryIO | None = None
        self._is_first = True

    def begin(self) -> None:
        """Show what stands before all, or make room for it."""
        if isinstance(self._format, SarifFormat):
            self._kept = open_temporary(self)
        else:
            self._write(self._around(CheckSums())[0])

    def put(self, text: str) -> None:
        """Show what was found in a sheet."""
        self._write((b"" if self._is_first else self._format.separator) + text.encode())
        self._is_first = False

    def close(self, sums: CheckSums) -> None:
        """Show what stands behind all."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            kept.seek(0)
            for piece in self._format.finish(kept, sums) or ():
                self._write(piece)
        else:
            self._write(self._around(sums)[1])

    def _write(self, data: bytes) -> None:
        if self._kept is not None:
            self._kept.write(data)
        else:
            self._console.write_bytes(data)

    def _around(self, sums: CheckSums) -> tuple[bytes, bytes]:
        """Return what stands around the items."""
        pieces = list(self._format.finish(io.BytesIO(), sums) or (b"", b""))
        return pieces[0], pieces[-1]


def _screen(view: CheckView, console: Console) -> _TextScreen | _DataScreen:
    if view.screen is None or not view.is_shown:
        return _TextScreen(console)
    return _DataScreen(console, view.screen)
