"""表式: layouts by their ids, those that ship and those that a file holds itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from perfeval._resources import rulebook_dir
from perfeval.fields import word_of
from perfeval.readers.files import read_file
from perfeval.rulebook import Rulebook
from perfeval.source import Source

FORMS = ("表式", "整体表式")
"""The blocks that name a layout, or hold one."""
SOURCES = word_of(Rulebook, "cited")
LAW, FORM, EXAMPLES = "law.yaml", "form.yaml", "examples.yaml"
"""The files of a shipped rulebook; their names hold on any disk and in any archive."""


class LayoutPart(NamedTuple):
    """What one layout says itself.

    Attributes:
        owner: The rulebook in whose file it stands.
        data: Its words.
    """

    owner: str
    data: dict[str, Any]


@cache
def shipped_ids() -> tuple[str, ...]:
    """Return the ids of the rulebooks that ship."""
    return tuple(sorted(path.parent.name for path in rulebook_dir().glob(f"*/{LAW}")))


@cache
def shipped_file(name: str, kind: str) -> Source:
    """Return one of the files of a shipped rulebook, read once."""
    return read_file(rulebook_dir() / name / kind)


@cache
def shipped_layouts(name: str) -> dict[str, Any]:
    """Return the layouts of a shipped rulebook by their ids, its sources written out."""
    if name not in shipped_ids() or not (rulebook_dir() / name / FORM).exists():
        return {}
    data = shipped_file(name, FORM).data
    table = data.get(SOURCES) or {}
    return {key: with_sources(block, table) for key, block in data.items() if key != SOURCES}


def layout_ids() -> tuple[str, ...]:
    """Return the ids of the layouts that ship."""
    return tuple(sorted(key for name in shipped_ids() for key in shipped_layouts(name)))


def with_sources(block: Any, table: Mapping[str, Any]) -> Any:
    """Return a block whose sources are written out where it only names them."""
    if not isinstance(block, dict) or not block.get("来源"):
        return block
    return {**block, "来源": _looked_up(block["来源"], table)}


def _looked_up(cited: Any, table: Mapping[str, Any]) -> Any:
    if isinstance(cited, list):
        return [_looked_up(item, table) for item in cited]
    return table.get(cited, cited) if isinstance(cited, str) else cited


def layout_owner(name: str) -> str:
    """Return the rulebook of a layout, whose id is the rulebook's or begins with it."""
    ids = sorted(shipped_ids(), key=len, reverse=True)
    return next((owner for owner in ids if name == owner or name.startswith(f"{owner}-")), "")


def _shipped(name: str) -> LayoutPart | None:
    """Return a layout that ships."""
    owner = layout_owner(name)
    data = shipped_layouts(owner).get(name)
    return None if data is None else LayoutPart(owner, {"编号": name, **data})


def shipped_chain(name: Any) -> tuple[LayoutPart, ...] | None:
    """Return a layout that ships and those that it stands on, the nearest first.

    Returns:
        The parts, or ``None`` where there is no such layout.
    """
    parts: list[LayoutPart] = []
    while name is not None:
        part = _shipped(name) if isinstance(name, str) else None
        if part is None:
            return None
        parts.append(part)
        name = part.data.get("继承")
    return tuple(parts)
