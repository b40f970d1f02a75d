"""The figures of a review report, held against the workpapers that it was written from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.carriers import CarriedCell, CarriedGrid, CarriedLine, Refusal, carry
from perfeval.cells.agreement import Agreement, agree
from perfeval.checks.points import is_grade
from perfeval.codes import REVIEW_REPORT, REVIEWS
from perfeval.findings import Finding
from perfeval.numbers import parse_number, total, trimmed
from perfeval.places import Place
from perfeval.reading.vocabulary import WordList, keys_of
from perfeval.review.grading import GradedWorkpaper

_WORDS: Mapping[str, str] = {
    "自评得分": "filed",
    "自评分": "filed",
    "自评总分": "filed",
    "复核得分": "reviewed",
    "复核分": "reviewed",
    "复核总分": "reviewed",
    "复评得分": "reviewed",
    "偏离度": "deviation",
    "扣分合计": "cut",
    "自评等级": "filed_grade",
    "复核等级": "reviewed_grade",
    "复评等级": "reviewed_grade",
}
"""What a report calls the figures of a workpaper."""
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)
_SAID = (
    f"({'|'.join(_LONGEST_FIRST)})"
    r"(?:（[^（）]{0,12}）)?[\s：:为是仅达]{0,4}"
    r"(?:([-－\u2212]?[0-9]+(?:\.[0-9]+)?)|[“\"]?(较?(?:%s))[”\"]?)"
)
_PERCENT = "%％"
_MINUS = dict.fromkeys(map(ord, "－−"), "-")
"""The other signs by which a report says that a review gave more than was filed."""


class ReportText(NamedTuple):
    """A review report.

    Attributes:
        name: What it is called.
        lines: Its lines.
        grids: Its tables.
        refused: Why it was not read; empty where it was.
    """

    name: str
    lines: tuple[CarriedLine, ...]
    grids: tuple[CarriedGrid, ...]
    refused: str = ""


class ComparedReport(NamedTuple):
    """What came of the comparison.

    Attributes:
        findings: Where the report says otherwise.
        compared: How many figures were held against the workpapers.
    """

    findings: tuple[Finding, ...]
    compared: int


def read_report_text(raw: bytes, name: str) -> ReportText:
    """Read a report.

    Args:
        raw: The bytes of the file.
        name: What it is called.

    Raises:
        MissingExtraError: It needs a package that is not installed.
    """
    carried = carry(raw)
    if isinstance(carried, Refusal):
        return ReportText(name, (), (), carried.message)
    return ReportText(name, carried.lines, carried.grids)


class _ReportFigure(NamedTuple):
    """A figure of a report: of which kind, as it stands there, and where."""

    kind: str
    text: str
    place: Place


def compare_report(text: ReportText, papers: Sequence[GradedWorkpaper]) -> ComparedReport:
    """Hold the figures of a report against the workpapers.

    Args:
        text: The report.
        papers: The workpapers.
    """
    if text.refused:
        return ComparedReport((_finding(f"复核报告没有读出来：{text.refused}", None),), 0)
    names: dict[str, list[GradedWorkpaper]] = {}
    for paper in papers:
        names.setdefault(_flat(paper.workpaper.project), []).append(paper)
    known = {name: same[0] for name, same in names.items() if name and len(same) == 1}
    said = [*_of_lines(text.lines, known, _said(papers)), *_of_grids(text.grids, known)]
    found = [one for one in (_fault(paper, figure) for paper, figure in said) if one is not None]
    if not said:
        found.append(_finding("复核报告里没有找到可以与底稿核对的数", None))
    return ComparedReport(tuple(found), len(said))


def _said(papers: Sequence[GradedWorkpaper]) -> re.Pattern[str]:
    """Return what finds a figure in a sentence, or a grade: a usual one, or one of a rulebook."""
    own = (band.name for one in papers for band in one.scorecard.rulebook.grades.bands)
    names = sorted({*keys_of(WordList.GRADES), *own}, key=len, reverse=True)
    return re.compile(_SAID % "|".join(map(re.escape, names)))


def _of_lines(
    lines: Sequence[CarriedLine], known: Mapping[str, GradedWorkpaper], said: re.Pattern[str]
) -> Iterator[tuple[GradedWorkpaper, _ReportFigure]]:
    """Yield what sentences say: a figure belongs to the project named last before it."""
    current = next(iter(known.values())) if len(known) == 1 else None
    for line in lines:
        if line.is_in_grid:
            continue
        flat = _flat(line.text)
        places = list(_named(flat, known))
        for match in said.finditer(flat):
            before = [name for at, name in places if at < match.start()]
            paper = known[before[-1]] if before else current
            if paper is not None:
                yield paper, _ReportFigure(_WORDS[match[1]], match[2] or match[3], line.place)
        if places:
            current = known[places[-1][1]]


def _named(text: str, known: Mapping[str, GradedWorkpaper]) -> Iterator[tuple[int, str]]:
    """Yield where projects are named, in order; a name within a longer one is not named there."""
    end = 0
    for match in re.finditer("|".join(map(re.escape, sorted(known, key=len, reverse=True))), text):
        if match.end() > end:
            end = match.end()
            yield match.start(), match[0]


def _of_grids(
    grids: Sequence[CarriedGrid], known: Mapping[str, GradedWorkpaper]
) -> Iterator[tuple[GradedWorkpaper, _ReportFigure]]:
    """Yield what tables say: columns by their headings, rows by the project in them."""
    for grid in grids:
        heads: dict[int, str] = {}
        for cells in grid.rows():
            found = {cell.column: _heading(cell) for cell in cells if _heading(cell)}
            if found:
                heads |= found
                continue
            named = [known[_flat(one.text)] for one in cells if _flat(one.text) in known]
            for cell in cells if named else ():
                if cell.column in heads and cell.text.strip():
                    yield named[0], _ReportFigure(heads[cell.column], cell.text.strip(), cell.place)


def _heading(cell: CarriedCell) -> str:
    return _WORDS.get(re.sub(r"（.*?）|\(.*?\)", "", _flat(cell.text)), "")


def _flat(text: str) -> str:
    return "".join(text.split())


def _fault(paper: GradedWorkpaper, said: _ReportFigure) -> Finding | None:
    """Return what is wrong with a figure of a report; ``None`` where it is right."""
    expected = _expected(paper)[said.kind]
    word = next(word for word, kind in _WORDS.items() if kind == said.kind)
    project = paper.workpaper.project
    if isinstance(expected, Decimal):
        number = parse_number(said.text.rstrip(_PERCENT).translate(_MINUS))
        if number is not None and agree(number, expected) is not Agreement.DIFFERENT:
            return None
        message = f"“{project}”的{word}，报告写 {said.text}，底稿是 {trimmed(expected)}"
        return _finding(message, said.place)
    if expected and is_grade(said.text, expected):
        return None
    message = f"“{project}”的{word}，报告写 {said.text}，底稿是 {expected or '未定'}"
    return _finding(message, said.place)


def _expected(paper: GradedWorkpaper) -> dict[str, Decimal | str | None]:
    return {
        "filed": paper.workpaper.filed_total,
        "reviewed": paper.total,
        "deviation": paper.deviation,
        "cut": total([row.cut for row in paper.rows]),
        "filed_grade": paper.workpaper.filed_grade,
        "reviewed_grade": paper.grade,
    }


def _finding(message: str, place: Place | None) -> Finding:
    places = () if place is None else (place,)
    severity = REVIEWS[REVIEW_REPORT].severity
    hint = "报告以底稿为准；请改正报告，或用最后的底稿重新核对"
    return Finding(REVIEW_REPORT, severity, message, (), hint, places=places)
