"""The JSON of a check: its published schema is true and strict, and its totals add up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

import perfeval
from perfeval.documents.findings.inspections_json import inspections_data
from perfeval.documents.findings.reports import write_report
from perfeval.findings import Finding, Inspection, Nature, Severity, Status, Waived
from tests.documents.inspecting import BARE, BRACKETS, EVIDENCE, made, real
from tests.documents.schemas import check_schema, faults_by_check_schema


def _file(*inspections: Inspection) -> Any:
    """Return the data of the file that is written."""
    return json.loads(write_report(inspections, "json"))


def _objects(schema: Any) -> Iterator[Any]:
    """Yield every schema of an object inside a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from _objects(value)


@pytest.mark.parametrize(
    "inspections",
    [
        (),
        (Inspection("不在.yaml"),),
        (made(BRACKETS, EVIDENCE, BARE, waived=(Waived(BARE, "同意"),)), Inspection("乙")),
        (real(),),
    ],
    ids=["nothing", "an unread file", "made", "real"],
)
def test_what_is_written_fits_the_published_schema(inspections: tuple[Inspection, ...]) -> None:
    assert faults_by_check_schema(_file(*inspections)) == []


def test_a_sheet_with_faults_of_reading_fits_the_published_schema() -> None:
    findings = perfeval.evaluate({"年度": "０２", "指标": 3}).findings
    assert findings
    assert faults_by_check_schema(_file(made(*findings))) == []


def test_the_schema_allows_no_unknown_key_and_wants_every_known_one() -> None:
    for schema in _objects(check_schema()):
        assert schema["additionalProperties"] is False
        assert set(schema["required"]) == set(schema["properties"])


def test_the_schema_refuses_other_words_and_figures_that_are_no_text() -> None:
    data = _file(real())
    finding = data["inspections"][0]["findings"][0]
    finding.update(severity="错误", stake=0.27, line=0, code="X1")
    faults = faults_by_check_schema(data)
    assert {fault.split(":")[0].rsplit(".", 1)[1] for fault in faults} == {
        "severity",
        "stake",
        "line",
        "code",
    }


def test_the_schema_knows_every_status_severity_and_nature() -> None:
    definitions = check_schema()["$defs"]
    statuses = [status.name.lower() for status in Status]
    assert definitions["status"]["enum"] == statuses
    assert list(definitions["summary"]["properties"]["ledger"]["properties"]) == statuses
    properties = definitions["finding"]["properties"]
    assert properties["severity"]["enum"] == [item.name.lower() for item in Severity]
    assert properties["nature"]["enum"] == [item.name.lower() for item in Nature]


def test_everything_in_the_schema_is_described_in_chinese() -> None:
    for schema in _objects(check_schema()):
        for name, field in schema["properties"].items():
            target = field.get("$ref", "").removeprefix("#/$defs/")
            described = {**check_schema()["$defs"].get(target, {}), **field}
            assert not described["description"].isascii(), name


def test_the_totals_of_two_sheets_add_up() -> None:
    one, other = real(), made(EVIDENCE, BARE)
    summary = inspections_data([one, other])["summary"]
    assert summary["files"] == 2
    assert sum(summary["findings"].values()) == len(one.causes) + 2
    assert summary["findings"]["error"] == 1 + sum(
        finding.severity is Severity.ERROR for finding in one.causes
    )
    assert summary["waived"] == len(one.waived) > 0
    assert sum(summary["ledger"].values()) == summary["checks"] == len(one.ledger) + 2
    assert summary["ledger"]["failed"] == 2 + sum(
        status is Status.FAILED for status in one.ledger.values()
    )


def test_points_at_stake_are_text_and_have_no_sign() -> None:
    assert inspections_data([made(EVIDENCE)])["summary"]["stake"] == "0.50"


def test_the_points_of_a_waived_finding_are_not_at_stake() -> None:
    inspection = made(BARE, waived=(Waived(EVIDENCE, "同意"),))
    assert inspections_data([inspection])["summary"]["stake"] == "0"


def test_a_file_has_its_findings_what_is_waived_and_every_check() -> None:
    ledger = {"PT102": Status.NOT_APPLICABLE, "SH101": Status.FAILED}
    inspection = Inspection(
        "甲.yaml", "甲项目", "hubei-2020 v1", (BARE,), (Waived(EVIDENCE, "同意"),), ledger
    )
    (data,) = inspections_data([inspection])["inspections"]
    assert list(data) == ["name", "title", "stamp", "findings", "waived", "ledger"]
    assert (data["name"], data["title"], data["stamp"]) == ("甲.yaml", "甲项目", "hubei-2020 v1")
    assert [finding["code"] for finding in data["findings"]] == ["SH101"]
    assert [(item["finding"]["code"], item["reason"]) for item in data["waived"]] == [
        ("BX107", "同意")
    ]
    assert data["ledger"] == {"PT102": "not_applicable", "SH101": "failed"}


def test_no_figure_is_a_float() -> None:
    def refuse(text: str) -> float:
        raise AssertionError(text)

    text = write_report([real()], "json")
    json.loads(text, parse_float=refuse)


def test_a_stake_keeps_its_digits() -> None:
    finding = Finding("PT102", Severity.ERROR, "甲", stake=Decimal("1E+1"))
    (data,) = inspections_data([made(finding)])["inspections"]
    assert data["findings"][0]["stake"] == "10"
