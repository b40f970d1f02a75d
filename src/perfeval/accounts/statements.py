"""Relations of statements: what is said not to be, what is listed, what is said for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfeval.accounts.account import Account
from perfeval.accounts.data import Limit, limit
from perfeval.accounts.facts import AccountFigure, ComparedWith, FigureMeasure
from perfeval.accounts.items import ListKind
from perfeval.accounts.results import (
    HELD,
    NO_DATA,
    AccountRelation,
    RelationLevel,
    RelationResult,
    RelationStatus,
    Results,
    broken,
    form,
    told,
)
from perfeval.accounts.sections import SectionKind, within
from perfeval.numbers import ZERO


def _at(at: tuple[int, ...], message: str, hint: str) -> RelationResult:
    return RelationResult(RelationStatus.BROKEN, at, message, hint)


@form("没有")
def nothing_there(account: Account, relation: AccountRelation) -> Results:
    """What is said not to be has no amount, and an empty table is said to be empty."""
    given = relation.given
    said, name = _first(account, given["词"]), given["表"]
    amounts = [
        figure
        for subject in given["主体"]
        for figure in account.all_of(subject, FigureMeasure.FINAL)
        if figure.told
    ]
    spent = [figure for figure in amounts if figure.value > ZERO]
    if said is not None and spent:
        at, words = said
        result = broken(spent[:1], f"文中说“{words}”，而{told(spent[0])}", "两句不能同时成立")
        yield result._replace(
            at=(at, *result.at), code="AC302", level=RelationLevel.ERROR, doubted=result.doubted
        )
        return
    tables = [section for section in account.sections if section.title.name == name]
    if said is not None or amounts:
        yield HELD
    elif tables:
        message = "这张表没有数，文中也没有说明没有这类收支"
        yield _at((tables[0].at,), message, "没有发生的，在表下和说明里写明")


def _first(account: Account, pattern: str) -> tuple[int, str] | None:
    """Return where the explanations or tables first say something, and what."""
    for section in account.sections:
        if section.title.kind in (SectionKind.EXPLANATION, SectionKind.TABLE):
            found = re.search(pattern, account.document.text[section.at : section.end])
            if found is not None:
                return section.at + found.start(), found[0]
    return None


@form("用途")
def uses(account: Account, relation: AccountRelation) -> Results:
    """What an account is said to be used for is of its kind."""
    text = account.document.text
    used = re.compile(relation.given["词"])
    for item in account.items:
        if item.kind != ListKind.ITEMS:
            continue
        found = used.search(text, *account.item_text(item))
        rules = [strange for name, strange in relation.given["不合"].items() if name in item.name]
        if found is None or not rules:
            continue
        use = found["用途"]
        word = next((word for word in rules[0] if word in use), "")
        if word:
            message = f"“{item.name}”主要用于“{use}”，与科目不符"
            yield _at((found.start("用途"), item.start), message, f"请核对“{word}”列在哪个科目")
        else:
            yield HELD


@form("名单")
def listed_accounts(account: Account, relation: AccountRelation) -> Results:
    """The economic accounts that a text lists are those that the table has amounts of."""
    rows = _rows(account, relation.given["表"])
    if not rows:
        return
    for subject, starts in relation.given["款"].items():
        named = _list_behind(account, subject, relation.given["词"])
        if named is None:
            yield NO_DATA
            continue
        at, words = named
        of_it = tuple(starts)
        spent = [row for code, row in rows.items() if code.startswith(of_it) and row.value > ZERO]
        missing = [row for row in spent if row.name not in words]
        if missing:
            names = "、".join(row.name for row in missing)
            message = f"“{subject}”主要包括的科目里没有“{names}”，而表里有数"
            yield _at((at, *(row.start for row in missing)), message, "按表补全科目名称")
        else:
            yield HELD


_DETAIL = len("30101")


def _rows(account: Account, table: str) -> dict[str, AccountFigure]:
    """Return the lowest rows of a table by their codes."""
    found = {}
    for subject in account.group(table):
        code = subject.rpartition("/")[2]
        figure = account.one(subject, FigureMeasure.FINAL)
        if figure is not None and len(code) == _DETAIL:
            found[code] = figure
    return found


def _list_behind(account: Account, subject: str, word: str) -> tuple[int, str] | None:
    """Return the words that a text lists behind the amount of a subject."""
    text = account.document.text
    for figure in account.all_of(subject, FigureMeasure.FINAL):
        if account.sections[figure.section].title.kind is SectionKind.EXPLANATION:
            found = re.compile(word).match(text, figure.end)
            if found is not None:
                return found.start("名单"), found["名单"]
    return None


@form("单位名")
def names_of_units(account: Account, relation: AccountRelation) -> Results:
    """The heads of all tables name one unit."""
    pattern = re.compile(relation.given["词"])
    first: tuple[str, int] | None = None
    for section in within(account.sections, SectionKind.TABLE):
        head = account.document.text[section.start : section.end][: limit(Limit.HEAD)]
        found = pattern.search(head)
        if found is None:
            continue
        name, at = found["名"], section.start + found.start("名")
        if first is None:
            first = name, at
        elif name in first[0] or first[0] in name:
            yield HELD
        else:
            message = f"表头的单位是“{name}”，而前面的表是“{first[0]}”"
            yield _at((at, first[1]), message, "请统一单位名称")


@form("原因缺")
def reasons_given(account: Account, relation: AccountRelation) -> Results:
    """A change against the year before is explained; one hint for each section."""
    reason = re.compile(relation.given["词"])
    text = account.document.text
    for number, changes in _changes(account).items():
        section = account.sections[number]
        if reason.search(text, section.start, section.end):
            yield HELD
        else:
            yield broken(changes, f"{told(changes[0])}，没有写原因", "补写增减的主要原因")


def _changes(account: Account) -> dict[int, list[AccountFigure]]:
    found: dict[int, list[AccountFigure]] = {}
    for change in _told_changes(account):
        found.setdefault(change.section, []).append(change)
    return found


def _told_changes(account: Account) -> Iterator[AccountFigure]:
    for change in account.with_measure(FigureMeasure.CHANGE):
        kind = account.sections[change.section].title.kind
        is_ours = change.compared is ComparedWith.YEAR_BEFORE and change.value
        if is_ours and kind is SectionKind.EXPLANATION:
            yield change
