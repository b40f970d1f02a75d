"""Changes to XML in place: every byte that is not cut out stays as it is."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from perfeval.carriers.limits import broken

_NAME = re.compile(rb"<([^\s/>]+)")
_STOP = re.compile(rb"""[>"']""")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_UTF_8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_UTF_8_MARK = b"\xef\xbb\xbf"
_ROOT = re.compile(rb"<[^?!]")
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 8_000
"""More characters than this no comment shows on a screen."""


def writable(text: str) -> str:
    """Return a text as XML can hold it: without control characters, and not without end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = _UNWRITABLE.sub("", text)
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "……（太长，以下略）"
    return text


def escaped(text: str) -> str:
    """Return a text between tags."""
    return escape(text, quote=True)


def utf_8(raw: bytes) -> bytes:
    """Return XML whose bytes can be spliced.

    Raises:
        CarrierRefusalError: It is written in another encoding than UTF-8.
    """
    declared = _DECLARED.match(raw.removeprefix(_UTF_8_MARK)[:200])
    is_other = declared is not None and declared[1].lower() not in _UTF_8
    if is_other or b"\x00" in raw[:4]:
        raise broken("里面的 XML 不是 UTF-8 编码")
    return raw


class ByteSpan(NamedTuple):
    """Where an element stands in the bytes of its XML.

    Attributes:
        start: Where its first tag begins.
        inside: Where its content begins.
        closing: Where its content ends.
        end: Where its last tag ends.
        is_empty_tag: Whether it is one tag that has no content (``<a/>``).
    """

    start: int
    inside: int
    closing: int
    end: int
    is_empty_tag: bool


def tag_end(raw: bytes, at: int) -> int:
    """Return where the tag ends that begins at a place; no pattern, which could take long."""
    found = _STOP.search(raw, at)
    while found is not None and found[0] != b">":
        closing = raw.find(found[0], found.end())
        found = _STOP.search(raw, closing + 1) if closing >= 0 else None
    if found is None:
        raise broken("里面的 XML 不完整")
    return found.end()


def tag_name(raw: bytes, at: int) -> str:
    """Return the name, with its prefix, of the tag that begins at a place."""
    found = _NAME.match(raw, at)
    if found is None:
        raise broken("里面的 XML 不完整")
    return found[1].decode()


def span(raw: bytes, start: int, closing: int) -> ByteSpan:
    """Return the span of an element by where a parser saw it begin and end."""
    inside = tag_end(raw, start)
    if raw[inside - 2 : inside] == b"/>":  # where the parser sees these end depends on its version
        return ByteSpan(start, inside, inside, inside, is_empty_tag=True)
    return ByteSpan(start, inside, closing, tag_end(raw, closing), is_empty_tag=False)


def missing_prefixes(raw: bytes, prefixes: dict[str, str]) -> str:
    """Return the declarations of those prefixes that the root of XML does not declare so."""
    root = _ROOT.search(raw)
    tag = raw[root.start() : tag_end(raw, root.start())] if root is not None else b""
    found = ""
    for prefix, name in prefixes.items():
        attribute = f"xmlns:{prefix}" if prefix else "xmlns"
        declared = re.compile(rf"""\s{attribute}\s*=\s*["']{re.escape(name)}["']""".encode())
        if declared.search(tag) is None:
            found += f' {attribute}="{name}"'
    return found


class Splices:
    """Pieces that are cut out of bytes and put into them, told by their places in the old ones."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._made: list[tuple[int, int, bytes]] = []

    def cut(self, start: int, end: int) -> None:
        """Take a piece out."""
        self._made.append((start, end, b""))

    def put(self, at: int, text: str) -> None:
        """Put a text in before what stands there; texts at one place keep their order."""
        self._made.append((at, at, text.encode()))

    def fill(self, element: ByteSpan, text: str) -> None:
        """Put a text in as the last content of an element."""
        if not element.is_empty_tag:
            self.put(element.closing, text)
            return
        name = tag_name(self.raw, element.start)
        self._made.append((element.end - 2, element.end, f">{text}</{name}>".encode()))

    def result(self) -> bytes:
        """Return the bytes with all changes made."""
        pieces, done = [], 0
        for start, end, text in sorted(self._made, key=lambda made: made[:2]):
            pieces += [self.raw[done:start], text]
            done = max(done, end)
        pieces.append(self.raw[done:])
        return b"".join(pieces)
