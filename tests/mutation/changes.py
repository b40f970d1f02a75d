"""Every small change to a module that a test should notice: other comparisons, constants, ends."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_PAIRS = (
    ("LACKING", "FINE"),
    ("ZERO", "ONE"),
    ("min", "max"),
    ("any", "all"),
    ("add", "subtract"),
    ("least", "greatest"),
)
_NAMES = dict(_PAIRS) | {other: name for name, other in _PAIRS} | {"HUNDRED": "ONE"}
_NEVER = {"annotation", "returns", "decorator_list", "type_params", "bases"}
"""Fields of the syntax tree in which nothing is computed."""
_SAID = 90
"""How much of a change is printed."""


class Change(NamedTuple):
    """One change of a syntax tree.

    Attributes:
        line: Where.
        before: What is there.
        after: What is put in its place; ``None`` where a condition is negated.
        make: Makes it, in the tree for which it was listed.
    """

    line: int
    before: ast.AST
    after: ast.AST | None
    make: Callable[[], None]

    @property
    def said(self) -> str:
        """The change as code."""
        if self.after is None:
            return f"if not: {_short(self.before)}"
        return f"{_short(self.before)}  →  {_short(self.after)}"


class _Place(NamedTuple):
    """Where a node stands in its tree."""

    node: ast.AST
    put: Callable[[ast.AST], None]
    in_function: bool


def changes(tree: ast.Module) -> list[Change]:
    """Return the changes of a module, always in the same order."""
    return [change for place in _places(tree) for change in _changes(place)]


def changed(text: str, number: int) -> ast.Module:
    """Return a module's tree with one of its changes made."""
    tree = ast.parse(text)
    changes(tree)[number].make()
    return ast.fix_missing_locations(tree)


def _places(parent: ast.AST, *, in_function: bool = False) -> Iterator[_Place]:
    inside = in_function or isinstance(parent, ast.FunctionDef | ast.Lambda)
    for name, value in ast.iter_fields(parent):
        if name in _NEVER:
            continue
        children = value if isinstance(value, list) else [value]
        for at, child in enumerate(children):
            if not isinstance(child, ast.AST) or _is_list_of_names(child):
                continue
            yield _Place(child, _setter(parent, name, value, at), inside)
            yield from _places(child, in_function=inside)


def _setter(
    parent: ast.AST, name: str, value: list[ast.AST] | ast.AST, at: int
) -> Callable[[ast.AST], None]:
    def put(node: ast.AST) -> None:
        if isinstance(value, list):
            value[at] = node
        else:
            setattr(parent, name, node)

    return put


def _is_list_of_names(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _changes(place: _Place) -> Iterator[Change]:
    node = place.node
    for other in _others(node, in_function=place.in_function):
        yield Change(getattr(node, "lineno", 0), node, other, partial(place.put, other))
    if isinstance(node, ast.If | ast.IfExp):
        yield Change(node.lineno, node.test, None, partial(_negate, node))
    if isinstance(node, ast.comprehension):
        for at, test in enumerate(node.ifs):
            make = partial(node.ifs.__setitem__, at, ast.UnaryOp(ast.Not(), test))
            yield Change(test.lineno, test, None, make)


def _negate(node: ast.If | ast.IfExp) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _others(node: ast.AST, *, in_function: bool) -> Iterator[ast.AST]:
    """Yield what may stand in place of a node."""
    if isinstance(node, ast.expr):
        yield from _expressions(node)
    elif in_function and isinstance(node, ast.stmt):
        yield from _statements(node)


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            for other in _COMPARISONS[type(operator)]:
                operators = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)
    elif isinstance(node, ast.BoolOp):
        swapped = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.BoolOp(swapped, node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in _NAMES:
        yield ast.Name(_NAMES[node.id], ast.Load())


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(0 if node.value == 1 else node.value + 1)


def _statements(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    ):
        yield ast.Pass()


def _short(node: ast.AST) -> str:
    said = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return said if len(said) <= _SAID else f"{said[: _SAID - 1]}…"
