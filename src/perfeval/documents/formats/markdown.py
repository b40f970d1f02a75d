"""Markdown as GitHub reads it; no field can become markup."""

from __future__ import annotations

import re

from perfeval.documents.form.grid import GridCell, Table
from perfeval.documents.texts.binding import Bound
from perfeval.documents.texts.narrative import Block, Narrative, NarrativeStyle

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~#&$@:!^]")
_LINK = re.compile(r"(?i)(?<=www)\.")
_LIST = re.compile(r"^(\d*)(?=[-+=](?:[-=\s]|$)|[.)](?:\s|$))")
_STYLES = {
    NarrativeStyle.TITLE: "# ",
    NarrativeStyle.HEADING1: "## ",
    NarrativeStyle.HEADING2: "### ",
    NarrativeStyle.PARAGRAPH: "",
    NarrativeStyle.CHART: "",
}


def write_table(table: Table) -> bytes:
    """Write the 自评表; a merged cell's text stands in its first field, the others are empty."""
    return _finish(_table_lines(table), table.stamp)


def _table_lines(table: Table) -> list[str]:
    lines = [*_draft(table.draft), f"# {_escape(table.title)}", ""]
    above = "　　".join(filter(None, (_escape(table.above_left), _escape(table.above_right))))
    if above:
        lines += [above, ""]
    columns = len(table.widths)
    lines += _row(table.rows[0], columns), "|" + " --- |" * columns
    lines += (_row(cells, columns) for cells in table.rows[1:])
    drawn = "" if table.chart is None else table.chart.said
    for text in (*table.notes, "　　".join(table.signatures), drawn):
        lines += ["", _escape(text)] if text else []
    return lines


def write_narrative(narrative: Narrative) -> bytes:
    """Write a narrative."""
    return _finish([*_draft(narrative.draft), *_narrative_lines(narrative)], narrative.stamp)


def _draft(line: str) -> list[str]:
    return [f"**{_escape(line)}**", ""] if line else []


def _narrative_lines(narrative: Narrative) -> list[str]:
    lines: list[str] = []
    for block in narrative.blocks:
        lines += [_STYLES[block.style] + _said(narrative, block), ""]
    return lines[:-1]


def _said(narrative: Narrative, block: Block) -> str:
    """Return a block's text, what it asks for in bold."""
    runs = narrative.runs(block.text)
    if not any(run.is_asked for run in runs):
        return _escape(block.text)
    return "".join(f"**{_escape(text)}**" if asked else _escape(text) for text, asked in runs)


def write_bound(bound: Bound) -> bytes:
    """Write several documents as one, with a table of contents and rules between them."""
    lines = [*_draft(bound.draft), f"# {_escape(bound.title)}", "", "## 目录", ""]
    lines += [f"{number}. {_escape(part.title)}" for number, part in enumerate(bound.parts, 1)]
    for part in bound.parts:
        lines += ["", "---", "", *_part_lines(part.content)]
    return _finish(lines, bound.stamp)


def _part_lines(content: Narrative | Table) -> list[str]:
    return _table_lines(content) if isinstance(content, Table) else _narrative_lines(content)


def _row(cells: tuple[GridCell, ...], columns: int) -> str:
    fields = [""] * columns
    for cell in cells:
        fields[cell.column] = _escape(cell.text)
    return "| " + " | ".join(fields) + " |"


def _escape(text: str) -> str:
    """Escape what could start markup, a link, a list or a new line."""
    escaped = _LINK.sub(r"\\.", _ACTIVE.sub(r"\\\g<0>", text.strip()))
    return "<br>".join(part.strip() for part in _LIST.sub(r"\1\\", escaped).split("\n"))


def _finish(lines: list[str], stamp: str) -> bytes:
    mark = stamp.replace("--", "- -").replace(">", "")
    return "\n".join([*lines, "", f"<!-- {mark} -->", ""]).encode()
