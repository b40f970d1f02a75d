"""Whole processes, against a Python that starts and does nothing."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from benchmarks.benchmark import Benchmark

_ROUNDS = 40
_START = "import sys; from perfeval.cli import main; sys.exit(main())"


def importing() -> Benchmark:
    """Compare importing the library with doing nothing."""
    return Benchmark(
        "process: `import perfeval`",
        "`python -c pass`",
        bar=1.5,
        numerator=partial(_run, "-c", "import perfeval"),
        denominator=_do_nothing,
        rounds=_ROUNDS,
    )


def helping() -> Benchmark:
    """Compare printing the command's help, as its start-up script does, with doing nothing."""
    return Benchmark(
        "process: `perfeval --help`",
        "`python -c pass`",
        bar=2.5,
        numerator=partial(_run, "-c", _START, "--help"),
        denominator=_do_nothing,
        rounds=_ROUNDS,
    )


def _do_nothing() -> None:
    _run("-c", "pass")


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
