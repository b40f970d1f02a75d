"""Word: true merged cells, fixed widths, named fonts, clean structure, equal bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval import DocumentName, FormatName, RenderError, Report, render
from perfeval.documents.charts import ChartRow, execution_bars
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats.word import write_narrative, write_table
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle
from tests.conftest import Snapshot
from tests.documents.conftest import Make
from tests.documents.reading import (
    Seen,
    covers_exactly_once,
    part,
    read_html,
    word_cells,
    word_paragraphs,
)
from tests.documents.rows import BENEFIT, CLIENTS, FULL, HOSTILE, OUTPUT, hostile_sheet

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DOCUMENTS = ("table", "abstract")
LITTLE = Table("表", "左", "右", (50, 50), ((GridCell(0, 0, 1, 2, "甲", Role.LABEL),),))


def grid(report: Report) -> list[Seen]:
    assert report.scorecard is not None
    return [Seen(*cell[:5]) for cell in lay_out(report.scorecard).cells]


def test_the_document_shows_the_grid_with_true_merged_cells(real: Report) -> None:
    cells = word_cells(render(real, "docx"))
    assert cells == grid(real)
    assert covers_exactly_once(cells, 32, 7)


def test_the_document_reads_as_ever(real: Report, snapshot: Snapshot) -> None:
    docx = render(real, "docx")
    rows: dict[int, list[str]] = {}
    for cell in word_cells(docx):
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", ""))
    above = [text for _, text in word_paragraphs(docx) if text]
    snapshot("\n".join([*above, *map(" | ".join, rows.values()), ""]), "table.txt")


def test_the_abstract_reads_as_ever(real: Report, snapshot: Snapshot) -> None:
    paragraphs = word_paragraphs(render(real, "docx", document="abstract"))
    text = "".join(f"{style}: {words}\n" for style, words in paragraphs)
    snapshot(text, "abstract.txt")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_equal_reports_give_equal_bytes(real: Report, document: DocumentName) -> None:
    again = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    assert render(real, "docx", document=document) == render(again, "docx", document=document)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_archive_holds_no_time_and_no_damage(real: Report, document: DocumentName) -> None:
    with zipfile.ZipFile(io.BytesIO(render(real, "docx", document=document))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def audit(docx: bytes, folder: Path) -> list[str]:
    path = folder / "audited.docx"
    path.write_bytes(docx)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_structure_is_clean(
    real: Report, make: Make, tmp_path: Path, document: DocumentName
) -> None:
    for report in (real, make(), make(OUTPUT, BENEFIT, CLIENTS, 预算=FULL)):
        assert audit(render(report, "docx", document=document), tmp_path) == []


def test_a_table_with_everything_is_clean(tmp_path: Path) -> None:
    full = LITTLE._replace(
        notes=("注：一\n二",),
        signatures=("填报人：", "审核人：", "负责人："),
        landscape=True,
    )
    assert audit(write_table(full), tmp_path) == []


def test_widths_are_fixed_in_the_grid_and_in_every_cell(real: Report) -> None:
    document = part(render(real, "docx"))
    assert '<w:tblLayout w:type="fixed"/>' in document
    widths = [int(text.split('"')[1]) for text in document.split("<w:gridCol ")[1:]]
    assert [round(width * 25.4 / 1440) for width in widths] == [18, 21, 23, 48, 28, 24, 21]
    assert f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>' in document


def test_the_page_is_a4_upright_or_on_its_side() -> None:
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in part(write_table(LITTLE))
    lying = part(write_table(LITTLE._replace(landscape=True)))
    assert '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' in lying


def test_a_table_wider_than_the_page_is_refused() -> None:
    with pytest.raises(RenderError, match="220 毫米"):
        write_table(LITTLE._replace(widths=(110, 110)))
    assert write_table(LITTLE._replace(widths=(110, 110), landscape=True))


def test_the_first_row_repeats_and_no_row_breaks(real: Report) -> None:
    rows = part(render(real, "docx")).split("<w:tr>")[1:]
    assert ["<w:tblHeader/>" in row for row in rows] == [True, *[False] * 31]
    assert all("<w:cantSplit/>" in row for row in rows)


def test_a_row_that_may_be_longer_than_a_page_breaks_and_is_not_repeated() -> None:
    cells = (GridCell(0, 0, 1, 1, "甲", Role.LABEL), GridCell(0, 1, 1, 1, "长" * 600, Role.TEXT))
    short = (GridCell(1, 0, 1, 1, "乙", Role.LABEL), GridCell(1, 1, 1, 1, "短", Role.TEXT))
    first, second = part(write_table(LITTLE._replace(rows=(cells, short)))).split("<w:tr>")[1:]
    assert "<w:cantSplit/>" not in first
    assert "<w:tblHeader/>" not in first
    assert "<w:cantSplit/>" in second


def test_chinese_fonts_are_named_for_chinese_text(real: Report) -> None:
    docx = render(real, "docx", document="abstract")
    styles, fonts = part(docx, "word/styles.xml"), part(docx, "word/fontTable.xml")
    for font in ("宋体", "黑体", "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体"):
        assert f'w:eastAsia="{font}"' in styles
        assert f'<w:font w:name="{font}"><w:altName' in fonts


def test_a_line_break_in_a_field_is_a_break_in_the_cell(make: Make) -> None:
    docx = render(make(预算=FULL, 原因分析="第一\n第二"), "docx")
    assert "第一\n第二" in {cell.text for cell in word_cells(docx)}


def test_versions_stand_in_the_properties_and_not_in_the_text(real: Report) -> None:
    assert real.scorecard is not None
    docx = render(real, "docx")
    stamp = f"perfeval {perfeval.__version__}; {real.scorecard.stamp}"
    assert stamp in part(docx, "docProps/custom.xml")
    assert "perfeval" not in part(docx)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_becomes_markup(text: str, document: DocumentName, tmp_path: Path) -> None:
    report = perfeval.evaluate(hostile_sheet(text))
    docx = render(report, "docx", document=document)
    assert audit(docx, tmp_path) == []
    if document == "table":
        assert word_cells(docx) == grid(report)
    styles = [style for style, _ in word_paragraphs(docx) if style.startswith("Heading")]
    assert styles == (
        ["Heading1", "Heading1", "Heading2", "Heading2", *["Heading1"] * 2]
        if document == "abstract"
        else []
    )


def charted(*names: str) -> Narrative:
    rows = [ChartRow(name, Decimal(100), Decimal(90)) for name in names]
    title = Block(NarrativeStyle.TITLE, "图")
    chart = Block(NarrativeStyle.CHART, "；".join(names), "", execution_bars(rows))
    return Narrative((title, chart), "办法")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_chart_is_drawn_and_told(text: str, tmp_path: Path) -> None:
    """Its figures are those of the data, its words stand below, and no name becomes markup."""
    docx = write_narrative(charted(text, "乙"))
    assert audit(docx, tmp_path) == []
    chart = ET.fromstring(part(docx, "word/charts/chart1.xml"))
    values = [node.text for node in chart.iter(f"{CHART}v")]
    assert values == ["执行率", f"{text}（90.00%）", "乙（90.00%）", "90", "90"]
    assert ("BodyText", f"{text}；乙") in word_paragraphs(docx)


def test_a_chart_of_many_bars_goes_over_several(tmp_path: Path) -> None:
    docx = write_narrative(charted(*map(str, range(50))))
    assert audit(docx, tmp_path) == []
    drawn = [part(docx, f"word/charts/chart{number}.xml") for number in (1, 2, 3)]
    names = [name for one in drawn for name in re.findall("<c:v>([0-9]+)（90.00%）", one)]
    assert names == [str(number) for number in range(50)]
    assert re.findall(r'r:id="(rIdChart\d+)"', part(docx)) == [
        "rIdChart1",
        "rIdChart2",
        "rIdChart3",
    ]


def test_a_table_has_the_points_of_its_sections_below_it_where_that_is_asked_for(
    real: Report, tmp_path: Path
) -> None:
    """A form is signed as it is; the chart comes with ``charts=True``, and adds no word to it."""
    plain, docx = render(real, "docx"), render(real, "docx", charts=True)
    assert audit(docx, tmp_path) == []
    chart = ET.fromstring(part(docx, "word/charts/chart1.xml"))
    values = [node.text for node in chart.iter(f"{CHART}v")]
    assert "产出指标（38.73 / 40）" in values
    assert {"19.73", "16.73", "22"} <= set(values)
    assert 'r:id="rIdChart1"' in part(docx)
    assert "rIdChart" not in part(plain)
    assert [one for one in word_paragraphs(docx) if one[1]] == [
        one for one in word_paragraphs(plain) if one[1]
    ]
    drawn, bare = perfeval.read(docx), perfeval.read(plain)
    assert [table.data for table in drawn.tables] == [table.data for table in bare.tables]
    assert drawn.unread == bare.unread


# -- LibreOffice -------------------------------------------------------------------------------

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


def convert(docx: bytes, ending: FormatName, folder: Path) -> Path:
    """Convert a Word document with LibreOffice."""
    source = folder / "document.docx"
    source.write_bytes(docx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return source.with_suffix(f".{ending}")


@pytest.mark.slow
@needs_office
def test_libreoffice_converts_to_the_same_grid(real: Report, tmp_path: Path) -> None:
    page = convert(render(real, "docx"), "html", tmp_path).read_text(encoding="utf-8")
    page = page.replace("<br/>", "<br>")
    converted = [cell._replace(text="".join(cell.text.split())) for cell in read_html(page).cells]
    assert converted == [cell._replace(text="".join(cell.text.split())) for cell in grid(real)]


@pytest.mark.slow
@needs_office
def test_the_published_sheet_fits_one_page(real: Report, tmp_path: Path) -> None:
    pdf = convert(render(real, "docx"), "pdf", tmp_path).read_bytes()
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page>") == 1
