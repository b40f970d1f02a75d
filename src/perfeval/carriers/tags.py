"""A page of a browser as tags and texts, in one pass and in time in proportion to its length.

The parser of the standard library looks for the end of each comment, tag and script that never
ends through the rest of the page: a small page can keep it busy for hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s=/>]+)(?:\s*=\s*(?:"(?P<double>[^"]*)(?:"|\Z)"""
    r"""|'(?P<single>[^']*)(?:'|\Z)|(?P<bare>[^\s>"'][^\s>]*)))?"""
)
_BETWEEN = re.compile(r"[\s/=]*")
_RAW_TEXT = {"script", "style", "template", "noscript", "xmp", "iframe", "noframes", "title"}
"""What stands in these is not on the page."""
_DATA_KIND = "application/json"
_MOST_ATTRIBUTES = 200


class PageTag(NamedTuple):
    """A tag: its name in small letters, whether it ends an element, and its attributes."""

    name: str
    is_end: bool
    attributes: dict[str, str]


class PageData(NamedTuple):
    """What stands in a script that is no program (JSON), and the attributes of its tag."""

    text: str
    attributes: dict[str, str]


class PageText(NamedTuple):
    """A text between tags, and the line of the source on which it begins, from 1."""

    text: str
    line: int


def page_tokens(text: str) -> Iterator[PageTag | PageText | PageData]:
    """Return the tags, texts and data of a page; comments, scripts and styles are left out."""
    at, line, counted = 0, 1, 0
    while at < len(text):
        tag = text.find("<", at)
        end = len(text) if tag < 0 else tag
        if end > at:
            line += text.count("\n", counted, at)
            counted = at
            yield PageText(unescape(text[at:end]), line)
        if tag < 0:
            return
        after, token = _token(text, tag)
        at = after
        if isinstance(token, PageTag):
            yield token
            if token.name in _RAW_TEXT and not token.is_end:
                at = _end_of_raw(text, at, token.name)
                if token.attributes.get("type") == _DATA_KIND:
                    yield PageData(text[after:at], token.attributes)
        elif token:
            line += text.count("\n", counted, tag)
            counted = tag
            yield PageText(token, line)


def _token(text: str, tag: int) -> tuple[int, PageTag | str]:
    """Return where the next token begins, and the tag, or the text that only looks like one."""
    if text.startswith("<!--", tag):
        return _after(text, "-->", tag + 4), ""
    if text.startswith(("<!", "<?"), tag):
        return _after(text, ">", tag + 2), ""
    is_end = text.startswith("</", tag)
    name = _NAME.match(text, tag + 1 + is_end)
    if name is None:
        return tag + 1, "<"
    at, attributes = name.end(), dict[str, str]()
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or text[at] == ">":
            return at + 1, PageTag(name[0].lower(), is_end, attributes)
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            return at + 1, PageTag(name[0].lower(), is_end, attributes)
        at = found.end()
        if len(attributes) < _MOST_ATTRIBUTES:
            value = found["double"] or found["single"] or found["bare"] or ""
            attributes.setdefault(found["name"].lower(), unescape(value))


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _end_of_raw(text: str, at: int, name: str) -> int:
    found = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
    return len(text) if found is None else found.start()
