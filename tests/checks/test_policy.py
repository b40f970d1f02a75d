"""Which checks run, how much they weigh, and what the ledger says of each of them."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Severity, checks
from perfeval.checks import SHEET_SCOPES
from perfeval.checks.ledgers import with_waived
from perfeval.checks.policy import Selection, faults_of_choice, policy_of
from perfeval.checks.registry import (
    CHECKS,
    FINE,
    LACKING,
    SHEET_CHECKS,
    Fault,
    Result,
    Results,
    Scope,
    sheet_check,
)
from perfeval.checks.settling import CheckOptions
from perfeval.documents.findings.terminal import ledger_text
from perfeval.findings import Inspection, Nature, Status
from tests.checks.blocks import Mixture, blocks, clean, write
from tests.scoring.rulebooks import varied

SHEET = "社区文艺演出.yaml"
FAULTS = {str(block): block for block in blocks()}
THREE = Mixture(
    tuple(
        FAULTS[name]
        for name in (
            "FM102 fail_nothing_ticked",
            "RS104 fail_a_missed_target_and_no_reason",
            "VA115 fail_about_as_a_target",
        )
    )
)
"""A warning, a warning and an error, all in one sheet."""
OFTEN = ("", "V", "VA", "VA1", "VA11", "VA115", "FM", "FM102", "RS", "RS1", "RS104", "PT", "BX101")
beginnings = st.lists(st.sampled_from([item for item in OFTEN if item]), max_size=3).map(tuple)


def used(selection: Selection, **checking: object) -> set[str]:
    """Return the codes of sheets and departments that are used."""
    book = varied("hubei-2020", {"校核": checking})
    disabled = policy_of(book, selection).disabled
    return {code for code, check in CHECKS.items() if check.scope is not Scope.FILE} - disabled


def family(*beginnings: str) -> set[str]:
    """Return the codes that begin so."""
    return {
        code
        for code, check in CHECKS.items()
        if check.scope is not Scope.FILE and code.startswith(beginnings)
    }


ALL = family("")


# -- selection -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "ignore", "disabled", "expected"),
    [
        ((), (), (), ALL),
        (("PT",), (), (), family("PT")),
        (("PT102", "BX"), (), (), family("PT102", "BX")),
        ((), ("PT",), (), ALL - family("PT")),
        (("PT",), ("PT102",), (), family("PT") - {"PT102"}),
        (("PT102",), ("PT",), (), {"PT102"}),
        (("PT102",), ("PT102",), (), {"PT102"}),
        ((), (), ("PT",), ALL - family("PT")),
        ((), ("BX",), ("PT102",), ALL - family("BX") - {"PT102"}),
        (("PT",), (), ("PT",), family("PT")),
        (("PT102",), (), ("PT",), {"PT102"}),
        (("BX",), (), ("PT",), family("BX")),
        ((), (), ("PT", "PT102"), ALL - family("PT")),
    ],
)
def test_what_is_named_more_exactly_wins_and_the_caller_goes_before_the_rulebook(
    select: tuple[str, ...], ignore: tuple[str, ...], disabled: tuple[str, ...], expected: set[str]
) -> None:
    assert used(Selection(select, ignore), 停用=list(disabled)) == expected


def test_what_cannot_be_read_cannot_be_chosen_away(tmp_path: Path) -> None:
    path = tmp_path / SHEET
    path.write_text(clean()[SHEET].replace("年度: 2024", "年度: 两千"), encoding="utf-8")
    for selection in (Selection(("PT",)), Selection(ignore=("SH", "SH105"))):
        report = perfeval.evaluate(path, terms=CheckOptions(selection))
        assert [item.code for item in report.findings] == ["SH105"]


@given(beginnings, beginnings)
def test_a_selection_leaves_findings_out_and_changes_none(
    select: tuple[str, ...], ignore: tuple[str, ...]
) -> None:
    """The findings are those of all checks whose code is used; the others are disabled."""
    card = perfeval.score(perfeval.load_sheet(spoilt()), perfeval.load_rulebook("hubei-2020"))
    whole, part = checks.examine(card), checks.examine(card, Selection(select, ignore))
    disabled = policy_of(card.rulebook, Selection(select, ignore)).disabled
    assert part.findings == tuple(item for item in whole.findings if item.code not in disabled)
    assert part.ledger == {
        code: Status.DISABLED if code in disabled else status
        for code, status in whole.ledger.items()
    }


def spoilt() -> dict[str, object]:
    """Return a sheet with the three faults, as a plain dict."""
    from perfeval.source import read_text

    data = read_text(THREE.files()[SHEET], SHEET).data
    assert isinstance(data, dict)
    return data


# -- levels --------------------------------------------------------------------------------------


def test_the_caller_sets_a_level_before_the_rulebook_and_the_rulebook_before_the_check() -> None:
    book = varied("hubei-2020", {"校核": {"级别": {"FM102": "错误", "RS104": "提示"}}})
    terms = CheckOptions(Selection(severities=(("RS104", Severity.ERROR),)))
    (plain, of_place, asked) = (
        {item.code: item.severity for item in perfeval.evaluate(spoilt(), **given).findings}
        for given in ({}, {"rulebook": book}, {"rulebook": book, "terms": terms})
    )
    error, warning, info = Severity.ERROR, Severity.WARNING, Severity.INFO
    assert plain == {"FM102": warning, "RS104": warning, "VA115": error}
    assert of_place == {"FM102": error, "RS104": info, "VA115": error}
    assert asked == {"FM102": error, "RS104": error, "VA115": error}


@pytest.mark.parametrize(
    ("code", "level", "fault"),
    [
        ("PT102", None, ""),
        ("PT", None, ""),
        ("P", None, ""),
        ("PT999", None, "没有编号是“PT999”的校核"),
        ("pt102", None, "没有编号是“pt102”的校核"),
        ("", None, "没有编号是“”的校核"),
        ("PT102", Severity.INFO, ""),
        ("IN102", Severity.WARNING, ""),
        ("IN102", Severity.ERROR, "IN102 是推测或需佐证的校核，不能设为“错误”"),
        ("BX107", Severity.ERROR, "BX107 是推测或需佐证的校核，不能设为“错误”"),
        ("IN", Severity.ERROR, "IN 是推测或需佐证的校核，不能设为“错误”"),
        ("SH104", Severity.INFO, "SH104 是读取中发现的问题，不能改级别"),
        ("PT999", Severity.INFO, "没有编号是“PT999”的校核"),
    ],
)
def test_a_choice_that_cannot_be_is_told(code: str, level: Severity | None, fault: str) -> None:
    assert faults_of_choice(code, level) == fault


# -- the rulebook's own choice -------------------------------------------------------------------

BOOK = """\
编号: example
名称: 示例区的办法
地区: 示例区
版本: "1"
继承: hubei-2020
校核:
"""


def with_rulebook(folder: Path, block: str) -> perfeval.Report:
    """Evaluate the sheet with three faults by a rulebook of its own."""
    (folder / "办法.yml").write_text(BOOK + block, encoding="utf-8")
    text = THREE.files()[SHEET].replace("评分办法: hubei-2020", "评分办法: 办法.yml")
    (folder / SHEET).write_text(text, encoding="utf-8")
    return perfeval.evaluate(folder / SHEET)


def test_a_rulebook_leaves_checks_out_and_sets_their_levels(tmp_path: Path) -> None:
    report = with_rulebook(tmp_path, "  停用: [VA1, BX107]\n  级别: {FM102: 提示}\n")
    found = [(item.code, item.severity) for item in report.findings]
    assert found == [("RS104", Severity.WARNING), ("FM102", Severity.INFO)]
    assert {code for code, status in report.ledger.items() if status is Status.DISABLED} == (
        family("VA1", "BX107")
    )


@pytest.mark.parametrize(
    ("block", "line", "message"),
    [
        ("  停用: [PT102, PT999]\n", 7, "没有编号是“PT999”的校核"),
        ("  停用: [FM, XX]\n", 7, "没有编号是“XX”的校核"),
        ("  级别: {PT999: 提示}\n", 7, "没有编号是“PT999”的校核"),
        ("  停用: []\n  级别: {IN102: 错误}\n", 8, "IN102 是推测或需佐证的校核，不能设为“错误”"),
        ("  级别: {SH104: 提示}\n", 7, "SH104 是读取中发现的问题，不能改级别"),
    ],
)
def test_a_rulebook_that_chooses_what_cannot_be_is_refused(
    tmp_path: Path, block: str, line: int, message: str
) -> None:
    report = with_rulebook(tmp_path, block)
    found = [(item.code, item.line, item.message) for item in report.findings]
    assert ("RB105", line, message) in found
    assert [code for code, _, _ in found] == ["SH110", "RB105"]
    assert report.ledger["RB105"] is Status.FAILED
    assert report.ledger["PT102"] is Status.UNREADABLE


def test_a_rulebook_may_disable_a_family_and_set_any_level_that_fits(tmp_path: Path) -> None:
    """A near miss of RB105."""
    report = with_rulebook(tmp_path, "  停用: [IN]\n  级别: {IN102: 警告, PT102: 错误}\n")
    assert report.ledger["RB105"] is Status.PASSED


# -- the ledger ----------------------------------------------------------------------------------

OF_FILES = [code for code, check in CHECKS.items() if check.scope is Scope.FILE]
OF_SHEETS = [code for code, check in CHECKS.items() if check.scope in SHEET_SCOPES]
OF_DEPARTMENTS = [code for code, check in CHECKS.items() if check.scope is Scope.DEPARTMENT]


@pytest.fixture
def inspections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Inspection, ...]:
    """Return a department with a fault, a file that is not read and one without a rulebook."""
    files = THREE.files()
    files["便民热线运行.yaml"] = "评分办法: [\n"
    files["无障碍设施改造.yaml"] = "评分办法: hubei-2019\n年度: 2024\n项目名称: 示例\n"
    terms = CheckOptions(Selection(ignore=("WT1",)))
    write(tmp_path / "部门", files)
    monkeypatch.chdir(tmp_path)
    return perfeval.evaluate_department("部门", terms=terms).inspections


def test_every_file_has_a_status_for_every_check_of_its_kind(
    inspections: tuple[Inspection, ...],
) -> None:
    own, *sheets = inspections
    assert sorted(own.ledger) == sorted([*OF_FILES, *OF_DEPARTMENTS])
    for sheet in sheets:
        assert sorted(sheet.ledger) == sorted([*OF_FILES, *OF_SHEETS])
    elsewhere = (Scope.DOCUMENT, Scope.ACCOUNT, Scope.REVIEW)
    of_documents = [code for code, check in CHECKS.items() if check.scope in elsewhere]
    counted = (OF_FILES, OF_SHEETS, OF_DEPARTMENTS, of_documents)
    assert sum(map(len, counted)) == len(CHECKS)


def test_the_printed_totals_add_up(inspections: tuple[Inspection, ...]) -> None:
    """The last column of a row is the number of checks, and the last row the sum of all."""
    lines = ledger_text(inspections).split("\n")[1 : len(inspections) + 2]
    figures = [[int(word) for word in line.split()[1:]] for line in lines]
    assert [sum(row[:-1]) for row in figures] == [row[-1] for row in figures]
    assert [row[-1] for row in figures[:-1]] == [len(item.ledger) for item in inspections]
    assert figures[-1] == [sum(column) for column in zip(*figures[:-1], strict=True)]


def statuses(item: Inspection, *beginnings: str) -> Counter[Status]:
    return Counter(
        status for code, status in item.ledger.items() if code.startswith(beginnings or "")
    )


def test_a_file_that_cannot_be_read_has_passed_nothing(
    inspections: tuple[Inspection, ...],
) -> None:
    item = inspections[1]
    assert (item.title, item.ledger["YM104"]) == ("", Status.FAILED)
    assert {item.ledger[code] for code in OF_SHEETS} == {Status.UNREADABLE, Status.DISABLED}
    assert [code for code in OF_SHEETS if item.ledger[code] is Status.DISABLED] == [
        code for code in OF_SHEETS if code.startswith("WT1")
    ]
    assert Status.PASSED not in statuses(item)


def test_a_sheet_without_a_rulebook_was_read_and_not_checked(
    inspections: tuple[Inspection, ...],
) -> None:
    item = inspections[3]
    assert (item.title, item.ledger["SH110"]) == ("示例", Status.FAILED)
    assert statuses(item, "YM") == {Status.PASSED: len([c for c in OF_FILES if c[:2] == "YM"])}
    assert statuses(item, "RB", "PT", "VA").keys() == {Status.UNREADABLE}
    assert {item.ledger[code] for code in OF_SHEETS} == {Status.UNREADABLE, Status.DISABLED}


def test_a_sheet_with_faults_has_failed_those_checks_alone(
    inspections: tuple[Inspection, ...],
) -> None:
    item = inspections[4]
    failed = sorted(code for code, status in item.ledger.items() if status is Status.FAILED)
    assert failed == ["FM102", "RS104", "VA115"]
    assert item.ledger["PT104"] is Status.LACKING
    assert item.ledger["WT101"] is Status.DISABLED
    assert item.ledger["BX107"] is Status.NOT_APPLICABLE
    assert item.ledger["PT102"] is Status.LACKING
    assert item.ledger["BX101"] is Status.PASSED


def test_what_is_no_sheet_at_all_has_passed_none_of_the_checks_of_its_fields(
    tmp_path: Path,
) -> None:
    """A list is a text with data in it, and none of the fields of a sheet was looked at."""
    (tmp_path / "甲.yaml").write_text("- a\n- b\n", encoding="utf-8")
    item = perfeval.evaluate(tmp_path / "甲.yaml").inspection
    assert [finding.code for finding in item.findings] == ["SH103"]
    of_fields = len([code for code in OF_FILES if code[:2] == "SH"])
    assert statuses(item, "SH") == {Status.FAILED: 1, Status.UNREADABLE: of_fields - 1}
    assert statuses(item, "WV", "RB").keys() == {Status.UNREADABLE}
    assert statuses(item, "YM").keys() == {Status.PASSED}


def test_a_check_that_does_not_apply_does_not_lack_the_file_that_is_not_read(
    tmp_path: Path,
) -> None:
    files = {**clean(), "笔记.yaml": "- 一\n"}
    (own, *_) = perfeval.evaluate_department(write(tmp_path / "部门", files)).inspections
    assert own.ledger["DP209"] is Status.NOT_APPLICABLE
    assert own.ledger["DP204"] is Status.LACKING


def test_a_claim_of_a_department_without_a_sheet_is_not_found_true(tmp_path: Path) -> None:
    text = "部门名称: 甲局\n年度: 2024\n评分办法: hubei-2020\n组织情况: 圆满完成各项目标\n"
    (tmp_path / "department.yaml").write_text(text, "utf-8")
    assert perfeval.evaluate_department(tmp_path).ledger["DP212"] is Status.LACKING


def test_the_money_of_another_year_is_not_held_against_this_years_accounts(tmp_path: Path) -> None:
    files = dict(clean())
    files["旧表.yaml"] = files["无障碍设施改造.yaml"].replace("年度: 2024", "年度: 2023")
    found = perfeval.evaluate_department(write(tmp_path / "部门", files)).findings
    assert "DP205" in {finding.code for finding in found}
    assert "DP111" not in {finding.code for finding in found}


RULED = (
    ("hubei-2020", "BX104 VA109 VA114 VA201", "BX110 RS109 VA113 VA206 VA207"),
    ("guangxi", "RS109", "VA206 VA207"),
    ("anhui", "VA206", "RS109 VA207"),
    ("jiangxi", "BX110", "BX104"),
    ("beijing", "VA109", "VA114"),
)


@pytest.mark.parametrize(("name", "holds", "not_held"), RULED, ids=[case[0] for case in RULED])
def test_a_check_of_notes_applies_where_the_rulebook_has_the_rule_they_arise_from(
    name: str, holds: str, not_held: str
) -> None:
    """Every sheet has a budget row; what is blank there, or in every row, tells nothing."""
    head = {"评分办法": name, "年度": 2024, "项目名称": "示例"}
    money = {"预算": {"年初预算数": 1, "预算数": 1, "执行数": 1}}
    row = {
        "一级指标": "产出",
        "二级指标": "数量",
        "名称": "甲",
        "分值": 10,
        "目标值": "≥1个",
        "完成值": "1个",
    }
    ledger = perfeval.evaluate({**head, **money, "指标": [row]}).ledger
    bare = perfeval.evaluate(head).ledger
    blank = perfeval.evaluate({**head, "指标": [{**row, "完成值": None}]}).ledger
    for code in holds.split():
        assert (code, ledger[code]) == (code, Status.PASSED)
        of_rows = Status.LACKING if code[:2] == "BX" else Status.NOT_APPLICABLE
        assert (code, bare[code]) == (code, of_rows)
        assert (code, blank[code]) == (code, Status.LACKING)
    for code in not_held.split():
        assert (code, ledger[code], bare[code]) == (code, *[Status.NOT_APPLICABLE] * 2)


def test_a_project_without_a_sheet_is_not_known_while_a_file_is_unread(
    inspections: tuple[Inspection, ...],
) -> None:
    assert inspections[0].ledger["DP202"] is Status.LACKING


@pytest.mark.parametrize(
    ("said", "status", "message"),
    [
        (3, Status.FAILED, "称公布项目 3 个，自评表有 4 张，还有 2 个文件没有读通，至少多 1 个"),
        (4, Status.LACKING, ""),
        (6, Status.LACKING, ""),
        (7, Status.FAILED, "称公布项目 7 个，自评表有 4 张，还有 2 个文件没有读通，至少少 1 个"),
    ],
)
def test_a_file_that_is_not_read_may_be_a_project_or_none(
    said: int, status: Status, message: str, tmp_path: Path
) -> None:
    files = {**clean(), "笔记.yaml": "- 一\n- 二\n", "旧稿.yaml": "评分办法: [\n"}
    files["department.yaml"] = files["department.yaml"].replace(
        "公布项目数: 4", f"公布项目数: {said}"
    )
    own, *_ = perfeval.evaluate_department(write(tmp_path / "部门", files)).inspections
    assert own.ledger["DP101"] is status
    found = [item.message for item in own.findings if item.code == "DP101"]
    assert found == ([message] if message else [])


def test_a_department_that_cannot_be_read_has_passed_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "部门", {**clean(), "department.yaml": "年度: 2024\n"})
    own, *sheets = perfeval.evaluate_department(folder).inspections
    assert {own.ledger[code] for code in OF_DEPARTMENTS} == {Status.UNREADABLE}
    assert [item.findings for item in sheets] == [()] * 4


def test_a_check_is_waived_only_when_all_its_findings_are() -> None:
    report = perfeval.evaluate(spoilt())
    first, second, third = report.findings
    waived = [perfeval.findings.Waived(first, "示例")]
    ledger = with_waived(report.ledger, (second, third), waived)
    assert ledger[first.code] is Status.WAIVED
    assert ledger[second.code] is Status.FAILED
    ledger = with_waived(report.ledger, (first, second, third), waived)
    assert ledger[first.code] is Status.FAILED


results = st.lists(st.sampled_from([FINE, LACKING, Fault("示例")]), max_size=5)


@given(results)
def test_what_was_not_checked_is_never_passed(seen: list[Result]) -> None:
    """One fault fails; without one, what lacks data lacks it; only what was seen is passed."""
    expected = Status.NOT_APPLICABLE
    if any(isinstance(item, Fault) for item in seen):
        expected = Status.FAILED
    elif LACKING in seen:
        expected = Status.LACKING
    elif seen:
        expected = Status.PASSED
    with made_up(seen) as code:
        card = perfeval.score(perfeval.load_sheet(spoilt()), perfeval.load_rulebook("hubei-2020"))
        for selection, status in (
            (Selection((code,)), expected),
            (Selection(ignore=(code,)), Status.DISABLED),
        ):
            examination = checks.examine(card, selection)
            assert examination.ledger[code] is status
            found = [item for item in examination.findings if item.code == code]
            assert len(found) == (seen.count(Fault("示例")) if status is Status.FAILED else 0)


class made_up:  # noqa: N801 - used like a function
    """A check that sees what it is told to see, entered in the list for a while."""

    def __init__(self, seen: list[Result]) -> None:
        self._seen = seen

    def __enter__(self) -> str:
        def made_up(_card: perfeval.Scorecard) -> Results:
            yield from self._seen

        sheet_check("ZZ101", Severity.ERROR)(made_up)
        checks.policy._policy.cache_clear()
        return "ZZ101"

    def __exit__(self, *_: object) -> None:
        del CHECKS[SHEET_CHECKS.pop().code]
        checks.policy._policy.cache_clear()


# -- what cannot be told -------------------------------------------------------------------------

READ, PLAY, RAMP, LINE, WHOLE = (
    "公共阅览室开放.yaml",
    "社区文艺演出.yaml",
    "无障碍设施改造.yaml",
    "便民热线运行.yaml",
    "department.yaml",
)
NO_SPENDING = ("  执行数: 96\n", "")
NO_RIGHT_YEAR = ("年度: 2024", "年度: 二〇二四")
ALL_DONE = (
    (READ, [("完成值: 1900册", "完成值: 2000册")]),
    (PLAY, [("完成值: 38场", "完成值: 40场"), ("完成值: 2.5万元", "完成值: 2.4万元")]),
    (LINE, [("完成值: 93.1%", "完成值: 95%")]),
)
CLAIM = ("整体自评: {", "组织情况: 全部完成年度目标\n整体自评: {")
NO_ROWS = [(clean()[RAMP].partition("指标:\n")[2].partition("原因分析: ")[0], ""), ("指标:\n", "")]
UNSCORED: list[tuple[Any, ...]] = [
    ("BX101", PLAY, [NO_SPENDING]),
    ("BX106", PLAY, [NO_SPENDING, ("  预算数: 100\n", "  其中调拨: 3\n")]),
    ("BX107", RAMP, [("  执行数: 48", "  执行数: 48\n  其中调拨: 50.5")]),
    ("BX108", READ, [("预算数: 10, 执行数: 10}", "预算数: 10}")]),
    ("BX109", READ, [("完成值: 306天, ", "")]),
    ("PT101", PLAY, [NO_SPENDING]),
    ("PT102", READ, [("完成值: 306天, ", "")]),
    ("PT103", READ, [("阅览室开放天数, 分值: 10,", "阅览室开放天数,")]),
    ("PT104", READ, [("完成值: 306天, ", "")]),
    ("PT107", READ, [("完成值: 306天, ", "")]),
    ("PT108", READ, [("完成值: 306天, ", "")]),
    ("PT109", READ, [("完成值: 306天, 已填报得分: 10}", "完成值: 306天}")]),
    ("PT110", READ, [("总分: 99, ", ""), ("完成值: 306天, ", "")]),
    ("RS106", RAMP, [("完成值: 16处, ", "")]),
    ("RS107", RAMP, [("  执行数: 48\n", ""), ("资金没有结余", "资金略有结余")]),
    ("RS110", RAMP, [("完成值: 16处, ", "")]),
    ("DP103", WHOLE, [], (PLAY, [("  预算数: 100\n", "")])),
    ("DP104", WHOLE, [("分子: 基金支出,", "分子: 基金支出数,")]),
    ("DP105", WHOLE, [("分子: 基金支出,", "分子: 基金支出数,")]),
    ("DP106", WHOLE, [("各项: [基本支出, 项目支出]", "各项: [基本支出, 别的支出]")]),
    ("DP207", WHOLE, [], (PLAY, [("总分: 98.3, ", "")]), (READ, [("总分: 99, ", "")])),
    ("DP208", WHOLE, [("得分: 97.6, ", "")]),
    (
        "DP209",
        WHOLE,
        [("目标完成率: 96%", "目标完成率: 100%")],
        (READ, [("完成值: 1900册, ", "")]),
        (PLAY, [("完成值: 38场", "完成值: 40场"), ("完成值: 2.5万元", "完成值: 2.4万元")]),
        (LINE, [("完成值: 93.1%", "完成值: 95%")]),
    ),
    ("PT104", READ, [("阅览室开放天数, 分值: 10,", "阅览室开放天数, 分值: 8,")]),
    ("RS111", RAMP, [("完成值: 16处, ", ""), ("资金没有结余", "全部完成年度目标")]),
    ("IN108", RAMP, [("改造坡道, 分值: 8,", "改造坡道, 分值: 6,")]),
    ("TX106", READ, [("  执行数: 62.4\n", "")]),
    ("FM102", RAMP, [*NO_ROWS, ("项目属性: 新增性项目\n", "")]),
    ("FM103", RAMP, [*NO_ROWS, ("实施单位: 示例区设施管理所\n", "")]),
    ("DP101", WHOLE, [], (READ, [NO_RIGHT_YEAR])),
    ("DP202", WHOLE, [], (READ, [NO_RIGHT_YEAR])),
    ("DP211", WHOLE, [("项目:\n", "摘要项目: [公共阅览室开放]\n项目:\n")], (READ, [NO_RIGHT_YEAR])),
    ("DP104", WHOLE, [("基金预算: {数: 82,", "基金预算: {数: -1,")]),
    ("DP108", WHOLE, [], (RAMP, [("  执行数: 48\n", "  执行数: 48\n  其中调拨: 5\n")])),
    ("DP110", WHOLE, [("分子: 基金支出,", "分子: 基金支出数,")]),
    ("DP111", WHOLE, [], (PLAY, [NO_SPENDING])),
    ("DP212", WHOLE, [CLAIM], *ALL_DONE, (RAMP, [("完成值: 16处, ", "")])),
]
"""A check, its file, and edits (there and elsewhere) after which the data do not suffice."""
TOLD: list[tuple[Any, ...]] = [
    ("BX106", RAMP, [("  执行数: 48\n", "  执行数: 48\n  其中调拨: 5\n")]),
    ("RS107", RAMP, [("  执行数: 48\n", "  执行数: 47\n"), ("资金没有结余", "资金略有结余")]),
    ("RS111", RAMP, [("资金没有结余", "全部完成年度目标")]),
    ("DP209", WHOLE, [("目标完成率: 96%", "目标完成率: 100%")], *ALL_DONE),
    ("DP211", WHOLE, [("项目:\n", "摘要项目: [公共阅览室开放]\n项目:\n")]),
    ("DP212", WHOLE, [CLAIM], *ALL_DONE),
]
"""The same, where the data do suffice and all is well."""


@pytest.mark.parametrize("case", UNSCORED, ids=[case[0] for case in UNSCORED])
def test_what_cannot_be_told_for_want_of_data_is_neither_passed_nor_failed(
    case: tuple[Any, ...], tmp_path: Path
) -> None:
    assert_becomes(Status.LACKING, case, tmp_path)


@pytest.mark.parametrize("case", TOLD, ids=[case[0] for case in TOLD])
def test_what_was_looked_at_and_is_well_is_passed(case: tuple[Any, ...], tmp_path: Path) -> None:
    assert_becomes(Status.PASSED, case, tmp_path)


def assert_becomes(expected: Status, case: tuple[Any, ...], tmp_path: Path) -> None:
    code, file, own, *others = case
    files = dict(clean())
    for name, changes in ((file, own), *others):
        for old, new in changes:
            assert files[name].count(old) == 1, old
            files[name] = files[name].replace(old, new)
    report = perfeval.evaluate_department(write(tmp_path / "部门", files))
    (item,) = [one for one in report.inspections if Path(one.name).name == file]
    assert item.ledger[code] is expected
    assert code not in [finding.code for finding in item.findings]


def test_a_caller_cannot_make_a_suspicion_an_error() -> None:
    """Only facts can be errors, whoever asks: a rulebook, the command, or a program."""
    for code, check in CHECKS.items():
        if check.nature is not Nature.DECIDABLE:
            with pytest.raises(ValueError, match="不能设为“错误”"):
                Selection(severities=((code, Severity.ERROR),))


def test_what_a_caller_selects_is_there_and_is_kept() -> None:
    wrong: Any = ({"select": ("没有",)}, {"ignore": ("",)}, {"severities": (("ZZ1", "提示"),)})
    for choice in wrong:
        with pytest.raises(ValueError, match="没有编号是"):
            Selection(**choice)
    with pytest.raises(TypeError):
        Selection(select="PT")  # type: ignore[arg-type]
    listed: Any = ["PT"]
    selection = Selection(select=listed)
    listed.append("没有")
    assert selection == Selection(select=("PT",))
    assert policy_of(None, selection).rows


@pytest.mark.parametrize("day", [datetime.date(2024, 5, 1), 20240501, "2024/5/1", "2024年5月1日"])
def test_a_day_that_cannot_be_compared_is_refused_at_once(day: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="2024-05-01"):
        CheckOptions(today=day)
