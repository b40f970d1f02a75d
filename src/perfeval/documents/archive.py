"""A ZIP file whose bytes depend on its content alone: fixed order, fixed time, no extras."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEEDED, _UTF8_NAMES, _DEFLATED = 20, 1 << 11, 8
_TIME, _DATE = 0, 33  # 1980-01-01 00:00, the first moment a ZIP file can name


class Member(NamedTuple):
    """A file of the archive, compressed."""

    name: bytes
    data: bytes
    checksum: int
    size: int


def compress(name: str, content: bytes, level: int = 6) -> Member:
    """Compress one file of an archive."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(content) + deflate.flush()
    return Member(name.encode(), data, zlib.crc32(content), len(content))


def pack(members: Iterable[Member]) -> bytes:
    """Write the archive.

    Args:
        members: The files, in the order in which they stand in the archive.

    Returns:
        The archive, far below the sizes that need ZIP64.
    """
    body, directory = bytearray(), bytearray()
    count = 0
    for member in members:
        sizes = (member.checksum, len(member.data), member.size, len(member.name))
        common = (_NEEDED, _UTF8_NAMES, _DEFLATED, _TIME, _DATE, *sizes, 0)
        directory += _CENTRAL.pack(b"PK\1\2", _NEEDED, *common, 0, 0, 0, 0, len(body))
        directory += member.name
        body += _LOCAL.pack(b"PK\3\4", *common) + member.name + member.data
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)
