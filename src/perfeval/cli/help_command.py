"""``perfeval help``: the help of the program, or that of a command; `perfeval.cli` shows it."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.cli.overview import help_text


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """Write the help of the program."""
    console.write(help_text())
    return 0
