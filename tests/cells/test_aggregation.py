"""分单位汇总: 绝对值直接累加，相对值按资金额度加权平均；先汇总，再计分."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, Line
from perfeval.cells.aggregation import Aggregate, Aggregation, UnitFigure, aggregated
from perfeval.cells.reading import read_cell
from tests.property import oracle
from tests.property.strategies import HEAD, weights, written

BOOK = perfeval.load_rulebook("hubei-2020")
money = st.lists(st.integers(0, 5000).map(Decimal), min_size=1, max_size=4).filter(any)
figure = st.integers(0, 10_000).map(lambda units: Decimal(units).scaleb(-2))


def scored(weight: Decimal, units: list[dict[str, Any]], **more: Any) -> Line:
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "行", "分值": weight, **more}
    sheet = perfeval.load_sheet({**HEAD, "指标": [{**row, "分单位": units}]})
    return perfeval.score(sheet, BOOK).lines[0]


def total(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def exact(line: Line) -> Fraction:
    assert line.exact is not None
    return Fraction(line.exact.numerator) / Fraction(line.exact.denominator)


@given(weights, st.sampled_from("≥≤"), money, st.data())
def test_rates_are_weighted_by_money_and_then_scored(
    weight: Decimal, sign: str, funds: list[Decimal], data: st.DataObject
) -> None:
    """相对值按资金额度加权平均: the mean is exact, and what is printed of it decides nothing."""
    pairs = [(data.draw(figure), data.draw(figure)) for _ in funds]
    units = [
        {
            "单位": f"单位{at}",
            "资金": amount,
            "目标值": f"{sign}{written(target)}%",
            "完成值": f"{written(actual)}%",
        }
        for at, (amount, (target, actual)) in enumerate(zip(funds, pairs, strict=True))
    ]
    line = scored(weight, units)
    target, actual = (
        total(
            Fraction(pair[side]) * Fraction(amount)
            for amount, pair in zip(funds, pairs, strict=True)
        )
        / Fraction(sum(funds))
        for side in (0, 1)
    )
    assert exact(line) == oracle.figures(Fraction(weight), sign, target, actual)


@given(weights, st.sampled_from("≥≤"), st.lists(st.tuples(figure, figure), min_size=1, max_size=4))
def test_counts_add_up_and_are_then_scored(
    weight: Decimal, sign: str, pairs: list[tuple[Decimal, Decimal]]
) -> None:
    """绝对值直接累加: no money is needed."""
    units = [
        {"单位": f"单位{at}", "目标值": f"{sign}{written(one)}个", "完成值": f"{written(other)}个"}
        for at, (one, other) in enumerate(pairs)
    ]
    line = scored(weight, units)
    target, actual = (total(Fraction(pair[side]) for pair in pairs) for side in (0, 1))
    assert exact(line) == oracle.figures(Fraction(weight), sign, target, actual)
    assert line.basis is Basis.MEASURED


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(1600, 2000)), min_size=1, max_size=4))
def test_judged_points_are_weighted_by_money(units: list[tuple[int, int]]) -> None:
    """定性指标汇总时以资金额度为权重，对分值进行加权平均."""
    rows = [
        {
            "单位": f"单位{at}",
            "资金": amount,
            "目标值": "得到提升",
            "完成值": "达成预期指标",
            "已填报得分": Decimal(points).scaleb(-2),
        }
        for at, (amount, points) in enumerate(units)
    ]
    line = scored(Decimal(20), rows)
    whole = sum(amount for amount, _ in units)
    expected = total(Fraction(amount * points, 100 * whole) for amount, points in units)
    assert exact(line) == expected
    assert line.points is not None
    assert Fraction(line.points) == oracle.half_up(expected)
    assert line.basis is Basis.JUDGED


def unit(**fields: Any) -> dict[str, Any]:
    return {"单位": "甲", "资金": 3, "目标值": "≥30人", "完成值": "28人", **fields}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"完成值": None}, "UNIT_BLANK"),
        ({"完成值": "/"}, "UNIT_BLANK"),
        ({"完成值": "93%"}, "UNITS_MIXED"),
        ({"完成值": "9户"}, "UNITS_MIXED"),
        ({"目标值": "≤30人"}, "UNITS_MIXED"),
        ({"完成值": "42（3）人"}, "UNITS_MIXED"),
        ({"完成值": "计划30人"}, "UNITS_MIXED"),
        ({"完成值": "减少30人"}, "UNITS_MIXED"),
        ({"完成值": "28人，含上年结转"}, "UNITS_MIXED"),
        ({"完成值": "28人次"}, "UNITS_MIXED"),
        ({"目标值": "±30人"}, "UNITS_MIXED"),
    ],
)
def test_what_cannot_be_made_one_is_refused(other: dict[str, Any], kind: str) -> None:
    line = scored(Decimal(10), [unit(), unit(单位="乙", **other)])
    assert (line.points, line.high) == (None, Decimal(10))
    assert [note.kind.name for note in line.notes] == [kind]


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("下降5%", "增长5%"),
        ("下降5%", "下降6%"),
        ("±5%", "9%"),
        ("±5%", "5%"),
        ("≥20场", "计划12场"),
        ("≥10张", "12张，其中新增3张"),
        ("20231231", "20231231"),
    ],
)
def test_what_is_more_than_a_figure_is_never_made_one(target: str, actual: str) -> None:
    """Way, bound and plan are no part of a sum, and without them the figures say something else."""
    units = [unit(单位=name, 目标值=target, 完成值=actual) for name in "甲乙"]
    line = scored(Decimal(10), units)
    assert (line.points, line.high) == (None, Decimal(10))
    assert {note.kind.name for note in line.notes} == {"UNITS_MIXED"}


def test_a_zero_of_what_should_not_be_is_a_figure() -> None:
    units = [unit(目标值="0起", 完成值="零事故"), unit(单位="乙", 目标值="0起", 完成值="0起")]
    assert scored(Decimal(10), units).points == Decimal(10)


@pytest.mark.parametrize(
    ("name", "targets", "actuals", "points"),
    [
        ("行", ("零投诉", "零投诉"), ("0次", "1次"), "0.00"),
        ("行", ("零投诉", "0次"), ("0次", "零投诉"), "10.00"),
        ("差错率", ("0%", "0%"), ("0%", "2%"), "0.00"),
        ("行", ("0场", "0场"), ("0场", "1场"), "10.00"),
    ],
)
def test_several_zeros_of_what_should_not_be_are_one(
    name: str, targets: tuple[str, str], actuals: tuple[str, str], points: str
) -> None:
    """零 with the bad thing is a target of 0, and a zero of several units is no floor."""
    units = [
        unit(单位=one, 目标值=target, 完成值=actual)
        for one, target, actual in zip("甲乙", targets, actuals, strict=True)
    ]
    line = scored(Decimal(10), units, 名称=name)
    assert line.points == Decimal(points)


@given(
    st.sampled_from(
        [("公里", "米", 1000), ("人", "名", 1), ("万元", "元", 10_000), ("吨", "斤", 2000)]
    ),
    st.tuples(figure, figure),
    st.tuples(figure, figure),
)
def test_fixed_factors_hold_between_units_too(
    spellings: tuple[str, str, int], one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]
) -> None:
    """绝对值直接累加: 2公里 and 500米 are 2500米."""
    large, small, factor = spellings
    units = [
        unit(目标值=f"≥{written(one[0])}{large}", 完成值=f"{written(one[1])}{large}"),
        unit(
            单位="乙", 目标值=f"≥{written(other[0])}{small}", 完成值=f"{written(other[1])}{small}"
        ),
    ]
    line = scored(Decimal(10), units)
    target, actual = (Fraction(one[side]) * factor + Fraction(other[side]) for side in (0, 1))
    assert exact(line) == oracle.figures(Fraction(10), "≥", target, actual)
    assert line.basis is Basis.MEASURED


@pytest.mark.parametrize("actual", ["13000", "1.3"])
def test_a_bare_number_beside_ten_thousands_is_asked(actual: str) -> None:
    """Beside 万 a bare number may be in either: 1.2万人 and 13000."""
    units = [
        unit(目标值="≥1.2万人", 完成值="1.2万人"),
        unit(单位="乙", 目标值="≥1.3万人", 完成值=actual),
    ]
    line = scored(Decimal(10), units)
    assert [note.kind.name for note in line.notes] == ["UNITS_MIXED"]


def test_a_rate_without_money_is_refused() -> None:
    rates = {"目标值": "≥90%", "完成值": "95%"}
    line = scored(Decimal(10), [unit(**rates), unit(单位="乙", 资金=None, **rates)])
    assert [note.message for note in line.notes] == ["乙 未填资金，比率不能按资金加权平均"]
    line = scored(Decimal(10), [unit(**rates, 资金=0)])
    assert [note.kind.name for note in line.notes] == ["UNIT_MONEY"]


def test_the_author_says_how_where_it_is_not_the_usual_way() -> None:
    days = [
        unit(目标值="≤30天", 完成值="20天"),
        unit(单位="乙", 资金=1, 目标值="≤10天", 完成值="8天"),
    ]
    assert perfeval.load_sheet(sheet_of(days)).indicators[0].target is not None
    line = scored(Decimal(10), days, 汇总方式="按资金加权平均")
    assert line.explain().count("÷ (3 + 1)") == 2


@pytest.mark.parametrize(
    ("target", "actuals", "points", "more"),
    [
        ("≥95%", ("40", "60"), "5.26", {}),
        ("≥95%", ("0.96", "0.97"), "10.00", {}),
        ("≥95%", ("0.95", "0.95"), "10.00", {}),
        ("95", ("40", "60"), "5.26", {"单位": "%"}),
        ("≥50", ("40%", "60%"), "10.00", {}),
        ("≥10元/年", ("10元", "10元"), "10.00", {}),
        ("≥10元", ("5元/年", "5元/年"), "5.00", {}),
    ],
)
def test_both_sides_of_a_row_become_one_in_the_same_way(
    target: str, actuals: tuple[str, str], points: str, more: dict[str, Any]
) -> None:
    """A sum against a mean compares nothing: a bare figure is of the unit that the row has."""
    units = [
        unit(单位=name, 目标值=target, 完成值=done)
        for name, done in zip("甲乙", actuals, strict=True)
    ]
    line = scored(Decimal(10), units, **more)
    found = line.points if line.points is not None else line.high
    assert found == Decimal(points)
    assert len({note.kind.name for note in line.notes} & {"SUMMED", "WEIGHTED"}) < 2


def test_a_mean_without_an_end_scores_in_the_unit_of_the_target() -> None:
    """0.9, 0.95 and 0.95 by equal money are 93.33 % of a target of 95 %."""
    units = [
        unit(单位=name, 目标值="≥95%", 完成值=done)
        for name, done in zip("甲乙丙", ("0.9", "0.95", "0.95"), strict=True)
    ]
    line = scored(Decimal(10), units)
    assert line.points == Decimal("9.82")


def test_areas_in_two_units_are_met_where_they_are_the_same() -> None:
    units = [unit(单位=name, 目标值="≥1公顷", 完成值="15亩") for name in "甲乙"]
    line = scored(Decimal(10), units)
    assert (line.points, line.is_short) == (Decimal(10), False)


def test_completion_rates_are_weighed_though_their_targets_are_counts() -> None:
    units = [unit(完成值="90%"), unit(单位="乙", 完成值="90%")]
    sheet = perfeval.load_sheet(sheet_of(units))
    target, actual = sheet.indicators[0].target, sheet.indicators[0].actual
    assert target is not None
    assert actual is not None
    assert (target.text, actual.text) == ("≥60人", "90%")


def test_counts_of_either_word_add_up() -> None:
    units = [unit(单位=name, 资金=None, 目标值="≥5台/套", 完成值="5台/套") for name in "甲乙"]
    sheet = perfeval.load_sheet(sheet_of(units))
    target = sheet.indicators[0].target
    assert target is not None
    assert target.text == "≥10台/套"


def sheet_of(units: list[dict[str, Any]]) -> dict[str, Any]:
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "行", "分值": 10, "分单位": units}
    return {**HEAD, "指标": [row]}


def test_a_mean_just_below_its_target_is_short_and_not_printed_as_the_target() -> None:
    """100 % is a claim of exactness: one unit short leaves the mean short."""
    whole = unit(目标值="≥100%", 完成值="100%", 资金=Decimal(10) ** 17)
    short = unit(单位="乙", 目标值="≥100%", 完成值="99.9%", 资金=1)
    sheet = perfeval.load_sheet(sheet_of([whole, short]))
    card = perfeval.score(sheet, BOOK)
    assert sheet.indicators[0].actual is not None
    assert sheet.indicators[0].actual.text != "100%"
    assert sheet.indicators[0].comparison.misses_target
    assert card.lines[0].is_short
    assert exact(card.lines[0]) < 10


def test_what_is_computed_is_never_written() -> None:
    """目标值和完成值由各单位汇总得出，不用填写."""
    sheet = perfeval.load_sheet(sheet_of([unit(), unit(单位="乙")]))
    text = perfeval.dump(sheet)
    assert perfeval.load_sheet(text) == sheet
    assert perfeval.from_json(perfeval.to_json(sheet)) == sheet
    assert text.count("目标值") == len(sheet.indicators[0].units)
    assert sheet.indicators[0].typed == ()


def made(way: Aggregation, *figures: tuple[str, int]) -> Aggregate:
    units = [
        UnitFigure(f"单位{at}", Decimal(money), read_cell(text))
        for at, (text, money) in enumerate(figures)
    ]
    return aggregated("完成值", units, way)


def test_words_that_differ_are_told_with_their_units() -> None:
    said = made(Aggregation.SUM, ("得到提升", 1), ("得到改善", 1))
    assert said.cell is not None
    assert said.cell.text == "单位0：得到提升；单位1：得到改善"
    assert not said.has_no_end
    same = made(Aggregation.SUM, ("得到提升", 1), ("得到提升", 1))
    assert same.cell is not None
    assert same.cell.text == "得到提升"


def test_a_mean_that_does_not_end_is_printed_with_two_decimals() -> None:
    """相对值按资金额度加权平均: 20 and 9 with money 2 to 1 are 49/3."""
    mean = made(Aggregation.MEAN, ("20天", 2), ("9天", 1))
    assert mean.cell is not None
    assert (mean.cell.text, mean.has_no_end) == ("16.33天", True)
    whole = made(Aggregation.MEAN, ("20天", 1), ("10天", 1))
    assert whole.cell is not None
    assert (whole.cell.text, whole.has_no_end) == ("15天", False)
