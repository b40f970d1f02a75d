"""``perfeval render``: one document, or everything that a department publishes."""

from __future__ import annotations

import argparse
import os
from typing import cast

from perfeval.cli.console import Console
from perfeval.cli.department_run import render_department
from perfeval.cli.failures import WritingError
from perfeval.cli.finishing import refuse_draft
from perfeval.cli.inputs import is_folder, passed_over_in, read_report
from perfeval.cli.national_run import NATIONAL, render_national
from perfeval.cli.unread import tell_errors, tell_unread
from perfeval.cli.writing import outputs_data, refuse_overwriting, refuse_same, write_each
from perfeval.documents import DocumentName, FormatName
from perfeval.documents.findings.text import counts_text
from perfeval.readers.folders import department_file
from perfeval.report import DepartmentReport, Report, evaluate_department, render


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the document, or the documents.

    Returns:
        0 where everything was made, of every sheet; else 2.
    """
    of_department = department_file(arguments.file) is not None
    if of_department and arguments.document is None and arguments.layout is None:
        return render_department(arguments, console)
    refusal = _refusal(arguments, of_department=of_department)
    if refusal:
        return console.fail(refusal, as_json=arguments.json)
    refuse_same(arguments.output)
    for output in arguments.output:
        read = filter(None, (arguments.file, arguments.rulebook))
        refuse_overwriting(output, read, is_forced=arguments.force)
    if arguments.document == NATIONAL:
        return render_national(arguments, console, of_department=of_department)
    return (_of_department if of_department else _of_sheet)(arguments, console)


def _refusal(arguments: argparse.Namespace, *, of_department: bool) -> str:
    """Say why the one document cannot be written, or return an empty text."""
    if not of_department and is_folder(arguments.file):
        return f"“{arguments.file}”里没有 department.yaml；一张张地出表请写明文件"
    if arguments.document == NATIONAL and arguments.templates is not None:
        return "--templates 用于文字；一体化系统的数据没有文字模板"
    if arguments.layout is not None and (
        of_department or arguments.document not in (None, "table")
    ):
        return "--layout 只用于一张自评表"
    if arguments.charts and arguments.document not in (None, "table", "bound"):
        return "--charts 只用于自评表和合订本"
    if arguments.formats is not None:
        return "--formats 只用于生成整个部门的材料；只生成一份时，格式由输出文件的扩展名决定"
    return ""


def _of_sheet(arguments: argparse.Namespace, console: Console) -> int:
    report = read_report(
        arguments.file, arguments.rulebook, root=arguments.root, table=arguments.table
    )
    if report.scorecard is None:
        return tell_unread(report, console, as_json=arguments.json)
    document: DocumentName = arguments.document or "table"
    code = _write(report, document, report.scorecard.stamp, arguments, console)
    if report.scorecard.sheet.unconfirmed and not (code or arguments.json):
        console.tell(f"注意：{report.scorecard.sheet.caveat}")
    if report.errors and not arguments.json:
        console.tell(f"注意：这张表有 {counts_text(report.errors)}，用 perfeval check 查看")
    return code


def _of_department(arguments: argparse.Namespace, console: Console) -> int:
    """Write one document of a department; a sheet that cannot be read is told, here and in it."""
    report = evaluate_department(arguments.file, rulebook=arguments.rulebook, root=arguments.root)
    if report.department is None or report.rulebook is None:
        return tell_unread(report, console, as_json=arguments.json)
    for line in (*report.aside, *passed_over_in([arguments.file])):
        console.tell(line)
    code = _write(report, arguments.document, report.rulebook.stamp, arguments, console)
    unread = [sheet for sheet in report.sheets if not sheet.is_read]
    for sheet in unread:
        tell_errors(sheet.findings, console)
    return 2 if unread else code


def _write(
    report: Report | DepartmentReport,
    document: DocumentName,
    stamp: str,
    arguments: argparse.Namespace,
    console: Console,
) -> int:
    """Make one document in every format that is asked for, then write them.

    Returns:
        0 where all were written, else 2; nothing is written of a final text that has blanks.

    Raises:
        RenderError: One of the formats cannot be made; none is written.
        WritingError: The only one, or none of them, can be written.
    """
    if refuse_draft(report, document, arguments, console):
        return 2
    made = [
        (
            path,
            render(
                report,
                _ending(path),
                document=document,
                templates=arguments.templates,
                layout=arguments.layout,
                data=arguments.data,
                charts=arguments.charts,
            ),
        )
        for path in arguments.output
    ]
    written, failed = write_each(made, _nothing if arguments.json else console.say)
    if not written:
        raise WritingError("\n".join(failed.values()))
    for reason in failed.values():
        console.tell(reason)
    if arguments.json:
        console.write_json({**outputs_data(written, failed), "document": document, "stamp": stamp})
    return 2 if failed else 0


def _nothing(_line: str) -> None:
    """Say nothing: the JSON will."""


def _ending(path: str) -> FormatName:
    ending = os.path.splitext(path)[1].lower().removeprefix(".")
    return cast("FormatName", ending)  # `render` refuses others
