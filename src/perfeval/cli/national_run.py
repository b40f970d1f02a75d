"""``perfeval render --document national``: sheets as the national budget system takes them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import cast

from perfeval.cli.console import Console
from perfeval.cli.failures import WritingError
from perfeval.cli.finishing import refuse_draft
from perfeval.cli.inputs import passed_over_in, read_report
from perfeval.cli.unread import tell_errors, tell_unread
from perfeval.cli.writing import outputs_data, write_each
from perfeval.documents.findings.text import counts_text
from perfeval.report import DepartmentReport, Report, evaluate_department
from perfeval.report.national import NationalFormat, to_national
from perfeval.sheet import caveat_of

NATIONAL = "national"


def render_national(arguments: argparse.Namespace, console: Console, *, of_department: bool) -> int:
    """Write the records, or the import, of one sheet or of all sheets of a department.

    Returns:
        0 where all was made, of every sheet; else 2.
    """
    if not of_department:
        report = read_report(
            arguments.file, arguments.rulebook, root=arguments.root, table=arguments.table
        )
        if report.scorecard is None:
            return tell_unread(report, console, as_json=arguments.json)
        return _write([report], arguments, console)
    department = evaluate_department(
        arguments.file, rulebook=arguments.rulebook, root=arguments.root
    )
    if department.department is None:
        return tell_unread(department, console, as_json=arguments.json)
    return _of_department(department, arguments, console)


def _of_department(
    department: DepartmentReport, arguments: argparse.Namespace, console: Console
) -> int:
    for line in (*department.aside, *passed_over_in([arguments.file])):
        console.tell(line)
    read = [sheet for sheet in department.sheets if sheet.is_read]
    code = _write(read, arguments, console)
    for sheet in department.sheets:
        if not sheet.is_read:
            tell_errors(sheet.findings, console)
    return code if len(read) == len(department.sheets) else 2


def _write(reports: Sequence[Report], arguments: argparse.Namespace, console: Console) -> int:
    """Make all outputs, then write them.

    Raises:
        RenderError: One of them cannot be made; none is written.
        WritingError: None of them can be written.
    """
    if any(refuse_draft(report, None, arguments, console) for report in reports):
        return 2
    made = [
        (path, to_national(reports, format=_ending(path), data=arguments.data))
        for path in arguments.output
    ]
    written, failed = write_each(made, _nothing if arguments.json else console.say)
    if not written:
        raise WritingError("\n".join(failed.values()))
    for reason in failed.values():
        console.tell(reason)
    if arguments.json:
        console.write_json({**outputs_data(written, failed), "document": NATIONAL})
    else:
        _tell(reports, console)
    return 2 if failed else 0


def _tell(reports: Sequence[Report], console: Console) -> None:
    """Say what is to be known before the data are handed in."""
    caveat = caveat_of(report.sheet for report in reports if report.sheet is not None)
    if caveat:
        console.tell(f"注意：{caveat}")
    errors = [error for report in reports for error in report.errors]
    if errors:
        console.tell(f"注意：有 {counts_text(errors)}，用 perfeval check 查看")


def _nothing(_line: str) -> None:
    """Say nothing: the JSON will."""


def _ending(path: str) -> NationalFormat:
    ending = os.path.splitext(path)[1].lower().removeprefix(".")
    return cast("NationalFormat", ending)  # `to_national` refuses others
