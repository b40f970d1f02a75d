"""The commented rulebook to begin with: it loads as it is, and with everything in it turned on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import perfeval
from perfeval._resources import data_dir
from perfeval.example import mismatches
from perfeval.readers.rulebooks import ReadRulebook, read_rulebook
from perfeval.rulebook import Rulebook

START = (data_dir("templates") / "rulebook" / "start.yaml").read_text(encoding="utf-8")
TURNED_ON = re.sub("(?m)^#(?!#)", "", START)


def read(folder: Path, text: str) -> ReadRulebook:
    path = folder / "办法.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rulebook(path)


@pytest.mark.parametrize("text", [START, TURNED_ON], ids=["as it is", "turned on"])
def test_the_starting_rulebook_loads_and_its_example_holds(tmp_path: Path, text: str) -> None:
    made = read(tmp_path, text)
    assert made.examples
    for example in made.examples:
        assert mismatches(example, perfeval.score(example.sheet, made.rulebook)) == ()


def test_as_it_is_it_changes_nothing(tmp_path: Path) -> None:
    made, parent = read(tmp_path, START).rulebook, perfeval.load_rulebook("mof-2020")
    own = {"id", "name", "region", "version", "extends", "note", "cited"}
    assert made.extends == parent.id
    for name in set(Rulebook.model_fields) - own:
        assert getattr(made, name) == getattr(parent, name), name


def test_turned_on_it_shows_every_block(tmp_path: Path) -> None:
    data = read(tmp_path, TURNED_ON).layers.sources[0].data
    words = {str(field.alias) for field in Rulebook.model_fields.values()}
    assert words - set(data) <= {"整体表式"}


def test_it_can_be_read_on_a_gbk_console() -> None:
    START.encode("gbk")
