"""From what was seen to what counts: places, fingerprints, waivers, the baseline, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perfeval.checks.ledgers import reading_ledger, with_waived
from perfeval.checks.policy import EVERYTHING, Selection, successor
from perfeval.checks.waivers import accept, waive, waiver_faults
from perfeval.findings import (
    Finding,
    Ledger,
    Placed,
    Status,
    Waived,
    with_fingerprints,
    worst_first,
)
from perfeval.later import regex
from perfeval.sheet import Sheet, Waiver

_DAY = regex("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """On what terms sheets are checked.

    Attributes:
        selection: Which checks, and how much they weigh, on top of the rulebook's choice.
        waivers: Waivers beside those that stand in the sheets.
        today: The day by which waivers expire, as ``2024-05-01``; ``None`` where none does.
        baseline: The fingerprints of findings that were accepted before.
        last_year: Sheets of earlier years, with which those of the same projects are compared;
            ``None`` where none are.

    >>> from perfeval import evaluate
    >>> terms = CheckOptions(today="2024-05-01")
    >>> evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金", terms=terms).is_read
    True
    """

    selection: Selection = EVERYTHING
    waivers: tuple[Waiver, ...] = ()
    today: str | None = None
    baseline: frozenset[str] = frozenset()
    last_year: tuple[Sheet, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a day that cannot be compared with those of waivers.

        Raises:
            ValueError: It is written otherwise.
            TypeError: It is no text.
        """
        if self.today is None:
            return
        if not isinstance(self.today, str):
            raise TypeError("today 应是文字，如 2024-05-01")
        if not _DAY.fullmatch(self.today):
            raise ValueError(f"today 应写成 2024-05-01 的样子，不是“{self.today}”")


class CheckResult(NamedTuple):
    """What counts, what was accepted, and what became of every check."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    ledger: dict[str, Status]


class CheckedFile(NamedTuple):
    """The file that was checked, a sheet or a department, as waivers see it.

    Attributes:
        name: 项目名称, 部门名称, or the file's name where it could not be read.
        waivers: The waivers that stand in it.
        place: Finds the place of a finding, and the words that lead there.
        is_text: It is a text with data in it.
        has_fields: The data have fields; a list has none.
        has_rulebook: Its rulebook was read.
        is_table: The data stood in a table of an office file.
    """

    name: str
    waivers: Sequence[Waiver]
    place: Callable[[Finding], Placed]
    is_text: bool
    has_fields: bool
    has_rulebook: bool
    is_table: bool = False


def apply_waivers(
    checked: CheckedFile,
    read: Iterable[Placed],
    seen: Iterable[Finding],
    ledger: dict[str, Status],
    terms: CheckOptions,
) -> CheckResult:
    """Settle what counts of one file.

    Args:
        checked: The file.
        read: What reading it found.
        seen: What the checks found, not yet placed.
        ledger: What became of the checks.
        terms: Waivers, baseline and day.
    """
    placed = [*read, *map(checked.place, seen)]
    marked = with_fingerprints(placed, checked.name)
    anchors = [item.anchor for item in placed]
    waivers = (*terms.waivers, *checked.waivers)
    waiving = waive(marked, anchors, waivers, subject=checked.name, today=terms.today)
    used = [position - len(terms.waivers) for position in waiving.used]
    own = _own_faults(checked, used, terms.today, ledger)
    accepted = accept((*waiving.findings, *own), terms.baseline)
    waived = (*waiving.waived, *accepted.waived)
    reading = reading_ledger(
        accepted.findings,
        is_text=checked.is_text,
        has_fields=checked.has_fields,
        has_rulebook=checked.has_rulebook,
        has_waivers=bool(checked.waivers),
        is_table=checked.is_table,
    )
    findings = tuple(sorted(accepted.findings, key=worst_first))
    return CheckResult(findings, waived, with_waived({**reading, **ledger}, findings, waived))


def _own_faults(
    checked: CheckedFile, used: Iterable[int], today: str | None, ledger: Ledger
) -> tuple[Finding, ...]:
    """Return what is wrong with the waivers that stand in the file.

    What looks at other files does not apply to this one.
    """

    def ledgers(waiver: Waiver) -> list[Ledger]:
        return [{successor(waiver.code): Status.NOT_APPLICABLE, **ledger}]

    faults = waiver_faults(checked.waivers, used, today, ledgers)
    return with_fingerprints(map(checked.place, faults), checked.name)
