"""Rules as arithmetic: one expression gives the points, the formula that is printed, and a cell.

An expression is made of numbers and named inputs by + − × ÷, the least and the greatest of some,
a choice, and rounding.  It is exact: a quotient is never formed before it is rounded.  What is
printed is what was computed: of a choice only the part that was taken, of a rounding its result.
In a spreadsheet, which counts in binary fractions, quotients and the computed sides of conditions
are kept to as many decimals as cannot blur a result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from operator import eq, ge, gt, itemgetter
from typing import NamedTuple

from perfeval.cells.notes import Note
from perfeval.cells.signs import Sign
from perfeval.numbers import (
    FINE_DIGITS,
    ONE,
    ZERO,
    Exact,
    RoundingMode,
    add,
    multiply,
    plain,
    round_ratio,
)

Inputs = Mapping[str, Decimal | Exact]
Ratio = tuple[Decimal, Decimal]
"""A numerator and a denominator above 0."""
_SUM, _PRODUCT, _ATOM = 0, 1, 2
_CELL_SIGNS = {Sign.AT_LEAST: ">=", Sign.ABOVE: ">", Sign.EQUAL: "="}
_COMPARE = {Sign.AT_LEAST: ge, Sign.ABOVE: gt, Sign.EQUAL: eq}


class Expression:
    """A number that depends on inputs; every kind of expression answers the same questions."""

    @property
    def binding(self) -> int:
        """How tightly its parts hang together when it is printed."""
        return _ATOM

    @property
    def is_settled(self) -> bool:
        """There is nothing to choose or to round in it."""
        return False

    @property
    def formula(self) -> str:
        """The formula with ``{}`` for each number, where there is nothing to choose."""
        return "{}"

    @property
    def leaves(self) -> tuple[Constant | Input, ...]:
        """The numbers and inputs of the formula, from left to right."""
        return ()

    def taken(self, _inputs: Inputs) -> Expression:
        """Return what is left to compute when all choices are made and all roundings done."""
        return self

    def ratio(self, inputs: Inputs) -> Ratio:
        """Return the value, not rounded."""
        return self.taken(inputs).ratio(inputs)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the formula of a spreadsheet, given the cell of each input."""
        raise NotImplementedError

    def kept_in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the same without what binary fractions leave behind."""
        return f"ROUND({self.in_cells(cells)},{FINE_DIGITS})"

    def exact(self, inputs: Mapping[str, Decimal]) -> Exact:
        """Return the exact value, with the formula and the numbers that it came from.

        Raises:
            KeyError: An input that is needed is missing.
            ZeroDivisionError: A denominator is 0.
        """
        taken = self.taken(inputs)
        top, bottom = taken.ratio(inputs)
        operands = tuple([leaf.ratio(inputs)[0] for leaf in taken.leaves])
        return Exact(top, bottom, taken.formula, operands)

    @property
    def said(self) -> str:
        """The formula in words: ``分值 × 完成值 ÷ 目标值``."""
        return self.formula.format(*(leaf.label for leaf in self.leaves))

    def __add__(self, other: Expression | Decimal) -> Operation:
        return Operation(PLUS, self, expression(other))

    def __sub__(self, other: Expression | Decimal) -> Operation:
        return Operation(MINUS, self, expression(other))

    def __mul__(self, other: Expression | Decimal) -> Operation:
        return Operation(TIMES, self, expression(other))

    def __truediv__(self, other: Expression | Decimal) -> Operation:
        return Operation(DIVIDED, self, expression(other))

    def __ge__(self, other: Expression | Decimal) -> Condition:
        return Condition(self, Sign.AT_LEAST, expression(other))

    def __gt__(self, other: Expression | Decimal) -> Condition:
        return Condition(self, Sign.ABOVE, expression(other))

    def equals(self, other: Expression | Decimal) -> Condition:
        """Return the condition that both are equal."""
        return Condition(self, Sign.EQUAL, expression(other))


def expression(value: Expression | Decimal) -> Expression:
    """Return a number as an expression, and an expression as it is."""
    return Constant(value) if isinstance(value, Decimal) else value


# -- numbers and inputs ------------------------------------------------------------------------


@dataclass(frozen=True)
class Constant(Expression):
    """A number."""

    value: Decimal

    @property
    def label(self) -> str:
        """The number as it is printed."""
        return plain(self.value)

    @property
    def is_settled(self) -> bool:
        """It is a number."""
        return True

    @property
    def leaves(self) -> tuple[Constant | Input, ...]:
        """Itself."""
        return (self,)

    def ratio(self, _inputs: Inputs) -> Ratio:
        """Return the number."""
        return self.value, ONE

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the number as it is printed."""
        del cells
        return plain(self.value)

    kept_in_cells = in_cells


@dataclass(frozen=True)
class Input(Expression):
    """A number that is given by name: a weight, a target, an actual.

    Attributes:
        name: Its name among the inputs.
        label: Its name in words, in Chinese.
    """

    name: str
    label: str

    @property
    def is_settled(self) -> bool:
        """It is a number."""
        return True

    @property
    def leaves(self) -> tuple[Constant | Input, ...]:
        """Itself."""
        return (self,)

    def ratio(self, inputs: Inputs) -> Ratio:
        """Return what is given."""
        value = inputs[self.name]
        return value[:2] if isinstance(value, Exact) else (value, ONE)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the cell of the input."""
        return cells[self.name]

    kept_in_cells = in_cells


# -- arithmetic --------------------------------------------------------------------------------


class Operator(NamedTuple):
    """+ − × ÷: how it is printed, written in cells, and computed."""

    printed: str
    in_cells: str
    binding: int
    compute: Callable[[Ratio, Ratio], Ratio]
    closes: bool = False
    """A right part that binds as tightly stands in brackets."""


def _times(left: Decimal, right: Decimal) -> Decimal:
    """Return a product; a 1 that stands for a missing denominator costs nothing."""
    if left is ONE:
        return right
    return left if right is ONE else multiply(left, right)


def _plus(left: Ratio, right: Ratio) -> Ratio:
    (one, below), (other, below_other) = left, right
    return add(_times(one, below_other), _times(other, below)), _times(below, below_other)


def _minus(left: Ratio, right: Ratio) -> Ratio:
    return _plus(left, (right[0].copy_negate(), right[1]))


def _product(left: Ratio, right: Ratio) -> Ratio:
    return multiply(left[0], right[0]), _times(left[1], right[1])


def _quotient(left: Ratio, right: Ratio) -> Ratio:
    divisor, below = right
    if not divisor:
        raise ZeroDivisionError
    if divisor < ZERO:
        divisor, below = divisor.copy_negate(), below.copy_negate()
    return _times(left[0], below), _times(left[1], divisor)


PLUS = Operator("+", "+", _SUM, _plus)
MINUS = Operator("-", "-", _SUM, _minus, closes=True)
TIMES = Operator("×", "*", _PRODUCT, _product)
DIVIDED = Operator("÷", "/", _PRODUCT, _quotient, closes=True)


@dataclass(frozen=True)
class Operation(Expression):
    """Two expressions, added, subtracted, multiplied or divided."""

    operator: Operator
    left: Expression
    right: Expression

    @property
    def binding(self) -> int:
        """How tightly its parts hang together: a product more than a sum."""
        return self.operator.binding

    @cached_property
    def formula(self) -> str:
        """The formula with ``{}`` for each number, in brackets where it needs them."""
        left, right, operator = self.left.formula, self.right.formula, self.operator
        if self.left.binding < operator.binding:
            left = f"({left})"
        if self.right.binding < operator.binding + operator.closes:
            right = f"({right})"
        return f"{left} {operator.printed} {right}"

    @cached_property
    def leaves(self) -> tuple[Constant | Input, ...]:
        """The numbers and inputs of both parts."""
        return (*self.left.leaves, *self.right.leaves)

    @cached_property
    def is_settled(self) -> bool:
        """There is nothing to choose or to round in it."""
        return self.left.is_settled and self.right.is_settled

    def taken(self, inputs: Inputs) -> Expression:
        """Return the operation on what is left of both parts."""
        if self.is_settled:
            return self
        left, right = self.left.taken(inputs), self.right.taken(inputs)
        return Operation(self.operator, left, right)

    def ratio(self, inputs: Inputs) -> Ratio:
        """Return the result, not rounded."""
        return self.operator.compute(self.left.ratio(inputs), self.right.ratio(inputs))

    @cached_property
    def _factors(self) -> Callable[[Mapping[str, Decimal]], tuple[Decimal, ...]] | None:
        """What takes the numbers of a product of inputs ÷ an input; ``None`` for other rules."""
        if self.operator is not DIVIDED or not isinstance(self.right, Input):
            return None
        names, part = [self.right.name], self.left
        while isinstance(part, Operation) and part.operator is TIMES:
            if not isinstance(part.right, Input):
                return None
            names.append(part.right.name)
            part = part.left
        if not isinstance(part, Input):
            return None
        return itemgetter(part.name, *reversed(names))

    def exact(self, inputs: Mapping[str, Decimal]) -> Exact:
        """Return the exact value; that of the usual rule, a product ÷ a number, at once."""
        if self._factors is not None:
            operands = self._factors(inputs)
            *above, below = operands
            if below > ZERO:
                return Exact(reduce(multiply, above), below, self.formula, operands)
        return super().exact(inputs)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the operation in brackets; a quotient is kept to as many decimals as hold."""
        text = self.operator.in_cells.join((self.left.in_cells(cells), self.right.in_cells(cells)))
        return f"ROUND({text},{FINE_DIGITS})" if self.operator is DIVIDED else f"({text})"

    def kept_in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the same without what binary fractions leave behind."""
        text = self.in_cells(cells)
        return text if self.operator is DIVIDED else f"ROUND({text},{FINE_DIGITS})"


# -- choices and roundings ---------------------------------------------------------------------


@dataclass(frozen=True)
class Condition:
    """A comparison of two expressions by ≥, ＞ or ＝."""

    left: Expression
    sign: Sign
    right: Expression

    def holds(self, inputs: Inputs) -> bool:
        """Tell whether it holds."""
        one, below_one = self.left.ratio(inputs)
        other, below_other = self.right.ratio(inputs)
        if below_one is not below_other:
            one, other = _times(one, below_other), _times(other, below_one)
        compare: Callable[[Decimal, Decimal], bool] = _COMPARE[self.sign]
        return compare(one, other)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the condition of a spreadsheet."""
        sides = (self.left.kept_in_cells(cells), self.right.kept_in_cells(cells))
        return _CELL_SIGNS[self.sign].join(sides)


@dataclass(frozen=True)
class Choice(Expression):
    """One of two expressions; only the one that is taken needs its inputs."""

    condition: Condition
    then: Expression
    otherwise: Expression

    def taken(self, inputs: Inputs) -> Expression:
        """Return what is left of the expression that is taken."""
        return self.case(inputs).taken(inputs)

    def case(self, inputs: Inputs) -> Expression:
        """Return the expression that is taken as it is."""
        part: Expression = self
        while isinstance(part, Choice):
            part = part.then if part.condition.holds(inputs) else part.otherwise
        return part

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return both expressions and the condition between them, or what both say."""
        then, otherwise = self.then.in_cells(cells), self.otherwise.in_cells(cells)
        if then == otherwise:
            return then
        return f"IF({self.condition.in_cells(cells)},{then},{otherwise})"


def when(condition: Condition, then: Expression | Decimal, otherwise: Expression) -> Choice:
    """Return one of two expressions."""
    return Choice(condition, expression(then), otherwise)


def first_of(cases: Sequence[tuple[Condition, Expression]], otherwise: Expression) -> Expression:
    """Return the expression of the first case that holds."""
    result = otherwise
    for condition, value in reversed(cases):
        result = Choice(condition, value, result)
    return result


@dataclass(frozen=True)
class Extreme(Expression):
    """The least or the greatest of two expressions."""

    name: str
    left: Expression
    right: Expression

    def taken(self, inputs: Inputs) -> Expression:
        """Return what is left of the expression that is less, or greater."""
        upper, lower = (self.left, self.right) if self.name == "MIN" else (self.right, self.left)
        return (self.right if (upper > lower).holds(inputs) else self.left).taken(inputs)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return both expressions."""
        return f"{self.name}({self.left.in_cells(cells)},{self.right.in_cells(cells)})"


def case_of(rule: Expression, inputs: Inputs) -> Branch:
    """Return the branch of a rule that holds for these inputs.

    Raises:
        TypeError: The rule has no sentence for them.
    """
    part = rule.case(inputs) if isinstance(rule, Choice) else rule
    if not isinstance(part, Branch):
        raise TypeError(part)
    return part


def least(left: Expression, right: Expression | Decimal) -> Extreme:
    """Return the smaller of two expressions."""
    return Extreme("MIN", left, expression(right))


def greatest(left: Expression, right: Expression | Decimal) -> Extreme:
    """Return the greater of two expressions."""
    return Extreme("MAX", left, expression(right))


@dataclass(frozen=True)
class Rounded(Expression):
    """An expression, rounded once to some decimals.

    Attributes:
        part: What is rounded.
        digits, mode: How.
        limit: What the result is never above; a limit with more digits than are kept is cut.
    """

    part: Expression
    digits: int
    mode: RoundingMode
    limit: Expression | None = None

    def taken(self, inputs: Inputs) -> Expression:
        """Return the rounded number."""
        return Constant(self.ratio(inputs)[0])

    def ratio(self, inputs: Inputs) -> Ratio:
        """Return the rounded number."""
        limit = None if self.limit is None else self.limit.ratio(inputs)
        return self.of(self.part.ratio(inputs), limit), ONE

    def of(self, value: Ratio, limit: Ratio | None) -> Decimal:
        """Round a value that is known, with its limit."""
        rounded = round_ratio(value[0], value[1], self.digits, self.mode)
        if limit is None or _times(rounded, limit[1]) <= limit[0]:
            return rounded
        return round_ratio(limit[0], limit[1], self.digits, RoundingMode.DOWN)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the expression, rounded as the mode says."""
        text = rounding_in_cells(self.part.kept_in_cells(cells), self.digits, self.mode)
        if self.limit is None:
            return text
        most = self.limit.kept_in_cells(cells)
        cut = rounding_in_cells(most, self.digits, RoundingMode.DOWN)
        return f"IF({text}>{most},{cut},{text})"

    kept_in_cells = in_cells


@dataclass(frozen=True)
class Branch(Expression):
    """An expression with the sentence of the rule for it, and a note on the rows that it is for.

    Attributes:
        part: The expression.
        sentence: The rule in one Chinese sentence.
        note: What there is to say of such a row.
    """

    part: Expression
    sentence: str
    note: Note | None = None

    def taken(self, inputs: Inputs) -> Expression:
        """Return what is left of the expression."""
        return self.part.taken(inputs)

    def exact(self, inputs: Mapping[str, Decimal]) -> Exact:
        """Return the exact value of the expression."""
        return self.part.exact(inputs)

    def in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the expression."""
        return self.part.in_cells(cells)

    def kept_in_cells(self, cells: Mapping[str, str]) -> str:
        """Return the expression without what binary fractions leave behind."""
        return self.part.kept_in_cells(cells)


def rounding_in_cells(text: str, digits: int, mode: RoundingMode) -> str:
    """Return the formula of a spreadsheet that rounds what *text* computes."""
    if mode is RoundingMode.DOWN:
        return f"ROUNDDOWN({text},{digits})"
    if mode is RoundingMode.UP:
        return f"ROUNDUP({text},{digits})"
    if mode is RoundingMode.HALF_EVEN:  # half way above an even digit goes down
        unit = "1" + "0" * digits
        is_half = f"ROUND(MOD(ABS({text})*{unit},2),9)=0.5"
        return f"IF({is_half},ROUNDDOWN({text},{digits}),ROUND({text},{digits}))"
    return f"ROUND({text},{digits})"
