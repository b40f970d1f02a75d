"""Which tests are asked about a change: those that run its line, the nearest and quickest first."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.children import Stage
from tests.mutation.reached import Ran, Seen
from tests.mutation.rooms import WIDEST, distance

_FIRST = 40
"""So many tests are asked before the others are read at all."""


def stages(path: Path, module: str, number: int, seen: Seen) -> tuple[Stage, ...]:
    """Return the tests for a change, as they are asked one after the other.

    First come those that reach its statement.  What runs when the module is imported, and what is
    kept from one test to the next, any may notice that uses the module; these come after.
    """
    reaching = _with((module, number), path, seen)
    using = _with((module, None), path, seen)
    asked = reaching | using
    names = list(asked)
    groups = (names[:_FIRST], names[_FIRST:])
    chosen = [
        Stage(_files(group), {name: asked[name].seconds for name in group})
        for group in groups
        if group
    ]
    return (*chosen, Stage(WIDEST))


def _with(mark: tuple[str, int | None], path: Path, seen: Seen) -> dict[str, Ran]:
    """Return the tests that pass a mark, the nearest and quickest first."""
    found = [(name, ran) for name, ran in seen.tests.items() if mark in ran.reached]
    return dict(sorted(found, key=lambda one: (distance(one[0], path), one[1].seconds)))


def _files(tests: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(test.partition("::")[0] for test in tests))
