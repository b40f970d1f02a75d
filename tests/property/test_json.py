"""from_json(to_json(value)) == value, whatever stands in it, by every rulebook."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval import Inspection, Report, Rulebook, Scorecard, Sheet
from tests.documents.schemas import faults_by_stored_schema
from tests.property import strategies, test_round_trip
from tests.property import strategies_rulebooks as own

FEW = settings(max_examples=max(10, settings().max_examples // 4))
ids = st.sampled_from(perfeval.rulebook_ids())


def nested(data: dict[str, Any]) -> dict[str, Any]:
    """The same sheet in the shape of the form: rows under 一级指标 and 二级指标."""
    levels: dict[str, dict[str, list[Any]]] = {}
    for row in data.get("指标", []):
        rest = {key: value for key, value in row.items() if key not in ("一级指标", "二级指标")}
        levels.setdefault(row["一级指标"], {}).setdefault(row["二级指标"], []).append(rest)
    return {**data, "指标": levels}


def comes_back(value: Any) -> None:
    text = perfeval.to_json(value)
    assert faults_by_stored_schema(json.loads(text)) == []
    assert perfeval.from_json(text, type(value)) == value


@given(test_round_trip.sheets)
def test_every_sheet_comes_back(data: dict[str, Any]) -> None:
    """Cells keep their text, sign, unit and the number that their author gave."""
    sheet = test_round_trip.loaded(data)
    assume(sheet is not None)
    assert sheet is not None
    comes_back(sheet)
    assert Sheet.model_validate_json(sheet.model_dump_json()) == sheet


@FEW
@given(strategies.sheets(closed=False), ids, st.booleans())
def test_every_report_and_its_parts_come_back(
    filled: strategies.Filled, rulebook: str, is_nested: bool
) -> None:
    """Points are computed again and are the same; findings and places are those of the check."""
    data = nested(filled.data) if is_nested else filled.data
    report = perfeval.evaluate(data, rulebook=rulebook)
    comes_back(report)
    again = perfeval.from_json(perfeval.to_json(report), Report)
    assert [again.located.place(item) for item in report.findings] == [
        report.located.place(item) for item in report.findings
    ]
    comes_back(report.inspection)
    assert isinstance(report.inspection, Inspection)
    if report.scorecard is not None:
        comes_back(report.scorecard)
    for finding in report.findings:
        comes_back(finding)


@FEW
@given(st.data(), own.rulebooks())
def test_every_scorecard_by_a_rulebook_of_ones_own_comes_back(
    data: st.DataObject, book: Any
) -> None:
    filled = data.draw(own.sheets(book))
    card = perfeval.score(perfeval.load_sheet(filled.data), Rulebook.model_validate(book))
    assert isinstance(card, Scorecard)
    comes_back(card)
