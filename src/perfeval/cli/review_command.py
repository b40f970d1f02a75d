"""``perfeval review``: what reviewers do with many sheets; each action has a module of its own."""

from __future__ import annotations

import argparse
from importlib import import_module

from perfeval.cli.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Do what the second word says."""
    module = import_module(f"perfeval.cli.review_{arguments.action}_command")
    return int(module.run(arguments, console))
