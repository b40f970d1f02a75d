"""Each change of a module is one that a test could notice, and is listed once."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.__main__ import mutants
from tests.mutation.changes import MARK, changed, changes, marked
from tests.mutation.choice import stages
from tests.mutation.reached import Ran, Seen, together
from tests.mutation.rooms import PACKAGE, ROOMS, ROOT, WIDEST, module_name, recorded


def results(text: str) -> list[str]:
    """Return the module after each of its changes."""
    numbers = range(len(changes(ast.parse(text))))
    return [ast.unparse(changed(text, number)).strip() for number in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b", ["a <= b", "a > b"]),
        ("a >= b", ["a > b", "a <= b"]),
        ("a < b <= c", ["a <= b <= c", "a > b <= c", "a < b < c", "a < b >= c"]),
        ("a is not b", ["a is b"]),
        ("a in b", ["a not in b"]),
        ("a and b", ["a or b"]),
        ("not a", ["a"]),
        ("a + b", ["a - b"]),
        ("a / b", ["a * b"]),
        ("a | b", []),
        ("f(0)", ["f(1)"]),
        ("f(1)", ["f(0)"]),
        ("f(True)", ["f(False)"]),
        ("f('1')", []),
        ("f(min)", ["f(max)"]),
        ("x = LACKING", ["x = FINE"]),
        ("x = FINE", ["x = LACKING"]),
        ("HUNDRED = 2", ["HUNDRED = 3"]),
        ("x = a if b else c", ["x = a if not b else c"]),
        ("if a:\n    b", ["if not a:\n    b"]),
        ("[a for a in b if c]", ["[a for a in b if not c]"]),
        ("def f(a: 0=2) -> 0:\n    '''1'''", ['def f(a: 0=3) -> 0:\n    """1"""']),
        ("def f():\n    return a", ["def f():\n    return None"]),
        ("def f():\n    return None", []),
        ("def f():\n    return", []),
        ("def f():\n    g()", ["def f():\n    pass"]),
        ("def f():\n    a += b", ["def f():\n    pass"]),
        ("def f():\n    raise a", ["def f():\n    pass"]),
        ("g()", []),
        ("@g(0)\nclass A(b[0]):\n    pass", []),
        ("__all__ = f(0)", []),
    ],
)
def test_every_change_is_listed(text: str, expected: list[str]) -> None:
    assert results(text) == expected


def test_every_mutant_of_the_package_is_another_program() -> None:
    """Compiled, so that none is noticed only because it is no Python."""
    found = mutants(["methods"])
    assert len(found) > 100
    assert len(set(found)) == len(found)
    for one in found[::17]:
        text = one.path.read_text(encoding="utf-8")
        tree = changed(text, one.number)
        assert one.said
        compile(tree, one.place, "exec")
        assert ast.dump(tree) != ast.dump(ast.parse(text)), one


MARKED = """
LIMIT = 3
def outer(number=2):
    '''What it does.'''
    if number > LIMIT:
        return [one for one in range(number) if one > 1]
    else:
        total = 5
    return total
"""


def test_a_marked_module_tells_which_changes_are_reached() -> None:
    found = changes(ast.parse(MARKED))
    reached: set[tuple[str, int | None]] = set()
    names: dict[str, Any] = {MARK: reached.add}
    exec(compile(marked(MARKED, "m", range(len(found))), "m", "exec"), names)
    assert names["outer"].__doc__ == "What it does."
    assert not reached
    assert names["outer"](2) == 5
    lines = {found[number].line for _, number in reached if number is not None}
    assert lines == {5, 8, 9}
    assert ("m", None) in reached
    assert {one.line for one in found if one.statement is None} == {2, 3}


def test_those_tests_are_asked_that_reach_a_change_the_nearest_and_quickest_first() -> None:
    path = PACKAGE / "cells" / "wholes.py"
    mark, use = ("perfeval.cells.wholes", 7), ("perfeval.cells.wholes", None)
    in_another_room = Seen({"tests/checks/test_a.py::a": Ran(0.1, frozenset((mark, use)))}, ())
    in_its_room = Seen(
        {
            "tests/cells/test_b.py::slow": Ran(2.0, frozenset((mark, use))),
            "tests/cells/test_b.py::quick": Ran(0.2, frozenset((mark, use))),
            "tests/cells/test_b.py::other": Ran(0.1, frozenset((use,))),
            "tests/cells/test_b.py::none": Ran(0.1, frozenset()),
            "tests/cells/test_wholes.py::own": Ran(3.0, frozenset((mark, use))),
        },
        ("tests/cells/test_b.py::none",),
    )
    seen = together([in_another_room, in_its_room])
    first, widest = stages(path, *mark, seen)
    assert list(first.usual) == [
        "tests/cells/test_wholes.py::own",
        "tests/cells/test_b.py::quick",
        "tests/cells/test_b.py::slow",
        "tests/checks/test_a.py::a",
        "tests/cells/test_b.py::other",
    ]
    files = ("tests/cells/test_wholes.py", "tests/cells/test_b.py", "tests/checks/test_a.py")
    assert first.paths == files
    assert widest.paths == WIDEST
    assert seen.failed == ("tests/cells/test_b.py::none",)
    many = {f"tests/cells/test_b.py::{at}": Ran(0.1, frozenset((mark,))) for at in range(50)}
    assert [len(stage.usual) for stage in stages(path, *mark, Seen(many, ()))] == [40, 10, 0]
    assert stages(path, *mark, Seen({}, ())) == (widest,)


def test_every_room_has_tests_and_all_that_are_named_are_there() -> None:
    for room in ROOMS:
        path = PACKAGE / room / "__init__.py"
        assert module_name(path) == f"perfeval.{room}"
        named = (*recorded([room]), *WIDEST)
        assert len(set(named)) == len(named)
        assert [name for name in named if not Path(ROOT, name).exists()] == []
    assert module_name(PACKAGE / "scoring" / "engine.py") == "perfeval.scoring.engine"
