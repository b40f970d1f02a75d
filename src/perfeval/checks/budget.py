"""预算执行: the amounts, the execution rate, and what the money was compared with."""

from __future__ import annotations

from perfeval.cells.agreement import is_share
from perfeval.cells.notes import Note, NoteKind
from perfeval.checks.registry import FINE, LACKING, Fault, Sight, note_check, sheet_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import HUNDRED, ZERO, multiply, percent, plain, subtract, total, trimmed
from perfeval.rulebook import Rulebook, UnscoredExecution
from perfeval.scorecard import Line, Scorecard

_RATE = ("预算", "已填报", "执行率")


@sheet_check("BX101", Severity.ERROR)
def rate_unlike_amounts(card: Scorecard) -> Sight:
    """The filed execution rate is not spent ÷ budget.

    问题：已填报的执行率不等于 执行数 ÷ 预算数（按印出的位数四舍五入；100% 和 0% 必须正好相等）。
    影响：执行率得分、综述和摘要里的百分数都从它来，一处错处处错。
    例子：预算数 1286.70、执行数 1269.62，填报 98.70%。
    改法：写 98.67%；只印一位小数写 98.7%；99.88% 不能写成 100%。
    依据：抽查复核的第一项；国家预算管理一体化系统按 执行数 ÷ 全年预算数 计算。
    """
    budget = card.sheet.budget
    amount, spent, filed = budget.base, budget.spent, budget.filed.rate
    if filed is None or filed.number is None:
        return
    if not amount or spent is None:
        yield LACKING
    elif is_share(filed.number, spent, amount):
        yield FINE
    else:
        digits = max(0, -int(filed.number.as_tuple().exponent))
        computed = percent(spent, amount, max(digits, 2))
        yield Fault(
            f"已填报执行率 {filed.text}，执行数 ÷ 预算数应为 {computed}",
            _RATE,
            f"{plain(spent)} ÷ {plain(amount)}；请按金额重新计算",
        )


def _is_scored(rulebook: Rulebook) -> bool:
    """Tell whether the budget row has points, so that scoring looks at its amounts."""
    return not isinstance(rulebook.execution, UnscoredExecution)


def _scores_in_full(rulebook: Rulebook) -> bool:
    """Tell whether spending above the budget has full points."""
    rule = rulebook.execution
    return not isinstance(rule, UnscoredExecution) and rule.over_budget == "满分"


def _refuses(rulebook: Rulebook) -> bool:
    """Tell whether spending above the budget has no points."""
    rule = rulebook.execution
    return not isinstance(rule, UnscoredExecution) and rule.over_budget == "不计分"


@note_check(
    "BX102",
    Severity.WARNING,
    NoteKind.NO_BUDGET,
    NoteKind.NO_SPENT,
    holds=_is_scored,
    is_of_budget=True,
)
def amount_blank(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The budget or the spending is blank.

    问题：没有填全年（调整后）预算数，或没有填执行数。
    影响：执行率无从计算，预算执行一行不能计分，总分只能是一个区间。
    例子：只写“预算资金 70 万元，执行率 100%”，没有执行数。
    改法：两个数都照账填写；确实没有支出的写 0。
    依据：自评表的预算执行一栏；综述的必写内容。
    """
    field = "预算数" if note.kind is NoteKind.NO_BUDGET else "执行数"
    hint = "请填写全年（调整后）预算数" if note.kind is NoteKind.NO_BUDGET else "请填写执行数"
    return Fault(note.message, (field,), hint)


@note_check(
    "BX103",
    Severity.WARNING,
    NoteKind.ZERO_BUDGET,
    NoteKind.ZERO_BUDGET_ZERO,
    holds=_is_scored,
    is_of_budget=True,
)
def budget_of_zero(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The budget is 0.

    问题：预算数为 0，执行率没有意义。
    影响：有的系统按 0 分计，有的不计分；多半是只抄了年初数，漏了年中追加。
    例子：年初预算 0、执行 207.45，印出执行率 100%。
    改法：填全年（调整后）预算数。
    依据：国家预算管理一体化系统的计算规则；已公布自评表中的实例。
    """
    return Fault(note.message, ("预算数",), "请核对预算数是否漏填")


@note_check("BX104", Severity.WARNING, NoteKind.OVERSPENT, holds=_scores_in_full, is_of_budget=True)
def spent_above_budget(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """More was spent than the budget allows.

    问题：执行数大于预算数。
    影响：执行率超过 100%，多半是分母用了年初预算数；得分最多为满分。
    例子：年初预算 448.2、执行 498.43，印出 111.2%。
    改法：预算数改用调整后的数，含年中追加和上年结转。
    依据：自评表附注：预算数为调整后财政资金总额。
    """
    return Fault(note.message, ("执行数",), "请核对预算数是否为调整后的数")


@note_check("BX110", Severity.ERROR, NoteKind.OVERSPENT_REFUSED, holds=_refuses, is_of_budget=True)
def spent_above_budget_refused(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """More was spent than the budget allows, and the rulebook does not score that.

    问题：执行数大于预算数，本办法不予计分。
    影响：系统拒绝保存，预算执行一行没有得分。
    例子：预算数 100、执行数 103。
    改法：核对预算数是否为调整后的数，改正后再计分。
    依据：国家预算管理一体化系统：预算执行率不能超过 100%。
    """
    return Fault(note.message, ("执行数",), "请核对预算数是否为调整后的数")


@note_check("BX105", Severity.INFO, NoteKind.ORIGINAL_BUDGET, holds=_is_scored, is_of_budget=True)
def original_budget_alone(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """Only the original budget is given, and the rate is measured against it.

    问题：只填了年初预算数，没有全年（调整后）预算数。
    影响：执行率暂以年初数为分母；年中有追加或调减时，这个执行率是错的。
    例子：综述只写“年初预算资金 144 万元，执行 143.82 万元”。
    改法：补填全年预算数；没有调整的，两个数写成一样。
    依据：自评表附注：预算数为调整后财政资金总额。
    """
    return Fault(note.message, ("年初预算数",), "请补填全年（调整后）预算数")


@sheet_check("BX106", Severity.ERROR)
def transfer_above_spending(card: Scorecard) -> Sight:
    """More was transferred to other units than was spent.

    问题：“其中调拨”大于执行数，或没有执行数而大于预算数。
    影响：调拨是执行数的一部分，不可能比它大；两个数至少有一个错。
    例子：执行数 500，其中调拨 620.7。
    改法：核对两个数；调拨没有计入执行数的，不填“其中调拨”。
    依据：“其中”项不大于合计项。
    """
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
def transfer_counted_as_spent(card: Scorecard) -> Sight:
    """Money that was only passed on to other units counts as spent.

    问题：执行数里含有调拨给其他单位的资金。
    影响：拨出不等于用出；用款单位的实际支出没有反映，区级汇总时还会重复计算。
    例子：执行数 1269.62，其中 620.7 调拨至街道。
    改法：附用款单位的实际支出数；汇总时扣除调拨。
    依据：自评表附注：执行数为资金使用单位财政资金实际支出数。
    """
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
def funds_unlike_total(card: Scorecard) -> Sight:
    """The kinds of money do not add up to the total.

    问题：资金构成各行相加不等于合计。
    影响：漏了一种资金，或合计抄错；执行率以合计为准，会跟着错。
    例子：合计 20000，财政拨款 0，其他没有填。
    改法：补齐各种资金，或改正合计。
    依据：预算管理一体化系统要求各来源合计与总额一致。
    """
    budget = card.sheet.budget
    if not budget.funds:
        return
    columns = {
        "年初预算数": (budget.original, [fund.original for fund in budget.funds]),
        "预算数": (budget.final, [fund.final for fund in budget.funds]),
        "执行数": (budget.spent, [fund.spent for fund in budget.funds]),
    }
    for name, (whole, parts) in columns.items():
        known = [part for part in parts if part is not None]
        if whole is None or not known:
            continue
        difference = subtract(total(known), whole)
        if len(known) < len(parts) and difference <= ZERO:
            yield LACKING
        elif difference:
            word = "多" if difference > ZERO else "少"
            yield Fault(
                f"资金构成的{name}合计 {plain(total(known))}，比总额 {plain(whole)} "
                f"{word} {trimmed(difference.copy_abs())}",
                ("预算", "资金构成"),
                "请补齐各种资金，或改正总额",
            )
        else:
            yield FINE


@sheet_check("BX109", Severity.WARNING, Nature.HEURISTIC)
def outputs_far_ahead_of_money(card: Scorecard) -> Sight:
    """Nearly everything was achieved with far less money than planned.

    问题：指标得分率比预算执行得分率高出许多。
    影响：钱没花出去，任务却大多完成了：不是预算编多了，就是目标定低了，或完成值报高了。
    例子：执行率 10.77%，各项产出全部 100%。
    改法：说明钱没有用完的原因，或核对目标值、完成值和执行数。
    依据：国家预算管理一体化系统的预警：指标得分率高出执行得分率 5% 以上亮红灯。
    """
    line = card.execution
    if not line.weight or not card.lines:
        return
    weights = total(row.weight for row in card.lines if row.weight is not None)
    if line.points is None or not weights or any(row.points is None for row in card.lines):
        yield LACKING
        return
    points = total(row.points for row in card.lines if row.points is not None)
    # points ÷ weights × (100 − allowed) > execution points ÷ its weight × 100
    allowed = subtract(HUNDRED, card.rulebook.checking.lagging)
    outputs = multiply(multiply(points, line.weight), allowed)
    money = multiply(multiply(line.points, weights), HUNDRED)
    if outputs > money:
        budget = card.sheet.budget
        rate = (
            f"执行率只有 {percent(budget.spent, budget.base, 2)}"
            if budget.base and budget.spent
            else f"执行得分率只有 {percent(line.points, line.weight, 2)}"
        )
        yield Fault(
            f"指标得分率 {percent(points, weights, 2)}，预算{rate}",
            ("预算", "执行数"),
            "请说明钱没有用完的原因，或核对目标值和完成值",
        )
    else:
        yield FINE
