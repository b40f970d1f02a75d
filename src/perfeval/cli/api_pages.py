"""The pages of ``docs/api/``: every public name by its docstring, one page for each group."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any, get_args

import perfeval
from perfeval.documents.reference_markdown import page, table

_GROUPS = {
    "evaluating": "Reading, scoring and checking",
    "sheets": "Sheets and their cells",
    "departments": "Departments",
    "rulebooks": "Rulebooks",
    "scorecards": "Scorecards",
    "findings": "Findings and their places",
    "documents": "Documents",
    "json": "JSON",
    "errors": "Errors",
}
"""The pages, and their headings."""
_HOMES = {
    "cells": "sheets",
    "sheet": "sheets",
    "department": "departments",
    "rulebook": "rulebooks",
    "numbers": "scorecards",
    "scorecard": "scorecards",
    "scoring": "evaluating",
    "checks": "evaluating",
    "findings": "findings",
    "places": "findings",
    "source": "findings",
    "errors": "errors",
    "documents": "documents",
}
"""The group of what a room defines; `_OWN` says where a name belongs elsewhere."""
_OWN = {
    "to_json": "json",
    "from_json": "json",
    "dump": "sheets",
    "load_sheet": "evaluating",
    "load_rulebook": "rulebooks",
    "rulebook_ids": "rulebooks",
    "Located": "findings",
    "render": "documents",
    "write": "documents",
    "publish": "documents",
    "Published": "documents",
    "excel_form": "documents",
    "DocumentName": "documents",
    "FormatName": "documents",
}


_QUOTED = re.compile(r"(: |-> )'([^']*)'")
"""An annotation as a signature prints it."""


def api_pages() -> dict[str, str]:
    """Return the text of every page by its name."""
    names: dict[str, list[str]] = {group: [] for group in _GROUPS}
    for name in sorted(perfeval.__all__):
        if name != "__version__":
            names[_group_of(name)].append(name)
    pages = {group: _page(group, members) for group, members in names.items()}
    rows = [
        (f"[{name}]({group}.md#{name.lower()})", _first(name))
        for group, members in names.items()
        for name in members
    ]
    intro = (
        "Every name is imported from `perfeval`; the blocks of a rulebook from `perfeval.rulebook`."
        "  The examples run with the tests."
    )
    index = page("# The library", "", intro, "", *table(("name", "what it is"), rows))
    return {"README": index, **pages}


def _group_of(name: str) -> str:
    room = getattr(getattr(perfeval, name), "__module__", "").split(".")[1:2]
    return _OWN.get(name) or _HOMES.get(room[0] if room else "", "evaluating")


def _page(group: str, names: list[str]) -> str:
    lines = [f"# {_GROUPS[group]}"]
    for name in names:
        lines += ["", f"## {name}", "", *_described(name)]
    return page(*lines)


def _first(name: str) -> str:
    return " ".join(_doc(name).partition("\n\n")[0].split()).replace("|", "\\|")


def _doc(name: str) -> str:
    value = getattr(perfeval, name)
    if choices := get_args(value):
        return f"One of {', '.join(f'``{item}``' for item in choices)}."
    return inspect.cleandoc(value.__doc__ or "")


def _described(name: str) -> Iterator[str]:
    """Yield the signature of a function, the docstring, and what a class has besides fields."""
    value = getattr(perfeval, name)
    if inspect.isfunction(value):
        yield from (
            "```python",
            name + _QUOTED.sub(r"\1\2", str(inspect.signature(value))),
            "```",
            "",
        )
    for block in _doc(name).split("\n\n"):
        if ">>>" in block:
            yield from ("```pycon", block, "```", "")
        elif block.split("\n")[0].endswith(":") and "\n    " in block:
            yield from _section(block)
        else:
            yield from (block.replace("``", "`"), "")
    yield from _properties(value)


def _section(block: str) -> Iterator[str]:
    """Yield a section of a docstring: its heading, and its entries as a list."""
    heading, _, body = block.partition("\n")
    yield from (f"**{heading.removesuffix(':')}**", "")
    for line in textwrap.dedent(body).split("\n"):
        text = line.strip().replace("``", "`")
        name, colon, rest = text.partition(": ")
        starts = not line.startswith(" ") and colon and heading != "Returns:"
        yield f"- `{name}`: {rest}" if starts else f"  {text}"
    yield ""


def _properties(value: Any) -> Iterator[str]:
    """Yield what a class computes, with the first line that says what it is."""
    found = [
        f"- `{name}`: {inspect.cleandoc(item.__doc__).partition(chr(10))[0]}"
        for name, item in (vars(value).items() if inspect.isclass(value) else ())
        if not name.startswith("_") and isinstance(item, property) and item.__doc__
    ]
    if found:
        yield from ("**Computed**", "", *found, "")
