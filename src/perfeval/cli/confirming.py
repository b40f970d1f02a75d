"""Take the mark 未确认 out of a sheet's file: its line, and nothing else."""

from __future__ import annotations

import re
from itertools import pairwise

from perfeval.cli.failures import UsageError
from perfeval.cli.fixing import FixedFile, encoded
from perfeval.fields import word_of
from perfeval.opening import read_regular
from perfeval.places import LINE_END
from perfeval.readers.files import resolve
from perfeval.reading.written import ASSUMED
from perfeval.sheet import Sheet
from perfeval.source import MAX_BYTES, decode, read_text

_WORDS = (word_of(Sheet, "unconfirmed"), "unconfirmed")
_LINE = re.compile(rf"(?:{'|'.join(_WORDS)})[ \t]*:[^\n\r]*")


def unmarked(name: str) -> FixedFile:
    """Return a file without its mark, as it is to be written.

    Raises:
        UsageError: The mark does not stand on a line of its own, or the file changed meanwhile.
        OSError: The file cannot be read.
    """
    raw = read_regular(resolve(name), MAX_BYTES + 1)
    text = decode(raw) or ""
    before = read_text(text, name).data
    lines = _with_ends(text)
    left = [line for line in lines if not _LINE.fullmatch(line.rstrip("\n\r"))]
    changed = "".join(left)
    after = read_text(changed, name).data
    wanted = {key: value for key, value in before.items() if key not in _WORDS}
    if len(left) != len(lines) - 1 or after != wanted:
        raise UsageError(f"“{name}”里的“{_WORDS[0]}”不在单独一行，请自己删去")
    return FixedFile(name, (), raw, encoded(changed, raw))


def _with_ends(text: str) -> list[str]:
    """Return the lines of a text, each with what ends it."""
    ends = [found.end() for found in LINE_END.finditer(text)]
    cuts = [0, *ends, len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def comments_of(text: str) -> list[str]:
    r"""Return what the reader of a sheet said of it: the comments above it, and on single lines.

    >>> comments_of("# 推定（1 处）：\n#   按万元读\n年度: 2023  # 推定：上一年\n名称: 甲\n")
    ['推定（1 处）：', '  按万元读', '第 3 行 推定：上一年']
    """
    lines = LINE_END.split(text)
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    found = [line.removeprefix("#").removeprefix(" ") for line in lines[:count]]
    for number, line in enumerate(lines[count:], count + 1):
        _, sign, said = line.partition(f"{ASSUMED}：")
        if sign and "#" in line and not any(said in above for above in found[:count]):
            found.append(f"第 {number} 行 {ASSUMED}：{said}")
    return found
