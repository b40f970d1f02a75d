"""What a check found, as a file: the formats, and which ending chooses which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from perfeval._resources import SCHEMA, __version__
from perfeval.checks.registry import CHECKS, Scope
from perfeval.documents.as_json import json_text
from perfeval.errors import RenderError
from perfeval.findings import Finding, Inspection

Inspections = Sequence[Inspection]
ENDINGS = {".json": "json", ".sarif": "sarif", ".html": "html", ".xlsx": "xlsx"}
"""The format that the ending of a file chooses."""


def _json(inspections: Inspections, *, is_ascii: bool = False) -> bytes:
    from perfeval.documents.findings.inspections_json import inspections_data

    data = {"perfeval": __version__, "schema": SCHEMA, **inspections_data(inspections)}
    return _encoded(f"{json_text(data, is_ascii=is_ascii)}\n")


def _sarif(inspections: Inspections, *, is_ascii: bool = False) -> bytes:
    from perfeval.documents.findings.sarif import sarif_log

    return _encoded(f"{json_text(sarif_log(inspections), is_ascii=is_ascii)}\n")


def _github(inspections: Inspections) -> bytes:
    from perfeval.documents.findings.workflow_commands import workflow_commands

    return _encoded("".join(f"{line}\n" for line in workflow_commands(inspections)))


def _html(inspections: Inspections) -> bytes:
    from perfeval.documents.findings.page import check_page

    return check_page(inspections)


def _xlsx(inspections: Inspections) -> bytes:
    from perfeval.documents.findings.excel_list import check_list

    return check_list(inspections)


_OF_DATA: dict[str, Callable[..., bytes]] = {"json": _json, "sarif": _sarif}
_WRITERS: dict[str, Callable[..., bytes]] = {
    **_OF_DATA,
    "github": _github,
    "html": _html,
    "xlsx": _xlsx,
}
FORMATS = tuple(_WRITERS)
OF_DATA = tuple(_OF_DATA)
"""The formats that are data, in which a character may also be escaped."""
BINARY = ("xlsx",)
"""The formats that are no text."""


def write_report(
    inspections: Inspections,
    format: str,  # noqa: A002 - the word in use
    *,
    is_ascii: bool = False,
) -> bytes:
    """Write what was found.

    Args:
        inspections: What was found, file by file.
        format: One of `FORMATS`.
        is_ascii: Every other character is escaped; for those of `OF_DATA` alone.

    Returns:
        The file; the same bytes for the same findings.

    Raises:
        RenderError: There is no such format.
    """
    if format not in _WRITERS:
        raise RenderError(f"不能输出“{format}”格式；可选：{'、'.join(_WRITERS)}")
    if is_ascii:
        return _OF_DATA[format](inspections, is_ascii=True)
    return _WRITERS[format](inspections)


def write_baseline(inspections: Inspections) -> bytes:
    """Write the findings that count as a baseline, by which they are accepted from then on."""
    accepted = [
        {
            "fingerprint": finding.fingerprint,
            "code": finding.code,
            "name": inspection.title or inspection.name,
            "message": finding.message,
        }
        for inspection in inspections
        for finding in _acceptable(inspection)
    ]
    accepted.sort(key=lambda item: (item["name"], item["code"], item["fingerprint"]))
    data = {"perfeval": __version__, "schema": SCHEMA, "accepted": accepted}
    return _encoded(f"{json_text(data)}\n")


def _acceptable(inspection: Inspection) -> Iterator[Finding]:
    """Yield what a baseline may accept: what counts, and what an earlier one accepted."""
    earlier = (item.finding for item in inspection.waived if item.waiver is None)
    for finding in (*inspection.findings, *earlier):
        if CHECKS[finding.code].scope is not Scope.FILE:
            yield finding


def _encoded(text: str) -> bytes:
    """Encode a text; a file's name may hold what no encoding has, which becomes a question mark."""
    return text.encode(errors="replace")
