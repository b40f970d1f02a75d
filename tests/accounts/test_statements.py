"""Statements beside figures: what is said not to be, lists, uses, names and reasons."""

from __future__ import annotations

import pytest

import perfeval

HEAD = "示例局2023年度部门决算\n"
FUND = "八、政府性基金预算财政拨款收入支出决算情况说明\n"
ITEMS = (
    "五、一般公共预算财政拨款支出决算情况说明\n（三）一般公共预算财政拨款支出决算具体情况\n"
    "1.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为10.00万元，支出决算为10.00万元，"
    "完成年初预算的100%。主要用于{use}。\n"
)
DETAILS = (
    "一般公共预算财政拨款基本支出决算表\n部门：示例县水利局\n"
    "30101 基本工资 60.00 30201 办公费 20.00\n"
    "30102 津贴补贴 20.00\n人员经费合计 80.00 公用经费合计 20.00\n"
    "六、一般公共预算财政拨款基本支出决算情况说明\n一般公共预算财政拨款基本支出100.00万元，其中：人员经费80.00万元，"
    "主要包括：{staff}；公用经费20.00万元，主要包括：办公费。\n"
)


def codes(text: str) -> list[str]:
    report = perfeval.proof(HEAD + text)
    assert report.refused is None
    return [finding.code for finding in report.findings]


def status(text: str, relation: str) -> str:
    entries = perfeval.proof(HEAD + text).ledger
    return next(entry.status.value for entry in entries if entry.relation == relation)


def test_what_is_said_not_to_be_has_no_amount() -> None:
    none = "本单位2023年度没有使用政府性基金预算财政拨款安排的支出。\n"
    money = "2023年度政府性基金预算财政拨款支出12.00万元。\n"
    assert codes(FUND + none) == []
    assert codes(FUND + money) == []
    assert codes(FUND + none + money) == ["AC302"]
    assert status(FUND + none, "没有基金收支") == "held"


def test_an_empty_table_is_said_to_be_empty() -> None:
    table = "政府性基金预算财政拨款收入支出决算表\n金额单位：万元\n项目 年初结转和结余 本年收入\n"
    assert codes(table) == ["AC206"]
    assert codes(table + FUND + "本单位无政府性基金预算财政拨款收支。") == []


@pytest.mark.parametrize(
    ("use", "found"), [("职工住房公积金缴费", []), ("职工基本医疗保险缴费", ["AC208"])]
)
def test_an_account_is_used_for_what_it_is(use: str, found: list[str]) -> None:
    assert codes(ITEMS.format(use=use)) == found


@pytest.mark.parametrize(("staff", "found"), [("基本工资、津贴补贴", []), ("基本工资", ["AC209"])])
def test_the_accounts_of_the_text_are_those_of_the_table(staff: str, found: list[str]) -> None:
    assert codes(DETAILS.format(staff=staff)) == found


def test_the_heads_of_all_tables_name_one_unit() -> None:
    other = (
        "政府性基金预算财政拨款收入支出决算表\n部门：示例县林业局\n合计 0.00\n无政府性基金收支\n"
    )
    assert "AC210" in codes(DETAILS.format(staff="基本工资、津贴补贴") + other)
    assert "AC210" not in codes(
        DETAILS.format(staff="基本工资、津贴补贴") + other.replace("林业", "水利")
    )


def test_a_change_is_explained() -> None:
    text = (
        "一、收入支出决算总体情况说明\n2023年度收、支总计120.00万元。"
        "与上年相比，收、支总计增加20.00万元，增长20%"
    )
    assert codes(text + "。\n") == ["AC207"]
    assert codes(text + "，主要原因是项目增加。\n") == []
