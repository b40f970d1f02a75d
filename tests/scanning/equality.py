"""How a text that was scanned differs from the same text by the parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfeval.places import Path
from perfeval.source import Source, parsed, read_text


def difference(text: str) -> str:
    """Return in what the two readings of a text differ; empty where in nothing."""
    fast, slow = read_text(text, "表.yaml"), parsed(text, "表.yaml")
    if exact(fast.data) != exact(slow.data):
        return f"data {fast.data!r} against {slow.data!r}"
    for what in ("problems", "remarks", "text", "name", "cells"):
        if getattr(fast, what) != getattr(slow, what):
            return f"{what} {getattr(fast, what)!r} against {getattr(slow, what)!r}"
    return next(_places(fast, slow), "")


def exact(value: Any) -> Any:
    """Return data so that only what is written alike, in the same order, is equal."""
    if isinstance(value, dict):
        return [(key, exact(item)) for key, item in value.items()]
    if isinstance(value, list):
        return (list, [exact(item) for item in value])
    return type(value).__name__, str(value)


def _places(fast: Source, slow: Source) -> Iterator[str]:
    for path in ((), *paths(slow.data, ()), ("没有这一项",)):
        for is_key in (False, True):
            one, other = (source.locate(path, key=is_key) for source in (fast, slow))
            if one != other:
                yield f"place of {path} (key: {is_key}): {one} against {other}"


def paths(value: Any, path: Path) -> Iterator[Path]:
    """Yield the path of every value inside a value."""
    if isinstance(value, dict | list):
        steps = value if isinstance(value, dict) else range(len(value))
        for step in steps:
            yield (*path, step)
            yield from paths(value[step], (*path, step))
