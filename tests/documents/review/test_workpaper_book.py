"""A filled workpaper computes what `perfeval.review.grade` does, or leaves the row open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

import perfeval
from perfeval import ReviewEntry, Workpaper, load_rulebook, rulebook_ids
from perfeval.documents.review import workpaper_book
from perfeval.documents.review.workpaper_book import workpaper_workbook
from perfeval.errors import RenderError
from perfeval.numbers import trimmed
from perfeval.reading.workpapers import read_workpapers
from perfeval.review import GradedRow, GradedWorkpaper, grade
from perfeval.review.workpaper import BUDGET_ROW
from tests.documents.workbook import made_sheets, made_standards
from tests.documents.workbook.spreadsheets import (
    Cells,
    filled,
    needs_office,
    read,
    saved_again,
)
from tests.seeds import FIRST

REAL = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
FIRM = perfeval.load_review_profile("review-firm-sample")
BOOKS = [load_rulebook(name) for name in rulebook_ids()]
FIRST_ROW, QUICK, LONG, EACH = 6, 24, 240, 4
"""The first row of the table, as a spreadsheet counts; how many projects; how many in one file."""
ACTUAL, SCORE, CUT, CODE, GROUND, JUDGED, RULED, HINT = "JKNOPQRS"
Entries = dict[int, ReviewEntry]


def papers(numbers: range) -> list[Workpaper]:
    """Return workpapers of sheets for every rulebook that ships in turn."""
    return [_paper(number) for number in numbers]


def _paper(number: int) -> Workpaper:
    book, random = BOOKS[number % len(BOOKS)], Random(FIRST + number)
    data = (made_sheets.with_goals if number % 7 == 3 else made_sheets.sheet)(random, book)
    if number % 3 == 1:
        data = made_standards.with_standards(random, data)
    filed = [None, *(Decimal(points) for points in (0, 1, 5, 20))]
    for row in data["指标"]:
        row.setdefault("已填报得分", random.choice(filed))
    return perfeval.review_workpaper(perfeval.evaluate(data), FIRM)


def drawn(paper: Workpaper, random: Random) -> Entries:
    """Draw what a reviewer may write: most rows stay as they are."""
    entries = {row.at: _entry(paper, row.at, random) for row in paper.rows}
    return {at: entry for at, entry in entries.items() if not entry.is_blank}


def _entry(paper: Workpaper, at: int, random: Random) -> ReviewEntry:
    book = paper.scorecard.rulebook
    codes = ["", "", "", *(one.code for one in FIRM.row_codes)]
    actual = ""
    if random.random() < 0.3:
        spent = trimmed(made_sheets.decimal(random, 200))
        row = made_sheets.row(random, book, Decimal(5))["完成值"]
        actual = spent if at == BUDGET_ROW else str(row["文本"] if isinstance(row, dict) else row)
    return ReviewEntry(
        actual="" if actual == "None" else actual,
        cut=random.choice([None, None, None, Decimal(0), Decimal("0.5"), Decimal(2), Decimal(50)]),
        code=random.choice(codes),
        ground=random.choice(["", "现场核实"]),
        judged=random.choice([None, None, None, Decimal(3), Decimal("4.5"), Decimal(12)]),
    )


def typed(paper: Workpaper, entries: Entries) -> dict[str, str | Decimal]:
    """Return the cells that a reviewer fills in."""
    cells: dict[str, str | Decimal] = {}
    for place, row in enumerate(paper.rows, FIRST_ROW):
        entry = entries.get(row.at, ReviewEntry())
        if entry.actual:
            is_money = row.at == BUDGET_ROW
            cells[f"{ACTUAL}{place}"] = Decimal(entry.actual) if is_money else entry.actual
        if entry.cut is not None:
            cells[f"{CUT}{place}"] = entry.cut
        if entry.judged is not None:
            cells[f"{JUDGED}{place}"] = entry.judged
        if entry.code:
            cells[f"{CODE}{place}"] = entry.code
        if entry.ground:
            cells[f"{GROUND}{place}"] = entry.ground
    return cells


def shown(cells: Cells, column: str, place: int) -> Decimal | None:
    value = cells.get(f"{column}{place}", "")
    return value if isinstance(value, Decimal) else None


def compared(graded: GradedWorkpaper, cells: Cells) -> Counter[str]:
    """Hold a project's sheet against what the review comes to; count what there was."""
    seen: Counter[str] = Counter()
    is_left = False
    for place, row in enumerate(graded.rows, FIRST_ROW):
        score = shown(cells, SCORE, place)
        if score is None and row.points is not None:  # the sheet reads less than the engine
            assert may_be_left(row), row
            assert cells[f"{HINT}{place}"], row
            is_left = True
            seen["left"] += 1
            continue
        assert score == row.points, (row, cells.get(f"{RULED}{place}"))
        seen["open" if score is None else "scored"] += 1
    total = shown(cells, SCORE, FIRST_ROW + len(graded.rows))
    assert total == (None if is_left else graded.total)
    seen["total" if total is not None else "none"] += 1
    return seen


def may_be_left(row: GradedRow) -> bool:
    """Only what a reviewer wrote anew may be left to the engine."""
    return bool(row.entry.actual) or row.entry.judged is not None


def batches(numbers: range) -> Iterator[list[Workpaper]]:
    for start in range(numbers.start, numbers.stop, EACH):
        yield papers(range(start, start + EACH))


# -- before anybody reviews --------------------------------------------------------------------


def test_cached_values_are_the_points_by_the_rule() -> None:
    """Several rulebooks stand in one file, each with words of its own."""
    for batch in batches(range(QUICK)):
        sheets = read(workpaper_workbook(batch))
        for at, paper in enumerate(batch, 1):
            compared(grade(paper, {}), sheets[f"项目{at}"])


def test_the_published_sheet_shows_its_figures() -> None:
    """Qingshan: 100 as filed, 98.46 by the rule; 36 of 42 is 1.71 of 2, 14.5 % below."""
    paper = perfeval.review_workpaper(perfeval.evaluate(REAL), FIRM)
    sheets = read(workpaper_workbook([paper]))
    cells = sheets["项目1"]
    assert [cells.get(f"{column}8", "") for column in "DEGHIKLR"] == [
        *("", "42（3）", Decimal(2), "36（2）", Decimal(2)),
        *(Decimal("1.71"), Decimal("14.50"), Decimal("1.71")),
    ]
    assert (cells["K28"], cells["L28"], cells["I28"]) == (
        Decimal("98.46"),
        Decimal("1.54"),
        Decimal(100),
    )
    assert {Decimal("98.46"), Decimal(100), "优"} <= set(sheets["汇总"].values())
    assert {"B03-2", "60%"} <= set(sheets["扣分代码"].values())


def test_the_package_keeps_to_the_standard(tmp_path: Path) -> None:
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(workpaper_workbook(papers(range(3))))
    found = OpenXmlValidator().validate(path).errors
    assert not found, [str(item) for item in found[:5]]


def test_equal_workpapers_give_equal_bytes() -> None:
    assert workpaper_workbook(papers(range(2))) == workpaper_workbook(papers(range(2)))


def test_one_file_has_one_profile_and_at_least_one_project() -> None:
    other = perfeval.review_workpaper(perfeval.evaluate(REAL))
    with pytest.raises(RenderError):
        workpaper_workbook([*papers(range(1)), other])
    with pytest.raises(RenderError):
        workpaper_workbook([])


def test_a_file_that_could_not_be_read_back_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader takes so many cells of one file; the message says how many projects fit."""
    monkeypatch.setattr(workpaper_book, "MOST_CELLS", 9_000)
    whole = papers(range(2)) * 8
    with pytest.raises(RenderError, match="最多约") as refused:
        workpaper_workbook(whole)
    fitting = int(str(refused.value).rpartition("约")[2].split()[0])
    assert 0 < fitting < len(whole)
    assert workpaper_workbook(whole[: fitting - 1])


HOSTILE = (
    '=HYPERLINK("http://x")',
    "+1",
    "@x",
    "甲&乙<丙>\"'",
    "两\n行",
    "长" * 3_000,
    "_x0041_",
    "复核底稿1",
)


def test_texts_of_every_kind_stand_as_they_are_and_come_back() -> None:
    rows = [
        {
            "一级指标": "产出",
            "二级指标": "数量",
            "名称": text,
            "分值": 10,
            "目标值": text,
            "完成值": text,
        }
        for text in HOSTILE
        if text != "+1"  # no plain number, and nothing but a number: a sheet has none
    ]
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": HOSTILE[0]}
    report = perfeval.evaluate({**head, "指标": rows})
    raw = workpaper_workbook([perfeval.review_workpaper(report, FIRM)])
    found = read_workpapers(raw)
    (paper,) = found.papers
    assert not found.findings
    assert not paper.findings, [str(item) for item in paper.findings]
    assert all(entry.is_blank for entry in paper.entries.values())
    assert report.scorecard is not None
    assert paper.workpaper.scorecard.lines == report.scorecard.lines


@needs_office
def test_a_row_of_several_units_is_not_compared_with_another_unit(tmp_path: Path) -> None:
    """104人 of two units against 942个月: neither the engine nor the sheet has points for it."""
    units = [
        {"单位": name, "目标值": target, "完成值": actual}
        for name, target, actual in (("甲", "≤48人", "80人"), ("乙", "≤56人", "71人"))
    ]
    row = {"一级指标": "产出", "二级指标": "数量", "名称": "在编人数", "分值": 50, "分单位": units}
    head = {"评分办法": "mof-2020", "年度": 2023, "项目名称": "示例", "指标": [row]}
    paper = perfeval.review_workpaper(perfeval.evaluate(head), FIRM)
    entries = {0: ReviewEntry(actual="942个月")}
    place = FIRST_ROW + len(paper.rows) - 1
    raw = filled(workpaper_workbook([paper]), typed(paper, entries), 2)
    (back,) = saved_again([raw], tmp_path)
    assert grade(paper, entries).rows[-1].points is None
    assert shown(read(back)["项目1"], SCORE, place) is None


# -- filled by LibreOffice ---------------------------------------------------------------------


def reviewing(numbers: range, folder: Path) -> Counter[str]:
    """Fill workpapers, let LibreOffice compute them, and read them back."""
    seen: Counter[str] = Counter()
    all_, entries, files = [], [], []
    for number, batch in enumerate(batches(numbers)):
        random = Random(FIRST + numbers.start + number)
        written = [drawn(paper, random) for paper in batch]
        file = workpaper_workbook(batch)
        for at, (paper, entry) in enumerate(zip(batch, written, strict=True), 2):
            file = filled(file, typed(paper, entry), at)
        all_.append(batch)
        entries.append(written)
        files.append(file)
    for batch, written, raw in zip(all_, entries, saved_again(files, folder), strict=True):
        sheets, found = read(raw), read_workpapers(raw)
        assert not found.findings
        for at, (paper, entry, back) in enumerate(
            zip(batch, written, found.papers, strict=True), 1
        ):
            assert not back.findings, [str(item) for item in back.findings]
            assert back.workpaper.scorecard.lines == paper.scorecard.lines
            read_back = {
                row: one._replace(place=None, actual_place=None, judged_place=None)
                for row, one in back.entries.items()
                if not one.is_blank
            }
            assert read_back == entry
            seen += compared(grade(back.workpaper, dict(back.entries)), sheets[f"项目{at}"])
    return seen


@needs_office
def test_a_filled_workpaper_computes_as_the_engine_and_comes_back(tmp_path: Path) -> None:
    seen = reviewing(range(100, 100 + QUICK), tmp_path)
    assert seen["scored"] > 3 * seen["left"]
    assert min(seen["open"], seen["total"], seen["none"]) > 0


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("part", range(2))
def test_many_filled_workpapers_compute_as_the_engine(part: int, tmp_path: Path) -> None:
    start = 2000 + part * LONG // 2
    seen = reviewing(range(start, start + LONG // 2), tmp_path)
    assert seen["scored"] > 3 * seen["left"]
