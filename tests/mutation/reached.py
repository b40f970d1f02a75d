"""Which tests run a line that is to be changed, and how long each takes: one run of them all.

The modules are not changed for it but marked: each statement of interest says that it was reached.
Results that are kept between calls would hide what a later test stands on, so that nothing is kept
(`functools.lru_cache`) while this is found out.
"""

from __future__ import annotations

import functools
import pickle
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest

from tests.mutation.changes import MARK, marked
from tests.mutation.importing import Given, give
from tests.mutation.rooms import PACKAGE

Mark = tuple[str, int | None]
"""A module and one of its changes, or ``None`` for any of its functions."""


class Ran(NamedTuple):
    """What was seen of a test.

    Attributes:
        seconds: How much it computed.
        reached: The marks that it passed.
    """

    seconds: float
    reached: frozenset[Mark]


class Seen(NamedTuple):
    """What was seen of some tests.

    Attributes:
        tests: Each by its name.
        failed: Those that failed, if only because of the marks.
    """

    tests: Mapping[str, Ran]
    failed: tuple[str, ...]


def together(all_seen: Sequence[Seen]) -> Seen:
    """Put together what was seen in several processes."""
    return Seen(
        {name: ran for seen in all_seen for name, ran in seen.tests.items()},
        tuple(name for seen in all_seen for name in seen.failed),
    )


class Recorder:
    """Sees which tests reach what, as a plugin of pytest."""

    def __init__(self, modules: Mapping[str, tuple[Path, Sequence[int]]], output: str) -> None:
        self._output = output
        self._reached: set[Mark] = set()
        self._tests: dict[str, Ran] = {}
        self._failed: list[str] = []
        self._started = 0.0
        functools.lru_cache = _nothing_kept(functools.lru_cache)
        names = {MARK: self._reached.add}
        give(
            {
                name: Given(path, _marked_code(path, name, numbers), names)
                for name, (path, numbers) in modules.items()
            }
        )

    def pytest_runtest_logstart(self) -> None:
        """Begin with a test."""
        self._reached.clear()
        self._started = time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """End a test."""
        seconds = time.process_time() - self._started
        self._tests[nodeid] = Ran(seconds, frozenset(self._reached))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a test that fails."""
        if report.failed:
            self._failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Hand over what was seen."""
        seen = Seen(self._tests, tuple(self._failed))
        Path(self._output).write_bytes(pickle.dumps(seen))


def _marked_code(path: Path, name: str, numbers: Sequence[int]) -> CodeType:
    tree = marked(path.read_text(encoding="utf-8"), name, numbers)
    return compile(tree, str(path), "exec", dont_inherit=True)


def _nothing_kept(usual: Callable[..., Any]) -> Callable[..., Any]:
    """Return a cache for functions that keeps nothing of the package's own."""

    def decorator(given: Any = None, **options: Any) -> Any:
        if not callable(given):
            return lambda function: decorated(function, given, options)
        return decorated(given, None, options)

    def decorated(function: Any, size: int | None, options: dict[str, Any]) -> Any:
        if not function.__module__.startswith(PACKAGE.name):
            size = options.get("maxsize", 128) if size is None else size
            return usual(maxsize=size)(function)
        function.cache_clear = lambda: None
        return function

    return decorator
