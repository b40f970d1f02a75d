"""Records of a review as plain data for JSON, by the names of their fields."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

from perfeval.documents.as_json import finding_data
from perfeval.findings import Finding
from perfeval.numbers import plain
from perfeval.places import PLACES, place_data

_AS_IT_IS = frozenset(("old_data", "new_data"))
"""What is plain data already."""
_PLACES = tuple(PLACES.values())


def record_data(value: Any) -> Any:
    """Return a record, or what stands in one, as plain data under the names of its fields.

    Enums are written by their names in lower case, figures as texts, a missing text as null, so
    that `perfeval.readers.annotated.value_of` makes the record again.
    """
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
        return {name: item if name in _AS_IT_IS else record_data(item) for name, item in fields}
    if isinstance(value, tuple):
        return list(map(record_data, value))
    return None if value == "" else value
