"""Spreadsheet formulas that know their own value: one definition gives the text and the result.

A formula is built from other formulas.  Its text is what the workbook computes with, its value is
the same computation in exact decimals, and becomes the cell's cached value.  ``None`` is the value
of a formula that fails; as in a spreadsheet, only a branch that is not taken may fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from perfeval.methods.expression import Condition, Expression, rounding_in_cells
from perfeval.numbers import (
    FINE_DIGITS,
    ONE,
    ZERO,
    Exact,
    RoundingMode,
    add,
    multiply,
    parse_number,
    plain,
    round_exact,
    round_number,
    subtract,
    total,
    trimmed,
)

Value = Decimal | str | bool | None
Row = Sequence[Value]
"""The values of a row, each at the place of its column."""
Compute = Callable[[Row], Value]
HERE = "\0"
"""The mark in a formula for the number of the row in which it stands."""
_LONGEST_LITERAL = 250
_NO_ROW: Row = ()


class Formula:
    """The text of a formula, without its ``=``, and what it computes.

    Attributes:
        text: The text.
        of: Computes the value from the values of the row that the formula refers to.
    """

    __slots__ = ("of", "text")

    def __init__(self, text: str, value: Value = None, of: Compute | None = None) -> None:
        self.text = text
        self.of: Compute = of or (lambda _: value)

    @property
    def value(self) -> Value:
        """The value of a formula that refers to no row, or to results that are known."""
        return self.of(_NO_ROW)

    def showing(self, value: Value) -> Formula:
        """Return the same formula with another value."""
        return Formula(self.text, value)


class Span(NamedTuple):
    """A range of cells in one column, and their values."""

    text: str
    values: tuple[Value, ...]


class ListedWords(NamedTuple):
    """Words that are looked for together: a list on a hidden sheet, known by its name."""

    name: str
    words: tuple[str, ...]


# -- constants ---------------------------------------------------------------------------------


def number(value: Decimal | int) -> Formula:
    """Return a number."""
    exact = Decimal(value)
    return Formula(plain(exact), exact)


def words(text: str) -> Formula:
    """Return a text; a long one in pieces, because a literal must not be long."""
    pieces = [text[at : at + _LONGEST_LITERAL] for at in range(0, len(text), _LONGEST_LITERAL)]
    quoted = ['"' + piece.replace('"', '""') + '"' for piece in pieces or [""]]
    return Formula("&".join(quoted), text)


BLANK = words("")
NO = Formula("FALSE", False)


def _computed(text: str, parts: Sequence[Formula], compute: Callable[..., Value]) -> Formula:
    """Return a formula that fails where a part fails, or where it does not suit the parts."""
    sources = [part.of for part in parts]
    if len(sources) == 1:
        return Formula(text, of=_of_one(sources[0], compute))
    if len(sources) == 2:
        return Formula(text, of=_of_two(sources[0], sources[1], compute))

    def of(row: Row) -> Value:
        values = []
        for source in sources:
            value = source(row)
            if value is None:
                return None
            values.append(value)
        return compute(*values)

    return Formula(text, of=of)


def _of_one(source: Compute, compute: Callable[..., Value]) -> Compute:
    """Do what `_computed` does for one part, which most formulas have."""

    def of(row: Row) -> Value:
        value = source(row)
        return None if value is None else compute(value)

    return of


def _of_two(first_: Compute, second: Compute, compute: Callable[..., Value]) -> Compute:
    """Do what `_computed` does for two parts."""

    def of(row: Row) -> Value:
        one, other = first_(row), second(row)
        return None if one is None or other is None else compute(one, other)

    return of


def _said(value: Value) -> str:
    return trimmed(value) if isinstance(value, Decimal) else str(value)


# -- numbers -----------------------------------------------------------------------------------


def _all_numbers(values: Sequence[Value]) -> bool:
    return all(isinstance(value, Decimal) for value in values)


def _arithmetic(
    sign: str, parts: Sequence[Formula], compute: Callable[[Decimal, Decimal], Decimal]
) -> Formula:
    def computed(first: Value, *others: Value) -> Value:
        if not _all_numbers((first, *others)):
            return None
        result = first
        for other in others:
            result = compute(result, other)  # type: ignore[arg-type]
        return result

    return _computed(f"({sign.join(part.text for part in parts)})", parts, computed)


def plus(*parts: Formula) -> Formula:
    """Return a sum."""
    return _arithmetic("+", parts, add)


def minus(left: Formula, right: Formula) -> Formula:
    """Return a difference."""
    return _arithmetic("-", (left, right), subtract)


def times(*parts: Formula) -> Formula:
    """Return a product."""
    return _arithmetic("*", parts, multiply)


def quotient(top: Formula, bottom: Formula, digits: int = FINE_DIGITS) -> Formula:
    """Return a quotient, kept to *digits* decimals; it fails unless *bottom* is above 0."""

    def computed(above: Value, below: Value) -> Value:
        if not isinstance(above, Decimal) or not isinstance(below, Decimal) or below <= ZERO:
            return None
        return round_exact(Exact(above, below), digits, RoundingMode.HALF_UP)

    return _computed(f"ROUND({top.text}/{bottom.text},{digits})", (top, bottom), computed)


def rounded(part: Formula, digits: int, mode: RoundingMode) -> Formula:
    """Round a number as a rulebook says."""

    def computed(value: Value) -> Value:
        return round_number(value, digits, mode) if isinstance(value, Decimal) else None

    return _computed(rounding_in_cells(part.text, digits, mode), (part,), computed)


def _extreme(name: str, parts: Sequence[Formula], pick: Callable[..., Decimal]) -> Formula:
    def computed(*values: Value) -> Value:
        return pick(values) if _all_numbers(values) else None

    return _computed(f"{name}({','.join(part.text for part in parts)})", parts, computed)


def smallest(*parts: Formula) -> Formula:
    """Return the smallest number."""
    return _extreme("MIN", parts, min)


def largest(*parts: Formula) -> Formula:
    """Return the largest number."""
    return _extreme("MAX", parts, max)


def size(part: Formula) -> Formula:
    """Return a number without its sign."""
    return _extreme("ABS", (part,), lambda values: values[0].copy_abs())


def _numbers_of(inputs: Mapping[str, Formula], row: Row) -> dict[str, Decimal | Exact]:
    values = {name: part.of(row) for name, part in inputs.items()}
    return {name: value for name, value in values.items() if isinstance(value, Decimal)}


def of_rule(rule: Expression, **inputs: Formula) -> Formula:
    """Return what a rule of scoring gives for the values of cells."""
    text = rule.in_cells({name: part.text for name, part in inputs.items()})

    def of(row: Row) -> Value:
        try:
            top, bottom = rule.ratio(_numbers_of(inputs, row))
        except (KeyError, ZeroDivisionError):
            return None
        if bottom is ONE:
            return top
        return round_exact(Exact(top, bottom), FINE_DIGITS, RoundingMode.HALF_UP)

    return Formula(text, of=of)


# -- conditions --------------------------------------------------------------------------------


def of_condition(condition: Condition, **inputs: Formula) -> Formula:
    """Return whether a condition of a rule holds for the values of cells."""
    text = condition.in_cells({name: part.text for name, part in inputs.items()})

    def of(row: Row) -> Value:
        values = _numbers_of(inputs, row)
        return condition.holds(values) if len(values) == len(inputs) else None

    return Formula(text, of=of)


def _comparison(
    sign: str, left: Formula, right: Formula, compute: Callable[[Decimal, Decimal], bool]
) -> Formula:
    def computed(one: Value, other: Value) -> Value:
        both_numbers = isinstance(one, Decimal) and isinstance(other, Decimal)
        return compute(one, other) if both_numbers else None  # type: ignore[arg-type]

    return _computed(f"{left.text}{sign}{right.text}", (left, right), computed)


def above(left: Formula, right: Formula) -> Formula:
    """Tell whether the left number is above the right one."""
    return _comparison(">", left, right, lambda one, other: one > other)


def at_least(left: Formula, right: Formula) -> Formula:
    """Tell whether the left number is not below the right one."""
    return _comparison(">=", left, right, lambda one, other: one >= other)


def equal(left: Formula, right: Formula) -> Formula:
    """Tell whether two values are equal; a number and a text never are."""
    return _computed(f"{left.text}={right.text}", (left, right), lambda one, other: one == other)


def or_blank(cell: Formula) -> Formula:
    """Return what stands in a cell; a reference alone makes a blank 0."""
    return when(equal(cell, BLANK), BLANK, cell)


def differs(left: Formula, right: Formula) -> Formula:
    """Tell whether two values are not equal."""
    return _computed(f"{left.text}<>{right.text}", (left, right), lambda one, other: one != other)


def exact(left: Formula, right: Formula) -> Formula:
    """Tell whether two texts are the same to the letter."""
    text = f"EXACT({left.text},{right.text})"
    return _computed(text, (left, right), lambda one, other: _said(one) == _said(other))


def both(*parts: Formula) -> Formula:
    """Tell whether all conditions hold."""
    text = f"AND({','.join(part.text for part in parts)})"
    return _computed(text, parts, lambda *values: all(values))


def either(*parts: Formula) -> Formula:
    """Tell whether some condition holds."""
    text = f"OR({','.join(part.text for part in parts)})"
    return _computed(text, parts, lambda *values: any(values))


def negated(part: Formula) -> Formula:
    """Tell whether a condition does not hold."""
    return _computed(f"NOT({part.text})", (part,), lambda value: not value)


def is_number(part: Formula) -> Formula:
    """Tell whether there is a number."""
    source = part.of
    return Formula(f"ISNUMBER({part.text})", of=lambda row: isinstance(source(row), Decimal))


def when(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """Return one of two values; the other may fail."""
    text = f"IF({condition.text},{then.text},{otherwise.text})"
    holds, one, other = condition.of, then.of, otherwise.of

    def of(row: Row) -> Value:
        value = holds(row)
        if value is None:
            return None
        return one(row) if value else other(row)

    return Formula(text, of=of)


def chosen(cases: Sequence[tuple[Formula, Formula]], otherwise: Formula) -> Formula:
    """Return the value of the first case that holds."""
    result = otherwise
    for condition, value in reversed(cases):
        result = when(condition, value, result)
    return result


# -- texts -------------------------------------------------------------------------------------


def joined(*parts: Formula) -> Formula:
    """Return texts and numbers, one behind the other."""
    text = "&".join(part.text for part in parts)
    return _computed(text, parts, lambda *values: "".join(map(_said, values)))


def stripped(part: Formula) -> Formula:
    """Return a text without spaces around it, and with single spaces inside."""

    def computed(value: Value) -> Value:
        return " ".join(filter(None, _said(value).split(" ")))

    return _computed(f"TRIM({part.text})", (part,), computed)


def first(part: Formula, count: int = 1) -> Formula:
    """Return the first characters of a text."""
    return _computed(f"LEFT({part.text},{count})", (part,), lambda text: _said(text)[:count])


def last(part: Formula, count: int = 1) -> Formula:
    """Return the last characters of a text."""
    text = f"RIGHT({part.text},{count})"
    return _computed(text, (part,), lambda value: _said(value)[-count:])


def behind(part: Formula, count: int) -> Formula:
    """Return a text without its first characters."""
    text = f"MID({part.text},{count + 1},999)"
    return _computed(text, (part,), lambda value: _said(value)[count : count + 999])


def without_last(part: Formula, tail: Formula) -> Formula:
    """Return a text without as many characters at its end as *tail* has."""
    text = f"LEFT({part.text},LEN({part.text})-LEN({tail.text}))"

    def computed(value: Value, end: Value) -> Value:
        return _said(value)[: len(_said(value)) - len(_said(end))]

    return _computed(text, (part, tail), computed)


def without_first(part: Formula, head: Formula) -> Formula:
    """Return a text without as many characters at its beginning as *head* has."""
    text = f"MID({part.text},LEN({head.text})+1,999)"

    def computed(value: Value, start: Value) -> Value:
        skipped = len(_said(start))
        return _said(value)[skipped : skipped + 999]

    return _computed(text, (part, head), computed)


def before_any(part: Formula, letters: ListedWords) -> Formula:
    """Return what stands before the first of some letters, or the whole text without them."""
    all_ = "".join(letters.words)
    found = f"SUMPRODUCT(MIN(FIND({letters.name},{part.text}&{words(all_).text})))"

    def computed(value: Value) -> Value:
        text = _said(value)
        return text[: min((text + all_).find(letter) for letter in letters.words)]

    return _computed(f"LEFT({part.text},{found}-1)", (part,), computed)


def length(part: Formula) -> Formula:
    """Return how many characters a text has."""
    return _computed(f"LEN({part.text})", (part,), lambda text: Decimal(len(_said(text))))


def replaced(part: Formula, *pairs: tuple[str, str]) -> Formula:
    """Return a text in which each pair's first word gave way to its second."""

    def computed(value: Value) -> Value:
        result = _said(value)
        for old, new in pairs:
            result = result.replace(old, new)
        return result

    text = part.text
    for old, new in pairs:
        text = f"SUBSTITUTE({text},{words(old).text},{words(new).text})"
    return _computed(text, (part,), computed)


def has(part: Formula, *needles: str) -> Formula:
    """Tell whether one of a few words stands in a text."""
    found = [f"ISNUMBER(FIND({words(needle).text},{part.text}))" for needle in needles]
    return _computed(_any_of(found), (part,), _finder(needles))


def has_listed(part: Formula, listed: ListedWords) -> Formula:
    """Tell whether a word of a list stands in a text."""
    text = f"SUMPRODUCT(--ISNUMBER(FIND({listed.name},{part.text})))>0"
    return _computed(text, (part,), _finder(listed.words))


def _finder(needles: Sequence[str]) -> Callable[[Value], bool]:
    if all(len(needle) == 1 for needle in needles):
        letters = frozenset(needles)
        return lambda value: not letters.isdisjoint(_said(value))
    if not needles:
        return lambda _: False
    found = _pattern(tuple(needles)).search
    return lambda value: found(_said(value)) is not None


@lru_cache(maxsize=256)
def _pattern(needles: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of some words: a search for all is faster than one for each."""
    return re.compile("|".join(map(re.escape, needles)))


def _any_of(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def is_letter_of(part: Formula, letters: str) -> Formula:
    """Tell whether a text of one character is one of some letters."""
    text = f"ISNUMBER(FIND({part.text},{words(letters).text}))"
    return _computed(text, (part,), lambda value: _said(value) in letters)


def runs_of(part: Formula, letters: str, most: int) -> Formula:
    """Return how many runs of some letters the first characters of a text hold."""
    padded = f'{part.text}&REPT(" ",{most + 1})'
    here, there = (
        f"ISNUMBER(FIND(MID({padded},ROW(${start}:${start + most - 1}),1),{words(letters).text}))"
        for start in (1, 2)
    )

    def computed(value: Value) -> Value:
        kept = [letter in letters for letter in _said(value)[: most + 1].ljust(most + 1)]
        ends = [one and not other for one, other in pairwise(kept)]
        return Decimal(sum(ends))

    return _computed(f"SUMPRODUCT({here}*(1-{there}))", (part,), computed)


def is_one_of(part: Formula, texts: Sequence[str]) -> Formula:
    """Tell whether a text is one of a few texts, to the letter."""
    text = _any_of([f"EXACT({words(one).text},{part.text})" for one in texts])
    return _computed(text, (part,), lambda value: _said(value) in texts)


def is_listed(part: Formula, listed: ListedWords) -> Formula:
    """Tell whether a text stands in a list, to the letter."""
    text = f"SUMPRODUCT(--EXACT({listed.name},{part.text}))>0"
    return _computed(text, (part,), lambda value: _said(value) in listed.words)


def counterpart(part: Formula, letters: str, others: str) -> Formula:
    """Return the letter of *others* at the place that a letter has among *letters*."""
    text = f"MID({words(others).text},FIND({part.text},{words(letters).text}),1)"

    def computed(value: Value) -> Value:
        place = letters.find(_said(value)) if _said(value) else -1
        return others[place] if place >= 0 else None

    return _computed(text, (part,), computed)


def as_number(part: Formula) -> Formula:
    """Return the number that a text writes plainly."""
    return _computed(f"VALUE({part.text})", (part,), lambda text: parse_number(_said(text)))


def grouped(part: Formula) -> Formula:
    """Return a whole number, written with commas."""

    def computed(value: Value) -> Value:
        return f"{int(value):,}" if isinstance(value, Decimal) else None

    return _computed(f'TEXT({part.text},"#,##0")', (part,), computed)


def before(part: Formula, mark: str) -> Formula:
    """Return what stands before a mark, or the whole text where there is none."""
    found = f"FIND({words(mark).text},{part.text}&{words(mark).text})"
    text = f"LEFT({part.text},{found}-1)"
    return _computed(text, (part,), lambda value: _said(value).partition(mark)[0])


def fixed(part: Formula, digits: int) -> Formula:
    """Return a number that is already rounded, written with that many decimals."""
    pattern = "0." + "0" * digits if digits else "0"

    def computed(value: Value) -> Value:
        if not isinstance(value, Decimal):
            return None
        return plain(round_number(value, digits, RoundingMode.HALF_UP))

    return _computed(f'TEXT({part.text},"{pattern}")', (part,), computed)


# -- ranges ------------------------------------------------------------------------------------


def sum_of(span: Span) -> Formula:
    """Return the sum of the numbers in a range."""
    return Formula(f"SUM({span.text})", total(_numbers(span.values)))


def sum_where(span: Span, *conditions: tuple[Span, Formula]) -> Formula:
    """Return the sum of the numbers whose neighbours in other ranges have certain values."""
    keys = ",".join(f"{keys.text},{key.text}" for keys, key in conditions)
    chosen_values = [
        value
        for at, value in enumerate(span.values)
        if all(keys.values[at] == key.value for keys, key in conditions)
    ]
    return Formula(f"SUMIFS({span.text},{keys})", total(_numbers(chosen_values)))


def rank_of(part: Formula, texts: Span, ranks: Span) -> Formula:
    """Return the rank that stands beside a text in a list, or 0."""
    text = f"SUMPRODUCT(EXACT({texts.text},{part.text})*{ranks.text})"
    known: dict[Value, list[Value]] = {}
    for one, rank in zip(texts.values, ranks.values, strict=True):
        known.setdefault(one, []).append(rank)
    return _computed(text, (part,), lambda value: total(_numbers(known.get(value, ()))))


def _numbers(values: Sequence[Value]) -> list[Decimal]:
    return [value for value in values if isinstance(value, Decimal)]
