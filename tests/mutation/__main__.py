"""Change the code in one small place after another, and see whether the tests notice.

    python -m tests.mutation --count 40 --seed 1

No file is changed: each mutant lives in a process of its own, whose imports give it the changed
module.  First the tests of its room run, then wider ones; the first failure ends it.  What no test
noticed is printed with its line, to be judged by a person: a missing test, or the same program.
"""

from __future__ import annotations

import argparse
import ast
import random
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.mutation.changes import Change, changes
from tests.mutation.children import Job, Verdict, failing, run_all
from tests.mutation.rooms import PACKAGE, ROOMS, module_name, stages


class Mutant(NamedTuple):
    """A module with one change."""

    path: Path
    number: int
    line: int
    change: Change

    @property
    def said(self) -> str:
        return self.change.said

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(PACKAGE.parents[1])}:{self.line}"


def mutants(rooms: Sequence[str]) -> list[Mutant]:
    """Return all mutants of rooms, in an order that depends on the code alone."""
    paths = [
        path
        for room in rooms
        for path in sorted((PACKAGE / room).rglob("*.py"), key=lambda path: path.as_posix())
    ]
    return [
        Mutant(path, number, change.line, change)
        for path in paths
        for number, change in enumerate(changes(ast.parse(path.read_text(encoding="utf-8"))))
    ]


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--count", type=int, default=40, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--limit", type=int, default=60, help="seconds of computing for each")
    parser.add_argument("--jobs", type=int, default=2, help="how many run at a time")
    parser.add_argument("--at-least", type=int, default=0, help="percent that must be noticed")
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=list(ROOMS))
    parser.add_argument("--only", default="", help="only places that begin so: src/perfeval/…:12")
    return parser.parse_args(words)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> int:
    """Draw mutants, run them, and tell which survived."""
    given = _arguments(words)
    found = [one for one in mutants(given.rooms) if one.place.startswith(given.only)]
    random.Random(given.seed).shuffle(found)
    drawn = found[: given.count]
    _say(f"{len(drawn)} of {len(found)} mutants, --seed {given.seed}")
    broken = failing([stages(one.path)[0] for one in drawn], given.jobs)
    for test in broken:
        _say(f"fails without any change, left out: {test}")
    jobs = [
        Job(module_name(one.path), one.path, one.number, stages(one.path), broken) for one in drawn
    ]
    lived = 0
    for at, (job, verdict, seconds) in enumerate(run_all(jobs, given.jobs, given.limit), start=1):
        one = drawn[jobs.index(job)]
        lived += verdict is not Verdict.NOTICED
        told = f"[{at}/{len(drawn)}] {verdict.value:<12} {seconds:4.0f} s  {one.place}  {one.said}"
        _say(told)
    share = 100 * (len(drawn) - lived) // max(len(drawn), 1)
    _say(f"noticed: {len(drawn) - lived} of {len(drawn)} ({share} %), --seed {given.seed}")
    return int(share < given.at_least)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
