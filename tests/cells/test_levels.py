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
    likely_aspect,
    likely_section,
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
    """Names are printed as written; data maps them to the standard groups."""
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


SLIPS_OF_SECTIONS = {
    "产岀指标（50分）": "产出指标",
    "产出指际": "产出指标",
    "出产指标": "产出指标",
    "产出出指标": "产出指标",
    "满意渡指标": "满意度指标",
    "项目菅理": "项目管理指标",
    "党的建设": "",
    "成果指标": "",
    "重点工作": "",
    "产 出 指标": "",
    "项目管理": "",
    "产岀指标" * 9: "",
}
SLIPS_OF_ASPECTS = {
    "质里指标": "质量指标",
    "实效指标": "时效指标",
    "可持续影晌指标": "可持续影响指标",
    "社会效溢": "社会效益指标",
    "经挤成本": "经济成本指标",
    "学校经济成本": "",
    "": "",
    "立项依据": "",
    "质量指标": "",
}


@pytest.mark.parametrize(("text", "likely"), SLIPS_OF_SECTIONS.items())
def test_a_slip_in_a_level_1_name_is_told_and_changes_nothing(text: str, likely: str) -> None:
    """A near miss is read as printed, beside the standard groups; what was meant is a hint."""
    name = section_name(text)
    assert (name.text, likely_section(name)) == (text, likely)


@pytest.mark.parametrize(("text", "likely"), SLIPS_OF_ASPECTS.items())
def test_a_slip_in_a_level_2_name_is_told_and_changes_nothing(text: str, likely: str) -> None:
    name = aspect_name(text)
    assert (name.text, likely_aspect(name)) == (text, likely)


@pytest.mark.parametrize("group", [*Section, *Aspect])
def test_every_usual_name_with_one_character_twice_is_known_again(group: Section | Aspect) -> None:
    label = group.label
    slips = {label[:at] + label[at] + label[at:] for at in range(len(label))}
    for slip in slips:
        name, aspect = section_name(slip), aspect_name(slip)
        known = name.group if isinstance(group, Section) else aspect.group
        likely = likely_section(name) if isinstance(group, Section) else likely_aspect(aspect)
        assert known is group or likely == label, slip
