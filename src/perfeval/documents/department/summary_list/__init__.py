"""汇总表 of a department as an Excel workbook (.xlsx)."""

from perfeval.documents.department.summary_list.page import summary_workbook

__all__ = ["summary_workbook"]
