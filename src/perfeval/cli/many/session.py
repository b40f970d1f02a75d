"""What the commands over many files have alike: the files they write, how they end and go on."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import each_sheet, is_folder
from perfeval.cli.many.formats import ROW_ENDINGS, row_format
from perfeval.cli.many.outcomes import Evaluation, FileOutcome, Piece
from perfeval.cli.many.parts import PART, Output, Parts, leftovers
from perfeval.cli.many.running import Kept, ManyRun, Progress
from perfeval.cli.writing import refuse_overwriting, refuse_same
from perfeval.documents.findings.growing import CheckSums
from perfeval.readers.files import FilePath, file_content, resolve, sheets_in

_FORMAT = 1
"""Of the journal."""


def options_digest(*parts: object) -> str:
    """Return what stands for all on which the result of every file depends."""
    return hashlib.sha256(repr(parts).encode(errors="surrogatepass")).hexdigest()


def files_digest(paths: Iterable[str]) -> str:
    """Return what stands for the content of files, and of the sheets in folders."""
    mark = hashlib.sha256()
    for path in paths:
        names: Iterable[FilePath] = sheets_in(path, is_tree=True) if is_folder(path) else [path]
        for name in names:
            found = file_content(name)
            mark.update(os.fsencode(resolve(name)))
            mark.update(getattr(found, "raw", b""))
    return mark.hexdigest()


class Terms(NamedTuple):
    """On what terms a run is; what a journal of other terms says does not count.

    Attributes:
        command: The command.
        options: What stands for all options on which the result of a file depends.
        today: The day by which is judged what has expired.
    """

    command: str
    options: str
    today: str = ""

    def data(self, outputs: Sequence[Output]) -> dict[str, Any]:
        """Return them as they stand at the beginning of a journal."""
        names = [[os.path.split(one.path)[1], one.format.name] for one in outputs]
        return {
            "perfeval": __version__,
            "journal": _FORMAT,
            **self._asdict(),
            "outputs": names,
        }


class Writing(NamedTuple):
    """What is asked of the files that are written.

    Attributes:
        outputs: The files.
        resume: An ended run goes on.
        force: What stands there is replaced.
    """

    outputs: tuple[Output, ...]
    resume: bool
    force: bool


def refuse_outputs(asked: Writing, files: Sequence[str], also_read: Sequence[str] = ()) -> None:
    """Refuse to lose a file: one that is read, that stands there, or what an ended run has left.

    Raises:
        UsageError: One would be lost.
    """
    if asked.resume and not asked.outputs:
        raise UsageError("--resume 要和 -o 一起用：接着写上次没有写完的文件")
    refuse_same([output.path for output in asked.outputs])
    left = leftovers(asked.outputs)
    is_done = asked.resume and not left and all(os.path.lexists(one.path) for one in asked.outputs)
    for output in asked.outputs:
        is_forced = asked.force or is_done  # of what is done more is said than that it stands there
        refuse_overwriting(output.path, _read(files, also_read), is_forced=is_forced)
    if is_done and not asked.force:
        names = "、".join(f"“{output.path}”" for output in asked.outputs)
        raise UsageError(f"{names}上次已经做完，没有要接着做的；要重做请加 --force")
    if left and not asked.resume and not asked.force:
        raise UsageError(f"上次没有做完，留有“{left[0]}”；接着做请加 --resume，从头做请加 --force")


def _read(files: Sequence[str], also_read: Sequence[str]) -> Iterator[FilePath]:
    """Yield all that is read; nobody asks for it where nothing stands in the way."""
    yield from files
    yield from also_read
    yield from each_sheet([file for file in files if is_folder(file)])


def open_parts(asked: Writing, terms: Terms, console: Console) -> Parts | None:
    """Open the files that are written; ``None`` where there are none."""
    if not asked.outputs:
        return None
    parts = Parts(asked.outputs, terms.data(asked.outputs), resume=asked.resume)
    if parts.is_outdated:
        console.tell("选项、评分办法或软件的版本与上次不同，上次做的不能用，从头做")
    return parts


@contextmanager
def leaving_what_is_done(
    parts: Parts | None, progress: Progress, console: Console
) -> Iterator[None]:
    """Say what is left where a run is interrupted, and how it goes on."""
    try:
        yield
    except KeyboardInterrupt:
        progress.clear()
        done = f"已中断：做完 {progress.count} 个文件"
        console.tell(done if parts is None else f"{done}，{_left(parts)}")
        raise
    finally:
        progress.clear()
        if parts is not None:
            parts.close()


def _left(parts: Parts) -> str:
    names = "、".join(f"“{name}{PART}”" for name in parts.paths)
    return f"留在{names}；接着做：再运行一次同样的命令，加 --resume（记录在“{parts.journal}”）"


class Sink(Protocol):
    """Where the texts of sheets are shown."""

    def begin(self) -> None:
        """Show what stands before all."""

    def put(self, text: str) -> None:
        """Show the text of a sheet."""


class Screen:
    """What a run shows as it goes: of each sheet its text, and what a person is told of it."""

    def __init__(self, console: Console, progress: Progress, sink: Sink) -> None:
        self.begin = sink.begin
        self._console, self._progress, self._sink = console, progress, sink

    def show(self, kept: Kept) -> None:
        """Show what came of a file."""
        self._progress.step()
        told = [line for piece in kept.pieces for line in piece.shown.told]
        texts = [piece.shown.text for piece in kept.pieces if piece.shown.text]
        if told or texts or kept.aside:
            self._progress.clear()
        for line in told:
            self._console.tell(line)
        for text in texts:
            self._sink.put(text)
        for line in kept.aside:
            self._console.tell(line)
        self._console.flush()


class Session(NamedTuple):
    """A run over many files, and where its results go.

    Attributes:
        run: The run.
        parts: The files that are written; ``None`` where there are none.
        screen: What is shown.
        progress: How far it is.
        console: Where messages go.
    """

    run: ManyRun
    parts: Parts | None
    screen: Screen
    progress: Progress
    console: Console

    def go(
        self,
        names: Iterable[FilePath],
        add: Callable[[Piece], None],
        sums: CheckSums,
        *,
        before: Iterable[FileOutcome] = (),
        after: Callable[[], Iterable[FileOutcome]] = tuple,
    ) -> None:
        """Go through all files, and make the files that were asked for.

        Args:
            names: The files.
            add: Takes each sheet that counts.
            sums: What they add up to, by the end.
            before: What was evaluated together already.
            after: What is found when all were seen.
        """
        with leaving_what_is_done(self.parts, self.progress, self.console):
            self.screen.begin()
            for kept in chain(self.run.results(names, before), self._last(after)):
                for piece in kept.pieces:
                    add(piece)
                self.screen.show(kept)
            self.progress.clear()
            if self.parts is not None:
                self.parts.finish(sums)

    def _last(self, after: Callable[[], Iterable[FileOutcome]]) -> Iterator[Kept]:
        for outcome in after():
            yield self.run.added(outcome)


def session_of(
    evaluation: Evaluation,
    arguments: argparse.Namespace,
    console: Console,
    asked: Writing,
    options: tuple[Terms, bool, Sink],
) -> Session:
    """Return a run on the terms of the command line.

    Args:
        evaluation: How each file is evaluated.
        arguments: The command line.
        console: Where messages go.
        asked: What is written.
        options: The terms; whether each sheet is shown; where.
    """
    terms, shows_each, sink = options
    progress = Progress(console, is_shown=not shows_each)
    parts = open_parts(asked, terms, console)
    run = ManyRun(evaluation, arguments.jobs, parts)
    return Session(run, parts, Screen(console, progress, sink), progress, console)


class Sheets(NamedTuple):
    """The sheets behind the arguments.

    Attributes:
        names: Their files, found as they are asked for.
        is_several: More than one sheet, or a folder, was asked for.
        are_many: There are more than `FEW`.
    """

    names: Iterator[FilePath]
    is_several: bool
    are_many: bool


FEW = 20
"""So many sheets are looked at together: columns as wide as the widest, the worst first."""


def sheets_behind(arguments: Sequence[str]) -> Sheets:
    """Return the sheets behind the arguments; of a large tree the first are there at once."""
    names = each_sheet(arguments)
    first = list(islice(names, FEW + 1))
    is_several = len(first) > 1 or any(map(is_folder, arguments))
    return Sheets(chain(first, names), is_several, len(first) > FEW)


def row_outputs(paths: Iterable[str], kind: str, option: str) -> Iterator[Output]:
    """Yield the files of rows that an option names.

    Raises:
        UsageError: Rows are not written in such a file.
    """
    for path in paths:
        format_ = row_format(path, kind)
        if format_ is None:
            raise UsageError(f"{option} 要写的“{path}”：扩展名可用 {'、'.join(ROW_ENDINGS)}")
        yield Output(path, format_)
