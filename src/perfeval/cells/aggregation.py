"""分单位汇总: the figures of several units as one; counts add up, rates weigh by money.

The mean stays exact: where it does not end, the cell holds it to as many decimals as are kept of a
quotient, and what scores is the quotient itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfeval.cells.measures import Mismatch, Relation, is_ratio, is_relative, relate, unit_of
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.units import multiplied
from perfeval.cells.values import PLAIN, Cell, Kind, Nuance
from perfeval.cells.words import WordEnum
from perfeval.numbers import (
    FINE_DIGITS,
    HUNDRED,
    ONE,
    ZERO,
    Exact,
    RoundingMode,
    add,
    multiply,
    percent,
    plain,
    round_exact,
    total,
    trimmed,
    whole,
)

_SHOWN_DIGITS = 2


class Aggregation(WordEnum):
    """How the figures of several units become one (汇总方式).

    >>> Aggregation("累加") is Aggregation.SUM
    True
    """

    SUM = "累加"
    MEAN = "按资金加权平均"


class UnitFigure(NamedTuple):
    """What one unit planned or did: its name, its money, and the cell."""

    unit: str
    money: Decimal | None
    cell: Cell | None


class Aggregate(NamedTuple):
    """The figures of several units as one.

    Attributes:
        cell: As it is printed and read; ``None`` where there is none.
        exact: The number, with the formula that it came from; ``None`` for words.
        notes: How it came about, or why there is none.
        numbers: The numbers of the units, in one unit.

    >>> from perfeval.cells.reading import read_cell
    >>> done = read_cell("30人"), read_cell("20人")
    >>> aggregated("目标值", [UnitFigure("甲", None, cell) for cell in done]).cell.text
    '50人'
    """

    cell: Cell | None
    exact: Exact | None
    notes: tuple[Note, ...]
    numbers: tuple[Decimal, ...] = ()

    @property
    def has_no_end(self) -> bool:
        """The number is a quotient that no cell can hold."""
        if self.exact is None or self.cell is None or self.cell.number is None:
            return False
        return multiply(self.cell.number, self.exact.denominator) != self.exact.numerator

    @property
    def in_full(self) -> Cell | None:
        """The cell as if it printed all digits that are kept."""
        cell = self.cell
        if cell is None or cell.number is None:
            return cell
        return cell._replace(text=f"{plain(cell.number)}{cell.unit}")


def ways_of(
    targets: Sequence[UnitFigure], actuals: Sequence[UnitFigure], unit: str | None
) -> tuple[Aggregation, Aggregation]:
    """Return how targets and actuals become one: counts add up, relative figures are weighed.

    The unit of the targets decides for both sides, else that of the row (度量单位), else that of
    the actuals.  Actuals in percent are always weighed: beside counts they are completion rates.

    >>> from perfeval.cells.reading import read_cell
    >>> figures = [[UnitFigure("甲", None, read_cell(text))] for text in ("95%", "0.96")]
    >>> ways_of(*figures, None)[1].value
    '按资金加权平均'
    """
    done = _units(actuals)
    known = _units(targets) or ({unit} if unit else done)
    way = Aggregation.MEAN if any(map(is_relative, known)) else Aggregation.SUM
    return way, Aggregation.MEAN if any(map(is_ratio, done)) else way


def _units(figures: Sequence[UnitFigure]) -> set[str]:
    return {figure.cell.unit for figure in figures if figure.cell is not None} - {""}


def aggregated(
    word: str, figures: Sequence[UnitFigure], way: Aggregation = Aggregation.SUM
) -> Aggregate:
    """Return the figures of several units as one.

    Args:
        word: What they are, 目标值 or 完成值.
        figures: The figures of the units; at least one.
        way: How they become one.

    Source:
        Notes printed under the Hubei form: 绝对值直接累加，相对值按资金额度加权平均.
    """
    cells = [figure.cell for figure in figures if figure.cell is not None]
    blank = [figure.unit for figure in figures if _is_blank(figure.cell)]
    if blank:
        return _refused(NoteKind.UNIT_BLANK, "、".join(blank), word)
    if {cell.kind for cell in cells} == {Kind.WORDS}:
        return Aggregate(_words(figures, cells), None, ())
    same = _in_one_unit(cells) if _are_alike(cells) else None
    if same is None:
        return _refused(NoteKind.UNITS_MIXED, word, "、".join(cell.text for cell in cells))
    model = cells[0]._replace(unit=same.unit, detail=_of_nothing(cells))
    if way is Aggregation.MEAN:
        return _mean(word, figures, model, same.numbers)
    exact = _sum(same.numbers)
    cell = _cell(model, exact)
    values = (word, str(len(cells)), f"{exact} = {_unsigned(cell)}")
    return Aggregate(cell, exact, (Note(NoteKind.SUMMED, values),), _plain(same.numbers))


def _are_alike(cells: Sequence[Cell]) -> bool:
    """Tell whether cells are figures of one kind and sign, and no more than that."""
    kinds = {cell.kind for cell in cells}
    is_one = len(kinds) == 1 and len({cell.sign for cell in cells}) == 1
    return is_one and kinds <= {Kind.NUMBER, Kind.PERCENT} and all(map(_is_figure, cells))


class _InOneUnit(NamedTuple):
    """A unit, and the numbers of all cells in it."""

    unit: str
    numbers: tuple[Exact, ...]


def _in_one_unit(cells: Sequence[Cell]) -> _InOneUnit | None:
    """Return figures in the smallest of their units; ``None`` where their units do not meet.

    A number without a unit is of the only unit that there is, unless that is 万 or 亿.
    """
    units = tuple(dict.fromkeys(cell.unit for cell in cells if cell.unit))
    is_bare = any(cell.number and not cell.unit for cell in cells)
    if is_bare and (len(units) > 1 or any(unit_of(unit).scale != 1 for unit in units)):
        return None
    for unit in units or ("",):
        factors = {other: _factor(other, unit) for other in units}
        if all(factors.values()):
            numbers = (multiplied(cell.number or ZERO, factors.get(cell.unit, 1)) for cell in cells)
            return _InOneUnit(unit, tuple(whole(number) for number in numbers))
    return None


def _factor(unit: str, smaller: str) -> int:
    """Return how many of a smaller unit a unit is; 0 where that is not known, or not whole."""
    met = Relation(1, 1) if unit == smaller else relate(unit, smaller)
    if isinstance(met, Mismatch) or met.leaves_out or met.right != 1:
        return 0
    return met.left


def _of_nothing(cells: Sequence[Cell]) -> Nuance | None:
    """Return that figures are zeros of something that should not be, where all are 0 and one is."""
    if any(cell.number for cell in cells) or not any(cell.facts.is_zero for cell in cells):
        return None
    return Nuance(is_zero=True)


def _plain(numbers: Sequence[Exact]) -> tuple[Decimal, ...]:
    return tuple(number.numerator for number in numbers)


def _is_figure(cell: Cell) -> bool:
    """Tell whether a cell is no more than sign, number and unit: a sum keeps nothing else of it."""
    return cell.facts._replace(is_zero=False) == PLAIN


def _is_blank(cell: Cell | None) -> bool:
    return cell is None or cell.kind is Kind.BLANK


def _refused(kind: NoteKind, *values: str) -> Aggregate:
    return Aggregate(None, None, (Note(kind, values),))


def _words(figures: Sequence[UnitFigure], cells: Sequence[Cell]) -> Cell:
    """Return words as they are, where all say the same, else each with its unit."""
    if len({cell.text for cell in cells}) == 1:
        return cells[0]
    said = (f"{figure.unit}：{cell.text}" for figure, cell in zip(figures, cells, strict=True))
    text = "；".join(said)
    return cells[0]._replace(text=text)


def _mean(
    word: str, figures: Sequence[UnitFigure], model: Cell, numbers: tuple[Exact, ...]
) -> Aggregate:
    """Return the mean of rates, weighted by the units' money."""
    lacking = without_money([(figure.unit, figure.money) for figure in figures])
    if lacking:
        return _refused(NoteKind.UNIT_MONEY, lacking)
    money = [figure.money for figure in figures if figure.money is not None]
    exact = mean_of(numbers, money)
    cell = _cell(model, exact)
    values = (word, str(len(figures)), f"{exact} = {_unsigned(cell)}")
    return Aggregate(cell, exact, (Note(NoteKind.WEIGHTED, values),), _plain(numbers))


def _unsigned(cell: Cell) -> str:
    return cell.text.removeprefix("" if cell.sign is None else cell.sign.value)


def _cell(model: Cell, exact: Exact) -> Cell:
    """Return a cell for a number, printed in full or with two decimals."""
    number = round_exact(exact, FINE_DIGITS, RoundingMode.HALF_UP)
    if multiply(number, exact.denominator) == exact.numerator:
        number = Decimal(trimmed(number))
        shown = plain(number)
    elif model.kind is Kind.PERCENT:  # a rate just below 100 % is not printed as 100 %
        base = multiply(exact.denominator, HUNDRED)
        shown = percent(exact.numerator, base, _SHOWN_DIGITS).removesuffix("%")
    else:
        shown = plain(round_exact(exact, _SHOWN_DIGITS, RoundingMode.HALF_UP))
    sign = "" if model.sign is None else model.sign.value
    text = f"{sign}{shown}{model.unit}"
    return Cell(text, model.kind, number, model.unit, model.sign, given=True, detail=model.detail)


def _sum(numbers: tuple[Exact, ...]) -> Exact:
    value = total(number.numerator for number in numbers)
    operands = tuple(number.numerator for number in numbers)
    return whole(value)._replace(formula=" + ".join("{}" for _ in operands), operands=operands)


def without_money(units: Sequence[tuple[str, Decimal | None]]) -> str:
    """Name the units by whose money nothing can be weighed; empty where each weighs something.

    >>> without_money([("甲", Decimal(3)), ("乙", None)]), without_money([("甲", Decimal(0))])
    ('乙', '甲')
    """
    lacking = [unit for unit, money in units if money is None]
    if not lacking and not any(money for _, money in units):
        lacking = [unit for unit, _ in units]
    return "、".join(lacking)


def mean_of(numbers: Sequence[Exact], money: Sequence[Decimal]) -> Exact:
    """Return the mean of numbers weighted by money, with its formula; the money is not all 0.

    >>> str(mean_of([whole(Decimal(90)), whole(Decimal(96))], [Decimal(100), Decimal(50)]))
    '(90 × 100 + 96 × 50) ÷ (100 + 50)'
    """
    top, bottom = ZERO, ONE
    for number, weight in zip(numbers, money, strict=True):
        part = multiply(multiply(number.numerator, weight), bottom)
        top = add(multiply(top, number.denominator), part)
        bottom = multiply(bottom, number.denominator)
    parts = [f"({part.formula})" if len(part.operands) > 1 else part.formula for part in numbers]
    above = " + ".join(f"{part} × {{}}" for part in parts)
    operands = [
        operand
        for number, weight in zip(numbers, money, strict=True)
        for operand in (*number.operands, weight)
    ]
    return Exact(
        top,
        multiply(bottom, total(money)),
        f"({above}) ÷ ({' + '.join('{}' for _ in money)})",
        (*operands, *money),
    )
