"""``perfeval rulebooks``: which rulebooks ship; show, diff, test and new have modules below."""

from __future__ import annotations

import argparse
from importlib import import_module

from perfeval.cli.console import Console
from perfeval.documents.alignment import TextColumn, lay_out
from perfeval.documents.rulebooks.statements import clauses
from perfeval.documents.rulebooks.view import seen_counts, seen_summary
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids
from perfeval.rulebook import Rulebook

_REGION, _NAME = 16, 40
_HEADINGS = ("编号", "地区", "名称", "继承", "所见（按项计）")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the rulebooks, or do what the second word says."""
    if arguments.action is not None:
        module = import_module(f"perfeval.cli.rulebooks_{arguments.action}_command")
        return int(module.run(arguments, console))
    if arguments.json:
        books = map(_data, map(load_rulebook, rulebook_ids()))
        console.write_json({"rulebooks": list(books)})
    else:
        console.write("\n".join(listing(ambiguous=console.ambiguous)))
    return 0


def listing(*, ambiguous: int = 1) -> list[str]:
    """Return one line for each rulebook: id, region, name, what it extends, how sure it is."""
    rows = [_HEADINGS, *map(_row, map(load_rulebook, rulebook_ids()))]
    columns = [
        TextColumn(),
        TextColumn(limit=_REGION),
        TextColumn(limit=_NAME),
        TextColumn(),
        TextColumn(),
    ]
    return lay_out(rows, columns, ambiguous=ambiguous)


def _row(book: Rulebook) -> tuple[str, ...]:
    return (book.id, book.region, book.name, book.extends or "-", seen_summary(book))


def _data(book: Rulebook) -> dict[str, object]:
    return {
        "id": book.id,
        "name": book.name,
        "region": book.region,
        "version": book.version,
        "stamp": book.stamp,
        "extends": book.extends,
        "clauses": len(clauses(book)),
        "seen": {seen.value: count for seen, count in seen_counts(book).items()},
    }
