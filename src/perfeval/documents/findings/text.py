"""Findings as text: the place, what is wrong, the line of the file with a caret, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from perfeval.codes import UNOPENED
from perfeval.documents.alignment import printable, width, wrap
from perfeval.documents.findings.inspections import others_text
from perfeval.findings import Finding, Severity, gathered, shortened

_BEFORE, _AFTER = 48, 72
"""How much of a long line is shown: characters before the caret, cells after it."""


def finding_text(finding: Finding, *, ambiguous: int = 1) -> str:
    """Write one finding.

    Args:
        finding: The finding.
        ambiguous: The width of an ambiguous character.

    Returns:
        One line for a finding without a place in a file, up to five for one with places.
    """
    head = f"{finding.severity.value} {finding.code}  {shortened(finding.message)}"
    is_in_text = finding.line is not None and bool(finding.excerpt.strip())
    place = finding.file if finding.code in UNOPENED else finding.place
    lines = [printable(f"{place}  {head}" if place else head)]
    margin = "  "
    if is_in_text:
        number = str(finding.line)
        margin = " " * (len(number) + 3)
        shown, caret = _excerpt(finding.excerpt, finding.column or 1, ambiguous)
        lines += [f"  {number} | {shown}".rstrip(), f"{margin}| {caret}"]
    elif finding.places and finding.excerpt.strip():
        shown = wrap(printable(finding.excerpt), _AFTER, ambiguous=ambiguous)[0]
        lines.append(f"{margin}| {shown}")
    if others := others_text(finding):
        lines.append(f"{margin}= {others}")
    if finding.hint:
        lines.append(printable(f"{margin}= {shortened(finding.hint)}"))
    return "\n".join(lines)


def _excerpt(line: str, column: int, ambiguous: int) -> tuple[str, str]:
    """Return the part of a line around *column*, and the caret that stands under it."""
    start = max(0, column - 1 - _BEFORE)
    before = printable(line[start : column - 1])
    after = printable(line[column - 1 : column - 1 + _AFTER])
    shown = before + wrap(after, _AFTER, ambiguous=ambiguous)[0]
    return shown, " " * width(before, ambiguous=ambiguous) + "^"


def counts_text(findings: Iterable[Finding]) -> str:
    """Say how many findings of each severity there are: ``6 处错误、12 处警告``.

    What is said alike of several places counts once, as it is listed once.
    """
    found = Counter(finding.severity for finding in gathered(findings))
    return severities_text(found)


def severities_text(counts: Mapping[Severity, int]) -> str:
    """Say how many there are of each severity; empty where there is none.

    Args:
        counts: How many there are.

    >>> severities_text({Severity.ERROR: 6, Severity.INFO: 2})
    '6 处错误、2 处提示'
    """
    return "、".join(
        f"{counts[severity]} 处{severity.value}" for severity in Severity if counts.get(severity)
    )
