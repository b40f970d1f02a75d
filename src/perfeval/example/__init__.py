"""A worked example (示例) of a rulebook: a small sheet and the points it must get."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainValidator

from perfeval.cells.notes import NoteKind
from perfeval.fields import FrozenDict, Model, Named, OptionalText, RequiredNumber, Text, points_or
from perfeval.scorecard import Scorecard
from perfeval.sheet import Sheet

UNSCORED = "未计分"
YEAR = 2023
"""The year of an example that names none; it only matters where rules changed."""
_OVER = (NoteKind.OVER_ACHIEVED, NoteKind.OVER_NEEDS_REASON, NoteKind.OVER_REDUCED)
Points = Annotated[Decimal | str, PlainValidator(points_or(UNSCORED))]
"""Points, or 未计分 where there must be none."""


class Expected(Model):
    """What an example must give; what is not named is not looked at.

    Attributes:
        points: 得分 of rows by their name (预算执行 for the budget row).
        total: 总分, or 未计分 where there must be no single total.
        low, high: The bounds of the total.
        grade: 等级.
        over: 超额: the rows that the rulebook calls over-achieved.
    """

    points: Named[Text, Points] = Field(FrozenDict(), alias="得分")
    total: Points | None = Field(None, alias="总分")
    low: RequiredNumber | None = Field(None, alias="最低")
    high: RequiredNumber | None = Field(None, alias="最高")
    grade: OptionalText = Field(None, alias="等级")
    over: tuple[Text, ...] | None = Field(None, alias="超额")


class Example(Model):
    """A worked example.

    Attributes:
        name: What it shows.
        source: Where the figures were published, if they were.
        sheet: The sheet.
        expected: What it must give.
    """

    name: Text
    source: OptionalText
    sheet: Sheet
    expected: Expected


def mismatches(example: Example, card: Scorecard) -> tuple[str, ...]:
    """Say where a scorecard is not what the example expects; empty where it is."""
    expected = example.expected
    found = []
    for name, points in expected.points.items():
        line = next((line for line in card.rows if line.name == name), None)
        actual = UNSCORED if line is None or line.points is None else line.points
        if actual != points:
            found.append(f"{name}：应为 {points}，算得 {actual}")
    if expected.over is not None:
        over = [line.name for line in card.rows if any(note.kind in _OVER for note in line.notes)]
        if over != list(expected.over):
            wanted_over, given_over = "、".join(expected.over) or "无", "、".join(over) or "无"
            found.append(f"超额：应为 {wanted_over}，算得 {given_over}")
    total = UNSCORED if card.total is None else card.total
    ends: tuple[tuple[str, Decimal | str | None, Decimal | str | None], ...] = (
        ("总分", expected.total, total),
        ("最低", expected.low, card.low),
        ("最高", expected.high, card.high),
        ("等级", expected.grade, card.grade),
    )
    for word, wanted, given in ends:
        if wanted is not None and wanted != given:
            found.append(f"{word}：应为 {wanted}，算得 {'未定' if given is None else given}")
    return tuple(found)
