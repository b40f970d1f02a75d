"""What is said at the words of a published account: one remark for each finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from perfeval.accounts.proofreading import ProofReport
from perfeval.accounts.results import RelationStatus
from perfeval.carriers import CarriedDocument
from perfeval.findings import Finding, Severity
from perfeval.marks import CellRemark, MarkKind
from perfeval.places import Place, TextPlace

_KINDS = {
    Severity.ERROR: MarkKind.MISTAKE,
    Severity.WARNING: MarkKind.QUESTION,
    Severity.INFO: MarkKind.NOTE,
}
_CLAUSE_END = re.compile("[，。；：、,;:（）()]")
_MOST_ELSEWHERE = 4
_AROUND = 24
"""How many characters before a place are shown where a remark tells of another place."""


def remarks_of(
    report: ProofReport, carried: CarriedDocument, *, with_hints: bool = False
) -> Iterator[CellRemark]:
    """Yield the summary, and what was found, each at its words.

    Args:
        report: What was found in the document.
        carried: The document, for the words at each place.
        with_hints: Findings of the lowest level are said, too.
    """
    words = _PlacedWords(report, carried)
    yield CellRemark(words.first, _summary(report), MarkKind.SUMMARY)
    for finding in report.findings:
        if with_hints or finding.severity is not Severity.INFO:
            place = finding.places[0]
            kind = _KINDS[finding.severity]
            yield CellRemark(place, _said(finding, words), kind, words.length(place))


def _summary(report: ProofReport) -> str:
    from perfeval.documents.findings.text import counts_text

    bound = len(report.figures) - len(report.unbound)
    statuses = Counter(entry.status for entry in report.ledger)
    checked = statuses[RelationStatus.HELD] + statuses[RelationStatus.ROUNDING]
    year = f"{report.year}年度" if report.year else ""
    lines = (
        f"校对结果：{counts_text(report.findings) or '没有发现问题'}",
        f"{year}决算公开，数 {len(report.figures)} 个，读懂 {bound} 个",
        f"关系 {len(report.ledger)} 条：相符 {checked}、不符 {statuses[RelationStatus.BROKEN]}",
        "其余的关系数据不足、不适用或没有读懂，没有核对",
    )
    return "\n".join(lines)


def _said(finding: Finding, words: _PlacedWords) -> str:
    """Say what a finding is, what would be right, and what the other places say."""
    from perfeval.documents.findings.check_pages import page_of

    others = [words.around(place) for place in finding.places[1 : _MOST_ELSEWHERE + 1]]
    lines = (
        f"{finding.severity.value} {finding.code}  {finding.message}",
        f"怎么办：{finding.hint}" if finding.hint else "",
        *(f"另一处：{text}" for text in dict.fromkeys(filter(None, others))),
        f"依据：{page_of(finding.code).source}",
    )
    return "\n".join(filter(None, lines))


class _PlacedWords:
    """The words at the places of a document.

    Attributes:
        first: The place of the first thing that stands in it; ``None`` where nothing does.
    """

    def __init__(self, report: ProofReport, carried: CarriedDocument) -> None:
        self._lines: Mapping[Place, str] = {line.place: line.text for line in carried.lines}
        self._cells = {cell.place: cell.text for grid in carried.grids for cell in grid.cells}
        self._figures = {
            (figure.spot.line, figure.spot.column): len("".join(figure.text.split()))
            for figure in report.figures
        }
        spoken = (place for place, text in self._lines.items() if text.strip())
        self.first = next(spoken, next(iter(self._cells), None))

    def _from(self, place: TextPlace) -> str:
        return self._lines.get(TextPlace(place.line, 1), "")[place.column - 1 :]

    def length(self, place: Place) -> int:
        """Return how many characters at a place are meant: a figure and its unit, or a clause."""
        if not isinstance(place, TextPlace):
            return 0
        text = self._from(place)
        left = self._figures.get((place.line, place.column))
        if left is None:
            end = _CLAUSE_END.search(text, 1)
            return len(text[: end.start()].rstrip()) if end else len(text.rstrip())
        for at, letter in enumerate(text):
            left -= not letter.isspace()
            if left <= 0:
                return at + 1
        return len(text)

    def around(self, place: Place) -> str:
        """Return the words at a place and those before it."""
        if not isinstance(place, TextPlace):
            said = self._cells.get(place) or self._lines.get(place, "")
            return f"{place}“{said.strip()}”" if said.strip() else ""
        line = self._lines.get(TextPlace(place.line, 1), "")
        start, end = max(place.column - 1 - _AROUND, 0), place.column - 1 + self.length(place)
        before = "…" if start else ""
        return f"“{before}{line[start:end].strip()}”" if line else ""
