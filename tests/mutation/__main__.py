"""Change the code in one small place after another, and see whether the tests notice.

    python -m tests.mutation --count 40 --seed 1

No file is changed: each mutant lives in a process of its own, a copy of one that has collected all
tests, in which the changed functions get their other code.  First the tests of its room run, then
wider ones; the first failure ends it.  What runs while a module is imported, and what passed so, is
asked anew in a process whose imports give it the changed module.  A test that fails without any
change notices nothing.  What no test noticed is printed with its line, to be judged by a person: a
missing test, or the same program.
"""

from __future__ import annotations

import argparse
import ast
import random
import secrets
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.mutation import collected, imported
from tests.mutation.changes import Change, changed, changes
from tests.mutation.rooms import PACKAGE, ROOMS, module_name, stages
from tests.mutation.running import Answer, Job, Verdict
from tests.mutation.swapping import Swap, swaps


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


def _swaps(job: Job) -> list[Swap] | None:
    text = job.path.read_text(encoding="utf-8")
    trees = (ast.parse(text), changed(text, job.number))
    before, after = (compile(one, str(job.path), "exec", dont_inherit=True) for one in trees)
    return swaps(before, after)


def _answers(
    jobs: Sequence[Job], at_once: int, limit: int, folder: Path
) -> Iterator[tuple[Job, Answer]]:
    """Yield what became of each mutant: most are asked about in copies of one process."""
    found = [(job, _swaps(job)) for job in jobs]
    anew = [job for job, swap in found if swap is None]
    questions = [collected.Question(job, swap) for job, swap in found if swap is not None]
    for job, answer in collected.ask(questions, at_once, limit, folder):
        if answer is None or answer.verdict is Verdict.SURVIVED:
            anew.append(job)
        else:
            yield job, answer
    yield from _asked_anew(anew, at_once, limit, folder)


def _asked_anew(
    jobs: Sequence[Job], at_once: int, limit: int, folder: Path
) -> Iterator[tuple[Job, Answer]]:
    """Yield the answers of new processes; where a test fails anyway, those without it."""
    passing: dict[str, bool] = {"": True}
    again = []
    for job, answer in imported.ask(jobs, at_once, limit, folder):
        if answer.test not in passing:
            passing[answer.test] = imported.passes_unchanged(answer.test, folder)
        if passing[answer.test]:
            yield job, answer
        else:
            again.append(job)
    if again:
        broken = tuple(test for test, passes in passing.items() if not passes)
        for test in broken:
            _say(f"fails without any change, left out: {test}")
        left = [job._replace(left_out=(*job.left_out, *broken)) for job in again]
        yield from _asked_anew(left, at_once, limit, folder)


def main(words: Sequence[str]) -> int:
    """Draw mutants, run them, and tell which survived."""
    given = _arguments(words)
    found = [one for one in mutants(given.rooms) if one.place.startswith(given.only)]
    random.Random(given.seed).shuffle(found)
    drawn = found[: given.count]
    _say(f"{len(drawn)} of {len(found)} mutants, --seed {given.seed}")
    jobs = [Job(module_name(one.path), one.path, one.number, stages(one.path)) for one in drawn]
    said = {(one.path, one.number): f"{one.place}  {one.said}" for one in drawn}
    lived = 0
    with tempfile.TemporaryDirectory() as folder:
        answers = _answers(jobs, given.jobs, given.limit, Path(folder))
        for at, (job, answer) in enumerate(answers, start=1):
            lived += answer.verdict is not Verdict.NOTICED
            told = (
                f"{answer.verdict.value:<12} {answer.seconds:4.0f} s  {said[job.path, job.number]}"
            )
            _say(f"[{at}/{len(drawn)}] {told}  {answer.test}")
    share = 100 * (len(drawn) - lived) // max(len(drawn), 1)
    _say(f"noticed: {len(drawn) - lived} of {len(drawn)} ({share} %), --seed {given.seed}")
    return int(share < given.at_least)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
