"""By what the rows of each list of a sheet are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from perfeval.fields import Model, plain_data
from perfeval.methods.standard import GroupStandard
from perfeval.review.matching import RowIdentity
from perfeval.review.spelling import key_of
from perfeval.sheet import (
    FiledSection,
    FundRow,
    Goal,
    Indicator,
    MergedPoints,
    SubIndicator,
    Transfer,
    UnitResult,
    Waiver,
)

_KEYS: dict[type[Model], tuple[tuple[str, ...], ...]] = {
    Indicator: (("section", "aspect", "name"), ("section", "name"), ("name",)),
    FundRow: (("split", "name"), ("name",)),
    Goal: (("heading", "text"), ("text",), ("heading",)),
    Transfer: (("unit", "use", "amount"), ("unit", "use"), ("unit",)),
    SubIndicator: (("name",),),
    UnitResult: (("unit",),),
    FiledSection: (("section",),),
    MergedPoints: (("rows",),),
    GroupStandard: (("reach",),),
    Waiver: (("code", "place"), ("code",)),
}
"""The fields that name a row, the fullest name first."""
_NAMES = {Goal: "text", Transfer: "unit", UnitResult: "unit", FiledSection: "section"}
"""The field by which rows are likened, where that is not ``name``."""
_GROUPS = {Indicator: "section", FundRow: "split"}
"""The field whose rows alone are likened with one another."""


def identities(rows: Sequence[Any]) -> list[RowIdentity]:
    """Return by what the rows of a list are known."""
    return list(map(_identity, rows))


def _identity(row: Any) -> RowIdentity:
    if not isinstance(row, Model):
        text = key_of(row)
        return RowIdentity(text, (text,), "", text, "")
    data = plain_data(row)
    kind = type(row)
    levels = _KEYS[kind]
    named = {name for level in levels for name in level}
    group = _GROUPS.get(kind)
    return RowIdentity(
        whole=_text(data),
        keys=tuple(_key(row, level) for level in levels),
        group=key_of(getattr(row, group)) if group else "",
        name=key_of(getattr(row, _NAMES.get(kind, "name"), "")),
        content=_content({name: item for name, item in data.items() if name not in named}),
    )


def _key(row: Model, names: Sequence[str]) -> str:
    """Return one of a row's names; empty where all of it is blank."""
    parts = [_part(getattr(row, name)) for name in names]
    return "\x1f".join(parts) if any(parts) else ""


def _part(value: Any) -> str:
    return _text(plain_data(value)) if isinstance(value, Model) else key_of(value)


def _content(data: dict[str, Any]) -> str:
    filled = {name: item for name, item in data.items() if item not in (None, False, [])}
    return _text(filled) if filled else ""


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
