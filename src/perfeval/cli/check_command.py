"""``perfeval check``: everything that was found, where it stands, and what to do."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from perfeval.cli.console import Console
from perfeval.cli.inputs import UNREADABLE, find_sheets, read_reports
from perfeval.cli.score_command import write_stamps
from perfeval.documents.as_json import findings_report
from perfeval.documents.findings_text import counts_text, finding_text
from perfeval.findings import Finding, Severity
from perfeval.report import Report


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check sheets.

    Returns:
        2 where a file cannot be read at all, else 1 where a finding is an error, else 0.
    """
    inputs = find_sheets(arguments.files)
    reports = []
    for report in read_reports(inputs.names, arguments.rulebook):
        reports.append(report)
        if not arguments.json:
            _show(report, console, with_all=arguments.all)
    if arguments.json:
        data = [findings_report(item.name, item.rulebook, item.findings) for item in reports]
        console.write_json({"reports": data})
    else:
        _close(reports, console, with_all=arguments.all)
    return _exit_code(finding for report in reports for finding in report.findings)


def _show(report: Report, console: Console, *, with_all: bool) -> None:
    for finding in report.findings:
        if with_all or finding.severity is not Severity.INFO:
            console.write(finding_text(finding, ambiguous=console.ambiguous))


def _close(reports: list[Report], console: Console, *, with_all: bool) -> None:
    """Write how much was found, and what is not listed."""
    findings = [finding for report in reports for finding in report.findings]
    counts = counts_text(findings) or "没有发现问题"
    hidden = not with_all and any(item.severity is Severity.INFO for item in findings)
    more = "（提示未列出，加 --all 列出）" if hidden else ""
    console.write(f"{len(reports)} 张自评表：{counts}{more}")
    write_stamps(reports, console)


def _exit_code(findings: Iterable[Finding]) -> int:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if any(finding.code == UNREADABLE for finding in errors):
        return 2
    return 1 if errors else 0
