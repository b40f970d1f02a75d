"""Every case in ``cases/*.yaml``: a row, what it is worth, and why."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import perfeval
from perfeval import Basis, Line
from perfeval.source import read_bytes
from tests.scoring.rulebooks import varied

ROW = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "指标"}
KEYS = {
    "name",
    "base",
    "rulebook",
    "budget",
    "indicator",
    "points",
    "between",
    "basis",
    "notes",
    "formula",
}


class Case(NamedTuple):
    """One case; ``data`` as it stands in the file."""

    file: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file}: {self.data['name']}"


def cases() -> list[Case]:
    found = []
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        source = read_bytes(path.read_bytes(), path.name)
        assert source.problems == ()
        found += [Case(path.stem, data) for data in source.data]
    return found


CASES = cases()


def scored(case: Case) -> Line:
    book = varied(case.data.get("base", "hubei-2020"), case.data.get("rulebook", {}))
    sheet = {"评分办法": book.id, "年度": 2023, "项目名称": "示例"}
    if "budget" in case.data:
        return perfeval.score(
            perfeval.load_sheet({**sheet, "预算": case.data["budget"]}), book
        ).execution
    row = {**ROW, **case.data["indicator"]}
    return perfeval.score(perfeval.load_sheet({**sheet, "指标": [row]}), book).lines[0]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_row_scores_as_its_rule_says(case: Case) -> None:
    data, line = case.data, scored(case)
    assert set(data) <= KEYS
    assert [note.kind.name for note in line.notes] == data.get("notes", [])
    if "between" in data:
        assert line.points is None
        assert [line.low, line.high] == data["between"]
        assert line.basis is Basis[data.get("basis", "UNSCORED")]
        assert all(note.message in line.explain() for note in line.notes)
    else:
        assert line.points == data["points"]
        assert line.points.as_tuple().exponent == -line.rule.digits
        assert line.low == line.high == line.points
        if "basis" in data:
            assert line.basis is Basis[data["basis"]]
        assert line.derivation is not None
        assert line.explain() == line.derivation.text
        if "formula" in data:
            assert line.derivation.formula == data["formula"]


def test_every_method_has_cases_that_give_all_and_cases_that_give_less() -> None:
    for file in {case.file for case in CASES} - {"readings", "printed"}:
        mine = [case.data for case in CASES if case.file == file and "points" in case.data]
        full = {Decimal(20) if "budget" in data else data["indicator"].get("分值") for data in mine}
        assert any(data["points"] in full for data in mine), file
        assert any(data["points"] not in full for data in mine), file
