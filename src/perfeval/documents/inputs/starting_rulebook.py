"""A commented rulebook to begin with: it inherits everything and shows where to change it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perfeval._resources import data_dir
from perfeval.cells.levels import Aspect, Section
from perfeval.documents.inputs.plain_yaml import plain_yaml, scalar
from perfeval.fields import word_of
from perfeval.numbers import ZERO, trimmed
from perfeval.rulebook import Rulebook, WeightGroup
from perfeval.scoring.engine import score
from perfeval.sheet import Indicator, Sheet

_POLICY = word_of(Rulebook, "checking")
_CITATION = {"来源": "本地文件", "条款": None, "说明": None}
_CITED = (*_CITATION, "施行")
_OWN = ("来源表", "佐证")
"""What a file says of itself alone."""
_BLOCK = re.compile(r"^#(?P<key>\w+):\n(?:#.*\n)*", re.MULTILINE)
_TEMPLATE = "rulebook/start.yaml"
_EXAMPLES = re.compile(r"^示例:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_ASPECTS = {
    Section.COST: Aspect.ECONOMIC_COST,
    Section.OUTPUT: Aspect.QUANTITY,
    Section.BENEFIT: Aspect.SOCIAL,
    Section.SATISFACTION: Aspect.CLIENTS,
}


def starting_rulebook(parent: str, name: str, rules: Mapping[str, Any]) -> str:
    """Write a rulebook that inherits another one and changes nothing yet.

    Args:
        parent: What the new file names as its parent: an id, or a file beside it.
        name: The id of the new rulebook.
        rules: The parent's blocks as plain data; they stand in the new file as comments, to be
            switched on and changed, each with a citation still to be filled in.

    Returns:
        YAML; its worked example is that of the template, and need not hold for this parent.
    """
    text = (data_dir("templates") / _TEMPLATE).read_text(encoding="utf-8")
    text = _BLOCK.sub(lambda match: _switched_off(match, rules), text)
    return _named(_named(text, "编号", name), "继承", parent)


def _switched_off(match: re.Match[str], rules: Mapping[str, Any]) -> str:
    """Return a commented block with the parent's rules in place of the template's."""
    key = match["key"]
    block = rules.get(key)
    if key in _OWN or not isinstance(block, dict):
        return match.group()
    explained = [line for line in match.group().splitlines() if line.startswith("##")]
    citation = {} if key == _POLICY else _CITATION  # a place's choice has no source
    rules_alone = {word: value for word, value in block.items() if word not in _CITED}
    data = {**citation, **rules_alone}
    lines = [f"#{line}" for line in plain_yaml({key: data}).splitlines()]
    return "\n".join([*explained, *lines, ""])


def _named(text: str, word: str, value: str) -> str:
    return re.sub(rf"(?m)^{word}: *\S+", lambda _: f"{word}: {scalar(value)}", text)


def with_example(text: str, rulebook: Rulebook) -> str:
    """Return the text with one worked example, computed by the rulebook, in place of its own."""
    example = "\n".join([*_example(rulebook), ""])
    return _EXAMPLES.sub(lambda _: example, text)


def _example(rulebook: Rulebook) -> Iterator[str]:
    sheet = _sheet(rulebook)
    card = score(sheet, rulebook)
    yield "示例:"
    yield "  - 名称: 起步示例"
    yield f"    预算: {{预算数: {sheet.budget.final}, 执行数: {sheet.budget.spent}}}"
    yield "    指标:"
    for row in sheet.indicators:
        yield f"      {row.section.label}:"
        right = "  " if row.aspect.label else ""
        if row.aspect.label:
            yield f"        {row.aspect.label}:"
        cells = f"目标值: {row.target.text}, 完成值: {row.actual.text}"  # type: ignore[union-attr]
        yield f"        {right}- {{名称: {row.name}, 分值: {trimmed(row.weight or ZERO)}, {cells}}}"
    yield "    应得:"
    yield "      得分:"
    yield from (f"        {line.name}: {_points(line.points)}" for line in card.rows)
    yield f"      总分: {_points(card.total)}"
    if card.grade is not None:
        yield f"      等级: {scalar(card.grade)}"


def _points(points: Decimal | None) -> str:
    return "未计分" if points is None else trimmed(points)


def _sheet(rulebook: Rulebook) -> Sheet:
    """Return a sheet with one indicator for each section, some met and some missed."""
    usual = rulebook.weights.schemes[-1]
    sections = {section for group in usual.groups for section in group.sections}
    groups = rulebook.weights.scheme_for(sections).groups
    rows = [row for group in groups for row in _rows(group)]
    return Sheet.model_validate(
        {
            "评分办法": rulebook.id,
            "年度": 2023,
            "项目名称": "起步示例",
            "预算": {"预算数": 100, "执行数": 90},
            "指标": rows,
        }
    )


def _rows(group: WeightGroup) -> Iterator[Indicator]:
    weights = group.usual or {group.sections[0]: group.weight}
    for section, weight in weights.items():
        if weight > ZERO:
            values = ("≥90%", "95%") if section is Section.SATISFACTION else ("≥100个", "80")
            yield Indicator.model_validate(
                {
                    "一级指标": section,
                    "二级指标": _ASPECTS.get(section),
                    "名称": f"示例{section.label}",
                    "分值": weight,
                    "目标值": values[0],
                    "完成值": values[1],
                }
            )
