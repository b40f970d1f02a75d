"""The rows of tables that a text has kept as lines: what stands on one line is bound.

A table without its grid is not read as a sheet: what stands apart from its label, or in a column
that cannot be told, stays a figure that is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfeval.accounts.data import Limit, limit, table
from perfeval.accounts.facts import AccountFigure, FigureKind, FigureMeasure
from perfeval.accounts.items import clean_name
from perfeval.accounts.sections import AccountSection
from perfeval.accounts.text import AccountText, plain
from perfeval.numbers import HUNDRED, ONE, total

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?")
_CODE = re.compile("[0-9]{3}|[0-9]{5}|[0-9]{7}")
_SPLIT_CODE = re.compile(r"^(\s*)([0-9]{3})\s+([0-9]{2})(?:\s+([0-9]{2}))?(?=\s+[^0-9\s])")
_ORDINAL = re.compile("[一二三四五六七八九十]{1,3}[、.]|^[0-9]{1,2}[.、]")
_SUM = re.compile("^(?:本年)?(?:收入|支出)?合计$|^总计$")
_ROW_NUMBERS = re.compile("行次|栏次")


class _LabelledRun(NamedTuple):
    """A label of a row and the numbers behind it, each with its place in the text."""

    label: str
    code: str
    numbers: tuple[tuple[int, str], ...]


class TableReader:
    """Reads the lines of one table."""

    def __init__(
        self,
        document: AccountText,
        section: AccountSection,
        number: int,
        year: int | None,
        elsewhere: Collection[int] = (),
    ) -> None:
        self._document, self._section, self._elsewhere = document, section, elsewhere
        self._number, self._year = number, year
        self._rules: dict[str, Any] = table("tables").get(section.title.name, {})
        self._factor = _factor_in(document.text[section.start : section.end][:_HEAD])
        self._has_row_numbers = False
        self._row = 0

    def figures(self) -> Iterator[AccountFigure]:
        """Yield every figure of the table, also those whose row or column cannot be told."""
        for start, end, number in self._document.spans():
            if self._section.start <= start < self._section.end and number not in self._elsewhere:
                self._row = number
                raw = plain(self._document.lines[number].text)
                if _ROW_NUMBERS.search(raw):
                    self._has_row_numbers = True
                else:
                    yield from self._line(raw, start, end)

    def _line(self, raw: str, start: int, end: int) -> Iterator[AccountFigure]:
        runs = list(self._runs(raw, start, end))
        if any(_counts_on(run) for run in runs) or _TABLE_NUMBER.search("".join(raw.split())):
            return
        pairs = self._rules.get("成对", ())
        if pairs and len(runs) == 1 and len(runs[0].numbers) == 2 * len(pairs):
            yield from self._pairs(runs[0], pairs)
            return
        for run in runs:
            yield from self._bound(run)

    def _runs(self, raw: str, start: int, end: int) -> Iterator[_LabelledRun]:
        """Yield the labels of a line with the numbers behind each."""
        text = _SPLIT_CODE.sub(lambda found: "".join(filter(None, found.groups())), raw)
        label, code, at = "", "", start
        numbers: list[tuple[int, str]] = []
        tokens = text.split()
        for token, after in zip(tokens, (*tokens[1:], ""), strict=False):
            found = self._document.text.find(token, at, end)
            at = found + len(token) if found >= 0 else at
            is_code = _CODE.fullmatch(token) is not None and self._rules.get("各行")
            if is_code and numbers and after and not _NUMBER.fullmatch(after):
                yield _LabelledRun(label, code, tuple(numbers))
                label, code, numbers = "", token, []
            elif is_code and not numbers:
                label, code = "", token
            elif _NUMBER.fullmatch(token):
                numbers.append((max(found, start), token))
            elif numbers:
                yield _LabelledRun(label, code, tuple(numbers))
                label, code, numbers = token, "", []
            elif _CODE.fullmatch(token):
                label, code = "", token
            else:
                label += token
        if numbers:
            yield _LabelledRun(label, code, tuple(numbers))

    def _pairs(self, run: _LabelledRun, subjects: list[str]) -> Iterator[AccountFigure]:
        for index, number in enumerate(run.numbers):
            measure = FigureMeasure.FINAL if index % 2 else FigureMeasure.BUDGET
            yield self._made(number, subjects[index // 2], measure, run.label)

    def _bound(self, run: _LabelledRun) -> Iterator[AccountFigure]:
        """Yield the figures of one label, each bound where its column can be told."""
        numbers = run.numbers
        if self._has_row_numbers and not run.code and "." not in numbers[0][1]:
            numbers = numbers[1:]  # the number of the row
        bare = _ORDINAL.split(run.label)[-1]
        label = clean_name(bare)
        subjects = self._subjects(run, bare, label)
        for index, number in enumerate(numbers):
            known = subjects[index] if index < len(subjects) and self._has_columns(numbers) else ""
            if not index and subjects:
                known = subjects[0]
            yield self._made(number, known, FigureMeasure.FINAL if known else None, label)

    def _has_columns(self, numbers: tuple[tuple[int, str], ...]) -> bool:
        """Tell whether the numbers of a row are all of its columns: the first is their sum."""
        values = [Decimal(text.replace(",", "")) for _, text in numbers]
        columns = len(self._rules.get("合计", ()))
        if len(values) == 1 or not self._rules.get("行合计"):
            return len(values) == columns
        gap = (values[0] - total(values[1:])).copy_abs()
        return len(values) == columns and gap <= HUNDRED

    def _subjects(self, run: _LabelledRun, bare: str, label: str) -> list[str]:
        rules = self._rules
        if run.code:
            group = rules.get("各行", "")
            return (
                [f"{group}/{run.code}", *(f"{group}/{run.code}/{at}" for at in (1, 2))]
                if group
                else []
            )
        columns = rules.get("合计")
        if columns and _SUM.match(bare):
            return list(columns)
        known = rules.get("标签", {}).get(bare)
        if known:
            return [known]
        rest = rules.get("其余", "")
        return [f"{rest}/{label}"] if rest and label in _names_of_classes() else []

    def _made(
        self, number: tuple[int, str], subject: str, measure: FigureMeasure | None, name: str
    ) -> AccountFigure:
        at, text = number
        return AccountFigure(
            start=at,
            end=at + len(text),
            text=text,
            number=Decimal(text.replace(",", "")),
            unit="",
            kind=FigureKind.MONEY,
            section=self._number,
            sentence=-1 - self._row,
            subject=subject,
            measure=measure,
            year=self._year,
            factor=self._factor,
            name=name,
        )


@cache
def _names_of_classes() -> frozenset[str]:
    """Return the names of the functional classes of expenditure, past ones as well."""
    return frozenset(table("tables")["类名"])


_TABLE_NUMBER = re.compile("公开[0-9]+表|^第?[0-9]+页")


def _counts_on(run: _LabelledRun) -> bool:
    """Tell whether numbers are those of the columns, which count on by one."""
    texts = [text for _, text in run.numbers]
    return len(texts) > 1 and texts == [str(at) for at in range(1, len(texts) + 1)]


_HEAD = limit(Limit.HEAD)
_UNIT_LINE = re.compile("单位[：:]?(?P<unit>万元|亿元|元)")


def _factor_in(head: str) -> Decimal:
    """Return what one of the unit that a table prints is in 10,000 yuan."""
    found = _UNIT_LINE.search(head)
    factors = table("cues")["倍数"]
    return Decimal(factors[found["unit"]]) if found else ONE
