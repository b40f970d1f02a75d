"""Every word of a sheet that a document prints is in it, in every format, however long.

The texts have 2,000 characters each; every character of a text is its own, so that a count of
characters in whatever order tells which text lost what (`tests.documents.words`).
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import perfeval
from perfeval import DocumentName, FormatName, Report, render
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import FORMATS, pdf, writer
from perfeval.documents.texts.narrative import TEXTS, Block, Narrative, NarrativeStyle
from perfeval.documents.workbook import form_workbook
from tests.documents.words import Texts, in_document, in_table, long_sheet, lost, on_pages, rare

LONG = 2000
IDS = perfeval.rulebook_ids()
KINDS = ("项目支出", "部门整体支出")
WITHOUT_PDF = not importlib.util.find_spec("typst") or not shutil.which("pdftotext")
ENDINGS = [
    pytest.param(
        ending,
        marks=pytest.mark.skipif(
            ending == "pdf" and WITHOUT_PDF, reason="the extra pdf or poppler is missing"
        ),
    )
    for ending in FORMATS
]
every_book = pytest.mark.parametrize("name", IDS)
every_kind = pytest.mark.parametrize(
    "kind", [KINDS[0], pytest.param(KINDS[1], marks=pytest.mark.slow)]
)


def long_report(name: str, kind: str) -> tuple[Report, Table, Texts]:
    """Return a report of long texts, its table and the texts; a whole department has two goals."""
    sheet, texts = long_sheet(name, kind, LONG, goals=kind == KINDS[1])
    report = perfeval.evaluate(sheet)
    assert report.scorecard is not None, [str(finding) for finding in report.errors]
    return report, lay_out(report.scorecard), texts


@every_book
@every_kind
def test_a_form_prints_a_text_whole_or_has_no_place_for_it(name: str, kind: str) -> None:
    _, table, texts = long_report(name, kind)
    printed = rare(in_table(table))
    for field, own in texts.characters.items():
        assert {printed[one] / times for one, times in own.items()} in ({0}, {1}), field
    for field in ("产出的原因", "原因"):
        assert all(printed[one] for one in texts.characters[field]), field


@every_book
@every_kind
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_a_form_prints_is_in_the_document(name: str, kind: str, ending: FormatName) -> None:
    report, table, texts = long_report(name, kind)
    document = in_document(render(report, ending), ending)
    assert lost(rare(in_table(table)), rare(document), texts) == {}


@every_book
@every_kind
def test_what_has_a_cell_in_a_form_is_in_the_workbook(name: str, kind: str) -> None:
    report, table, _ = long_report(name, kind)
    assert report.sheet is not None
    assert report.rulebook is not None
    document = in_document(form_workbook(report.rulebook, report.sheet), "xlsx")
    cells = rare(in_table(table._replace(notes=())))
    assert cells <= rare(document)


@pytest.mark.parametrize("document", TEXTS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_a_text_says_is_in_the_document(document: DocumentName, ending: FormatName) -> None:
    report, _, texts = long_report("mof-2020", "项目支出")
    assert report.scorecard is not None
    said = rare("".join(block.text for block in TEXTS[document](report.scorecard).blocks))
    assert said
    assert (
        lost(said, rare(in_document(render(report, ending, document=document), ending)), texts)
        == {}
    )


# -- every place of a page ---------------------------------------------------------------------


def one_long(place: str, text: str) -> Table:
    """Return a table with a long text in one place."""
    table = Table(
        title="表",
        above_left="左",
        above_right="右",
        widths=(30, 150),
        rows=(
            (GridCell(0, 0, 1, 1, "项", Role.HEADING), GridCell(0, 1, 1, 1, "值", Role.HEADING)),
            (GridCell(1, 0, 2, 1, "甲", Role.LABEL), GridCell(1, 1, 1, 1, "乙", Role.VALUE)),
            (GridCell(2, 1, 1, 1, "丙", Role.TEXT),),
        ),
        notes=("注",),
        signatures=("填报人", "审核人"),
    )
    elsewhere = {
        "title": table._replace(title=text),
        "above_left": table._replace(above_left=text),
        "above_right": table._replace(above_right=text),
        "notes": table._replace(notes=(text,)),
        "signatures": table._replace(signatures=(text, "审核人")),
    }
    if place in elsewhere:
        return elsewhere[place]
    row, column = map(int, place)
    rows = [
        tuple(
            cell._replace(text=text) if (cell.row, cell.column) == (row, column) else cell
            for cell in cells
        )
        for cells in table.rows
    ]
    return table._replace(rows=tuple(rows))


PLACES = ("title", "above_left", "above_right", "notes", "signatures", "00", "01", "10", "11", "21")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("landscape", [False, True])
def test_a_long_text_is_whole_wherever_it_stands(
    place: str, ending: FormatName, *, landscape: bool
) -> None:
    texts = Texts(LONG)
    table = one_long(place, texts.text(place))._replace(landscape=landscape)
    document = in_document(writer(ending).write_table(table), ending)
    times = 2 if place == "title" and ending == "html" else 1  # the window's title
    assert lost(rare(in_table(table) * times), rare(document), texts) == {}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("style", NarrativeStyle)
def test_a_long_block_is_whole(style: NarrativeStyle, ending: FormatName) -> None:
    texts = Texts(LONG)
    text = texts.text("段")
    document = writer(ending).write_narrative(Narrative((Block(style, text),), "戳"))
    times = 2 if style is NarrativeStyle.TITLE and ending == "html" else 1  # the window's title
    assert lost(rare(text * times), rare(in_document(document, ending)), texts) == {}


WORDS = ("W" * 7 + " ", "ab cd ", "一W", "长\n", "长词 text。")
"""Texts that a count of characters takes for shorter, or longer, than they are."""


@pytest.mark.skipif(WITHOUT_PDF, reason="the extra pdf or poppler is missing")
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("width", [16, 60])
@pytest.mark.parametrize("times", [12, 60, 150])
def test_a_row_of_any_height_is_whole(word: str, width: int, times: int) -> None:
    """Rows that are just about too high for a page, in the shorter page."""
    cells = (GridCell(0, 0, 1, 1, "项", Role.LABEL), GridCell(0, 1, 1, 1, word * times, Role.TEXT))
    table = Table("表", "", "", (30, width), (cells,), landscape=True)
    found = Counter(on_pages(pdf.write_table(table)))
    letters = {one for one in word if one.strip()}
    assert {one: found[one] for one in letters} == {one: word.count(one) * times for one in letters}


# -- as Word sets it ---------------------------------------------------------------------------


def as_pages(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Set Word documents with LibreOffice, all in one run."""
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    sources = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run([*command, *sources], check=True, capture_output=True, timeout=600)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")
@every_kind
def test_what_is_in_the_word_document_is_on_its_pages(kind: str, tmp_path: Path) -> None:
    reports = {name: long_report(name, kind) for name in IDS}
    documents = {name: render(report, "docx") for name, (report, _, _) in reports.items()}
    for name, pages in as_pages(documents, tmp_path).items():
        _, table, texts = reports[name]
        assert lost(rare(in_table(table)), rare(on_pages(pages)), texts) == {}, name
