"""Pieces of a cell's text that are struck out or raised: what is struck out is not its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perfeval.carriers.values import Remark, RemarkKind
from perfeval.places import Place

_MOST_TOLD, _LONGEST = 20, 40


class TextRun(NamedTuple):
    """A piece of a text, and how it is set."""

    text: str
    is_struck: bool = False
    is_raised: bool = False


class SetText(NamedTuple):
    """What a cell says, and what was struck out of it."""

    text: str
    struck: str = ""


def text_of(runs: Iterable[TextRun]) -> SetText:
    """Return the text of runs; a raised figure behind a figure is its power.

    >>> text_of([TextRun("10"), TextRun("4", is_raised=True), TextRun("12", is_struck=True)])
    SetText(text='10^4', struck='12')
    """
    text = struck = ""
    for run in runs:
        if run.is_struck:
            struck += run.text
        elif run.is_raised and text[-1:].isdigit() and run.text:
            text += f"^{run.text}"
        else:
            text += run.text
    return SetText(text, struck)


def struck_remarks(struck: Iterable[tuple[Place, str]]) -> list[Remark]:
    """Say what was struck out of cells, each at its place; of many how many there are."""
    found = [(place, " ".join(text.split())) for place, text in struck]
    told = [
        Remark(RemarkKind.HIDDEN_TEXT, f"划掉的内容没有读取：{_cut(text)}", place)
        for place, text in found[:_MOST_TOLD]
    ]
    if len(found) > _MOST_TOLD:
        message = f"另有 {len(found) - _MOST_TOLD} 格有划掉的内容，没有读取"
        told.append(Remark(RemarkKind.HIDDEN_TEXT, message))
    return told


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
