"""Workbooks of LibreOffice: .ods, and .xls as Excel 97 wrote it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from perfeval.carriers import ContentKind, RemarkKind, carry
from perfeval.errors import MissingExtraError
from perfeval.places import CellPlace
from tests.carriers.made import carried, differences, grid_of, refused, table
from tests.carriers.workbooks import unzipped, zipped

DATA = Path(__file__).parent / "data"


def raw_of(name: str) -> bytes:
    if name.endswith(".xls"):
        pytest.importorskip("xlrd")
    return (DATA / name).read_bytes()


@pytest.mark.parametrize("name", ["table-1.xls", "table-1.ods"])
def test_a_table_is_read(name: str) -> None:
    assert differences(table(1), grid_of(raw_of(name))) == []


@pytest.mark.parametrize("name", ["kinds.xls", "kinds.ods"])
def test_every_kind_of_cell_is_read(name: str) -> None:
    document = carried(raw_of(name))
    grid, other = document.grids
    percent, day = grid.at(0, 1), grid.at(0, 2)
    assert (percent.kind, percent.text, percent.number, percent.raw) == (
        *(ContentKind.PERCENT, "97.00%", Decimal("0.97"), "0.97"),
    )
    assert (day.kind, day.text, day.day) == (
        *(ContentKind.DATE, "2023年12月31日", datetime.date(2023, 12, 31)),
    )
    assert (grid.at(1, 0).number, grid.at(1, 2).kind) == (Decimal("2573.4"), ContentKind.ERROR)
    assert (grid.at(1, 3).text, grid.at(2, 0).text) == ("甲\n乙", "0.3")
    assert [cell.place for cell in grid.cells if cell.is_hidden] == [
        CellPlace("自评表", "A4"),
        CellPlace("自评表", "F5"),
    ]
    assert (grid.at(6, 1).text, grid.at(6, 1).rows) == ("列", 2)
    assert (other.name, other.is_hidden) == ("藏", True)
    assert [remark.kind for remark in document.remarks] == [RemarkKind.HIDDEN_SHEET]


def ods(rows: str) -> bytes:
    content = (
        '<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="表">'
        f"{rows}</t:table></o:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content})


def test_repeated_cells_and_rows_stand_where_they_are_shown() -> None:
    cell = '<t:table-cell o:value-type="float" o:value="7"{}><x:p>7</x:p></t:table-cell>'
    rows = (
        '<t:table-row t:number-rows-repeated="1000000"><t:table-cell '
        't:number-columns-repeated="16384"/></t:table-row>'
        '<t:table-row t:number-rows-repeated="2">'
        + cell.format(' t:number-columns-repeated="2"')
        + "</t:table-row>"
    )
    places = [str(got.place) for got in grid_of(ods(rows)).cells]
    assert places == ["表!A1000001", "表!B1000001", "表!A1000002", "表!B1000002"]


def test_comments_are_not_the_text_of_a_cell_and_unsaved_formulas_are_said() -> None:
    rows = (
        "<t:table-row><t:table-cell o:value-type='string'><o:annotation><x:p>批注</x:p>"
        "</o:annotation><x:p>甲<x:s x:c='2'/>乙</x:p><x:p>丙</x:p></t:table-cell>"
        "<t:table-cell t:formula='of:=1+1'/></t:table-row>"
    )
    first, second = grid_of(ods(rows)).cells
    assert (first.text, second.kind) == ("甲  乙\n丙", ContentKind.UNSAVED)


def test_repeating_without_end_is_refused() -> None:
    cell = "<t:table-cell t:number-columns-repeated='16384'><x:p>甲</x:p></t:table-cell>"
    rows = f"<t:table-row t:number-rows-repeated='1048576'>{cell}</t:table-row>"
    assert "单元格" in refused(ods(rows)).message


def test_a_locked_workbook_is_refused() -> None:
    parts = unzipped(raw_of("table-1.ods"))
    entry = b"<manifest:file-entry"
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(
        entry, b"<!-- encryption-data -->" + entry, 1
    )
    assert "密码" in refused(zipped(dict(parts))).message


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("perfeval.carriers.extras.import_module", missing)
    with pytest.raises(MissingExtraError, match=r"perfeval\[office\]"):
        carry((DATA / "table-1.xls").read_bytes())
