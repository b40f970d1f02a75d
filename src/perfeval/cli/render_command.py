"""``perfeval render``: one document of a sheet, or everything that a department publishes."""

from __future__ import annotations

import argparse
import os

from perfeval.cli.console import Console
from perfeval.cli.department_run import render_department
from perfeval.cli.inputs import is_folder, read_reports
from perfeval.cli.score_command import tell_unread
from perfeval.documents.findings.text import counts_text
from perfeval.errors import RenderError, system_reason
from perfeval.readers.departments import department_file
from perfeval.report import Report


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the document, or the documents; return 0 where they stand on the disk, else 2."""
    if department_file(arguments.file) is not None:
        return render_department(arguments, console)
    if is_folder(arguments.file):
        message = f"“{arguments.file}”里没有 department.yaml；一张张地出表请写明文件"
        return console.fail(message, as_json=arguments.json)
    output = arguments.output
    if os.path.lexists(output) and not arguments.force:
        return console.fail(f"“{output}”已经存在；要覆盖请加 --force", as_json=arguments.json)
    (report,) = read_reports([arguments.file], arguments.rulebook)
    if report.scorecard is None:
        return tell_unread(report, console, as_json=arguments.json)
    _render(report, arguments)
    if arguments.json:
        console.write_json({
            "output": output, "document": arguments.document, "stamp": report.scorecard.stamp,
        })  # fmt: skip
        return 0
    console.write(f"已生成 {output}")
    if report.errors:
        console.tell(f"注意：这张表有 {counts_text(report.errors)}，用 perfeval check 查看")
    return 0


def _render(report: Report, arguments: argparse.Namespace) -> None:
    try:
        report.render(arguments.output, document=arguments.document, templates=arguments.templates)
    except OSError as error:
        raise RenderError(f"不能写入“{arguments.output}”：{system_reason(error)}") from error
