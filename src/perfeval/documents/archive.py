"""A ZIP file whose bytes depend on its content alone: fixed order, fixed time, no system."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def pack(parts: Iterable[tuple[str, str]], *, onto: bytes = b"", level: int = 6) -> bytes:
    """Write an archive.

    Args:
        parts: The name and text of each file, in the order in which they stand in the archive.
        onto: An archive that is continued: what is the same in every document is packed once.
        level: How hard to compress, from 1 to 9.

    Returns:
        The archive.
    """
    stream = BytesIO(onto)
    with ZipFile(stream, "a") as archive:
        for name, text in parts:
            archive.writestr(_entry(name), text.encode(), ZIP_DEFLATED, level)
    return stream.getvalue()


def _entry(name: str) -> ZipInfo:
    """Return an entry of 1980-01-01, the first moment that a ZIP file can name."""
    entry = ZipInfo(name)
    entry.create_system = 0  # else the machine that wrote it would show
    return entry
