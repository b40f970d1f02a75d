"""From the files and folders on the command line to reports."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfeval.findings import Finding, Severity
from perfeval.readers.files import SHIPPED, resolve
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report import Report, evaluate

_DEPARTMENT = "department.yaml"
_ENDING = ".yaml"
UNREADABLE = "YM112"
"""The code of a file that could not be read at all."""


class Inputs(NamedTuple):
    """The sheets that the arguments name.

    Attributes:
        names: Files and shipped sheets; a folder without a sheet stands for itself.
        is_several: More than one sheet, or a folder, was asked for.
    """

    names: tuple[str, ...]
    is_several: bool


def find_sheets(arguments: Sequence[str]) -> Inputs:
    """Find the sheets behind the arguments; a folder means its sheets, in order."""
    names = tuple(name for argument in arguments for name in _sheets(argument))
    is_folder = any(map(_is_folder, arguments))
    return Inputs(names, len(names) > 1 or is_folder)


def _sheets(argument: str) -> list[str]:
    if _is_folder(argument):
        return _in_folder(argument) or [argument]
    if glob.has_magic(argument) and not os.path.lexists(argument):  # for shells that do not
        return sorted(glob.glob(argument)) or [argument]  # noqa: PTH207 - may be absolute
    return [argument]


def _is_folder(argument: str) -> bool:
    try:
        return resolve(argument).is_dir()
    except OSError:  # reading it will say why
        return False


def _in_folder(argument: str) -> list[str]:
    """Return the sheets of a folder, by the names that `perfeval.evaluate` takes."""
    try:
        entries = sorted(path.name for path in resolve(argument).iterdir())
    except OSError:  # it is reported as a folder without a sheet
        return []
    sheets = [
        entry for entry in entries if entry.endswith(_ENDING) and entry.lower() != _DEPARTMENT
    ]
    if argument.startswith(SHIPPED):
        folder = argument.rstrip("/")
        return [f"{folder}/{entry.removesuffix(_ENDING)}" for entry in sheets]
    return [os.path.join(argument, entry) for entry in sheets]


def read_reports(names: Sequence[str], rulebook: str | None) -> Iterator[Report]:
    """Read, score and check one sheet after another.

    Raises:
        RulebookError: The rulebook of the command line is unknown or wrong.
    """
    if rulebook is not None:
        load_rulebook(rulebook)  # a wrong one ends the run before any sheet is read
    for name in names:
        is_bare = _is_folder(name) and not _in_folder(name)
        yield _bare_folder(name) if is_bare else evaluate(name, rulebook=rulebook)


def _bare_folder(name: str) -> Report:
    finding = Finding(
        UNREADABLE, Severity.ERROR, f"文件夹里没有自评表（*{_ENDING}），或打不开", file=name
    )
    return Report(name, None, None, None, (finding,))
