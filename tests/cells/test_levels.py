"""一级指标、二级指标: names as printed, and the standard groups they belong to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfeval.cells.levels import (
    ASPECT_WORDS,
    SECTION_WORDS,
    Aspect,
    Section,
    aspect_name,
    section_name,
)

SECTIONS = {
    "产出指标（50分）": Section.OUTPUT,
    "产 出\n指标": Section.OUTPUT,
    "履职成效": Section.OUTPUT,
    "社会公众或服务对象满意度指标": Section.SATISFACTION,
    "受益家长满意度": Section.SATISFACTION,
    "项目决策": Section.DECISION,
    "部门决策": Section.DECISION,
    "预算配置": Section.DECISION,
    "项目管理": Section.PROCESS,
    "债券资金管理指标": Section.PROCESS,
    "履职效益": Section.BENEFIT,
    "成本指标(20)": Section.COST,
    "党的建设": None,
    "绩效指标": None,
}
ASPECTS = {
    "环境效益指标": Aspect.ECOLOGICAL,
    "社会公众或服务对象满意度指标": Aspect.CLIENTS,
    "产出数量": Aspect.QUANTITY,
    "项目生态环境成本指标": Aspect.ECOLOGICAL_COST,
    "经济成本指标": Aspect.ECONOMIC_COST,
    "成本指标": Aspect.COST,
    "立项依据": None,
}


@pytest.mark.parametrize(("text", "group"), SECTIONS.items())
def test_a_level_1_name_belongs_to_its_group(text: str, group: Section | None) -> None:
    """Ruling 41: names are printed as written; data maps them to the standard groups."""
    name = section_name(text)
    assert (name.text, name.group) == (text, group)


@pytest.mark.parametrize(("text", "group"), ASPECTS.items())
def test_a_level_2_name_belongs_to_its_group(text: str, group: Aspect | None) -> None:
    assert (aspect_name(text).text, aspect_name(text).group) == (text, group)


@pytest.mark.parametrize(
    ("text", "label", "weight"),
    [
        ("产出指标（50分）", "产出指标", "50"),
        ("产出指标 ( 22.5 分 )", "产出指标", "22.5"),
        ("效益指标（权重：30）", "效益指标", "30"),
        ("满意度指标（服务对象）", "满意度指标（服务对象）", None),
        ("产出指标（50%）", "产出指标（50%）", None),
        ("项目（一期）（20分）", "项目（一期）", "20"),
    ],
)
def test_a_weight_in_brackets_is_the_printed_weight(
    text: str, label: str, weight: str | None
) -> None:
    name = section_name(text)
    assert (name.label, name.weight) == (label, None if weight is None else Decimal(weight))


def test_two_writings_of_a_name_have_one_key() -> None:
    keys = {section_name(text).key for text in ("产出", "产出指标", "产 出 指标（40分）", "output")}
    assert keys == {"产出"}
    assert section_name("指标").key == "指标"


def test_every_group_is_known_by_its_usual_name_and_its_english_word() -> None:
    for section in Section:
        assert section_name(section.value) == section_name(section.label)
        assert section_name(section.label).group is section
    for aspect in Aspect:
        assert aspect_name(aspect.value).group is aspect_name(aspect.label).group is aspect


def test_a_whole_word_is_in_one_group_and_no_ending_takes_it_to_another() -> None:
    """A word that stands in the list itself needs no ending; each is listed for one group."""
    for words, name_of in ((SECTION_WORDS, section_name), (ASPECT_WORDS, aspect_name)):
        for word, group in words.items():
            assert name_of(word.removeprefix("…")).group is not None
            if not word.startswith("…"):
                assert name_of(word).group is group
