"""The Jinja environments; templates are compiled once in a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from perfeval._resources import data_dir


@cache
def markup_template(name: str) -> Template:
    """Return a template of HTML or XML: every value is escaped.

    Args:
        name: Its path below ``templates/``.
    """
    return _environment(_exact, autoescape=True).get_template(name)


@cache
def text_template(name: str, finalize: Callable[[Any], Any]) -> Template:
    """Return a template of plain text, every value of which goes through *finalize*."""
    return _environment(finalize, autoescape=False).get_template(name)


def _environment(finalize: Callable[[Any], Any], *, autoescape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(data_dir("templates")),
        autoescape=autoescape,  # noqa: S701 - plain text is escaped by the writer that prints it
        undefined=StrictUndefined, finalize=finalize, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False,
    )  # fmt: skip


def _exact(value: Any) -> Any:
    """Refuse floats and blanks that Jinja would print as ``None``."""
    if value is None or isinstance(value, float):
        raise TypeError(f"a template prints exact values only, not {value!r}")
    return value
