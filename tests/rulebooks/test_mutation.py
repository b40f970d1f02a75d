"""Changing any single scoring number of a shipped rulebook is refused or contradicts a source."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError

import perfeval
from perfeval import Rulebook
from perfeval.documents.rulebooks.statements import clauses
from perfeval.example import Example, mismatches
from perfeval.example.witnesses import Witness, contradicted, holding
from perfeval.readers.examples import EVIDENCE
from perfeval.readers.rulebooks import name_of, read_rulebook
from perfeval.scoring.engine import Scorer
from tests.rulebooks.mutants import Mutant, mutants

FEWEST = 70
"""Fewer ways to change a rulebook would mean that the walk has missed its numbers."""


class Proof(NamedTuple):
    """What holds a rulebook's numbers: examples with a source, and the words of its sources."""

    examples: tuple[Example, ...]
    own: tuple[Witness, ...]
    inherited: tuple[Witness, ...]


def proof_of(name: str) -> Proof:
    read = read_rulebook(name)
    chain = [read_rulebook(name_of(source)).witnesses for source in read.layers.sources]
    held = holding(chain)
    inherited = tuple(witness for witness in held if witness not in read.witnesses)
    return Proof(read.examples, read.witnesses, inherited)


def is_noticed(data: dict[str, Any], proof: Proof) -> bool:
    """Tell whether loading refuses the data, a source says otherwise, or an example fails."""
    rules = {key: value for key, value in data.items() if key not in EVIDENCE}
    try:
        book = Rulebook.model_validate(rules)
    except ValidationError:
        return True
    if any(contradicted(proof.own, book)):
        return True
    if any(contradicted(proof.inherited, book, is_inherited=True)):
        return True
    scorer = Scorer(book)
    return any(mismatches(example, scorer.score(example.sheet)) for example in proof.examples)


def survivors(name: str, proof: Proof | None = None) -> list[str]:
    held = proof_of(name) if proof is None else proof
    return [change for change, data in changes_of(name) if not is_noticed(data, held)]


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
    assert not is_noticed(read_rulebook(name).layers.data, proof_of(name))


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_a_witness_speaks_with_the_words_of_its_own_clause(name: str) -> None:
    """佐证 quotes the clause, or what the file says of it; it makes nothing up."""
    read = read_rulebook(name)
    blocks = clauses(read.rulebook)
    for witness in read.witnesses:
        clause = blocks[witness.path.split("/")[0]]
        assert witness.words in f"{clause.clause}\n{clause.note}", witness.path


def test_an_example_that_is_kept_has_a_source() -> None:
    """Examples at the edges of bands are made from the rules, and never stored."""
    examples = [item for name in perfeval.rulebook_ids() for item in read_rulebook(name).examples]
    assert examples
    assert [example.name for example in examples if not example.source] == []


def test_a_witness_less_lets_a_change_through() -> None:
    """The proof can fail: it is the sources that hold the numbers, not the walk."""
    held = proof_of("mof-2020")
    kept = tuple(one for one in held.own if one.path != "等级/档次/*/从")
    assert "等级/档次/0/从 → 89.99" in survivors("mof-2020", held._replace(own=kept))
    assert len(survivors("mof-2020", Proof((), (), ()))) > FEWEST / 2


def test_a_rulebook_that_changes_a_number_needs_a_witness_of_its_own() -> None:
    """A witness below holds until a nearer one speaks of the same rule."""
    below = (Witness(path="甲/乙", value=("1",), words="一"),)
    above = (Witness(path="甲/乙/丙", value=("2",), words="二"),)
    assert holding([(), below]) == below
    assert holding([above, below]) == above


def test_a_witness_of_a_rule_that_does_not_exist_is_told() -> None:
    book = perfeval.load_rulebook("mof-2020")
    nowhere = (Witness(path="分值/没有", value=("1",), words="一"),)
    assert list(contradicted(nowhere, book)) == ["分值/没有：没有这条规定"]
    assert list(contradicted(nowhere, book, is_inherited=True)) == []
