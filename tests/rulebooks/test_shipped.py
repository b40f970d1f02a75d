"""The rulebooks that ship: each cites its sources, says how sure it is, and proves itself."""

# mypy: disable-error-code="comparison-overlap"
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import perfeval
from perfeval._resources import rulebook_dir
from perfeval.documents.rulebooks.statements import clauses
from perfeval.example import mismatches
from perfeval.readers.layouts import FORMS
from perfeval.readers.rulebooks import read_rulebook
from perfeval.rulebook import (
    HowSeen,
    LadderExecution,
    LinearShortfall,
    OverNote,
    OverReason,
    Proportional,
    ProportionalExecution,
    Rulebook,
    UnscoredExecution,
)

IDS = perfeval.rulebook_ids()
CITATION = ("来源", "条款")
HEAD = ("编号", "名称", "地区", "版本", "继承", "说明", "来源表", "示例")
every_rulebook = pytest.mark.parametrize("name", IDS)


def own_blocks(name: str) -> dict[str, dict[str, Any]]:
    """Return the blocks of rules that the rulebook's own law states."""
    data = read_rulebook(name).layers.sources[0].data
    return {key: block for key, block in data.items() if key not in (*HEAD, *FORMS)}


def inherited(name: str) -> dict[str, Any]:
    parent = perfeval.load_rulebook(name).extends
    return {} if parent is None else read_rulebook(parent).layers.data


def test_these_rulebooks_ship() -> None:
    assert set(IDS) >= {
        "mof-2020",
        "mof-2021",
        "national-system",
        "hubei-2020",
        "beijing",
        "sichuan",
        "anhui",
        "jiangxi",
        "guangxi",
        "yunnan",
        "chongqing",
        "hebei",
        "ningxia-yuanzhou",
        "shanghai",
        "hunan",
        "inner-mongolia",
        "yongzhou",
        "hainan",
        "yinchuan",
        "gansu",
        "dazhou",
        "hunan-2018",
        "rural-funds",
        "guangshui",
        "luohu-bonds",
        "transfer-payment",
        "baoshan",
        "zhongfang",
        "shanxi",
        "zhejiang",
    }


@every_rulebook
def test_a_rulebook_is_named_like_its_file(name: str) -> None:
    assert perfeval.load_rulebook(name).id == name


@every_rulebook
def test_every_worked_example_gives_what_it_must(name: str) -> None:
    read = read_rulebook(name)
    names = [example.name for example in read.examples]
    assert len(names) == len(set(names))
    for example in read.examples:
        assert mismatches(example, perfeval.score(example.sheet, read.rulebook)) == (), example.name


@every_rulebook
def test_every_block_says_where_it_comes_from(name: str) -> None:
    """Source and clause stand in each block of the file itself."""
    for key, block in own_blocks(name).items():
        assert set(CITATION) <= set(block), key
        assert block["来源"], key
        assert block["条款"], key


@every_rulebook
def test_every_source_says_its_name_since_when_it_holds_and_how_it_was_seen(name: str) -> None:
    """名称, 施行 (or 未见) and 所见 of each source; each is cited, and no other is."""
    data = read_rulebook(name).layers.sources[0].data
    table = data["来源表"]
    for key, source in table.items():
        assert {"名称", "施行", "所见"} <= set(source), key
    cited = [block["来源"] for block in own_blocks(name).values()]
    keys = [key for item in cited for key in (item if isinstance(item, list) else [item])]
    assert set(keys) == set(table)


@every_rulebook
def test_nobody_has_seen_the_document_of_any_shipped_rulebook(name: str) -> None:
    """Public forms and the program of the system show the rules; 文件原文 would be a claim."""
    seen = {clause.seen for clause in clauses(perfeval.load_rulebook(name)).values()}
    assert HowSeen.ORIGINAL not in seen


@every_rulebook
def test_what_a_grade_is_used_for_stands_in_the_clause(name: str) -> None:
    """These words give no points, so no witness holds them: the clause itself does."""
    uses = perfeval.load_rulebook(name).uses
    for use in () if uses is None else uses.grades:
        assert f"{use.grade}的，{use.told}" in str(uses and uses.clause)


@every_rulebook
def test_no_block_speaks_with_its_parents_words(name: str) -> None:
    """A remark on the inherited source would be wrong under another source."""
    above = inherited(name)
    for key, block in own_blocks(name).items():
        assert "说明" in block or "说明" not in above.get(key, {}), key


@every_rulebook
def test_what_nobody_has_seen_is_said(name: str) -> None:
    book = perfeval.load_rulebook(name)
    own = clauses(book)
    for key, block in own_blocks(name).items():
        if own[key].seen is HowSeen.UNSEEN:
            assert "未见" in str(block.get("说明")), key


@every_rulebook
def test_a_rulebook_that_inherits_states_differences_only(name: str) -> None:
    above = inherited(name)
    same = [
        f"{key}/{word}"
        for key, block in own_blocks(name).items()
        if block.get("方法") == above.get(key, {}).get("方法", block.get("方法"))
        for word, value in block.items()
        if word not in (*CITATION, "说明")
        and word in above.get(key, {})
        and above[key][word] == value
    ]
    assert same == []


@every_rulebook
def test_every_word_can_be_printed_on_a_gbk_console(name: str) -> None:
    for path in (rulebook_dir() / name).iterdir():
        path.read_text(encoding="utf-8").encode("gbk")


WEIGHTS = {
    "mof-2020": (10, ["产出 50", "效益 30", "满意度 10"]),
    "mof-2021": (10, ["产出 50", "效益 30", "满意度 10"]),
    "national-system": (10, ["产出 50", "效益 30", "满意度 10"]),
    "hubei-2020": (20, ["产出 40", "效益+满意度 40"]),
    "beijing": (10, ["产出 50", "效益 30", "满意度 10"]),
    "sichuan": (10, ["成本+产出+效益+满意度 90"]),
    "anhui": (10, ["产出 50", "效益 30", "满意度 10"]),
    "jiangxi": (10, ["产出 50", "效益 30", "满意度 10"]),
    "guangxi": (10, ["产出 50", "效益 30", "满意度 10"]),
    "yunnan": (10, ["产出+满意度 60", "效益 30"]),
    "chongqing": (10, ["成本+产出+效益+满意度 90"]),
    "hebei": (10, ["产出 50", "效益 30", "满意度 10"]),
    "ningxia-yuanzhou": (0, ["产出 40", "效益 40", "满意度 20"]),
    "shanghai": (10, ["产出 50", "效益 30", "满意度 10"]),
    "hunan": (10, ["产出 50", "效益 30", "满意度 10"]),
    "inner-mongolia": (10, ["产出 50", "效益 30", "满意度 10"]),
    "yongzhou": (10, ["产出 50", "效益 30", "满意度 10"]),
    "hainan": (0, ["决策 20", "过程 25", "产出 15", "效益+满意度 40"]),
    "yinchuan": (10, ["决策 10", "过程 15", "产出 30", "效益+满意度 35"]),
    "gansu": (10, ["产出 50", "效益 30", "满意度 10"]),
    "dazhou": (0, ["决策 25", "过程 30", "产出 20", "效益 15", "满意度 10"]),
    "hunan-2018": (0, ["决策+过程+产出+效益+满意度 100"]),
    "rural-funds": (10, ["产出 50", "效益 30", "满意度 10"]),
    "guangshui": (0, ["决策 2", "过程 13", "产出+效益+满意度 85"]),
    "luohu-bonds": (0, ["过程 10", "产出 50", "效益 30", "满意度 10"]),
}


def division(rulebook: Rulebook, position: int = -1) -> list[str]:
    """Return the groups of a division of the points, as ``产出 50``."""
    return [
        "+".join(section.label.removesuffix("指标") for section in group.sections)
        + f" {group.weight}"
        for group in rulebook.weights.schemes[position].groups
    ]


@pytest.mark.parametrize(("name", "expected"), WEIGHTS.items(), ids=WEIGHTS)
def test_points_are_divided_as_published(name: str, expected: tuple[int, list[str]]) -> None:
    rulebook = perfeval.load_rulebook(name)
    assert rulebook.weights.full == 100
    assert (rulebook.weights.execution, division(rulebook)) == expected


def test_the_2021_guide_divides_by_cost_and_satisfaction() -> None:
    rulebook = perfeval.load_rulebook("mof-2021")
    assert [division(rulebook, position) for position in range(3)] == [
        ["成本 20", "产出 40", "效益 30"],
        ["成本 20", "产出 40", "效益 20", "满意度 10"],
        ["产出 50", "效益 40"],
    ]
    assert rulebook.weights.since == "2021-08-18"


def test_what_no_source_shows_is_left_unset() -> None:
    """No pass mark, no steps of satisfaction, no threshold in the national documents."""
    for name in ("mof-2020", "mof-2021"):
        rule = perfeval.load_rulebook(name).quantitative
        assert isinstance(rule.positive, Proportional)
        assert (rule.positive.pass_mark, rule.satisfaction, rule.over) == (0, None, None)
        assert rule.seen is HowSeen.UNSEEN


def test_qualitative_bands_end_at_80_and_60_but_at_50_in_hubei() -> None:
    for name in IDS:
        bands = perfeval.load_rulebook(name).qualitative.bands
        middle = 50 if name in ("hubei-2020", "guangshui", "baoshan") else 60
        assert [(band.upper, band.lower) for band in bands] == [
            (100, 80),
            (80, middle),
            (middle, 0),
        ], name


def test_the_national_system_rounds_the_rate_and_falls_in_a_line() -> None:
    rulebook = perfeval.load_rulebook("national-system")
    rule = rulebook.execution
    assert isinstance(rule, ProportionalExecution)
    assert rule.rate is not None
    assert (rule.rate.digits, rule.zero_budget, rule.over_budget) == (2, "零分", "不计分")
    assert rulebook.quantitative.reverse == LinearShortfall(
        method="按超出幅度扣减", zero_at=Decimal(2)
    )
    assert rulebook.quantitative.over == OverNote(action="提示", threshold=Decimal(120))
    assert rulebook.weights.goals == "按比例折算"
    assert rulebook.reasons is not None
    assert rulebook.reasons.points_lost
    assert "0.01" in str(rulebook.rounding.note)


def test_places_differ_as_their_sources_say() -> None:
    jiangxi = perfeval.load_rulebook("jiangxi").execution
    assert isinstance(jiangxi, LadderExecution)
    assert [(step.lower, step.points) for step in jiangxi.steps] == [
        (100, 10),
        (80, 7),
        (60, 5),
        (0, 0),
    ]
    over = perfeval.load_rulebook("guangxi").quantitative.over
    assert over == OverReason(action="须说明原因", threshold=Decimal(130))
    assert perfeval.load_rulebook("beijing").weights.not_applicable == "按适用分值折算"
    sichuan = perfeval.load_rulebook("sichuan").reasons
    assert sichuan is not None
    assert sichuan.rate_below == 90
    assert isinstance(perfeval.load_rulebook("ningxia-yuanzhou").execution, UnscoredExecution)
    zhejiang = perfeval.load_rulebook("zhejiang").execution
    assert isinstance(zhejiang, ProportionalExecution)
    assert (zhejiang.over_budget.value, zhejiang.zero_budget.value) == ("满分", "不计分")


def test_twenty_two_places_and_more_have_a_rulebook_beside_the_states() -> None:
    places = {perfeval.load_rulebook(name).region for name in IDS}
    assert len(places - {"全国"}) >= 22


def test_reverse_indicators_fall_in_a_line_only_in_the_systems_family() -> None:
    family = {"national-system", "anhui", "jiangxi", "guangxi", "shanxi", "zhejiang"}
    for name in IDS:
        method = perfeval.load_rulebook(name).quantitative.reverse
        assert isinstance(method, LinearShortfall) == (name in family), name
