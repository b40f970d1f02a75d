"""Which figures of the performance section may be those of a part, or of something else.

An overview tells what a project has, and then, in words without end, of what that consists.  What
is said of parts is not understood rather than compared with the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from perfeval.accounts.cues import Phrase, phrase
from perfeval.accounts.facts import AccountFigure, FigureKind, FigureMeasure

_BUDGETS = (FigureMeasure.ORIGINAL, FigureMeasure.ADJUSTED, FigureMeasure.BUDGET)
_OF_WHOLE = frozenset({*_BUDGETS, FigureMeasure.FINAL, FigureMeasure.COMPLETION})
_OF_POINT = frozenset({*_OF_WHOLE, FigureMeasure.CHANGE, FigureMeasure.CHANGE_RATE})


class SaidAround(NamedTuple):
    """What the words around a figure say.

    Attributes:
        words: Those of its own clause before it.
        lists: Whether parts are told in its sentence, before it.
        is_own_point: Whether it is told of a numbered point that has a name of its own.
    """

    words: str
    lists: bool
    is_own_point: bool


def tells_of_projects(figure: AccountFigure, words: str, behind: str) -> bool:
    """Tell whether a figure counts some of the projects, of which is told then."""
    found = phrase(Phrase.SUCH_PROJECTS).match(behind), phrase(Phrase.SUCH).search(words)
    return figure.kind is FigureKind.COUNT and None not in found


def parts_among(figures: Sequence[AccountFigure], around: Sequence[SaidAround]) -> set[int]:
    """Return which figures of a section may be those of a part, by their positions.

    Args:
        figures: The figures of a performance section, in their order.
        around: What is said around each.
    """
    found: set[int] = set()
    twice = Counter(
        _told(figure)
        for figure, said in zip(figures, around, strict=True)
        if said.lists and figure.measure in _OF_WHOLE
    )
    seen: set[tuple[str, FigureMeasure | None]] = set()
    for at, (figure, said) in enumerate(zip(figures, around, strict=True)):
        key = figure.subject, figure.measure
        if _is_named_part(figure):
            continue
        if said.is_own_point and figure.measure in _OF_POINT:
            found.add(at)
        elif figure.measure not in _OF_WHOLE:
            continue
        elif (
            (said.lists and (key in seen or twice[_told(figure)] > 1))
            or _names_a_fund(figure, said, seen)
            or (at - 1 in found and _goes_on(figures[at - 1], figure, said, seen))
        ):
            found.add(at)
        else:
            seen.add(key)
    torn = {figures[at].sentence for at in found if around[at].lists}
    return found | {
        at
        for at, figure in enumerate(figures)
        if _is_named_part(figure) and figure.sentence in torn
    }


def _is_named_part(figure: AccountFigure) -> bool:
    """Tell whether a figure is bound as a part of an earlier one already."""
    return figure.whole is not None and figure.subject.endswith(f"/{figure.name}")


def _told(figure: AccountFigure) -> tuple[int, str, FigureMeasure | None]:
    return figure.sentence, figure.subject, figure.measure


def _names_a_fund(
    figure: AccountFigure, said: SaidAround, seen: set[tuple[str, FigureMeasure | None]]
) -> bool:
    """Tell whether an amount is called that of one fund, where that of the whole was told."""
    if phrase(Phrase.FUND).search(said.words) is None:
        return False
    return said.lists or any((figure.subject, measure) in seen for measure in _BUDGETS)


def _goes_on(
    last: AccountFigure,
    figure: AccountFigure,
    said: SaidAround,
    seen: set[tuple[str, FigureMeasure | None]],
) -> bool:
    """Tell whether a figure that stands behind one of a part is of the same part."""
    if last.sentence != figure.sentence:
        return False
    is_its_rate = said.lists and figure.measure is FigureMeasure.COMPLETION
    return is_its_rate or (figure.subject, figure.measure) in seen


__all__ = ["SaidAround", "parts_among", "tells_of_projects"]
