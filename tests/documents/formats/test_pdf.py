"""PDF: the form's page as PDF/A, its texts in order and inert, the same bytes from equal data."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import DocumentName, MissingExtraError, RenderError, Report, render
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import fonts, pdf
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle, write_abstract
from perfeval.documents.titles import draft_line
from perfeval.rulebook import form_faults
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, hostile_sheet

pytestmark = [
    pytest.mark.skipif(not importlib.util.find_spec("typst"), reason="the extra pdf is missing"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here"),
]
DOCUMENTS: tuple[DocumentName, ...] = ("table", "abstract")
LITTLE = Table("表", "左", "右", (50, 50), ((GridCell(0, 0, 1, 2, "甲", Role.LABEL),),))
TYPST = (
    "#let x = 1",
    "$x^2$",
    "*粗* _斜_",
    "\\ \\u{41}",
    '#import "a.typ"',
    "@甲 <乙>",
    "= 题\n- 一",
    "<b>&amp;</b>",
    "`码`",
    "// 注 /* */",
    "#sys.inputs.data",
    "[](){}~--",
)
"""Texts that would do harm if Typst took them for markup."""


@pytest.fixture(scope="module", autouse=True)
def _chinese_font() -> None:
    """Skip where no Chinese font is installed."""
    try:
        next(fonts.choices())
    except RenderError as error:
        pytest.skip(str(error))


# -- reading a PDF back ------------------------------------------------------------------------


def poppler(command: str, document: bytes, *options: str) -> str:
    """Run one of poppler's commands on a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(document)
        line = [command, *options, str(path), *(["-"] if command == "pdftotext" else [])]
        run = subprocess.run(line, capture_output=True, check=True)
    return run.stdout.decode(errors="replace")


def in_order(document: bytes) -> str:
    """Return the text in the order of the document's structure, without blanks."""
    structure = poppler("pdfinfo", document, "-struct-text").splitlines()
    quoted = (line.strip() for line in structure)
    return packed("".join(line[1:-1] for line in quoted if line[:1] == line[-1:] == '"'))


def packed(text: str) -> str:
    return "".join(text.split())


def pages(document: bytes) -> int:
    return int(re.findall(r"Pages: +(\d+)", poppler("pdfinfo", document))[0])


def texts(table: Table) -> str:
    above = (table.title, table.above_left, table.above_right)
    cells = (cell.text for cell in table.cells)
    return packed("".join((*above, *cells, *table.notes, *table.signatures)))


def table_of(report: Report) -> Table:
    assert report.scorecard is not None
    return lay_out(report.scorecard)


def one_cell(text: str, width: int = 100) -> Table:
    return LITTLE._replace(widths=(width,), rows=((GridCell(0, 0, 1, 1, text, Role.VALUE),),))


# -- what stands on the page -------------------------------------------------------------------


def test_the_table_has_the_texts_of_the_grid_in_their_order(real: Report) -> None:
    assert in_order(render(real, "pdf")) == texts(table_of(real))


def test_the_abstract_has_the_texts_of_its_blocks_in_their_order(real: Report) -> None:
    assert real.scorecard is not None
    text = write_abstract(real.scorecard)
    blocks = [draft_line(text.asked, ""), *(block.text for block in text.blocks)]
    expected = packed("".join(blocks))
    assert in_order(render(real, "pdf", document="abstract")) == expected


def test_the_published_sheet_fits_one_page(real: Report) -> None:
    document = render(real, "pdf")
    assert pages(document) == 1
    assert "—1—" in packed(poppler("pdftotext", document))


def test_ticked_and_open_boxes_can_be_copied(real: Report) -> None:
    text = poppler("pdftotext", render(real, "pdf"))
    assert "部门预算项目 ☑" in text
    assert "区级专项 □" in text


def test_figures_and_chinese_stand_together_without_a_blank(real: Report) -> None:
    assert "2023年度养老服务" in poppler("pdftotext", render(real, "pdf"))


def test_the_page_is_a4_upright_or_on_its_side() -> None:
    upright = poppler("pdfinfo", pdf.write_table(LITTLE))
    lying = poppler("pdfinfo", pdf.write_table(LITTLE._replace(landscape=True)))
    assert re.search(r"595\.2\d+ x 841\.8\d+ pts \(A4\)", upright)
    assert re.search(r"841\.8\d+ x 595\.2\d+ pts \(A4\)", lying)


def test_columns_have_their_widths_in_millimetres() -> None:
    """The cells' texts are centred, so their middles tell where the columns are."""
    cells = tuple(GridCell(0, at, 1, 1, text, Role.VALUE) for at, text in enumerate("甲乙丙"))
    table = LITTLE._replace(
        title="", above_left="", above_right="", widths=(20, 60, 40), rows=(cells,)
    )
    boxes = poppler("pdftotext", pdf.write_table(table), "-bbox")
    found = re.findall(r'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>([甲乙丙])<', boxes)
    middles = [round((float(left) + float(right)) / 2 * 25.4 / 72) for left, right, _ in found]
    assert middles == [45 + 10, 45 + 50, 45 + 100]


def test_a_table_wider_than_the_page_is_refused() -> None:
    with pytest.raises(RenderError, match="220 毫米"):
        pdf.write_table(LITTLE._replace(widths=(110, 110)))
    assert pdf.write_table(LITTLE._replace(widths=(110, 110), landscape=True))


def test_the_page_is_the_rulebooks_page() -> None:
    assert (pdf._PAGE_MM, pdf._LEAST_MARGIN_MM) == (
        form_faults.PAGE_MM,
        form_faults.LEAST_MARGIN_MM,
    )


def long_table(rows: int) -> Table:
    head = (GridCell(0, 0, 1, 1, "栏甲", Role.HEADING), GridCell(0, 1, 1, 1, "栏乙", Role.HEADING))
    side = GridCell(1, 0, rows, 1, "并栏", Role.LABEL)
    text = "第{at}行\n二\n三\n四\n五\n六\n首{at}尾"
    body = [GridCell(at, 1, 1, 1, text.format(at=at), Role.TEXT) for at in range(1, rows + 1)]
    lines = ((side, body[0]), *((cell,) for cell in body[1:]))
    return LITTLE._replace(rows=(head, *lines), signatures=("填报人：", "负责人："))


def test_the_first_row_repeats_and_no_row_is_cut() -> None:
    document = pdf.write_table(long_table(70))
    count = pages(document)
    assert count > 1
    sheets = poppler("pdftotext", document, "-layout").split("\f")[:count]
    assert all("栏甲" in sheet and "栏乙" in sheet for sheet in sheets)
    assert [f"—{at}—" in packed(text) for at, text in enumerate(sheets, 1)] == ([True] * count)
    for at in range(1, 71):
        [sheet] = [sheet for sheet in sheets if f"第{at}行" in sheet]
        assert f"首{at}尾" in sheet
    assert "填报人：" in sheets[-1]


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("text", ["长文" * 3000, "长\n" * 200, "长 text " * 800])
def test_a_text_longer_than_a_page_is_printed_in_full(text: str, row: int) -> None:
    """Even in the row that would else be repeated on every page."""
    cells = [(GridCell(at, 0, 1, 1, "甲" if at != row else text, Role.TEXT),) for at in (0, 1)]
    document = pdf.write_table(LITTLE._replace(widths=(100,), rows=tuple(cells)))
    assert pages(document) > 1
    assert poppler("pdftotext", document).count("长") == text.count("长")


def test_a_figure_wider_than_its_cell_stays_whole_and_inside() -> None:
    boxes = poppler("pdftotext", pdf.write_table(one_cell("123456789.00", 16)), "-bbox")
    [(left, right)] = re.findall(r'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>123456789.00<', boxes)
    assert 97 * 72 / 25.4 <= float(left) < float(right) <= 113 * 72 / 25.4


def test_a_long_word_is_broken_and_stays_inside() -> None:
    boxes = poppler("pdftotext", pdf.write_table(one_cell("abcdefghij" * 6, 20)), "-bbox")
    rights = [float(right) for right in re.findall(r'xMax="([\d.]+)" yMax=".*?">[a-j]+<', boxes)]
    assert len(rights) > 3
    assert max(rights) <= 115 * 72 / 25.4


# -- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_file_is_pdf_a_2b_with_title_language_date_and_stamp(
    real: Report, document: DocumentName
) -> None:
    assert real.scorecard is not None
    file = render(real, "pdf", document=document, data=False)
    packet = file[file.index(b"<?xpacket begin") :].decode("utf-8", "replace")
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in packet
    assert re.search(rb"/Lang ?\(zh-CN\)", file)
    properties = poppler("pdfinfo", file, "-isodates")
    assert "CreationDate:    2023-12-31T00:00:00" in properties
    assert "养老服务体系建设运营补助资金" in properties.split("Title:")[1].splitlines()[0]
    assert f"perfeval {perfeval.__version__}; {real.scorecard.stamp}" in properties
    assert "perfeval" not in poppler("pdftotext", file)


def test_every_font_is_embedded_and_its_text_can_be_copied(real: Report) -> None:
    embedded = poppler("pdffonts", render(real, "pdf")).splitlines()[2:]
    assert len(embedded) > 1
    assert all(re.search(r"yes yes yes +\d+ +0$", line) for line in embedded)


def test_a_document_without_a_year_has_a_fixed_date() -> None:
    assert "1980-12-31" in poppler("pdfinfo", pdf.write_table(LITTLE), "-isodates")


PRINT_HASHES = """
import hashlib, perfeval
report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
for name in ("table", "abstract"):
    print(hashlib.sha256(perfeval.render(report, "pdf", document=name)).hexdigest())
"""


@pytest.mark.slow
def test_equal_reports_give_equal_bytes_in_every_process(real: Report) -> None:
    here = [hashlib.sha256(render(real, "pdf", document=name)).hexdigest() for name in DOCUMENTS]
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", PRINT_HASHES],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert run.stdout.split() == here


# -- any form, any text ------------------------------------------------------------------------

IDS = perfeval.rulebook_ids()
FILLED: dict[str, Any] = {
    "主管部门": "某局",
    "实施单位": "某中心",
    "年度目标": "修缮 100 张床位",
    "预算": FULL,
    "指标": [{**OUTPUT, "完成值": "75张", "偏差原因": "停工"}, BENEFIT, CLIENTS],
}


def forms(name: str) -> Iterator[Table]:
    for kind in ("项目支出", "部门整体支出"):
        for data in ({}, FILLED):
            yield table_of(
                perfeval.evaluate(
                    {"评分办法": name, "年度": 2023, "项目名称": "示例", "表种": kind, **data}
                )
            )


@pytest.mark.parametrize("name", IDS)
def test_every_form_prints_its_texts_blank_and_filled(name: str) -> None:
    for table in forms(name):
        assert in_order(pdf.write_table(table)) == texts(table)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", [*HOSTILE, *TYPST])
def test_no_field_becomes_markup(text: str, document: DocumentName) -> None:
    report = perfeval.evaluate(hostile_sheet(text))
    file = render(report, "pdf", document=document)
    printed = poppler("pdftotext", file)
    for line in text.split("\n"):
        assert packed(line) in packed(printed)
    if document == "table":
        assert packed(in_order(file).replace('\\"', '"')) == texts(table_of(report))


def test_hostile_texts_stay_texts_in_every_part_of_the_page() -> None:
    text = " ".join(TYPST).replace("\n", " ")
    table = Table(
        text,
        text,
        text,
        (180,),
        ((GridCell(0, 0, 1, 1, text, Role.LABEL),),),
        (text,),
        (text,),
        stamp=text,
    )
    assert packed(poppler("pdftotext", pdf.write_table(table))).count("#sys.inputs.data") == 6


@pytest.mark.parametrize("style", NarrativeStyle)
def test_every_kind_of_block_is_printed(style: NarrativeStyle) -> None:
    file = pdf.write_narrative(Narrative((Block(style, "甲段 #let"),), "戳"))
    assert "甲段 #let" in poppler("pdftotext", file)


# -- what is missing ---------------------------------------------------------------------------


def test_without_the_extra_the_way_to_install_it_is_told(
    real: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"pip install perfeval\[pdf\]"):
        render(real, "pdf")


def test_the_engine_is_imported_only_to_render() -> None:
    heavy = "{'typst', 'pydantic'} & set(sys.modules)"
    code = f"import sys, perfeval.documents.formats.pdf; print({heavy})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_a_character_that_no_font_has_is_named_and_never_left_out() -> None:
    with pytest.raises(RenderError, match=r"都没有这些字：“U\+F0000”"):
        pdf.write_table(one_cell("甲\U000f0000乙"))


def test_a_box_is_drawn_where_no_font_has_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    [*_, here] = fonts.choices()
    bare = here._replace(looks={**here.looks, "tick": []})
    monkeypatch.setattr(pdf, "choices", lambda: iter([bare]))
    assert "√" in poppler("pdftotext", pdf.write_table(one_cell("专项 ☑")))


LONG_ONES = """
from perfeval.documents.formats import pdf
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle
from tests.memory import peak

for number in range(6):
    said = [f"第{number}册第{at}段：" + "项目按期完成，资金按进度支付。" * 12 for at in range(500)]
    blocks = [Block(NarrativeStyle.PARAGRAPH, text) for text in said]
    pdf.write_narrative(Narrative((Block(NarrativeStyle.TITLE, "甲"), *blocks), "办法"))
    print(peak())
"""


@pytest.mark.slow
def test_one_long_document_after_another_takes_no_more_memory_than_one() -> None:
    """Typst would keep what it knows of ten."""
    run = subprocess.run([sys.executable, "-c", LONG_ONES], capture_output=True, check=True)
    first, *_, last = map(int, run.stdout.split())
    assert last < first * 1.3
