"""Screening from values alone: sums, order, medians, copies, and what is counted once."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from statistics import median as middle_of
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.review.pages import page_html, page_workbook
from perfeval.documents.review.ranking_list import ranking_page, ranking_text
from perfeval.review.ranking import (
    OutlierKind,
    Ranking,
    ScreenedSheet,
    ScreeningRules,
    median,
    rank,
)
from perfeval.review.stored import from_stored, stored
from perfeval.rows import SheetRow

RULES = ScreeningRules(ahead=Decimal(30), deviations=Decimal(3), least=5)


def sheet(name: str, department: str = "水务局", **fields: Any) -> ScreenedSheet:
    own = {field: fields.pop(field) for field in OWN if field in fields}
    row: Any = SheetRow(
        file=f"{department}/{name}.yaml",
        project=name,
        department=department,
        year=2024,
        kind="项目支出",
    )
    for field, value in fields.items():
        is_figure = isinstance(value, str) and field not in TEXTS
        row = row._replace(**{field: Decimal(value) if is_figure else value})
    return ScreenedSheet(row, **own)


OWN = ("full", "sentences", "output_weight", "code", "filed_grade", "scale")
SCALE = ("优", "良", "中", "差")
TEXTS = ("unit", "money_unit", "grade", "stamp", "problem", "kind", "file", "department")


def test_what_most_hangs_on_comes_first() -> None:
    found = rank(
        [
            sheet("小", stake="1", errors=9),
            sheet("大", stake="20"),
            sheet("贵", stake="1", errors=9, final="900"),
            sheet("多", stake="1", errors=9, warnings=3),
        ]
    )
    assert [one.project for one in found.projects] == ["大", "多", "贵", "小"]


def test_money_is_added_in_one_unit_and_what_is_unknown_is_counted() -> None:
    found = rank(
        [
            sheet("甲", final="12.5", money_unit="万元"),
            sheet("乙", original="125000", money_unit="元"),
            sheet("丙"),
        ]
    )
    department = found.departments[0]
    assert (department.money, department.without_money, department.projects) == (
        Decimal("25.0"),
        1,
        3,
    )


def test_a_whole_department_is_in_no_sum() -> None:
    found = rank(
        [sheet("甲", final="10"), sheet("整体", kind="部门整体支出", final="999", stake="50")]
    )
    assert [one.project for one in found.wholes] == ["整体"]
    assert (found.departments[0].money, found.departments[0].stake) == (Decimal(10), Decimal(0))


def test_a_project_counts_once_and_the_second_sheet_is_told() -> None:
    one = sheet("清淤", final="10")
    again = one._replace(row=one.row._replace(file="再交/清淤.docx"))
    found = rank([one, again, sheet("清淤", "教育局")])
    assert {item.department for item in found.projects} == {"教育局", "水务局"}
    assert len(found.projects) == 2
    assert found.twice == ("再交/清淤.docx：与“水务局/清淤.yaml”是同一个项目，没有再算",)


def test_what_has_no_result_is_told() -> None:
    found = rank([sheet("甲", problem="缺少“年度”")])
    assert found.unread == ("水务局/甲.yaml：缺少“年度”",)
    assert not found.projects


def test_full_points_are_those_of_the_rulebook() -> None:
    found = rank(
        [
            sheet("满", filed_total="120", full=Decimal(120)),
            sheet("百", filed_total="100", full=Decimal(120)),
            sheet("空"),
        ]
    )
    assert [one.project for one in found.full] == ["满"]


def test_grades_by_the_rule_stand_beside_those_as_filed() -> None:
    found = rank(
        [
            sheet("甲", grade="良", total="85", filed_total="95", filed_grade="优", scale=SCALE),
            sheet("乙", grade="优", total="92", scale=SCALE),
            sheet("丙"),
        ]
    )
    assert [tuple(one) for one in found.grades] == [("优", 1, 1), ("良", 1, 0), ("", 1, 2)]


def test_a_grade_that_only_ranges_have_stands_in_the_rulebooks_order() -> None:
    found = rank(
        [
            sheet("甲", grade="良", total="85", scale=SCALE),
            sheet("乙", grade="优", low="91", high="95", scale=SCALE),
            sheet("丙", grade="合格", total="99"),
        ]
    )
    assert [one.grade for one in found.grades] == ["优", "良", "合格", ""]


@pytest.mark.parametrize(("output", "is_ahead"), [("27", True), ("26.99", False)])
def test_outputs_ahead_of_money_by_the_printed_rule(output: str, is_ahead: bool) -> None:
    found = rank([sheet("甲", rate="60", output=output, output_weight=Decimal(30))], RULES)
    assert [one.kind for one in found.outliers] == [OutlierKind.AHEAD] * is_ahead


def test_far_from_the_median_by_the_printed_rule() -> None:
    """Of 10, 11, 12, 13, 14, x the median deviations are known: farther than three is far."""
    base = [sheet(str(at), rate=str(at)) for at in (10, 11, 12, 13, 14)]
    near = rank([*base, sheet("甲", rate="17")], RULES)  # median 12.5, deviation 1.5, limit 4.5
    far = rank([*base, sheet("甲", rate="17.01")], RULES)
    assert not near.outliers
    assert [(one.project, one.middle, one.spread) for one in far.outliers] == [
        ("甲", Decimal("12.5"), Decimal("1.5"))
    ]


def test_another_rulebook_is_another_group_and_few_are_none() -> None:
    base = [sheet(str(at), rate=str(at), stamp="甲办法") for at in (10, 11, 12, 13, 14)]
    assert not rank([*base, sheet("外", rate="99", stamp="乙办法")], RULES).outliers
    assert not rank([*base[:3], sheet("外", rate="99", stamp="甲办法")], RULES).outliers


def test_where_half_is_the_same_nothing_is_far() -> None:
    base = [sheet(str(at), rate="100") for at in range(6)]
    assert not rank([*base, sheet("外", rate="99")], RULES).outliers


@given(st.lists(st.decimals("0", "100", places=2), min_size=1, max_size=30))
def test_the_median_is_the_one_of_the_library(values: list[Decimal]) -> None:
    assert Fraction(median(values)) == Fraction(middle_of(map(Fraction, values)))


# -- copies ------------------------------------------------------------------------------------

COPIED = "组织沿河乡镇开展清淤疏浚并按月核验土方量"
NEAR = "组织沿河乡镇开展清淤疏浚并按季核验土方量"
OTHER = "为二十三所村小更换照明灯具并完成照度检测"


def test_a_copied_sentence_is_found_with_all_that_have_it() -> None:
    found = rank(
        [
            sheet("甲", sentences=(COPIED, OTHER)),
            sheet("乙", "教育局", sentences=(f"{COPIED}12次",)),
            sheet("丙", "民政局", sentences=(NEAR,)),
            sheet("丁", sentences=("别的话与前面任何一句都没有相同之处",)),
        ]
    )
    assert len(found.repeated) == 1
    one = found.repeated[0]
    assert one.projects == ("水务局 · 甲", "教育局 · 乙", "民政局 · 丙")
    assert (one.departments, one.is_same) == (3, False)
    assert [(pair.one, pair.other, pair.sentences) for pair in found.pairs] == [
        ("水务局 · 甲", "教育局 · 乙", 1),
        ("水务局 · 甲", "民政局 · 丙", 1),
        ("教育局 · 乙", "民政局 · 丙", 1),
    ]
    assert {one.project: one.shared for one in found.projects} == {
        "甲": 1,
        "乙": 1,
        "丙": 1,
        "丁": 0,
    }


def test_the_same_sentence_twice_in_one_project_is_no_copy() -> None:
    assert not rank([sheet("甲", sentences=(COPIED, f"{COPIED}！"))]).repeated


def test_the_second_sheet_of_a_project_is_no_copy_of_the_first() -> None:
    one = sheet("清淤", sentences=(COPIED,))
    assert not rank([one, one._replace(row=one.row._replace(file="再交.docx"))]).repeated


def test_a_phrase_of_all_makes_no_pairs_and_is_listed() -> None:
    found = rank([sheet(f"项目{at}", sentences=(COPIED,)) for at in range(40)])
    assert len(found.repeated[0].projects) == 40
    assert not found.pairs


# -- documents ---------------------------------------------------------------------------------


def filled() -> Ranking:
    return rank(
        [
            sheet(
                "<b>甲</b>",
                final="10",
                stake="3.5",
                errors=2,
                total="90",
                grade="优",
                sentences=(COPIED,),
            ),
            sheet("乙", "教育局", filed_total="100", full=Decimal(100), sentences=(NEAR,)),
            sheet("整体", kind="部门整体支出"),
            sheet("坏", problem="缺少“年度”"),
        ]
    )


def test_a_page_has_its_charts_and_nothing_from_outside() -> None:
    text = page_html(ranking_page(filled())).decode()
    assert text.count("<svg") == 3
    assert "&lt;b&gt;甲" in text
    assert "<b>甲" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_nothing_ranked_makes_documents_too() -> None:
    empty = rank([])
    assert b"<h1>" in page_html(ranking_page(empty))
    assert page_workbook(ranking_page(empty)).startswith(b"PK")
    assert ranking_text(empty).startswith("0 个部门、0 个项目")


def test_it_goes_through_json_and_back() -> None:
    found = filled()
    assert from_stored(Ranking, json.loads(json.dumps(stored(found)))) == found
