"""``perfeval rulebooks``: which rulebooks ship."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.documents.alignment import Column, lay_out
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the rulebooks."""
    if arguments.json:
        console.write_json({"rulebooks": [
            {"id": book.id, "name": book.name, "region": book.region, "version": book.version,
             "stamp": book.stamp}
            for book in map(load_rulebook, rulebook_ids())
        ]})  # fmt: skip
    else:
        console.write("\n".join(listing()))
    return 0


def listing() -> list[str]:
    """Return one line for each rulebook: its id, region and name."""
    books = map(load_rulebook, rulebook_ids())
    rows = [(book.id, book.region, book.name) for book in books]
    return lay_out(rows, [Column()] * 3)
