"""Relations of sums: what is printed as parts adds up to what is printed as the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from perfeval.accounts.account import Account
from perfeval.accounts.data import Limit, limit, table
from perfeval.accounts.facts import AccountFigure, FigureKind, FigureMeasure
from perfeval.accounts.items import ListKind
from perfeval.accounts.results import (
    HELD,
    NO_DATA,
    AccountRelation,
    RelationLevel,
    RelationResult,
    Results,
    amount,
    broken,
    by_fit,
    form,
    told,
)
from perfeval.accounts.tolerances import CENT, Fit, fit_of_sum
from perfeval.numbers import HUNDRED, TWO, ZERO, add, multiply, subtract, total


@form("合计")
def sums(account: Account, relation: AccountRelation) -> Results:
    """A whole is the sum of its parts."""
    given = relation.given
    for word in given.get("量", (FigureMeasure.FINAL.value,)):
        measure = FigureMeasure(word)
        wholes = _once(account.all_of(given["全"], measure))
        near = [whole for whole in wholes if _parts(account, relation, measure, whole, near=True)]
        for whole in near or wholes[:1]:
            parts = _parts(account, relation, measure, whole, near=bool(near))
            yield _sum(account, relation, whole, parts) if parts else NO_DATA


def _once(figures: Sequence[AccountFigure]) -> list[AccountFigure]:
    """Return figures, each value of each section once."""
    return list({(figure.section, figure.value): figure for figure in figures}.values())


def _parts(
    account: Account,
    relation: AccountRelation,
    measure: FigureMeasure,
    whole: AccountFigure,
    *,
    near: bool,
) -> list[AccountFigure]:
    """Return the parts of a whole, of its own section or of the document; none where one lacks."""
    found = []
    for subject in relation.given["必"]:
        part = account.one(subject, measure, whole)
        if part is None or (near and part.section != whole.section):
            return []
        found.append(part)
    sections = {whole.section, *(part.section for part in found)}
    for subject in relation.given.get("选", ()):
        part = account.one(subject, measure, whole)
        if part is not None and part.section in sections:
            found.append(part)
    return found


def _sum(
    account: Account, relation: AccountRelation, whole: AccountFigure, parts: list[AccountFigure]
) -> RelationResult:
    first = parts[0].value
    if relation.given.get("可单") and fit_of_sum(whole.value, [first]) is not Fit.BROKEN:
        return HELD  # what is named beside it is said to be inside
    values = [part.value for part in parts]
    fit = fit_of_sum(whole.value, values, _step(whole))
    gap = subtract(whole.value, total(values))
    message = (
        f"{told(whole)}，而 {_added(parts)} = {amount(total(values))}，差 {amount(gap.copy_abs())}"
    )
    if fit is Fit.EXACT:
        return HELD
    suspect = _doubted(account, parts, gap)
    hint = what_fits(account, whole, parts, gap)
    result = by_fit(fit, [*suspect, whole, *parts], message, hint)
    if fit is Fit.BROKEN and gap > ZERO and relation.given.get("不全"):
        return result._replace(level=RelationLevel(relation.given["不全"]))
    return result


def _step(figure: AccountFigure) -> Decimal:
    return min(CENT, figure.step) if figure.kind is FigureKind.MONEY else ZERO


def _added(parts: Sequence[AccountFigure]) -> str:
    """Print the parts of a sum, the first of them where they are many."""
    texts = [amount(part.value) for part in parts]
    if len(texts) > _MOST_ADDED:
        return f"{len(texts)} 项之和"
    return " + ".join(texts).replace("+ -", "- ")


_MOST_ADDED = limit(Limit.ADDED)


def _printed_else(account: Account, part: AccountFigure, gap: Decimal) -> AccountFigure | None:
    """Return where a part is printed with the amount that would make its sum right."""
    needed = add(part.value, gap)
    same = account.of_years(part.subject, part.measure or FigureMeasure.FINAL)
    return next((figure for figure in same if gap and figure.value == needed), None)


def _doubted(account: Account, parts: Sequence[AccountFigure], gap: Decimal) -> list[AccountFigure]:
    """Return the part that is printed elsewhere as it should be."""
    return [part for part in parts if _printed_else(account, part, gap) is not None][:1]


def what_fits(
    account: Account, whole: AccountFigure, parts: Sequence[AccountFigure], gap: Decimal
) -> str:
    """Name the figure that would make a sum right: printed elsewhere, or with digits swapped."""
    for part in parts:
        needed = add(part.value, gap)
        other = _printed_else(account, part, gap)
        if other is not None:
            where = account.document.where(other.start)
            return f"{where}的“{part.name or part.subject}”是 {amount(needed)}，用它则相符"
        if sorted(amount(needed)) == sorted(amount(part.value)) and needed != part.value:
            return f"“{part.name or part.subject}”如为 {amount(needed)} 则相符，可能是数字颠倒"
    right = total(part.value for part in parts)
    if sorted(amount(right)) == sorted(amount(whole.value)):
        return f"合计如为 {amount(right)} 则相符，可能是数字颠倒"
    return f"请核对各项；合计应为 {amount(right)}，或有一项少（多）了 {amount(gap.copy_abs())}"


@form("结转")
def carried_over(account: Account, relation: AccountRelation) -> Results:
    """A total is what came in this year, and more only where something was carried over."""
    given = relation.given
    whole = account.one(given["全"], FigureMeasure.FINAL)
    carried = any(
        figure.value
        for subject in given["另"]
        for figure in account.all_of(subject, FigureMeasure.FINAL)
    )
    sides = [_side(account, whole, subjects) for subjects in given["部"]]
    sums_ = {total(part.value for part in side) for side in sides if side}
    for parts in sides:
        if whole is None or not parts:
            continue
        sum_ = total(part.value for part in parts)
        gap = subtract(whole.value, sum_)
        message = f"{told(whole)}，而{'、'.join(map(told, parts))}"
        if fit_of_sum(whole.value, [part.value for part in parts]) is not Fit.BROKEN:
            yield HELD
        elif gap < ZERO:
            yield broken([whole, *parts], message, "总计不会小于本年数，请核对")
        elif carried or len(sums_) > 1:
            yield NO_DATA  # what came in and went out differ, so something was carried over
        else:
            hint = f"相差 {amount(gap)}；文中没有写结转和结余，请补写或核对"
            yield broken([whole, *parts], message, hint)._replace(level=RelationLevel.QUESTION)


def _side(
    account: Account, whole: AccountFigure | None, subjects: Sequence[str]
) -> list[AccountFigure]:
    """Return what is printed of one side of a total; nothing where its main part is not."""
    found = [account.one(subject, FigureMeasure.FINAL, whole) for subject in subjects]
    return [part for part in found if part is not None] if found[0] is not None else []


@form("同变")
def equal_changes(account: Account, relation: AccountRelation) -> Results:
    """Two figures that are equal this year and have changed have changed by the same."""
    for one, other in relation.given["对"]:
        values = [account.one(subject, FigureMeasure.FINAL) for subject in (one, other)]
        changes = [account.one(subject, FigureMeasure.CHANGE) for subject in (one, other)]
        figures = [figure for figure in (*changes, *values) if figure is not None]
        if len(figures) < len(values) + len(changes) or figures[2].value != figures[-1].value:
            continue
        if figures[0].compared is not figures[1].compared:
            continue
        if figures[0].value == figures[1].value:
            yield HELD
        else:
            message = f"{told(figures[1])}，而{told(figures[0])}，两者本年的数相等"
            yield broken([figures[1], figures[0]], message, "上年有结转结余的请写明，或核对增减额")


@form("平衡")
def balances(account: Account, relation: AccountRelation) -> Results:
    """What was there and came in is what went out and is left."""
    given = relation.given
    added = [account.one(subject, FigureMeasure.FINAL) for subject in given["加"]]
    taken = [account.one(subject, FigureMeasure.FINAL) for subject in given["减"]]
    figures = [figure for figure in (*added, *taken) if figure is not None]
    if len(figures) < len(added) + len(taken):
        if figures:
            yield NO_DATA
        return
    sections = {figure.section for figure in figures}
    left = [figure for figure in added if figure is not None]
    left += _besides(account, given.get("可加", ()), sections)
    right = [figure for figure in taken if figure is not None]
    right += _besides(account, given.get("可减", ()), sections)
    fit = fit_of_sum(
        total(figure.value for figure in left),
        [*(figure.value for figure in right), *(ZERO for _ in left[1:])],
    )
    message = (
        f"{_added(left)} = {amount(total(figure.value for figure in left))}，"
        f"而 {_added(right)} = {amount(total(figure.value for figure in right))}"
    )
    hint = "年初结转 + 本年收入 应等于 本年支出 + 年末结转"
    yield by_fit(fit, [*left, *right], message, hint)


def _besides(
    account: Account, subjects: Sequence[str], sections: Collection[int]
) -> Iterator[AccountFigure]:
    """Yield what is printed of subjects in some sections."""
    for subject in subjects:
        for figure in account.all_of(subject, FigureMeasure.FINAL):
            if figure.section in sections:
                yield figure
                break


@form("列示合计")
def listed_sums(account: Account, relation: AccountRelation) -> Results:
    """What is listed one by one adds up to the whole."""
    given = relation.given
    measure = FigureMeasure(given["量"])
    subjects = [subject for subject in account.group(given["组"]) if subject.count("/") == 1]
    found = [account.one(subject, measure) for subject in subjects]
    parts = [part for part in found if part is not None]
    if not parts:
        return
    whole = account.one(given["全"], measure, parts[0])
    lacking = [subject for subject, part in zip(subjects, found, strict=True) if part is None]
    is_partly = given.get("读全") and _is_partly_read(account, {part.section for part in parts})
    if whole is None or lacking or is_partly:
        yield NO_DATA
        return
    values = [part.value for part in parts]
    gap = subtract(whole.value, total(values))
    if given.get("可少") and gap > ZERO:
        yield NO_DATA
        return
    fit = fit_of_sum(whole.value, values, _step(whole))
    message = (
        f"{told(whole)}，而列示的 {len(parts)} 项相加是 {amount(total(values))}，"
        f"{'少' if gap > ZERO else '多'} {amount(gap.copy_abs())}"
    )
    yield by_fit(fit, [whole, *parts], message, _one_off(parts, gap))


def _is_partly_read(account: Account, sections: Collection[int]) -> bool:
    """Tell whether a figure of some sections is not understood, which may be one of the parts."""
    return any(not figure.is_bound for figure in account.figures if figure.section in sections)


def _one_off(parts: Sequence[AccountFigure], gap: Decimal) -> str:
    """Name what of a list explains a difference: an item too many, or digits that are swapped."""
    for part in parts:
        if part.value == gap.copy_negate():
            return f"差额正是“{part.name}”的 {amount(part.value)}，可能多列了它"
        needed = add(part.value, gap)
        if sorted(amount(needed)) == sorted(amount(part.value)):
            return f"“{part.name}”如为 {amount(needed)} 则相符，可能是数字颠倒"
    return "请核对各项有没有漏列、多列或写错"


@form("占比合计")
def listed_shares(account: Account, relation: AccountRelation) -> Results:
    """The shares of what is listed add up to 100 %."""
    shares = [
        share
        for subject in account.group(relation.given["组"])
        if (share := account.one(subject, FigureMeasure.SHARE)) is not None
    ]
    if len(shares) < 2:
        return
    steps = total(share.step for share in shares)
    gap = subtract(HUNDRED, total(share.value for share in shares)).copy_abs()
    if gap > steps:
        message = f"各类占比相加是 {amount(total(share.value for share in shares))}%，不是 100%"
        yield broken(shares, message, "请核对各类的占比，有没有漏列的类")
    else:
        yield HELD


@form("其中合计")
def project_parts(account: Account, _relation: AccountRelation) -> Results:
    """The parts that are printed of a project's money are not more than it."""
    inside: dict[int, list[AccountFigure]] = {}
    for part in account.figures:
        if part.whole is not None:
            inside.setdefault(part.whole, []).append(part)
    for at, found in inside.items():
        head = account.figures[at]
        parts = [part for part in found if part.measure is head.measure]
        parts = [part for part in parts if part.subject.startswith(f"{head.subject}/")]
        if not parts or head.measure is None:
            continue
        values = [part.value for part in parts]
        if total(values) < head.value and len(parts) == 1:
            yield NO_DATA
            continue
        fit = fit_of_sum(head.value, values)
        message = f"{told(head)}，其中 {_added(parts)} = {amount(total(values))}"
        yield by_fit(fit, [head, *parts], message, "请核对各来源的金额")


@form("逐级")
def table_levels(account: Account, relation: AccountRelation) -> Results:
    """In a table the sections of a class add up to it, and the items of a section to that."""
    for name in relation.given["表"]:
        codes = {
            subject.partition("/")[2]: subject
            for subject in account.group(name)
            if subject.count("/") == 1
        }
        for code, subject in codes.items():
            below = [
                other for other in codes if other.startswith(code) and len(other) == len(code) + 2
            ]
            whole = account.one(subject, FigureMeasure.FINAL)
            if not below or whole is None:
                continue
            parts = [account.one(codes[other], FigureMeasure.FINAL) for other in below]
            yield _level(whole, [part for part in parts if part is not None])
        yield from _classes(account, name, codes)


def _level(whole: AccountFigure, parts: list[AccountFigure]) -> RelationResult:
    values = [part.value for part in parts]
    gap = subtract(whole.value, total(values))
    sum_ = amount(total(values))
    message = f"“{whole.name}” {whole.text}，下级相加是 {sum_}，差 {amount(gap.copy_abs())}"
    return by_fit(
        fit_of_sum(whole.value, values), [whole, *parts], message, "请核对这一级和下级各行"
    )


def _classes(account: Account, name: str, codes: dict[str, str]) -> Iterator[RelationResult]:
    """Compare the classes of a table with its sum."""
    subject = table("tables")[name].get("合计", [""])[0]
    classes = [
        account.one(codes[code], FigureMeasure.FINAL) for code in codes if len(code) == _CLASS
    ]
    parts = [part for part in classes if part is not None]
    whole = next(
        (
            figure
            for figure in account.all_of(subject, FigureMeasure.FINAL)
            if parts and figure.section == parts[0].section
        ),
        None,
    )
    if whole is not None and parts:
        yield _level(whole, parts)


_CLASS = len("208")


@form("行合计")
def table_rows(account: Account, relation: AccountRelation) -> Results:
    """In a table the columns of a row add up to its sum."""
    for name in relation.given["表"]:
        for subject in account.group(name):
            if subject.count("/") != 1:
                continue
            whole = account.one(subject, FigureMeasure.FINAL)
            columns = [account.one(f"{subject}/{at}", FigureMeasure.FINAL) for at in (1, 2)]
            parts = [part for part in columns if part is not None]
            if whole is not None and len(parts) == len(columns):
                yield _level(whole, parts)


@form("基本各项")
def basic_items(account: Account, relation: AccountRelation) -> Results:
    """The budget for basic expenditure fits the items that are basic by their nature."""
    whole = account.one("基本支出", FigureMeasure.BUDGET) or account.one(
        "一般公共基本支出", FigureMeasure.ORIGINAL
    )
    if whole is None:
        return
    names = set(relation.given["名称"])
    parts = [
        part
        for item in account.items
        if item.kind == ListKind.ITEMS and item.name in names
        if (part := account.one(item.subject, FigureMeasure.ORIGINAL)) is not None
    ]
    if len(parts) < 2:
        yield NO_DATA
        return
    sum_ = total(part.value for part in parts)
    gap = subtract(whole.value, sum_).copy_abs()
    if multiply(gap, TWO) <= multiply(CENT, Decimal(len(parts) + 1)):
        yield HELD
    elif multiply(gap, HUNDRED) <= sum_:
        message = (
            f"{told(whole)}，而按性质属于基本支出的 {len(parts)} 项预算相加是 {amount(sum_)}，"
            f"差 {amount(gap)}"
        )
        yield broken([whole, *parts], message, "请核对这些科目里有没有项目支出")
    else:
        yield NO_DATA


@form("连续各项")
def runs_of_items(account: Account, relation: AccountRelation) -> Results:
    """An amount of a list is the sum of the items that stand under it, in their order."""
    parts = [
        account.one(subject, FigureMeasure.FINAL) for subject in account.group(relation.given["组"])
    ]
    listed = [part for part in parts if part is not None]
    items = [
        figure
        for item in account.items
        if item.kind == ListKind.ITEMS
        if (figure := account.one(item.subject, FigureMeasure.FINAL)) is not None
    ]
    if not listed or not items:
        return
    at = 0
    for index, part in enumerate(listed):
        run = _run(items, at, part.value)
        if run is not None:
            yield HELD
            at = run
            continue
        end = _next_run(items, at, listed[index + 1 :])
        yield _unmatched(part, items[at:end])
        at = end


def _run(items: Sequence[AccountFigure], at: int, value: Decimal) -> int | None:
    """Return behind which item a run ends that begins here and adds up to an amount."""
    sum_ = ZERO
    for index in range(at, len(items)):
        sum_ = add(sum_, items[index].value)
        if sum_ == value:
            return index + 1
        if sum_ > value:
            return None
    return None


def _next_run(items: Sequence[AccountFigure], at: int, after: Sequence[AccountFigure]) -> int:
    """Return where the run of the next amount begins that has one."""
    for part in after:
        for begin in range(at, len(items)):
            if _run(items, begin, part.value) is not None and items[begin].value > ZERO:
                return begin
    return len(items)


def _unmatched(part: AccountFigure, items: Sequence[AccountFigure]) -> RelationResult:
    """Say by how much the items between two runs differ from the amount that stands for them."""
    best = _nearest(part.value, [item.value for item in items])
    if best is None:
        return NO_DATA
    sum_, without = best
    left = [item.name for index, item in enumerate(items) if index in without]
    besides = f"（不含{'、'.join(left)}）" if left else ""
    gap = subtract(part.value, sum_)
    message = (
        f"{told(part)}，而下面相应的各项{besides}相加是 {amount(sum_)}，差 {amount(gap.copy_abs())}"
    )
    return broken([part, *items], message, f"请核对有没有 {amount(gap.copy_abs())} 列在别的科目里")


def _nearest(value: Decimal, values: Sequence[Decimal]) -> tuple[Decimal, set[int]] | None:
    """Return the sum of items, one or two left out, that comes nearest to an amount."""
    if not values or len(values) > _MOST_ADDED:
        return None
    choices = [set(), *({one} for one in range(len(values)))]
    choices += [{one, other} for one in range(len(values)) for other in range(one)]
    sums_ = [
        (total(item for at, item in enumerate(values) if at not in without), without)
        for without in choices
    ]
    return min(sums_, key=lambda found: (subtract(value, found[0]).copy_abs(), len(found[1])))
