"""分档: each value stands on one step, whatever the order in which steps are written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import perfeval
from perfeval import Line
from perfeval.clauses import COLLECT
from perfeval.methods.value_ladder import ValueLadder
from tests.property.strategies import HEAD, written

BOOK = perfeval.load_rulebook("hubei-2020")
WEIGHT = Decimal(20)
Cut = tuple[Decimal, bool]
"""A number between two steps, and whether it belongs to the upper one."""
cuts = st.lists(
    st.tuples(st.integers(-20, 400).map(lambda units: Decimal(units) / 4), st.booleans()),
    min_size=1,
    max_size=5,
    unique_by=lambda cut: cut[0],
).map(sorted)
figures = st.integers(0, 400).map(lambda units: Decimal(units) / 4) | st.integers(0, 10**5).map(
    lambda units: Decimal(units).scaleb(-3)
)


def rungs_of(found: list[Cut], points: list[int]) -> list[dict[str, Any]]:
    """Write the steps that these cuts make, the lowest first."""
    rungs: list[dict[str, Any]] = [{"得分": given} for given in points[: len(found) + 1]]
    for at, (value, is_upper) in enumerate(found):
        rungs[at]["低于" if is_upper else "不高于"] = value
        rungs[at + 1]["不低于" if is_upper else "高于"] = value
    return rungs


def step_of(found: list[Cut], value: Fraction) -> int:
    """Return on which step a value stands, counted from the lowest."""
    return sum(
        value >= Fraction(cut) if is_upper else value > Fraction(cut) for cut, is_upper in found
    )


def scored(rungs: list[dict[str, Any]], target: Decimal, actual: Decimal, by: str) -> Line:
    row = {
        "一级指标": "产出",
        "二级指标": "数量",
        "名称": "行",
        "分值": WEIGHT,
        "目标值": f"≥{written(target)}个",
        "完成值": f"{written(actual)}个",
        "评分标准": {"依据": "表下注1", "计分": {"方法": "分档", "按": by, "档次": rungs}},
    }
    return perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), BOOK).lines[0]


@given(cuts, st.lists(st.integers(0, 20), min_size=6, max_size=6), figures, figures, st.data())
def test_a_value_gets_the_points_of_the_step_on_which_it_stands(
    found: list[Cut], points: list[int], target: Decimal, actual: Decimal, data: st.DataObject
) -> None:
    """预算控制率为 0 得 8 分，0～10%（含）得 6 分，10%～20%（含）得 4 分……；满意度按档赋分."""
    rungs = data.draw(st.permutations(rungs_of(found, points)))
    by = data.draw(st.sampled_from(["完成值", "完成率"]))
    line = scored(rungs, target, actual, by)
    if by == "完成率" and target == 0:
        assert line.points is None
        assert (line.low, line.high) == (Decimal(0), WEIGHT)
        return
    value = Fraction(actual)
    if by == "完成率":
        value = value / Fraction(target) * 100
    assert line.points == points[step_of(found, value)]


@pytest.mark.parametrize(("actual", "points"), [("-0.6", 3), ("-0.5", 7), ("0", 7), ("2", 12)])
def test_the_lowest_of_steps_below_zero_has_no_end(actual: str, points: int) -> None:
    """结余率低于 -0.5 得 3 分: a figure that may be below 0 has its step there, too."""
    rungs = rungs_of([(Decimal("-0.5"), True), (Decimal(1), True)], [3, 7, 12])
    assert scored(rungs, Decimal(1), Decimal(actual), "完成值").points == points
    found = ladder(rungs).expression.exact({"actual": Decimal(actual), "weight": WEIGHT})
    assert found.numerator / found.denominator == points


@pytest.mark.parametrize(("actual", "points"), [("-0.6", 0), ("0", 7), ("1", 12)])
def test_below_the_lowest_of_steps_that_begin_at_zero_is_nothing(actual: str, points: int) -> None:
    """各档从 0 起的，完成值为负数，不得分."""
    rungs = [{"不低于": 0, "低于": 1, "得分": 7}, {"不低于": 1, "得分": 12}]
    found = ladder(rungs).expression.exact({"actual": Decimal(actual), "weight": WEIGHT})
    assert found.numerator / found.denominator == points


@given(cuts, st.data())
def test_steps_with_a_gap_or_an_overlap_are_refused(found: list[Cut], data: st.DataObject) -> None:
    """Every value has one number of points: 各档既不留空也不重叠."""
    rungs = rungs_of(found, [0, 1, 2, 3, 4, 5])
    assert not list(ladder(rungs).faults())
    at = data.draw(st.integers(0, len(found) - 1))
    side = data.draw(st.sampled_from(["低于", "不高于"]))
    change = data.draw(st.sampled_from([Decimal("0.1"), Decimal("-0.1")]))
    broken = [dict(rung) for rung in rungs]
    lowest = broken[at]
    lowest.pop("低于", None)
    lowest.pop("不高于", None)
    if data.draw(st.booleans()):
        lowest[side] = found[at][0] + change
    assert list(ladder(broken).faults())


@given(cuts, st.data())
def test_a_step_that_is_left_out_is_missed(found: list[Cut], data: st.DataObject) -> None:
    rungs = rungs_of(found, [0, 1, 2, 3, 4, 5])
    at = data.draw(st.integers(0, len(found)))
    left = rungs[:at] + rungs[at + 1 :]
    starts = left[0].get("不低于", left[0].get("高于"))
    is_unbounded = at == 0 and starts is not None and (starts < 0 or left[0].get("不低于") == 0)
    assert bool(list(ladder(left).faults())) is not is_unbounded


def ladder(rungs: list[dict[str, Any]]) -> ValueLadder:
    data = {"方法": "分档", "档次": rungs}
    return ValueLadder.model_validate(data, context=COLLECT)


def test_what_is_wrong_with_one_step_is_said_where_it_stands() -> None:
    rungs: list[dict[str, Any]] = [
        {"不低于": 3, "高于": 2, "不高于": 9, "低于": 9, "得分": -1, "比例": 5},
        {"不低于": 5, "不高于": 4, "比例": 101},
        {"高于": 4, "低于": 4},
    ]
    assert [fault.path for fault in ladder(rungs).faults()] == [
        ("档次", 0, "高于"),
        ("档次", 0, "低于"),
        ("档次", 0),
        ("档次", 0, "得分"),
        ("档次", 1, "比例"),
        ("档次", 1),
        ("档次", 2),
        ("档次", 2),
    ]


def given_by(found: list[Cut], points: list[int], value: Fraction) -> int:
    return points[step_of(found, value)]


@given(
    cuts, st.lists(st.integers(0, 20), min_size=6, max_size=6), figures, st.booleans(), st.data()
)
@example([(Decimal(90), True)], [20, 0, 0, 0, 0, 0], Decimal(90), False, None)
def test_steps_are_reversed_where_a_target_that_is_met_gives_less_than_one_missed(
    found: list[Cut], points: list[int], target: Decimal, is_reverse: bool, data: Any
) -> None:
    """达到目标值的，得分不应少于没有达到的; what is exceeded by far may give less again."""
    written_rungs = rungs_of(found, points)
    rungs = data.draw(st.permutations(written_rungs)) if data else written_rungs
    rule = ValueLadder.model_validate({"方法": "分档", "档次": rungs}, context=COLLECT)
    edges = sorted(Fraction(cut) for cut, _ in found)
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    values = sorted([edges[0] - 1, *edges, *between, edges[-1] + 1], reverse=is_reverse)
    gives = [given_by(found, points, value) for value in values]
    falls = gives == sorted(gives, reverse=True) and gives[0] > gives[-1]
    wanted = Fraction(target)
    missed = [value for value in values if (value > wanted if is_reverse else value < wanted)]
    best = given_by(found, points, wanted)
    expected = falls or any(given_by(found, points, value) > best for value in missed)
    assert rule.prefers_worse(WEIGHT, target, is_reverse=is_reverse) is expected


@pytest.mark.parametrize(
    ("by", "target", "is_reverse", "expected"),
    [
        ("完成率", Decimal(7), False, True),  # the target is 100 %, whatever its figure
        ("完成率", Decimal(7), True, False),  # a ceiling has no completion rate
        ("完成值", None, False, True),
        ("完成值", None, True, False),
    ],
)
def test_a_rate_has_its_target_at_100_and_a_ceiling_has_no_rate(
    by: str, target: Decimal | None, is_reverse: bool, expected: bool
) -> None:
    rungs = [{"不低于": 90, "比例": 10}, {"低于": 90, "得分": 3}]
    rule = ValueLadder.model_validate({"方法": "分档", "按": by, "档次": rungs})
    assert rule.prefers_worse(WEIGHT, target, is_reverse=is_reverse) is expected


@given(st.integers(1, 400), st.lists(st.integers(0, 400), min_size=2, max_size=2))
def test_a_ladder_with_a_step_above_the_weight_scores_no_row(
    weight: int, points: list[int]
) -> None:
    """得分不得突破权重总额: 改正之前用到它的行不计分."""
    given_points = [Decimal(one) / 4 for one in points]
    rungs = [{"不低于": 90, "得分": given_points[0]}, {"低于": 90, "得分": given_points[1]}]
    row = {
        "一级指标": "产出",
        "二级指标": "数量",
        "名称": "行",
        "分值": Decimal(weight) / 4,
        "目标值": "≥90个",
        "完成值": "95个",
        "评分标准": {"依据": "表下注1", "计分": {"方法": "分档", "档次": rungs}},
    }
    line = perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), BOOK).lines[0]
    if max(points) <= weight:
        assert line.points == given_points[0]
        return
    assert line.points is None
    assert (line.low, line.high) == (Decimal(0), Decimal(weight) / 4)
    assert [note.kind.name for note in line.notes] == ["FAULTY_STANDARD"]


@given(st.integers(1, 100), st.integers(11, 100))
def test_a_bare_fraction_beside_steps_in_percent_is_asked(hundredths: int, cut: int) -> None:
    """0.85 may be 0.85 or 85 %: equal points are its points, else the range of both."""
    row = {
        "一级指标": "产出",
        "二级指标": "质量",
        "名称": "行",
        "分值": 10,
        "完成值": written(Decimal(hundredths).scaleb(-2)),
        "评分标准": {
            "依据": "表下注1",
            "计分": {
                "方法": "分档",
                "档次": [{"不低于": cut, "得分": 10}, {"低于": cut, "得分": 4}],
            },
        },
    }
    line = perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), BOOK).lines[0]
    kinds = [note.kind.name for note in line.notes]
    if hundredths < cut:
        assert line.points == Decimal(4)
        assert (line.basis.name, kinds) == ("CLAIMED", ["OWN_STANDARD"])
    else:
        assert line.points is None
        assert (line.low, line.high) == (Decimal(4), Decimal(10))
        assert kinds == ["READINGS"]
    for other in ({"完成值": f"{row['完成值']}分"}, {"单位": "分"}, {"目标值": "≥0.5"}):
        sheet = perfeval.load_sheet({**HEAD, "指标": [{**row, **other}]})
        assert perfeval.score(sheet, BOOK).lines[0].points == 4
