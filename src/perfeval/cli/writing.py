"""Say in Chinese why a file cannot be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from perfeval.cli.failures import UsageError, WritingError
from perfeval.documents.writing import write_atomically, write_pieces
from perfeval.opening import system_reason
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
        read: The files from which it is made; they are asked for only where it stands there.
        is_forced: Whether another file that stands there may be replaced.

    Raises:
        UsageError: It stands there.
    """
    if os.path.isdir(path):  # noqa: PTH112 - never raises
        raise UsageError(f"“{path}”是文件夹；请写要生成的文件的名称")
    if not os.path.lexists(path):
        return
    if identity(path) in map(identity, read):
        raise UsageError(f"“{path}”是这次要读的文件，不能覆盖；请换一个文件名")
    if not is_forced:
        raise UsageError(f"“{path}”已经存在；要覆盖请加 --force")


def write_each(
    files: Iterable[tuple[str, bytes | Iterable[bytes]]], tell: Callable[[str], None]
) -> tuple[list[str], dict[str, str]]:
    """Write file after file: one that cannot be written does not stop the others.

    Args:
        files: The files, each with its content, whole or piece by piece.
        tell: Says that one was written.

    Returns:
        The files that were written, and those that were not, each with the reason.
    """
    written: list[str] = []
    failed: dict[str, str] = {}
    for path, data in files:
        reason = _fault_of(path, data)
        if reason:
            failed[path] = reason
        else:
            tell(f"已生成 {path}")
            written.append(path)
    return written, failed


def _fault_of(path: str, data: bytes | Iterable[bytes]) -> str:
    """Write a file; return why that failed, or an empty text."""
    try:
        with writing(path):
            write_pieces(path, [data] if isinstance(data, bytes) else data)
    except WritingError as error:
        return str(error)
    return ""


def refuse_same(outputs: Sequence[str]) -> None:
    """Refuse to write one file twice.

    Raises:
        UsageError: Two names are those of one file.
    """
    if len(set(map(identity, outputs))) < len(outputs):
        raise UsageError("几个 -o 写的是同一个文件")


def outputs_data(written: Sequence[str], failed: Mapping[str, str]) -> dict[str, object]:
    """Name the outputs for JSON: a single one, or all that were asked for."""
    if len(written) == 1 and not failed:
        return {"output": written[0]}
    reasons = [{"file": path, "reason": reason} for path, reason in failed.items()]
    return {"output": next(iter(written), None), "outputs": list(written), "failed": reasons}


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        WritingError: It cannot be written; whatever stood there still does.
    """
    with writing(path):
        write_atomically(path, data)
