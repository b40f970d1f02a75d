"""What a form begins with: a sheet with empty rows, or with what last year's sheet suggests."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.cells.levels import NO_ASPECT, Aspect, Section, aspect_of, section_of
from perfeval.documents.form.empty_rows import aspects_of, empty_sections
from perfeval.numbers import ZERO
from perfeval.rulebook import Rulebook
from perfeval.sheet import Indicator, Sheet

_ROWS = 2
"""How many rows an aspect has in an empty form."""
_CARRIED = {"weight": "分值", "sign": "符号", "target": "目标值", "unit": "单位"}
"""The fields that a row takes over from last year, with the columns that show them."""


class Start(NamedTuple):
    """What a form begins with.

    Attributes:
        sheet: The sheet; its names may be empty.
        suggested: For each indicator the columns that hold last year's content.
        is_blank: Nobody has written anything yet.
    """

    sheet: Sheet
    suggested: tuple[frozenset[str], ...]
    is_blank: bool


def start_of(rulebook: Rulebook, sheet: Sheet | None, last_year: Sheet | None) -> Start:
    """Return what a form begins with.

    Args:
        rulebook: The rulebook.
        sheet: The sheet that fills it.
        last_year: The sheet whose names, weights and targets are suggested.
    """
    if sheet is not None:
        return _with_suggestions(sheet, last_year)
    if last_year is not None:
        return _from_last_year(rulebook, last_year)
    rows = tuple(_empty_rows(rulebook))
    return Start(_made(rulebook, 0, rows), (frozenset(),) * len(rows), is_blank=True)


def _made(rulebook: Rulebook, year: int, rows: tuple[Indicator, ...], **more: Any) -> Sheet:
    """Return an empty sheet of the rulebook, without a project's name."""
    return Sheet.model_construct(rulebook=rulebook.id, year=year, name="", indicators=rows, **more)


def _row(section: Section, aspect: Aspect | None, weight: Decimal | None) -> Indicator:
    return Indicator.model_construct(
        section=section_of(section),
        aspect=NO_ASPECT if aspect is None else aspect_of(aspect),
        name="",
        weight=weight,
    )


def _empty_rows(rulebook: Rulebook) -> Iterator[Indicator]:
    """Yield rows for each aspect of each section that a division of the points knows."""
    known = {item.section: item.rows for item in empty_sections(rulebook)}
    for section in _sections(rulebook):
        weights = known.get(section)
        if weights is None:
            for aspect in aspects_of(section):
                yield _row(section, aspect, None)
            continue
        for aspect, weight in weights.items():
            for part in (weight or None, *[None] * (_ROWS - 1)):
                yield _row(section, aspect, part)


def _sections(rulebook: Rulebook) -> list[Section]:
    """Return the sections of all divisions, in the order of the one that knows most of them."""
    known = [
        [part for group in scheme.groups for part in group.sections if group.weight > ZERO]
        for scheme in rulebook.weights.schemes
    ]
    longest = max(known, key=len)
    others = [part for parts in known for part in parts if part not in longest]
    return [*longest, *dict.fromkeys(others)]


def _from_last_year(rulebook: Rulebook, last: Sheet) -> Start:
    """Take over names, weights and targets; nothing that was achieved or spent."""
    rows = tuple(
        Indicator.model_construct(
            section=row.section,
            aspect=row.aspect,
            name=row.name,
            goal=row.goal,
            **{field: getattr(row, field) for field in _CARRIED},
        )
        for row in last.indicators
    )
    suggested = tuple(
        frozenset({"三级指标", *_shown(row, tuple(_CARRIED))}) for row in last.indicators
    )
    made = _made(
        rulebook, last.year + 1, rows, kind=last.kind, money_unit=last.money_unit, goals=last.goals
    )
    return Start(made, suggested, is_blank=False)


def _with_suggestions(sheet: Sheet, last: Sheet | None) -> Start:
    """Fill the blank fields of a sheet's rows from last year's rows of the same name."""
    known = {} if last is None else {_key(row): row for row in last.indicators}
    rows: list[Indicator] = []
    suggested = []
    for row in sheet.indicators:
        old = known.get(_key(row))
        lacking = (
            [] if old is None else [field for field in _CARRIED if getattr(row, field) is None]
        )
        if row.sign is None and row.target is not None and "sign" in lacking:
            lacking.remove("sign")  # a target without a sign means ≥; it is not lacking
        rows.append(row.model_copy(update={field: getattr(old, field) for field in lacking}))
        suggested.append(frozenset() if old is None else _shown(old, tuple(lacking)))
    filled = sheet.model_copy(update={"indicators": tuple(rows)})
    return Start(filled, tuple(suggested), is_blank=False)


def _key(row: Indicator) -> tuple[str, str, str]:
    return row.section.key, row.aspect.key, row.name


def _shown(row: Indicator, fields: tuple[str, ...]) -> frozenset[str]:
    """Return the columns in which the given fields of a row show."""
    columns = {_CARRIED[field] for field in fields if getattr(row, field) is not None}
    if "target" in fields and row.target is not None and row.target.sign is not None:
        columns.add("符号")
    return frozenset(columns)
