"""Write docs/tested-versions.md: each environment of ``.ci/run`` prints its row when it passed."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version

PACKAGES = ("Jinja2", "pydantic", "PyYAML", "pytest", "hypothesis")
HEAD = f"""\
# Versions that were tested

The quick tests are run with these; `.ci/run` writes this page when they passed. The lowest
versions are those of `tests/environments/lowest.txt`, which a test holds against `pyproject.toml`.

| environment | Python | {" | ".join(PACKAGES)} |
|---|---|{"---|" * len(PACKAGES)}"""


def row(environment: str) -> str:
    """Return the row of the environment that runs this."""
    cells = (environment, platform.python_version(), *map(version, PACKAGES))
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(f"{row(sys.argv[1]) if len(sys.argv) > 1 else HEAD}\n")
