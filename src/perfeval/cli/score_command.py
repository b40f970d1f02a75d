"""``perfeval score``: the table of each sheet, and for several a summary."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.inputs import find_sheets, passed_over_in, read_reports
from perfeval.cli.unread import tell_findings
from perfeval.codes import LOST_PART
from perfeval.documents.as_json import report_data
from perfeval.documents.findings.inspections import rulebook_text
from perfeval.documents.findings.text import counts_text
from perfeval.documents.scorecards.terminal import scorecard_text, summary_text
from perfeval.findings import Severity
from perfeval.reading.answers import read_answers
from perfeval.report import Report


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Score sheets; return 0 where every one has a result, else 2."""
    inputs = find_sheets(arguments.files)
    reports: list[Report] = []
    aside: list[str] = []
    with_tables = not (arguments.json or (arguments.summary and inputs.is_several))
    answers = read_answers(arguments.answers)
    found = read_reports(
        inputs.names, arguments.rulebook, root=arguments.root, aside=aside, answers=answers
    )
    for report in found:
        reports.append(report)
        if not arguments.json:
            _show(report, console, with_table=with_tables)
    unused = list(answers.unused)
    for line in (*aside, *passed_over_in(arguments.files), *unused):
        console.tell(line)
    if arguments.json:
        data = [report_data(item.name, item.scorecard, item.findings) for item in reports]
        console.write_json({"reports": data})
    else:
        _close(reports, console, with_summary=inputs.is_several or len(reports) > 1)
    return 0 if all(map(_is_whole, reports)) and not unused else 2


def _is_whole(report: Report) -> bool:
    """Tell whether a sheet has a result, and nothing beside it in its file lacks one."""
    return report.is_read and all(item.code != LOST_PART for item in report.findings)


def _show(report: Report, console: Console, *, with_table: bool) -> None:
    """Write the table of a sheet, or what is wrong with one that cannot be read."""
    lost = [item for item in report.findings if item.code == LOST_PART]
    tell_findings(lost if report.is_read else report.findings, console)
    if report.scorecard is None:
        return
    if with_table:
        console.write(
            scorecard_text(report.scorecard, ambiguous=console.ambiguous, width=console.columns)
        )
        counts = _counts(report)
        if counts:
            console.write(f"校核  {counts}，用 perfeval check 查看")
        console.write("")


def _counts(report: Report) -> str:
    return counts_text(item for item in report.findings if item.severity is not Severity.INFO)


def _close(reports: list[Report], console: Console, *, with_summary: bool) -> None:
    """Write the summary, and by which rulebooks and which version all this was computed."""
    if with_summary:
        entries = [(report.name, report.scorecard, _counts(report)) for report in reports]
        console.write(summary_text(entries, ambiguous=console.ambiguous, width=console.columns))
    if any(report.is_read for report in reports):
        write_stamps(reports, console)


def write_stamps(reports: Iterable[Report], console: Console) -> None:
    """Write id, version and hash of every rulebook in use, and perfeval's version."""
    stamps = {
        rulebook_text(report.rulebook.stamp, report.findings)
        for report in reports
        if report.rulebook is not None
    }
    console.write_folded("；".join([*sorted(stamps), f"perfeval {__version__}"]))
