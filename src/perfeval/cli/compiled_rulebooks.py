"""Compile the rulebooks that ship: ``python -m perfeval.cli.compiled_rulebooks``."""

from __future__ import annotations

from perfeval._resources import rulebook_dir
from perfeval.documents.writing import write_atomically
from perfeval.readers.compiled import COMPILED
from perfeval.readers.rulebooks import compiled, rulebook_ids


def main() -> None:
    """Write what is compiled of every rulebook that holds in every year."""
    for name in rulebook_ids():
        text = compiled(name)
        if text is not None:
            write_atomically(rulebook_dir() / name / COMPILED, text.encode())


if __name__ == "__main__":
    main()
