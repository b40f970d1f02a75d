"""From the lines of a document to what was found in it: the room's one way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from perfeval.accounts import (  # noqa: F401 - the forms
    account_names,
    beside_relations,
    performance,
    rates,
    sameness,
    statements,
    sums,
    wording,
)
from perfeval.accounts.account import Account
from perfeval.accounts.beside import BesideSheet
from perfeval.accounts.damage import damage_of
from perfeval.accounts.items import ListKind
from perfeval.accounts.results import (
    FORMS,
    AccountRelation,
    RelationLevel,
    RelationResult,
    RelationStatus,
    relations,
)
from perfeval.accounts.text import Spot
from perfeval.codes import ACCOUNT_CUT, ACCOUNT_ROUNDED, ACCOUNT_UNREAD
from perfeval.findings import Finding, Nature, Placed, Severity, with_fingerprints
from perfeval.places import Place, TablePlace

_SEVERITIES = {
    RelationLevel.ERROR: (Severity.ERROR, Nature.DECIDABLE),
    RelationLevel.WARNING: (Severity.WARNING, Nature.DECIDABLE),
    RelationLevel.QUESTION: (Severity.WARNING, Nature.EVIDENCE),
    RelationLevel.HINT: (Severity.INFO, Nature.HEURISTIC),
}


@dataclass(frozen=True, slots=True)
class ProofFigure:
    r"""A figure of a document and what it says.

    Attributes:
        spot: Where its first digit stands.
        text: It and its unit as printed.
        subject: Whose it is; empty where it is not understood.
        measure: What of its subject it is; empty where it is not understood.
        year: Of which year.
        value: The number as printed, without its thousands' commas.
        unit: Its unit, empty where none is printed.
        comparison: Against what a change is measured; empty where it is none.
        falls: Whether it is a decrease.
        base: The words of what a rate is a rate of.
        bound: Whether it is understood.

    >>> from perfeval import proof
    >>> figure = proof("一、收入支出决算总体情况说明\n2023年度收、支总计80万元，共计。").figures[0]
    >>> figure.subject, figure.measure, figure.value, figure.spot.line
    ('收支总计', '决算数', '80', 2)
    """

    spot: Spot
    text: str
    subject: str
    measure: str
    year: int | None
    value: str
    unit: str
    comparison: str
    falls: bool
    base: str
    bound: bool


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    r"""What became of one relation in a document.

    Attributes:
        relation: Its name.
        numbers: Which of the relations that offices check it is.
        code: The code of its findings.
        status: What became of it.
        held: In how many places it holds.

    >>> from perfeval import proof
    >>> text = "一、收入支出决算总体情况说明\n2023年度收、支总计80万元，共计。"
    >>> proof(text).ledger[0].status.value
    'no_data'
    """

    relation: str
    numbers: tuple[int, ...]
    code: str
    status: RelationStatus
    held: int


@dataclass(frozen=True, slots=True)
class ProofReport:
    """All that was found in a published document.

    Attributes:
        name: The file; empty where there is none.
        refused: Why the document was not proofread; ``None`` where it was.
        year: The year of the accounts.
        figures: Every figure, also those that are not understood.
        findings: What was found, the worst first.
        ledger: What became of every relation.
        digest: SHA-256 of the file; ``None`` where a text was given.

    >>> from perfeval.accounts.account import understand
    >>> report = proofread(understand([]))
    >>> report.refused is None
    False
    """

    name: str = ""
    refused: str | None = None
    year: int | None = None
    figures: tuple[ProofFigure, ...] = ()
    findings: tuple[Finding, ...] = ()
    ledger: tuple[LedgerEntry, ...] = field(default=())
    digest: str | None = None

    @property
    def has_errors(self) -> bool:
        """Whether two figures or statements were found that cannot both hold."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def unbound(self) -> tuple[ProofFigure, ...]:
        """The figures that are not understood."""
        return tuple(figure for figure in self.figures if not figure.bound)


def proofread(
    account: Account,
    name: str = "",
    *,
    notes: Sequence[str] = (),
    beside: Sequence[BesideSheet] = (),
    others: Sequence[Finding] = (),
) -> ProofReport:
    """Proofread a document.

    Args:
        account: The document as it was understood.
        name: The file, for findings.
        notes: What of the file, and of what lies beside it, could not be read.
        beside: The 自评表 with which it is compared.
        others: What was found in the 自评表 that stand in it, each with its place.
    """
    account = replace(account, beside=tuple(beside))
    reason = damage_of(account.document)
    if reason:
        return ProofReport(name=name, refused=reason)
    seen = [(relation, list(FORMS[relation.form](account, relation))) for relation in relations()]
    findings = [Placed(_unread(account, note, name)) for note in notes]
    findings += _all_found(account, seen, name)
    found = list(_without_repeats(with_fingerprints(findings, name)))
    found += _not_told(others, found)
    return ProofReport(
        name=name,
        year=account.year,
        figures=tuple(_figures(account)),
        findings=tuple(sorted(found, key=_worst_first)),
        ledger=tuple(_entry(relation, results) for relation, results in seen),
    )


def _not_told(others: Iterable[Finding], found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what was found in a form, where nothing was found in the same row of the document."""
    rows = {row for finding in found for place in finding.places if (row := _row(place))}
    for finding in others:
        if finding.places and _row(finding.places[0]) not in rows:
            yield finding


def _row(place: Place) -> tuple[int, int] | None:
    return (place.table, place.row) if isinstance(place, TablePlace) else None


def _unread(account: Account, note: str, name: str) -> Finding:
    place = account.document.place(0)
    return Finding(ACCOUNT_UNREAD, Severity.WARNING, note, file=name, places=(place,))


def _all_found(
    account: Account, seen: Sequence[tuple[AccountRelation, list[RelationResult]]], name: str
) -> Iterator[Placed]:
    """Yield what all relations found, and one note for what rounding explains in a section."""
    notes: dict[tuple[str, int], list[RelationResult]] = {}
    for relation, results in seen:
        for result in _each_once(results):
            if result.status in (RelationStatus.BROKEN, RelationStatus.NOT_UNDERSTOOD):
                yield _found(account, relation, result, name)
            elif result.status is RelationStatus.ROUNDING:
                notes.setdefault(_note_key(account, result), []).append(result)
    for (code, _), results in notes.items():
        yield _note(account, code, results, name)


_ORDER = {severity: order for order, severity in enumerate(Severity)}


def _worst_first(finding: Finding) -> tuple[int, object]:
    return _ORDER[finding.severity], finding.places[0].order


def _each_once(results: Iterable[RelationResult]) -> Iterator[RelationResult]:
    """Yield results, those at the same places once."""
    seen = set()
    for result in results:
        key = (frozenset(result.at), result.code, result.status)
        if key not in seen:
            seen.add(key)
            yield result


def _entry(relation: AccountRelation, results: Sequence[RelationResult]) -> LedgerEntry:
    found = {result.status for result in results}
    order = (
        RelationStatus.BROKEN,
        RelationStatus.ROUNDING,
        RelationStatus.NOT_UNDERSTOOD,
        RelationStatus.HELD,
        RelationStatus.NO_DATA,
    )
    status = next((item for item in order if item in found), RelationStatus.NOT_APPLICABLE)
    held = sum(result.status is RelationStatus.HELD for result in results)
    return LedgerEntry(relation.name, relation.numbers, relation.code, status, held)


def _found(
    account: Account, relation: AccountRelation, result: RelationResult, name: str
) -> Placed:
    level = result.level or relation.level
    if result.doubted and level is RelationLevel.ERROR:
        level = RelationLevel.QUESTION
    severity, nature = _SEVERITIES[level]
    document = account.document
    finding = Finding(
        code=result.code or relation.code,
        severity=severity,
        message=result.message,
        hint=result.hint,
        file=name,
        places=tuple(dict.fromkeys(map(document.place, result.at))),
        excerpt=document.line_at(result.at[0]).strip(),
        nature=nature,
    )
    return Placed(finding, (relation.name,))


def _note_key(account: Account, result: RelationResult) -> tuple[str, int]:
    """Group what is explained by rounding: one note for each section and kind."""
    at = result.at[0]
    sections = enumerate(account.sections)
    section = next((order for order, item in sections if item.start <= at < item.end), -1)
    return result.code or ACCOUNT_ROUNDED, section


def _note(account: Account, code: str, results: Sequence[RelationResult], name: str) -> Placed:
    """Return one note on all that is explained by rounding in one section."""
    document = account.document
    first = results[0]
    word = "截位（没有四舍五入）" if code == ACCOUNT_CUT else "四舍五入"
    more = f"；同类共 {len(results)} 处" if len(results) > 1 else ""
    finding = Finding(
        code=code,
        severity=Severity.INFO,
        message=f"{first.message}，差异可由{word}解释{more}",
        file=name,
        places=tuple(dict.fromkeys(document.place(result.at[0]) for result in results)),
        excerpt=document.line_at(first.at[0]).strip(),
    )
    return Placed(finding, (code,))


def _without_repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings; of those with one code at the same main place and message the first."""
    seen = set()
    for finding in findings:
        key = finding.code, finding.places[:1], finding.message
        if key not in seen:
            seen.add(key)
            yield finding


def _figures(account: Account) -> Iterator[ProofFigure]:
    names = {item.subject: f"{item.kind}/{item.name}" for item in account.items}
    names |= {
        figure.subject: f"{ListKind.POINTS.value}/{figure.name}"
        for figure in account.figures
        if figure.subject.startswith(f"{ListKind.POINTS.value}/")
    }
    for figure in account.figures:
        value = figure.text[: len(figure.text) - len(figure.unit)].replace(",", "")
        yield ProofFigure(
            spot=account.document.spot(figure.start),
            text=figure.text,
            subject=names.get(figure.subject, figure.subject) if figure.is_bound else "",
            measure=figure.measure.value if figure.measure else "",
            year=figure.year,
            value=value,
            unit=figure.unit,
            comparison=figure.compared.value if figure.compared else "",
            falls=figure.falls,
            base=figure.base,
            bound=figure.is_bound,
        )
