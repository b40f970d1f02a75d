"""What if: other figures score as the same figures typed into the sheet, and nothing changes it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import perfeval
from perfeval import ChangeError, load_rulebook, load_sheet, losses, next_grade, score, what_if
from perfeval.numbers import plain
from perfeval.readers.files import resolve
from perfeval.scoring.engine import Scorer
from tests.property.strategies import HEAD

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
BOOK = load_rulebook("hubei-2020", year=2023)
ROW = {"一级指标": "产出", "二级指标": "数量", "分值": 10}
TEXT = resolve(REAL).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "typed"),
    [
        ({"享受…网点数量": "40"}, ("完成值: 26", "完成值: 40")),
        ({"线下服务网点数量": "20"}, ("完成值: 26", "完成值: 20")),
        ({"产出指标/数量/线下服务网点数量": "31"}, ("完成值: 26", "完成值: 31")),
        ({"执行数": "1286.70"}, ("执行数: 1269.62", "执行数: 1286.70")),
        ({"预算数": "2000"}, ("  预算数: 1286.7\n", "  预算数: 2000\n")),
    ],
)
def test_other_figures_score_as_if_they_were_typed_into_the_sheet(
    changes: dict[str, str], typed: tuple[str, str]
) -> None:
    assert TEXT.count(typed[0]) == 1
    sheet = load_sheet(TEXT)
    found = what_if(sheet, changes, BOOK)
    expected = score(load_sheet(TEXT.replace(*typed)), BOOK)
    assert [line.points for line in found.after.rows] == [line.points for line in expected.rows]
    assert (found.after.total, found.after.grade) == (expected.total, expected.grade)
    assert found.before == score(sheet, BOOK)
    assert sheet == load_sheet(TEXT)
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"网点": "3"}, "“网点”对应 2 个指标"),
        ({"效益指标/网点": "3"}, "没有指标“效益指标/网点”"),
        ({"没有": "3"}, "没有指标“没有”，可写 年初预算数、预算数、执行数"),
        ({"": "3"}, "没有指标“”"),
        ({"执行数": "1,2"}, "应写成不带单位的数"),
        ({"执行数": "-1"}, "应写成不带单位的数"),
        ({"线下服务网点数量": "０１"}, "“线下服务网点数量=０１”：“０１”里有全角数字，请写成 1"),
        ({"线下服务网点数量": "1_0"}, "“线下服务网点数量=1_0”：“1_0”"),
        ({"线下服务网点数量[2]": "3"}, "没有指标“线下服务网点数量.2.”"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_may_be_meant(
    changes: dict[str, str], said: str
) -> None:
    with pytest.raises(ChangeError, match=said):
        what_if(load_sheet(TEXT), changes, BOOK)


def test_rows_of_one_name_are_told_apart_by_their_number() -> None:
    rows = [
        {"名称": "床位", "分值": 40, "目标值": "≥10", "完成值": "5"},
        {"名称": "床位", "分值": 40, "目标值": "≥20", "完成值": "15"},
    ]
    sheet = load_sheet(
        {
            "评分办法": "hubei-2020",
            "年度": 2023,
            "项目名称": "甲",
            "预算": {"预算数": 100, "执行数": 100},
            "指标": {"产出指标": {"数量指标": rows}},
        }
    )
    with pytest.raises(ChangeError, match=r"产出指标/数量指标/床位\[1\]\n.*床位\[2\]"):
        what_if(sheet, {"床位": "20"}, BOOK)
    for name in ("床位[2]", "产出指标/床位[2]"):
        found = what_if(sheet, {name: "20"}, BOOK)
        assert [change.position for change in found.changes] == [1]
        assert [plain(line.low) for line in found.after.rows] == ["20.00", "20.00", "40.00"]


def test_a_date_without_a_year_is_one_of_the_sheet_s() -> None:
    sheet = load_sheet(
        {**HEAD, "指标": [{**ROW, "名称": "甲", "目标值": "12月底前", "完成值": "11月5日"}]}
    )
    assert what_if(sheet, {"甲": "10月5日"}, BOOK).after.lines[0].points == 10


def test_another_figure_stands_for_all_units_of_a_row() -> None:
    units = [
        {"单位": one, "资金": 1, "目标值": "≥90%", "完成值": f"{rate}%"}
        for one, rate in (("甲", 80), ("乙", 85), ("丙", 89))
    ]
    sheet = load_sheet({**HEAD, "指标": [{**ROW, "名称": "甲", "分单位": units}]})
    found = what_if(sheet, {"甲": "45%"}, BOOK)
    assert str(found.before.lines[0].points) == "9.41"  # 10 × (254 ÷ 3) ÷ 90
    assert str(found.after.lines[0].points) == "5.00"


def test_all_that_cannot_be_told_is_named_at_once() -> None:
    with pytest.raises(ChangeError) as caught:
        what_if(load_sheet(TEXT), {"网点": "3", "没有": "3"}, BOOK)
    assert "“网点”" in str(caught.value)
    assert "“没有”" in str(caught.value)


def test_the_rows_that_cost_points_are_ranked_and_add_up_to_what_is_missing() -> None:
    """98.46 of 100: the rows lack 1.54 points together, the largest first."""
    found = losses(perfeval.evaluate(REAL).scorecard)  # type: ignore[arg-type]
    lost = [loss.lost for loss in found]
    assert lost == sorted(lost, reverse=True)
    assert sum(lost) == Decimal("1.54")
    assert [loss.total for loss in found] == [Decimal("98.46") + item for item in lost]


def test_a_row_without_a_target_may_cost_its_points_and_gains_none() -> None:
    sheet = load_sheet({**HEAD, "指标": [{**ROW, "名称": "甲", "完成值": "5"}]})
    found = losses(score(sheet, BOOK))
    assert [loss.lost for loss in found] == [Decimal("20.00"), Decimal("10.00")]  # money, row
    assert [loss.total for loss in found] == [None, None]


def test_the_next_grade_is_reached_by_exactly_the_rows_that_are_named() -> None:
    """A row alone reaches the grade where the total with its points in full does."""
    card = what_if(load_sheet(TEXT), {"执行数": "700"}, BOOK).after
    found = next_grade(card)
    assert found is not None
    assert (found.name, found.lower, card.total) == ("优", Decimal(90), Decimal("89.61"))
    assert found.missing == Decimal("0.39")
    enough = {loss.line.name for loss in losses(card) if loss.lost >= found.missing}
    assert {line.name for line in found.rows} == enough


UNITS = [{"单位": "一", "资金": 1, "目标值": "≥90%", "完成值": "80%"}]
LADDER = {
    "依据": "表下说明",
    "计分": {"方法": "分档", "档次": [{"不低于": 10, "得分": 20}, {"低于": 10, "得分": 5}]},
}
ROWS: list[dict[str, Any]] = [
    {"名称": "甲", "分值": 20, "目标值": "≥12个", "完成值": "9个", "评分标准": LADDER},
    {"名称": "乙", "分值": 20, "目标值": "≥10个", "完成值": "8个", "扣减分数": 1},
    {"名称": "丙", "分值": 20, "目标值": "≥10个", "完成值": "8个"},
    {"名称": "丁", "分值": 10, "分单位": UNITS},
    {"名称": "戊", "分值": 10, "完成值": "8个"},
]


def made(rows: list[dict[str, Any]]) -> perfeval.Sheet:
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "甲"}
    budget = {"预算数": 100, "执行数": 90}
    effects = {"社会效益指标": [{**ROWS[2], "名称": "益", "分值": 40}]}
    indicators = {"产出指标": {"数量指标": rows}, "效益指标": effects}
    return load_sheet({**head, "预算": budget, "指标": indicators})


@pytest.mark.parametrize("count", [2, 5])
def test_a_row_that_meets_its_target_counts_as_if_the_whole_sheet_were_scored_again(
    count: int,
) -> None:
    """By its own standard, less what is deducted, and in the total of the whole sheet."""
    card = score(made(ROWS[:count]), BOOK)
    assert (card.total is None) is (count > 2)
    found = losses(card)
    assert {loss.line.name for loss in found} >= {"预算执行", "甲", "乙", "益"}
    for loss in found:
        target = {"预算执行": ("执行数", "100"), "甲": ("甲", "12个"), "益": ("益", "10个")}
        if loss.line.name in target:
            after = what_if(card.sheet, dict([target[loss.line.name]]), BOOK).after
            assert (loss.total, loss.grade) == (after.total, after.grade)
    assert next_grade(card, found) == next_grade(card)


def test_every_row_is_scored_once_for_its_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of n lost rows is work for n rows, and the budget row for all of them once more."""
    rows: list[dict[str, Any]] = [
        {"名称": f"行{at}", "分值": 1, "目标值": "≥10个", "完成值": "8个"} for at in range(80)
    ]
    card = score(made(rows), BOOK)
    scored: list[str] = []
    line = Scorer._line

    def counted(scorer: Scorer, row: perfeval.Indicator) -> Any:
        scored.append(row.name)
        return line(scorer, row)

    monkeypatch.setattr(Scorer, "_line", counted)
    assert len(losses(card)) == 82
    assert len(scored) == 162


def test_without_a_total_no_grade_is_next() -> None:
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    assert next_grade(score(load_sheet(head), BOOK)) is None
