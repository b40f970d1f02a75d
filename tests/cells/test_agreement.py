"""Whether two printed figures agree: each property is the sentence of the rule."""

from __future__ import annotations

import decimal
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval.cells.agreement import (
    Agreement,
    Base,
    agree,
    fitting_bases,
    is_rounded,
    is_share,
    is_sum,
    tolerance,
)
from perfeval.numbers import Exact

EQUAL, WITHIN, DIFFERENT = Agreement.EQUAL, Agreement.WITHIN_ROUNDING, Agreement.DIFFERENT


def decimals(least: str = "0", most: str = "99999") -> st.SearchStrategy[Decimal]:
    """Return figures as they are printed, with up to four digits behind the point."""
    return st.integers(0, 4).flatmap(
        lambda places: st.decimals(Decimal(least), Decimal(most), places=places)
    )


def unit(number: Decimal) -> Fraction:
    """Return the last place of a printed figure."""
    return Fraction(10) ** int(number.as_tuple().exponent)


def printed(number: Fraction, digits: int, mode: str = ROUND_HALF_UP) -> Decimal:
    """Round a number to so many digits behind the point."""
    with decimal.localcontext() as context:
        context.prec = 60
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return exact.quantize(Decimal(1).scaleb(-digits), rounding=mode)


# -- two figures ---------------------------------------------------------------------------------


@given(decimals(), decimals())
def test_agreement_is_symmetric(one: Decimal, other: Decimal) -> None:
    """Which of two figures is called the first does not matter."""
    assert agree(one, other) is agree(other, one)
    assert tolerance(one, other) == tolerance(other, one)


@given(decimals(), st.integers(0, 3))
def test_a_figure_agrees_with_itself_whatever_zeros_it_is_printed_with(
    number: Decimal, zeros: int
) -> None:
    """Equal is equal: 5.50 and 5.5 are one number."""
    assert (
        agree(number, Decimal(f"{number}{'0' * zeros}" if "." in f"{number}" else f"{number}"))
        is EQUAL
    )


@given(decimals("-999", "999"), decimals("-999", "999"))
def test_figures_agree_within_half_a_last_place_of_the_one_with_fewer_digits(
    one: Decimal, other: Decimal
) -> None:
    """Figures with other digits may differ by half a last place; with the same digits they may not.

    两个数在位数少的一个的末位上最多差一半的，四舍五入后相等；位数相同的必须正好相等。
    """
    coarse = max(unit(one), unit(other))
    distance = abs(Fraction(one) - Fraction(other))
    expected = DIFFERENT
    if distance == 0:
        expected = EQUAL
    elif unit(one) != unit(other) and 2 * distance <= coarse:
        expected = WITHIN
    assert agree(one, other) is expected


@given(decimals(), st.integers(0, 4))
def test_a_figure_agrees_with_itself_rounded(number: Decimal, digits: int) -> None:
    """Whoever prints fewer digits of the same number is not wrong, a tie in either direction."""
    for mode in (ROUND_HALF_UP, ROUND_HALF_DOWN):
        assert agree(number, printed(Fraction(number), digits, mode)) is not DIFFERENT


@given(decimals(), st.integers(0, 4))
def test_a_figure_does_not_agree_with_the_next_one(number: Decimal, digits: int) -> None:
    """A whole last place more is another number, however many digits it is printed with."""
    assume(unit(number) <= Fraction(1, 10**digits))
    rounded = printed(Fraction(number), digits)
    step = Decimal(1).scaleb(-digits)
    for wrong in (rounded + step, rounded - step):
        if 2 * abs(Fraction(number) - Fraction(wrong)) > Fraction(step):
            assert agree(number, wrong) is DIFFERENT


# -- shares --------------------------------------------------------------------------------------

positive = decimals("0.01", "99999")


@given(positive, positive, st.integers(0, 4))
def test_a_share_that_was_rounded_is_right(part: Decimal, base: Decimal, digits: int) -> None:
    """A percentage stands for every share that rounds to it."""
    share = Fraction(part) * 100 / Fraction(base)
    shown = printed(share, digits)
    assert is_rounded(shown, Exact(part * 100, base))
    assert is_share(shown, part, base) is (shown not in (0, 100) or share in (0, 100))


@given(positive, positive, decimals("0", "200"))
def test_a_share_is_right_only_if_it_rounds_to_what_is_printed(
    part: Decimal, base: Decimal, shown: Decimal
) -> None:
    """And for no other."""
    share = Fraction(part) * 100 / Fraction(base)
    rounds = 2 * abs(share - Fraction(shown)) <= unit(shown)
    is_exact = share == Fraction(shown)
    assert is_share(shown, part, base) is (is_exact if shown in (0, 100) else rounds)


@given(positive, positive)
def test_100_percent_is_all_of_it_and_0_percent_is_nothing(part: Decimal, base: Decimal) -> None:
    """Nothing is rounded to them.

    100% 和 0% 必须正好相等，99.999% 不能写成 100%。
    """
    for shown in ("100", "100.0", "100.00"):
        assert is_share(Decimal(shown), part, base) is (part == base)
    for shown in ("0", "0.0", "0.00"):
        assert not is_share(Decimal(shown), part, base)
        assert is_share(Decimal(shown), Decimal(0), base)


@pytest.mark.parametrize(
    ("shown", "part", "base", "right"),
    [
        ("98.67", "1269.62", "1286.7", True),
        ("98.7", "1269.62", "1286.7", True),
        ("99", "1269.62", "1286.7", True),
        ("98.70", "1269.62", "1286.7", False),
        ("100", "143.82", "144", False),
        ("99.9", "143.82", "144", True),
        ("99.88", "143.82", "144", True),
        ("99.86", "143.82", "144", False),
        ("12", "125", "1000", True),
        ("13", "125", "1000", True),
        ("14", "125", "1000", False),
        ("12.50", "125", "1000", True),
        ("12.51", "125", "1000", False),
    ],
)
def test_shares_that_were_really_printed(shown: str, part: str, base: str, right: bool) -> None:
    assert is_share(Decimal(shown), Decimal(part), Decimal(base)) is right


# -- sums ----------------------------------------------------------------------------------------


@given(st.lists(decimals(), min_size=1, max_size=6))
def test_a_sum_of_its_parts_is_equal(parts: list[Decimal]) -> None:
    """However many digits each has.

    分项之和等于合计。
    """
    assert is_sum(sum(parts, Decimal(0)), parts) is EQUAL


@given(st.lists(st.decimals(0, 999, places=4), min_size=1, max_size=6), st.data())
def test_parts_that_were_rounded_still_make_the_sum(
    exact: list[Decimal], data: st.DataObject
) -> None:
    """Parts printed with other digits than the sum may miss it by their roundings, no more."""
    whole = data.draw(st.integers(0, 3))
    digits = [data.draw(st.integers(min(whole, 1), 3)) for _ in exact]
    assume(any(item != whole for item in digits))
    parts = [
        printed(Fraction(number), places) for number, places in zip(exact, digits, strict=True)
    ]
    total = printed(Fraction(sum(exact)), whole)
    assert is_sum(total, parts) is not DIFFERENT


@given(st.lists(st.decimals(0, 999, places=2), min_size=1, max_size=6), st.integers(-500, 500))
def test_a_sum_with_the_digits_of_its_parts_is_exact_or_wrong(
    parts: list[Decimal], cents: int
) -> None:
    """One last place is a difference.

    位数相同的，差一分也是不等。
    """
    off = sum(parts, Decimal(0)) + Decimal(cents).scaleb(-2)
    assert is_sum(off, parts) is (EQUAL if cents == 0 else DIFFERENT)


@given(st.lists(decimals("0", "999"), min_size=1, max_size=5), decimals("-999", "4999"))
def test_a_sum_is_off_by_more_than_all_roundings_together(
    parts: list[Decimal], total: Decimal
) -> None:
    """The slack is half a last place of the sum and of each part, where their digits differ.

    Beside a sum with decimals a part without any was not rounded.
    """
    distance = abs(Fraction(total) - sum(map(Fraction, parts), Fraction(0)))
    units = [unit(total), *(one for one in map(unit, parts) if one < 1 or unit(total) == 1)]
    slack = sum(units, Fraction(0)) if len(set(units)) > 1 else Fraction(0)
    expected = EQUAL if distance == 0 else WITHIN if 2 * distance <= slack else DIFFERENT
    assert is_sum(total, parts) is expected


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [
        ("5745.06", "5000 744.60", DIFFERENT),
        ("5745.06", "5000 745.06", EQUAL),
        ("301.00", "100 100 100", DIFFERENT),
        ("301.50", "100 100 100", DIFFERENT),
        ("300.00", "100 100 100", EQUAL),
        ("301", "100 100 100", DIFFERENT),
        ("301", "100 100 100.6", WITHIN),
        ("21062.24", "498.43 20563.8", WITHIN),
        ("21062.33", "498.43 20563.8", DIFFERENT),
    ],
)
def test_a_part_without_decimals_beside_a_sum_with_them_is_exact(
    whole: str, parts: str, expected: Agreement
) -> None:
    """Accounts in 万元 drop the zeros behind the point: 5000 is 5000.00."""
    assert is_sum(Decimal(whole), map(Decimal, parts.split())) is expected


# -- the denominator that fits -------------------------------------------------------------------


@given(positive, st.lists(decimals("0", "99999"), max_size=8), st.integers(0, 3), st.data())
def test_the_denominators_that_are_found_do_give_the_printed_share(
    part: Decimal, numbers: list[Decimal], digits: int, data: st.DataObject
) -> None:
    """Every figure that fits is found, in order, and no other."""
    true = data.draw(positive)
    figures = [Base(f"数{at}", number) for at, number in enumerate([*numbers, true])]
    shown = printed(Fraction(part) * 100 / Fraction(true), digits)
    assume(shown not in (0, 100) or part == true)
    found = list(fitting_bases(shown, part, figures))
    assert figures[-1] in found
    expected = []
    for figure in figures:
        if figure.number == 0:
            continue
        share = Fraction(part) * 100 / Fraction(figure.number)
        rounds = 2 * abs(share - Fraction(shown)) <= unit(shown)
        if (share == shown) if shown == 100 else rounds:
            expected.append(figure)
    assert found == expected


def test_the_denominator_of_a_share_that_was_really_printed() -> None:
    """99.5 % was said to be of the project spending, and is of all spending."""
    figures = [
        Base("项目支出", Decimal("10725.3")),
        Base("支出合计", Decimal("11223.72")),
        Base("空", Decimal(0)),
    ]
    found = fitting_bases(Decimal("99.5"), Decimal("11164.08"), figures)
    assert [figure.name for figure in found] == ["支出合计"]


@given(decimals(), st.integers(0, 3))
def test_rounding_up_or_down_where_it_is_no_tie_is_wrong(number: Decimal, digits: int) -> None:
    """What was cut off instead of rounded is wrong unless it was less than half."""
    exact = Exact(number, Decimal(1))
    for mode in (ROUND_FLOOR, ROUND_CEILING):
        shown = printed(Fraction(number), digits, mode)
        near = 2 * abs(Fraction(number) - Fraction(shown)) <= Fraction(1, 10**digits)
        assert is_rounded(shown, exact) is near
