"""What `to_json` writes is what it says it is, and `from_json` takes nothing on trust."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import (
    Department,
    DepartmentReport,
    Finding,
    JsonError,
    ProofReport,
    Report,
    Scorecard,
    Severity,
    Sheet,
    from_json,
    to_json,
)
from perfeval.findings import Fix
from perfeval.places import CellPlace, TextPlace
from perfeval.report.json_writing import KINDS, Storable
from tests.documents.schemas import faults_by_stored_schema
from tests.property.strategies import HEAD

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
FOLDER = "shipped:qingshan-2023"


def data_of(value: Storable) -> Any:
    return json.loads(to_json(value))


@pytest.fixture(scope="module")
def department() -> DepartmentReport:
    return perfeval.evaluate_department(FOLDER)


def refused(text: str | bytes) -> JsonError:
    with pytest.raises(JsonError) as caught:
        from_json(text)
    assert caught.value.findings
    assert all(item.severity is Severity.ERROR for item in caught.value.findings)
    str(caught.value).encode("gbk")
    return caught.value


def test_every_part_of_the_shipped_department_comes_back(department: DepartmentReport) -> None:
    """What comes back is equal, and what is written fits the published schema."""
    assert department.department is not None
    values: list[Any] = [department, department.department, *department.sheets]
    for report in department.sheets:
        values += [report.sheet, report.scorecard, report.inspection, *report.findings]
    for value in values:
        text = to_json(value)
        assert faults_by_stored_schema(json.loads(text)) == []
        again = from_json(text)
        assert type(again) is type(value)
        assert again == value
        assert to_json(again) == text


def test_what_came_back_makes_the_same_documents(department: DepartmentReport) -> None:
    """A report carries what was read: its texts ask at the same places."""
    again = from_json(to_json(department), DepartmentReport)
    assert perfeval.render(again, "md", document="bound") == perfeval.render(
        department, "md", document="bound"
    )
    for one, other in zip(again.sheets, department.sheets, strict=True):
        assert one.located.source.text == other.located.source.text


def test_a_report_of_a_callers_data_comes_back(department: DepartmentReport) -> None:
    own = {"rulebook": "hubei-2020", "year": 2023, "name": "示例", "indicators": 3}
    odd: dict[Any, Any] = {1: object(), "x": float("nan")}
    for data in (own, {**own, "indicators": []}, odd, {}):
        report = perfeval.evaluate(data)
        text = to_json(report)
        assert faults_by_stored_schema(json.loads(text)) == []
        assert from_json(text, Report) == report


def test_a_report_of_what_cannot_be_read_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "坏.yaml"
    path.write_text("年度: [\n", encoding="utf-8")
    for name in (path, tmp_path / "没有.yaml"):
        report = perfeval.evaluate(name, rulebook="mof-2020")
        assert faults_by_stored_schema(data_of(report)) == []
        assert from_json(to_json(report)) == report


def test_data_that_hold_themselves_are_written_as_far_as_they_go() -> None:
    data: dict[str, Any] = {**HEAD}
    data["备注"] = [data, data]
    report = perfeval.evaluate(data)
    assert from_json(to_json(report)) == report


def test_a_rulebook_of_ones_own_travels_with_all_its_rules() -> None:
    book = perfeval.load_rulebook("hubei-2020")
    own = book.model_copy(update={"version": "自用"})
    sheet = perfeval.load_sheet(REAL)
    shipped, mine = perfeval.score(sheet, book), perfeval.score(sheet, own)
    assert data_of(shipped)["data"]["rulebook"]["rules"] is None
    assert data_of(mine)["data"]["rulebook"]["rules"]["version"] == "自用"
    assert faults_by_stored_schema(data_of(mine)) == []
    assert from_json(to_json(mine), Scorecard).rulebook == own


def test_places_of_every_kind_come_back() -> None:
    places = (TextPlace(1, 2), CellPlace("自评表", "F12"))
    finding = Finding(
        "PT102",
        Severity.ERROR,
        "多",
        ("指标", 3),
        places=places,
        stake=Decimal("0.37"),
        fix=Fix("2", "1.63", 4),
    )
    assert from_json(to_json(finding), Finding) == finding


def test_the_text_says_what_it_is() -> None:
    whole = data_of(perfeval.load_sheet(REAL))
    assert list(whole) == ["schema", "kind", "perfeval", "data"]
    assert (whole["schema"], whole["kind"]) == (1, "sheet")
    assert whole["perfeval"] == perfeval.__version__
    assert "\n" in to_json(perfeval.load_sheet(REAL), indent=2)


def test_keys_are_english_and_figures_are_texts() -> None:
    data = data_of(perfeval.load_sheet(REAL))["data"]
    assert list(data) == list(Sheet.model_fields)
    assert data["budget"]["final"] == "1286.7"
    assert data["indicators"][0]["section"] == "产出指标"
    assert data["note"] is None


def test_a_json_number_loses_no_digit() -> None:
    """JSON floats: a number is read from its characters, never as a binary fraction."""
    whole = data_of(perfeval.load_sheet({**HEAD, "预算": {"预算数": "0.1"}}))
    text = json.dumps(whole).replace('"0.1"', "12345678901234567.10")
    assert str(from_json(text, Sheet).budget.final) == "12345678901234567.10"


def test_bytes_are_utf_8() -> None:
    sheet = perfeval.load_sheet(REAL)
    assert from_json(to_json(sheet).encode()) == sheet
    assert from_json(to_json(sheet).encode("utf-8-sig"), Sheet) == sheet
    refused(to_json(sheet).encode("gb18030"))


def test_another_kind_than_expected_is_refused() -> None:
    text = to_json(perfeval.load_sheet(REAL))
    with pytest.raises(JsonError, match="写的是 sheet，不是 Department"):
        from_json(text, Department)


@pytest.mark.parametrize("value", [None, {}, 3, perfeval.load_rulebook("hubei-2020")])
def test_other_values_are_a_type_error(value: Any) -> None:
    with pytest.raises(TypeError):
        to_json(value)
    with pytest.raises(TypeError):
        from_json(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "YM104"),
        ("{", "YM104"),
        ('{"schema": 1, "schema": 1}', "YM106"),
        ("[" * 65 + "]" * 65, "YM103"),
        ("[" * 100_000, "YM103"),
        (" " * (32 * 1024 * 1024 + 1), "YM102"),
        ('{"schema": 1, "kind": "sheet", "data": "\\ud800"}', "YM105"),
        ("[]", "SH103"),
        ('{"schema": 2, "kind": "sheet", "data": {}}', "SH103"),
        ('{"schema": 1, "kind": "map", "data": {}}', "SH103"),
        ('{"schema": 1, "kind": [], "data": {}}', "SH103"),
    ],
    ids=[
        "nothing",
        "half",
        "a key twice",
        "too deep",
        "much too deep",
        "too large",
        "half a character",
        "no object",
        "another schema",
        "another kind",
        "a kind that is no word",
    ],
)
def test_what_is_no_such_json_is_refused_with_a_finding(text: str, code: str) -> None:
    assert refused(text).findings[0].code == code


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [None, 3, "x", [], {}, {"code": 3}, {"sheet": {}}, {"sheets": 3}])
def test_data_of_another_shape_are_refused(kind: str, data: Any) -> None:
    refused(json.dumps({"schema": 1, "kind": kind, "perfeval": "x", "data": data}))


def changed(value: Storable, path: tuple[str | int, ...], new: Any) -> str:
    whole = data_of(value)
    inner = whole["data"]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return json.dumps(whole)


CHANGES: list[tuple[tuple[str | int, ...], Any]] = [
    (("sheet", "year"), 1800),
    (("sheet", "name"), "别的名称"),
    (("sheet", "indicators", 0, "weight"), "3"),
    (("sheet", "indicators", 0, "section"), "别的"),
    (("rulebook", "id"), "没有"),
    (("rulebook", "id"), "../hubei-2020.yaml"),
    (("rulebook", "stamp"), "hubei-2020 1 (0)"),
    (("rulebook", "rules"), 3),
    (("rulebook", "rules"), {}),
    (("scorecard", "total"), "100"),
    (("scorecard", "total"), None),
    (("scorecard", "lines"), []),
    (("scorecard", "lines", 0, "points"), 3),
    (("scorecard", "lines", 0, "more"), 3),
    (("scorecard",), {}),
    (("inspection", "title"), "别的名称"),
    (("inspection", "stamp"), None),
    (("inspection", "findings"), 3),
    (("inspection", "findings", 0, "severity"), "fatal"),
    (("inspection", "findings", 0, "line"), 1),
    (("inspection", "findings", 0, "path"), [1.5]),
    (("inspection", "findings", 0, "places"), [{"kind": "text"}]),
    (("inspection", "findings", 0, "more"), 3),
    (("inspection", "ledger", "PT102"), "fine"),
    (("source",), None),
    (("source", "text"), 3),
]


@pytest.mark.parametrize(("path", "new"), CHANGES)
def test_what_was_changed_by_hand_is_refused_at_its_place(
    path: tuple[str | int, ...], new: Any
) -> None:
    """Nothing enters unchecked: points are those of the rules, findings are whole."""
    report = perfeval.evaluate(REAL)
    assert report.findings
    error = refused(changed(report, path, new))
    assert all(item.path[0] == "data" for item in error.findings)


def test_model_dump_json_reads_back() -> None:
    sheet = perfeval.load_sheet(REAL)
    assert Sheet.model_validate_json(sheet.model_dump_json()) == sheet
    assert sheet.model_dump()["budget"]["final"] == Decimal("1286.7")


def test_the_report_of_a_proof_comes_back() -> None:
    """Equal in all of its parts, also where a document was refused, and within the schema."""
    text = Path(__file__).parent / "accounts" / "data" / "made-with-tables.txt"
    wrong = text.read_text(encoding="utf-8").replace("1,265万元", "1,256万元")
    given: tuple[str | bytes | Path, ...] = (text, wrong, wrong.encode(), b"PK", Path("没有.txt"))
    for report in map(perfeval.proof, given):
        written = to_json(report)
        assert faults_by_stored_schema(json.loads(written)) == []
        assert from_json(written, ProofReport) == report
        assert to_json(from_json(written)) == written


def test_the_report_of_a_proof_is_not_taken_in_parts() -> None:
    report = perfeval.proof("一、收入支出决算总体情况说明\n2023年度收、支总计80万元，共计。\n")
    whole = json.loads(to_json(report))
    for name, value in (("figures", None), ("figures", ["80"]), ("ledger", {}), ("more", 1)):
        changed = {**whole, "data": {**whole["data"], name: value}}
        refused(json.dumps(changed))
    del whole["data"]["figures"][0]["line"]
    refused(json.dumps(whole))
