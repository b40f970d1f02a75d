"""Rows and sheets as offices print them, each with what the oracle makes of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.property import oracle
from tests.property.oracle import Expected

SIGNS = ("", "≥", "＞", "＝", "＜", "≤")
HEAD = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}


class Row(NamedTuple):
    """An indicator in the form's words, and what it is worth."""

    fields: dict[str, Any]
    expected: Expected


def number(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)


def written(value: Decimal) -> str:
    return format(value, "f")


small = st.builds(number, st.integers(0, 60), st.just(0))
"""Small counts make ties: 2 × 26 ÷ 32."""
amounts = small | st.builds(number, st.integers(0, 10**9), st.integers(0, 4))
long_amounts = st.builds(number, st.integers(0, 10**19), st.integers(0, 18))
weights = st.builds(number, st.integers(0, 60), st.sampled_from([0, 1])) | st.builds(
    number, st.integers(0, 10_000), st.just(2)
)


@st.composite
def actuals(draw: st.DrawFn, target: Decimal) -> Decimal:
    """Draw an actual near to, at, far from its target, sometimes below 0."""
    return draw(
        amounts
        | st.just(target)
        | st.integers(0, 300).map(lambda share: target * share / 100)
        | st.integers(-50, -1).map(Decimal)
    )


@st.composite
def figure_rows(draw: st.DrawFn, weight: Decimal) -> Row:
    """Two figures of one kind, printed in one of the ways of the forms."""
    sign, target = draw(st.sampled_from(SIGNS)), draw(amounts)
    actual = draw(actuals(target))
    points = oracle.figures(Fraction(weight), sign, Fraction(target), Fraction(actual))
    assert points is not None
    unit = draw(st.sampled_from(["", "张", "%", "元/户", "万元"]))
    other = draw(st.sampled_from([unit, unit, "元" if unit == "万元" else unit]))
    scale = 10_000 if (unit, other) == ("万元", "元") else 1
    right = written(actual * scale) + other
    fields: dict[str, Any] = {"完成值": right}
    style = draw(st.sampled_from(["printed", "column", "stated"]))
    if style == "printed":
        fields |= {"目标值": sign + written(target) + unit}
    elif style == "column":
        fields |= {"符号": sign or None, "目标值": written(target) + unit}
    else:
        cell = {"值": target, "文本": f"{written(target)}{unit}（3{unit}）", "单位": unit or None}
        fields |= {"符号": sign or None, "目标值": cell}
    return Row(fields, oracle.scored(points, oracle.MEASURED))


@st.composite
def rate_rows(draw: st.DrawFn, weight: Decimal) -> Row:
    """A completion rate in place of a figure or of words."""
    target = draw(st.sampled_from(["7560张", "8000元/床", "得到提升", "当年发放", "300元和200元"]))
    rate = draw(
        st.builds(number, st.integers(-500, 20_000), st.sampled_from([0, 1, 2]))
        | st.just(Decimal(100))
    )
    fields = {"目标值": target, "完成值": written(rate) + "%"}
    expected = oracle.completion(Fraction(weight), Fraction(rate))
    if target in ("得到提升", "当年发放"):
        has_degrees = target == "当年发放"
        expected = oracle.portion(Fraction(weight), Fraction(rate), has_degrees=has_degrees)
    return Row(fields, expected)


@st.composite
def word_rows(draw: st.DrawFn, weight: Decimal) -> Row:
    """A word in place of a figure: only an achieved word counts."""
    target = draw(st.sampled_from(["95%以上", "≥3家", "42（3）", "12"]))
    word = draw(st.sampled_from(["是", "完成", "达成", "否", "还行", "基本完成", "no"]))
    expected = oracle.unscored(Fraction(weight))
    if word in ("是", "完成", "达成"):
        expected = oracle.scored(Fraction(weight), oracle.CLAIMED)
    return Row({"目标值": target, "完成值": word}, expected)


@st.composite
def judged_rows(draw: st.DrawFn, weight: Decimal) -> Row:
    """Words against words."""
    band = draw(st.sampled_from([*oracle.BANDS, "得到提升", "不好说"]))
    share = st.sampled_from([0, 30, 50, 65, 80, 90, 100, 101]).map(lambda part: weight * part / 100)
    filed = draw(st.none() | share | weights)
    fields = {"目标值": "得到提升", "完成值": band, "已填报得分": filed}
    if band == "不好说":
        return Row(fields, oracle.unscored(Fraction(weight)))
    if band == "得到提升":  # the same text on both sides is a claim
        return Row(fields, oracle.scored(Fraction(weight), oracle.CLAIMED))
    exact = None if filed is None else Fraction(filed)
    return Row(fields, oracle.judged(Fraction(weight), band, exact))


OPEN: list[dict[str, Any]] = [
    {"目标值": None, "完成值": 5},
    {"目标值": 5, "完成值": None},
    {"目标值": "/", "完成值": "—"},
    {"目标值": "42（3）", "完成值": 36},
    {"目标值": 42, "完成值": "36（2）"},
    {},
    {"目标值": "5张", "完成值": "5吨"},
    {"目标值": "得到提升", "完成值": 5},
    {"目标值": "好坏", "完成值": "好坏"},
    {"目标值": "≥5", "符号": "≤", "完成值": 3},
    {"目标值": "1:30", "完成值": 1},
    {"目标值": "≥5", "完成值": 3, "不适用": True},
]


@st.composite
def open_rows(draw: st.DrawFn, weight: Decimal) -> Row:
    """Rows that nobody can score."""
    return Row(draw(st.sampled_from(OPEN)), oracle.unscored(Fraction(weight)))


def rows(weight: Decimal) -> st.SearchStrategy[Row]:
    """Rows of every kind with this weight."""
    return (
        figure_rows(weight)
        | figure_rows(weight)
        | rate_rows(weight)
        | word_rows(weight)
        | judged_rows(weight)
        | open_rows(weight)
    )


class Budget(NamedTuple):
    """A budget in the form's words, and what its row is worth."""

    fields: dict[str, Any]
    expected: Expected


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """Budgets, whole or with gaps; ``其中调拨`` and filed figures never matter."""
    money = st.none() | amounts | st.just(Decimal(100))
    original, final, spent = draw(money), draw(money), draw(money)
    fields = {
        "年初预算数": original,
        "预算数": final,
        "执行数": spent,
        "其中调拨": draw(money),
        "已填报": {"执行率": draw(st.sampled_from([None, "98.70%", "100%"])), "得分": draw(money)},
    }
    exact = (None if value is None else Fraction(value) for value in (original, final, spent))
    return Budget(fields, oracle.execution(*exact))


class Filled(NamedTuple):
    """A sheet as a plain dict, with what is expected of its budget and of its rows."""

    data: dict[str, Any]
    budget: Expected
    rows: tuple[Expected, ...]


def placed(row: Row, section: str, position: int, weight: Decimal | None) -> dict[str, Any]:
    aspect = {"产出指标": "数量指标", "效益指标": "社会效益指标"}.get(section, "服务对象满意度指标")
    return {
        "一级指标": section,
        "二级指标": aspect,
        "名称": f"{section}{position}",
        "分值": weight,
        **row.fields,
    }


@st.composite
def shares(draw: st.DrawFn, total: int) -> list[Decimal]:
    """Divide *total* points into weights of cents that close."""
    cuts = draw(st.lists(st.integers(0, total * 100), max_size=4))
    ends = [0, *sorted(cuts), total * 100]
    return [Decimal(end - start).scaleb(-2) for start, end in pairwise(ends)]


@st.composite
def sheets(draw: st.DrawFn, *, closed: bool = True) -> Filled:
    """Whole sheets; *closed*: their weights fit the Hubei rulebook."""
    budget = draw(budgets())
    if closed:
        effects = draw(shares(40))
        split = draw(st.integers(0, len(effects)))
        plan = [("产出指标", weight) for weight in draw(shares(40))]
        plan += [("效益指标", weight) for weight in effects[:split]]
        plan += [("满意度指标", weight) for weight in effects[split:]]
    else:
        sections = st.sampled_from(["产出指标", "效益指标", "满意度指标"])
        plan = draw(st.lists(st.tuples(sections, weights), max_size=6))
    drawn = [(section, weight, draw(rows(weight))) for section, weight in plan]
    indicators = [
        placed(row, section, position, weight)
        for position, (section, weight, row) in enumerate(drawn)
    ]
    data = {**HEAD, "预算": budget.fields, "指标": indicators}
    return Filled(data, budget.expected, tuple(row.expected for *_, row in drawn))
