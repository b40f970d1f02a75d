"""HTML: one self-contained page whose values are text and nothing else."""

from __future__ import annotations

import pytest

import perfeval
from perfeval import DocumentName, Report, render
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats.html import write_table
from perfeval.documents.templates import markup_template
from tests.documents.reading import Seen, read_html
from tests.documents.rows import HOSTILE, hostile_sheet

LITTLE = Table("表", "左", "右", (50, 50), ((GridCell(0, 0, 1, 2, "甲", Role.LABEL),),))


def test_the_page_shows_the_grid(real: Report) -> None:
    assert real.scorecard is not None
    table = lay_out(real.scorecard)
    assert read_html(render(real, "html")).cells == [Seen(*cell[:5]) for cell in table.cells]


@pytest.mark.parametrize("document", ["table", "abstract"])
def test_the_page_asks_nothing_of_a_network(real: Report, document: DocumentName) -> None:
    page = render(real, "html", document=document, data=False).decode()
    elements = read_html(page).elements
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in elements}
    assert not {"src", "href", "action"} & {name for _, values in elements for name in values}
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_says_its_language_title_and_versions(real: Report) -> None:
    assert real.scorecard is not None
    page = read_html(render(real, "html"))
    assert ("html", {"lang": "zh-CN"}) in page.elements
    assert ("title", "2023年度养老服务体系建设运营补助资金项目绩效自评表") in page.texts
    stamp = f"perfeval {perfeval.__version__}; {real.scorecard.stamp}"
    assert ("meta", {"name": "generator", "content": stamp}) in page.elements


def test_headers_say_what_they_head(real: Report) -> None:
    page = read_html(render(real, "html"))
    scopes = {values.get("scope") for tag, values in page.elements if tag == "th"}
    assert scopes == {"col", "row", "rowgroup"}
    assert [tag for tag, _ in page.elements].count("col") == 7


@pytest.mark.parametrize("document", ["table", "abstract"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_becomes_markup(text: str, document: DocumentName) -> None:
    plain = perfeval.evaluate(hostile_sheet("甲\n乙" if "\n" in text else "甲"))
    hostile = perfeval.evaluate(hostile_sheet(text))
    pages = [read_html(render(report, "html", document=document)) for report in (plain, hostile)]
    if "\n" not in text or document == "table":
        plain_tags, tags = ([tag for tag, _ in page.elements if tag != "wbr"] for page in pages)
        assert plain_tags == tags
    assert "49" not in "".join(data for tag, data in pages[1].texts if tag in ("td", "p"))
    assert text.partition("\n")[0] in "".join(data for _, data in pages[1].texts)


def test_a_table_without_a_free_first_row_has_no_head() -> None:
    cells = (GridCell(0, 0, 2, 1, "甲", Role.LABEL), GridCell(0, 1, 1, 1, "乙", Role.TEXT))
    merged = LITTLE._replace(rows=(cells, (GridCell(1, 1, 1, 1, "丙", Role.VALUE),)))
    assert b"<thead>" not in write_table(merged)
    assert b"<thead>" in write_table(LITTLE)


def test_notes_and_signatures_stand_below() -> None:
    page = write_table(
        LITTLE._replace(notes=("注：一",), signatures=("填报人：", "审核人："))
    ).decode()
    assert page.index("</table>") < page.index("注：一") < page.index("审核人：")


def test_landscape_is_a_property_of_the_page() -> None:
    assert b"size: A4 landscape" in write_table(LITTLE._replace(landscape=True))
    assert b"landscape" not in write_table(LITTLE)


@pytest.mark.parametrize("value", [0.1, None])
def test_a_template_prints_no_float_and_no_none(value: float | None) -> None:
    with pytest.raises(TypeError, match="exact values only"):
        markup_template("word/core.xml.j2").render(title=value)
