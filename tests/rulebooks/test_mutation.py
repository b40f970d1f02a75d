"""Changing any single scoring number of a shipped rulebook makes one of its own examples fail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from pydantic import ValidationError

import perfeval
from perfeval import Rulebook
from perfeval.example import Example, mismatches
from perfeval.readers.rulebooks import read_rulebook
from perfeval.scoring.engine import Scorer
from tests.rulebooks.mutants import Mutant, mutants

FEWEST = 70
"""Fewer ways to change a rulebook would mean that the walk has missed its numbers."""


def is_noticed(data: dict[str, Any], examples: Iterable[Example]) -> bool:
    """Tell whether loading refuses the data, or an example no longer holds."""
    rules = {key: value for key, value in data.items() if key != "示例"}
    try:
        book = Rulebook.model_validate(rules)
    except ValidationError:
        return True
    scorer = Scorer(book)
    return any(mismatches(example, scorer.score(example.sheet)) for example in examples)


def survivors(name: str, examples: Iterable[Example] | None = None) -> list[str]:
    read = read_rulebook(name)
    kept = read.examples if examples is None else tuple(examples)
    return [change for change, data in changes_of(name) if not is_noticed(data, kept)]


def changes_of(name: str) -> list[Mutant]:
    return list(mutants(read_rulebook(name).layers.data))


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_no_scoring_rule_can_change_unnoticed(name: str) -> None:
    """Every number, flag, choice and method of the effective rulebook, inherited ones too."""
    assert survivors(name) == []


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_the_walk_reaches_every_block_that_scores(name: str) -> None:
    changes = changes_of(name)
    assert len(changes) >= FEWEST
    blocks = {re.split("[/ ]", change)[0] for change, _ in changes}
    assert blocks >= {"分值", "预算执行", "定量指标", "定性指标", "舍入", "等级"}


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_the_rulebook_as_it_is_is_not_noticed(name: str) -> None:
    read = read_rulebook(name)
    assert not is_noticed(read.layers.data, read.examples)


def test_an_example_less_lets_a_change_through() -> None:
    """The proof can fail: it is the examples that hold the numbers, not the walk."""
    kept = [item for item in read_rulebook("mof-2020").examples if item.name != "89.99分为良"]
    assert survivors("mof-2020", kept) == [
        "等级/档次/0/从 → 89",
        "等级/档次/0/从 → 89.99",
    ]
    assert len(survivors("mof-2020", ())) > FEWEST / 2
