"""Run the command with ``python -m perfeval``."""

from __future__ import annotations

import sys

from perfeval.cli import main

sys.exit(main())
