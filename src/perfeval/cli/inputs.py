"""From the files and folders on the command line to reports."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from perfeval.checks.settling import CheckOptions
from perfeval.cli.arguments import STDIN
from perfeval.readers.companions import companion_of, is_beside
from perfeval.readers.departments import department_file, find_department
from perfeval.readers.files import (
    DEPARTMENT,
    FilePath,
    FoundFile,
    each_once,
    identity,
    passed_over,
    read_file,
    read_source,
    resolve,
    sheets_in,
)
from perfeval.readers.rulebooks import (
    ReadRulebook,
    load_rulebook,
    read_rulebook,
    rulebook_from_source,
)
from perfeval.report import Report, evaluate, report_of_empty_folder
from perfeval.source import MAX_BYTES, Source, read_bytes

_NAMED = 5
"""How many of the files of a folder that were not read are named."""
STDIN_LABEL = "标准输入"


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
    if argument == STDIN:
        return [argument]
    if is_folder(argument):
        return sheets_in(argument) or [argument]
    if glob.has_magic(argument) and not os.path.lexists(argument):  # for shells that do not
        found = sorted(glob.glob(argument))  # noqa: PTH207 - may be absolute
        return [name for path in found for name in _found_by_pattern(path)] or [argument]
    return [argument]


def _found_by_pattern(path: str) -> list[FilePath]:
    """Return what a pattern finds: a folder stands for its sheets, as it does where it is named.

    The command prompt of Windows passes ``局/*`` as it was typed.
    """
    return (is_folder(path) and sheets_in(path)) or [path]


def read_standard_input() -> bytes:
    """Return what stands on standard input, no more than is ever read of a file and one byte."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_BYTES + 1)


def source_of(argument: str) -> Source:
    """Read the one file that an argument names, or standard input."""
    if argument == STDIN:
        return read_bytes(read_standard_input(), STDIN_LABEL)
    return read_source(argument, instead="其中一张表")


def rulebook_reader(argument: str, root: str | None) -> Callable[[int | None], ReadRulebook]:
    """Return what reads the rulebook that an argument names, as it holds in a year.

    One from standard input is as if it lay in the working folder, and is read once.
    """
    if argument == STDIN:
        source = source_of(argument)
        return lambda year: rulebook_from_source(source, year=year, root=root)
    return lambda year: read_rulebook(argument, year=year, root=root)


def is_folder(argument: FilePath) -> bool:
    """Tell whether an argument names a folder."""
    try:
        return argument != STDIN and resolve(argument).is_dir()
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

    What only lies in a folder and is no sheet has no report; see `beside`.

    Raises:
        RulebookError: The rulebook of the command line is unknown or wrong.
    """
    if rulebook is not None:
        load_rulebook(rulebook, root=root)  # a wrong one ends the run before any sheet is read
    left: dict[str, bool] = {}
    for name in names:
        if is_folder(name) and not sheets_in(name):
            yield report_of_empty_folder(name)
            continue
        is_stdin = name == STDIN
        report = evaluate(
            read_standard_input() if is_stdin else name,
            rulebook=rulebook,
            terms=terms or CheckOptions(),
            root=root,
            name=STDIN_LABEL if is_stdin else "",
        )
        is_left = is_beside(name, report.located.data)
        if isinstance(name, FoundFile):
            left[name.folder] = left.get(name.folder, True) and is_left
        if not is_left:
            yield report
    yield from (report_of_empty_folder(folder) for folder, is_all in left.items() if is_all)


def beside(arguments: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Say of each file beside the sheets of a folder what it is, and which were not read.

    Args:
        arguments: What the command line names.
        names: The files that have a report.
    """
    seen = set(map(identity, names))
    for name in each_once(name for argument in arguments for name in _found(argument)):
        if identity(name) not in seen:
            companion = companion_of(read_file(name).data)
            if companion is not None:
                yield f"{os.fspath(name)}：{companion}，不是自评表，不计分"
    for folder in each_once(argument for argument in arguments if is_folder(argument)):
        left = [name for name in passed_over(folder) if not _is_companion(folder, name)]
        if left:
            more = f" 等 {len(left)} 个" if len(left) > _NAMED else ""
            named = "、".join(left[:_NAMED])
            yield f"{folder}：没有读 {named}{more}；自评表的文件名应以 .yaml 结尾"


def _is_companion(folder: str, name: str) -> bool:
    """Tell whether a ``.yml`` is a rulebook or holds waivers: those may end so."""
    if not name.lower().endswith(".yml"):
        return False
    return companion_of(read_file(FoundFile(os.path.join(folder, name), folder)).data) is not None


def _found(argument: str) -> list[FilePath]:
    """Return the files that were found in the folder that an argument stands for."""
    inside = sheets_in(argument)
    if department_file(argument) is not None:
        inside = [name for _, name in find_department(argument)[1] if isinstance(name, FoundFile)]
    return [name for name in inside if isinstance(name, FoundFile)]
