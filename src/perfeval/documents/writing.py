"""Write a file whole or not at all."""

from __future__ import annotations

import os
import secrets
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
    new = target.with_name(f".perfeval-{secrets.token_hex(8)}.tmp")
    try:
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            new.chmod(target.stat().st_mode & 0o777)
        new.replace(target)
    except FileNotFoundError as error:  # named for the file that was asked for
        raise FileNotFoundError(error.errno, error.strerror, os.fspath(target)) from None
    except BaseException:
        new.unlink(missing_ok=True)
        raise
