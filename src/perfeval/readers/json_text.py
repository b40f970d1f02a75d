"""Read a JSON text into plain data: no digit is lost, and depth and size have bounds."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from perfeval.numbers import parse_number
from perfeval.places import Path, TextPlace
from perfeval.source import MAX_DEPTH, Problem, Source, has_half_character

MAX_CHARACTERS = 32 * 1024 * 1024
_START = TextPlace(1, 1)
_HINT = "请原样保存 perfeval.to_json 写出的内容"


def read_json(text: str) -> Source:
    """Read a JSON text; what cannot be read is a problem, not an exception.

    A number becomes a `Decimal` from its characters, and stays text where it is none that readers
    take (with an exponent, or too long).
    """
    if len(text) > MAX_CHARACTERS:
        size = MAX_CHARACTERS // 1024 // 1024
        return _refused(Problem("too-large", f"内容超过 {size} M 个字符，未读取", _START))
    try:
        data = json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=str,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        place = TextPlace(error.lineno, error.colno)
        return _refused(Problem("syntax", "这里的写法不是 JSON", place, hint=_HINT), text)
    except _RepeatedError as error:
        return _refused(Problem("duplicate-key", f"“{error.args[0]}”写了两次", _START, hint=_HINT))
    except RecursionError:
        return _refused(_too_deep(()))
    problem = _fault(data)
    return _refused(problem) if problem else Source("", data=data)


class _RepeatedError(ValueError):
    """An object has a key twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _RepeatedError(counts.most_common(1)[0][0])
    return made


def _number(text: str) -> Decimal | str:
    number = parse_number(text)
    return text if number is None else number


def _fault(data: Any) -> Problem | None:
    """Return what is wrong with data that were read: too deep, or half a character."""
    waiting: list[tuple[Any, Path]] = [(data, ())]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, str):
            if has_half_character(value):
                return Problem("control-character", "文字里有半个字符", _START, path, _HINT)
            continue
        if len(path) >= MAX_DEPTH and isinstance(value, dict | list):
            return _too_deep(path)
        if isinstance(value, dict):
            waiting += [(key, path) for key in value]
            waiting += [(item, (*path, key)) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(item, (*path, at)) for at, item in enumerate(value)]
    return None


def _too_deep(path: Path) -> Problem:
    return Problem("too-deep", f"嵌套超过 {MAX_DEPTH} 层，未读取", _START, path)


def _refused(problem: Problem, text: str = "") -> Source:
    return Source("", text, problems=[problem])
