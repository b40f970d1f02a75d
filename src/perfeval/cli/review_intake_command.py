"""``perfeval review intake``: who handed in what, what is missing, and what cannot be read."""

from __future__ import annotations

import argparse
import glob
import os
from collections.abc import Iterator, Sequence

from perfeval.batch.receiving import expected_projects, hand_in
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.review_outputs import (
    PAGE_ENDINGS,
    page_writers,
    refuse_outputs,
    write_outputs,
)
from perfeval.documents.review.intake_list import intake_page, intake_text
from perfeval.reading.project_lists import read_project_list
from perfeval.review.intake import ExpectedProject, HandedIn, take_in
from perfeval.review.stored import stored


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List what was handed in.

    Returns:
        0, as the list is the result; 2 where an output was not written.

    Raises:
        UsageError: A file that is named is not there, or the list cannot be read.
    """
    refuse_missing(arguments.paths)
    read = [*arguments.paths, *filter(None, (arguments.expected,))]
    refuse_outputs(arguments, read, PAGE_ENDINGS)
    expected = _expected(arguments.expected, console)
    handed = _told(arguments.paths, console)
    intake = take_in(handed, expected=expected, form=arguments.form or "")
    data = {"intake": stored(intake)}
    writers = page_writers(intake_page(intake), data)
    is_whole = write_outputs(arguments, writers, console, data)
    if not arguments.json:
        console.write_folded(intake_text(intake))
    return 0 if is_whole else 2


def refuse_missing(paths: Sequence[str]) -> None:
    """Refuse what is not there at all.

    Raises:
        UsageError: One of the paths names nothing.
    """
    for path in paths:
        if not os.path.lexists(path) and not glob.has_magic(path):
            raise UsageError(f"没有“{path}”这个文件或文件夹")


def _told(paths: Sequence[str], console: Console) -> Iterator[HandedIn]:
    """Yield what was handed in, and show how far that is."""
    for count, line in enumerate(hand_in(paths), 1):
        console.progress(f"已看 {count} 个：{line.file}")
        yield line
    console.progress("")


def _expected(path: str | None, console: Console) -> list[ExpectedProject] | None:
    """Read the list of what should be there.

    Raises:
        UsageError: It cannot be read.
    """
    if path is None:
        return None
    found = read_project_list(path)
    if found.fault:
        raise UsageError(f"名单读不了：{found.fault}")
    for note in found.notes:
        console.tell(f"{path}：{note}")
    return expected_projects(found)
