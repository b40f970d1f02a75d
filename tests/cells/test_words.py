"""The closed vocabularies of the YAML files: a member is its word."""

from __future__ import annotations

import json
import pickle

import pytest
from pydantic import BaseModel, ValidationError

import perfeval
from perfeval import load_rulebook, load_sheet
from perfeval.cells.units import MoneyUnit
from perfeval.cells.words import WordEnum
from perfeval.rulebook.weights import Inapplicable
from perfeval.sheet import SheetKind


class Holder(BaseModel):
    unit: MoneyUnit


def members(kind: type[WordEnum] = WordEnum) -> list[WordEnum]:
    return [member for sub in kind.__subclasses__() for member in (*sub, *members(sub))]


@pytest.mark.parametrize(
    "member", members(), ids=lambda member: f"{type(member).__name__}-{member}"
)
def test_a_choice_is_its_word(member: WordEnum) -> None:
    """A member compares, hashes, prints, formats and is written as the word of the YAML."""
    word = member.value
    assert member == word
    assert hash(member) == hash(word)
    assert str(member) == f"{member}" == f"{member:s}" == word
    assert repr(member) == repr(word)
    assert json.dumps(member) == json.dumps(word)
    assert pickle.loads(pickle.dumps(member)) is member


@pytest.mark.parametrize("given", ["元", MoneyUnit.YUAN])
def test_a_field_takes_the_word_and_the_member(given: str) -> None:
    assert Holder(unit=given).unit is MoneyUnit.YUAN


def test_a_sheet_that_was_copied_with_a_plain_word_is_read_alike() -> None:
    """`model_copy` validates nothing: a host tool may put the word where the member belongs."""
    real = load_sheet({"评分办法": "chongqing", "年度": 2023, "项目名称": "甲"})
    cards = [
        perfeval.score(real.model_copy(update={"kind": kind}), load_rulebook("chongqing"))
        for kind in ("部门整体支出", SheetKind.DEPARTMENT)
    ]
    assert cards[0].form is cards[1].form is cards[0].rulebook.department_form


def test_a_wrong_word_is_answered_with_the_choices() -> None:
    with pytest.raises(ValidationError, match="'万元' or '元'"):
        Holder(unit="千元")


def test_there_are_choices() -> None:
    assert Inapplicable.FORBIDDEN in members()
