"""Relations of listed accounts: their names beside the table's, and what was taken from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfeval.accounts.account import Account
from perfeval.accounts.cues import factors
from perfeval.accounts.data import table
from perfeval.accounts.facts import AccountFigure, FigureMeasure
from perfeval.accounts.items import ListedItem, clean_name
from perfeval.accounts.results import (
    HELD,
    NO_DATA,
    AccountRelation,
    RelationLevel,
    RelationResult,
    RelationStatus,
    Results,
    amount,
    form,
)
from perfeval.numbers import add, multiply, subtract, total


class RenamedAccount(NamedTuple):
    """An account that has another name now.

    Attributes:
        old: What it was called.
        new: What it is called.
        since: The first year whose accounts call it so.
    """

    old: str
    new: str
    since: int


@cache
def renamed() -> dict[str, RenamedAccount]:
    """Return the accounts that were renamed, by their old names."""
    rows = (RenamedAccount(row["旧"], row["今"], int(row["起"])) for row in table("renamed"))
    return {clean_name(row.old): row for row in rows}


def _items(account: Account, relation: AccountRelation) -> Iterator[ListedItem]:
    kinds = relation.given["组"]
    return (item for item in account.items if item.kind in kinds)


@form("科目名")
def names_of_accounts(account: Account, relation: AccountRelation) -> Results:
    """An account that is listed has the name that the table has, in its class and section too."""
    rows = _rows(account, relation)
    names = {row.name for row in rows}
    listed = {item.name for item in _items(account, relation)}
    by_value: dict[Decimal, list[AccountFigure]] = {}
    for row in rows:
        by_value.setdefault(row.value, []).append(row)
    for item in _items(account, relation):
        old = [found for name in item.path if (found := renamed().get(name)) is not None]
        old = [one for one in old if account.year is not None and account.year >= one.since]
        spent = account.one(item.subject, FigureMeasure.FINAL)
        same = by_value.get(spent.value, []) if spent is not None and spent.value else []
        other = None if item.name in names else _other_name(item, same, listed)
        if old:
            yield _of_old_name(item, old[0])
        elif other is not None:
            yield _of_another(item, other)
        else:
            yield HELD if item.name in names else NO_DATA


def _of_old_name(item: ListedItem, found: RenamedAccount) -> RelationResult:
    message = f"“{found.old}”从 {found.since} 年决算起叫“{found.new}”"
    hint = "按当年的《政府收支分类科目》和决算表的名称写"
    result = RelationResult(RelationStatus.BROKEN, (item.start,), message, hint)
    return result._replace(level=RelationLevel.HINT)


def _of_another(item: ListedItem, row: AccountFigure) -> RelationResult:
    message = f"“{item.name}”在表里叫“{row.name}”（金额都是 {row.text}）"
    return RelationResult(
        RelationStatus.BROKEN, (item.start, row.start), message, "科目名称请与决算表一致"
    )


def _rows(account: Account, relation: AccountRelation) -> list[AccountFigure]:
    """Return the first column of the rows of the lowest level in the table."""
    name, length = relation.given["表"], int(relation.given["位"])
    codes = ((one, one.removeprefix(f"{name}/")) for one in account.group(name))
    subjects = (one for one, code in codes if len(code) == length and code.isdecimal())
    found = (account.one(subject, FigureMeasure.FINAL) for subject in subjects)
    return [row for row in found if row is not None]


def _other_name(
    item: ListedItem, same: Sequence[AccountFigure], listed: Collection[str]
) -> AccountFigure | None:
    """Return the one row with the money of an item and another name.

    A name that is a piece of the other was cut by its line.
    """
    if len(same) != 1 or not same[0].name:
        return None
    name = same[0].name
    is_piece = name in item.name or item.name in name
    return None if is_piece or name in listed else same[0]


@form("调减")
def reductions(account: Account, relation: AccountRelation) -> Results:
    """What is said to be taken from a budget is not more than what was left of it."""
    taken, given = (re.compile(relation.given[word]) for word in ("减词", "增词"))
    for item in _items(account, relation):
        original = account.one(item.subject, FigureMeasure.ORIGINAL)
        spent = account.one(item.subject, FigureMeasure.FINAL)
        reduced = list(_amounts(account, item, taken))
        if not reduced:
            continue
        if original is None or spent is None:
            yield NO_DATA
            continue
        added = total(value for value, _ in _amounts(account, item, given))
        left = add(subtract(original.value, spent.value), added)
        sum_ = total(value for value, _ in reduced)
        if sum_ <= left:
            yield HELD
            continue
        more = f"、追加 {amount(added)}" if added else ""
        message = (
            f"“{item.name}”说调减 {amount(sum_)}，而年初 {amount(original.value)}"
            f"{more}、决算 {amount(spent.value)}，最多能调减 {amount(left)}"
        )
        at = (reduced[0][1], original.start, spent.start)
        yield RelationResult(RelationStatus.BROKEN, at, message, "有其他调整的请写明，或核对各数")


def _amounts(
    account: Account, item: ListedItem, words: re.Pattern[str]
) -> Iterator[tuple[Decimal, int]]:
    """Yield the amounts behind words in an item, in 10,000 yuan, and where each stands."""
    for found in words.finditer(account.document.text, *account.item_text(item)):
        number = Decimal(found["数"].replace(",", ""))
        yield multiply(number, factors()[found["单位"]]), found.start("数")
