"""Figures that are read at sight are what the long way reads, whatever their unit and number."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.cells import reading
from perfeval.cells.measures import UNIT
from perfeval.cells.reading import read_cell
from perfeval.cells.signs import AFTER, BEFORE, GLYPHS
from perfeval.cells.values import Cell, CellError
from tests.seeds import FIRST

UNITS = [unit.replace("\\", "") for unit in UNIT.split("|")]
NUMBERS = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "7",
    "9",
    "10",
    "12",
    "13",
    "20",
    "31",
    "90",
    "95",
    "100",
    "365",
    "1000",
    "2023",
    "12345678",
    "1.5",
    "12.31",
    "2023.12",
    "0.5",
]
ODD_UNITS = [
    *"年月季号初末底旬余多成左右内半元%",
    "以上",
    "年度",
    "季度",
    "月底",
    "个季",
    "万人",
    "万元",
    "亿元",
    "亿立方米",
    "万",
    "亿",
    "万亿元",
    "万%",
    "万分",
    "元/人/月",
]


def at_length(text: str) -> Cell | str:
    """Read a text by the long way alone."""
    try:
        return reading._with_noise(reading._read_text(text))
    except CellError as error:
        return str(error)


def at_sight(text: str) -> Cell | str:
    try:
        return read_cell(text)
    except CellError as error:
        return str(error)


def test_every_unit_alone_behind_any_number() -> None:
    signs, afters = ("", *GLYPHS, "", *BEFORE), ("", *AFTER)
    random = Random(FIRST)
    for unit, number in product((*UNITS, *ODD_UNITS), NUMBERS):
        text = random.choice(signs) + number + unit + random.choice(afters)
        assert at_sight(text) == at_length(text), text


def test_every_sign() -> None:
    for sign, unit in product((*GLYPHS, *BEFORE), ("%", "张", "元/床", "万元", "分", "天")):
        assert at_sight(f"{sign}42{unit}") == at_length(f"{sign}42{unit}")
    for unit, after in product(("%", "张", "元/床", "万元", "分", "天"), AFTER):
        assert at_sight(f"42{unit}{after}") == at_length(f"42{unit}{after}")


@pytest.mark.slow
def test_units_per_units() -> None:
    random = Random(FIRST)
    for one, other in product((*UNITS, *ODD_UNITS), repeat=2):
        text = f"{random.choice(('', '≥', '<='))}{random.choice(NUMBERS)}{one}/{other}"
        assert at_sight(text) == at_length(text), text


@given(
    st.sampled_from(["", "≥", "<=", "＜", "定性", "不低于", "约", "第"]),
    st.from_regex(r"\A[0-9]{1,9}(\.[0-9]{1,5})?\Z"),
    st.sampled_from([*UNITS, *ODD_UNITS]),
    st.sampled_from(["", "", "/", " "]),
    st.sampled_from(["", *UNITS, *ODD_UNITS]),
    st.sampled_from(["", "", *AFTER]),
)
def test_any_figure(
    sign: str, number: str, unit: str, between: str, other: str, after: str
) -> None:
    text = (sign + number + unit + between + other + after).strip()
    assert at_sight(text) == at_length(text)
