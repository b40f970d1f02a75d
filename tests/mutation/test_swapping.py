"""A function of an imported module gets the code of the changed one; all else is left alone."""

from __future__ import annotations

import functools
import gc
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.mutation.swapping import apply, swaps

NAME = "perfeval_swapped"
TEXT = """
import functools

LIMIT = 2

def plain(a, b=1):
    return a + b

def nested(a):
    def inner(b):
        return a < b
    return inner

KEPT = nested(1)

class Thing:
    size = 3

    @property
    def double(self):
        return self.size * 2

    @functools.cached_property
    def half(self):
        return self.size / 2

@functools.lru_cache
def remembered(a):
    return a * 2
"""


@pytest.fixture
def module() -> Iterator[ModuleType]:
    made = ModuleType(NAME)
    sys.modules[NAME] = made
    exec(compile(TEXT, NAME, "exec"), made.__dict__)
    yield made
    del sys.modules[NAME]
    made.__dict__.clear()  # pytest keeps the module itself for a while
    gc.collect()


def become(before: str, after: str) -> bool | None:
    """Change the module's code, or return ``None`` where that needs an import."""
    assert TEXT.count(before) == 1
    codes = (compile(text, NAME, "exec") for text in (TEXT, TEXT.replace(before, after)))
    found = swaps(*codes)
    return None if found is None else apply(found, NAME)


def test_a_function_computes_otherwise(module: ModuleType) -> None:
    assert become("a + b", "a - b")
    assert module.plain(3) == 2


def test_a_function_made_by_another_computes_otherwise(module: ModuleType) -> None:
    assert become("a < b", "a >= b")
    assert [module.KEPT(2), module.nested(1)(2)] == [False, False]


def test_what_stands_in_a_class_computes_otherwise(module: ModuleType) -> None:
    assert become("self.size * 2", "self.size * 4")
    assert become("self.size / 2", "self.size / 3")
    assert [module.Thing().double, module.Thing().half] == [12, 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LIMIT = 2", "LIMIT = 3"),
        ("b=1", "b=2"),
        ("size = 3", "size = 4"),
        ("nested(1)", "nested(2)"),
    ],
)
def test_what_runs_at_the_import_is_not_swapped(
    module: ModuleType, before: str, after: str
) -> None:
    assert become(before, after) is None


def test_a_function_that_another_module_has_is_left_alone(module: ModuleType) -> None:
    module.plain.__module__ = "elsewhere"
    assert become("a + b", "a - b") is False
    assert module.plain(3) == 4


def test_what_was_remembered_is_forgotten(module: ModuleType) -> None:
    assert isinstance(module.remembered, functools._lru_cache_wrapper)
    assert module.remembered(1) == 2
    assert become("return a * 2", "return a * 5")
    assert module.remembered(1) == 5
