"""One row: 得分 = 权重 × B/A 或 A/B，不突破权重；定性按档；预算执行按执行率."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval import Line, Rulebook
from tests.property import oracle, strategies
from tests.property.strategies import HEAD, SIGNS, Budget, Row, amounts, weights, written
from tests.scoring.rulebooks import varied

HUBEI = perfeval.load_rulebook("hubei-2020")
LINE = varied("hubei-2020", {"定量指标": {"反向": {"方法": "按超出幅度扣减", "扣完倍数": 2}}})
BOTH = st.sampled_from([HUBEI, LINE])
MANY = settings(max_examples=4 * settings().max_examples)
signs = st.sampled_from(SIGNS)


def scored(fields: dict[str, Any], weight: Any, book: Rulebook = HUBEI) -> Line:
    row = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "行", "分值": weight, **fields}
    return perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), book).lines[0]


def of_figures(
    weight: Decimal, sign: str, target: Decimal, actual: Decimal, book: Rulebook = HUBEI
) -> Line:
    return scored({"目标值": sign + written(target), "完成值": written(actual)}, weight, book)


def exact(line: Line) -> Fraction:
    assert line.exact is not None
    return Fraction(line.exact.numerator) / Fraction(line.exact.denominator)


@MANY
@given(st.data())
def test_every_row_equals_an_independent_calculation_with_fractions(data: st.DataObject) -> None:
    """四舍五入: every row is its exact value rounded half up, ties included.

    It rests on figures, claims or judgements.
    """
    weight = data.draw(weights)
    row: Row = data.draw(strategies.rows(weight))
    line = scored(row.fields, weight)
    assert (Fraction(line.low), Fraction(line.high)) == row.expected[:2]
    assert line.basis.name == row.expected.basis
    assert (line.points is None) is (line.basis.name == oracle.UNSCORED)


@MANY
@given(strategies.budgets())
def test_the_budget_row_equals_an_independent_calculation(budget: Budget) -> None:
    """预算执行得分 = 20 分 × 执行率（B/A）."""
    sheet = perfeval.load_sheet({**HEAD, "预算": budget.fields})
    line = perfeval.score(sheet, HUBEI).execution
    assert (Fraction(line.low), Fraction(line.high)) == budget.expected[:2]
    assert line.basis.name == budget.expected.basis


@MANY
@given(weights, signs, amounts, st.data(), st.booleans())
def test_both_reverse_formulas_equal_an_independent_calculation(
    weight: Decimal, sign: str, target: Decimal, data: st.DataObject, falls_in_a_line: bool
) -> None:
    """反向指标: w·A/B as printed in Hubei, w·(1-(B-A)/A) in the national system."""
    actual = data.draw(strategies.actuals(target))
    line = of_figures(weight, sign, target, actual, LINE if falls_in_a_line else HUBEI)
    points = oracle.figures(
        Fraction(weight), sign, Fraction(target), Fraction(actual), line=falls_in_a_line
    )
    assert points == exact(line)
    assert line.points is not None
    assert Fraction(line.points) == oracle.half_up(points)


@given(st.integers(1, 4000), st.integers(1, 400), st.integers(0, 400))
def test_ties_go_up(cents: int, target: int, half: int) -> None:
    """2 × 26 ÷ 32 = 1.625 → 1.63: exactly half a cent goes up."""
    weight, actual = Decimal(cents).scaleb(-2), Decimal(2 * half + 1) / 2
    points = Fraction(weight) * Fraction(actual) / target
    assume(actual < target)
    line = of_figures(weight, "≥", Decimal(target), actual)
    assert line.points is not None
    assert Fraction(line.points) == oracle.half_up(points)


def test_there_are_ties_among_whole_numbers() -> None:
    """Every tie of 2 points × B ÷ A with A up to 64 is rounded up."""
    ties = 0
    for target in range(1, 65):
        for actual in range(target):
            cents = Fraction(200 * actual, target)
            if cents.denominator == 2:
                ties += 1
                line = of_figures(Decimal(2), "≥", Decimal(target), Decimal(actual))
                assert line.points is not None
                assert Fraction(line.points) * 100 == cents + Fraction(1, 2)
    assert ties > 10


odd_weights = weights | st.builds(strategies.number, st.integers(0, 10**6), st.integers(3, 6))


@MANY
@given(odd_weights, signs, amounts | strategies.long_amounts, st.data(), BOTH)
def test_points_lie_between_zero_and_the_weight(
    weight: Decimal, sign: str, target: Decimal, data: st.DataObject, book: Rulebook
) -> None:
    """得分不得突破权重总额, and is never below 0."""
    actual = data.draw(amounts | strategies.long_amounts | st.just(target))
    line = of_figures(weight, sign, target, actual, book)
    assert line.points is not None
    assert 0 <= line.points <= weight
    assert 0 <= exact(line) <= Fraction(weight)
    assert not line.points.is_signed()


@MANY
@given(weights, st.sampled_from(["≥", "＞", "＝", "≤", "＜"]), amounts, amounts, amounts, BOTH)
def test_points_rise_with_the_actual_or_fall_where_less_is_better(
    weight: Decimal, sign: str, target: Decimal, left: Decimal, right: Decimal, book: Rulebook
) -> None:
    """正向指标 rises, 反向指标 falls with the actual (完成值不小于 0)."""
    assume(not (sign == "＝" and target == 0))
    less, more = sorted((left, right))
    low = of_figures(weight, sign, target, less, book).points
    high = of_figures(weight, sign, target, more, book).points
    assert low is not None
    assert high is not None
    assert low <= high if sign in ("≥", "＞", "＝") else low >= high


@MANY
@given(weights.filter(bool), signs, amounts, st.data(), BOTH)
def test_full_marks_exactly_when_the_target_is_met(
    weight: Decimal, sign: str, target: Decimal, data: st.DataObject, book: Rulebook
) -> None:
    """完成指标值的记满分: on unrounded points, for the ratio methods."""
    actual = data.draw(amounts | st.just(target))
    line = of_figures(weight, sign, target, actual, book)
    is_full = exact(line) == Fraction(weight)
    assert is_full is oracle.is_met(sign, Fraction(target), Fraction(actual))


@given(weights, signs, amounts, st.data(), st.integers(1, 10**6), st.integers(0, 3), BOTH)
def test_scaling_target_and_actual_changes_nothing(
    weight: Decimal,
    sign: str,
    target: Decimal,
    data: st.DataObject,
    units: int,
    places: int,
    book: Rulebook,
) -> None:
    """得分 depends on B/A alone: counted in 张 or in 万张, the points are the same."""
    actual = data.draw(amounts)
    factor = strategies.number(units, places)
    plain = of_figures(weight, sign, target, actual, book)
    scaled = of_figures(weight, sign, target * factor, actual * factor, book)
    assert plain.points == scaled.points
    assert exact(plain) == exact(scaled)


@given(amounts.filter(bool), amounts, st.integers(1, 10**6), st.integers(0, 3))
def test_scaling_the_amounts_of_the_budget_changes_nothing(
    final: Decimal, spent: Decimal, units: int, places: int
) -> None:
    """执行率 = B/A: in 元 or in 万元, the points are the same."""
    factor = strategies.number(units, places)
    points = [
        perfeval.score(
            perfeval.load_sheet({**HEAD, "预算": {"预算数": final * by, "执行数": spent * by}}),
            HUBEI,
        ).execution.points
        for by in (Decimal(1), factor)
    ]
    assert points[0] == points[1]


@given(amounts.filter(bool), amounts, amounts)
def test_points_of_the_budget_row_rise_with_the_spending(
    final: Decimal, left: Decimal, right: Decimal
) -> None:
    """预算执行 rises with 执行数 and gives 20 exactly from 100 % on."""
    lines = [
        perfeval.score(
            perfeval.load_sheet({**HEAD, "预算": {"预算数": final, "执行数": spent}}), HUBEI
        ).execution
        for spent in sorted((left, right))
    ]
    low, high = (line.points for line in lines)
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 20
    for line, spent in zip(lines, sorted((left, right)), strict=True):
        assert (exact(line) == 20) is (spent >= final)


OVER = varied("hubei-2020", {"定量指标": {"超额完成": {"处理": "按超额幅度扣减", "阈值": 120}}})
BOOKS = st.sampled_from([HUBEI, LINE, OVER])


@MANY
@given(st.data(), BOOKS)
def test_the_derivation_evaluated_gives_the_points(data: st.DataObject, book: Rulebook) -> None:
    """Explained: the printed formula, worked out by hand and rounded once, is the score."""
    weight = data.draw(weights)
    row: Row = data.draw(strategies.rows(weight))
    derivation = scored(row.fields, weight, book).derivation
    if derivation is not None:
        value = oracle.evaluate(derivation.formula)
        assert Fraction(derivation.points) == oracle.half_up(value)
        assert value * Fraction(derivation.exact.denominator) == Fraction(
            derivation.exact.numerator
        )
        assert derivation.text.startswith(derivation.formula)


@given(strategies.budgets())
def test_the_derivation_of_the_budget_row_gives_its_points(budget: Budget) -> None:
    """20 × 1269.62 ÷ 1286.70 = 19.73, worked out by hand."""
    line = perfeval.score(perfeval.load_sheet({**HEAD, "预算": budget.fields}), HUBEI).execution
    if line.derivation is not None:
        value = oracle.evaluate(line.derivation.formula)
        assert Fraction(line.derivation.points) == oracle.half_up(value)


@MANY
@given(st.data())
def test_the_bounds_of_an_open_row_hold_every_completion(data: st.DataObject) -> None:
    """未计分 counts as [0, w] or as its band: whatever is filled in later lies inside."""
    weight = data.draw(odd_weights)
    row: Row = data.draw(strategies.open_rows(weight) | strategies.judged_rows(weight))
    line = scored(row.fields, weight)
    assert line.low <= line.high
    if line.points is None:
        if row.fields.get("完成值") in (*oracle.BANDS, "得到提升"):
            change = st.fixed_dictionaries({"已填报得分": weights | st.just(weight)})
        else:
            change = st.builds(lambda it: it.fields, strategies.figure_rows(weight))
        filled = scored({**row.fields, **data.draw(change)}, weight)
        assert line.low <= filled.low
        assert filled.high <= line.high


@given(st.data(), st.sampled_from(["不低于", "至少", "不超过", "控制在", "超过", "低于"]))
def test_words_and_glyphs_for_a_sign_score_alike(data: st.DataObject, words: str) -> None:
    """不低于 is ≥, 不超过 is ≤, 超过 is ＞, 低于 is ＜."""
    glyph = {"不低于": "≥", "至少": "≥", "不超过": "≤", "控制在": "≤", "超过": "＞", "低于": "＜"}[
        words
    ]
    weight, target, actual = data.draw(weights), data.draw(amounts), data.draw(amounts)
    by_word = scored({"目标值": words + written(target), "完成值": actual}, weight)
    by_glyph = scored({"目标值": glyph + written(target), "完成值": actual}, weight)
    assert by_word.points == by_glyph.points


DEDUCTING = perfeval.load_rulebook("guangxi")


@given(weights, signs, amounts, st.data(), st.integers(0, 3000))
def test_what_is_deducted_by_hand_leaves_no_less_than_nothing(
    weight: Decimal, sign: str, target: Decimal, data: st.DataObject, units: int
) -> None:
    """得分减去扣减分数，扣到 0 分为止，再舍入."""
    actual, cut = data.draw(strategies.actuals(target)), Decimal(units).scaleb(-2)
    row = {"目标值": sign + written(target), "完成值": written(actual)}
    whole, left = (scored({**row, "扣减分数": less}, weight, DEDUCTING) for less in (None, cut))
    expected = max(Fraction(0), exact(whole) - Fraction(cut))
    assert exact(left) == expected
    assert left.points is not None
    assert Fraction(left.points) == min(oracle.half_up(expected), Fraction(weight))
