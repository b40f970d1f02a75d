"""An actual against a deadline."""

from __future__ import annotations

from perfeval.cells.dates import Days
from perfeval.cells.deadlines import Timing, days_done, due_day, timing_of
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.outcomes import (
    PERCENT,
    TEXT,
    Comparison,
    Outcome,
    Sides,
    assumed_notes,
    in_percent,
    met_by,
    no_comparison,
)
from perfeval.cells.worded import portion_done, word_for_figure
from perfeval.numbers import HUNDRED


def against_date(sides: Sides) -> Comparison:
    """Compare an actual with a deadline."""
    target, actual = sides.target, sides.actual
    if actual.kind is TEXT:
        return word_for_figure(sides)
    if actual.kind is PERCENT:
        kind = NoteKind.NO_DATE if in_percent(actual) == HUNDRED else NoteKind.DATE_LEFT_OUT
        return portion_done(sides, Note(kind, sides.texts))
    deadline, done = target.facts.span, actual.facts.span
    if deadline is None or done is None:
        return no_comparison(NoteKind.ONE_DATE, *sides.texts)
    result = _timed(sides, deadline, done)
    return result._replace(due=due_day(deadline), done=days_done(done))


def _timed(sides: Sides, deadline: Days, done: Days) -> Comparison:
    """Compare the days of what was done with those of its deadline."""
    target, actual = sides.target, sides.actual
    timing = timing_of(deadline, done, sides.stated)
    notes = assumed_notes(target, actual)
    if timing is Timing.IN_TIME:
        return met_by(*notes, is_measured=not done.is_until)
    if timing is Timing.LATE:
        note = Note(NoteKind.LATE, (actual.text, target.text))
        return Comparison(Outcome.LATE, notes=(note, *notes))
    if timing is Timing.SENSELESS:
        return no_comparison(NoteKind.DATE_AT_LEAST, target.text)
    earlier = deadline.earlier
    if timing is Timing.TWO_ENDS and earlier is not None:
        return no_comparison(NoteKind.TWO_ENDS, target.text, earlier.text, deadline.last.text)
    return no_comparison(NoteKind.DAY_UNKNOWN, actual.text, target.text)
