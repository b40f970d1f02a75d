"""Packages of the extra ``office``, imported when a file needs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from perfeval.errors import MissingExtraError


def optional(name: str, what: str) -> ModuleType:
    """Import a package.

    Args:
        name: The package.
        what: The kind of file that needs it, in Chinese.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        message = (
            f'读取{what}需要安装：pip install "perfeval[office]"'
            f'（在源码目录里：pip install ".[office]"；缺少 {name}）'
        )
        raise MissingExtraError(message) from error
