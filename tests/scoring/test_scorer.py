"""A rulebook made ready to score many sheets."""

from __future__ import annotations

import pickle
from typing import Any

import perfeval
from perfeval import Basis, Scorer
from tests.property.strategies import HEAD
from tests.scoring.rulebooks import varied

SHEET = "shipped:qingshan-2023/养老服务体系建设运营补助资金"


def test_a_scorer_goes_into_another_process_and_scores_alike() -> None:
    """A pool of processes is handed the scorer once; what comes back is the same."""
    scorer = Scorer(perfeval.load_rulebook("hubei-2020"))
    sheet = perfeval.load_sheet(SHEET)
    card = pickle.loads(pickle.dumps(scorer)).score(sheet)
    assert card == scorer.score(sheet)
    assert pickle.loads(pickle.dumps(card)) == card


def test_every_row_is_the_budget_row_or_an_indicator_s() -> None:
    card = Scorer(perfeval.load_rulebook("hubei-2020")).score(perfeval.load_sheet(SHEET))
    assert isinstance(card.execution, perfeval.ExecutionLine)
    assert all(isinstance(line, perfeval.IndicatorLine) for line in card.lines)
    assert all(isinstance(line, perfeval.Line) for line in card.rows)
    assert [line.indicator for line in card.lines] == list(card.sheet.indicators)
    assert not any(line.is_met and line.is_short for line in card.lines)


ROW = {"一级指标": "产出", "二级指标": "数量", "名称": "行", "分值": 10}


def lines(book: perfeval.Rulebook, *rows: dict[str, Any], **fields: Any) -> perfeval.Scorecard:
    sheet = {**HEAD, "指标": [{**ROW, **row} for row in rows], **fields}
    return perfeval.score(perfeval.load_sheet(sheet), book)


def ends(line: perfeval.Line) -> str:
    return f"{line.points} {line.low} {line.high}"


def test_a_form_without_points_compares_and_gives_none() -> None:
    """转移支付区域绩效自评表 has no 分值: completion stands there, no points and no total."""
    book = perfeval.load_rulebook("transfer-payment")
    budget = {"预算数": 100, "执行数": 50}
    card = lines(book, {"目标值": "≥10个", "完成值": "9个"}, 预算=budget)
    assert [row.basis for row in card.rows] == [Basis.WITHOUT_POINTS] * 2
    assert [ends(row) for row in card.rows] == ["None 0 0", "None 0.00 0.00"]
    assert (card.total, card.subtotals) == (None, ())
    assert not card.rows[0].is_open


def test_a_form_without_points_gives_none_whatever_the_sheet_says() -> None:
    """不计分: neither a standard of a row's own, nor judgements of its units, makes points."""
    book = varied("hubei-2020", {"分值": {"计分": False}})
    steps = {"方法": "每档扣分", "每": 1, "扣": 1, "不足一档": "按一档计"}
    units = [
        {"单位": "甲", "资金": 1, "目标值": "提升", "完成值": "达成预期指标", "已填报得分": 9},
        {"单位": "乙", "资金": 1, "目标值": "提升", "完成值": "达成预期指标", "已填报得分": 9},
    ]
    card = lines(
        book,
        {"目标值": "10", "完成值": "8", "评分标准": {"依据": "某通知", "计分": steps}},
        {"名称": "乙", "分单位": units},
    )
    assert [line.points for line in card.lines] == [None, None]


def test_an_exact_target_is_not_met_by_what_has_no_figure() -> None:
    """相等才达标: a lower bound may be the target itself, or more."""
    book = varied("hubei-2020", {"定量指标": {"等于判定": "相等才达标"}})
    row = {"目标值": "＝10个", "完成值": "10余个"}
    line = lines(book, row).lines[0]
    assert ends(line) == "None 0.00 10.00"
    assert [note.kind.name for note in line.notes] == ["ACTUAL_OPEN"]
    assert lines(perfeval.load_rulebook("hubei-2020"), row).lines[0].points == 10


def test_steps_of_satisfaction_need_the_figure_though_the_target_is_met() -> None:
    """满意度赋分 goes by the actual; 90%以上 may stand on two steps."""
    steps = {"方法": "分档", "档次": [{"从": 95, "比例": 100}, {"从": 0, "比例": 50}]}
    book = varied("hubei-2020", {"定量指标": {"满意度": steps}})
    row = {"一级指标": "满意度", "目标值": "≥90%", "完成值": "≥90%"}
    line = lines(book, row).lines[0]
    assert ends(line) == "None 0.00 10.00"
    assert lines(book, {**row, "完成值": "94.9%"}).lines[0].points == 5
    assert lines(book, {**row, "完成值": "95%"}).lines[0].points == 10


def test_a_word_of_failure_gives_0_where_a_target_is_met_or_not() -> None:
    """直接赋分: 否 gives 0, whatever the figure would have been."""
    book = varied("hubei-2020", {"定量指标": {"正向": {"方法": "达标计分"}}})
    line = lines(book, {"目标值": "≥10个", "完成值": "否"}).lines[0]
    assert ends(line) == "0.00 0.00 0.00"
    assert line.basis is Basis.CLAIMED
    assert line.rule.sentence == "正向指标：达标得满分，否则为 0"


def test_what_is_taken_away_needs_points_and_a_row_that_applies() -> None:
    book = varied("guangxi", {"分值": {"不适用指标": "按适用分值折算"}})
    plain_row = {"目标值": "≥10个", "完成值": "10个", "扣减分数": 1}
    card = lines(
        book,
        plain_row,
        {**plain_row, "不适用": True},
        {**plain_row, "完成值": None},
        {**plain_row, "分值": None},
        {**plain_row, "扣减分数": 0},
    )
    assert [ends(line) for line in card.lines] == [
        "9.00 9.00 9.00",
        "None 0.00 0.00",
        "None 0.00 9.00",
        "None 0.00 0.00",
        "10.00 10.00 10.00",
    ]


def test_a_budget_row_that_the_rulebook_does_not_score_has_no_weight() -> None:
    scheme = {"方案": [{"名称": "全部", "分组": [{"指标": ["产出"], "分值": 100}]}], "预算执行": 0}
    book = varied("hubei-2020", {"预算执行": {"方法": "不计分"}, "分值": scheme})
    line = lines(book, {}, 预算={"预算数": 100, "执行数": 50}).execution
    assert line.weight is None
    assert ends(line) == "None 0 0"
    assert [note.kind.name for note in line.notes] == ["EXECUTION_NOT_SCORED"]


def test_a_budget_row_of_another_weight_closes_no_total() -> None:
    """The sheet's own weight scores; that it is not the rulebook's is said, and no total stands."""
    budget = {"预算数": 100, "执行数": 50, "分值": 10}
    card = lines(
        perfeval.load_rulebook("hubei-2020"), {"目标值": "≥10个", "完成值": "10个"}, 预算=budget
    )
    assert ends(card.execution) == "5.00 5.00 5.00"
    assert card.total is None
    gap = card.gaps[0]
    assert f"{gap.name} {gap.expected} {gap.actual}" == "预算执行 20 10"


def test_steps_of_satisfaction_ask_for_more_and_leave_a_ceiling_alone() -> None:
    """满意度赋分 steps ask for a high rate; 投诉率 ≤5% is met by 2 % and missed by 8 %."""
    steps = {"方法": "分档", "档次": [{"从": 90, "比例": 100}, {"从": 0, "比例": 0}]}
    book = varied("hubei-2020", {"定量指标": {"满意度": steps}})
    row = {"一级指标": "满意度", "目标值": "≤5%"}
    assert lines(book, {**row, "完成值": "2%"}).lines[0].points == 10
    assert str(lines(book, {**row, "完成值": "8%"}).lines[0].points) == "6.25"
    units = [
        {"单位": "甲", "资金": 10, "目标值": "≤5%", "完成值": "7%"},
        {"单位": "乙", "资金": 20, "目标值": "≤5%", "完成值": "8%"},
    ]
    mean = lines(book, {"一级指标": "满意度", "分单位": units}).lines[0]
    assert str(mean.points) == "6.52"  # 10 × 5 ÷ (23 ÷ 3)


def test_a_rulebook_is_in_force_from_the_day_on_which_all_of_its_rules_are() -> None:
    """自施行之日起: of several dates the latest; a block whose date was not seen says nothing."""
    dates = {"等级": {"施行": "2024-03-01"}, "定性指标": {"施行": "2023-01-01"}}
    assert varied("hubei-2020", dates).in_force == "2024-03-01"
    one = {"定性指标": {"施行": "2023-01-01"}}
    assert varied("hubei-2020", one).in_force == "2023-01-01"
