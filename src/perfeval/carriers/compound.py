"""The compound file of older office programs: streams by name, each as long as the file allows."""

from __future__ import annotations

import struct

from perfeval.carriers.limits import broken

_HEADER = 512
_IN_HEADER = 109
_ENTRY = 128
_END = 0xFFFFFFFA
"""From here on a number is a mark (free, end of chain …) and no sector."""
_IS_STREAM, _IS_ROOT = 2, 5


class CompoundFile:
    """The streams of a compound file."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        try:
            self._read()
        except (struct.error, IndexError) as error:
            raise broken("文件的目录读不出来") from error

    def _read(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise broken("文件的目录读不出来")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        (first_directory,) = struct.unpack_from("<I", self._raw, 48)
        self._cutoff, first_mini, _, first_more, _ = struct.unpack_from("<5I", self._raw, 56)
        self._most = len(self._raw) // self._size + 1
        self._table = self._sectors_of_table(first_more)
        self._mini_table = _numbers(self._chain(first_mini))
        self._entries: dict[str, tuple[int, int]] = {}
        self._mini_stream = b""
        directory = self._chain(first_directory)
        for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            self._enter(directory[start : start + _ENTRY])

    def _enter(self, entry: bytes) -> None:
        (length,) = struct.unpack_from("<H", entry, 64)
        first, size = struct.unpack_from("<II", entry, 116)
        if entry[66] == _IS_ROOT and not self._mini_stream:
            self._mini_stream = self._chain(first)
        elif entry[66] == _IS_STREAM:
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            self._entries.setdefault(name, (first, size))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._raw[start : start + self._size]

    def _sectors_of_table(self, first_more: int) -> list[int]:
        numbers = list(struct.unpack_from(f"<{_IN_HEADER}I", self._raw, 76))
        following = first_more
        for _ in range(self._most):
            if following >= _END:
                break
            more = _numbers(self._sector(following))
            if not more:
                break
            numbers += more[:-1]
            following = more[-1]
        used = [number for number in numbers if number < self._most]
        return _numbers(b"".join(self._sector(number) for number in used[: self._most]))

    def _chain(self, first: int) -> bytes:
        pieces: list[bytes] = []
        number = first
        while number < _END and len(pieces) <= self._most:
            pieces.append(self._sector(number))
            number = self._table[number] if number < len(self._table) else _END
        if len(pieces) > self._most:
            raise broken("文件的目录绕成一圈")
        return b"".join(pieces)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> list[str]:
        """Return the names of all streams."""
        return list(self._entries)

    def stream(self, name: str) -> bytes:
        """Return a stream."""
        first, size = self._entries[name]
        if size >= self._cutoff:
            return self._chain(first)[:size]
        pieces: list[bytes] = []
        number = first
        while number < _END and len(pieces) * self._mini_size < size:
            start = number * self._mini_size
            pieces.append(self._mini_stream[start : start + self._mini_size])
            number = self._mini_table[number] if number < len(self._mini_table) else _END
        return b"".join(pieces)[:size]


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
