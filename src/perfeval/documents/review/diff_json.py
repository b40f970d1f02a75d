"""What changed between two versions, as plain data for JSON."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

from perfeval.documents.as_json import Data, finding_data
from perfeval.findings import Finding
from perfeval.numbers import plain
from perfeval.places import PLACES, place_data
from perfeval.review.difference import SheetDiff

_AS_IT_IS = frozenset(("old_data", "new_data"))
"""What is plain data already."""
_PLACES = tuple(PLACES.values())


def diff_data(diff: SheetDiff) -> Data:
    """Return a difference under the names of `perfeval.SheetDiff`."""
    return {name: _value(getattr(diff, name)) for name in diff.__dataclass_fields__}


def _value(value: Any) -> Any:
    if isinstance(value, Finding):
        return finding_data(value)
    if isinstance(value, _PLACES):
        return place_data(value)
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, Decimal):
        return plain(value)
    if hasattr(value, "_asdict"):
        fields = value._asdict().items()
        return {name: item if name in _AS_IT_IS else _value(item) for name, item in fields}
    if isinstance(value, tuple):
        return list(map(_value, value))
    return None if value == "" else value
