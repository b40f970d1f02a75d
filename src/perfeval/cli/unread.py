"""Say what is wrong with a file that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfeval.cli.console import Console
from perfeval.documents.as_json import finding_data
from perfeval.documents.findings.text import finding_text
from perfeval.findings import Finding, Severity
from perfeval.report import Report

if TYPE_CHECKING:
    from perfeval.report import DepartmentReport

_SHOWN = 10
"""How many errors of one file among several are listed; the page has them all."""


def tell_unread(report: Report | DepartmentReport, console: Console, *, as_json: bool) -> int:
    """Say everything that is wrong with the one file that was asked for; return the exit code."""
    tell_findings(report.findings, console)
    if as_json:
        what = "自评表" if isinstance(report, Report) else "部门文件"
        findings = list(map(finding_data, report.findings))
        console.write_json({"error": f"{what}没有读通", "name": report.name, "findings": findings})
    return 2


def tell_findings(findings: Sequence[Finding], console: Console) -> None:
    """Write findings as messages."""
    for finding in findings:
        console.tell(finding_text(finding, ambiguous=console.ambiguous))


def tell_errors(findings: Sequence[Finding], console: Console) -> None:
    """Write the first errors of one file among several, and how many more there are."""
    errors = [item for item in findings if item.severity is Severity.ERROR]
    tell_findings(errors[:_SHOWN], console)
    if len(errors) > _SHOWN:
        console.tell(
            f"{errors[0].file}：另有 {len(errors) - _SHOWN} 处错误，用 perfeval check 查看"
        )
