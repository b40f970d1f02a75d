"""Relations between a document and the 自评表 of its projects: money, rates, points, names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfeval.accounts.account import Account
from perfeval.accounts.beside import (
    BesideFigure,
    BesideSheet,
    is_of_the_whole,
    name_key,
    once,
    pairs,
    projects_told,
)
from perfeval.accounts.certainty import is_certain, money_of
from perfeval.accounts.cues import Phrase, phrase
from perfeval.accounts.facts import AccountFigure, FigureMeasure
from perfeval.accounts.items import ListedItem
from perfeval.accounts.results import (
    HELD,
    NO_DATA,
    AccountRelation,
    RelationLevel,
    RelationResult,
    RelationStatus,
    Results,
    amount,
    broken,
    by_fit,
    form,
    starts,
    told,
)
from perfeval.accounts.tolerances import Fit, fit_of_rate, rate_text
from perfeval.cells.agreement import Agreement, agree
from perfeval.codes import ACCOUNT_ROUNDED
from perfeval.numbers import ZERO, decimals_of, subtract, total

_PLANNED = (FigureMeasure.ADJUSTED, FigureMeasure.ORIGINAL)
_HINT = "两处不能同时成立，请核对后改成一致"


@form("表金额")
def money_of_sheets(account: Account, relation: AccountRelation) -> Results:
    """The money of a project is that of its sheet."""
    for pair in pairs(account):
        for word, against in relation.given["对"].items():
            measure = FigureMeasure(word)
            known = [
                pair.sheet.figures[one]
                for one in map(FigureMeasure, against)
                if one in pair.sheet.figures
            ]
            for figure in once(account.all_of(pair.item.subject, measure)):
                yield _money(account, figure, known) if known else NO_DATA


def _money(account: Account, figure: AccountFigure, known: list[BesideFigure]) -> RelationResult:
    value = money_of(figure)
    if value is None or not is_certain(account, figure):
        return NO_DATA
    agreements = [_agreement(value, other.value) for other in known]
    message = f"{told(figure)}，而自评表（{known[0].place}）是 {amount(known[0].value)} 万元"
    if Agreement.EQUAL in agreements:
        return HELD
    if Agreement.WITHIN_ROUNDING in agreements:
        at = starts([figure])
        return RelationResult(RelationStatus.ROUNDING, at, message, code=ACCOUNT_ROUNDED)
    return broken([figure], message, _HINT)


def _agreement(printed: Decimal, filled: Decimal) -> Agreement:
    """Compare what a text prints with what a sheet has; a whole number in a sheet is exact."""
    is_exact = decimals_of(filled) < decimals_of(printed) and not decimals_of(filled)
    if is_exact and printed != filled:
        return Agreement.DIFFERENT
    return agree(printed, filled)


@form("表率")
def rates_of_sheets(account: Account, _relation: AccountRelation) -> Results:
    """A rate of execution is what the money of the sheet gives, where the text has no money."""
    for item, sheet in pairs(account):
        if _all(account, item, FigureMeasure.FINAL):
            continue  # the rate is of the money that the text has, which may be a part
        spent = sheet.figures.get(FigureMeasure.FINAL)
        base = next((sheet.figures[one] for one in _PLANNED if one in sheet.figures), None)
        for rate in once(_all(account, item, FigureMeasure.COMPLETION)):
            if spent is None or base is None or base.value <= ZERO or not is_certain(account, rate):
                yield NO_DATA
            else:
                yield _rate(rate, spent, base)


def _all(account: Account, item: ListedItem, measure: FigureMeasure) -> list[AccountFigure]:
    return account.all_of(item.subject, measure)


def _rate(rate: AccountFigure, spent: BesideFigure, base: BesideFigure) -> RelationResult:
    fit = fit_of_rate(rate.number, spent.value, base.value)
    right = rate_text(spent.value, base.value, rate.number)
    message = (
        f"{told(rate)}，而自评表（{spent.place}）"
        f"{amount(spent.value)} ÷ {amount(base.value)} = {right}"
    )
    return by_fit(fit, [rate], message, f"应为 {right}" if fit is Fit.BROKEN else "")


@form("表得分")
def points_of_sheets(account: Account, relation: AccountRelation) -> Results:
    """The points of a project, or of the whole, are those that its sheet has."""
    for item, sheet in pairs(account):
        yield from _points(account, _all(account, item, FigureMeasure.POINTS), sheet)
    yield from _points_of_whole(account, relation.given["主体"])


def _points_of_whole(account: Account, whole: str) -> Results:
    subjects = [item.subject for item in account.items if is_of_the_whole(item)]
    for sheet in account.beside:
        if not sheet.names:
            for subject in (whole, *subjects):
                yield from _points(account, account.all_of(subject, FigureMeasure.POINTS), sheet)


def _points(account: Account, figures: list[AccountFigure], sheet: BesideSheet) -> Results:
    filed = sheet.figures.get(FigureMeasure.POINTS)
    for figure in once(figure for figure in figures if is_certain(account, figure)):
        if filed is None and sheet.computed is None and sheet.bounds is None:
            yield NO_DATA
        elif filed is not None and _is_beside_filed(account, figure, sheet, filed.value):
            yield HELD  # the text tells both, and both are those of the sheet
        elif filed is not None and filed.value != figure.number:
            said = f"{told(figure)}，而自评表（{filed.place}）填报的是 {amount(filed.value)} 分"
            yield broken([figure], said, _HINT)
        elif sheet.computed is not None and sheet.computed != figure.number:
            yield _beyond_rule(figure, sheet, f"是 {amount(sheet.computed)} 分")
        elif sheet.bounds is not None and not sheet.bounds[0] <= figure.number <= sheet.bounds[1]:
            least, most = map(amount, sheet.bounds)
            yield _beyond_rule(figure, sheet, f"只能在 {least} 至 {most} 分之间")
        else:
            yield HELD if filed is not None or sheet.computed is not None else NO_DATA


def _is_beside_filed(
    account: Account, figure: AccountFigure, sheet: BesideSheet, filed: Decimal
) -> bool:
    """Tell whether the text tells the filed points as well, and these are not against the rulebook.

    A sheet that only has what was filed says nothing of points by the rulebook.
    """
    is_filed_alone = sheet.computed is None and sheet.bounds is None
    if not is_filed_alone and figure.number != sheet.computed:
        return False
    found = phrase(Phrase.FILED_TOTAL).finditer(account.text_behind(figure))
    told_points = [Decimal(one["分"]) for one in found]
    return filed in told_points


def _beyond_rule(figure: AccountFigure, sheet: BesideSheet, right: str) -> RelationResult:
    message = f"{told(figure)}，而自评表（{sheet.place}）按办法计算{right}"
    result = broken([figure], message, "用 perfeval explain 看每一行怎样计算；请核对自评表")
    return result._replace(level=RelationLevel.WARNING)


@form("表名")
def names_of_sheets(account: Account, _relation: AccountRelation) -> Results:
    """Each project of which a document tells has a sheet of that name, and the other way round."""
    items = projects_told(account)
    given = [sheet for sheet in account.beside if sheet.names and not sheet.is_own]
    if not items or not given:
        return
    found = list(pairs(account))
    met = {pair.item.start for pair in found}
    compared = {id(pair.sheet) for pair in found}
    left = [sheet for sheet in given if id(sheet) not in compared]
    for item in items:
        if item.start in met:
            yield HELD
        else:
            yield _without_sheet(account, item, left)
    text = account.document.text
    for sheet in left:
        if not any(name_key(name) in text for name in sheet.names):
            message = f"自评表“{sheet.name}”（{sheet.place}）在文中没有写到"
            result = RelationResult(
                RelationStatus.BROKEN, (items[0].start,), message, "不公开的请说明原因"
            )
            yield result._replace(level=RelationLevel.HINT)


def _without_sheet(account: Account, item: ListedItem, left: list[BesideSheet]) -> RelationResult:
    same = next((sheet for sheet in left if _may_be(account, item, sheet)), None)
    message, hint = f"“{item.name}”没有自评表", "请补自评表，或核对名称"
    if same is not None:
        message += f"；“{same.name}”（{same.place}）的金额与它相同"
        hint = "同一个项目的，请统一名称，或在部门文件里写“另称”"
    return RelationResult(RelationStatus.BROKEN, (item.start,), message, hint)


def _may_be(account: Account, item: ListedItem, sheet: BesideSheet) -> bool:
    """Tell whether a sheet of another name has the money that is told of a project."""
    spent = sheet.figures.get(FigureMeasure.FINAL)
    planned = [sheet.figures[one].value for one in _PLANNED if one in sheet.figures]
    said = {figure.value for figure in _all(account, item, FigureMeasure.FINAL)}
    budgets = {
        figure.value
        for measure in (*_PLANNED, FigureMeasure.BUDGET)
        for figure in _all(account, item, measure)
    }
    return spent is not None and spent.value in said and not budgets.isdisjoint(planned)


@form("表数")
def totals_of_sheets(account: Account, relation: AccountRelation) -> Results:
    """As many projects with as much money are told as there are sheets."""
    sheets = [sheet for sheet in account.beside if sheet.names and not sheet.is_own]
    if not sheets:
        return
    subject = relation.given["主体"]
    counts = account.all_of(subject, FigureMeasure.PROJECTS)
    if counts:
        yield from _counted(counts, len(sheets))
    covered = account.one(subject, FigureMeasure.COVERED)
    if covered is not None:
        yield _covered(covered, sheets)


def _counted(counts: list[AccountFigure], number: int) -> Iterator[RelationResult]:
    if any(count.value == number for count in counts):
        yield HELD
        return
    said = "、".join(dict.fromkeys(count.text for count in counts))
    message = f"“{counts[0].name or counts[0].subject}”项目数 {said}，而自评表有 {number} 张"
    yield broken(counts, message, "请补齐自评表，或说明没有公开的项目")


def _covered(covered: AccountFigure, sheets: list[BesideSheet]) -> RelationResult:
    """Compare the money that was assessed with what all sheets planned, or spent."""
    planned = [
        next((sheet.figures[one].value for one in _PLANNED if one in sheet.figures), None)
        for sheet in sheets
    ]
    spent = [
        sheet.figures[FigureMeasure.FINAL].value if FigureMeasure.FINAL in sheet.figures else None
        for sheet in sheets
    ]
    sums = [total(value for value in side if value is not None) for side in (planned, spent)]
    if covered.value in sums:
        return HELD
    lacking = sum(value is None for value in planned)
    gap = subtract(sums[0], covered.value)
    if lacking and gap < ZERO:
        return NO_DATA
    more = f"（还有 {lacking} 张没有预算数）" if lacking else ""
    message = (
        f"{told(covered)}，而 {len(sheets)} 张自评表的预算数相加是 {amount(sums[0])}{more}，"
        f"差 {amount(gap.copy_abs())}"
    )
    return broken([covered], message, "请核对口径（基金、调拨是否在内）")
