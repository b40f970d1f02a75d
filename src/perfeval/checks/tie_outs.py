"""部门核对: counts, sums, shares and rates of a whole department against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from perfeval.cells.agreement import (
    Agreement,
    Base,
    agree,
    fitting_bases,
    is_share,
    is_sum,
    tolerance,
)
from perfeval.cells.units import MoneyUnit, in_money
from perfeval.checks.registry import (
    FINE,
    LACKING,
    Fault,
    Results,
    department_check,
    over_all_sheets,
)
from perfeval.checks.subjects import DepartmentScores
from perfeval.department_words import AmountBasis, Fund, ShareKind, Stage, Use
from perfeval.findings import Nature, Severity
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    decimals_of,
    parse_number,
    percent,
    plain,
    subtract,
    total,
    trimmed,
)
from perfeval.places import Path
from perfeval.scorecard import Scorecard

if TYPE_CHECKING:
    from perfeval.department import Coverage, Department, Figure, Share


def _listed(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


@department_check("DP101", Severity.ERROR)
def projects_unlike_count(scores: DepartmentScores) -> Results:
    """The number of projects said to be published is not the number of sheets."""
    scope = scores.department.scope
    said, account = _expected(scope)
    if said is None:
        return
    least, unread = len(scores.projects), len(scores.unread)
    most = least + unread  # a file that could not be read may be a project's, or none's
    is_open = scope.listed is None and any(item.count is None for item in scope.left_out)
    if least == said == most:
        yield FINE
    elif least <= said <= most or (is_open and most < said):
        yield LACKING
    else:
        name = "项目数" if scope.listed is None else "公布项目数"
        found = f"自评表有 {least} 张" + (f"，还有 {unread} 个文件没有读通" if unread else "")
        gap = f"多 {least - said}" if said < least else f"少 {said - most}"
        yield Fault(
            f"{account}，{found}，{'至少' if unread else ''}{gap} 个",
            ("自评范围", name),
            "请补齐自评表，或写明未列入的个数和原因",
        )


def _expected(scope: Coverage) -> tuple[int | None, str]:
    """Return how many sheets there should be by what is said, and in which words."""
    if scope.listed is not None:
        return scope.listed, f"称公布项目 {scope.listed} 个"
    if scope.projects is None:
        return None, ""
    left_out = _left_out(scope)
    account = f"称自评项目 {scope.projects} 个"
    if left_out:
        account += f"，未列入的 {left_out} 个"
    return scope.projects - left_out, account


def _left_out(scope: Coverage) -> int:
    return sum(item.count for item in scope.left_out if item.count is not None)


@department_check("DP102", Severity.ERROR)
def two_counts_of_projects(scores: DepartmentScores) -> Results:
    """The accounts give two counts of projects that nothing reconciles."""
    scope = scores.department.scope
    if scope.projects is None or scope.listed is None:
        return
    left_out = _left_out(scope)
    if scope.listed + left_out == scope.projects:
        yield FINE
        return
    unknown = [item.name for item in scope.left_out if item.count is None]
    rest = f"，说明未列入的 {left_out} 个" if left_out else "，没有说明差的是哪些"
    blank = f"（{_listed(unknown)}没有写个数）" if unknown else ""
    yield Fault(
        f"一处称项目 {scope.projects} 个，一处称 {scope.listed} 个{rest}{blank}",
        ("自评范围", "公布项目数"),
        "请写明差额",
    )


@department_check("DP103", Severity.ERROR)
def amount_unlike_sheets(scores: DepartmentScores) -> Results:
    """The amount said to be assessed is not the sum of the sheets."""
    department = scores.department
    scope = department.scope
    figure = _figure(department, scope.amount)
    if figure is None:
        return
    if not scores.projects:
        yield LACKING
        return
    unit = department.money_unit
    amounts = [(card, _amount(card, scope.basis, unit)) for card in scores.projects]
    known = [amount for _, amount in amounts if amount is not None]
    missing = [card.sheet.name for card, amount in amounts if amount is None]
    added = total(known)
    difference = subtract(added, figure.number)
    is_sum_of_known = is_sum(figure.number, known) is not Agreement.DIFFERENT
    if not known or scores.unread or (missing and (difference < ZERO or is_sum_of_known)):
        yield LACKING
        return
    if is_sum_of_known:
        yield FINE
        return
    gap = f"{'多' if difference > ZERO else '少'} {plain(difference.copy_abs())}"
    more = f"，还不含没有{scope.basis}的{_listed(missing)}" if missing else ""
    yield Fault(
        f"称自评资金 {plain(figure.number)}，{len(known)} 张自评表的{scope.basis}合计 "
        f"{plain(added)}，{gap}{more}",
        ("自评范围", "资金"),
        _other_sums(scores, figure.number) or "请逐个项目核对，写明口径",
    )


def _amount(card: Scorecard, basis: AmountBasis, unit: MoneyUnit) -> Decimal | None:
    """Return what a sheet planned or spent, in the department's unit of money."""
    budget = card.sheet.budget
    amount = budget.spent if basis == AmountBasis.SPENT else budget.base
    return None if amount is None else in_money(amount, card.sheet.money_unit, unit)


def _other_sums(scores: DepartmentScores, stated: Decimal) -> str:
    """Name another sum of the sheets that gives the stated amount, if one does."""
    planned, spent = (_sum(scores, basis) for basis in (AmountBasis.FINAL, AmountBasis.SPENT))
    transfers = _transferred(scores)
    others = {
        "执行数合计": spent,
        "执行数合计（不含调拨）": subtract(spent, transfers),
        "预算数合计（不含调拨）": subtract(planned, transfers),
        "预算数合计": planned,
    }
    found = [name for name, number in others.items() if number == stated]
    return f"{found[0]}正好是这个数，请写明口径" if found else ""


def _sum(scores: DepartmentScores, basis: AmountBasis) -> Decimal:
    unit = scores.department.money_unit
    amounts = [_amount(card, basis, unit) for card in scores.projects]
    return total(amount for amount in amounts if amount is not None)


def _transferred(scores: DepartmentScores) -> Decimal:
    """Return what the projects passed on to others, in the department's unit of money."""
    budgets = [(card.sheet.budget, card.sheet.money_unit) for card in scores.projects]
    return total(
        in_money(budget.transferred, unit, scores.department.money_unit)
        for budget, unit in budgets
        if budget.transferred is not None
    )


def _figure(department: Department, name: str | None) -> Figure | None:
    return None if name is None else department.figures.get(name)


@department_check("DP104", Severity.ERROR)
def share_unlike_figures(scores: DepartmentScores) -> Results:
    """A printed share or rate is not what its figures give."""
    for position, share in enumerate(scores.department.shares):
        pair = _pair(scores.department, share)
        if pair is None:
            yield LACKING
            continue
        part, base = pair
        if base.number == ZERO:
            printed = share.printed.text if share.printed is not None else ""
            yield Fault(
                f"{share.name}印作 {printed}，分母“{share.base}”为 0，无从计算",
                _printed_at(position),
                "请核对分母；没有可比的数，就不要写百分比",
            )
        elif base.number < ZERO:
            yield LACKING
        elif _fits(share, part.number, base.number):
            yield FINE
        else:
            yield _wrong_share(scores.department, position, share, part, base)


def _printed_at(position: int) -> Path:
    return ("比率", position, "印出")


def _fits(share: Share, part: Decimal, base: Decimal) -> bool:
    """Tell whether a share is right; 0.0 % of a whole is a rounded share, not a claim of none."""
    printed = share.printed.number if share.printed is not None else None
    claims = (ZERO, HUNDRED) if share.kind == ShareKind.EXECUTION_RATE else (HUNDRED,)
    return printed is not None and is_share(printed, part, base, claims)


def _wrong_share(
    department: Department, position: int, share: Share, part: Figure, base: Figure
) -> Fault:
    assert share.printed is not None and share.printed.number is not None  # noqa: S101, PT018
    printed = share.printed.number
    computed = percent(part.number, base.number, max(decimals_of(printed), 1))
    figures = (
        Base(name, figure.number)
        for name, figure in department.figures.items()
        if name not in (share.part, share.base)
    )
    fits = [
        f"{share.printed.text} = {plain(part.number)} ÷ {plain(found.number)}（{found.name}）"
        for found in fitting_bases(printed, part.number, figures)
    ]
    named = f"；按{share.base} {plain(base.number)} 是 {computed}"
    message = (
        f"{share.name}印作 {share.printed.text}，{plain(part.number)} ÷ {plain(base.number)} "
        f"是 {computed}"
    )
    hint = f"{'；'.join(fits)}{named}" if fits else "请核对分子和分母"
    return Fault(message, _printed_at(position), hint)


def _pair(department: Department, share: Share) -> tuple[Figure, Figure] | None:
    part, base = department.figures.get(share.part), department.figures.get(share.base)
    if part is None or base is None or share.printed is None or share.printed.number is None:
        return None
    return part, base


@department_check("DP105", Severity.ERROR)
def rate_on_wrong_base(scores: DepartmentScores) -> Results:
    """An execution rate compares money of different budgets."""
    from perfeval.department import differences_of_money  # its models are there then

    for position, share in enumerate(scores.department.shares):
        if share.kind != ShareKind.EXECUTION_RATE:
            continue
        pair = _pair(scores.department, share)
        if pair is None:
            yield LACKING
            continue
        part, base = pair
        faults = list(differences_of_money(part, base, ("分子", "分母")))
        if not faults:
            yield FINE
            continue
        yield Fault(
            f"{share.name} {share.printed.text if share.printed else ''} 的{'，'.join(faults)}",
            ("比率", position, "分母"),
            _like_for_like(scores.department, part, base),
        )


def _like_for_like(department: Department, part: Figure, base: Figure) -> str:
    """Compute the rate again with a figure of the same money, where one is known."""
    same = department.like_for_like(part, base)
    if same is None:
        return "请用同一口径的调整后预算数作分母"
    rate = percent(same.figure.number, base.number, 2)
    return (
        f"同口径为 {plain(same.figure.number)} ÷ {plain(base.number)} = {rate}；"
        "请用同一口径的调整后预算数作分母"
    )


@department_check("DP106", Severity.ERROR)
def sum_unlike_parts(scores: DepartmentScores) -> Results:
    """Parts do not add up to their printed total."""
    numbers = scores.department.numbers
    for position, addition in enumerate(scores.department.sums):
        whole = numbers.get(addition.total)
        found = [_part(name, numbers) for name in addition.parts]
        parts = [part for part in found if part is not None]
        if whole is None or len(parts) < len(found):
            yield LACKING
            continue
        if is_sum(whole, parts) is Agreement.DIFFERENT:
            added = total(parts)
            gap = subtract(added, whole)
            word = "多" if gap > ZERO else "少"
            yield Fault(
                f"{addition.total}印作 {plain(whole)}，各项合计 {plain(added)}，"
                f"{word} {plain(gap.copy_abs())}",
                ("合计", position, "合计"),
                "请找出漏掉或抄错的一项",
            )
        else:
            yield FINE


def _part(name: str, numbers: Mapping[str, Decimal]) -> Decimal | None:
    """Return the figure with this name, or the number that stands there instead of a name."""
    return numbers.get(name, parse_number(name))


@department_check("DP107", Severity.ERROR)
def figure_printed_twice(scores: DepartmentScores) -> Results:
    """The same figure is printed with two values."""
    for name, figure in scores.department.figures.items():
        for position, other in enumerate(figure.elsewhere):
            agreement = agree(figure.number, other.number)
            if agreement is Agreement.DIFFERENT:
                gap = subtract(other.number, figure.number).copy_abs()
                at = f"（{other.place}）" if other.place else ""
                yield Fault(
                    f"{name}印作 {plain(figure.number)}，另一处{at}印作 {plain(other.number)}，"
                    f"差 {plain(gap)}，{_slack(figure.number, other.number)}",
                    ("数字", name, "另处印作", position, "数"),
                    "请以账为准，改成一致",
                )
            else:
                yield FINE


def _slack(first: Decimal, second: Decimal) -> str:
    """Say how much rounding could explain."""
    unit = tolerance(first, second)
    if unit == ZERO:
        return "两处位数相同，不是四舍五入"
    return f"四舍五入最多差 {trimmed(unit)} 的一半"


@department_check("DP108", Severity.WARNING)
@over_all_sheets
def transfers_in_total(scores: DepartmentScores) -> Results:
    """Money that was passed on is in the total, and that total is compared with the spending."""
    department = scores.department
    scope = department.scope
    sheets = [card.sheet.name for card in scores.projects if card.sheet.budget.transferred]
    if not scope.with_transfers:
        if scope.amount is not None and scores.projects:
            yield LACKING if sheets else FINE
        return
    moved = _transferred(scores)
    known = f"；已知 {len(sheets)} 个项目调拨 {plain(moved)}：{_listed(sheets)}" if sheets else ""
    compared = [share.base for share in department.shares if share.part == scope.amount]
    against = f"，却与本单位的{compared[0]}相比" if compared else ""
    yield Fault(
        f"自评资金含调拨{against}{known}", ("自评范围", "含调拨"), "请扣除调拨后再合计，或分别列示"
    )


@department_check("DP109", Severity.ERROR)
def unknown_figure(scores: DepartmentScores) -> Results:
    """A share, a sum or the scope names a figure that is not written down."""
    for path, name in _references(scores.department):
        if name in scores.department.figures:
            yield FINE
        else:
            yield Fault(f"“数字”里没有“{name}”", path, "请改成“数字”里的名字，或补上这个数")


def _references(department: Department) -> Iterator[tuple[Path, str]]:
    """Yield every name of a figure that is used, and where."""
    if department.scope.amount is not None:
        yield ("自评范围", "资金"), department.scope.amount
    for position, share in enumerate(department.shares):
        yield ("比率", position, "分子"), share.part
        yield ("比率", position, "分母"), share.base
    for position, addition in enumerate(department.sums):
        yield ("合计", position, "合计"), addition.total
        for at, name in enumerate(addition.parts):
            if parse_number(name) is None:
                yield ("合计", position, "各项", at), name


@department_check("DP110", Severity.WARNING)
def rate_on_original_budget(scores: DepartmentScores) -> Results:
    """An execution rate is measured against the original budget, or exceeds 100 %."""
    for position, share in enumerate(scores.department.shares):
        pair = _pair(scores.department, share)
        if share.kind != ShareKind.EXECUTION_RATE:
            continue
        if pair is None or share.printed is None:
            yield LACKING
            continue
        is_above = share.printed.number is not None and share.printed.number > HUNDRED
        stage = pair[1].stage
        why = f"以{stage}为分母，不是全年（调整后）预算" if stage != Stage.FINAL else ""
        above = "超过 100%" if is_above else ""
        if why or above:
            said = "，".join(filter(None, (why, above)))
            yield Fault(
                f"{share.name}印作 {share.printed.text}，{said}",
                _printed_at(position),
                "请用调整后预算数重算，或改称完成年初预算的百分比",
            )
        else:
            yield FINE


@department_check("DP111", Severity.WARNING, Nature.EVIDENCE)
def sheets_spent_more_than_department(scores: DepartmentScores) -> Results:
    """The sheets together spent more than the department's accounts show for projects."""
    scores = scores.of_the_year
    figures = [
        (name, figure.number)
        for name, figure in scores.department.figures.items()
        if (figure.stage, figure.fund, figure.use) == (Stage.SPENT, Fund.ALL, Use.PROJECTS)
    ]
    if len(figures) != 1 or not scores.projects:
        return
    ((name, declared),) = figures
    unit = scores.department.money_unit
    spent = [_amount(card, AmountBasis.SPENT, unit) for card in scores.projects]
    known = [amount for amount in spent if amount is not None]
    moved = _transferred(scores)
    parts = [*known, moved.copy_negate()] if moved else known
    added = total(parts)
    if added > declared and is_sum(declared, parts) is Agreement.DIFFERENT:
        less = f"（已减去调拨 {plain(moved)}）" if moved else ""
        yield Fault(
            f"{len(known)} 张自评表的执行数合计 {plain(added)}{less}，比部门决算的{name} "
            f"{plain(declared)} 多 {plain(subtract(added, declared))}",
            ("数字", name),
            "请逐个项目与决算核对；有结转或其他单位列支的，写明",
        )
    else:
        yield LACKING if scores.unread or len(known) < len(spent) else FINE
