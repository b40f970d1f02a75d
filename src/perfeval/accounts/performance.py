"""Relations of the performance section: projects, claims, and the form without its grid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfeval.accounts.account import Account
from perfeval.accounts.facts import AccountFigure, FigureMeasure
from perfeval.accounts.forms import FormRow, FormTable
from perfeval.accounts.items import ListedItem
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
from perfeval.accounts.tolerances import Fit, fit_of_rate, rate_text
from perfeval.numbers import HUNDRED, ZERO, RoundingMode, multiply, round_ratio, subtract, total

_BUDGETS = (FigureMeasure.ADJUSTED, FigureMeasure.BUDGET, FigureMeasure.ORIGINAL)


def _projects(account: Account, kind: str) -> list[ListedItem]:
    return [item for item in account.items if item.kind == kind]


def _broken_at(at: tuple[int, ...], message: str, hint: str = "") -> RelationResult:
    return RelationResult(RelationStatus.BROKEN, at, message, hint)


@form("项目个数")
def project_counts(account: Account, relation: AccountRelation) -> Results:
    """As many projects are counted as are listed, and everywhere the same."""
    subject, kind = relation.given["主体"], relation.given["组"]
    counts = account.all_of(subject, FigureMeasure.PROJECTS)
    listed = _projects(account, kind)
    for count in counts[1:]:
        if count.value != counts[0].value:
            message = f"{told(count)}，而前面是 {counts[0].text}"
            yield broken([count, counts[0]], message, "请统一，或说明差在哪里")
        else:
            yield HELD
    if not counts or not listed:
        return
    if any(count.value == len(listed) for count in counts):
        yield HELD
    else:
        message = f"{told(counts[-1])}，而列出的综述有 {len(listed)} 个"
        yield broken(counts[-1:], message, "请补全，或说明没有列出的项目")


@form("项目金额")
def project_amounts(account: Account, relation: AccountRelation) -> Results:
    """The projects that are listed have no more money than is said of all of them."""
    covered = account.one(relation.given["主体"], FigureMeasure.COVERED)
    projects = _projects(account, relation.given["组"])
    if covered is None or not projects:
        return
    budgets = [
        budget for item in projects if (budget := _budget(account, item.subject)) is not None
    ]
    sum_ = total(budget.value for budget in budgets)
    if sum_ > covered.value:
        message = (
            f"{told(covered)}，而列出的 {len(budgets)} 个项目预算相加已有 {amount(sum_)}，"
            f"多 {amount(subtract(sum_, covered.value))}"
        )
        yield broken([covered, *budgets], message, "请核对口径（基金、调拨是否在内）")
    elif sum_ == covered.value or len(budgets) == len(projects):
        yield HELD if sum_ == covered.value else NO_DATA
    else:
        yield NO_DATA


def _budget(account: Account, subject: str) -> AccountFigure | None:
    for measure in _BUDGETS:
        found = account.one(subject, measure)
        if found is not None:
            return found
    return None


@form("三段")
def phases(account: Account, relation: AccountRelation) -> Results:
    """Targets, tracking and self-assessment speak of the same projects and money."""
    for measure in (FigureMeasure.PROJECTS, FigureMeasure.COVERED):
        found = [account.one(subject, measure) for subject in relation.given["段"]]
        figures = [figure for figure in found if figure is not None]
        for figure in figures[1:]:
            if figure.value == figures[0].value:
                yield HELD
            else:
                message = f"{told(figure)}，而{told(figures[0])}"
                yield broken([figure, figures[0]], message, "不一致的请说明原因")


@form("自相矛盾")
def denied_rates(account: Account, _relation: AccountRelation) -> Results:
    """A rate is not said to be reached and not reached."""
    for denial in account.with_measure(FigureMeasure.DENIED):
        rate = account.one(denial.subject, FigureMeasure.COMPLETION, denial)
        if rate is None:
            continue
        if rate.value == denial.value:
            message = f"{told(rate)}，后面又说未达到 {denial.text}"
            yield broken([denial, rate], message, "两句不能同时成立，请核对")
        else:
            yield HELD


@form("结余")
def surplus(account: Account, relation: AccountRelation) -> Results:
    """What was spent to 100 % has nothing left."""
    pattern, kinds = re.compile(relation.given["词"]), relation.given["组"]
    for item in account.items:
        rate = account.one(item.subject, FigureMeasure.COMPLETION)
        if item.kind not in kinds or rate is None or rate.value != HUNDRED:
            continue
        found = pattern.search(account.document.text, *account.item_text(item))
        if found is not None:
            message = f"“{item.name}”执行率 {rate.text}，又说“{found[0]}”"
            yield _broken_at((found.start(), rate.start), message, "两句不能同时成立，请核对")
        else:
            yield HELD


def _is_short(account: Account, subject: str) -> AccountFigure | None:
    """Return the rate of a project that is below 100 %."""
    rate = account.one(subject, FigureMeasure.COMPLETION)
    return rate if rate is not None and rate.value < HUNDRED else None


@form("无问题")
def no_problems(account: Account, relation: AccountRelation) -> Results:
    """Who spent or reached less than planned does not say that there was no problem."""
    pattern, kinds = re.compile(relation.given["词"]), relation.given["组"]
    for item in account.items:
        if item.kind not in kinds:
            continue
        found = pattern.search(account.document.text, *account.item_text(item))
        if found is None:
            continue
        rate = _is_short(account, item.subject)
        if rate is None:
            yield HELD
        else:
            message = f"“{item.name}”执行率 {rate.text}，问题却写“无”"
            yield _broken_at(
                (found.start("词"), rate.start), message, "写明未完成的原因，或核对执行率"
            )


@form("声明")
def claims_of_completion(account: Account, relation: AccountRelation) -> Results:
    """Nobody claims to have reached 100 % while a figure of his own says otherwise."""
    short_rows = [row for table in account.forms for row in table.rows if row.is_short]
    rates = [
        rate for item in account.items if (rate := _is_short(account, item.subject)) is not None
    ]
    for claim in account.with_measure(FigureMeasure.CLAIMED):
        if claim.value != HUNDRED:
            continue
        own = _is_short(account, claim.subject)
        is_of_one = any(item.subject == claim.subject for item in account.items)
        if own is not None:
            message = f"文中说 {claim.text} 完成，而{told(own)}"
            yield _broken_at((claim.start, own.start), message, _CLAIM_HINT)
        elif short_rows and (not is_of_one or claim.subject.startswith(relation.given["附"])):
            row = short_rows[0]
            message = (
                f"文中说 {claim.text} 完成，而自评表里“{row.name}”等 {len(short_rows)} 行没有达标"
                f"（{amount(row.actual)}/{amount(row.target)}）"
            )
            yield _broken_at((claim.start, row.start), message, _CLAIM_HINT)
        elif rates and not is_of_one:
            message = f"文中说 {claim.text} 完成，而有 {len(rates)} 个项目的执行率不到 100%"
            yield _broken_at((claim.start, rates[0].start), message, _CLAIM_HINT)
        else:
            yield HELD


_CLAIM_HINT = "按实际完成情况写，不要说全部完成"


@form("表执行率")
def form_rate(account: Account, _relation: AccountRelation) -> Results:
    """The rate of the form's budget row is spending over budget."""
    for table in account.forms:
        row = table.budget
        if row is None:
            yield NO_DATA
        elif row.budget > ZERO:
            fit = fit_of_rate(row.rate, row.spent, row.budget)
            right = rate_text(row.spent, row.budget, row.rate)
            message = f"自评表执行率 {row.rate}%，而 {row.spent} ÷ {row.budget} = {right}"
            yield (
                HELD
                if fit is not Fit.BROKEN
                else _broken_at((row.start,), message, f"应为 {right}")
            )


@form("表预算得分")
def form_budget_points(account: Account, _relation: AccountRelation) -> Results:
    """The points of the form's budget row are its full points times the rate, as its head says."""
    for table in account.forms:
        row = table.budget
        if row is None or row.full is None or row.points is None or row.budget <= ZERO:
            continue
        right = round_ratio(multiply(row.full, row.spent), row.budget, 2, RoundingMode.HALF_UP)
        right = min(right, row.full)
        if row.points > right:
            message = (
                f"自评表预算执行得分 {row.points}，按表头“{row.full}分*执行率”"
                f"应为 {row.full} × {row.spent} ÷ {row.budget} = {right}"
            )
            yield _broken_at((row.start,), message, f"应为 {right}")
        else:
            yield HELD


def _full_rows(table: FormTable) -> Iterator[FormRow]:
    """Yield the rows that fall short of their target in a form in which none may."""
    if table.total is not None and table.total[0] == HUNDRED:
        yield from (row for row in table.rows if row.is_short)


@form("表行得分")
def form_rows(account: Account, _relation: AccountRelation) -> Results:
    """A row that falls short of its target has less than its full points."""
    for table in account.forms:
        short = list(_full_rows(table))
        for row in short:
            right = round_ratio(
                multiply(row.points, row.actual), row.target, 2, RoundingMode.HALF_UP
            )
            inside = ""
            if row.target_inside is not None and row.actual_inside is not None:
                inside = f"（括号内 {amount(row.actual_inside)}/{amount(row.target_inside)}）"
            message = (
                f"“{row.name}”完成 {amount(row.actual)}，目标 {amount(row.target)}{inside}，"
                f"没有达标，总分 100 说明这一行得了满分 {amount(row.points)}"
            )
            yield _broken_at((row.start,), message, f"按比例应为 {right} 分")
        if len(short) < len(table.rows):
            yield HELD


@form("表总分")
def form_total(account: Account, _relation: AccountRelation) -> Results:
    """A form in which a row falls short has no total of 100."""
    for table in account.forms:
        if table.total is None:
            yield NO_DATA
            continue
        short = list(_full_rows(table))
        row = table.budget
        is_below = row is not None and row.spent < row.budget and row.full is not None
        if short or (is_below and table.total[0] == HUNDRED):
            lacking = len(short) + int(is_below)
            message = f"总分 {amount(table.total[0])}，而有 {lacking} 行没有达标或没有执行完"
            yield _broken_at(
                (table.total[1], *(item.start for item in short)), message, "总分应按各行重新计算"
            )
        else:
            yield HELD


@form("表缺原因")
def form_reasons(account: Account, _relation: AccountRelation) -> Results:
    """Each row that falls short is explained."""
    for table in account.forms:
        if table.reasons is None:
            continue
        text = account.document.text[slice(*table.reasons)]
        for row in table.rows:
            if row.is_short and not _is_mentioned(row.name, text):
                part = f"{amount(row.actual)}/{amount(row.target)}"
                message = f"“{row.name}”没有达标（{part}），原因分析里没有写到"
                yield _broken_at((table.reasons[0], row.start), message, "补写这一行的偏差原因")
            elif row.is_short:
                yield HELD


_LEAST_SHARED = len("老年人服务")


def _is_mentioned(name: str, text: str) -> bool:
    """Tell whether a text has five letters on end of a name."""
    pieces = (name[at : at + _LEAST_SHARED] for at in range(len(name) - _LEAST_SHARED + 1))
    return any(piece in text for piece in pieces)


_COUNTED = re.compile(r"([0-9]+)(?:个|家|张|所|处|人|户|项|名|次|件)([^，。；0-9]{4,})")


@form("表原因数")
def form_reason_counts(account: Account, _relation: AccountRelation) -> Results:
    """A number of things that a reason says are lacking is what the row lacks."""
    for table in account.forms:
        if table.reasons is None:
            continue
        for found in _COUNTED.finditer(account.document.text, *table.reasons):
            row = next(
                (row for row in table.rows if row.is_short and _is_mentioned(row.name, found[2])),
                None,
            )
            if row is None:
                continue
            lacking = subtract(row.target, row.actual)
            if amount(lacking) == found[1]:
                yield HELD
            else:
                yield _broken_at(
                    (row.start, found.start()),
                    _count_text(row, found[1]),
                    "请核对，并写明括号里的数是否在内",
                )


def _count_text(row: FormRow, printed: str) -> str:
    lacking = subtract(row.target, row.actual)
    text = f"原因里说 {printed} 个（家），而“{row.name}”相差 {amount(lacking)}"
    if row.target_inside is not None and row.actual_inside is not None:
        both = lacking + subtract(row.target_inside, row.actual_inside)
        text += f"，括号内外相加相差 {amount(both)}"
    return text


@form("表不全")
def form_rows_without_target(account: Account, _relation: AccountRelation) -> Results:
    """A row of the form has its target beside it."""
    is_read = any(sheet.is_own for sheet in account.beside)
    for table in account.forms:
        if table.lone and not is_read:
            message = f"自评表有 {len(table.lone)} 行只剩完成值和得分，目标值与行分开了，没有核对"
            yield RelationResult(
                RelationStatus.NOT_UNDERSTOOD, table.lone, message, "请对照原件核对这些行"
            )
