"""Make a value of the type that an annotation names from plain data of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from perfeval.numbers import is_plain
from perfeval.places import PLACES, Path, Place

_FIGURE = re.compile(r"-?[0-9]{1,120}(?:\.[0-9]{1,120})?", re.ASCII)


class MisfitError(ValueError):
    """Plain data do not fit a type.

    Attributes:
        path: Where in the data.
    """

    def __init__(self, message: str, path: Path = ()) -> None:
        super().__init__(message)
        self.path = path


def value_of(kind: Any, data: Any, path: Path = ()) -> Any:
    """Return the value of a type that plain data stand for.

    Enums are written by their names in lower case, figures as texts, a missing text as null;
    what is no field of a record is passed over.

    Args:
        kind: A record of fields, an enum, a tuple or mapping, a plain type, or one of several; what
            may be anything is taken as it is.
        data: Plain data.
        path: Where the data stand.

    Raises:
        MisfitError: They stand for none.

    >>> from perfeval.findings import Fix, Severity
    >>> value_of(Fix, {"old": "2", "new": "1.63", "at": 0})
    Fix(old='2', new='1.63', at=0)
    >>> value_of(Severity | None, "error") is Severity.ERROR
    True
    """
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(inner, data, path)
    if origin is tuple:
        items = _checked(list, data, path)
        if inner[-1] is not Ellipsis and len(items) != len(inner):
            raise MisfitError(f"这里应有 {len(inner)} 项", path)
        return tuple(value_of(inner[0], item, (*path, at)) for at, item in enumerate(items))
    if origin is Mapping:
        items = _checked(dict, data, path).items()
        return {key: value_of(inner[1], item, (*path, key)) for key, item in items}
    if kind in _PLAIN:
        return _PLAIN[kind](data, path)
    if issubclass(kind, str) and not issubclass(kind, Enum):
        return "" if data is None else _checked(str, data, path)
    return _member(kind, data, path) if issubclass(kind, Enum) else _record(kind, data, path)


def _one_of(kinds: tuple[Any, ...], data: Any, path: Path) -> Any:
    if kinds == get_args(Place):
        name = _checked(dict, data, path).get("kind")
        if not isinstance(name, str) or name not in PLACES:
            raise MisfitError("不是位置", path)
        return _record(PLACES[name], data, path)
    if data is None and type(None) in kinds:
        return None
    if str in kinds and int in kinds:
        return data if isinstance(data, str) else _whole(data, path)
    (kind,) = (item for item in kinds if item is not type(None))
    return value_of(kind, data, path)


def _record(kind: Any, data: Any, path: Path) -> Any:
    fields = get_type_hints(kind)
    given = _checked(dict, data, path)
    values = {
        name: value_of(inner, given[name], (*path, name))
        for name, inner in fields.items()
        if name in given and get_origin(inner) is not ClassVar
    }
    try:
        return kind(**values)
    except TypeError as error:
        raise MisfitError("这里的内容不全", path) from error


def _member(kind: type[Enum], data: Any, path: Path) -> Enum:
    member = {item.name.lower(): item for item in kind}.get(_checked(str, data, path))
    if member is None:
        raise MisfitError(f"“{data}”不在可选的写法里", path)
    return member


def _number(data: Any, path: Path) -> Decimal:
    if isinstance(data, Decimal):
        return data
    if isinstance(data, str) and _FIGURE.fullmatch(data):
        return Decimal(data)
    raise MisfitError("这里应是一个数", path)


def _whole(data: Any, path: Path) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    if isinstance(data, Decimal) and is_plain(data) and data == int(data):
        return int(data)
    raise MisfitError("这里应是整数", path)


_PLAIN: dict[Any, Callable[[Any, Path], Any]] = {
    Any: lambda data, _: data,
    Decimal: _number,
    int: _whole,
    bool: lambda data, path: _checked(bool, data, path),
}
"""How the plain types are taken; what may be anything is taken as it is."""
_PLAIN_WORDS = {"dict": "对象", "list": "列表", "str": "文字", "bool": "true 或 false"}


def _checked(kind: type[Any], data: Any, path: Path) -> Any:
    """Return the data where they are of a plain type."""
    if not isinstance(data, kind):
        raise MisfitError(f"这里应是{_PLAIN_WORDS[kind.__name__]}", path)
    return data
