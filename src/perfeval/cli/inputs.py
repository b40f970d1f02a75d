"""From the files and folders on the command line to reports."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from perfeval.carriers import LIMITS
from perfeval.checks.settling import CheckOptions
from perfeval.cli.arguments import STDIN
from perfeval.cli.many.shelf import Seen
from perfeval.opening import read_regular
from perfeval.readers.files import (
    DEPARTMENT,
    SHIPPED,
    FilePath,
    FoundFile,
    SourceInput,
    data_in,
    each_once,
    each_sheet_in,
    identity,
    passed_over,
    read_source,
    resolve,
    sheets_in,
)
from perfeval.readers.folders import department_file
from perfeval.readers.rulebooks import (
    ReadRulebook,
    load_rulebook,
    read_rulebook,
    rulebook_from_source,
)
from perfeval.reading.answers import Answers
from perfeval.reading.national_marks import is_national
from perfeval.report import LeftAside, Report, evaluate, evaluate_found, report_of_empty_folder
from perfeval.source import Source, read_bytes

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
    """Find the sheets behind the arguments, all at once; see `each_sheet`."""
    names = tuple(each_sheet(arguments))
    return Inputs(names, len(names) > 1 or any(map(is_folder, arguments)))


def each_sheet(arguments: Sequence[str]) -> Iterator[FilePath]:
    """Yield the sheets behind the arguments, each once; a folder means its sheets, in order.

    So do the folders below it, but where it is a department's.  The first of a large tree is there
    before the others are found.
    """
    seen, departments, is_found = Seen(), [], False
    for argument in arguments:
        for name in _sheets(argument):
            if not seen.is_new(identity(name)):
                continue
            if os.path.split(name)[1] == DEPARTMENT:
                departments.append(name)
            else:
                is_found = True
                yield name
    if not is_found:  # a department's file among its sheets is none of them
        yield from departments


def _sheets(argument: str) -> Iterator[FilePath]:
    if is_folder(argument):
        yield from _or_itself(argument)
    elif argument != STDIN and glob.has_magic(argument) and not os.path.lexists(argument):
        # for shells that do not follow patterns: what is found stands for itself, a folder for its
        # sheets, as where it is named
        for path in sorted(glob.glob(argument)) or [argument]:  # noqa: PTH207 - may be absolute
            yield from _or_itself(path) if is_folder(path) else [path]
    else:
        yield argument


def _or_itself(folder: str) -> Iterator[FilePath]:
    """Yield the sheets in a folder; one without a sheet stands for itself."""
    is_empty = True
    for name in _inside(folder):
        is_empty = False
        yield name
    if is_empty:
        yield folder


def _inside(folder: str) -> Iterator[FilePath]:
    is_tree = _is_tree(folder)
    yield from each_sheet_in(folder, is_tree=is_tree)
    yield from filter(_is_national, data_in(folder, is_tree=is_tree))


def _is_national(found: FoundFile) -> bool:
    """Tell what the national system gave from results of ours and of other programs."""
    try:
        return not found.leads_out and is_national(read_regular(found, LIMITS.file))
    except (OSError, ValueError):
        return False


def _is_tree(folder: str) -> bool:
    """Tell whether the folders below one are looked into; those of a department hold results."""
    return not folder.startswith(SHIPPED) and department_file(folder) is None


def read_standard_input() -> bytes:
    """Return what stands on standard input, no more than is ever read of a file and one byte."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read(LIMITS.file + 1)


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
    aside: list[str] | None = None,
    answers: Answers | None = None,
) -> Iterator[Report]:
    """Read, score and check all sheets in files, on the usual terms unless others are given.

    Args:
        names: The files.
        rulebook: The rulebook of the command line.
        terms: Which checks, waivers, and which day it is.
        root: Where files may lie to which others lead.
        aside: Gets what lies in a folder and is no sheet, each with the reason.
        answers: What a person confirmed of what stands in office files.

    Raises:
        RulebookError: The rulebook of the command line is unknown or wrong.
    """
    if rulebook is not None:
        load_rulebook(rulebook, root=root)  # a wrong one ends the run before any sheet is read
    folders = {os.fspath(name): name.folder for name in names if isinstance(name, FoundFile)}
    is_lacking = dict.fromkeys(folders.values(), True)
    found = evaluate_found(
        map(given_by, names),
        rulebook=rulebook,
        terms=terms or CheckOptions(),
        root=root,
        answers=answers,
    )
    for one in found:
        if isinstance(one, LeftAside):
            if aside is not None:
                aside.append(str(one))
            continue
        name = one.located.name
        is_lacking.pop(folders.get(name, ""), None)
        one.located.source.forget_places()  # a long run asks few of its reports for more
        yield report_of_empty_folder(name) if is_folder(name) else one
    yield from map(report_of_empty_folder, is_lacking)


def read_report(
    name: str,
    rulebook: str | None,
    *,
    root: str | None = None,
    table: str | None = None,
    answers: Sequence[str] = (),
) -> Report:
    """Read, score and check the one sheet that an argument names.

    Args:
        name: The file.
        rulebook: The rulebook of the command line.
        root: Where files may lie to which others lead.
        table: Which table of an office file.
        answers: The sheets with what a person confirmed of an office file.

    Raises:
        RulebookError: The rulebook of the command line is unknown or wrong.
    """
    if is_folder(name) and not sheets_in(name):
        return report_of_empty_folder(name)
    label, given = given_by(name)
    return evaluate(
        given, rulebook=rulebook, root=root, name=label, table=table or "", answers=answers
    )


def given_by(name: FilePath) -> tuple[str, SourceInput]:
    """Return what an argument names, and what that is called where it is no file."""
    if name == STDIN:
        return STDIN_LABEL, read_standard_input()
    return "", name


def passed_over_in(arguments: Iterable[str]) -> Iterator[str]:
    """Say which files in the folders of the command line were not looked at, and why."""
    for folder in each_once(argument for argument in arguments if is_folder(argument)):
        counts: Counter[str] = Counter()
        named: dict[str, list[str]] = {}
        for name, reason in passed_over(folder, is_tree=_is_tree(folder)):
            counts[reason] += 1
            if counts[reason] <= _NAMED:
                named.setdefault(reason, []).append(os.path.relpath(name, resolve(folder)))
        for reason, names in named.items():
            more = f" 等 {counts[reason]} 个" if counts[reason] > _NAMED else ""
            yield f"{folder}：没有读 {'、'.join(names)}{more}；{reason}"
