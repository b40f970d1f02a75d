"""Word (.docx): WordprocessingML from templates, packed so that equal tables give equal bytes."""

from __future__ import annotations

from functools import cache, lru_cache

from markupsafe import Markup, escape

from perfeval._resources import data_dir
from perfeval.documents.archive import Member, compress, pack
from perfeval.documents.grid import Role, Table
from perfeval.documents.narrative import Narrative, Style
from perfeval.documents.templates import markup_template
from perfeval.errors import RenderError
from perfeval.rulebook.form_faults import LEAST_MARGIN_MM, PAGE_MM

_CONSTANT = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package.rels.xml",
    "word/_rels/document.xml.rels": "document.rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/theme/theme1.xml": "theme1.xml",
    "docProps/app.xml": "app.xml",
}
_CELL_STYLES = {
    Role.HEADING: "FormLabel",
    Role.LABEL: "FormLabel",
    Role.VALUE: "FormValue",
    Role.TEXT: "FormText",
}
_BLOCK_STYLES = {
    Style.TITLE: "Title",
    Style.HEADING1: "Heading1",
    Style.HEADING2: "Heading2",
    Style.PARAGRAPH: "BodyText",
}
_TEXT = "\v"  # stands for the text in a cell that is made ready for many
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_MARGIN_MM = 11


def write_table(table: Table) -> bytes:
    """Write the 自评表 as a Word document.

    Raises:
        RenderError: The table is wider than the page.
    """
    page = PAGE_MM[::-1] if table.landscape else PAGE_MM
    side = (page[0] - sum(table.widths)) // 2
    if side < LEAST_MARGIN_MM:
        raise RenderError(
            f"表式有误：各栏合计宽 {sum(table.widths)} 毫米，放不进宽 {page[0]} 毫米的页面"
        )
    document = markup_template("word/table.xml.j2").render(
        table=table, grid=tuple(map(_twips, table.widths)), rows=_rows(table),
        repeated=len(table.head), page=tuple(map(_twips, page)), side=_twips(side),
        margin=_twips(_MARGIN_MM),
    )  # fmt: skip
    return _pack(document, table.title, table.stamp)


def write_narrative(narrative: Narrative) -> bytes:
    """Write a narrative as a Word document, in the look of official papers (公文)."""
    blocks = [(_BLOCK_STYLES[block.style], block.text) for block in narrative.blocks]
    document = markup_template("word/narrative.xml.j2").render(blocks=blocks)
    return _pack(document, narrative.title, narrative.stamp)


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


def _pack(document: str, title: str, stamp: str) -> bytes:
    core = markup_template("word/core.xml.j2").render(title=title)
    custom = markup_template("word/custom.xml.j2").render(stamp=stamp)
    return pack((
        *_constant_parts(),
        compress("word/document.xml", document.encode(), level=1),
        compress("docProps/core.xml", core.encode()),
        compress("docProps/custom.xml", custom.encode()),
    ))  # fmt: skip


@cache
def _constant_parts() -> tuple[Member, ...]:
    """Return the parts that are the same in every document, compressed once in a process."""
    folder = data_dir("templates") / "word"
    return tuple(
        compress(name, (folder / file).read_text(encoding="utf-8").encode())
        for name, file in _CONSTANT.items()
    )
