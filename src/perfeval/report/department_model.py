"""What is known of a department when all stages are done."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfeval.department import Department
from perfeval.findings import Finding, Inspection, Ledger, Waived
from perfeval.readers.located import Located
from perfeval.report.model import Report
from perfeval.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentReport:
    """All that perfeval knows about one department.

    Attributes:
        name: Its file, or the department's name for a plain dict.
        department: The department; ``None`` where its input has errors.
        rulebook: Its rulebook; ``None`` where there is none.
        sheets: The reports of its sheets, in their order.
        findings: What was found in its own input and between its sheets, the worst first.
        waived: What was accepted, and why.
        ledger: What became of every check of departments.
        located: What was read of the department itself, as in `Report`.
        aside: What lies in its folder and is no sheet, each with the reason; it is not compared,
            and not in JSON.

    >>> from perfeval import evaluate_department
    >>> report = evaluate_department("shipped:qingshan-2023")
    >>> len(report.sheets), len(report.inspections)
    (19, 20)
    """

    name: str
    department: Department | None
    rulebook: Rulebook | None
    sheets: tuple[Report, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    ledger: Ledger = field(default_factory=dict)
    located: Located = field(compare=False, repr=False)
    aside: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def inspections(self) -> tuple[Inspection, ...]:
        """What was found in the department and in each of its sheets."""
        own = Inspection(
            name=self.name,
            title=self.department.name if self.department else "",
            stamp=self.rulebook.stamp if self.rulebook else None,
            findings=self.findings,
            waived=self.waived,
            ledger=self.ledger,
        )
        return (own, *(report.inspection for report in self.sheets))
