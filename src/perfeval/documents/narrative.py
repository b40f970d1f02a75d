"""The 摘要 as typed blocks: the template's sentences, bound to the figures of one scorecard.

A template is plain text, one block a line: ``# `` begins the title, ``## `` and ``### `` begin
headings, any other line is a paragraph.  What a line is, the template alone decides: a value
never begins a block, whatever it contains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from perfeval import __version__
from perfeval.documents.facts import Facts, facts_of
from perfeval.documents.templates import text_template
from perfeval.scorecard import Scorecard


class Style(str, Enum):
    """What a block is; each format gives a style its own look."""

    TITLE = "title"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    PARAGRAPH = "paragraph"


class Block(NamedTuple):
    """A heading or a paragraph, without line breaks."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text of several blocks.

    Attributes:
        blocks: The blocks, the title first.
        stamp: Versions of perfeval and the rulebook, for the file's properties.
    """

    blocks: tuple[Block, ...]
    stamp: str

    @property
    def title(self) -> str:
        """The title."""
        return next((block.text for block in self.blocks if block.style is Style.TITLE), "")


_MARKS = (("### ", Style.HEADING2), ("## ", Style.HEADING1), ("# ", Style.TITLE))
_VALUE, _BREAK = "\0", "\v"  # the reader refuses both in a sheet


def write_abstract(scorecard: Scorecard) -> Narrative:
    """Write the 摘要 (项目绩效自评结果摘要版).

    Args:
        scorecard: The points, with their sheet.

    Returns:
        The abstract; what the sheet lacks is said to be unpublished, or asked for.
    """
    facts = facts_of(scorecard)
    stamp = f"perfeval {__version__}; {scorecard.stamp}"
    return Narrative(blocks_of("narrative/abstract.j2", facts), stamp)


def blocks_of(template: str, facts: Facts) -> tuple[Block, ...]:
    """Render a narrative template into its blocks."""
    text = text_template(template, _marked).render(facts=facts)
    return tuple(block for line in text.split("\n") for block in _blocks(line.strip(" ")))


def _marked(value: Any) -> str:
    """Mark a value, so that it never begins a heading and never ends a line."""
    if not isinstance(value, (str, int)):
        raise TypeError(f"a narrative prints texts only, not {value!r}")
    return _VALUE + str(value).replace("\n", _BREAK)


def _blocks(line: str) -> Iterator[Block]:
    """Yield a heading, or the paragraphs of one line."""
    for mark, style in _MARKS:
        if line.startswith(mark):
            yield Block(style, _plain(line.removeprefix(mark).replace(_BREAK, " ")))
            return
    for part in line.split(_BREAK):
        if text := _plain(part):
            yield Block(Style.PARAGRAPH, text)


def _plain(text: str) -> str:
    return text.replace(_VALUE, "").strip()
