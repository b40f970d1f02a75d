"""The accounts of a district's civil affairs bureau for 2023 as published, text taken from the PDF.

Source: 武汉市青山区民政局（本级）2023 年度部门决算, with 28 faults that its own figures prove.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval import ProofReport, Severity, TextPlace

TEXT = Path(__file__).with_name("data") / "qingshan-2023.txt"

FAULTS = {
    "基本支出增加 5.75，别处 5.57": ("AC101", [244]),
    "22 项年初预算合计差 118": ("AC102", [325]),
    "基本支出预算与各项差 0.75": ("AC111", [1562]),
    "民政管理事务与各项差 0.75": ("AC111", [337]),
    "项目支出列示多 39.42": ("AC102", [329]),
    "基金增加的原因差 3.30": ("AC113", [275]),
    "上年没有 484 可减": ("AC113", [280]),
    "99.5% 的分母不是项目支出": ("AC104", [704]),
    "28 个项目与 19 个项目": ("AC307", [726]),
    "自评金额小于各项目之和": ("AC307", [702]),
    "100% 与未达到 100%": ("AC302", [823]),
    "143.82/144 不是 100%": ("AC105", [831]),
    "98.70% 应为 98.67%": ("AC304", [1742]),
    "预算执行得分应为 19.73": ("AC305", [1742]),
    "四行未达标得满分": ("AC303", [1763, 1771, 1773, 1775]),
    "总分 100": ("AC306", [1831]),
    "执行率 100% 又有结余": ("AC302", [1898]),
    "129.43 不小于 0": ("AC107", [563]),
    "基数 0 的 100%": ("AC108", [433]),
    "第 20 项没有完成率": ("AC205", [569]),
    "两个第 10 项": ("AC203", [485]),
    "498.43 与 498.42": ("AC101", [1566]),
    "执行率 111.2% 和 388.2%": ("AC308", [1568, 1570]),
    "问题写“无”": ("AC302", [1937, 1980]),
    "100% 完成绩效目标": ("AC301", [716, 864, 1574, 1699, 1894, 1936, 1978]),
    "两行未达标没有原因": ("AC303", [1837]),
    "7 家与 36/42": ("AC303", [1763]),
    "目标值与行分开": ("AC309", [1777]),
}
"""What is wrong, the code that finds it, and the lines on which a finding must stand."""

RIGHT = {
    205: "21062.23 万元",
    228: "64.9%",
    247: "2.4%",
    249: "97.6%",
    290: "53.3%",
    307: "98.1%",
    313: "1.6%",
    319: "0.3%",
    327: "195.4%",
    425: "119%",
    440: "89.1%",
    450: "95.1%",
    458: "116.6%",
    470: "163.3%",
    481: "186.7%",
    493: "59.1%",
    520: "307.5%",
    528: "38.8%",
    536: "22.5%",
    587: "465.96",
    630: "56.7%",
    665: "3.2%",
    679: "80.7%",
    857: "99.4%",
    870: "95.2%",
    890: "98.8%",
    898: "98.7%",
    919: "69.1%",
}
"""Lines of figures that were checked by hand and are right (or, 3.2 %, may be), with the figure."""


@pytest.fixture(scope="module")
def report() -> ProofReport:
    return perfeval.proof(TEXT)


@pytest.mark.parametrize("told", FAULTS)
def test_each_provable_fault_is_found_on_its_line(report: ProofReport, told: str) -> None:
    code, lines = FAULTS[told]
    found = {
        place.line
        for finding in report.findings
        if finding.code == code
        for place in finding.places
        if isinstance(place, TextPlace)
    }
    assert set(lines) <= found


@pytest.mark.parametrize("line", RIGHT)
def test_no_error_stands_on_a_figure_that_is_right(report: ProofReport, line: int) -> None:
    errors = [
        str(finding)
        for finding in report.findings
        if finding.severity is Severity.ERROR and finding.line == line
    ]
    assert errors == []


def test_what_may_be_explained_is_no_error(report: ProofReport) -> None:
    """Tensions are asked about: other counts, other money, a note where rounding explains it."""
    asked = {finding.code: finding.severity for finding in report.findings}
    assert asked["AC307"] is Severity.WARNING
    assert [f.line for f in report.findings if f.code == "AC401" and f.line == 665] == [665]


def test_most_figures_of_the_explanations_are_understood(report: ProofReport) -> None:
    assert report.year == 2023
    assert len(report.figures) > 300
    explained = [figure for figure in report.figures if 203 <= figure.spot.line <= 945]
    unbound = [figure for figure in explained if not figure.bound]
    assert len(unbound) * 20 < len(explained)


def test_every_relation_has_a_status(report: ProofReport) -> None:
    assert len(report.ledger) > 60
    assert all(entry.status in perfeval.RelationStatus for entry in report.ledger)
