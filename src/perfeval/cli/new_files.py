"""Write a file that a person will go on editing: never over one that exists."""

from __future__ import annotations

import os

from perfeval.cli.failures import UsageError
from perfeval.cli.writing import writing
from perfeval.documents.writing import write_first


def write_new(path: str, text: str | bytes) -> None:
    """Write *text* (UTF-8), or bytes as they are, to a file that does not exist yet.

    Raises:
        UsageError: The file exists already.
        WritingError: It cannot be written.
    """
    if os.path.lexists(path):
        raise UsageError(f"“{path}”已经存在，没有改动它")
    with writing(path):
        write_first(path, text.encode() if isinstance(text, str) else text)
