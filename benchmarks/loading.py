"""Text → validated sheet with positions, against PyYAML's C loader on the same text."""

from __future__ import annotations

from typing import Any

import yaml

from benchmarks import fresh, sample
from benchmarks.benchmark import Benchmark


def benchmark() -> Benchmark:
    """Compare reading a sheet with the bare C loader, which keeps no place and takes floats."""
    return Benchmark(
        "text → validated sheet with positions",
        "bare `yaml.load(text, CSafeLoader)`",
        bar=0.5,
        aim=0.35,
        numerator=sample.read_sheet,
        denominator=load_bare,
    )


def of_fresh_sheets() -> Benchmark:
    """Compare the same on generated sheets, of which none was read before."""
    return Benchmark(
        "1,500 sheets, each new: text → validated with positions",
        "bare `yaml.load(text, CSafeLoader)`",
        bar=0.5,
        aim=0.35,
        numerator=fresh.one_after_another(fresh.read),
        denominator=fresh.one_after_another(bare),
    )


def load_bare() -> Any:
    """Load the text of the shipped sheet with PyYAML's C loader and no more."""
    return bare(sample.text())


def bare(text: str) -> Any:
    """Load a text with PyYAML's C loader and no more."""
    return yaml.load(text, yaml.CSafeLoader)
