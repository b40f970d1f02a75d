"""What is right is left alone: of the published tables only proven faults are errors."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import perfeval
from perfeval.checks import examine_department
from perfeval.checks.registry import DEPARTMENT_CHECKS, FINE, LACKING, Fault, Result
from perfeval.checks.subjects import DepartmentScores
from perfeval.department import Department
from perfeval.findings import Finding, Severity, Status
from perfeval.readers.departments import read_department
from tests.published.test_published import TABLES, Table, card_of, every_table

Place = tuple[str, str]
"""A code and the path in the sheet, with strokes."""

CONFORMING = ("长江禁捕", "天长-水利", "梁平区-林业局")
"""Whole tables in which no fault is known."""

PROVEN: dict[str, set[Place]] = {
    "普陀体育中心-委托运营": {("BX101", "预算/已填报/执行率")},  # 86.19% for 86.18%
    "普陀体育中心-援滇帮扶": {("BX108", "预算/资金构成")},  # 财政拨款 0, the whole 20000
    "成安-百岁津贴": {("PT105", "指标")},
    "永德-营养改善": {("PT104", "已填报/总分")},  # 96 filed, 99.80 by the rule
    "隆阳-化肥减量": {("PT101", "预算/已填报/得分")},  # 2.16 is 20 × 10.8%
    "零陵区-林业局": {("BX101", "预算/已填报/执行率"), ("PT101", "预算/已填报/得分")},
    "翟店-基本公卫": {
        ("BX101", "预算/已填报/执行率"),  # 100% of a budget of 0
        *(("PT102", f"指标/{row}/已填报得分") for row in (0, 12, 13, 14, 15, 17)),
    },
    "青山区-养老服务": {
        ("BX101", "预算/已填报/执行率"),
        ("PT101", "预算/已填报/得分"),
        ("PT104", "已填报/总分"),
        ("RS106", "已填报/存在问题"),
        ("RS110", "已填报/目标完成率"),
        *(("PT102", f"指标/{row}/已填报得分") for row in (1, 5, 6, 7)),
    },
}
"""The faults that the printed figures prove; a table that is not named has none."""

_OUTPUT, _BENEFIT, _SATISFIED, _COST = (
    ("WT101", f"指标/{section}") for section in ("产出指标", "效益指标", "满意度指标", "成本指标")
)
_ROWS = ("PT109", "已填报/总分")  # the filed rows that are not in our copy are in the total
UNSEEN: dict[str, set[Place]] = {
    "大英县图书馆-未计分": {("VA102", f"指标/{row}/完成值") for row in range(4)},
    "大英县图书馆-满分行": {_COST, _ROWS},
    "安居区-市监局": {
        *(("VA101", f"指标/{row}/目标值") for row in (0, 1, 2, 3, 4, 5, 6, 8)),
        _OUTPUT,
        _SATISFIED,
        _ROWS,
    },
    "宣城-禁毒": {_OUTPUT, _BENEFIT, _SATISFIED},
    "翟店-基本公卫": {_OUTPUT, _BENEFIT, _SATISFIED},
    "萧县-特色种养": {_SATISFIED},
    "蔡甸区-森林防火": {("WT102", "指标/0"), _OUTPUT, _BENEFIT},
    "隆阳-化肥减量": {_OUTPUT, _BENEFIT},
    "零陵区-林业局": {_BENEFIT, _SATISFIED},
}
"""Rows and cells of a table of which only a part is known: they are missing here, not there."""

SHIPPED: dict[str, set[Place]] = {
    "养老服务体系建设运营补助资金": PROVEN["青山区-养老服务"],
    "政府购买专业社工服务": {("BX101", "预算/已填报/执行率")},  # 143.82 ÷ 144 is not 100%
    "老龄事业发展经费": {("RS106", "已填报/存在问题")},  # 无, and 99.39 % spent
    "部门整体支出": {  # the made-up department: filed too high on purpose
        ("PT101", "预算/已填报/得分"),
        ("PT102", "指标/0/已填报得分"),
        ("PT104", "已填报/总分"),
    },
}
DEPARTMENT: set[Place] = {
    ("DP102", "自评范围/公布项目数"),
    ("DP103", "自评范围/资金"),
    ("DP104", "比率/0/印出"),
    ("DP105", "比率/2/分母"),
    ("DP106", "合计/2/合计"),
    ("DP106", "合计/3/合计"),
    ("DP106", "合计/4/合计"),
    ("DP107", "数字/基本支出/另处印作/0/数"),
    ("DP107", "数字/基本支出比上年增加/另处印作/0/数"),
    ("DP208", "整体自评/等级"),
    ("DP209", "整体自评/目标完成率"),
}


def errors(findings: tuple[Finding, ...]) -> list[Place]:
    return [
        (item.code, "/".join(map(str, item.path)))
        for item in findings
        if item.severity is Severity.ERROR
    ]


def test_the_tables_that_are_named_are_there() -> None:
    names = {table.name for table in TABLES}
    assert {*PROVEN, *UNSEEN, *CONFORMING} <= names
    assert not set(CONFORMING) & {*PROVEN, *UNSEEN}
    assert len(names) == 17


@every_table
def test_only_what_the_printed_figures_prove_is_an_error(table: Table) -> None:
    found = errors(perfeval.check(card_of(table)))
    unseen = UNSEEN.get(table.name, set())
    assert len(set(found)) == len(found)
    assert set(found) == PROVEN.get(table.name, set()) | unseen


@pytest.mark.parametrize("name", list(perfeval.shipped_sheets()))
def test_a_shipped_sheet_has_exactly_these_errors(name: str) -> None:
    """By the order of the rows, whichever way the file nests them."""
    report = perfeval.evaluate(name)
    assert report.scorecard is not None
    found = errors(perfeval.check(report.scorecard))
    assert len(set(found)) == len(found)
    assert set(found) == SHIPPED.get(name.rpartition("/")[2], set())
    assert len(report.errors) == len(found)


def test_the_shipped_department_has_exactly_these_errors() -> None:
    report = perfeval.evaluate_department("shipped:qingshan-2023")
    found = errors(report.findings)
    assert len(set(found)) == len(found)
    assert set(found) == DEPARTMENT


@cache
def verified() -> DepartmentScores:
    """Return the figures of a department's accounts that were computed again and are right."""
    read = read_department(Path(__file__).parent / "verified" / "青山区-民政局.yaml")
    assert read.department is not None, read.findings
    return DepartmentScores(read.department, perfeval.load_rulebook("hubei-2020"), ())


def looks(code: str, scores: DepartmentScores | None = None) -> list[Result]:
    (check,) = (check for check in DEPARTMENT_CHECKS if check.code == code)
    return list(check.run(scores or verified()))


def department() -> Department:
    return verified().department


CORRECT_SHARES = range(28)


@pytest.mark.parametrize("position", CORRECT_SHARES)
def test_a_share_that_is_right_is_checked_and_passes(position: int) -> None:
    assert len(department().shares) == len(CORRECT_SHARES)
    assert looks("DP104")[position] is FINE, department().shares[position]


def test_every_sum_that_is_right_is_checked_and_passes() -> None:
    assert looks("DP106") == [FINE] * len(department().sums)
    assert len(department().sums) == 24


def test_every_figure_that_is_printed_twice_alike_is_checked_and_passes() -> None:
    """20563.81 and 20563.8 are one figure, and so are 6587.23 and 6587 余."""
    twice = [other for figure in department().figures.values() for other in figure.elsewhere]
    assert looks("DP107") == [FINE] * len(twice)
    assert len(twice) == 10


def test_rates_on_the_changed_budget_of_the_same_money_pass() -> None:
    rates = [share for share in department().shares if share.kind == "执行率"]
    assert looks("DP105") == looks("DP110") == [FINE] * len(rates)
    assert len(rates) == 6


def test_nothing_in_right_accounts_is_left_unchecked_or_an_error() -> None:
    examination = examine_department(verified())
    assert errors(examination.findings) == []
    assert Status.LACKING not in examination.ledger.values()
    for check in DEPARTMENT_CHECKS:
        assert LACKING not in looks(check.code)


def test_a_figure_that_is_made_wrong_is_found() -> None:
    """The silence above is not that of checks that see nothing."""
    figures = department().figures
    spoilt = figures["项目支出"].model_copy(update={"number": Decimal("20563.91")})
    figures = {**figures, "项目支出": spoilt}
    changed = Department.model_validate(department().model_copy(update={"figures": figures}))
    wrong = verified()._replace(department=changed)
    found = {
        code
        for code in ("DP106", "DP107")
        for result in looks(code, wrong)
        if isinstance(result, Fault)
    }
    assert found == {"DP106", "DP107"}
