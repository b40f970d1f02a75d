"""SARIF: valid by the standard's own schema, every place a true one, the same each time."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest

from perfeval.checks.registry import CHECKS
from perfeval.documents.as_json import json_text
from perfeval.documents.findings.check_pages import HEADINGS, page_of
from perfeval.documents.findings.sarif import file_uri, sarif_log
from perfeval.findings import Finding, Fix, Inspection, Severity, Waived
from perfeval.places import TextPlace
from tests.documents.inspecting import BARE, BRACKETS, EVIDENCE, REAL, made, real


def _run(*inspections: Inspection) -> Any:
    (run,) = json.loads(json_text(sarif_log(inspections)))["runs"]
    return run


def _result(finding: Finding) -> Any:
    (result,) = _run(made(finding))["results"]
    return result


@pytest.mark.parametrize(
    "inspections",
    [
        (),
        (Inspection("不在.yaml"),),
        (made(BRACKETS, EVIDENCE, BARE, waived=(Waived(BARE, "同意"),)), Inspection("乙")),
        (real(),),
        (made(*(Finding(check.code, check.severity, "甲") for check in CHECKS.values())),),
    ],
    ids=["nothing", "an unread file", "made", "real", "every check"],
)
def test_a_log_is_valid_by_the_schema_of_the_standard(inspections: tuple[Inspection, ...]) -> None:
    from tests.documents.schemas import faults_by_sarif_schema

    log = json.loads(json_text(sarif_log(inspections)))
    assert faults_by_sarif_schema(log) == []
    assert faults_by_sarif_schema({**log, "version": "2.0.0", "time": 1}) != []


def test_the_log_says_by_what_and_how_it_was_made() -> None:
    log = sarif_log([made(BARE)])
    run = log["runs"][0]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "perfeval")
    assert run["tool"]["driver"]["language"] == run["language"] == "zh-CN"
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"


def test_the_same_findings_make_the_same_log() -> None:
    assert json_text(sarif_log([real()])) == json_text(sarif_log([real()]))


def test_there_is_a_rule_for_each_check_that_found_something_and_results_point_to_it() -> None:
    inspection = real()
    run = _run(inspection)
    rules = run["tool"]["driver"]["rules"]
    waived = {item.finding.code for item in inspection.waived}
    assert {rule["id"] for rule in rules} == {item.code for item in inspection.findings} | waived
    assert all(rules[item["ruleIndex"]]["id"] == item["ruleId"] for item in run["results"])
    assert len(run["results"]) == len(inspection.causes) + len(inspection.waived)


def test_a_rule_has_the_page_of_its_check() -> None:
    (rule,) = _run(made(EVIDENCE))["tool"]["driver"]["rules"]
    check, page = CHECKS["BX107"], page_of("BX107")
    assert (rule["id"], rule["name"]) == ("BX107", check.name)
    assert rule["shortDescription"]["text"] == page.problem
    assert rule["fullDescription"]["text"] == page.problem + page.impact
    lines = [f"{head}：{text}" for head, text in zip(HEADINGS, page, strict=True)]
    assert rule["help"]["text"] == "\n".join(lines)
    assert rule["help"]["markdown"].startswith("**问题**：")
    assert rule["help"]["markdown"].count("\n\n") == len(HEADINGS) - 1
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["properties"] == {"nature": "evidence", "scope": "sheet"}


def test_a_page_cannot_become_markup() -> None:
    """The page of TX101 quotes the marks ** that templates leave behind."""
    (rule,) = _run(made(Finding("TX101", Severity.WARNING, "甲")))["tool"]["driver"]["rules"]
    assert r"\*\*、" in rule["help"]["markdown"]


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")],
)
def test_a_result_has_its_own_level(severity: Severity, level: str) -> None:
    assert _result(Finding("PT102", severity, "甲"))["level"] == level


def test_a_result_says_what_is_the_case_where_and_what_to_do() -> None:
    result = _result(BRACKETS)
    assert result["message"] == {
        "text": "发文字号“青财预[2024]1号”的括号不对（请写成 青财预〔2024〕1号）"
    }
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "%E8%87%AA%E8%AF%84/%E5%85%BB%E8%80%81%201.yaml"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert location["logicalLocations"] == [{"name": "说明", "fullyQualifiedName": "说明"}]
    assert result["partialFingerprints"] == {"perfeval/v1": "0123456789abcdef"}


def test_a_path_of_several_steps_is_named_in_full() -> None:
    finding = Finding("PT102", Severity.ERROR, "甲", ("指标", 5, "已填报得分"))
    assert _result(finding)["locations"] == [
        {"logicalLocations": [{"name": "已填报得分", "fullyQualifiedName": "指标/5/已填报得分"}]}
    ]


def test_a_finding_without_a_line_has_its_file_only() -> None:
    (location,) = _result(EVIDENCE)["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "%E7%94%B2.yaml"}}


def test_a_finding_without_any_place_is_still_a_result() -> None:
    result = _result(Finding("YM114", Severity.ERROR, "问题太多"))
    assert result["locations"] == []
    assert "partialFingerprints" not in result


def test_points_at_stake_are_text_and_the_nature_is_a_word() -> None:
    assert _result(EVIDENCE)["properties"] == {"nature": "evidence", "stake": "-0.50"}
    assert _result(BARE)["properties"] == {"nature": "decidable"}


def test_what_is_waived_is_suppressed_for_its_reason_and_nothing_else_is() -> None:
    """§3.27.23: either every result of a run says whether it is suppressed, or none does."""
    results = _run(made(BARE, waived=(Waived(EVIDENCE, "财务科批准"),)))["results"]
    assert [result["suppressions"] for result in results] == [
        [],
        [{"kind": "external", "status": "accepted", "justification": "财务科批准"}],
    ]


@pytest.mark.parametrize(
    ("message", "text"),
    [("{0} 不对", "{{0}} 不对"), ("[点](http://a.example)", "[点] (http://a.example)")],
)
def test_no_message_becomes_a_placeholder_or_a_link(message: str, text: str) -> None:
    assert _result(Finding("PT102", Severity.ERROR, message))["message"]["text"] == text


def test_a_fix_replaces_exactly_its_characters() -> None:
    (fix,) = _result(BRACKETS)["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == file_uri(BRACKETS.file)
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    assert (region["startLine"], region["endLine"]) == (3, 3)
    line = BRACKETS.excerpt
    before, after = line[: region["startColumn"] - 1], line[region["endColumn"] - 1 :]
    mended = before + replacement["insertedContent"]["text"] + after
    assert mended == "说明: 见青财预〔2024〕1号文"


@pytest.mark.parametrize(
    "uncertain",
    [
        BRACKETS._replace(excerpt="说明: [2024]1号、[2024]1号"),
        BRACKETS._replace(excerpt="说明: |"),
        BRACKETS._replace(excerpt="说明: 见下  # [2024]1号"),
        BRACKETS._replace(excerpt="[2024]1号: 甲", places=(TextPlace(3, 11),)),
        BRACKETS._replace(excerpt=""),
        BRACKETS._replace(places=()),
        BRACKETS._replace(file=""),
        BRACKETS._replace(path=("已填报", "说明")),
    ],
    ids=["twice", "below", "comment", "before", "long line", "no line", "no file", "filed"],
)
def test_a_fix_whose_place_is_not_certain_is_left_out(uncertain: Finding) -> None:
    assert "fixes" not in _result(uncertain)


def test_of_two_places_only_one_may_stand_at_or_after_the_column() -> None:
    finding = BRACKETS._replace(excerpt="{[2024]1号: 见[2024]1号文}", places=(TextPlace(3, 12),))
    (fix,) = _result(finding)["fixes"]
    region = fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (region["startColumn"], region["endColumn"]) == (13, 21)


def test_a_fix_that_overlaps_itself_is_not_certain() -> None:
    finding = BRACKETS._replace(excerpt="说明: 。。。", fix=Fix("。。", "。"))
    assert "fixes" not in _result(finding)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("自评/a b.yaml", "%E8%87%AA%E8%AF%84/a%20b.yaml"),
        ("./a//b.yaml", "a/b.yaml"),
        ("../甲.yaml", "../%E7%94%B2.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("100%#?.yaml", "100%25%23%3F.yaml"),
        (r"自评\甲.yaml", "%E8%87%AA%E8%AF%84/%E7%94%B2.yaml"),
        ("/srv/甲.yaml", "file:///srv/%E7%94%B2.yaml"),
        (r"C:\自评\a.yaml", "file:///C:/%E8%87%AA%E8%AF%84/a.yaml"),
        ("C:/a.yaml", "file:///C:/a.yaml"),
        (r"\\主机\共享\a.yaml", "file://%E4%B8%BB%E6%9C%BA/%E5%85%B1%E4%BA%AB/a.yaml"),
        ("shipped:qingshan-2023/老", "shipped:qingshan-2023/%E8%80%81"),
        ("\udce7.yaml", "%3F.yaml"),
    ],
)
def test_the_name_of_a_file_becomes_a_uri(name: str, uri: str) -> None:
    assert file_uri(name) == uri


def test_the_uri_of_a_shipped_sheet_reads_back_as_its_name() -> None:
    for result in _run(real())["results"]:
        location = result["locations"][0]["physicalLocation"]
        assert unquote(location["artifactLocation"]["uri"]) == REAL
        assert location["region"]["startLine"] >= 1
