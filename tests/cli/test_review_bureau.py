"""A whole bureau is taken in and screened: every fault that was planted is found, nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from perfeval.cli import main
from perfeval.review.intake import Intake, IntakeRemarkKind, IntakeStatus
from perfeval.review.ranking import OutlierKind, Ranking
from perfeval.review.stored import from_stored
from tests.review import bureau
from tests.review.bureau import Project


class Planted(NamedTuple):
    """A bureau with its faults: the projects as they were written, and the tree."""

    top: Path
    wanted: Path
    made: list[Project]


@pytest.fixture(
    scope="module",
    params=[(3, 8), pytest.param((12, 25), marks=pytest.mark.slow)],
    ids=["small", "whole"],
)
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("局")
    top, wanted = folder / "交来", folder / "名单.xlsx"
    departments, each = request.param
    made = bureau.projects(departments, each, seed=5)
    bureau.expected_list(wanted, [one for at, one in enumerate(made) if at != 12])
    made[-1] = made[-1]._replace(text=f"{made[1].text} 3！")
    made[-2] = made[-2]._replace(text=made[2].text[:20] + "另外" + made[2].text[22:])
    for at in (3, 4):
        made[at] = made[at]._replace(filed=Decimal(100))
    made[6] = made[6]._replace(rulebook="hubei-2020")
    made[13] = made[13]._replace(name=f"{made[13].name}工程")
    spent = (made[15].budget * Decimal("0.4")).quantize(Decimal("0.01"))
    points = bureau.execution_points(made[15].budget, spent)
    made[15] = made[15]._replace(spent=spent, filed=points + 90)
    for at, one in enumerate(made):
        if at == 9:
            bureau.scan(top, f"{one.department}/{one.name}.jpg")
        elif at == 10:
            bureau.packed(top, "补交.zip", one)
        elif at != 11:
            bureau.write(one, top)
    bureau.write(made[7]._replace(actual="49"), top, f"重报/{made[7].name}.yaml")
    (top / "备份").mkdir()
    shutil.copy(top / made[5].path, top / "备份" / "副本.xlsx")
    return Planted(top, wanted, made)


@pytest.fixture(scope="module")
def intake(planted: Planted) -> Intake:
    out = planted.top.parent / "收件.json"
    wanted = str(planted.wanted)
    assert main(["review", "intake", str(planted.top), "--expected", wanted, "-o", str(out)]) == 0
    return from_stored(Intake, json.loads(out.read_text(encoding="utf-8"))["intake"])


@pytest.fixture(scope="module")
def ranking(planted: Planted) -> Ranking:
    out = planted.top.parent / "排查.json"
    assert main(["review", "rank", str(planted.top), "-o", str(out)]) == 0
    return from_stored(Ranking, json.loads(out.read_text(encoding="utf-8"))["ranking"])


def files(found: Intake, kind: IntakeRemarkKind) -> set[str]:
    return {line.handed.file for line in found.remarked(kind)}


def test_every_remark_is_one_that_was_planted(planted: Planted, intake: Intake) -> None:
    made = planted.made
    expected = {
        IntakeRemarkKind.SAME_FILE: {made[5].path, "备份/副本.xlsx"},
        IntakeRemarkKind.SAME_PROJECT: {made[7].path, f"重报/{made[7].name}.yaml"},
        IntakeRemarkKind.OTHER_FORM: {made[6].path},
        IntakeRemarkKind.NOT_LISTED: {made[12].path, made[13].path},
    }
    for kind in IntakeRemarkKind:
        assert files(intake, kind) == expected.get(kind, set()), kind


def test_what_is_missing_and_what_is_near(planted: Planted, intake: Intake) -> None:
    made = planted.made
    missing = {one.listed.project: one.near for one in intake.missing}
    renamed = made[13].name.removesuffix("工程")
    assert set(missing) == {made[9].name, made[11].name, renamed}
    assert missing[renamed][0] == made[13].name


def test_every_file_was_read_but_the_scan(planted: Planted, intake: Intake) -> None:
    others = {
        line.handed.file: line.handed.status
        for line in intake.lines
        if line.handed.status is not IntakeStatus.READ
    }
    one = planted.made[9]
    assert others == {f"{one.department}/{one.name}.jpg": IntakeStatus.SCAN}


def test_the_copies_are_those_that_were_planted(planted: Planted, ranking: Ranking) -> None:
    made = planted.made
    shown = [f"{one.department} · {one.name}" for one in made]
    found = {frozenset(one.projects): one.is_same for one in ranking.repeated}
    assert found == {
        frozenset({shown[1], shown[-1]}): True,
        frozenset({shown[2], shown[-2]}): False,
    }


def test_the_hundreds_are_those_that_were_planted(planted: Planted, ranking: Ranking) -> None:
    assert {one.file for one in ranking.full} == {planted.made[at].path for at in (3, 4)}
    assert {one.project for one in ranking.projects if one.excess} == {
        planted.made[at].name for at in (3, 4)
    }


def test_what_stands_out_was_planted(planted: Planted, ranking: Ranking) -> None:
    found = {(one.kind, one.project) for one in ranking.outliers}
    name = planted.made[15].name
    kinds = (OutlierKind.AHEAD, OutlierKind.PROJECT_RATE, OutlierKind.PROJECT_POINTS)
    assert found >= {(kind, name) for kind in kinds}
    assert {project for _, project in found if project} == {name}


def test_sums_are_those_of_the_sheets(planted: Planted, ranking: Ranking) -> None:
    made = [one for at, one in enumerate(planted.made) if at not in (9, 11)]
    assert {one.department: (one.projects, one.money) for one in ranking.departments} == {
        name: (
            sum(one.department == name for one in made),
            sum((one.budget for one in made if one.department == name), Decimal()),
        )
        for name in {one.department for one in made}
    }


def test_each_project_is_counted_once(planted: Planted, ranking: Ranking) -> None:
    assert len(ranking.projects) == len(planted.made) - 2
    assert len(ranking.twice) == 2


ROOT = Path(__file__).parents[2]
_RUN = """
import sys
from perfeval.cli import main
from tests.memory import peak
assert main(sys.argv[1:]) == 0
print("PEAK", peak())
"""


@pytest.mark.slow
@pytest.mark.parametrize("action", [("intake",), ("rank",), ("sample", "-n", "60", "--seed", "1")])
def test_thousands_of_sheets_take_little_more_memory_than_hundreds(
    tmp_path: Path, action: tuple[str, ...]
) -> None:
    peaks = []
    for number in (1, 10):
        top = tmp_path / str(number)
        for year in range(number):
            for one in bureau.projects(12, 25, seed=year):
                folder = f"{one.department}{year}"
                bureau.write(one._replace(department=folder, is_workbook=False), top)
        command = [sys.executable, "-c", _RUN, "review", action[0], str(top), *action[1:]]
        out = ("-o", str(tmp_path / f"{number}.csv"))
        done = subprocess.run(
            [*command, *out], cwd=ROOT, capture_output=True, check=True, text=True
        )
        peaks.append(int(done.stdout.rsplit("PEAK", 1)[1]))
    assert peaks[1] - peaks[0] < 40
