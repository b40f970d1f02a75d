"""``perfeval render DEPARTMENT -o out/``: every document of a department, one after another."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.finishing import refuse_draft
from perfeval.cli.inputs import passed_over_in
from perfeval.cli.unread import tell_errors, tell_unread
from perfeval.codes import GAP
from perfeval.documents.department.files import (
    PAGE,
    OutFile,
    Publication,
    department_files,
    page_files,
    page_paths,
)
from perfeval.documents.formats import FORMATS
from perfeval.findings import Finding
from perfeval.report import DepartmentReport, evaluate_department, publication, write_files

_SHOWN = 10
"""How many of the failures of a run are listed."""


def render_department(arguments: argparse.Namespace, console: Console) -> int:
    """Write everything that a department publishes below a folder.

    Returns:
        0 where every document was written; 2 where a sheet could not be read or a file not be
        made.  What can be made is made all the same, and what could not is listed.

    Raises:
        UsageError: The folder holds files already, or several are named.
        RenderError: A template is wrong.
    """
    if len(arguments.output) > 1:
        raise UsageError("整个部门的材料写成一个文件夹，-o 只写一次；要哪些格式用 --formats")
    report = evaluate_department(arguments.file, rulebook=arguments.rulebook, root=arguments.root)
    if report.department is None or report.rulebook is None:
        return tell_unread(report, console, as_json=arguments.json)
    for line in (*report.aside, *passed_over_in([arguments.file])):
        console.tell(line)
    if refuse_draft(report, None, arguments, console):
        return 2
    made = publication(report, templates=arguments.templates, charts=arguments.charts)
    files = list(department_files(made, _formats(arguments.formats)))
    target = Path(arguments.output[0])
    _refuse_overwriting(
        target, [*page_paths(made), *(file.path for file in files)], is_forced=arguments.force
    )
    is_asked = arguments.formats is not None
    written, failed = _write_all(target, files, console, is_asked=is_asked)
    page, unmade = _write_all(target, page_files(made, written), console, is_asked=is_asked)
    return _close(report, made, [*written, *page], [*failed, *unmade], arguments, console)


def _formats(asked: str | None) -> tuple[str, ...]:
    if asked is None:
        return tuple(FORMATS)
    return tuple(item.strip().lower() for item in asked.split(","))


def _refuse_overwriting(target: Path, files: Sequence[str], *, is_forced: bool) -> None:
    """Refuse to begin where a file of the run stands already."""
    if target.suffix.lower().removeprefix(".") in FORMATS:
        raise UsageError(
            f"整个部门要写成文件夹，不能写成文件“{target}”；"
            "只要一份请加 --document disclosure、whole、duties 或 bound"
        )
    if target.exists() and not target.is_dir():
        raise UsageError(f"“{target}”是文件，不是文件夹")
    standing = [path for path in files if os.path.lexists(target / path)]
    if standing and not is_forced:
        found = f"已有 {len(standing)} 个要生成的文件，如“{standing[0]}”"
        raise UsageError(f"“{target}”里{found}；要覆盖请加 --force")


def _write_all(
    target: Path, files: Sequence[OutFile], console: Console, *, is_asked: bool
) -> tuple[list[str], list[tuple[str, str]]]:
    """Write file after file; one that cannot be made does not stop the others.

    Args:
        target: The folder.
        files: The files.
        console: Where progress is shown.
        is_asked: The formats were asked for by name: one that cannot be made is a failure.
    """
    number = count(1)

    def tell(path: str) -> None:
        console.progress(f"生成 {next(number)}/{len(files)}　{path}")

    done = write_files(target, files, tell)
    console.progress("")
    for ending, reason in done.missing:
        console.tell(f"没有生成 {ending} 格式：{reason}")
    return [*done.files], [*done.failed, *(done.missing if is_asked else ())]


def _close(
    report: DepartmentReport,
    made: Publication,
    written: Sequence[str],
    failed: Sequence[tuple[str, str]],
    arguments: argparse.Namespace,
    console: Console,
) -> int:
    """Say what was written, what was not, and what the texts still ask for."""
    unread = [sheet for sheet in report.sheets if not sheet.is_read]
    gaps = [item for sheet in made.inspections for item in sheet.findings if item.code == GAP]
    if arguments.json:
        console.write_json(
            {
                "output": arguments.output[0],
                "files": list(written),
                "failed": [{"file": name, "reason": reason} for name, reason in failed],
                "unread": [sheet.name for sheet in unread],
                "stamp": made.rulebook.stamp,
            }
        )
    else:
        first = f"；先看 {PAGE}" if PAGE in written else ""
        console.say(f"已生成 {len(written)} 个文件，在 {arguments.output[0]}{first}")
    _tell_lost_result(written, arguments, console)
    for line in _remarks(failed, gaps):
        console.tell(line)
    for sheet in unread:
        tell_errors(sheet.findings, console)
    return 2 if unread or failed else 0


def _tell_lost_result(
    written: Sequence[str], arguments: argparse.Namespace, console: Console
) -> None:
    """Say what was written where the result itself could not be: its disk may be full, too."""
    try:
        console.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        console.keep(error)
        console.tell(f"已生成 {len(written)} 个文件，在 {arguments.output[0]}：")
        for name in written:
            console.tell(f"  {name}")


def _remarks(failed: Sequence[tuple[str, str]], gaps: Sequence[Finding]) -> Iterator[str]:
    for name, reason in list(dict.fromkeys(failed))[:_SHOWN]:
        yield f"没有生成 {name}：{reason}"
    if len(failed) > _SHOWN:
        yield f"另有 {len(failed) - _SHOWN} 个没有生成"
    if gaps:
        first = f"{gaps[0].place}  {gaps[0].message}"
        yield f"文字里有 {len(gaps)} 处“请补充”，校核报告里都有，如 {first}"
