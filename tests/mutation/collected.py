"""Ask tests that are collected once about many mutants: each has a copy of the process.

A process imports the package and collects all tests.  For each mutant it is copied; the copy gets
the changed functions and runs the tests, the nearest first, until one fails.
"""

from __future__ import annotations

import json
import os
import resource
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import is_hypothesis_test

from tests.mutation.rooms import ROOT
from tests.mutation.running import PATIENCE, Answer, Job, Recorder, run
from tests.mutation.swapping import Swap, apply

_SURVIVED, _FAILED, _NOT_THERE = 0, 1, 77


class Question(NamedTuple):
    """A mutant, and the functions that it changes."""

    job: Job
    swaps: list[Swap]


def ask(
    asked: Sequence[Question], at_once: int, limit: int, folder: Path
) -> Iterator[tuple[Job, Answer | None]]:
    """Yield an answer for each question, as they come; ``None`` where no function was found."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            plugin = _Asking(asked, at_once, limit, folder, writing)
            groups = [group for one in asked for group in one.job.stages]
            status = run(list(dict.fromkeys(name for one in groups for name in one)), plugin)
        finally:
            os._exit(status)
    os.close(writing)
    answered = 0
    with os.fdopen(reading, encoding="utf-8") as lines:
        for line in lines:
            number, told = json.loads(line)
            answered += 1
            yield asked[number].job, Answer.loaded(told) if told else None
    os.waitpid(child, 0)
    if answered != len(asked):
        raise RuntimeError("the tests cannot be collected; run pytest to see why")


class _Asking:
    """A plugin that answers questions in place of running the tests once."""

    def __init__(
        self, asked: Sequence[Question], at_once: int, limit: int, folder: Path, answers: int
    ) -> None:
        self._asked, self._at_once, self._limit = asked, at_once, limit
        self._folder, self._answers = folder, answers
        self._running: dict[int, int] = {}
        self._noticing: Counter[str] = Counter()
        self._broken: dict[str, bool] = {"": False}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        waiting = list(reversed(range(len(self._asked))))
        while waiting or self._running:
            while waiting and len(self._running) < self._at_once:
                self._start(session, waiting.pop())
            waiting += self._finish(session)
        return True

    def _start(self, session: pytest.Session, number: int) -> None:
        child = os.fork()
        if child:
            self._running[child] = number
            return
        code = _FAILED
        try:
            code = self._answer(session, self._asked[number], self._told(number))
        finally:
            os._exit(code)

    def _told(self, number: int) -> Path:
        return self._folder / f"{number}.json"

    def _answer(self, session: pytest.Session, question: Question, told: Path) -> int:
        """Run the tests in this copy of the process."""
        resource.setrlimit(resource.RLIMIT_CPU, (self._limit, self._limit + 1))
        signal.alarm(PATIENCE * self._limit)
        recorder = Recorder(told)
        session.config.pluginmanager.register(recorder)
        if not apply(question.swaps, question.job.module):
            return _NOT_THERE
        for stage, items in enumerate(self._stages(session, question.job)):
            recorder.enter(stage)
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if recorder.failed:
                    return _FAILED
        return _SURVIVED

    def _stages(self, session: pytest.Session, job: Job) -> Iterator[list[pytest.Item]]:
        left = [one for one in session.items if not self._broken.get(one.nodeid)]
        for named in job.stages:
            places = tuple(str(ROOT / name) for name in named)
            items = [one for one in left if str(one.path).startswith(places)]
            left = [one for one in left if not str(one.path).startswith(places)]
            yield sorted(items, key=lambda item: self._distance(item, job))

    def _distance(self, item: pytest.Item, job: Job) -> tuple[bool, int, bool]:
        """How late a test is asked: drawn examples last, what noticed much before the others."""
        drawn = is_hypothesis_test(getattr(item, "obj", None))
        return drawn, -self._noticing[item.nodeid], job.path.stem not in item.path.stem

    def _finish(self, session: pytest.Session) -> list[int]:
        """Send the next answer; return the question instead where its test fails anyway."""
        child, status, used = os.wait4(-1, 0)
        number = self._running.pop(child)
        code = os.waitstatus_to_exitcode(status)
        answer = Answer.of(self._told(number), code, used.ru_utime + used.ru_stime)
        if self._fails_unchanged(session, answer.test):
            return [number]
        self._noticing[answer.test] += 1
        line = json.dumps([number, None if code == _NOT_THERE else answer.told()])
        os.write(self._answers, f"{line}\n".encode())
        return []

    def _fails_unchanged(self, session: pytest.Session, test: str) -> bool:
        if test not in self._broken:
            item = next(one for one in session.items if one.nodeid == test)
            child = os.fork()
            if not child:
                code = _FAILED
                try:
                    recorder = Recorder(self._folder / "unchanged.json")
                    session.config.pluginmanager.register(recorder)
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                    code = _FAILED if recorder.failed else _SURVIVED
                finally:
                    os._exit(code)
            self._broken[test] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != _SURVIVED
        return self._broken[test]
