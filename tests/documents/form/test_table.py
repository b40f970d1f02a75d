"""The 自评表 as a grid: what was published, in the same rows, order and merged cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import perfeval
from perfeval import RenderError, Report
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.rulebook import BudgetColumn, FormCell, IndicatorColumn, Rulebook
from tests.documents.conftest import Make
from tests.documents.rows import BENEFIT, CLIENTS, FULL, OUTPUT, row

HUBEI = perfeval.load_rulebook("hubei-2020")


def table_of(report: Report, book: Rulebook | None = None) -> Table:
    assert report.scorecard is not None
    return lay_out(replace(report.scorecard, rulebook=book or report.scorecard.rulebook))


def form(**changes: Any) -> Rulebook:
    """Return hubei-2020 with another form."""
    return HUBEI.model_copy(update={"form": HUBEI.form.model_copy(update=changes)})


def flat(text: str) -> str:
    return text.replace("\n", "")


def texts(table: Table, row: int) -> list[str]:
    return [flat(cell.text) for cell in table.rows[row]]


def cell(table: Table, text: str) -> GridCell:
    """Return the cell with this text, wherever its lines break."""
    return next(cell for cell in table.cells if flat(cell.text) == text)


def beside(table: Table, label: str) -> str:
    """Return what stands to the right of a label."""
    at = cell(table, label)
    return next(
        other.text for other in table.rows[at.row] if other.column == at.column + at.colspan
    )


# Typed from the published table: 三级指标, 年初目标值, 实际完成值; the points are the rule's.
PUBLISHED = [
    ("享受建设补贴养老机构床位数", "391", "391", "2.00"),
    ("享受运营补贴老年人服务中心（站）数量", "42（3）", "36（2）", "1.71"),
    ("享受建设补贴老年人服务中心（站）", "1", "1", "2.00"),
    ("农村福利院数量", "1", "1", "2.00"),
    ("农村互助照料中心数量", "12", "12", "2.00"),
    ("享受运营补贴线下服务网点数量", "32", "26", "1.63"),
    ("养老服务设施场地意外险数量", "84（12）", "83（12）", "1.98"),
    ("意外伤害险床位数量", "1000", "705", "1.41"),
    ("享受运营补贴养老机构床位数", "运营补贴床位数7560张", "100%", "2.00"),
    ("失能老人和非失能老人床位补贴标准", "300元/床/月和200元/床/月", "100%", "2.00"),
    ("养老机构床位数建设补贴标准", "8000元/床", "100%", "2.00"),
    ("老年人服务中心（站）运营补贴标准", "10（5）万元/年/家", "100%", "2.00"),
    ("老年人服务中心（站）建设补贴标准", "15万/家", "100%", "2.00"),
    ("农村福利院补贴标准", "3.5万/年", "100%", "2.00"),
    ("养老服务设施场地意外险标准", "1500元/场（580元/场）", "1450（580）", "2.00"),
    ("意外伤害险床位补贴标准", "138元/张", "100%", "2.00"),
    ("农村互助照料中心补贴标准", "2万元/家", "100%", "2.00"),
    ("线下服务网点运营补贴标准", "10万元/年", "100%", "2.00"),
    ("支付及时性", "当年发放", "100%", "4.00"),
    ("为老服务功能", "得到提升", "100%", "20.00"),
    ("养老机构及受益老人满意度", "95%以上", "是", "20.00"),
]


class TestPublishedTable:
    """The published 自评表 of 养老服务体系建设运营补助资金, with the points of the rule."""

    def test_header_rows_stand_as_published(self, real: Report) -> None:
        table = table_of(real)
        assert table.title == "2023年度养老服务体系建设运营补助资金项目绩效自评表"
        assert table.above_left == "部门名称：武汉市青山区民政局"
        assert [texts(table, row) for row in range(5)] == [
            ["项目名称", "养老服务体系建设运营补助资金"],
            ["主管部门", "青山区民政局", "项目实施单位", "武汉市青山区民政局机关"],
            ["项目类别", "1、部门预算项目 ☑　2、区级专项 □　3、上级转移支付项目 □"],
            ["项目属性", "1、持续性项目 □　2、新增性项目 □"],
            ["项目类型", "1、常年性项目 □　2、延续性项目 □　3、一次性项目 □"],
        ]

    def test_budget_block_prints_the_amounts_the_exact_rate_and_the_points(
        self, real: Report
    ) -> None:
        table = table_of(real)
        block = cell(table, "预算执行情况（万元）（20分）")
        assert (block.row, block.rowspan, block.colspan) == (5, 2, 2)
        assert texts(table, 5)[2:] == [
            "预算数（A）",
            "执行数（B）",
            "执行率（B/A）",
            "得分（20分×执行率）",
        ]
        assert texts(table, 6) == ["年度财政资金总额", "1286.7", "1269.62", "98.67%", "19.73"]

    def test_indicators_stand_in_the_published_order(self, real: Report) -> None:
        table = table_of(real)
        assert texts(table, 7)[1:] == [
            "一级指标",
            "二级指标",
            "三级指标",
            "年初目标值（A）",
            "实际完成值（B）",
            "得分",
        ]
        assert [tuple(texts(table, row)[-4:]) for row in range(8, 29)] == PUBLISHED

    def test_sections_and_aspects_are_merged_as_published(self, real: Report) -> None:
        merged = [
            (flat(cell.text), cell.column, cell.row, cell.rowspan)
            for cell in table_of(real).cells
            if cell.row >= 7 and cell.column < 3 and cell.row < 29
        ]
        assert merged == [
            ("年度绩效目标（80分）", 0, 7, 22),
            ("一级指标", 1, 7, 1),
            ("二级指标", 2, 7, 1),
            ("产出指标（40分）", 1, 8, 19),
            ("数量指标", 2, 8, 9),
            ("质量指标", 2, 17, 9),
            ("时效指标", 2, 26, 1),
            ("效益指标（20分）", 1, 27, 1),
            ("社会效益指标", 2, 27, 1),
            ("满意度指标（20分）", 1, 28, 1),
            ("服务对象满意度指标", 2, 28, 1),
        ]

    def test_total_reason_and_measure_close_the_table(self, real: Report) -> None:
        table = table_of(real)
        assert len(table.rows) == 32
        assert texts(table, 29) == ["总分", "98.46"]
        assert table.rows[30][1].text.startswith("执行数中有620.7万元是调拨给街道的资金")
        assert texts(table, 31) == ["改进措施及结果应用方案", ""]
        assert table.notes == ()


class TestTotals:
    """What stands in the cell of 总分, and why."""

    def test_a_range_is_printed_as_two_ends(self, make: Make) -> None:
        report = make(OUTPUT, BENEFIT, row("满意度指标", 20, "≥95%", None), 预算=FULL)
        table = table_of(report)
        assert beside(table, "总分") == "80.00～100.00"
        assert "未计分" in texts(table, 10)
        assert any("满意度指标20" in note for note in table.notes)

    def test_weights_that_do_not_fit_leave_no_total_and_say_so(self, make: Make) -> None:
        table = table_of(make(OUTPUT, row("效益指标", 10, "≥10户", "10户"), 预算=FULL))
        assert beside(table, "总分") == "未计分"
        assert any("办法规定" in note for note in table.notes)

    def test_a_sheet_without_indicators_is_not_scored(self, make: Make) -> None:
        table = table_of(make(预算=FULL))
        assert beside(table, "总分") == "未计分"
        assert cell(table, "未公布绩效指标").colspan == 6
        assert any("未公布" in note for note in table.notes)

    def test_filed_points_are_never_printed_as_points(self, make: Make) -> None:
        """26 of 32 score 1.63 of 2, whatever was filed."""
        rows = row("产出指标", 2, 32, 26, 已填报得分=2), {**OUTPUT, "分值": 38}
        table = table_of(make(*rows, BENEFIT, CLIENTS, 预算={**FULL, "已填报": {"得分": 7}}))
        assert texts(table, 8)[-1] == "1.63"
        assert texts(table, 6)[-1] == "20.00"


class TestAmounts:
    """What was not published stays blank, and 0 is not blank."""

    @pytest.mark.parametrize(
        ("budget", "printed"),
        [
            ({}, ["", "", "", "未计分"]),
            ({"预算数": 70}, ["70", "", "", "未计分"]),
            ({"执行数": 70}, ["", "70", "", "未计分"]),
            ({"预算数": 0, "执行数": 0}, ["0", "0", "", "未计分"]),
            ({"预算数": "100.50", "执行数": 0}, ["100.50", "0", "0%", "0.00"]),
            ({"预算数": 3, "执行数": 4}, ["3", "4", "133.33%", "20.00"]),
        ],
        ids=["nothing", "no spending", "no budget", "zero budget", "nothing spent", "overspent"],
    )
    def test_amounts_are_printed_as_the_sheet_has_them(
        self, make: Make, budget: dict[str, Any], printed: list[str]
    ) -> None:
        assert texts(table_of(make(预算=budget)), 6)[1:] == printed

    def test_a_sheet_with_only_the_original_budget_prints_it_and_says_so(self, make: Make) -> None:
        table = table_of(make(预算={"年初预算数": 100, "执行数": 50}))
        assert texts(table, 6)[1:] == ["100", "50", "50.00%", "10.00"]
        assert "注：预算数为年初预算数。" in table.notes

    def test_a_form_with_a_column_for_the_original_budget_leaves_the_other_blank(self) -> None:
        budget = {"年初预算数": 100, "执行数": 50}
        sheet = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例", "预算": budget}
        table = table_of(perfeval.evaluate(sheet))
        at = cell(table, "年度资金总额").row
        assert texts(table, at)[1:4] == ["100", "", "50"]
        assert not any("年初预算数" in note for note in table.notes)

    def test_kinds_of_money_stand_below_the_whole_amount_without_points(self, make: Make) -> None:
        funds = [{"名称": "其中：财政拨款", "预算数": 60, "执行数": 30}]
        table = table_of(make(预算={**FULL, "资金构成": funds}))
        assert texts(table, 7) == ["其中：财政拨款", "60", "30", "50.00%", ""]
        assert cell(table, "预算执行情况（万元）（20分）").rowspan == 3


SHORT = {**OUTPUT, "完成值": "75张", "偏差原因": "两处停工", "改进措施": "明年补建"}
WHOLE = {"原因分析": "雨季长", "改进措施": "早开工"}


class TestReasons:
    """No reason and no measure is lost, whichever cells a form has for them."""

    def test_a_form_without_a_column_for_them_prints_them_in_its_own_cell(self, make: Make) -> None:
        budget = {"预算数": 100, "执行数": 80, "偏差原因": "尾款未付"}
        table = table_of(make(SHORT, BENEFIT, CLIENTS, 预算=budget, **WHOLE))
        reason = beside(table, "偏差大或目标未完成原因分析")
        assert reason == "雨季长\n预算执行：尾款未付\n床位数：两处停工"
        assert beside(table, "改进措施及结果应用方案") == "早开工\n床位数：明年补建"

    def test_a_form_without_a_cell_for_the_whole_sheet_prints_it_below(self, make: Make) -> None:
        table = table_of(make(SHORT, BENEFIT, CLIENTS, 预算=FULL, **WHOLE), form(footer=()))
        assert table.notes == (
            "偏差原因分析：雨季长\n床位数：两处停工",
            "改进措施：早开工\n床位数：明年补建",
        )

    def test_a_reason_in_a_column_is_not_printed_twice(self, make: Make) -> None:
        book = layout(YUNNAN, footer=((FormCell(field="原因分析", span=10),),))
        table = table_of(make(SHORT, BENEFIT, CLIENTS, 预算=FULL), book)
        assert [cell.text for cell in table.cells if "停工" in cell.text] == ["两处停工\n明年补建"]
        assert table.notes == ()


class TestRows:
    """Rows that are not simply scored."""

    def test_child_rows_stand_below_their_indicator_without_points(self, make: Make) -> None:
        parts = [{"名称": "羊", "目标值": "180只", "完成值": "180只"}]
        table = table_of(make({**OUTPUT, "其中": parts}, BENEFIT, CLIENTS, 预算=FULL))
        assert texts(table, 9) == ["其中：羊", "180只", "180只", ""]
        assert cell(table, "产出指标（40分）").rowspan == 2

    def test_a_section_that_comes_back_gets_a_cell_of_its_own(self, make: Make) -> None:
        first, last = {**OUTPUT, "分值": 30}, {**OUTPUT, "分值": 10, "名称": "其他"}
        table = table_of(make(first, BENEFIT, last, CLIENTS, 预算=FULL))
        sections = [cell.text for cell in table.cells if cell.column == 1 and 8 <= cell.row < 12]
        assert list(map(flat, sections)) == [
            "产出指标（40分）",
            "效益指标（20分）",
            "产出指标（40分）",
            "满意度指标（20分）",
        ]


YUNNAN = (
    ("一级指标", "一级指标", 18),
    ("二级指标", "二级指标", 20),
    ("三级指标", "三级指标", 40),
    ("符号", "指标性质", 14),
    ("目标值", "指标值", 18),
    ("单位", "度量单位", 14),
    ("完成值", "实际完成值", 18),
    ("分值", "分值", 12),
    ("得分", "得分", 14),
    ("偏差原因及改进措施", "偏差原因分析及改进措施", 20),
)
CHONGQING = (
    ("三级指标", "指标名称", 50),
    ("单位", "计量单位", 18),
    ("符号", "指标性质", 16),
    ("目标值", "指标值", 20),
    ("分值", "指标权重", 16),
    ("完成值", "全年完成值", 22),
    ("完成率", "得分系数", 20),
    ("得分", "指标得分", 18),
)


def layout(columns: tuple[tuple[str, str, int], ...], **changes: Any) -> Rulebook:
    """Return hubei-2020 with these indicator columns and nothing around them."""
    indicators = tuple(
        IndicatorColumn.model_validate({"内容": content, "标题": heading, "宽": width})
        for content, heading, width in columns
    )
    return form(**{"header": (), "budget": (), "footer": (), "indicators": indicators, **changes})


class TestOtherLayouts:
    """A place's layout is data: other columns in another order need no change in the code."""

    def test_sign_and_unit_have_columns_of_their_own(self, make: Make) -> None:
        rows = (
            {**OUTPUT, "目标值": "≧100张", "偏差原因": "甲", "改进措施": "乙"},
            {**BENEFIT, "目标值": "10", "完成值": 12, "单位": "户", "符号": "≤"},
            CLIENTS,
        )
        table = table_of(make(*rows, 预算=FULL), layout(YUNNAN))
        assert texts(table, 1)[2:] == [
            "床位数",
            "≥",
            "100",
            "张",
            "100张",
            "40",
            "40.00",
            "甲乙",
        ]
        assert texts(table, 2)[3:6] == ["≤", "10", "户"]
        assert table.rows[1][-1].text == "甲\n乙"

    def test_a_sign_is_printed_only_where_the_form_has_a_column_for_it(self, make: Make) -> None:
        authored = {**BENEFIT, "目标值": "10户", "完成值": "9户", "符号": "≤"}
        table = table_of(make(OUTPUT, authored, CLIENTS, 预算=FULL))
        assert "10户" in texts(table, 9)

    def test_a_flat_list_prints_completion_rates(self, make: Make) -> None:
        rows = {**OUTPUT, "完成值": "75张"}, BENEFIT, {**CLIENTS, "目标值": "好", "完成值": "好"}
        table = table_of(make(*rows, 预算=FULL), layout(CHONGQING))
        rates = [texts(table, number)[6] for number in (1, 2, 3)]
        assert rates == ["75.00%", "100%", ""]

    def test_total_may_stand_above_the_table(self, make: Make) -> None:
        header = ((FormCell(label="自评总分", span=2), FormCell(field="总分", span=6)),)
        table = table_of(
            make(OUTPUT, BENEFIT, CLIENTS, 预算=FULL), layout(CHONGQING, header=header)
        )
        assert texts(table, 0) == ["自评总分", "100.00"]

    def test_notes_and_signatures_come_from_the_form(self, make: Make) -> None:
        book = form(notes=("{年度}年填报，单位：{金额单位}",), signatures=("填报人：", "审核人："))
        table = table_of(make(OUTPUT, BENEFIT, CLIENTS, 预算=FULL), book)
        assert table.notes == ("2023年填报，单位：万元",)
        assert table.signatures == ("填报人：", "审核人：")


@pytest.mark.parametrize(
    ("changes", "row"),
    [
        ({"header": ((FormCell(label="项目名称", span=6),),)}, "表头第 1 行"),
        ({"footer": ((FormCell(label="总分", span=7),), (FormCell(span=8),))}, "表尾第 2 行"),
        ({"budget": (BudgetColumn(content="栏名", span=2),)}, "预算栏标题"),
    ],
)
def test_a_form_that_does_not_add_up_is_refused_by_the_name_of_its_row(
    make: Make, changes: dict[str, Any], row: str
) -> None:
    with pytest.raises(RenderError, match=row):
        table_of(make(OUTPUT, BENEFIT, CLIENTS, 预算=FULL), form(**changes))


def test_labels_are_told_from_values(real: Report) -> None:
    table = table_of(real)
    assert cell(table, "项目名称").role is Role.LABEL
    assert cell(table, "三级指标").role is Role.HEADING
    assert cell(table, "98.46").role is Role.VALUE
