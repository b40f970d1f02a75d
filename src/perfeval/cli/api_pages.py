"""The pages of ``docs/api/``: every public name by its docstring, one page for each group."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

import perfeval
import perfeval.batch
import perfeval.review
import perfeval.rulebook
import perfeval.spark
from perfeval.documents.reference_markdown import page, table

_GROUPS = {
    "evaluating": "Reading, scoring and checking",
    "many": "Many sheets",
    "reading": "Reading what offices have",
    "sheets": "Sheets and their cells",
    "departments": "Departments",
    "rulebooks": "Rulebooks",
    "blocks": "The blocks of a rulebook",
    "scorecards": "Scorecards",
    "findings": "Findings and their places",
    "reviews": "Reviewing",
    "accounts": "Published accounts",
    "documents": "Documents",
    "json": "JSON",
    "errors": "Errors",
}
"""The pages, and their headings."""
_HOMES = {
    "accounts": "accounts",
    "batch": "many",
    "rows": "many",
    "cells": "sheets",
    "sheet": "sheets",
    "department": "departments",
    "department_words": "departments",
    "rulebook": "rulebooks",
    "numbers": "scorecards",
    "scorecard": "scorecards",
    "scoring": "evaluating",
    "checks": "evaluating",
    "reading": "reading",
    "review": "reviews",
    "findings": "findings",
    "places": "findings",
    "source": "findings",
    "errors": "errors",
    "documents": "documents",
    "manifest": "json",
}
"""The group of what a room defines; `_OWN` says where a name belongs elsewhere."""
_OWN = {
    "load_review_profile": "reviews",
    "review_profile_ids": "reviews",
    "review_workpaper": "reviews",
    "grade_workpapers": "reviews",
    "diff": "reviews",
    "diff_trees": "reviews",
    "LeftAside": "reviews",
    "proof": "accounts",
    "draft": "accounts",
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
    "mark": "documents",
    "Published": "documents",
    "excel_form": "documents",
    "DocumentName": "documents",
    "FormatName": "documents",
    "NationalFormat": "documents",
    "to_national": "documents",
}


_QUOTED = re.compile(r"(: |-> )'([^']*)'")
"""An annotation as a signature prints it."""
_CLASS = re.compile(r"<class '(?:\w+\.)*(\w+)'>")
"""A class as a signature prints it."""


def api_pages() -> dict[str, str]:
    """Return the text of every page by its name."""
    groups: dict[str, dict[str, Any]] = {group: {} for group in _GROUPS}
    for name in sorted(perfeval.__all__):
        if name != "__version__":
            groups[_group_of(name)][name] = getattr(perfeval, name)
    for name in sorted({*perfeval.rulebook.__all__} - {*perfeval.__all__}):
        groups["blocks"][name] = getattr(perfeval.rulebook, name)
    for name in sorted({*perfeval.batch.__all__} - {*perfeval.__all__}):
        groups["many"][name] = getattr(perfeval.batch, name)
    for name in sorted({*perfeval.review.__all__} - {*perfeval.__all__}):
        groups["reviews"][name] = getattr(perfeval.review, name)
    groups["many"] |= {"spark.score": perfeval.spark.score}
    groups["many"] |= {"spark.spark_schema": perfeval.spark.spark_schema}
    pages = {group: _page(group, members) for group, members in groups.items()}
    rows = [
        (f"[{name}]({group}.md#{name.lower()})", _first(value))
        for group, members in groups.items()
        for name, value in members.items()
    ]
    intro = (
        "Every name is imported from `perfeval`; the blocks of a rulebook from `perfeval.rulebook`,"
        " what takes record batches from `perfeval.batch`, what takes tables of Spark from"
        " `perfeval.spark`, what reviewers do beside `diff` and workpapers from `perfeval.review`."
        "  The examples run with the tests."
    )
    index = page("# The library", "", intro, "", *table(("name", "what it is"), rows))
    return {"README": index, **pages}


def _group_of(name: str) -> str:
    room = getattr(getattr(perfeval, name), "__module__", "").split(".")[1:2]
    return _OWN.get(name) or _HOMES.get(room[0] if room else "", "evaluating")


def _page(group: str, members: Mapping[str, Any]) -> str:
    lines = [f"# {_GROUPS[group]}"]
    for name, value in members.items():
        lines += ["", f"## {name}", "", *_described(name, value)]
    return page(*lines)


def _first(value: Any) -> str:
    return " ".join(_doc(value).partition("\n\n")[0].split()).replace("|", "\\|")


def _doc(value: Any) -> str:
    if not inspect.isclass(value) and (choices := [*_choices(value)]):
        return f"One of {', '.join(f'``{choice}``' for choice in choices)}."
    return inspect.cleandoc(value.__doc__ or "")


def _choices(value: Any) -> Iterator[str]:
    """Yield the words of a literal, or the names of the classes of a union."""
    for item in get_args(value):
        kind = get_origin(item) or item  # Python 3.10 takes ``tuple[str, int]`` for a class
        if kind in (Union, UnionType):
            yield from _choices(item)
        elif inspect.isclass(kind):
            yield kind.__name__
        elif isinstance(item, str):
            yield item


def _described(name: str, value: Any) -> Iterator[str]:
    """Yield the signature of a function, the docstring, and what a class has besides fields."""
    if inspect.isfunction(value):
        yield from (
            "```python",
            name + _CLASS.sub(r"\1", _QUOTED.sub(r"\1\2", str(inspect.signature(value)))),
            "```",
            "",
        )
    for block in _doc(value).split("\n\n"):
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
