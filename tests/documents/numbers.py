"""Where the numbers of a text may come from: an account of its own, in fractions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from perfeval.department import Department
from perfeval.scorecard import IndicatorLine, Scorecard

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def numbers_of(text: str) -> list[str]:
    """Return the numbers of a text as written."""
    return NUMBER.findall(text)


def forms(value: Decimal) -> Iterator[str]:
    """Yield a number as it stands, and without its trailing zeros; the sign is in the words."""
    value = value.copy_abs()
    text = format(value, "f")
    yield text
    yield from (to_cents(value), to_cents(value / 10000), to_cents(value * 10000))
    if "." in text:
        yield text.rstrip("0").rstrip(".")


def to_cents(value: Decimal) -> str:
    """Return an amount with two decimals, half up."""
    cents = (Fraction(value) * 200 + 1) // 2
    return format(Decimal(cents).scaleb(-2), "f")


def percentages(part: Decimal, base: Decimal) -> Iterator[str]:
    """Yield a percentage: two decimals, more only where it would seem to be 100 or 0."""
    if not base:
        return
    exact = Fraction(part) * 100 / Fraction(base)
    context = Context(prec=80, rounding=ROUND_HALF_UP)
    for digits in range(2, 60):
        scaled = (abs(exact) * 10**digits * 2 + 1) // 2
        rounded = Fraction(scaled, 10**digits)
        if rounded == abs(exact) or rounded not in (0, 100):
            yield from forms(context.scaleb(Decimal(scaled), -digits))
            return


def given(value: Any) -> Iterator[str]:
    """Yield every number that an author wrote anywhere in a sheet or a department."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from given(getattr(value, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from given(key)
            yield from given(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from given(item)
    elif isinstance(value, Decimal):
        yield from forms(value)
    elif isinstance(value, (str, int)):
        yield from numbers_of(str(value))


def of_card(card: Scorecard) -> set[str]:
    """Return every number that a text about one project may hold."""
    found = set(given(card.sheet)) | set(numbers_of(card.rulebook.name))
    amounts: list[Decimal] = [card.measured, card.claimed, card.rulebook.weights.full]
    amounts += [item for item in (card.total, card.low, card.high) if item is not None]
    if card.total is not None and card.sheet.filed.total is not None:
        amounts.append(card.total - card.sheet.filed.total)
    for line in card.rows:
        amounts += [item for item in (line.points, line.shown, line.weight) if item is not None]
        amounts += [line.low, line.high]
        if line.weight is not None and line.shown is not None:
            amounts.append(line.weight - line.shown)
        if isinstance(line, IndicatorLine):
            pair = line.indicator.comparison
            found |= set(percentages(pair.actual, pair.target))
            found |= set(percentages(pair.actual - pair.target, pair.target))
        found |= {number for note in line.notes for number in numbers_of(note.message)}
    for part in card.subtotals:
        amounts += [item for item in (part.points, part.weight) if item is not None]
    budget = card.sheet.budget
    if budget.base is not None and budget.spent is not None:
        found |= set(percentages(budget.spent, budget.base))
        amounts.append(budget.base - budget.spent)
    found |= {number for text in (card.why_unscored, *card.steps) for number in numbers_of(text)}
    found |= {str(count) for count in range(len(card.lines) + 2)}
    return found | {text for amount in amounts for text in forms(amount)}


def of_department(department: Department, cards: Iterable[Scorecard]) -> set[str]:
    """Return every number that a text about a department may hold."""
    cards = list(cards)
    found = set(given(department))
    for card in cards:
        found |= of_card(card)
    numbers = list(department.numbers.values())
    for share in department.shares:
        part, base = department.numbers.get(share.part), department.numbers.get(share.base)
        for top in filter(None, (part, *numbers)):
            found |= set(percentages(top, base)) if base else set()
    budgets = [card.sheet.budget for card in cards if card.sheet.kind == "项目支出"]
    planned = sum((item.base for item in budgets if item.base is not None), Decimal(0))
    spent = sum((item.spent for item in budgets if item.spent is not None), Decimal(0))
    kept = [item for item in budgets if item.spent is not None]
    moved = sum((item.transferred for item in kept if item.transferred is not None), Decimal(0))
    final = sum((item.final for item in budgets if item.final is not None), Decimal(0))
    both = [item for item in kept if item.final is not None]
    rated = sum((item.final for item in both if item.final is not None), Decimal(0))
    used = sum((item.spent for item in both if item.spent is not None), Decimal(0))
    found |= set(percentages(used, rated))
    left = [item.final - item.spent for item in both if item.final and item.spent is not None]
    found |= set(forms(sum((item for item in left if item > 0), Decimal(0))))
    for amount in (planned - final, final, rated, used, spent, moved, spent - moved):
        found |= set(forms(amount))
    rows = sum(len(card.lines) for card in cards)
    return found | {str(count) for count in range(max(rows, 2 * len(cards)) + 10)}
