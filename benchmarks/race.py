"""Time the two sides of a benchmark by turns."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter_ns

from benchmarks.benchmark import Benchmark

_SAMPLE_NS = 2_000_000
"""A sample repeats a fast call for about this long: the clock and the caches then weigh little."""
_WARM_UP = 5


@dataclass(frozen=True)
class Result:
    """The measured ratio of a benchmark.

    Attributes:
        benchmark: What was measured.
        ratio: The median time of our side over the median time of the peer.
        low, high: Between them lies the middle half of the ratios of the single rounds.
    """

    benchmark: Benchmark
    ratio: float
    low: float
    high: float

    @property
    def is_met(self) -> bool:
        """The ratio does not exceed the bar."""
        return self.ratio <= self.benchmark.bar


def race(benchmark: Benchmark, rounds: int | None = None) -> Result:
    """Run both sides of a benchmark by turns and compare them.

    Args:
        benchmark: What to run.
        rounds: How often to time each side, in place of the benchmark's own number.
    """
    ours, peer = benchmark.numerator, benchmark.denominator
    our_calls, peer_calls = _calls_per_sample(ours), _calls_per_sample(peer)
    ours_ns, peer_ns = [], []
    with _no_collection():
        for turn in range(max(rounds or benchmark.rounds, 2)):
            if turn % 2:
                ours_ns.append(_sample(ours, our_calls))
            peer_ns.append(_sample(peer, peer_calls))
            if not turn % 2:
                ours_ns.append(_sample(ours, our_calls))
    ratios = [our / other for our, other in zip(ours_ns, peer_ns, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    return Result(benchmark, median(ours_ns) / median(peer_ns), low, high)


def _calls_per_sample(run: Callable[[], object]) -> int:
    """Warm up, and return how many calls fill a sample."""
    fastest = min(_sample(run, 1) for _ in range(_WARM_UP))
    return max(1, round(_SAMPLE_NS / fastest))


def _sample(run: Callable[[], object], calls: int) -> float:
    """Return the nanoseconds of one call, averaged over *calls* of them."""
    start = perf_counter_ns()
    for _ in range(calls):
        run()
    return (perf_counter_ns() - start) / calls


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the cyclic garbage collector out of the way until the race is over."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
