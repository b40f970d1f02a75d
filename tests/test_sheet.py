"""The sheet: an immutable value, in the form's own words or in English."""

# mypy: disable-error-code="comparison-overlap"
from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

import perfeval
from perfeval import Aspect, Section

CHINESE = {
    "评分办法": "hubei-2020",
    "年度": 2023,
    "项目名称": "示例",
    "主管部门": "民政局",
    "预算": {
        "年初预算数": 9,
        "预算数": 10,
        "执行数": 8,
        "其中调拨": 1,
        "已填报": {"执行率": "80%", "得分": 16},
    },
    "指标": {
        "产出指标": {
            "数量指标": [
                {
                    "名称": "床位",
                    "分值": 2,
                    "符号": "≥",
                    "单位": "张",
                    "目标值": 5,
                    "完成值": "4张",
                    "已填报得分": 2,
                    "偏差原因": "天气",
                    "改进措施": "提前",
                }
            ]
        }
    },
    "已填报": {"总分": 98, "等级": "优"},
}
ENGLISH = {
    "rulebook": "hubei-2020",
    "year": 2023,
    "name": "示例",
    "department": "民政局",
    "budget": {
        "original": 9,
        "final": 10,
        "spent": 8,
        "transferred": 1,
        "filed": {"rate": "80%", "points": 16},
    },
    "indicators": [
        {
            "section": "output",
            "aspect": "quantity",
            "name": "床位",
            "weight": 2,
            "sign": "≥",
            "unit": "张",
            "target": 5,
            "actual": "4张",
            "filed": 2,
            "reason": "天气",
            "measure": "提前",
        }
    ],
    "filed": {"total": 98, "grade": "优"},
}


def test_the_forms_words_and_the_english_names_give_the_same_sheet() -> None:
    assert perfeval.load_sheet(CHINESE) == perfeval.load_sheet(ENGLISH)


def test_the_fields_have_the_words_of_the_field() -> None:
    sheet = perfeval.load_sheet(CHINESE)
    assert (sheet.rulebook, sheet.year, sheet.name) == ("hubei-2020", 2023, "示例")
    assert (sheet.budget.original, sheet.budget.final, sheet.budget.spent) == (9, 10, 8)
    assert sheet.budget.filed.rate is not None
    assert (sheet.budget.filed.rate.text, sheet.budget.filed.points) == ("80%", 16)
    (indicator,) = sheet.indicators
    assert (indicator.section.group, indicator.aspect.group) == (Section.OUTPUT, Aspect.QUANTITY)
    assert (indicator.name, indicator.weight, indicator.filed) == ("床位", 2, 2)
    assert (sheet.filed.total, sheet.filed.grade) == (98, "优")
    assert sheet.money_unit == "万元"


@pytest.mark.parametrize("word", ["预算数", "全年预算数", "调整后预算数", "final"])
def test_the_final_budget_has_three_words(word: str) -> None:
    sheet = perfeval.load_sheet(
        {"评分办法": "x", "年度": 2023, "项目名称": "示例", "预算": {word: "1286.70"}}
    )
    assert sheet.budget.final == Decimal("1286.70")


def test_a_sheet_does_not_change() -> None:
    sheet = perfeval.load_sheet(CHINESE)
    with pytest.raises(ValidationError):
        sheet.name = "另一个"  # type: ignore[misc]
    assert hash(sheet) == hash(perfeval.load_sheet(ENGLISH))


@pytest.mark.parametrize("deep", [False, True])
def test_what_is_computed_from_a_copy_fits_the_copy(deep: bool) -> None:
    """A copy with another field never answers by what was computed from the first."""
    sheet = perfeval.load_sheet(CHINESE)
    (row, *_), sections = sheet.indicators, sheet.sections
    assert sections
    assert row.comparison == row.model_copy(deep=deep).comparison
    assert sheet.model_copy(update={"indicators": ()}, deep=deep).sections == {}
    changed = row.model_copy(update={"not_applicable": True}, deep=deep)
    assert changed.comparison != row.comparison
    assert sheet.sections is sections


@pytest.mark.parametrize("section", list(Section))
def test_every_section_is_known_by_three_words(section: Section) -> None:
    for word in (section.label, section.label.removesuffix("指标"), section.value):
        row = {"一级指标": word, "二级指标": "数量", "名称": "甲"}
        sheet = perfeval.load_sheet({**CHINESE, "指标": [row]})
        assert sheet.indicators[0].section.group is section


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_is_known_by_its_words(aspect: Aspect) -> None:
    for word in (aspect.label, aspect.label.removesuffix("指标"), aspect.value):
        row = {"一级指标": "产出指标", "二级指标": word, "名称": "甲"}
        sheet = perfeval.load_sheet({**CHINESE, "指标": [row]})
        assert sheet.indicators[0].aspect.group is aspect
