"""Other code for a module, given to whoever imports it."""

from __future__ import annotations

import importlib.abc
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple


class Given(NamedTuple):
    """The code that a module has in this process, and the names that it finds there."""

    path: Path
    code: CodeType
    names: Mapping[str, Any] = {}


class _Giver(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives other code to whoever imports some modules."""

    def __init__(self, modules: Mapping[str, Given]) -> None:
        self._modules = modules

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        given = self._modules.get(fullname)
        if given is None:
            return None
        folders = [str(given.path.parent)] if given.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, given.path, loader=self, submodule_search_locations=folders
        )

    def exec_module(self, module: ModuleType) -> None:
        given = self._modules[module.__name__]
        module.__dict__.update(given.names)
        exec(given.code, module.__dict__)


def give(modules: Mapping[str, Given]) -> None:
    """Let this process import other code for some modules, by their names."""
    sys.meta_path.insert(0, _Giver(modules))
