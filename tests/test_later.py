"""Names and patterns that are made when they are first used are what they would be at once."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import perfeval
from perfeval.later import LaterPattern, loader, regex

PACKAGE = Path(perfeval.__file__).parent


@pytest.mark.parametrize("text", ["", "12 项", "3人，45人", "甲"])
def test_a_pattern_finds_what_a_compiled_one_finds(text: str) -> None:
    later, now = regex("(?P<number>[0-9]+)", re.ASCII), re.compile("(?P<number>[0-9]+)", re.ASCII)
    for method in ("search", "match", "fullmatch"):
        found, wanted = (getattr(one, method)(text) for one in (later, now))
        assert str(found) == str(wanted)
    assert later.findall(text) == now.findall(text)
    assert [*map(str, later.finditer(text))] == [*map(str, now.finditer(text))]
    assert later.sub("#", text) == now.sub("#", text)
    assert later.subn("#", text) == now.subn("#", text)
    assert later.split(text) == now.split(text)
    for name in ("pattern", "flags", "groups", "groupindex"):
        assert getattr(later, name) == getattr(now, name)


def test_a_pattern_of_bytes_is_one() -> None:
    assert regex(rb"\s*\{").match(b"  {") is not None


def test_a_pattern_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compile_ = re.compile

    def noted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        made.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", noted)
    later = regex("甲|乙")
    assert made == []
    assert later.search("乙") is not None
    assert later.fullmatch("丙") is None
    assert made == ["甲|乙"]


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
@pytest.mark.parametrize("is_used", [False, True])
def test_a_pattern_is_copied_and_pickled(again: object, is_used: bool) -> None:
    assert callable(again)
    later = regex("[A-Z]", re.IGNORECASE)
    if is_used:
        later.search("")
    assert again(later).match("b") is not None


def test_a_wrong_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = regex("a").nothing  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="甲"):
        loader("perfeval", {})("甲")


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    """A slip in one would otherwise show only at the text for which it is asked."""
    wrong, count = {}, 0
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, LaterPattern):
                count += 1
                try:
                    re.compile(value.pattern, value.given)
                except re.error as error:
                    wrong[f"{module.__name__}.{name}"] = str(error)
    assert wrong == {}
    assert count > 150


@pytest.mark.parametrize("package", ["perfeval.carriers", "perfeval.reading", "perfeval.report"])
def test_every_name_of_a_package_is_that_of_its_module(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        home = importlib.import_module(f"{package}.{module._HOMES[name]}")
        assert getattr(module, name) is getattr(home, name)


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(perfeval.__path__, "perfeval.")
    return [importlib.import_module(one.name) for one in found if "__main__" not in one.name]


def test_no_match_is_asked_whether_it_is_of_a_pattern_by_identity() -> None:
    """The ``re`` of a match is the compiled pattern, which nobody holds."""
    asked = [
        f"{path.name}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\.re (?:is|==|in)\b", line)
    ]
    assert asked == []
