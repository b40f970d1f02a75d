"""方框: what is ticked must be one of the boxes that the form prints."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.findings import Finding, Severity
from perfeval.scorecard import Scorecard


def check_boxes(scorecard: Scorecard) -> Iterator[Finding]:
    """Check the ticked boxes against the form."""
    sheet = scorecard.sheet
    ticked = {"项目类别": sheet.category, "项目属性": sheet.attribute, "项目类型": sheet.type}
    for name, options in scorecard.form.options.items():
        value = ticked.get(name)
        if value is not None and value not in options:
            yield Finding("FM101", Severity.WARNING, f"“{value}”不是表上{name}的选项", (name,),
                          f"可以写：{'、'.join(options)}")  # fmt: skip
