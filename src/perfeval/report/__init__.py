"""From what a caller has to its report and its documents: the one room that joins the stages."""

from perfeval.report.drafting import AccountDraft, DraftFile, draft
from perfeval.report.evaluating import (
    LeftAside,
    compare,
    evaluate,
    evaluate_all,
    evaluate_department,
    evaluate_folder,
    evaluate_found,
    report_of_empty_folder,
    unread_report,
)
from perfeval.report.json_reading import from_json
from perfeval.report.json_writing import to_json
from perfeval.report.marking import copied_kind, mark, marked_copy, marked_proof
from perfeval.report.model import DepartmentReport, Report
from perfeval.report.national import NationalFormat, to_national
from perfeval.report.proofreading import proof
from perfeval.report.publishing import Published, excel_form, publish, write_files
from perfeval.report.rendering import publication, render, write
from perfeval.report.waivers import inspect_waivers

__all__ = [
    "AccountDraft",
    "DepartmentReport",
    "DraftFile",
    "LeftAside",
    "NationalFormat",
    "Published",
    "Report",
    "compare",
    "copied_kind",
    "draft",
    "evaluate",
    "evaluate_all",
    "evaluate_department",
    "evaluate_folder",
    "evaluate_found",
    "excel_form",
    "from_json",
    "inspect_waivers",
    "mark",
    "marked_copy",
    "marked_proof",
    "proof",
    "publication",
    "publish",
    "render",
    "report_of_empty_folder",
    "to_json",
    "to_national",
    "unread_report",
    "write",
    "write_files",
]
