"""总览 of a department as one HTML page."""

from perfeval.documents.department.dashboard.page import dashboard
from perfeval.documents.department.dashboard.results import Link, SheetResult

__all__ = ["Link", "SheetResult", "dashboard"]
