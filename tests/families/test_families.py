"""A table in each family of layouts, as a sheet: scored by hand beforehand, checked and printed."""

from __future__ import annotations

import html
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import Nature, Scorecard, Severity
from perfeval.documents.form.table import lay_out
from perfeval.documents.formats import writer
from perfeval.documents.scorecards.terminal import scorecard_text
from perfeval.source import read_bytes
from tests.scoring.rulebooks import varied

WITHOUT_POINTS = "不计分"
KEYS = {"评分办法", "办法改动", "自评表", "应得", "印出", "不印", "终端"}


def _families() -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        source = read_bytes(path.read_bytes(), path.name)
        assert source.problems == ()
        assert set(source.data) <= KEYS, path.name
        found[path.stem] = source.data
    return found


FAMILIES = _families()
every_family = pytest.mark.parametrize("name", FAMILIES)


def _card(name: str) -> Scorecard:
    data = FAMILIES[name]
    sheet = perfeval.load_sheet({"评分办法": data["评分办法"], **data["自评表"]})
    return perfeval.score(sheet, varied(data["评分办法"], data.get("办法改动", {})))


@every_family
def test_the_points_are_those_worked_out_by_hand(name: str) -> None:
    card, expected = _card(name), FAMILIES[name]["应得"]
    assert {row: str(card[row].points) for row in expected["得分"]} == {
        row: f"{Decimal(points):.2f}" for row, points in expected["得分"].items()
    }
    if expected["总分"] == WITHOUT_POINTS:
        assert (card.total, card.low, card.grade, card.gaps) == (None, None, None, ())
        assert {line.points for line in card.rows} == {None}
    else:
        assert (card.total, card.gaps) == (expected["总分"], ())


@every_family
def test_a_conforming_table_is_found_in_order(name: str) -> None:
    """No facts are told of it but those named in the file."""
    findings = perfeval.check(_card(name))
    sure = [item for item in findings if item.nature is Nature.DECIDABLE]
    told = {item.code for item in sure if item.severity is not Severity.INFO}
    assert told == set(FAMILIES[name]["应得"]["校核"]), [item.message for item in sure]


@every_family
def test_it_is_printed_as_the_place_prints_it(name: str) -> None:
    data, card = FAMILIES[name], _card(name)
    text = writer("md").write_table(lay_out(card)).decode().replace("<br>", "").replace("\\", "")
    for words in data["印出"]:
        assert words in text, text
    for words in data.get("不印", ()):
        assert words not in text, text
    shown = scorecard_text(card)
    for words in data.get("终端", ()):
        assert words in shown, shown


@every_family
def test_it_is_stored_and_read_again_as_it_is(name: str) -> None:
    sheet = _card(name).sheet
    assert perfeval.load_sheet(perfeval.dump(sheet)) == sheet
    assert perfeval.dump(perfeval.load_sheet(perfeval.dump(sheet))) == perfeval.dump(sheet)
    assert perfeval.from_json(perfeval.to_json(sheet)) == sheet


@every_family
def test_every_name_of_it_is_in_html_too(name: str) -> None:
    card = _card(name)
    text = html.unescape(writer("html").write_table(lay_out(card)).decode())
    for line in card.lines:
        assert line.name in text


@every_family
def test_it_is_a_workbook_too(name: str) -> None:
    card = _card(name)
    assert perfeval.excel_form(card.rulebook, card.sheet)
