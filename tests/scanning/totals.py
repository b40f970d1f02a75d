"""How many fuzzed texts were read alike: ``python -m tests.scanning.totals --texts 1000000``.

The same seed gives the same texts.  The texts that the scanner takes are counted apart: what it
leaves is read by the parser alone, and cannot differ.
"""

from __future__ import annotations

import argparse
import sys
import time
from random import Random
from typing import NamedTuple

from perfeval.scanning import scan
from tests.scanning.equality import difference
from tests.scanning.texts import text

_MOST_SHOWN = 5
_AT_ONCE = 50_000


class Totals(NamedTuple):
    """How many texts there were, how many of them were scanned, and how some differ."""

    texts: int
    scanned: int
    different: list[str]

    def __str__(self) -> str:
        return f"{self.texts} texts, {self.scanned} of them scanned, {len(self.different)} differ"


def totals(texts: int, seed: int) -> Totals:
    """Read so many texts in both ways."""
    scanned = 0
    different = []
    for number in range(seed, seed + texts):
        made = text(Random(number))
        if scan(made) is None:
            continue
        scanned += 1
        found = difference(made)
        if found:
            different.append(f"seed {number}: {found}\n{made!r}")
    return Totals(texts, scanned, different)


def main() -> None:
    """Read, count and say what differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.scanning.totals", description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    started = time.monotonic()
    all_different: list[str] = []
    for seed in range(arguments.seed, arguments.seed + arguments.texts, _AT_ONCE):
        found = totals(min(_AT_ONCE, arguments.seed + arguments.texts - seed), seed)
        all_different += found.different
        sys.stdout.write(f"from seed {seed}: {found}, {time.monotonic() - started:.0f} s so far\n")
        sys.stdout.flush()
    sys.stdout.writelines(f"\n{one}\n" for one in all_different[:_MOST_SHOWN])
    sys.exit(bool(all_different))


if __name__ == "__main__":
    main()
