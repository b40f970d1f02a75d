"""The same evaluation over any number of sheets, as flat rows, with nothing kept."""

from perfeval.batch.arrow import arrow_schema, score_arrow
from perfeval.batch.evaluating import evaluate_batch, score_batch
from perfeval.batch.items import BatchItem, ItemRows

__all__ = [
    "BatchItem",
    "ItemRows",
    "arrow_schema",
    "evaluate_batch",
    "score_arrow",
    "score_batch",
]
