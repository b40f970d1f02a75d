"""Filled workpapers (复核底稿) → what was prefilled, and what a reviewer wrote into it.

What counts is what was typed. Stored results of formulas are read only to be compared: a
spreadsheet may not have computed them anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import ValidationError

from perfeval.carriers import CarriedCell, CarriedDocument, CarriedGrid, ContentKind, Refusal, carry
from perfeval.codes import (
    REVIEW_ALTERED,
    REVIEW_ENTRY,
    REVIEW_NO_WORKPAPER,
    REVIEW_RULEBOOK,
    REVIEWS,
)
from perfeval.documents.inputs.enclosed import WORKPAPERS
from perfeval.documents.review.workpaper_data import (
    CONTENT,
    DIGEST,
    MARK_FIELDS,
    UNCONFIRMED,
    VERSION,
    YES,
    digest_of,
)
from perfeval.documents.review.workpaper_layout import (
    ACTUAL,
    CODE,
    CODE_NAMES,
    COLUMNS,
    CUT,
    GROUND,
    HEAD_ROWS,
    HEADING_ROW,
    JUDGED,
    MARK,
    REMARK,
    RULED,
    SCORE,
    prefilled,
)
from perfeval.errors import PerfevalError
from perfeval.findings import Finding
from perfeval.numbers import parse_number, trimmed
from perfeval.places import Place
from perfeval.readers.json_text import read_json
from perfeval.readers.rulebooks import load_rulebook
from perfeval.readers.sheets import read_sheet
from perfeval.review.grading import ReviewEntry
from perfeval.review.profile import ReviewProfile
from perfeval.review.workpaper import RowFinding, Workpaper, WorkpaperRow
from perfeval.rulebook import Rulebook
from perfeval.scoring.engine import score

_ROW = re.compile("-?[0-9]{1,6}")
_ADDED = 5
"""How many of the rows that were added are named."""


class ShownResult(NamedTuple):
    """What a workpaper shows as a result: of a row 规则得分 and 复核得分, or the total's."""

    ruled: Decimal | None
    score: Decimal | None
    place: Place


@dataclass(frozen=True)
class FilledWorkpaper:
    """A workpaper as it came back.

    Attributes:
        workpaper: What it was made of, scored anew.
        entries: What the reviewer wrote, by the row's place.
        shown: The results that stand in it, by the row's place.
        total: The total that stands in it.
        findings: What is wrong with it.
    """

    workpaper: Workpaper
    entries: Mapping[int, ReviewEntry]
    shown: Mapping[int, ShownResult]
    total: ShownResult | None
    findings: tuple[Finding, ...]


class ReadWorkpapers(NamedTuple):
    """What a file of workpapers holds.

    Attributes:
        papers: The workpapers.
        findings: What is wrong with the file as a whole.
    """

    papers: tuple[FilledWorkpaper, ...]
    findings: tuple[Finding, ...]


def read_workpapers(raw: bytes, rulebook: Rulebook | None = None) -> ReadWorkpapers:
    """Read a file of workpapers.

    Args:
        raw: Its bytes.
        rulebook: The rulebook of workpapers that were made by none that ships.

    Raises:
        MissingExtraError: It needs a package that is not installed.
    """
    carried = carry(raw)
    if isinstance(carried, Refusal):
        return _refused(carried.message, carried.hint)
    content = _content(carried)
    if content is None:
        hint = "请用 perfeval review workpaper 生成的文件填写，不要删去隐藏的工作表"
        return _refused("不是复核底稿，或随附的数据缺失、损坏", hint)
    try:
        profile = ReviewProfile.model_validate(content.get("口径"))
    except ValidationError:
        return _refused("底稿随附的复核口径不完整", "请用原来的底稿")
    return _papers(carried, content, profile, rulebook)


def _refused(message: str, hint: str) -> ReadWorkpapers:
    return ReadWorkpapers((), (_finding(REVIEW_NO_WORKPAPER, message, hint),))


def _finding(code: str, message: str, hint: str, place: Place | None = None) -> Finding:
    places = () if place is None else (place,)
    return Finding(code, REVIEWS[code].severity, message, (), hint, places=places)


# -- what is carried ---------------------------------------------------------------------------


def _content(carried: CarriedDocument) -> dict[str, Any] | None:
    """Return what the file was made of; ``None`` where that is missing or not as it was."""
    for text in carried.enclosed:
        source = read_json(text)
        outer = source.data
        if source.problems or not isinstance(outer, dict) or outer.get(WORKPAPERS) != VERSION:
            continue
        content = outer.get(CONTENT)
        if not isinstance(content, str) or digest_of(content) != outer.get(DIGEST):
            return None
        inner = read_json(content)
        return inner.data if isinstance(inner.data, dict) and not inner.problems else None
    return None


def _papers(
    carried: CarriedDocument,
    content: Mapping[str, Any],
    profile: ReviewProfile,
    rulebook: Rulebook | None,
) -> ReadWorkpapers:
    found: list[FilledWorkpaper] = []
    faults: list[Finding] = []
    grids = _grids(carried)
    projects = content.get("项目")
    for at, data in enumerate(projects if isinstance(projects, list) else [], 1):
        made = _workpaper(data, profile, rulebook)
        if isinstance(made, str):
            faults.append(_finding(REVIEW_NO_WORKPAPER, f"第 {at} 个项目：{made}", _RULEBOOK_HINT))
            continue
        paper, fault = made
        name = paper.project
        remarks = _texts(data.get("备注"))
        if at not in grids:
            hint = "请用原来的底稿，或重新生成"
            message = f"“{name}”的工作表不见了"
            faults.append(_finding(REVIEW_ALTERED, message, hint))
            continue
        moved = _moved(grids[at])
        if moved:
            hint = "请撤销对列的改动，或用原来的底稿重新填"
            message = f"“{name}”的列被插入、删去或移动了（如“{moved}”），没有读"
            faults.append(_finding(REVIEW_ALTERED, message, hint))
            continue
        found.append(_Filled(paper, grids[at], remarks, fault).read())
    return ReadWorkpapers(tuple(found), tuple(faults))


_RULEBOOK_HINT = "自己的评分办法请用 --rulebook 指明"


def _workpaper(
    data: Any, profile: ReviewProfile, rulebook: Rulebook | None
) -> tuple[Workpaper, tuple[Finding, ...]] | str:
    """Return a workpaper scored anew, and whether its rulebook is still the same; or why not."""
    if not isinstance(data, dict):
        return "随附的数据不完整"
    mark, plain = data.get("评分办法"), data.get("自评表")
    if not isinstance(mark, dict) or not isinstance(plain, dict):
        return "随附的数据不完整"
    sheet = read_sheet({**plain}).sheet
    if sheet is None:
        return "随附的自评表读不通"
    name = str(mark.get("编号"))
    try:
        book = rulebook or load_rulebook(name, year=sheet.year)
    except PerfevalError:
        return f"没有评分办法“{name}”"
    if data.get(UNCONFIRMED) == YES:
        sheet = sheet.model_copy(update={"unconfirmed": True})
    paper = Workpaper(
        scorecard=score(sheet, book),
        profile=profile,
        findings=tuple(_row_findings(data.get("发现"))),
        file=str(data.get("文件") or ""),
        table=str(data.get("表") or ""),
    )
    return paper, tuple(_rulebook_faults(paper, mark))


def _rulebook_faults(paper: Workpaper, mark: Mapping[str, Any]) -> Iterator[Finding]:
    book = paper.scorecard.rulebook
    if (book.id, book.digest) != tuple(map(mark.get, MARK_FIELDS)):
        was = f"{mark.get('编号')} {mark.get('版本')}（{mark.get('校验')}）"
        now = f"{book.id} {book.version}（{book.digest}）"
        message = f"“{paper.project}”的底稿按 {was} 生成，现在用的是 {now}，得分可能不同"
        yield _finding(REVIEW_RULEBOOK, message, "请重新生成底稿，或指明原来的办法")


def _texts(data: Any) -> list[str]:
    return list(map(str, data)) if isinstance(data, list) else []


def _row_findings(data: Any) -> Iterator[RowFinding]:
    for one in data if isinstance(data, list) else []:
        if isinstance(one, list) and len(one) == len(RowFinding._fields):
            row, code, message = map(str, one)
            yield RowFinding(int(row) if _ROW.fullmatch(row) else None, code, message)


# -- what was written --------------------------------------------------------------------------


class _Marked(NamedTuple):
    """A sheet of a workpaper, and where the rows stand now that stood in it when it was made."""

    grid: CarriedGrid
    rows: Mapping[int, int]
    added: tuple[int, ...]


def _grids(carried: CarriedDocument) -> dict[int, _Marked]:
    """Return the sheets of workpapers by their numbers."""
    found: dict[int, _Marked] = {}
    for grid in carried.grids:
        mark = next((cell for cell in grid.cells if _number_of(cell) is not None), None)
        number = None if mark is None else _number_of(mark)
        if mark is not None and number is not None and number not in found:
            found[number] = _marked(grid, mark)
    return found


def _number_of(cell: CarriedCell) -> int | None:
    text = cell.text.removeprefix(MARK)
    is_mark = cell.is_hidden and cell.text.startswith(MARK) and text.isascii() and text.isdecimal()
    return int(text) if is_mark and len(text) <= 6 else None


def _marked(grid: CarriedGrid, mark: CarriedCell) -> _Marked:
    rows: dict[int, int] = {}
    numbered: set[int] = {mark.row}
    written: set[int] = set()
    for cell in grid.cells:
        if cell.column == mark.column and cell.number is not None and cell.row != mark.row:
            numbered.add(cell.row)
            rows.setdefault(int(cell.number), cell.row)
        elif cell.column < len(COLUMNS) and cell.kind is not ContentKind.BLANK and cell.text:
            written.add(cell.row)
    return _Marked(grid, rows, tuple(sorted(written - numbered)))


def _moved(marked: _Marked) -> str:
    """Return a heading that stands in the column of another one; empty where none does."""
    at = marked.rows.get(HEADING_ROW)
    if at is None:
        return ""
    places = {column.heading: place for place, column in enumerate(COLUMNS)}
    for column in range(len(COLUMNS) + 1):
        text = marked.grid.at(at, column).text.strip()
        if places.get(text, column) != column:
            return text
    return ""


class _Filled:
    """Reads one sheet of a workpaper."""

    def __init__(
        self,
        paper: Workpaper,
        marked: _Marked,
        remarks: Sequence[str],
        faults: tuple[Finding, ...],
    ) -> None:
        self._paper = paper
        self._remarks = remarks
        self._grid = marked.grid
        self._marked = marked
        self._found = list(faults)
        self._entries: dict[int, ReviewEntry] = {}
        self._shown: dict[int, ShownResult] = {}

    def read(self) -> FilledWorkpaper:
        """Return what was written, and what is no longer as it was."""
        rows = self._paper.rows
        for place, row in enumerate(rows, HEAD_ROWS):
            at = self._marked.rows.get(place)
            if at is None:
                message = f"“{row.name}”这一行不见了"
                self._say(REVIEW_ALTERED, message, "请恢复这一行，或用原来的底稿")
                continue
            self._compare(row, self._expected(place - HEAD_ROWS, row), at)
            self._entries[row.at] = self._entry(row, at)
            self._shown[row.at] = self._result(at)
        self._tell_added()
        last = self._marked.rows.get(HEAD_ROWS + len(rows))
        return FilledWorkpaper(
            workpaper=self._paper,
            entries=self._entries,
            shown=self._shown,
            total=None if last is None else self._result(last),
            findings=tuple(self._found),
        )

    def _say(self, code: str, message: str, hint: str, place: Place | None = None) -> None:
        self._found.append(_finding(code, message, hint, place))

    def _tell_added(self) -> None:
        added = self._marked.added
        if added:
            named = "、".join(f"第 {row + 1} 行" for row in added[:_ADDED])
            more = f"等 {len(added)} 行" if len(added) > _ADDED else ""
            hint = "请删去加入的行；要写的话写在依据里"
            self._say(REVIEW_ALTERED, f"底稿里加入了新的行（{named}{more}），没有读", hint)

    def _expected(self, number: int, row: WorkpaperRow) -> dict[int, Decimal | str]:
        """Return what was prefilled; 备注 as it was written, whatever is found by now."""
        cells = prefilled(row)
        remarks = self._remarks[number : number + 1]
        return {**cells, REMARK: remarks[0]} if remarks else cells

    def _compare(self, row: WorkpaperRow, cells: Mapping[int, Decimal | str], at: int) -> None:
        """Say which of the prefilled cells of a row are no longer as they were."""
        for column, expected in cells.items():
            cell = self._grid.at(at, column)
            is_below = cell.row != at and cell.rows > 1  # the name of a level that was merged
            if not _is_same(cell, expected) and not (is_below and column < _LEVELS):
                was = trimmed(expected) if isinstance(expected, Decimal) else expected
                heading = COLUMNS[column].heading
                message = f"“{row.name}”的{heading}由“{_short(was)}”改成“{_short(cell.text)}”"
                hint = "请恢复原来的内容；仍按生成底稿时的内容计分"
                self._say(REVIEW_ALTERED, message, hint, cell.place)

    def _entry(self, row: WorkpaperRow, at: int) -> ReviewEntry:
        cut = self._grid.at(at, CUT)
        code = self._text(at, CODE)
        for column in (ACTUAL, CUT, CODE, GROUND, JUDGED):
            self._tell_uncomputed(row, self._grid.at(at, column), column, code)
        return ReviewEntry(
            actual=self._text(at, ACTUAL),
            cut=None if _is_ours(cut, code) else self._number(row, at, CUT),
            code=code,
            ground=self._text(at, GROUND),
            judged=self._number(row, at, JUDGED),
            place=self._grid.place_at(at, CUT),
            actual_place=self._grid.place_at(at, ACTUAL),
            judged_place=self._grid.place_at(at, JUDGED),
        )

    def _tell_uncomputed(
        self, row: WorkpaperRow, cell: CarriedCell, column: int, code: str
    ) -> None:
        """Say that a formula of the reviewer's own has no stored result, so that nothing counts."""
        if cell.formula is not None and not _is_ours(cell, code) and not cell.text.strip():
            message = f"“{row.name}”的{COLUMNS[column].heading}是公式，没有存计算结果，没有读"
            hint = "请直接填写内容，不要写公式"
            self._say(REVIEW_ENTRY, message, hint, cell.place)

    def _text(self, at: int, column: int) -> str:
        cell = self._grid.at(at, column)
        if cell.row != at:
            return ""
        if cell.kind is ContentKind.NUMBER and cell.number is not None:
            return trimmed(cell.number)
        return cell.text.strip()

    def _number(self, row: WorkpaperRow, at: int, column: int) -> Decimal | None:
        """Return the number in a cell; any other content is said."""
        cell = self._grid.at(at, column)
        text = cell.text.strip()
        if cell.kind is ContentKind.NUMBER and cell.number is not None:
            return cell.number
        number = parse_number(text) if text else None
        if text and number is None:
            message = f"“{row.name}”的{COLUMNS[column].heading}“{_short(text)}”不是数"
            self._say(REVIEW_ENTRY, message, "请只填数字，如 1.5", cell.place)
        return number

    def _result(self, at: int) -> ShownResult:
        ruled, score_ = self._grid.at(at, RULED), self._grid.at(at, SCORE)
        return ShownResult(ruled.number, score_.number, score_.place)


_LEVELS = 2
"""The first columns, in which a name stands once for several rows."""
_LONGEST = 24


def _is_ours(cell: CarriedCell, code: str) -> bool:
    """Tell whether a formula is the one that looks a code up, not one of the reviewer's own.

    One that is shared with another cell has no text here; without a code ours comes to nothing.
    """
    if not cell.formula:
        return cell.formula is not None and (bool(code) or cell.number is None)
    return CODE_NAMES in cell.formula


def _is_same(cell: CarriedCell, expected: Decimal | str) -> bool:
    if isinstance(expected, Decimal):
        number = cell.number if cell.number is not None else parse_number(cell.text.strip())
        return number == expected
    return " ".join(cell.text.split()) == " ".join(expected.split())


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}……"
