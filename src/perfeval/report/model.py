"""What is known of one sheet when all stages are done."""

from __future__ import annotations

from dataclasses import dataclass, field

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
