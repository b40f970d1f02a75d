"""``perfeval new``: a sheet to begin with, for every rulebook that ships."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from perfeval import evaluate, evaluate_department, load_rulebook, rulebook_ids
from perfeval.readers.departments import department_from_source
from perfeval.source import read_text
from tests.cli.conftest import Command


@pytest.mark.parametrize("rulebook", rulebook_ids())
def test_the_sheet_unchanged_only_asks_for_what_is_blank(
    command: Command, tmp_path: Path, rulebook: str
) -> None:
    path = tmp_path / "新表.yaml"
    outcome = command("new", "--rulebook", rulebook, "-o", path)
    assert (outcome.code, outcome.err) == (0, "")
    findings = evaluate(path).findings
    assert {finding.code for finding in findings} == {"SH101"}  # 缺少……
    for finding in findings:
        content = finding.excerpt.partition("#")[0].rstrip()
        assert content.endswith(":"), finding


@pytest.mark.parametrize("rulebook", rulebook_ids())
def test_the_sheet_filled_in_scores_full_points(
    command: Command, tmp_path: Path, rulebook: str
) -> None:
    """The weights that it starts with close by the rulebook."""
    lines = command("new", "--rulebook", rulebook).out.splitlines()
    filled = {
        "年度": "2023",
        "名称": "甲",
        "项目名称": "甲",
        "目标值": "≥95%",
        "完成值": "95%",
        "预算数": "10",
        "执行数": "10",
    }
    text = "\n".join(_fill(line, filled) for line in lines)
    path = tmp_path / "新表.yaml"
    path.write_text(text, "utf-8")
    report = evaluate(path)
    assert [str(finding) for finding in report.errors] == []
    assert report.scorecard is not None
    assert report.scorecard.gaps == ()
    weights = load_rulebook(rulebook).weights
    assert report.scorecard.total == (weights.full if weights.scored else None)


def _fill(line: str, contents: dict[str, str]) -> str:
    key = line.partition(":")[0].strip(" -")
    is_blank = line.partition("#")[0].rstrip().endswith(":")
    return (
        f"{line.partition('#')[0].rstrip()} {contents[key]}"
        if is_blank and key in contents
        else line
    )


def test_the_sheet_says_how_to_fill_it_in(command: Command) -> None:
    out = command("new", "--rulebook", "hubei-2020").out
    for words in (
        "评分办法: hubei-2020",
        "选一项：部门预算项目 / 区级专项 / 上级转移支付项目",
        "目标值: {值: 42, 文本: 42（3）}",
        "≤5300元/户",
        "已填报得分:",
        "合计 40 分",
    ):
        assert words in out


def test_an_existing_file_is_never_touched(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("原有内容", "utf-8")
    outcome = command("new", "--rulebook", "hubei-2020", "-o", path)
    assert outcome.code == 2
    assert "已经存在" in outcome.err
    assert path.read_text("utf-8") == "原有内容"


@pytest.mark.parametrize("path", ["没有的文件夹/甲.yaml", "a\0b"])
def test_a_place_that_cannot_be_written_ends_2(command: Command, tmp_path: Path, path: str) -> None:
    outcome = command("new", "--rulebook", "hubei-2020", "-o", f"{tmp_path}/{path}")
    assert outcome.code == 2
    assert "不能写入" in outcome.err


def test_without_a_rulebook_the_known_ones_are_listed(command: Command) -> None:
    outcome = command("new")
    assert (outcome.code, outcome.out) == (2, "")
    assert "请用 --rulebook 指明评分办法" in outcome.err
    for rulebook in rulebook_ids():
        assert rulebook in outcome.err


def test_a_rulebook_of_one_s_own_is_named_by_its_path(command: Command, tmp_path: Path) -> None:
    from perfeval._resources import rulebook_dir

    own = tmp_path / "自定 办法.yaml"
    own.write_bytes((rulebook_dir() / "hubei-2020" / "law.yaml").read_bytes())
    out = command("new", "--rulebook", own).out
    assert f'评分办法: "{own}"' in out


def test_json_has_the_text(command: Command) -> None:
    outcome = command("new", "--rulebook", "mof-2020", "--json")
    data = json.loads(outcome.out)
    assert "评分办法: mof-2020" in data["text"]
    assert data["output"] is None


def test_a_file_that_could_not_be_written_whole_does_not_stay(
    command: Command, tmp_path: Path, full_disk: None
) -> None:
    """Writes are atomic: nothing half written is taken for a sheet."""
    path = tmp_path / "甲.yaml"
    outcome = command("new", "--rulebook", "hubei-2020", "-o", path)
    assert (outcome.code, outcome.err) == (2, f"不能写入“{path}”：磁盘已满\n")
    assert list(tmp_path.iterdir()) == []


def test_a_department_s_file_unchanged_only_lacks_its_name_and_year(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "department.yaml"
    outcome = command("new", "--department", "--rulebook", "hubei-2020", "-o", path)
    assert (outcome.code, outcome.err) == (0, "")
    assert "放在一个文件夹里" in outcome.out
    found = evaluate_department(tmp_path).inspections[0].findings
    assert [finding.message for finding in found] == ["缺少“部门名称”", "缺少“年度”"]


def test_the_examples_of_a_department_s_file_fit_where_they_stand(command: Command) -> None:
    """What stands behind “例：” may be taken over as it is, with its sign of a comment removed."""
    text = command("new", "--department", "--rulebook", "hubei-2020").out
    text = re.sub(r"(?m)^( *\S+:) +# .*?例：([\[{].*[\]}]).*$", r"\1 \2", text)
    for heading in ("数字", "比率", "合计"):
        examples = re.search(rf"(?m)^# 例：\n((?:#  .*\n)+){heading}:\n", text)
        assert examples is not None
        plain = examples[1].replace("#", "")
        text = text.replace(examples[0], f"{heading}:\n{plain}")
    text = text.replace("部门名称:", "部门名称: 甲局").replace("年度:", "年度: 2023")
    read = department_from_source(read_text(text, "department.yaml"))
    assert read.findings == ()
    department = read.department
    assert department is not None
    assert list(department.figures) == ["年初项目支出", "项目支出决算"]
    assert department.shares[0].kind == "执行率"
    assert department.scope.left_out[0].name == "涉密项目"
    assert department.projects[0].name == "低保工作经费"
    assert department.abstracts == ("低保工作经费",)
    assert department.work[0].name == "养老服务"


@pytest.mark.parametrize("options", [(), ("--department",)])
def test_what_is_new_ends_with_one_line_end(
    command: Command, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = tmp_path / "新.yaml"
    command("new", "--rulebook", "hubei-2020", *options, "-o", path)
    written = path.read_text("utf-8")
    assert written == f"{written.rstrip()}\n"
    assert command("new", "--rulebook", "hubei-2020", *options).out == written
