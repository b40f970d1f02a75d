"""Faults put into the clean department, alone and together: as many come out as went in.

The faults are the blocks of ``cases/``: edits of texts, written by hand with the places and the
words that they must give, so they know nothing of the checks.  Each alone is `tests.checks.
test_cases`; here they are mixed.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval.checks.settling import CheckOptions
from perfeval.findings import Finding
from tests.checks.blocks import (
    TODAY,
    Block,
    Mixture,
    blocks,
    clean,
    findings_of,
    found_in,
    go_together,
    write,
)
from tests.seeds import FIRST

FAULTS = [block for block in blocks() if block.fails and not block.is_of_reading]
MOST = 12
"""Faults in a mixture."""
PAIRS, BATCHES = 400, 6
"""Pairs of faults in one batch of the long test."""
FEWER = settings(max_examples=settings().max_examples // 4)
"""For what reads every department twice."""
ROW = re.compile(r"      - \{名称: .*\}")


@contextmanager
def department(files: Mapping[str, str]) -> Iterator[Path]:
    """Write a department into a folder that is taken away again."""
    with tempfile.TemporaryDirectory() as name:
        yield write(Path(name) / "部门", files)


@st.composite
def mixtures(draw: st.DrawFn, least: int = 1) -> Mixture:
    """Draw faults that do not touch each other."""
    wanted = draw(st.integers(least, MOST))
    drawn = draw(st.lists(st.sampled_from(FAULTS), min_size=wanted, max_size=2 * wanted))
    chosen: list[Block] = []
    for block in drawn:
        if len(chosen) < wanted and all(go_together(block, other) for other in chosen):
            chosen.append(block)
    return Mixture(tuple(chosen))


@given(mixtures(least=2))
def test_the_findings_of_several_faults_are_the_findings_of_each(mixture: Mixture) -> None:
    """Up to 12 faults in, exactly their findings out: code, file, line, column and message."""
    with department(mixture.files()) as folder:
        assert found_in(folder) == mixture.expected()


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_two_faults_that_do_not_touch_each_other_are_both_found(batch: int) -> None:
    """A share of all pairs, drawn anew: nothing but the declared words keeps faults apart."""
    pairs = [pair for pair in combinations(FAULTS, 2) if go_together(*pair)]
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        for one, other in Random(FIRST + batch).sample(pairs, PAIRS):
            mixture = Mixture((one, other))
            found = found_in(write(Path(name) / "部门", mixture.files()))
            if found != mixture.expected():
                wrong.append(f"{one}, {other}")
    assert wrong == []


def test_faults_of_one_place_do_not_go_together() -> None:
    same = next(block for block in FAULTS if block.code == "VA107")
    other = next(block for block in FAULTS if block.code == "VA108")
    apart = next(block for block in FAULTS if block.code == "DP208")
    assert not go_together(same, other)
    assert not go_together(same, same)
    assert go_together(same, apart)


# -- fingerprints --------------------------------------------------------------------------------


def prints(files: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """Return code and fingerprint of all findings of a department."""
    return Counter((item.code, item.fingerprint) for item in findings(files))


def findings(files: Mapping[str, str]) -> list[Finding]:
    with department(files) as folder:
        terms = CheckOptions(today=TODAY)
        return list(findings_of(perfeval.evaluate_department(folder, terms=terms)))


@given(mixtures(), st.data())
@FEWER
def test_a_fingerprint_does_not_see_blank_lines_and_comments(
    mixture: Mixture, data: st.DataObject
) -> None:
    """Lines that say nothing move every finding and change no fingerprint."""
    files = mixture.files()
    moved = {}
    for name, text in files.items():
        lines = text.split("\n")
        for _ in range(data.draw(st.integers(0, 4))):
            at = data.draw(st.integers(0, len(lines) - 1))
            lines.insert(at, data.draw(st.sampled_from(("", "# 注", "    # 分值: 3", "  "))))
        moved[name] = "\n".join(lines)
    assert prints(moved) == prints(files)


@given(mixtures(), st.data())
@FEWER
def test_a_fingerprint_does_not_see_the_order_of_the_rows(
    mixture: Mixture, data: st.DataObject
) -> None:
    """Rows of one heading in another order keep their fingerprints.

    Of two rows with one name the second is a finding (IN103), so there the order does matter.
    """
    kept = Mixture(tuple(block for block in mixture.blocks if block.code != "IN103"))
    files = kept.files()
    assert prints({name: reordered(text, data) for name, text in files.items()}) == prints(files)


def reordered(text: str, data: st.DataObject) -> str:
    """Put rows that stand one below the other, each on a line of its own, into another order."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and ROW.fullmatch(lines[end]):
            end += 1
        if end - at > 1:
            lines[at:end] = data.draw(st.permutations(lines[at:end]))
        at = max(end, at + 1)
    return "\n".join(lines)


@given(mixtures(least=2))
@FEWER
def test_different_findings_have_different_fingerprints(mixture: Mixture) -> None:
    """No two findings of a department share one.

    Sheets of one name (DP204) are left out: they are one subject to a fingerprint.
    """
    kept = Mixture(tuple(block for block in mixture.blocks if block.code != "DP204"))
    counts = Counter(item.fingerprint for item in findings(kept.files()))
    assert [item for item, count in counts.items() if count > 1] == []


@given(st.integers(0, 1999), st.integers(0, 1999))
@FEWER
def test_another_figure_is_another_finding(first: int, second: int) -> None:
    """Whoever accepted 19.40 did not accept 19.41, and did accept 19.40."""
    assume(1950 not in (first, second))
    name = "公共阅览室开放.yaml"
    text = clean()[name].replace("总分: 99, 等级: 优秀, ", "")

    def printed(points: int) -> list[str]:
        changed = text.replace("得分: 19.5}", f"得分: {points // 100}.{points % 100:02}}}")
        with department({name: changed}) as folder:
            found = perfeval.evaluate(folder / name).findings
        assert [item.code for item in found] == ["PT101"]
        return [item.fingerprint for item in found]

    assert (printed(first) == printed(second)) is (first == second)


def test_the_same_fault_in_two_sheets_is_two_findings() -> None:
    files = dict(clean())
    for name in ("社区文艺演出.yaml", "无障碍设施改造.yaml"):
        files[name] = files[name].replace("项目属性: 新增性项目\n", "项目属性:\n")
    assert [code for code, _ in prints(files)] == ["FM102", "FM102"]


def test_a_fingerprint_does_not_see_where_the_folder_lies(tmp_path: Path) -> None:
    files = Mixture(tuple(block for block in FAULTS if block.code in ("FM101", "DP208"))).files()
    near, far = tmp_path / "甲", tmp_path / "乙" / "丙"
    far.parent.mkdir()
    terms = CheckOptions(today=TODAY)
    reports = [perfeval.evaluate_department(write(at, files), terms=terms) for at in (near, far)]
    (first, second) = ([item.fingerprint for item in findings_of(report)] for report in reports)
    assert len(first) == 2
    assert first == second
