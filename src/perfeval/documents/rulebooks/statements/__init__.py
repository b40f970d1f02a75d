"""A rulebook said in plain Chinese: one statement for each thing it lays down.

``perfeval rulebooks show`` prints them, ``diff`` compares them by their keys, and the reference
pages are made of them: what a rule is called and how it is said stands here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfeval.documents.rulebooks.statements import (
    checking,
    execution,
    form,
    indicators,
    standards,
    totals,
    weights,
)
from perfeval.documents.rulebooks.statements.statement import Statement, StatementItem
from perfeval.fields import word_of
from perfeval.rulebook import Clause, Rulebook

__all__ = ["BLOCKS", "Statement", "StatementItem", "clauses", "statements"]

_ABOUT: dict[str, Callable[[Rulebook], Iterator[Statement]]] = {
    word_of(Rulebook, name): about
    for name, about in (
        ("weights", weights.about),
        ("execution", execution.about),
        ("quantitative", indicators.about_figures),
        ("qualitative", indicators.about_words),
        ("standards", standards.about_standards),
        ("rounding", totals.about_rounding),
        ("deductions", totals.about_deductions),
        ("caps", totals.about_caps),
        ("grades", totals.about_grades),
        ("reasons", totals.about_reasons),
        ("uses", totals.about_uses),
        ("checking", checking.about_checking),
        ("form", form.about_project_form),
        ("department_form", form.about_department_form),
    )
}
BLOCKS = tuple(_ABOUT)
"""The blocks of rules, by the words of the file, in the order in which they are told."""


def statements(rulebook: Rulebook) -> tuple[Statement, ...]:
    """Say everything that a rulebook lays down.

    Args:
        rulebook: The rulebook.

    Returns:
        The statements, block by block; equal keys in two rulebooks speak of the same thing.

    >>> from perfeval import load_rulebook
    >>> said = statements(load_rulebook("hubei-2020"))
    >>> next(item.value for item in said if item.label == "预算执行")
    '20 分'
    """
    return tuple(said for about in _ABOUT.values() for said in about(rulebook))


def clauses(rulebook: Rulebook) -> dict[str, Clause]:
    """Return the blocks of rules that a rulebook has and cites, by the words of the file."""
    words = {field.alias: name for name, field in type(rulebook).model_fields.items()}
    found = {block: getattr(rulebook, words[block] or "") for block in BLOCKS}
    return {block: clause for block, clause in found.items() if isinstance(clause, Clause)}
