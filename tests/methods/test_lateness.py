"""逾期扣分: by the words of the standards, counted anew day by day."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, IndicatorLine
from perfeval.cells.lateness import LateUnit, late_by
from perfeval.clauses import COLLECT
from perfeval.methods.lateness import Lateness
from tests.property.strategies import HEAD
from tests.scoring.rulebooks import varied

BOOK = perfeval.load_rulebook("hubei-2020")
DAY = timedelta(days=1)
HEADINGS = {"一级指标": "产出", "二级指标": "时效"}
days = st.dates(date(2021, 1, 1), date(2024, 12, 31))


def is_last(day: date) -> bool:
    return (day + DAY).day == 1


def is_a_month_on(due: date, day: date) -> bool:
    """Tell whether a later day ends a month that began with the day that was due."""
    if is_last(due):
        return is_last(day)
    return day.day == due.day or (is_last(day) and day.day < due.day)


def months_past(due: date, done: date) -> Fraction:
    """Count months day by day; a part of one counts a half."""
    whole, day, rest = 0, due, False
    while day < done:
        day += DAY
        rest = not is_a_month_on(due, day)
        whole += not rest
    return whole + Fraction(rest, 2)


@given(days, st.integers(1, 500))
@example(date(2024, 1, 31), 29)  # to the end of February
@example(date(2023, 1, 30), 29)  # there is no 30th of February
@example(date(2023, 2, 28), 31)  # to the end of March
def test_months_are_those_of_the_calendar(due: date, late: int) -> None:
    """每逾期一个月: from the end of October to the end of November one month has passed."""
    done = due + late * DAY
    expected = months_past(due, done)
    found = late_by(due, done, LateUnit.MONTH)
    assert found.whole + Fraction(found.is_more, 2) == expected
    quarters = late_by(due, done, LateUnit.QUARTER)
    assert quarters.whole == expected // 3
    assert quarters.is_more is (expected % 3 != 0)
    assert late_by(due, done, LateUnit.DAY) == (late, False)


def rule(**fields: Any) -> dict[str, Any]:
    return {"方法": "逾期扣分", "每": 1, "单位": "个月", "扣": 1, "不足一档": "按一档计", **fields}


def scored(target: str, actual: str, stated: dict[str, Any] | None, **more: Any) -> IndicatorLine:
    row = {**HEADINGS, "名称": "行", "分值": 10, "目标值": target, "完成值": actual, **more}
    if stated is not None:
        row["评分标准"] = {"依据": "表下注1", "计分": stated}
    return perfeval.score(perfeval.load_sheet({**HEAD, "指标": [row]}), BOOK).lines[0]


def text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@given(
    days,
    st.integers(-40, 400),
    st.sampled_from(["天", "个月", "个季度"]),
    st.sampled_from(["按一档计", "不计", "按比例计"]),
    st.integers(1, 40),
    st.integers(1, 400),
)
def test_every_step_of_lateness_costs_the_same_and_nothing_is_below_0(
    due: date, late: int, unit: str, part: str, size: int, cents: int
) -> None:
    """每逾期一个月扣 1 分，扣完为止；按期完成的得满分."""
    if part == "按比例计":
        unit = "天"
    cost = Decimal(cents).scaleb(-2)
    done = due + late * DAY
    line = scored(text(due), text(done), rule(单位=unit, 每=size, 扣=cost, 不足一档=part))
    past = Fraction(max(late, 0)) if unit == "天" else months_past(due, done)
    steps = past / size / (3 if unit == "个季度" else 1)
    if part != "按比例计":
        steps = Fraction(math.ceil(steps) if part == "按一档计" else math.floor(steps))
    expected = max(Fraction(0), 10 - steps * Fraction(cost))
    assert line.points is not None
    assert abs(Fraction(line.points) - expected) <= Fraction(1, 200)
    assert line.basis is (Basis.MEASURED if late else Basis.CLAIMED)  # a copied text is a claim


@given(days, st.integers(1, 300), st.integers(0, 100), st.sampled_from(["天", "个月", "个季度"]))
def test_who_is_later_never_gets_more(due: date, late: int, more: int, unit: str) -> None:
    """Monotone: 逾期越久，得分不会越高."""
    first, second = (
        scored(text(due), text(due + days_late * DAY), rule(单位=unit, 扣="0.7")).points
        for days_late in (late, late + more)
    )
    assert first is not None
    assert second is not None
    assert first >= second


@pytest.mark.parametrize(
    ("target", "actual", "stated", "ends", "notes"),
    [
        ("2023-10-31", "2023-11-30", rule(), "9.00 9.00", ["LATE", "LATE_BY", "OWN_STANDARD"]),
        ("10月底前", "11月", rule(), "9.00 9.00", None),
        ("10月底前", "11月", rule(不足一档="不计"), "9.00 10.00", ["LATE", "LATE_BY"]),
        ("10月底前", "11月", rule(单位="天", 扣="0.1"), "7.00 9.90", ["LATE", "LATE_BY"]),
        ("10月底前", "11月", rule(单位="天", 扣=20), "0.00 0.00", None),
        ("三季度", "四季度", rule(单位="个季度", 扣=3), "7.00 7.00", None),
        ("10月底前", "10月", rule(), "10.00 10.00", []),
        ("10月底前", "按期", rule(), "10.00 10.00", None),
        ("10月底前", None, rule(), "0.00 10.00", ["NO_ACTUAL"]),
        ("10月前", "11月", rule(), "0.00 9.99", ["LATE"]),  # the end of September, or of October
        ("≥10个", "9个", rule(), "0.00 10.00", ["STANDARD_MISFIT"]),
        ("≥10个", "11个", rule(), "0.00 10.00", ["STANDARD_MISFIT"]),
        ("30天", "35天", rule(单位="天"), "0.00 10.00", ["STANDARD_MISFIT"]),
        ("≤10元", "9元", rule(), "10.00 10.00", []),
        ("≤10元", "11元", rule(), "0.00 10.00", ["STANDARD_NEEDS_FIGURES"]),
        ("≤30天", "45天", rule(), "0.00 10.00", ["STANDARD_NEEDS_FIGURES"]),
        ("≤3天", "80小时", rule(单位="天"), "0.00 10.00", ["STANDARD_NEEDS_FIGURES"]),
        ("≤3个工作日", "4个工作日", rule(单位="天"), "0.00 10.00", ["STANDARD_NEEDS_FIGURES"]),
        ("30天", "90%", rule(单位="天"), "0.00 10.00", ["STANDARD_NEEDS_FIGURES"]),
        ("≤30天", "完成", rule(单位="天"), "10.00 10.00", ["WORD_FOR_FIGURE"]),
        ("≤30天", "35天", rule(单位="天", 每=10, 不足一档="不计"), "10.00 10.00", None),
        ("30日内", "45日", rule(单位="天", 每=10, 不足一档="不计"), "9.00 9.00", None),
        ("≤30", "45", rule(单位="天", 每=10, 不足一档="不计"), "9.00 9.00", None),
        ("≤2个月", "4个月", rule(), "8.00 8.00", ["LATE_BY", "OWN_STANDARD"]),
        ("2023-10-31", "2023-11-30", None, "0.00 9.99", ["LATE"]),
    ],
)
def test_what_is_no_late_date_scores_as_ever(
    target: str,
    actual: str | None,
    stated: dict[str, Any] | None,
    ends: str,
    notes: list[str] | None,
) -> None:
    line = scored(target, actual or "", stated)
    assert f"{line.low} {line.high}" == ends
    if notes is not None:
        said = [note.kind.name for note in line.notes if note.kind.name != "READING"]
        assert said == notes


def test_the_formula_and_the_words_say_how_late_it_was() -> None:
    line = scored("2023-10-31", "2023-12-05", rule(扣=2))
    assert line.derivation is not None
    assert line.derivation.formula == "10 - 2 × 2"
    assert "逾期 2 个月" in line.explain()
    assert line.rule.sentence == "逾期完成，按逾期时间扣分"
    assert line.is_short


def test_a_rulebook_s_clause_is_cited_and_leaves_percentages_alone() -> None:
    clause = "每逾期 1 个月扣 1 分，扣完为止"
    item = {"用于": {"二级指标": ["时效"]}, "计分": rule()}
    book = varied("hubei-2020", {"评分标准": {"来源": "某县通知", "条款": clause, "各项": [item]}})
    rows = [
        {
            "一级指标": "产出",
            "二级指标": "时效",
            "名称": name,
            "分值": 10,
            "目标值": target,
            "完成值": done,
        }
        for name, target, done in (
            ("甲", "10月底前", "12月1日"),
            ("乙", "≥90%", "45%"),
            ("丙", "30天", "90%"),
            ("丁", "≤2个月", "4个月"),
            ("戊", "≤30天", "45天"),
        )
    ]
    lines = perfeval.score(perfeval.load_sheet({**HEAD, "指标": rows}), book).lines
    assert [str(line.points) for line in lines] == ["8.00", "5.00", "9.00", "8.00", "None"]
    assert (lines[0].rule.clause, lines[1].rule.block) == (clause, "定量指标")


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({}, []),
        ({"每": 0}, [("每",)]),
        ({"扣": 0}, [("扣",)]),
        ({"不足一档": "按比例计"}, [("不足一档",)]),
        ({"不足一档": "按比例计", "单位": "天"}, []),
    ],
)
def test_a_rule_that_cannot_be_counted_is_refused(
    fields: dict[str, Any], paths: list[tuple[str]]
) -> None:
    found = Lateness.model_validate(rule(**fields), context=COLLECT)
    assert [fault.path for fault in found.faults()] == paths


def test_what_lateness_costs_is_said_with_its_numbers() -> None:
    found = Lateness.model_validate(rule(每=2, 扣="0.5", 不足一档="不计"))
    assert found.statement == "每逾期 2 个月扣 0.5 分，不足一档不计，扣到 0 分为止"


@given(
    st.integers(0, 4000),
    st.integers(1, 4000),
    st.sampled_from([("天", "天"), ("天", "日"), ("个月", "个月"), ("个季度", "季度")]),
    st.sampled_from(["按一档计", "不计", "按比例计"]),
    st.integers(1, 40),
    st.integers(1, 400),
    st.booleans(),
)
def test_a_term_that_is_exceeded_costs_what_so_late_a_date_costs(
    limit: int,
    over: int,
    units: tuple[str, str],
    part: str,
    size: int,
    cents: int,
    is_in_words: bool,
) -> None:
    """每逾期 10 天扣 1 分: 35 days for at most 30 are 5 days late."""
    unit, written = units
    if part == "按比例计" and unit != "天":
        part = "不计"
    cost, term = Decimal(cents).scaleb(-2), Decimal(limit).scaleb(-1)
    target = f"{term}{written}以内" if is_in_words else f"≤{term}{written}"
    actual = f"{term + Decimal(over).scaleb(-1)}{written}"
    line = scored(target, actual, rule(单位=unit, 每=size, 扣=cost, 不足一档=part))
    steps = Fraction(over, 10) / size
    if part != "按比例计":
        steps = Fraction(math.ceil(steps) if part == "按一档计" else math.floor(steps))
    expected = max(Fraction(0), 10 - steps * Fraction(cost))
    assert line.points is not None
    assert abs(Fraction(line.points) - expected) <= Fraction(1, 200)
    assert line.basis is Basis.MEASURED
