"""Read a sheet from a YAML file, a YAML text, or a host tool's plain dict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from perfeval.cells.levels import AspectName, SectionName, aspect_name, section_name
from perfeval.cells.reading import refused_cell
from perfeval.clauses import COLLECT
from perfeval.codes import MISSING, NUMBER_FORM, REPEATED, STRUCTURE, UNCONFIRMED, UNKNOWN
from perfeval.errors import SheetError
from perfeval.fields import word_of
from perfeval.findings import Finding, Placed, Severity
from perfeval.places import Path
from perfeval.readers.accepted import models_of, synonyms
from perfeval.readers.companions import companion_of
from perfeval.readers.files import SourceInput, read_source
from perfeval.readers.located import Located
from perfeval.readers.problems import schema_findings
from perfeval.sheet import (
    BUDGET,
    FIELD_WORDS,
    FUNDS,
    INDICATORS,
    FundRow,
    Indicator,
    Sheet,
    is_level_key,
)
from perfeval.source import Source


class ReadSheet(NamedTuple):
    """A sheet that was read, and what is wrong with it.

    Attributes:
        sheet: The sheet; ``None`` where there are errors, but for numbers that are badly written
            in a target or an actual: such a cell is unclear, and its row alone has no points.
        found: What is wrong with the input, as it stands there.
        located: The input, and where in it each value stands.
    """

    sheet: Sheet | None
    found: tuple[Placed, ...]
    located: Located

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the input."""
        return tuple(item.finding for item in self.found)


def load_sheet(source: SourceInput) -> Sheet:
    """Load a sheet.

    Args:
        source: A YAML file's path, ``shipped:…`` for one that ships with perfeval; its text (a
            `str` with a line break) or bytes; or a plain dict with the form's own words
            (项目名称, 预算数 …) or the English names.

    Returns:
        The sheet.

    Raises:
        SheetError: With every error of the sheet at once.
        TypeError: *source* is nothing of the kind.

    >>> load_sheet({"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}).year
    2023
    """
    read = read_sheet(source)
    if read.sheet is None or any(finding.code == NUMBER_FORM for finding in read.findings):
        name = read.located.name or "自评表"
        raise SheetError(f"{name}：{len(read.findings)} 处错误", read.findings)
    return read.sheet


def read_sheet(source: SourceInput, *, rulebook: str | None = None, name: str = "") -> ReadSheet:
    """Read a sheet; its errors come back as findings.

    Args:
        source: See `load_sheet`.
        rulebook: The rulebook of a sheet that names none.
        name: What a sheet that is no file is called in messages.
    """
    read = read_source(source, name=name, instead="其中一张表")
    return sheet_from_source(read, rulebook=rulebook)


def sheet_from_source(source: Source, *, rulebook: str | None = None) -> ReadSheet:
    """Read a sheet from a text that was read into plain data.

    Where it makes no sense, its slips of the hand are named, and what is wrong besides them.
    """
    read = _sheet_of(source, rulebook)
    meant = read.located.mended() if read.sheet is None else None
    if meant is None:
        return read
    slips, text = meant
    found = read.located.with_slips(slips, _sheet_of(text, rulebook).found)
    return ReadSheet(None, found, read.located)


def _sheet_of(source: Source, rulebook: str | None) -> ReadSheet:
    located = Located(source, _words())
    problems = located.problems()
    data = source.data
    if data is None:
        return ReadSheet(None, located.limited(problems) or (located.empty(),), located)
    if not isinstance(data, dict):
        finding = Finding(
            STRUCTURE,
            Severity.ERROR,
            "一张自评表应由“名称: 内容”组成",
            hint="可用 perfeval new 生成一张带说明的空表",
        )
        return ReadSheet(None, (*problems, located.place(finding)), located)
    companion = companion_of(data)
    if companion is not None:
        message = f"这是{companion}，不是自评表"
        finding = Finding(STRUCTURE, Severity.ERROR, message, hint=companion.use)
        return ReadSheet(None, (*problems, located.place(finding)), located)
    rows = _Rows()
    for key in _INDICATORS:
        if key in data:
            rows.read(data[key], (key,))
    funds = _Funds()
    flat = funds.flattened(data)
    located = replace(located, rows=tuple(rows.paths), funds=tuple(funds.paths))
    sheet, wrong = _validated(_payload(flat, rows.rows, rulebook), rows.rows)
    remarks = [*located.remarks(), *map(located.place, unconfirmed(sheet))]
    hinders = [*problems, *map(located.place, (*rows.findings, *funds.findings))]
    noted = located.limited([*hinders, *map(located.place, wrong), *remarks])
    return ReadSheet(None if hinders else sheet, noted, located)


def unconfirmed(sheet: Sheet | None) -> Iterator[Finding]:
    """Say of a sheet that was read from a file that nobody has confirmed it."""
    if sheet is not None and sheet.unconfirmed:
        hint = "逐项核对以后删去“未确认”这一行，或用 perfeval confirm"
        yield Finding(UNCONFIRMED, Severity.WARNING, sheet.caveat, (_UNCONFIRMED,), hint)


def _payload(data: dict[Any, Any], rows: list[Any], rulebook: str | None) -> dict[Any, Any]:
    """Return the data as the model takes them: rows in a flat list, and a rulebook."""
    payload = {key: value for key, value in data.items() if key not in _INDICATORS}
    if rulebook is not None and not any(payload.get(key) for key in _RULEBOOK):
        payload = {key: value for key, value in payload.items() if key not in _RULEBOOK}
        payload["评分办法"] = rulebook
    payload[INDICATORS] = rows
    return payload


def _validated(payload: dict[Any, Any], rows: list[Any]) -> tuple[Sheet | None, list[Finding]]:
    """Return the sheet and what is wrong; a number badly written leaves its own row open alone."""
    try:
        return Sheet.model_validate(payload, context=COLLECT), []
    except ValidationError as error:
        found = [_hinted(finding, rows) for finding in schema_findings(error, Sheet)]
    if not all(map(_is_of_cell, found)):
        return None, found
    marked = payload[INDICATORS]
    for finding in found:
        marked = _with_refused(marked, finding.path[1:])
    sheet, more = _validated({**payload, INDICATORS: marked}, rows)
    return sheet, [*found, *more]


def _is_of_cell(finding: Finding) -> bool:
    """Tell whether a target or an actual holds a number that is badly written."""
    is_cell = finding.path[:1] == (INDICATORS,) and finding.path[-1] in _CELLS
    return finding.code == NUMBER_FORM and is_cell


def _with_refused(holder: Any, path: Path) -> Any:
    """Return rows in which the cell at a path says that it could not be read."""
    key: Any = path[0]
    below = holder[key]
    changed = _with_refused(below, path[1:]) if len(path) > 1 else refused_cell(_said(below))
    if isinstance(holder, Mapping):
        return {**holder, key: changed}
    return [*holder[:key], changed, *holder[key + 1 :]]


def _said(value: Any) -> str:
    """Return what a cell shows, where its author also states the number."""
    if isinstance(value, Mapping):
        return str(next(value[key] for key in ("文本", "text", "值", "value") if value.get(key)))
    return str(value).strip()


_Name = TypeVar("_Name", SectionName, AspectName)
_UNCONFIRMED = word_of(Sheet, "unconfirmed")
_NAME = word_of(Indicator, "name")
_CELLS = {
    spelling for name in ("target", "actual") for spelling in (name, word_of(Indicator, name))
}
_INDICATORS = (INDICATORS, "indicators")
_RULEBOOK = ("评分办法", "rulebook")
_BUDGET, _FUNDS = (BUDGET, "budget"), (FUNDS, "funds")
_SPLIT = word_of(FundRow, "split")
_LEVELS = ("一级指标", "section", "二级指标", "aspect")
_BEGUN = {*_LEVELS, "分值", "weight"}
"""What stands in an indicator of a new sheet before anyone has filled it in."""


class _Rows:
    """The indicators of a sheet, one after another, whatever shape they came in."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.paths: list[Path] = []
        self.findings: list[Finding] = []

    def read(self, value: Any, path: Path) -> None:
        """Read a flat list of rows, or rows under 一级指标 and 二级指标."""
        if self.rows:
            self._fault(REPEATED, f"“{path[-1]}”与“指标”是同一项，写了两次", path)
        elif isinstance(value, list | tuple):
            for position, row in enumerate(value):
                self._add(row, (*path, position))
        elif isinstance(value, Mapping):
            self._sections(value, path)
        elif value is not None:
            self._fault(STRUCTURE, "“指标”下面应是一级指标，如“产出指标:”", path)

    def _sections(self, value: Mapping[Any, Any], path: Path) -> None:
        for key, name, below in self._named(value, section_name, path):
            at = (*path, key)
            if isinstance(below, Mapping):
                for inner, aspect, rows in self._named(below, aspect_name, at):
                    self._below(rows, {"一级指标": name, "二级指标": aspect}, (*at, inner))
            else:
                what = "二级指标，或指标的列表"
                self._below(below, {"一级指标": name}, at, what)

    def _below(self, rows: Any, levels: Mapping[str, Any], path: Path, what: str = "列表") -> None:
        """Read the rows below a name; the levels above them are given by it."""
        if isinstance(rows, list | tuple):
            for position, row in enumerate(rows):
                self._add(self._with_levels(row, levels, (*path, position)), (*path, position))
        elif rows is not None:
            message = f"“{path[-1]}”下面应是{what}（每个指标以 “- 名称:” 开头）"
            self._fault(STRUCTURE, message, path)

    def _with_levels(self, row: Any, levels: Mapping[str, Any], path: Path) -> Any:
        if not isinstance(row, Mapping):
            return row
        for level in _LEVELS:
            if level in row:
                self._fault(REPEATED, f"“{level}”已由上一级给出，这里不用再写", (*path, level))
        return {**row, **levels}

    def _named(
        self, value: Mapping[Any, Any], name_of: Callable[[str], _Name], path: Path
    ) -> list[tuple[str, _Name, Any]]:
        """Return the names of a level in their order; what cannot be one becomes a finding."""
        named = []
        seen: dict[str, str] = {}
        for key, below in value.items():
            at = (*path, key if isinstance(key, str | int) else str(key))
            is_name = isinstance(key, str) and (key in FIELD_WORDS or is_level_key(key))
            name = name_of(key.strip()) if is_name else None
            if name is None:
                self._fault(UNKNOWN, f"“{key}”不是指标的名称", at, "请写表上印的一级、二级指标")
            elif key in FIELD_WORDS:
                hint = "每个指标以 “- 名称:” 开头，其余内容与“名称”对齐"
                self._fault(STRUCTURE, f"“{key}”是一个指标的内容，不是上一级的名称", at, hint)
            elif name.key in seen:
                message = f"“{key}”与“{seen[name.key]}”是同一项，写了两次"
                self._fault(REPEATED, message, at, "请合并到一处")
            else:
                seen[name.key] = key
                named.append((key, name, below))
        return named

    def _add(self, row: Any, path: Path) -> None:
        self.rows.append(row)
        self.paths.append(path)

    def _fault(self, code: str, message: str, path: Path, hint: str = "") -> None:
        self.findings.append(Finding(code, Severity.ERROR, message, path, hint))


class _Funds:
    """The kinds of money of a budget, one after another, where several divisions list them."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.findings: list[Finding] = []

    def flattened(self, data: dict[Any, Any]) -> dict[Any, Any]:
        """Return the data with one list of the kinds of money, each with its division."""
        for key in _BUDGET:
            budget = data.get(key)
            for inner in _FUNDS:
                if isinstance(budget, Mapping) and isinstance(budget.get(inner), Mapping):
                    rows = list(self._rows(budget[inner], (key, inner)))
                    data = {**data, key: {**budget, inner: rows}}
        return data

    def _rows(self, splits: Mapping[Any, Any], path: Path) -> Iterator[Any]:
        for name, rows in splits.items():
            at = (*path, name if isinstance(name, str | int) else str(name))
            if not isinstance(rows, list | tuple):
                message = f"“{name}”下面应是资金的列表（每项以 “- 名称:” 开头）"
                self.findings.append(Finding(STRUCTURE, Severity.ERROR, message, at))
                continue
            for position, row in enumerate(rows):
                self.paths.append((*at, position))
                yield {**row, _SPLIT: name} if isinstance(row, Mapping) else row


def _hinted(finding: Finding, rows: list[Any]) -> Finding:
    """Say what to do with an indicator of a new sheet in which nothing was filled."""
    match finding.path:
        case (block, int() as at, field) if (block, field) == (INDICATORS, _NAME):
            if finding.code == MISSING and _is_untouched(rows[at]):
                return finding._replace(hint="用不到的，整段删去")
    return finding


def _is_untouched(row: Any) -> bool:
    return isinstance(row, Mapping) and all(
        row[key] in (None, "") for key in row if key not in _BEGUN
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return synonyms(*models_of(Sheet))
