"""Write a file that a person will go on editing: never over one that exists."""

from __future__ import annotations

import os
from pathlib import Path

from perfeval.cli.writing import writing
from perfeval.errors import RenderError


def write_new(path: str, text: str) -> None:
    """Write *text* to a file that does not exist yet.

    Raises:
        RenderError: The file exists already, or cannot be written.
    """
    if os.path.lexists(path):
        raise RenderError(f"“{path}”已经存在，没有改动它")
    with writing(path):
        file = Path(path).open("x", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed below
        try:
            with file:
                file.write(text)
        except BaseException:  # nothing half written stays
            Path(path).unlink(missing_ok=True)
            raise
