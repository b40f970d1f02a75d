"""From what a caller has to its report and its documents: the one room that joins the stages."""

from __future__ import annotations

from perfeval.later import loader

TYPE_CHECKING = False  # type checkers read it as true
if TYPE_CHECKING:
    from perfeval.report.department_model import DepartmentReport as DepartmentReport
    from perfeval.report.drafting import AccountDraft as AccountDraft
    from perfeval.report.drafting import DraftFile as DraftFile
    from perfeval.report.drafting import draft as draft
    from perfeval.report.evaluating import LeftAside as LeftAside
    from perfeval.report.evaluating import compare as compare
    from perfeval.report.evaluating import evaluate as evaluate
    from perfeval.report.evaluating import evaluate_all as evaluate_all
    from perfeval.report.evaluating import evaluate_department as evaluate_department
    from perfeval.report.evaluating import evaluate_folder as evaluate_folder
    from perfeval.report.evaluating import evaluate_found as evaluate_found
    from perfeval.report.evaluating import report_of_empty_folder as report_of_empty_folder
    from perfeval.report.evaluating import unread_report as unread_report
    from perfeval.report.json_reading import from_json as from_json
    from perfeval.report.json_writing import to_json as to_json
    from perfeval.report.marking import copied_kind as copied_kind
    from perfeval.report.marking import mark as mark
    from perfeval.report.marking import marked_copy as marked_copy
    from perfeval.report.marking import marked_proof as marked_proof
    from perfeval.report.model import Report as Report
    from perfeval.report.national import NationalFormat as NationalFormat
    from perfeval.report.national import to_national as to_national
    from perfeval.report.pairing import diff_files as diff_files
    from perfeval.report.pairing import diff_trees as diff_trees
    from perfeval.report.proofreading import proof as proof
    from perfeval.report.publishing import Published as Published
    from perfeval.report.publishing import excel_form as excel_form
    from perfeval.report.publishing import publish as publish
    from perfeval.report.publishing import write_files as write_files
    from perfeval.report.rendering import publication as publication
    from perfeval.report.rendering import render as render
    from perfeval.report.rendering import write as write
    from perfeval.report.versions import diff as diff
    from perfeval.report.versions import diff_reports as diff_reports
    from perfeval.report.waivers import inspect_waivers as inspect_waivers

_HOMES = {
    "AccountDraft": "drafting",
    "DepartmentReport": "department_model",
    "DraftFile": "drafting",
    "LeftAside": "evaluating",
    "NationalFormat": "national",
    "Published": "publishing",
    "Report": "model",
    "compare": "evaluating",
    "copied_kind": "marking",
    "diff_files": "pairing",
    "diff_trees": "pairing",
    "diff": "versions",
    "diff_reports": "versions",
    "draft": "drafting",
    "evaluate": "evaluating",
    "evaluate_all": "evaluating",
    "evaluate_department": "evaluating",
    "evaluate_folder": "evaluating",
    "evaluate_found": "evaluating",
    "excel_form": "publishing",
    "from_json": "json_reading",
    "inspect_waivers": "waivers",
    "mark": "marking",
    "marked_copy": "marking",
    "marked_proof": "marking",
    "proof": "proofreading",
    "publication": "rendering",
    "publish": "publishing",
    "render": "rendering",
    "report_of_empty_folder": "evaluating",
    "to_json": "json_writing",
    "to_national": "national",
    "unread_report": "evaluating",
    "write": "rendering",
    "write_files": "publishing",
}
__all__ = [*_HOMES]  # noqa: PLE0604 - the keys are the public names
__getattr__ = loader(__name__, _HOMES)
