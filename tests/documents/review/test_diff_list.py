"""The Excel list of what changed: sound, and its texts stay texts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval.documents.review.diff_list import diff_list

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
HOSTILE = ("=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "甲\u2028乙", "_x0041_")


def made(folder: Path) -> Path:
    text = perfeval.dump(perfeval.load_sheet(REAL))
    data = perfeval.load_sheet(text)
    rows = [
        row.model_copy(update={"reason": HOSTILE[at % len(HOSTILE)].strip()})
        for at, row in enumerate(data.indicators)
    ]
    new = perfeval.dump(data.model_copy(update={"indicators": tuple(rows), "name": "=2+2"}))
    path = folder / "对照.xlsx"
    path.write_bytes(diff_list([perfeval.diff(text, new), perfeval.diff(text, "[")], ["=甲"]))
    return path


def test_it_is_sound(tmp_path: Path) -> None:
    result = OpenXmlValidator().validate(str(made(tmp_path)))
    assert [str(error) for error in result.errors] == []


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    texts = {str(cell.value) for cell in cells if cell.value is not None}
    assert {"=1+1", "@SUM(1)", "=2+2", "=甲"} <= texts


def test_what_nobody_asked_for_stands_first(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(tmp_path))
    column = [cell.value for cell in book["改动"]["C"]][1:]
    order = [item.value for item in perfeval.ChangeStanding]
    assert column == sorted(column, key=order.index)
    assert column[0] == "没有要求改的"
