"""预算执行: the amounts, the execution rate, and what the money was compared with."""

from __future__ import annotations

from decimal import Decimal

from perfeval.cells.agreement import is_share
from perfeval.checks.notes import enter_notes
from perfeval.checks.patterns import pattern
from perfeval.checks.registry import FINE, LACKING, Fault, Results, sheet_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import (
    HUNDRED,
    ZERO,
    decimals_of,
    multiply,
    percent,
    plain,
    round_ratio,
    subtract,
    total,
    trimmed,
)
from perfeval.places import Path
from perfeval.rulebook import UnscoredExecution
from perfeval.scorecard import Scorecard

_RATE = ("预算", "已填报", "执行率")


@sheet_check("BX101", Severity.ERROR)
def rate_unlike_amounts(card: Scorecard) -> Results:
    """The filed execution rate is not spent ÷ budget."""
    budget = card.sheet.budget
    amount, spent, filed = budget.base, budget.spent, budget.filed.rate
    if filed is None or filed.number is None:
        return
    if amount == ZERO and (filed.number or spent):
        yield Fault(
            f"预算数为 0，执行率无从计算，已填报执行率 {filed.text}",
            _RATE,
            "请核对预算数是否漏填，或删去执行率",
        )
    elif not amount or spent is None:
        yield LACKING
    elif is_share(filed.number, spent, amount) or _is_as_ruled(filed.number, card):
        yield FINE
    else:
        computed = percent(spent, amount, max(decimals_of(filed.number), 2))
        yield Fault(
            f"已填报执行率 {filed.text}，执行数 ÷ 预算数应为 {computed}",
            _RATE,
            f"{plain(spent)} ÷ {plain(amount)}；请按金额重新计算",
        )


def _is_as_ruled(filed: Decimal, card: Scorecard) -> bool:
    """Tell whether a rate is the exact one, rounded as the rulebook takes it before it scores."""
    rule, budget = card.rulebook.execution, card.sheet.budget
    rounding = None if isinstance(rule, UnscoredExecution) else rule.rate
    if rounding is None or not budget.base or budget.spent is None:
        return False
    exact = multiply(budget.spent, HUNDRED)
    return filed == round_ratio(exact, budget.base, rounding.digits, rounding.mode)


enter_notes("BX")


@sheet_check("BX111", Severity.WARNING, Nature.EVIDENCE)
def original_budget_of_zero(card: Scorecard) -> Results:
    """The year began with a budget of 0, and nothing tells where the money came from."""
    sheet = card.sheet
    original, final = sheet.budget.original, sheet.budget.final
    if original is None:
        return
    texts = (sheet.budget.reason, sheet.reason, sheet.note, sheet.effects, sheet.purpose)
    if original or not final:
        yield FINE if final is not None else LACKING
    elif any(text is not None and pattern("added-money").search(text) for text in texts):
        yield FINE
    else:
        yield Fault(
            f"年初预算数为 0，全年预算数 {plain(final)}，没有说明是怎样追加的",
            ("预算", "年初预算数"),
            "请写明追加的依据和来源；年初有预算的，请补填",
        )


@sheet_check("BX106", Severity.ERROR)
def transfer_above_spending(card: Scorecard) -> Results:
    """More was transferred to other units than was spent."""
    budget = card.sheet.budget
    part, whole = budget.transferred, budget.base if budget.spent is None else budget.spent
    if part is None:
        return
    if whole is None:
        yield LACKING
    elif part > whole:
        name = "预算数" if budget.spent is None else "执行数"
        yield Fault(
            f"其中调拨 {plain(part)}，大于{name} {plain(whole)}",
            ("预算", "其中调拨"),
            "请核对执行数和调拨数",
        )
    else:
        yield FINE


@sheet_check("BX107", Severity.WARNING, Nature.EVIDENCE)
def transfer_counted_as_spent(card: Scorecard) -> Results:
    """Money that was only passed on to other units counts as spent."""
    budget = card.sheet.budget
    if not budget.transferred:
        return
    spent = budget.spent
    if not spent or budget.transferred > spent:
        yield LACKING
        return
    share = percent(budget.transferred, spent, 1)
    yield Fault(
        f"执行数 {plain(spent)} 中有 {plain(budget.transferred)}（{share}）是调拨，"
        "用款单位实际支出多少没有反映",
        ("预算", "其中调拨"),
        "请附用款单位的实际支出数；汇总时不要重复计算",
    )


@sheet_check("BX108", Severity.ERROR)
def funds_unlike_total(card: Scorecard) -> Results:
    """The kinds of money do not add up to the total."""
    budget = card.sheet.budget
    for split, funds in budget.splits.items():
        of = f"（{split}）" if split else ""
        path = ("预算", "资金构成", *filter(None, (split,)))
        columns = {
            "年初预算数": (budget.original, [fund.original for fund in funds]),
            "预算数": (budget.final, [fund.final for fund in funds]),
            "资金到位": (budget.arrived, [fund.arrived for fund in funds]),
            "执行数": (budget.spent, [fund.spent for fund in funds]),
        }
        for name, (whole, parts) in columns.items():
            if whole is not None:
                yield from _adds_up(f"资金构成{of}的{name}", whole, parts, path)


def _adds_up(name: str, whole: Decimal, parts: list[Decimal | None], path: Path) -> Results:
    """Compare the kinds of money, by one division, with the whole of one column."""
    known = [part for part in parts if part is not None]
    if not known:
        return
    difference = subtract(total(known), whole)
    if len(known) < len(parts) and difference <= ZERO:
        yield LACKING
    elif difference:
        word = "多" if difference > ZERO else "少"
        yield Fault(
            f"{name}合计 {plain(total(known))}，比总额 {plain(whole)} "
            f"{word} {trimmed(difference.copy_abs())}",
            path,
            "请补齐各种资金，或改正总额",
        )
    else:
        yield FINE


def _is_told(card: Scorecard) -> bool:
    """Tell whether a reason for the money is given, in its own row or under the table."""
    told = card.sheet.reason
    is_in_text = told is not None and pattern("unspent-told").search(told) is not None
    return card.sheet.budget.reason is not None or is_in_text


@sheet_check("BX109", Severity.WARNING, Nature.HEURISTIC)
def outputs_far_ahead_of_money(card: Scorecard) -> Results:
    """Nearly everything was achieved with far less money than planned."""
    line = card.execution
    if not line.weight or not card.lines:
        return
    weights = total(row.weight for row in card.lines if row.weight is not None)
    base, spent = card.sheet.budget.base, card.sheet.budget.spent
    is_open = not weights or any(row.points is None for row in card.lines)
    if is_open or line.points is None or not base or spent is None:
        yield LACKING
        return
    points = total(row.points for row in card.lines if row.points is not None)
    # points ÷ weights × (100 − allowed) > execution points ÷ its weight × 100
    allowed = subtract(HUNDRED, card.rulebook.checking.lagging)
    outputs = multiply(multiply(points, line.weight), allowed)
    money = multiply(multiply(line.points, weights), HUNDRED)
    if outputs > money and not _is_told(card):
        rate = percent(spent, base, 2)
        yield Fault(
            f"指标得分率 {percent(points, weights, 2)}，预算执行率只有 {rate}",
            ("预算", "执行数"),
            "请说明钱没有用完的原因，或核对目标值和完成值",
        )
    else:
        yield FINE
