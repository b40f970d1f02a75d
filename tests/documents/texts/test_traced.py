"""Every number of every text is a value of the sheet, the scorecard or the department."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Basis, Department, DepartmentReport, Scorecard
from perfeval.documents.texts.department_facts import department_facts
from perfeval.documents.texts.narrative import (
    Narrative,
    write_abstract,
    write_disclosure,
    write_overview,
    write_whole,
)
from perfeval.scorecard import IndicatorLine
from tests.documents.numbers import numbers_of, of_card, of_department
from tests.property.strategies import sheets

TITLES = ("附件1　部门整体绩效自评结果", "附件2　自评表")


@pytest.fixture(scope="module")
def real() -> DepartmentReport:
    return perfeval.evaluate_department("shipped:qingshan-2023")


def cards_of(report: DepartmentReport) -> list[Scorecard]:
    return [sheet.scorecard for sheet in report.sheets if sheet.scorecard is not None]


def text(narrative: Narrative) -> str:
    return "\n".join(block.text for block in narrative.blocks)


def untraced(narrative: Narrative, known: set[str]) -> list[str]:
    return [number for number in numbers_of(text(narrative)) if number not in known]


def texts_of(department: Department, cards: list[Scorecard]) -> list[Narrative]:
    facts = department_facts(department, cards)
    return [write_whole(facts, "办法"), write_disclosure(facts, TITLES, "办法")]


def test_no_number_of_a_projects_text_is_typed(real: DepartmentReport) -> None:
    for card in cards_of(real):
        for write in (write_overview, write_abstract):
            assert untraced(write(card), of_card(card)) == [], card.sheet.name


def test_no_number_of_a_departments_text_is_typed(real: DepartmentReport) -> None:
    assert real.department is not None
    known = of_department(real.department, cards_of(real))
    for narrative in texts_of(real.department, cards_of(real)):
        assert untraced(narrative, known) == []


def test_a_number_that_is_typed_is_found(real: DepartmentReport) -> None:
    """The account above would be worth nothing if it took any number."""
    assert real.department is not None
    known = of_department(real.department, cards_of(real))
    assert {"11164.09", "388.3", "99.9", "98.47"} & known == set()


FIGURES = {
    "年初预算": {"数": "500.5", "环节": "年初预算"},
    "决算": {"数": "512.25"},
    "基金决算": {"数": "77.7", "资金": "政府性基金"},
}
SHARES = [
    {"名称": "执行率", "印出": "102%", "分子": "决算", "分母": "年初预算", "性质": "执行率"},
    {"名称": "基金执行率", "印出": "9%", "分子": "基金决算", "分母": "年初预算", "性质": "执行率"},
    {"名称": "占比", "印出": "15.2%", "分子": "基金决算", "分母": "决算"},
]


def made(filled: list[dict[str, Any]]) -> tuple[Department, list[Scorecard]]:
    cards = []
    for number, data in enumerate(filled):
        card = perfeval.evaluate({**data, "项目名称": f"项目{'甲乙丙丁'[number]}"}).scorecard
        assert card is not None
        cards.append(card)
    department = Department.model_validate(
        {
            "部门名称": "示例局",
            "年度": 2023,
            "评分办法": "hubei-2020",
            "数字": FIGURES,
            "比率": SHARES,
        }
    )
    return department, cards


DEPARTMENTS = st.lists(sheets().map(lambda filled: filled.data), min_size=1, max_size=4)


@given(DEPARTMENTS)
def test_no_generated_department_has_a_number_from_nowhere(filled: list[dict[str, Any]]) -> None:
    department, cards = made(filled)
    known = of_department(department, cards)
    for narrative in texts_of(department, cards):
        assert untraced(narrative, known) == []
    for card in cards:
        for write in (write_overview, write_abstract):
            assert untraced(write(card), of_card(card)) == []


def is_spent(card: Scorecard) -> bool:
    budget = card.sheet.budget
    return bool(budget.base) and budget.base == budget.spent


def is_met(card: Scorecard) -> bool:
    """Tell by the points alone: full weight, or 达成预期指标 judged at 100–80 % of it."""
    return bool(card.lines) and all(
        line.points == line.weight or (line.basis is Basis.JUDGED and is_in_best_band(line))
        for line in card.lines
    )


def is_in_best_band(line: IndicatorLine) -> bool:
    """Tell whether judged points lie from 80 % (含) of the weight on."""
    return line.points is not None and line.points * 5 >= (line.weight or 0) * 4


@given(DEPARTMENTS)
def test_no_generated_department_makes_a_text_say_what_is_not_so(
    filled: list[dict[str, Any]],
) -> None:
    """100 % only where all was spent, 均达到 only where all was met, 未发现 only where both."""
    department, cards = made(filled)
    for card in cards:
        said = text(write_overview(card))
        assert ("预算全部执行" in said) == is_spent(card)
        assert ("执行率100%" in said) <= is_spent(card)
        assert ("均达到目标值" in said) <= is_met(card)
        assert ("等级为" in said) <= (card.grade is not None and card.total is not None)
    whole, disclosure = map(text, texts_of(department, cards))
    all_well = all(is_spent(card) and is_met(card) for card in cards)
    for said in (whole, disclosure):
        assert ("自评未发现偏差" in said) <= all_well
        assert "500.5万元，执行率" not in said  # the base is the original budget
        assert "存在的问题和原因：无" not in said
    assert "口径不同" in whole
    assert ("没有达到目标值" in whole) <= any(not is_met(card) for card in cards)
