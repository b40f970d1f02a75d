"""Examples at the edges of a rulebook's bands, made from its rules.

What must come out is read off the rule itself; that the rule is right, only an example with a
source or a witness can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfeval.cells.levels import Aspect, Section
from perfeval.example import UNSCORED, YEAR, Example, Expected
from perfeval.methods.bands import Band
from perfeval.methods.execution import LadderExecution, OverBudget, UnscoredExecution, ZeroBudget
from perfeval.methods.linear_shortfall import LinearShortfall
from perfeval.methods.proportional import Proportional
from perfeval.numbers import HUNDRED, ZERO, add, multiply, plain, subtract, total
from perfeval.rulebook import Rulebook
from perfeval.sheet import Sheet

_HAIR = Decimal("0.01")
"""What lies just beside an edge."""
_DIGITS = 2
"""The digits that are needed to tell a hair."""
_BUDGET = "预算执行"
_ASPECTS = {
    Section.COST: Aspect.ECONOMIC_COST,
    Section.OUTPUT: Aspect.QUANTITY,
    Section.BENEFIT: Aspect.SOCIAL,
    Section.SATISFACTION: Aspect.CLIENTS,
}


def edge_examples(rulebook: Rulebook) -> tuple[Example, ...]:
    """Return the examples at the edges of everything that changes at a number.

    Args:
        rulebook: The rulebook; one that gives no points (不计分) has no edges.

    >>> from perfeval import load_rulebook
    >>> edge_examples(load_rulebook("hubei-2020"))[-1].name
    '59.99 分为“差”'
    """
    if not rulebook.weights.scored:
        return ()
    made = _Maker(rulebook)
    return (
        *made.budget(),
        *made.ladder(),
        *made.figures(),
        *made.satisfaction(),
        *made.words(),
        *made.grades(),
    )


class _Maker:
    """Makes the examples of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook
        self._is_fine = rulebook.rounding.row.digits >= _DIGITS

    def _example(self, name: str, data: Mapping[str, Any], expected: Mapping[str, Any]) -> Example:
        head = {"评分办法": self._book.id, "年度": YEAR, "项目名称": name}
        sheet = Sheet.model_validate({**head, **data})
        return Example(
            name=name, source=None, sheet=sheet, expected=Expected.model_validate(expected)
        )

    # -- the budget row --------------------------------------------------------------------------

    def _spent(self, name: str, final: Decimal, spent: Decimal, points: Decimal | None) -> Example:
        given = UNSCORED if points is None else points
        return self._example(
            name, {"预算": {"预算数": final, "执行数": spent}}, {"得分": {_BUDGET: given}}
        )

    def budget(self) -> Iterator[Example]:
        """A budget of 0, and spending above it."""
        rule, weight = self._book.execution, self._book.weights.execution
        if isinstance(rule, UnscoredExecution) or not self._is_fine:
            return
        is_zero, is_full = (
            rule.zero_budget is ZeroBudget.ZERO,
            rule.over_budget is OverBudget.FULL,
        )
        yield self._spent("预算数为 0", ZERO, ZERO, ZERO if is_zero else None)
        full = weight if is_full else None
        yield self._spent("执行数超过预算数", HUNDRED, HUNDRED + _HAIR, full)

    def ladder(self) -> Iterator[Example]:
        """Each step of the execution rate, and just below it."""
        rule = self._book.execution
        if not isinstance(rule, LadderExecution) or not self._is_fine:
            return
        unit = multiply(HUNDRED, HUNDRED)
        is_fine = rule.rate is None or rule.rate.digits >= _DIGITS
        for position, step in enumerate(rule.steps):
            rate = plain(step.lower)
            yield self._spent(f"执行率 {rate}%", unit, multiply(step.lower, HUNDRED), step.points)
            if is_fine and step.lower > ZERO:
                spent = multiply(subtract(step.lower, _HAIR), HUNDRED)
                below = rule.steps[position + 1].points
                yield self._spent(f"执行率不到 {rate}%", unit, spent, below)

    # -- figures ---------------------------------------------------------------------------------

    def _rows(
        self, name: str, rows: Sequence[tuple[str, str, str, Decimal]], section: Section
    ) -> Example:
        """Return rows of 100 points each: name, target, actual, and the points that they get."""
        data = {
            "指标": [
                {
                    "一级指标": section,
                    "二级指标": _ASPECTS.get(section),
                    "名称": row,
                    "分值": HUNDRED,
                    "目标值": target,
                    "完成值": actual,
                }
                for row, target, actual, _ in rows
            ]
        }
        return self._example(name, data, {"得分": {row[0]: row[3] for row in rows}})

    def figures(self) -> Iterator[Example]:
        """The pass mark, the end of a falling line, and the threshold of over-achievement."""
        rule = self._book.quantitative
        if isinstance(rule.positive, Proportional) and rule.positive.pass_mark > ZERO:
            mark = rule.positive.pass_mark
            below = plain(subtract(mark, _HAIR))
            rows = [("达到", "≥100", plain(mark), mark), ("不到", "≥100", below, ZERO)]
            yield self._rows("及格线", rows[0 if self._is_fine else 1 :], Section.OUTPUT)
        if isinstance(rule.reverse, LinearShortfall):
            end = plain(multiply(rule.reverse.zero_at, HUNDRED))
            rows = [("扣完", "≤100", end, ZERO)]
            yield self._rows("反向指标扣完", rows, Section.OUTPUT)
        if rule.over is not None:
            limit = multiply(rule.over.threshold, HUNDRED)
            yield self._over(limit)

    def _over(self, limit: Decimal) -> Example:
        rows = (("达到阈值", limit), ("不到阈值", subtract(limit, Decimal(1))))
        data = {
            "指标": [
                {
                    "一级指标": Section.OUTPUT,
                    "二级指标": Aspect.QUANTITY,
                    "名称": name,
                    "分值": HUNDRED,
                    "目标值": "≥10000",
                    "完成值": plain(actual),
                }
                for name, actual in rows
            ]
        }
        return self._example("超额完成的阈值", data, {"超额": [rows[0][0]]})

    def satisfaction(self) -> Iterator[Example]:
        """Each step of satisfaction, and just below it."""
        rule = self._book.quantitative.satisfaction
        if rule is None or not self._is_fine:
            return
        for position, step in enumerate(rule.steps):
            actual = plain(step.lower)
            rows = [("达到", "≥100%", f"{actual}%", step.share)]
            if step.lower > ZERO:
                below = plain(subtract(step.lower, _HAIR))
                rows.append(("不到", "≥100%", f"{below}%", rule.steps[position + 1].share))
            yield self._rows(f"满意度 {actual}%", rows, Section.SATISFACTION)

    # -- words -----------------------------------------------------------------------------------

    def words(self) -> Iterator[Example]:
        """Both ends of each band, and just inside and outside of them."""
        for band in self._book.qualitative.bands:
            if not band.words or not self._is_fine:
                continue
            shares = dict.fromkeys(
                share
                for end in (band.upper, band.lower)
                for share in (add(end, _HAIR), end, subtract(end, _HAIR))
                if ZERO <= share <= HUNDRED
            )
            rows = [(plain(share), _judged(band, share), share) for share in shares]
            points = {
                f"评 {name}": band.fixed if band.fixed is not None else given
                for name, given, _ in rows
            }
            data = {
                "指标": [
                    _judged_row(f"评 {name}", Section.OUTPUT, HUNDRED, band.words[0], share)
                    for name, _, share in rows
                ]
            }
            yield self._example(f"归入“{band.name}”的评分", data, {"得分": points})

    def grades(self) -> Iterator[Example]:
        """The total from which each grade is given, and just below it."""
        bands = self._book.grades.bands
        rounding = self._book.rounding
        sums = [kept for kept in (rounding.subtotal, rounding.total) if kept is not None]
        if any(kept.digits < _DIGITS for kept in (rounding.row, *sums)):
            return
        for position, band in enumerate(bands):
            totals = [(band.lower, band.name)]
            if band.lower > ZERO:
                totals.append((subtract(band.lower, _HAIR), bands[position + 1].name))
            for points, name in totals:
                data = self._sheet_of(points)
                if data is not None:
                    expected = {"总分": points, "等级": name}
                    yield self._example(f"{plain(points)} 分为“{name}”", data, expected)

    def _sheet_of(self, points: Decimal) -> dict[str, Any] | None:
        """Return a sheet whose judged rows add up to *points*, if bands and weights allow it."""
        weights = self._book.weights
        groups = [group for group in weights.schemes[-1].groups if group.weight]
        if weights.scheme_for({group.sections[0] for group in groups}) != weights.schemes[-1]:
            return None
        left = subtract(points, weights.execution)
        if not ZERO <= left <= total(group.weight for group in groups):
            return None
        rows = []
        for position, group in enumerate(groups):
            given = min(left, group.weight)
            left = subtract(left, given)
            word = self._word_for(given, group.weight)
            if word is None:
                return None
            section = group.sections[0]
            rows.append(_judged_row(f"第{position + 1}行", section, group.weight, word, given))
        return {"预算": {"预算数": HUNDRED, "执行数": HUNDRED}, "指标": rows}

    def _word_for(self, points: Decimal, weight: Decimal) -> str | None:
        """Return a word of a judged band in which these points lie."""
        for band in self._book.qualitative.bands:
            if band.words and band.fixed is None and _holds(band, points, weight):
                return band.words[0]
        return None


def _holds(band: Band, points: Decimal, weight: Decimal) -> bool:
    """Tell whether points of a row of this weight lie inside a band."""
    given, low, high = (
        multiply(points, HUNDRED),
        multiply(band.lower, weight),
        multiply(band.upper, weight),
    )
    return (
        low < given < high
        or (given == low and band.includes_lower)
        or (given == high and band.includes_upper)
    )


def _judged(band: Band, share: Decimal) -> Decimal | str:
    """Return the points that a judgement of this share gets: itself inside the band."""
    return share if _holds(band, share, HUNDRED) else UNSCORED


def _judged_row(
    name: str, section: Section, weight: Decimal, word: str, filed: Decimal
) -> dict[str, Any]:
    return {
        "一级指标": section,
        "二级指标": _ASPECTS.get(section),
        "名称": name,
        "分值": weight,
        "目标值": "明显提升",
        "完成值": word,
        "已填报得分": filed,
    }
