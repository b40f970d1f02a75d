"""Safe fixes: changes of a file that are certain to be right, and touch nothing else.

A fix replaces characters inside one value, where that value stands in the text exactly as it was
read.  What was filed (已填报) is evidence and is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from perfeval.findings import Finding
from perfeval.later import regex
from perfeval.places import LINE_END, NOTHING, Path, step_into

_BREAK = regex(f"({LINE_END.pattern})")
_FILED = ("已填报", "已填报得分", "filed")


class Fixed(NamedTuple):
    """A text after its fixes.

    Attributes:
        text: The text.
        applied: The findings that were mended.
    """

    text: str
    applied: tuple[Finding, ...]


def apply_fixes(text: str, data: Any, findings: Iterable[Finding]) -> Fixed:
    """Apply every fix whose place is certain.

    Args:
        text: The text as it was read.
        data: The plain data that it holds.
        findings: Findings of this text, with their lines and columns.

    Returns:
        The text, the same in every character that no fix touches.
    """
    values: dict[tuple[int, int], str] = {}
    fixes: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        value = _value(data, finding)
        if value is not None and finding.line is not None and finding.column is not None:
            place = (finding.line, finding.column)
            values[place] = value
            fixes.setdefault(place, []).append(finding)
    lines = _BREAK.split(text)  # every other one is a line end
    applied: list[Finding] = []
    for place in sorted(fixes, reverse=True):  # from the end, so that columns stay true
        at = 2 * (place[0] - 1)
        line = lines[at] if at < len(lines) else ""
        start = _start(line, place[1] - 1, values[place])
        if start is not None:
            old = values[place]
            new, done = _mended(old, fixes[place])
            lines[at] = line[:start] + new + line[start + len(old) :]
            applied += done
    return Fixed("".join(lines), tuple(reversed(applied)))


def is_fixable(finding: Finding) -> bool:
    """Tell whether a finding has a fix, and is not of what was filed."""
    return finding.fix is not None and not any(step in _FILED for step in finding.path)


def _value(data: Any, finding: Finding) -> str | None:
    """Return the text of the value that a fix is for."""
    if not is_fixable(finding):
        return None
    value = _at(data, finding.path)
    return value if isinstance(value, str) else None


def _at(data: Any, path: Path) -> Any:
    """Return the value at a path; a step that the data does not have is passed over."""
    for step in path:
        below = step_into(data, step)
        if below is not NOTHING:
            data = below
    return data


def _start(line: str, column: int, value: str) -> int | None:
    """Return where in the line the value's characters begin; ``None`` where it is written else."""
    at = column + 1 if line[column : column + 1] in ("'", '"') else column
    end = at + len(value)
    if line[at:end] != value or (at > column and line[end : end + 1] != line[column]):
        return None
    return at


def _mended(value: str, findings: list[Finding]) -> tuple[str, list[Finding]]:
    """Apply to a value the fixes whose characters stand where they were found."""
    done: list[Finding] = []
    blanks = len(value) - len(value.lstrip())
    untouched = len(value)
    fixes = [(finding.fix, finding) for finding in findings if finding.fix is not None]
    for fix, finding in sorted(fixes, key=lambda item: item[0].at, reverse=True):
        start = blanks + fix.at
        end = start + len(fix.old)
        if end <= untouched and value[start:end] == fix.old:  # from the end, so offsets stay true
            value = value[:start] + fix.new + value[end:]
            untouched = start
            done.append(finding)
    return value, done
