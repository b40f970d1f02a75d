"""Single values in print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Sheet
from perfeval.documents.printed import boxes, fill, money
from perfeval.numbers import percent
from perfeval.rulebook import Form

amounts = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("spent", "budget", "printed"),
    [
        ("1269.62", "1286.7", "98.67%"),
        ("5", "5.00", "100%"),
        ("0", "5", "0%"),
        ("99.999", "100", "99.999%"),
        ("100.001", "100", "100.001%"),
        ("0.001", "100", "0.001%"),
        ("3824.26", "4753.66", "80.45%"),
    ],
)
def test_a_rate_is_printed_from_the_amounts(spent: str, budget: str, printed: str) -> None:
    assert percent(Decimal(spent), Decimal(budget), 2) == printed


@given(part=amounts, whole=amounts.filter(bool), digits=st.integers(0, 4))
def test_100_and_0_percent_are_claims_of_exactness(
    part: Decimal, whole: Decimal, digits: int
) -> None:
    """A rate of 100 % says that B = A, one of 0 % that B = 0; nothing near them says so."""
    printed = Decimal(percent(part, whole, digits).removesuffix("%"))
    assert (printed == 100) == (part == whole)
    assert (printed == 0) == (part == 0)


OPTIONS = ("部门预算项目", "区级专项", "上级转移支付项目")


@pytest.mark.parametrize(
    ("chosen", "printed"),
    [
        ("部门预算项目", "1、部门预算项目 ☑　2、区级专项 □　3、上级转移支付项目 □"),
        ("上级转移支付项目", "1、部门预算项目 □　2、区级专项 □　3、上级转移支付项目 ☑"),
        (None, "1、部门预算项目 □　2、区级专项 □　3、上级转移支付项目 □"),
        ("专项", "1、部门预算项目 □　2、区级专项 □　3、上级转移支付项目 □　专项"),
    ],
    ids=["first ticked", "last ticked", "none ticked", "not an option"],
)
def test_boxes_are_ticked_as_in_the_sheet(chosen: str | None, printed: str) -> None:
    assert boxes(OPTIONS, chosen) == printed


def test_a_value_is_never_read_as_a_form_text() -> None:
    names = {"年度": "2023", "项目名称": "{年度}{0.__class__}%s"}
    assert fill("{年度}年度{项目名称}", names) == "2023年度{年度}{0.__class__}%s"


def test_an_unknown_name_stays_as_it_is() -> None:
    assert fill("{单位}：{年度}{", {"年度": "2023"}) == "{单位}：2023{"


def test_the_word_project_is_not_printed_twice() -> None:
    assert fill("{项目名称}项目绩效自评表", {"项目名称": "修缮项目"}) == "修缮项目绩效自评表"


HUBEI = perfeval.load_rulebook("hubei-2020").form


def in_unit(unit: str) -> Sheet:
    return perfeval.load_sheet(
        {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", "金额单位": unit}
    )


def in_form(**changes: object) -> Form:
    return HUBEI.model_copy(update=changes)


@pytest.mark.parametrize(
    ("amount", "of_sheet", "of_form", "printed"),
    [
        ("1286.70", "万元", None, "1286.70"),
        ("1286.70", "万元", "万元", "1286.70"),
        ("1286.70", "万元", "元", "12867000"),
        ("0.00005", "万元", "元", "0.5"),
        ("387664.62", "元", "万元", "38.766462"),
        ("0", "元", "万元", "0"),
    ],
)
def test_amounts_stand_in_the_unit_of_the_form_to_the_last_digit(
    amount: str, of_sheet: str, of_form: str | None, printed: str
) -> None:
    form = in_form(money_unit=of_form)
    assert money(Decimal(amount), in_unit(of_sheet), form) == printed


@given(amounts, st.sampled_from(["万元", "元"]), st.sampled_from(["万元", "元"]))
def test_a_change_of_unit_loses_nothing(amount: Decimal, of_sheet: str, of_form: str) -> None:
    """1 万元 is 10,000 元."""
    printed = Decimal(money(amount, in_unit(of_sheet), in_form(money_unit=of_form)))
    in_yuan = {"万元": 10_000, "元": 1}
    assert printed * in_yuan[of_form] == amount * in_yuan[of_sheet]


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("250000.00", "250,000.00"), ("999.5", "999.5"), ("1234567.1234567", "1,234,567.1234567")],
)
def test_a_form_may_part_the_thousands(amount: str, printed: str) -> None:
    assert money(Decimal(amount), in_unit("元"), in_form(grouped_digits=True)) == printed


def test_a_blank_amount_stays_blank_in_any_unit() -> None:
    assert money(None, in_unit("万元"), in_form(money_unit="元", grouped_digits=True)) == ""
