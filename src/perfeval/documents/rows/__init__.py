"""Results as flat rows (`perfeval.rows`), and the files that hold them."""

from perfeval.documents.rows.flatten import finding_rows, indicator_rows, sheet_row

__all__ = ["finding_rows", "indicator_rows", "sheet_row"]
