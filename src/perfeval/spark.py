"""Sheets in a table of Apache Spark → rows, wherever its workers are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING

from perfeval.batch.arrow import score_arrow
from perfeval.batch.items import place_of
from perfeval.checks.settling import CheckOptions
from perfeval.documents.rows.arrow_rows import DIGITS, SCALE, UNFIT
from perfeval.errors import MissingExtraError
from perfeval.readers.files import FilePath
from perfeval.readers.rulebooks import load_rulebook
from perfeval.report.evaluating import USUAL
from perfeval.rows import Row, SheetRow, columns_of
from perfeval.rulebook import Rulebook

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

_TYPES = {str: "string", int: "bigint", bool: "boolean", Decimal: f"decimal({DIGITS},{SCALE})"}


def spark_schema(of: type[Row] = SheetRow) -> str:
    """Return the schema of a kind of rows as Spark writes it; see `perfeval.batch.arrow_schema`.

    >>> spark_schema().split(", ")[:3]
    ['`file` string', '`table` string', '`problem` string']
    """
    columns = [f"`{column.name}` {_TYPES[column.type]}" for column in columns_of(of)]
    return ", ".join([*columns, f"`{UNFIT}` string"])


def score(
    frame: DataFrame,
    *,
    column: str = "content",
    name: str | None = None,
    of: type[Row] = SheetRow,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
) -> DataFrame:
    """Score the sheets in a table of Spark: the rows of `score_batch`, made by its workers.

    Args:
        frame: The table, a sheet in each row.
        column: The column with what is in them: text or bytes; see `perfeval.batch.score_arrow`.
        name: The column with what each is called, which comes back as ``file``.
        of: What has a row: `SheetRow`, `IndicatorRow` or `FindingRow`.
        rulebook: See `perfeval.evaluate`.  The path of one's own must be that of the file on
            every worker; a `Rulebook` goes there with the work.
        terms: See `perfeval.evaluate`.

    Returns:
        The rows as a table of the schema `spark_schema`; like all tables of Spark it is made when
        something is asked of it.

    Raises:
        MissingExtraError: pyspark, pyarrow or pandas is not installed: ``pip install
            "perfeval[spark]"``.
        RulebookError: The rulebook given as argument is unknown or wrong.
        ValueError: *of* is no kind of row.
    """
    for package in ("pyspark", "pyarrow", "pandas"):
        _require(package)
    place_of(of)
    if rulebook is not None and not isinstance(rulebook, Rulebook):
        load_rulebook(rulebook)
    names = {_CONTENT: column} if name is None else {_CONTENT: column, _NAME: name}
    wanted = frame.selectExpr(*(f"{_quoted(own)} as {called}" for called, own in names.items()))
    work = _Partition(name is not None, of, rulebook, terms)
    return wanted.mapInArrow(work, spark_schema(of))


_CONTENT, _NAME = "content", "name"
"""What the columns are called on their way: Spark cannot find one whose name has a point in it."""


def _quoted(column: str) -> str:
    """Return the name of a column as Spark takes it for nothing else."""
    return f"`{column.replace('`', '``')}`"


@dataclass(frozen=True)
class _Partition:
    """Scores what Spark gives a worker; rulebooks are read once in each of its processes."""

    has_names: bool
    of: type[Row]
    rulebook: FilePath | Rulebook | None
    terms: CheckOptions

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        """Yield the rows of the batches."""
        return score_arrow(
            batches,
            column=_CONTENT,
            name=_NAME if self.has_names else None,
            of=self.of,
            rulebook=self.rulebook,
            terms=self.terms,
        )


def _require(package: str) -> None:
    try:
        import_module(package)
    except ImportError as error:
        message = (
            f'Spark 需要安装：pip install "perfeval[spark]"'
            f'（在源码目录里：pip install ".[spark]"；缺少 {package}）'
        )
        raise MissingExtraError(message) from error
