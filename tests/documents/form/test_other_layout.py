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
    assert "表式用“beijing”" in render(report, "md", layout="beijing").decode()
    with pytest.raises(RenderError, match="是不是“beijing”"):
        render(report, "md", layout="beijin")
    with pytest.raises(RenderError, match="现有：anhui"):
        render(report, "md", layout="x" * 10_000)
    with pytest.raises(RenderError, match="只用于一张自评表"):
        render(report, "md", layout="beijing", document="abstract")
