"""What is written for a department holds no two figures that cannot both hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval.cli import main
from perfeval.findings import Severity

DEPARTMENTS = Path(__file__).parents[2] / "indicators"
COMPARED = ("AC1", "AC3")


@pytest.mark.parametrize("document", ["disclosure", "bound"])
@pytest.mark.parametrize("department", ["qingshan-2023", "yunxi-2024-example"])
def test_no_amount_is_compared_with_that_of_something_else(
    department: str, document: str, tmp_path: Path
) -> None:
    file = tmp_path / "made.docx"
    given = ["render", str(DEPARTMENTS / department), "-o", str(file), "--document", document]
    assert main(given) == 0
    report = perfeval.proof(file)
    errors = [item for item in report.findings if item.severity is Severity.ERROR]
    assert [item.message for item in errors if item.code.startswith(COMPARED)] == []


@pytest.mark.parametrize("ending", ["docx", "html"])
@pytest.mark.parametrize("department", ["qingshan-2023", "yunxi-2024-example"])
def test_a_whole_volume_agrees_with_itself_and_with_its_sheets(
    department: str, ending: str, tmp_path: Path
) -> None:
    folder, file = DEPARTMENTS / department, tmp_path / f"made.{ending}"
    assert main(["render", str(folder), "-o", str(file), "--document", "bound"]) == 0
    for sheets in (None, folder):
        found = perfeval.proof(file, sheets=sheets).findings
        assert [item.message for item in found if item.severity is Severity.ERROR] == []
