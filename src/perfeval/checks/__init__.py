"""What a reviewer would find: pure functions from a scorecard to findings."""

from __future__ import annotations

from perfeval.checks.boxes import check_boxes
from perfeval.checks.budget import check_budget
from perfeval.checks.points import check_points
from perfeval.checks.reasons import check_reasons
from perfeval.checks.values import check_values
from perfeval.checks.weights import check_weights
from perfeval.findings import Finding
from perfeval.scorecard import Scorecard


def check(scorecard: Scorecard) -> tuple[Finding, ...]:
    """Check a scored sheet.

    Args:
        scorecard: The scorecard; it holds the sheet and the rulebook it was made from.

    Returns:
        All findings.  In their paths an indicator is ``("指标", position)``.
    """
    return (
        *check_boxes(scorecard),
        *check_budget(scorecard),
        *check_weights(scorecard),
        *check_values(scorecard),
        *check_points(scorecard),
        *check_reasons(scorecard),
    )
