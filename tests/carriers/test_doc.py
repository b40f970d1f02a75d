"""Documents of LibreOffice as Word 97 wrote them, whose content is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval.carriers import CarrierKind, RemarkKind
from perfeval.carriers.word_binary import properties
from perfeval.places import TablePlace
from tests.carriers.made import carried, differences, grid_of, refused, table

DATA = Path(__file__).parent / "data"


def test_merged_tables_are_read() -> None:
    document = carried((DATA / "tables-2.doc").read_bytes())
    assert document.kind is CarrierKind.DOC
    tables = [table(seed, are_figures=False) for seed in (2, 1002)]
    for made, grid in zip(tables, document.grids, strict=True):
        assert differences(made, grid, numbers=False) == []
    assert [line.text for line in document.lines] == ["附件2", "表后的字", "表后的字"]


def test_a_long_table_is_whole() -> None:
    grid = grid_of((DATA / "pages.doc").read_bytes())
    texts = [[grid.at(row, column).text for column in (1, 2, 3)] for row in range(60)]
    assert texts == [[f"指标{row + 1}", f"{row * 7}张", f"{row}.50"] for row in range(60)]
    assert (grid.at(59, 0).text, grid.at(59, 0).rows) == ("效益指标", 40)


def test_nested_tables_changes_ticks_and_what_is_hidden() -> None:
    document = carried((DATA / "kinds.doc").read_bytes())
    outer, inner = document.grids
    assert [cell.text for cell in outer.cells] == ["一\n二", "外", "9", "明\n行☑"]
    assert (inner.cells[0].text, inner.inside) == ("内", TablePlace(1, 1, 2))
    assert [line.text for line in document.lines] == ["题", "𠀀尾"]
    assert [remark.kind for remark in document.remarks] == [
        RemarkKind.TRACKED_CHANGES,
        RemarkKind.HIDDEN_TEXT,
    ]


@pytest.mark.parametrize("length", [8, 100, 511, 600, 5_000, 9_000])
def test_a_file_that_is_cut_off_is_refused(length: int) -> None:
    refused((DATA / "tables-2.doc").read_bytes()[:length])


def test_a_locked_document_is_refused() -> None:
    raw = bytearray((DATA / "tables-2.doc").read_bytes())
    start = raw.index(b"\xec\xa5")
    raw[start + 11] |= 1
    assert "密码" in refused(bytes(raw)).message
    raw[start] = 0xDC
    assert "Word 95" in refused(bytes(raw)).message


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\x16\x24\x01", [(0x2416, b"\x01")]),
        (b"\x49\x66\x02\x00\x00\x00\x17\x24\x01", [(0x6649, b"\x02\0\0\0"), (0x2417, b"\x01")]),
        (b"\x08\xd6\x03\x00\x01\x02\x16\x24\x01", [(0xD608, b"\x01\x02"), (0x2416, b"\x01")]),
        (b"\x49\x66\x02", []),
        (b"", []),
    ],
)
def test_properties_are_read_as_far_as_they_are_whole(
    raw: bytes, expected: list[tuple[int, bytes]]
) -> None:
    assert list(properties(raw)) == expected
