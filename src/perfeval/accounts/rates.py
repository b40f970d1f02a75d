"""Relations of rates: shares, rates of completion and of change, and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from perfeval.accounts.account import Account
from perfeval.accounts.certainty import may_be_of_a_part
from perfeval.accounts.data import Limit, limit
from perfeval.accounts.facts import AccountFigure, ComparedWith, FigureKind, FigureMeasure
from perfeval.accounts.items import ListedItem, ListKind
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
    told,
)
from perfeval.accounts.sections import AccountSection
from perfeval.accounts.tolerances import CENT, Fit, fit_of_rate, fit_of_sum, rate_text
from perfeval.accounts.words import subjects_in
from perfeval.numbers import HUNDRED, ZERO, decimals_of, subtract

_MOST_TRIED = limit(Limit.CANDIDATES)
_SPENT = (FigureMeasure.FINAL, FigureMeasure.CONTRACT, FigureMeasure.COVERED)
_AGAINST = {
    ComparedWith.ORIGINAL: (FigureMeasure.ORIGINAL, FigureMeasure.BUDGET),
    ComparedWith.ADJUSTED: (FigureMeasure.ADJUSTED, FigureMeasure.BUDGET),
    ComparedWith.BUDGET: (
        FigureMeasure.BUDGET,
        FigureMeasure.ADJUSTED,
        FigureMeasure.ADDED,
        FigureMeasure.ORIGINAL,
    ),
}


def _near(
    account: Account, figure: AccountFigure, measures: Iterable[FigureMeasure]
) -> AccountFigure | None:
    """Return the amount of a figure's own subject that stands nearest before it."""
    for measure in measures:
        found = account.one(figure.subject, measure, figure)
        if found is not None:
            return found
    return None


@form("占比")
def shares(account: Account, relation: AccountRelation) -> Results:
    """A share is what its amount is of the base that is named."""
    for share in account.with_measure(FigureMeasure.SHARE):
        part = _near(account, share, _SPENT)
        base = _base_of(account, relation, share)
        if part is None or base is None:
            yield NO_DATA
        elif base.value <= ZERO:
            yield _without_base(share, base)
        else:
            yield _share(account, share, part, base)


def _base_of(
    account: Account, relation: AccountRelation, share: AccountFigure
) -> AccountFigure | None:
    title = account.title_of(share)
    scope = account.sections[share.section].title.scope
    named = subjects_in(share.base[1:], title, scope)
    subject = named[-1].subject if named else relation.given["缺省"].get(title, "")
    if not named and share.whole is not None and not subject:
        return account.figures[share.whole]
    for measure in _SPENT:
        found = account.one(subject, measure, share)
        if found is not None:
            return found
    return None


def _share(
    account: Account, share: AccountFigure, part: AccountFigure, base: AccountFigure
) -> RelationResult:
    fit = fit_of_rate(share.number, part.value, base.value, _finest(part, base))
    right = rate_text(part.value, base.value, share.number)
    message = (
        f"{told(share)}，而 {amount(part.value)} ÷ “{base.name or base.subject}”"
        f"{amount(base.value)} = {right}"
    )
    hint = _fitting(account, share, part, right) if fit is Fit.BROKEN else ""
    return by_fit(fit, [share, part, base], message, hint)


def _fitting(account: Account, share: AccountFigure, part: AccountFigure, right: str) -> str:
    """Name the figure of which the printed share would be one."""
    candidates = (
        base
        for base in account.with_measure(*_SPENT)
        if base.kind is FigureKind.MONEY and base.value > ZERO
        if base.subject != part.subject and base.value != part.value
    )
    found = [
        base
        for base in islice(candidates, _MOST_TRIED)
        if fit_of_rate(share.number, part.value, base.value) is Fit.EXACT
    ]
    if not found:
        return f"应为 {right}"
    base = found[0]
    name = f"“{base.name or base.subject}”{amount(base.value)}"
    return f"应为 {right}；按{name} 计算正是 {share.text}，可能用错了基数"


def _finest(*figures: AccountFigure) -> Decimal:
    """Return to what amounts were rounded: to the cent, or to the digit that is printed."""
    return min(CENT, *(figure.step for figure in figures))


def _without_base(rate: AccountFigure, base: AccountFigure) -> RelationResult:
    message = f"{told(rate)}，而{told(base)}，基数为 0 没有比率"
    result = broken([rate, base], message, "删去比率，写明数额；或写明比率按什么数计算")
    return result._replace(code="AC108")


@form("完成率")
def completions(account: Account, _relation: AccountRelation) -> Results:
    """A rate of completion is the final figure over the budget that is named."""
    for rate in account.with_measure(FigureMeasure.COMPLETION):
        spent = _near(account, rate, (FigureMeasure.FINAL,))
        bases = list(_budgets(account, rate))
        if spent is None or not bases:
            yield NO_DATA
            continue
        fits = [_fit(rate, spent, base) for base in bases]
        good = [fit for fit in fits if fit is not Fit.BROKEN]
        if good:
            yield by_fit(good[0], [rate, spent, bases[0]], _completion_text(rate, spent, bases[0]))
        elif bases[0].value <= ZERO:
            is_told = not rate.number and not spent.value
            yield HELD if is_told else _without_base(rate, bases[0])
        else:
            right = rate_text(spent.value, bases[0].value, rate.number)
            message = _completion_text(rate, spent, bases[0])
            result = broken([rate, spent, bases[0]], message, f"应为 {right}")
            yield result._replace(
                doubted=result.doubted or may_be_of_a_part(account, rate, spent, bases[0])
            )


def _fit(rate: AccountFigure, spent: AccountFigure, base: AccountFigure) -> Fit:
    if base.value <= ZERO:
        return Fit.BROKEN
    return fit_of_rate(rate.number, spent.value, base.value, _finest(spent, base))


def _completion_text(rate: AccountFigure, spent: AccountFigure, base: AccountFigure) -> str:
    if base.value <= ZERO:
        return f"{told(rate)}，而{told(base)}"
    right = rate_text(spent.value, base.value, rate.number)
    return f"{told(rate)}，而 {amount(spent.value)} ÷ {amount(base.value)} = {right}"


def _budgets(account: Account, rate: AccountFigure) -> Iterator[AccountFigure]:
    """Yield what a rate of completion may be of: the budget that it names before the others."""
    measures = [
        FigureMeasure.BUDGET,
        FigureMeasure.ADJUSTED,
        FigureMeasure.ADDED,
        FigureMeasure.ORIGINAL,
    ]
    for compared, named in _AGAINST.items():
        if compared.value in rate.base:
            measures = [*named]
            break
    for measure in measures:
        found = account.one(rate.subject, measure, rate)
        if found is not None:
            yield found


@form("缺完成率")
def missing_rates(account: Account, _relation: AccountRelation) -> Results:
    """Where most items print a rate of completion, each that can have one does."""
    items = [item for item in account.items if item.kind == ListKind.ITEMS]
    lacking: list[tuple[AccountFigure, AccountFigure]] = []
    rates: list[Decimal] = []
    for item in items:
        original = account.one(item.subject, FigureMeasure.ORIGINAL)
        spent = account.one(item.subject, FigureMeasure.FINAL)
        if original is None or spent is None or original.value <= ZERO:
            continue
        rate = account.one(item.subject, FigureMeasure.COMPLETION)
        if rate is not None:
            rates.append(rate.number)
        else:
            lacking.append((original, spent))
    if len(rates) > len(lacking):
        for original, spent in lacking:
            right = rate_text(spent.value, original.value, max(rates, key=decimals_of))
            message = f"“{original.name}”没有写完成率，其他各项都写了"
            yield broken([original, spent], message, f"补写完成率 {right}")
        yield HELD
    elif rates:
        yield NO_DATA


@form("超百")
def above_hundred(account: Account, relation: AccountRelation) -> Results:
    """A rate of execution is taken on the budget after changes, and is not above 100 %."""
    word = relation.given["词"]
    for rate in account.with_measure(FigureMeasure.COMPLETION):
        if word in rate.base:
            if rate.number > HUNDRED:
                message = f"{told(rate)}，执行率超过了 100%"
                hint = "执行率应以全年（调整后）预算数为基数，分子分母口径一致"
                yield broken([rate], message, hint)
            else:
                yield HELD


@form("增减率")
def rates_of_change(account: Account, _relation: AccountRelation) -> Results:
    """A rate of change is the change over what was there before."""
    for rate in account.with_measure(FigureMeasure.CHANGE_RATE):
        change = _change_of(account, rate)
        if change is None:
            yield NO_DATA
            continue
        if change.falls != rate.falls and change.value and rate.value:
            yield broken(
                [rate, change], f"{told(change)}与{told(rate)}一个说增加，一个说减少", "请统一"
            )
            continue
        base = _before(account, rate, change)
        if base is None:
            yield NO_DATA
        elif base < ZERO:
            yield _below_nothing(change, base)
        elif not base:
            if rate.number or change.number:
                message = f"{told(rate)}，而上年（基数）是 {amount(base)}，没有增减率"
                yield broken([rate, change], message, "基数为 0 时只写增减额")._replace(
                    code="AC108"
                )
            else:
                yield HELD
        else:
            yield _rate_of_change(rate, change, base)


def _below_nothing(change: AccountFigure, base: Decimal) -> RelationResult:
    message = f"{told(change)}，那么上年（基数）是 {amount(base)}，小于 0"
    result = broken([change], message, "请核对增减额和本年数是不是同一个主体")
    return result._replace(level=RelationLevel.QUESTION, code="AC106")


def _rate_of_change(rate: AccountFigure, change: AccountFigure, base: Decimal) -> RelationResult:
    part = change.value.copy_abs()
    fit = fit_of_rate(rate.number, part, base, _finest(change))
    right = rate_text(part, base, rate.number)
    message = f"{told(rate)}，而 {amount(part)} ÷ {amount(base)} = {right}"
    return by_fit(fit, [rate, change], message, f"应为 {right}")


def _change_of(account: Account, rate: AccountFigure) -> AccountFigure | None:
    """Return the change of which a rate is told: the last one before it, else one behind it."""
    for change in account.before(rate.subject, FigureMeasure.CHANGE, rate.start):
        if change.section != rate.section or rate.sentence - change.sentence > 1:
            break
        if change.compared is rate.compared:
            return change
    found = account.one(rate.subject, FigureMeasure.CHANGE, rate)
    is_near = found is not None and found.section == rate.section
    return found if is_near and found is not None and found.compared is rate.compared else None


def _before(account: Account, rate: AccountFigure, change: AccountFigure) -> Decimal | None:
    """Return what a change was measured against: as printed, or the value less the change."""
    if change.compared is ComparedWith.YEAR_BEFORE:
        printed = account.of_years(rate.subject, FigureMeasure.BEFORE)
        if printed:
            return printed[0].value
    elif change.compared is not None:
        budget = _near(account, rate, _AGAINST[change.compared])
        if budget is not None:
            return budget.value
    now = _near(account, rate, _SPENT)
    return None if now is None else subtract(now.value, change.value)


@form("差异率")
def variances(account: Account, _relation: AccountRelation) -> Results:
    """A variance is by how much the final figure is off the budget, in percent of the budget."""
    for rate in account.with_measure(FigureMeasure.VARIANCE):
        spent = _near(account, rate, (FigureMeasure.FINAL,))
        budget = _near(account, rate, _AGAINST[ComparedWith.ORIGINAL])
        if spent is None or budget is None:
            yield NO_DATA
        elif budget.value <= ZERO:
            yield _without_base(rate, budget)
        else:
            gap = subtract(spent.value, budget.value)
            right = rate_text(gap, budget.value, rate.number)
            fit = fit_of_rate(rate.number, gap, budget.value, _finest(spent, budget))
            message = f"{told(rate)}，而（{amount(spent.value)} - {amount(budget.value)}）÷ "
            message += f"{amount(budget.value)} = {right}"
            yield by_fit(fit, [rate, spent, budget], message, f"应为 {right}")


@form("两年")
def two_years(account: Account, _relation: AccountRelation) -> Results:
    """The figure of this year less that of the year before is the change."""
    for change in account.with_measure(FigureMeasure.CHANGE):
        if change.compared is not ComparedWith.YEAR_BEFORE:
            continue
        now = account.one(change.subject, FigureMeasure.FINAL, change)
        year = (account.year or 0) - 1
        past = [
            figure
            for measure in (FigureMeasure.BEFORE, FigureMeasure.FINAL)
            for figure in account.of_years(change.subject, measure)
            if figure.year == year
        ]
        if now is None or not past:
            continue
        difference = subtract(now.value, past[0].value)
        taken = f"{amount(now.value)} - {amount(past[0].value)}"
        message = f"{told(change)}，而 {taken} = {amount(difference)}"
        fit = fit_of_sum(change.value, [now.value, past[0].value.copy_negate()])
        yield by_fit(fit, [change, now, past[0]], message, f"应为 {amount(difference)}")


_ORDER = re.compile(
    "决算数?(?P<词>大于|高于|多于|超过|小于|低于|少于|等于|[同与和]年?初?预算数?(?:基本)?(?:持平|一致|相同))"
)
_ABOUT = "基本"
_SIGNS = {"大": 1, "高": 1, "多": 1, "超": 1, "小": -1, "低": -1, "少": -1}


@form("大小")
def words_of_order(account: Account, relation: AccountRelation) -> Results:
    """A word for more, less or equal says how the two figures stand to each other."""
    text = account.document.text
    for item in account.items:
        if item.kind == ListKind.ITEMS:
            found = _ORDER.search(text, *account.item_text(item))
            if found is not None:
                yield _order(account, item.subject, found)
    names = relation.given["部分"]
    for section in account.sections:
        if section.title.name in names:
            starts = [item.start for item in account.items if item.start >= section.start]
            end = min([*starts, section.end])
            for found in _ORDER.finditer(text, section.start, end):
                yield _order(account, _named_before(account, section, found.start()), found)


def _named_before(account: Account, section: AccountSection, at: int) -> str:
    """Return of whom a sentence has spoken last, or whose section it is."""
    text = account.document.text
    begin = max(text.rfind("。", section.start, at) + 1, section.start)
    named = subjects_in(text[begin:at], section.title.name, section.title.scope)
    return named[-1].subject if named else section.title.subject


def _order(account: Account, subject: str, found: re.Match[str]) -> RelationResult:
    """Compare what a word says with the two figures nearest before it."""
    spent = _last_before(account, subject, (FigureMeasure.FINAL,), found.start())
    base = _last_before(account, subject, _AGAINST[ComparedWith.ORIGINAL], found.start())
    if spent is None or base is None:
        return NO_DATA
    sign = _SIGNS.get(found["词"][0], 0)
    gap = spent.value.compare(base.value)
    if gap == sign or (not sign and _is_near(spent, base, found["词"])):
        return HELD
    word = "大于" if gap > ZERO else "小于" if gap < ZERO else "等于"
    right = f"决算数 {amount(spent.value)} {word}预算数 {amount(base.value)}"
    return RelationResult(
        status=RelationStatus.BROKEN,
        at=(found.start(), spent.start, base.start),
        message=f"文中说决算数{found['词']}，而{right}",
        hint=f"应为“{word}”",
    )


def _last_before(
    account: Account, subject: str, measures: Iterable[FigureMeasure], at: int
) -> AccountFigure | None:
    """Return the figure of a subject that stands nearest before a place, else its first one."""
    for measure in measures:
        found = next(account.before(subject, measure, at), None) or account.one(subject, measure)
        if found is not None:
            return found
    return None


def _is_near(spent: AccountFigure, base: AccountFigure, word: str) -> bool:
    """Tell whether figures are as good as equal where a text says so."""
    if _ABOUT not in word or base.value <= ZERO:
        return False
    gap = subtract(spent.value, base.value).copy_abs()
    return gap * HUNDRED <= base.value


def item_of(account: Account, subject: str) -> ListedItem | None:
    """Return the item under whose subject figures stand."""
    return next((item for item in account.items if item.subject == subject), None)
