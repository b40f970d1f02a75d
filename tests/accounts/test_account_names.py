"""Listed accounts: their names beside the table's, and what is said to be taken from them."""

from __future__ import annotations

import pytest

import perfeval
from perfeval import ProofReport, Severity

TABLE = (
    "五、一般公共预算财政拨款支出决算表\n金额单位：万元\n"
    "科目编码 科目名称 合计 基本支出 项目支出\n合计 300.00 200.00 100.00\n"
    "208 社会保障和就业支出 200.00 200.00 0.00\n20805 行政事业单位养老支出 200.00 200.00 0.00\n"
    "2080501 行政单位离退休 200.00 200.00 0.00\n"
    "213 农林水支出 100.00 0.00 100.00\n21303 水利 100.00 0.00 100.00\n"
    "2130305 水利工程建设 100.00 0.00 100.00\n"
)
HEAD = (
    "测试市水务局{year}年度部门决算\n{table}第三部分 {year}年度部门决算情况说明\n"
    "（三）一般公共预算财政拨款支出决算具体情况\n"
    "{year}年度一般公共预算财政拨款支出年初预算为310.00万元，支出决算为300.00万元。其中：\n"
)
BASIC = (
    "1.社会保障和就业支出（类）{section}（款）{name}（项）。年初预算为200.00万元，"
    "支出决算为200.00万元。"
)
WORKS = (
    "2.农林水支出（类）水利（款）{name}（项）。年初预算为110.00万元，支出决算为100.00万元。{more}"
)


def proofread(
    *,
    section: str = "行政事业单位养老支出",
    name: str = "行政单位离退休",
    works: str = "水利工程建设",
    more: str = "",
    table: str = TABLE,
    year: int = 2023,
) -> ProofReport:
    basic = BASIC.format(section=section, name=name)
    text = HEAD.format(year=year, table=table) + basic + "\n" + WORKS.format(name=works, more=more)
    return perfeval.proof(text + "\n")


def found(report: ProofReport, code: str) -> list[tuple[Severity, str]]:
    return [(item.severity, item.message) for item in report.findings if item.code == code]


def test_names_that_agree_are_held() -> None:
    report = proofread()
    assert found(report, "AC212") == []
    entry = next(entry for entry in report.ledger if entry.code == "AC212")
    assert entry.status.value == "held"


def test_another_name_with_the_same_money_is_a_warning() -> None:
    ((severity, message),) = found(proofread(works="防汛"), "AC212")
    assert severity is Severity.WARNING
    assert "“防汛”在表里叫“水利工程建设”" in message


@pytest.mark.parametrize("works", ["水利工程", "水利工程建设（续建）"])
def test_a_piece_of_a_name_was_cut_by_its_line(works: str) -> None:
    assert found(proofread(works=works), "AC212") == []


def test_an_old_name_is_a_hint_from_the_year_of_its_change() -> None:
    ((severity, message),) = found(proofread(section="行政事业单位离退休"), "AC212")
    assert severity is Severity.INFO
    assert "从 2020 年决算起叫“行政事业单位养老支出”" in message
    assert found(proofread(section="行政事业单位离退休", year=2019), "AC212") == []


def test_without_the_table_only_old_names_are_told() -> None:
    assert found(proofread(works="防汛", table=""), "AC212") == []
    assert len(found(proofread(section="行政事业单位离退休", table=""), "AC212")) == 1


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ("决算数小于预算数的主要原因是年中调减预算10.00万元。", 0),
        ("决算数小于预算数的主要原因是年中调减预算8.00万元。", 0),
        ("决算数小于预算数的主要原因是年中调减预算18.00万元。", 1),
        ("主要原因是年中调减预算18.00万元，追加防汛资金8.00万元。", 0),
        ("主要原因是年中调减预算18.00万元，追加防汛资金5.00万元。", 1),
        ("主要原因是年中调减80,000元。", 0),
        ("主要原因是年中调减180,000元。", 1),
        ("主要原因是预算由110万元调减至100万元。", 0),
        ("主要原因是工程未完。", 0),
    ],
)
def test_more_than_was_left_cannot_have_been_taken(more: str, count: int) -> None:
    hints = found(proofread(more=more), "AC211")
    assert len(hints) == count
    assert all(severity is Severity.INFO for severity, _ in hints)


def test_the_basic_part_of_a_section_is_no_row_of_an_account() -> None:
    """A section's second column is not what is printed of it where a text lists the section."""
    table = TABLE.replace("21303 水利 100.00 0.00 100.00", "21303 水利 100.00 40.00 60.00").replace(
        "2130305 水利工程建设 100.00 0.00 100.00", "2130305 水利工程建设 100.00 40.00 60.00"
    )
    table = table.replace("213 农林水支出 100.00 0.00 100.00", "213 农林水支出 100.00 40.00 60.00")
    table = table.replace("合计 300.00 200.00 100.00", "合计 300.00 240.00 60.00")
    assert found(proofread(works="水利", table=table), "AC101") == []
