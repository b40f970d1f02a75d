"""From a file to its report: the one place that joins the stages."""

from perfeval.report.departments import DepartmentReport, evaluate_department
from perfeval.report.publishing import publication, render
from perfeval.report.sheets import Report, compare, evaluate
from perfeval.report.waivers import inspect_waivers

__all__ = [
    "DepartmentReport",
    "Report",
    "compare",
    "evaluate",
    "evaluate_department",
    "inspect_waivers",
    "publication",
    "render",
]
