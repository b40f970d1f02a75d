"""Accounts that hang together, invented in the wordings of several places: nothing is wrong."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import perfeval
from perfeval import Severity, TextPlace

MADE = sorted((Path(__file__).with_name("data")).glob("made-*.txt"))
FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=万元|%)")
SINGLE = (
    "占货物支出金额",
    "占工程支出金额",
    "占服务支出金额",
    "单价",
    "价值",
    "会议费",
    "培训费",
    "其中政府性基金",
    "覆盖率",
)
"""Before these words, or behind them, stands a figure that no other speaks of."""
CHANGED = 12


@pytest.mark.parametrize("path", MADE, ids=[path.stem for path in MADE])
def test_what_hangs_together_gives_no_error(path: Path) -> None:
    report = perfeval.proof(path)
    assert [str(item) for item in report.findings if item.severity is Severity.ERROR] == []


@pytest.mark.parametrize("path", MADE, ids=[path.stem for path in MADE])
def test_nearly_every_figure_is_understood(path: Path) -> None:
    report = perfeval.proof(path)
    assert len(report.unbound) * 20 <= len(report.figures)


def changed(text: str, found: re.Match[str], rng: random.Random) -> str:
    """Return a text with the second digit of a figure, or its only one, typed wrong."""
    at = found.start() + (1 if found[0][1:2].isdigit() else 0)
    new = rng.choice([digit for digit in "123456789" if digit != text[at]])
    return text[:at] + new + text[at + 1 :]


@pytest.mark.parametrize("path", MADE, ids=[path.stem for path in MADE])
def test_a_figure_that_is_typed_wrong_is_found_on_its_line(path: Path) -> None:
    rng = random.Random(7)
    text = path.read_text(encoding="utf-8")
    figures = [
        found
        for found in FIGURE.finditer(text)
        if not any(word in text[found.start() - 12 : found.start()] for word in SINGLE)
    ]
    missed = []
    for found in rng.sample(figures, CHANGED):
        wrong = changed(text, found, rng)
        line = text.count("\n", 0, found.start()) + 1
        lines = {
            place.line
            for item in perfeval.proof(wrong).findings
            for place in item.places
            if isinstance(place, TextPlace)
        }
        if line not in lines:
            missed.append((line, found[0], text[found.start() - 20 : found.end() + 2]))
    assert missed == []
