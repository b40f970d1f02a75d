"""The notes below the list: what its figures are made of, and what they leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfeval.cells.units import MoneyUnit
from perfeval.documents.department.summary_list.projects import (
    ListedProject,
    amounts_of,
    comparable,
)
from perfeval.numbers import (
    trimmed,
)
from perfeval.scorecard import Scorecard
from perfeval.sheet import SheetKind

_MEANINGS = (
    "“有据可算”是目标值和完成值同类、可以复算的得分；“依填报认定”是依填报的用语、完成率或评定分数"
    "认定的得分。差额＝已填报总分－总分。"
)


def notes_of(
    projects: Sequence[ListedProject], left_out: Sequence[Scorecard], money_unit: MoneyUnit
) -> Iterator[str]:
    """Yield the notes below the list, numbered."""
    texts = (
        _of_points(projects),
        _of_sums(projects),
        _of_rate(projects, money_unit),
        _MEANINGS,
        _left_out(left_out),
        _rulebooks(projects),
    )
    for number, text in enumerate(filter(None, texts), 1):
        yield f"{'注：' if number == 1 else '　　'}{number}. {text}"


def _of_points(projects: Sequence[ListedProject]) -> str:
    """Say how many projects have a total, and with which grades."""
    scored = [item.card for item in projects if item.card.total is not None]
    grades = Counter(card.grade for card in scored if card.grade)
    found = "、".join(f"{grade} {count} 个" for grade, count in grades.items())
    text = f"共 {len(projects)} 个项目，有总分的 {len(scored)} 个" + (found and f"（{found}）")
    missing = len(projects) - len(scored)
    return f"{text}；没有总分的 {missing} 个，原因见备注。" if missing else f"{text}。"


def _of_sums(projects: Sequence[ListedProject]) -> str:
    """Say of how many projects the sums are made, where it is not all of them."""
    counts = [sum(amount is not None for amount in amounts) for amounts in amounts_of(projects)]
    if min(counts) == len(projects):
        return ""
    names = ("年初预算数", "全年预算数", "执行数")
    parts = "，".join(f"{name} {count} 个" for name, count in zip(names, counts, strict=True))
    return f"没有公布或填报的数留空，不作 0 处理；合计只加有数的项目：{parts}。"


def _of_rate(projects: Sequence[ListedProject], money_unit: MoneyUnit) -> str:
    """Say of which projects the rate of the sum is made, where it is not all of them."""
    both = [item for item in projects if item.is_comparable]
    if len(both) == len(projects) and all(item.final is not None for item in both):
        return ""
    spent, base = map(trimmed, comparable(projects))
    return (
        f"合计的执行率只计预算数、执行数都有的 {len(both)} 个项目：执行数 {spent}{money_unit} ÷ "
        f"预算数 {base}{money_unit}；没有全年预算数的，以年初预算数为分母。"
    )


def _left_out(cards: Sequence[Scorecard]) -> str:
    names = "、".join(f"“{card.sheet.name}”（{_why_left_out(card)}）" for card in cards)
    return names and f"不列入、不加入合计：{names}。"


def _why_left_out(card: Scorecard) -> str:
    is_project = card.sheet.kind == SheetKind.PROJECT
    return f"{card.sheet.year}年度" if is_project else "部门整体支出自评表，不是项目"


def _rulebooks(projects: Sequence[ListedProject]) -> str:
    books = {item.card.rulebook.name: None for item in projects}
    return f"计分依据：{'；'.join(books)}。"
