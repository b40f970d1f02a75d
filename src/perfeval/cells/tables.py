"""Word lists and tables that ship beside the code of cells, as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pkgutil import get_data
from typing import Any


def words_data(package: str, name: str) -> Any:
    """Return the words that ship beside the code of a room, as JSON holds them.

    Args:
        package: The room, as its modules know it.
        name: The file in it.
    """
    return json.loads(get_data(package, name) or b"")


def lines_of(name: str) -> Iterator[tuple[bool, str, tuple[str, ...]]]:
    """Yield the lines of a table: whether it stands below a heading, its key, and its words.

    The tables are YAML of the simplest kind, a key and words between spaces; to read them needs
    no parser, so that scoring needs none.
    """
    content = get_data("perfeval.cells", name) or b""
    for line in content.decode("utf-8").splitlines():
        key, colon, words = line.partition(": ") if ": " in line else line.partition(":")
        if colon and not line.startswith("#"):
            yield line.startswith(" "), key.strip(), tuple(words.split())
