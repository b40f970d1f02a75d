"""``perfeval rulebooks diff``: what changes for somebody who goes over to another rulebook."""

from __future__ import annotations

import argparse

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.documents.rulebooks.data import difference_data
from perfeval.documents.rulebooks.text import difference_text
from perfeval.readers.rulebooks import load_rulebook


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compare two rulebooks as they hold in a year."""
    before = load_rulebook(arguments.before, year=arguments.year, root=arguments.root)
    after = load_rulebook(arguments.after, year=arguments.year, root=arguments.root)
    if arguments.json:
        console.write_json(difference_data(before, after))
    else:
        console.write(difference_text(before, after))
        stamps = "；".join(f"评分办法 {book.stamp}" for book in (before, after))
        console.write(f"\n{stamps}；perfeval {__version__}")
    return 0
