"""``perfeval render``: one document, or everything that a department publishes."""

from __future__ import annotations

import argparse
import os
from typing import cast

from perfeval.cli.console import Console
from perfeval.cli.department_run import render_department
from perfeval.cli.inputs import beside, is_folder, read_reports
from perfeval.cli.unread import tell_errors, tell_unread
from perfeval.cli.writing import refuse_overwriting, write_file
from perfeval.documents import DocumentName, FormatName
from perfeval.documents.findings.text import counts_text
from perfeval.readers.departments import department_file
from perfeval.report import evaluate_department, render


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the document, or the documents.

    Returns:
        0 where everything was made, of every sheet; else 2.
    """
    of_department = department_file(arguments.file) is not None
    if of_department and arguments.document is None:
        return render_department(arguments, console)
    refusal = _refusal(arguments, of_department=of_department)
    if refusal:
        return console.fail(refusal, as_json=arguments.json)
    read = filter(None, (arguments.file, arguments.rulebook))
    refuse_overwriting(arguments.output, read, is_forced=arguments.force)
    return (_of_department if of_department else _of_sheet)(arguments, console)


def _refusal(arguments: argparse.Namespace, *, of_department: bool) -> str:
    """Say why the one document cannot be written, or return an empty text."""
    if not of_department and is_folder(arguments.file):
        return f"“{arguments.file}”里没有 department.yaml；一张张地出表请写明文件"
    if arguments.formats is not None:
        return "--formats 只用于生成整个部门的材料；只生成一份时，格式由输出文件的扩展名决定"
    return ""


def _of_sheet(arguments: argparse.Namespace, console: Console) -> int:
    (report,) = read_reports([arguments.file], arguments.rulebook, root=arguments.root)
    if report.scorecard is None:
        return tell_unread(report, console, as_json=arguments.json)
    document: DocumentName = arguments.document or "table"
    data = render(report, _ending(arguments), document=document, templates=arguments.templates)
    write_file(arguments.output, data)
    _close(arguments, console, document, report.scorecard.stamp)
    if report.errors and not arguments.json:
        console.tell(f"注意：这张表有 {counts_text(report.errors)}，用 perfeval check 查看")
    return 0


def _of_department(arguments: argparse.Namespace, console: Console) -> int:
    """Write one document of a department; a sheet that cannot be read is told, here and in it."""
    report = evaluate_department(arguments.file, rulebook=arguments.rulebook, root=arguments.root)
    if report.department is None or report.rulebook is None:
        return tell_unread(report, console, as_json=arguments.json)
    for line in beside([arguments.file], [sheet.name for sheet in report.sheets]):
        console.tell(line)
    data = render(
        report, _ending(arguments), document=arguments.document, templates=arguments.templates
    )
    write_file(arguments.output, data)
    _close(arguments, console, arguments.document, report.rulebook.stamp)
    unread = [sheet for sheet in report.sheets if not sheet.is_read]
    for sheet in unread:
        tell_errors(sheet.findings, console)
    return 2 if unread else 0


def _ending(arguments: argparse.Namespace) -> FormatName:
    ending = os.path.splitext(arguments.output)[1].lower().removeprefix(".")
    return cast("FormatName", ending)  # `render` refuses others


def _close(arguments: argparse.Namespace, console: Console, document: str, stamp: str) -> None:
    if arguments.json:
        console.write_json({"output": arguments.output, "document": document, "stamp": stamp})
    else:
        console.say(f"已生成 {arguments.output}")
