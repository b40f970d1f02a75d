"""The JSON of the national system: records as its interface gives them, and hostile ones."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

import perfeval
from perfeval import CellPlace, evaluate, evaluate_all
from perfeval.reading.model import ReadDocument

FILED = {
    "mainguid": "1",
    "findex_name": "产出指标",
    "sindex_name": "数量指标",
    "indi_name": "床位数",
    "computesign": "1",
    "meterunit": "张",
    "indexval": "400",
    "actualvalue": "390",
    "actualweight": 50,
    "score": 48.75,
    "kpi_remark": "设备未到",
}
MONEY = {
    "name": "年度资金总额",
    "amt1": 100,
    "amt3": 100.5,
    "amt4": "98",
    "bgtget": 97.51,
    "score": 9.75,
}
SELF = {
    "pro_code": "51092324T000010263357",
    "pro_name": "替代",
    "agency_name": "某局",
    "yeargoaltion": "建成",
    "yeargoal_execution": "已建成",
    "proselfevalbgtlist": [MONEY, {"name": "财政拨款", "amt1": 100, "amt3": 100.5, "amt4": 98}],
    "proselfevalindexlist": [FILED],
}
MONITORED = {
    "pro_name": "替代",
    "create_time": "2025-08-01 09:00:00",
    "protracebgtlist": [],
    "protraceindexlist": [
        {"findex_name": "产出指标", "indi_name": "床位数", "targetvalue": "400", "indexval": "200"}
    ],
}


def raw(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def whole(*records: Any) -> bytes:
    """Return what the interface answers about evaluations of the finance office."""
    below = [
        {"pro_name": "替代", "proselfevalinfomap": one, "protraceinfolist": [MONITORED]}
        for one in records
    ]
    above = {"guid": "g", "create_time": "2026-03-01 10:00:00", "finevalprolist": below}
    return raw({"result": [above], "code": "200", "success": True, "message": ""})


def row(document: ReadDocument, at: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = document.tables[at].data["指标"][0]
    return found


def test_a_self_assessment_is_read_with_its_places() -> None:
    table = perfeval.read(raw(SELF), name="自评.json").tables[0]
    assert table.data["项目名称"] == "替代"
    assert table.data["项目编码"] == "51092324T000010263357"
    budget = table.data["预算"]
    assert (budget["年初预算数"], budget["预算数"], budget["执行数"]) == tuple(
        map(Decimal, ("100", "100.5", "98"))
    )
    assert budget["已填报"] == {"得分": Decimal("9.75"), "执行率": "97.51%"}
    assert [one["名称"] for one in budget["资金构成"]] == ["财政拨款"]
    read = table.data["指标"][0]
    assert (read["符号"], read["单位"], read["分值"]) == ("≥", "张", Decimal(50))
    assert (read["已填报得分"], read["偏差原因"]) == (Decimal("48.75"), "设备未到")
    place = table.place_of(("指标", 0, "完成值"))
    assert place == CellPlace("第1个项目 proselfevalindexlist", "actualvalue1")


def test_indexval_is_the_target_when_filed_and_what_is_reached_when_monitored() -> None:
    document = perfeval.read(whole(SELF))
    filed, monitored = row(document, 0), row(document, 1)
    assert (filed["目标值"], filed["完成值"]) == ("400", "390")
    assert (monitored["目标值"], monitored["完成值"]) == ("400", "200")
    notes = [str(note) for table in document.tables for note in table.assumptions]
    assert any("不是全年的" in note for note in notes)


def test_the_year_is_told_from_when_the_record_was_made() -> None:
    """A sheet of year Y is filled in Y+1; monitoring is of its own year."""
    years = {str(table.data["年度"]) for table in perfeval.read(whole(SELF)).tables}
    assert years == {"2025"}
    (table,) = perfeval.read(raw(SELF)).tables
    assert "年度" not in table.data
    assert any("没有年度" in str(note) for note in table.unread)


def test_it_is_scored_and_checked_by_its_first_bytes() -> None:
    reports = list(evaluate_all(whole(SELF), name="评价.json"))
    lines = [
        line.shown for report in reports if report.scorecard for line in report.scorecard.lines
    ]
    assert Decimal("48.75") in lines
    assert all("RD101" in {one.code for one in report.findings} for report in reports)
    assert evaluate(raw({"a": 1}), name="别的.json").scorecard is None


@pytest.mark.parametrize(
    ("sign", "read"),
    [("1", "≥"), ("2", "＞"), ("3", "＝"), ("4", "＜"), ("5", "≤"), ("6", "定性"), ("≤", "≤")],
)
def test_signs_are_codes_or_glyphs(sign: str, read: str) -> None:
    data = {**SELF, "proselfevalindexlist": [{**FILED, "computesign": sign}]}
    assert row(perfeval.read(raw(data)))["符号"] == read


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("computesign", "9", "计算符号“9”不认识"),
        ("actualweight", "五十", "应是一个数"),
        ("actualweight", "1e2", "应是一个数"),
        ("actualvalue", ["390"], "应是文字"),
        ("indexval", {"a": 1}, "应是文字"),
        ("actualvalue", True, "应是文字"),
        ("indi_name", "", "没有名称"),
        ("indi_name", None, "没有名称"),
    ],
)
def test_a_value_of_another_type_is_not_read_and_named(field: str, value: Any, said: str) -> None:
    data = {**SELF, "proselfevalindexlist": [{**FILED, field: value}, FILED]}
    (table,) = perfeval.read(raw(data)).tables
    assert any(said in str(note) for note in table.unread)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"proselfevalindexlist": ' + "[" * 50_000, "一体化系统的 JSON 读不了"),
        ('{"proselfevalindexlist": [' + "[" * 100 + "]" * 100 + "]}", "嵌套"),
        ('{"proselfevalindexlist": [], "proselfevalindexlist": []}', "写了两次"),
        ('{"proselfevalindexlist": [}', "不是 JSON"),
        ('{"proselfevalindexlist": {"a": 1}}', "不是列表"),
        ('{"proselfevalindexlist": []}', "没有一项指标"),
        ('{"proselfevalindexlist": ["a", 1, null]}', "没有一项指标"),
        ('{"x": {"proselfevalindexlist": []}}', "里没有自评"),
    ],
)
def test_hostile_json_is_refused_and_says_why(text: str, said: str) -> None:
    document = perfeval.read(text.encode())
    assert not document.tables
    reasons = "".join(map(str, document.unread))
    assert said in reasons
    assert not evaluate(text.encode(), name="坏.json").is_read


def test_what_no_sheet_has_is_named() -> None:
    annual = [{"indi_name": "床位数", "indexval": "400"}]
    money = [{"amt1": 1}, {"name": "合计", "amt2": 3}, 7]
    data = {**MONITORED, "proindexlist": annual, "protracebgtlist": money}
    said = "".join(str(note) for note in perfeval.read(raw(data)).tables[0].unread)
    for part in ("proindexlist", "amt2", "没有名称", "第 3 项不是一行"):
        assert part in said
    assert "GB18030" in str(perfeval.read(b'{"proselfevalindexlist": "\xff\xff"}').unread[0])
