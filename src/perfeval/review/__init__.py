"""What reviewers do with results: compare, rank, draw, re-score, and say what came of it.

Everything here is pure: values go in and values come out.  Files are read by `perfeval.report` and
written by `perfeval.documents.review`.
"""
