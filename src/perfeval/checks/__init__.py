"""What a reviewer would find: pure functions from a scorecard, or a department, to findings."""

from __future__ import annotations

# Importing a family enters its checks; ledgers list them in this order.
from perfeval.checks import points, reviewed, reasons, texts, last_year  # noqa: F401  isort: skip
from perfeval.checks import (  # noqa: F401
    across,
    budget,
    form,
    indicators,
    standards,
    tie_outs,
    tie_whole,
    values,
    values_beside,
    weights,
)
from perfeval.checks.policy import SHEET_SCOPES as SHEET_SCOPES
from perfeval.checks.run import Examination as Examination
from perfeval.checks.run import check as check
from perfeval.checks.run import examine as examine
from perfeval.checks.run import examine_department as examine_department
