"""The tables of `tests.reading.made` in the files of other programs, cell for cell.

XlsxWriter, python-docx and a page written by hand make them; LibreOffice makes older formats.
"""

from __future__ import annotations

import csv
import html
import io
import random
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import docx
import openpyxl
import xlsxwriter

from tests.reading.made import MadeSheet

CONVERTED = {"xls": "xlsx", "ods": "xlsx", "doc": "docx", "pdf": "docx"}
"""What LibreOffice makes, and of what."""
_LONGEST = 600
"""Seconds that LibreOffice may take for all files of one kind."""


class Spread(NamedTuple):
    """A cell as it begins in a row: what it holds and shows, and over what it reaches."""

    row: int
    column: int
    value: Any
    shown: str
    form: str
    rows: int
    columns: int


def cells(raw: bytes) -> list[Spread]:
    """Return the cells of a workbook that openpyxl wrote, each merged area once."""
    page: Any = openpyxl.load_workbook(io.BytesIO(raw)).active
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    under: set[tuple[int, int]] = set()
    for area in page.merged_cells.ranges:
        size = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
        sizes[area.min_row, area.min_col] = size
        under |= {(row, column) for row, column in area.cells}
    under -= sizes.keys()
    return [
        Spread(
            cell.row - 1,
            cell.column - 1,
            cell.value,
            _shown(cell.value, cell.number_format),
            cell.number_format,
            *sizes.get((cell.row, cell.column), (1, 1)),
        )
        for row in page.iter_rows()
        for cell in row
        if (cell.row, cell.column) not in under
    ]


def _shown(value: Any, form: str) -> str:
    """Return what a spreadsheet shows of a value; the tables have two formats."""
    if value is None:
        return ""
    if form == "0.00%":
        return f"{value * 100:.2f}%"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def as_workbook(raw: bytes) -> bytes:
    """Write the table by XlsxWriter."""
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("附表")
    for cell in cells(raw):
        form = book.add_format({"num_format": cell.form, "text_wrap": True})
        if cell.rows * cell.columns > 1:
            ends = cell.row + cell.rows - 1, cell.column + cell.columns - 1
            page.merge_range(cell.row, cell.column, *ends, "", form)
        if isinstance(cell.value, str):
            page.write_string(cell.row, cell.column, cell.value, form)
        elif cell.value is not None:
            page.write_number(cell.row, cell.column, cell.value, form)
    book.close()
    return stream.getvalue()


def as_document(raw: bytes, seed: int) -> bytes:
    """Write the table by python-docx; its title stands above it, or in it."""
    laid = cells(raw)
    lines = random.Random(seed).choice([0, 2])
    word = docx.Document()
    for cell in laid:
        if cell.row < lines and cell.shown:
            word.add_paragraph(cell.shown)
    laid = [cell._replace(row=cell.row - lines) for cell in laid if cell.row >= lines]
    height = max(cell.row + cell.rows for cell in laid)
    width = max(cell.column + cell.columns for cell in laid)
    table = word.add_table(rows=height, cols=width, style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for cell in laid:
        first = grid[cell.row][cell.column]
        last = grid[cell.row + cell.rows - 1][cell.column + cell.columns - 1]
        (first if first is last else first.merge(last)).text = cell.shown
    word.add_paragraph("填表人：          联系电话：")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def as_page(raw: bytes, seed: int) -> bytes:
    """Write the table as a page of a system or of an office program, in UTF-8 or GBK."""
    rows: dict[int, str] = {}
    for cell in cells(raw):
        text = html.escape(cell.shown).replace("\n", "<br/>")
        spans = f"rowspan={cell.rows} colspan={cell.columns}"
        rows[cell.row] = rows.get(cell.row, "") + f"<td {spans}>{text}</td>"
    body = "".join(f"<tr>{rows.get(row, '')}</tr>" for row in range(max(rows) + 1))
    encoding = random.Random(seed).choice(["utf-8", "gbk"])
    head = f'<html><meta charset="{encoding}"><body><table border=1>'
    return f"{head}{body}</table></body></html>".encode(encoding)


def as_rows(raw: bytes) -> bytes:
    """Write the table as comma-separated values, a merged cell once."""
    laid = cells(raw)
    height = max(cell.row + 1 for cell in laid)
    width = max(cell.column + 1 for cell in laid)
    grid = [[""] * width for _ in range(height)]
    for cell in laid:
        grid[cell.row][cell.column] = cell.shown
    stream = io.StringIO()
    csv.writer(stream).writerows(grid)
    return stream.getvalue().encode("gbk")


def carried(sheets: Mapping[int, MadeSheet], kind: str) -> Iterator[tuple[int, bytes]]:
    """Yield the file of each sheet, by its seed."""
    if kind in CONVERTED:
        source = dict(carried(sheets, CONVERTED[kind]))
        yield from _converted(source, CONVERTED[kind], kind)
        return
    for seed, sheet in sheets.items():
        yield seed, _written(sheet.raw, kind, seed)


def _written(raw: bytes, kind: str, seed: int) -> bytes:
    if kind == "xlsx":
        return raw if seed % 2 else as_workbook(raw)
    if kind == "docx":
        return as_document(raw, seed)
    return as_page(raw, seed) if kind == "html" else as_rows(raw)


def _converted(files: Mapping[int, bytes], source: str, kind: str) -> Iterator[tuple[int, bytes]]:
    with TemporaryDirectory(prefix="perfeval-carried-") as name:
        folder = Path(name)
        for seed, raw in files.items():
            (folder / f"{seed}.{source}").write_bytes(raw)
        convert([folder / f"{seed}.{source}" for seed in files], kind, folder / "out")
        for seed in files:
            yield seed, (folder / "out" / f"{seed}.{kind}").read_bytes()


def convert(paths: Sequence[Path], kind: str, folder: Path) -> None:
    """Let LibreOffice write files in another format into a folder."""
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice")
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=_LONGEST)
