"""Exact numbers: read from their characters, rounded once, never through a float."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.numbers import (
    MAX_DIGITS,
    Exact,
    RoundingMode,
    add,
    expand,
    multiply,
    parse_number,
    percent,
    plain,
    round_exact,
    subtract,
    total,
    trimmed,
    unit_in_last_place,
    whole,
)

HALF = Fraction(1, 2)
UP, EVEN, DOWN, AWAY = (
    RoundingMode.HALF_UP,
    RoundingMode.HALF_EVEN,
    RoundingMode.DOWN,
    RoundingMode.UP,
)
IN_DECIMAL = {
    UP: decimal.ROUND_HALF_UP,
    EVEN: decimal.ROUND_HALF_EVEN,
    DOWN: decimal.ROUND_DOWN,
    AWAY: decimal.ROUND_UP,
}

modes = st.sampled_from(RoundingMode)
digits = st.integers(0, 6)
numerators = st.builds(
    lambda units, places: Decimal(units).scaleb(-places),
    st.integers(-(10**12), 10**12),
    st.integers(0, 6),
)
denominators = st.builds(
    lambda units, places: Decimal(units).scaleb(-places),
    st.integers(1, 10**9),
    st.integers(0, 4),
)


def rounded(value: Fraction, places: int, mode: RoundingMode) -> Fraction:
    """Round by the words of the mode: 四舍五入, 四舍六入五成双, 舍去, 进一."""
    scaled = abs(value) * 10**places
    units = {
        UP: floor(scaled + HALF),
        EVEN: round(scaled),
        DOWN: floor(scaled),
        AWAY: ceil(scaled),
    }[mode]
    return Fraction(units if value >= 0 else -units, 10**places)


@pytest.mark.parametrize(
    "text",
    ["0", "0.00", "5", "12.50", "-3", "0.5", "-0.05", "100", "1286.70", "12345678901234567890"],
)
def test_a_plain_number_keeps_the_characters_it_was_written_with(text: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert str(number) == plain(number) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0102",
        "00",
        "01.5",
        "-01",
        "1_000",
        "1,000",
        "+5",
        ".5",
        "5.",
        "-",
        "-.5",
        "1e3",
        "1E3",
        "NaN",
        "nan",
        ".nan",
        "inf",
        "-inf",
        ".inf",
        "Infinity",
        "0x1F",
        "0o7",
        "1:30",
        "no",
        "１２",
        "1２",
        "٣",
        "−5",
        " 5",
        "5 ",
        "5\n",
        "1.2.3",
        "1" * (MAX_DIGITS + 3),
    ],
)
def test_what_is_not_exactly_a_plain_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_zero_has_no_sign() -> None:
    """A row with 完成值 -0 prints no ``-0``."""
    for text in ("-0", "-0.00"):
        number = parse_number(text)
        assert number is None or not number.is_signed()


@given(numerators, denominators, digits, modes)
def test_a_quotient_is_rounded_once_from_its_exact_value(
    numerator: Decimal, denominator: Decimal, places: int, mode: RoundingMode
) -> None:
    """No digit is lost before the rounding of the rulebook is applied, once (舍入一次)."""
    result = round_exact(Exact(numerator, denominator), places, mode)
    assert Fraction(result) == rounded(Fraction(numerator) / Fraction(denominator), places, mode)
    assert result.as_tuple().exponent == -places


@given(st.integers(-(10**7), 10**7), digits, modes)
def test_ties_follow_their_mode(units: int, places: int, mode: RoundingMode) -> None:
    """Exactly half a unit goes up, to the even digit, off, or up, as the mode says (五)."""
    tie = Exact(Decimal(2 * units + 1), Decimal(2 * 10**places))
    value = Fraction(2 * units + 1, 2 * 10**places)
    assert Fraction(round_exact(tie, places, mode)) == rounded(value, places, mode)


@given(numerators, digits, modes)
def test_a_whole_number_rounds_as_the_decimal_module_rounds(
    number: Decimal, places: int, mode: RoundingMode
) -> None:
    expected = number.quantize(Decimal(1).scaleb(-places), IN_DECIMAL[mode])
    assert round_exact(whole(number), places, mode) == expected


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (UP, ["1.63", "-1.63"]),
        (EVEN, ["1.62", "-1.62"]),
        (DOWN, ["1.62", "-1.62"]),
        (AWAY, ["1.63", "-1.63"]),
    ],
)
def test_the_tie_of_the_real_sheet(mode: RoundingMode, expected: list[str]) -> None:
    """2 × 26 ÷ 32 = 1.625: half up 1.63, where a float gives 1.62."""
    ties = [Exact(Decimal(sign * 52), Decimal(32)) for sign in (1, -1)]
    assert [plain(round_exact(tie, 2, mode)) for tie in ties] == expected


@given(st.lists(numerators), numerators, numerators)
def test_sums_differences_and_products_are_exact(
    numbers: list[Decimal], left: Decimal, right: Decimal
) -> None:
    assert Fraction(total(numbers)) == sum(map(Fraction, numbers))
    assert Fraction(add(left, right)) == Fraction(left) + Fraction(right)
    assert Fraction(subtract(left, right)) == Fraction(left) - Fraction(right)
    assert Fraction(multiply(left, right)) == Fraction(left) * Fraction(right)


def test_a_lost_digit_raises_instead_of_being_cut() -> None:
    huge, tiny = Decimal("1E+100"), Decimal("1E-100")
    with pytest.raises(decimal.Inexact):
        add(huge, tiny)


def test_a_float_is_refused() -> None:
    with pytest.raises((TypeError, decimal.FloatOperation)):
        add(Decimal(1), 0.5)  # type: ignore[arg-type]


@given(numerators, denominators, digits)
def test_expanding_writes_all_digits_or_says_that_there_are_more(
    numerator: Decimal, denominator: Decimal, places: int
) -> None:
    text = expand(Exact(numerator, denominator), places)
    value = Fraction(numerator) / Fraction(denominator)
    if text.endswith("…"):
        cut = Fraction(text[:-1])
        assert cut != value
        assert abs(value - cut) < Fraction(1, 10**places)
    else:
        assert Fraction(text) == value


@pytest.mark.parametrize(
    ("text", "written", "cut"),
    [
        ("1E+3", "1000", "1000"),
        ("12.50", "12.50", "12.5"),
        ("100", "100", "100"),
        ("0.0000001", "0.0000001", "0.0000001"),
        ("5.00", "5.00", "5"),
        ("0.0", "0.0", "0"),
    ],
)
def test_numbers_are_printed_without_an_exponent(text: str, written: str, cut: str) -> None:
    assert (plain(Decimal(text)), trimmed(Decimal(text))) == (written, cut)


def test_rates_are_printed_half_up() -> None:
    assert percent(Decimal("1269.62"), Decimal("1286.70"), 2) == "98.67%"
    assert percent(Decimal(1), Decimal(8), 0) == "13%"
    assert percent(Decimal("143.82"), Decimal(144), 1) == "99.9%"


extremes = st.sampled_from(
    ["0.00000000000000000001", "99999999999999999999.9", "99999999999999999999.8", "1", "0.5"]
).map(Decimal)
parts = numerators.map(abs) | extremes


@given(parts, (denominators | extremes).filter(bool), st.integers(0, 4))
def test_only_all_is_100_percent_and_only_nothing_is_0_percent(
    part: Decimal, base: Decimal, places: int
) -> None:
    """100 % and 0 % are claims of exactness."""
    text = percent(part, base, places)
    printed = Fraction(text.removesuffix("%"))
    exact = 100 * Fraction(part) / Fraction(base)
    assert (printed == 100) is (part == base)
    assert (printed == 0) is (part == 0)
    assert abs(printed - exact) <= Fraction(1, 2 * 10**places)


def test_a_formula_prints_its_own_numbers() -> None:
    exact = Exact(Decimal(52), Decimal(32), "{} × {} ÷ {}", (Decimal(2), Decimal(26), Decimal(32)))
    assert str(exact) == "2 × 26 ÷ 32"
    assert str(whole(Decimal("1E+2"))) == "100"


@pytest.mark.parametrize(
    ("number", "unit"), [("98.70", "0.01"), ("98.7", "0.1"), ("98", "1"), ("0", "1")]
)
def test_the_last_printed_digit_is_the_unit_of_rounding(number: str, unit: str) -> None:
    assert unit_in_last_place(Decimal(number)) == Decimal(unit)


def test_a_rate_that_only_comes_near_is_never_printed_as_exact() -> None:
    """100 % and 0 % are claims of exactness, true only when B = A or B = 0."""
    most, least = Decimal("9" * 20), Decimal("1e-20")
    assert percent(most - 1, most, 2) == "99.999999999999999999%"
    assert percent(most * 1000 - 1, most * 1000, 2) == "99.9999999999999999999%"
    assert percent(most * 1000 + 1, most * 1000, 2) == "100.0000000000000000001%"
    assert percent(least, most, 2) == "0.0000000000000000001%"


@given(st.integers(1, 10**20 - 1), st.integers(1, 10**20 - 1), st.integers(0, 30))
def test_a_percentage_has_no_more_decimals_than_a_number_may_have(
    part: int, base: int, digits: int
) -> None:
    """A printed rate may have any number of decimals; what is printed beside it stays a number."""
    text = percent(Decimal(part), Decimal(base), digits)
    printed = Fraction(text.removesuffix("%"))
    assert abs(printed - Fraction(100 * part, base)) <= Fraction(1, 10 ** min(digits, 19))
    assert len(text.partition(".")[2].removesuffix("%")) < 20
