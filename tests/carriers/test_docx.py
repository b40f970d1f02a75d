from __future__ import annotations

import pytest

from perfeval.carriers import CarriedGrid, CarriedText, ContentKind, RemarkKind
from perfeval.places import TablePlace, TextPlace
from tests.carriers.documents import by_hand, by_python_docx, cell, paragraph, table_of
from tests.carriers.made import carried, differences, grid_of, table


@pytest.mark.parametrize("seed", range(25))
def test_what_python_docx_writes_is_read(seed: int) -> None:
    made, other = table(seed, are_figures=False), table(seed + 1000, are_figures=False)
    document = carried(by_python_docx(made, other))
    assert [type(part) for part in document.parts] == [
        *(CarriedText, CarriedGrid, CarriedText, CarriedGrid, CarriedText),
    ]
    assert differences(made, document.grids[0]) == []
    assert differences(other, document.grids[1]) == []
    assert [line.text for line in document.lines] == ["附件2", "表后的字", "表后的字"]


def test_a_cell_knows_which_table_row_and_cell_it_is() -> None:
    """A cell that only goes on from above is one of those that are counted."""
    raw = by_hand(
        paragraph("题")
        + table_of(cell("甲"))
        + table_of(
            cell("一级", '<w:vMerge w:val="restart"/>') + cell("二", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("三") + cell("四"),
        )
    )
    grid = carried(raw).grids[1]
    assert grid.at(1, 2).place == TablePlace(2, 2, 3)
    assert grid.at(1, 0).text == "一级"
    assert (grid.at(0, 0).rows, grid.at(0, 1).columns, grid.width) == (2, 2, 3)
    assert carried(raw).lines[0].place == TextPlace(1, 1)


def test_cells_merged_in_the_older_way() -> None:
    raw = by_hand(
        table_of(
            cell("甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("乙"),
            cell("1") + cell("2") + cell("3"),
        )
    )
    grid = grid_of(raw)
    assert [(c.text, c.columns) for c in grid.cells][:2] == [("甲", 2), ("乙", 1)]
    assert grid.at(1, 2).text == "3"


def test_rows_that_begin_later_keep_their_columns() -> None:
    shifted = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("乙")
    assert grid_of(by_hand(table_of(cell("甲") + cell("丙"), shifted))).at(1, 1).text == "乙"


def test_a_cell_that_goes_on_from_nothing_is_one_of_its_own() -> None:
    grid = grid_of(by_hand(table_of(cell("甲", "<w:vMerge/>"))))
    assert (grid.height, grid.cells[0].rows) == (1, 1)


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:del>{run.format('8')}</w:del><w:ins>{run.format('9')}</w:ins>"
        f"<w:moveFrom>{run.format('旧')}</w:moveFrom><w:r><w:delText>删</w:delText></w:r></w:p>"
    )
    rows = table_of("<w:trPr><w:del/></w:trPr>" + cell("删去的行"), cell("留下的行"))
    changed = "<w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange>"
    document = carried(by_hand(body + rows + table_of(cell("甲", changed))))
    assert [line.text for line in document.lines] == ["9"]
    assert [c.text for grid in document.grids for c in grid.cells] == ["留下的行", "甲"]
    assert document.grids[1].cells[0].columns == 1
    assert [remark.kind for remark in document.remarks] == [RemarkKind.TRACKED_CHANGES]


def test_text_boxes_come_once_and_their_tables_too() -> None:
    box = f"<w:txbxContent>{paragraph('框里')}{table_of(cell('框里的表'))}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice>"
        f"{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        "<w:t>段落</w:t></w:r></w:p>"
    )
    document = carried(by_hand(body))
    assert sorted(line.text for line in document.lines) == ["框里", "段落"]
    assert document.grids[0].cells[0].text == "框里的表"


def test_a_table_in_a_cell_stands_beside_the_outer_one_and_says_where() -> None:
    inner = table_of(cell("内"))
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('外')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    first, second = carried(by_hand(outer)).grids
    assert (first.cells[0].text, first.inside) == ("外", None)
    assert (second.cells[0].text, second.inside) == ("内", TablePlace(1, 1, 1))
    assert second.cells[0].place == TablePlace(2, 1, 1)


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t>", "甲\n乙\t丙"),
        ('<w:t>甲</w:t><w:br w:type="page"/>', "甲"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>', "☑是"),
        ('<w:sym w:font="Wingdings 2" w:char="00A3"/><w:t>否</w:t>', "☐否"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t>', "☑"),
        ('<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:t>3</w:t>', "3"),
        ("<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>", "☑"),
        ("<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>", "☐"),
        ("<w:ruby><w:rt><w:t>yi</w:t></w:rt><w:t>一</w:t></w:ruby>", "一"),
    ],
)
def test_what_a_run_shows(run: str, text: str) -> None:
    row = f"<w:tc><w:p><w:r>{run}</w:r></w:p></w:tc>"
    assert grid_of(by_hand(table_of(row))).cells[0].text == text


def test_hidden_text_is_left_out_and_said() -> None:
    body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>"
    document = carried(by_hand(body))
    assert [line.text for line in document.lines] == ["明"]
    assert [remark.kind for remark in document.remarks] == [RemarkKind.HIDDEN_TEXT]


def test_a_prompt_in_a_control_is_no_content() -> None:
    control = (
        "<w:p><w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )
    prompt, filled = control.format("<w:showingPlcHdr/>", "请填写"), control.format("", "391张")
    rows = f"<w:tbl><w:tr><w:tc>{prompt}</w:tc><w:tc>{filled}</w:tc></w:tr></w:tbl>"
    got = [(c.kind, c.text) for c in grid_of(by_hand(rows)).cells]
    assert got == [(ContentKind.BLANK, ""), (ContentKind.TEXT, "391张")]


def test_hidden_rows_are_told() -> None:
    rows = table_of("<w:trPr><w:hidden/></w:trPr>" + cell("甲"), cell("乙"))
    assert [c.is_hidden for c in grid_of(by_hand(rows)).cells] == [True, False]


def test_pictures_are_said_to_be_unread() -> None:
    document = carried(by_hand("<w:p><w:r><a:blip/></w:r></w:p>"))
    assert [remark.kind for remark in document.remarks] == [RemarkKind.NOT_READ]
