"""Say in Chinese why a file cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from perfeval.cli.failures import UsageError, WritingError
from perfeval.documents.writing import write_atomically
from perfeval.errors import system_reason
from perfeval.readers.files import FilePath, identity


@contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says against writing *path* into a `WritingError`."""
    try:
        yield
    except OSError as error:
        raise WritingError(f"不能写入“{path}”：{system_reason(error)}") from error
    except ValueError as error:
        raise WritingError(f"不能写入“{path}”：文件名不能用") from error


def refuse_overwriting(path: str, read: Iterable[FilePath] = (), *, is_forced: bool) -> None:
    """Refuse to write over a file, unless that was asked for; never over one that is read.

    Args:
        path: What is to be written.
        read: The files from which it is made.
        is_forced: Whether another file that stands there may be replaced.

    Raises:
        UsageError: It stands there.
    """
    if identity(path) in map(identity, read):
        raise UsageError(f"“{path}”是这次要读的文件，不能覆盖；请换一个文件名")
    if os.path.lexists(path) and not is_forced:
        raise UsageError(f"“{path}”已经存在；要覆盖请加 --force")


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        WritingError: It cannot be written; whatever stood there still does.
    """
    with writing(path):
        write_atomically(path, data)
