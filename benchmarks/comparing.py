"""Text → scored with filed points compared, against PyYAML's C loader on the same text."""

from __future__ import annotations

from decimal import Decimal

from benchmarks import fresh, sample
from benchmarks.benchmark import Benchmark
from benchmarks.loading import bare, load_bare
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
        bar=0.65,
        aim=0.45,
        numerator=compare_filed,
        denominator=load_bare,
    )


def of_fresh_sheets() -> Benchmark:
    """Compare the same on generated sheets, of which none was read before."""
    scorer = Scorer(sample.rulebook())

    def compare_filed(text: str) -> list[Decimal | None]:
        return [line.excess for line in scorer.score(fresh.read(text)).rows]

    return Benchmark(
        "1,500 sheets, each new: text → scored, filed points compared",
        "bare `yaml.load(text, CSafeLoader)`",
        bar=0.65,
        aim=0.45,
        numerator=fresh.one_after_another(compare_filed),
        denominator=fresh.one_after_another(bare),
    )
