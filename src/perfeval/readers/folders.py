"""What a folder is: a department's, or any other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from perfeval.readers.files import DEPARTMENT, SHIPPED, FilePath, path_text, resolve

DepartmentInput = FilePath | Mapping[str, Any]
"""A folder, or a dict: ``{"department": …, "sheets": {name: …}}``."""


def department_file(folder: FilePath) -> str | None:
    """Return the name of a folder's own file, as `read_department` takes it; ``None`` if none.

    The file itself stands for its folder, with its ending or, where it ships, without.
    """
    text = path_text(folder)
    try:
        path = resolve(text)
        if path.name == DEPARTMENT and path.is_file():
            ending = path.suffix
            return f"{text.removesuffix(ending)}{ending}"
        if not (path / DEPARTMENT).is_file():
            return None
    except (OSError, ValueError):  # reading it will say why
        return None
    if text.startswith(SHIPPED):
        return f"{text.rstrip('/')}/{DEPARTMENT}"
    return os.path.join(text, DEPARTMENT)
