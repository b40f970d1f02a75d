"""Workflow commands of GitHub: every character comes back as it was."""

from __future__ import annotations

import re

import pytest

from perfeval.documents.findings.workflow_commands import workflow_commands
from perfeval.findings import Finding, Severity, Waived
from perfeval.places import TextPlace
from tests.documents.inspecting import BARE, BRACKETS, EVIDENCE, made, real

_COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>.*?)::(?P<data>.*)")


def _unescaped(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def _read(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does: up to the second ``::``, properties split at commas."""
    match = _COMMAND.fullmatch(line)
    assert match is not None, line
    pairs = (item.split("=", 1) for item in match["properties"].split(","))
    properties = {name: _unescaped(value) for name, value in pairs}
    data = match["data"].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    return match["name"], properties, data


def test_a_finding_has_its_place_its_title_and_what_to_do() -> None:
    (line,) = workflow_commands([made(BRACKETS)])
    assert line == (
        "::warning file=自评/养老 1.yaml,line=3,col=5,title=perfeval TX102"
        "::发文字号“青财预[2024]1号”的括号不对（请写成 青财预〔2024〕1号）"
    )


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_each_severity_has_its_command(severity: Severity, command: str) -> None:
    (line,) = workflow_commands([made(Finding("PT102", severity, "甲"))])
    assert line == f"::{command} title=perfeval PT102::甲"


def test_what_is_not_known_is_left_out() -> None:
    lines = workflow_commands([made(EVIDENCE, BARE)])
    assert sorted(list(_read(line)[1]) for line in lines) == [["file", "title"], ["title"]]


@pytest.mark.parametrize("text", ["100%", "%0A", "甲\n::error::乙", "甲\r\n乙", "a:b,c=d", "::"])
def test_no_text_ends_its_property_or_its_line(text: str) -> None:
    finding = Finding("PT102", Severity.ERROR, text, file=text, places=(TextPlace(2, 1),))
    (line,) = workflow_commands([made(finding)])
    assert len(line.splitlines()) == 1
    name, properties, data = _read(line)
    assert (name, data) == ("error", text)
    assert properties == {"file": text, "line": "2", "col": "1", "title": "perfeval PT102"}


def test_what_is_waived_is_left_out() -> None:
    waived = made(BARE, waived=(Waived(BRACKETS, "同意"),))
    assert workflow_commands([waived]) == workflow_commands([made(BARE)])


def test_a_real_sheet_has_one_line_for_each_finding_that_counts() -> None:
    inspection = real()
    lines = workflow_commands([inspection])
    assert len(lines) == len(inspection.causes)
    assert not any("FM102" in line for line in lines)
    assert _read(lines[0])[1]["file"] == inspection.causes[0].file
