"""上年的文字: what was taken over from the project's sheet of an earlier year, figures and all."""

from __future__ import annotations

from perfeval.checks.copies import Likeness, Sentence, sentences_of
from perfeval.checks.registry import FINE, LACKING, Fault, Results, year_check
from perfeval.checks.sheet_texts import (
    BUDGET_REASON,
    EACH_GOAL_ACTUAL,
    EFFECTS,
    GOAL_ACTUAL,
    MEASURE,
    PROBLEMS,
    REASON,
    ROW_MEASURE,
    ROW_REASON,
)
from perfeval.checks.subjects import TwoYears
from perfeval.findings import Nature, Severity

_OF_THE_YEAR = (
    *(GOAL_ACTUAL, REASON, MEASURE, EFFECTS, PROBLEMS, BUDGET_REASON),
    *(EACH_GOAL_ACTUAL, ROW_REASON, ROW_MEASURE),
)
"""The fields that tell what this year brought; goals and uses of the money may stay the same."""


@year_check("TX110", Severity.WARNING, Nature.HEURISTIC)
def text_of_last_year(years: TwoYears) -> Results:
    """A text stands word for word, or nearly so, in the project's sheet of an earlier year."""
    card, before = years
    if not before:
        yield LACKING
        return
    least = card.rulebook.checking.sentence
    likeness = Likeness()
    old: dict[str, tuple[int, Sentence]] = {}
    for sheet in before:
        for sentence in sentences_of(sheet, _OF_THE_YEAR, least):
            old.setdefault(likeness.first_of(sentence.key), (sheet.year, sentence))
    for sentence in sentences_of(card.sheet, _OF_THE_YEAR, least):
        found = likeness.known(sentence.key)
        if found is None or sorted(old[found][1].figures) != sorted(sentence.figures):
            yield FINE  # new words, or this year's figures
            continue
        year, told = old[found]
        nearly = "" if told.key == sentence.key else f"（那里是“{told.text}”，只差几个字）"
        kept = "，数也没有改" if sentence.figures else ""
        yield Fault(
            f"“{sentence.text}”是 {year} 年度自评表里的话{nearly}{kept}",
            sentence.path,
            "请按本年度的情况重写",
        )
