"""Where the drawing of tests begins: anew in the long tier, else always at the same place."""

from __future__ import annotations

import os

from tests.conftest import SEED

FIRST = int(os.environ.get(SEED, "0"))
"""What is added to every seed of a test."""
