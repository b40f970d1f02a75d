"""Findings as workflow commands of GitHub, which shows each beside its line of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfeval.documents.alignment import printable
from perfeval.documents.findings.inspections import others_text
from perfeval.findings import Finding, Inspection, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_DATA = str.maketrans(_DATA)
_IN_PROPERTIES = str.maketrans({**_DATA, ":": "%3A", ",": "%2C"})


def workflow_commands(inspections: Iterable[Inspection]) -> list[str]:
    """Write each finding that counts as one command; what is waived is left out.

    Args:
        inspections: What was found, file by file.

    Returns:
        One line for each finding, in their order.
    """
    return [_command(finding) for item in inspections for finding in item.causes]


def _command(finding: Finding) -> str:
    """Write ``::error file=…,line=…,col=…,title=…::message``, without what is not known.

    A place that is none of a text stands in the message.

    >>> _command(Finding("PT102", Severity.ERROR, "应为 98.7%", file="甲,乙.yaml"))
    '::error file=甲%2C乙.yaml,title=perfeval PT102::应为 98.7%25'
    """
    known = [
        f"{name}={printable(str(value).translate(_IN_PROPERTIES))}"
        for name, value in _properties(finding)
        if value
    ]
    hint = f"（{finding.hint}）" if finding.hint else ""
    others = others_text(finding)
    where = f"{finding.places[0]}  " if finding.places and finding.line is None else ""
    more = f"（{others}）" if others else ""
    message = printable(f"{where}{finding.message}{hint}{more}".translate(_IN_DATA))
    return f"::{_COMMANDS[finding.severity]} {','.join(known)}::{message}"


def _properties(finding: Finding) -> Sequence[tuple[str, str | int | None]]:
    return (
        ("file", finding.file),
        ("line", finding.line),
        ("col", finding.column),
        ("title", f"perfeval {finding.code}"),
    )
