"""Results as the JSON interface of the national budget system (一体化系统) has them: 自评 records.

`perfeval.read` gives the sheets back.  What a record does not have a field for is carried beside
it, and counts only while the record is what was written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfeval._resources import __version__
from perfeval.documents.department.exchange import NamedValues, is_unconfirmed
from perfeval.documents.department.national import (
    national_indicator,
    national_rate,
    national_rows,
)
from perfeval.documents.inputs.enclosed import enclosed_record, exact_json
from perfeval.documents.inputs.national_words import national_words
from perfeval.scorecard import Scorecard
from perfeval.sheet import Budget, FundRow, Sheet

_RENAMED = {"findex": "findex_name", "sindex": "sindex_name", "name": "indi_name"}
"""The fields that the interface calls otherwise than the tables of the system do."""
_FIGURES = frozenset({"actualweight", "score"})

Record = dict[str, Any]


def national_records(cards: Sequence[Scorecard], *, data: bool = True) -> bytes:
    """Write scorecards as the interface gives 自评, a project for each.

    Args:
        cards: The scorecards.
        data: Whether what the interface has no field for is carried beside each project.

    Returns:
        JSON in UTF-8: an answer of the interface.

    Raises:
        RenderError: What does not fit into the fields of the system, all of it at once.
    """
    national_rows(cards)  # refuses what does not fit
    stamps = sorted({card.stamp for card in cards})
    projects = ",\n".join(exact_json(_project(card, data=data)) for card in cards)
    made = exact_json({"version": __version__, "stamps": stamps})
    return (
        f'{{"result": [\n{projects}\n], "code": "200", "success": true, "message": "", '
        f'"perfeval": {made}}}\n'
    ).encode()


def _project(card: Scorecard, *, data: bool) -> Record:
    """Return a project as the interface's evaluations hold it, with its one record."""
    words, sheet = national_words(), card.sheet
    own = words["另写"]
    record = _record(card)
    outer = _fields("外层", {**_identity(sheet), "create_time": sheet.filed_on})
    beside = {own["年度"]: str(sheet.year), own["金额单位"]: sheet.money_unit.value}
    unconfirmed = is_unconfirmed(sheet)
    if unconfirmed:
        beside[own["未确认"]] = unconfirmed
    if data:
        beside[own["附带"]] = enclosed_record(card, {**beside, "record": record})
    evaluation = {
        **_fields("外层", _identity(sheet)),
        words["财政评价"]["监控"]: [],
        words["财政评价"]["自评"]: record,
    }
    return {**outer, **beside, "finevalprolist": [evaluation]}


def _identity(sheet: Sheet) -> Record:
    return {
        "pro_code": sheet.project_code,
        "pro_name": sheet.name,
        "agency_name": sheet.unit,
    }


def _record(card: Scorecard) -> Record:
    words, sheet = national_words(), card.sheet
    goals = {
        "yeargoaltion": sheet.goal or _lines(goal.text for goal in sheet.goals),
        "yeargoal_execution": sheet.goal_actual or _lines(goal.actual for goal in sheet.goals),
    }
    return {
        **_fields("记录", {**_identity(sheet), **goals}),
        words["自评"]["资金"]: list(_amounts(card)),
        words["自评"]["指标"]: [
            _indicator(national_indicator(line, line.indicator)) for line in card.lines
        ],
    }


def _lines(texts: Iterator[str | None]) -> str | None:
    return "\n".join(filter(None, texts)) or None


def _fields(block: str, values: Mapping[str, Any]) -> Record:
    """Return all fields of a block; what nothing is known of is null."""
    return {name: values.get(name) for name in national_words()[block]}


def _amounts(card: Scorecard) -> Iterator[Record]:
    """Yield the row of all money, then a row for each kind of it."""
    budget = card.sheet.budget
    points = {"name": national_words()["资金总额"], "score": card.execution.shown}
    yield _fields("资金行", {**_money(budget), **points})
    for fund in budget.funds:
        filed = {"score": fund.filed.points}
        yield _fields("资金行", {"name": fund.name, **_money(fund), **filed})


def _money(row: Budget | FundRow) -> Record:
    return {
        "amt1": row.original,
        "amt3": row.final,
        "amt4": row.spent,
        "bgtget": national_rate(row),
    }


def _indicator(row: NamedValues) -> Record:
    """Return a row under the interface's names, its weight and points as numbers."""
    values: Record = {_RENAMED.get(name, name): value for name, value in row.items()}
    for name in _FIGURES:
        text = row[name]
        values[name] = None if text is None else Decimal(text)
    return _fields("指标行", values)
