"""What holds of printed cells whatever their figures are, with the sentence of each rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, IndicatorLine, load_rulebook, load_sheet

BOOK = load_rulebook("mof-2020")
WEIGHT = Decimal(10)
figures = st.integers(1, 5000).map(lambda tenths: f"{Decimal(tenths).scaleb(-1).normalize():f}")
units = st.sampled_from(["个", "万元", "%", "元/人·月", "公里", "人次", ""])
signs = st.sampled_from(["≥", "≤", "不低于", "不超过"])
days = st.dates(date(2023, 1, 1), date(2023, 12, 31))
deadlines = st.one_of(
    st.integers(1, 12).map(lambda month: f"2023年{month}月底前"),
    st.sampled_from(["第三季度", "上半年", "年底前完成", "10月前", "11月15日前", "2023-10"]),
)
TEXTS = st.sampled_from(
    ["得到提升", "举办2场培训、印发3000份手册", "42（3）", "按时发放", "约300人"]
)


def line_of(target: str, actual: str) -> IndicatorLine:
    row = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "甲", "分值": 10}
    head = {"评分办法": BOOK.id, "年度": 2023, "项目名称": "示例"}
    sheet = load_sheet({**head, "指标": [{**row, "目标值": target, "完成值": actual}]})
    (line,) = perfeval.score(sheet, BOOK).lines
    return line


@given(figures, units, signs)
def test_the_same_figure_on_both_sides_is_full_and_measured(
    figure: str, unit: str, sign: str
) -> None:
    """The same text on both sides: where it is one figure, the figures compare, as ever."""
    line = line_of(f"{sign}{figure}{unit}", f"{figure}{unit}")
    assert (line.points, line.basis) == (WEIGHT, Basis.MEASURED)


@given(TEXTS, st.sampled_from(["{}", " {}", "{} "]))
def test_the_same_words_on_both_sides_are_met_and_claimed(text: str, spaced: str) -> None:
    """Where it is anything else it is met and claimed; white space and width make no difference."""
    line = line_of(text, spaced.format(text))
    assert (line.points, line.basis) == (WEIGHT, Basis.CLAIMED)


@given(
    signs,
    st.integers(1, 900),
    st.integers(1, 900),
    st.sampled_from(
        [("公里", "米", 1000), ("公顷", "亩", 15), ("吨", "斤", 2000), ("亿元", "万元", 10000)]
    ),
)
def test_a_unit_changes_no_points(
    sign: str, wanted: int, reached: int, scale: tuple[str, str, int]
) -> None:
    """Fixed factors are one table: both sides times the factor of a unit score the same."""
    big, small, factor = scale
    plain = line_of(f"{sign}{wanted}{big}", f"{reached}{big}")
    assert plain.points is not None
    assert line_of(f"{sign}{wanted * factor}{small}", f"{reached}{big}").points == plain.points
    assert line_of(f"{sign}{wanted}{big}", f"{reached * factor}{small}").points == plain.points


@given(deadlines, days, days)
def test_an_earlier_date_never_scores_less(deadline: str, one: date, other: date) -> None:
    """The actual is met if its end is not later than the deadline, missed if it begins later."""
    early, late = (line_of(deadline, f"{day}") for day in sorted((one, other)))
    assert early.low >= late.low
    assert early.high >= late.high


@given(st.sampled_from(["≥", "≤"]), units, figures, figures, figures)
def test_coming_nearer_to_the_target_never_scores_less(
    sign: str, unit: str, wanted: str, one: str, other: str
) -> None:
    """得分 = 权重 × B ÷ A, not above the weight; for a ceiling 权重 × A ÷ B."""
    worse, better = sorted((one, other), key=Decimal, reverse=sign == "≤")
    target = f"{sign}{wanted}{unit}"
    lines = [line_of(target, f"{reached}{unit}") for reached in (worse, better)]
    assert lines[0].low <= lines[1].low
    assert lines[0].high <= lines[1].high
