"""The 摘要 says what is the case, asks for what is missing, and never says what is not so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import Report
from perfeval.documents.templates import SHIPPED
from perfeval.documents.texts.facts import facts_of
from perfeval.documents.texts.narrative import (
    Block,
    NarrativeStyle,
    compose,
    write_abstract,
    write_overview,
)
from perfeval.documents.texts.saying import answer, sentence
from tests.documents.conftest import Make
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, hostile_sheet, row

REASON, MEASURE = "（请补充偏差原因）", "（请补充改进措施）"


def blocks(report: Report) -> tuple[Block, ...]:
    assert report.scorecard is not None
    return write_abstract(report.scorecard).blocks


def text(report: Report) -> str:
    return "\n".join(block.text for block in blocks(report))


def section(report: Report, heading: str) -> list[str]:
    """Return the paragraphs below a heading."""
    found = blocks(report)
    start = next(index for index, block in enumerate(found) if block.text.startswith(heading))
    paragraphs = []
    for block in found[start + 1 :]:
        if block.style is not NarrativeStyle.PARAGRAPH:
            break
        paragraphs.append(block.text)
    return paragraphs


class TestPublishedProject:
    """养老服务体系建设运营补助资金: the published 摘要 with the figures of the rule."""

    def test_headings_stand_as_published(self, real: Report) -> None:
        assert [
            block.text for block in blocks(real) if block.style is not NarrativeStyle.PARAGRAPH
        ] == [
            "2023年度养老服务体系建设运营补助资金项目绩效自评结果（摘要版）",
            "一、自评得分",
            "二、绩效目标完成情况",
            "（一）执行率情况",
            "（二）完成的绩效目标",
            "三、存在的问题和原因",
            "四、下一步拟改进措施",
        ]

    def test_the_score_says_total_measured_and_claimed(self, real: Report) -> None:
        [score] = section(real, "一、")
        for figure in ("98.46分", "满分100分", "优", "36.46分", "62分"):
            assert figure in score

    def test_the_execution_says_amounts_and_the_exact_rate(self, real: Report) -> None:
        [execution] = section(real, "（一）")
        for figure in ("1286.70万元", "1269.62万元", "620.70万元", "98.67%", "19.73分"):
            assert figure in execution

    def test_the_goals_say_how_many_rest_on_figures(self, real: Report) -> None:
        goals = section(real, "（二）")[0]
        for figure in ("21项", "17项", "5项", "12项", "4项"):
            assert figure in goals

    def test_rows_of_which_the_reasons_do_not_speak_are_asked_about(self, real: Report) -> None:
        problems = section(real, "三、")
        assert problems[1:5] == [
            "2．享受运营补贴老年人服务中心（站）数量：目标值42（3），实际完成36（2），完成率85.71%，扣0.29分。",
            f"3．享受运营补贴线下服务网点数量：目标值32，实际完成26，完成率81.25%，扣0.37分。原因：{REASON}。",
            f"4．养老服务设施场地意外险数量：目标值84（12），实际完成83（12），完成率98.81%，扣0.02分。原因：{REASON}。",
            "5．意外伤害险床位数量：目标值1000，实际完成705，完成率70.50%，扣0.59分。",
        ]
        assert problems[0].startswith("1．预算执行：执行率98.67%")
        assert "17.08万元" in problems[0]
        assert problems[-1].startswith("原因分析：执行数中有620.7万元")

    def test_nothing_claims_that_all_was_done(self, real: Report) -> None:
        assert "100%" not in text(real)


class TestScore:
    def test_a_range_is_said_as_a_range_with_its_reason(self, make: Make) -> None:
        report = make(OUTPUT, BENEFIT, row("满意度指标", 20, "≥95%", None), 预算=FULL)
        score = "".join(section(report, "一、"))
        assert "80分至100分之间" in score
        assert "满意度指标20" in score
        assert "未填完成值" in "".join(section(report, "三、"))

    def test_weights_that_do_not_fit_are_said_to_leave_no_total(self, make: Make) -> None:
        [score] = section(make(OUTPUT, 预算=FULL), "一、")
        assert score.startswith("未计总分")
        assert "办法规定" in score

    def test_a_sheet_without_indicators_is_not_scored_and_never_0(self, make: Make) -> None:
        report = make(预算={"预算数": 50, "执行数": 50}, 产出和效果="困难群众得到救助")
        assert "未计分" in "".join(section(report, "一、"))
        assert section(report, "（二）") == [
            "项目绩效指标未公布。",
            "主要产出和效果：困难群众得到救助。",
        ]
        assert section(report, "三、") == ["（请补充存在的问题和原因）"]
        assert "0项" not in text(report)


class TestExecution:
    @pytest.mark.parametrize(
        ("budget", "said"),
        [
            ({}, "预算数、执行数均未公布，执行率无法计算。"),
            ({"预算数": 70}, "全年预算数70.00万元，执行数未公布，执行率无法计算。"),
            ({"执行数": 70}, "预算数未公布，执行数70.00万元，执行率无法计算。"),
            (
                {"预算数": 0, "执行数": 0},
                "全年预算数0.00万元，执行数0.00万元，预算数为零，执行率无法计算。",
            ),
            (
                FULL,
                "全年预算数100.00万元，执行数100.00万元，执行率100%。预算执行得20分（满分20分）。",
            ),
            (
                {"年初预算数": 90, "预算数": 100, "执行数": "99.999"},
                "年初预算数90.00万元，全年预算数100.00万元，执行数100.00万元，执行率99.999%。预算执行得20分（满分20分）。金额按两位小数列示，尾差由四舍五入形成。",
            ),
            (
                {"年初预算数": 100, "执行数": 50},
                "年初预算数100.00万元，执行数50.00万元，执行率50.00%（以年初预算为基数）。预算执行得10分（满分20分）。",
            ),
        ],
    )
    def test_what_was_not_published_is_said_so(
        self, make: Make, budget: dict[str, Any], said: str
    ) -> None:
        assert section(make(预算=budget), "（一）") == [said]

    def test_spending_above_the_budget_is_a_problem(self, make: Make) -> None:
        report = make(OUTPUT, BENEFIT, CLIENTS, 预算={"预算数": 100, "执行数": 120})
        assert section(report, "三、") == [
            f"1．预算执行：执行率120.00%，执行数比预算数多20.00万元。原因：{REASON}。"
        ]

    def test_amounts_keep_the_sheets_unit(self, make: Make) -> None:
        said = section(make(金额单位="元", 预算=FULL), "（一）")[0]
        assert "100.00元" in said
        assert "万元" not in said


class TestProblems:
    def test_a_flawless_project_says_so_in_words_of_its_own(self, make: Make) -> None:
        report = make(OUTPUT, BENEFIT, CLIENTS, 预算=FULL, 原因分析="无")
        assert section(report, "三、") == ["各项指标均达到目标值，预算全部执行，自评未发现偏差。"]
        assert "共设绩效指标3项，均达到目标值。" in text(report)

    def test_reason_and_measure_of_a_row_take_the_place_of_their_prompts(self, make: Make) -> None:
        short = {**OUTPUT, "完成值": "80张", "偏差原因": "场地不足", "改进措施": "另选场地"}
        report = make(short, BENEFIT, CLIENTS, 预算=FULL)
        assert section(report, "三、") == [
            "1．床位数：目标值≥100张，实际完成80张，完成率80.00%，扣8分。原因：场地不足。"
        ]
        assert section(report, "四、") == ["床位数：另选场地。"]

    @pytest.mark.parametrize("nothing", ["无", "无。", "没有问题。", "未发现偏差", " 暂无 "])
    def test_an_authors_nothing_is_no_answer_where_a_row_falls_short(
        self, make: Make, nothing: str
    ) -> None:
        short = {**OUTPUT, "完成值": "80张", "偏差原因": nothing}
        report = make(short, BENEFIT, CLIENTS, 预算=FULL, 原因分析=nothing, 改进措施=nothing)
        assert nothing.strip() not in section(report, "三、")
        assert section(report, "三、")[0].endswith(f"原因：{REASON}。")
        assert section(report, "四、") == [f"{MEASURE}"]

    def test_a_limit_that_was_passed_says_by_how_much(self, make: Make) -> None:
        cost = {**OUTPUT, "目标值": "≤100元", "完成值": "125元"}
        problems = section(make(cost, BENEFIT, CLIENTS, 预算=FULL), "三、")
        assert "超出目标值25.00%，扣8分" in problems[0]
        assert "完成率" not in problems[0]

    def test_a_limit_of_zero_has_no_percentage(self, make: Make) -> None:
        cost = {**OUTPUT, "目标值": "≤0起", "完成值": "2起"}
        problems = section(make(cost, BENEFIT, CLIENTS, 预算=FULL), "三、")
        assert problems[0] == f"1．床位数：目标值≤0起，实际完成2起，扣40分。原因：{REASON}。"

    def test_a_shortfall_that_rounding_gives_back_is_still_a_problem(self, make: Make) -> None:
        """99999 of 100000 rounds to the full 40.00 points, and falls short all the same."""
        short = {**OUTPUT, "目标值": "100000张", "完成值": "99999张"}
        report = make(short, BENEFIT, CLIENTS, 预算=FULL)
        [problem] = section(report, "三、")
        assert "完成率99.999%" in problem
        assert "扣" not in problem
        assert "有偏差的1项" in text(report)

    def test_a_row_judged_below_its_weight_is_a_problem(self, make: Make) -> None:
        judged = {**BENEFIT, "目标值": "得到提升", "完成值": "部分达成", "已填报得分": 12}
        problems = section(make(OUTPUT, judged, CLIENTS, 预算=FULL), "三、")
        assert problems == [
            f"1．受益户数：目标值“得到提升”，实际完成“部分达成”，扣8分。原因：{REASON}。"
        ]

    def test_a_point_lost_inside_the_best_band_is_told(self, make: Make) -> None:
        """19 of 20 for words that reach the target: nothing deviates, and a point was lost."""
        judged = {**BENEFIT, "目标值": "得到提升", "完成值": "达成预期指标", "已填报得分": 19}
        report = make(OUTPUT, judged, CLIENTS, 预算=FULL)
        problems = section(report, "三、")
        assert problems[0] == "1．受益户数：评定得19分（满分20分），扣1分。"
        assert "未发现偏差" not in text(report)

    @pytest.mark.parametrize("sign", ["≥", "＝"])
    def test_a_weight_of_three_decimals_leaves_a_met_row_met(self, make: Make, sign: str) -> None:
        """6.66 of 6.667 is rounding, neither a deviation nor a judgement."""
        exact = {**OUTPUT, "分值": "39.997", "符号": sign, "目标值": "10张", "完成值": "10张"}
        other = {**OUTPUT, "名称": "其余", "分值": "0.003"}
        report = make(exact, other, BENEFIT, CLIENTS, 预算=FULL)
        assert report.scorecard is not None
        assert report.scorecard.short == ()
        assert "评定得" not in text(report)
        assert "有偏差" not in text(report)

    def test_a_target_that_was_to_be_hit_and_was_passed_is_a_problem(self, make: Make) -> None:
        accidents = {**OUTPUT, "符号": "＝", "目标值": "0起", "完成值": "3起"}
        report = make(accidents, BENEFIT, CLIENTS, 预算=FULL)
        assert "扣40分" in section(report, "三、")[0]

    def test_claimed_rows_are_told_from_measured_ones(self, make: Make) -> None:
        rows = [
            {**item, "目标值": "当年发放", "完成值": "100%"} for item in (OUTPUT, BENEFIT, CLIENTS)
        ]
        assert "共设绩效指标3项，均达到目标值（均依填报内容认定）。" in text(make(*rows, 预算=FULL))


ACTUALS = st.sampled_from(["0张", "80张", "99.9999张", "100张", "120张"])


@given(
    actuals=st.lists(ACTUALS, min_size=3, max_size=3),
    spent=st.sampled_from(["0", "50", "99.99", "99.9999", "100", "100.01", None]),
    reason=st.sampled_from([None, "无", "第三方核定"]),
)
def test_no_sheet_makes_the_abstract_say_what_is_not_so(
    actuals: list[str], spent: str | None, reason: str | None
) -> None:
    """执行率100% only where B = A; no 无 and no 均达到 where a row falls short."""
    rows = [
        {**item, "目标值": "≥100张", "完成值": actual}
        for item, actual in zip((OUTPUT, BENEFIT, CLIENTS), actuals, strict=True)
    ]
    sheet = {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": "示例",
        "原因分析": reason,
        "预算": {"预算数": 100, "执行数": spent},
        "指标": rows,
    }
    report = perfeval.evaluate(sheet)
    said = text(report)
    short = sum(actual not in ("100张", "120张") for actual in actuals)
    assert ("执行率100%" in said) == (spent == "100")
    assert ("均达到目标值，预算全部执行" in said) <= (not short and spent == "100")
    assert ("均达到目标值" in said) == (not short)
    assert sum("实际完成" in line for line in section(report, "三、")) == short
    assert "无" not in section(report, "三、")
    assert "无。" not in section(report, "三、")


def test_a_narrative_prints_no_float(real: Report) -> None:
    assert real.scorecard is not None
    facts = facts_of(real.scorecard)
    score = replace(facts.score, total=98.46)  # type: ignore[arg-type]
    changed = replace(facts, score=score)
    with pytest.raises(TypeError, match="不能写 float"):
        compose("abstract", SHIPPED, "", facts=changed)


@pytest.mark.parametrize("field", [item for item in HOSTILE if "\n" not in item])
def test_no_field_becomes_a_heading(field: str) -> None:
    plain = [block.style for block in blocks(perfeval.evaluate(hostile_sheet("甲")))]
    assert [block.style for block in blocks(perfeval.evaluate(hostile_sheet(field)))] == plain
    assert field in text(perfeval.evaluate(hostile_sheet(field)))


def test_a_line_of_a_field_is_a_paragraph_whatever_it_begins_with(make: Make) -> None:
    report = make(OUTPUT, BENEFIT, CLIENTS, 预算=FULL, 改进措施="# 一\n## 二\n\n三")
    assert section(report, "四、") == ["# 一", "## 二", "三。"]


@pytest.mark.parametrize(
    ("words", "printed"),
    [("甲", "甲。"), ("甲。", "甲。"), ("甲！", "甲！"), ("甲，", "甲。"), ("", "")],
)
def test_a_sentence_ends_once(words: str, printed: str) -> None:
    assert sentence(words) == printed


def test_no_words_are_no_answer() -> None:
    assert answer(None) == answer("  ") == answer("无") == ""


def test_the_use_of_the_money_is_begun_once(make: Make) -> None:
    for said, printed in (
        ("主要用于社区食堂", "社区食堂。"),
        ("主要道路维修", "主要道路维修。"),
        ("用于", "（请补充项目用途）。"),
    ):
        card = make(OUTPUT, BENEFIT, CLIENTS, 项目用途=said).scorecard
        assert card is not None
        overview = "".join(item.text for item in write_overview(card).blocks)
        assert f"该项目主要用于{printed}" in overview


class TestConvertedPoints:
    """Where the points of the rows are converted, the 摘要 never passes them off as the total's."""

    ROWS = (
        {**OUTPUT, "分值": 50, "完成值": "80张"},
        {**BENEFIT, "分值": 30},
        {**CLIENTS, "分值": 10, "不适用": True},
    )

    def test_points_of_rows_are_said_to_be_before_the_conversion(self, make: Make) -> None:
        report = make(*self.ROWS, 评分办法="beijing", 预算=FULL)
        assert report.scorecard is not None
        assert report.scorecard.steps
        assert section(report, "一、")[0].count("折算前各行的得分中") == 1
        deducted = [line for line in section(report, "三、") if "扣" in line]
        assert deducted
        assert all("折算前扣" in line for line in deducted)


def test_the_reason_given_for_the_rate_is_printed_and_not_asked_for(make: Make) -> None:
    budget = {"预算数": 100, "执行数": 90, "偏差原因": "招标结余"}
    report = make(OUTPUT, BENEFIT, CLIENTS, 预算=budget)
    assert section(report, "三、") == [
        "1．预算执行：执行率90.00%，执行数比预算数少10.00万元，扣2分。原因：招标结余。"
    ]


@pytest.mark.parametrize(("target", "actual"), [("＞100张", "100张"), ("＜100张", "100张")])
def test_a_strict_target_is_not_met_by_the_figure_itself(
    make: Make, target: str, actual: str
) -> None:
    report = make({**OUTPUT, "目标值": target, "完成值": actual}, BENEFIT, CLIENTS, 预算=FULL)
    assert "未发现偏差" not in text(report)
    assert "均达到目标值" not in text(report)


def test_without_a_total_nothing_is_called_flawless(make: Make) -> None:
    report = make({**OUTPUT, "分值": 30}, BENEFIT, CLIENTS, 预算=FULL)
    assert report.scorecard is not None
    assert report.scorecard.why_unscored
    assert "未发现偏差" not in text(report)


def test_points_are_said_as_the_table_prints_them(make: Make) -> None:
    """Where a form prints fewer digits than it computes, table and 摘要 print the same."""
    short = {**OUTPUT, "目标值": "≥3张", "完成值": "2张"}
    report = make(short, BENEFIT, CLIENTS, 预算={"预算数": 300, "执行数": 200})
    assert report.rulebook is not None
    assert report.sheet is not None
    printing = report.rulebook.rounding.row.model_copy(update={"digits": 0})
    rounding = report.rulebook.rounding.model_copy(update={"printed": printing})
    book = report.rulebook.model_copy(update={"rounding": rounding})
    card = perfeval.score(report.sheet, book)
    said = "\n".join(block.text for block in write_abstract(card).blocks)
    assert [line.shown for line in card.rows[:2]] == [Decimal(13), Decimal(27)]
    assert "预算执行得13分（满分20分）" in said
    assert "扣7分" in said
    assert "扣13分" in said


class TestWhatOfficesAdd:
    """依据文件, 资金构成, 调拨去向, 项目实施情况, 存在问题, 评价结论."""

    BUDGET: ClassVar[dict[str, Any]] = {
        "预算数": 100,
        "执行数": 90,
        "其中调拨": 40,
        "偏差原因": "招标结余",
        "资金构成": [
            {"名称": "其中：财政拨款", "预算数": 80, "执行数": "/"},
            {"名称": "其他资金", "预算数": 20, "执行数": 20},
        ],
        "调拨去向": [
            {"单位": "甲街道", "用途": "建站", "金额": 30},
            {"单位": "乙街道", "金额": 10},
        ],
    }
    FIELDS: ClassVar[dict[str, Any]] = {
        "依据文件": ["《甲办法》（甲发〔2022〕3号）", "《乙通知》"],
        "项目实施情况": "3月招标，11月验收",
        "存在问题": "建站偏慢",
        "评价结论": "资金使用规范",
    }

    def test_each_stands_once_in_the_overview_and_in_the_abstract(self, make: Make) -> None:
        report = make(OUTPUT, BENEFIT, CLIENTS, 预算=self.BUDGET, **self.FIELDS)
        assert report.scorecard is not None
        overview = "".join(block.text for block in write_overview(report.scorecard).blocks)
        for said in (
            "依据《甲办法》（甲发〔2022〕3号）、《乙通知》，",
            "资金构成：财政拨款预算数80.00万元；其他资金预算数20.00万元、执行数20.00万元。",
            "调拨去向：甲街道30.00万元，用于建站；乙街道10.00万元。",
            "项目实施情况：3月招标，11月验收。",
            "评价结论：资金使用规范。",
        ):
            assert overview.count(said) == 1
            assert text(report).count(said) == 1
        assert section(report, "三、")[-1] == "2．建站偏慢。"

    def test_transfers_that_do_not_add_up_are_asked_about(self, make: Make) -> None:
        budget = {**self.BUDGET, "其中调拨": 45}
        assert "（请补充核对后的调拨去向）" in text(make(预算=budget))
        assert "核对后的调拨去向" not in text(make(预算=self.BUDGET))

    def test_two_divisions_of_the_money_are_told_apart(self, make: Make) -> None:
        funds = {
            "按收入性质": [{"名称": "财政拨款", "预算数": 100}],
            "按支出性质": [{"名称": "人员经费", "预算数": 60}, {"名称": "其他", "预算数": "/"}],
        }
        said = text(make(预算={**FULL, "资金构成": funds}))
        assert "资金构成（按收入性质）：财政拨款预算数100.00万元。" in said
        assert "资金构成（按支出性质）：人员经费预算数60.00万元。" in said


def test_one_unit_of_money_and_two_decimals_stand_in_a_document(make: Make) -> None:
    said = text(make(金额单位="元", 预算={"预算数": "1180000", "执行数": "1179999.995"}))
    assert "全年预算数1180000.00元，执行数1180000.00元，执行率99.999" in said
    assert "执行数比预算数少0.01元" in said
    assert said.count("金额按两位小数列示") == 1


def test_an_amount_that_would_round_to_nothing_is_said_to_be_less(make: Make) -> None:
    said = text(make(预算={"预算数": 100, "执行数": "99.999"}))
    assert "执行数比预算数少不足0.01万元" in said


@pytest.mark.parametrize("why", ["两名骨干退休", None])
def test_an_overview_says_where_points_were_lost_although_all_is_met(why: str | None) -> None:
    """Else a total below the full one stands beside 均达到目标值, and nobody can tell why."""
    judged = {**BENEFIT, "目标值": "得到提升", "完成值": "达成预期指标", "已填报得分": 18}
    judged |= {} if why is None else {"偏差原因": why}
    head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "甲", "预算": FULL}
    card = perfeval.evaluate({**head, "指标": [OUTPUT, judged, CLIENTS]}).scorecard
    assert card is not None
    assert card.lines[1].points == Decimal(18)
    said = "".join(block.text for block in write_overview(card).blocks)
    name, weight = judged["名称"], judged["分值"]
    told = f"{name}评定得18分（满分{weight}分）"
    assert said.count(f"。{told}，扣分的原因：{why}。主要" if why else f"。{told}。主要") == 1
