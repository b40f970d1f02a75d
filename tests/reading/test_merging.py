"""Copies of one form that several offices filled become one sheet, and nobody's cell is lost."""

from __future__ import annotations

import io
import random
from typing import Any

import openpyxl
import pytest

from perfeval import ReadingNote, ReadTable, evaluate, load_rulebook, read
from perfeval.documents.workbook import form_workbook
from perfeval.places import CellPlace
from perfeval.reading.merging import FormCopy, form_key, merged
from tests.reading.test_restoring import SHEET

EMPTY = form_workbook(load_rulebook("hubei-2020"))


def form(source: Any = SHEET) -> bytes:
    report = evaluate(source)
    assert report.rulebook is not None
    return form_workbook(report.rulebook, report.sheet)


def filled(raw: bytes, cells: dict[str, Any], *, without: int = 0) -> bytes:
    """Fill a copy in, in a program that is not ours; a row may be taken out."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    page = book["自评表"]
    for place, value in cells.items():
        page[place] = value
    if without:
        for merged_range in [*page.merged_cells.ranges]:
            page.unmerge_cells(str(merged_range))
        page.delete_rows(without)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def copy(name: str, raw: bytes) -> FormCopy:
    (table,) = read(raw, name=name).tables
    return FormCopy(name, table)


def cell_of(raw: bytes, path: tuple[Any, ...]) -> str:
    """Return the address of a value of a form."""
    return str(read(raw).tables[0].place_of(path)).rpartition("!")[2]


def said(table: ReadTable) -> str:
    return "\n".join(map(str, (*table.assumptions, *table.unread)))


def test_what_each_filled_in_counts_with_its_own_file_and_cell() -> None:
    raw = form()
    actual, price = (cell_of(raw, ("指标", at, "完成值")) for at in (0, 1))
    table = merged(
        [
            copy("甲科.xlsx", filled(raw, {actual: "40公里"})),
            copy("乙科.xlsx", filled(raw, {price: "1400元"})),
            copy("丙科.xlsx", raw),
        ]
    )
    rows = table.data["指标"]
    assert [rows[0]["完成值"], rows[1]["完成值"]] == ["40公里", "1400元"]
    assert str(table.place_of(("指标", 0, "完成值"))) == f"甲科.xlsx 自评表!{actual}"
    assert str(table.place_of(("指标", 1, "完成值"))) == f"乙科.xlsx 自评表!{price}"
    assert rows[0]["目标值"] == {"值": 42, "文本": "42（3）公里"}
    assert "由 3 份填报表合并：甲科.xlsx、乙科.xlsx、丙科.xlsx" in said(table)
    assert table.unread == ()


def test_what_two_filled_differently_stays_as_it_was_and_both_cells_are_named() -> None:
    raw = form()
    target = cell_of(raw, ("指标", 1, "目标值"))
    table = merged(
        [
            copy("甲科.xlsx", filled(raw, {target: "1400元"})),
            copy("乙科.xlsx", filled(raw, {target: "1600元"})),
        ]
    )
    row = table.data["指标"][1]
    assert (row["目标值"], row["符号"]) == ("1500元", "≤")
    (note,) = table.unread
    for words in ("单价", f"甲科.xlsx 自评表!{target} 是“1400元”", "1600元”", "仍照原来的“1500元”"):
        assert words in note.message
    assert "按表上的“1400元”读" not in said(table)
    alike = merged([copy(name, filled(raw, {target: "1600元"})) for name in ("甲", "乙")])
    assert alike.data["指标"][1]["目标值"] == "1600元"
    assert alike.unread == ()


def test_rows_that_offices_typed_into_an_empty_form_stand_together() -> None:
    head = {"C3": 2024, "C9": "河道清淤", "D15": 120}
    one = {**head, "D17": "清淤长度", "E17": "42公里", "F17": "36公里", "I17": 10}
    other = {**head, "E15": 98, "D19": "合格率", "E19": "98%", "F19": "97.5%", "I19": 8}
    table = merged([copy("甲.xlsx", filled(EMPTY, one)), copy("乙.xlsx", filled(EMPTY, other))])
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度", "合格率"]
    assert (table.data["预算"]["预算数"], table.data["预算"]["执行数"]) == (120, 98)
    assert str(table.place_of(("指标", 1, "完成值"))) == "乙.xlsx 自评表!F19"
    clash = merged(
        [
            copy("甲.xlsx", filled(EMPTY, one)),
            copy("乙.xlsx", filled(EMPTY, {**one, "F17": "37公里"})),
        ]
    )
    assert "完成值" not in clash.data["指标"][0]
    assert "填得不一样，没有读" in said(clash)


def test_a_row_that_one_took_out_is_kept_and_said_and_one_that_all_took_out_is_gone() -> None:
    raw = form()
    at = int(cell_of(raw, ("指标", 1))[1:])
    table = merged([copy("甲", filled(raw, {}, without=at)), copy("乙", raw)])
    assert [row["名称"] for row in table.data["指标"]] == ["清淤长度", "单价", "作用"]
    assert "甲 里没有“单价”一行，别的填报表里有，保留" in said(table)
    both = merged([copy(name, filled(raw, {}, without=at)) for name in ("甲", "乙")])
    assert [row["名称"] for row in both.data["指标"]] == ["清淤长度", "作用"]


def test_a_cell_that_one_cleared_is_clear_and_said() -> None:
    raw = form()
    place = cell_of(raw, ("指标", 0, "完成值"))
    table = merged([copy("甲", raw), copy("乙", filled(raw, {place: None}))])
    assert "完成值" not in table.data["指标"][0]
    assert "乙 清空了" in said(table)


def test_what_is_said_of_a_row_stays_with_that_row_whatever_other_rows_a_copy_has() -> None:
    """The form had indicators' rows in mind and no funds; each office typed in one of its own."""

    def one(name: str, cell: str, funds: list[str]) -> FormCopy:
        place = CellPlace("自评表", cell)
        note = ReadingNote(f"{name}的格", place, ("指标", 0, "完成值"))
        fund = ReadingNote(f"{name}的钱", place, ("预算", "资金构成", 0, "预算数"))
        data = {
            "指标": [{"名称": name, "完成值": "3"}],
            "预算": {"资金构成": [{"名称": fund_name, "预算数": 5} for fund_name in funds]},
        }
        places = {("指标", 0): place, ("预算", "资金构成", 0): place}
        return FormCopy(name, ReadTable("表", data, places, assumptions=(note, fund), form="同"))

    table = merged([one("甲", "F17", ["其他"]), one("乙", "F19", ["拨款", "其他"])])
    said = {note.message: note.path for note in table.assumptions[1:]}
    rows, funds = table.data["指标"], table.data["预算"]["资金构成"]
    for name, fund in (("甲", "其他"), ("乙", "拨款")):
        assert rows[int(said[f"{name}的格"][1])]["名称"] == name
        assert funds[int(said[f"{name}的钱"][2])]["名称"] == fund
    assert len(said) == 4


@pytest.mark.parametrize("seed", range(12))
def test_copies_together_say_what_one_copy_with_all_their_cells_says(seed: int) -> None:
    draw = random.Random(seed)
    raw = form("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    (table,) = read(raw).tables
    cells = [
        str(place).rpartition("!")[2]
        for path, place in sorted(table.places.items(), key=str)
        if path[-1] in ("目标值", "完成值", "预算数", "执行数")
    ]
    changes = {
        cell: draw.choice(["97.5%", "12次", 30, "400张"] if cell[1:] > "16" else [1000, 1200.5])
        for cell in draw.sample(cells, draw.randint(1, 15))
    }
    shares: list[dict[str, Any]] = [{}, {}, {}]
    for cell, value in changes.items():
        draw.choice(shares)[cell] = value
    names = ["甲", "乙", "丙"]
    copies = [copy(name, filled(raw, share)) for name, share in zip(names, shares, strict=True)]
    (whole,) = read(filled(raw, changes), name="全").tables
    together = merged(copies)
    assert together.data == whole.data
    assert together.unread == whole.unread
    moved = {path: str(place).rpartition("!")[2] for path, place in together.places.items()}
    wanted = {path: str(place).rpartition("!")[2] for path, place in whole.places.items()}
    assert {path: moved[path] for path in wanted if path in moved} == {
        path: wanted[path] for path in wanted if path in moved
    }
    assert len(moved) >= len(wanted) - 2


def test_only_copies_of_one_form_of_one_project_and_year_belong_together() -> None:
    key = form_key(copy("甲", form()).table)
    assert key is not None
    assert key == form_key(copy("乙", filled(form(), {})).table)
    assert key != form_key(copy("乙", form({**SHEET, "年度": 2024})).table)
    assert key != form_key(copy("乙", form({**SHEET, "原因分析": "别的"})).table)
    assert form_key(copy("空表", EMPTY).table) is None if read(EMPTY).tables else True
    assert form_key(read("三级指标,目标值,完成值\n床位数,391,390\n".encode()).tables[0]) is None
