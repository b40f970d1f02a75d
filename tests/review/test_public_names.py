"""What `perfeval.review` offers: each name once, documented, and from a room of its own."""

from __future__ import annotations

import pytest

import perfeval.review


def test_each_name_stands_once_and_in_order() -> None:
    assert perfeval.review.__all__ == sorted(set(perfeval.review.__all__))


@pytest.mark.parametrize("name", perfeval.review.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(perfeval.review, name)
    assert value.__module__.startswith("perfeval.review.")
    assert value.__doc__
    assert not value.__doc__.startswith(f"{name}(")  # what Python makes of a record without words
