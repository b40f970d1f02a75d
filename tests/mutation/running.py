"""What is asked about a mutant, what is answered, and how tests are run in a process for it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest

from tests.mutation.rooms import ROOT

Tests = tuple[str, ...]
PATIENCE = 10
"""How many seconds may pass for each that is computed: other programs run as well."""
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM)
_OPTIONS = (
    *("-q", "-x", "-s", "-n0", "-p", "no:cacheprovider", "--no-header", "--tb=no"),
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
        left_out: Tests that fail without any change.
    """

    module: str
    path: Path
    number: int
    stages: tuple[Tests, ...]
    left_out: Tests = ()


class Answer(NamedTuple):
    """What became of a mutant, in how many seconds of computing, and which test failed."""

    verdict: Verdict
    seconds: float
    test: str = ""

    @classmethod
    def of(cls, told: Path, code: int, seconds: float) -> Answer:
        """Judge by how a process ended, and by what it wrote down."""
        stage, test = Recorder.read(told)
        if -code in _OUT_OF_TIME and stage:  # in the room's own tests it is a loop without an end
            return cls(Verdict.UNDECIDED, seconds)
        return cls(Verdict.NOTICED if code else Verdict.SURVIVED, seconds, test)

    def told(self) -> tuple[str, float, str]:
        """The answer in words that can be sent."""
        return self.verdict.value, self.seconds, self.test

    @classmethod
    def loaded(cls, told: tuple[str, float, str]) -> Answer:
        """The answer that was sent."""
        return cls(Verdict(told[0]), *told[1:])


class Recorder:
    """A plugin that writes down which group of tests runs, and the first test that fails."""

    def __init__(self, path: Path, stage: int = 0) -> None:
        self._path = path
        self.failed = ""
        self.enter(stage)

    def enter(self, stage: int) -> None:
        """Begin with a group of tests."""
        self._stage = stage
        self._write()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid
            self._write()

    def _write(self) -> None:
        self._path.write_text(json.dumps([self._stage, self.failed]), encoding="utf-8")

    @staticmethod
    def read(path: Path) -> tuple[int, str]:
        """Return the group and the test that were written down."""
        if not path.exists():
            return 0, ""
        stage, test = json.loads(path.read_text(encoding="utf-8"))
        return stage, test


def run(tests: Sequence[str], plugin: object, left_out: Sequence[str] = ()) -> int:
    """Run tests in this process, which ends with them."""
    os.chdir(ROOT)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
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
    without = [word for test in left_out for word in ("--deselect", test)]
    return int(pytest.main([*tests, *_OPTIONS, *without], plugins=[plugin]))
