"""No text claims that all is done, spent or without fault while a row or a rate says otherwise.

The pairs are written here and not taken from the grammar of claims: a sentence, and what of the
generated sheets denies it.  Every sentence is put into every field that an author writes by hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Department, Scorecard
from perfeval.documents.texts.department_facts import department_facts
from perfeval.documents.texts.narrative import (
    Narrative,
    write_abstract,
    write_disclosure,
    write_overview,
    write_whole,
)
from tests.documents.rows import BENEFIT, CLIENTS, OUTPUT

ALL_DONE = (
    "圆满完成全部绩效目标",
    "各项绩效目标均已完成",
    "年度绩效目标全部完成",
    "全面完成了年度各项目标任务",
    "各项绩效指标均达到目标值",
)
"""Denied by a row that falls short."""
ALL_SPENT = ("项目资金已全部支付完毕", "预算资金全部执行")
"""Denied, in the text of one project, by money that is left."""
NO_FAULT = ("未发现问题", "没有发现偏差")
"""Denied by a row that falls short, and by money that is left."""
OURS = ("均达到目标值", "自评未发现偏差", "预算全部执行", "执行率100%")
"""Our own sentences."""
FIELDS = ("产出和效果", "原因分析", "改进措施", "项目实施情况", "存在问题", "评价结论")
OF_DEPARTMENT = ("组织情况", "存在问题", "改进措施", "结果应用", "评价结论")


class Drawn:
    """A sheet with known deviations."""

    def __init__(self, actuals: tuple[int, int, int], spent: int, name: str, **words: str) -> None:
        rows = [
            {**OUTPUT, "目标值": "≥100张", "完成值": f"{actuals[0]}张"},
            {**BENEFIT, "目标值": "≥50户", "完成值": f"{actuals[1]}户"},
            {**CLIENTS, "目标值": "≥90%", "完成值": f"{actuals[2]}%"},
        ]
        self.is_met = all(
            Fraction(actual, target) >= 1
            for actual, target in zip(actuals, (100, 50, 90), strict=True)
        )
        self.is_spent = spent == 200
        data = {
            "评分办法": "hubei-2020",
            "年度": 2023,
            "项目名称": name,
            "预算": {"预算数": 200, "执行数": spent},
            "指标": rows,
            **words,
        }
        card = perfeval.evaluate(data).scorecard
        assert card is not None
        self.card: Scorecard = card


def text(narrative: Narrative) -> str:
    return "\n".join(block.text for block in narrative.blocks)


def texts_of_sheet(card: Scorecard) -> list[Narrative]:
    return [write_overview(card), write_abstract(card)]


ACTUALS = st.tuples(
    st.sampled_from([100, 120, 99, 0]), st.sampled_from([50, 51, 49]), st.sampled_from([90, 95, 89])
)
SPENT = st.sampled_from([200, 199, 150, 201])


def said_by_author(narrative: Narrative, claim: str) -> bool:
    return claim in text(narrative)


@given(ACTUALS, SPENT, st.sampled_from(FIELDS), st.sampled_from(ALL_DONE + NO_FAULT + ALL_SPENT))
def test_no_field_of_a_sheet_says_what_its_figures_deny(
    actuals: tuple[int, int, int], spent: int, field: str, claim: str
) -> None:
    drawn = Drawn(actuals, spent, "甲", **{field: f"3月下达资金。{claim}。"})
    is_left = spent < 200
    is_so = not is_left if claim in ALL_SPENT else drawn.is_met
    is_so = is_so and not (claim in NO_FAULT and is_left)
    for narrative in texts_of_sheet(drawn.card):
        if not is_so:
            assert not said_by_author(narrative, claim), field
        if "3月下达资金。" in text(narrative) and is_so and claim not in NO_FAULT:
            assert said_by_author(narrative, claim), field


ROW_FIELDS = ("偏差原因", "改进措施")
PLACES = ("预算", 0, 1, 2, 3)
"""The budget row, and the indicators; the last is judged below its full points."""


def judged(actuals: tuple[int, int, int], spent: int, place: str | int, words: str) -> Scorecard:
    """Return a card with words of an author in the fields of one row."""
    judgement = {**BENEFIT, "名称": "服务水平", "分值": 10, "目标值": "得到提升"}
    judgement |= {"完成值": "达成预期指标", "已填报得分": 9}
    rows: list[dict[str, Any]] = [
        {**OUTPUT, "目标值": "≥100张", "完成值": f"{actuals[0]}张"},
        {**BENEFIT, "分值": 10, "目标值": "≥50户", "完成值": f"{actuals[1]}户"},
        {**CLIENTS, "目标值": "≥90%", "完成值": f"{actuals[2]}%"},
        judgement,
    ]
    budget: dict[str, Any] = {"预算数": 200, "执行数": spent}
    if isinstance(place, str):
        budget["偏差原因"] = words
    else:
        rows[place] |= dict.fromkeys(ROW_FIELDS, words)
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "甲", "预算": budget}
    card = perfeval.evaluate({**head, "指标": rows}).scorecard
    assert card is not None
    return card


@given(ACTUALS, SPENT, st.sampled_from(PLACES), st.sampled_from(ALL_DONE + NO_FAULT + ALL_SPENT))
def test_no_row_says_what_the_figures_deny(
    actuals: tuple[int, int, int], spent: int, place: str | int, claim: str
) -> None:
    card = judged(actuals, spent, place, f"3月下达资金。{claim}。")
    is_met, is_left = Drawn(actuals, spent, "甲").is_met, spent < 200
    is_so = not is_left if claim in ALL_SPENT else is_met and not (claim in NO_FAULT and is_left)
    for narrative in texts_of_sheet(card):
        assert said_by_author(narrative, claim) <= is_so, place
        assert said_by_author(narrative, "3月下达资金。")


@given(ACTUALS, SPENT, st.booleans())
def test_every_reason_and_measure_that_is_given_is_told_once(
    actuals: tuple[int, int, int], spent: int, is_open: bool
) -> None:
    """Whether its row fell short, was judged, has no points or has all of them."""
    rows: list[dict[str, Any]] = [
        {**OUTPUT, "目标值": "≥100张", "完成值": None if is_open else f"{actuals[0]}张"},
        {**BENEFIT, "目标值": "≥50户", "完成值": f"{actuals[1]}户"},
        {**CLIENTS, "目标值": "≥90%", "完成值": f"{actuals[2]}%"},
    ]
    rows = [
        {**row, "偏差原因": f"原因{letter}", "改进措施": f"措施{letter}"}
        for row, letter in zip(rows, "天地人", strict=True)
    ]
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "甲"}
    budget = {"预算数": 200, "执行数": spent, "偏差原因": "原因和"}
    below = {"原因分析": "原因总", "改进措施": "措施总"}
    card = perfeval.evaluate({**head, "预算": budget, "指标": rows, **below}).scorecard
    assert card is not None
    overview, abstract = (text(one) for one in texts_of_sheet(card))
    for letter in "天地人和":
        assert overview.count(f"原因{letter}。") == abstract.count(f"原因{letter}。") == 1
    assert abstract.count("原因总。") == 1
    for letter in "天地人总":
        assert abstract.count(f"措施{letter}。") == 1
        assert f"措施{letter}" not in overview


@given(ACTUALS, SPENT, st.sampled_from(FIELDS))
def test_what_is_not_printed_is_asked_for(
    actuals: tuple[int, int, int], spent: int, field: str
) -> None:
    drawn = Drawn(actuals, spent, "甲", **{field: f"3月下达资金。{ALL_DONE[0]}。"})
    for narrative in texts_of_sheet(drawn.card):
        asked = [gap for gap in narrative.gaps if gap.label == f"与数据相符的{field}"]
        is_asked = "3月下达资金。" in text(narrative) and not drawn.is_met
        assert [gap.path for gap in asked] == ([(field,)] if is_asked else [])
        assert (f"（请补充与数据相符的{field}）" in text(narrative)) == is_asked


@given(st.lists(st.tuples(ACTUALS, SPENT), min_size=1, max_size=3), st.sampled_from(ALL_DONE))
def test_no_word_of_a_department_says_what_its_sheets_deny(
    drawn: list[tuple[tuple[int, int, int], int]], claim: str
) -> None:
    sheets = [
        Drawn(rows, spent, name) for (rows, spent), name in zip(drawn, "甲乙丙", strict=False)
    ]
    fields: dict[str, Any] = dict.fromkeys(OF_DEPARTMENT, f"按季度跟踪。{claim}。")
    fields["工作领域"] = [{"名称": "养老", "内容": f"新建3处。{claim}。"}]
    data = {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020", **fields}
    facts = department_facts(Department.model_validate(data), [one.card for one in sheets])
    is_met = all(one.is_met for one in sheets)
    is_spent = all(one.is_spent for one in sheets)
    for narrative in (write_whole(facts, "办法"), write_disclosure(facts, ["附件1"], "办法")):
        said = text(narrative)
        assert (claim in said) <= is_met
        assert ("自评未发现偏差" in said) <= (is_met and is_spent)
        assert ("（请补充与数据相符的改进措施）" in said) <= (not is_met)


@given(ACTUALS, SPENT)
def test_our_own_sentences_hold(actuals: tuple[int, int, int], spent: int) -> None:
    drawn = Drawn(actuals, spent, "甲")
    true = {
        "均达到目标值": drawn.is_met,
        "自评未发现偏差": drawn.is_met and drawn.is_spent,
        "预算全部执行": drawn.is_spent,
        "执行率100%": drawn.is_spent,
    }
    for narrative in texts_of_sheet(drawn.card):
        for sentence in OURS:
            assert (sentence in text(narrative)) <= true[sentence], sentence


def test_the_sheet_of_the_whole_denies_what_the_department_says_of_itself() -> None:
    well = Drawn((100, 50, 90), 200, "甲").card
    short = Drawn((99, 50, 90), 200, "整体", 表种="部门整体支出").card
    data = {"部门名称": "甲局", "年度": 2023, "评分办法": "hubei-2020"}
    said = {**data, "评价结论": f"{ALL_DONE[0]}。"}
    facts = department_facts(Department.model_validate(said), [well, short])
    assert ALL_DONE[0] not in text(write_whole(facts, "办法"))
    alone = department_facts(Department.model_validate(said), [well])
    assert ALL_DONE[0] in text(write_whole(alone, "办法"))


@pytest.mark.parametrize("field", FIELDS)
def test_a_sentence_that_speaks_of_one_thing_is_kept(field: str) -> None:
    drawn = Drawn((99, 50, 90), 199, "甲", **{field: "培训任务100%完成，验收合格。"})
    assert any("培训任务100%完成" in text(one) for one in texts_of_sheet(drawn.card))
