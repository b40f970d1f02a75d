"""Values from the JSON that `to_json` wrote; all of it is read, proved and scored again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, cast, overload

from pydantic import ValidationError

from perfeval._resources import SCHEMA
from perfeval.accounts.proofreading import ProofReport
from perfeval.codes import NO_RULEBOOK, STRUCTURE
from perfeval.department import Department
from perfeval.documents.as_json import Data, finding_data, scorecard_data
from perfeval.documents.findings.inspections_json import inspection_data
from perfeval.documents.findings.proof_json import stored_proof_data
from perfeval.errors import JsonError
from perfeval.findings import Finding, Inspection, Severity
from perfeval.manifest import Manifest, manifest_data
from perfeval.places import Path, Place
from perfeval.readers.annotated import MisfitError, value_of
from perfeval.readers.departments import department_from_source
from perfeval.readers.json_text import read_json
from perfeval.readers.located import Located
from perfeval.readers.proofs import validate
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids
from perfeval.readers.sheets import sheet_from_source
from perfeval.report.department_model import DepartmentReport
from perfeval.report.drafting import AccountDraft
from perfeval.report.json_writing import KINDS, Storable
from perfeval.report.model import Report
from perfeval.review.grading import GradedWorkpaper, Grading, ReviewEntry, grade
from perfeval.review.profile import ReviewProfile
from perfeval.review.workpaper import RowFinding, Workpaper
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.scoring.engine import score
from perfeval.sheet import Sheet
from perfeval.source import Source, read_text

_Kind = TypeVar("_Kind", bound=Storable)
_START: Path = ("data",)


@overload
def from_json(text: str | bytes) -> Storable: ...
@overload
def from_json(text: str | bytes, kind: type[_Kind]) -> _Kind: ...
def from_json(text: str | bytes, kind: type[_Kind] | None = None) -> Storable | _Kind:
    """Make a value of the JSON that `to_json` wrote; it equals the one that was written.

    Nothing enters unchecked: sheets and departments go through their reader, rules prove
    themselves, and points are computed again and compared with those that were written.  Findings
    are taken as they were written, as waivers and the day of the check are not in the text; so is
    the report of a proof, whose document is not in it, and what a review has listed or drawn.

    Args:
        text: JSON, as text or as UTF-8.  A figure may also be a JSON number, of which no digit is
            lost.
        kind: The type that is expected; ``None`` for whatever is written.

    Returns:
        The value.

    Raises:
        JsonError: The text is no such JSON, it states another kind, a rulebook that ships has
            changed since, or the points are not those of the rules; with findings whose path
            leads into the JSON.
        TypeError: *text* is neither text nor bytes.

    >>> from perfeval import Sheet, load_sheet, to_json
    >>> sheet = load_sheet({"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"})
    >>> from_json(to_json(sheet), Sheet).name
    '示例'
    """
    stated, data = _opened(text)
    if kind is not None and KINDS[stated][0] is not kind:
        raise _refused(f"这里写的是 {stated}，不是 {kind.__name__}", ("kind",))
    try:
        value = _READERS[stated](data, _START)
    except MisfitError as error:
        raise _refused(str(error), error.path) from error
    return value


def _opened(text: str | bytes) -> tuple[str, Any]:
    """Return what a JSON text states to be, and its data."""
    if not isinstance(text, str | bytes):
        raise TypeError(f"from_json 只读文字（str）或 UTF-8（bytes），不是 {type(text).__name__}")
    try:
        source = read_json(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refused("内容不是 UTF-8 编码的文本", ()) from error
    if source.problems:
        raise _unread("JSON", [item.finding for item in Located(source).problems()])
    whole = source.data
    if not isinstance(whole, dict) or whole.get("schema") != SCHEMA:
        raise _refused(f"不是 perfeval.to_json 写出的内容（schema {SCHEMA}）", ("schema",))
    stated = whole.get("kind")
    if not isinstance(stated, str) or stated not in KINDS:
        raise _refused(f"kind 应是 {'、'.join(KINDS)} 之一", ("kind",))
    return stated, whole.get("data")


def _refused(message: str, path: Path, code: str = STRUCTURE) -> JsonError:
    return _unread("JSON", [Finding(code, Severity.ERROR, message, path)])


def _unread(what: str, findings: Sequence[Finding], path: Path = ()) -> JsonError:
    placed = tuple(item._replace(path=(*path, *item.path)) for item in findings)
    return JsonError(f"{what}：{len(placed)} 处错误", placed)


def _part(data: Any, name: str, path: Path) -> Any:
    """Return one part of an object that must be there."""
    if not isinstance(data, dict) or name not in data:
        raise _refused(f"缺少“{name}”", (*path, name))
    return data[name]


def _written(value: Any, written: Callable[[Any], Data], data: Any, path: Path) -> Any:
    """Return a value whose own JSON is what was read, so that nothing in it was passed over."""
    difference = _difference(written(value), data, path)
    if difference is not None:
        raise _refused("这里与同一处的其他内容不一致，或者多出、缺少", difference)
    return value


def _difference(made: Any, given: Any, path: Path) -> Path | None:
    """Return where plain data first differ; ``None`` where they do not."""
    if isinstance(made, dict) and isinstance(given, dict):
        names = [name for name in {**made, **given} if name not in made or name not in given]
        if names:
            return (*path, names[0])
        found = (_difference(made[name], given[name], (*path, name)) for name in made)
        return next((item for item in found if item is not None), None)
    if isinstance(made, list) and isinstance(given, list) and len(made) == len(given):
        pairs = enumerate(zip(made, given, strict=True))
        found = (_difference(one, other, (*path, at)) for at, (one, other) in pairs)
        return next((item for item in found if item is not None), None)
    is_figure = isinstance(made, str) and isinstance(given, Decimal)
    return None if made == (format(given, "f") if is_figure else given) else path


def _sheet(data: Any, path: Path) -> Sheet:
    read = sheet_from_source(Source("", data=data))
    if read.sheet is None:
        raise _unread("自评表", read.findings, path)
    return read.sheet


def _department(data: Any, path: Path) -> Department:
    read = department_from_source(Source("", data=data))
    if read.department is None:
        raise _unread("部门文件", read.findings, path)
    return read.department


def _finding(data: Any, path: Path) -> Finding:
    return cast("Finding", _written(value_of(Finding, data, path), finding_data, data, path))


def _inspection(data: Any, path: Path) -> Inspection:
    value = value_of(Inspection, data, path)
    return cast("Inspection", _written(value, inspection_data, data, path))


def _rulebook(data: Any, path: Path) -> Rulebook:
    """Return the rulebook that was used: the one that ships, or the rules that were written."""
    rules, stamp = _part(data, "rules", path), _part(data, "stamp", path)
    if rules is None:
        year = _part(data, "year", path)
        book = _shipped(_part(data, "id", path), None if year is None else _year(year, path), path)
    elif isinstance(rules, dict):
        proved, findings = validate(rules)
        if proved is None:
            raise _unread("评分办法", findings, (*path, "rules"))
        book = proved
    else:
        raise _refused("这里应是评分办法的内容", (*path, "rules"))
    if book.stamp != stamp:
        message = f"评分办法与写的时候不同：当时是 {stamp}，现在是 {book.stamp}；请重新评分"
        raise _refused(message, (*path, "stamp"), NO_RULEBOOK)
    return book


def _year(data: Any, path: Path) -> int:
    return cast("int", value_of(int, data, (*path, "year")))


def _shipped(name: Any, year: int | None, path: Path) -> Rulebook:
    if name not in rulebook_ids():
        raise _refused("没有随软件提供的这个评分办法", (*path, "id"), NO_RULEBOOK)
    return load_rulebook(name, year=year)


def _scorecard(data: Any, path: Path) -> Scorecard:
    """Score again; the points must be those that were written."""
    sheet = _sheet(_part(data, "sheet", path), (*path, "sheet"))
    book = _rulebook(_part(data, "rulebook", path), (*path, "rulebook"))
    made, given = score(sheet, book), _part(data, "scorecard", path)
    difference = _difference(scorecard_data(made), given, (*path, "scorecard"))
    if difference is not None:
        raise _refused("评分结果与写下的不同；请重新评分", difference)
    return made


def _report(data: Any, path: Path) -> Report:
    sheet, book, card = (_part(data, name, path) for name in ("sheet", "rulebook", "scorecard"))
    scored = None if card is None else _scorecard(data, path)
    seen = _inspection(_part(data, "inspection", path), (*path, "inspection"))
    read = scored.sheet if scored else None if sheet is None else _sheet(sheet, (*path, "sheet"))
    source = _source(_part(data, "source", path), (*path, "source"))
    report = Report(
        name=seen.name,
        sheet=read,
        rulebook=scored.rulebook if scored else _given(book, path),
        scorecard=scored,
        findings=seen.findings,
        waived=seen.waived,
        ledger=seen.ledger,
        located=sheet_from_source(source).located,
    )
    return cast("Report", _consistent(report, report.inspection, seen, path))


def _given(book: Any, path: Path) -> Rulebook | None:
    return None if book is None else _rulebook(book, (*path, "rulebook"))


def _department_report(data: Any, path: Path) -> DepartmentReport:
    department, sheets = _part(data, "department", path), _part(data, "sheets", path)
    if not isinstance(sheets, list):
        raise _refused("这里应是列表", (*path, "sheets"))
    seen = _inspection(_part(data, "inspection", path), (*path, "inspection"))
    source = _source(_part(data, "source", path), (*path, "source"))
    report = DepartmentReport(
        name=seen.name,
        department=None if department is None else _department(department, (*path, "department")),
        rulebook=_given(_part(data, "rulebook", path), path),
        sheets=tuple(_report(item, (*path, "sheets", at)) for at, item in enumerate(sheets)),
        findings=seen.findings,
        waived=seen.waived,
        ledger=seen.ledger,
        located=department_from_source(source).located,
    )
    own = report.inspections[0]
    return cast("DepartmentReport", _consistent(report, own, seen, path))


def _proof_report(data: Any, path: Path) -> ProofReport:
    figures = _part(data, "figures", path)
    if not isinstance(figures, list):
        raise _refused("这里应是列表", (*path, "figures"))
    spotted = [{**item, "spot": item} if isinstance(item, dict) else item for item in figures]
    value = value_of(ProofReport, {**data, "figures": spotted}, path)
    return cast("ProofReport", _written(value, stored_proof_data, data, path))


def _account_draft(data: Any, path: Path) -> AccountDraft:
    value = value_of(AccountDraft, {**_checked_draft(data, path)}, path)
    return cast("AccountDraft", _written(value, KINDS["account-draft"][1], data, path))


def _manifest(data: Any, path: Path) -> Manifest:
    value = value_of(Manifest, data, path)
    return cast("Manifest", _written(value, manifest_data, data, path))


def _taken(kind: str) -> Callable[[Any, Path], Storable]:
    """Return what reads a kind that is taken as it was written: nothing in it follows again."""
    model, written = KINDS[kind]

    def read(data: Any, path: Path) -> Storable:
        return cast("Storable", _written(value_of(model, data, path), written, data, path))

    return read


def _workpaper(data: Any, path: Path) -> Workpaper:
    found = _part(data, "findings", path)
    try:
        profile = ReviewProfile.model_validate(_part(data, "profile", path))
    except ValidationError as error:
        raise _refused("复核口径不完整", (*path, "profile")) from error
    paper = Workpaper(
        scorecard=_scorecard(data, path),
        profile=profile,
        findings=value_of(tuple[RowFinding, ...], found, (*path, "findings")),
        file=value_of(str, _part(data, "file", path), (*path, "file")),
        table=value_of(str, _part(data, "table", path), (*path, "table")),
    )
    return cast("Workpaper", _written(paper, KINDS["workpaper"][1], data, path))


def _grading(data: Any, path: Path) -> Grading:
    """Grade again what was written; the points are those that were written."""
    papers, found = (_listed(data, name, path) for name in ("papers", "findings"))
    grading = Grading(
        papers=tuple(_graded(one, (*path, "papers", at)) for at, one in enumerate(papers)),
        findings=tuple(_finding(one, (*path, "findings", at)) for at, one in enumerate(found)),
        is_whole=value_of(bool, _part(data, "is_whole", path), (*path, "is_whole")),
        compared=value_of(int, _part(data, "compared", path), (*path, "compared")),
    )
    return cast("Grading", _written(grading, KINDS["grading"][1], data, path))


def _graded(data: Any, path: Path) -> GradedWorkpaper:
    paper = _workpaper(_part(data, "workpaper", path), (*path, "workpaper"))
    entries = enumerate(_listed(data, "entries", path))
    written = dict(_entry(one, (*path, "entries", at)) for at, one in entries)
    source = value_of(str, _part(data, "source", path), (*path, "source"))
    return replace(grade(paper, written), source=source)


def _entry(data: Any, path: Path) -> tuple[int, ReviewEntry]:
    place = _part(data, "place", path)
    where = {"place": place, **{name: data.get(name) for name in _CELLS}}
    places: dict[str, Any] = {
        name: None if one is None else value_of(Place, one, (*path, name))
        for name, one in where.items()
    }
    row = value_of(int, _part(data, "row", path), (*path, "row"))
    entry = value_of(_StoredEntry, data, path)
    return row, ReviewEntry(**entry._asdict(), **places)


_CELLS = ("actual_place", "judged_place")


class _StoredEntry(NamedTuple):
    """What a reviewer wrote, but for its place."""

    actual: str
    cut: Decimal | None
    code: str
    ground: str
    judged: Decimal | None


def _listed(data: Any, name: str, path: Path) -> list[Any]:
    """Return a part that must be a list."""
    found = _part(data, name, path)
    if not isinstance(found, list):
        raise _refused("这里应是列表", (*path, name))
    return found


def _checked_draft(data: Any, path: Path) -> dict[str, Any]:
    return {name: _part(data, name, path) for name in ("name", "refused", "files")}


def _consistent(report: Any, own: Inspection, seen: Inspection, path: Path) -> Any:
    """Return a report whose title and rulebook are those that its findings state."""
    if own != seen:
        raise _refused("这里的名称或评分办法与自评表、部门文件的不一致", (*path, "inspection"))
    return report


def _source(data: Any, path: Path) -> Source:
    name, text = (value_of(str, _part(data, part, path), path) for part in ("name", "text"))
    if text:
        return read_text(text, name)
    stated = value_of(tuple[_StoredCell, ...] | None, data.get("cells"), (*path, "cells"))
    cells = None if stated is None else {one.path: one.place for one in stated}
    return Source(name, data=_part(data, "data", path), cells=cells)


class _StoredCell(NamedTuple):
    """Where a value of a table stood in its file."""

    path: Path
    place: Place


_RECORDS = ("intake", "ranking", "draw", "evidence-list", "review-results")
_READERS: dict[str, Callable[[Any, Path], Storable]] = {
    "sheet": _sheet,
    "scorecard": _scorecard,
    "finding": _finding,
    "inspection": _inspection,
    "report": _report,
    "department": _department,
    "department-report": _department_report,
    "proof-report": _proof_report,
    "account-draft": _account_draft,
    "manifest": _manifest,
    "sheet-diff": _taken("sheet-diff"),
    "workpaper": _workpaper,
    "grading": _grading,
    **{kind: _taken(kind) for kind in _RECORDS},
}
