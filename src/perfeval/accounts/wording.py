"""Relations of words: reasons that add up, years, numbering, what a template has left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfeval.accounts.account import Account
from perfeval.accounts.facts import AccountFigure, ComparedWith, FigureKind, FigureMeasure
from perfeval.accounts.results import (
    HELD,
    NO_DATA,
    AccountRelation,
    RelationResult,
    RelationStatus,
    Results,
    amount,
    broken,
    form,
    told,
)
from perfeval.accounts.sections import SectionKind
from perfeval.accounts.tolerances import CENT
from perfeval.numbers import ZERO, add, subtract, total


def _reasons(account: Account) -> Iterator[tuple[AccountFigure, list[AccountFigure]]]:
    """Yield each change with the amounts that its reasons give."""
    by_sentence: dict[tuple[int, str], list[AccountFigure]] = {}
    for figure in account.with_measure(FigureMeasure.REASON):
        by_sentence.setdefault((figure.section, figure.subject), []).append(figure)
    for (section, subject), reasons in by_sentence.items():
        changes = [
            change
            for change in account.all_of(subject, FigureMeasure.CHANGE)
            if change.section == section and change.start < reasons[0].start
        ]
        if changes and changes[-1].compared is ComparedWith.YEAR_BEFORE:
            yield changes[-1], reasons


@form("原因")
def reasons_add_up(account: Account, _relation: AccountRelation) -> Results:
    """The amounts that explain a change add up to it."""
    for change, reasons in _reasons(account):
        gap = subtract(change.value, total(reason.value for reason in reasons))
        if gap.copy_abs() <= CENT * len(reasons):
            yield HELD
        elif len(reasons) < 2:
            yield NO_DATA
        else:
            added = " + ".join(amount(reason.value) for reason in reasons).replace("+ -", "- ")
            message = (
                f"{told(change)}，而所列原因 {added} = "
                f"{amount(total(reason.value for reason in reasons))}，差 {amount(gap.copy_abs())}"
            )
            yield broken([change, *reasons], message, "如有其他原因请补写，或核对各数")


@form("上年容纳")
def year_before_holds(account: Account, _relation: AccountRelation) -> Results:
    """What the year before had was at least what is said to have fallen away of it."""
    for change, reasons in _reasons(account):
        now = account.one(change.subject, FigureMeasure.FINAL, change)
        falling = [reason for reason in reasons if reason.falls]
        if now is None or not falling:
            continue
        before = subtract(now.value, change.value)
        known = [
            (value, reason)
            for reason in reasons
            if not reason.falls and (value := _named(account, reason)) is not None
        ]
        past = [subtract(value.value, reason.value) for value, reason in known]
        used = add(total(past), total(reason.number for reason in falling))
        if used > add(before, CENT):
            rest = subtract(before, total(past))
            message = (
                f"上年共 {amount(before)}，其中“{'、'.join(v.name for v, _ in known) or '其他'}”"
                f"{amount(total(past))}，余 {amount(rest)}，而{falling[0].name} {falling[0].text}"
            )
            figures = [falling[0], change, *(reason for _, reason in known)]
            yield broken(figures, message, "上年没有这么多，不可能减少这么多，请核对")
        else:
            yield HELD


def _named(account: Account, reason: AccountFigure) -> AccountFigure | None:
    """Return the amount of this year that has the name of a reason."""
    for figure in account.with_measure(FigureMeasure.FINAL):
        is_named = len(figure.name) >= _LEAST_NAME
        if is_named and (figure.name in reason.name or reason.name in figure.name):
            return figure
    return None


_LEAST_NAME = len("彩票公益金")


@form("序号")
def numbering(account: Account, relation: AccountRelation) -> Results:
    """Items are numbered one after another."""
    before: dict[str, int] = {}
    kinds = relation.given["组"]
    for item in account.items:
        if item.number is None or item.kind not in kinds:
            continue
        last = before.get(item.kind)
        if last is not None and item.number not in (last + 1, 1):
            message = f"序号 {item.number}（{item.name}）接在 {last} 后面"
            yield RelationResult(RelationStatus.BROKEN, (item.start,), message, f"应为 {last + 1}")
        else:
            yield HELD
        before[item.kind] = item.number


_AS_OF = re.compile("截[至止](?P<年>20[0-9]{2})年12月31日")
_COMPARED_YEAR = re.compile("(?:与|比|较)(?P<年>20[0-9]{2})年度?(?!预算|年初)")
_OWN_YEAR = re.compile(
    "(?P<年>20[0-9]{2})年度[^。；，0-9]{0,16}?(?:决算|收、支|收入支出|支出合计|收入合计)"
)


@form("年度")
def years(account: Account, _relation: AccountRelation) -> Results:
    """The accounts speak of their own year, and compare it with the one before."""
    year = account.year
    if year is None:
        yield NO_DATA
        return
    for section in account.sections:
        if section.title.kind is not SectionKind.EXPLANATION:
            continue
        for pattern, right in ((_AS_OF, year), (_OWN_YEAR, year), (_COMPARED_YEAR, year - 1)):
            for found in pattern.finditer(account.document.text, section.start, section.end):
                told_year = int(found["年"])
                is_compared = pattern is _OWN_YEAR and told_year == year - 1
                if told_year == right or is_compared:
                    yield HELD
                else:
                    message = f"“{found[0]}”，而这是 {year} 年度决算"
                    at = (found.start(),)
                    yield RelationResult(RelationStatus.BROKEN, at, message, f"应为 {right} 年")


@form("残留")
def residue(account: Account, relation: AccountRelation) -> Results:
    """Nothing of the template is left."""
    text = account.document.text
    seen = False
    for pattern in relation.given["词"]:
        for found in re.finditer(pattern, text):
            seen = True
            message = f"模板用语“{found[0]}”没有改"
            yield RelationResult(
                RelationStatus.BROKEN, (found.start(),), message, "按本单位实际情况填写或删去"
            )
    if not seen:
        yield HELD


@form("缺单位")
def missing_units(account: Account, _relation: AccountRelation) -> Results:
    """A figure of the explanations has its unit."""
    for figure in account.figures:
        kind = account.sections[figure.section].title.kind
        if kind is not SectionKind.EXPLANATION or not figure.is_bound or figure.unit:
            continue
        if figure.kind is FigureKind.COUNT or figure.measure is FigureMeasure.BEFORE:
            continue
        unit = "%" if figure.kind is FigureKind.RATE else "万元"
        message = f"{told(figure)}后面没有单位"
        yield broken([figure], message, f"补上单位，如 {figure.text}{unit}")
    if any(figure.unit and figure.value >= ZERO for figure in account.figures):
        yield HELD


@form("逐项")
def each_item_is_told(account: Account, relation: AccountRelation) -> Results:
    """Each of the things that make up an amount is spoken of, be it that there was none."""
    given = relation.given
    name = given["部分"]
    sections = [section for section in account.sections if section.title.name == name]
    whole = account.one(given["全"], FigureMeasure.FINAL)
    if not sections or whole is None:
        return
    text = "".join(account.document.text[section.start : section.end] for section in sections)
    for subject, word in given["项"].items():
        if account.one(subject, FigureMeasure.FINAL) is not None or word in text:
            yield HELD
        else:
            yield broken([whole], f"没有说到“{subject}”", "没有发生的也要写明 0 或未发生")
