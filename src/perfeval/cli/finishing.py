"""``render --final``: nothing is written while a text still asks for something."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.documents import DocumentName
from perfeval.readers.sheets import unconfirmed
from perfeval.report import DepartmentReport, Report
from perfeval.report.rendering import blanks


def refuse_draft(
    report: Report | DepartmentReport,
    document: DocumentName | None,
    arguments: argparse.Namespace,
    console: Console,
) -> int:
    """List what a final text must not lack.

    Returns:
        0 where the text may be published or is not meant to be, else 2.
    """
    if not arguments.final:
        return 0
    sheets = [report] if isinstance(report, Report) else report.sheets
    unread = [one.name for one in sheets if one.scorecard is None]
    left = (
        *(one.located.place(item).finding for one in sheets for item in unconfirmed(one.sheet)),
        *blanks(report, document=document, templates=arguments.templates),
    )
    if not unread and not left:
        return 0
    lines = [
        "没有生成：定稿（--final）里不能有没读通的自评表、没有核对的自评表，也不能有“请补充”",
        *(f"  {name}  没有读通" for name in unread),
        *(f"  {item.place}  {item.message}" for item in left),
    ]
    return console.fail("\n".join(lines), as_json=arguments.json)
