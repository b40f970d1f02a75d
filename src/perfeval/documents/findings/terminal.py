"""What a check found, as text for a terminal: the summary first, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from perfeval.documents.alignment import TextColumn, lay_out, line_by_line, printable
from perfeval.documents.findings.inspections import Counts, points_text, ranked
from perfeval.documents.findings.text import counts_text, finding_text
from perfeval.findings import Finding, Inspection, Nature, Severity, Status

_TITLE = 48
_COLUMNS = (TextColumn(limit=_TITLE), *(TextColumn(is_right=True) for _ in range(4)))
HEADINGS = ("材料", "错误", "警告", "提示", "涉及分值")


def report_text(
    inspections: Sequence[Inspection],
    *,
    with_hints: bool,
    ambiguous: int = 1,
    within: int | None = None,
) -> Iterator[str]:
    """Yield the report, part by part: a summary where there are several files, then each file.

    Args:
        inspections: What was found, file by file.
        with_hints: Findings of the lowest level are listed too.
        ambiguous: The width of an ambiguous character.
        within: How many cells a row of the summary may take; ``None`` for any number.
    """
    order = ranked(inspections)
    if len(order) > 1:
        rows = [HEADINGS, *(summary_row(item, counts) for item, counts in order)]
        yield "\n".join([*lay_out(rows, _COLUMNS, ambiguous=ambiguous, within=within), ""])
    for inspection, _ in order:
        if text := inspection_text(inspection, with_hints=with_hints, ambiguous=ambiguous):
            yield text


def inspection_text(inspection: Inspection, *, with_hints: bool, ambiguous: int = 1) -> str:
    """Return what was found in one file, and an empty line; empty where nothing is shown.

    Args:
        inspection: What was found.
        with_hints: See `report_text`.
        ambiguous: See `report_text`.
    """
    causes = inspection.causes
    shown = [one for one in causes if with_hints or one.severity is not Severity.INFO]
    if not shown:
        return ""
    heading = printable(inspection.title or inspection.name)
    texts = (_finding(finding, ambiguous) for finding in shown)
    return "\n".join([f"── {heading}（{counts_text(causes)}）", *texts, ""])


def summary_row(inspection: Inspection, counts: Counts) -> tuple[str, ...]:
    """Return the cells of a file's line in the summary."""
    numbers = (counts.errors, counts.warnings, counts.hints)
    stake = points_text(counts.stake) if counts.stake else ""
    return (
        printable(inspection.title or f"{inspection.name}（没有读通）"),
        *(str(number or "") for number in numbers),
        stake,
    )


def running_summary(
    *, ambiguous: int = 1, within: int | None = None
) -> Callable[[Sequence[str]], list[str]]:
    """Return what sets the lines of a summary one after another.

    Args:
        ambiguous: See `report_text`.
        within: See `report_text`.
    """
    model = ("一" * (_TITLE // 2), *HEADINGS[1:])
    return line_by_line(model, _COLUMNS, ambiguous=ambiguous, within=within)


def _finding(finding: Finding, ambiguous: int) -> str:
    """Write a finding, and what kind of knowledge it is where it is no plain fact."""
    text = finding_text(finding, ambiguous=ambiguous)
    if finding.nature is Nature.DECIDABLE:
        return text
    head, *rest = text.split("\n")
    return "\n".join([f"{head}（{finding.nature.value}）", *rest])


def ledger_text(inspections: Sequence[Inspection], *, ambiguous: int = 1) -> str:
    """Write the ledger: for every file how many checks came out how, adding up to all of them."""
    statuses = list(Status)
    headings = ("校核台账", *(status.value for status in statuses), "合计")
    counted = [(item.title or item.name, Counter(item.ledger.values())) for item in inspections]
    whole: Counter[Status] = Counter()
    for _, counts in counted:
        whole.update(counts)
    rows = [headings, *(_ledger_row(name, counts) for name, counts in counted)]
    if len(counted) > 1:
        rows.append(_ledger_row("合计", whole))
    columns = [
        TextColumn(limit=_TITLE),
        *(TextColumn(is_right=True) for _ in range(len(statuses) + 1)),
    ]
    lines = lay_out(rows, columns, ambiguous=ambiguous)
    return "\n".join([*lines, "", *_open_checks(inspections)]).rstrip()


def _ledger_row(name: str, counts: Counter[Status]) -> tuple[str, ...]:
    numbers = [counts[status] for status in Status]
    return (printable(name), *map(str, numbers), str(sum(numbers)))


_OPEN = (Status.LACKING, Status.UNREADABLE, Status.WAIVED)


def _open_checks(inspections: Sequence[Inspection]) -> Iterator[str]:
    """Yield, file by file, which checks could not be done; of a single file all, by status."""
    for inspection in inspections:
        told = Status if len(inspections) == 1 else _OPEN
        for status in told:
            codes = [code for code, found in inspection.ledger.items() if found is status]
            if codes:
                name = printable(inspection.title or inspection.name)
                yield f"{name}　{status.value}：{'、'.join(codes)}"
