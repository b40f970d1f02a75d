"""Every writer of findings says where a finding stands, whatever kind of place that is."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from perfeval.documents.findings.reports import write_baseline, write_report
from perfeval.documents.findings.terminal import report_text
from perfeval.documents.findings.text import finding_text
from perfeval.findings import Finding, Inspection, Severity
from perfeval.places import CellPlace, PagePlace, Place, TablePlace, TextPlace
from perfeval.readers.annotated import value_of
from tests.documents.findings.test_excel_list import cells
from tests.documents.inspecting import made
from tests.documents.schemas import faults_by_check_schema, faults_by_sarif_schema

KINDS: list[tuple[Place, ...]] = [
    (TextPlace(41, 22), TextPlace(43, 22), TextPlace(45, 9)),
    (CellPlace("自评表", "F12"), CellPlace("自评表", "F13"), CellPlace("附表", "AA2")),
    (TablePlace(2, 7, 4), TablePlace(2, 8, 4), TablePlace(3, 1, 1)),
    (PagePlace(3, 12), PagePlace(4, 1), PagePlace(20, 7)),
]
PLACES = [*KINDS, *((places[0],) for places in KINDS), ()]


def finding(places: tuple[Place, ...]) -> Finding:
    return Finding(
        "PT102",
        Severity.ERROR,
        "应为 1.63",
        ("指标", 5),
        "请改",
        "甲.x",
        places,
        "得分 2",
        fingerprint="0" * 16,
    )


def terminal(inspection: Inspection) -> str:
    return "\n".join(report_text([inspection], with_hints=True))


def alone(inspection: Inspection) -> str:
    return finding_text(inspection.findings[0])


def list_in_excel(inspection: Inspection) -> str:
    return str(cells(write_report([inspection], "xlsx")))


def page(inspection: Inspection) -> str:
    return write_report([inspection], "html").decode()


def commands(inspection: Inspection) -> str:
    return write_report([inspection], "github").decode()


@pytest.mark.parametrize("writer", [terminal, alone, list_in_excel, page, commands])
@pytest.mark.parametrize("places", PLACES)
def test_each_writer_tells_every_place(
    places: tuple[Place, ...], writer: Callable[[Inspection], str]
) -> None:
    """A finding has one or more places, each of one of four kinds."""
    written = writer(made(finding(places)))
    for place in places:
        shown = str(place)
        if writer is commands and isinstance(place, TextPlace) and place is places[0]:
            shown = f"line={place.line},col={place.column}"
        assert shown in written, (shown, written)


@pytest.mark.parametrize("places", PLACES)
def test_json_holds_every_place_and_line_and_column_of_a_text(places: tuple[Place, ...]) -> None:
    data = json.loads(write_report([made(finding(places))], "json"))
    assert faults_by_check_schema(data) == []
    assert data["schema"] == 1
    (written,) = data["inspections"][0]["findings"]
    assert tuple(value_of(Place, item) for item in written["places"]) == places
    text = places[0] if places and isinstance(places[0], TextPlace) else None
    expected = (text.line, text.column) if text else (None, None)
    assert (written["line"], written["column"]) == expected


@pytest.mark.parametrize("places", PLACES)
def test_sarif_has_the_main_place_and_the_others_as_related(places: tuple[Place, ...]) -> None:
    log = json.loads(write_report([made(finding(places))], "sarif"))
    assert faults_by_sarif_schema(log) == []
    (result,) = log["runs"][0]["results"]
    written = [*result["locations"], *result.get("relatedLocations", [])]
    assert len(written) == max(1, len(places))
    for location, place in zip(written, places, strict=False):
        physical = location["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "%E7%94%B2.x"
        if isinstance(place, TextPlace):
            assert physical["region"] == {"startLine": place.line, "startColumn": place.column}
        else:
            assert location["logicalLocations"][0]["fullyQualifiedName"] == str(place)


def test_what_a_cell_holds_is_shown_without_a_caret() -> None:
    written = finding_text(finding((CellPlace("自评表", "F12"),)))
    assert written == "甲.x 自评表!F12  错误 PT102  应为 1.63\n  | 得分 2\n  = 请改"


def test_all_places_stand_below_the_line() -> None:
    written = finding_text(finding((TextPlace(4, 4), TextPlace(6, 4)))).split("\n")
    assert written[-2:] == ["    = 共 2 处：4:4、6:4", "    = 请改"]


def test_what_is_said_alike_of_several_rows_is_one_finding_with_all_their_places() -> None:
    """One cause, one finding: what is left in three cells is told once."""
    at = [TextPlace(line, 4) for line in (4, 6, 9)]
    three = [
        finding((place,))._replace(path=("指标", row), fingerprint=f"{row:016x}", stake=Decimal(2))
        for row, place in enumerate(at)
    ]
    other = finding((TextPlace(2, 1),))._replace(message="应为 1.41", stake=Decimal(5))
    inspection = made(three[1], other, three[2], three[0])
    assert len(inspection.findings) == 4
    first, second = inspection.causes
    assert first.places == tuple(at)
    assert (first.path, first.whole_stake) == (("指标", 0), Decimal(6))
    assert first.each == tuple(three)
    assert second == other
    assert terminal(inspection).count("共 3 处：4:4、6:4、9:4") == 1
    for write in (list_in_excel, page):
        assert all(str(place) in write(inspection) for place in at)
    (told,) = (line for line in commands(inspection).splitlines() if "1.63" in line)
    assert "共 3 处：4:4、6:4、9:4" in told
    result, _ = json.loads(write_report([inspection], "sarif"))["runs"][0]["results"]
    assert len(result["relatedLocations"]) == 2
    assert result["properties"]["stake"] == "6"
    accepted = json.loads(write_baseline([inspection]))["accepted"]
    assert len(accepted) == 4, "each place is accepted by itself"


def test_rows_of_a_host_program_without_places_are_named_by_their_paths() -> None:
    rows = [finding(())._replace(path=("指标", row, "目标值")) for row in range(2)]
    assert "共 2 处：指标第 1 项 · 目标值、指标第 2 项 · 目标值" in terminal(made(*rows))
