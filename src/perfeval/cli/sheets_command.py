"""``perfeval sheets``: which sheets ship."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.readers.files import shipped_sheets


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the names of the sheets, as every command takes them."""
    names = list(shipped_sheets())
    if arguments.json:
        console.write_json({"sheets": names})
    else:
        console.write("\n".join(names))
    return 0
