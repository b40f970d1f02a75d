"""The form belongs to the rulebook: every layout prints every sheet, and adds up at load."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval import Rulebook, RulebookError, render
from perfeval.documents.form.grid import GridPart, GridRow, Role, Table, place
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats.html import write_table as write_html
from perfeval.documents.formats.markdown import write_table as write_markdown
from perfeval.documents.formats.word import write_table as write_word
from perfeval.tiling import tiled
from tests.documents.reading import Seen, covers_exactly_once, read_html, word_cells
from tests.documents.rows import BENEFIT, CLIENTS, OUTPUT, hostile_sheet

IDS = perfeval.rulebook_ids()
LAYOUTS = ("hubei-2020", "mof-2020", "sichuan", "yunnan", "chongqing", "hebei", "ningxia-yuanzhou")
RURAL = Path(__file__).parent / "衔接资金.yaml"
every_book = pytest.mark.parametrize("name", IDS)
KINDS = ("项目支出", "部门整体支出")


def book_of(name: str) -> Rulebook:
    return perfeval.load_rulebook(RURAL if name == "衔接资金" else name)


def table_of(data: dict[str, Any], name: str) -> Table:
    book = book_of(name)
    sheet = perfeval.load_sheet({"评分办法": name, "年度": 2023, "项目名称": "示例", **data})
    return lay_out(perfeval.score(sheet, book))


def rows(table: Table) -> list[list[str]]:
    return [[cell.text.replace("\n", "") for cell in cells] for cells in table.rows]


def row(table: Table, first: str) -> list[str]:
    """Return the row that begins with this text."""
    return next(texts for texts in rows(table) if texts and texts[0] == first)


SHORT = {**OUTPUT, "完成值": "75张", "偏差原因": "停工", "改进措施": "补建"}
SHEET: dict[str, Any] = {
    "主管部门": "某局",
    "实施单位": "某中心",
    "年度目标": "修缮 100 张床位",
    "预算": {
        "年初预算数": 120,
        "预算数": "100.50",
        "执行数": "88.25",
        "偏差原因": "尾款未付",
        "资金构成": [{"名称": "其中：当年财政拨款", "预算数": 60, "执行数": 45}],
    },
    "指标": [SHORT, BENEFIT, CLIENTS],
}


# -- what each place prints, typed from the published tables ---------------------------------------


def headings(table: Table, text: str) -> list[str]:
    """Return the row of column headings that has this one."""
    return next(texts for texts in rows(table) if text in texts)


def test_the_national_form_prints_its_columns_fund_rows_and_goals() -> None:
    """Typed from the tables of 棠溪镇 (2022) and 明朗中学 (2022)."""
    table = table_of(SHEET, "mof-2020")
    assert headings(table, "执行率")[1:] == [
        "",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    ]
    assert row(table, "年度资金总额")[1:] == ["120", "100.50", "88.25", "10", "87.81%", "8.78"]
    assert row(table, "其中：当年财政拨款")[1:] == ["", "60", "45", "—", "75.00%", "—"]
    assert row(table, "上年结转资金")[1:] == ["", "", "", "—", "", "—"]
    assert headings(table, "预期目标") == ["年度总体目标", "预期目标", "实际完成情况"]
    assert row(table, "修缮 100 张床位") == ["修缮 100 张床位", ""]
    assert headings(table, "三级指标")[1:] == [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    assert row(table, "总分")[1] == "90"  # what the weights add up to


def test_sichuan_prints_a_stroke_for_the_points_of_its_fund_rows() -> None:
    """Typed from the table of 青神县发展和改革局 (2023), 510000_0013zp."""
    table = table_of(SHEET, "sichuan")
    assert table.above_left == "报表编号：510000_0013zp"
    assert table.signatures == ("项目负责人：", "财务负责人：")
    assert headings(table, "年初预算")[1:] == [
        "年度预算数（万元）",
        "年初预算",
        "调整后预算数",
        "预算执行数",
        "预算执行率",
        "权重",
        "得分",
        "原因",
    ]
    assert row(table, "总额")[-3:] == ["10", "8.78", "尾款未付"]
    names = ("其中：财政资金", "财政专户管理资金", "单位资金", "其他资金")
    assert all(row(table, name)[-3:-1] == ["/", "/"] for name in names)
    assert headings(table, "三级指标")[4:] == [
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "未完成原因分析",
    ]


def test_a_kind_of_money_that_the_form_does_not_name_follows_those_it_names() -> None:
    money = {"名称": "其中：上级补助", "预算数": 60, "执行数": 45}
    sheet = {**SHEET, "预算": {**SHEET["预算"], "资金构成": [money]}}
    names = [texts[0] for texts in rows(table_of(sheet, "sichuan"))]
    assert names.index("其中：上级补助") == names.index("其他资金") + 1


def test_a_kind_of_money_stands_in_the_row_that_the_form_has_for_it() -> None:
    """其中：当年财政拨款 of one place is 其中：财政资金 of another."""
    table = table_of(SHEET, "sichuan")
    assert row(table, "其中：财政资金")[2:4] == ["60", "45"]
    assert not [texts for texts in rows(table) if texts[:1] == ["其中：当年财政拨款"]]


def test_yunnan_divides_the_target_and_prints_yuan_and_the_grade() -> None:
    """Typed from 公开14表 of 明朗中学 (2022)."""
    closed = [
        {**OUTPUT, "分值": 50, "目标值": "95%以上", "完成值": "95%"},
        {**BENEFIT, "分值": 30, "目标值": "有效", "完成值": "有效", "已填报得分": 30},
        {**CLIENTS, "分值": 10},
    ]
    table = table_of({**SHEET, "指标": closed}, "yunnan")
    assert table.above_right == "公开14表"
    assert row(table, "年度资金总额")[1:4] == ["1200000", "1005000", "882500"]
    assert row(table, "绩效指标") == [
        "绩效指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    assert row(table, "一级指标")[3:] == ["指标性质", "指标值", "度量单位"]
    assert row(table, "产出指标")[2:8] == ["床位数", "≥", "95", "%", "95%", "50"]
    assert row(table, "效益指标")[3:6] == ["", "有效", ""]
    assert row(table, "总分") == ["总分", "100", "98.78", "优"]
    assert row(table, "其他需要说明事项")[1] == "预算执行：尾款未付"


def test_chongqing_lists_indicators_flat_with_their_coefficient() -> None:
    """Typed from the table of the media centre (2021); points are weight × coefficient."""
    table = table_of(SHEET, "chongqing")
    assert headings(table, "指标名称")[1:] == [
        "指标名称",
        "计量单位",
        "指标性质",
        "年初指标值",
        "调整指标值",
        "全年完成值",
        "得分系数（%）",
        "指标权重",
        "指标得分",
        "是否核心指标",
        "说明",
    ]
    assert row(table, "床位数") == [
        "床位数",
        "张",
        "",
        "100",
        "",
        "75张",
        "75.00%",
        "40",
        "30.00",
        "",
        "停工补建",
    ]
    assert row(table, "主管部门")[-2] == "自评总分（分）"


def test_a_coefficient_is_taken_before_the_points_are_rounded() -> None:
    """26 of 32 is 81.25 %, although 1.63 of 2 points is 81.5 %."""
    rows_ = [{**OUTPUT, "分值": 2, "目标值": 32, "完成值": 26}]
    assert row(table_of({**SHEET, "指标": rows_}, "chongqing"), "床位数")[6] == "81.25%"


def test_hebei_closes_the_list_with_the_budget() -> None:
    table = table_of(SHEET, "hebei")
    assert row(table, "执行率") == ["执行率", "10", "", "", "", "87.81%", "", "8.78"]
    assert rows(table).index(row(table, "执行率")) == rows(table).index(row(table, "总分")) - 1


def test_yuanzhou_prints_the_total_above_and_no_points_for_the_budget() -> None:
    table = table_of(SHEET, "ningxia-yuanzhou")
    assert rows(table)[0][2] == "项目总得分"
    assert row(table, "年度资金总额") == ["年度资金总额", "120", "100.50", "88.25", "87.81%"]
    assert headings(table, "三级指标")[4:8] == ["分值", "年度指标值", "全年实际值", "得分"]


def test_another_form_is_one_file_of_differences() -> None:
    """The form of 衔接资金 (萧县, 2023): the weight stands before the target."""
    table = table_of(SHEET, "衔接资金")
    assert headings(table, "三级指标")[4:] == [
        "分值",
        "年度指标值",
        "全年实际值",
        "得分",
        "未完成原因及拟采取的改进措施",
    ]
    assert headings(table, "全年预算数（A）")[2:] == [
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率（B/A）",
        "得分",
    ]


def test_a_whole_department_has_a_form_of_its_own() -> None:
    """Typed from the table of 茶谷和美丽乡村建设服务中心 (2023)."""
    table = table_of({**SHEET, "表种": "部门整体支出"}, "mof-2020")
    assert table.title == "部门整体支出绩效自评表"
    assert rows(table)[0] == ["部门", "某局"]
    assert table_of(SHEET, "mof-2020").title == "项目支出绩效自评表"


def test_several_goals_with_weights_have_a_block_each_in_the_hubei_form() -> None:
    """黄冈 2020: 年度绩效目标1（40分） and 年度绩效目标2（40分）."""
    goals = [{"内容": "甲", "分值": 50}, {"内容": "乙", "分值": 30}]
    indicators = [
        {**OUTPUT, "分值": 40, "所属目标": 1},
        {**BENEFIT, "分值": 10, "所属目标": 1},
        {**BENEFIT, "分值": 10, "所属目标": 2},
        {**CLIENTS, "所属目标": 2},
    ]
    table = table_of({"多个目标": goals, "指标": indicators}, "hubei-2020")
    blocks = [
        (cell.text.replace("\n", ""), cell.rowspan)
        for cell in table.cells
        if cell.text.startswith("年度绩效")
    ]
    assert blocks == [("年度绩效目标1（50分）", 3), ("年度绩效目标2（30分）", 2)]
    benefits = [cell.text for cell in table.cells if cell.text.startswith("效益指标")]
    assert benefits == ["效益指标\n（10分）", "效益指标\n（10分）"]


# -- every sheet in every layout -------------------------------------------------------------------

ASPECTS = {
    "产出指标": ["数量指标", "质量指标", "成本指标"],
    "效益指标": ["社会效益指标"],
    "满意度指标": ["服务对象满意度指标"],
}


@st.composite
def indicators(draw: st.DrawFn) -> dict[str, Any]:
    section = draw(st.sampled_from(list(ASPECTS)))
    child = st.fixed_dictionaries({"名称": st.just("子项")})
    return {
        "一级指标": section,
        "二级指标": draw(st.sampled_from(ASPECTS[section])),
        "名称": draw(st.sampled_from("甲乙丙")),
        "分值": draw(st.none() | st.integers(0, 40)),
        "目标值": draw(st.sampled_from([None, "≥10张", "95%以上", "好", "不超过5户"])),
        "完成值": draw(st.sampled_from([None, "7张", "10张", "96%", "好"])),
        "偏差原因": draw(st.none() | st.just("停工")),
        "其中": draw(st.lists(child, max_size=2)),
        "所属目标": draw(st.none() | st.integers(1, 2)),
    }


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a small sheet: any sections and aspects in any order, children, funds, goals, blanks."""
    amount = st.none() | st.integers(0, 99)
    fund = st.fixed_dictionaries({"名称": st.sampled_from(["其他资金", "自筹"]), "执行数": amount})
    goals = [{"内容": "甲", "分值": 40}, {"内容": "乙", "完成情况": "完成"}]
    return {
        "表种": draw(st.sampled_from(KINDS)),
        "多个目标": draw(st.sampled_from([[], goals])),
        "指标": draw(st.lists(indicators(), max_size=6)),
        "金额单位": draw(st.sampled_from(["万元", "元"])),
        "预算": {
            "年初预算数": draw(amount),
            "预算数": draw(amount),
            "执行数": draw(amount),
            "资金构成": draw(st.lists(fund, max_size=2, unique_by=lambda one: one["名称"])),
        },
    }


@given(sheets(), st.sampled_from([*IDS, "衔接资金"]))
def test_any_sheet_covers_every_track_of_any_form_exactly_once(
    sheet: dict[str, Any], name: str
) -> None:
    table = table_of(sheet, name)
    cells = [Seen(*cell[:5]) for cell in table.cells]
    assert covers_exactly_once(cells, len(table.rows), len(table.widths))


@pytest.mark.parametrize("name", [*LAYOUTS, "衔接资金"])
def test_every_format_shows_the_same_grid(name: str) -> None:
    table = table_of(SHEET, name)
    cells = [Seen(*cell[:5]) for cell in table.cells]
    assert word_cells(write_word(table)) == cells
    assert read_html(write_html(table)).cells == cells
    lines = [line for line in write_markdown(table).decode().splitlines() if line[:1] == "|"]
    assert len(lines) == len(table.rows) + 1


@every_book
@pytest.mark.parametrize("kind", KINDS)
def test_every_layout_gives_clean_word_and_equal_bytes(
    name: str, kind: str, tmp_path: Path
) -> None:
    report = perfeval.evaluate(
        {"评分办法": name, "年度": 2023, "项目名称": "示例", "表种": kind, **SHEET}
    )
    document = render(report, "docx")
    assert render(report, "docx") == document
    path = tmp_path / "table.docx"
    path.write_bytes(document)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


@every_book
def test_hostile_texts_stay_texts_in_every_layout(name: str) -> None:
    text = "<script>{{7*7}}|{年度}]]></w:t>"
    page = render(perfeval.evaluate({**hostile_sheet(text), "评分办法": name}), "html").decode()
    assert "<script>" not in page
    assert "{{7*7}}|{年度}" in page


@every_book
def test_no_name_in_braces_is_left_standing(name: str) -> None:
    for kind in KINDS:
        table = table_of({**SHEET, "表种": kind}, name)
        texts = [table.title, table.above_left, table.above_right, *table.notes, *table.signatures]
        assert not [text for text in (*texts, *(cell.text for cell in table.cells)) if "{" in text]


# -- a form that does not add up is refused when it is loaded --------------------------------------

BLOCK = """\
编号: 甲
名称: 甲
地区: 甲
版本: "1"
继承: hubei-2020
表式:
  来源: 甲
  条款:
"""
CELL = "{标签: 甲, 占: 7}"


def refused(folder: Path, text: str) -> list[tuple[int | None, str]]:
    path = folder / "办法.yaml"
    path.write_text(BLOCK + text, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        perfeval.load_rulebook(path)
    return [(finding.line, finding.message) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"  表头:\n    - [{CELL}]\n    - [{{标签: 甲, 占: 6}}]\n",
            (11, "这一行的单元格共占 6 栏，全表 7 栏"),
        ),
        (
            (
                "  中部:\n    - [{标签: 甲, 占行: 2}, {字段: 空白, 占: 6}]\n"
                "    - [{字段: 空白, 占: 7}]\n"
            ),
            (11, "这一行的单元格共占 7 栏，全表 7 栏，其中 1 栏已由上方的单元格占去"),
        ),
        (
            "  中部:\n    - [{占: 3}, {占行: 2}, {占: 3}]\n    - [{占: 4}, {占: 2}]\n",
            (11, "这一行有单元格被上方向下合并的单元格隔断"),
        ),
        (
            "  表尾:\n    - [{标签: 甲, 占行: 2}, {字段: 总分, 占: 6}]\n",
            (10, "单元格向下合并，超出了这一部分的最后一行"),
        ),
        (
            f"  表头:\n    - [{{标签: 甲, 字段: 总分, 占: 7}}]\n    - [{CELL}]\n",
            (10, "标签、字段、选项只能写其中一个"),
        ),
        ("  预算栏:\n    - {内容: 资金名称, 占: 6}\n", (10, "这一行的单元格共占 6 栏，全表 7 栏")),
        ("  预算栏:\n    - {内容: 栏名, 占: 7}\n", (10, "除了“栏名”没有别的栏")),
        (
            '  标题: "{年分}年"\n',
            (9, "“{年分}”不认识；可写：{年度}、{项目名称}、{部门名称}、{金额单位}、{满分}"),
        ),
        (
            '  附注: [甲, "{分值}分"]\n',
            (9, "“{分值}”不认识；可写：{年度}、{项目名称}、{部门名称}、{金额单位}、{满分}"),
        ),
        (
            "  选项: {项目级别: [甲]}\n",
            (9, "“项目级别”不是选项栏；可写：项目类别、项目属性、项目类型"),
        ),
    ],
)
def test_a_form_that_does_not_add_up_is_refused_at_load(
    tmp_path: Path, text: str, found: tuple[int, str]
) -> None:
    assert refused(tmp_path, text) == [found]


def test_the_columns_must_fit_the_page_on_which_they_stand(tmp_path: Path) -> None:
    head = "  表头: []\n  预算栏: []\n  表尾: []\n"
    wide = "  指标栏:\n    - {内容: 三级指标, 宽: 195}\n"
    assert refused(tmp_path, head + wide) == [
        (13, "各栏合计宽 195 毫米，竖放的 A4 纸最多 194 毫米")
    ]
    path = tmp_path / "横.yaml"
    path.write_text(f"{BLOCK}{head}  横向: true\n{wide}", encoding="utf-8")
    assert perfeval.load_rulebook(path).form.landscape


def test_boxes_need_their_options(tmp_path: Path) -> None:
    path = tmp_path / "办法.yaml"
    text = BLOCK.replace("hubei-2020", "mof-2020") + "  表头:\n    - [{选项: 项目类别, 占: 9}]\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="处错误") as caught:
        perfeval.load_rulebook(path)
    assert [finding.message for finding in caught.value.findings] == [
        "“选项”里没有列出“项目类别”有哪几项"
    ]


SPANS = st.tuples(st.integers(1, 3), st.integers(1, 3))


@given(st.lists(st.lists(SPANS, min_size=1, max_size=4), min_size=1, max_size=4), st.integers(1, 5))
def test_what_is_loaded_can_be_laid_out(blocks: list[list[tuple[int, int]]], width: int) -> None:
    """The proof at load refuses exactly the blocks that the grid refuses."""
    parts = [
        GridRow("行", tuple(GridPart("", Role.VALUE, *span) for span in spans)) for spans in blocks
    ]
    is_proved = not tiled(blocks, width).misfits
    try:
        place(parts, width)
    except perfeval.RenderError:
        assert not is_proved
    else:
        assert is_proved


def test_widths_and_layouts_differ_from_place_to_place() -> None:
    """Otherwise the tests above would hold for one layout only."""
    contents = [
        tuple(column.content for column in book_of(name).form.indicators)
        for name in sorted(LAYOUTS)
    ]
    assert all(one != other for one, other in pairwise(contents))
    assert len(set(contents)) == len(LAYOUTS)


@every_book
@pytest.mark.parametrize("printed", ["≥１２张", "≥0012", "<!--42", "十二张"])
def test_a_printed_text_beside_its_number_never_stops_a_document(name: str, printed: str) -> None:
    target = {"值": 12, "文本": printed}
    data = {"指标": [{**OUTPUT, "目标值": target, "完成值": target}, BENEFIT, CLIENTS]}
    table = table_of(data, name)
    assert any(printed in text for texts in rows(table) for text in texts)


def test_funds_of_one_name_keep_their_rows() -> None:
    names = {"上年结转资金": 60, "上年结转资金：": 40}
    funds = [{"名称": name, "预算数": amount} for name, amount in names.items()]
    texts = rows(table_of({"预算": {"预算数": 100, "资金构成": funds}}, "mof-2020"))
    printed = [text for line in texts for text in line if any("上年结转资金" in t for t in line)]
    assert {"60", "40"} <= set(printed)


def test_the_row_of_the_rate_says_its_own_weight_and_no_unknown_name(tmp_path: Path) -> None:
    source = (
        "编号: mine\n名称: 示例\n地区: 示例\n版本: '1'\n继承: hebei\n表式:\n  来源: 示例\n"
        "  条款:\n  执行率行: '预算执行率（{分值}分）'\n"
    )
    (tmp_path / "mine.yaml").write_text(source, "utf-8")
    (tmp_path / "wrong.yaml").write_text(source.replace("{分值}分", "{未知}分"), "utf-8")
    book = perfeval.load_rulebook(tmp_path / "mine.yaml")
    sheet = perfeval.load_sheet(
        {
            "评分办法": "mine",
            "年度": 2023,
            "项目名称": "示例",
            "指标": [OUTPUT, BENEFIT, CLIENTS],
        }
    )
    texts = [cell for line in rows(lay_out(perfeval.score(sheet, book))) for cell in line]
    assert f"预算执行率（{book.weights.execution}分）" in texts
    with pytest.raises(RulebookError, match="未知"):
        perfeval.load_rulebook(tmp_path / "wrong.yaml")
