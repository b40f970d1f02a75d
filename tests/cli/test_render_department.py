"""``perfeval render DEPARTMENT -o out/``: everything a department publishes, from its folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import perfeval
from perfeval import DocumentName
from perfeval._resources import data_dir
from tests.checks.blocks import clean, write
from tests.cli.conftest import Command

PROJECT = "项目/养老服务体系建设运营补助资金"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A department of one project with indicators and one without."""
    target = tmp_path / "部门"
    target.mkdir()
    source = data_dir("indicators") / "qingshan-2023"
    for name in ("department.yaml", "养老服务体系建设运营补助资金.yaml", "儿童福利.yaml"):
        shutil.copy(source / name, target)
    return target


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_document_stands_where_one_looks_for_it(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    outcome = command("render", folder, "-o", out)
    assert outcome.code == 0
    assert "先看 index.html" in outcome.out
    found = set(files_below(out))
    whole = ("预算绩效情况说明", "部门整体绩效自评结果", "绩效自评材料合订本")
    endings = ("docx", "pdf", "html", "md")
    assert {f"{title}.{ending}" for title in whole for ending in endings} <= found
    documents = {"自评表", "综述", "摘要"}
    assert {f"{PROJECT}/{title}.{ending}" for title in documents for ending in endings} <= found
    assert {f"项目/儿童福利/{title}.docx" for title in ("自评表", "综述")} <= found
    assert "项目/儿童福利/摘要.docx" not in found  # nothing was measured there
    rest = {
        "index.html",
        "绩效自评汇总表.xlsx",
        "校核报告.html",
        "问题清单.xlsx",
        "数据/项目得分.csv",
        "数据/指标得分.csv",
        "数据/评分结果.json",
        "数据/一体化系统字段.csv",
        "数据/一体化系统字段.json",
    }
    assert {name for name in found if name.split(".")[-1] not in endings} | {
        "index.html",
        "校核报告.html",
    } == rest


def test_the_same_department_gives_the_same_bytes(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    for name in ("一", "二"):
        assert command("render", folder, "-o", tmp_path / name).code == 0
    assert files_below(tmp_path / "一") == files_below(tmp_path / "二")


def test_formats_may_be_chosen(command: Command, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command("render", folder, "-o", out, "--formats", "md").code == 0
    assert not list(out.rglob("*.docx"))
    assert (out / "预算绩效情况说明.md").is_file()
    assert command("render", folder, "-o", tmp_path / "x", "--formats", "odt").code == 2


def test_what_stands_there_is_not_overwritten(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Not one file is written where a single one would be lost."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "预算绩效情况说明.md").write_text("改过的稿子", "utf-8")
    outcome = command("render", folder, "-o", out, "--formats", "md")
    assert outcome.code == 2
    assert "预算绩效情况说明.md" in outcome.err
    assert list(files_below(out)) == ["预算绩效情况说明.md"]
    assert (out / "预算绩效情况说明.md").read_text("utf-8") == "改过的稿子"
    assert command("render", folder, "-o", out, "--formats", "md", "--force").code == 0


def test_one_bad_sheet_stops_nothing_and_is_listed(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    (folder / "坏.yaml").write_text("项目名称: 坏\n项目名称: 坏\n", "utf-8")
    outcome = command("render", folder, "-o", tmp_path / "out", "--formats", "md")
    assert outcome.code == 2
    assert "坏.yaml:2:1" in outcome.err
    assert (tmp_path / "out" / PROJECT / "自评表.md").is_file()
    assert "坏.yaml" in (tmp_path / "out" / "index.html").read_text("utf-8")
    said = (tmp_path / "out" / "预算绩效情况说明.md").read_text("utf-8")
    assert "另有1个的自评表没有读通" in said


def test_a_department_that_cannot_be_read_gives_nothing(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    (folder / "department.yaml").write_text("部门名称: 某局\n", "utf-8")
    outcome = command("render", folder, "-o", tmp_path / "out")
    assert outcome.code == 2
    assert "SH101" in outcome.err
    assert not (tmp_path / "out").exists()


def test_what_the_texts_ask_for_is_a_finding_at_its_field(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    outcome = command("render", folder, "-o", tmp_path / "out", "--formats", "md")
    assert "“请补充”" in outcome.err
    report = (tmp_path / "out" / "校核报告.html").read_text("utf-8")
    assert "DC101" in report
    assert "文字里缺“部门整体支出绩效自评表”" in report
    assert "文字里缺“未列入的个数”" not in report  # the number of 涉密 projects is not asked for


def test_a_clean_department_asks_for_nothing_but_its_own_words(
    command: Command, tmp_path: Path
) -> None:
    target = tmp_path / "部门"
    write(target, clean())
    outcome = command("render", target, "-o", tmp_path / "out", "--formats", "md", "--json")
    assert outcome.code == 0
    data = json.loads(outcome.out)
    assert data["failed"] == data["unread"] == []
    assert len(data["files"]) == len(files_below(tmp_path / "out"))
    texts = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("综述.md")]
    assert len(texts) == 4
    assert not any("请补充" in text for text in texts)


def test_an_interrupted_run_leaves_only_whole_files(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def interrupted(path: Path, data: bytes) -> None:
        if len(made) == 5:
            raise KeyboardInterrupt
        made.append(path.relative_to(tmp_path / "out").as_posix())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    monkeypatch.setattr("perfeval.report.publishing._write", interrupted)
    assert command("render", folder, "-o", tmp_path / "out", "--formats", "md").code == 130
    assert sorted(files_below(tmp_path / "out")) == sorted(made)


HOUSE = "# {{ facts.project }}简况\n执行率{{ facts.budget.rate }}。\n"


def test_a_house_style_replaces_our_templates_one_by_one(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    house = tmp_path / "文风"
    house.mkdir()
    (house / "overview.j2").write_text(HOUSE, "utf-8")
    out = tmp_path / "out"
    assert command("render", folder, "-o", out, "--formats", "md", "--templates", house).code == 0
    text = (out / PROJECT / "综述.md").read_text("utf-8")
    assert text.startswith("# 养老服务体系建设运营补助资金项目简况\n\n执行率98.67%。")
    assert "摘要版" in (out / PROJECT / "摘要.md").read_text("utf-8")


DOUBLE = "{% set ns = namespace(t='长') %}"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("一\n二 {{ facts.", 2),
        ("一\n\n{{ facts.没有 }}", 3),
        ("{{ ().__class__.__mro__ }}", 1),
        ("{% for i in range(9) %}{% endfor %}", 1),
        ("{{ '长' * 99999999 }}", 1),
        ("{{ facts.__init__.__globals__ }}", 1),
        ("{% include '../../../etc/passwd' %}", 1),
        ("{{ 2 ** 9999999 }}", 1),
        ("一\n{{ facts.total.format_map({}) }}{{ 1 / 0 }}", 2),
        ("一\n{{ facts.project ~ facts.project }}", 2),
        ("{{ 'a' + 'a' }}", 1),
        ("{{ ask }}", 1),
        ("{{ [ask] | join }}", 1),
        ("{{ [1] + [1] }}", 1),
        (f"{DOUBLE}{'{% set ns.t = [ns.t, ns.t] | join %}' * 40}", 1),
        (f"{DOUBLE}{'{% set t %}{{ ns.t }}{{ ns.t }}{% endset %}{% set ns.t = t %}' * 40}", 1),
        (f"{DOUBLE}{'{% set ns.t = [ns.t, ns.t] %}' * 40}{{{{ ns.t }}}}", 1),
    ],
)
def test_a_wrong_or_hostile_template_is_an_error_with_its_line(
    command: Command, folder: Path, tmp_path: Path, template: str, line: int
) -> None:
    house = tmp_path / "文风"
    house.mkdir()
    (house / "overview.j2").write_text(template, "utf-8")
    outcome = command("render", folder, "-o", tmp_path / "out", "--templates", house)
    assert outcome.code == 2
    assert f"overview.j2:{line}：模板有误" in outcome.err
    assert not (tmp_path / "out").exists()


def test_the_bound_document_ends_with_the_charts(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Drawn in HTML, PDF and Word; told in words where no picture is printed."""
    assert command("render", folder, "-o", tmp_path / "out", "--formats", "html,md").code == 0
    page = (tmp_path / "out" / "绩效自评材料合订本.html").read_text("utf-8")
    assert page.count("<svg") == 2
    told = (tmp_path / "out" / "绩效自评材料合订本.md").read_text("utf-8")
    assert "养老服务体系建设运营补助资金项目98.67%" in told
    assert "产出指标得38.73分（满分40分）" in told


@pytest.mark.parametrize("document", ["disclosure", "whole", "duties", "bound"])
def test_one_document_may_be_written_alone(
    command: Command, folder: Path, tmp_path: Path, document: DocumentName
) -> None:
    """The same as among all documents."""
    out = tmp_path / "一份.md"
    outcome = command("render", folder, "-o", out, "--document", document)
    assert (outcome.code, outcome.out) == (0, f"已生成 {out}\n")
    report = perfeval.evaluate_department(folder)
    assert out.read_bytes() == perfeval.render(report, "md", document=document)
    assert command("render", folder, "-o", out, "--document", document).code == 2
    again = command("render", folder, "-o", out, "--document", document, "--force", "--json")
    assert json.loads(again.out)["document"] == document


def test_one_document_names_the_sheets_that_could_not_be_read(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    (folder / "坏.yaml").write_text("项目名称: 坏\n项目名称: 坏\n", "utf-8")
    outcome = command("render", folder, "-o", tmp_path / "一份.md", "--document", "disclosure")
    assert outcome.code == 2
    assert "坏.yaml:2:1" in outcome.err
    (folder / "department.yaml").write_text("部门名称: 某局\n", "utf-8")
    outcome = command("render", folder, "-o", tmp_path / "二.md", "--document", "disclosure")
    assert outcome.code == 2
    assert "SH101" in outcome.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--document", "overview"), "部门没有“overview”这种文档；可选：disclosure"),
        (("--document", "whole", "--formats", "pdf"), "--formats 只用于"),
        ((), "整个部门要写成文件夹"),
    ],
)
def test_what_does_not_go_together_is_refused(
    command: Command, folder: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    outcome = command("render", folder, "-o", tmp_path / "一份.md", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(said)
    assert not (tmp_path / "一份.md").exists()
