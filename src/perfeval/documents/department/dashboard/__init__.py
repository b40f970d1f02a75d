"""总览 of a department as one HTML page, and a page for each of its sheets."""

from perfeval.documents.department.dashboard.page import dashboard, project_page
from perfeval.documents.department.dashboard.results import Link, SheetResult

__all__ = ["Link", "SheetResult", "dashboard", "project_page"]
