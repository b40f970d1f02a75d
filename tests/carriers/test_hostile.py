"""Files that are made to do harm, and files that are not what they look like."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from perfeval.carriers import LIMITS, CarriedDocument, Refusal, RemarkKind, carry
from tests.carriers import documents
from tests.carriers.made import carried, grid_of, refused, table
from tests.carriers.workbooks import MAIN, by_hand, by_openpyxl, unzipped, zipped

ROOT = Path(__file__).parents[2]
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, EXTERNAL, "<!DOCTYPE x SYSTEM 'http://a/b.dtd'>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declaration: str, encoding: str) -> None:
    sheet = f'{declaration}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    raw = by_hand("", more={"xl/worksheets/sheet1.xml": sheet.encode(encoding)})
    assert "DOCTYPE" in refused(raw).message
    parts: dict[str, str | bytes] = {**unzipped(documents.by_hand(""))}
    parts["word/document.xml"] = f"{declaration}<x/>"
    assert "DOCTYPE" in refused(zipped(parts)).message


def test_a_bomb_is_refused_where_it_is_opened() -> None:
    limits = LIMITS._replace(part=1 << 20)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + b" " * (limits.part + 1)
    raw = by_hand("", more={"xl/worksheets/sheet1.xml": sheet})
    assert len(raw) < 10_000
    found = carry(raw, limits=limits)
    assert isinstance(found, Refusal)
    assert "太大" in found.message


def test_many_large_parts_are_refused_together() -> None:
    found = carry(by_openpyxl(table(1)), limits=LIMITS._replace(unpacked=2_000))
    assert isinstance(found, Refusal)


def test_ten_thousand_sheets_are_refused() -> None:
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(10_000))
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="r"><sheets>{sheets}</sheets></workbook>'
    assert "1000" in refused(by_hand("", more={"xl/workbook.xml": workbook})).message
    parts = {f"xl/worksheets/sheet{n}.xml": "<worksheet/>" for n in range(10_000)}
    assert "部件" in refused(by_hand("", more=parts)).message


@pytest.mark.slow
def test_a_million_blank_cells_are_passed_over() -> None:
    row = "<row>" + '<c s="1"/>' * 1_000 + "</row>"
    last = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    grid = grid_of(by_hand(row * 1_000 + last))
    assert [str(cell.place) for cell in grid.cells] == ["表!XFD1048576"]
    assert (grid.height, grid.width) == (1_048_576, 16_384)


def test_areas_as_large_as_the_sheet_cost_nothing() -> None:
    merge = '<mergeCell ref="A1:XFD1048576"/>'
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert grid_of(by_hand(row, after=f"<mergeCells>{merge}</mergeCells>")).at(0, 0).text == "1"
    refused(by_hand(row, after=f"<mergeCells>{merge * 10_000}</mergeCells>"))


FEW = LIMITS._replace(cells=1_000, grids=100, characters=50_000, text=10_000, covered=5_000)
WIDE = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='9999'/></w:tcPr></w:tc></w:tr>"


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" * 1_000,
        "<w:tbl/>" * 1_000,
        f"<w:tbl>{'<w:tr/>' * 3_000}</w:tbl>",
        f"<w:tbl><w:tr>{'<w:tc/>' * 3_000}</w:tr></w:tbl>",
        f"<w:tbl>{WIDE * 100}</w:tbl>",
        documents.paragraph("字" * 20_000),
        f"<w:p><w:r>{'<w:t>字</w:t>' * 20_000}</w:r></w:p>",
        documents.paragraph("字" * 9_000) * 10,
    ],
)
def test_documents_without_end_are_refused(body: str) -> None:
    assert isinstance(carry(documents.by_hand(body), limits=FEW), Refusal)


def test_what_is_locked_is_refused() -> None:
    stream = io.BytesIO(by_openpyxl(table(1)))
    raw = bytearray(stream.getvalue())
    with zipfile.ZipFile(stream) as archive:
        places = [item.header_offset for item in archive.infolist()]
    for place in places:
        raw[place + 6] |= 1
    central = raw.find(b"PK\x01\x02")
    while central >= 0:
        raw[central + 8] |= 1
        central = raw.find(b"PK\x01\x02", central + 1)
    assert "密码" in refused(bytes(raw)).message


def encrypted() -> bytes:
    """Return a compound file that says that a locked package is in it."""
    raw = bytearray((Path(__file__).parent / "data" / "tables-2.doc").read_bytes())
    name = "WordDocument".encode("utf-16-le")
    at = raw.index(name)
    other = "EncryptedPackage".encode("utf-16-le")
    raw[at : at + len(other)] = other
    raw[at + 64] = len(other) + 2
    return bytes(raw)


def test_an_encrypted_office_file_is_refused() -> None:
    """Since 2007 what is locked is a package within a compound file."""
    assert "密码" in refused(encrypted()).message


def test_nothing_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that lead out of the package, to files or to the net, are said and never opened."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = "".join(
        f'<Relationship Id="e{n}" Type="{relation}/{kind}" TargetMode="External"'
        f' Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [("attachedTemplate", "file:///etc/passwd"), ("image", "http://127.0.0.1:9/a.png")]
        )
    )
    parts = unzipped(documents.by_hand(documents.paragraph("甲")))
    more = {"word/_rels/document.xml.rels": f"<Relationships>{outside}</Relationships>"}
    raw = zipped({**parts, **more})

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr("socket.socket", refuse)
    document = carried(raw)
    assert [remark.kind for remark in document.remarks] == [RemarkKind.EXTERNAL_LINK]


def test_a_sheet_outside_of_the_package_is_not_there() -> None:
    raw = by_hand("", more={
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Type="a/worksheet"'
        ' Target="../../../../etc/passwd"/></Relationships>'
    })  # fmt: skip
    assert [remark.kind for remark in carried(raw).remarks] == [RemarkKind.DAMAGED]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"PK\x05\x06" + b"\x00" * 18, "zip"),
        (zipped({"a.txt": "甲"}), "zip"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "PowerPoint"),
        (zipped({"xl/workbook.bin": b"\x00"}), "xlsb"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ""),
        (b"{\\rtf1 abc}", "RTF"),
        (b"PK\x03\x04" + b"\x00" * 100, "损坏"),
    ],
)
def test_what_holds_no_table_is_refused_by_its_name(raw: bytes, word: str) -> None:
    assert word in refused(raw).message


def test_a_file_is_what_its_bytes_say() -> None:
    """A page under the name of a workbook is a page: no name is asked."""
    assert isinstance(carry(b"<html><table><tr><td>1</table>"), CarriedDocument)


SCRIPT = """
import sys
from tests.carriers import documents
from tests.carriers.workbooks import by_hand
from tests.memory import peak
from perfeval.carriers import carry
cell = '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'
row = '<w:tr>' + '<w:tc/>' * 50 + '</w:tr>'
files = {
    "blank": lambda: by_hand(('<row>' + '<c s="1"/>' * 1000 + '</row>') * 1500),
    "filled": lambda: by_hand(('<row>' + '<c><v>1.5</v></c>' * 190 + '</row>') * 1000),
    "text": lambda: by_hand('<row>' + cell.format('字' * 90_000) * 80 + '</row>'),
    "cells": lambda: documents.by_hand('<w:tbl>' + row * 3900 + '</w:tbl>'),
    "page": lambda: ('<table>' + ('<tr>' + '<td>1' * 50) * 3900).encode(),
    "rows": lambda: ('甲,乙\\n' * 60_000).encode(),
}
carry(files[sys.argv[1]]())
print(peak())
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["blank", "filled", "text", "cells", "page", "rows"])
def test_the_largest_files_take_little_memory(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, kind], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert int(done.stdout) < 300
