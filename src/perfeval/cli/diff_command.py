"""``perfeval diff``: what changed between two versions of sheets, and who asked for it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import PurePath

from perfeval._resources import __version__
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import find_sheets, is_folder, passed_over_in
from perfeval.cli.many.diff_files import GROWING, GrowingData
from perfeval.cli.writing import outputs_data, refuse_overwriting, refuse_same, write_each
from perfeval.documents.review.diff_text import PairLine, diff_text, pair_line, summary_text
from perfeval.documents.review.diff_words import RULE
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report import LeftAside, diff_files
from perfeval.review.difference import SheetDiff


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compare two versions; return 0 where both of every pair have a result, else 2.

    Raises:
        PerfevalError: The rulebook is wrong, or a file cannot be written.
    """
    _refuse(arguments)
    shown = _ShownPairs(arguments, console)
    for one in _compared(arguments):
        shown.take(one)
    return shown.close()


def _refuse(arguments: argparse.Namespace) -> None:
    if STDIN in (arguments.old, arguments.new):
        raise UsageError(f"diff 要两份文件，不能是 {STDIN}")
    refuse_same(arguments.output)
    sources = (*_files_in(arguments.old), *_files_in(arguments.new))
    for path in arguments.output:
        if _ending(path) not in GROWING:
            raise UsageError(f"“{path}”应以 {'、'.join(GROWING)} 结尾")
        refuse_overwriting(path, sources, is_forced=arguments.force)
    if arguments.rulebook is not None:
        load_rulebook(arguments.rulebook, root=arguments.root)


def _ending(path: str) -> str:
    return PurePath(path).suffix.lower()


def _compared(arguments: argparse.Namespace) -> Iterator[SheetDiff | LeftAside]:
    old, new = ((name, _files_in(name)) for name in (arguments.old, arguments.new))
    return diff_files(old, new, arguments.rulebook, arguments.root)


def _files_in(name: str) -> tuple[FilePath, ...]:
    return find_sheets([name]).names


class _ShownPairs:
    """Shows pair after pair, and keeps of each what is told or written at the end."""

    def __init__(self, arguments: argparse.Namespace, console: Console) -> None:
        self._arguments, self._console = arguments, console
        self._is_text = not arguments.json
        self._with_pairs = self._is_text and not arguments.summary
        endings = dict.fromkeys(map(_ending, arguments.output))
        self._files = {ending: GROWING[ending]() for ending in endings}
        self._told = GrowingData(is_ascii=not console.is_unicode) if arguments.json else None
        self._aside: list[str] = []
        self._lines: list[PairLine] = []
        self._is_faulty = False
        if self._with_pairs:
            console.write_folded(f"{RULE}\n")

    def take(self, one: SheetDiff | LeftAside) -> None:
        """Show a pair, or keep that something in a folder is no sheet."""
        if isinstance(one, LeftAside):
            self._aside.append(str(one))
            return
        self._is_faulty = self._is_faulty or one.has_fault
        self._lines.append(pair_line(one))
        if self._with_pairs:
            for line in diff_text(one, with_all=self._arguments.all):
                self._console.write_folded(line)
        for growing in (*self._files.values(), *([self._told] if self._told else ())):
            growing.add(one)

    def close(self) -> int:
        """Write the files and what is said of all pairs; return the exit code."""
        given = (self._arguments.old, self._arguments.new)
        aside = (*self._aside, *passed_over_in(given))
        for line in aside:
            self._console.tell(line)
        written, failed = self._write(aside)
        if self._told is not None:
            outputs = outputs_data(written, failed) if self._arguments.output else {}
            for text in self._told.texts(aside, outputs):
                self._console.put(text)
        else:
            self._close_text()
        return 2 if self._is_faulty or failed else 0

    def _close_text(self) -> None:
        console, is_several = (
            self._console,
            any(map(is_folder, (self._arguments.old, self._arguments.new))),
        )
        if is_several or len(self._lines) > 1 or self._arguments.summary:
            lines = summary_text(self._lines, ambiguous=console.ambiguous, within=console.columns)
            console.write("\n".join(lines))
        console.write(f"perfeval {__version__}")

    def _write(self, aside: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
        """Write the files; return those that were written, and why others were not."""
        files = (
            (path, self._files[_ending(path)].pieces(aside)) for path in self._arguments.output
        )
        written, failed = write_each(files, self._console.tell)
        for reason in failed.values():
            self._console.tell(reason)
        return written, failed
