"""Record batches of sheets in, record batches of rows out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from perfeval.batch.evaluating import evaluate_batch
from perfeval.batch.items import BatchItem, place_of
from perfeval.checks.settling import CheckOptions
from perfeval.documents.rows.arrow_rows import arrow, arrow_schema, record_batch
from perfeval.readers.files import FilePath
from perfeval.report.evaluating import USUAL
from perfeval.rows import Row, SheetRow
from perfeval.rulebook import Rulebook

if TYPE_CHECKING:
    import pyarrow

__all__ = ["arrow_schema", "score_arrow"]
_MOST_ROWS = 4096
"""Rows of a batch, unless a single item has more."""


def score_arrow(
    batches: Iterable[pyarrow.RecordBatch],
    *,
    column: str = "content",
    name: str | None = None,
    of: type[Row] = SheetRow,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
    workers: int = 1,
) -> Iterator[pyarrow.RecordBatch]:
    r"""Score sheets that stand in record batches of Apache Arrow; see `score_batch`.

    Args:
        batches: The sheets, one in each row.
        column: The column with what is in them, as text or bytes: YAML, an office file, or the
            JSON of the national system.  A text is never taken for the name of a file here.
        name: The column with what each is called, which comes back as ``file``.
        of: What has a row: `SheetRow`, `IndicatorRow` or `FindingRow`.
        rulebook: See `perfeval.evaluate`.
        terms: See `perfeval.evaluate`.
        workers: See `score_batch`.

    Yields:
        The rows, in order, in batches of the schema `arrow_schema`.

    Raises:
        MissingExtraError: pyarrow is not installed: ``pip install "perfeval[arrow]"``.
        RulebookError: The rulebook given as argument is unknown or wrong.
        ValueError: A batch has no such column, *workers* is below 1, or *of* is no kind of row.
        TypeError: The column holds neither text nor bytes.

    >>> import pyarrow
    >>> from perfeval.batch import score_arrow
    >>> text = "评分办法: hubei-2020\n年度: 2023\n项目名称: 示例\n"
    >>> given = pyarrow.record_batch({"content": [text, None]})
    >>> [(row["project"], row["problem"]) for row in next(score_arrow([given])).to_pylist()]
    [('示例', None), (None, '文件是空的')]
    """
    arrow()
    at, lengths = place_of(of), deque[int]()
    items = _items(batches, column, name, lengths)
    found = evaluate_batch(items, tables=(of,), rulebook=rulebook, terms=terms, workers=workers)
    return _gathered((item[at] for item in found), of, lengths)


def _items(
    batches: Iterable[pyarrow.RecordBatch], column: str, name: str | None, lengths: deque[int]
) -> Iterator[BatchItem]:
    """Yield what stands in each row, and note how many rows a batch has."""
    for batch in batches:
        contents = _column(batch, column)
        kind = contents.type
        if not _is_content(kind):
            raise TypeError(f"“{column}”列应是文本或二进制，不是 {kind}")
        names = _column(batch, name) if name is not None else None
        if batch.num_rows:
            lengths.append(batch.num_rows)
        for row, content in enumerate(contents):
            called = b"" if names is None else _value(names[row])
            label = called.decode(errors="replace") if isinstance(called, bytes) else str(called)
            yield label, _bytes(_value(content))


def _column(batch: pyarrow.RecordBatch, name: str) -> Any:
    if name not in batch.schema.names:
        raise ValueError(f"没有“{name}”列；有 {'、'.join(batch.schema.names)}")
    return batch.column(name)


def _is_content(kind: Any) -> bool:
    types = arrow().types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    tests = (
        types.is_string,
        types.is_large_string,
        types.is_string_view,
        types.is_binary,
        types.is_large_binary,
        types.is_binary_view,
        types.is_fixed_size_binary,
        types.is_null,
    )
    return any(test(kind) for test in tests)


def _value(cell: Any) -> Any:
    """Return what stands in a cell; of a text that is no UTF-8 (nothing proves it), its bytes."""
    try:
        value = cell.as_py()
    except UnicodeDecodeError:
        text = cell.value if arrow().types.is_dictionary(cell.type) else cell
        value = text.as_buffer().to_pybytes()
    return b"" if value is None else value


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _gathered(
    found: Iterable[Sequence[Any]], of: type[Row], lengths: deque[int]
) -> Iterator[pyarrow.RecordBatch]:
    """Yield the rows of as many items as a batch had, or fewer where there are many."""
    rows: list[Row] = []
    count = 0
    for own in found:
        rows += own
        count += 1
        is_end = count == lengths[0]
        if is_end or len(rows) >= _MOST_ROWS:
            yield record_batch(rows, of)
            rows = []
        if is_end:
            lengths.popleft()
            count = 0
