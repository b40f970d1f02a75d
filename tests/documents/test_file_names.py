"""File names from titles: whatever a project is called, its folder can be made, and is its own."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.file_names import Names, safe_name

TITLES = st.text(max_size=200)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("养老服务", "养老服务"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("..", "未命名"),
        ("", "未命名"),
        ("aux.txt", "_aux.txt"),
        ("LPT1", "_LPT1"),
        ("结尾有点. ", "结尾有点"),
        ("一\n二", "一二"),
        ("../../etc/passwd", "_.._etc_passwd"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(TITLES)
def test_no_title_leads_out_of_the_folder(title: str) -> None:
    name = safe_name(title)
    assert Path(name).name == name
    assert len(name) <= 61
    assert name == name.strip(" .")
    assert name.encode("utf-8", errors="strict")


@given(st.lists(TITLES, max_size=12))
def test_no_two_titles_have_one_folder(titles: list[str]) -> None:
    """Not on a system either that takes capital and small letters for the same."""
    names = Names()
    given_out = [names.give(title) for title in titles]
    folded = [unicodedata.normalize("NFKC", name).casefold() for name in given_out]
    assert len(set(folded)) == len(titles)
