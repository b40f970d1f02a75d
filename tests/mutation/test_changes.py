"""Each change of a module is one that a test could notice, and is listed once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutation.__main__ import mutants
from tests.mutation.changes import changed, changes
from tests.mutation.rooms import PACKAGE, ROOMS, ROOT, module_name, stages


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


def test_every_room_has_tests_and_all_that_are_named_are_there() -> None:
    for room in ROOMS:
        path = PACKAGE / room / "__init__.py"
        assert module_name(path) == f"perfeval.{room}"
        named = [name for stage in stages(path) for name in stage]
        assert len(set(named)) == len(named)
        assert [name for name in named if not Path(ROOT, name).exists()] == []
    assert module_name(PACKAGE / "scoring" / "engine.py") == "perfeval.scoring.engine"
