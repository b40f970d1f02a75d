"""概况: the figures of the whole department, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.documents.alignment import printable
from perfeval.documents.department.dashboard.projects import (
    NOTHING,
    RATE_DIGITS,
    MoneyBar,
    ProjectCard,
)
from perfeval.documents.findings.inspections import add_up, count, points_text
from perfeval.documents.texts.department_facts import DepartmentFacts
from perfeval.findings import Inspection
from perfeval.numbers import ZERO, add, percent, plain, total
from perfeval.scorecard import Scorecard


class Tile(NamedTuple):
    """A figure of the department, and what it is made of."""

    name: str
    figure: str
    unit: str
    below: str
    style: str = ""


def tiles_of(
    facts: DepartmentFacts, projects: Sequence[ProjectCard], inspections: Sequence[Inspection]
) -> Iterator[Tile]:
    """Yield the figures of the whole, the findings last."""
    unread = f"，另有 {len(facts.unread)} 份没有读通" if facts.unread else ""
    yield Tile("项目", str(facts.count), "个", f"有总分的 {facts.scored} 个{unread}")
    yield from _money_tiles(facts.money_unit, [project.money for project in projects])
    yield _grade_tile(facts)
    yield _basis_tile([project.card for project in projects if project.card.total is not None])
    whole = add_up(count(inspection.findings) for inspection in inspections)
    own = count(inspections[0].findings)
    for name, all_of_them, here, style in (
        ("错误", whole.errors, own.errors, "error"),
        ("警告", whole.warnings, own.warnings, "warning"),
    ):
        below = f"部门汇总 {here}，各自评表 {all_of_them - here}"
        if style == "warning":
            below += f"；另有提示 {whole.hints}"
        yield Tile(name, str(all_of_them), "处", below, style if all_of_them else "")


def _money_tiles(unit: str, money: Sequence[MoneyBar]) -> Iterator[Tile]:
    """Yield budget, spending and rate; the rate is that of projects of which both are known."""
    for name, amounts in (
        ("预算数", [item.planned for item in money]),
        ("执行数", [item.spent for item in money]),
    ):
        known = [amount for amount in amounts if amount is not None]
        figure = plain(total(known)) if known else NOTHING
        yield Tile(name, figure, unit if known else "", f"{len(known)} 个项目有{name}")
    both = [
        (planned, spent) for planned, spent in money if planned is not None and spent is not None
    ]
    yield _rate_tile(
        total(planned for planned, _ in both), total(one for _, one in both), len(both)
    )


def _rate_tile(planned: Decimal, spent: Decimal, number: int) -> Tile:
    if planned <= ZERO:
        return Tile("执行率", NOTHING, "", "没有可算的项目")
    below = f"{plain(spent)} ÷ {plain(planned)}（{number} 个项目）"
    return Tile("执行率", percent(spent, planned, RATE_DIGITS), "", below)


def _grade_tile(facts: DepartmentFacts) -> Tile:
    """Return how many projects have the best grade that occurs, and below it the others."""
    without = facts.count - sum(number for _, number in facts.grades)
    rest = [f"{grade} {number} 个" for grade, number in facts.grades[1:]]
    below = "，".join((*rest, *([f"没有等级的 {without} 个"] if without else [])))
    if not facts.grades:
        return Tile("等级", NOTHING, "", below)
    grade, number = facts.grades[0]
    return Tile("等级", f"{grade} {number}", "个", below or "全部项目")


def _basis_tile(cards: Sequence[Scorecard]) -> Tile:
    """Return what part of the points rests on figures, in the sheets that have a total."""
    measured = total(card.measured for card in cards)
    claimed = total(card.claimed for card in cards)
    points = add(measured, claimed)
    if points <= ZERO:
        return Tile("得分中有据可算的", NOTHING, "", "没有总分可作分析")
    below = f"有据可算 {points_text(measured)} 分，依填报认定 {points_text(claimed)} 分"
    return Tile("得分中有据可算的", percent(measured, points, RATE_DIGITS), "", below)


def notes_of(facts: DepartmentFacts) -> Iterator[str]:
    """Yield what the figures leave out."""
    for names, what in ((facts.planned.without, "预算数"), (facts.spent.without, "执行数")):
        if names:
            listed = "、".join(map(printable, names))
            yield f"{what}合计不含没有公布{what}的 {len(names)} 个项目：{listed}。"
    if facts.transferred.count:
        amount = f"{facts.transferred.amount} {facts.money_unit}"
        yield f"执行数中已知有 {facts.transferred.count} 个项目调拨给其他单位 {amount}。"
    for moved in facts.sums.moved:
        amount = f"{moved.amount} {facts.money_unit}"
        yield f"{printable(moved.name)}调拨 {amount}，没有公布执行数，不在合计内。"
    for item in facts.left_out:
        said = [
            f"{item.number} 个" if item.number else "",
            item.amount and f"{item.amount} {facts.money_unit}",
            printable(item.reason),
        ]
        known = "，".join(filter(None, said))
        yield f"未列入：{printable(item.name)}{f'（{known}）' if known else ''}。"
