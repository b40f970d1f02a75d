"""Two reports, or two folders of files, compared: what changed, with its places."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.codes import ASSUMED
from perfeval.fields import word_of
from perfeval.findings import Finding, Severity
from perfeval.numbers import plain
from perfeval.places import NOTHING, Path, Place, step_into
from perfeval.readers.files import Root, SourceInput
from perfeval.readers.located import Located
from perfeval.readers.rulebooks import rulebook_ids
from perfeval.report.evaluating import Given, evaluate
from perfeval.report.model import Report
from perfeval.review.comparing import compared
from perfeval.review.difference import PairReason, SheetDiff, SheetVersion
from perfeval.review.points import points_changes
from perfeval.review.returned import finding_changes
from perfeval.review.versions import Version, in_words
from perfeval.rulebook import Rulebook
from perfeval.sheet import BUDGET, FUNDS, INDICATORS, Sheet

_RULEBOOK = (word_of(Sheet, "rulebook"),)


def diff(
    old: SourceInput,
    new: SourceInput,
    *,
    rulebook: Given = None,
    root: Root = None,
    old_table: str = "",
    new_table: str = "",
) -> SheetDiff:
    """Compare two versions of a sheet: what changed, what of it was asked for, what was mended.

    A change was asked for where an error or a warning of the old version stands at the value, or
    stands in its row and names it in what is to be done; what is only written otherwise (white
    space, width, separators of thousands, zeros behind the point) is told apart.

    Args:
        old: The old version; see `evaluate`.
        new: The new version, of the same kind of file or of another.
        rulebook: See `evaluate`; it holds for both.
        root: See `evaluate`.
        old_table: Which table of the old file; see `evaluate`.
        new_table: Which table of the new one.

    Returns:
        The differences.  Where a version cannot be read its findings are in it, and nothing else.

    Raises:
        RulebookError: The rulebook given as argument is unknown or wrong.
        TypeError: One of the two is nothing that can be read.

    >>> sheet = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    >>> from perfeval import dump, load_sheet
    >>> text = dump(load_sheet(sheet)).replace("完成值: 26", "完成值: 30")
    >>> [str(change) for change in diff(sheet, text).unasked]
    ['产出指标/数量指标/享受运营补贴线下服务网点数量 · 完成值：26 → 30']
    """

    def before(book: Given = rulebook) -> Report:
        return evaluate(old, rulebook=book, root=root, table=old_table)

    def after(book: Given = rulebook) -> Report:
        return evaluate(new, rulebook=book, root=root, table=new_table)

    return diff_reports(*aligned(before, after))


class Aligned(NamedTuple):
    """Two reports by one rulebook, and what was done for that."""

    old: Report
    new: Report
    remark: str = ""


def aligned(before: Callable[..., Report], after: Callable[..., Report]) -> Aligned:
    """Return two reports; of an office file that states no rulebook by that of the other.

    Args:
        before: Evaluates the old version, by another rulebook where it is given one.
        after: Evaluates the new one.
    """
    old, new = before(), after()
    if _lacks_rulebook(old) is _lacks_rulebook(new) or _id_of(old) == _id_of(new):
        return Aligned(old, new)
    if _lacks_rulebook(new) and old.rulebook is not None:
        return Aligned(old, after(_named(old.rulebook)), _said("新", "旧", old.rulebook))
    if _lacks_rulebook(old) and new.rulebook is not None:
        return Aligned(before(_named(new.rulebook)), new, _said("旧", "新", new.rulebook))
    return Aligned(old, new)


def _said(without: str, of_other: str, book: Rulebook) -> str:
    return f"{without}的一份没有写评分办法，按{of_other}的一份的 {book.id} 比"


def _named(book: Rulebook) -> Given:
    """Return a rulebook as it is to hold in the year of another sheet."""
    return book.id if book.id in rulebook_ids() else book


def _id_of(report: Report) -> str:
    return "" if report.rulebook is None else report.rulebook.id


def _lacks_rulebook(report: Report) -> bool:
    """Tell whether an office file states no rulebook: its layout stands for one, or nothing."""
    if report.located.source.cells is None:
        return False
    is_assumed = any(item.code == ASSUMED and item.path == _RULEBOOK for item in report.findings)
    return is_assumed or report.rulebook is None


def diff_reports(
    old: Report, new: Report, remark: str = "", *, pairing: PairReason = PairReason.GIVEN
) -> SheetDiff:
    """Compare two reports.

    Args:
        old: The report of the old version.
        new: That of the new one.
        remark: What is to be known of them.
        pairing: By what they are taken for versions of one sheet.
    """
    sides = version_of(old), version_of(new)
    before, after = _compared_side(old), _compared_side(new)
    if before is None or after is None:
        return SheetDiff(old=sides[0], new=sides[1], pairing=pairing, remark=remark)
    found = compared(before, after)
    for report in (old, new):
        report.located.source.forget_places()
    return SheetDiff(
        old=sides[0],
        new=sides[1],
        pairing=pairing,
        remark=remark,
        changes=found.changes,
        rows=found.rows,
        points=points_changes(before.scorecard, after.scorecard, found.rows),
        findings=finding_changes(before, after, found.rows, found.changes),
    )


def version_of(report: Report) -> SheetVersion:
    """Return what is told of one version."""
    card, found = report.scorecard, report.findings
    levels = [item.severity for item in found]
    version = SheetVersion(
        name=report.name,
        errors=levels.count(Severity.ERROR),
        warnings=levels.count(Severity.WARNING),
        problems=() if card is not None else found,
    )
    if report.sheet is not None:
        sheet = report.sheet
        version = version._replace(
            title=sheet.name,
            year=sheet.year,
            money_unit=sheet.money_unit.value,
            caveat=sheet.caveat,
        )
    return (
        version
        if card is None
        else version._replace(
            stamp=card.stamp,
            total=card.total,
            low=card.low,
            high=card.high,
            grade=card.grade or "",
            measured=card.measured,
            claimed=card.claimed,
            filed_total=card.filed_total,
        )
    )


def _compared_side(report: Report) -> Version | None:
    if report.sheet is None or report.scorecard is None:
        return None
    places = _Places(report.located)
    return Version(
        sheet=report.sheet,
        findings=tuple(map(places.in_words, report.findings)),
        waived=tuple(one._replace(finding=places.in_words(one.finding)) for one in report.waived),
        scorecard=report.scorecard,
        places=places.places,
        written=places.written,
        is_table=report.located.source.cells is not None,
    )


class _Places:
    """Tells where the values of a sheet stand in what was read."""

    def __init__(self, located: Located) -> None:
        self._located = located
        blocks = (((INDICATORS,), located.rows), ((BUDGET, FUNDS), located.funds))
        self._rows: dict[Path, Path] = {
            path: (*block, at) for block, rows in blocks for at, path in enumerate(rows)
        }
        self._own_rows = {row: path for path, row in self._rows.items()}
        self._kept: dict[Path, Any] = {}

    def in_words(self, finding: Finding) -> Finding:
        """Return a finding with its path in the words of the model."""
        path = finding.path
        for end in range(len(path), 0, -1):
            row = self._rows.get(path[:end])
            if row is not None:
                return finding._replace(path=in_words((*row, *path[end:])))
        return finding._replace(path=in_words(path))

    def places(self, path: Path) -> tuple[Place, ...]:
        """Return where a value stands."""
        return self._located.place(Finding("", Severity.INFO, "", path)).finding.places

    def written(self, path: Path) -> str | None:
        """Return how a value is written; ``None`` where there is none by itself."""
        value = self._held(path)
        if isinstance(value, Decimal):
            return plain(value)
        return value.strip() if isinstance(value, str) else None

    def _held(self, path: Path) -> Any:
        """Return what stands at a path, or `NOTHING`; what holds several is kept at hand."""
        if path not in self._kept:
            if not path:
                return self._located.data
            value = self._own(path)
            if not isinstance(value, dict | list):
                return value
            self._kept[path] = value
        return self._kept[path]

    def _own(self, path: Path) -> Any:
        own = self._own_rows.get(path)
        if own is not None:
            value = self._located.data
            for step in own:
                value = step_into(value, step)
            return value
        above, step = self._held(path[:-1]), path[-1]
        words = self._located.words.get(step, ()) if isinstance(step, str) else ()
        found = (step_into(above, word) for word in (step, *words))
        return next((value for value in found if value is not NOTHING), NOTHING)
