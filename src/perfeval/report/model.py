"""What is known when all stages are done: of one sheet, and of a department."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfeval.department import Department
from perfeval.findings import Finding, Inspection, Ledger, Severity, Waived
from perfeval.readers.located import Located
from perfeval.rulebook import Rulebook
from perfeval.scorecard import Scorecard
from perfeval.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that perfeval knows about one sheet.

    Attributes:
        name: The file, or the project's name for a plain dict.
        sheet: The sheet; ``None`` where the input has errors.
        rulebook: The rulebook that applies; ``None`` where there is none.
        scorecard: Its points; ``None`` without a sheet or a rulebook.
        findings: Everything found that counts, the worst first.
        waived: What was accepted, and why.
        ledger: What became of every check.
        located: What was read, and where in it each value stands; two reports that say the same
            are equal whatever they were read from.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.is_read, report.sheet.name == report.inspection.title
    (True, True)
    """

    name: str
    sheet: Sheet | None
    rulebook: Rulebook | None
    scorecard: Scorecard | None
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    ledger: Ledger = field(default_factory=dict)
    located: Located = field(compare=False, repr=False)

    @property
    def inspection(self) -> Inspection:
        """What was found, as the documents about findings take it."""
        return Inspection(
            name=self.name,
            title=self.sheet.name if self.sheet else "",
            stamp=self.rulebook.stamp if self.rulebook else None,
            findings=self.findings,
            waived=self.waived,
            ledger=self.ledger,
        )

    @property
    def is_read(self) -> bool:
        """The sheet could be read and its rulebook is known."""
        return self.scorecard is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of error level."""
        return tuple(item for item in self.findings if item.severity is Severity.ERROR)


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
