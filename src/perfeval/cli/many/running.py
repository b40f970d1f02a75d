"""File after file, in order, in as many processes as were asked for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfeval.batch.pool import Job, in_order
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.many.outcomes import Evaluation, FileOutcome, Piece, Sameness
from perfeval.cli.many.parts import Parts
from perfeval.cli.many.sentences import SentenceShelf, SheetSpot
from perfeval.cli.many.shelf import Seen, TypedShelf
from perfeval.readers.files import FilePath, FoundFile, identity
from perfeval.report import LeftAside, report_of_empty_folder

_SECONDS = 0.2
"""How often the line of progress is written anew."""
_TASK_BYTES = 1000


class Progress:
    """How far a run is, where a person watches and sees nothing else."""

    def __init__(self, console: Console, *, is_shown: bool) -> None:
        self._console = console
        self._is_shown = is_shown
        self._next = 0.0
        self.count = 0

    def step(self) -> None:
        """Count a file."""
        self.count += 1
        now = time.monotonic()
        if self._is_shown and now >= self._next:
            self._next = now + _SECONDS
            self._console.progress(f"已读 {self.count} 个文件")

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self._is_shown and self._next:
            self._console.progress("")
            self._next = 0.0


class Kept(NamedTuple):
    """What came of a file, and what of it counts.

    Attributes:
        outcome: What came of the file.
        pieces: Its sheets, without those that were counted elsewhere.
        aside: Why it, or a sheet of it, was left aside.
    """

    outcome: FileOutcome
    pieces: tuple[Piece, ...]
    aside: tuple[str, ...]


class ManyRun:
    """Evaluates files, and decides what counts where several files hold the same.

    Attributes:
        used: Which answers were used.
        sentences: What is told in all sheets, where copies are looked for.
    """

    def __init__(self, evaluation: Evaluation, jobs: int, parts: Parts | None) -> None:
        self.used: set[str] = set()
        self.sentences = SentenceShelf() if evaluation.has_copies else None
        self._evaluation, self._jobs, self._parts = evaluation, jobs, parts
        self._typed = TypedShelf()
        self._seen: Seen | None = None

    def results(
        self, tasks: Iterable[FilePath], before: Iterable[FileOutcome] = ()
    ) -> Iterator[Kept]:
        """Yield what came of each file, in their order.

        Args:
            tasks: The files.
            before: What came of what was evaluated together, as the sheets of a department are;
                it comes first, and a sheet of it does not come again.
        """
        for outcome in before:
            self._seen = self._seen or Seen()
            yield self._settled(outcome)
        lacking: dict[str, FilePath] = {}
        filled: set[str] = set()
        for outcome in self._outcomes(_noted(tasks, lacking)):
            kept = self._settled(outcome)
            if isinstance(outcome.task, FoundFile) and kept.pieces:
                filled.add(outcome.task.folder)
            yield kept
        for folder in lacking:
            if folder not in filled:
                piece = self._evaluation.piece(report_of_empty_folder(folder))
                yield self._written(FileOutcome(f"{folder}{os.sep}", (piece,)), (piece,), ())

    def added(self, outcome: FileOutcome) -> Kept:
        """Add what is found when all files were seen."""
        return self._written(outcome, outcome.pieces, ())

    def _outcomes(self, tasks: Iterable[FilePath]) -> Iterator[FileOutcome]:
        evaluation = self._evaluation
        known = self._known(tasks)
        if self._jobs > 1:
            job = Job(evaluation.outcome, evaluation.lost, lambda _: _TASK_BYTES)
            yield from in_order(job, known, self._jobs)
        else:
            yield from map(evaluation.outcome, known)

    def _known(self, tasks: Iterable[FilePath]) -> Iterator[FilePath | FileOutcome]:
        """Yield the files, and in the place of one what is known of it already.

        That is what a journal says; or it is standard input, which only this process has.
        """
        same = Sameness(self._evaluation)
        for task in tasks:
            known = None
            if task == STDIN:
                known = self._evaluation.outcome(task)
            elif self._parts is not None and not self._evaluation.has_copies:
                known = self._parts.known(task, same)
            yield task if known is None else known

    def _settled(self, outcome: FileOutcome) -> Kept:
        """Decide what of a file counts."""
        self.used.update(outcome.answers)
        pieces: list[Piece] = []
        aside = list(outcome.aside)
        for piece in outcome.pieces:
            reason = self._typed.why_counted(outcome.task, piece.trace)
            if reason:
                aside.append(str(LeftAside(piece.file, reason)))
            else:
                pieces.append(piece)
        if not all(piece.was_kept for piece in pieces):  # it was left aside, and is not any more
            return self._settled(self._evaluation.outcome(outcome.task))
        if self._seen is not None:  # asked last: what was asked for once is not new any more
            pieces = [piece for piece in pieces if self._seen.is_new(_mark(piece))]
        for piece in pieces:
            self._typed.add(piece.trace)
        return self._written(outcome, tuple(pieces), tuple(aside))

    def _written(
        self, outcome: FileOutcome, pieces: tuple[Piece, ...], aside: tuple[str, ...]
    ) -> Kept:
        if self._parts is not None:
            self._parts.add(outcome, pieces)
        if self.sentences is not None:
            folder = outcome.task.folder if isinstance(outcome.task, FoundFile) else ""
            for position, piece in enumerate(outcome.pieces):
                if piece.sentences and any(piece is one for one in pieces):
                    spot = SheetSpot(outcome.name, folder, position)
                    self.sentences.add(piece.trace.project, spot, piece.sentences)
        shown = tuple(piece._replace(sentences=()) for piece in pieces)
        return Kept(outcome, shown, aside)


def _mark(piece: Piece) -> str:
    """Return what a sheet has that was among those of a department and is named once more."""
    return identity(piece.file) + piece.name.removeprefix(piece.file)


def _noted(tasks: Iterable[FilePath], folders: dict[str, FilePath]) -> Iterator[FilePath]:
    """Yield files, and note in which folders they were found."""
    for task in tasks:
        if isinstance(task, FoundFile):
            folders.setdefault(task.folder, task)
        yield task
