"""What a benchmark is: two ways to the same result, and the ratio that is allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Benchmark:
    """One ratio.

    Attributes:
        name: What is measured.
        peer: What it is measured against.
        bar: The ratio that must not be exceeded.
        numerator: Runs our side once.
        denominator: Runs the peer once.
        aim: The ratio that is hoped for, where it differs from the bar.
        rounds: How often each side is timed; fewer for what is slow.
    """

    name: str
    peer: str
    bar: float
    numerator: Callable[[], object]
    denominator: Callable[[], object]
    aim: float | None = None
    rounds: int = 200
