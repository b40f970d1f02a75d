"""Tables that the end of a page cuts: half a name or half a value is never read as a whole one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perfeval.carriers import (
    CarriedCell,
    CarriedDocument,
    CarriedGrid,
    CarrierKind,
    ContentKind,
    PageBreak,
)
from perfeval.places import PagePlace
from perfeval.reading.candidates import parts_of
from perfeval.reading.model import ReadTable
from perfeval.reading.table import Candidate, read_table

HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
ONE = ["产出指标", "数量指标", "床位数", "391张", "390张", "10", "9", "雨季停工"]
TWO = ["", "", "护理员数", "12人", "12人", "10", "10", ""]
TOTAL = ["总分", "", "", "", "", "100", "97", ""]


def table_of(*pages: Sequence[Sequence[str]]) -> ReadTable:
    """Read a table of which each page has some rows, as a PDF gives them."""
    cells, breaks, row = [], [], 0
    for number, rows in enumerate(pages, 1):
        if row:
            breaks.append(PageBreak(row, number, is_doubtful=True))
        for line, texts in enumerate(rows, 1):
            for column, text in enumerate(texts):
                kind = ContentKind.TEXT if text else ContentKind.BLANK
                cells.append(CarriedCell(row, column, PagePlace(number, line), kind, text))
            row += 1
    grid = CarriedGrid("", 1, tuple(cells), row, len(HEAD), page_breaks=tuple(breaks))
    (part,) = parts_of(CarriedDocument(CarrierKind.PDF, (grid,)))
    assert isinstance(part, Candidate)
    return read_table(part)


def names(table: ReadTable) -> list[str]:
    return [row["名称"] for row in table.data["指标"]]


def said(table: ReadTable) -> str:
    return "\n".join(map(str, table.unread))


def test_a_page_that_ends_between_two_rows_cuts_nothing() -> None:
    whole, cut = table_of([HEAD, ONE, TWO, TOTAL]), table_of([HEAD, ONE], [TWO, TOTAL])
    assert cut.data == whole.data
    assert "换页" not in said(cut)
    again = table_of([HEAD, ONE], [HEAD, TWO, TOTAL])
    assert again.data == whole.data


CUT = {
    "a name": (["", "", "护理", "12人", "12人", "10", "10", ""], ["", "", "员数", *[""] * 5]),
    "a target": (["", "", "护理员数", "1", "12人", "10", "10", ""], ["", "", "", "2人", *[""] * 4]),
    "an actual and a name": (
        ["", "", "护理", "12人", "1", "10", "10", ""],
        ["", "", "员数", "", "2人", "", "", ""],
    ),
    "a reason": (
        ["", "", "护理员数", "12人", "9人", "10", "8", "招工"],
        ["", "", "", "", "", "", "", "困难"],
    ),
    "all but what stands in the middle of its cell": (
        ["", "", "护理", "12", "12", "", "", ""],
        ["", "", "员数", "人", "人", "10", "10", ""],
    ),
}


@pytest.mark.parametrize("case", CUT)
def test_a_row_that_a_page_may_have_cut_is_not_read_and_named(case: str) -> None:
    above, below = CUT[case]
    table = table_of([HEAD, ONE, above], [below, TOTAL])
    assert names(table) == ["床位数"]
    for text in filter(None, (*above, *below)):
        assert text in said(table)


def test_the_rows_after_a_cut_one_are_read() -> None:
    above, below = CUT["a name"]
    table = table_of([HEAD, above], [below, ONE, TOTAL])
    assert names(table) == ["床位数"]
    assert table.data["指标"][0]["一级指标"] == "产出指标"
    assert str(table.data["已填报"]["总分"]) == "97"


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("服务对象满意度指", "标", "服务对象满意度指标"),
        ("服务", "对象满意度指标", "服务对象满意度指标"),
    ],
)
def test_the_two_halves_of_a_level_that_forms_have_are_one(
    above: str, below: str, whole: str
) -> None:
    first = ["效益指标", above, "甲", "1", "1", "10", "10", ""]
    second = ["", below, "乙", "2", "2", "10", "10", ""]
    table = table_of([HEAD, first], [second, TOTAL])
    assert [row["二级指标"] for row in table.data["指标"]] == [whole, whole]
    assert any("接成一个" in str(note) for note in table.assumptions)


def test_another_level_on_the_next_page_is_another() -> None:
    first = ["产出指标", "数量指标", "甲", "1", "1", "10", "10", ""]
    second = ["", "质量指标", "乙", "2", "2", "10", "10", ""]
    table = table_of([HEAD, first], [second, TOTAL])
    assert [row["二级指标"] for row in table.data["指标"]] == ["数量指标", "质量指标"]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("4\n2（3）", False),
        ("1,2\n86", False),
        ("12\n.5", False),
        ("42\n人", True),
        ("得到\n提升", True),
    ],
)
def test_a_number_that_is_broken_between_two_lines_is_not_read(text: str, *, is_read: bool) -> None:
    row = [*ONE[:4], text, *ONE[5:]]
    table = table_of([HEAD, row, TOTAL])
    assert ("完成值" in table.data["指标"][0]) == is_read
    assert ("断了行" in said(table)) == (not is_read)
