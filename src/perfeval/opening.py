"""Open what a user names: a regular file is read, anything else refused, and why is said."""

from __future__ import annotations

import errno
import os
import stat

from perfeval.recording import note_read

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs a start-up
    from typing import BinaryIO

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
    with open_regular(path) as file:
        content = file.read(most) or b""  # nothing where a file of the kernel has nothing to say
    note_read(path, content)
    return content


def open_regular(path: str | os.PathLike[str], *, to_write: bool = False) -> BinaryIO:
    """Open a file, to be read bit by bit; what is read of it is told to nobody.

    Args:
        path: The file.
        to_write: It is written as well, and made where it is not there.

    Raises:
        NotRegularError: It is a pipe, a socket or a device.
        OSError: It cannot be opened.
        ValueError: Its name cannot be one of a file.
    """
    flags = _WRITTEN if to_write else os.O_RDONLY
    try:
        descriptor = os.open(path, flags | _FLAGS, 0o666)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise _not_regular(path) from None
        raise
    file = os.fdopen(descriptor, "r+b" if to_write else "rb")
    try:
        refuse_irregular(path, os.fstat(descriptor).st_mode)
    except OSError:
        file.close()
        raise
    return file


_WRITTEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
"""Of what is written in place no link is followed: what it leads to is somebody's file."""
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


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


_REASONS = {
    errno.ENOENT: "没有这个文件夹或文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EEXIST: "文件已经存在",
    errno.ELOOP: "链接绕成一圈",
    errno.ENXIO: "不是普通文件",
}


def system_reason(error: OSError) -> str:
    """Say in Chinese why the system refused."""
    if is_too_long(error):
        return "路径太长，请移到浅一些的文件夹"
    is_refused = error.errno in (errno.EACCES, errno.EPERM)
    if getattr(error, "winerror", None) in _SHARING or (is_refused and _is_open_elsewhere(error)):
        return "正在 Excel、Word 等程序里打开着，请关闭后再试"
    return _REASONS.get(error.errno or 0) or "系统拒绝访问"


_SHARING = (32, 33)
"""What Windows says of a file that another program holds."""
_NOT_FOUND, _LONG_NAME = 3, 206
_LONGEST_PATH = 260
"""Characters of a path that Windows opens where long paths are not switched on."""


def is_too_long(error: OSError) -> bool:
    """Tell whether Windows found no file because its path is too long."""
    said = getattr(error, "winerror", None)
    if said == _LONG_NAME:
        return True
    names = (os.path.abspath(name) for name in _names(error))  # noqa: PTH100 - as text
    return said == _NOT_FOUND and any(len(name) >= _LONGEST_PATH for name in names)


def _is_open_elsewhere(error: OSError) -> bool:
    """Tell whether an office program keeps its owner file (``~$…``) beside a file."""
    for name in _names(error):
        folder, own = os.path.split(name)
        owners = (f"~${own}", f"~${own[2:]}")  # Word writes over the first two letters
        if any(os.path.exists(os.path.join(folder, owner)) for owner in owners):  # noqa: PTH110
            return True
    return False


def _names(error: OSError) -> list[str]:
    """Return the files that the system names, as texts."""
    return [name for name in (error.filename, error.filename2) if isinstance(name, str)]
