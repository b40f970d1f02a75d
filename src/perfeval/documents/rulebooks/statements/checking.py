"""校核 said in statements: which checks a place leaves out, and what it weighs otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.documents.rulebooks.statements.statement import Statement, percent, points, said
from perfeval.rulebook import Checking, Rulebook

_BLOCK = "校核"


def about_checking(rulebook: Rulebook) -> Iterator[Statement]:
    """Say how a place wants its sheets checked, as far as it is not the usual way."""
    rule, usual = rulebook.checking, Checking()
    if rule.disabled:
        yield said(_BLOCK, "停用的校核", "、".join(rule.disabled), "停用")
    for code, level in rule.severity.items():
        yield said(_BLOCK, f"{code} 的级别", level, "级别")
    if rule.one_line != usual.one_line:
        yield said(_BLOCK, "分值全在一行的提醒", f"满 {points(rule.one_line)}起", "一行占满")
    if rule.lagging != usual.lagging:
        yield said(_BLOCK, "执行滞后的提醒", f"落后 {percent(rule.lagging)} 起", "执行滞后")
    counts = {
        "原因点名": (rule.named, usual.named, "个字"),
        "重复句": (rule.sentence, usual.sentence, "个字起"),
        "满分普遍": (rule.all_full, usual.all_full, "张表起"),
    }
    for name, (count, normal, unit) in counts.items():
        if count != normal:
            yield said(_BLOCK, name, f"{count} {unit}", name)
