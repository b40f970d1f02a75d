"""What reviewers do with results: compare, rank, draw, re-score, and say what came of it.

Everything here is pure: values go in and values come out.  Files are read by `perfeval.report` and
written by `perfeval.documents.review`.
"""

from perfeval.review.auditing import audit
from perfeval.review.evidence import (
    EvidenceFile,
    EvidenceList,
    EvidenceRow,
    EvidenceStatus,
    GivenProof,
    evidence_list,
)
from perfeval.review.grading import (
    CodeSum,
    GradedRow,
    GradedWorkpaper,
    Grading,
    ReviewEntry,
    deductions,
    grade,
)
from perfeval.review.profile import (
    DeductionCode,
    DeductionScope,
    DeviationBase,
    DeviationRule,
    ReviewLevel,
    ReviewProfile,
)
from perfeval.review.workpaper import RowFinding, Workpaper, WorkpaperRow

__all__ = [
    "CodeSum",
    "DeductionCode",
    "DeductionScope",
    "DeviationBase",
    "DeviationRule",
    "EvidenceFile",
    "EvidenceList",
    "EvidenceRow",
    "EvidenceStatus",
    "GivenProof",
    "GradedRow",
    "GradedWorkpaper",
    "Grading",
    "ReviewEntry",
    "ReviewLevel",
    "ReviewProfile",
    "RowFinding",
    "Workpaper",
    "WorkpaperRow",
    "audit",
    "deductions",
    "evidence_list",
    "grade",
]
