"""Claims that the data deny: which words, and the row or the amount that says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.agreement import is_share
from perfeval.cells.comparison import Outcome
from perfeval.cells.levels import aspect_name, section_name
from perfeval.cells.numerals import small_number
from perfeval.checks.claims import Claim, ClaimKind, claims_in
from perfeval.checks.doubts import count_of_short, surely_short
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    multiply,
    parse_number,
    percent,
    plain,
    subtract,
    total,
    unit_in_last_place,
)
from perfeval.scorecard import IndicatorLine, Scorecard
from perfeval.sheet import Sheet, SheetKind


class Denied(NamedTuple):
    """A claim that the data deny.

    Attributes:
        words: The words that claim it.
        because: The rows or amounts that deny it, with their figures.
        start, end: Where the words stand in the text.
    """

    words: str
    because: str
    start: int
    end: int


def denied(text: str, cards: Sequence[Scorecard]) -> tuple[Denied, ...]:
    """Return what a text claims that these sheets deny, in the order of the text.

    Args:
        text: Any text about one sheet, or about a whole department.
        cards: The scorecard of the sheet, or those of all sheets of the department.
    """
    if not cards:
        return ()
    year = cards[0].sheet.year
    found = [(claim, why_denied(claim, cards)) for claim in claims_in(text, _OF_SHEETS, year)]
    wrong = [Denied(item.words, why, item.start, item.end) for item, why in found if why]
    return tuple(sorted(wrong, key=lambda item: item.start))


_OF_SHEETS = tuple(kind for kind in ClaimKind if kind is not ClaimKind.OVER)
"""Claims that sheets can deny; by how much a target was exceeded is asked of its row."""


def why_denied(claim: Claim, cards: Sequence[Scorecard]) -> str:
    """Return what denies a claim about these sheets; empty where nothing does."""
    if claim.kind is ClaimKind.PROJECTS or claim.kind is ClaimKind.MONEY:
        return _left_unspent(claim, cards)
    if claim.kind is ClaimKind.COUNT:
        return _more_than_counted(claim, cards)
    if claim.kind is ClaimKind.PROJECT_COUNT:
        return _more_projects_than_counted(claim, cards)
    if claim.kind is ClaimKind.GROUP:
        return _rows_short(cards, claim.levels)
    because = _rows_short(cards)
    is_denied_by_money = claim.kind is ClaimKind.NOTHING and not because
    return _left_unspent(claim, cards) if is_denied_by_money else because


def _rows_short(cards: Sequence[Scorecard], levels: Sequence[str] = ()) -> str:
    """Say which rows of a sheet, or of which sheets how many, fell short (of some levels)."""
    if len(cards) == 1:
        return rows_short(short_of(cards[0], levels))
    counts = [(card.sheet.name, len(short_of(card, levels))) for card in _projects(cards)]
    rows = "、".join(f"“{name}”{count} 行" for name, count in counts if count)
    return f"没有完成的有：{rows}" if rows else ""


def short_of(card: Scorecard, levels: Sequence[str]) -> list[IndicatorLine]:
    """Return the rows that fell short for certain, of all levels or of those that are named."""
    short = [line for _, line in surely_short(card)]
    if not levels:
        return short
    groups = {section_name(level).group for level in levels}
    parts = {aspect_name(level).group for level in levels}
    known = (groups | parts) - {None}
    return [
        line
        for line in short
        if {line.indicator.section.group, line.indicator.aspect.group} & known
    ]


def _projects(cards: Sequence[Scorecard]) -> list[Scorecard]:
    return [card for card in cards if card.sheet.kind == SheetKind.PROJECT]


def rows_short(short: Sequence[IndicatorLine]) -> str:
    """Say which rows fell short, the first by its name and its figures."""
    if not short:
        return ""
    return f"有 {len(short)} 行没有完成，如“{short[0].name}”（{gap_of(short[0])}）"


def gap_of(line: IndicatorLine) -> str:
    """Say how far a row fell short: ``目标 32，完成 26``."""
    indicator = line.indicator
    if indicator.target is None or indicator.actual is None:
        return f"得分 {plain(line.points or ZERO)} / {plain(line.weight or ZERO)}"
    return f"目标 {indicator.target.text}，完成 {indicator.actual.text}"


def is_underspent(sheet: Sheet) -> bool:
    """Tell whether less was spent than planned."""
    budget = sheet.budget
    return bool(budget.base) and budget.spent is not None and budget.spent < (budget.base or ZERO)


def _left_unspent(claim: Claim, cards: Sequence[Scorecard]) -> str:
    if len(cards) == 1 and claim.kind is not ClaimKind.PROJECTS:
        budget = cards[0].sheet.budget
        if not is_underspent(cards[0].sheet) or budget.base is None or budget.spent is None:
            return ""
        rate = percent(budget.spent, budget.base, _RATE_DIGITS)
        return f"执行数 {plain(budget.spent)}，预算数 {plain(budget.base)}，执行率 {rate}"
    if claim.kind is ClaimKind.MONEY:
        return ""  # of which of the projects it speaks, nobody knows
    names = [card.sheet.name for card in _projects(cards) if is_underspent(card.sheet)]
    return f"没有用完的有：{'、'.join(f'“{name}”' for name in names)}" if names else ""


_RATE_DIGITS = 2


def _more_than_counted(claim: Claim, cards: Sequence[Scorecard]) -> str:
    """Deny that so many indicators of a sheet fell short where more of them did."""
    short = [line for _, line in surely_short(cards[0])] if len(cards) == 1 else []
    return rows_short(short) if ZERO < _count(claim) < len(short) else ""


def _more_projects_than_counted(claim: Claim, cards: Sequence[Scorecard]) -> str:
    """Deny that so many projects fell short where more of them did, by rows or by money."""
    names = [
        card.sheet.name
        for card in _projects(cards)
        if count_of_short(card) or is_underspent(card.sheet)
    ]
    is_denied = len(cards) > 1 and ZERO < _count(claim) < len(names)
    listed = "、".join(f"“{name}”" for name in names)
    return f"有偏差的有 {len(names)} 个：{listed}" if is_denied else ""


def _count(claim: Claim) -> Decimal:
    """Return how many fell short by what the text says, all that it counts taken together."""
    return total(map(_number, claim.counts))


def _number(written: str) -> Decimal:
    number = parse_number(written.lstrip("0") or "0")
    return Decimal(small_number(written)) if number is None else number


def excess_denied(claim: Claim, line: IndicatorLine, *, is_certain: bool) -> str | None:
    """Say by how much a row exceeded its target, where a text says otherwise.

    Args:
        claim: That the target was exceeded by so many percent.
        line: The row of which the text speaks.
        is_certain: Both figures stand beside the claim; else the claimed percentage must be
            another ratio of the two, or it may be of something else.
    """
    outcome, sign, target, actual, *_ = line.indicator.comparison
    said = parse_number(claim.number)
    is_over = outcome is Outcome.FIGURES and not sign.is_reverse and ZERO < target < actual
    if not is_over or said is None:
        return None
    excess = subtract(actual, target)
    if _is(said, excess, target):
        return None
    others = {
        f"{plain(target)} ÷ {plain(actual)}": (target, actual),
        f"{plain(excess)} ÷ {plain(actual)}": (excess, actual),
        f"{plain(actual)} ÷ {plain(target)}": (actual, target),
    }
    fits = [name for name, (part, base) in others.items() if _is(said, part, base)]
    if not fits and not is_certain:
        return None
    by_right = f"超出目标 {percent(excess, target, _RATE_DIGITS)}"
    return f"{by_right}；{claim.number}% 是 {fits[0]}" if fits else by_right


def _is(said: Decimal, part: Decimal, base: Decimal) -> bool:
    """Tell whether a percentage is what *part* is of *base*, rounded or cut off."""
    if is_share(said, part, base, ()):
        return True
    next_above = total((said, unit_in_last_place(said)))
    return multiply(said, base) <= multiply(part, HUNDRED) < multiply(next_above, base)
