"""Rulebooks that nobody has written yet, as plain data, and sheets that fit them.

Every drawn rulebook is valid: weights close, bands meet, ladders fall.  Nothing of perfeval is
used here; what a rulebook gives is worked out in `oracle_rulebooks` from its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.property.oracle_rulebooks import Data, holding_scheme
from tests.property.strategies import amounts, number, written

CITED: Data = {"来源": "假设的办法", "条款": None}
MODES = ("四舍五入", "四舍六入五成双", "舍去", "进一")
COST, OUTPUT, BENEFIT, SATISFACTION = "成本指标", "产出指标", "效益指标", "满意度指标"
ASPECTS = {
    COST: "经济成本指标",
    OUTPUT: "数量指标",
    BENEFIT: "社会效益指标",
    SATISFACTION: "服务对象满意度指标",
}
BUDGET_ROW = "预算执行"

percents = st.integers(0, 200).map(lambda half: Decimal(half) / 2)
roundings = st.fixed_dictionaries(
    {"位数": st.sampled_from([2, 2, 2, 1, 0, 4])}, optional={"方式": st.sampled_from(MODES)}
)


def sometimes(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def falling(low: int, high: int, most: int) -> st.SearchStrategy[list[Decimal]]:
    """Different numbers, the highest first."""
    return st.lists(st.integers(low, high), min_size=1, max_size=most, unique=True).map(
        lambda drawn: [Decimal(value) for value in sorted(drawn, reverse=True)]
    )


# -- blocks ------------------------------------------------------------------------------------


@st.composite
def schemes(draw: st.DrawFn, rest: Decimal) -> list[Data]:
    """Divisions of what the budget row leaves, with and without cost and satisfaction."""
    found = []
    if draw(st.booleans()):
        groups = draw(groups_of(rest, [[COST], [OUTPUT], [BENEFIT], [SATISFACTION]]))
        found.append({"名称": "设成本指标", "设": [COST], "分组": groups})
    if draw(st.booleans()):
        found.append(
            {
                "名称": "不设满意度",
                "不设": [SATISFACTION],
                "分组": draw(groups_of(rest, [[COST, OUTPUT], [BENEFIT]])),
            }
        )
    usual = draw(
        st.sampled_from(
            [
                [[OUTPUT], [BENEFIT], [SATISFACTION]],
                [[OUTPUT], [BENEFIT, SATISFACTION]],
                [[COST, OUTPUT, BENEFIT, SATISFACTION]],
                [[COST, OUTPUT], [BENEFIT], [SATISFACTION]],
            ]
        )
    )
    found.append({"名称": "通常", "分组": draw(groups_of(rest, usual))})
    return found


@st.composite
def groups_of(draw: st.DrawFn, rest: Decimal, sections: list[list[str]]) -> list[Data]:
    weights = draw(shares_of(rest, len(sections)))
    return [{"指标": mine, "分值": weight} for mine, weight in zip(sections, weights, strict=True)]


@st.composite
def shares_of(draw: st.DrawFn, total: Decimal, count: int) -> list[Decimal]:
    """Divide *total* into *count* weights that close, in halves of a point."""
    halves = int(total * 2)
    cuts = draw(st.lists(st.integers(0, halves), min_size=count - 1, max_size=count - 1))
    ends = [0, *sorted(cuts), halves]
    return [Decimal(end - start) / 2 for start, end in pairwise(ends)]


@st.composite
def execution_rules(draw: st.DrawFn, weight: Decimal) -> Data:
    if not weight:
        return {**CITED, "方法": "不计分"}
    rule = {
        **CITED,
        "预算为零": draw(st.sampled_from(["不计分", "零分"])),
        "超预算": draw(st.sampled_from(["满分", "不计分"])),
        "执行率取值": draw(sometimes(roundings)),
    }
    if draw(st.booleans()):
        return {**rule, "方法": "按执行率"}
    lowers = [*draw(falling(1, 100, 3)), Decimal(0)]
    points = sorted((draw(st.integers(0, int(weight))) for _ in lowers[1:]), reverse=True)
    steps = [
        {"从": lower, "得分": gives} for lower, gives in zip(lowers, [weight, *points], strict=True)
    ]
    return {**rule, "方法": "分档", "档次": steps}


STEPS: st.SearchStrategy[Data] = st.fixed_dictionaries(
    {
        "每": st.integers(1, 300).map(lambda tenths: Decimal(tenths) / 10),
        "扣": st.integers(1, 50).map(lambda tenths: Decimal(tenths) / 10),
        "计量": st.sampled_from(["差额", "目标值的百分比"]),
        "不足一档": st.sampled_from(["按一档计", "不计", "按比例计"]),
        "容许": st.sampled_from([0, 0, 5]),
    }
)
UPWARD: dict[str, st.SearchStrategy[Data]] = {
    "按完成比例": sometimes(percents).map(lambda mark: {} if mark is None else {"及格线": mark}),
    "达标计分": st.just({}),
    "每档扣分": STEPS,
}
"""The ways of scoring what is below its target, each with what else its rule says."""
DOWNWARD: dict[str, st.SearchStrategy[Data]] = {
    "反比": st.just({}),
    "按超出幅度扣减": st.integers(11, 40).map(lambda tenths: {"扣完倍数": Decimal(tenths) / 10}),
    "达标计分": st.just({}),
    "每档扣分": STEPS,
}
"""The same for what is above its limit."""


def _one_of(ways: dict[str, st.SearchStrategy[Data]]) -> st.SearchStrategy[Data]:
    return st.sampled_from(sorted(ways)).flatmap(
        lambda word: ways[word].map(lambda rest: {"方法": word, **rest})
    )


upward, downward = _one_of(UPWARD), _one_of(DOWNWARD)
thresholds = st.integers(101, 300)
over_achievement = st.one_of(
    st.builds(lambda limit: {"处理": "提示", "阈值": limit}, thresholds),
    st.builds(lambda limit: {"处理": "须说明原因", "阈值": limit}, thresholds),
    st.builds(
        lambda limit, less: {"处理": "扣固定分", "阈值": limit, "扣分": less}, thresholds, percents
    ),
    st.builds(lambda limit: {"处理": "按超额幅度扣减", "阈值": limit}, thresholds),
)


@st.composite
def satisfaction_steps(draw: st.DrawFn) -> Data:
    lowers = [*draw(falling(1, 100, 3)), Decimal(0)]
    shares = sorted((draw(percents) for _ in lowers), reverse=True)
    steps = [{"从": lower, "比例": share} for lower, share in zip(lowers, shares, strict=True)]
    return {"方法": "分档", "档次": steps}


@st.composite
def quantitative_rules(draw: st.DrawFn) -> Data:
    return {
        **CITED,
        "正向": draw(upward),
        "反向": draw(downward),
        "等于": draw(upward),
        "等于判定": draw(st.sampled_from(["不低于即达标", "相等才达标"])),
        "等于零": draw(st.sampled_from(["为零得满分", "同正向"])),
        "满意度": draw(sometimes(satisfaction_steps())),
        "超额完成": draw(sometimes(over_achievement)),
        "以完成率填报": draw(st.sampled_from(["按完成率计分", "不计分"])),
        "达成用语": draw(st.sampled_from([[], ["是"], ["是", "完成"]])),
    }


@st.composite
def qualitative_rules(draw: st.DrawFn) -> Data:
    """Bands from 100 to 0; where two meet, one of them or both own the point."""
    cuts = draw(st.lists(st.integers(1, 99), max_size=3, unique=True))
    ends = [Decimal(100), *map(Decimal, sorted(cuts, reverse=True)), Decimal(0)]
    bands = []
    for position, (upper, lower) in enumerate(pairwise(ends)):
        share = draw(sometimes(st.sampled_from([upper, lower, (upper + lower) / 2])))
        edge = draw(st.sampled_from(["归上档", "归下档", "两可"])) if lower else "归上档"
        bands.append(
            {
                "名称": f"第{position + 1}档",
                "从": lower,
                "边界": edge,
                "用语": [f"第{position + 1}档", f"属第{position + 1}档"],
                "固定比例": share,
            }
        )
    return {**CITED, "档次": bands}


@st.composite
def caps(draw: st.DrawFn) -> Data:
    first, *rates = [*draw(falling(1, 100, 3)), Decimal(0)]
    steps: list[Data] = [{"从": first}]
    most = 100
    for rate in rates:
        most = draw(st.integers(0, most))
        steps.append({"从": rate, "最高": most})
    return {**CITED, "档次": steps}


@st.composite
def grades(draw: st.DrawFn, full: Decimal) -> Data:
    lowers = [*draw(falling(1, int(full), 4)), Decimal(0)]
    bands = [{"名称": f"等级{position}", "从": lower} for position, lower in enumerate(lowers)]
    return {**CITED, "档次": bands}


FORM: Data = {**CITED, "编号": "假设", "标题": "自评表", "指标栏": [{"内容": "三级指标", "宽": 40}]}


@st.composite
def rulebooks(draw: st.DrawFn) -> Data:
    """Valid rulebooks, across everything that a rulebook can say."""
    full = draw(st.sampled_from([Decimal(100), Decimal(100), Decimal(90), Decimal(120)]))
    weight = draw(st.sampled_from([Decimal(0), Decimal(10), Decimal(20), Decimal("12.5")]))
    not_applicable = ["不允许", "按适用分值折算", "并入同一级指标"]
    return {
        "编号": "假设",
        "名称": "假设的评分办法",
        "地区": "某地",
        "版本": "1",
        "分值": {
            **CITED,
            "满分": full,
            "预算执行": weight,
            "方案": draw(schemes(full - weight)),
            "多个目标": draw(st.sampled_from(["分值合计", "按比例折算"])),
            "不适用指标": draw(st.sampled_from(not_applicable)),
        },
        "预算执行": draw(execution_rules(weight)),
        "定量指标": draw(quantitative_rules()),
        "定性指标": draw(qualitative_rules()),
        "舍入": {
            **CITED,
            "单项": draw(roundings),
            "小计": draw(sometimes(roundings)),
            "总分": draw(sometimes(roundings)),
            "印出": draw(sometimes(roundings)),
        },
        "总分封顶": draw(sometimes(caps())),
        "等级": draw(grades(full)),
        "偏差原因": draw(sometimes(st.just({**CITED, "失分即须说明": True, "执行率低于": 90}))),
        "表式": FORM,
    }


# -- sheets ------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A row in the form's words, and the same as the oracle reads it."""

    section: str
    weight: Decimal
    kind: str
    fields: Data
    values: tuple[Any, ...] = ()


SIGNS = ("≥", "＞", "＝", "＜", "≤")


def edges(book: Data) -> list[Decimal]:
    """Return the percentages at which something changes in a rulebook."""
    quantitative = book["定量指标"]
    found: list[Any] = [0, 100, *(band["从"] for band in book["定性指标"]["档次"])]
    found += [quantitative[way].get("及格线", 100) for way in ("正向", "等于")]
    found.append(quantitative["反向"].get("扣完倍数", 1) * 100)
    for block in (book["预算执行"], quantitative["满意度"], book["总分封顶"]):
        found += [step["从"] for step in (block or {}).get("档次", [])]
    if quantitative["超额完成"] is not None:
        found.append(quantitative["超额完成"]["阈值"])
    return [Decimal(value) for value in found]


@st.composite
def near(draw: st.DrawFn, target: Decimal, at: Sequence[Decimal] = ()) -> Decimal:
    """A value at, near, or far from its target, often where a rule changes."""
    share = st.integers(0, 320).map(lambda percent: target * percent / 100)
    edge = st.sampled_from(at or [Decimal(100)]).map(lambda percent: target * percent / 100)
    return draw(edge | edge | share | amounts | st.integers(-5, -1).map(Decimal))


@st.composite
def figure_rows(draw: st.DrawFn, book: Data, section: str, weight: Decimal) -> Row:
    sign, target = draw(st.sampled_from(SIGNS)), draw(amounts)
    unit = draw(st.sampled_from(["", "%"]))
    steps = book["定量指标"]["满意度"]
    if unit and steps is not None and draw(st.booleans()):
        target = Decimal(100)
    actual = draw(near(target, edges(book)))
    fields = {"目标值": sign + written(target) + unit, "完成值": written(actual) + unit}
    return Row(section, weight, "数", fields, (sign, Fraction(target), Fraction(actual), unit))


@st.composite
def judged_rows(draw: st.DrawFn, book: Data, section: str, weight: Decimal) -> Row:
    """Words, with or without a judgement, often at the very end of a band."""
    word = draw(st.sampled_from(["第1档", "属第2档", "第3档", "是", "好转", "别的"]))
    share = (percents | st.sampled_from(edges(book))).map(lambda part: weight * part / 100)
    filed = draw(sometimes(share | st.just(weight)))
    fields = {"目标值": "好转", "完成值": word, "已填报得分": filed}
    return Row(section, weight, "定性", fields, (word, filed))


@st.composite
def rows(draw: st.DrawFn, book: Data, section: str, weight: Decimal) -> Row:
    """Rows of every kind: figures, rates, words, judgements, blanks, and what does not apply."""
    kind = draw(st.sampled_from(["数", "数", "率", "语", "定性", "定性", "空", "不适用"]))
    if kind == "数":
        return draw(figure_rows(book, section, weight))
    if kind == "定性":
        return draw(judged_rows(book, section, weight))
    if kind == "率":
        rate = draw(st.builds(number, st.integers(-50, 1500), st.just(1)))
        fields: Data = {"目标值": "7560张", "完成值": written(rate) + "%"}
        return Row(section, weight, kind, fields, (Fraction(rate),))
    if kind == "语":
        word = draw(st.sampled_from(["是", "完成", "还行"]))
        return Row(section, weight, kind, {"目标值": "≥3家", "完成值": word}, (word,))
    if kind == "不适用":
        return Row(section, weight, kind, {"目标值": 5, "完成值": 5, "不适用": True})
    return Row(section, weight, kind, {"目标值": 5})


class Filled(NamedTuple):
    """A sheet: its budget (original, final, spent) and its rows."""

    budget: tuple[Decimal | None, Decimal | None, Decimal | None]
    rows: tuple[Row, ...]

    @property
    def data(self) -> Data:
        original, final, spent = self.budget
        return {
            "评分办法": "假设",
            "年度": 2023,
            "项目名称": "示例",
            "预算": {"年初预算数": original, "预算数": final, "执行数": spent},
            "指标": [
                {
                    "一级指标": row.section,
                    "二级指标": ASPECTS[row.section],
                    "名称": f"第{position}行",
                    "分值": row.weight,
                    **row.fields,
                }
                for position, row in enumerate(self.rows, start=1)
            ],
        }


@st.composite
def budgets(draw: st.DrawFn, book: Data) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    final = draw(sometimes(amounts) | st.just(Decimal(100)))
    spent = draw(sometimes(amounts) | st.integers(0, 120).map(Decimal))
    if final is not None and draw(st.booleans()):
        rate = draw(st.sampled_from(edges(book)) | st.integers(0, 110).map(Decimal))
        spent = final * rate / 100
    return draw(sometimes(amounts)), final, spent


@st.composite
def sheets(draw: st.DrawFn, book: Data, *, is_scored: bool = False) -> Filled:
    """Sheets for a rulebook; their weights close unless a section is missing.

    Args:
        draw: Hypothesis.
        book: The rulebook.
        is_scored: Only rows and budgets that have points under every rulebook.
    """
    optional = st.sampled_from([COST, SATISFACTION])
    present = {OUTPUT, BENEFIT, *draw(st.sets(optional))}
    filled: list[Row] = []
    for group in holding_scheme(book, present)["分组"]:
        mine = [section for section in group["指标"] if section in present]
        count = draw(st.integers(1, 2)) * len(mine)
        for position, weight in enumerate(draw(shares_of(group["分值"], count)) if mine else []):
            row = figure_rows if is_scored else rows
            filled.append(draw(row(book, mine[position % len(mine)], weight)))
    budget = draw(budgets(book))
    if is_scored:
        budget = (None, Decimal(100), Decimal(draw(st.integers(0, 100))))
    return Filled(budget, tuple(filled))
