"""Which changes were asked for: by what was found in the old version, and where.

A change was asked for where an error or a warning of the old version stands at the value itself;
where one stands in the same row, or above rows, and says in what is to be done the words by which
the value is known; or, for a row that came, went, or stands elsewhere, where one stands at the
row, its name or its levels, or at the list as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from perfeval.cells.tables import words_data
from perfeval.fields import Model, word_of
from perfeval.findings import Finding, Severity
from perfeval.places import Path
from perfeval.review.difference import ChangeKind, ChangeStanding, ValueChange
from perfeval.sheet import (
    BUDGET,
    Budget,
    FiledBudget,
    FiledSection,
    FiledTotal,
    Indicator,
    MergedPoints,
    Sheet,
    SubIndicator,
)

_ASKING = (Severity.ERROR, Severity.WARNING)
FILED = word_of(Sheet, "filed")
_NAMING = frozenset(word_of(Indicator, name) for name in ("name", "section", "aspect"))
_FOLLOWING: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Indicator, ("filed",)),
    (SubIndicator, ("filed",)),
    (FiledBudget, ("rate", "points")),
    (FiledSection, ("points",)),
    (FiledTotal, ("total", "grade")),
    (MergedPoints, ("points",)),
)
"""Figures that are filed of others, and change with them."""
_FOLLOWING_WORDS = frozenset(word_of(model, name) for model, names in _FOLLOWING for name in names)


class Requests:
    """What was asked for in the old version."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._at: dict[Path, list[Finding]] = defaultdict(list)
        self._in_row: dict[Path, list[Finding]] = defaultdict(list)
        self._general: list[Finding] = []
        for finding in findings:
            if finding.severity in _ASKING:
                self._at[finding.path].append(finding)
                self._in_row[row_of(finding.path)].append(finding)
                if _is_general(finding.path):
                    self._general.append(finding)

    def for_change(self, change: ValueChange) -> Finding | None:
        """Return the finding that asked for a change; ``None`` where none did."""
        path = change.old_path or change.new_path[:-1]
        if not change.field:
            return self._for_row(path, is_new=change.kind is ChangeKind.ADDED)
        found = self._at.get(path)
        return found[0] if found else self._by_words(path, change.field)

    def _for_row(self, path: Path, *, is_new: bool) -> Finding | None:
        """Return what asked for a row to come, to go, or to stand elsewhere."""
        places = [path] if is_new else [path, *((*path, word) for word in _NAMING), path[:-1]]
        return next((found[0] for at in places if (found := self._at.get(at))), None)

    def _by_words(self, path: Path, field: str) -> Finding | None:
        """Return what stands in the same row, or above rows, and says what is to be done there."""
        row, words = row_of(path), words_of(field)
        beside = self._in_row.get(row, [])
        named = (item for item in beside if _names(item, words.near))
        above = (item for item in self._general if _names(item, words.wide))
        return next(named, None) or next(above, None)


def _names(finding: Finding, words: tuple[str, ...]) -> bool:
    return any(word in finding.hint for word in words)


def _is_general(path: Path) -> bool:
    """Tell whether a finding stands in no row, nor in the budget."""
    return path[:1] != (BUDGET,) and not any(isinstance(step, int) for step in path)


def row_of(path: Path) -> Path:
    """Return the path of the row, or of the block, in which a value stands.

    >>> row_of(("指标", 5, "完成值")), row_of(("预算", "已填报", "得分")), row_of(("改进措施",))
    (('指标', 5), ('预算',), ())
    """
    positions = [at for at, step in enumerate(path) if isinstance(step, int)]
    if positions:
        return path[: positions[0] + 1]
    return path[:1] if path[:1] in ((BUDGET,), (FILED,)) else ()


class AskingWords(NamedTuple):
    """The words by which what is to be done names a field.

    Attributes:
        near: Of a finding in the same row.
        wide: Of one that stands in no row.
    """

    near: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()


def words_of(word: str) -> AskingWords:
    """Return the words by which what is to be done names the field of a word."""
    return _words().get(word) or AskingWords((word,))


@cache
def _words() -> Mapping[str, AskingWords]:
    data = words_data(__package__, "asked.json")
    found: dict[str, AskingWords] = {}
    for model in (Sheet, FiledTotal, FiledBudget, Budget, Indicator):
        for name in model.model_fields:
            near, wide = (tuple(data[reach].get(name, ())) for reach in ("near", "wide"))
            if near or wide:
                word = word_of(model, name)
                own = found.get(word, AskingWords())
                found[word] = AskingWords((*own.near, *near), (*own.wide, *wide))
    return found


def with_standings(
    changes: Sequence[ValueChange], findings: Iterable[Finding]
) -> Iterator[ValueChange]:
    """Yield changes with whether they were asked for; the others are as they are.

    Args:
        changes: The changes; those of what is said count as not asked for.
        findings: What was found in the old version.
    """
    requests = Requests(findings)
    asked = [_asked(change, requests) for change in changes]
    rows = {row_of(item.new_path) for item in asked if item.standing is ChangeStanding.ASKED}
    for change in asked:
        yield _following(change, rows) if change.standing is ChangeStanding.UNASKED else change


def _asked(change: ValueChange, requests: Requests) -> ValueChange:
    if change.standing is not ChangeStanding.UNASKED:
        return change
    finding = requests.for_change(change)
    if finding is None:
        return change
    said = f"{finding.code}：{finding.message}"
    because = "；".join(filter(None, (change.because, said)))
    return change._replace(standing=ChangeStanding.ASKED, because=because)


def _following(change: ValueChange, rows: set[Path]) -> ValueChange:
    """Return a change that only follows from one that was asked for as such."""
    is_sum = change.new_path[:1] == (FILED,)
    if change.field not in _FOLLOWING_WORDS or not rows:
        return change
    if is_sum or row_of(change.new_path) in rows:
        because = "；".join(filter(None, (change.because, "随按发现改的值一起改")))
        return change._replace(standing=ChangeStanding.FOLLOWING, because=because)
    return change
