"""Our points in another place's form: what has no place there stands below the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from perfeval import RenderError, Scorecard, evaluate, load_rulebook, load_sheet, render, score
from perfeval.documents.form.grid import Table
from perfeval.documents.form.table import lay_out
from perfeval.readers.layouts import layout_ids
from perfeval.readers.rulebooks import load_layout
from tests.documents.rows import BENEFIT, CLIENTS, OUTPUT

SHEET: dict[str, Any] = {
    "年度": 2023,
    "项目名称": "河道清淤",
    "主管部门": "县水务局",
    "实施单位": "河道管护所",
    "项目类别": "部门预算项目",
    "年度目标": "清淤三公里",
    "年度目标完成情况": "清淤二点九公里",
    "预算": {
        "年初预算数": "111.11",
        "预算数": "123.45",
        "执行数": "98.76",
        "偏差原因": "雨季停工",
        "资金构成": [{"名称": "县级彩票公益金", "预算数": "123.45", "执行数": "98.76"}],
    },
    "指标": [
        {**OUTPUT, "偏差原因": "设备迟到", "改进措施": "提前采购"},
        {**BENEFIT, "二级指标": "生态效益"},
        CLIENTS,
    ],
}


YUAN = {"111.11": "1111100", "123.45": "1234500", "98.76": "987600"}


def card_of(book: str) -> Scorecard:
    return score(load_sheet({"评分办法": book, **SHEET}), load_rulebook(book))


def all_texts(table: Table) -> str:
    cells = [cell.text for row in table.rows for cell in row]
    above = filter(None, (table.title, table.above_left, table.above_right))
    return "\n".join([*above, *cells, *table.notes])


@pytest.mark.parametrize("layout", layout_ids())
@pytest.mark.parametrize("book", ["hubei-2020", "mof-2020", "chongqing", "shanghai"])
def test_nothing_that_the_own_form_prints_is_lost_in_another(book: str, layout: str) -> None:
    """Every figure, name, reason and point that our form prints stands in the other, or below."""
    card = card_of(book)
    own, other = lay_out(card), lay_out(replace(card, layout=load_layout(layout)))
    shown = all_texts(other)
    own_words = all_texts(own)
    filled = [
        *("河道清淤", "县水务局", "河道管护所", "清淤三公里", "清淤二点九公里"),
        *("111.11", "123.45", "98.76", "雨季停工", "设备迟到", "提前采购"),
        *("县级彩票公益金", "部门预算项目"),
        *(text for row in card.sheet.indicators for text in (row.name, row.section.label)),
        *(row.actual.text for row in card.sheet.indicators if row.actual),
        *(f"{line.points}" for line in card.rows if line.points is not None),
        f"{card.total}",
    ]
    lost = [text for text in filled if text in own_words and text not in shown]
    if load_layout(layout).money_unit is not None:  # it prints amounts in 元
        lost = [text for text in lost if YUAN.get(text, text) not in shown]
    assert lost == []
    assert card.rulebook.name in shown


def test_the_own_form_has_no_such_remark() -> None:
    card = card_of("hubei-2020")
    assert not any("表式用" in note for note in lay_out(card).notes)
    assert lay_out(replace(card, layout=card.own_form)).rows == lay_out(card).rows


def test_points_find_a_place_below_a_form_without_points() -> None:
    table = lay_out(replace(card_of("hubei-2020"), layout=load_layout("transfer-payment")))
    below = [
        note for note in table.notes if note.startswith(("得分：", "分值：", "预算执行得分："))
    ]
    assert len(below) == 3
    assert table.title != lay_out(card_of("hubei-2020")).title


def test_a_layout_changes_neither_points_nor_the_stamp() -> None:
    card = card_of("hubei-2020")
    other = replace(card, layout=load_layout("beijing"))
    assert (other.total, other.stamp) == (card.total, card.stamp)


def test_a_layout_is_for_a_table_and_must_be_known() -> None:
    report = evaluate({"评分办法": "hubei-2020", **SHEET})
    assert (
        "表式用“北京市项目支出绩效自评评分办法”所附的表"
        in render(report, "md", layout="beijing").decode()
    )
    with pytest.raises(RenderError, match="是不是“beijing”"):
        render(report, "md", layout="beijin")
    with pytest.raises(RenderError, match="现有：anhui"):
        render(report, "md", layout="x" * 10_000)
    with pytest.raises(RenderError, match="只用于一张自评表"):
        render(report, "md", layout="beijing", document="abstract")


REVIEWED: dict[str, Any] = {
    **SHEET,
    "已填报": {"复核分": 88},
    "预算": {**SHEET["预算"], "已填报": {"复核分": 17}},
    "指标": [
        {**OUTPUT, "复核得分": 39, "扣减分数": 1},
        {
            **{key: value for key, value in BENEFIT.items() if key not in ("目标值", "完成值")},
            "分单位": [
                {"单位": "甲所", "资金": 10, "目标值": "30人", "完成值": "28人"},
                {"单位": "乙所", "资金": 5, "目标值": "20人", "完成值": "21人"},
            ],
        },
    ],
}


@pytest.mark.parametrize("layout", [None, "yunnan", "hubei-2020"])
def test_what_no_form_has_a_column_for_stands_below_the_table(layout: str | None) -> None:
    """What a reviewer gave is evidence: it is shown, wherever the sheet is printed."""
    notes = render(evaluate({"评分办法": "hubei-2020", **REVIEWED}), "md", layout=layout).decode()
    row, units = OUTPUT["名称"], BENEFIT["名称"]
    second = "乙所（资金 5，目标值 20人，完成值 21人）"
    for line in (
        f"复核分：总分 88；预算执行 17；{row} 39",
        f"扣减分数：{row} 1",
        f"“{units}”分单位：甲所（资金 10，目标值 30人，完成值 28人）；{second}",
    ):
        assert notes.count(line) == 1
    assert notes.count("注：表上没有下列内容的位置，列在这里：") == 1


def test_rules_of_scoring_below_a_form_are_those_that_scored() -> None:
    """Notes that are law belong to the rulebook, notes of filling to the form."""
    own = lay_out(card_of("beijing"))
    assert [note[:4] for note in own.notes[:3]] == ["注：1.", "2.“未", "3.不适"]
    other = lay_out(replace(card_of("hubei-2020"), layout=load_layout("beijing")))
    assert other.notes[0].startswith("注：“未完成原因分析”写明")
    assert not any("折算为百分制" in note or "× 分值" in note for note in other.notes)
    taken = lay_out(replace(card_of("beijing"), layout=load_layout("yunnan")))
    assert taken.notes[0].startswith("注：定量指标，正向的")
    assert taken.notes[1].startswith("注：不适用的指标不考核")


def test_a_unit_of_percentage_points_is_printed_as_it_is_written() -> None:
    rows = [{**OUTPUT, "目标值": "≥5个百分点", "完成值": "6个百分点"}, BENEFIT, CLIENTS]
    sheet = load_sheet({"评分办法": "hubei-2020", **SHEET, "指标": rows})
    card = score(sheet, load_rulebook("hubei-2020"))
    table = lay_out(replace(card, layout=load_layout("yunnan")))
    cells = [[cell.text for cell in row] for row in table.rows]
    (row,) = [row for row in cells if OUTPUT["名称"] in row]
    at = row.index("个百分点")
    assert row[at - 2 : at] == ["≥", "5"]
