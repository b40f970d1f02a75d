"""A caller's own data: halves of characters, which no output can hold, are refused at the door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from perfeval.places import Path
from perfeval.source import Problem, Source

_HALF = re.compile("[\ud800-\udfff]")


class _Half(NamedTuple):
    """A text with half a character: where it stands, or the mapping that it is a key of."""

    path: Path
    key: str | None = None


def given_data(data: Mapping[str, Any], name: str) -> Source:
    """Return a caller's data as a source.

    Args:
        data: The data.
        name: What they are called in messages.

    Returns:
        The data, without the halves of characters that are named among the problems.
    """
    whole: Any = dict(data)
    problems = []
    for half in list(_halves(whole, (), set())):
        whole = _without(whole, half, half.path)
        what = "文字" if half.key is None else "项目的名称"
        message = f"{what}里有不能打印的字符"
        problems.append(Problem("control-character", message, None, half.path, "请删去该字符"))
    return Source(name, data=whole, problems=problems)


def _halves(data: Any, path: Path, seen: set[int]) -> Iterator[_Half]:
    """Yield the texts with half a character; what stands in several places is looked at once."""
    if isinstance(data, str):
        if not data.isascii() and _HALF.search(data):
            yield _Half(path)
    elif isinstance(data, Mapping | list | tuple) and id(data) not in seen:
        seen.add(id(data))
        items = data.items() if isinstance(data, Mapping) else enumerate(data)
        for key, value in items:
            if isinstance(key, str) and _HALF.search(key):
                yield _Half(path, key)
            else:
                yield from _halves(value, (*path, key), seen)


def _without(data: Any, half: _Half, path: Path) -> Any:
    """Copy the data along a path; a text at its end has ? for half a character, a key is gone."""
    if not path and half.key is None:
        return _HALF.sub("?", data)
    if isinstance(data, Mapping):
        if not path:
            return {key: value for key, value in data.items() if key != half.key}
        return {**data, path[0]: _without(data[path[0]], half, path[1:])}
    items = list(data)
    at = path[0]
    if isinstance(at, int):
        items[at] = _without(items[at], half, path[1:])
    return items
