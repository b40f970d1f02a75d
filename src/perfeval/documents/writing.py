"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write *data* to *path*; what stands there is replaced only by the complete file.

    Args:
        path: Where to write.
        data: The file's content.

    Raises:
        OSError: The file cannot be written; whatever stood there still does.
    """
    target = Path(path)
    handle, name = tempfile.mkstemp(prefix=".perfeval-", suffix=".tmp", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_permissions(new, target)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _take_permissions(new: Path, target: Path) -> None:
    """Give a new file the permissions of the one it replaces, else those of any new file."""
    try:
        mode = target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    new.chmod(mode)
