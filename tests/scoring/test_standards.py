"""评分标准: words judged by bands of a row's own, and rows of several units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, IndicatorLine
from tests.property.strategies import HEAD
from tests.scoring.rulebooks import varied

BOOK = perfeval.load_rulebook("hubei-2020")
BANDS = {
    "方法": "按评判等级",
    "档次": [
        {"名称": "好", "从": 80, "用语": ["认可"]},
        {"名称": "中", "从": 60, "用语": ["较认可"]},
        {"名称": "差", "从": 0, "用语": ["不认可"]},
    ],
}
ROW = {
    "一级指标": "效益",
    "二级指标": "社会效益",
    "名称": "行",
    "分值": 10,
    "目标值": "群众满意",
    "评分标准": {"依据": "表下注1", "计分": BANDS},
}


def scored(book: perfeval.Rulebook = BOOK, **fields: Any) -> IndicatorLine:
    row = {**ROW, **fields}
    row = {name: value for name, value in row.items() if value is not None}
    return perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), book).lines[0]


def told(line: IndicatorLine) -> list[str]:
    return [note.kind.name for note in line.notes]


@pytest.mark.parametrize(
    ("actual", "filed", "low", "high", "basis", "notes"),
    [
        ("较认可", "7", "7", "7", Basis.JUDGED, ["OWN_STANDARD"]),
        ("较认可", "6", "6", "6", Basis.JUDGED, ["OWN_STANDARD"]),
        ("较认可", "5.99", "6", "8", Basis.UNSCORED, ["OUTSIDE_BAND"]),
        ("较认可", None, "6", "8", Basis.UNSCORED, ["NO_JUDGEMENT"]),
        ("认可", "10", "10", "10", Basis.JUDGED, ["OWN_STANDARD"]),
        ("说不好", "7", "0", "10", Basis.UNSCORED, ["UNKNOWN_WORDS"]),
        ("9%", "7", "0", "10", Basis.UNSCORED, ["STANDARD_NEEDS_WORDS"]),
        ("群众满意", "7", "10", "10", Basis.CLAIMED, ["SAME_WORDS"]),
        (None, "7", "0", "10", Basis.UNSCORED, ["NO_ACTUAL"]),
        ("是", "9", "9", "9", Basis.JUDGED, ["OWN_STANDARD"]),
    ],
)
def test_words_pick_a_band_inside_which_the_filed_points_are_the_judgement(
    actual: str | None, filed: str | None, low: str, high: str, basis: Basis, notes: list[str]
) -> None:
    """按评判等级赋分（财预〔2021〕101号）: 在相应档次的分值区间内评分."""
    line = scored(完成值=actual, 已填报得分=filed)
    assert (line.low, line.high) == (Decimal(low), Decimal(high))
    assert line.basis is basis
    assert told(line) == notes


def test_the_best_band_meets_the_target_and_no_other() -> None:
    assert scored(完成值="认可", 已填报得分=9).is_met
    assert not scored(完成值="较认可", 已填报得分=7).is_met


def unit(**fields: Any) -> dict[str, Any]:
    return {"单位": "甲", "资金": 3, "目标值": "群众满意", "完成值": "认可", **fields}


def of_units(*units: dict[str, Any], **fields: Any) -> IndicatorLine:
    return scored(目标值=None, 分单位=list(units), **fields)


def test_units_judged_by_bands_of_the_row_are_weighted_by_money() -> None:
    """定性指标以资金额度为权重，对分值进行加权平均: by the row's own bands where it has some."""
    line = of_units(
        unit(已填报得分=9), unit(单位="乙", 资金=1, 完成值="不认可", 已填报得分=Decimal("0.5"))
    )
    assert line.points == Decimal("6.88")  # (9 × 3 + 0.5 × 1) ÷ 4 = 6.875
    assert line.basis is Basis.JUDGED
    assert line.rule.rulebook == "本表"
    assert line.rule.block == "评分标准"
    assert told(line) == ["UNITS_JUDGED", "OWN_STANDARD"]
    assert not line.is_met


def test_units_are_all_met_only_where_each_is_in_the_best_band() -> None:
    assert of_units(unit(已填报得分=9), unit(单位="乙", 已填报得分=8)).is_met
    assert not of_units(unit(已填报得分=9), unit(单位="乙", 完成值="较认可", 已填报得分=7)).is_met


def test_one_unit_without_a_judgement_leaves_a_range() -> None:
    line = of_units(unit(已填报得分=9), unit(单位="乙", 资金=1, 完成值="不认可"))
    assert line.points is None
    assert line.low == Decimal("6.75")  # (9 × 3 + 0 × 1) ÷ 4
    assert line.high == Decimal("8.25")  # (9 × 3 + 6 × 1) ÷ 4
    assert told(line)[0] == "NO_JUDGEMENT"


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("other", "kind", "message"),
    [
        ({"资金": None}, "UNIT_MONEY", "乙"),
        ({"完成值": "说不好"}, "UNKNOWN_WORDS", "说不好"),
    ],
)
def test_units_that_cannot_be_judged_are_named(
    other: dict[str, Any], kind: str, message: str, *, own: bool
) -> None:
    good = "认可" if own else "达成预期指标"
    first = unit(完成值=good, 已填报得分=9)
    second = unit(**{"单位": "乙", "完成值": good, "已填报得分": 9, **other})
    fields = {} if own else {"评分标准": None}
    line = of_units(first, second, **fields)
    # the rulebook's band holds for all units, whatever their money
    low = Decimal(0) if own or kind == "UNKNOWN_WORDS" else Decimal(8)
    assert (line.points, line.low, line.high) == (None, low, Decimal(10))
    assert told(line)[0] == kind
    assert message in line.notes[0].message


def test_units_of_which_none_has_money_have_no_weights() -> None:
    line = of_units(unit(资金=0, 已填报得分=9), unit(单位="乙", 资金=0, 已填报得分=9))
    assert told(line)[0] == "UNIT_MONEY"
    assert (line.points, line.low, line.high) == (None, Decimal(0), Decimal(10))


def test_the_target_s_own_words_say_that_a_unit_met_it() -> None:
    """Copied words mean met, in each unit as in a row."""
    line = of_units(
        unit(完成值="群众满意", 已填报得分=10), unit(单位="乙", 已填报得分=9), 评分标准=None
    )
    assert told(line)[0] == "UNKNOWN_WORDS"
    line = of_units(unit(完成值="群众满意", 已填报得分=10), unit(单位="乙", 已填报得分=9))
    assert line.points == Decimal("9.50")


def test_units_of_words_whose_row_has_no_weight_have_no_points() -> None:
    line = of_units(unit(已填报得分=9), unit(单位="乙", 已填报得分=9), 分值=None)
    assert told(line) == ["NO_WEIGHT"]


# -- the rulebook's own standards ------------------------------------------------------------------

RULED = varied(
    "hubei-2020",
    {
        "评分标准": {
            "来源": "某县自评通知",
            "条款": "满意度不足的按档扣分",
            "各项": [
                {
                    "用于": {"指标": ["行"]},
                    "计分": {"方法": "每档扣分", "每": 1, "扣": 2, "不足一档": "不计"},
                },
                {"用于": {"一级指标": ["满意度"]}, "计分": {"方法": "达标计分"}},
            ],
        }
    },
)


def figures(**fields: Any) -> IndicatorLine:
    row = {"目标值": "≥10个", "完成值": "8.5个", "评分标准": None}
    return scored(RULED, **{**row, **fields})


def test_a_rulebook_s_standard_is_cited_with_its_clause() -> None:
    line = figures()
    assert line.points == Decimal("8.00")
    assert (line.rule.rulebook, line.rule.block) == ("hubei-2020", "评分标准")
    assert (line.rule.source, line.rule.clause) == ("某县自评通知", "满意度不足的按档扣分")
    assert told(line) == []


def test_a_rulebook_s_standard_reaches_only_what_it_names() -> None:
    assert figures(名称="别的行").rule.block == "定量指标"
    assert figures(名称="别的行", 一级指标="满意度").points == Decimal("0.00")


def test_a_sheet_s_own_standard_is_told_only_where_it_differs() -> None:
    """What the rulebook lays down as well needs no word."""
    same = {"方法": "每档扣分", "每": 1, "扣": 2, "不足一档": "不计"}
    line = figures(评分标准={"依据": "表下注1", "计分": same})
    assert told(line) == []
    assert line.rule.rulebook == "本表"
    other = figures(评分标准={"依据": "表下注1", "计分": {**same, "扣": 3}})
    assert told(other) == ["OWN_STANDARD"]
    assert other.points == Decimal("7.00")


@given(st.integers(0, 100), st.integers(1, 100), st.sampled_from(["认可", "较认可", "不认可"]))
def test_judged_points_lie_in_their_band(tenths: int, weight: int, word: str) -> None:
    """在相应档次的分值区间内: 认可 100～80%，较认可 80～60%，不认可 60～0%."""
    filed = Decimal(tenths).scaleb(-1)
    line = scored(完成值=word, 已填报得分=filed, 分值=weight)
    share = {"认可": (80, 100), "较认可": (60, 80), "不认可": (0, 60)}[word]
    inside = share[0] * weight <= filed * 100 <= share[1] * weight
    belongs = inside and (word == "认可" or filed * 100 < share[1] * weight)
    assert (line.points == filed) is belongs
    assert 0 <= line.low <= line.high <= weight


def test_a_mean_of_satisfaction_stands_on_its_step_exactly() -> None:
    """满意度赋分 of several units: the exact mean decides, and what is printed of it nothing."""
    steps = {"方法": "分档", "档次": [{"从": 95, "比例": 100}, {"从": 0, "比例": 50}]}
    book = varied("hubei-2020", {"定量指标": {"满意度": steps}})
    rates = [unit(目标值="≥90%", 完成值="95%"), unit(单位="乙", 目标值="≥90%", 完成值="94.999%")]
    units = [{**rates[0], "资金": Decimal(10) ** 17}, {**rates[1], "资金": 2}]
    row = {"一级指标": "满意度", "目标值": None, "评分标准": None, "分单位": units}
    assert scored(book, **row).points == Decimal("5.00")
    units[1]["完成值"] = "95.001%"
    assert scored(book, **row).points == Decimal("10.00")


@pytest.mark.parametrize(
    ("actual", "points", "basis"),
    [
        ("12场", "10.00", Basis.MEASURED),
        ("12场，达到预期", "10.00", Basis.CLAIMED),
        ("计划12场", None, Basis.UNSCORED),
        ("下降12%", None, Basis.UNSCORED),
        ("±12%", None, Basis.UNSCORED),
    ],
)
def test_steps_without_a_target_want_a_plain_figure(
    actual: str, points: str | None, basis: Basis
) -> None:
    """分档: only a figure stands on a step; what was planned, or a decline, stands on none."""
    rungs = [{"不低于": 10, "得分": 10}, {"低于": 10, "得分": 0}]
    standard = {"计分": {"方法": "分档", "档次": rungs}, "依据": "某通知"}
    line = scored(目标值=None, 完成值=actual, 评分标准=standard)
    assert (None if line.points is None else str(line.points)) == points
    assert line.basis is basis


@given(st.lists(st.integers(0, 89), min_size=1, max_size=4), st.integers(1, 9))
def test_a_mean_of_figures_is_measured_whether_it_ends_or_not(rates: list[int], part: int) -> None:
    """有据可算: every unit gave a figure, so the mean is one, with an end (75 %) or without."""
    units = [
        unit(单位=f"单位{at}", 资金=part + at, 目标值="≥90%", 完成值=f"{rate}%")
        for at, rate in enumerate(rates)
    ]
    line = of_units(*units, 评分标准=None)
    assert line.basis is Basis.MEASURED


def test_a_mean_rests_on_a_claim_where_a_unit_states_a_number_that_it_does_not_print() -> None:
    stated = {"值": 80, "文本": "78%", "单位": "%"}
    told_so = [unit(目标值="≥90%", 完成值="80%"), unit(单位="乙", 目标值="≥90%", 完成值="70%")]
    assert of_units(*told_so, 评分标准=None).basis is Basis.MEASURED
    told_so[0]["完成值"] = stated
    assert of_units(*told_so, 评分标准=None).basis is Basis.CLAIMED
