"""The Jinja environments; templates are compiled once in a process."""

from __future__ import annotations

import os
import re
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
    UndefinedError,
)

from perfeval._resources import data_dir
from perfeval.documents.sandbox import Sandbox
from perfeval.errors import RenderError
from perfeval.opening import read_regular
from perfeval.source import decode


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
        own = _Below(self.folder)
        sandbox = Sandbox(ChoiceLoader([own, FileSystemLoader(data_dir("templates"))]), finalize)
        own.spend = sandbox.spend
        try:
            return sandbox.get_template(template).render(**values)
        except _FAILURES as error:
            raise _template_error(error, own.last) from error

    def check_folder(self, names: Iterable[str]) -> None:
        """Make sure that the folder, if one is given, is one and replaces something.

        Args:
            names: The names that a template of the folder may have.

        Raises:
            RenderError: It is no folder, none of its files has one of the names, or what has one
                is no file of the folder.
        """
        if self.folder is None:
            return
        folder = Path(self.folder)
        if not folder.is_dir():
            raise RenderError(f"“{folder}”不是文件夹，里面应有自己的文字模板")
        names = tuple(names)
        if not [name for name in names if _own_template(folder, name)]:
            raise RenderError(f"“{folder}”里没有可用的模板；文件名应是 {'、'.join(names)}")


def _own_template(folder: Path, name: str) -> Path | None:
    """Return a folder's own template of a name; ``None`` where nothing stands there.

    Raises:
        RenderError: What stands there is no file, or leads out of the folder.
    """
    path = folder / name
    if not os.path.lexists(path):
        return None
    if Path(os.path.realpath(path)).parent != Path(os.path.realpath(folder)):
        raise RenderError(f"{path}：这是链接，指到文件夹外面，没有使用；请把模板本身放进文件夹")
    if not path.is_file():
        raise RenderError(f"{path}：这不是普通文件，不能作模板")
    return path


SHIPPED = TemplateSet()


@cache
def _shipped(finalize: Callable[[Any], Any]) -> Environment:
    return _environment(finalize, autoescape=False)


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


_MOST_BYTES = 64 * 1024
"""Of one template; ours have 6 KB."""
_PER_BYTE = 8
"""Steps of the sandbox in which a byte of a template is compiled."""


class _Below(BaseLoader):
    """Find our names in a folder of one's own, with or without the folder ``narrative/``.

    Attributes:
        spend: Takes from the budget of the sandbox what a template costs to compile.
        last: The file that was loaded last, or the folder.
    """

    def __init__(self, folder: str, spend: Callable[[int], None] = lambda _: None) -> None:
        self._folder = folder
        self.spend = spend
        self.last = folder

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Any]:
        """Return a template's text, where the folder has one of that name."""
        name = PurePosixPath(template).name
        path = _own_template(Path(self._folder), name)
        if path is None:
            raise TemplateNotFound(template)
        self.last = str(path)
        raw = read_regular(path, _MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            raise TemplateSyntaxError(
                f"模板超过 {_MOST_BYTES // 1024} KB，未读取", 1, template, str(path)
            )
        text = decode(raw)
        if text is None:
            raise TemplateSyntaxError("模板应是 UTF-8 或 GB18030 的文本", 1, template, str(path))
        self.spend(len(raw) * _PER_BYTE)
        return text, str(path), None


_REASONS = (
    (RecursionError, r".*", "一层套一层太深，或自己调用自己"),
    (ValueError, r"Exceeds the limit .* integer string.*", "数太长"),
    (TemplateError, r"No filter named '(.*)'\.", r"模板里不能用 | \1"),
    (TemplateNotFound, r"(.*)", r"没有模板“\1”"),
    (UndefinedError, r"'([^']*)' is undefined", r"不认识“\1”"),
    (UndefinedError, r"'.*' has no (?:attribute|element) '?(.*?)'?", r"没有“\1”这一项"),
    (TemplateSyntaxError, r"Encountered unknown tag '(\w+)'\..*", r"模板里不能用 {% \1 %}"),
    (Exception, r"([\x00-\x7f]+)", r"写法不对（\1）"),
)
"""What Jinja and Python say of templates that want too much, and how we say it."""


def _template_error(error: Exception, last: str) -> RenderError:
    """Say in which file and line a template is wrong.

    Args:
        error: What was raised.
        last: The file that was loaded last.
    """
    file, line = last, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or last, error.lineno
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.endswith(".j2"):
                file, line = frame.filename, frame.lineno or 0
    return RenderError(f"{file}{f':{line}' if line else ''}：模板有误：{_reason(error)}")


def _reason(error: Exception) -> str:
    said = str(error).split("\n")[0] or type(error).__name__
    for kind, pattern, chinese in _REASONS:
        found = re.fullmatch(pattern, said)
        if isinstance(error, kind) and found:
            return found.expand(chinese)
    return said


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
