"""XML from outside, walked as it is parsed: no tree, no entity, no end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from xml.parsers import expat

from perfeval.carriers.limits import Limits, broken, too_much, unsafe

Attributes = dict[str, str]
"""The attributes of an element, without the prefixes of their names."""


class MarkupWalker:
    """What is done at the start, in the text and at the end of elements; names bear no prefix.

    Attributes:
        reads_plain_names: Whether it asks for no attribute that may have a prefix, so that where
            elements have none either, it is called without a step between.
        offset: Returns where what is walked now begins, in bytes from the start of the XML.
    """

    reads_plain_names = False
    offset: Callable[[], int]

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Take a piece of text; one text may come in several."""


def walk(chunks: Iterable[bytes], walker: MarkupWalker, limits: Limits) -> None:
    """Parse XML piece by piece.

    Raises:
        CarrierRefusalError: It is no XML, too deep or too long, or declares entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    walker.offset = partial(getattr, parser, "CurrentByteIndex")
    start, end = _guarded(walker, limits)
    left = limits.elements

    def begin(name: str, attributes: Attributes) -> None:
        if walker.reads_plain_names and ":" not in name:
            parser.StartElementHandler, parser.EndElementHandler = walker.start, walker.end
            walker.start(name, attributes)
        else:
            parser.StartElementHandler = start
            start(name, attributes)

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            left -= chunk.count(b"<")
            if left < 0:
                raise too_much(f" XML 元素超过 {limits.elements // 2} 个")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise broken("里面的 XML 不完整") from error
    finally:
        # The handlers refer to the parser's walker: without this all would wait for the collector.
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = None
        del walker.offset


def _refuse_doctype(*_declaration: object) -> None:
    raise unsafe("文档类型声明（DOCTYPE、ENTITY）")


def _guarded(
    walker: MarkupWalker, limits: Limits
) -> tuple[Callable[[str, Any], None], Callable[[str], None]]:
    """Return handlers that count, and cut the prefixes off."""
    names: dict[str, str] = {}
    depth = 0
    begin, finish = walker.start, walker.end

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise too_much(f" XML 层次超过 {limits.depth} 层")
        local = names.get(name)
        if local is None:
            local = names[name] = name.rpartition(":")[2]
        if attributes and ":" in "".join(attributes):
            attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        begin(local, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        finish(names[name])

    return start, end
