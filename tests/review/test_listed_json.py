"""What a review has listed, drawn and summed up goes through JSON and comes back equal."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from perfeval import JsonError, from_json, to_json
from perfeval.review import Draw, EvidenceList, Intake, Ranking, ReviewResults
from tests.documents.schemas import faults_by_stored_schema

KINDS: dict[str, Any] = {
    "intake": Intake,
    "ranking": Ranking,
    "draw": Draw,
    "evidence-list": EvidenceList,
    "review-results": ReviewResults,
}
TEXTS = ("", "甲", "=1+1", "“引号”\n换行", "0.10", "null", "read")
PLAIN: dict[Any, Callable[[random.Random], Any]] = {
    str: lambda chance: chance.choice(TEXTS),
    int: lambda chance: chance.randint(0, 3000),
    bool: lambda chance: chance.random() < 0.5,
    Decimal: lambda chance: Decimal(chance.choice(("0", "-1.50", "0.00", "12345678901234.10"))),
}


def made(kind: Any, chance: random.Random) -> Any:
    """Make any value of a type: every field of every record holds something now and then."""
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        count = chance.randint(0, 3) if inner[-1] is Ellipsis else len(inner)
        return tuple(made(inner[0], chance) for _ in range(count))
    if NoneType in inner:
        return None if chance.random() < 0.3 else made(inner[0], chance)
    if kind in PLAIN:
        return PLAIN[kind](chance)
    if issubclass(kind, Enum):
        return chance.choice(list(kind))
    return kind(**{name: made(hint, chance) for name, hint in get_type_hints(kind).items()})


@pytest.mark.parametrize("kind", KINDS)
def test_any_value_comes_back_equal(kind: str) -> None:
    chance = random.Random(16)
    for _ in range(40):
        value = made(KINDS[kind], chance)
        text = to_json(value)
        whole = json.loads(text)
        assert whole["kind"] == kind
        back = from_json(text, KINDS[kind])
        assert back == value
        assert to_json(back) == text
        assert faults_by_stored_schema(whole) == []


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("intake", "lines", [{"handed": {}, "remarks": []}]),
        ("intake", "expected", "3"),
        ("intake", "is_form_asked", 1),
        ("ranking", "projects", {}),
        ("ranking", "unread", [3]),
        ("draw", "by", ["资金"]),
        ("draw", "wanted", 1.5),
        ("evidence-list", "year", None),
        ("evidence-list", "more", "x"),
        ("review-results", "years", [[2023, 5, 1]]),
        ("review-results", "years", [[2023]]),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(kind: str, field: str, value: Any) -> None:
    """Also by the published schema."""
    whole = json.loads(to_json(made(KINDS[kind], random.Random(1))))
    whole["data"][field] = value
    with pytest.raises(JsonError) as caught:
        from_json(json.dumps(whole))
    assert caught.value.findings[0].path[:2] == ("data", field)
    assert faults_by_stored_schema(whole) != []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_must_be_there(kind: str) -> None:
    whole = json.loads(to_json(made(KINDS[kind], random.Random(2))))
    for field in whole["data"]:
        data = {name: item for name, item in whole["data"].items() if name != field}
        with pytest.raises(JsonError):
            from_json(json.dumps({**whole, "data": data}))
