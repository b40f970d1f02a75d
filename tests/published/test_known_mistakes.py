"""The cells that 0.1.0 misread: `docs/measured.md` says what each is worth now, and it is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import perfeval

DOCUMENT = Path(__file__).parents[2] / "docs" / "measured.md"
_ROW = re.compile(
    r"\| `(?P<target>[^`]+)` / `(?P<actual>[^`]+)` \|[^|]*\| (?P<now>[^|]+) \| (?P<basis>[^|]+) \|"
)
ROWS = [
    match.groups()
    for match in map(_ROW.fullmatch, DOCUMENT.read_text("utf-8").splitlines())
    if match
]
BASES = {"measured": "MEASURED", "claimed": "CLAIMED", "not scored": "UNSCORED"}


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 30


@pytest.mark.parametrize(("target", "actual", "now", "basis"), ROWS)
def test_a_cell_is_worth_what_the_table_says(
    target: str, actual: str, now: str, basis: str
) -> None:
    row = {"名称": "指标", "分值": 10, "目标值": target, "完成值": actual}
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例"}
    card = perfeval.evaluate({**head, "指标": {"产出指标": {"数量指标": [row]}}}).scorecard
    assert card is not None
    (line,) = card.lines
    worth = f"{line.low} to {line.high}" if line.points is None else str(line.points)
    assert (worth, line.basis.name) == (now, BASES[basis])
