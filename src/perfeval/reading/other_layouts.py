"""Layouts that are read and never printed: each is one file with a worked example."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from perfeval.readers.rulebooks import load_layout
from perfeval.rulebook import Form
from perfeval.rulebook.form import BudgetContent, HeaderField, IndicatorContent
from perfeval.source import read_bytes

_ENDING = ".yaml"
_CONTENTS = (HeaderField, BudgetContent, IndicatorContent)


class OtherLayout(NamedTuple):
    """A layout that no rulebook prints.

    Attributes:
        id: Its id.
        name: What it is called.
        base: The layout that it is like, whose words it has as well.
        form: Its words: as those of the other one, but for title, signature and aliases.
        rulebooks: The rulebooks by which its sheets may score; ``None`` for those of the base.
        lacks_values: Whether it has points only, and neither targets nor actuals.
        example: A small table of it, row by row; ``←`` is one cell with the one to its left.
        read_as: What that is read as, in the words of a sheet's YAML.
        unread: Headings of the example that are said not to be read.
    """

    id: str
    name: str
    base: str
    form: Form
    rulebooks: tuple[str, ...] | None
    lacks_values: bool
    example: tuple[tuple[str, ...], ...]
    read_as: Mapping[str, Any]
    unread: tuple[str, ...] = ()


@cache
def other_layouts() -> Mapping[str, OtherLayout]:
    """Return the layouts by their ids.

    >>> other_layouts()["hebei-county"].base
    'hebei'
    """
    folder = files(__package__) / "layouts"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(_ENDING))
    found = (_layout(read_bytes((folder / name).read_bytes(), name).data) for name in names)
    return {layout.id: layout for layout in found}


def _layout(data: Mapping[str, Any]) -> OtherLayout:
    base = load_layout(data["照"])
    example, books = data["示例"], data.get("评分办法")
    return OtherLayout(
        id=data["编号"],
        name=data["名称"],
        base=data["照"],
        form=base.model_copy(
            update={
                "id": data["编号"],
                "extends": data["照"],
                "title": data["标题"],
                "signature": tuple(data["特征"]),
                "aliases": {_content(word): tuple(words) for word, words in _aliases(data)},
            }
        ),
        rulebooks=None if books is None else tuple(books),
        lacks_values=bool(data.get("没有目标值")),
        example=tuple(tuple(row) for row in example["表"]),
        read_as=example["读作"],
        unread=tuple(example.get("没有读到") or ()),
    )


def _aliases(data: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return list((data.get("别名") or {}).items())


def _content(word: str) -> HeaderField | BudgetContent | IndicatorContent:
    """Return the content that a word names."""
    return next(kind(word) for kind in _CONTENTS if word in set(kind))
