"""The formulas against the engine, without a spreadsheet: each formula knows its own value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import perfeval
from perfeval import Rulebook, Scorecard, Sheet, load_rulebook, load_sheet
from perfeval.cells.values import Cell, Kind
from perfeval.documents.form.table import lay_out
from perfeval.documents.workbook import building, form_workbook
from perfeval.documents.workbook.blank import start_of
from perfeval.documents.workbook.building import Building
from perfeval.documents.workbook.formula import Value
from perfeval.documents.workbook.hidden_sheet import HiddenSheet
from perfeval.documents.workbook.reading import kept_reading
from perfeval.readers.proofs import validate
from tests.documents.workbook.spreadsheets import (
    by_heading,
    named,
    needs_office,
    recalculated,
    without_values,
)
from tests.property import strategies, strategies_rulebooks
from tests.property.cell_pairs import WEIGHT, PrintedPair, pairs, sheets_of
from tests.property.cell_places import of_places
from tests.seeds import FIRST

HUBEI = load_rulebook("hubei-2020")
MANY = settings(deadline=None, suppress_health_check=list(HealthCheck))


def built(book: Rulebook, sheet: Sheet) -> Building:
    start = start_of(book, sheet, None)
    card = perfeval.score(start.sheet, book)
    return Building(card, lay_out(card), start)


def column(sheet: HiddenSheet, heading: str) -> dict[int, Value]:
    """Return the values of a column by their rows."""
    return sheet.column(heading)


def results(form: Building) -> dict[str, Value]:
    sums = form.hidden[1]
    names, values = column(sums, "项目"), column(sums, "结果")
    return {str(name): values[row] for row, name in names.items()}


def blank_or(value: object) -> object:
    return "" if value is None else value


def agrees(card: Scorecard, form: Building) -> None:
    """Rows, subtotals, total and grade are the engine's; what it does not score is blank."""
    points, sums = list(column(form.hidden[0], "得分").values()), results(form)
    assert points == [blank_or(line.points) for line in card.lines]
    if card.execution.weight is not None:
        assert sums["预算执行：得分"] == blank_or(card.execution.points)
    assert sums["总分"] == blank_or(card.total)
    if card.total is not None:
        assert sums["等级"] == card.grade
        for part in card.subtotals:
            assert sums[f"{part.section.label}：小计"] == part.points


@MANY
@given(strategies.sheets())
def test_any_sheet_scores_in_its_form_as_by_the_engine(filled: strategies.Filled) -> None:
    sheet = load_sheet(filled.data)
    agrees(perfeval.score(sheet, HUBEI), built(HUBEI, sheet))


def test_printed_cells_score_in_their_form_as_by_the_engine() -> None:
    """Zero in words, dates, ranges, units: what only the engine can read keeps its result."""
    drawn = [*pairs(FIRST, 48), *of_places(FIRST, 28)]
    zero = PrintedPair("无拖欠", "无拖欠", WEIGHT, WEIGHT)
    book = load_rulebook("mof-2020")
    (data,) = sheets_of([zero, *drawn], book.id, len(drawn) + 1)
    sheet = load_sheet(data)
    points = list(column(built(book, sheet).hidden[0], "得分").values())
    assert points == [blank_or(line.points) for line in perfeval.score(sheet, book).lines]


GOALS = [{"内容": "甲"}, {"内容": "乙"}]
DIVIDED = {
    "评分办法": "hubei-2020",
    "年度": 2023,
    "项目名称": "示例",
    "预算": {"预算数": 100, "执行数": 90},
    "指标": [
        {"一级指标": section, "二级指标": aspect, "名称": aspect, "分值": weight}
        | {"目标值": "≥10", "完成值": "10"}
        for section, aspect, weight in (
            ("产出指标", "数量指标", 40),
            ("效益指标", "社会效益指标", 20),
            ("满意度指标", "服务对象满意度指标", 20),
        )
    ],
}


@pytest.mark.parametrize("weights", [(None, None), (30, 50), (80, None)])
def test_goals_divide_the_weight_in_the_form_as_by_the_engine(weights: tuple[int | None]) -> None:
    """Goals in words alone divide no weight; where one has a weight, every row has its goal."""
    goals = [goal | {"分值": weight} for goal, weight in zip(GOALS, weights, strict=True)]
    sheet = load_sheet({**DIVIDED, "多个目标": goals})
    card, form = perfeval.score(sheet, HUBEI), built(HUBEI, sheet)
    agrees(card, form)
    assert results(form)["未计总分的原因"] == card.why_unscored


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rulebook, Sheet]:
    """Rulebooks that nobody has written yet, each with a sheet."""
    data = draw(strategies_rulebooks.rulebooks())
    filled = draw(strategies_rulebooks.sheets(data))
    book, faults = validate(data)
    assert book is not None, faults
    return book, load_sheet(filled.data)


@MANY
@given(cases())
def test_any_rulebook_s_form_scores_as_the_engine(case: tuple[Rulebook, Sheet]) -> None:
    """Every method, rounding, cap and rule for what does not apply, in a form of one column."""
    book, sheet = case
    agrees(perfeval.score(sheet, book), built(book, sheet))


@pytest.mark.slow
@needs_office
def test_libreoffice_computes_any_rulebook_s_form(tmp_path: Path) -> None:
    """舍去, 进一 and 四舍六入五成双 as well, which no rulebook that ships uses."""
    gathered: list[tuple[Rulebook, Sheet]] = []

    @seed(FIRST)
    @settings(MANY, max_examples=200, derandomize=False, database=None)
    @given(cases())
    def gather(case: tuple[Rulebook, Sheet]) -> None:
        gathered.append(case)

    gather()
    forms = [without_values(form_workbook(book, sheet)) for book, sheet in gathered]
    for (book, sheet), shown in zip(gathered, recalculated(forms, tmp_path), strict=True):
        card = perfeval.score(sheet, book)
        points = by_heading(shown["计算"])["得分"][: len(card.lines)]
        assert points == [blank_or(line.points) for line in card.lines], sheet
        assert named(shown["合计"])["总分"] == blank_or(card.total), sheet


# -- typed texts -------------------------------------------------------------------------------


def unknown(name: str, shown: str, cell: Cell | None) -> dict[str, Value]:
    """Keep no reading: every text is read as if somebody had typed it."""
    return kept_reading(name, f"{shown}（改）", cell)


@MANY
@given(strategies.sheets(closed=False))
def test_what_is_typed_never_scores_otherwise(filled: strategies.Filled) -> None:
    """A text that the form cannot read leaves its row blank; it never gives other points."""
    sheet = load_sheet(filled.data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "kept_reading", unknown)
        form = built(HUBEI, sheet)
    points = column(form.hidden[0], "得分") if sheet.indicators else {}
    for value, line in zip(points.values(), perfeval.score(sheet, HUBEI).lines, strict=True):
        assert value in ("", line.points), line


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("得到提升", "未达成"),
        ("2023年6月底前", "2023年6月20日"),
        ("≥40人", "41人"),
    ],
)
@pytest.mark.parametrize("cut", [1, "0.125"])
def test_what_is_deducted_by_hand_is_deducted_once_in_the_form(
    target: str, actual: str, cut: object
) -> None:
    """最终得分为计算得分减扣减分数, 扣到0分为止: of rows too whose cells the engine alone reads."""
    row = {
        "一级指标": "产出",
        "二级指标": "数量",
        "名称": "指标",
        "分值": 10,
        "已填报得分": 3,
        "目标值": target,
        "完成值": actual,
        "扣减分数": cut,
    }
    head = {"评分办法": "guangxi", "年度": 2023, "项目名称": "示例"}
    sheet, book = load_sheet({**head, "指标": [row]}), load_rulebook("guangxi")
    card = perfeval.score(sheet, book)
    assert card.lines[0].points is not None
    agrees(card, built(book, sheet))


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≥391张", "391", 10),
        ("391张", "195.5张", 5),
        ("≥95%", "95%", 10),
        ("95%以上", "47.5%", 5),
        ("≤5300元/户", "10600元/户", 5),
        ("30天以内", "30天", 10),
        (">=10", "5", 5),
        ("1,200户", "600户", 5),
        ("2.6亿元", "13000万元", 5),
        ("运营补贴床位数7560张", "50%", 5),
        ("10（5）万元/年/家", "100%", 10),
        ("12个月", "6个月", 5),
        ("达到95%", "95%", 10),
        ("95%（含）", "95%", 10),
        ("7560张", "150%", 10),
        ("95%以上", "是", 10),
        ("≥10", "-3", 0),
        ("1.2万", "1.2", 10),
        ("10万", "100000", 10),
        ("≥2万", "15000", 7.5),
        ("10", "10万", 10),
        ("2050", "1640", 8),
        ("20231231元", "10115615.5元", 5),
        ("≥1.2万元", "0", 0),
        ("≤1.2万元", "0", 10),
    ],
)
def test_these_texts_are_read(target: str, actual: str, points: float) -> None:
    assert typed_points(target, actual) == points


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("42（3）", "36"),
        ("约95%", "95%"),
        ("95%左右", "95%"),
        ("5张", "5家"),
        ("≥95%", "0.95"),
        ("0102", "5"),
        ("1_000", "5"),
        ("1e3", "5"),
        ("12月", "11月"),
        ("2023年", "2023年"),
        ("未达到5", "5"),
        ("5", "36（2）"),
        ("第3", "5"),
        ("A3", "5"),
        ("1:30", "1"),
        ("5", "还行"),
        ("12,34", "5"),
        ("1.2.3", "1"),
        (".5", "1"),
        ("-5", "3"),
        ("下降5%", "5%"),
        ("≥5以下", "4"),
        ("5万人", "6000"),
        ("3至5家", "4家"),
        ("3至5家", "94%"),
        ("3~5家", "50%"),
        ("3-5家", "50%"),
        ("3至5家", "5%"),
        ("10（5）万元/年/家", "≥90%"),
        ("10（5）万元/年/家", "90%以上"),
        ("3万元/户", "1.3万"),
        ("1.3万", "50000元/人"),
        ("", "5"),
        ("/", "5"),
        ("5", "—"),
        ("12月底前", "3"),
        ("≥3万", "400"),
        ("≥95%", "95%未达标"),
        ("≥95%", "96%（尚需核实）"),
        ("≥10场", "10场（计划）"),
        ("≥10场", "计划10场"),
        ("≥10场", "10场已完成"),
        ("≥10场", "10场，均在社区"),
        ("20231231", "20240115"),
        ("2023.10", "2023.12"),
        ("±5%", "3%"),
        ("偏差正负5%", "3%"),
        ("≥**人", "≥**人"),
        ("XX", "XX"),
        ("指标1", "指标1"),
        ("……", "……"),
        ("10⁴", "9000"),
        ("≤6000元", "户均5807元"),
        ("日处理100吨", "90吨"),
        ("≥20000吨/日", "日处理2万吨"),
        ("≥98%", "98.5%（197/200）"),
        ("≥90%", "92%（发放问卷200份）"),
        ("每月2次", "24次"),
        ("≥3万余人", "3.2万余人"),
        ("≥3万人", "3.2万多人"),
        ("≥10⁴人", "10⁵人"),
        ("5×10⁴人", "52000人"),
        ("≥5万人", "10\u2074"),
    ],
)
def test_these_texts_leave_the_row_blank(target: str, actual: str) -> None:
    assert typed_points(target, actual) == ""


BEFORE_A_FIGURE = [
    *("控制在", "成本控制在", "封顶", "不突破", "至多", "最多"),
    *("不得大于", "限额", "严控", "严格控制", "误差", "允许偏差"),
    *("波动", "上浮", "下浮", "浮动", "逾期", "延迟"),
    *("推迟", "拖欠", "缺", "少", "欠", "净减"),
    *("取消", "大概", "大约", "回落", "降", "压减"),
    *("保持", "保持在", "稳定在", "扩大", "恢复", "培训"),
    *("控制为", "延误", "延期", "超期", "预算控制数", "成本控制"),
    *("上涨", "节约", "投诉", "年接待", "完成", "共计"),
]
BEHIND_A_FIGURE = [
    *("封顶", "为限", "误差", "左右", "以内", "内"),
    *("以下", "及以下", "以上", "（上限）", "取消", "逾期"),
]


@pytest.mark.parametrize("words", [*BEFORE_A_FIGURE, *(f"5天{tail}" for tail in BEHIND_A_FIGURE)])
def test_words_beside_a_figure_give_no_other_points_than_the_engine_does(words: str) -> None:
    """Where the engine takes them for a ceiling or asks, a form takes no floor out of them."""
    text = words if words[0] == "5" else f"{words}5天"
    for target, actual in ((text, "4天"), (text, "6天"), ("≥4天", text), ("≤4天", text)):
        row = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "甲", "分值": 10}
        head = {"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
        sheet = load_sheet({**head, "指标": [{**row, "目标值": target, "完成值": actual}]})
        wanted = perfeval.score(sheet, HUBEI).lines[0].points
        assert typed_points(target, actual) in ("", wanted), (target, actual)


@pytest.mark.parametrize(
    ("target", "actual", "more", "points"),
    [
        ("90", "0.96", {"单位": "百分比"}, ""),
        ("90", "45", {"单位": "百分比"}, 5),
        ("95", "1.2万", {"单位": "‰"}, ""),
        ("100人", "100人", {"符号": "定性"}, ""),
        ("3", "-4", {"名称": "信访量下降率", "单位": "%"}, ""),
        ("3", "-4", {"名称": "信访量变动", "单位": "%"}, 0),
        ("3", "好", {"名称": "信访量下降率", "单位": "%"}, ""),
    ],
)
def test_what_a_row_says_of_its_figures_counts_for_typed_ones(
    target: str, actual: str, more: dict[str, str], points: object
) -> None:
    """As by the engine, or the row is blank: a stored fraction, 万 of a part, a decline."""
    assert typed_points(target, actual, **more) == points


def typed_points(target: str, actual: str, **more: str) -> Any:
    """Return the points of a row of 10 in which somebody types two texts."""
    row = {"一级指标": "产出指标", "二级指标": "数量指标", "名称": "甲", "分值": 10, **more}
    sheet = load_sheet({"评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例", "指标": [row]})
    cells = [Cell(text, Kind.BLANK) for text in (target, actual)]  # the form reads them itself
    indicator = sheet.indicators[0].model_copy(update={"target": cells[0], "actual": cells[1]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "kept_reading", unknown)
        form = built(HUBEI, sheet.model_copy(update={"indicators": (indicator,)}))
    (value,) = column(form.hidden[0], "得分").values()
    return value
