"""Run tests in processes of their own, each of which imports one module changed."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest

from tests.mutation.changes import changed
from tests.mutation.importing import Given, give
from tests.mutation.reached import Recorder, Seen, together
from tests.mutation.rooms import ROOT

_ALL_PASSED, _NONE_FOUND = 0, 5
_PATIENCE = 10
"""How many seconds may pass for each that is computed: other programs run as well."""
_LOOP, _TIMES = 10, 10
"""A test that computes so many seconds more than so many times its usual ones has no end."""
_READING = 30
"""Nor has the reading of the tests one, where it computes so many seconds."""
_OPTIONS = (
    *("-q", "-n0", "-p", "no:cacheprovider", "--no-header", "--tb=no"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # hypothesis is there before the fork
)


class Verdict(Enum):
    """What became of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "SURVIVED"
    UNDECIDED = "TIME IS UP"


class Stage(NamedTuple):
    """Tests that are asked one after the other.

    Attributes:
        paths: Where they stand.
        usual: Which of the tests that stand there, in this order, and how many seconds each
            computes as a rule; without any, all.
    """

    paths: tuple[str, ...]
    usual: Mapping[str, float] = {}


class Job(NamedTuple):
    """A mutant, and the tests that are asked about it.

    Attributes:
        module: Its name.
        path: Its file.
        number: The number of its change.
        stages: Tests, one group after the other.
        broken: Tests that fail without any change.
    """

    module: str
    path: Path
    number: int
    stages: tuple[Stage, ...]
    broken: tuple[str, ...] = ()


class _Chosen:
    """Lets only some of the tests run, in their order, as a plugin of pytest."""

    def __init__(self, usual: Mapping[str, float]) -> None:
        self._usual = usual
        self._place = {name: at for at, name in enumerate(usual)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what was not chosen."""
        known = [item for item in items if item.nodeid in self._place]
        items[:] = sorted(known, key=lambda item: self._place[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """End this process where a test never ends."""
        most = _LOOP + _TIMES * self._usual.get(nodeid, 0.0)
        signal.setitimer(signal.ITIMER_VIRTUAL, most)


class _Running(NamedTuple):
    """A child at work on one group of tests, and the seconds that the groups before it took."""

    job: Job
    stage: int
    before: float


def _pytest(tests: Sequence[str], output: str, *more: str, plugins: Sequence[object] = ()) -> int:
    """Run tests in this process, which ends with it."""
    os.chdir(ROOT)
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(target, stream)
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    hypothesis.settings.register_profile(
        "mutation",
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    return int(pytest.main([*tests, *_OPTIONS, *more], plugins=list(plugins)))


def _forked(work: Callable[[], int]) -> int:
    """Start a child that does some work and ends with what it returns."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _each(works: Sequence[Callable[[], int]], at_once: int) -> None:
    """Do some works, each in a child."""
    waiting, running = list(works), 0
    while waiting or running:
        if waiting and running < at_once:
            _forked(waiting.pop(0))
            running += 1
        else:
            os.wait()
            running -= 1


def record(
    paths: Sequence[str], modules: Mapping[str, tuple[Path, Sequence[int]]], at_once: int
) -> Seen:
    """Run tests once, and return which of some changes of modules each of them reaches."""
    with tempfile.TemporaryDirectory() as folder:

        def work(at: int) -> int:
            plugins = [Recorder(modules, f"{folder}/{at}.seen")]
            return _pytest([paths[at]], f"{folder}/{at}.txt", plugins=plugins)

        _each([lambda at=at: work(at) for at in range(len(paths))], at_once)  # type: ignore[misc]
        for at, path in enumerate(paths):
            if not Path(f"{folder}/{at}.seen").exists():
                told = Path(f"{folder}/{at}.txt").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"the tests of {path} cannot be run:\n{told}")
        return together(
            [pickle.loads(Path(f"{folder}/{at}.seen").read_bytes()) for at in range(len(paths))]
        )


def failing(tests: Sequence[str]) -> tuple[str, ...]:
    """Return those of some tests that fail although nothing is changed or marked."""
    with tempfile.TemporaryDirectory() as folder:
        output = f"{folder}/told"
        _each([lambda: _pytest(tests, output, "-rf")] if tests else [], 1)
        told = Path(output).read_text(encoding="utf-8") if tests else ""
    return tuple(test for test in tests if f"FAILED {test}" in told)


def _ask(job: Job, stage: Stage, seconds: int) -> int:
    """Ask tests about a module that is changed in this process, for so many seconds at most."""
    tree = changed(job.path.read_text(encoding="utf-8"), job.number)
    code = compile(tree, str(job.path), "exec", dont_inherit=True)
    give({job.module: Given(job.path, code)})
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.setitimer(signal.ITIMER_VIRTUAL, _READING)
    signal.alarm(_PATIENCE * seconds)
    leave_out = [word for test in job.broken for word in ("--deselect", test)]
    plugins = [_Chosen(stage.usual)] if stage.usual else []
    return _pytest(stage.paths, os.devnull, "-x", *leave_out, plugins=plugins)


def run_all(jobs: Sequence[Job], at_once: int, limit: int) -> Iterator[tuple[Job, Verdict, float]]:
    """Run mutants, and yield what became of each and how many seconds were computed for it."""
    waiting = list(reversed(jobs))
    running: dict[int, _Running] = {}

    def start(job: Job, stage: int, before: float) -> None:
        left = max(1, limit - int(before))
        child = _forked(lambda: _ask(job, job.stages[stage], left))
        running[child] = _Running(job, stage, before)

    while waiting or running:
        while waiting and len(running) < at_once:
            start(waiting.pop(), 0, 0.0)
        child, status, used = os.wait4(-1, 0)
        one = running.pop(child)
        seconds = one.before + used.ru_utime + used.ru_stime
        verdict = _verdict(one, os.waitstatus_to_exitcode(status))
        if verdict is None:
            start(one.job, one.stage + 1, seconds)
        else:
            yield one.job, verdict, seconds


def _verdict(one: _Running, code: int) -> Verdict | None:
    """Judge by how a child ended; ``None`` where wider tests are to be asked."""
    stage = one.job.stages[one.stage]
    if code == _NONE_FOUND and not stage.usual:
        raise RuntimeError(f"no tests in {stage.paths}")
    if -code in (signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM):
        return Verdict.UNDECIDED  # a single test without an end is SIGVTALRM
    if code not in (_ALL_PASSED, _NONE_FOUND):  # a change may give tests other names
        return Verdict.NOTICED
    return Verdict.SURVIVED if one.stage + 1 == len(one.job.stages) else None
