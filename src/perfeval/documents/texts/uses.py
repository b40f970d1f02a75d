"""What the results ask of next year (结果应用): a draft for the office, made of the scorecards.

Which kinds of indicators fell short or went far beyond their targets, which money stood still,
what rests on no figure; each with the project and its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.notes import NoteKind
from perfeval.cells.units import in_money
from perfeval.documents.texts.facts import Facts
from perfeval.documents.texts.money_words import MoneyWords
from perfeval.numbers import ZERO, subtract, total
from perfeval.rulebook import GradeUse, ResultUses, Rulebook
from perfeval.scorecard import Scorecard

_FAR_BEYOND = (NoteKind.OVER_ACHIEVED, NoteKind.OVER_NEEDS_REASON, NoteKind.OVER_REDUCED)


class RowInProject(NamedTuple):
    """An indicator with its project, its target and its actual as printed."""

    project: str
    name: str
    target: str
    actual: str


class KindOfRows(NamedTuple):
    """The indicators of one kind (二级指标, or 一级指标 where there is none)."""

    name: str
    rows: tuple[RowInProject, ...]


class StandingFact(NamedTuple):
    """Money of a project that stood still, and the execution rate."""

    project: str
    amount: str
    rate: str


class GradedProject(NamedTuple):
    """A project with its grade, whoever gave it: the rulebook's (自评) or a reviewer's (复核).

    Attributes:
        rulebook: The rulebook whose grades these are.
        grade: The grade; ``None`` where there is none, or more than one is possible.
        project: Its name.
    """

    rulebook: Rulebook
    grade: str | None
    project: str


class GradedProjects(NamedTuple):
    """The projects of one grade, and what the clause has for them."""

    grade: str
    told: str
    projects: tuple[str, ...]


class SuggestionFact(NamedTuple):
    """What a place's rule has for the grades of some projects (结果应用 of its rulebook).

    Attributes:
        source, clause: Where it stands, and its words.
        note: What the source leaves open, or empty.
        grades: The grades of which it speaks and some project has, the best first.
    """

    source: str
    clause: str
    note: str
    grades: tuple[GradedProjects, ...]


@dataclass(frozen=True, slots=True)
class UsesFacts:
    """What the results ask of next year.

    Attributes:
        short: The kinds of indicators that missed their targets, with their rows.
        beyond: The rows that went so far beyond their targets that the rulebook remarks it.
        standing: The projects whose money was not spent, the largest amount first.
        standing_sum: What they left of 全年预算数 together; empty where fewer than two state it.
        standing_count: How many projects that is.
        claimed: How many indicators were met by what was filed, without a figure.
        bare: The projects that have no indicators.
        suggested: What the rulebooks have for the grades, one for each rulebook.
    """

    short: tuple[KindOfRows, ...]
    beyond: tuple[RowInProject, ...]
    standing: tuple[StandingFact, ...]
    standing_sum: str
    standing_count: int
    claimed: int
    bare: tuple[str, ...]
    suggested: tuple[SuggestionFact, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing has to change, and no rule speaks of the grades."""
        found = (self.short, self.beyond, self.standing, self.claimed, self.bare, self.suggested)
        return not any(found)


class _Left(NamedTuple):
    """What a project left of its budget, and whether that was its 全年预算数."""

    amount: Decimal
    is_final: bool
    facts: Facts


def uses_of(cards: Sequence[Scorecard], facts: Sequence[Facts], money: MoneyWords) -> UsesFacts:
    """Return what the results of some projects ask of next year.

    Args:
        cards: Their scorecards.
        facts: Their facts, in the same order.
        money: How the document writes amounts.
    """
    left = sorted(_left(cards, facts, money), key=lambda one: one.amount, reverse=True)
    final = [one.amount for one in left if one.is_final]
    is_sum = len(final) > 1
    return UsesFacts(
        short=tuple(_short(cards, facts)),
        beyond=tuple(_beyond(cards, facts)),
        standing=tuple(
            StandingFact(one.facts.project, one.facts.budget.unspent, one.facts.budget.rate)
            for one in left
        ),
        standing_sum=money.say(total(final)) if is_sum else "",
        standing_count=len(final),
        claimed=sum(one.rows.met_claimed for one in facts),
        bare=tuple(one.project for one in facts if not one.rows.count),
        suggested=suggestions(
            GradedProject(card.rulebook, card.grade, fact.project)
            for card, fact in zip(cards, facts, strict=True)
        ),
    )


def _short(cards: Sequence[Scorecard], facts: Sequence[Facts]) -> Iterator[KindOfRows]:
    kinds: dict[str, list[RowInProject]] = {}
    for card, fact in zip(cards, facts, strict=True):
        for row in fact.rows.deviations:
            indicator = card.sheet.indicators[row.position]
            kind = indicator.aspect.label or indicator.section.label
            told = RowInProject(fact.project, row.name, row.target, row.actual)
            kinds.setdefault(kind, []).append(told)
    for name, rows in kinds.items():
        yield KindOfRows(name, tuple(rows))


def _beyond(cards: Sequence[Scorecard], facts: Sequence[Facts]) -> Iterator[RowInProject]:
    for card, fact in zip(cards, facts, strict=True):
        for line in card.lines:
            row = line.indicator
            is_far = any(note.kind in _FAR_BEYOND for note in line.notes)
            if is_far and row.target is not None and row.actual is not None:
                yield RowInProject(fact.project, line.name, row.target.text, row.actual.text)


def _left(cards: Sequence[Scorecard], facts: Sequence[Facts], money: MoneyWords) -> Iterator[_Left]:
    for card, fact in zip(cards, facts, strict=True):
        budget = card.sheet.budget
        if budget.base is None or budget.spent is None:
            continue
        amount = subtract(budget.base, budget.spent)
        if amount > ZERO:
            exact = in_money(amount, card.sheet.money_unit, money.unit)
            yield _Left(exact, budget.final is not None, fact)


def suggestions(graded: Iterable[GradedProject]) -> tuple[SuggestionFact, ...]:
    """Return what each rulebook has for the grades of its projects, one for each clause.

    A rulebook without a clause (结果应用), a grade of which the clause does not speak and a project
    without a grade give nothing.
    """
    by_rule: dict[ResultUses, dict[GradeUse, list[str]]] = {}
    for item in graded:
        rule = item.rulebook.uses
        use = None if rule is None else rule.of(item.grade)
        if rule is not None and use is not None:
            by_rule.setdefault(rule, {}).setdefault(use, []).append(item.project)
    return tuple(_suggestion(rule, found) for rule, found in by_rule.items())


def _suggestion(rule: ResultUses, found: Mapping[GradeUse, Sequence[str]]) -> SuggestionFact:
    """Return the projects of each grade, in the order of the clause."""
    grades = tuple(
        GradedProjects(use.grade, use.told, tuple(found[use]))
        for use in rule.grades
        if use in found
    )
    return SuggestionFact(rule.source, rule.clause or "", rule.note or "", grades)
