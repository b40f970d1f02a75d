"""Whole processes, against a Python that starts and does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import checking
from benchmarks.benchmark import Benchmark

_ROUNDS = 40
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
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


def scoring() -> Benchmark:
    """Compare scoring one file, from the start of the command to its end, with doing nothing."""
    path = Path(mkdtemp(prefix="perfeval-one-")) / "自评表.yaml"
    path.write_text(checking.sheet_text(1), encoding="utf-8")
    return Benchmark(
        "process: `perfeval score FILE`",
        "`python -c pass`",
        bar=18,
        aim=12,
        numerator=partial(_run, "-c", _START, "score", str(path)),
        denominator=_do_nothing,
        rounds=_ROUNDS,
    )


def _do_nothing() -> None:
    _run("-c", "pass")


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=_environment()
    )


@cache
def _environment() -> dict[str, str]:
    """Return the environment of all these processes, in which modules are compiled once.

    An installed package has its modules compiled; a checkout on which nothing may be written, or
    whose caller asks Python to write none, would compile them anew in every process.
    """
    kept = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return {**kept, "PYTHONPYCACHEPREFIX": mkdtemp(prefix="perfeval-bytecode-")}
