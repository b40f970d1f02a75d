"""What is made when it is first used: names of a package, and regular expressions.

A command that reads one sheet starts without what reads office files, proofreads accounts and
writes documents, and without the patterns of cells that the sheet does not have: to make all that
takes longer than to score the sheet.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import AnyStr


def loader(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return what a package needs as its ``__getattr__``.

    Args:
        package: The package's name.
        homes: Its public names, each with the module in the package where it stands.

    >>> loader("perfeval", {"plain": "numbers"})("plain").__name__
    'plain'
    """

    def load(name: str) -> object:
        import sys
        from importlib import import_module

        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home}"), name)
        setattr(sys.modules[package], name, value)  # the next one finds it at once
        return value

    return load


class _Method:
    """A method of a pattern, which compiles it when it is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, pattern: LaterPattern, _owner: type) -> object:
        compiled = re.compile(pattern.pattern, pattern.given)
        # found on the object from now on, before this one is asked
        vars(pattern).update((name, getattr(compiled, name)) for name in _METHODS)
        return vars(pattern)[self._name]


class LaterPattern:
    """A regular expression that is compiled when it is first used.

    Attributes:
        pattern: Its text.
        given: Its flags, as they were given.
    """

    def __init__(self, pattern: str | bytes, given: int) -> None:
        self.pattern, self.given = pattern, given

    def __reduce__(self) -> tuple[type[LaterPattern], tuple[str | bytes, int]]:
        return LaterPattern, (self.pattern, self.given)


_METHODS: tuple[str, ...] = ("search", "match", "fullmatch", "sub", "subn", "split", "findall")
_METHODS += ("finditer", "flags", "groups", "groupindex", "scanner")
for _name in _METHODS:
    setattr(LaterPattern, _name, _Method(_name))


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled when it is first used.

    To compile all that the package looks for took a third of the time in which a sheet is scored
    by a command; one sheet needs a part of them.  The ``re`` of a match is the compiled one, and
    no object that this returned.

    >>> regex("[0-9]+").findall("12 项 3 人")
    ['12', '3']
    """
    return LaterPattern(pattern, int(flags))  # type: ignore[return-value]  # it has its methods
