"""The data of this room: which words of a document say what a file is to hold."""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data
from typing import Any, NamedTuple

from perfeval.accounts.facts import FigureMeasure
from perfeval.source import read_text


@cache
def words() -> Any:
    """Return the data, as plain dicts and lists."""
    content = get_data("perfeval.drafting", "words.yaml") or b""
    return read_text(content.decode("utf-8"), "words").data


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of the data that stands alone."""
    return re.compile(words()[name])


class SubjectWords(NamedTuple):
    """What the data say of a subject of the department's own file.

    Attributes:
        name: What its figures are called in the file.
        fund: 资金; empty for all.
        use: 支出; empty for all.
        only: What alone of it is taken; ``None`` where everything is.
        never: What may not stand before its figures in their sentence.
    """

    name: str
    fund: str
    use: str
    only: FigureMeasure | None
    never: re.Pattern[str] | None


@cache
def subjects() -> dict[str, SubjectWords]:
    """Return the subjects of which the department's own file has figures."""
    return {
        name: SubjectWords(
            name=row.get("名", name),
            fund=row.get("资金", ""),
            use=row.get("支出", ""),
            only=_measure(row.get("只")),
            never=_pattern(row.get("不取")),
        )
        for name, row in words()["主体"].items()
    }


def _measure(word: str | None) -> FigureMeasure | None:
    return None if word is None else FigureMeasure(word)


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return None if text is None else re.compile(text)


class MeasureWords(NamedTuple):
    """What the data say of what a figure is.

    Attributes:
        tail: What stands behind the name of its subject.
        stage: 环节; empty where it is of none.
        assumed: What is assumed with it.
    """

    tail: str
    stage: str
    assumed: str


@cache
def measures() -> dict[FigureMeasure, MeasureWords]:
    """Return what of its subjects the department's own file has."""
    return {
        FigureMeasure(name): MeasureWords(
            row.get("尾", ""), row.get("环节", ""), row.get("推定", "")
        )
        for name, row in words()["量"].items()
    }


class AssessmentWords(NamedTuple):
    """How a document says what was assessed.

    Attributes:
        subject: The subject of what was assessed.
        listed: Before the number of projects that are published.
        transferred: Behind an amount that counts money passed on to others.
        left_out: What is not among the projects.
    """

    subject: str
    listed: re.Pattern[str]
    transferred: re.Pattern[str]
    left_out: re.Pattern[str]


@cache
def assessment() -> AssessmentWords:
    """Return how a document says what was assessed."""
    row = words()["自评"]
    patterns = (re.compile(row[name]) for name in ("公布", "调拨", "未列入"))
    return AssessmentWords(row["主体"], *patterns)


class TextWords(NamedTuple):
    """Which texts of a document are taken.

    Attributes:
        labels: Behind which words the text of a field begins.
        of_one_sentence: The fields that end with a sentence.
        of_department: The fields that the department's own file has as well.
        longest: How long a text may be.
    """

    labels: tuple[tuple[str, re.Pattern[str]], ...]
    of_one_sentence: frozenset[str]
    of_department: frozenset[str]
    longest: int


@cache
def texts() -> TextWords:
    """Return which texts of a document are taken."""
    data = words()
    return TextWords(
        labels=tuple((word, re.compile(label)) for word, label in data["文字"].items()),
        of_one_sentence=frozenset(data["文字里到句末为止"]),
        of_department=frozenset(data["部门文字"]),
        longest=int(data["最长"]),
    )


@cache
def named_bases() -> tuple[tuple[str, FigureMeasure], ...]:
    """Return by which words a rate says of which budget it is one."""
    return tuple((word, FigureMeasure(name)) for word, name in words()["率的基数"].items())
