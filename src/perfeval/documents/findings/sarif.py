"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines of a file.

The paragraphs (§) are those of the standard:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import quote

from perfeval._resources import __version__
from perfeval.checks.fixes import is_fixable
from perfeval.checks.registry import CHECKS, Check
from perfeval.codes import UNOPENED
from perfeval.documents.as_json import Data
from perfeval.documents.findings.check_pages import HEADINGS, page_of
from perfeval.documents.reference_markdown import escape
from perfeval.findings import Finding, Inspection, Severity
from perfeval.numbers import plain
from perfeval.places import Path, Place, TextPlace

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LANGUAGE = "zh-CN"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_log(inspections: Sequence[Inspection]) -> Data:
    """Return a log with one run: a rule for each check that found something, and the results.

    Args:
        inspections: What was found, file by file.

    Returns:
        The log; the same for the same findings, as it holds no time and no machine.
    """
    codes = {finding.code for finding, _ in _all(inspections)}
    rules, frame = sarif_frame(codes, is_opened=not any(map(is_unopened, inspections)))
    frame["runs"][0]["results"] = [
        {**result, "ruleIndex": rules[code]}
        for inspection in inspections
        for code, result in results_of(inspection)
    ]
    return frame


def sarif_frame(codes: Collection[str], *, is_opened: bool) -> tuple[dict[str, int], Data]:
    """Return the number of each rule, and a log that has no results yet.

    Args:
        codes: What was found.
        is_opened: Every file could be opened.
    """
    checks = [check for code, check in CHECKS.items() if code in codes]
    driver = {
        "name": "perfeval",
        "version": __version__,
        "semanticVersion": __version__,
        "language": _LANGUAGE,
        "rules": list(map(_rule, checks)),
    }
    run: Data = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": is_opened}],
        "language": _LANGUAGE,
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    rules = {check.code: position for position, check in enumerate(checks)}
    return rules, {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def results_of(inspection: Inspection) -> Iterator[tuple[str, Data]]:
    """Yield the result of every finding of a file with its code; its rule has no number yet."""
    for finding, reason in _all([inspection]):
        yield finding.code, _result(finding, reason)


def is_unopened(inspection: Inspection) -> bool:
    """Tell whether the file could not be opened at all."""
    return any(finding.code in UNOPENED for finding in inspection.findings)


def _all(inspections: Iterable[Inspection]) -> Iterable[tuple[Finding, str | None]]:
    """Yield every finding, and the reason of one that is waived."""
    for inspection in inspections:
        yield from ((finding, None) for finding in inspection.causes)
        yield from ((item.finding, item.reason) for item in inspection.waived)


def _rule(check: Check) -> Data:
    page = page_of(check.code)
    sections = list(zip(HEADINGS, page, strict=True))
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": _literal(page.problem)},
        "fullDescription": {"text": _literal(f"{page.problem}{page.impact}")},
        "help": {
            "text": _literal("\n".join(f"{head}：{text}" for head, text in sections)),
            "markdown": _literal(
                "\n\n".join(f"**{head}**：{escape(text)}" for head, text in sections)
            ),
        },
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {
            "nature": check.nature.name.lower(),
            "scope": check.scope.name.lower(),
        },
    }


def _result(finding: Finding, reason: str | None) -> Data:
    """Return a result; §3.27.23 wants suppressions on every result or on none."""
    hint = f"（{finding.hint}）" if finding.hint else ""
    properties = {"nature": finding.nature.name.lower()}
    if finding.whole_stake is not None:
        properties["stake"] = plain(finding.whole_stake)
    result: Data = {
        "ruleId": finding.code,
        "ruleIndex": 0,
        "level": _LEVELS[finding.severity],
        "message": {"text": _literal(f"{finding.message}{hint}")},
        "locations": _locations(finding),
        "suppressions": [] if reason is None else [_suppression(reason)],
        "properties": properties,
    }
    if finding.places[1:]:
        related = (_location(finding.file, place) for place in finding.places[1:])
        result["relatedLocations"] = list(filter(None, related))
    if finding.fingerprint:
        result["partialFingerprints"] = {"perfeval/v1": finding.fingerprint}
    fixes = _fixes(finding)
    if fixes:
        result["fixes"] = fixes
    return result


def _suppression(reason: str) -> Data:
    return {"kind": "external", "status": "accepted", "justification": reason}


def _locations(finding: Finding) -> list[Data]:
    """Return where a finding stands: its file and main place, and its path in the sheet."""
    location = _location(finding.file, finding.places[0] if finding.places else None)
    if finding.path:
        location.setdefault("logicalLocations", []).append(_logical(finding.path))
    return [location] if location else []


def _location(file: str, place: Place | None) -> Data:
    """Return a place in a file; one that is none of a text is a logical location, and told."""
    location: Data = {}
    if file:
        location["physicalLocation"] = {"artifactLocation": {"uri": file_uri(file)}}
    if isinstance(place, TextPlace):
        if file:
            region = {"startLine": place.line, "startColumn": place.column}
            location["physicalLocation"]["region"] = region
    elif place is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": str(place)}]
        location["message"] = {"text": _literal(str(place))}
    return location


def _logical(path: Path) -> Data:
    return {"name": str(path[-1]), "fullyQualifiedName": "/".join(map(str, path))}


def _fixes(finding: Finding) -> list[Data]:
    """Return the fix of a finding at each of its places, where it is certain at every one."""
    replacements = [_replacement(one) for one in finding.each]
    certain = [item for item in replacements if item is not None]
    if finding.fix is None or len(certain) < len(replacements):
        return []
    old, new, _ = finding.fix
    change = {
        "artifactLocation": {"uri": file_uri(finding.file)},
        "replacements": certain,
    }
    return [
        {
            "description": {"text": _literal(f"“{old}”改为“{new}”")},
            "artifactChanges": [change],
        }
    ]


def _replacement(finding: Finding) -> Data | None:
    """Return which characters are replaced, where they can be but at one place of the line."""
    column = _column_of_fix(finding)
    if finding.fix is None or column is None:
        return None
    old, new, _ = finding.fix
    deleted = {
        "startLine": finding.line,
        "startColumn": column,
        "endLine": finding.line,
        "endColumn": column + len(old),
    }
    return {"deletedRegion": deleted, "insertedContent": {"text": new}}


_COMMENT = re.compile(r"\s#")


def _column_of_fix(finding: Finding) -> int | None:
    """Return the column of the characters to replace; ``None`` where it is not certain.

    They must stand exactly once in the line from the finding's column on, and in no comment.
    """
    if finding.fix is None or not is_fixable(finding) or not (finding.file and finding.column):
        return None
    line, old = finding.excerpt, finding.fix.old
    start = finding.column - 1
    at = line.find(old, start)
    if at < 0 or line.find(old, at + 1) >= 0 or _COMMENT.search(line, start, at):
        return None
    return at + 1


def _literal(text: str) -> str:
    """Write a text that no viewer takes for a placeholder (§3.11.5) or a link (§3.11.6).

    >>> _literal("{值, 文本}"), _literal("[甲](乙)")
    ('{{值, 文本}}', '[甲] (乙)')
    """
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


_SHIPPED = "shipped:"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def file_uri(name: str) -> str:
    r"""Return the URI of a file: a relative reference, or ``file:`` for an absolute path.

    What ships with perfeval has no path that means anything elsewhere; its name becomes a URI
    whose scheme is ``shipped``.

    Args:
        name: The name of a file, written as Windows or any other system writes it.

    >>> file_uri(r".\2023\养老 1.yaml")
    '2023/%E5%85%BB%E8%80%81%201.yaml'
    >>> file_uri(r"D:\自评\a.yaml"), file_uri("/srv/a.yaml"), file_uri(r"\\host\share\a.yaml")
    ('file:///D:/%E8%87%AA%E8%AF%84/a.yaml', 'file:///srv/a.yaml', 'file://host/share/a.yaml')
    >>> file_uri("shipped:qingshan-2023/老")
    'shipped:qingshan-2023/%E8%80%81'
    """
    if name.startswith(_SHIPPED):
        return _SHIPPED + _quoted(name.removeprefix(_SHIPPED))
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".")]
    path = "/".join(steps)
    if name.startswith("\\\\"):
        return f"file://{_quoted(path)}"
    if _DRIVE.match(name):
        return f"file:///{path[:2]}{_quoted(path[2:])}"
    return f"file:///{_quoted(path)}" if name.startswith(("/", "\\")) else _quoted(path)


def _quoted(path: str) -> str:
    """Escape every character that a URI's path cannot have, and the colon."""
    return quote(path, safe="/", errors="replace")
