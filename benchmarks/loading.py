"""Text → validated sheet with positions, against PyYAML's C loader on the same text."""

from __future__ import annotations

from typing import Any

import yaml

from benchmarks import sample
from benchmarks.benchmark import Benchmark


def benchmark() -> Benchmark:
    """Compare reading a sheet with the bare C loader, which keeps no place and takes floats."""
    return Benchmark(
        "text → validated sheet with positions",
        "bare `yaml.load(text, CSafeLoader)`",
        bar=0.9,
        aim=0.5,
        numerator=sample.read_sheet,
        denominator=load_bare,
    )


def load_bare() -> Any:
    """Load the text with PyYAML's C loader and no more."""
    return yaml.load(sample.text(), yaml.CSafeLoader)
