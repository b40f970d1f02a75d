"""What the words before a figure say that it is: patterns, which are data."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from perfeval.accounts.data import table
from perfeval.accounts.facts import ComparedWith, FigureKind, FigureMeasure


class Phrase(str, Enum):
    """A pattern that stands alone; the value is its key in ``cues.yaml``."""

    RISES = "增"
    FALLS = "减"
    REASON = "原因"
    RISES_BEFORE = "先增"
    FALLS_BEFORE = "先减"
    OF_WHICH = "其中"
    BEFORE_RATE = "率前"
    BEFORE_SHARE = "占前"
    NAME_LEFT_OUT = "名称去掉"
    NAME_END = "名称尾"
    NAME = "可列名称"
    LINK = "连接"
    AND = "又一个"
    ONLY_LINK = "承上"
    POINT = "条"
    ASIDE = "括注"
    LISTING = "分项"
    FUND = "资金名"
    NOT_OF_YEAR = "不是全年"
    OWN_POINT = "自成一条"
    ORIGINAL_OF = "年初的"
    ALSO = "并列"
    FILED_TOTAL = "填报总分"
    SUCH = "某些"
    SUCH_PROJECTS = "某些项目"


class Cue(NamedTuple):
    """A pattern that says what a figure is.

    Attributes:
        measure: What it is.
        before: What stands directly before it.
        behind: What stands directly behind its unit, where that matters.
        units: Its units; any where there is none.
        subject: Whose it then is; empty where others say so.
        section: The section in which alone it holds; empty where in all.
    """

    measure: FigureMeasure
    before: re.Pattern[str]
    behind: re.Pattern[str] | None
    units: tuple[str, ...]
    subject: str
    section: str


_NUMBER = r"-?[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?(?![0-9])"
"""A number; one that is longer than any amount of money is none."""


class NotAFigure(NamedTuple):
    """A pair of patterns: what stands before and behind digits that are no figure."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


def _cue(row: dict[str, Any]) -> Cue:
    behind = row.get("后")
    return Cue(
        measure=FigureMeasure(row["量"]),
        before=re.compile(f"(?:{row['前']})$"),
        behind=re.compile(behind) if behind else None,
        units=tuple(row.get("单位", ())),
        subject=row.get("主体", ""),
        section=row.get("部分", ""),
    )


@cache
def cues(kind: FigureKind) -> tuple[Cue, ...]:
    """Return the patterns of a kind of figures, in the order in which they are tried."""
    return tuple(map(_cue, table("cues")[kind.value]))


@cache
def units() -> dict[str, FigureKind]:
    """Return every unit with what it counts."""
    rows = table("cues")["单位"]
    return {unit: kind for kind in FigureKind for unit in rows[kind.value]}


@cache
def factors() -> dict[str, Decimal]:
    """Return what one of each unit of money is in 10,000 yuan."""
    return {unit: Decimal(factor) for unit, factor in table("cues")["倍数"].items()}


@cache
def figure_pattern() -> re.Pattern[str]:
    """Return the pattern of a number and its unit."""
    words = "|".join(map(re.escape, sorted(units(), key=len, reverse=True)))
    return re.compile(rf"(?<![0-9.]){_NUMBER}(?P<unit>{words})?")


@cache
def not_figures() -> tuple[NotAFigure, ...]:
    """Return what digits look like that are no figures."""
    return tuple(
        NotAFigure(re.compile(row["前"]), re.compile(row["后"])) for row in table("cues")["不是数"]
    )


@cache
def comparisons() -> tuple[tuple[ComparedWith, re.Pattern[str]], ...]:
    """Return the words that say against what a change is measured."""
    rows = table("cues")["比较"]
    return tuple((ComparedWith(name), re.compile(words)) for name, words in rows.items())


@cache
def phrase(name: Phrase) -> re.Pattern[str]:
    """Return a pattern of the data that stands alone."""
    return re.compile(table("cues")[name.value])


@cache
def closing(name: Phrase) -> re.Pattern[str]:
    """Return such a pattern, where it closes a text."""
    return re.compile(f"(?:{table('cues')[name.value]})$")
