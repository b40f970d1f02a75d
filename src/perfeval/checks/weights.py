"""分值: sections and the whole against the rulebook, and how points are spread."""

from __future__ import annotations

from perfeval.cells.levels import Section
from perfeval.checks.notes import enter_notes
from perfeval.checks.registry import FINE, LACKING, Fault, Results, sheet_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import subtract, trimmed
from perfeval.scorecard import Basis, Scorecard


@sheet_check("WT101", Severity.ERROR)
def weights_unlike_rulebook(card: Scorecard) -> Results:
    """The weights of a section or goal are not those of the rulebook."""
    if not card.lines:
        return
    for gap in card.gaps:
        words = tuple(section.label for section in gap.sections[:1])
        stake = subtract(gap.actual, gap.expected).copy_abs()
        yield Fault(gap.message, ("指标", *words), "请调整各项分值", stake)
    if not card.gaps:
        yield FINE


enter_notes("WT")


@sheet_check("WT104", Severity.WARNING)
def no_indicators(card: Scorecard) -> Results:
    """The sheet has no indicators."""
    if card.lines:
        yield FINE
    else:
        yield Fault(card.why_unscored, ("指标",), "编制了指标的，请补录；没有编制的，不能计分")


_SPREAD = (Section.OUTPUT, Section.BENEFIT, Section.COST)


@sheet_check("WT105", Severity.INFO, Nature.HEURISTIC)
def all_points_on_one_line(card: Scorecard) -> Results:
    """All points of a section hang on one indicator, which no figure measures."""
    for section, positions, weight in card.sheet.sections.values():
        if section.group not in _SPREAD or weight < card.rulebook.checking.one_line:
            continue
        line = card.lines[positions[0]]
        if len(positions) == 1 and line.points is None:
            yield LACKING
        elif len(positions) == 1 and line.basis is not Basis.MEASURED:
            yield Fault(
                f"{section.label} {trimmed(weight)} 分全在一个指标上，而且不按数计算",
                ("指标", positions[0], "分值"),
                "请分设几个可以衡量的指标",
                weight,
            )
        else:
            yield FINE
