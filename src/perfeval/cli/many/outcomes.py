"""What comes of one file in a run over many: a few texts, and what the end of the run needs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from perfeval.batch.items import sha256_of
from perfeval.checks.settling import CheckOptions
from perfeval.cli.arguments import STDIN
from perfeval.cli.inputs import given_by, is_folder
from perfeval.cli.many.sentences import SheetSentence, stored_sentences
from perfeval.codes import UNREADABLE
from perfeval.errors import RulebookError
from perfeval.findings import Finding, Inspection, Placed, Severity
from perfeval.readers.files import (
    FileContent,
    FilePath,
    FoundFile,
    file_content,
    folders_of,
    own_folder,
)
from perfeval.readers.located import Located
from perfeval.readers.rulebooks import load_named, load_rulebook, rulebook_ids
from perfeval.readers.settings import folder_rulebook
from perfeval.readers.sheets import ReadSheet
from perfeval.reading.answers import Answers
from perfeval.report import (
    LeftAside,
    Report,
    evaluate_found,
    report_of_empty_folder,
    unread_report,
)
from perfeval.report.evaluating import SheetTrace, trace_of
from perfeval.source import Source

if TYPE_CHECKING:  # a run over sheets needs no model of a department
    from perfeval.report import DepartmentReport

Note = dict[str, Any]
"""What is kept of a sheet for the end of a run, as plain data."""


class SheetShown(NamedTuple):
    """What a command makes of one sheet.

    Attributes:
        text: What is written of it where the run shows each sheet.
        told: What a person is told of it, apart from the result.
        note: What the end of the run needs.
        chunks: Its part of each file that is written.
    """

    text: str
    told: tuple[str, ...]
    note: Note
    chunks: tuple[bytes, ...]


class Book(NamedTuple):
    """By what a sheet was scored, and how that was named: the same, if nothing changed.

    Attributes:
        file: The file from which it was named.
        name: What the sheet names.
        year: The year of the sheet.
        stamp: The rulebook's id, version and hash.
    """

    file: str
    name: str
    year: int
    stamp: str


class Piece(NamedTuple):
    """What came of one sheet.

    Attributes:
        name: What its report is called.
        file: Its file.
        trace: By what it is known again.
        book: Its rulebook; ``None`` where it has no result.
        shown: What the command makes of it.
        sentences: What is told in it, where copies are looked for.
        was_kept: A journal says of it that it counts.
    """

    name: str
    file: str
    trace: SheetTrace
    book: Book | None
    shown: SheetShown
    sentences: tuple[SheetSentence, ...] = ()
    was_kept: bool = True


class FileOutcome(NamedTuple):
    """What came of one file.

    Attributes:
        task: The file.
        pieces: Its sheets; none where it was left aside.
        aside: Why it was left aside.
        digest: The hash of its content; empty where the run keeps no journal.
        answers: Which answers were used for it.
        setting: The rulebook that its folder names for office files.
        is_known: A journal says what came of it.
    """

    task: FilePath
    pieces: tuple[Piece, ...]
    aside: tuple[str, ...] = ()
    digest: str = ""
    answers: tuple[str, ...] = ()
    setting: str = ""
    is_known: bool = False

    @property
    def name(self) -> str:
        """The file."""
        return os.fspath(self.task)


class View(Protocol):
    """What a command makes of the report of a sheet, or of a department."""

    def shown(self, report: Report | DepartmentReport | Inspection, digest: str = "") -> SheetShown:
        """Return it; of a department, and of what was found between sheets, too.

        Args:
            report: The report.
            digest: The hash of the file.
        """


@dataclass(frozen=True)
class Evaluation:
    """How every file of a run is evaluated; it goes to each process once.

    Attributes:
        view: What the command makes of a report.
        rulebook: The rulebook of the command line.
        root: Where files may lie to which others lead.
        terms: Which checks, waivers, and which day it is.
        answers: What a person confirmed.
        has_journal: The content of each file is hashed.
        has_copies: What is told in each sheet is kept.
    """

    view: View
    rulebook: str | None
    root: str | None
    terms: CheckOptions
    answers: Answers
    has_journal: bool = False
    has_copies: bool = False

    def outcome(self, task: FilePath | FileOutcome) -> FileOutcome:
        """Evaluate a file; what is known of it already is returned as it is."""
        if isinstance(task, FileOutcome):
            return task
        digest = digest_of(task) if self.has_journal else ""
        aside: list[str] = []
        pieces = []
        self.answers.used.clear()
        for one in self._evaluated(task):
            if isinstance(one, LeftAside):
                aside.append(str(one))
            else:
                pieces.append(self.piece(one, digest))
        used = tuple(sorted(self.answers.used))
        setting = (
            setting_of(task) if digest and not all(one.trace.is_typed for one in pieces) else ""
        )
        return FileOutcome(
            task=task,
            pieces=tuple(pieces),
            aside=tuple(aside),
            digest=digest,
            answers=used,
            setting=setting,
        )

    def lost(self, task: FilePath | FileOutcome) -> FileOutcome:
        """Return the outcome of a file that ends whatever process reads it."""
        if isinstance(task, FileOutcome):
            return task
        return FileOutcome(task, (self.piece(_lost_report(task)),))

    def _evaluated(self, task: FilePath) -> Iterator[Report | LeftAside]:
        found = evaluate_found(
            [given_by(task)],
            rulebook=self.rulebook,
            terms=self.terms,
            root=self.root,
            answers=self.answers,
        )
        for one in found:
            is_empty = isinstance(one, Report) and is_folder(task)
            yield report_of_empty_folder(task) if is_empty else one

    def piece(self, report: Report | DepartmentReport, digest: str = "") -> Piece:
        """Return what came of a sheet, or of a department."""
        located = report.located
        sheet = report.sheet if isinstance(report, Report) else None
        told: tuple[SheetSentence, ...] = ()
        if self.has_copies and sheet is not None and report.rulebook is not None:
            told = stored_sentences(sheet, report.rulebook.checking.sentence)
        return Piece(
            name=report.name,
            file=located.name,
            trace=_trace_of(report),
            book=_book_of(report),
            shown=self.view.shown(report, digest),
            sentences=told,
        )


def _trace_of(report: Report | DepartmentReport) -> SheetTrace:
    if isinstance(report, Report):
        return trace_of(report)
    return SheetTrace(report.name, "", is_typed=True)


def _lost_report(task: FilePath) -> Report:
    name = os.fspath(task)
    message = "读这个文件时程序中断了，读了两次都是这样"
    hint = "请打开文件看看，另存一份再试"
    lost = Finding(UNREADABLE, Severity.ERROR, message, (), hint, file=name)
    return unread_report(ReadSheet(None, (Placed(lost),), Located(Source(name))))


def _book_of(report: Report | DepartmentReport) -> Book | None:
    if not isinstance(report, Report) or report.sheet is None or report.rulebook is None:
        return None
    sheet = report.sheet
    return Book(report.located.name, sheet.rulebook, sheet.year, report.rulebook.stamp)


def digest_of(task: FilePath) -> str:
    """Return the hash of a file's content; empty where it cannot be read again, or not whole."""
    if task == STDIN or is_folder(task):
        return ""
    found = file_content(task)
    return sha256_of(found) if isinstance(found, FileContent) else ""


def setting_of(task: FilePath) -> str:
    """Return what the folder of an office file says of its rulebook."""
    top = task.folder if isinstance(task, FoundFile) else own_folder(task)
    return "|".join(folder_rulebook(task, top))


class Sameness:
    """Tells whether files, and by what they score, are what they were."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._stamps: dict[tuple[str, str, int], str] = {}

    def __call__(self, outcome: FileOutcome) -> bool:
        """Tell it of what a journal says of a file."""
        if not outcome.digest or outcome.digest != digest_of(outcome.task):
            return False
        if outcome.setting and outcome.setting != setting_of(outcome.task):
            return False
        return all(self._is_same(outcome.task, piece.book) for piece in outcome.pieces)

    def _is_same(self, task: FilePath, book: Book | None) -> bool:
        return book is not None and self._stamp(task, book) == book.stamp

    def _stamp(self, task: FilePath, book: Book) -> str:
        """Return the stamp of the rulebook by which a sheet would be scored now."""
        folder = "" if book.name in rulebook_ids() else os.fspath(own_folder(book.file))
        key = (folder, book.name, book.year)
        if key not in self._stamps:
            self._stamps[key] = self._loaded(task, book)
        return self._stamps[key]

    def _loaded(self, task: FilePath, book: Book) -> str:
        given, root = self._evaluation.rulebook, self._evaluation.root
        folders = (*folders_of(root), task.folder) if isinstance(task, FoundFile) else root
        try:
            if given is not None:
                return load_rulebook(given, year=book.year, root=root).stamp
            return load_named(book.file, book.name, year=book.year, root=folders).stamp
        except RulebookError:
            return ""
