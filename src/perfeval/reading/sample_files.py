"""Samples as files state them (抽样.csv), read back to be drawn again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfeval.carriers import LIMITS
from perfeval.documents.review.sample_words import SampleColumn, SampleLine
from perfeval.numbers import parse_number
from perfeval.opening import NotRegularError, read_regular, system_reason
from perfeval.review.sampling import SampleBy, SampleUnit, StatedDraw

_WANTED = (
    SampleColumn.KEY,
    SampleColumn.DRAWN,
    SampleColumn.DIGEST,
    SampleColumn.MONEY,
    SampleColumn.RISK,
    SampleColumn.DEPARTMENT,
    SampleColumn.UNIT,
    SampleColumn.PROJECT,
)
_NAMED = 3


class SampleFileError(ValueError):
    """A file states no sample; the message says why, in Chinese."""


def read_sample(path: str) -> StatedDraw:
    """Read the sample that a file states.

    Raises:
        SampleFileError: It states none.
    """
    try:
        raw = read_regular(path, LIMITS.file + 1)
    except FileNotFoundError:
        raise SampleFileError(f"没有这个文件“{path}”") from None
    except NotRegularError:
        raise SampleFileError(f"“{path}”不是普通文件") from None
    except OSError as error:
        raise SampleFileError(f"“{path}”打不开（{system_reason(error)}）") from None
    except ValueError:
        raise SampleFileError("文件名里有不能用的字符") from None
    return stated_draw(raw)


def stated_draw(raw: bytes) -> StatedDraw:
    """Return the sample that the bytes of a file state; see `read_sample`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SampleFileError("不是 UTF-8 的 CSV；请用 perfeval 写出的抽样表原件") from None
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise SampleFileError("不是完整的 CSV，没有读") from None
    at = next((at for at, line in enumerate(lines) if SampleColumn.KEY.value in line), None)
    if at is None:
        raise SampleFileError("不是抽样表：没有“关键字”这一栏")
    stated = {line[0]: _bare(line[1]) for line in reversed(lines[:at]) if len(line) > 1}
    return _stated(stated, lines[at], [line for line in lines[at + 1 :] if any(line)])


def _bare(text: str) -> str:
    """Return a text without the apostrophe that keeps a spreadsheet from computing it."""
    return text.removeprefix("'")


def _stated(
    stated: Mapping[str, str], heads: Sequence[str], lines: Sequence[Sequence[str]]
) -> StatedDraw:
    lacking = [column.value for column in _WANTED if column.value not in heads]
    if lacking:
        raise SampleFileError(f"抽样表缺少{'、'.join(f'“{name}”' for name in lacking)}栏")
    wanted = parse_number(stated.get(SampleLine.WANTED.value, ""))
    if wanted is None or wanted < 1 or wanted != int(wanted):
        raise SampleFileError(f"抽样表没有写明“{SampleLine.WANTED.value}”，或不是正整数")
    if SampleLine.SEED.value not in stated:
        raise SampleFileError(f"抽样表没有写明“{SampleLine.SEED.value}”")
    rows = [dict(zip(heads, map(_bare, line), strict=False)) for line in lines]
    units = [_unit(row, number) for number, row in enumerate(rows, 1)]
    keys = [unit.key for unit in units]
    twice = (
        sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else ()
    )
    if twice:
        raise SampleFileError(f"关键字“{twice[0]}”有两行")
    return StatedDraw(
        seed=stated[SampleLine.SEED.value],
        wanted=int(wanted),
        by=_by(stated.get(SampleLine.BY.value, "")),
        frame_digest=stated.get(SampleLine.DIGEST.value, ""),
        units=tuple(units),
        digests={row[SampleColumn.KEY]: row.get(SampleColumn.DIGEST, "") for row in rows},
        drawn=frozenset(row[SampleColumn.KEY] for row in rows if row.get(SampleColumn.DRAWN)),
    )


def _by(text: str) -> tuple[SampleBy, ...]:
    known = {one.value: one for one in SampleBy}
    words = [word for word in text.split("、") if word]
    if not words or any(word not in known for word in words):
        raise SampleFileError(f"“{SampleLine.BY.value}”应是 {'、'.join(known)} 中的几个")
    found = tuple(known[word] for word in words)
    if sum(one.is_size for one in found) > 1:
        raise SampleFileError(f"“{SampleLine.BY.value}”里资金、风险只能有一样，只能写一次")
    return found


def _unit(row: Mapping[str, str], number: int) -> SampleUnit:
    key = row.get(SampleColumn.KEY, "")
    if not key:
        raise SampleFileError(f"名单第 {number} 行没有关键字")
    return SampleUnit(
        key=key,
        department=row.get(SampleColumn.DEPARTMENT, ""),
        unit=row.get(SampleColumn.UNIT, ""),
        project=row.get(SampleColumn.PROJECT, ""),
        money=_number(row, SampleColumn.MONEY, number),
        risk=_number(row, SampleColumn.RISK, number),
    )


def _number(row: Mapping[str, str], column: SampleColumn, number: int) -> Decimal | None:
    text = row.get(column, "")
    found = parse_number(text)
    if found is None and text:
        raise SampleFileError(f"名单第 {number} 行的“{column}”不是数：{text[:20]}")
    return found
