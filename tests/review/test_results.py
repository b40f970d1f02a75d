"""What came of a year: shares, grades before and after, the trend, and what is matched to what."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.review.report_document import report_document
from perfeval.documents.review.results_document import (
    problem_of,
    results_document,
    results_page,
    summary_sentence,
)
from perfeval.documents.texts.narrative import Narrative
from perfeval.readers.rulebooks import load_rulebook
from perfeval.reading.grade_results import grade_results
from perfeval.review.profile import DeviationBase
from perfeval.review.ranking import ScreenedSheet
from perfeval.review.results import (
    DeductionSum,
    ReviewedRow,
    ReviewedTotal,
    ReviewReason,
    ReviewRemark,
    ReviewResults,
    ReviewTerms,
    effect_of,
    results_of,
    shares_of,
)
from perfeval.review.stored import from_stored, stored
from perfeval.rows import SheetRow

SCALE = ("优", "良", "中", "差")


def sheet(name: str, filed: str | None = "95", grade: str = "优", **fields: Any) -> ScreenedSheet:
    codes = fields.pop("codes", ())
    row: Any = SheetRow(
        file=f"{name}.yaml",
        project=name,
        department="水务局",
        year=2024,
        kind="项目支出",
        final=Decimal(100),
        filed_total=None if filed is None else Decimal(filed),
    )
    row = row._replace(**fields)
    return ScreenedSheet(row, filed_grade=grade, codes=codes, scale=SCALE)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8).filter(any))
def test_shares_add_up_to_a_hundred(counts: list[int]) -> None:
    """Shares of a whole add up to 100 %, and none is farther than a hundredth from its own."""
    shares = shares_of(counts)
    assert sum(shares) == 100
    whole = sum(counts)
    assert all(
        abs(share * whole - 100 * count) < Decimal("0.01") * whole
        for share, count in zip(shares, counts, strict=True)
    )


def test_the_sentence_has_projects_money_and_every_grade() -> None:
    found = results_of(
        [sheet("甲"), sheet("乙"), sheet("丙")],
        [ReviewedTotal("甲", "", Decimal(85), "良"), ReviewedTotal("乙", "", Decimal(92), "优")],
    )
    assert summary_sentence(found) == (
        "2024年度，1个部门开展项目支出绩效自评，自评项目3个，资金300.00万元；"
        "抽审2个，资金200.00万元；优1个，占50.00%；良1个，占50.00%；"
        "中0个，占0.00%；差0个，占0.00%。"
    )


def test_every_amount_has_two_decimals_also_in_the_workbook() -> None:
    """1.234567 + 3.5 万元, of which one sheet has its money in 元."""
    found = results_of(
        [
            sheet("甲", final=Decimal("12345.67"), money_unit="元"),
            sheet("乙", final=Decimal("3.5")),
            sheet("丙", "85", "良", final=Decimal(0)),
        ]
    )
    assert "资金4.73万元" in summary_sentence(found)
    projects, grades = results_page(found, {}).tables
    assert [str(row[3]) for row in projects.rows] == ["1.23", "3.50", "0.00"]
    assert [str(row[3]) for row in grades.rows][:2] == ["4.73", "0.00"]


def test_a_project_without_department_is_of_no_department() -> None:
    said = summary_sentence(results_of([sheet("甲"), sheet("乙", department="")]))
    assert said.startswith("2024年度，1个部门开展项目支出绩效自评，自评项目2个，")
    none = summary_sentence(results_of([sheet("乙", department="")]))
    assert none.startswith("2024年度，开展项目支出绩效自评，自评项目1个，")


def test_grades_before_and_after_are_those_of_the_reviewed() -> None:
    found = results_of(
        [sheet("甲"), sheet("乙", "70", "中")], [ReviewedTotal("甲", "", None, "良")]
    )
    assert [(one.grade, one.projects) for one in found.grades if one.projects] == [("良", 1)]
    assert [(one.grade, one.projects) for one in found.before if one.projects] == [("优", 1)]


def test_without_a_review_the_grades_are_those_as_filed() -> None:
    found = results_of([sheet("甲"), sheet("乙", None, "")])
    assert [(one.grade, one.projects) for one in found.grades if one.projects] == [
        ("优", 1),
        ("", 1),
    ]
    assert not found.before


def test_what_the_review_did_to_the_points() -> None:
    found = results_of(
        [sheet(name) for name in "甲乙丙丁"],
        [
            ReviewedTotal("甲", "", Decimal("90.5"), "优"),
            ReviewedTotal("乙", "", Decimal(96), "优"),
            ReviewedTotal("丙", "", Decimal(95), "优"),
            ReviewedTotal("丁", "", None, ""),
        ],
    )
    assert tuple(effect_of(found)) == (3, 1, 1, 1, Decimal("3.5"), None, None)


def test_a_review_is_put_to_the_one_project_of_its_name() -> None:
    one = sheet("设备购置")
    other = one._replace(row=one.row._replace(department="教育局", file="b.yaml"))
    found = results_of(
        [one, other, sheet("清淤")],
        [ReviewedTotal("设备购置", "a.xlsx"), ReviewedTotal("清 淤"), ReviewedTotal("没有")],
    )
    assert [item.project for item in found.reviewed] == ["清淤"]
    assert found.unmatched == (
        "“设备购置”（a.xlsx）：有 2 个项目叫这个名称，分不清",
        "“没有”（复核结果）：自评项目里没有这个名称",
    )


def test_a_project_that_every_department_has_gets_its_own_review() -> None:
    offices = ("水务局", "教育局", "卫健局")
    sheets = [sheet("设备购置", department=one, file=f"{one}.yaml") for one in offices]
    given = [
        ReviewedTotal("设备购置", "a.xlsx", Decimal(60 + at), "中", department=one, year=2024)
        for at, one in enumerate(reversed(offices))
    ]
    found = results_of(sheets, given)
    assert {one.department: one.reviewed for one in found.projects} == {
        "卫健局": 60,
        "教育局": 61,
        "水务局": 62,
    }
    assert not found.unmatched


def test_a_review_of_another_year_or_department_is_no_review_of_this_project() -> None:
    found = results_of(
        [sheet("清淤", year=2023), sheet("清淤", year=2024)],
        [
            ReviewedTotal("清淤", "上年.xlsx", Decimal(60), "差", year=2023),
            ReviewedTotal("清淤", "别处.xlsx", Decimal(61), "差", department="教育局"),
        ],
    )
    assert found.year == 2024
    assert not found.reviewed
    why = "自评项目里这个名称的，年度、部门、单位或编码不同"
    assert found.unmatched == (
        "“清淤”（上年.xlsx）：这是 2023 年度的复核，这次统计的是 2024 年度",
        f"教育局 “清淤”（别处.xlsx）：{why}",
    )


@pytest.mark.parametrize(
    ("year", "why"),
    [
        (2022, "这是 2022 年度的复核，这次统计的是 2024 年度"),
        (None, "自评项目里只有 2022、2023 年度的是这个名称，这次统计的是 2024 年度"),
        (2021, "自评项目里没有这个名称"),
    ],
)
def test_a_review_of_a_project_of_years_before_says_the_year(year: int | None, why: str) -> None:
    found = results_of(
        [sheet("路灯", year=2022), sheet("路灯", year=2023), sheet("清淤", year=2024)],
        [ReviewedTotal("路灯", "路灯.xlsx", Decimal(80), "良", year=year)],
    )
    assert found.unmatched == (f"“路灯”（路灯.xlsx）：{why}",)


def test_a_code_decides_which_project_was_reviewed() -> None:
    old = sheet("清淤")._replace(code="A1")
    other = sheet("清淤", file="b.yaml")._replace(code="A2")
    found = results_of([old, other], [ReviewedTotal("清淤（改名）", "", Decimal(70), code="A2")])
    assert [one.reviewed for one in found.projects] == [None, 70]


def test_the_latest_year_is_told_and_the_others_are_the_trend() -> None:
    found = results_of(
        [
            sheet("甲", year=2023, codes=("PT102", "BX101")),
            sheet("甲", year=2024, codes=("PT102",)),
            sheet("乙", year=2024, codes=("PT102",)),
        ]
    )
    assert (found.year, len(found.projects)) == (2024, 2)
    assert found.years == ((2023, 1), (2024, 2))
    assert [tuple(row) for row in found.trend] == [("PT102", (1, 2)), ("BX101", (1, 0))]


def test_deductions_of_several_files_are_put_together() -> None:
    one = DeductionSum("B01", "没有佐证", 2, 1, Decimal("3.5"))
    found = results_of([sheet("甲")], [], [one, one])
    assert found.deductions == (DeductionSum("B01", "没有佐证", 4, 2, Decimal("7.0")),)


def test_what_a_review_that_counts_for_nothing_took_away_is_in_no_number() -> None:
    """甲 is there twice, 丁 is nowhere: of 3 + 5 + 2 points the first 3 count."""
    given = [
        {"project": name, "total": "80", "grade": "良", "rows": [{"code": "B01", "cut": cut}]}
        for name, cut in (("甲", "3"), ("甲", "5"), ("丁", "2"))
    ]
    sums = [{"code": "B01", "name": "没有佐证", "rows": 3, "projects": 3, "points": "10"}]
    data = json.dumps({"projects": given, "deductions": sums})
    read = grade_results(data.encode(), "复核.json")
    assert not read.fault
    found = results_of([sheet("甲"), sheet("乙")], read.totals, read.deductions)
    assert found.deductions == (DeductionSum("B01", "没有佐证", 1, 1, Decimal(3)),)
    assert len(found.unmatched) == 2


def test_what_is_in_no_number_is_told() -> None:
    found = results_of(
        [sheet("甲"), sheet("整体", kind="部门整体支出"), sheet("坏", problem="打不开")]
    )
    assert found.left_out == ("整体.yaml：部门整体的表，不计入项目", "坏.yaml：打不开")


def test_the_document_has_the_numbers_of_the_results_and_the_clause_of_the_rulebook() -> None:
    book = load_rulebook("dazhou", year=2024)
    found = results_of(
        [sheet("甲", stamp=book.stamp), sheet("乙", stamp=book.stamp)],
        [ReviewedTotal("甲", "", Decimal("59.5"), "差")],
        [DeductionSum("B01", "没有佐证", 2, 1, Decimal("3.5"))],
    )
    document = results_document(found, {book.stamp: book})
    text = document.parts[0].content
    assert isinstance(text, Narrative)
    told = "\n".join(block.text for block in text.blocks)
    assert "2024年度项目支出绩效自评抽审情况通报" in told
    assert "抽审项目占自评项目的50.00%，资金占50.00%。" in told
    assert "复核低于自评的1个，高于自评的0个，相同的0个；自评得分合计比复核多35.5分" in told
    assert "由“优”到“差”1个" in told
    assert "B01 没有佐证：2个指标，涉及1个项目，扣3.5分。" in told
    assert "等级为“差”的1个项目，建议" in told
    assert f"依据：{book.uses.source if book.uses else ''}" in told


def test_every_code_has_a_word() -> None:
    assert problem_of("PT102") == "没有完成目标，得分却高于按办法计算的分数"
    assert problem_of("RD101")


def test_it_goes_through_json_and_back() -> None:
    found = results_of(
        [sheet("甲", codes=("PT102",))], [ReviewedTotal("甲", "", Decimal(85), "良")]
    )
    assert from_stored(ReviewResults, json.loads(json.dumps(stored(found)))) == found


TERMS = ReviewTerms("口径", DeviationBase.FILED, 2, (ReviewReason("A1", "没有佐证", Decimal(30)),))


def given_of(name: str, points: int, full: int = 100) -> ReviewedTotal:
    return ReviewedTotal(name, "", Decimal(points), "良", full=Decimal(full))


@pytest.mark.parametrize(
    ("base", "deviation"), [(DeviationBase.FILED, "10.53"), (DeviationBase.WEIGHT, "10.00")]
)
def test_the_deviation_of_the_whole_is_that_of_the_sums(
    base: DeviationBase, deviation: str
) -> None:
    """95 + 95 as filed, 90 + 80 as reviewed: 20 ÷ 190 = 10.53 %, 20 ÷ 200 = 10 %."""
    given = [given_of("甲", 90), given_of("乙", 80)]
    found = results_of([sheet("甲"), sheet("乙")], given, terms=[TERMS._replace(base=base)] * 2)
    effect = effect_of(found)
    assert effect.deviation == Decimal(deviation)
    assert effect.means == (Decimal(95), Decimal(85))


def test_what_is_not_well_defined_is_not_said() -> None:
    """Two terms that divide by something else have no deviation; 100 and 120 points no mean."""
    terms = [TERMS, TERMS._replace(base=DeviationBase.WEIGHT)]
    given = [given_of("甲", 90), given_of("乙", 80, full=120)]
    effect = effect_of(results_of([sheet("甲"), sheet("乙")], given, terms=terms))
    assert (effect.deviation, effect.means) == (None, None)


def test_a_whole_review_goes_through_json_and_back() -> None:
    row = ReviewedRow(
        "数量", "9个", "8个", Decimal(5), Decimal(4), Decimal(1), "A1", "没有佐证", "无"
    )
    given = given_of("甲", 85)._replace(deviation=Decimal("10.53"), rows=(row,), deductions=())
    remark = ReviewRemark("RV104", "比例不一", "底稿.xlsx")
    found = results_of([sheet("甲")], [given], terms=[TERMS], remarks=[remark])
    assert found.projects[0].review == given
    assert from_stored(ReviewResults, json.loads(json.dumps(stored(found)))) == found


def test_a_project_whose_points_are_open_asks_for_them() -> None:
    given = ReviewedTotal("甲", "", None, "", deductions=())
    document = report_document(results_of([sheet("甲")], [given]), {})
    text = document.parts[0].content
    assert isinstance(text, Narrative)
    told = [block.text for block in text.blocks]
    wanted = "没有复核得分（请补充复核得分），扣分合计0分。"
    assert f"“甲”：自评得分95分，自评等级为“优”，{wanted}" in told
    assert document.asked == 1


def test_the_json_of_a_review_is_read_and_anything_else_is_refused() -> None:
    text = '{"projects": [{"project": "甲", "total": "85", "grade": "良"}], "deductions": []}'
    assert grade_results(text.encode(), "").totals == (ReviewedTotal("甲", "", Decimal(85), "良"),)
    for bad in (b"[]", b"{}", b"\xff", b'{"projects": [{}]}', b'{"projects": [{"project": 1}]}'):
        assert grade_results(bad, "x").fault == "“x”不是 perfeval review grade 写的 JSON"
    wrong = '{"projects": [{"project": "甲", "total": 85}]}'
    assert grade_results(wrong.encode(), "x").fault
