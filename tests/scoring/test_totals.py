"""小计、总分、等级: sums of what is printed, ranges where a row is open.

Where weights do not fit the rulebook there are no sums.
"""

# mypy: disable-error-code="comparison-overlap"
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import perfeval
from perfeval import Basis, Rulebook, Scorecard, Section
from perfeval.scorecard import TotalNote, TotalNoteKind
from tests.scoring.rulebooks import varied

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
HUBEI = perfeval.load_rulebook("hubei-2020")
FULL = {"预算数": 100, "执行数": 100}


def row(section: str, weight: Any, actual: Any = 100, **fields: Any) -> dict[str, Any]:
    """Return a row that reaches *actual* percent of its target."""
    aspects = {"产出指标": "数量指标", "效益指标": "社会效益指标"}
    aspect = aspects.get(section, "服务对象满意度指标")
    target = {"目标值": "≥100张", "完成值": actual}
    return {
        "一级指标": section,
        "二级指标": aspect,
        "名称": section,
        "分值": weight,
        **target,
        **fields,
    }


def scorecard(
    *rows: dict[str, Any], book: Rulebook = HUBEI, budget: dict[str, Any] = FULL, **fields: Any
) -> Scorecard:
    sheet = {"评分办法": book.id, "年度": 2023, "项目名称": "示例", "预算": budget, "指标": rows}
    return perfeval.score(perfeval.load_sheet({**sheet, **fields}), book)


CLOSED = (row("产出指标", 40), row("效益指标", 20), row("满意度指标", 20))


class TestTheRealSheet:
    """养老服务体系建设运营补助资金, 2023: filed 100, by the rule of its form 98.46."""

    card = perfeval.score(perfeval.load_sheet(REAL), HUBEI)

    def test_its_total_is_98_46(self) -> None:
        assert (self.card.total, self.card.low, self.card.high) == (Decimal("98.46"),) * 3
        assert self.card.grade == "优"
        assert self.card.why_unscored == ""
        assert self.card.gaps == ()

    def test_36_46_rest_on_figures_and_62_on_claims(self) -> None:
        assert (str(self.card.measured), str(self.card.claimed)) == ("36.46", "62.00")

    def test_five_rows_are_not_what_was_filed(self) -> None:
        assert [
            (line.name, str(line.points), str(line.excess)) for line in self.card.differing
        ] == [
            ("预算执行", "19.73", "0.27"),
            ("享受运营补贴老年人服务中心（站）数量", "1.71", "0.29"),
            ("享受运营补贴线下服务网点数量", "1.63", "0.37"),
            ("养老服务设施场地意外险数量", "1.98", "0.02"),
            ("意外伤害险床位数量", "1.41", "0.59"),
        ]

    def test_its_subtotals(self) -> None:
        assert [
            (part.section.group, part.weight, str(part.points)) for part in self.card.subtotals
        ] == [
            (Section.OUTPUT, 40, "38.73"),
            (Section.BENEFIT, 20, "20.00"),
            (Section.SATISFACTION, 20, "20.00"),
        ]

    def test_a_row_explains_itself_in_one_line(self) -> None:
        line = self.card["享受运营补贴线下服务网点数量"]
        assert line.explain() == (
            "2 × 26 ÷ 32 = 1.625 → 1.63　正向指标：得分 = 分值 × 完成值 ÷ 目标值，"
            "四舍五入到 2 位小数（hubei-2020 定量指标）；目标值未写符号，按“不低于”（≥）理解"
        )

    def test_a_name_that_no_row_has_is_a_key_error(self) -> None:
        assert self.card["预算执行"] is self.card.execution
        with pytest.raises(KeyError):
            _ = self.card["没有"]

    def test_as_a_positive_indicator_the_insurance_standard_gives_98_39(self) -> None:
        """The sign is authored, with a note, and never inferred from the name."""
        sheet = perfeval.load_sheet(REAL)
        rows = tuple(
            item.model_copy(update={"sign": None}) if item.sign else item
            for item in sheet.indicators
        )
        changed = perfeval.score(sheet.model_copy(update={"indicators": rows}), HUBEI)
        assert changed.total == Decimal("98.39")

    def test_under_the_national_rulebook_it_says_which_sections_are_off_by_how_much(self) -> None:
        card = perfeval.score(self.card.sheet, perfeval.load_rulebook("mof-2020"))
        assert (card.total, card.low, card.high, card.grade) == (None, None, None, None)
        assert [gap.message for gap in card.gaps] == [
            "产出指标分值合计 40，办法规定 50，少 10",
            "效益指标分值合计 20，办法规定 30，少 10",
            "满意度指标分值合计 20，办法规定 10，多 10",
        ]
        assert card.why_unscored == "未计总分：" + "；".join(gap.message for gap in card.gaps)
        assert [line.points for line in card.lines] == [line.points for line in self.card.lines]
        assert card.execution.points == Decimal("9.87")
        assert {part.points for part in card.subtotals} == {None}


def test_a_sheet_without_indicators_has_no_total_and_not_zero() -> None:
    card = scorecard()
    assert (card.total, card.low, card.high, card.grade) == (None, None, None, None)
    assert card.why_unscored == "未计分：未公布指标"
    assert card.subtotals == card.gaps == ()
    assert card.execution.points == 20


def test_satisfaction_may_stand_in_the_benefit_section() -> None:
    """效益 and 满意度 together 40, 满意度 is optional."""
    assert scorecard(row("产出指标", 40), row("效益指标", 40)).total == 100
    assert scorecard(row("产出指标", 40), row("效益指标", 25), row("满意度指标", 15)).total == 100


@pytest.mark.parametrize(
    ("weights", "messages"),
    [
        ((39, 20, 20), ["产出指标分值合计 39，办法规定 40，少 1"]),
        ((40, 20, "20.5"), ["效益指标、满意度指标分值合计 40.5，办法规定 40，多 0.5"]),
        ((40, 20, None), ["效益指标、满意度指标分值合计 20，办法规定 40，少 20"]),
    ],
)
def test_weights_that_do_not_fit_leave_no_sums(weights: Any, messages: list[str]) -> None:
    """Rows keep their points; subtotals, total and grade are None."""
    sections = ("产出指标", "效益指标", "满意度指标")
    card = scorecard(*map(row, sections, weights))
    assert [gap.message for gap in card.gaps] == messages
    assert (card.total, card.low, card.grade) == (None, None, None)
    assert all(part.points is part.low is part.high is None for part in card.subtotals)
    assert card.lines[0].points == weights[0]


def test_a_section_that_the_rulebook_does_not_know_counts_in_the_whole() -> None:
    """A scheme that does not name a section says nothing; the full points hold."""
    card = scorecard(*CLOSED, row("过程指标", 5))
    assert [gap.message for gap in card.gaps] == ["各项指标分值合计 85，办法规定 80，多 5"]
    assert scorecard(row("产出指标", 30), row("党的建设", 50)).total == 100
    assert scorecard(row("", 80, 名称="床位")).total == 100


def test_only_a_rulebook_that_fixes_its_names_objects_to_others() -> None:
    """A name that maps to no standard group does not close only where the names are fixed."""
    fixed = varied("hubei-2020", {"分值": {"一级指标固定": True}})
    rows = [row("产出指标", 40), row("效益指标", 35), row("党的建设", 5)]
    card = scorecard(*rows, book=fixed)
    assert [gap.message for gap in card.gaps] == [
        "效益指标、满意度指标分值合计 35，办法规定 40，少 5",
        "党的建设分值合计 5，办法规定 0，多 5",
    ]


def test_an_unknown_section_without_weight_is_no_gap() -> None:
    assert scorecard(*CLOSED, row("过程指标", 0)).total == 100


def test_an_unscored_row_makes_its_subtotal_and_the_total_a_range() -> None:
    """It counts as [0, w]; the grade only if both ends share it."""
    card = scorecard(row("产出指标", 38), row("产出指标", 2, None, 名称="空"), *CLOSED[1:])
    assert (card.total, card.low, card.high) == (None, Decimal("98.00"), Decimal("100.00"))
    assert card.grade == "优"
    assert card.why_unscored == "总分只能给出区间：1 行未计分（空）"
    output = card.subtotals[0]
    assert (output.points, output.low, output.high) == (None, Decimal("38.00"), Decimal("40.00"))
    assert card.measured == 98


def test_a_range_across_two_grades_has_no_grade() -> None:
    card = scorecard(row("产出指标", 20), row("产出指标", 20, None), *CLOSED[1:])
    assert (card.low, card.high, card.grade) == (80, 100, None)


def test_a_row_in_a_band_makes_a_range_of_its_band() -> None:
    judged = row("满意度指标", 20, "部分达成", 目标值="满意")
    card = scorecard(row("产出指标", 40), row("效益指标", 20), judged)
    assert (card.total, card.low, card.high) == (None, 90, 96)


def test_an_unscored_budget_row_makes_a_range() -> None:
    card = scorecard(*CLOSED, budget={"预算数": 100})
    assert (card.total, card.low, card.high) == (None, 80, 100)
    assert card.why_unscored == "总分只能给出区间：1 行未计分（预算执行）"


def test_a_blank_weight_leaves_no_total() -> None:
    """A row without 分值 does not count as 0 in silence."""
    card = scorecard(*CLOSED, row("产出指标", None, 名称="无分值"))
    assert card.total is None
    assert "无分值" in card.why_unscored
    assert card.subtotals[0].points is None


def test_a_row_of_weight_zero_changes_nothing() -> None:
    card = scorecard(*CLOSED, row("产出指标", 0, None, 名称="零"))
    assert card.total == 100
    assert card.subtotals[0].points == 40


@pytest.mark.parametrize(
    ("spent", "total", "grade"),
    [(100, 100, "优"), (50, 90, "优"), (0, 80, "良"), ("49.9", "89.98", "良")],
)
def test_the_lower_end_of_a_grade_belongs_to_it(spent: Any, total: Any, grade: str) -> None:
    card = scorecard(*CLOSED, budget={"预算数": 100, "执行数": spent})
    assert (card.total, card.grade) == (Decimal(total), grade)


@pytest.mark.parametrize(
    ("actual", "grade"), [(100, "良"), (99, "中"), (50, "中"), (0, "差"), ("49.9", "差")]
)
def test_all_four_grades_can_be_reached(actual: Any, grade: str) -> None:
    card = scorecard(row("产出指标", 40, actual), *CLOSED[1:], budget={"预算数": 1, "执行数": 0})
    assert card.grade == grade


def test_filed_points_never_count() -> None:
    """What was filed is evidence, whatever it says."""
    silent = scorecard(*CLOSED)
    loud = scorecard(
        *(item | {"已填报得分": 99} for item in CLOSED),
        budget={**FULL, "已填报": {"得分": -7, "执行率": "3%"}},
        已填报={"总分": 12, "等级": "差"},
    )
    assert (loud.total, loud.grade, loud.filed_total) == (silent.total, silent.grade, 12)


def test_child_rows_are_never_summed() -> None:
    """The parent is scored on its own figures."""
    parts = [{"名称": "其中", "分值": 20, "目标值": 5, "完成值": 0}]
    assert scorecard(row("产出指标", 40, 其中=parts), *CLOSED[1:]).total == 100


def test_a_rulebook_may_round_subtotals_and_the_total() -> None:
    rows = (row("产出指标", 40, "99.9"), row("效益指标", 20, "99.9"), row("满意度指标", 20, "99.9"))
    exact = scorecard(*rows)
    assert exact.total == Decimal("99.92")
    subtotals = varied("hubei-2020", {"舍入": {"小计": {"位数": 1}}})
    assert scorecard(*rows, book=subtotals).total == Decimal("100.00")
    total = varied("hubei-2020", {"舍入": {"总分": {"位数": 0, "方式": "舍去"}}})
    assert str(scorecard(*rows, book=total).total) == "99"
    whole = scorecard(*CLOSED, book=subtotals)
    assert (whole.total, whole.steps) == (100, ())


def test_a_rulebook_may_print_fewer_digits_than_it_computes() -> None:
    book = varied("hubei-2020", {"舍入": {"印出": {"位数": 0, "方式": "舍去"}}})
    card = scorecard(row("产出指标", 40, "99.9", 已填报得分=39), *CLOSED[1:], book=book)
    line = card.lines[0]
    assert (line.points, line.shown, line.excess, line.differs) == (Decimal("39.96"), 39, 0, False)
    assert (card.execution.shown, card.total) == (20, Decimal("99.96"))


RESCALED = varied("hubei-2020", {"分值": {"不适用指标": "按适用分值折算"}})
SPREAD = varied("hubei-2020", {"分值": {"不适用指标": "并入同一级指标"}})


def test_a_total_is_rescaled_to_what_applies() -> None:
    """The Beijing form: points of the applicable rows ÷ their weight × 100."""
    rows = (row("产出指标", 40, 50), row("效益指标", 20), row("满意度指标", 20, 不适用=True))
    card = scorecard(*rows, book=RESCALED)
    assert card.total == Decimal("75.00")
    assert card.steps == ("不适用指标 20 分不计，按适用分值折算：60.00 × 100 ÷ 80 = 75.00",)
    assert card.lines[2].basis is Basis.NOT_APPLICABLE
    assert scorecard(*CLOSED, book=RESCALED).adjustments == ()


def test_points_of_what_does_not_apply_go_to_the_rest_of_the_section() -> None:
    rows = (row("产出指标", 20, 50), row("产出指标", 20, 不适用=True), *CLOSED[1:])
    card = scorecard(*rows, book=SPREAD)
    assert (card.subtotals[0].points, card.total) == (20, 80)
    assert scorecard(*CLOSED, book=SPREAD).total == 100


def test_where_a_whole_section_does_not_apply_its_points_do_not_vanish() -> None:
    rows = (row("产出指标", 40), row("效益指标", 40, 不适用=True))
    assert scorecard(*rows, book=SPREAD).total is None


def test_a_sheet_of_which_nothing_applies_has_no_total() -> None:
    book = varied(
        "hubei-2020",
        {
            "预算执行": {"方法": "不计分"},
            "分值": {
                "预算执行": 0,
                "不适用指标": "按适用分值折算",
                "方案": [{"名称": "通常", "分组": [{"指标": ["产出指标"], "分值": 100}]}],
            },
        },
    )
    assert scorecard(row("产出指标", 100), book=book).total == 100
    assert scorecard(row("产出指标", 100, 不适用=True), book=book).total is None


CAPPED = varied(
    "hubei-2020",
    {
        "总分封顶": {
            "来源": "示例",
            "档次": [{"从": 80}, {"从": 50, "最高": 80}, {"从": 0, "最高": 60}],
        }
    },
)


@pytest.mark.parametrize(
    ("spent", "total"), [(100, 100), (80, 96), (79, 80), (50, 80), (49, 60), (0, 60)]
)
def test_a_low_execution_rate_caps_the_total(spent: int, total: int) -> None:
    card = scorecard(*CLOSED, book=CAPPED, budget={"预算数": 100, "执行数": spent})
    assert card.total == total
    assert bool(card.steps) is (spent < 80)


def test_a_cap_above_the_total_says_nothing() -> None:
    rows = (row("产出指标", 40, 0), *CLOSED[1:])
    card = scorecard(*rows, book=CAPPED, budget={"预算数": 100, "执行数": 50})
    assert (card.total, card.steps) == (50, ())


@pytest.mark.parametrize("budget", [{"预算数": 100}, {"执行数": 100}, {}])
def test_where_the_rate_is_not_known_the_range_holds_every_cap(budget: dict[str, Any]) -> None:
    card = scorecard(*CLOSED, book=CAPPED, budget=budget)
    assert card.total is None
    assert card.low is not None
    assert card.high == 100
    assert card.low <= 60


def test_a_range_that_the_cap_closes_is_said_to_be_closed() -> None:
    """A row without points leaves no total; but there is no range to speak of."""
    rows = (row("产出指标", 38), row("产出指标", 2, None, 名称="空"), *CLOSED[1:])
    card = scorecard(*rows, book=CAPPED, budget={"预算数": 100, "执行数": 40})
    assert (card.total, card.low, card.high, card.grade) == (None, 60, 60, "中")
    assert card.why_unscored == "未计总分：有行未计分（空）；这些行不论得多少分，总分都是 60"


def test_a_cap_that_hangs_on_an_unknown_rate_leaves_a_range_where_the_rate_is_only_shown() -> None:
    book = varied(
        "hubei-2020",
        {
            "预算执行": {"方法": "不计分"},
            "分值": {
                "预算执行": 0,
                "方案": [{"名称": "通常", "分组": [{"指标": ["产出指标"], "分值": 100}]}],
            },
            "总分封顶": {"来源": "示例", "档次": [{"从": 50}, {"从": 0, "最高": 60}]},
        },
    )
    known = scorecard(row("产出指标", 100), book=book)
    assert (known.total, known.why_unscored) == (100, "")
    unknown = scorecard(row("产出指标", 100), book=book, budget={"预算数": 100})
    assert (unknown.total, unknown.low, unknown.high) == (None, 60, 100)
    assert unknown.why_unscored == "总分只能给出区间：执行率不明，总分封顶无法确定"


SHARED = varied("hubei-2020", {"分值": {"多个目标": "按比例折算"}})
GOALS = [{"内容": "甲", "分值": 60}, {"内容": "乙", "分值": 40}]


def goal_rows(number: int, actual: Any) -> list[dict[str, Any]]:
    return [item | {"所属目标": number, "完成值": actual} for item in CLOSED]


def test_goals_count_by_their_share() -> None:
    """The national system: points of a goal × its ratio ÷ 100."""
    card = scorecard(*goal_rows(1, 100), *goal_rows(2, 50), book=SHARED, 多个目标=GOALS)
    assert card.total == 20 + 80 * Decimal("0.6") + 40 * Decimal("0.4")
    assert card.steps == (
        "年度目标1：80.00 × 60% = 48.00",
        "年度目标2：40.00 × 40% = 16.00",
    )


def test_shares_of_goals_must_close() -> None:
    goals = [{"内容": "甲", "分值": 60}, {"内容": "乙"}]
    card = scorecard(*goal_rows(1, 100), *goal_rows(2, 50), book=SHARED, 多个目标=goals)
    assert card.total is None
    assert [gap.message for gap in card.gaps] == [
        "各年度目标的权重分值合计 60，办法规定 100，少 40"
    ]


def test_each_goal_must_close_by_itself() -> None:
    rows = [*goal_rows(1, 100), *goal_rows(2, 50)[:2]]
    card = scorecard(*rows, book=SHARED, 多个目标=GOALS)
    assert card.total is None
    assert [gap.name for gap in card.gaps] == ["年度目标2的效益指标、满意度指标"]


def test_a_goals_row_without_a_weight_leaves_no_total() -> None:
    rows = [*goal_rows(1, 100), *goal_rows(2, 100), row("产出指标", None, 所属目标=1)]
    assert scorecard(*rows, book=SHARED, 多个目标=GOALS).total is None


def test_a_share_of_what_does_not_apply_is_not_guessed() -> None:
    book = varied(
        "hubei-2020", {"分值": {"多个目标": "按比例折算", "不适用指标": "按适用分值折算"}}
    )
    rows = [*goal_rows(1, 100), *goal_rows(2, 100)]
    rows[0] = {**rows[0], "不适用": True}
    assert scorecard(*rows, book=book, 多个目标=GOALS).total is None


@pytest.mark.parametrize("number", [None, 3])
def test_a_row_of_no_goal_is_not_dropped_in_silence(number: int | None) -> None:
    stray = row("产出指标", 5, 所属目标=number)
    rows = [*goal_rows(1, 100), *goal_rows(2, 100), stray]
    assert scorecard(*rows, book=SHARED, 多个目标=GOALS).total is None


def test_goals_may_share_one_sum_of_weights() -> None:
    """黄冈, 2020: 年度绩效目标1（40分）, 年度绩效目标2（40分）."""
    goals = [{"内容": "甲", "分值": 40}, {"内容": "乙", "分值": 40}]
    rows = [row("产出指标", 40, 所属目标=1), row("效益指标", 40, 所属目标=2)]
    assert scorecard(*rows, 多个目标=goals).total == 100
    off = [{"内容": "甲", "分值": 50}, {"内容": "乙", "分值": 30}]
    card = scorecard(*rows, 多个目标=off)
    assert card.total is None
    assert len(card.gaps) == 2


@pytest.mark.parametrize("number", [None, 1, 2, 3])
def test_goals_in_words_alone_divide_no_weight(number: int | None) -> None:
    """A form may list several goals and print no weight beside them: the rows add up as ever."""
    rows = [row("产出指标", 40, 所属目标=number), *CLOSED[1:]]
    assert scorecard(*rows, 多个目标=[{"内容": "甲"}, {"内容": "乙"}]).total == 100


def test_what_no_rulebook_lays_down_is_not_said_to_be_laid_down() -> None:
    goals = [{"内容": "甲", "分值": 40}, {"内容": "乙", "分值": 40}]
    rows = [row("产出指标", 40, 所属目标=1), *CLOSED[1:]]
    assert [gap.message for gap in scorecard(*rows, 多个目标=goals).gaps] == [
        "未写明所属目标的指标分值合计 40，应为 0，多 40",
        "年度目标2分值合计 0，应为 40，少 40",
    ]


def test_a_rulebook_may_divide_the_points_by_the_sections_that_are_there() -> None:
    """财预〔2021〕101号: with 成本 20, 产出 40; without, 产出 50."""
    schemes = [
        {
            "名称": "设成本指标",
            "设": ["成本指标"],
            "分组": [{"指标": ["产出指标"], "分值": 40}, {"指标": ["成本指标"], "分值": 40}],
        },
        {
            "名称": "无满意度",
            "不设": ["满意度指标"],
            "分组": [{"指标": ["产出指标"], "分值": 50}, {"指标": ["效益指标"], "分值": 30}],
        },
        {"名称": "通常", "分组": [{"指标": ["产出指标"], "分值": 80}]},
    ]
    book = varied("hubei-2020", {"分值": {"方案": schemes}})
    assert scorecard(row("产出指标", 40), row("成本指标", 40), book=book).total == 100
    assert scorecard(row("产出指标", 50), row("效益指标", 30), book=book).total == 100
    card = scorecard(row("产出指标", 70), row("满意度指标", 0), book=book)
    assert [gap.message for gap in card.gaps] == ["产出指标分值合计 70，办法规定 80，少 10"]


def test_judged_points_with_more_digits_than_are_kept_stay_inside_their_band() -> None:
    """定性指标在档次区间内评定: rounding does not carry a judgement out of its band."""
    words = {"目标值": "得到提升", "完成值": "部分达成", "已填报得分": "0.39999"}
    card = scorecard({**row("效益指标", "0.5"), **words})
    assert (card.lines[0].points, card.lines[0].high) == (Decimal("0.40"), Decimal("0.40"))
    thin = {**row("效益指标", "0.333"), **words, "已填报得分": "0.2663"}
    assert scorecard(thin).lines[0].points == Decimal("0.26")


def test_a_program_reads_why_a_total_was_capped() -> None:
    """Each step from the rows to the total is a kind with its figures; its sentence follows."""
    card = scorecard(*CLOSED, book=CAPPED, budget={"预算数": 100, "执行数": 40})
    step = card.adjustments[-1]
    assert step.kind is TotalNoteKind.CAPPED
    assert TotalNote(TotalNoteKind[step.kind.name], tuple(step.values)) == step
    assert step.message == card.steps[-1]
