"""``perfeval rulebooks show``: what a rulebook lays down, in plain Chinese."""

from __future__ import annotations

import argparse

from perfeval._resources import __version__
from perfeval.cli.console import Console
from perfeval.cli.rulebook_views import view_rulebook
from perfeval.documents.rulebooks.data import rulebook_data
from perfeval.documents.rulebooks.text import rulebook_text


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Show a rulebook as it holds in a year."""
    view = view_rulebook(arguments.rulebook, arguments.year, arguments.root)
    if arguments.json:
        console.write_json(rulebook_data(view))
    else:
        console.write(rulebook_text(view))
        console.write(f"\n评分办法 {view.rulebook.stamp}；perfeval {__version__}")
    return 0
