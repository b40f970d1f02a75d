"""How a file names a rulebook of one's own, and what the commands on that file need then."""

from __future__ import annotations

import os
import re
from pathlib import Path

from perfeval.readers.files import is_inside
from perfeval.readers.rulebooks import rulebook_ids

_BARE = re.compile(r"[\w./\\:~-]+")


def as_seen_from(file: str | None, rulebook: str) -> str:
    """Name a rulebook as *file* names it: its id, or its path as seen from the file's folder."""
    if rulebook in rulebook_ids() or file is None:
        return rulebook
    try:
        return Path(os.path.relpath(rulebook, Path(file).parent)).as_posix()
    except ValueError:  # on another drive
        return str(Path(rulebook).resolve())


def folder_option(file: str, rulebook: str) -> str:
    """Return the option without which *file* leads to no rulebook outside its folder."""
    if rulebook in rulebook_ids() or is_inside(rulebook, [Path(file).parent]):
        return ""
    return f" --rulebooks {quoted(str(Path(rulebook).parent))}"


def quoted(path: str) -> str:
    """Return a path as it is typed, in whatever shell.

    >>> quoted("办法/a.yaml"), quoted("办法 甲")
    ('办法/a.yaml', '"办法 甲"')
    """
    return path if _BARE.fullmatch(path) else f'"{path}"'
