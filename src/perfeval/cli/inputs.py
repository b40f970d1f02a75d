"""From the files and folders on the command line to reports."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfeval.checks.settling import CheckOptions
from perfeval.readers.files import DEPARTMENT, FilePath, each_once, resolve, sheets_in
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report import Report, evaluate, report_of_empty_folder


class Inputs(NamedTuple):
    """The sheets that the arguments name.

    Attributes:
        names: Files and shipped sheets; a folder without a sheet stands for itself.
        is_several: More than one sheet, or a folder, was asked for.
    """

    names: tuple[FilePath, ...]
    is_several: bool


def find_sheets(arguments: Sequence[str]) -> Inputs:
    """Find the sheets behind the arguments, each once; a folder means its sheets, in order."""
    found = each_once(name for argument in arguments for name in _sheets(argument))
    sheets = [name for name in found if not os.fspath(name).endswith(DEPARTMENT)]
    names = tuple(sheets or found)  # a department's file among its sheets is none of them
    return Inputs(names, len(names) > 1 or any(map(is_folder, arguments)))


def _sheets(argument: str) -> list[FilePath]:
    if is_folder(argument):
        return sheets_in(argument) or [argument]
    if glob.has_magic(argument) and not os.path.lexists(argument):  # for shells that do not
        return [*sorted(glob.glob(argument))] or [argument]  # noqa: PTH207 - may be absolute
    return [argument]


def is_folder(argument: FilePath) -> bool:
    """Tell whether an argument names a folder."""
    try:
        return resolve(argument).is_dir()
    except OSError:  # reading it will say why
        return False


def read_reports(
    names: Sequence[FilePath],
    rulebook: str | None,
    terms: CheckOptions | None = None,
    *,
    root: str | None = None,
) -> Iterator[Report]:
    """Read, score and check one sheet after another, on the usual terms unless others are given.

    Raises:
        RulebookError: The rulebook of the command line is unknown or wrong.
    """
    if rulebook is not None:
        load_rulebook(rulebook, root=root)  # a wrong one ends the run before any sheet is read
    for name in names:
        is_bare = is_folder(name) and not sheets_in(name)
        yield (
            report_of_empty_folder(name)
            if is_bare
            else evaluate(name, rulebook=rulebook, terms=terms or CheckOptions(), root=root)
        )
