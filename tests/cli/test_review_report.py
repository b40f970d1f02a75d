"""``perfeval review results --document report``: the 复核报告, and its figures held against it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import docx
import pytest

import perfeval
from perfeval.documents.review.workpaper_book import workpaper_workbook
from tests.documents.workbook.spreadsheets import filled

from .conftest import Command

SHEET = """\
评分办法: mof-2020
年度: 2023
项目名称: {name}
主管部门: 水务局
预算: {{预算数: 100, 执行数: 90, 已填报: {{得分: 10}}}}
已填报: {{总分: {total}}}
指标:
  产出指标:
    数量指标:
      - {{名称: 完成数量, 分值: 50, 目标值: 10个, 完成值: 9个, 已填报得分: 50}}
  效益指标:
    社会效益指标:
      - {{名称: 覆盖率, 分值: 30, 目标值: ≥90%, 完成值: 95%, 已填报得分: 30}}
  满意度指标:
    服务对象满意度指标:
      - {{名称: 满意度, 分值: 10, 目标值: ≥90%, 完成值: 95%, 已填报得分: 10}}
"""
FIRST: dict[str, str | Decimal] = {
    "J7": "8个",
    "P7": "台账只有 8 个，道路维修的自评得分 88 分不对",
    "O8": "B03-3",
    "P8": "口径没有写明",
    "O9": "B04",
    "P9": "没有问卷",
}
"""道路维修: 9 + 50 × 8 ÷ 10 = 40, 30 − 9 = 21, 10 − 10 = 0: 70, 中; (100 − 70) ÷ 100 = 30 %."""
SECOND: dict[str, str | Decimal] = {"O8": "B03-3", "P8": "算法没有写"}
"""维修: 9 + 50 × 9 ÷ 10 = 45, 30 − 9 = 21, 10: 85, 良; (95 − 85) ÷ 95 = 10.53 %."""


class Desk:
    """A folder of sheets with the workpapers that were filled for them."""

    def __init__(self, top: Path, command: Command) -> None:
        self.top, self.command = top, command
        self.tree, self.graded = top / "自评", top / "复核.json"
        self.papers: list[Path] = []

    def review(self, name: str, total: int | str, cells: dict[str, str | Decimal]) -> None:
        self.tree.mkdir(exist_ok=True)
        text = SHEET.format(name=name, total=total)
        (self.tree / f"{name}.yaml").write_text(text, encoding="utf-8")
        terms = perfeval.load_review_profile("review-firm-sample")
        raw = workpaper_workbook([perfeval.review_workpaper(perfeval.evaluate(text), terms)])
        self.papers.append(self.top / f"{name}.xlsx")
        self.papers[-1].write_bytes(filled(raw, cells, 2))

    def report(self, *outs: Path, final: bool = False) -> tuple[int, str, str]:
        graded = ("-o", self.graded, "--force")
        assert self.command("review", "grade", *self.papers, *graded).code == 0
        words = [word for out in outs for word in ("-o", out)]
        options = (*words, *(("--final",) if final else ()), "--document", "report")
        reviewed = ("--reviewed", self.graded)
        outcome = self.command("review", "results", self.tree, *reviewed, *options)
        return outcome.code, outcome.out, outcome.err

    def drift(self, report: Path) -> tuple[int, list[str]]:
        """Return how many figures of a report were compared, and which are others."""
        outcome = self.command("review", "grade", *self.papers, "--report", report, "--json")
        data = json.loads(outcome.out)
        wrong = [one["message"] for one in data["findings"] if one["code"] == "RV113"]
        return data["compared"], wrong


@pytest.fixture
def desk(tmp_path: Path, command: Command) -> Desk:
    """Two projects; the name of one lies within that of the other."""
    made = Desk(tmp_path, command)
    made.review("道路维修", 100, FIRST)
    made.review("维修", 95, SECOND)
    return made


def test_the_report_says_what_the_workpapers_come_to(desk: Desk, tmp_path: Path) -> None:
    """Together (195 − 155) ÷ 195 = 20.51 %; means 97.50 and 77.50; 9 + 9 + 10 points by code."""
    out = tmp_path / "复核报告.docx"
    assert desk.report(out)[0] == 0
    document = docx.Document(str(out))
    texts = [one.text for one in document.paragraphs]
    for told in (
        "2023年度项目支出绩效自评复核报告",
        "本次复核项目2个，资金200.00万元，涉及1个部门。",
        "合计的偏离度，按（自评得分合计－复核得分合计）÷自评得分合计计算，等于20.51%。",
        "这2个项目的平均分（保留两位小数）：自评97.50分，复核77.50分。",
        "B03-3 无法考核：表述不严谨：2个指标，涉及2个项目，扣18分。",
        "“道路维修”：自评得分100分，自评等级为“优”，复核得分70分，复核等级为“中”，偏离度30.00%，",
        "扣分合计19分（2个指标）。",
        "“维修”：自评得分95分，自评等级为“优”，复核得分85分，复核等级为“良”，偏离度10.53%，",
        "扣分合计9分（1个指标）。",
    ):
        assert any(told in text for text in texts), (told, texts)
    assert "请补充" not in "".join(texts)
    scores, rows, reasons, *_ = document.tables
    assert [cell.text for cell in scores.rows[2].cells][2:] == [
        *("道路维修", "100", "优", "70.00", "中", "30.00", "19.00"),
    ]
    assert [cell.text for cell in rows.rows[2].cells] == [
        *("道路维修", "完成数量", "9个", "8个", "50", "40.00", "0"),
        *("", "台账只有 8 个，道路维修的自评得分 88 分不对"),
    ]
    assert [cell.text for cell in rows.rows[3].cells][6:] == [
        *("9", "B03-3 无法考核：表述不严谨", "口径没有写明"),
    ]
    assert ["B03-2", "无法考核：有方向没有算法", "60", "抽查复核扣分标准（样例）"] in [
        [cell.text for cell in row.cells] for row in reasons.rows
    ]


@pytest.mark.parametrize(("ending", "fewest"), [("docx", 24), ("html", 24), ("pdf", 18)])
def test_its_own_figures_are_those_of_the_workpapers(
    desk: Desk, tmp_path: Path, ending: str, fewest: int
) -> None:
    """Six figures of each project in its sentence and as many in the table.

    The lines of a PDF end anywhere, also between a word and its figure.
    """
    out = tmp_path / f"复核报告.{ending}"
    assert desk.report(out)[0] == 0
    compared, wrong = desk.drift(out)
    assert fewest <= compared <= 24
    assert not wrong


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("复核得分70分", "复核得分72分", "“道路维修”的复核得分，报告写 72，底稿是 70"),
        ("偏离度10.53%", "偏离度10.33%", "“维修”的偏离度，报告写 10.33，底稿是 10.53"),
        ("扣分合计9分", "扣分合计6分", "“维修”的扣分合计，报告写 6，底稿是 9"),
        ("复核等级为“中”", "复核等级为“良”", "“道路维修”的复核等级，报告写 良，底稿是 中"),
    ],
)
def test_a_figure_that_somebody_changed_is_found(
    desk: Desk, tmp_path: Path, old: str, new: str, message: str
) -> None:
    out = tmp_path / "复核报告.docx"
    desk.report(out)
    document = docx.Document(str(out))
    changed = [run for one in document.paragraphs for run in one.runs if old in run.text]
    assert len(changed) == 1
    changed[0].text = changed[0].text.replace(old, new)
    document.save(str(out))
    assert desk.drift(out) == (24, [message])


def test_a_cell_that_somebody_changed_is_found(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "复核报告.docx"
    desk.report(out)
    document = docx.Document(str(out))
    document.tables[0].rows[1].cells[8].text = "8"
    document.save(str(out))
    assert desk.drift(out) == (24, ["“维修”的扣分合计，报告写 8，底稿是 9"])


def test_a_deduction_without_grounds_asks_for_them(tmp_path: Path, command: Command) -> None:
    desk = Desk(tmp_path, command)
    desk.review("清淤", 100, {"O8": "B03-3"})
    out = tmp_path / "复核报告.md"
    code, _, told = desk.report(out, final=True)
    assert code == 2
    assert "指标“覆盖率”扣9分（请补充依据）。" in told
    assert not out.exists()
    assert desk.report(out)[0] == 0
    text = out.read_text(encoding="utf-8").replace("\\", "")
    assert "草稿：还有 1 处请补充" in text
    assert "复核本身需要说明的有2处" in text
    assert "| RV101 | 清淤.xlsx 项目1!N8 |" in text


def test_what_is_wrong_with_reviews_of_other_projects_is_told_to_be_among_it(
    tmp_path: Path, command: Command
) -> None:
    """The results of grading do not say to which project a remark belongs.

    Two workpapers were never calculated, and one deduction has no grounds.
    """
    desk = Desk(tmp_path, command)
    desk.review("清淤", 100, {})
    desk.review("别处", 100, {"O8": "B03-3"})
    (desk.tree / "别处.yaml").unlink()
    out = tmp_path / "复核报告.md"
    assert desk.report(out)[0] == 0
    text = out.read_text(encoding="utf-8").replace("\\", "")
    assert "复核本身需要说明的有3处（其中可能有未列入本报告的复核的）" in text


def test_what_was_filed_is_what_the_workpaper_has(tmp_path: Path, command: Command) -> None:
    """Without a total that of the rows, 10 + 50 + 30 + 10; a grade that was written stands."""
    desk = Desk(tmp_path, command)
    desk.review("护岸", "null", {})
    desk.review("除险", "92, 等级: 良", {})
    out = tmp_path / "复核报告.docx"
    assert desk.report(out)[0] == 0
    text = "".join(one.text for one in docx.Document(str(out)).paragraphs)
    assert "“护岸”：自评得分100分，自评等级为“优”，" in text
    assert "“除险”：自评得分92分，自评等级为“良”，" in text
    assert "优1个（50.00%），良1个（50.00%），中0个（0.00%），差0个（0.00%）。等级有变化的" in text
    assert desk.drift(out) == (24, [])


def test_a_sheet_that_was_changed_after_the_workpaper_is_said(desk: Desk, tmp_path: Path) -> None:
    path = desk.tree / "维修.yaml"
    text = path.read_text(encoding="utf-8").replace("总分: 95", "总分: 96")
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "复核报告.md"
    assert desk.report(out)[0] == 0
    told = out.read_text(encoding="utf-8").replace("\\", "")
    assert "“维修”的自评表在做底稿以后改了总分，请重新做底稿后再复核。" in told


def test_without_a_review_there_is_no_report(desk: Desk, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "复核报告.docx"
    outcome = command("review", "results", desk.tree, "--document", "report", "-o", out)
    assert outcome.code == 2
    assert "--reviewed" in outcome.err
    assert not out.exists()


def test_a_report_is_no_workbook(desk: Desk, tmp_path: Path) -> None:
    code, _, told = desk.report(tmp_path / "复核报告.xlsx")
    assert code == 2
    assert ".docx" in told
