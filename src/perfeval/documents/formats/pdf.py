"""PDF/A, set by Typst: the form on its page; every text is handed over as data."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from perfeval._resources import data_dir
from perfeval.carriers.enclosure import ENCLOSED_FILE
from perfeval.documents.alignment import width
from perfeval.documents.form.grid import Table
from perfeval.documents.formats.fonts import Fonts, choices
from perfeval.documents.formats.pages import long_rows
from perfeval.documents.titles import balanced
from perfeval.errors import MissingExtraError, RenderError

if TYPE_CHECKING:
    import typst

    from perfeval.documents.form.grid import GridCell
    from perfeval.documents.texts.binding import Bound
    from perfeval.documents.texts.narrative import Narrative

_PAGE_MM, _LEAST_MARGIN_MM = (210, 297), 8  # those of the rulebook, which is slow to import
_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})年", re.ASCII)
_NO_YEAR = 1980
_TITLE_CELLS, _CONTENTS_CELLS, _LINE_CELLS = 39, 52, 54  # half-width characters of a line
"""A line has room for 40 of a title, but most fonts have digits wider than half a character."""
_LONG_DATA, _KEPT_DOCUMENTS = 200_000, 10
"""Typst keeps all it has worked out for its last ten documents.

Behind a long one empty ones are set until that is forgotten: a department of 500 took 1.2 GB.
"""
_FORM_TITLE_PT = 18
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def write_table(table: Table) -> bytes:
    """Write the 自评表 as a PDF.

    Raises:
        MissingExtraError: The optional package ``typst`` is not installed.
        RenderError: The table is wider than the page, or no font shows a text.
    """
    data = {**_form(table), "enclosed": table.enclosed, "enclosed_name": ENCLOSED_FILE}
    return _compile("table", table.title, table.stamp, data, _texts(table))


def _form(table: Table) -> dict[str, Any]:
    """Return what the templates need to know of a form.

    Raises:
        RenderError: The table is wider than the page.
    """
    width = _PAGE_MM[table.landscape]
    if width - sum(table.widths) < 2 * _LEAST_MARGIN_MM:
        raise RenderError(
            f"表式有误：各栏合计宽 {sum(table.widths)} 毫米，放不进宽 {width} 毫米的页面"
        )
    long = long_rows(table)
    head, body = (table.head, table.body) if 0 not in long else ((), table.rows)
    room = sum(table.widths) * 72 * 10 // (254 * (_FORM_TITLE_PT // 2))
    lines = (part for line in table.title.split("\n") for part in balanced(line, room))
    return {
        "title": table.title,
        "lines": tuple(lines),
        "draft": table.draft,
        "above": (table.above_left, table.above_right),
        "widths": table.widths,
        "head": _cells(head, long),
        "body": _cells(body, long),
        "notes": table.notes,
        "signatures": table.signatures,
        "picture": "" if table.chart is None else table.chart.picture,
        "width": width,
        "landscape": table.landscape,
    }


def _texts(table: Table) -> Iterator[str]:
    yield from (table.title, table.draft, table.above_left, table.above_right)
    yield from (cell.text for cell in table.cells)


def write_narrative(narrative: Narrative) -> bytes:
    """Write a narrative as a PDF, in the look of official papers (公文).

    Raises:
        MissingExtraError: The optional package ``typst`` is not installed.
        RenderError: No font shows a text.
    """
    data = {"blocks": _blocks(narrative), "draft": narrative.draft}
    texts = (block.text for block in narrative.blocks)
    return _compile("narrative", narrative.title, narrative.stamp, data, texts)


def _blocks(narrative: Narrative) -> list[dict[str, Any]]:
    """Return the blocks by the names of the templates; a short last line stands never alone."""
    last = len(narrative.blocks) - 1
    is_short = bool(narrative.blocks) and width(narrative.blocks[-1].text) <= _LINE_CELLS
    return [
        {
            "kind": block.style.value,
            "runs": narrative.runs(block.text),
            "lines": balanced(block.text, _TITLE_CELLS),
            "picture": block.picture,
            "keep": is_short and at == last - 1,
        }
        for at, block in enumerate(narrative.blocks)
    ]


def write_bound(bound: Bound) -> bytes:
    """Write several documents as one PDF, with a table of contents; see `write_table`."""
    parts = [_part(title, content) for title, content in bound.parts]
    data = {
        "parts": parts,
        "lines": balanced(bound.title, _TITLE_CELLS),
        "draft": bound.draft,
    }
    return _compile("bound", bound.title, bound.stamp, data, (bound.title,))


def _part(title: str, content: Narrative | Table) -> dict[str, Any]:
    entry = {"name": title, "entry": balanced(title, _CONTENTS_CELLS)}
    if isinstance(content, Table):
        return {**entry, **_form(content)}
    return {**entry, "blocks": _blocks(content)}


def _cells(rows: Iterable[Iterable[GridCell]], long: Container[int]) -> list[dict[str, Any]]:
    """Return the cells by the names of a table's cells in Typst.

    One cell that must stay whole keeps its row whole, and what then runs off the page is lost:
    in a long row all cells may be cut.
    """
    return [
        {
            "x": cell.column,
            "y": cell.row,
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "text": cell.text,
            "role": cell.role.value,
            "breakable": cell.rowspan > 1 or cell.row in long,
        }
        for row in rows
        for cell in row
    ]


def _compile(
    template: str, title: str, stamp: str, content: Mapping[str, Any], texts: Iterable[str]
) -> bytes:
    """Compile a template below ``templates/pdf/`` with its data."""
    engine = _engine()
    fault: Any = None
    data = {**content, "title": title, "stamp": stamp, "year": _year(texts)}
    for fonts in choices():
        try:
            return _set(template, data, fonts)
        except engine.TypstError as error:  # noqa: PERF203 (twice at most)
            fault = error
            if not _UNSHOWN.search(error.diagnostic):
                break
    raise RenderError(_reason(fault)) from fault


def _set(template: str, data: Mapping[str, Any], fonts: Fonts) -> bytes:
    engine, text = _engine(), json.dumps({**data, "fonts": fonts.looks})
    document: bytes = engine.compile(
        str(data_dir("templates") / "pdf" / f"{template}.typ"),
        font_paths=fonts.opened,
        sys_inputs={"data": text},
        pdf_standards="a-3b" if data.get("enclosed") else "a-2b",
    )
    if len(text) > _LONG_DATA:
        for _ in range(_KEPT_DOCUMENTS + 1):
            engine.compile(b"", ignore_system_fonts=True)
    return document


def _engine() -> Any:
    try:
        import typst
    except ImportError as error:
        message = (
            "生成 PDF 要用可选的组件 typst，还没有安装：pip install perfeval[pdf]"
            '（在源码目录里：pip install ".[pdf]"）'
        )
        raise MissingExtraError(message) from error
    return typst


def _year(texts: Iterable[str]) -> int:
    """Return the first year that the document names: its date has to be a fixed one."""
    found = (match for text in texts if (match := _YEAR.search(text)))
    match = next(found, None)
    return _NO_YEAR if match is None else int(match[1])


def _reason(error: typst.TypstError) -> str:
    """Say in Chinese why there is no document; usually no font has a character."""
    unshown = dict.fromkeys(_UNSHOWN.findall(error.diagnostic))
    if not unshown:
        return f"不能生成 PDF：{error.message}"
    shown = "、".join(f"“{_ESCAPED.sub(_character, text)}”" for text in unshown)
    return f"不能生成 PDF：本机的字体都没有这些字：{shown}；请安装带生僻字的字体，或改用 Word 格式"


def _character(match: re.Match[str]) -> str:
    return f"U+{match[1].upper().zfill(4)}"
