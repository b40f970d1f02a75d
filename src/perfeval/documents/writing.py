"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from perfeval.opening import read_regular, refuse_irregular
from perfeval.recording import note_written


class ChangedError(OSError):
    """A file does not hold any more what was read from it."""


def write_atomically(
    path: str | os.PathLike[str], data: bytes, *, instead_of: bytes | None = None
) -> None:
    """Write *data* to *path*; what stands there is replaced only by the complete file.

    Args:
        path: Where to write.
        data: The file's content.
        instead_of: What was read from the file; it is looked at again before it is replaced.

    Raises:
        ChangedError: The file holds something else by now.
        OSError: The file cannot be written; whatever stood there still does.
    """
    target = Path(path)
    with _complete(target, [data]) as new:
        _take_mode(target, new)
        if instead_of is not None and read_regular(target, len(instead_of) + 1) != instead_of:
            raise ChangedError(os.fspath(target))
        new.replace(target)


def write_pieces(path: str | os.PathLike[str], pieces: Iterable[bytes]) -> None:
    """Write a file that is made bit by bit; see `write_atomically`.

    Args:
        path: Where to write.
        pieces: The file's content, in order.

    Raises:
        OSError: The file cannot be written; whatever stood there still does.
    """
    target = Path(path)
    with _complete(target, pieces) as new:
        _take_mode(target, new)
        new.replace(target)


def _take_mode(target: Path, new: Path) -> None:
    """Give a new file the mode of the one that it replaces."""
    if target.exists():
        mode = target.stat().st_mode
        refuse_irregular(target, mode)
        new.chmod(mode & 0o777)


def write_first(path: str | os.PathLike[str], data: bytes) -> None:
    """Write *data* to a file that does not exist yet.

    Raises:
        FileExistsError: It does.
        OSError: The file cannot be written; nothing stands there.
    """
    target = Path(path)
    with _complete(target, [data]) as new:
        try:
            os.link(new, target)  # refuses a name that is taken, where a replacement would not
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            if os.path.lexists(target):
                raise FileExistsError(
                    errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target)
                ) from None
            new.replace(target)


@contextmanager
def _complete(target: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """Yield a file beside *target* that holds all of the pieces; it is gone afterwards."""
    new = target.with_name(f".perfeval-{secrets.token_hex(8)}.tmp")
    try:
        with new.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        yield new
        note_written(target)
    except FileNotFoundError as error:  # named for the file that was asked for
        raise FileNotFoundError(error.errno, error.strerror, os.fspath(target)) from None
    finally:
        new.unlink(missing_ok=True)
