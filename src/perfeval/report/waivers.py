"""Files of waivers: what is wrong with them, once the sheets were checked on their terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perfeval.checks.ledgers import waiver_ledger
from perfeval.checks.waivers import waiver_faults
from perfeval.findings import Inspection, Ledger, Placed, with_fingerprints, worst_first
from perfeval.readers.located import Located
from perfeval.readers.waivers import ReadWaivers
from perfeval.report.evaluating import subject_name
from perfeval.sheet import Waiver


def inspect_waivers(
    files: Iterable[ReadWaivers], inspections: Sequence[Inspection], today: str | None
) -> Iterator[Inspection]:
    """Yield what is wrong with files of waivers, for each file with something wrong.

    Args:
        files: The files whose waivers, one file's after the other's, were `CheckOptions.waivers`.
        inspections: What was found on these terms.
        today: The day by which waivers expire; ``None`` where none does.
    """

    def ledgers(waiver: Waiver) -> list[Ledger]:
        return [item.ledger for item in inspections if waiver.project in (None, item.title)]

    used = {item.waiver for inspection in inspections for item in inspection.waived}
    first = 0
    for file in files:
        positions = [at for at in range(len(file.waivers)) if first + at in used]
        first += len(file.waivers)
        faults = waiver_faults(file.waivers, positions, today, ledgers)
        found = list(map(file.located.place, faults))
        if found:
            yield _inspection_of_waivers(file.located, found)


def _inspection_of_waivers(located: Located, found: Sequence[Placed]) -> Inspection:
    findings = with_fingerprints(found, subject_name(None, located))
    return Inspection(
        located.name,
        "豁免文件",
        findings=tuple(sorted(findings, key=worst_first)),
        ledger=waiver_ledger(findings),
    )
