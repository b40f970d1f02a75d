"""Write plain data as YAML with a comment behind each value; it reads as the same data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfeval.documents.alignment import printable
from perfeval.documents.inputs.plain_yaml import on_one_line
from perfeval.numbers import plain
from perfeval.places import Path

_FIRST = "≥≤＞＜＝±（《“"
"""Signs and brackets that may begin a plain text, besides letters; none of them means a thing."""
_PLAIN = re.compile(rf"(?:[^\W\d_]|[{_FIRST}])[^\n\r\t]*")
_FIGURE = re.compile(r"[0-9][^\n\r\t]*[%％\u4e00-\u9fff]")
"""A figure with its unit behind it, which no reader of YAML takes for a number or a day."""
_CONSTANT = re.compile("(?:true|false|null)", re.IGNORECASE)
_BLOCK_LINE = re.compile(r"[^\s#-][^\t]*(?<!\s)")
"""A line of a text that may stand below its key as it is."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BEHIND = "  # "
"""Two blanks: behind a single one a comment looks like a part of the value."""
_STEP = "  "
_SMALL = 0xFFFF


def commented_yaml(
    data: Mapping[str, Any], comments: Mapping[Path, str], above: Sequence[str] = ()
) -> str:
    r"""Write data as YAML.

    Args:
        data: Texts, numbers, truths, and lists and mappings of them.
        comments: For the path of a value what is said of it.
        above: Lines of comment before everything else.

    >>> data = {"项目名称": "甲: 乙", "指标": [{"名称": "床位", "目标值": "≥95%"}]}
    >>> print(commented_yaml(data, {("项目名称",): "自评表!B2"}, ["读自 甲.xlsx"]), end="")
    # 读自 甲.xlsx
    项目名称: "甲: 乙"  # 自评表!B2
    指标:
      - 名称: 床位
        目标值: ≥95%
    """
    lines = [f"# {_said(line)}".rstrip() for line in above]
    lines += _CommentedWriter(comments).mapping(data, (), "")
    return "\n".join([*lines, ""])


class _CommentedWriter:
    """Writes values below each other, each with its comment."""

    def __init__(self, comments: Mapping[Path, str]) -> None:
        self._comments = comments

    def mapping(self, data: Mapping[str, Any], path: Path, indent: str) -> Iterator[str]:
        """Yield the lines of a mapping."""
        for key, value in data.items():
            yield from self._value(f"{indent}{_scalar(key)}:", value, (*path, key), indent)

    def _value(self, head: str, value: Any, path: Path, indent: str) -> Iterator[str]:
        """Yield the lines of a value behind its key or its dash."""
        inner = indent + _STEP
        if isinstance(value, Mapping) and value:
            yield head + self._comment(path)
            yield from self.mapping(value, path, inner)
        elif isinstance(value, list | tuple) and value:
            yield head + self._comment(path)
            for position, item in enumerate(value):
                yield from self._item(item, (*path, position), inner)
        elif isinstance(value, str) and _may_be_block(value):
            yield f"{head} |-{self._comment(path)}"
            yield from (f"{inner}{line}" for line in value.split("\n"))
        else:
            yield f"{head} {_scalar(value)}{self._comment(path)}"

    def _item(self, item: Any, path: Path, indent: str) -> Iterator[str]:
        """Yield the lines of an item; the first value of a mapping stands behind the dash."""
        if not isinstance(item, Mapping) or not item:
            yield from self._value(f"{indent}-", item, path, indent)
            return
        lines = self.mapping(item, path, indent + _STEP)
        first = next(lines)
        yield f"{indent}- {first.removeprefix(indent + _STEP)}"
        yield from lines

    def _comment(self, path: Path) -> str:
        said = self._comments.get(path, "")
        return f"{_BEHIND}{_said(said)}" if said else ""


def _said(text: str) -> str:
    """Keep a comment a comment on its line, whatever is printed in it."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    return indent + printable(on_one_line(text))


def _may_be_block(text: str) -> bool:
    """Tell whether a text of several lines reads the same when it stands below its key."""
    lines = text.split("\n")
    is_shown = all(line.isprintable() for line in lines)
    return len(lines) > 1 and is_shown and all(map(_BLOCK_LINE.fullmatch, lines))


def _scalar(value: Any) -> str:
    """Write a value on one line: plain where it reads the same, else in double quotes."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal | int):
        return plain(Decimal(value))
    if value is None:
        return '""'
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    return "{}" if isinstance(value, Mapping) else "[]"


def _is_plain(text: str) -> bool:
    is_begun = _PLAIN.fullmatch(text) or _FIGURE.fullmatch(text)
    if not is_begun or not text.isprintable() or _CONSTANT.fullmatch(text):
        return False
    is_cut = ": " in text or " #" in text or text.endswith((":", " "))
    return not is_cut


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\u{code:04x}" if code <= _SMALL else f"\\U{code:08x}"
