"""The JSON of a scorecard: stable keys, exact figures, nothing lost."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from perfeval import Report, evaluate, to_json
from perfeval.documents.as_json import finding_data, json_text, report_data
from perfeval.findings import Finding, Fix, Nature, Severity
from perfeval.places import CellPlace, TextPlace
from tests.documents.schemas import faults_by_stored_schema

_REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


def _data(report: Report) -> Any:
    return json.loads(json_text(report_data(report.name, report.scorecard, report.findings)))


def test_the_keys_are_those_that_are_documented() -> None:
    card = _data(evaluate(_REAL))["scorecard"]
    assert list(card) == [
        "sheet",
        "year",
        "department",
        "unit",
        "rulebook",
        "stamp",
        "unconfirmed",
        "total",
        "low",
        "high",
        "grade",
        "measured",
        "claimed",
        "unscored",
        "filed_total",
        "filed_grade",
        "reviewed_total",
        "differing",
        "gaps",
        "adjustments",
        "subtotals",
        "budget",
        "execution",
        "lines",
    ]
    line_keys = [
        "section",
        "section_name",
        "aspect",
        "aspect_name",
        "target",
        "actual",
        "sign",
        "reason",
        "measure",
        "note",
        "parts",
        "name",
        "weight",
        "points",
        "printed",
        "low",
        "high",
        "basis",
        "filed",
        "reviewed",
        "excess",
        "formula",
        "derivation",
        "rule",
        "notes",
    ]
    assert all(list(line) == line_keys for line in (card["execution"], *card["lines"]))


def test_a_row_has_its_figures_as_text_with_their_digits() -> None:
    lines = _data(evaluate(_REAL))["scorecard"]["lines"]
    line = next(line for line in lines if line["name"] == "享受运营补贴线下服务网点数量")
    assert (line["section"], line["aspect"], line["basis"]) == ("output", "quantity", "measured")
    assert (line["weight"], line["points"], line["filed"]) == ("2", "1.63", "2")
    assert (line["excess"], line["formula"]) == ("0.37", "2 × 26 ÷ 32")
    assert line["target"] == {
        "text": "32",
        "kind": "number",
        "number": "32",
        "unit": None,
        "sign": None,
        "range": None,
        "ratio": None,
        "dates": None,
    }
    assert line["notes"] == [
        {"kind": "bare-target", "message": "目标值未写符号，按“不低于”（≥）理解"}
    ]
    assert line["rule"]["seen"] == "公开的表"


def test_the_budget_row_has_no_section_and_its_amounts_stand_apart() -> None:
    card = _data(evaluate(_REAL))["scorecard"]
    assert card["execution"]["section"] is None
    assert card["execution"]["points"] == "19.73"
    assert card["budget"]["spent"] == "1269.62"
    assert card["budget"]["filed_rate"] == "98.70%"


def test_what_a_reviewer_gave_stands_beside_what_was_filed() -> None:
    row = {"名称": "场次", "分值": 50, "目标值": "≥10场", "完成值": "10场", "复核得分": 39}
    money = {"预算数": 100, "执行数": 90, "已填报": {"得分": 18, "复核分": 17}}
    sheet = {"年度": 2023, "项目名称": "甲", "预算": money, "已填报": {"总分": 98, "复核分": 88}}
    report = evaluate({**sheet, "指标": {"产出指标": {"数量指标": [row]}}}, rulebook="mof-2020")
    card = _data(report)["scorecard"]
    assert (card["filed_total"], card["reviewed_total"]) == ("98", "88")
    assert (card["execution"]["filed"], card["execution"]["reviewed"]) == ("18", "17")
    assert (card["lines"][0]["filed"], card["lines"][0]["reviewed"]) == (None, "39")


def test_gaps_say_which_sections_and_by_how_much() -> None:
    card = _data(evaluate(_REAL, rulebook="mof-2020"))["scorecard"]
    assert card["total"] is None
    assert [(gap["sections"], gap["expected"], gap["actual"]) for gap in card["gaps"]] == [
        (["output"], "50", "40"),
        (["benefit"], "30", "20"),
        (["satisfaction"], "10", "20"),
    ]


def test_no_figure_is_a_float() -> None:
    def refuse(text: str) -> float:
        raise AssertionError(text)

    report = evaluate(_REAL)
    text = json_text(report_data(report.name, report.scorecard, report.findings))
    json.loads(text, parse_float=refuse)


def test_a_sheet_that_was_not_read_has_findings_only() -> None:
    data = _data(evaluate({"项目名称": "甲"}))
    assert data["scorecard"] is None
    assert data["findings"]


def test_a_finding_keeps_every_field() -> None:
    finding = Finding(
        "PT102",
        Severity.WARNING,
        "应为 1.63",
        ("指标", 5),
        "改",
        "甲.yaml",
        (TextPlace(41, 22), CellPlace("自评表", "F12")),
        "x",
        Nature.HEURISTIC,
        Decimal("0.370"),
        Fix("2", "1.63"),
        "0123456789abcdef",
    )
    assert finding_data(finding) == {
        "code": "PT102",
        "severity": "warning",
        "message": "应为 1.63",
        "hint": "改",
        "path": ["指标", 5],
        "file": "甲.yaml",
        "line": 41,
        "column": 22,
        "places": [
            {"kind": "text", "line": 41, "column": 22},
            {"kind": "cell", "sheet": "自评表", "cell": "F12"},
        ],
        "excerpt": "x",
        "nature": "heuristic",
        "stake": "0.370",
        "fingerprint": "0123456789abcdef",
        "fix": {"old": "2", "new": "1.63", "at": 0},
        "also": [],
        "one_cause": False,
    }


def test_what_a_finding_does_not_have_is_null() -> None:
    data = finding_data(Finding("YM114", Severity.ERROR, "问题太多"))
    missing = [key for key, value in data.items() if value is None]
    assert missing == [
        "hint",
        "file",
        "line",
        "column",
        "excerpt",
        "stake",
        "fingerprint",
        "fix",
    ]


def test_ascii_json_says_the_same() -> None:
    data = {"message": "得分 ≥ 2"}
    text = json_text(data, is_ascii=True)
    assert text.isascii()
    assert json.loads(text) == data


def test_a_range_a_ratio_and_a_date_have_a_reading_of_their_own() -> None:
    """Who reads the JSON need not read the text again; a date has a year or is --10-31."""
    cells = {
        "40-50人": ("range", {"low": "40", "high": "50"}),
        "约300人": ("range", {"low": "250", "high": "350"}),
        "≥3:1": ("ratio", ["3", "1"]),
        "第三季度": ("dates", {"first": "2023-07-01", "last": "2023-09-30"}),
        "2022-10-31": ("dates", {"first": "2022-10-31", "last": "2022-10-31"}),
    }
    row = {"一级指标": "产出指标", "二级指标": "数量指标", "分值": 10, "完成值": 5}
    rows: list[dict[str, Any]] = [{**row, "名称": text, "目标值": text} for text in cells]
    rows[0]["其中"] = [{"名称": "一期", "目标值": "10月31日"}]
    report = evaluate({"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例", "指标": rows})
    assert faults_by_stored_schema(json.loads(to_json(report))) == []
    lines = _data(report)["scorecard"]["lines"]
    for line in lines:
        kind, reading = cells[line["name"]]
        assert line["target"][kind] == reading
        assert [line["target"][key] for key in ("range", "ratio", "dates") if key != kind] == [
            None
        ] * 2
    undated = lines[0]["parts"][0]["target"]
    assert undated["dates"] == {"first": "--10-31", "last": "--10-31"}
