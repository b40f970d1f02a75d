"""What if: the points of a sheet with other figures, and which rows cost points.

Nothing here changes a sheet: a changed one is made beside it and scored by the same rulebook.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.reading import dated_cell, read_cell
from perfeval.cells.values import CellError
from perfeval.errors import ChangeError
from perfeval.fields import word_of
from perfeval.later import regex
from perfeval.numbers import ZERO, parse_number, plain, subtract
from perfeval.rulebook import Rulebook
from perfeval.scorecard import IndicatorLine, Line, Scorecard
from perfeval.scoring.engine import Scorer
from perfeval.sheet import Budget, Sheet

_AMOUNTS = {word_of(Budget, name): name for name in ("original", "final", "spent")}
"""The amounts of the budget that may be changed, by their words in the form."""
_REST = regex(r"…+|\.{3,}|\*")
"""What stands for any characters in a name."""


_NUMBERED = regex(r"(?P<name>.+)\[(?P<number>[1-9][0-9]{0,3})\]")
"""Names the second of rows that have the same name: ``床位数[2]``."""


class ChangedFigure(NamedTuple):
    """One figure that is other than in the sheet.

    Attributes:
        name: The row's name (三级指标), or the amount's (执行数).
        position: The row's position among the indicators; ``None`` for an amount.
        before: What stands in the sheet, as printed; empty where nothing does.
        after: What stands there instead.

    >>> from perfeval import load_rulebook, load_sheet, what_if
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> what_if(sheet, {"执行数": "1286.70"}, load_rulebook("hubei-2020")).changes[0].before
    '1269.62'
    """

    name: str
    position: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A sheet's points as they are, and with other figures.

    Attributes:
        changes: What is other, in the order asked for.
        before: The scorecard of the sheet.
        after: The scorecard with the changes.

    >>> from perfeval import load_rulebook, load_sheet, what_if
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> found = what_if(sheet, {"线下服务网点数量": "32"}, load_rulebook("hubei-2020"))
    >>> found.before.total, found.after.total
    (Decimal('98.46'), Decimal('98.83'))
    """

    changes: tuple[ChangedFigure, ...]
    before: Scorecard
    after: Scorecard

    @property
    def rows(self) -> tuple[tuple[Line, Line], ...]:
        """The rows that were changed, or whose points are others, before and after."""
        touched = {change.position for change in self.changes}
        pairs = zip(self.before.rows, self.after.rows, strict=True)
        return tuple(
            (old, new)
            for at, (old, new) in enumerate(pairs, -1)
            if _points(old) != _points(new) or (at if at >= 0 else None) in touched
        )


def _points(line: Line) -> tuple[Decimal | None, Decimal, Decimal]:
    return line.points, line.low, line.high


def what_if(sheet: Sheet, changes: Mapping[str, str], rulebook: Rulebook) -> WhatIf:
    """Score a sheet with other figures; the sheet itself stays as it is.

    Args:
        sheet: The sheet.
        changes: For a row the actual (完成值) that it would have, for an amount (年初预算数,
            预算数, 执行数) the figure.  A row is named by its name, by words that only its name
            has, or by a path (``产出指标/床位数``); ``…`` stands for any characters.  Of
            rows with the same name ``床位数[2]`` is the second.
        rulebook: The rules that apply.

    Returns:
        Both scorecards and what is other.

    Raises:
        ChangeError: A name fits no row or several, or an amount is no number; all of them at once.

    >>> from perfeval import load_rulebook, load_sheet
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> found = what_if(sheet, {"执行数": "1286.70"}, load_rulebook("hubei-2020"))
    >>> found.after.execution.points
    Decimal('20.00')
    """
    made = [_change_of(sheet, name.strip(), value.strip()) for name, value in changes.items()]
    faults = [fault for fault in made if isinstance(fault, str)]
    if faults:
        raise ChangeError("\n".join(faults))
    done = tuple(change for change in made if isinstance(change, ChangedFigure))
    scorer = Scorer(rulebook)
    return WhatIf(done, scorer.score(sheet), scorer.score(_changed(sheet, done)))


def _changed(sheet: Sheet, changes: Iterable[ChangedFigure]) -> Sheet:
    """Return a sheet with its changes."""
    rows, amounts = list(sheet.indicators), {}
    for change in changes:
        if change.position is None:
            amounts[_AMOUNTS[change.name]] = parse_number(change.after)
        else:
            row = rows[change.position]
            actual = dated_cell(read_cell(change.after), sheet.year)
            rows[change.position] = row.model_copy(update={"actual": actual, "units": ()})
    budget = sheet.budget.model_copy(update=amounts)
    return sheet.model_copy(update={"indicators": tuple(rows), "budget": budget})


def _change_of(sheet: Sheet, name: str, value: str) -> ChangedFigure | str:
    """Return what a name and a value mean for a sheet, or why that cannot be told."""
    amount = _AMOUNTS.get(name)
    if amount is not None:
        number = parse_number(value)
        if number is None or number < ZERO:
            return f"“{name}={value}”：应写成不带单位的数，如 {name}=1286.70"
        stated = getattr(sheet.budget, amount)
        return ChangedFigure(name, None, "" if stated is None else plain(stated), value)
    found = _rows_named(sheet, name)
    if len(found) != 1:
        return _which(sheet, name, found)
    row = sheet.indicators[found[0]]
    try:
        read_cell(value)
    except CellError as error:
        better = f"，请写成 {error.suggestion}" if error.suggestion else ""
        return f"“{name}={value}”：{error.message}{better}"
    return ChangedFigure(row.name, found[0], row.actual.text if row.actual else "", value)


def _rows_named(sheet: Sheet, name: str) -> list[int]:
    """Return the positions of the rows that a name, or a path, may mean.

    Of rows that have the same name, ``名称[2]`` is the second.
    """
    found = _rows_by_words(sheet, name)
    numbered = _NUMBERED.fullmatch(name)
    if found or numbered is None:
        return found
    same = _rows_by_words(sheet, numbered["name"])
    return same[int(numbered["number"]) - 1 :][:1]


def _rows_by_words(sheet: Sheet, name: str) -> list[int]:
    *outer, own = (part.strip() for part in name.split("/"))
    inside = [
        at
        for at, row in enumerate(sheet.indicators)
        if _is_inside((row.section.label, row.aspect.label), outer)
    ]
    named = [at for at in inside if sheet.indicators[at].name in (own, name)]
    if named or not own:
        return named
    pattern = ".*".join(map(re.escape, _REST.split(own)))
    return [at for at in inside if re.search(pattern, sheet.indicators[at].name)]


def _which(sheet: Sheet, name: str, found: list[int]) -> str:
    """Say that a name means no row, or several, and which there are."""
    rows = [sheet.indicators[at] for at in found] if found else sheet.indicators
    paths = [f"{row.section.label}/{row.aspect.label}/{row.name}" for row in rows]
    seen = Counter[str]()
    listed = []
    for path in paths:
        seen[path] += 1
        listed.append(f"  {path}[{seen[path]}]" if paths.count(path) > 1 else f"  {path}")
    if found:
        head = f"“{name}”对应 {len(found)} 个指标，请写明是哪一个："
    else:
        head = f"没有指标“{name}”，可写 {'、'.join(_AMOUNTS)}，或下列指标："
    return "\n".join([head, *listed])


def _is_inside(labels: tuple[str, ...], outer: list[str]) -> bool:
    """Tell whether the parts of a path name a row's levels, in their order."""
    left = iter(labels)
    return all(any(part in label for label in left) for part in outer)


class Loss(NamedTuple):
    """A row that has fewer points than its weight, or may have.

    Attributes:
        line: The row.
        lost: Its weight less its points; less the least that it can have where it is unscored.
        total: The total if this row alone met its target; ``None`` where that is no number.
        grade: The grade then.

    >>> from perfeval import evaluate, losses
    >>> worst = losses(evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金").scorecard)[0]
    >>> worst.line.name, worst.lost, worst.total
    ('意外伤害险床位数量', Decimal('0.59'), Decimal('99.05'))
    """

    line: Line
    lost: Decimal
    total: Decimal | None
    grade: str | None


def losses(scorecard: Scorecard) -> tuple[Loss, ...]:
    """Return the rows that cost points, those that cost most first.

    >>> from perfeval import evaluate
    >>> card = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金").scorecard
    >>> [str(loss.lost) for loss in losses(card)][:3]
    ['0.59', '0.37', '0.29']
    """
    scorer = Scorer(scorecard.rulebook)
    found = []
    for at, line in enumerate(scorecard.rows, -1):
        if line.weight is None or not (line.has_lost_points or line.is_open):
            continue
        met = _met(scorer, scorecard, line, at)
        found.append(Loss(line, subtract(line.weight, line.low), met.total, met.grade))
    return tuple(sorted(found, key=lambda loss: loss.lost, reverse=True))


def _met(scorer: Scorer, scorecard: Scorecard, line: Line, at: int) -> Scorecard:
    """Return the scorecard if one row met its target exactly."""
    sheet = scorecard.sheet
    if not isinstance(line, IndicatorLine):
        budget = sheet.budget.model_copy(update={"spent": sheet.budget.base})
        return scorer.score(sheet.model_copy(update={"budget": budget}))
    target = line.indicator.target
    if target is None:
        return scorecard
    is_figure = target.number is not None
    text = f"{plain(target.number)}{target.unit}" if is_figure else target.text  # type: ignore[arg-type]
    met = line.indicator.model_copy(update={"actual": read_cell(text)})
    return scorer.with_row(scorecard, at, met)


class NextGrade(NamedTuple):
    """What is missing to the next grade.

    Attributes:
        name: The next grade.
        lower: From which total on it is given.
        missing: That less the total.
        rows: The rows of which each alone would reach it by meeting its target.

    >>> from perfeval import evaluate, next_grade
    >>> next_grade(evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金").scorecard) is None
    True
    """

    name: str
    lower: Decimal
    missing: Decimal
    rows: tuple[Line, ...]


def next_grade(scorecard: Scorecard, lost: Sequence[Loss] | None = None) -> NextGrade | None:
    """Return what is missing to the next grade; ``None`` at the best, or without a total.

    Args:
        scorecard: The scorecard.
        lost: Its losses, where they are known already.

    >>> from perfeval import load_rulebook, load_sheet, what_if
    >>> sheet = load_sheet("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> card = what_if(sheet, {"执行数": "700"}, load_rulebook("hubei-2020")).after
    >>> found = next_grade(card)
    >>> found.name, found.missing, found.rows[0].name
    ('优', Decimal('0.39'), '预算执行')
    """
    total = scorecard.total
    if total is None:
        return None
    above = list(_grades_above(scorecard, total))
    if not above:
        return None
    name, lower = above[-1]
    known = losses(scorecard) if lost is None else lost
    rows = tuple(loss.line for loss in known if loss.total is not None and loss.total >= lower)
    return NextGrade(name, lower, subtract(lower, total), rows)


def _grades_above(scorecard: Scorecard, total: Decimal) -> Iterator[tuple[str, Decimal]]:
    """Yield the grades that the total does not reach, the best first."""
    for band in scorecard.rulebook.grades.bands:
        if band.lower > total:
            yield band.name, band.lower
