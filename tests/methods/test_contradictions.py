"""What a way of scoring refuses of itself, each with the field that is wrong; what fits passes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfeval.clauses import COLLECT, Proved
from perfeval.methods.bands import Qualitative
from perfeval.methods.caps import TotalCaps
from perfeval.methods.graded import GradedWords
from perfeval.methods.inverse_ratio import InverseRatio
from perfeval.methods.linear_shortfall import LinearShortfall
from perfeval.methods.proportional import Proportional
from perfeval.methods.standard import Reach, Standards
from perfeval.methods.steps import Steps
from perfeval.methods.value_ladder import ValueLadder

CITED = {"来源": "某办法", "条款": None}
LINE = {"方法": "按超出幅度扣减"}
SHARE = {"方法": "按完成比例"}
WORDS = {"方法": "按评判等级"}
LADDER = {"方法": "分档"}
TWO = {"从": 0, "名称": "差"}
ONE = {**CITED, "档次": [TWO]}


def caps(*levels: dict[str, Any]) -> dict[str, Any]:
    return {**CITED, "档次": list(levels)}


def ruled(*items: dict[str, Any]) -> dict[str, Any]:
    return {**CITED, "各项": [{"用于": one, "计分": {"方法": "达标计分"}} for one in items]}


CASES: list[tuple[type[Proved], dict[str, Any], list[tuple[str | int, ...]]]] = [
    (LinearShortfall, {**LINE, "扣完倍数": 1}, [("扣完倍数",)]),
    (LinearShortfall, {**LINE, "扣完倍数": "1.01"}, []),
    (Proportional, {**SHARE, "及格线": -1}, [("及格线",)]),
    (Proportional, {**SHARE, "及格线": 0}, []),
    (Proportional, {**SHARE, "及格线": 100}, []),
    (Proportional, {**SHARE, "及格线": "100.01"}, [("及格线",)]),
    (InverseRatio, {"方法": "反比", "及格线": -1}, [("及格线",)]),
    (InverseRatio, {"方法": "反比", "及格线": 100}, []),
    (InverseRatio, {"方法": "反比", "及格线": "100.01"}, [("及格线",)]),
    (Steps, {"方法": "分档", "档次": [{"从": 0, "比例": 101}]}, [("档次", 0, "比例")]),
    (Steps, {"方法": "分档", "档次": [{"从": 0, "比例": 100}]}, []),
    (TotalCaps, caps({"从": 80}, {"从": 0, "最高": 90}), []),
    (TotalCaps, caps({"从": 80, "最高": 95}, {"从": 0, "最高": 90}), [("档次", 0, "最高")]),
    (TotalCaps, caps({"从": 80}, {"从": 0}), [("档次", 1)]),
    (TotalCaps, caps({"从": 80}, {"从": 0, "最高": -1}), [("档次", 1, "最高")]),
    (TotalCaps, caps({"从": 80}, {"从": 0, "最高": 0}), []),
    (
        TotalCaps,
        caps({"从": 80}, {"从": 60, "最高": 70}, {"从": 0, "最高": 80}),
        [("档次", 2, "最高")],
    ),
    (TotalCaps, caps({"从": 80}, {"从": 60, "最高": 80}, {"从": 0, "最高": 80}), []),
    (GradedWords, {**WORDS, "档次": [{"从": 60, "名称": "好"}, TWO]}, []),
    (GradedWords, {**WORDS, "档次": [{"从": 100, "名称": "好"}, TWO]}, [("档次", 0, "从")]),
    (GradedWords, {**WORDS, "档次": [{"从": 60, "名称": "好"}]}, [("档次", 0, "从")]),
    (
        GradedWords,
        {**WORDS, "档次": [{"从": 60, "名称": "好"}, {**TWO, "边界": "归下档"}]},
        [("档次", 1, "边界")],
    ),
    (
        GradedWords,
        {**WORDS, "档次": [{"从": 60, "名称": "好", "固定比例": 59}, TWO]},
        [("档次", 0, "固定比例")],
    ),
    (GradedWords, {**WORDS, "档次": [{"从": 60, "名称": "好", "固定比例": 60}, TWO]}, []),
    (GradedWords, {**WORDS, "档次": [{"从": 60, "名称": "好", "固定比例": 100}, TWO]}, []),
    (
        GradedWords,
        {**WORDS, "档次": [{"从": 60, "名称": "好", "用语": ["好", "好"]}, TWO]},
        [("档次", 0, "用语")],
    ),
    (
        GradedWords,
        {**WORDS, "档次": [{"从": 60, "名称": "好", "用语": ["好"]}, {**TWO, "用语": ["好"]}]},
        [("档次", 1, "用语")],
    ),
    (
        Qualitative,
        {**CITED, "档次": [TWO], "好评用语": ["好"], "中评用语": ["好"]},
        [("中评用语",)],
    ),
    (
        Qualitative,
        {**CITED, "档次": [TWO], "好评用语": ["好"], "差评用语": ["好"]},
        [("差评用语",)],
    ),
    (
        Qualitative,
        {**CITED, "档次": [TWO], "中评用语": ["中"], "差评用语": ["中"]},
        [("差评用语",)],
    ),
    (Reach, {}, [()]),
    (Reach, {"指标": ["行"]}, []),
    (Standards, ruled({"指标": ["行"]}, {"指标": ["列"]}), []),
    (Standards, ruled({"指标": ["行"]}, {"指标": ["行"]}), [("各项", 1, "用于")]),
    (ValueLadder, {**LADDER, "档次": [{"得分": 1}]}, []),
    (ValueLadder, {**LADDER, "档次": [{"得分": -1}]}, [("档次", 0, "得分")]),
    (ValueLadder, {**LADDER, "档次": [{"得分": 0}]}, []),
    (ValueLadder, {**LADDER, "档次": [{"得分": 1, "比例": 1}]}, [("档次", 0)]),
    (ValueLadder, {**LADDER, "档次": [{}]}, [("档次", 0)]),
    (ValueLadder, {**LADDER, "档次": [{"比例": 101}]}, [("档次", 0, "比例")]),
    (ValueLadder, {**LADDER, "档次": [{"比例": 100}]}, []),
    (ValueLadder, {**LADDER, "档次": [{"比例": -1}]}, [("档次", 0, "比例")]),
    (
        ValueLadder,
        {**LADDER, "档次": [{"不低于": 0, "高于": 0, "得分": 1}]},
        [("档次", 0, "高于")],
    ),
    (
        ValueLadder,
        {**LADDER, "档次": [{"不高于": 9, "低于": 9, "得分": 1}]},
        [("档次", 0, "低于")],
    ),
    (ValueLadder, {**LADDER, "档次": [{"不低于": 3, "不高于": 2, "得分": 1}]}, [("档次", 0)]),
    (ValueLadder, {**LADDER, "档次": [{"不低于": 3, "低于": 3, "得分": 1}]}, [("档次", 0)]),
    (  # one number alone is a step
        ValueLadder,
        {
            **LADDER,
            "档次": [
                {"低于": 3, "得分": 1},
                {"不低于": 3, "不高于": 3, "得分": 2},
                {"高于": 3, "得分": 0},
            ],
        },
        [],
    ),
    (ValueLadder, {**LADDER, "档次": [{"不低于": 0, "得分": 1}]}, []),
    (ValueLadder, {**LADDER, "档次": [{"高于": -1, "得分": 1}]}, []),
    (ValueLadder, {**LADDER, "档次": [{"高于": 0, "得分": 1}]}, [("档次", 0)]),
    (ValueLadder, {**LADDER, "档次": [{"不高于": 5, "得分": 1}]}, [("档次", 0)]),
]


@pytest.mark.parametrize(("model", "data", "paths"), CASES)
def test_what_contradicts_itself_is_refused_where_it_does(
    model: type[Proved], data: dict[str, Any], paths: list[tuple[str | int, ...]]
) -> None:
    found = list(model.model_validate(data, context=COLLECT).faults())
    assert [fault.path for fault in found] == paths
    assert all(fault.message for fault in found)


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        ({"不高于": 3}, {"高于": 2}, "与另一档重叠"),
        ({}, {"高于": 2}, "与另一档重叠"),
        ({"不高于": 2}, {"不低于": 2}, "2 落在两档里"),
        ({"低于": 2}, {"高于": 2}, "2 不在任何一档里"),
        ({"低于": 2}, {"不低于": 3}, "不低于 2、低于 3 没有规定怎样计分"),
        ({"不高于": 2}, {"高于": 3}, "高于 2、不高于 3 没有规定怎样计分"),
        ({"不高于": 2}, {"高于": 2}, None),
        ({"低于": 2}, {"不低于": 2}, None),
    ],
)
def test_two_steps_meet_at_one_number_that_belongs_to_one(
    lower: dict[str, Any], upper: dict[str, Any], said: str | None
) -> None:
    rungs = [{**upper, "得分": 2}, {**lower, "得分": 1}]
    rule = ValueLadder.model_validate({**LADDER, "档次": rungs}, context=COLLECT)
    assert [fault.message for fault in rule.faults()] == ([] if said is None else [said])


def test_the_ends_that_no_step_has_are_named() -> None:
    """Each end is said as the values beyond it."""
    rungs = [{"高于": 1, "不高于": 5, "得分": 2}]
    rule = ValueLadder.model_validate({**LADDER, "档次": rungs}, context=COLLECT)
    assert [fault.message for fault in rule.faults()] == [
        "没有规定不高于 1 怎样计分",
        "没有规定高于 5 怎样计分",
    ]


def test_the_words_of_two_bands_name_the_other_band() -> None:
    levels = [{"从": 60, "名称": "好", "用语": ["可"]}, {**TWO, "用语": ["可"]}]
    rule = GradedWords.model_validate({**WORDS, "档次": levels}, context=COLLECT)
    assert [fault.message for fault in rule.faults()] == ["“可”也是“好”的用语"]
    levels = [{"从": 60, "名称": "好", "用语": ["可", "可"]}, TWO]
    rule = GradedWords.model_validate({**WORDS, "档次": levels}, context=COLLECT)
    assert [fault.message for fault in rule.faults()] == ["“可”写了两次"]


def test_no_step_gives_more_than_the_weight() -> None:
    """The points of a ladder fit the indicator for which they were laid down."""
    rungs = [{"不低于": 60, "得分": 8}, {"低于": 60, "比例": 100}]
    rule = ValueLadder.model_validate({**LADDER, "档次": rungs})
    assert list(rule.above(Decimal(8))) == []
    found = list(rule.above(Decimal(7)))
    assert [(fault.path, fault.message) for fault in found] == [
        (("档次", 0, "得分"), "得 8 分，多于分值 7")
    ]
