"""The sheets of 青山区民政局（本级） 2023 hold what its accounts publish, and nothing else.

The figures below were typed from section 十三（三） of the accounts, by its item numbers, and for
items 9, 10 and 14 from the appendices; not from the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel

import perfeval
from perfeval.cells.values import Cell
from perfeval.numbers import total

FOLDER = "shipped:qingshan-2023/"
COMPLETE = "养老服务体系建设运营补助资金"
QUOTES = str.maketrans("", "", "“”")
"""Full-width quotes stand in project names, not in file names."""


class Published(NamedTuple):
    """What one item of section 十三（三） prints; blank where it prints nothing.

    Attributes:
        item: Its number.
        name: The project.
        final: 全年预算数, however the item words it.
        original: 年初预算数, where the item prints only that.
        spent: 执行数.
        rate: 执行率.
        points: The budget row by the rule 20 × 执行数 ÷ 预算数; blank where it has no points.
        transferred: 其中调拨, where it is a figure.
        total: 自评得分, in an appendix.
        told: Figures printed beside these, that the sheet may repeat in words.
    """

    item: int
    name: str
    final: str = ""
    original: str = ""
    spent: str = ""
    rate: str = ""
    points: str = ""
    transferred: str = ""
    total: str = ""
    told: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return FOLDER + self.name.translate(QUOTES)

    @property
    def figures(self) -> list[Decimal]:
        printed = (self.final, self.original, self.spent, self.transferred, self.total)
        return sorted(Decimal(figure) for figure in printed if figure)


P = Published
ITEMS = (
    P(1, "低保工作经费", "50", "", "50", "100%", "20.00"),
    P(2, "困难人员救助经费", "449.1", "", "449.1", "100%", "20.00"),
    P(3, "高龄老人居家养老服务经费", "246", "", "246", "100%", "20.00", told=("60", "90")),
    P(4, "“社区好味到”食堂建设经费", "", "73", "73", "100%", "20.00"),
    P(5, "其他民政事业费", "40.57", "", "40.57", "100%", "20.00"),
    P(6, "低保中心专干人员经费", "", "36.58", "36.58", "100%", "20.00", told=("5",)),
    P(7, "纳凉取暖经费", "236", "", "", "100%", "", "236", told=("118", "100")),
    P(8, "政府购买专业社工服务", "", "144", "143.82", "100%", "19.98"),
    P(
        9,
        "城市低保金",
        "5639.3",
        "",
        "5639.3",
        "100%",
        "20.00",
        "110",
        "100",
        told=("110", "1624.5", "4014.8"),
    ),
    P(
        10,
        "老龄事业发展经费",
        "2872.3",
        "",
        "2854.89",
        "99.4%",
        "19.88",
        "",
        "100",
        told=("80", "2022", "1450.16", "1422.14"),
    ),
    P(11, "“互联网+居家养老”平台运营经费", "50", "", "47.6", "95.2%", "19.04"),
    P(12, "人工智能养老社会实验社区建设补助", "30", "", "", "100%"),
    P(13, "儿童福利", "76.18", "", "75.24", "98.8%", "19.75"),
    P(
        14,
        COMPLETE,
        "1286.7",
        "",
        "1269.62",
        "98.70%",
        "19.73",
        "620.7",
        "100",
        told=("620.7", "7"),
    ),
    P(15, "大楼运行经费", "70", "", "", "100%"),
    P(16, "社区工作者建设经费", "35", "", "24.19", "69.1%", "13.82"),
    P(17, "街道级行政区域界线勘定工作经费", "10", "", "", "100%"),
    P(18, "国际化社区试点建设经费", "14", "", "", "100%"),
    P(19, "残疾人补贴"),
)
TABLE = (
    ("享受建设补贴养老机构床位数", "391", "391"),
    ("享受运营补贴老年人服务中心（站）数量", "42（3）", "36（2）"),
    ("享受建设补贴老年人服务中心（站）", "1", "1"),
    ("农村福利院数量", "1", "1"),
    ("农村互助照料中心数量", "12", "12"),
    ("享受运营补贴线下服务网点数量", "32", "26"),
    ("养老服务设施场地意外险数量", "84（12）", "83（12）"),
    ("意外伤害险床位数量", "1000", "705"),
    ("享受运营补贴养老机构床位数", "运营补贴床位数7560张", "100%"),
    ("失能老人和非失能老人床位补贴标准", "300元/床/月和200元/床/月", "100%"),
    ("养老机构床位数建设补贴标准", "8000元/床", "100%"),
    ("老年人服务中心（站）运营补贴标准", "10（5）万元/年/家", "100%"),
    ("老年人服务中心（站）建设补贴标准", "15万/家", "100%"),
    ("农村福利院补贴标准", "3.5万/年", "100%"),
    ("养老服务设施场地意外险标准", "1500元/场（580元/场）", "1450（580）"),
    ("意外伤害险床位补贴标准", "138元/张", "100%"),
    ("农村互助照料中心补贴标准", "2万元/家", "100%"),
    ("线下服务网点运营补贴标准", "10万元/年", "100%"),
    ("支付及时性", "当年发放", "100%"),
    ("为老服务功能", "得到提升", "100%"),
    ("养老机构及受益老人满意度", "95%以上", "是"),
)
"""The rows of the published table of item 14: 三级指标, 年初目标值（A）, 实际完成值（B）."""
WITHOUT_INDICATORS = tuple(item for item in ITEMS if item.name != COMPLETE)

each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.item}-{item.name}")
each_without_indicators = pytest.mark.parametrize(
    "item", WITHOUT_INDICATORS, ids=lambda item: f"{item.item}-{item.name}"
)


def amount(text: str) -> Decimal | None:
    """Return the amount of a cell of the table above; a blank is nothing, never 0."""
    return Decimal(text) if text else None


def numbers(value: Any) -> Iterator[Decimal]:
    """Yield every amount and score of a sheet; printed rates and the year are no amounts."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from numbers(getattr(value, name))
    elif isinstance(value, tuple) and not isinstance(value, Cell):
        for part in value:
            yield from numbers(part)


def folder() -> Path:
    """Return the folder in the checkout."""
    return Path(__file__).parents[2] / "indicators" / "qingshan-2023"


def files() -> list[Path]:
    """Return the folder's sheets; a department's manifest is not one."""
    return sorted(path for path in folder().glob("*") if path.name != "department.yaml")


def items_with(code: str, field: str | None = None) -> list[int]:
    """Return the items whose report has this finding, on this field of 预算 if one is given."""
    return [
        item.item
        for item in ITEMS
        if any(
            finding.code == code and (field is None or finding.path == ("预算", field))
            for finding in perfeval.evaluate(item.path).findings
        )
    ]


def test_the_folder_holds_the_19_projects_of_the_section_and_nothing_else() -> None:
    shipped = {name for name in perfeval.shipped_sheets() if name.startswith(FOLDER)}
    assert [item.item for item in ITEMS] == list(range(1, 20))
    assert shipped == {item.path for item in ITEMS}
    assert {path.name for path in files()} == {
        item.name.translate(QUOTES) + ".yaml" for item in ITEMS
    }


@each_item
def test_a_sheet_has_the_published_name_budget_and_filed_figures(item: Published) -> None:
    sheet = perfeval.load_sheet(item.path)
    budget = sheet.budget
    assert (sheet.name, sheet.year, sheet.rulebook) == (item.name, 2023, "hubei-2020")
    assert budget.final == amount(item.final)
    assert budget.original == amount(item.original)
    assert budget.spent == amount(item.spent)
    assert budget.transferred == amount(item.transferred)
    assert (budget.filed.rate.text if budget.filed.rate else "") == item.rate
    assert sheet.filed.total == amount(item.total)


@each_without_indicators
def test_a_sheet_has_no_figure_that_is_not_published(item: Published) -> None:
    assert sorted(numbers(perfeval.load_sheet(item.path))) == item.figures


@each_item
def test_the_words_of_a_sheet_repeat_only_published_figures(item: Published) -> None:
    sheet = perfeval.load_sheet(item.path)
    words = (sheet.purpose, sheet.effects, sheet.reason, sheet.measure, sheet.note)
    told = {figure for text in words if text for figure in re.findall(r"\d+(?:\.\d+)?", text)}
    assert told <= set(item.told)


@each_item
def test_a_sheet_says_where_it_was_published(item: Published) -> None:
    source = perfeval.load_sheet(item.path).source or ""
    assert re.findall(r"第三部分十三（三）第(\d+)项", source) == [str(item.item)]


@each_item
def test_use_and_effects_are_told_where_the_item_tells_them(item: Published) -> None:
    """Item 17 (界线勘定) prints no effects."""
    sheet = perfeval.load_sheet(item.path)
    assert sheet.purpose
    assert bool(sheet.effects) is (item.item != 17)


@each_without_indicators
def test_what_only_a_form_prints_stays_blank(item: Published) -> None:
    sheet = perfeval.load_sheet(item.path)
    assert sheet.indicators == ()
    assert sheet.department is sheet.unit is sheet.reporter is None
    assert sheet.category is sheet.attribute is sheet.type is None
    assert sheet.budget.filed.points is None
    assert sheet.filed.grade is None


@each_item
def test_the_budget_row_scores_20_times_spent_over_budget(item: Published) -> None:
    """得分 = 20分 × 执行率; a row without both amounts is unscored, between 0 and 20."""
    report = perfeval.evaluate(item.path)
    assert report.scorecard is not None
    row = report.scorecard.execution
    assert row.points == amount(item.points)
    bounds = (row.points, row.points) if item.points else (Decimal(0), Decimal(20))
    assert (row.low, row.high) == bounds


@each_without_indicators
def test_a_sheet_without_indicators_has_no_total_and_never_0(item: Published) -> None:
    report = perfeval.evaluate(item.path)
    card = report.scorecard
    assert card is not None
    assert (card.total, card.low, card.high, card.grade) == (None, None, None, None)
    assert card.why_unscored == "未计分：未公布指标"


def test_items_4_6_and_8_have_only_an_original_budget_and_say_so() -> None:
    """Their rate is taken on 年初预算, which is an assumption and is told as one."""
    assert items_with("BX105") == [4, 6, 8]


def test_items_7_12_15_17_18_and_19_are_asked_for_their_spending() -> None:
    """A filed 100 % is no spending figure."""
    assert items_with("BX102", "执行数") == [7, 12, 15, 17, 18, 19]


def test_of_the_printed_rates_only_those_of_items_8_and_14_are_wrong() -> None:
    """143.82 of 144 is 99.88 %, not 100 %; 1269.62 of 1286.7 is 98.67 %, not 98.70 %."""
    assert items_with("BX101") == [8, 14]


def test_the_budgets_sum_to_11358_73_and_the_spending_to_11309_91() -> None:
    """The five items without printed spending are counted at their filed 100 % here only."""
    budgets, spent, at_filed_rate = [], [], []
    for item in ITEMS:
        budget = perfeval.load_sheet(item.path).budget
        base = budget.final or budget.original
        if base is None:
            continue
        budgets.append(base)
        if budget.spent is None:
            at_filed_rate.append(base)
        spent.append(base if budget.spent is None else budget.spent)
    assert len(budgets) == 18
    assert len(at_filed_rate) == 5
    assert total(budgets) == Decimal("11358.73")
    assert total(spent) == Decimal("11309.91")


def test_the_district_and_upper_level_parts_that_are_told_sum_to_the_budget() -> None:
    """1624.5 + 4014.8 = 5639.3 and 1450.16 + 1422.14 = 2872.3."""
    for name in ("城市低保金", "老龄事业发展经费"):
        sheet = perfeval.load_sheet(FOLDER + name)
        parts = re.search(r"预算数中区级\D*([\d.]+)万元、\D+([\d.]+)万元", sheet.note or "")
        assert parts is not None
        assert total(map(Decimal, parts.groups())) == sheet.budget.final


def test_the_complete_sheet_scores_98_46_of_which_36_46_is_measured_and_62_claimed() -> None:
    report = perfeval.evaluate(FOLDER + COMPLETE)
    card = report.scorecard
    assert card is not None
    assert (card.total, card.grade) == (Decimal("98.46"), "优")
    assert (card.measured, card.claimed) == (Decimal("36.46"), Decimal("62.00"))
    assert card.filed_total == Decimal(100)


def test_the_complete_sheet_prints_the_21_rows_of_the_published_table() -> None:
    sheet = perfeval.load_sheet(FOLDER + COMPLETE)
    printed = tuple(
        (row.name, row.target.text if row.target else "", row.actual.text if row.actual else "")
        for row in sheet.indicators
    )
    assert printed == TABLE


def test_the_complete_sheet_has_five_rows_that_were_filed_higher_than_the_rule_gives() -> None:
    card = perfeval.evaluate(FOLDER + COMPLETE).scorecard
    assert card is not None
    weights = [line.weight for line in card.lines if line.weight is not None]
    assert weights == [Decimal(2)] * 18 + [Decimal(4), Decimal(20), Decimal(20)]
    assert [line.filed for line in card.lines] == weights
    assert {line.name: str(line.points) for line in card.differing} == {
        "预算执行": "19.73",
        "享受运营补贴老年人服务中心（站）数量": "1.71",
        "享受运营补贴线下服务网点数量": "1.63",
        "养老服务设施场地意外险数量": "1.98",
        "意外伤害险床位数量": "1.41",
    }


@each_item
def test_a_dumped_sheet_loads_as_the_same_sheet(item: Published, tmp_path: Path) -> None:
    sheet = perfeval.load_sheet(item.path)
    copy = tmp_path / "自评表.yaml"
    copy.write_text(perfeval.dump(sheet), encoding="utf-8")
    assert perfeval.load_sheet(copy) == sheet


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_a_file_can_be_checked_out_on_windows_and_read_on_a_chinese_console(path: Path) -> None:
    assert not set(path.name) & set('<>:"/\\|?*“”‘’')
    assert path.stem == path.stem.strip(" .")
    path.name.encode("gbk")
    path.read_bytes().decode("utf-8").encode("gbk")
