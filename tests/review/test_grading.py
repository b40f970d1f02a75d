"""A review is counted as its profile says: each expectation is worked out by hand here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import ReviewEntry, ReviewProfile, ReviewProfileError, Workpaper
from perfeval.review import GradedWorkpaper, audit, deductions, grade

FIRM = "review-firm-sample"


def made(rows: list[dict[str, Any]], profile: str = FIRM, **fields: Any) -> Workpaper:
    """Return the workpaper of a sheet: 20 points of execution, and rows of 80 points together."""
    data = {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": fields.pop("名称", "公共阅览室开放"),
        "预算": {"预算数": 200, "执行数": 150, "已填报": {"得分": 20}},
        "指标": rows,
        **fields,
    }
    return perfeval.review_workpaper(perfeval.evaluate(data), perfeval.load_review_profile(profile))


def row(section: str, aspect: str, name: str, weight: int, **fields: Any) -> dict[str, Any]:
    return {"一级指标": section, "二级指标": aspect, "名称": name, "分值": weight, **fields}


ROWS = [
    row("产出", "数量", "开放天数", 30, 目标值="≥300天", 完成值="240天", 已填报得分=30),
    row("产出", "时效", "开放及时率", 10, 目标值="≥90%", 完成值="95%", 已填报得分=10),
    row("效益", "社会效益", "读者受益", 20, 目标值="得到提升", 完成值="100%", 已填报得分=20),
    row("满意度", "服务对象满意度", "读者满意度", 20, 目标值="≥90%", 完成值="45%", 已填报得分=10),
]


def reviewed(entries: Mapping[int, ReviewEntry], profile: str = FIRM) -> GradedWorkpaper:
    return grade(made(ROWS, profile), dict(entries))


def decimals(*numbers: int) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


def codes_of(*papers: GradedWorkpaper) -> list[list[str]]:
    return [[finding.code for finding in found] for found in audit(papers)]


def test_nothing_written_is_the_points_by_the_rule() -> None:
    """按办法: 20 × 150 ÷ 200 = 15, 30 × 240 ÷ 300 = 24, 10, 20, 20 × 45 ÷ 90 = 10."""
    found = reviewed({})
    points = [one.points for one in found.rows]
    assert points == [Decimal(number) for number in (15, 24, 10, 20, 10)]
    assert (found.total, found.grade) == (Decimal(79), "中")
    assert found.workpaper.filed_total == Decimal(90)
    assert found.workpaper.filed_grade == "优"
    assert found.deviation == Decimal("12.22")  # (90 - 79) / 90 = 12.222 %
    assert [one.deviation for one in found.rows] == [
        Decimal(text) for text in ("25.00", "20.00", "0.00", "0.00", "0.00")
    ]


def test_a_reviewed_actual_is_scored_by_the_rule() -> None:
    """30 × 270 ÷ 300 = 27; the budget row by the reviewed spending: 20 × 180 ÷ 200 = 18."""
    found = reviewed({0: ReviewEntry(actual="270天"), -1: ReviewEntry(actual="180")})
    assert [one.points for one in found.rows[:2]] == [Decimal(18), Decimal(27)]


def test_a_code_takes_its_ratio_of_the_weight_and_a_typed_deduction_counts_before_it() -> None:
    """30 % × 30 = 9; 100 % × 20 leaves 0, never less; 3 as typed although the code says 60 %."""
    found = reviewed(
        {
            0: ReviewEntry(code="B03-3", ground="未列算法"),
            3: ReviewEntry(code="B04", ground="没有问卷"),
            2: ReviewEntry(code="B03-2", cut=Decimal(3), ground="只有方向"),
        }
    )
    assert [one.cut for one in found.rows] == decimals(0, 9, 0, 3, 20)
    assert [one.points for one in found.rows] == decimals(15, 15, 10, 17, 0)
    (total,) = codes_of(found)
    assert total == ["RV103"]
    sums = deductions([found])
    assert [(one.code, one.rows) for one in sums] == [("B03-2", 1), ("B03-3", 1), ("B04", 1)]
    assert [one.points for one in sums] == decimals(3, 9, 20)


def test_a_deduction_is_rounded_as_points_are() -> None:
    """30 % × 2.25 = 0.675 → 0.68; 2.25 − 0.68 = 1.57."""
    rows = [dict(one) for one in ROWS]
    rows[0] |= {"分值": Decimal("37.75"), "完成值": "300天"}
    rows[1] |= {"分值": Decimal("2.25")}
    found = grade(made(rows), {1: ReviewEntry(code="B03-3", ground="无")})
    assert (found.rows[2].cut, found.rows[2].points) == (Decimal("0.68"), Decimal("1.57"))


def test_a_word_that_no_rule_reads_leaves_the_row_open_and_the_total_a_range() -> None:
    found = reviewed({0: ReviewEntry(actual="还行", ground="现场看过")})
    assert found.rows[1].points is None
    assert found.rows[1].why
    assert found.total is None
    assert (found.scorecard.low, found.scorecard.high) == (Decimal(55), Decimal(85))
    assert codes_of(found) == [["RV111"]]


def test_an_open_row_takes_the_reviewers_judgement_with_grounds() -> None:
    """人 judged 25 of 30 where the rule gives none; without grounds it is asked for."""
    entry = ReviewEntry(actual="还行", judged=Decimal(25), ground="现场看过")
    assert reviewed({0: entry}).rows[1].points == Decimal(25)
    assert codes_of(reviewed({0: entry._replace(ground="")})) == [["RV101"]]


def test_a_judgement_outside_what_the_row_can_have_does_not_count() -> None:
    found = reviewed({0: ReviewEntry(actual="还行", judged=Decimal(31), ground="现场看过")})
    assert found.rows[1].points is None
    assert codes_of(found) == [["RV112", "RV111"]]


def test_a_band_holds_the_judgement_of_its_word() -> None:
    """部分达成 is 80–60 % of 20: 12 up to 16; 14 lies inside, 18 outside."""
    word = "部分达成预期指标并具有一定效果"
    inside, outside = (
        reviewed({2: ReviewEntry(actual=word, judged=Decimal(points), ground="座谈")})
        for points in (14, 18)
    )
    assert inside.rows[3].points == Decimal(14)
    assert outside.rows[3].points is None


def test_a_full_deduction_settles_an_open_row_at_zero() -> None:
    entry = ReviewEntry(actual="还行", code="B01", ground="没有台账")
    assert reviewed({0: entry}).rows[1].points == 0


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (ReviewEntry(cut=Decimal(2), code="B01"), ["RV101", "RV103"]),
        (ReviewEntry(cut=Decimal(2), ground="少"), ["RV101"]),
        (ReviewEntry(code="B99", ground="少"), ["RV102"]),
        (ReviewEntry(code="B13", ground="少"), ["RV102"]),
        (ReviewEntry(cut=Decimal(31), code="B01", ground="无"), ["RV107", "RV103"]),
        (ReviewEntry(cut=Decimal(-1), ground="无"), ["RV112"]),
        (ReviewEntry(actual="２４０"), ["RV112", "RV111"]),
        (ReviewEntry(actual="0240天"), ["RV112", "RV111"]),
        (ReviewEntry(code="B06", ground="有关"), []),
    ],
)
def test_what_is_wrong_with_a_review_has_its_code(entry: ReviewEntry, expected: list[str]) -> None:
    assert codes_of(reviewed({0: entry})) == [expected]


def test_a_deduction_below_nothing_adds_no_points() -> None:
    assert reviewed({0: ReviewEntry(cut=Decimal(-5), ground="无")}).rows[1].points == 24


def test_above_the_self_score_needs_grounds() -> None:
    """满意度 filed 10, reviewed 90 % = 20."""
    assert codes_of(reviewed({3: ReviewEntry(actual="90%")})) == [["RV105"]]
    assert codes_of(reviewed({3: ReviewEntry(actual="90%", ground="复核问卷")})) == [[]]


def test_spending_that_is_no_figure_is_said() -> None:
    assert codes_of(reviewed({-1: ReviewEntry(actual="约180万元")})) == [["RV112", "RV111"]]


def test_one_fault_costs_one_part_in_the_whole_batch() -> None:
    """Without a ratio in the profile the batch itself shows one: 30 %, 30 %, and once 60 %."""
    cuts = (Decimal(9), Decimal(9), Decimal(18))
    papers = [
        reviewed({0: ReviewEntry(cut=cut, code="Y04", ground="无算法")}, "review-reasons")
        for cut in cuts
    ]
    found = audit(papers)
    assert [[one.code for one in each] for each in found] == [[], [], ["RV104"]]
    assert "60%" in found[2][0].message
    assert "30%" in found[2][0].message


def test_weights_that_do_not_add_up_are_said() -> None:
    rows = [dict(one) for one in ROWS]
    rows[0]["分值"] = 28
    assert "RV106" in codes_of(grade(made(rows), {}))[0]


def test_what_was_filed_nowhere_has_no_deviation() -> None:
    rows = [{key: text for key, text in one.items() if key != "已填报得分"} for one in ROWS]
    found = grade(made(rows), {})
    assert [one.deviation for one in found.rows[1:]] == [None] * 4
    assert found.deviation is None


# -- profiles ----------------------------------------------------------------------------------


def test_the_profile_of_a_review_that_names_none_has_no_ratio() -> None:
    profile = perfeval.load_review_profile()
    assert {one.ratio for one in profile.codes} == {None}


def test_the_sample_says_what_the_fourteen_standards_say() -> None:
    """无佐证 0, 与项目无关 0, 空泛 -100/-60/-30, 满意度无材料 0, 多目标 -30, 相同 0, 不符 0."""
    profile = perfeval.load_review_profile(FIRM)
    ratios = {one.code: one.ratio for one in profile.row_codes}
    assert {code for code, ratio in ratios.items() if ratio == 100} == {
        *("B01", "B02", "B03-1", "B04", "B09", "B10"),
    }
    assert [ratios[code] for code in ("B03-2", "B03-3", "B07")] == decimals(60, 30, 30)
    assert {code for code, ratio in ratios.items() if ratio == 0} == {"B05", "B06", "B08"}
    numbers = {one.code.removeprefix("B").partition("-")[0] for one in profile.codes}
    assert numbers == {f"{number:02}" for number in range(1, 15)}


OWN = """编号: own
名称: 自己的
扣分原因:
  - {代码: A, 名称: 无佐证, 扣减比例: 50}
"""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("扣减比例: 50", "扣减比例: 150"), "RB101"),
        (("扣减比例: 50", "扣减比例: -5"), "SH107"),
        (("扣减比例: 50", "扣减比例: 一半"), "SH105"),
        (("名称: 无佐证", "说明: 无佐证"), "SH101"),
        (("编号: own", "编号: own\n口径: 别的"), "SH102"),
        (("扣分原因:", "扣分原因:\n  - {代码: A, 名称: 另一个}"), "RB101"),
        (("扣减比例: 50}", "级别: P9}\n级别: [{名称: P0}]"), "RB101"),
        (("代码: A", "代码: 'A*'"), "RB101"),
        (("扣分原因:", "扣分原因:\n  - {代码: a, 名称: 大小写}"), "RB101"),
        (("编号: own", "偏离度: {分母: 总分}\n编号: own"), "SH108"),
    ],
)
def test_what_is_wrong_with_a_profile_has_its_line(
    change: tuple[str, str], code: str, tmp_path: Path
) -> None:
    path = tmp_path / "口径.yaml"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(ReviewProfileError) as caught:
        perfeval.load_review_profile(path)
    assert code in {finding.code for finding in caught.value.findings}
    assert all(finding.places for finding in caught.value.findings)


def test_ones_own_profile_counts(tmp_path: Path) -> None:
    path = tmp_path / "口径.yaml"
    path.write_text(OWN + "偏离度: {分母: 权重, 小数位数: 1}\n", encoding="utf-8")
    profile: ReviewProfile = perfeval.load_review_profile(path)
    paper = perfeval.review_workpaper(_report(), profile)
    found = grade(paper, {0: ReviewEntry(code="A", ground="无")})
    assert [found.rows[1].cut, found.rows[1].points] == decimals(15, 9)
    assert found.rows[1].deviation == Decimal("70.0")  # (30 - 9) / 30


def _report() -> perfeval.Report:
    return perfeval.evaluate(
        {
            "评分办法": "hubei-2020",
            "年度": 2023,
            "项目名称": "公共阅览室开放",
            "预算": {"预算数": 200, "执行数": 150},
            "指标": ROWS,
        }
    )


@pytest.mark.parametrize("name", ["没有这个", "没有.yaml"])
def test_a_profile_that_is_not_there_is_said(name: str) -> None:
    with pytest.raises(ReviewProfileError):
        perfeval.load_review_profile(name)
