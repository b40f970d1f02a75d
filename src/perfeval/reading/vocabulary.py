"""The words by which a table of any place is read: what forms print, and what they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pkgutil import get_data
from typing import Any

from perfeval.cells.words import WordEnum
from perfeval.readers.layouts import layout_ids
from perfeval.readers.rulebooks import load_layout
from perfeval.reading.other_layouts import other_layouts
from perfeval.rulebook import Form
from perfeval.rulebook.form import BudgetContent, FormCell, HeaderField, IndicatorContent
from perfeval.rulebook.form_faults import heading_key
from perfeval.source import read_bytes
from perfeval.tiling import tiled

_NAMES = re.compile(r"[（(][^（()）]*\{[^{}]*\}[^（()）]*[)）]|\{[^{}]*\}")
"""A name in a form's text that stands for a figure or a word, with the brackets around it."""
_BRACKETED = re.compile(r"(.+?)\(([^()]*)\)")
_NO_BUDGET = frozenset({BudgetContent.BLOCK_NAME, BudgetContent.FUND_NAME, BudgetContent.BLANK})
_NO_INDICATOR = frozenset({IndicatorContent.BLOCK_NAME, IndicatorContent.BLANK})
_NO_FIELD = frozenset({HeaderField.BLANK, HeaderField.FULL})


@cache
def words() -> dict[str, Any]:
    """Return the words that no form prints itself."""
    data = read_bytes(get_data(__name__, "words.yaml") or b"", "words.yaml").data
    return data if isinstance(data, dict) else {}


class WordList(WordEnum):
    """The lists of words that no form prints, by their names in ``words.yaml``."""

    TITLES = "自评表"
    MONITORING = "监控栏"
    BOXES = "选项"
    WHOLE_AMOUNT = "资金总额"
    TOTAL_ROW = "总分行"
    EXECUTION_ROW = "执行率行"
    GRADES = "等级词"
    NO_POINTS = "没有得分的词"


@cache
def keys_of(name: WordList) -> frozenset[str]:
    """Return a list of words as headings are compared."""
    return frozenset(map(heading_key, words()[name]))


@cache
def forms() -> tuple[Form, ...]:
    """Return every layout that ships, and those that are read alone."""
    others = (one.form for one in other_layouts().values())
    return (*map(load_layout, layout_ids()), *others)


@cache
def _notes() -> re.Pattern[str]:
    """Return what may stand in brackets behind a heading and says no more than it does."""
    return re.compile("|".join(f"(?:{one})" for one in words()["括注"]))


def without_notes(key: str) -> str:
    """Return a heading without the notes in brackets behind it.

    >>> without_notes("得分(20分*执行率)"), without_notes("得分(财政审核)")
    ('得分', '得分(财政审核)')
    """
    while key.endswith(")") and (found := _BRACKETED.fullmatch(key)):
        if _notes().fullmatch(found[2]) is None:
            return key
        key = found[1]
    return key


@dataclass(frozen=True)
class TableWords:
    """What the headings and labels of a table mean.

    Attributes:
        header: Labels of the fields above and below the indicators.
        budget: Headings of the columns of the budget.
        indicators: Headings of the columns of the indicators.
        labels: All labels, those included that are the sheet's in no field.
    """

    header: Mapping[str, HeaderField]
    budget: Mapping[str, BudgetContent]
    indicators: Mapping[str, IndicatorContent]
    labels: frozenset[str]

    @cached_property
    def vertical(self) -> frozenset[HeaderField]:
        """The fields whose text may stand below their label."""
        return frozenset({HeaderField.GOAL, HeaderField.GOAL_ACTUAL})


def vocabulary(own: Form | None) -> TableWords:
    """Return what words mean in a table of a layout, or of none that is known."""
    return _vocabulary(None if own is None else own.id)


@cache
def _vocabulary(name: str | None) -> TableWords:
    header: dict[str, HeaderField] = {}
    budget: dict[str, BudgetContent] = {}
    indicators: dict[str, IndicatorContent] = {}
    labels = {heading_key(word) for word in words()["别的标签"]}
    own = [form for form in forms() if form.id == name]
    for form in (*own, *(form for form in forms() if form.id != name)):
        pairs, more = _labels(form)
        labels |= more
        for key, field in (*pairs, *_of_kind(form, HeaderField)):
            header.setdefault(key, field)
        for key, amount in (*_budget(form), *_of_kind(form, BudgetContent)):
            budget.setdefault(key, amount)
        for key, content in (*_indicators(form), *_of_kind(form, IndicatorContent)):
            indicators.setdefault(key, content)
    _add(header, "表头", HeaderField)
    _add(budget, "预算", BudgetContent)
    _add(indicators, "指标", IndicatorContent)
    labels |= header.keys() | keys_of(WordList.BOXES)
    return TableWords(header, budget, indicators, frozenset(labels))


def _add(known: dict[str, Any], block: str, kind: type[Any]) -> None:
    """Add the words that no form prints; a form's own meaning of a word comes first."""
    for name, others in words()[block].items():
        for word in others:
            known.setdefault(heading_key(word), kind(name))


def _of_kind(form: Form, kind: type[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the aliases of a form for the contents of one block."""
    known = {member.value for member in kind}
    for content, others in form.aliases.items():
        if content in known:
            yield from ((heading_key(word), kind(content)) for word in others)


def _plain(text: str | None) -> str:
    return without_notes(heading_key(_NAMES.sub("", text or "")))


def _budget(form: Form) -> Iterator[tuple[str, BudgetContent]]:
    for column in form.budget:
        if column.content not in _NO_BUDGET and column.heading:
            yield _plain(column.heading), column.content


def _indicators(form: Form) -> Iterator[tuple[str, IndicatorContent]]:
    for column in form.indicators:
        if column.content not in _NO_INDICATOR and column.heading:
            yield _plain(column.heading), column.content


def _labels(form: Form) -> tuple[list[tuple[str, HeaderField]], set[str]]:
    """Return the labels of a form with the fields beside or below them, and all its labels."""
    pairs: list[tuple[str, HeaderField]] = []
    labels: set[str] = set()
    for _, rows in form.blocks:
        placed = _placed(rows, len(form.indicators))
        for (row, column), cell in placed.items():
            if cell.label is not None:
                labels.add(_plain(cell.label))
            if cell.field is None or cell.field in _NO_FIELD:
                continue
            left, above = placed.get((row, column - 1)), placed.get((row - 1, column))
            is_beside = left is not None and left.label is not None and left.rows <= cell.rows
            near = left if is_beside else above  # a label over several rows names them all
            if near is not None and near.label is not None:
                pairs.append((_plain(near.label), cell.field))
    return pairs, labels


def _placed(rows: tuple[tuple[FormCell, ...], ...], width: int) -> dict[tuple[int, int], FormCell]:
    """Return the cell at each position of a block of a form."""
    shape = [[(cell.span, cell.rows) for cell in row] for row in rows]
    starts = tiled(shape, width).starts
    return {
        (down, across): cell
        for row, (cells, begin) in enumerate(zip(rows, starts, strict=True))
        for cell, column in zip(cells, begin, strict=True)
        for down in range(row, row + cell.rows)
        for across in range(column, column + cell.span)
    }
