"""Rows as Parquet, written as they come: no more than one group of rows is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from perfeval.documents.rows.arrow_rows import arrow, arrow_schema, record_batch, rows_of_batch
from perfeval.documents.rows.json_rows import rows_of_lines
from perfeval.rows import AnyRow, Row

GROUP = 4096
"""Rows of a group: many enough to pack well, few enough to be kept in memory."""


class ParquetWriter:
    """Writes rows to a file that was opened for it; the file is whole when the writer is closed.

    Args:
        file: Where to; it stays open.
        kind: The kind of rows.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(self, file: IO[bytes], kind: type[Row]) -> None:
        from importlib import import_module

        arrow()
        parquet = import_module("pyarrow.parquet")
        self._writer: Any = parquet.ParquetWriter(file, arrow_schema(kind), compression="zstd")
        self._kind = kind
        self._rows: list[Row] = []

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        for row in rows:
            self._rows.append(row)
            if len(self._rows) >= GROUP:
                self._flush()

    def close(self) -> None:
        """Write what is left, and what makes the file whole."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(record_batch(self._rows, self._kind), GROUP)
            self._rows.clear()


def parquet_of_lines(lines: Iterable[bytes], kind: type[Row]) -> Iterator[bytes]:
    """Yield a file of Parquet, piece by piece, made of the lines that `json_lines` wrote.

    Args:
        lines: The lines, as a file that was opened for reading bytes gives them.
        kind: The kind of rows.

    Raises:
        MissingExtraError: pyarrow is not installed.
        ValueError: A line is no such row.
    """
    pieces = _Pieces()
    writer = ParquetWriter(pieces, kind)  # type: ignore[arg-type]
    for row in rows_of_lines(lines, kind):  # type: ignore[type-var]
        writer.write([row])
        yield from pieces.taken()
    writer.close()
    yield from pieces.taken()


class _Pieces:
    """A file whose content is taken away as it is written."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing is held back."""

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def taken(self) -> list[bytes]:
        """Return what was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return pieces


def rows_of_parquet(file: IO[bytes], kind: type[AnyRow]) -> Iterator[AnyRow]:
    """Yield the rows in a file of Parquet, a group after another.

    Args:
        file: The file.
        kind: The kind of rows.

    Raises:
        MissingExtraError: pyarrow is not installed.
        ValueError: It is no file of such rows.
    """
    from importlib import import_module

    arrow()
    parquet = import_module("pyarrow.parquet")
    for batch in parquet.ParquetFile(file).iter_batches(GROUP):
        yield from rows_of_batch(batch, kind)
