"""What is written for a department holds no two figures that cannot both hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval.cli import main

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
    errors = [item for item in report.findings if item.severity.value == "error"]
    assert [item.message for item in errors if item.code.startswith(COMPARED)] == []
