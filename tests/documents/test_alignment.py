"""Columns line up in terminal cells, whatever the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.documents.alignment import TextColumn, fold, lay_out, printable, width, wrap

_TEXT = st.text(alphabet="甲乙丙（）“”÷×≥abc 019.%/、\t\n\x1b\u0301", max_size=40)
_AMBIGUOUS = st.sampled_from([1, 2])


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("391", 3), ("张", 2), ("（", 2), ("％", 2), ("÷", 1), ("e\u0301", 1), ("ｱ", 1)],
)
def test_wide_characters_take_two_cells_and_marks_none(text: str, cells: int) -> None:
    assert width(text) == cells


def test_ambiguous_characters_take_two_cells_in_a_gbk_console() -> None:
    assert width("÷×≥“”·", ambiguous=2) == 12


@given(_TEXT)
def test_what_is_shown_is_one_line_without_control_characters(text: str) -> None:
    shown = printable(text)
    assert not any(unicodedata.category(char).startswith("C") for char in shown)


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\udc80", "\ue000"])
def test_characters_that_steer_a_terminal_are_spelled_out(char: str) -> None:
    assert printable(f"甲{char}乙") == f"甲{ascii(char)[1:-1]}乙"


@given(_TEXT.map(printable), st.integers(2, 30), _AMBIGUOUS)
def test_wrapped_pieces_fit_and_lose_nothing_but_blanks(
    text: str, limit: int, ambiguous: int
) -> None:
    pieces = wrap(text, limit, ambiguous=ambiguous)
    assert all(width(piece, ambiguous=ambiguous) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=6), _AMBIGUOUS)
def test_every_cell_of_a_right_column_ends_at_one_place(
    rows: list[tuple[str, str]], ambiguous: int
) -> None:
    marked = [(left, f"{right}|") for left, right in rows]
    columns = [TextColumn(limit=12), TextColumn(is_right=True, limit=9)]
    lines = lay_out(marked, columns, ambiguous=ambiguous)
    ends = {width(line, ambiguous=ambiguous) for line in lines if line.endswith("|")}
    assert len(ends) == 1


def test_a_line_of_its_own_widens_no_column() -> None:
    assert lay_out(["很长很长的一行", ("甲", "1")], [TextColumn(), TextColumn()]) == [
        "很长很长的一行",
        "甲  1",
    ]


@pytest.mark.parametrize(
    ("line", "within", "lines"),
    [
        ("短", 4, ["短"]),
        ("很长的一行", None, ["很长的一行"]),
        ("  甲乙丙丁戊己庚辛", 14, ["  甲乙丙丁戊己", "    庚辛"]),
        ("  2 × 26 ÷ 32 = 1.625", 12, ["  2 × 26 ÷", "    32 =", "    1.625"]),
        ("见湖北的2020年说明", 10, ["见湖北的", "  2020年说", "  明"]),
        ("甲乙丙丁戊，己庚", 10, ["甲乙丙丁", "  戊，己庚"]),
        ("  59 |         已填报得分: 2", 10, ["  59 |         已填报得分: 2"]),
        ("     |                     ^", 10, ["     |                     ^"]),
    ],
)
def test_a_long_line_goes_on_below_further_right(
    line: str, within: int | None, lines: list[str]
) -> None:
    """A figure stays whole, no line begins with a comma, and a quoted line points into a file."""
    assert fold(line, within) == lines


def test_a_cell_that_is_set_in_stays_so_below() -> None:
    assert wrap("  养老机构床位", 10) == ["  养老机构", "  床位"]
