"""What printed cells mean: read once, never guessed, every assumption in words."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfeval import load_sheet
from perfeval.cells.measures import Mismatch, unit_of
from perfeval.cells.numerals import parse_money, plain_form
from perfeval.cells.reading import given_cell, read_cell
from perfeval.cells.signs import Sign, parse_sign
from perfeval.cells.units import InOneUnit, in_common_unit
from perfeval.cells.values import Cell, CellError, Kind
from perfeval.fields import UNFILLED

NUMBER, PERCENT, COMPOUND, WORDS, BLANK = (
    Kind.NUMBER,
    Kind.PERCENT,
    Kind.COMPOUND,
    Kind.WORDS,
    Kind.BLANK,
)


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit", "sign"),
    [
        ("391", NUMBER, "391", "", None),
        ("391张", NUMBER, "391", "张", None),
        ("391 张", NUMBER, "391", "张", None),
        ("1,286.70", NUMBER, "1286.70", "", None),
        ("1,286.70万元", NUMBER, "1286.70", "万元", None),
        ("-5", NUMBER, "-5", "", None),
        ("－5℃", NUMBER, "-5", "℃", None),
        ("−5", NUMBER, "-5", "", None),
        ("10万元/年", NUMBER, "10", "万元/年", None),
        ("8000元/床", NUMBER, "8000", "元/床", None),
        ("3.5万/年", NUMBER, "3.5", "万/年", None),
        ("98.67%", PERCENT, "98.67", "%", None),
        ("100％", PERCENT, "100", "%", None),
        ("100 %", PERCENT, "100", "%", None),
        ("≥95%", PERCENT, "95", "%", Sign.AT_LEAST),
        (">=95%", PERCENT, "95", "%", Sign.AT_LEAST),
        ("=>95", NUMBER, "95", "", Sign.AT_LEAST),
        ("≧735", NUMBER, "735", "", Sign.AT_LEAST),
        ("⩾735", NUMBER, "735", "", Sign.AT_LEAST),
        ("＞＝735", NUMBER, "735", "", Sign.AT_LEAST),
        ("〉5", NUMBER, "5", "", Sign.ABOVE),
        (">5", NUMBER, "5", "", Sign.ABOVE),
        ("＞5", NUMBER, "5", "", Sign.ABOVE),
        ("≤10次", NUMBER, "10", "次", Sign.AT_MOST),
        ("<=10次", NUMBER, "10", "次", Sign.AT_MOST),
        ("=<10", NUMBER, "10", "", Sign.AT_MOST),
        ("≦10", NUMBER, "10", "", Sign.AT_MOST),
        ("＜10", NUMBER, "10", "", Sign.BELOW),
        ("〈10", NUMBER, "10", "", Sign.BELOW),
        ("=100%", PERCENT, "100", "%", Sign.EQUAL),
        ("＝100%", PERCENT, "100", "%", Sign.EQUAL),
        ("═100%", PERCENT, "100", "%", Sign.EQUAL),
        ("不低于95%", PERCENT, "95", "%", Sign.AT_LEAST),
        ("不少于 3 次", NUMBER, "3", "次", Sign.AT_LEAST),
        ("不超过5300元/户", NUMBER, "5300", "元/户", Sign.AT_MOST),
        ("控制在10次以内", NUMBER, "10", "次", Sign.AT_MOST),
        ("超过3家", NUMBER, "3", "家", Sign.ABOVE),
        ("低于3%", PERCENT, "3", "%", Sign.BELOW),
        ("完成26个", NUMBER, "26", "个", None),
        ("达到95%", PERCENT, "95", "%", None),
    ],
)
def test_what_needs_no_assumption_is_read_without_one(
    text: str, kind: Kind, number: str, unit: str, sign: Sign | None
) -> None:
    cell = read_cell(text)
    assert (cell.text, cell.kind, cell.unit, cell.sign) == (text, kind, unit, sign)
    assert str(cell.number) == number
    assert not cell.given
    if "以" not in text:
        assert cell.assumptions == ()


@pytest.mark.parametrize(
    ("text", "number", "unit", "sign", "assumption"),
    [
        ("95%以上", "95", "%", Sign.AT_LEAST, "“以上”含本数，按 ≥ 理解"),
        ("95%及以上", "95", "%", Sign.AT_LEAST, "“及以上”含本数，按 ≥ 理解"),
        ("24小时以内", "24", "小时", Sign.AT_MOST, "“以内”含本数，按 ≤ 理解"),
        ("3次以下", "3", "次", Sign.AT_MOST, "“以下”含本数，按 ≤ 理解"),
        (
            "运营补贴床位数7560张",
            "7560",
            "张",
            None,
            "只取“运营补贴床位数7560张”中的 7560张 计算，“运营补贴床位数”未参与",
        ),
        ("满意度≥95%", "95", "%", Sign.AT_LEAST, "只取“满意度≥95%”中的 ≥95% 计算，“满意度”未参与"),
    ],
)
def test_a_reading_that_assumes_something_says_so(
    text: str, number: str, unit: str, sign: Sign | None, assumption: str
) -> None:
    cell = read_cell(text)
    assert (str(cell.number), cell.unit, cell.sign) == (number, unit, sign)
    assert cell.assumptions == (assumption,)


@pytest.mark.parametrize(
    "text",
    [
        "42（3）",
        "42(3)",
        "300元/床/月和200元/床/月",
        "10（5）万元/年/家",
        "1500元/场（580元/场）",
        "1450（580）",
        "100（98%）",
        "3家5次",
        "1,2345",
    ],
)
def test_two_numbers_in_one_cell_are_never_guessed(text: str) -> None:
    """Only the author's 值 counts."""
    cell = read_cell(text)
    assert (cell.kind, cell.number) == (COMPOUND, None)


@pytest.mark.parametrize("text", ["10⁴", "10⁴人", "≥10²", "约10⁵", "下降10₂"])
def test_a_power_is_no_number_with_a_unit(text: str) -> None:
    """10⁴ is not 10, and nothing says that it is 104."""
    cell = read_cell(text)
    assert (cell.kind, cell.number) == (Kind.UNCLEAR, None)


def test_a_raised_digit_of_a_unit_belongs_to_it() -> None:
    assert read_cell("3000m³").number == 3000


@pytest.mark.parametrize(
    "text",
    [
        "当年发放",
        "得到提升",
        "是",
        "no",
        "优良中低差",
        "一次性发放",
        "四好农村路",
        "2023年2月30日",
        "2023年度培训计划",
        "第3名",
        "A1",
    ],
)
def test_what_counts_nothing_stays_words(text: str) -> None:
    cell = read_cell(text)
    assert (cell.text, cell.kind, cell.number) == (text, WORDS, None)


@pytest.mark.parametrize("text", ["", "  ", "/", "—", "——", "-", "*", "\\", "≥**人", "XX", "指标1"])
def test_a_blank_is_not_zero(text: str) -> None:
    cell = read_cell(text)
    assert (cell.kind, cell.number) == (BLANK, None)
    assert cell.assumptions == ((f"“{text.strip()}”按未填理解",) if text.strip() else ())


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("0102", "102"),
        ("00", "0"),
        ("1_000", "1000"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1E3", "1000"),
        ("NaN", ""),
        (".nan", ""),
        (".inf", ""),
        ("-inf", ""),
        ("Infinity", ""),
        ("0x1F", ""),
        ("0o17", ""),
        ("1286. 7", "1286.7"),
        ("1 000", "1000"),
        ("0102%", "102%"),
        ("+5%", "5%"),
        ("１２", "12"),
        ("1２", "12"),
        ("９５%", "95%"),
        ("９５％", "95%"),
        ("0102张", "102张"),
        ("1_000张", "1000张"),
    ],
)
def test_a_number_that_is_not_written_as_one_is_refused(text: str, suggestion: str) -> None:
    """A leading zero, ``_``, full-width digit, ``+`` or exponent is never a number."""
    with pytest.raises(CellError) as caught:
        read_cell(text)
    assert caught.value.suggestion == suggestion
    assert f"“{text}”" in caught.value.message


@pytest.mark.parametrize("text", [".5张", "+5张", "- 5", "负5", "-.5万元", "≥.5%", "≥+5", ">=１2"])
def test_no_sign_and_no_point_is_dropped_in_front_of_a_number(text: str) -> None:
    """``.5张`` must not score as 5 张, nor ``- 5`` as 5."""
    try:
        cell = read_cell(text)
    except CellError:
        return
    assert cell.number is None or cell.number < 1


def test_a_number_that_stood_alone_is_itself() -> None:
    assert read_cell(Decimal("12.50")) == Cell("12.50", NUMBER, Decimal("12.50"))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("≥", Sign.AT_LEAST),
        (" >= ", Sign.AT_LEAST),
        ("不低于", Sign.AT_LEAST),
        ("＞", Sign.ABOVE),
        ("=", Sign.EQUAL),
        ("＝", Sign.EQUAL),
        ("<", Sign.BELOW),
        ("≤", Sign.AT_MOST),
        ("不超过", Sign.AT_MOST),
        ("定性", Sign.QUALITATIVE),
        ("x", None),
        ("", None),
    ],
)
def test_signs_on_their_own(text: str, sign: Sign | None) -> None:
    assert parse_sign(text) is sign


def test_less_is_better_for_two_signs_only() -> None:
    assert {sign for sign in Sign if sign.is_reverse} == {Sign.BELOW, Sign.AT_MOST}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,286.70", "1286.70"),
        ("1286.70", "1286.70"),
        ("-1,000", "-1000"),
        ("12,34", None),
        ("1,0000", None),
        (",100", None),
        ("0,100", None),
        ("１,000", None),
        ("x", None),
    ],
)
def test_money_may_have_commas_in_the_right_places(text: str, number: str | None) -> None:
    assert parse_money(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("0102", "102"),
        ("０１０２", "102"),
        ("1_000", "1000"),
        ("+5", "5"),
        (".5", "0.5"),
        ("１,２８６.７０", "1286.70"),
        ("1 000", "1000"),
        ("1286. 7", "1286.7"),
        ("1e3", "1000"),
        ("nan", ""),
        ("", ""),
        ("_", ""),
        (".", ""),
        ("+", ""),
        ("x", ""),
        ("1:30", ""),
    ],
)
def test_the_plain_form_is_suggested_only_where_there_is_one(text: str, better: str) -> None:
    assert plain_form(text) == better


def test_the_author_says_which_of_two_numbers_counts() -> None:
    cell = given_cell(Decimal(42), "42（3）")
    assert (cell.text, cell.kind, cell.number, cell.given) == ("42（3）", NUMBER, Decimal(42), True)
    assert cell.assumptions == ("“42（3）”按填报人指明的 42 计算",)


@pytest.mark.parametrize(
    ("number", "text", "unit", "expected"),
    [
        ("42", None, None, ("42", NUMBER, "", None)),
        ("42", None, "张", ("42张", NUMBER, "张", None)),
        ("95", None, "%", ("95%", PERCENT, "%", None)),
        ("95", "≥95%（共3次）", None, ("≥95%（共3次）", PERCENT, "%", Sign.AT_LEAST)),
        ("3", "≥95%（共3次）", None, ("≥95%（共3次）", NUMBER, "", Sign.AT_LEAST)),
        ("95", "95（3）", "%", ("95（3）", PERCENT, "%", None)),
        ("1286.7", "1,286.70％，2次", None, ("1,286.70％，2次", PERCENT, "%", None)),
    ],
)
def test_a_stated_number_takes_its_unit_from_the_text_or_the_author(
    number: str, text: str | None, unit: str | None, expected: tuple[str, Kind, str, Sign | None]
) -> None:
    cell = given_cell(Decimal(number), text, unit)
    assert (cell.text, cell.kind, cell.unit, cell.sign) == expected
    assert cell.number == Decimal(number)


@pytest.mark.parametrize(
    ("left", "right", "pair"),
    [
        ("5张", "3张", ("5", "3")),
        ("5张", "3", ("5", "3")),
        ("5", "3张", ("5", "3")),
        ("2.6亿元", "24500万元", ("26000", "24500")),
        ("1万元", "9999元", ("10000", "9999")),
        ("3千元", "5百元", ("30", "5")),
        ("2百万元", "1千万元", ("2", "10")),
        ("15万/家", "150000/家", ("150000", "150000")),
        ("95%", "90%", ("95", "90")),
        ("5张", "3家", None),
        ("5元", "3%", None),
        ("5张", "当年", None),
        ("当年", "5张", None),
    ],
)
def test_units_are_converted_exactly_or_not_at_all(
    left: str, right: str, pair: tuple[str, str] | None
) -> None:
    result = in_common_unit(read_cell(left), read_cell(right))
    if pair is None:
        assert isinstance(result, Mismatch)
    else:
        assert isinstance(result, InOneUnit)
        assert (result.left, result.right) == (Decimal(pair[0]), Decimal(pair[1]))


def test_a_cell_error_is_a_value_error() -> None:
    assert issubclass(CellError, ValueError)


@pytest.mark.parametrize(
    "text",
    [
        "x" + " " * 100_000 + "y5",
        "5" + " " * 100_000 + "中6",
        "5" + "(" * 100_000 + "\nx",
        "≥" * 50_000 + "5",
        "1" * 100_000,
        "1" + ",111" * 30_000 + "x2",
        "1月" * 50_000 + "x",
        "1_" * 50_000 + "张",
        "5" + "." * 100_000,
        "不超" * 50_000 + "5",
    ],
    ids=range(10),
)
def test_a_cell_of_100000_characters_is_read_in_no_time(text: str) -> None:
    """A hostile cell does not hold the machine: reading takes no more than linear time."""
    start = time.perf_counter()
    try:
        cell = read_cell(text)
    except CellError:
        pass
    else:
        assert cell.text == text.strip()
    assert time.perf_counter() - start < 1


figures = st.builds(
    lambda units, places: str(Decimal(units).scaleb(-places).quantize(Decimal(10) ** -places)),
    st.integers(0, 10**9),
    st.integers(0, 4),
)
UNITS = ["", "张", "元/户", "万元", "%", "次/年", "家（站）"]


@given(figures, st.sampled_from(UNITS), st.sampled_from(["≥", "＞", "＝", "＜", "≤", ""]))
def test_sign_number_and_unit_come_back_as_printed(number: str, unit: str, sign: str) -> None:
    """A cell of sign, number and unit (符号、数值、计量单位) reads as just these three."""
    cell = read_cell(sign + number + unit)
    assert cell.number is not None
    assert Fraction(cell.number) == Fraction(number)
    assert cell.sign is (Sign(sign) if sign else None)
    assert cell.unit == unit
    assert cell.kind is (PERCENT if unit == "%" else NUMBER)
    assert cell.assumptions == ()


@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.text("0123456789.,%≥≤<>=-+_（）()张元万 以上不超过", max_size=20)
)
@example("≥")
@example("5（")
@example("1月5")
def test_every_cell_reads_as_something_or_is_refused(text: str) -> None:
    """No cell raises anything but `CellError`; a number is only where a kind says so."""
    try:
        cell = read_cell(text)
    except CellError:
        assert re.search(r"\d", text) or re.search("nan|inf", text, re.IGNORECASE)
        return
    assert (cell.number is None) is (cell.kind not in (NUMBER, PERCENT))
    if cell.kind is COMPOUND:
        assert len(re.findall(r"\d+", text)) > 1


@pytest.mark.parametrize(
    "printed",
    [
        "未完成26个",
        "≤95%以上",
        "亏损5万元",
        "最高不超5%",
        "1/3",
        "无1例",
    ],
)
def test_what_would_turn_a_number_round_is_asked_about_and_never_dropped(printed: str) -> None:
    assert read_cell(printed).kind is Kind.UNCLEAR


@pytest.mark.parametrize(
    ("printed", "sign"),
    [
        ("小于等于5%", "≤"),
        ("小于或等于5%", "≤"),
        ("5%以下（含）", "≤"),
        ("30天内", "≤"),
        ("5个工作日内", "≤"),
        ("大于等于95%", "≥"),
        ("95%及以上", "≥"),
        ("不得超过3次", "≤"),
    ],
)
def test_words_of_direction_are_read_whole(printed: str, sign: str) -> None:
    cell = read_cell(printed)
    assert cell.sign is not None
    assert cell.sign.value == sign


@pytest.mark.parametrize("printed", ["2023年1-12月", "1-12月", "1至6月", "2020-2023年"])
def test_a_span_of_dates_is_no_range(printed: str) -> None:
    """9-10月 and 1-12月 are dates."""
    assert read_cell(printed).kind is Kind.DATE


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("≥1.2万人", "11000", None),
        ("12000人", "1.1万", (12000, 11000)),
        ("1.2万", "11000", (12000, 11000)),
        ("1.2万亩", "1.2", (Decimal("1.2"), Decimal("1.2"))),
        ("3亩", "3户", None),
        ("2.6亿元", "24500万元", (26000, 24500)),
    ],
)
def test_units_are_converted_exactly_or_asked_about(one: str, other: str, pair: object) -> None:
    """A 万 of something against a bare number is only taken where both are of one size."""
    result = in_common_unit(read_cell(one), read_cell(other))
    assert (None if isinstance(result, Mismatch) else tuple(result)[:2]) == pair


def test_per_mille_is_a_tenth_of_a_percent() -> None:
    assert in_common_unit(read_cell("5‰"), read_cell("1%")) == InOneUnit(Decimal(5), Decimal(10))


@pytest.mark.parametrize(
    "printed",
    [
        "新增床位391张",
        "低保户391户",
        "高龄老人391人",
        "到位率95%",
        "多媒体教室3间",
        "391人次到访",
        "12月底完成391张",
        "12月份391张",
        "培训391人",
    ],
)
def test_everyday_words_beside_a_number_do_not_blur_it(printed: str) -> None:
    assert read_cell(printed).number in (391, 95, 3)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 21,
        "-" + "1" * 21,
        "1" * 54,
        "1" * 54 + "张",
        "≥" + "2" * 54,
        "1" * 5000,
        "≥" + "1" * 5000 + "张",
    ],
)
def test_a_number_that_is_too_long_is_called_that(text: str) -> None:
    with pytest.raises(CellError) as caught:
        read_cell(text)
    assert (caught.value.message, caught.value.suggestion) == ("数字过长，最多 20 位", "")


@pytest.mark.parametrize(("printed", "number"), [("3日以内办结", "3"), ("5小时内响应", "5")])
def test_a_time_for_an_act_is_a_bound_and_says_what_it_leaves_out(
    printed: str, number: str
) -> None:
    cell = read_cell(printed)
    assert (cell.number, cell.sign) == (Decimal(number), Sign.AT_MOST)
    assert cell.facts.is_partial
    assert printed[-2:] in cell.assumptions[-1]


def test_a_unit_of_no_length_that_anybody_prints_is_not_taken_apart() -> None:
    """A column of units may hold anything; thousands of brackets are one odd unit."""
    assert unit_of("(甲)" * 5000).measures[0].name == "(甲)" * 5000


@pytest.mark.parametrize("stroke", UNFILLED)
def test_what_is_unfilled_beside_an_amount_is_unfilled_in_a_cell(stroke: str) -> None:
    """A stroke or a star means that nothing is filled in, wherever it stands; it is never 0."""
    assert read_cell(stroke).kind is Kind.BLANK
    budget = {"预算数": 1, "执行数": 1, "资金构成": [{"名称": "其他", "预算数": stroke}]}
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    assert load_sheet({**head, "预算": budget}).budget.funds[0].final is None
