"""Say in Chinese why a file cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from perfeval.cli.failures import WritingError
from perfeval.documents.writing import write_atomically
from perfeval.errors import system_reason


@contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says against writing *path* into a `WritingError`."""
    try:
        yield
    except OSError as error:
        raise WritingError(f"不能写入“{path}”：{system_reason(error)}") from error
    except ValueError as error:
        raise WritingError(f"不能写入“{path}”：文件名不能用") from error


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        WritingError: It cannot be written; whatever stood there still does.
    """
    with writing(path):
        write_atomically(path, data)
