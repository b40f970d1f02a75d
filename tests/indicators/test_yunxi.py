"""The made-up department: complete, marked as made up, and every kind of text can be seen in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Snapshot

import perfeval
from perfeval import DepartmentReport, SheetKind
from perfeval.documents.department.files import Publication
from perfeval.documents.texts.narrative import Narrative
from perfeval.report.rendering import publication

FOLDER = Path(__file__).parents[2] / "indicators" / "yunxi-2024-example"
BROKEN = "评分办法: sichuan\n年度: 2024\n项目名称: 数字文化馆建设\n预算: {预算数: 四十万}\n"
"""A sheet that cannot be read; it does not ship, as everything that ships is taken."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> DepartmentReport:
    folder = tmp_path_factory.mktemp("bureau") / "yunxi"
    shutil.copytree(FOLDER, folder)
    (folder / "数字文化馆建设.yaml").write_text(BROKEN, encoding="utf-8")
    return perfeval.evaluate_department(folder)


@pytest.fixture(scope="module")
def made(report: DepartmentReport) -> Publication:
    return publication(report)


def text(narrative: Narrative) -> str:
    return "\n".join(block.text for block in narrative.blocks)


def texts(made: Publication) -> Iterator[Narrative]:
    yield from (made.whole, made.disclosure)
    yield from made.overviews.values()
    yield from made.abstracts.values()


def test_everything_says_that_it_is_made_up(report: DepartmentReport) -> None:
    assert report.department is not None
    assert "虚构" in report.department.name
    for sheet in report.sheets:
        if sheet.sheet is not None:
            assert sheet.sheet.source == "虚构示例"
            assert "虚构" in sheet.sheet.place


def test_it_has_six_projects_the_whole_transfers_two_funds_and_one_file_that_is_not_read(
    report: DepartmentReport,
) -> None:
    read = [one.sheet for one in report.sheets if one.sheet is not None]
    assert len(report.sheets) - len(read) == 1
    kinds = [sheet.kind for sheet in read]
    assert kinds.count(SheetKind.PROJECT) == 6
    assert kinds.count(SheetKind.DEPARTMENT) == 1
    assert any(sheet.budget.transfers for sheet in read)
    assert any(len(sheet.budget.funds) > 1 for sheet in read)


def test_what_ships_is_read_and_only_the_points_filed_for_the_whole_are_wrong() -> None:
    shipped = perfeval.evaluate_department("shipped:yunxi-2024-example")
    assert all(sheet.is_read for sheet in shipped.sheets)
    wrong = {
        (report.title, one.code)
        for report in shipped.inspections
        for one in report.findings
        if one.severity is perfeval.Severity.ERROR
    }
    assert wrong == {("云溪县文化旅游局整体支出", code) for code in ("PT101", "PT102", "PT104")}


def test_only_the_use_of_the_results_is_left_to_write(made: Publication) -> None:
    assert [gap.path for gap in made.gaps] == [("结果应用",)]


def test_no_sentence_stands_twice_in_a_text(made: Publication) -> None:
    for narrative in texts(made):
        if narrative is made.disclosure:
            continue  # it tells the results of the whole and of every project
        lines = [block.text for block in narrative.blocks]
        assert len(lines) == len(set(lines)), narrative.title


def test_the_whole_departments_table_is_the_first_attachment(made: Publication) -> None:
    titles = [title for title, _ in made.attachments]
    assert titles[0].startswith("附件1　部门整体支出绩效自评表")
    assert len(set(titles)) == len(titles) == 14
    bound = [part.title for part in made.bound.parts]
    assert bound[1] == "2024年度云溪县文化旅游局（虚构示例）重点工作完成情况"
    assert bound[2:16] == titles


def test_the_texts_read_as_ever(made: Publication, snapshot: Snapshot) -> None:
    snapshot("\n\n".join(map(text, texts(made))) + "\n", "yunxi-texts.txt")
