"""The texts as typed blocks: the templates' sentences, bound to the figures of the scorecards.

A template is plain text, one block a line: ``# `` begins the title, ``## `` and ``### `` begin
headings, any other line is a paragraph.  What a line is, the template alone decides: a value
never begins a block, whatever it contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from jinja2 import Undefined

from perfeval._resources import __version__
from perfeval.documents.charts import Bars
from perfeval.documents.templates import SHIPPED, TemplateSet
from perfeval.documents.texts.department_facts import DepartmentFacts
from perfeval.documents.texts.facts import facts_of
from perfeval.documents.texts.gaps import Gap
from perfeval.documents.texts.saying import is_list
from perfeval.documents.titles import draft_line
from perfeval.scorecard import Scorecard


class NarrativeStyle(str, Enum):
    """What a block is; each format gives a style its own look."""

    TITLE = "title"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    PARAGRAPH = "paragraph"
    CHART = "chart"


class Block(NamedTuple):
    """A heading, a paragraph or a chart, without line breaks.

    Attributes:
        style: What it is.
        text: Its text; of a chart what the chart shows, for formats that print no picture.
        picture: A chart as SVG.
        bars: The same chart as figures.
    """

    style: NarrativeStyle
    text: str
    picture: str = ""
    bars: Bars | None = None


class Run(NamedTuple):
    """A stretch of a block, which asks for something or does not."""

    text: str
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text of several blocks.

    Attributes:
        blocks: The blocks, the title first.
        stamp: Versions of perfeval and the rulebook, for the file's properties.
        gaps: What the text asks for.
        caveat: What is to be said of sheets that nobody has confirmed, or empty.
    """

    blocks: tuple[Block, ...]
    stamp: str
    gaps: tuple[Gap, ...] = ()
    caveat: str = ""

    @property
    def title(self) -> str:
        """The title."""
        return next(
            (block.text for block in self.blocks if block.style is NarrativeStyle.TITLE), ""
        )

    def runs(self, text: str) -> tuple[Run, ...]:
        """Return a block's text in stretches: what it asks for, and what stands around that."""
        asked = sorted({gap.printed for gap in self.gaps}, key=len, reverse=True)
        if not asked:
            return (Run(text),)
        parts = re.split(f"({'|'.join(map(re.escape, asked))})", text)
        return tuple(Run(part, bool(at % 2)) for at, part in enumerate(parts) if part)

    @property
    def asked(self) -> int:
        """How many places of the text ask for something."""
        return sum(run.is_asked for block in self.blocks for run in self.runs(block.text))

    @property
    def draft(self) -> str:
        """What stands above the title while this is no final text; else empty."""
        return draft_line(self.asked, self.caveat)


class MissingField:
    """The function ``ask`` of templates: prints （请补充…） for a blank field, and records it."""

    def __init__(self, gaps: list[Gap], position: int | None = None) -> None:
        self._gaps = gaps
        self._position = position

    def __str__(self) -> str:
        raise TypeError('ask 要写成 ask("要补充什么")')

    def __call__(self, label: str, *path: str | int) -> str:
        """Return the words that stand in place of what is missing."""
        if not all(isinstance(step, str | int) for step in (label, *path)):
            raise TypeError("ask 的参数只能是文字和序号")
        gap = Gap(label, path or (label,), self._position)
        if gap not in self._gaps:
            self._gaps.append(gap)
        return gap.printed


NAMES = ("parts.j2", "overview.j2", "abstract.j2", "whole.j2", "disclosure.j2")
"""The templates that a house may replace."""
_MARKS = (
    ("### ", NarrativeStyle.HEADING2),
    ("## ", NarrativeStyle.HEADING1),
    ("# ", NarrativeStyle.TITLE),
)
_VALUE, _BREAK = "\0", "\v"  # the reader refuses both in a sheet


def write_abstract(scorecard: Scorecard, house: TemplateSet = SHIPPED) -> Narrative:
    """Write the 摘要 (项目绩效自评结果摘要版).

    Args:
        scorecard: The points, with their sheet.
        house: The templates.

    Returns:
        The abstract; what the sheet lacks is said to be unpublished, or asked for.
    """
    return compose("abstract", house, scorecard.stamp, facts=facts_of(scorecard))


def write_overview(scorecard: Scorecard, house: TemplateSet = SHIPPED) -> Narrative:
    """Write the 综述 (项目绩效自评综述) of one project; see `write_abstract`."""
    return compose("overview", house, scorecard.stamp, facts=facts_of(scorecard))


TEXTS = {"overview": write_overview, "abstract": write_abstract}
"""The texts of one project."""


def write_whole(facts: DepartmentFacts, stamp: str, house: TemplateSet = SHIPPED) -> Narrative:
    """Write the self-assessment of a whole department (部门整体绩效自评结果).

    Args:
        facts: The facts of the department and its projects.
        stamp: Id, version and hash of the rulebook.
        house: The templates.
    """
    return compose("whole", house, stamp, facts=facts)


def write_disclosure(
    facts: DepartmentFacts, attachments: Sequence[str], stamp: str, house: TemplateSet = SHIPPED
) -> Narrative:
    """Write 预算绩效情况说明 （一）–（四）, with its attachments numbered; see `write_whole`."""
    return compose("disclosure", house, stamp, facts=facts, attachments=tuple(attachments))


def compose(name: str, house: TemplateSet, stamp: str, **values: Any) -> Narrative:
    """Render a narrative template.

    Args:
        name: Its name below ``templates/narrative/``, without the ending.
        house: The templates.
        stamp: Id, version and hash of the rulebook.
        values: What the template is about.

    Raises:
        RenderError: A template of the house is wrong; with its line.
    """
    house.check_folder(NAMES)
    gaps: list[Gap] = []
    text = house.render(
        f"narrative/{name}.j2",
        _marked,
        ask=MissingField(gaps),
        project_ask=lambda project: MissingField(gaps, project.position),
        is_list=is_list,
        whole_ask=MissingField(gaps, getattr(values["facts"], "whole_position", None)),
        **values,
    )
    gaps += [gap for gap in values["facts"].denied if gap.printed in text and gap not in gaps]
    blocks = tuple(block for line in text.split("\n") for block in _blocks(line.strip(" ")))
    return Narrative(
        blocks, f"perfeval {__version__}; {stamp}", tuple(gaps), values["facts"].caveat
    )


def _marked(value: Any) -> str:
    """Mark a value of the sheet, so that ``#`` or a line break in it makes no heading."""
    if isinstance(value, Undefined):
        str(value)  # says which name is not known
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"只能写出文字和整数，不能写 {type(value).__name__}")
    return _VALUE + str(value).replace("\n", _BREAK)


def _blocks(line: str) -> Iterator[Block]:
    """Yield a heading, or the paragraphs of one line."""
    for mark, style in _MARKS:
        if line.startswith(mark):
            yield Block(style, _plain(line.removeprefix(mark).replace(_BREAK, " ")))
            return
    for part in line.split(_BREAK):
        if text := _plain(part):
            yield Block(NarrativeStyle.PARAGRAPH, text)


def _plain(text: str) -> str:
    return text.replace(_VALUE, "").strip()
