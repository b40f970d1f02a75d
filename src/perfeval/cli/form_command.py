"""``perfeval form``: a workbook to fill in, which computes points, total and grade by itself."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.cli.inputs import read_report
from perfeval.cli.rulebooks_command import listing
from perfeval.cli.unread import tell_unread
from perfeval.cli.writing import refuse_overwriting, write_file
from perfeval.documents.workbook import form_workbook
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report import Report
from perfeval.rulebook import Rulebook

_ENDING = ".xlsx"


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the workbook; return 0 where it stands on the disk, else 2."""
    refusal = _refusal(arguments)
    if refusal:
        return console.fail(refusal, as_json=arguments.json)
    read = (arguments.file, arguments.last_year, arguments.rulebook)
    refuse_overwriting(arguments.output, filter(None, read), is_forced=arguments.force)
    sheet = _report(arguments.file, arguments, arguments.table)
    last = _report(arguments.last_year, arguments)
    for report in (sheet, last):
        if report is not None and report.scorecard is None:
            return tell_unread(report, console, as_json=arguments.json)
    rulebook = _rulebook(arguments, sheet, last)
    workbook = form_workbook(
        rulebook,
        None if sheet is None else sheet.sheet,
        None if last is None else last.sheet,
        data=arguments.data,
    )
    write_file(arguments.output, workbook)
    if arguments.json:
        console.write_json({"output": arguments.output, "stamp": rulebook.stamp})
    else:
        console.say(f"已生成 {arguments.output}，用 WPS 或 Excel 打开，填浅色的格，得分自动算出")
    return 0


def _refusal(arguments: argparse.Namespace) -> str:
    """Say what is missing or in the way, or return an empty text."""
    if arguments.file is arguments.rulebook is arguments.last_year is None:
        return "\n".join(["请写自评表，或用 --rulebook 指明评分办法，现有：", *listing()])
    if not arguments.output.lower().endswith(_ENDING):
        return f"填报表只有 {_ENDING} 格式，请把输出文件的扩展名写成 {_ENDING}"
    return ""


def _report(
    name: str | None, arguments: argparse.Namespace, table: str | None = None
) -> Report | None:
    if name is None:
        return None
    return read_report(name, arguments.rulebook, root=arguments.root, table=table)


def _rulebook(arguments: argparse.Namespace, sheet: Report | None, last: Report | None) -> Rulebook:
    """Return the rulebook of the sheet, else the one given, else last year's."""
    own, old = (None if report is None else report.rulebook for report in (sheet, last))
    given = arguments.rulebook
    is_named = own is None and given is not None
    named = load_rulebook(given, root=arguments.root) if is_named else None
    return next(book for book in (own, named, old) if book is not None)
