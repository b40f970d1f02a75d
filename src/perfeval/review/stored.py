"""Results of a review as plain data for JSON, and back: each by the names of its fields.

A figure is a text with the digits it has, a word of a closed vocabulary is that word.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from perfeval.numbers import plain

_Value = TypeVar("_Value")


def stored(value: Any) -> Any:
    """Return a value as plain data.

    >>> from perfeval.review.intake import HandedIn, IntakeStatus
    >>> stored(HandedIn("甲.yaml", IntakeStatus.READ))["status"]
    '读通'
    """
    if isinstance(value, tuple):
        if hasattr(value, "_fields"):
            return {name: stored(getattr(value, name)) for name in value._fields}
        return [stored(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    return value


def from_stored(kind: type[_Value], data: Any) -> _Value:
    """Return the value that plain data were made of.

    Args:
        kind: What it is.
        data: The data.

    Raises:
        ValueError: They are no data of this kind.

    >>> from perfeval.review.intake import HandedIn, IntakeStatus
    >>> line = HandedIn("甲.yaml", IntakeStatus.READ, money=Decimal("1.50"))
    >>> from_stored(HandedIn, stored(line)) == line
    True
    """
    found: _Value = _restored(kind, data, ())
    return found


def _restored(kind: Any, data: Any, path: tuple[str | int, ...]) -> Any:
    if get_origin(kind) in (Union, UnionType):
        options = [one for one in get_args(kind) if one is not NoneType]
        return None if data is None else _restored(options[0], data, path)
    if get_origin(kind) is tuple:
        return _several(get_args(kind), data, path)
    if hasattr(kind, "_fields"):
        return _record(kind, data, path)
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return _word(kind, data, path)
    is_flag = isinstance(data, bool) != (kind is bool)
    if not isinstance(data, kind) or is_flag:
        raise _wrong(kind, data, path)
    return data


def _several(kinds: tuple[Any, ...], data: Any, path: tuple[str | int, ...]) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _wrong(tuple, data, path)
    each = kinds[:1] * len(data) if kinds[1:] == (...,) else kinds
    if len(each) != len(data):
        raise _wrong(tuple, data, path)
    pairs = enumerate(zip(each, data, strict=True))
    return tuple(_restored(kind, item, (*path, at)) for at, (kind, item) in pairs)


def _record(kind: Any, data: Any, path: tuple[str | int, ...]) -> Any:
    if not isinstance(data, Mapping) or set(data) - set(kind._fields):
        raise _wrong(kind, data, path)
    hints = get_type_hints(kind)
    lacking = set(kind._fields) - set(data) - set(kind._field_defaults)
    if lacking:
        raise ValueError(f"{_where(path)}: {'、'.join(sorted(lacking))} is missing")
    return kind(
        **{name: _restored(hints[name], item, (*path, name)) for name, item in data.items()}
    )


def _word(kind: Any, data: Any, path: tuple[str | int, ...]) -> Any:
    try:
        found = kind(data) if isinstance(data, str) else None
    except (ValueError, InvalidOperation):
        found = None
    if found is None or (isinstance(found, Decimal) and not found.is_finite()):
        raise _wrong(kind, data, path)
    return found


def _wrong(kind: Any, data: Any, path: tuple[str | int, ...]) -> ValueError:
    name = getattr(kind, "__name__", str(kind))
    return ValueError(f"{_where(path)}: {str(data)[:40]!r} is no {name}")


def _where(path: tuple[str | int, ...]) -> str:
    return "/".join(map(str, path)) or "data"
