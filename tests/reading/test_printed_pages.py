"""Long tables of ours come back from the pages of a PDF; nothing unchanged is called changed."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

import perfeval
from perfeval import PagePlace, evaluate, read, render
from perfeval.carriers import CarriedCell, CarriedDocument, CarriedGrid, ContentKind, carry
from perfeval.carriers.values import PageBreak
from perfeval.reading.enclosed import Enclosed, enclosed_of
from perfeval.reading.printed_pages import as_printed
from tests.reading.test_restoring import bare
from tests.test_report_national import made

LONG = (
    "对照年初批复的绩效目标，逐项核实完成情况：一是河道清淤三公里全部完成，验收合格；二是沿线绿化（含补植）1.2万平方米"
    "按期完成；三是受雨季影响，部分标段工期顺延15天，年底前已全部扫尾。"
)
_BREAK = PageBreak(2, 2, is_doubtful=True)
OFFICE = "某某县农业农村和水利事业发展服务保障中心（挂县水务局牌子）"


def long_sheet(seed: int, rulebook: str) -> dict[str, Any]:
    """Return a sheet whose table takes more than one page: rows are cut, lines are wrapped."""
    draw = random.Random(seed)
    data = made(seed, rulebook)
    lines = draw.choice([1, 3, 8])
    for row in data["指标"]:
        row.pop("备注")
        row["目标值"], row["完成值"] = row["目标值"] or "3", row["完成值"] or "3"
        if draw.random() < 0.5:
            row["偏差原因"] = LONG
        if draw.random() < 0.5:
            row["名称"] += f"（{LONG[: draw.choice([20, 60])]}）"
    return {
        **data,
        "主管部门": OFFICE,
        "年度目标": "\n".join([LONG] * lines),
        "年度目标完成情况": LONG * lines,
        "原因分析": "\n".join(f"{number}.{LONG}" for number in range(lines)),
        "改进措施": LONG * 2,
    }


@pytest.mark.parametrize("rulebook", perfeval.rulebook_ids())
def test_a_table_over_pages_comes_back_and_is_not_called_changed(rulebook: str) -> None:
    report = evaluate(long_sheet(len(rulebook), rulebook))
    (table,) = read(render(report, "pdf"), name="自评表.pdf").tables
    assert bare(evaluate(table.data).sheet) == bare(report.sheet)
    assert table.unread == ()
    assert len(table.assumptions) <= 1, table.assumptions


def cell(row: int, column: int, text: str) -> CarriedCell:
    kind = ContentKind.TEXT if text else ContentKind.BLANK
    return CarriedCell(row, column, PagePlace(1, row + 1), kind, text)


def cut(*texts: tuple[str, str]) -> CarriedDocument:
    """Return a table of which a page has cut the second row."""
    rows = [("名称", "原因"), *texts, ("绿化", "无")]
    cells = [
        cell(at, across, text) for at, row in enumerate(rows) for across, text in enumerate(row)
    ]
    grid = CarriedGrid(
        "", 1, tuple(cells), len(rows), 2, page_breaks=(PageBreak(2, 2, is_doubtful=True),)
    )
    return CarriedDocument(carry(b"a").kind, (grid,))  # type: ignore[union-attr]


def shown(*texts: str) -> Enclosed:
    report = evaluate({"评分办法": "mof-2020", "年度": 2023, "项目名称": "甲"})
    from perfeval.documents.inputs.enclosed import ShownCell, ShownTexts, enclosed_text

    cells = tuple(ShownCell(at, 0, 1, 1, text) for at, text in enumerate(texts))
    assert report.rulebook is not None
    found = enclosed_of(enclosed_text(report.rulebook, report.sheet, ShownTexts((), cells)))
    assert found is not None
    return found


def texts_of(document: CarriedDocument) -> list[str]:
    return [one.text for grid in document.grids for one in grid.cells]


def test_the_two_parts_of_a_row_are_one_only_where_they_are_what_was_shown() -> None:
    known = shown("名称", "原因", "清淤", "雨季停工，工期顺延", "绿化", "无")
    whole = as_printed(cut(("清淤", "雨季停工，"), ("", "工期顺延")), [known])
    assert texts_of(whole) == ["名称", "原因", "清淤", "雨季停工，工期顺延", "绿化", "无"]
    assert whole.grids[0].height == 3
    for first, rest in (
        (("清淤", "雨季停工，"), ("", "工期缩短")),
        (("清淤", "雨季，"), ("", "无")),
    ):
        changed = cut(first, rest)
        assert as_printed(changed, [known]) == changed
    stranger = cut(("清淤", "雨季停工，"), ("", "工期顺延"))
    assert as_printed(stranger, []) == stranger
    assert as_printed(stranger, [replace(known, is_form=True)]) == stranger


def test_a_row_that_somebody_added_below_a_page_is_none_of_the_row_above() -> None:
    known = shown("名称", "原因", "清淤", "停工", "绿化", "无")
    added = cut(("清淤", "停工"), ("绿化", "无"))
    assert texts_of(as_printed(added, [known])) == texts_of(added)
