"""Numbers that were computed before a rule is asked, put into it with their formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from perfeval.methods.expression import Constant, Expression, Input, Inputs, Ratio
from perfeval.numbers import Exact

_Part = TypeVar("_Part")
_SUM, _ATOM = 0, 2


@dataclass(frozen=True)
class Computed(Expression):
    """An exact number with the formula that it came from."""

    value: Exact

    @property
    def binding(self) -> int:
        """A formula stands in brackets wherever it is a part of another one."""
        return _ATOM if len(self.value.operands) == 1 else _SUM

    @property
    def is_settled(self) -> bool:
        """It is a number."""
        return True

    @property
    def formula(self) -> str:
        """Its own formula."""
        return self.value.formula

    @property
    def leaves(self) -> tuple[Constant | Input, ...]:
        """The numbers of its formula."""
        return tuple(Constant(number) for number in self.value.operands)

    def ratio(self, _inputs: Inputs) -> Ratio:
        """Return the number."""
        return self.value.numerator, self.value.denominator


def filled(rule: _Part, given: Mapping[str, Exact]) -> _Part:
    """Return a rule in which some inputs are numbers with a formula of their own."""
    return cast("_Part", _put(rule, {name: Computed(value) for name, value in given.items()}))


def _put(part: Any, given: Mapping[str, Computed]) -> Any:
    if isinstance(part, Input):
        return given.get(part.name, part)
    if not is_dataclass(part) or isinstance(part, Computed | type):
        return part
    held = {field.name: getattr(part, field.name) for field in fields(part)}
    put = {name: _put(value, given) for name, value in held.items()}
    changed = {name: value for name, value in put.items() if value is not held[name]}
    return replace(part, **changed) if changed else part
