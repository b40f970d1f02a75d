from __future__ import annotations

import html
import time

import pytest

from perfeval.carriers import CarrierKind, RemarkKind, carry
from perfeval.places import TablePlace, TextPlace
from tests.carriers.made import MadeTable, carried, differences, grid_of, table


def page(made: MadeTable) -> str:
    """Write a table as systems do: cells in rows, those under a merged one left out."""
    rows: dict[int, str] = {row: "" for row, _ in made}
    for row in range(max(row + cell.rows for (row, _), cell in made.items())):
        rows.setdefault(row, "")
    for (row, _), cell in made.items():
        text = html.escape(cell.text)
        rows[row] += f'<td rowspan="{cell.rows}" colspan="{cell.columns}"> {text}\n</td>'
    body = "".join(f"<tr>{rows[row]}</tr>\n" for row in sorted(rows))
    return f"<html><body><p>附件</p><table>{body}</table></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("seed", range(5))
def test_a_table_is_read_in_every_encoding(seed: int, encoding: str) -> None:
    made = table(seed, are_figures=False)
    text = page(made).replace("☑", "√")
    raw = text.encode(encoding)
    document = carried(raw)
    plain = {
        place: type(cell)(cell.text.replace("☑", "√"), None, "", cell.rows, cell.columns)
        for place, cell in made.items()
    }
    assert document.kind is CarrierKind.HTML
    assert differences(plain, document.grids[0]) == []
    assert [line.text for line in document.lines] == ["附件"]


def test_the_declared_encoding_holds_where_it_can() -> None:
    for declared, written in (("gb2312", "gb18030"), ("utf-8", "gbk"), ("big5", "big5")):
        raw = f'<html><meta charset="{declared}"><td>養老機構㎡'.encode(written, "ignore")
        assert "養老機構" in carried(raw).lines[0].text


def cells(body: str) -> list[str]:
    return [cell.text for cell in grid_of(f"<table>{body}</table>".encode()).cells]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<tr><td>甲<td>乙<tr><td>丙", ["甲", "乙", "丙"]),
        ("<tr><td>甲<br>乙</td></tr>", ["甲\n乙"]),
        ("<tr><td><p>甲</p><p>乙</p></td></tr>", ["甲\n乙"]),
        ("<tr><td>养老\n    机构 A\n  B</td></tr>", ["养老机构 A B"]),
        ("<tr><td>&nbsp;391&nbsp;张&#8805;</td></tr>", ["391 张≥"]),
        ("<tr><td><input value='391'></td></tr>", ["391"]),
        ("<tr><td><input type=checkbox checked>是</td></tr>", ["☑是"]),
        ("<tr><td><select><option>优<option selected>良</select></td></tr>", ["良"]),
        ("<tr><td><select><option>优<option>良</select></td></tr>", ["优"]),
        ("<tr><td>甲<span style='display: none'>密</span></td></tr>", ["甲"]),
        ("<tr><td>a < b<!-- <td>无 --></td></tr>", ["a < b"]),
        ("<tr><td>甲<script>document.write('<td>')</script></td></tr>", ["甲"]),
        ("<TR><TD>甲</TD></TR>", ["甲"]),
        ("<tr><td title='a>b'>甲</td></tr>", ["甲"]),
    ],
)  # fmt: skip
def test_what_a_cell_shows(body: str, texts: list[str]) -> None:
    assert cells(body) == texts


def test_places_count_cells_that_reach_down() -> None:
    body = "<tr><td rowspan=2>甲<td>乙</tr><tr><td>丙</tr>"
    grid = grid_of(f"<table></table><table>{body}</table>".encode())
    assert grid.at(1, 1).place == TablePlace(2, 2, 2)


def test_nested_tables_and_lines_have_places() -> None:
    raw = "<html>\n\n<p>题</p><table><tr><td>外<table><tr><td>内</table></table>尾".encode()
    document = carried(raw)
    assert [line.place for line in document.lines] == [TextPlace(3, 1), TextPlace(3, 1)]
    assert [grid.inside for grid in document.grids] == [None, TablePlace(1, 1, 1)]


def test_hidden_rows_are_told_and_hidden_blocks_said() -> None:
    body = "<tr style='display:none'><td>甲</tr><tr><td>乙</tr>"
    raw = f"<table>{body}</table><div hidden>密<div></div></div>明".encode()
    document = carried(raw)
    assert [cell.is_hidden for cell in document.grids[0].cells] == [True, False]
    assert [line.text for line in document.lines] == ["明"]
    assert [remark.kind for remark in document.remarks] == [RemarkKind.HIDDEN_TEXT]


@pytest.mark.parametrize(
    "piece",
    [
        *("<!--", "<a ", '<a b="', "<a b='", "<script>", "<![", "<?", "</", "&#", "<a b=", "<x/"),
        *("<table>", "<td rowspan=65534>", "<select><option>", "<table><tr><td>", "<p>"),
        *("<div hidden>", "<table><tr><td colspan=1000 rowspan=0>"),
    ],
)
def test_no_page_keeps_the_reader_busy(piece: str) -> None:
    raw = ("<html>" + piece * (100_000 // len(piece))).encode()
    start = time.process_time()
    carry(raw)
    assert time.process_time() - start < 8
