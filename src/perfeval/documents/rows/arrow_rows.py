"""Rows as record batches of Apache Arrow, under the English names of the fields.

Money and points are decimals with 18 digits behind the point and 20 before it.  A number of a
sheet has at most 20 digits (`perfeval.numbers.MAX_DIGITS`), wherever its point is: one with 19 or
20 of them behind it does not fit.  It is not cut: the cell is null, and the column `UNFIT` says by
its name and as a text what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING, Any

from perfeval._resources import __version__
from perfeval.errors import MissingExtraError
from perfeval.rows import AnyRow, Row, RowColumn, columns_of, row_from

if TYPE_CHECKING:
    import pyarrow

DIGITS, SCALE = 38, 18
"""Of decimals: all digits, and those behind the point."""
UNFIT = "unfit"
"""The last column: null, or JSON with the figures that fit no decimal of these digits."""


def arrow() -> ModuleType:
    """Return the package pyarrow.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtraError(_MISSING) from error
    return pyarrow  # type: ignore[no-any-return]


_MISSING = (
    'Arrow 和 Parquet 需要安装：pip install "perfeval[arrow]"'
    '（在源码目录里：pip install ".[arrow]"；缺少 pyarrow）'
)


def arrow_schema(of: type[Row]) -> pyarrow.Schema:
    """Return the schema of a kind of rows: text, 64-bit integers, flags and decimal128(38, 18).

    Empty text is null, and so is a figure that is not there.  The last column, ``unfit``, is null
    unless a figure has more digits than the decimals: it then is JSON with that figure as a text,
    by the name of its column, which is null itself.

    Args:
        of: `SheetRow`, `IndicatorRow` or `FindingRow`.

    Raises:
        MissingExtraError: pyarrow is not installed.

    >>> from perfeval import SheetRow
    >>> from perfeval.batch import arrow_schema
    >>> arrow_schema(SheetRow).field("total").type
    Decimal128Type(decimal128(38, 18))
    """
    package = arrow()
    types = {
        str: package.string(),
        int: package.int64(),
        bool: package.bool_(),
        Decimal: package.decimal128(DIGITS, SCALE),
    }
    fields = [package.field(column.name, types[column.type]) for column in columns_of(of)]
    fields.append(package.field(UNFIT, package.string()))
    return package.schema(fields, metadata={"perfeval": __version__})


def record_batch(rows: Sequence[Row], of: type[Row]) -> pyarrow.RecordBatch:
    """Return rows as a record batch.

    Args:
        rows: The rows.
        of: Their kind.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    package, schema = arrow(), arrow_schema(of)
    unfit: list[dict[str, str]] = [{} for _ in rows]
    arrays = []
    for at, column in enumerate(columns_of(of)):
        values = [row[at] for row in rows]
        arrays.append(_array(values, column, schema.field(at).type, unfit))
    said = [json.dumps(one) if one else None for one in unfit]
    arrays.append(package.array(said, package.string()))
    return package.RecordBatch.from_arrays(arrays, schema=schema)


def _array(
    values: list[Any], column: RowColumn, type_: pyarrow.DataType, unfit: list[dict[str, str]]
) -> pyarrow.Array:
    """Return the values of a column; what does not fit is null, and said among the *unfit*."""
    package = arrow()
    if column.type is str:
        return package.array([_sound(value) if value else None for value in values], type_)
    try:
        return package.array(values, type_)
    except (package.ArrowInvalid, OverflowError):
        fitting = [_fits(value, type_) for value in values]
    for number, value in enumerate(values):
        if not fitting[number]:
            unfit[number][column.name] = f"{value:f}" if column.type is Decimal else str(value)
    kept = [value if fits else None for value, fits in zip(values, fitting, strict=True)]
    return package.array(kept, type_)


def _fits(value: Any, type_: pyarrow.DataType) -> bool:
    package = arrow()
    try:
        package.scalar(value, type_)
    except (package.ArrowInvalid, OverflowError):
        return False
    return True


def _sound(text: str) -> str:
    """Return a text without halves of characters, which the name of a file may have."""
    return text.encode("utf-8", "replace").decode()


def rows_of_batch(batch: pyarrow.RecordBatch, of: type[AnyRow]) -> Iterator[AnyRow]:
    """Yield the rows in a record batch.

    Args:
        batch: It has the columns of `arrow_schema`, in whatever order.
        of: The kind of rows.

    Raises:
        ValueError: A value is none of its column.
    """
    integers = {column.name for column in columns_of(of) if column.type is int}
    for values in batch.to_pylist():
        for name, text in json.loads(values.get(UNFIT) or "{}").items():
            values[name] = int(text) if name in integers else text
        yield row_from(of, values)
