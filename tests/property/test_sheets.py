"""Whole sheets: 小计、总分、等级, from rows that may be open."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, Line, Scorecard
from tests.property import oracle, strategies
from tests.property.strategies import Filled

HUBEI = perfeval.load_rulebook("hubei-2020")
sheets = strategies.sheets()
any_sheets = strategies.sheets() | strategies.sheets(closed=False)


def scored(filled: Filled) -> Scorecard:
    return perfeval.score(perfeval.load_sheet(filled.data), HUBEI)


def is_unscored(line: Line) -> bool:
    """Tell whether a row has no points although it has a weight."""
    return line.points is None and line.weight != 0


@given(sheets)
def test_every_sheet_equals_an_independent_calculation(filled: Filled) -> None:
    """总分 is the sum of the rounded rows; an unscored row makes it a range.

    等级 is that of the table, where both ends of the range share it.
    """
    card = scored(filled)
    expected = (filled.budget, *filled.rows)
    assert card.gaps == ()
    for line, wanted in zip(card.rows, expected, strict=True):
        assert (Fraction(line.low), Fraction(line.high)) == wanted[:2]
    low, high = sum(item.low for item in expected), sum(item.high for item in expected)
    assert card.low is not None
    assert card.high is not None
    assert (Fraction(card.low), Fraction(card.high)) == (low, high)
    is_open = any(map(is_unscored, card.rows))
    assert card.total == (None if is_open else card.low)
    grades = {oracle.grade(Fraction(low)), oracle.grade(Fraction(high))}
    assert card.grade == (grades.pop() if len(grades) == 1 else None)


@given(sheets)
def test_the_total_is_the_sum_of_the_printed_lines(filled: Filled) -> None:
    """小计与总分直接相加: who adds up the printed column gets the printed total."""
    card = scored(filled)
    if card.total is not None:
        assert all(line.points is not None or not line.weight for line in card.rows)
        printed = [Decimal(str(line.points)) for line in card.rows if line.points is not None]
        assert Fraction(card.total) == sum(map(Fraction, printed))
    for part in card.subtotals:
        mine = [line for line in card.lines if line.indicator.section is part.section]
        assert part.low is not None
        assert Fraction(part.low) == sum(Fraction(line.low) for line in mine)
        assert part.points in (None, part.low)


@given(any_sheets)
def test_measured_and_claimed_points_make_up_the_total(filled: Filled) -> None:
    """有据可算 + 依填报认定 = 总分: nothing rests on anything else."""
    card = scored(filled)
    points = [line for line in card.rows if line.points is not None]
    assert card.measured == sum(
        line.points for line in points if line.points and line.basis is Basis.MEASURED
    )
    assert card.measured + card.claimed == sum(line.points or 0 for line in points)
    if card.total is not None:
        assert card.measured + card.claimed == card.total


@given(any_sheets, st.randoms(use_true_random=False))
def test_the_order_of_indicators_changes_neither_points_nor_total(
    filled: Filled, random: object
) -> None:
    """指标 may be printed in any order."""
    rows = list(filled.data["指标"])
    random.shuffle(rows)  # type: ignore[attr-defined]
    card, shuffled = scored(filled), scored(filled._replace(data={**filled.data, "指标": rows}))
    assert {line.name: line.points for line in card.lines} == {
        line.name: line.points for line in shuffled.lines
    }
    for name in ("total", "low", "high", "grade", "measured", "claimed"):
        assert getattr(card, name) == getattr(shuffled, name)
    assert {part.section: part.points for part in card.subtotals} == {
        part.section: part.points for part in shuffled.subtotals
    }


@given(any_sheets)
def test_an_unscored_row_leaves_no_total_but_bounds(filled: Filled) -> None:
    """An unscored row is never 0: the total is None and its bounds are in order."""
    card = scored(filled)
    is_open = any(map(is_unscored, card.rows))
    assert (card.total is None) is (is_open or bool(card.gaps) or not card.lines)
    assert bool(card.why_unscored) is (card.total is None)
    assert (card.low is None) is (card.high is None) is (bool(card.gaps) or not card.lines)
    if card.low is not None and card.high is not None:
        assert card.low <= card.high
        assert is_open or card.low == card.high


@given(sheets, st.data())
def test_the_bounds_of_the_total_hold_every_completion(filled: Filled, data: st.DataObject) -> None:
    """总分区间: however the open rows are filled in, the total lies inside."""
    card = scored(filled)
    rows = []
    for row, line in zip(filled.data["指标"], card.lines, strict=True):
        if line.points is None and row.get("完成值") not in (*oracle.BANDS, "得到提升"):
            drawn = data.draw(strategies.figure_rows(row["分值"]))
            rows.append({**row, "符号": None, "不适用": False, **drawn.fields})
        else:
            rows.append(row)
    budget = {"预算数": 100, "执行数": data.draw(st.integers(0, 120))}
    if card.execution.points is not None:
        budget = filled.data["预算"]
    completed = scored(filled._replace(data={**filled.data, "指标": rows, "预算": budget}))
    assert card.low is not None
    assert card.high is not None
    assert completed.low is not None
    assert completed.high is not None
    assert card.low <= completed.low <= completed.high <= card.high


@given(any_sheets)
def test_weights_that_do_not_fit_are_named_with_their_difference(filled: Filled) -> None:
    """产出 40, 效益 and 满意度 together 40: what is off, and by how much."""
    sums = {"产出": Fraction(0), "其余": Fraction(0)}
    for row in filled.data["指标"]:
        sums["产出" if row["一级指标"] == "产出指标" else "其余"] += Fraction(row["分值"])
    card = scored(filled)
    expected = [
        (Fraction(40), total) for total in sums.values() if total != 40 and filled.data["指标"]
    ]
    assert [(Fraction(gap.expected), Fraction(gap.actual)) for gap in card.gaps] == expected


@given(any_sheets)
def test_a_sheet_scores_the_same_twice(filled: Filled) -> None:
    """Pure: the same sheet and rulebook give the same scorecard and the same findings."""
    sheet = perfeval.load_sheet(filled.data)
    first, second = perfeval.score(sheet, HUBEI), perfeval.score(sheet, HUBEI)
    assert first == second
    assert perfeval.check(first) == perfeval.check(second)


@given(any_sheets)
def test_what_was_filed_is_never_changed(filled: Filled) -> None:
    """已填报 is evidence."""
    card = scored(filled)
    for row, line in zip(filled.data["指标"], card.lines, strict=True):
        assert line.filed == row.get("已填报得分")
    assert card.execution.filed == filled.data["预算"]["已填报"]["得分"]
