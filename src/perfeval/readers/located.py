"""What was read, and where in it each value stands: the one answer to “where is it”."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfeval.codes import EMPTY, MANY, READING, REPEATED, SOURCE_CODES, UNKNOWN
from perfeval.findings import Finding, Placed, Severity, shortened
from perfeval.numbers import plain
from perfeval.places import NOTHING, Path, Place, TextPlace, first_order, step_into
from perfeval.sheet import BUDGET, FUNDS, INDICATORS
from perfeval.source import Problem, Source, mended

_STOPPED = frozenset(("too-deep", "too-large", "documents", "key"))
"""The kinds of problems that are no slips, and with which reading ends."""
_ROWS, _FUNDS = (INDICATORS,), (BUDGET, FUNDS)
LONGEST_EXCERPT = 300
MOST_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Located:
    """A text, the table of a file, or a caller's data that was read.

    A finding is made with a path in the words of the model.  Here, and only here, it gets its path
    in the input, in the input's own shape and keys, and its place in the text or its cell.

    Attributes:
        source: The text and its data, a table's data and cells, or a caller's data alone.
        words: For each word of the model the other words for it.
        rows: For each indicator its path in the data, whatever their shape; in the model's paths
            it is ``("指标", position)``.
        funds: For each kind of money its path, where these stand under their divisions.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> report.located.name
    'shipped:qingshan-2023/养老服务体系建设运营补助资金'
    """

    source: Source
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[Path, ...] = ()
    funds: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """The file's name, or another label; empty for a caller's data."""
        return self.source.name

    @property
    def data(self) -> Any:
        """The data; ``None`` where nothing could be read."""
        return self.source.data

    def place(self, finding: Finding, at: Place | None = None) -> Placed:
        """Return a finding with its place, and the words that lead there.

        Args:
            finding: The finding.
            at: Its place, where that is known; else it is that of its path.
        """
        own, anchor = self._walked(self._among_rows(finding.path))
        is_key = finding.code in (UNKNOWN, REPEATED)
        place = self.source.locate(own, key=is_key) if at is None else at
        return Placed(self._at(finding, own, place), anchor)

    def empty(self) -> Placed:
        """Return that there is nothing in it, at its beginning; a caller's data have no lines."""
        place = TextPlace(1, 1) if self.source.text or self.source.name else None
        return Placed(self._at(Finding(EMPTY, Severity.ERROR, "文件是空的"), (), place))

    def problems(self) -> list[Placed]:
        """Return what is wrong with the text itself."""
        return list(map(self._problem, self.source.problems))

    def remarks(self) -> list[Placed]:
        """Return what is allowed in the text and most likely not meant; it hinders nothing."""
        return list(map(self._problem, self.source.remarks))

    def mended(self) -> tuple[list[Placed], Source] | None:
        """Return the slips of the hand in a text that makes no sense, and the text without them.

        A name that is not known, or a list that is none, may be a dash without a blank.
        """
        kinds = {problem.kind for problem in self.source.problems}
        if not self.source.text or not kinds.isdisjoint(_STOPPED):
            return None
        slips, source = mended(self.source)
        return (list(map(self._problem, slips)), source) if slips else None

    def _problem(self, problem: Problem) -> Placed:
        kind, message, place, path, hint = problem
        code = SOURCE_CODES[kind]
        finding = Finding(code, READING[code].severity, message, path, hint)
        return Placed(self._at(finding, path, place), self._walked(path)[1])

    def with_slips(self, slips: list[Placed], others: Iterable[Placed]) -> tuple[Placed, ...]:
        """Return slips and, of what is wrong besides, what stands on other lines."""
        lines = {item.finding.line for item in slips}
        return self.limited([*slips, *(item for item in others if item.finding.line not in lines)])

    def limited(self, found: Iterable[Placed]) -> tuple[Placed, ...]:
        """Return findings as they stand in the text, at most `MOST_FINDINGS` of them."""
        ordered = sorted(found, key=lambda item: first_order(item.finding.places))
        if len(ordered) <= MOST_FINDINGS:
            return tuple(ordered)
        more = Finding(
            MANY,
            Severity.ERROR,
            f"问题太多，其余 {len(ordered) - MOST_FINDINGS} 处没有列出",
            file=self.name,
            hint="请先改正已列出的，再检查一次",
        )
        return (*ordered[:MOST_FINDINGS], Placed(more))

    def _at(self, finding: Finding, path: Path, place: Place | None) -> Finding:
        """Return a finding with its path in the data and its place in the text, or its cell."""
        message = shortened(finding.message)
        if message is not finding.message:
            finding = finding._replace(message=message)
        if place is None:
            return finding._replace(path=path, file=self.name)
        text = self.source.line(place.line) if isinstance(place, TextPlace) else self._held(path)
        excerpt = text if len(text) <= LONGEST_EXCERPT else ""
        return finding._replace(path=path, file=self.name, places=(place,), excerpt=excerpt)

    def _held(self, path: Path) -> str:
        """Return what the cell of a value holds; nothing where it holds several, or none."""
        value = self.data
        for step in path:
            value = step_into(value, step)
        if isinstance(value, Decimal):
            return plain(value)
        return value if isinstance(value, str) else ""

    def _among_rows(self, path: Path) -> Path:
        """Turn ``("指标", position, …)`` into the path of that row in the data."""
        for block, rows in ((_ROWS, self.rows), (_FUNDS, self.funds)):
            depth = len(block)
            position = path[depth] if len(path) > depth and path[:depth] == block else None
            if isinstance(position, int) and 0 <= position < len(rows):
                return (*rows[position], *path[depth + 1 :])
        return path  # data with two lists of indicators have rows that are not among these

    def _walked(self, path: Path) -> tuple[Path, tuple[str, ...]]:
        """Spell each step as the data spell it, and name it: a list item by its name.

        A key that the data do not have is spelt as the keys beside it, or above it, are; what could
        be no key of theirs is left out.
        """
        data = self.data
        own: list[str | int] = []
        names: list[str] = []
        beside: Mapping[Any, Any] = {}
        for step in path:
            is_mapping = data.__class__ is dict or isinstance(data, Mapping)
            if is_mapping and data:
                beside = data
            key, below = self._step(data, step)
            if below is not NOTHING:
                own.append(key)
                data = below
            elif is_mapping or data is None or isinstance(step, int):
                own.append(self._english(step) if _is_english(beside) else step)
                data = None
            name = _name_of(below) if isinstance(step, int) else ""
            names.append(name or str(step))
        return tuple(own), tuple(names)

    def _english(self, step: str | int) -> str | int:
        """Return the English word for a word of the model."""
        others = self.words.get(step, ()) if isinstance(step, str) else ()
        return next((word for word in others if word.isascii()), step)

    def _step(self, data: Any, step: str | int) -> tuple[str | int, Any]:
        """Return one step in the words of the data, and what stands there, or `NOTHING`."""
        below = step_into(data, step)
        if below is NOTHING and isinstance(step, str):
            for word in self.words.get(step, ()):
                if (other := step_into(data, word)) is not NOTHING:
                    return word, other
        return step, below


_NAMES = ("名称", "name", "合计", "total", "编号", "code", "处", "place")


def _is_english(data: Mapping[Any, Any]) -> bool:
    """Tell whether data have keys, and all of them are English."""
    return bool(data) and all(str(key).isascii() for key in data)


def _name_of(item: Any) -> str:
    """Return what a list item is called, or an empty text."""
    if item.__class__ is dict or isinstance(item, Mapping):
        for key in _NAMES:
            name = item.get(key)
            if isinstance(name, str):
                return name
    return ""
