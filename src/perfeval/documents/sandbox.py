"""Templates from outside: what they may use, and how much they may do.

Every block, call, filter, test, comparison and list of a template spends from one budget, as much
as it costs; nothing that a template builds can therefore grow, or run, without end.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import wraps
from types import BuiltinMethodType, GeneratorType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST_STEPS = 1_000_000
"""About half a second; the texts of a department of 500 projects take a third of them."""
_MOST_DIGITS = 20
_LONGEST = 2 * 1024 * 1024
"""Characters of one text."""
_PER_STEP = 8
"""Characters that are copied as fast as one step is done."""
_LOADING, _CALLING = 1_000, 10
_FILTERS = (
    "default",
    "first",
    "join",
    "last",
    "length",
    "list",
    "map",
    "reject",
    "rejectattr",
    "select",
    "selectattr",
    "sort",
    "sum",
    "trim",
    "unique",
)
"""What a template of one's own may use; nothing that pads, guesses or prints an address."""
_OF_DICTS = ("get", "items", "keys", "values")
_CONTAINERS = (list, tuple, set, frozenset)
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub}


class _Generator(CodeGenerator):
    """Let every block say what it costs, and every value that is walked through be weighed."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._around: dict[int, str] = {}

    def visit(self, node: nodes.Node, *arguments: Any, **settings: Any) -> Any:
        """Write the code of a node, inside the call that was asked for around it."""
        before = self._around.pop(id(node), "")
        self.write(before)
        super().visit(node, *arguments, **settings)
        self.write(")" * (before.count("(") - before.count(")")))

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Spend what the statements of a block cost, before they run."""
        block = list(nodes)
        if block:
            self.writeline(f"environment.spend({sum(map(_size, block))})", block[0])
        super().blockvisit(block, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """Weigh what is looped over: a condition may leave out all of it."""
        self._weigh(node.iter)
        if node.test is not None:
            self._around[id(node.test)] = f"(environment.spend({_size(node.test)}) or ("
        super().visit_For(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Weigh what is compared."""
        for operand in (node.expr, *(part.expr for part in node.ops)):
            self._weigh(operand)
        super().visit_Compare(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Weigh what a part is cut out of."""
        if isinstance(node.arg, nodes.Slice):
            self._weigh(node.node)
        super().visit_Getitem(node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """Weigh a list."""
        self._inside_scale(super().visit_List, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Weigh a tuple; one that names what a loop sets is none."""
        if node.ctx == "load":
            self._inside_scale(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Weigh a mapping, and each key before it is looked for."""
        for pair in node.items:
            self._weigh(pair.key)
        self._inside_scale(super().visit_Dict, node, frame)

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:  # noqa: N802
        """Weigh a list of constants; no figure of a text is a float, and ``1e999`` has no code."""
        if isinstance(node.value, float):
            self.fail("模板里不能用小数", node.lineno)
        if isinstance(node.value, (*_CONTAINERS, dict)):
            self._inside_scale(super().visit_Const, node, frame)
        else:
            super().visit_Const(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: ARG002, N802
        """Refuse ``~``, by which a text may double itself; a text is written out part by part."""
        self.fail("模板里不能用 ~", node.lineno)

    def _weigh(self, node: nodes.Node) -> None:
        self._around[id(node)] = "environment.weighed("

    def _inside_scale(self, write: Callable[[Any, Frame], None], node: Any, frame: Frame) -> None:
        self.write("environment.weighed(")
        write(node, frame)
        self.write(")")


def _size(node: nodes.Node) -> int:
    """Count the parts of a statement; a block inside it says for itself what it costs."""
    return 1 + sum(map(_size, node.iter_child_nodes(exclude=("body", "else_"))))


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for one rendering of templates from outside.

    No attribute tricks, no large numbers, no text and no list that grows without bounds, and no
    run without end.
    """

    intercepted_binops = frozenset({"+", "-", "*", "**", "%"})
    code_generator_class = _Generator

    def __init__(self, loader: BaseLoader, finalize: Callable[[Any], Any]) -> None:
        self._left = _MOST_STEPS
        super().__init__(
            loader=loader,
            autoescape=False,
            undefined=StrictUndefined,
            finalize=self._printing(finalize),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.globals = {"namespace": self.globals["namespace"]}
        own = {"join": self._join, "sum": self._sum, "trim": _trim}
        filters = {**self.filters, **own}
        self.filters = {name: self._paid(filters[name]) for name in _FILTERS}
        self.filters["sort"] = self._paid(self._sorting(filters["sort"]))
        self.tests = {name: self._paid(test) for name, test in _tests_of(self).items()}

    def spend(self, steps: int) -> None:
        """Take steps from the budget.

        Raises:
            SecurityError: There are not that many left.
        """
        self._left -= steps
        if self._left < 0:
            raise SecurityError("模板做的步骤太多，请减少循环和重复")

    def weighed(self, value: Any) -> Any:
        """Return a value after spending a step for each part of it that a walk meets."""
        waiting = [value]
        while waiting:
            part = waiting.pop()
            kind = part.__class__
            self.spend(1 + len(part) if kind is str else 1)
            if kind in _CONTAINERS:
                waiting.extend(part)
            elif kind is dict:
                waiting.extend(part)
                waiting.extend(part.values())
        return value

    def call(self, /, context: Context, called: Any, *arguments: Any, **settings: Any) -> Any:
        """Call what a template calls, and spend what that costs."""
        self.spend(_CALLING)
        self.weighed(arguments)
        for name, value in settings.items():
            if not name.startswith("_"):  # those are Jinja's own
                self.weighed(value)
        return super().call(context, called, *arguments, **settings)

    def call_binop(self, _context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse the operators by which a template could fill the memory; numbers add up."""
        if operator in _ARITHMETIC and isinstance(left, int) and isinstance(right, int):
            return _short(_ARITHMETIC[operator](left, right))
        raise SecurityError(f"模板里不能用 {operator}")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look up what a template looks up; a key is weighed, for it is walked through."""
        return super().getitem(obj, self.weighed(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse the methods of texts, numbers and lists: some of them pad or search for long."""
        is_plain = isinstance(obj, dict) and attr in _OF_DICTS
        if isinstance(obj, str) or (isinstance(value, BuiltinMethodType) and not is_plain):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ARG002
        """Give no method that formats: a text may be padded to any length."""
        return None

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Say that an attribute is not for templates."""
        return self.undefined(f"模板里不能用 .{attribute}", obj, attribute, exc=SecurityError)

    def concat(self, parts: Iterable[str]) -> str:
        """Join the parts of a text, which may be long and not endless."""
        return self._joined(parts)

    def _load_template(self, name: Any, globals: Any) -> Template:  # noqa: A002
        self.spend(_LOADING)
        return super()._load_template(name, globals)

    def _printing(self, finalize: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return *finalize*, spending what it costs to copy the text."""

        def printed(value: Any) -> Any:
            text = finalize(value)
            self.spend(1 + len(text) // _PER_STEP if isinstance(text, str) else 1)
            return text

        return printed

    def _paid(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter or a test that spends a step for each part of what it is given."""

        @wraps(function)
        def paid(*arguments: Any, **settings: Any) -> Any:
            given = [
                self._counted(item) if isinstance(item, GeneratorType) else self.weighed(item)
                for item in arguments
            ]
            self.spend(_CALLING)
            return function(*given, **{name: self.weighed(it) for name, it in settings.items()})

        return paid

    def _counted(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            yield self.weighed(item)

    def _sorting(self, sort: Callable[..., Any]) -> Callable[..., Any]:
        """Return the filter *sort*, spending what its comparisons cost."""

        @wraps(sort)
        def sorting(environment: Environment, value: Any, *arguments: Any, **settings: Any) -> Any:
            items = list(value)
            for _ in range(len(items).bit_length()):
                self.weighed(items)
            return sort(environment, items, *arguments, **settings)

        return sorting

    def _sum(self, values: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
        """Add up numbers, as Jinja's filter does; lists and texts are not added."""
        total = start
        read = make_attrgetter(self, attribute)
        for number in map(read, values):
            if not all(isinstance(item, int | Decimal) for item in (total, number)):
                raise TypeError("sum 只能相加数")
            total = _short(total + number)
        return total

    def _join(self, values: Iterable[object], d: str = "") -> str:
        """Join texts, as Jinja's filter does; what is no text is not printed."""
        texts = list(values)
        if not all(isinstance(text, str | int) and text.__class__ is not bool for text in texts):
            raise TypeError("join 只能连接文字")
        return self._joined(map(str, texts), d)

    def _joined(self, parts: Iterable[str], between: str = "") -> str:
        found, length = [], 0
        for part in parts:
            length += len(part) + len(between)
            if length > _LONGEST:
                raise SecurityError("模板写出的文字太长")
            found.append(part)
        self.spend(1 + length // _PER_STEP)
        return between.join(found)


def _short(number: Any) -> Any:
    """Return a number that a form could print."""
    if isinstance(number, int) and abs(number) >= 10**_MOST_DIGITS:
        raise SecurityError("模板里的数太长")
    return number


def _tests_of(environment: Environment) -> dict[str, Callable[..., Any]]:
    tests: dict[str, Any] = environment.tests
    return tests


def _trim(text: str) -> str:
    """Return a text without the blanks around it."""
    return str(text).strip()
