"""The rulebooks that ship, read and proved beforehand: the same values, without reading YAML.

A rulebook is the same each time it is read; to read and prove it took longer than to score a sheet
by it.  So each folder of a shipped one holds ``compiled.json``, its value with the checksums of
the files it was read from.  Where one of them is not what it was, the files are read as ever.
A test holds what is compiled to what is read; ``python -m perfeval.cli.compiled_rulebooks`` makes
it anew.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from perfeval._resources import rulebook_dir
from perfeval.fields import FrozenDict, Model
from perfeval.rulebook import Rulebook

COMPILED = "compiled.json"
_FILES, _DIGEST, _VALUE = "files", "digest", "value"
_DECIMAL, _NAMED = "Decimal", "Named"
_PACKAGE = __package__.partition(".")[0]


def compiled_text(book: Rulebook, files: Iterable[str]) -> str:
    """Return what is stored of a rulebook that was read.

    Args:
        book: The rulebook; it holds in every year.
        files: The files that it was read from, below the folder of all rulebooks.
    """
    data = {
        _FILES: {name: _checksum(name) for name in sorted(files)},
        _DIGEST: book.digest,
        _VALUE: _stored(book),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def compiled_rulebook(name: str) -> Rulebook | None:
    """Return a shipped rulebook from what was compiled; ``None`` where its files have changed."""
    try:
        data = json.loads((rulebook_dir() / name / COMPILED).read_text(encoding="utf-8"))
        if any(_checksum(file) != was for file, was in data[_FILES].items()):
            return None
    except OSError:
        return None
    book: Rulebook = _restored(data[_VALUE])
    vars(book)["digest"] = data[_DIGEST]  # as if it had been asked for before
    return book


def _checksum(name: str) -> str:
    """Return what tells a file from a changed one; line ends do not count."""
    raw = (rulebook_dir() / name).read_bytes().replace(b"\r\n", b"\n")
    return f"{zlib.crc32(raw):08x}-{len(raw)}"


def _stored(value: Any) -> Any:
    """Return a value as JSON: a tuple is a list, all else that JSON lacks stands under its kind."""
    if isinstance(value, Model):
        said = value.model_fields_set
        fields = {
            name: _stored(getattr(value, name))
            for name, field in type(value).model_fields.items()
            if name in said or getattr(value, name) != field.get_default()
        }
        return {_label(value): [fields, [name for name in fields if name not in said]]}
    if isinstance(value, Enum):
        return {_label(value): value.value}
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, FrozenDict):
        return {_NAMED: [[_stored(key), _stored(item)] for key, item in value.items()]}
    if isinstance(value, tuple):
        return list(map(_stored, value))
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"a rulebook with {value!r} cannot be compiled")


def _label(value: Any) -> str:
    return f"{type(value).__module__.removeprefix(f'{_PACKAGE}.')}:{type(value).__name__}"


def _restored(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(map(_restored, data))
    if not isinstance(data, dict):
        return data
    ((label, inner),) = data.items()
    return _maker(label)(inner)


@cache
def _maker(label: str) -> Callable[[Any], Any]:
    """Return what makes values of a kind."""
    if label == _DECIMAL:
        return Decimal
    if label == _NAMED:
        return lambda pairs: FrozenDict((_restored(key), _restored(item)) for key, item in pairs)
    module, _, name = label.partition(":")
    kind = getattr(import_module(f"{_PACKAGE}.{module}"), name)
    return kind if issubclass(kind, Enum) else lambda parts: _model(kind, *parts)


def _model(kind: type[Model], fields: Mapping[str, Any], unset: Iterable[str]) -> Model:
    """Return a model with fields that were proved before it was stored, as unpickling does."""
    model = kind.__new__(kind)
    values = {
        name: _restored(fields[name]) if name in fields else field.get_default()
        for name, field in kind.model_fields.items()
    }
    model.__setstate__(
        {
            "__dict__": values,
            "__pydantic_fields_set__": fields.keys() - set(unset),
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return model
