"""Relations of sameness and size: one figure has one value, and a part is not above the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfeval.accounts.account import Account
from perfeval.accounts.certainty import may_be_of_a_part
from perfeval.accounts.data import table
from perfeval.accounts.facts import AccountFigure, FigureKind, FigureMeasure
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
    form,
    starts,
    told,
)
from perfeval.accounts.sections import SectionKind
from perfeval.accounts.tolerances import CENT
from perfeval.cells.agreement import Agreement, agree
from perfeval.codes import ACCOUNT_ROUNDED
from perfeval.numbers import HUNDRED, ZERO, multiply, subtract

_ONE_VALUE = frozenset(
    {
        *(
            FigureMeasure.FINAL,
            FigureMeasure.ORIGINAL,
            FigureMeasure.ADJUSTED,
            FigureMeasure.BUDGET,
            FigureMeasure.CONTRACT,
        ),
        *(
            FigureMeasure.CHANGE,
            FigureMeasure.BEFORE,
            FigureMeasure.KEPT,
            FigureMeasure.BOUGHT,
            FigureMeasure.GROUPS,
        ),
        *(FigureMeasure.PERSONS, FigureMeasure.VISITS, FigureMeasure.CARS, FigureMeasure.DEVICES),
    }
)
_TEN_THOUSAND = HUNDRED * HUNDRED


@form("一致")
def one_value(account: Account, _relation: AccountRelation) -> Results:
    """The same figure of the same subject and year has one value wherever it stands."""
    groups: dict[tuple[object, ...], list[AccountFigure]] = {}
    for figure in account.figures:
        if figure.measure in _ONE_VALUE:
            key = (figure.subject, figure.measure, figure.year, figure.compared, _once(figure))
            groups.setdefault(key, []).append(figure)
    for figures in groups.values():
        if len(figures) > 1:
            yield from _compared(account, figures)


def _once(figure: AccountFigure) -> object:
    """Keep projects and items of a list apart: what is printed twice of them has two measures."""
    return figure.section if figure.measure is FigureMeasure.BUDGET else None


def _compared(account: Account, figures: list[AccountFigure]) -> Iterator[RelationResult]:
    counts = Counter(figure.value for figure in figures)
    most = max(counts.values())
    usual = next(figure for figure in figures if counts[figure.value] == most)
    same = [figure for figure in figures if figure.value == usual.value]
    for figure in figures:
        if figure.value == usual.value:
            yield HELD
        else:
            result = _differs(account, figure, usual, same)
            is_doubted = result.doubted or may_be_of_a_part(account, figure, usual)
            yield result._replace(doubted=is_doubted)


def _differs(
    account: Account, figure: AccountFigure, usual: AccountFigure, same: list[AccountFigure]
) -> RelationResult:
    first = account.document.where(usual.start)
    where = first if len(same) == 1 else f"{first}等 {len(same)} 处"
    message = f"{told(figure)}，而{where}是 {usual.text}"
    at = starts([figure, *same])
    gap = subtract(figure.value, usual.value).copy_abs()
    is_one_step = gap == CENT and CENT in (figure.step, usual.step)
    if agree(figure.value, usual.value) is Agreement.WITHIN_ROUNDING or (
        is_one_step and _in_table(account, figure, usual)
    ):
        return RelationResult(RelationStatus.ROUNDING, at, message, code=ACCOUNT_ROUNDED)
    factor = multiply(figure.value, _TEN_THOUSAND) == usual.value
    if usual.value and (factor or figure.value == multiply(usual.value, _TEN_THOUSAND)):
        result = broken([figure, *same], message, "两处相差一万倍，请核对单位（元、万元）")
        return result._replace(code="AC204")
    hint = f"请统一为一个数；另一处是 {amount(usual.value)}"
    level = RelationLevel.WARNING if is_one_step else None
    return RelationResult(RelationStatus.BROKEN, at, message, hint, level)


def _in_table(account: Account, *figures: AccountFigure) -> bool:
    kinds = {account.sections[figure.section].title.kind for figure in figures}
    return SectionKind.TABLE in kinds


@form("表文一致")
def text_and_tables(account: Account, relation: AccountRelation) -> Results:
    """What the text lists by name has the amount of the table's row of that name."""
    for group, name, length in relation.given["对"]:
        rows = _rows_by_name(account, name, int(length))
        if not rows:
            continue
        for figure in _listed(account, group):
            found = rows.get(figure.name)
            if found is None:
                yield NO_DATA
            elif any(row.value == figure.value for row in found):
                yield HELD
            else:
                yield _differs(account, figure, found[0], found[:1])


def _listed(account: Account, group: str) -> Iterator[AccountFigure]:
    for subject in account.group(group):
        figure = account.one(subject, FigureMeasure.FINAL)
        if figure is not None:
            yield figure


def _rows_by_name(account: Account, table: str, length: int) -> dict[str, list[AccountFigure]]:
    rows: dict[str, list[AccountFigure]] = {}
    for subject in account.group(table):
        code = subject.removeprefix(f"{table}/")
        if len(code) == length and code.isdecimal():  # behind a code stands its column
            figure = account.one(subject, FigureMeasure.FINAL)
            if figure is not None:
                rows.setdefault(figure.name, []).append(figure)
    return rows


@form("不大于")
def not_above(account: Account, relation: AccountRelation) -> Results:
    """A part is not above its whole."""
    for part_name, whole_name in relation.given["对"]:
        part, whole = _amount(account, part_name), _amount(account, whole_name)
        if part is None or whole is None:
            continue
        if part.value > whole.value:
            yield broken(
                [part, whole], f"{told(part)}，大于{told(whole)}", "部分不能大于全部，请核对"
            )
        else:
            yield HELD


def _amount(account: Account, subject: str) -> AccountFigure | None:
    for measure in (FigureMeasure.FINAL, FigureMeasure.CONTRACT, FigureMeasure.BUDGET):
        found = account.one(subject, measure)
        if found is not None:
            return found
    return None


@form("有无")
def money_and_counts(account: Account, relation: AccountRelation) -> Results:
    """Where money was spent something was done, and the other way round."""
    for subject, word in relation.given["对"]:
        money = account.one(subject, FigureMeasure.FINAL)
        count = account.one(subject, FigureMeasure(word)) or _of_reception(
            account, subject, FigureMeasure(word)
        )
        if money is None or count is None or money.kind is not FigureKind.MONEY:
            continue
        if (money.value > ZERO) != (count.value > ZERO):
            yield broken(
                [count, money], f"{told(money)}，而{told(count)}", "有支出就有数量，请核对"
            )
        else:
            yield HELD


def _of_reception(account: Account, subject: str, measure: FigureMeasure) -> AccountFigure | None:
    """Return the visits of a reception: texts name those of guests from home."""
    other = table("subjects")["同数"].get(subject, "")
    return account.one(other, measure) if other else None


@form("同有同无")
def counts_alike(account: Account, relation: AccountRelation) -> Results:
    """Two counts of one thing are both nothing or both something."""
    for subject, first, second in relation.given["对"]:
        one = account.one(subject, FigureMeasure(first))
        other = account.one(subject, FigureMeasure(second))
        if one is None or other is None:
            continue
        if (one.value > ZERO) != (other.value > ZERO):
            yield broken([one, other], f"{told(one)}，而{told(other)}", "两个数应同有同无，请核对")
        elif one.value > other.value:
            yield broken(
                [one, other], f"{told(one)}，多于{told(other)}", "人次不会少于批次，请核对"
            )
        else:
            yield HELD
