"""An actual against a deadline."""

from __future__ import annotations

import re

from perfeval.cells.dates import Days, month_beside
from perfeval.cells.deadlines import Timing, days_done, due_day, timing_of
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import (
    NUMBER,
    PERCENT,
    TEXT,
    Comparison,
    Outcome,
    Sides,
    assumed_notes,
    figure_of,
    in_percent,
    met_by,
    no_comparison,
)
from perfeval.cells.signs import Sign
from perfeval.cells.vocabulary import Words, any_of
from perfeval.cells.worded import portion_done, word_for_figure
from perfeval.later import regex
from perfeval.numbers import HUNDRED


def against_date(sides: Sides) -> Comparison:
    """Compare an actual with a deadline."""
    target, actual = sides.target, sides.actual
    if _OVERDUE.fullmatch(actual.text):
        return Comparison(Outcome.LATE, notes=(Note(NoteKind.LATE, (actual.text, target.text)),))
    if actual.kind is TEXT:
        return word_for_figure(sides)
    if actual.kind is PERCENT:
        kind = NoteKind.NO_DATE if in_percent(actual) == HUNDRED else NoteKind.DATE_LEFT_OUT
        return portion_done(sides, Note(kind, sides.texts))
    deadline, done = target.facts.span, actual.facts.span
    if target.facts.recurring is not None or actual.facts.recurring is not None:
        return _each_time(sides)
    if deadline is not None and actual.kind is NUMBER and _is_month_in_time(deadline, sides):
        return met_by(Note(NoteKind.BARE_UNIT, (actual.text, "月")))
    if deadline is None or done is None:
        return no_comparison(NoteKind.ONE_DATE, *sides.texts)
    result = _timed(sides, deadline, done)
    return result._replace(due=due_day(deadline), done=days_done(done))


_OVERDUE = regex(
    rf"已?{any_of(Words.OVERDUE)}(?:[1-9][0-9]{{0,2}}(?:个?[天日月年]|个?季度|周))?(?:完成|完工|办理)?。?",
    re.ASCII,
)
"""What says of itself that it was late: 延期, 逾期2个月完成."""


def _is_month_in_time(deadline: Days, sides: Sides) -> bool:
    """Tell whether a bare number is a month that meets one with a sign (≤12月 / 11).

    Beside 12月底前 it may as well be a count, and what would be late may be a day.
    """
    actual = sides.actual
    if actual.unit or actual.sign is not None or (sides.stated or deadline.sign) is None:
        return False
    month = month_beside(deadline, figure_of(actual))
    return month is not None and timing_of(deadline, month, sides.stated) is Timing.IN_TIME


def _each_time(sides: Sides) -> Comparison:
    """Compare a day of every month with the one by which something is due."""
    target, actual = sides.target, sides.actual
    due, done = target.facts.recurring, actual.facts.recurring
    if due is None or done is None:
        return no_comparison(NoteKind.UNCLEAR, (target if due else actual).text)
    if due.period != done.period:
        return no_comparison(NoteKind.DAY_UNKNOWN, actual.text, target.text)
    if done.last <= due.last:
        return met_by(is_measured=not done.is_until)
    if done.is_until:
        return no_comparison(NoteKind.DAY_UNKNOWN, actual.text, target.text)
    return Comparison(Outcome.LATE, notes=(Note(NoteKind.LATE, (actual.text, target.text)),))


def _timed(sides: Sides, deadline: Days, done: Days) -> Comparison:
    """Compare the days of what was done with those of its deadline."""
    target, actual = sides.target, sides.actual
    timing = timing_of(deadline, done, sides.stated)
    notes = assumed_notes(target, actual)
    if timing is Timing.IN_TIME:
        return met_by(*notes, is_measured=not done.is_until and done.sign in (None, Sign.EQUAL))
    if timing is Timing.LATE:
        note = Note(NoteKind.LATE, (actual.text, target.text))
        return Comparison(Outcome.LATE, notes=(note, *notes))
    if timing is Timing.SENSELESS:
        return no_comparison(NoteKind.DATE_AT_LEAST, target.text)
    earlier = deadline.earlier
    if timing is Timing.TWO_ENDS and earlier is not None:
        return no_comparison(NoteKind.TWO_ENDS, target.text, earlier.text, deadline.last.text)
    return no_comparison(NoteKind.DAY_UNKNOWN, actual.text, target.text)
