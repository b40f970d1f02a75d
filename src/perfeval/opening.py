"""Open what a user names: a regular file is read, anything else refused without waiting for it."""

from __future__ import annotations

import errno
import os
import stat

_NO_FILE = (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP)
"""What the system says of sockets, and of devices that are not there."""


class NotRegularError(OSError):
    """A pipe, socket or device stands where a file is expected."""


def read_regular(path: str | os.PathLike[str], most: int) -> bytes:
    """Return the first bytes of a file.

    Args:
        path: The file.
        most: How many bytes are read at most.

    Raises:
        NotRegularError: It is a pipe, a socket or a device.
        OSError: It cannot be read.
        ValueError: Its name cannot be one of a file.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise _not_regular(path) from None
        raise
    with os.fdopen(descriptor, "rb") as file:
        refuse_irregular(path, os.fstat(descriptor).st_mode)
        return file.read(most) or b""  # nothing where a file of the kernel has nothing to say


_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def refuse_irregular(path: str | os.PathLike[str], mode: int) -> None:
    """Refuse what is no regular file, by its mode.

    Raises:
        IsADirectoryError: It is a folder.
        NotRegularError: It is a pipe, a socket or a device.
    """
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(mode):
        raise _not_regular(path)


def _not_regular(path: str | os.PathLike[str]) -> NotRegularError:
    return NotRegularError(errno.ENXIO, os.strerror(errno.ENXIO), os.fspath(path))
