"""``perfeval rulebooks diff``: what changes for somebody who goes over to another rulebook."""

from __future__ import annotations

import argparse

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.inputs import rulebook_reader
from perfeval.documents.rulebooks.data import difference_data
from perfeval.documents.rulebooks.text import difference_text


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compare two rulebooks as they hold in a year."""
    before, after = (
        rulebook_reader(name, arguments.root)(arguments.year).rulebook
        for name in (arguments.before, arguments.after)
    )
    if arguments.json:
        console.write_json(difference_data(before, after))
    else:
        console.write(difference_text(before, after))
        stamps = "；".join(f"评分办法 {book.stamp}" for book in (before, after))
        console.write(f"\n{stamps}；perfeval {__version__}")
    return 0
