"""Run tests in processes of their own, each of which imports one module changed."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from enum import Enum
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

import hypothesis
import pytest

from tests.mutation.changes import changed
from tests.mutation.rooms import ROOT

Tests = tuple[str, ...]
_ALL_PASSED, _NONE_FOUND = 0, 5
_PATIENCE = 10
"""How many seconds may pass for each that is computed: other programs run as well."""
_OPTIONS = (
    *("-q", "-x", "-n0", "-p", "no:cacheprovider", "--no-header", "--tb=no"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # hypothesis is there before the fork
)


class Verdict(Enum):
    """What became of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "SURVIVED"
    UNDECIDED = "TIME IS UP"


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
    stages: tuple[Tests, ...]
    broken: Tests


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module's changed code to whoever imports it."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name, self._path, self._code = name, path, code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        folders = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=self, submodule_search_locations=folders
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)


class _Running(NamedTuple):
    """A child at work on one group of tests, and the seconds that the groups before it took."""

    job: Job
    stage: int
    before: float


def _pytest(tests: Sequence[str], output: str, *more: str) -> int:
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
    return int(pytest.main([*tests, *_OPTIONS, *more]))


def _change(job: Job, seconds: int) -> None:
    """Let this process import a changed module, and end it after so much computing."""
    tree = changed(job.path.read_text(encoding="utf-8"), job.number)
    code = compile(tree, str(job.path), "exec", dont_inherit=True)
    sys.meta_path.insert(0, _Changed(job.module, job.path, code))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.alarm(_PATIENCE * seconds)


def _forked(
    tests: Sequence[str], output: str, more: Sequence[str], job: Job | None = None, seconds: int = 0
) -> int:
    """Start a child on tests."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        if job is not None:
            _change(job, seconds)
        status = _pytest(tests, output, *more)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def failing(groups: Sequence[Tests], at_once: int) -> Tests:
    """Return the tests that fail although nothing is changed; most often there are none."""
    found: list[str] = []
    waiting = list(dict.fromkeys(groups))
    running: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        while waiting or running:
            if waiting and len(running) < at_once:
                output = f"{folder}/{len(waiting)}"
                running[_forked(waiting.pop(), output, ("-rf", "--maxfail=20"))] = output
                continue
            child, status = os.waitpid(-1, 0)
            told = Path(running.pop(child)).read_text(encoding="utf-8", errors="replace")
            names = [line.split()[1] for line in told.splitlines() if line.startswith("FAILED ")]
            if not names and status:
                raise RuntimeError(f"the tests cannot be run:\n{told}")
            found += names
    return tuple(found)


def run_all(jobs: Sequence[Job], at_once: int, limit: int) -> Iterator[tuple[Job, Verdict, float]]:
    """Run mutants, and yield what became of each and how many seconds were computed for it."""
    waiting = list(reversed(jobs))
    running: dict[int, _Running] = {}

    def start(job: Job, stage: int, before: float) -> None:
        leave_out = [word for test in job.broken for word in ("--deselect", test)]
        left = max(1, limit - int(before))
        child = _forked(job.stages[stage], os.devnull, leave_out, job, left)
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
    if code == _NONE_FOUND:
        raise RuntimeError(f"no tests in {one.job.stages[one.stage]}")
    if -code in (signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM) and one.stage:
        return Verdict.UNDECIDED  # in the room's own tests it is a loop without an end
    if code != _ALL_PASSED:
        return Verdict.NOTICED
    return Verdict.SURVIVED if one.stage + 1 == len(one.job.stages) else None
