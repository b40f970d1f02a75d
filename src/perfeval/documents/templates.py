"""The Jinja environments; templates are compiled once in a process."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from perfeval._resources import data_dir
from perfeval.errors import RenderError
from perfeval.opening import read_regular
from perfeval.source import MAX_BYTES, decode


@cache
def markup_template(name: str) -> Template:
    """Return a template of HTML or XML: every value is escaped.

    Args:
        name: Its path below ``templates/``.
    """
    return _environment(_exact, autoescape=True).get_template(name)


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """Whose templates the texts are written by.

    Attributes:
        folder: A folder whose templates replace ours one by one, by the same names; ``None`` for
            ours alone.  They come from outside and run in a sandbox.
    """

    folder: str | None = None

    def render(self, template: str, finalize: Callable[[Any], Any], /, **values: Any) -> str:
        """Render a template of plain text, every value of which goes through *finalize*.

        Raises:
            RenderError: A template of the folder is wrong; with its file and line.
        """
        if self.folder is None:
            return _shipped(finalize).get_template(template).render(**values)
        try:
            return _sandbox(self.folder, finalize).get_template(template).render(**values)
        except _FAILURES as error:
            raise _template_error(error, self.folder) from error

    def refuse_nothing(self, names: Iterable[str]) -> None:
        """Make sure that the folder, if one is given, is one and replaces something.

        Args:
            names: The names that a template of the folder may have.

        Raises:
            RenderError: It is no folder, or none of its files has one of the names.
        """
        if self.folder is None:
            return
        folder = Path(self.folder)
        if not folder.is_dir():
            raise RenderError(f"“{folder}”不是文件夹，里面应有自己的文字模板")
        names = tuple(names)
        if not any((folder / name).is_file() for name in names):
            raise RenderError(f"“{folder}”里没有可用的模板；文件名应是 {'、'.join(names)}")


SHIPPED = TemplateSet()


@cache
def _shipped(finalize: Callable[[Any], Any]) -> Environment:
    return _environment(finalize, autoescape=False)


def _sandbox(folder: str, finalize: Callable[[Any], Any]) -> Environment:
    """Return an environment for templates from outside: no attribute tricks, no large numbers."""
    environment = _Sandbox(
        loader=ChoiceLoader([_Below(folder), FileSystemLoader(data_dir("templates"))]),
        autoescape=False,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=0,
    )
    environment.globals = {"namespace": environment.globals["namespace"]}
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters["join"] = _join
    return environment


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
_FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    SyntaxError,
    MemoryError,
)


class _Generator(CodeGenerator):
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: ARG002, N802
        """Refuse ``~``, by which a text may double itself; a text is written out part by part."""
        self.fail("模板里不能用 ~", node.lineno)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which no number and no text grows without bounds."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    code_generator_class = _Generator

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse the methods of texts: some of them pad without bounds."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join the parts of a text, which may be long and not endless."""
        return _joined(parts)

    def call_binop(self, _context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse the operators by which a template could fill the memory; numbers add up."""
        if operator == "+" and isinstance(left, int) and isinstance(right, int):
            return left + right
        raise SecurityError(f"模板里不能用 {operator}")


def _joined(parts: Iterable[str], between: str = "") -> str:
    found, length = [], 0
    for part in parts:
        length += len(part) + len(between)
        if length > MAX_BYTES:
            raise SecurityError("模板写出的文字太长")
        found.append(part)
    return between.join(found)


def _join(values: Iterable[object], d: str = "") -> str:
    """Join texts, as Jinja's filter does; what is no text is not printed."""
    texts = list(values)
    if not all(isinstance(text, str | int) for text in texts):
        raise TypeError("join 只能连接文字")
    return _joined(map(str, texts), d)


class _Below(BaseLoader):
    """Find our names in a folder of one's own, with or without the folder ``narrative/``."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Any]:
        """Return a template's text, where the folder has one of that name."""
        name = PurePosixPath(template).name
        folder = Path(self._folder).resolve()
        path = folder / name
        if not path.is_file() or path.resolve().parent != folder:  # a link that leads elsewhere
            raise TemplateNotFound(template)
        raw = read_regular(path, MAX_BYTES + 1)
        text = decode(raw) if len(raw) <= MAX_BYTES else None
        if text is None:
            raise TemplateSyntaxError("模板应是 UTF-8 或 GB18030 的文本", 1, template, str(path))
        return text, str(path), None


def _template_error(error: Exception, folder: str) -> RenderError:
    """Say in which file and line a template is wrong."""
    file, line = folder, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or folder, error.lineno
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.endswith(".j2"):
                file, line = frame.filename, frame.lineno or 0
    reason = str(error).split("\n")[0] or type(error).__name__
    return RenderError(
        f"{file}:{line}：模板有误：{reason}" if line else f"{file}：模板有误：{reason}"
    )


def _environment(finalize: Callable[[Any], Any], *, autoescape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(data_dir("templates")),
        autoescape=autoescape,  # noqa: S701 - plain text is escaped by the writer that prints it
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _exact(value: Any) -> Any:
    """Refuse floats and blanks that Jinja would print as ``None``."""
    if value is None or isinstance(value, float):
        raise TypeError(f"a template prints exact values only, not {value!r}")
    return value
