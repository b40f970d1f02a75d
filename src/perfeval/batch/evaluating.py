"""Rows of one item after another, in this process or in several."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, overload

from perfeval.batch.items import (
    TABLES,
    BatchItem,
    BatchSettings,
    ItemRows,
    each_evaluated,
    place_of,
)
from perfeval.checks.settling import CheckOptions
from perfeval.readers.files import FilePath, Root
from perfeval.report.evaluating import USUAL
from perfeval.rows import AnyRow, Row, SheetRow
from perfeval.rulebook import Rulebook


@overload
def score_batch(
    items: Iterable[BatchItem],
    *,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    workers: int = 1,
) -> Iterator[SheetRow]: ...
@overload
def score_batch(
    items: Iterable[BatchItem],
    *,
    of: type[AnyRow],
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    workers: int = 1,
) -> Iterator[AnyRow]: ...
def score_batch(
    items: Iterable[BatchItem],
    *,
    of: type[Any] = SheetRow,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    workers: int = 1,
) -> Iterator[Any]:
    """Score any number of sheets: a row for each, in order; nothing is kept.

    Args:
        items: Paths, texts, bytes or dicts, as `perfeval.evaluate` takes them, each by itself or
            in a pair with what it is called.  They are taken as rows are asked for.
        of: What has a row: a sheet (`SheetRow`), an indicator (`IndicatorRow`) or a finding
            (`FindingRow`).
        rulebook: See `perfeval.evaluate`.
        terms: See `perfeval.evaluate`.
        root: See `perfeval.evaluate`.
        workers: How many processes work; with 1, this one.

    Yields:
        The rows; of sheets, also one for what cannot be read, with its ``problem``.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        ValueError: *workers* is below 1, or *of* is no kind of row.

    >>> from perfeval import IndicatorRow, score_batch
    >>> name = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    >>> [(row.project, row.total, row.measured) for row in score_batch([name])]
    [('养老服务体系建设运营补助资金', Decimal('98.46'), Decimal('36.46'))]
    >>> [row.points for row in score_batch([name], of=IndicatorRow)][:2]
    [Decimal('2.00'), Decimal('1.71')]
    >>> next(score_batch([("第 7 行", b"")])).problem
    '文件是空的'
    """
    at = place_of(of)
    found = evaluate_batch(
        items, tables=(of,), rulebook=rulebook, terms=terms, root=root, workers=workers
    )
    return (row for item in found for row in item[at])


def evaluate_batch(
    items: Iterable[BatchItem],
    *,
    tables: Collection[type[Row]] = TABLES,
    rulebook: FilePath | Rulebook | None = None,
    terms: CheckOptions = USUAL,
    root: Root = None,
    workers: int = 1,
) -> Iterator[ItemRows]:
    """Score and check any number of sheets: for each item the rows of all kinds together.

    Args:
        items: See `score_batch`.
        tables: Which kinds of rows are made; of the others there are none.
        rulebook: See `score_batch`.
        terms: See `score_batch`.
        root: See `score_batch`.
        workers: See `score_batch`.

    Yields:
        The rows of one item after another, in order.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        ValueError: *workers* is below 1.

    >>> from perfeval import SheetRow, evaluate_batch
    >>> first, second = evaluate_batch(["没有这个文件.yaml", 42], tables=[SheetRow])
    >>> first.sheets[0].problem, bool(second.sheets[0].problem)
    ('没有这个文件', True)
    """
    settings = BatchSettings(
        rulebook, terms, root, tables=tuple(kind for kind in TABLES if kind in tables)
    )
    return (result.rows for result in each_evaluated(items, settings, workers))
