"""Pages of a browser (.html, and what systems export as “Excel” and is a page)."""

from __future__ import annotations

import re

from perfeval.carriers.enclosure import ENCLOSURE, Enclosures
from perfeval.carriers.limits import Allowance, too_much
from perfeval.carriers.plain import decoded
from perfeval.carriers.tables import MOST_SPAN, Flow
from perfeval.carriers.tags import PageData, PageTag, PageText, page_tokens
from perfeval.carriers.values import (
    CarriedDocument,
    CarriedPart,
    CarrierKind,
    Remark,
    RemarkKind,
    counted,
)
from perfeval.places import TextPlace

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEAD = 4_096
MARK = "data-perfeval-remark"
"""The attribute of what a marked copy says beside the words of its original."""
_SPACE = re.compile("[ \t\r\n\f]+")
_CHINESE = f"[{chr(0x2E80)}-{chr(0x9FFF)}{chr(0xFF00)}-{chr(0xFFEF)}]"
_BETWEEN_CHINESE = re.compile(f"(?<={_CHINESE})[ \t]*[\r\n]+[ \t]*(?={_CHINESE})")
_NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[^;]*line-through",
    re.IGNORECASE,
)
_STRUCK = {"del", "s", "strike"}
_SPOKEN = {"rt", "rp"}
"""How a word is pronounced."""
_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr"),
}
_BLOCKS = {
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "form"),
    *("section", "article", "header", "footer", "center", "blockquote", "pre", "caption", "hr"),
    *("body", "html", "fieldset", "legend", "address", "main", "nav"),
}
_CELLS = {"td", "th", "tr", "table"}
_MOST_ROWS = 65_534


def read_html(raw: bytes, allowance: Allowance) -> CarriedDocument:
    """Read a page."""
    declared = _CHARSET.search(raw[:_HEAD])
    found = decoded(raw, declared[1].decode("ascii") if declared else "")
    if len(found.text) > allowance.limits.characters:
        raise too_much(f"文字超过 {allowance.limits.characters} 字")
    page, enclosures = _Page(allowance), Enclosures()
    for token in page_tokens(found.text):
        if isinstance(token, PageText):
            page.text(token)
        elif isinstance(token, PageTag):
            page.tag(token)
        elif _is_enclosure(token):
            enclosures.add(token.text)
    remarks = (*found.remarks, *page.remarks(), *enclosures.remarks())
    return CarriedDocument(CarrierKind.HTML, page.parts(), remarks, tuple(enclosures.texts))


def _is_enclosure(data: PageData) -> bool:
    return data.attributes.get("id") == ENCLOSURE


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    text = attributes.get(name, "1").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    value = int(text[:9])
    return min(value, most) if value or name != "rowspan" else most


class _Page:
    """Gathers lines and tables from tags and texts, however these are nested."""

    def __init__(self, allowance: Allowance) -> None:
        self._flow = Flow(allowance)
        self._pieces: list[str] = []
        self._cells: list[list[str] | None] = []
        self._line = self._begun = 1
        self._muted_by = ""
        self._muted_depth = 0
        self._options: list[str] | None = None
        self._chosen: int | None = None
        self._hidden = self._pictures = self._ours = 0

    def text(self, token: PageText) -> None:
        """Take a text."""
        self._line = token.line
        if self._muted_by or not token.text:
            return
        text = _SPACE.sub(" ", _BETWEEN_CHINESE.sub("", token.text)).replace("\xa0", " ")
        if self._options is not None:
            if self._options:
                self._options[-1] += text
            return
        if self._is_between_cells() and not text.strip():
            return
        if not self._pieces:
            self._begun = token.line
        self._pieces.append(text)

    def tag(self, token: PageTag) -> None:
        """Take a tag."""
        if self._muted_by in _STRUCK | _SPOKEN and token.name in _CELLS:
            self._muted_by = ""  # what was never closed ends with its cell
        if self._muted_by:
            self._unmute(token)
        elif token.is_end:
            self._end(token.name)
        elif not self._mutes(token):
            if token.name == "sup" and "".join(self._pieces[-1:])[-1:].isdigit():
                self._pieces.append("^")  # 10 to the 4th is not 104
            self._start(token)

    def _mutes(self, token: PageTag) -> bool:
        """Tell whether an element is not shown; rows and cells that are not are kept as hidden."""
        if token.name in _VOID or token.name in ("tr", "td", "th", "body", "html"):
            return False
        is_ours = MARK in token.attributes
        is_unsaid = is_ours or token.name in ("button", *_SPOKEN)
        if not (is_unsaid or token.name in _STRUCK or _is_hidden(token.attributes)):
            return False
        self._hidden += not is_unsaid
        self._ours += is_ours
        self._muted_by, self._muted_depth = token.name, 1
        return True

    def _unmute(self, token: PageTag) -> None:
        if token.name == self._muted_by:
            self._muted_depth += -1 if token.is_end else 1
            if self._muted_depth == 0:
                self._muted_by = ""

    def _start(self, token: PageTag) -> None:
        name = token.name
        if name == "br":
            self._pieces.append("\n")
        elif name == "table":
            self._flush()
            self._flow.begin_table()
            self._cells.append(None)
        elif name in ("td", "th"):
            self._begin_cell(token.attributes)
        elif name == "tr":
            self._begin_row(token.attributes)
        elif name == "input":
            self._input(token.attributes)
        elif name == "select":
            self._options, self._chosen = [], None
        elif name == "option" and self._options is not None:
            self._option(token.attributes)
        elif name == "img":
            self._pictures += 1
        elif name in _BLOCKS:
            self._flush()

    def _end(self, name: str) -> None:
        if name == "table" and self._cells:
            self._end_cell()
            self._flow.end_table()
            self._cells.pop()
        elif name in ("td", "th", "tr"):
            self._end_cell()
        elif name == "select" and self._options is not None:
            self._pieces.append(self._options[self._chosen or 0] if self._options else "")
            self._options = None
        elif name in _BLOCKS:
            self._flush()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        table = self._flow.table
        if table is not None:
            self._end_cell()
            row = table.add_row(self._flow.allowance)
            row.is_hidden = _is_hidden(attributes)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        table = self._flow.table
        if table is None:
            self._flush()
            return
        self._end_cell()
        cell = table.add_cell(self._flow.allowance)
        cell.columns = max(_span(attributes, "colspan", MOST_SPAN), 1)
        cell.rows = _span(attributes, "rowspan", _MOST_ROWS)
        cell.is_hidden = _is_hidden(attributes)
        self._cells[-1] = []

    def _end_cell(self) -> None:
        self._flush()
        table = self._flow.table
        if table is not None and self._cells and self._cells[-1] is not None:
            table.rows[-1].cells[-1].text = "\n".join(self._cells[-1]).strip("\n")
            self._cells[-1] = None

    def _is_between_cells(self) -> bool:
        return bool(self._cells) and self._cells[-1] is None

    def _input(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            self._pieces.append("☑" if "checked" in attributes else "☐")
        elif kind in ("text", "number", "date", "month", "tel"):
            self._pieces.append(attributes.get("value", ""))

    def _option(self, attributes: dict[str, str]) -> None:
        if self._options is not None:
            if "selected" in attributes:
                self._chosen = len(self._options)
            self._options.append("")

    def _flush(self) -> None:
        """End a block: a line of the cell that is open, or of the page."""
        text = "".join(self._pieces)
        self._pieces = []
        lines = [line.strip() for line in text.split("\n")]
        holder = self._cells[-1] if self._cells else None
        if holder is not None:
            if text.strip():
                holder.extend(lines)
            return
        for line in lines:
            self._flow.line(line, TextPlace(self._begun, 1))

    def parts(self) -> tuple[CarriedPart, ...]:
        """Return what was gathered."""
        while self._cells:
            self._end("table")
        self._flush()
        return self._flow.parts()

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is said of the page."""
        return tuple(
            counted(
                (self._hidden, RemarkKind.HIDDEN_TEXT, "有 {} 处隐藏或划掉的内容，没有读取"),
                (self._pictures, RemarkKind.NOT_READ, "有 {} 张图片，里面的字没有读取"),
                (self._ours, RemarkKind.HIDDEN_TEXT, "有 {} 处是以前校核加的批注，没有读取"),
            )
        )


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_NOT_SHOWN.search(attributes.get("style", "")))
