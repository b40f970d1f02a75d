"""Places: printed with their file, sorted within their kind, and there and back through JSON."""

from __future__ import annotations

import json
import pickle
import random

import pytest

from perfeval.places import (
    CellPlace,
    PagePlace,
    Place,
    TablePlace,
    TextPlace,
    place_data,
)
from perfeval.readers.annotated import MisfitError, value_of

PLACES: list[tuple[Place, str]] = [
    (TextPlace(41, 22), "甲.x:41:22"),
    (CellPlace("自评表", "F12"), "甲.x 自评表!F12"),
    (TablePlace(2, 7, 4), "甲.x 第2张表 第7行第4格"),
    (PagePlace(3, 12), "甲.x 第3页 第12行"),
]
ORDERED: list[list[Place]] = [
    [TextPlace(2, 30), TextPlace(10, 1), TextPlace(10, 2)],
    [CellPlace("甲", "B2"), CellPlace("甲", "Z9"), CellPlace("甲", "AA9"), CellPlace("甲", "A10")],
    [TablePlace(1, 9, 1), TablePlace(2, 7, 4), TablePlace(2, 10, 1)],
    [PagePlace(2, 40), PagePlace(10, 2), PagePlace(10, 12)],
]


@pytest.mark.parametrize(("place", "printed"), PLACES)
def test_a_place_is_printed_behind_its_file(place: Place, printed: str) -> None:
    assert place.in_file("甲.x") == printed
    assert printed.endswith(str(place))
    printed.encode("gbk")


@pytest.mark.parametrize("places", ORDERED)
def test_places_of_one_kind_are_sorted_as_they_stand(places: list[Place]) -> None:
    shuffled = random.Random(1).sample(places, len(places))
    assert sorted(shuffled) == places
    assert sorted(shuffled, key=lambda place: place.order) == places


def test_places_of_different_kinds_are_different_and_sorted_kind_by_kind() -> None:
    assert len({TextPlace(3, 12), PagePlace(3, 12)}) == 2
    assert sorted([place for place, _ in PLACES[::-1]]) == [place for place, _ in PLACES]


@pytest.mark.parametrize(("place", "_printed"), PLACES)
def test_a_place_comes_back_from_json_and_from_another_process(place: Place, _printed: str) -> None:
    assert value_of(Place, json.loads(json.dumps(place_data(place)))) == place
    assert pickle.loads(pickle.dumps(place)) == place


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"kind": "text", "line": 1},
        {"kind": "map"},
        {"kind": "page", "line": "1", "page": 2},
    ],
)
def test_what_is_no_place_is_refused(data: object) -> None:
    with pytest.raises(MisfitError, match=r"不是位置|不全|应是"):
        value_of(Place, data)
