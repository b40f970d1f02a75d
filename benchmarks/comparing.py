"""Text → scored with filed points compared, against PyYAML's C loader on the same text."""

from __future__ import annotations

from decimal import Decimal

from benchmarks import sample
from benchmarks.benchmark import Benchmark
from benchmarks.loading import load_bare
from perfeval import Scorer


def benchmark() -> Benchmark:
    """Compare the whole way to the differences with merely loading the text."""
    scorer = Scorer(sample.rulebook())

    def compare_filed() -> list[Decimal | None]:
        return [line.excess for line in scorer.score(sample.read_sheet()).rows]

    if not any(compare_filed()):
        raise ValueError("the sheet's filed points should differ from the rule's")
    return Benchmark(
        "text → scored, filed points compared",
        "bare `yaml.load(text, CSafeLoader)`",
        bar=1.0,
        numerator=compare_filed,
        denominator=load_bare,
    )
