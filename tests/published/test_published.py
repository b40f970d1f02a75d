"""Every published table beside this file: as filed, and what the rules give, row by row."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import perfeval
from perfeval import Line, Rulebook, Scorecard, Sheet
from perfeval.source import read_bytes
from tests.scoring.rulebooks import varied

KEYS = {"出处", "评分办法", "办法改动", "自评表", "应得", "读法"}
EXPECTED = {
    "总分",
    "等级",
    "已填报总分",
    "有据可算",
    "依填报认定",
    "各行合计",
    "小计",
    "得分",
    "不符",
    "未计分",
    "分值不符",
    "校核",
    "重复乘权重",
    "最低",
    "最高",
}
READING = {"说明", "办法改动", "表改动", "总分", "得分"}
UNSCORED = "未计分"


class Table(NamedTuple):
    """A published table; ``data`` as it stands in its file."""

    name: str
    data: dict[str, Any]

    @property
    def expected(self) -> dict[str, Any]:
        return self.data["应得"]  # type: ignore[no-any-return]


class Reading(NamedTuple):
    """Another way to read a table, and what it then gives."""

    table: Table
    data: dict[str, Any]


def tables() -> list[Table]:
    found = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        source = read_bytes(path.read_bytes(), path.name)
        assert source.problems == ()
        found.append(Table(path.stem, source.data))
    return found


TABLES = tables()
READINGS = [Reading(table, data) for table in TABLES for data in table.data.get("读法", [])]
every_table = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


def rulebook_of(table: Table, changes: dict[str, Any] | None = None) -> Rulebook:
    book = varied(table.data["评分办法"], table.data.get("办法改动", {}))
    if changes:
        data = book.model_dump(by_alias=True, exclude_unset=True)
        for block, change in changes.items():
            data[block] = {**data[block], **change}
        book = Rulebook.model_validate(data)
    return book


@cache
def sheet_of(position: int) -> Sheet:
    written = TABLES[position].data["自评表"]
    if isinstance(written, str):
        return perfeval.load_sheet(written)
    return perfeval.load_sheet({"评分办法": TABLES[position].data["评分办法"], **written})


@cache
def scored(position: int) -> Scorecard:
    return perfeval.score(sheet_of(position), rulebook_of(TABLES[position]))


def card_of(table: Table) -> Scorecard:
    return scored(TABLES.index(table))


def points_of(line: Line) -> Decimal | str:
    return UNSCORED if line.points is None else line.points


@every_table
def test_a_table_says_where_it_was_published(table: Table) -> None:
    assert set(table.data) <= KEYS
    assert set(table.expected) <= EXPECTED
    assert table.data["出处"]
    assert table.data["评分办法"] in perfeval.rulebook_ids()


@every_table
def test_every_row_whose_filed_points_are_not_the_rules_is_named(table: Table) -> None:
    """已填报 is compared with the rule row by row; a row that is not named agrees."""
    found = {
        line.name: {"得分": line.points, "多报": line.excess} for line in card_of(table).differing
    }
    assert found == table.expected.get("不符", {})


@every_table
def test_a_row_has_the_points_that_its_rule_gives(table: Table) -> None:
    card = card_of(table)
    wanted = table.expected.get("得分", {})
    assert {name: card[name].points for name in wanted} == wanted
    names = [line.name for line in card.rows]
    assert len(set(names)) == len(names)


@every_table
def test_a_row_that_cannot_be_scored_says_why(table: Table) -> None:
    """What was not published is asked for, never filled in."""
    found = {
        line.name: "；".join(note.message for note in line.notes)
        for line in card_of(table).rows
        if line.points is None
    }
    assert found == table.expected.get("未计分", {})


@every_table
def test_the_total_is_that_of_the_rules(table: Table) -> None:
    """总分 of a whole table; of a cut one there is none, with what is missing."""
    card, expected = card_of(table), table.expected
    assert (UNSCORED if card.total is None else card.total) == expected["总分"]
    assert card.grade == expected.get("等级")
    assert card.filed_total == expected.get("已填报总分")
    assert [gap.message for gap in card.gaps] == expected.get("分值不符", [])
    if "最低" in expected:
        assert (card.low, card.high) == (expected["最低"], expected["最高"])
    if "小计" in expected:
        found = {part.section.label: part.points for part in card.subtotals}
        assert found == expected["小计"]


@every_table
def test_what_rests_on_figures_and_what_on_claims_is_told_apart(table: Table) -> None:
    card, expected = card_of(table), table.expected
    wanted = {key: expected[key] for key in ("有据可算", "依填报认定") if key in expected}
    found = {"有据可算": card.measured, "依填报认定": card.claimed}
    assert {key: found[key] for key in wanted} == wanted
    rows = sum(line.points for line in card.rows if line.points is not None)
    assert card.measured + card.claimed == rows
    assert expected.get("各行合计", rows) == rows


@every_table
def test_the_printed_rate_and_amounts_are_checked(table: Table) -> None:
    """A printed rate that its amounts do not give is found, and no right one is blamed."""
    found = {
        item.code: item.message
        for item in perfeval.check(card_of(table))
        if item.code.startswith("BX") and item.nature is perfeval.Nature.DECIDABLE
    }
    wanted = table.expected.get("校核", {})
    assert set(found) == set(wanted)
    assert all(words in found[code] for code, words in wanted.items())


def test_in_chengan_points_were_multiplied_by_their_weight_again() -> None:
    """成安: 折算得分 = 单项得分 × 权重占比, although 单项得分 is already out of its weight."""
    (table,) = [table for table in TABLES if "重复乘权重" in table.expected]
    card = card_of(table)
    filed = Decimal(0)
    for line in card.lines:
        assert line.points is not None
        assert line.weight is not None
        assert line.filed == line.points * line.weight / 100
        filed += line.filed
    assert filed == table.expected["重复乘权重"]


@pytest.mark.parametrize(
    "reading", READINGS, ids=[f"{item.table.name}: {item.data['说明']}" for item in READINGS]
)
def test_another_reading_gives_another_total(reading: Reading) -> None:
    """The rate from the amounts or as printed, two numbers apart or added, ≤ or ≥."""
    data = reading.data
    assert set(data) <= READING
    sheet = changed(sheet_of(TABLES.index(reading.table)), data.get("表改动", {}))
    card = perfeval.score(sheet, rulebook_of(reading.table, data.get("办法改动")))
    assert (UNSCORED if card.total is None else card.total) == data["总分"]
    wanted = data.get("得分", {})
    assert {name: points_of(card[name]) for name in wanted} == wanted


def changed(sheet: Sheet, changes: dict[str, Any]) -> Sheet:
    """Return *sheet* with other words in the rows that *changes* names."""
    data = perfeval.dump(sheet)
    source = read_bytes(data.encode(), "")
    rows = [
        row
        for aspects in source.data["指标"].values()
        for listed in aspects.values()
        for row in listed
    ]
    left = dict(changes)
    source.data["预算"].update(left.pop("预算", {}))
    for row in rows:
        row.update(left.pop(row["名称"], {}))
    assert not left, f"no such row: {left}"
    return perfeval.load_sheet(source.data)


def test_qingshan_has_eight_readings_all_below_what_was_filed() -> None:
    """青山区养老: every reading is below 100 by 1.53 to 1.63."""
    (table,) = [table for table in TABLES if table.name == "青山区-养老服务"]
    main = [table.expected["总分"]]
    totals = {*main, *(item.data["总分"] for item in READINGS if item.table is table)}
    assert sorted(totals) == [Decimal(cents).scaleb(-2) for cents in range(9837, 9841)] + [
        Decimal(cents).scaleb(-2) for cents in range(9844, 9848)
    ]
    assert all(Decimal("1.53") <= 100 - total <= Decimal("1.63") for total in totals)
