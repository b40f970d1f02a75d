"""评分标准: single indicators and groups that score in another way, said in statements."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.documents.rulebooks.statements.statement import Statement, percent, said
from perfeval.methods.bands import Band
from perfeval.methods.graded import GradedWords
from perfeval.methods.lateness import Lateness
from perfeval.methods.method import Direction
from perfeval.methods.standard import Reach, RowMethod
from perfeval.methods.value_ladder import ValueLadder
from perfeval.rulebook import Rulebook

_BLOCK = "评分标准"


def about_standards(rulebook: Rulebook) -> Iterator[Statement]:
    """Say which indicators score in another way, and how."""
    if rulebook.standards is None:
        yield said(_BLOCK, "个别指标", "没有另外规定", key="各项")
        return
    for item in rulebook.standards.items:
        yield said(_BLOCK, reach_said(item.reach), method_said(item.method), "各项")


def reach_said(reach: Reach) -> str:
    """Say for which indicators a way of scoring holds."""
    levels = [section.label for section in reach.sections]
    levels += [aspect.label for aspect in reach.aspects]
    return "、".join((*levels, *(f"“{name}”" for name in reach.names)))


def method_said(method: RowMethod) -> str:
    """Say how an indicator scores."""
    if isinstance(method, ValueLadder):
        return method.steps_said
    if isinstance(method, GradedWords):
        bands = "；".join(map(_band_said, method.bands))
        return f"按完成值的用语归档：{bands}"
    if isinstance(method, Lateness):
        return f"期限以后完成的，{method.statement}"
    directions = [direction for direction in Direction if direction in method.directions]
    return f"达到目标值得满分；{method.statement(directions[0])}"


def _band_said(band: Band) -> str:
    words = "".join(f"“{word}”" for word in band.words)
    given = f"{percent(band.upper)}～{percent(band.lower)}"
    if band.fixed is not None:
        given = percent(band.fixed)
    return f"{band.name}{f'（{words}）' if words else ''}得分值的 {given}"
