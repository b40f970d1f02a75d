"""Word (.docx): WordprocessingML from templates, packed so that equal tables give equal bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from perfeval._resources import data_dir
from perfeval.carriers.enclosure import ENCLOSURE
from perfeval.documents.alignment import width
from perfeval.documents.archive import pack
from perfeval.documents.charts import Bars
from perfeval.documents.form.grid import Role, Table
from perfeval.documents.formats.pages import long_rows
from perfeval.documents.templates import markup_template
from perfeval.documents.texts.binding import Bound, BoundPart
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle, Run
from perfeval.documents.titles import balanced
from perfeval.errors import RenderError
from perfeval.rulebook.form_faults import LEAST_MARGIN_MM, PAGE_MM

_LISTS = {
    "[Content_Types].xml": "content_types.xml.j2",
    "word/_rels/document.xml.rels": "document.rels.xml.j2",
}
"""What names the parts of a document, its charts among them."""
_CONSTANT = {
    "_rels/.rels": "package.rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/theme/theme1.xml": "theme1.xml",
    "word/footer.xml": "footer.xml",
    "word/footerEven.xml": "footer_even.xml",
    "docProps/app.xml": "app.xml",
}
_ENCLOSING = {
    "customXml/_rels/item1.xml.rels": "enclosed.rels.xml.j2",
    "customXml/itemProps1.xml": "enclosed_properties.xml.j2",
}
_IDENTITY = "{6F0B1C52-3E0A-5D4B-9C1E-2A7D50E4B9F3}"
"""By this Word tells one part of custom XML from another; ours is always the same one."""
_CELL_STYLES = {
    Role.HEADING: "FormLabel",
    Role.LABEL: "FormLabel",
    Role.VALUE: "FormValue",
    Role.TEXT: "FormText",
}
_BLOCK_STYLES = {
    NarrativeStyle.TITLE: "Title",
    NarrativeStyle.HEADING1: "Heading1",
    NarrativeStyle.HEADING2: "Heading2",
    NarrativeStyle.PARAGRAPH: "BodyText",
    NarrativeStyle.CHART: "BodyText",
}
_TITLE_CELLS = 39
"""How many half-width characters of a title fit into a line of an official paper.

It has room for 40, but the digits of most fonts are wider than half a character.
"""
_CONTENTS_CELLS = 52
"""And into a line of a table of contents."""
_FORM_TITLE_PT = 18
_LINE_CELLS = 54
"""A last paragraph that is not wider than this stands in one line."""
_TEXT = "\v"  # stands for the text in a cell that is made ready for many
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_MARGIN_MM = 11
_BARS, _BAR_MM, _LEAST_BARS_MM, _FRAME_MM = 20, 8, 30, 24
"""How many bars a chart has at most, and how high one, all and what stands around them are."""
_KEPT_MM = 100
"""A chart that is higher than this does not draw the words below it onto its page."""
_EMU_PER_MM = 36000


def write_table(table: Table) -> bytes:
    """Write the 自评表 as a Word document.

    Raises:
        RenderError: The table is wider than the page.
    """
    charts: list[Chart] = []
    document = markup_template("word/table.xml.j2").render(**_table_values(table, charts))
    return _pack(document, table.title, table.stamp, charts, table.enclosed)


def _table_values(table: Table, charts: list[Chart]) -> dict[str, Any]:
    """Return what the templates need to know of a table.

    Args:
        table: The table.
        charts: Takes the charts of the document, that of this table too.
    """
    drawn = table.chart
    own = [] if drawn is None else list(_charts(drawn.bars, drawn.said, len(charts) + 1))
    charts += own
    page = PAGE_MM[::-1] if table.landscape else PAGE_MM
    side = (page[0] - sum(table.widths)) // 2
    if side < LEAST_MARGIN_MM:
        raise RenderError(
            f"表式有误：各栏合计宽 {sum(table.widths)} 毫米，放不进宽 {page[0]} 毫米的页面"
        )
    room = sum(table.widths) * 72 * 10 // (254 * (_FORM_TITLE_PT // 2))
    title = "\n".join(part for line in table.title.split("\n") for part in balanced(line, room))
    return {
        "table": table._replace(title=title),
        "grid": tuple(map(_twips, table.widths)),
        "rows": list(zip(_rows(table), _properties(table), strict=True)),
        "page": tuple(map(_twips, page)),
        "side": _twips(side),
        "margin": _twips(_MARGIN_MM),
        "charts": own,
    }


def write_narrative(narrative: Narrative) -> bytes:
    """Write a narrative as a Word document, in the look of official papers (公文)."""
    charts: list[Chart] = []
    document = markup_template("word/narrative.xml.j2").render(
        blocks=_blocks(narrative, charts), draft=narrative.draft
    )
    return _pack(document, narrative.title, narrative.stamp, charts)


def write_bound(bound: Bound) -> bytes:
    """Write several documents as one, with a table of contents; each keeps its own page.

    The page numbers of the contents are fields: the reader's program fills them in, which alone
    knows its pages.  Until it has, a dash stands there and no number that might be wrong.
    """
    charts: list[Chart] = []
    parts = [_bound_part(part, charts) for part in bound.parts]
    document = markup_template("word/bound.xml.j2").render(
        bound=bound,
        title="\n".join(balanced(bound.title, _TITLE_CELLS)),
        parts=parts,
        draft=bound.draft,
    )
    return _pack(document, bound.title, bound.stamp, charts)


def _bound_part(part: BoundPart, charts: list[Chart]) -> dict[str, Any]:
    """Return what the template needs to know of one part."""
    common: dict[str, Any] = {"title": "\n".join(balanced(part.title, _CONTENTS_CELLS))}
    if isinstance(part.content, Table):
        return {**common, **_table_values(part.content, charts)}
    return {**common, "table": None, "blocks": _blocks(part.content, charts)}


class Chart(NamedTuple):
    """A chart of a document: its number there, its figures, what it shows, its height in EMU."""

    number: int
    bars: Bars
    said: str
    height: int


class _Paragraph(NamedTuple):
    """A block as Word has it; ``keep`` holds it on the page of the next."""

    style: str
    runs: tuple[Run, ...]
    keep: bool
    chart: Chart | None = None


def _blocks(narrative: Narrative, charts: list[Chart]) -> list[_Paragraph]:
    """Return the paragraphs; the last line of a text never stands alone on a page.

    Args:
        narrative: The text.
        charts: Takes the charts of the document, those of this text too.
    """
    before_last = len(narrative.blocks) - 2 if _ends_short(narrative) else -1
    paragraphs: list[_Paragraph] = []
    for at, block in enumerate(narrative.blocks):
        drawn = () if block.bars is None else _charts(block.bars, block.text, len(charts) + 1)
        for chart in drawn:
            charts.append(chart)
            is_kept = chart.height <= _KEPT_MM * _EMU_PER_MM
            paragraphs.append(_Paragraph("Chart", (), keep=is_kept, chart=chart))
        style = _BLOCK_STYLES[block.style]
        paragraphs.append(_Paragraph(style, _runs(narrative, block), at == before_last))
    return paragraphs


def _charts(whole: Bars, said: str, first: int) -> Iterator[Chart]:
    """Yield the charts of some bars: many go over several charts, each on one page."""
    for number, bars in enumerate(whole.split(_BARS), first):
        height = _FRAME_MM + max(_BAR_MM * len(bars.names), _LEAST_BARS_MM)
        yield Chart(number, bars, said, height * _EMU_PER_MM)


def _runs(narrative: Narrative, block: Block) -> tuple[Run, ...]:
    if block.style is NarrativeStyle.TITLE:
        return (Run("\n".join(balanced(block.text, _TITLE_CELLS))),)
    return narrative.runs(block.text)


def _ends_short(narrative: Narrative) -> bool:
    return bool(narrative.blocks) and width(narrative.blocks[-1].text, ambiguous=2) <= _LINE_CELLS


def _rows(table: Table) -> list[Markup]:
    """Return the ``w:tc`` elements of every row: cells, and their continuations below."""
    widths = tuple(map(_twips, table.widths))
    rows = [[""] * len(widths) for _ in table.rows]
    for top, column, rowspan, colspan, text, role in table.cells:
        width = sum(widths[column : column + colspan])
        before, after = _around_text(width, colspan, "restart" if rowspan > 1 else "", role)
        rows[top][column] = before + str(escape(text)).replace("\n", _BREAK) + after
        if rowspan > 1:
            rest = "".join(_around_text(width, colspan, "continue", role))
            for row in rows[top + 1 : top + rowspan]:
                row[column] = rest
    return [Markup("".join(row)) for row in rows]  # noqa: S704 - every text was escaped above


def _properties(table: Table) -> list[tuple[bool, bool]]:
    """Return for each row whether it stays whole, and whether every page repeats it."""
    long = long_rows(table)
    repeated = 0 if 0 in long else len(table.head)
    return [(row not in long, row < repeated) for row in range(len(table.rows))]


@lru_cache(maxsize=4096)
def _around_text(width: int, colspan: int, merge: str, role: Role) -> tuple[str, str]:
    """Return what stands before and after the text in a cell of this shape."""
    cell = markup_template("word/cell.xml.j2").render(
        width=width, colspan=colspan, merge=merge, style=_CELL_STYLES[role], text=_TEXT
    )
    before, _, after = cell.partition(_TEXT)
    return before, after


def _twips(millimetres: int) -> int:
    """Convert to twentieths of a point (7200 in 127 mm), to the nearest."""
    return (millimetres * 14400 + 127) // 254


def _pack(
    document: str, title: str, stamp: str, charts: Sequence[Chart] = (), enclosed: str = ""
) -> bytes:
    core = markup_template("word/core.xml.j2").render(title=title)
    custom = markup_template("word/custom.xml.j2").render(stamp=stamp)
    parts = {
        "word/document.xml": document,
        "docProps/core.xml": core,
        "docProps/custom.xml": custom,
    }
    for chart in charts:
        drawn = markup_template("word/chart.xml.j2").render(bars=chart.bars)
        parts[f"word/charts/chart{chart.number}.xml"] = drawn
    if enclosed:
        part = markup_template("word/enclosed.xml.j2")
        parts["customXml/item1.xml"] = part.render(name=ENCLOSURE, text=enclosed)
    shared = _shared_parts(len(charts), is_enclosing=bool(enclosed))
    return pack(parts.items(), onto=shared, level=1)


@lru_cache(maxsize=8)
def _shared_parts(charts: int, *, is_enclosing: bool) -> bytes:
    """Return an archive of what is the same in every document with so many charts."""
    packed = {
        name: markup_template(f"word/{file}").render(charts=charts, is_enclosing=is_enclosing)
        for name, file in _LISTS.items()
    }
    if is_enclosing:
        packed |= {
            name: markup_template(f"word/{file}").render(identity=_IDENTITY, name=ENCLOSURE)
            for name, file in _ENCLOSING.items()
        }
    folder = data_dir("templates") / "word"
    packed |= {
        name: (folder / file).read_text(encoding="utf-8") for name, file in _CONSTANT.items()
    }
    return pack(packed.items())
