"""The same evaluation over any number of sheets, as flat rows, with nothing kept."""

from perfeval.batch.evaluating import ItemRows, evaluate_batch, score_batch

__all__ = ["ItemRows", "evaluate_batch", "score_batch"]
