"""Weights: sections and the whole against the rulebook."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.findings import Finding, Severity
from perfeval.notes import NoteKind
from perfeval.scorecard import Scorecard


def check_weights(scorecard: Scorecard) -> Iterator[Finding]:
    """Check that the weights fit the rulebook."""
    if not scorecard.lines:
        yield Finding("WT104", Severity.WARNING, scorecard.unscored, ("指标",),
                      "编制了指标的，请补录；没有编制的，不能计分")  # fmt: skip
    for gap in scorecard.gaps:
        words = tuple(section.label for section in gap.sections[:1])
        yield Finding("WT101", Severity.ERROR, gap.message, ("指标", *words), "请调整各项分值")
    for position, line in enumerate(scorecard.lines):
        for note in line.notes:
            if note.kind is NoteKind.NO_WEIGHT:
                yield Finding("WT102", Severity.ERROR, note.message, ("指标", position),
                              "请填写分值")  # fmt: skip
            elif note.kind is NoteKind.INFERRED_WEIGHT:
                yield Finding("WT103", Severity.INFO, note.message, ("指标", position, "分值"))
