"""A sheet that nobody has confirmed says so in every output, and in no other respect differs."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Literal, get_args

import pytest

from perfeval import (
    Report,
    Scorecard,
    dump,
    evaluate,
    evaluate_department,
    load_rulebook,
    load_sheet,
    render,
    to_json,
)
from perfeval.cli import main
from perfeval.documents.department.exchange import rows_csv, scorecards_csv, scorecards_json
from perfeval.documents.department.national import national_csv
from perfeval.documents.department.summary_list import summary_workbook
from perfeval.documents.findings.reports import FORMATS, write_report
from perfeval.documents.formats import FormatName
from perfeval.documents.workbook import form_workbook
from tests.documents.words import in_document

SHIPPED = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
SAID = "未经核对：本表由 perfeval 从“自评表.docx”读出，还没有人逐项核对"
TEXT = dump(load_sheet(SHIPPED))
UNCONFIRMED = f"未确认: 是\n读自: {{文件: 自评表.docx, 位置: 第1张表}}\n{TEXT}"
WITHOUT_PDF = not importlib.util.find_spec("typst") or not shutil.which("pdftotext")
ENDINGS = [
    pytest.param(one, marks=pytest.mark.skipif(one == "pdf" and WITHOUT_PDF, reason="no pdf"))
    for one in get_args(FormatName)
]


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(UNCONFIRMED)


@pytest.fixture(scope="module")
def card(report: Report) -> Scorecard:
    assert report.scorecard is not None
    return report.scorecard


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "表.yaml"
    path.write_text(UNCONFIRMED, "utf-8")
    return path


def squeezed(text: str) -> str:
    return "".join(text.split())


def in_workbook(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return "".join(package.read(name).decode() for name in package.namelist())


def test_it_scores_as_when_it_is_confirmed(card: Scorecard) -> None:
    assert str(card.total) == "98.46"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("document", ["table", "overview", "abstract"])
def test_a_document_says_so_above_its_title(
    report: Report, document: Literal["table", "overview", "abstract"], ending: FormatName
) -> None:
    said = squeezed(in_document(render(report, ending, document=document), ending))
    assert said.count(squeezed(SAID)) == 1


@pytest.mark.parametrize("document", ["table", "overview", "abstract"])
def test_a_document_of_a_confirmed_sheet_says_nothing(
    document: Literal["table", "overview", "abstract"],
) -> None:
    assert "未经核对" not in render(evaluate(TEXT), "md", document=document).decode()


@pytest.mark.parametrize(
    "words",
    [
        ["score"],
        ["explain"],
        ["explain", "--what-if", "执行数=1200"],
        ["check"],
        ["compare", "--rulebook", "mof-2020"],
    ],
    ids=" ".join,
)
def test_a_command_says_so(
    words: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([words[0], str(file), *words[1:]])
    assert SAID in capsys.readouterr().out
    file.write_text(TEXT, "utf-8")
    main([words[0], str(file), *words[1:]])
    assert "未经核对" not in capsys.readouterr().out


def test_the_summary_of_several_says_which(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "另一张.yaml").write_text(TEXT, "utf-8")
    main(["score", str(file.parent), "--summary"])
    marked = [line for line in capsys.readouterr().out.splitlines() if "未经核对" in line]
    assert len(marked) == 1


@pytest.mark.parametrize("command", ["score", "check", "compare"])
def test_json_says_so(command: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ["--rulebook", "mof-2020"] if command == "compare" else []
    main([command, str(file), "--json", *more])
    out = capsys.readouterr().out
    assert ('"unconfirmed": true' in out) or SAID in out
    json.loads(out)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_report_of_findings_says_so(report: Report, format_: str) -> None:
    raw = write_report([report.inspection], format_)
    text = in_workbook(raw) if format_ == "xlsx" else raw.decode()
    assert SAID in text.replace("&#8220;", "“").replace("&#8221;", "”")


def test_data_for_others_say_so(card: Scorecard, report: Report) -> None:
    for raw in (scorecards_csv([card]), rows_csv([card]), national_csv([card])):
        head, *rows = raw.decode("utf-8-sig").split("\r\n")
        at = head.split(",").index("未确认")
        assert at in (len(head.split(",")) - 1, 4)
        assert ",是" in rows[0]
    assert json.loads(scorecards_json([card]))["scorecards"][0]["unconfirmed"] is True
    assert json.loads(to_json(report))["data"]["sheet"]["unconfirmed"] is True
    assert SAID in in_workbook(summary_workbook("局", "2023", "万元", [card]))


def test_the_form_in_excel_says_so(card: Scorecard) -> None:
    assert SAID in in_workbook(form_workbook(load_rulebook("hubei-2020"), card.sheet))


def test_the_texts_of_a_department_count_such_sheets(tmp_path: Path) -> None:
    department = {"部门名称": "局", "年度": 2023, "评分办法": "hubei-2020"}
    other = re.sub("(?m)^项目名称: .*$", "项目名称: 另一个", UNCONFIRMED)
    sheets = {
        "一": UNCONFIRMED,
        "二": other,
        "三": re.sub("(?m)^项目名称: .*$", "项目名称: 三", TEXT),
    }
    made = evaluate_department({"department": department, "sheets": sheets})
    for document in ("disclosure", "whole", "bound"):
        text = render(made, "md", document=document).decode()
        assert text.startswith("**未经核对：有 2 张自评表")
    assert render(made, "md", document="bound").decode().count(SAID) >= 2, "each of its tables"


def test_there_is_no_final_document_of_it(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "表.md"
    assert main(["render", str(file), "--final", "-o", str(out)]) == 2
    assert f"{file}:1:6  {SAID}" in capsys.readouterr().err
    assert not out.exists()
    file.write_text(TEXT, "utf-8")
    assert main(["render", str(file), "--final", "-o", str(out)]) == 0


def test_fix_never_takes_the_mark_away(file: Path) -> None:
    file.write_text(UNCONFIRMED.replace("年度: 2023", "年度: ２０２３"), "utf-8")
    main(["check", str(file), "--fix"])
    text = file.read_text("utf-8")
    assert "年度: 2023" in text
    assert text.startswith("未确认: 是\n")


def test_a_document_that_is_written_says_so_to_whoever_writes_it(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", str(file), "-o", str(tmp_path / "表.md")]) == 0
    assert f"注意：{SAID}" in capsys.readouterr().err
