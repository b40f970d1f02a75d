"""One expression, three readings: the exact value, the printed formula and the cell."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfeval.methods.expression import (
    Branch,
    Condition,
    Constant,
    Expression,
    Input,
    Rounded,
    case_of,
    greatest,
    least,
    when,
)
from perfeval.methods.inputs import ACTUAL, TARGET, WEIGHT
from perfeval.numbers import ONE, ZERO, RoundingMode
from tests.methods import spreadsheet
from tests.property import oracle

NAMES = ("A", "B", "C")
CELLS = {name: f"{name}1" for name in NAMES}
FIGURES = st.decimals(-1000, 1000, places=2).map(lambda number: number or ZERO)
LEAVES = st.one_of(
    FIGURES.map(Constant),
    st.sampled_from([Input(name, f"“{name}”") for name in NAMES]),
)
CONDITIONS = (Expression.__ge__, Expression.__gt__, Expression.equals)


def chosen(parts: tuple[Expression, ...], compare: int) -> Expression:
    condition: Condition = CONDITIONS[compare](parts[0], parts[1])
    return when(condition, parts[2], parts[3])


def larger(below: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    two = st.tuples(below, below)
    return st.one_of(
        two.map(lambda parts: parts[0] + parts[1]),
        two.map(lambda parts: parts[0] - parts[1]),
        two.map(lambda parts: parts[0] * parts[1]),
        two.map(lambda parts: parts[0] / parts[1]),
        two.map(lambda parts: least(*parts)),
        two.map(lambda parts: greatest(*parts)),
        st.builds(chosen, st.tuples(below, below, below, below), st.integers(0, 2)),
        st.builds(
            Rounded,
            below,
            st.integers(0, 6),
            st.sampled_from(RoundingMode),
            st.one_of(st.none(), below),
        ),
        below.map(lambda part: Branch(part, "规定")),
    )


RULES = st.recursive(LEAVES, larger, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(RULES, st.tuples(FIGURES, FIGURES, FIGURES))
def test_value_formula_and_cell_agree(rule: Expression, figures: tuple[Decimal, ...]) -> None:
    """The points, the formula that is printed and the formula of the workbook are one rule."""
    inputs: dict[str, Decimal] = dict(zip(NAMES, figures, strict=True))
    try:
        exact = rule.exact(inputs)
    except (ArithmeticError, ZeroDivisionError):  # no quotient, or more digits than are computed
        assume(False)
    value = Fraction(exact.numerator) / Fraction(exact.denominator)
    assert exact.denominator > 0
    assert oracle.evaluate(str(exact)) == value
    cells = {f"{name}1": Fraction(figure) for name, figure in zip(NAMES, figures, strict=True)}
    assert spreadsheet.evaluate(rule.in_cells(CELLS), cells) == value


def test_a_quotient_is_never_formed_before_the_rounding() -> None:
    """2 × 26 ÷ 32 is a tie: 1.625 becomes 1.63."""
    points = WEIGHT * ACTUAL / TARGET
    figures: dict[str, Decimal] = {
        "weight": Decimal(2),
        "actual": Decimal(26),
        "target": Decimal(32),
    }
    assert str(points.exact(figures)) == "2 × 26 ÷ 32"
    assert Rounded(points, 2, RoundingMode.HALF_UP).ratio(figures) == (Decimal("1.63"), ONE)
    assert points.said == "分值 × 完成值 ÷ 目标值"


def test_the_sentence_of_a_rule_changes_nothing_in_its_formula() -> None:
    """What a rule says of itself is for readers: the workbook computes the rule alone."""
    for part in (WEIGHT + ACTUAL, WEIGHT * ACTUAL / TARGET):
        said = Rounded(Branch(part, "规定"), 2, RoundingMode.HALF_UP)
        cells = {"weight": "C1", "actual": "A1", "target": "B1"}
        assert said.in_cells(cells) == Rounded(part, 2, RoundingMode.HALF_UP).in_cells(cells)


@given(st.tuples(FIGURES, FIGURES, FIGURES))
def test_a_product_over_a_number_is_worked_out_like_any_rule(figures: tuple[Decimal, ...]) -> None:
    """What the usual rule gives at once is what a walk through it gives, to the last digit."""
    points = WEIGHT * ACTUAL / TARGET
    inputs = dict(zip(("weight", "actual", "target"), figures, strict=True))
    if inputs["target"]:
        assert repr(points.exact(inputs)) == repr(Expression.exact(points, inputs))
    else:
        with pytest.raises(ZeroDivisionError):
            points.exact(inputs)


@pytest.mark.parametrize(
    ("rule", "formula"),
    [
        (WEIGHT * Constant(Decimal(3)) / TARGET, "2 × 3 ÷ 32"),
        ((WEIGHT + ACTUAL) / TARGET, "(2 + 26) ÷ 32"),
        (WEIGHT * (ACTUAL - ONE) / TARGET, "2 × (26 - 1) ÷ 32"),
        (WEIGHT * ACTUAL / Constant(Decimal(32)), "2 × 26 ÷ 32"),
        (Constant(Decimal(2)) * ACTUAL / TARGET, "2 × 26 ÷ 32"),
    ],
)
def test_another_quotient_has_the_formula_of_its_parts(rule: Expression, formula: str) -> None:
    figures = {"weight": Decimal(2), "actual": Decimal(26), "target": Decimal(32)}
    assert str(rule.exact(figures)) == formula


def test_only_what_is_taken_is_printed_and_needs_its_inputs() -> None:
    rule = when(WEIGHT > ZERO, Branch(greatest(WEIGHT - ONE, ZERO), "有"), Branch(TARGET, "无"))
    figures: dict[str, Decimal] = {"weight": Decimal(5)}
    assert str(rule.exact(figures)) == "5 - 1"
    assert case_of(rule, figures).sentence == "有"
    with pytest.raises(KeyError):
        rule.exact({"weight": ZERO})


def test_brackets_stand_where_the_value_needs_them() -> None:
    a, b, c = (Input(name, name) for name in NAMES)
    assert (a - (b - c)).said == "A - (B - C)"
    assert (a - b + c).said == "A - B + C"
    assert (a / (b * c)).said == "A ÷ (B × C)"
    assert ((a + b) * c / a).said == "(A + B) × C ÷ A"


def test_a_number_s_label_is_the_number() -> None:
    assert (Constant(Decimal("1.50")) * WEIGHT).said == "1.50 × 分值"


def test_a_choice_is_one_number_in_a_formula() -> None:
    rule = when(ACTUAL >= TARGET, WEIGHT, WEIGHT * ACTUAL)
    assert (rule.formula, rule.leaves) == ("{}", ())


def test_a_rule_without_a_sentence_is_refused() -> None:
    """The author of a method is told at once that a case of it has no sentence to print."""
    with pytest.raises(TypeError):
        case_of(WEIGHT, {})
    with pytest.raises(NotImplementedError):
        Expression().in_cells({})
