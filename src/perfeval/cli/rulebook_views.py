"""From a rulebook's name to everything that is told about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfeval.cli.inputs import rulebook_reader
from perfeval.documents.rulebooks.statements import BLOCKS, statements
from perfeval.documents.rulebooks.view import RulebookView
from perfeval.places import Path
from perfeval.readers.files import folders_of, own_folder
from perfeval.readers.inheritance import Layered, in_year, owner_of, years_of
from perfeval.readers.rulebooks import ReadRulebook, load_rulebook, name_of
from perfeval.rulebook import Rulebook

_Layer = tuple[str, Any]
"""The id of a rulebook, and its own data or a part of it."""


def view_rulebook(name: str, year: int | None = None, root: str | None = None) -> RulebookView:
    """Read a rulebook and gather what is told about it.

    Args:
        name: Its id, the path of its file, or ``-`` for standard input.
        year: The year whose rules hold; ``None`` for the latest.
        root: A folder in which what it inherits from may lie, beside its own.

    Raises:
        RulebookError: It is unknown or wrong.
    """
    read_in = rulebook_reader(name, root)
    read = read_in(year)
    folders = (own_folder(read.layers.sources[0].name), *folders_of(root))
    ancestors = read.layers.sources[1:]
    return RulebookView(
        rulebook=read.rulebook,
        year=year,
        chain=tuple(
            load_rulebook(name_of(source), year=year, root=folders) for source in ancestors
        ),
        origins=_all_origins(read),
        versions=_versions(read_in, read.layers),
        examples=read.examples,
        witnesses=read.witnesses,
    )


def _versions(
    read_in: Callable[[int | None], ReadRulebook], layers: Layered
) -> tuple[tuple[int, Rulebook], ...]:
    """Return each version of the rules with its first year; nothing where there is only one."""
    found: list[tuple[int, Rulebook]] = []
    for year in years_of(layers.sources):
        rulebook = read_in(year).rulebook
        if not found or rulebook.digest != found[-1][1].digest:
            found.append((year, rulebook))
    return tuple(found) if len(found) > 1 else ()


def _all_origins(read: ReadRulebook) -> dict[str, str]:
    """Name the rulebook that lays down each block and each statement."""
    sources = read.layers.sources
    names = [owner_of(source) for source in sources]
    layers = [
        (name, in_year(source.data, read.layers.year))
        for name, source in zip(names, sources, strict=True)
    ]

    forms = {
        block: [(part.owner, {block: part.data}) for part in parts]
        for block, parts in read.layers.layouts.items()
    }
    origins = {block: _origin((block, "来源"), forms.get(block, layers)) for block in BLOCKS}
    for statement in statements(read.rulebook):
        below = forms.get(statement.block, layers)
        owners = dict.fromkeys(name for name, _ in below)
        found = {_origin(path, below) for path in statement.paths}
        nearest = next((name for name in owners if name in found), names[0])
        origins[statement.key] = nearest
    return origins


def _origin(path: Path, layers: list[_Layer]) -> str:
    """Name the nearest layer that says what stands at *path*.

    What no layer says is a default: it belongs to the lowest layer that has the block, or to the
    rulebook itself where none has it.
    """
    live = layers
    for step in path:
        found = [
            (name, data[step])
            for name, data in _unreplaced(live)
            if isinstance(data, dict) and step in data
        ]
        if not found:
            return layers[0][0] if live is layers else live[-1][0]
        if not isinstance(found[0][1], dict):
            return found[0][0]
        live = found
    return live[0][0]


def _unreplaced(layers: list[_Layer]) -> list[_Layer]:
    """Return the layers that count: a layer with another method replaces all those below it."""
    methods = [data.get("方法") if isinstance(data, dict) else None for _, data in layers]
    for at, method in enumerate(methods):
        below = next(filter(None, methods[at + 1 :]), None)
        if method is not None and method != below:
            return layers[: at + 1]
    return layers
