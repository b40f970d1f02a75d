"""``perfeval checks``: the list, a family, and the page of one check."""

from __future__ import annotations

import json

import pytest

from perfeval.checks.registry import CHECKS, RETIRED
from perfeval.documents.findings.check_pages import HEADINGS
from perfeval.documents.findings.inspections import FAMILIES
from perfeval.documents.findings.reference import check_markdown, checks_index
from tests.cli.conftest import Command


def test_every_check_is_listed_once_with_level_nature_and_scope(command: Command) -> None:
    outcome = command("checks")
    assert (outcome.code, outcome.err) == (0, "")
    rows = [line.split() for line in outcome.out.splitlines()]
    listed = {row[0]: row[1:4] for row in rows if row and row[0] in CHECKS}
    assert listed == {
        code: [check.severity.value, check.nature.value, check.scope.value]
        for code, check in CHECKS.items()
    }
    assert sum(outcome.out.count(f"\n{code} ") for code in CHECKS) == len(CHECKS)


def test_every_family_has_a_chinese_name_above_its_checks(command: Command) -> None:
    assert {code[:2] for code in CHECKS} <= set(FAMILIES)
    lines = command("checks").out.splitlines()
    at = lines.index("预算执行（BX）")
    assert lines[at - 1] == ""
    assert lines[at + 1].startswith("BX101 ")


def test_the_page_of_a_check_has_all_headings_level_and_nature(command: Command) -> None:
    outcome = command("checks", "BX101")
    assert (outcome.code, outcome.err) == (0, "")
    words = [line.split()[0] for line in outcome.out.splitlines() if line and line[0] != " "]
    assert words == ["BX101", "级别", "性质", "看什么", *HEADINGS]
    assert "\n例子    预算数 1286.70、执行数 1269.62，填报 98.70%。\n" in outcome.out
    assert "\n级别    错误：" in outcome.out


@pytest.mark.parametrize("written", ["bx101", " BX101 ", "Bx101"])
def test_a_code_may_be_written_in_any_case(command: Command, written: str) -> None:
    assert command("checks", written).out == command("checks", "BX101").out


def test_two_letters_list_their_family_alone(command: Command) -> None:
    lines = command("checks", "pt").out.splitlines()
    codes = {line[:5] for line in lines[3:] if not line.startswith(" ")}
    assert codes == {code for code in CHECKS if code.startswith("PT")}
    assert lines[2] == "得分（PT）"


def test_an_unknown_code_ends_2_with_the_nearest_ones(command: Command) -> None:
    outcome = command("checks", "BX1O1")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("没有编号是“BX1O1”的校核；相近的有 ")
    assert "BX101" in outcome.err


@pytest.mark.parametrize("written", [" ", "分值", "???"])
def test_what_resembles_no_code_ends_2_with_what_to_do(command: Command, written: str) -> None:
    outcome = command("checks", written)
    assert (outcome.code, outcome.out) == (2, "")
    assert "用 perfeval checks 列出全部编号" in outcome.err


def test_a_retired_code_shows_its_heir_and_says_so(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RETIRED, "BX001", "BX002")
    monkeypatch.setitem(RETIRED, "BX002", "BX101")
    outcome = command("checks", "bx001")
    assert outcome.code == 0
    first, rest = outcome.out.split("\n\n", 1)
    assert first == "BX001 已停用，由 BX101 代替。"
    assert rest == command("checks", "BX101").out
    data = json.loads(command("checks", "BX001", "--json").out)
    assert [check["code"] for check in data["checks"]] == ["BX101"]
    assert data["retired"] == {"BX001": "BX101"}


def test_json_has_every_check_under_english_names(command: Command) -> None:
    checks = json.loads(command("checks", "--json").out)["checks"]
    assert {check["code"] for check in checks} == set(CHECKS)
    (one,) = json.loads(command("checks", "bx101", "--json").out)["checks"]
    assert set(one) == {
        "code",
        "name",
        "family",
        "severity",
        "nature",
        "scope",
        "problem",
        "impact",
        "example",
        "instead",
        "source",
    }
    assert (one["severity"], one["nature"], one["scope"]) == ("error", "decidable", "sheet")


def test_json_of_an_unknown_code_has_the_error(command: Command) -> None:
    outcome = command("checks", "XX999", "--json")
    assert outcome.code == 2
    assert "XX999" in json.loads(outcome.out)["error"]


def test_the_markdown_of_a_check_is_a_section_that_the_index_links() -> None:
    index = checks_index(CHECKS.values(), {"BX001": "BX101"})
    assert check_markdown(CHECKS["BX101"]).startswith("## BX101\n")
    assert "| [BX101](BX.md#bx101) | 错误 | 可判定 | 自评表 |" in index
    assert "| BX001 | [BX101](BX.md#bx101) |" in index
    assert "停用的编号" not in checks_index(CHECKS.values(), {})
