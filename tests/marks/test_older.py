"""Files of older formats, marked in a copy of a newer one; the originals are of LibreOffice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from perfeval.carriers import CarriedDocument, CarrierKind, Refusal, carry
from perfeval.marks import CellRemark, MarkKind, mark_older
from tests.carriers.test_older_workbooks import ods
from tests.carriers.workbooks import unzipped, zipped
from tests.marks.reading import anchored, comments_in, copy_of, faults, notes_in, workbook
from tests.marks.reading import document as written

DATA = Path(__file__).parents[1] / "carriers" / "data"
BOOKS = ("table-1.xls", "kinds.xls", "table-1.ods", "kinds.ods")
DOCUMENTS = ("tables-2.doc", "pages.doc", "kinds.doc")


@pytest.fixture(autouse=True)
def _library() -> None:
    pytest.importorskip("xlrd")


def old(name: str) -> tuple[bytes, CarriedDocument]:
    raw = (DATA / name).read_bytes()
    document = carry(raw)
    assert isinstance(document, CarriedDocument)
    return raw, document


@pytest.mark.parametrize("name", BOOKS)
def test_each_cell_of_a_workbook_is_where_it_was_and_has_its_remark(name: str) -> None:
    raw, document = old(name)
    cells = [cell for cell in document.grids[0].cells if cell.text]
    copy = copy_of(mark_older(raw, [CellRemark(one.place, f"说{one.text}") for one in cells]))
    assert copy.kind is CarrierKind.XLSX
    page: Any = openpyxl.load_workbook(io.BytesIO(copy.raw))["自评表"]
    notes = notes_in(copy.raw)
    for cell in cells:
        written = page.cell(cell.row + 1, cell.column + 1)
        assert f"说{cell.text}" in notes[written.coordinate][1].replace("\r", "")
        shown = written.value
        assert shown == (
            cell.text if isinstance(shown, str) else pytest.approx(float(cell.number or 0))
        )
    merged = {cell.row * 1_000 + cell.column for cell in cells if cell.rows * cell.columns > 1}
    areas = {(area.min_row - 1) * 1_000 + area.min_col - 1 for area in page.merged_cells.ranges}
    assert merged <= areas


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_shows_the_same_figures_and_hides_the_same(name: str) -> None:
    raw, before = old(name)
    after = carry(copy_of(mark_older(raw, ())).raw)
    assert isinstance(after, CarriedDocument)
    for grid, again in zip(before.grids, after.grids, strict=True):
        assert (grid.name, grid.is_hidden) == (again.name, again.is_hidden)
        for cell in grid.cells:
            found = again.at(cell.row, cell.column)
            same = (found.text, found.rows, found.columns, found.is_hidden)
            assert same == (cell.text, cell.rows, cell.columns, cell.is_hidden)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_cell_of_a_document_has_its_remark_at_its_words(name: str) -> None:
    raw, document = old(name)
    cells = [cell for grid in document.grids for cell in grid.cells if cell.text.strip()]
    copy = copy_of(mark_older(raw, [CellRemark(one.place, f"说{one.text}") for one in cells]))
    assert copy.kind is CarrierKind.DOCX
    said, stands = comments_in(copy.raw), anchored(copy.raw)
    assert len(said) == len(cells)
    for number, (_, text) in enumerate(said):
        cell = text.removeprefix("说").split("\n")[0]
        assert stands[number].startswith(cell) or cell in stands[number]
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(copy.raw)).paragraphs]
    lines = [line.text for line in document.lines]
    assert [text for text in texts if text] == lines


@pytest.mark.parametrize("name", [*BOOKS, *DOCUMENTS])
def test_the_copy_is_sound_says_what_it_is_and_is_marked_again_as_one(
    name: str, tmp_path: Path
) -> None:
    raw, document = old(name)
    remarks = [CellRemark(document.grids[0].cells[0].place, "总计", MarkKind.SUMMARY)]
    copy = copy_of(mark_older(raw, remarks))
    assert copy == mark_older(raw, remarks)
    is_book = copy.kind is CarrierKind.XLSX
    assert f"另做的 {'.xlsx' if is_book else '.docx'} 里" in copy.notes[0]
    assert faults(copy.raw, tmp_path, copy.kind.value) == set()
    again = carry(copy.raw)
    assert isinstance(again, CarriedDocument)
    place = again.grids[0].cells[0].place
    anew = (workbook if is_book else written)(copy.raw, CellRemark(place, "又"))
    said = [text for _, text in notes_in(anew).values()] if is_book else comments_in(anew)
    assert len(said) == 1
    assert "总计" not in str(said)


def test_text_that_looks_like_markup_or_a_formula_stays_text() -> None:
    """Nothing of a file from outside becomes markup or a formula of the copy."""
    wanted = "=1+1</t><x>&amp;_x000D_"
    escaped = wanted.replace("&", "&amp;").replace("<", "&lt;")
    raw = ods(f"<t:table-row><t:table-cell><x:p>{escaped}</x:p></t:table-cell></t:table-row>")
    copy = copy_of(mark_older(raw, ()))
    page: Any = openpyxl.load_workbook(io.BytesIO(copy.raw)).worksheets[0]
    assert (page["A1"].value, page["A1"].data_type) == ("=1+1</t><x>&amp;_x000D_", "s")


def test_names_of_sheets_that_no_workbook_may_have_are_shortened_and_stay_different() -> None:
    long = "示例市水务局信息化建设运行维护项目支出绩效自评表汇总（第{}批次专家复核以后）"
    row = "<t:table-row><t:table-cell><x:p>甲</x:p></t:table-cell></t:table-row>"
    names = (long.format("一"), long.format("一") + "稿", "一般:项目/表", "'引'")
    tables = f"{row}</t:table>".join(f'<t:table t:name="{name}">' for name in names)
    content = (
        f'<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x">{tables}{row}</t:table>'
        "</o:document-content>"
    )
    raw = zipped({**unzipped(ods("")), "content.xml": content})
    document = carry(raw)
    assert isinstance(document, CarriedDocument)
    remarks = [CellRemark(grid.cells[0].place, grid.name) for grid in document.grids]
    copy = copy_of(mark_older(raw, remarks))
    book = openpyxl.load_workbook(io.BytesIO(copy.raw))
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)
    said = [next(iter(notes_in(copy.raw, name).values()))[1] for name in book.sheetnames]
    assert [name in text for name, text in zip(names, said, strict=True)] == [True] * 4


@pytest.mark.parametrize("raw", [b"PK\x03\x04", b"%PDF-1.4", "甲,乙\n".encode()])
def test_what_is_no_older_file_is_refused(raw: bytes) -> None:
    refusal = mark_older(raw, ())
    assert isinstance(refusal, Refusal)
    assert refusal.message
    assert refusal.hint
