"""A caller's own data: copied at the door, within the same limits as a text."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from perfeval.places import Path
from perfeval.source import (
    MAX_DEPTH,
    MAX_VALUES,
    Problem,
    Source,
    has_half_character,
    mended_text,
)


def given_data(data: Mapping[str, Any], name: str) -> Source:
    """Return a caller's data as a source.

    Args:
        data: The data.
        name: What they are called in messages.

    Returns:
        A copy of the data: dicts and lists of their own, without the halves of characters that
        are named among the problems; no data where they are too deep or too many.
    """
    copying = _Copying()
    try:
        copied = copying.container(data, ()).value
    except _RefusedError as refused:
        return Source(name, problems=[refused.problem])
    return Source(name, data=copied, problems=copying.problems)


class _RefusedError(Exception):
    """The data are not copied further, for this reason."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Copied(NamedTuple):
    """A container that was copied, how many levels it has and how many values stand in it.

    What stands in several places counts in each of them, as whoever walks the data meets it there.
    """

    value: Any
    levels: int
    size: int


class _Copying:
    """Copies data once through; what stands in several places is copied once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._done: dict[int, _Copied | None] = {}  # None: it is being copied
        self._alive: list[Any] = []  # what a mapping makes when asked would leave its id to others

    def container(self, data: Any, path: Path) -> _Copied:
        """Copy a mapping, a list or a tuple."""
        done = self._done.get(id(data), _NEW)
        levels = 1 if done is None or done is _NEW else done.levels
        if done is None or len(path) + levels > MAX_DEPTH:
            message = f"嵌套超过 {MAX_DEPTH} 层，未读取"
            raise _RefusedError(Problem("too-deep", message, None, path))
        if done is not _NEW:
            return done
        self._done[id(data)] = None
        self._alive.append(data)
        copied = self._mapping(data, path) if isinstance(data, Mapping) else self._list(data, path)
        if copied.size > MAX_VALUES:
            message = f"内容超过 {MAX_VALUES} 项，未读取"
            raise _RefusedError(Problem("too-large", message, None, path))
        self._done[id(data)] = copied
        return copied

    def _mapping(self, data: Mapping[Any, Any], path: Path) -> _Copied:
        made: dict[Any, Any] = {}
        levels, count = 0, len(data)
        for key, value in data.items():
            word = key if key.__class__ is str else _plain(key)
            if isinstance(word, str) and has_half_character(word):
                self._half("项目的名称", path)
            elif isinstance(value, _CONTAINERS):
                inner = self.container(value, (*path, word))
                made[word] = inner.value
                levels, count = max(levels, inner.levels), count + inner.size
            else:
                made[word] = self._single(value, path, word)
        return _Copied(made, levels + 1, count)

    def _list(self, data: Any, path: Path) -> _Copied:
        made: list[Any] = []
        levels, count = 0, len(data)
        for at, value in enumerate(data):
            if isinstance(value, _CONTAINERS):
                inner = self.container(value, (*path, at))
                made.append(inner.value)
                levels, count = max(levels, inner.levels), count + inner.size
            else:
                made.append(self._single(value, path, at))
        return _Copied(made, levels + 1, count)

    def _single(self, value: Any, path: Path, step: Any) -> Any:
        if value.__class__ is not str:
            value = _plain(value)
        if isinstance(value, str) and has_half_character(value):
            self._half("文字", (*path, step))
            return mended_text(value)
        return value

    def _half(self, what: str, path: Path) -> None:
        message = f"{what}里有不能打印的字符"
        self.problems.append(Problem("control-character", message, None, path, "请删去该字符"))


def _plain(value: Any) -> Any:
    """Return text as a plain text, and the word of a member of a vocabulary."""
    if isinstance(value, Enum):
        return value.value
    return str.__str__(value) if isinstance(value, str) else value


_CONTAINERS = (Mapping, list, tuple)
_NEW = _Copied(None, 0, 0)
