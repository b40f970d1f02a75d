"""Give the functions of a module that is imported already the code of the changed module."""

from __future__ import annotations

import functools
import gc
import inspect
from types import CodeType, FunctionType
from typing import NamedTuple


class Swap(NamedTuple):
    """The code of one function, and what it becomes."""

    before: CodeType
    after: CodeType


def swaps(before: CodeType, after: CodeType) -> list[Swap] | None:
    """Return which functions differ in two codes of a module, the outer ones first.

    ``None`` where something differs that runs while the module is imported.
    """
    if _same_but_for_code_within(before, after):
        pairs = list(zip(_within(before), _within(after), strict=True))
        found = [_of_pair(*pair) for pair in pairs if pair[0] != pair[1]]
        return None if None in found else [one for part in found if part for one in part]
    return None


def apply(found: list[Swap], module: str) -> bool:
    """Change the functions of a module in this process; say whether the outermost was there.

    What was computed before and kept (``functools.cache``) is forgotten in all of the package.
    """
    mine = [one for one in gc.get_objects() if _is_of(one, module)]
    changed = 0
    for swap in found:
        for function in [one for one in mine if one.__code__ == swap.before]:
            if len(function.__code__.co_freevars) != len(swap.after.co_freevars):
                return False
            function.__code__ = swap.after
            changed += 1
    _forget()
    return changed > 0


def _is_of(one: object, module: str) -> bool:
    return type(one) is FunctionType and one.__module__ == module


def _forget() -> None:
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and one.__module__.startswith("perfeval"):
            one.cache_clear()


def _of_pair(before: CodeType, after: CodeType) -> list[Swap] | None:
    if not before.co_flags & inspect.CO_OPTIMIZED:  # the body of a class runs at the import
        return swaps(before, after)
    inner = zip(_within(before), _within(after), strict=False)
    return [
        Swap(before, after),
        *(one for pair in inner if pair[0] != pair[1] for one in _of_pair(*pair) or []),
    ]


def _within(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _same_but_for_code_within(before: CodeType, after: CodeType) -> bool:
    return _itself(before) == _itself(after) and len(_within(before)) == len(_within(after))


def _itself(code: CodeType) -> tuple[object, ...]:
    values = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, values
