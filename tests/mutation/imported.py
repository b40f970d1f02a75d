"""Ask about a mutant in a new process, whose imports give it the changed module."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

from tests.mutation.changes import changed
from tests.mutation.running import PATIENCE, Answer, Job, Recorder, Verdict, run

_NONE_FOUND = 5


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
    told: Path


def _change(job: Job, seconds: int) -> None:
    """Let this process import a changed module, and end it after so much computing."""
    tree = changed(job.path.read_text(encoding="utf-8"), job.number)
    code = compile(tree, str(job.path), "exec", dont_inherit=True)
    sys.meta_path.insert(0, _Changed(job.module, job.path, code))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.alarm(PATIENCE * seconds)


def passes_unchanged(test: str, folder: Path) -> bool:
    """Whether a test passes where nothing is changed."""
    child = os.fork()
    if not child:
        status = 1
        try:
            status = run([test], Recorder(folder / "unchanged.json"))
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def ask(
    jobs: Sequence[Job], at_once: int, limit: int, folder: Path
) -> Iterator[tuple[Job, Answer]]:
    """Run mutants, and yield what became of each."""
    waiting = list(reversed(jobs))
    running: dict[int, _Running] = {}

    def start(job: Job, stage: int, before: float) -> None:
        told = folder / f"imported-{jobs.index(job)}.json"
        child = os.fork()
        if child:
            running[child] = _Running(job, stage, before, told)
            return
        status = 1
        try:
            recorder = Recorder(told, stage)
            _change(job, max(1, limit - int(before)))
            status = run(job.stages[stage], recorder, job.left_out)
        finally:
            os._exit(status)

    while waiting or running:
        while waiting and len(running) < at_once:
            start(waiting.pop(), 0, 0.0)
        child, status, used = os.wait4(-1, 0)
        one = running.pop(child)
        code = os.waitstatus_to_exitcode(status)
        if code == _NONE_FOUND:
            raise RuntimeError(f"no tests in {one.job.stages[one.stage]}")
        answer = Answer.of(one.told, code, one.before + used.ru_utime + used.ru_stime)
        if answer.verdict is Verdict.SURVIVED and one.stage + 1 < len(one.job.stages):
            start(one.job, one.stage + 1, answer.seconds)
        else:
            yield one.job, answer
