"""What every test stands on: no float, a choice of Hypothesis profile, text snapshots."""

from __future__ import annotations

import decimal
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SEED = "PERFEVAL_SEED"
"""The variable with the seed of what is drawn at random; without it the same is drawn."""
_SLOW_MACHINES = [HealthCheck.too_slow]
settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=_SLOW_MACHINES
)
settings.register_profile(
    "ci", settings.get_profile("quick"), max_examples=30, derandomize=True, database=None
)
settings.register_profile("long", settings.get_profile("quick"), max_examples=300)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "quick"))

decimal.DefaultContext.traps[decimal.FloatOperation] = True  # new threads start from this one


_in_a_test = False


def _guarded(convert: Callable[[Enum, str], str]) -> Callable[..., str]:
    """Let a conversion refuse the members of our enums while a test runs, but to the test."""

    def guarded(member: Enum, spec: str = "") -> str:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        is_ours = type(member).__module__.startswith("perfeval") and not caller.startswith("tests")
        if _in_a_test and is_ours:
            raise TypeError(f"{member!r} becomes a text that depends on the version of Python")
        return convert(member, spec)

    return guarded


_format, _str = Enum.__format__, Enum.__str__
Enum.__format__ = _guarded(_format)  # type: ignore[method-assign]
Enum.__str__ = _guarded(lambda member, _spec: _str(member))  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _no_enum_becomes_a_text() -> Iterator[None]:
    """Raise wherever one of our enums is formatted: Python 3.10, 3.11 and 3.12 differ there."""
    global _in_a_test  # noqa: PLW0603
    _in_a_test = True
    yield
    _in_a_test = False


@pytest.fixture(autouse=True)
def _no_float_meets_a_decimal() -> Iterator[None]:
    """Raise wherever a float becomes, or is compared with, a `Decimal`."""
    with decimal.localcontext() as context:
        context.traps[decimal.FloatOperation] = True
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let the long tier begin with a new seed each time, and Hypothesis with the same one."""
    if config.option.markexpr == "slow":
        os.environ.setdefault(SEED, str(secrets.randbelow(2**32)))
    if SEED in os.environ and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = os.environ[SEED]


def pytest_report_header() -> str:
    """Print the seed, so that a failure can be replayed."""
    return f"{SEED}={os.environ[SEED]}" if SEED in os.environ else ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seed again below the failures; ``-q`` leaves out the header."""
    if SEED in os.environ:
        terminalreporter.write_line(f"replay with {SEED}={os.environ[SEED]}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the snapshots anew."""
    parser.addoption(
        "--update-snapshots", action="store_true", help="write what the tests see as snapshots"
    )


class Snapshot:
    """Compare a text with the file of that name in ``__snapshots__`` beside the test."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self._folder = folder
        self._update = update

    def __call__(self, text: str, name: str) -> None:
        """Compare *text* with the snapshot *name*; with ``--update-snapshots`` write it."""
        path = self._folder / name
        if self._update:
            self._folder.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no snapshot {path}; run pytest with --update-snapshots"
        assert text == path.read_text(encoding="utf-8")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Return the snapshots beside the test."""
    update = bool(request.config.getoption("--update-snapshots"))
    return Snapshot(request.path.parent / "__snapshots__", update=update)
