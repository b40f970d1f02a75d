"""``score`` and ``check`` over many sheets: as they come, over processes, and after an end."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfeval import evaluate, evaluate_department
from perfeval.checks.settling import CheckOptions
from perfeval.cli.inputs import each_sheet
from perfeval.cli.many.check_view import CheckView
from perfeval.cli.many.formats import JsonFormat, SarifFormat, row_format
from perfeval.cli.many.outcomes import Evaluation, FileOutcome
from perfeval.cli.many.running import Progress
from perfeval.documents.findings.reports import write_report
from perfeval.readers import files
from perfeval.readers.files import FilePath
from perfeval.reading.answers import Answers
from tests.cli.conftest import Command, Outcome
from tests.cli.conftest import command as command  # noqa: PLC0414 - the fixture
from tests.many.making import make_tree

COUNT, SEED = 45, 11
SCORED = ("-o", "得分.csv", "--indicators", "指标.jsonl", "--findings", "发现.csv")
CHECKED = ("-o", "发现.sarif", "-o", "发现.json", "-o", "发现.jsonl", "-o", "发现.csv")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a tree of sheets, beside which the files are written."""
    make_tree(tmp_path / "全区", COUNT, SEED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path) -> dict[str, bytes]:
    """Return the files that were written, by their names."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def cleared(folder: Path) -> dict[str, bytes]:
    """Return the files that were written, and take them away."""
    found = written(folder)
    for name in found:
        (folder / name).unlink()
    return found


@pytest.mark.parametrize(
    "words", [("score", *SCORED), ("check", *CHECKED), ("check", "--copies", *CHECKED)]
)
def test_two_processes_write_what_one_writes(
    command: Command, tree: Path, words: tuple[str, ...]
) -> None:
    alone = command(*words, "全区")
    first = cleared(tree)
    shared = command(*words, "全区", "--jobs", "2")
    assert written(tree) == first
    assert shared == alone
    assert len(first) == len(
        [word for word in words if word.startswith("-") and word != "--copies"]
    )


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_what_is_written_as_it_comes_is_what_is_written_at_once(
    command: Command, tree: Path, form: str
) -> None:
    inspections = [evaluate(name).inspection for name in each_sheet(["全区"])]
    whole = write_report(inspections, form).decode()
    assert command("check", "全区", "--format", form).out == whole


def test_a_sheet_whose_name_ends_like_that_of_a_departments_file_is_scored(
    command: Command, tree: Path
) -> None:
    shutil.copy(next((tree / "全区").rglob("*.yaml")), tree / "全区" / "my_department.yaml")
    assert "全区/my_department.yaml" in [os.fspath(name) for name in each_sheet(["全区"])]
    assert f"共 {COUNT + 1} 张自评表" in command("score", "全区", "--summary").out


def test_a_folder_below_that_cannot_be_opened_is_said(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tree / "全区" / "关着"
    closed.mkdir()

    def refusing(opened: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def opening(path: Any = ".") -> Any:
            if Path(path) == Path("全区/关着"):
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path)

        return opening

    monkeypatch.setattr(os, "listdir", refusing(os.listdir))
    monkeypatch.setattr(Path, "iterdir", refusing(Path.iterdir))
    for words in (("score", "-o", "得分.csv"), ("check", "-o", "发现.csv")):
        assert command(*words, "全区").code == 2
        name = words[-1]
        lines = Path(name).read_text("utf-8-sig").splitlines()
        assert len([line for line in lines if line.startswith("全区/关着,")]) == 1
    assert "关着" in command("score", "全区").err


def test_json_of_many_scores_is_that_of_each(command: Command, tree: Path) -> None:
    data = json.loads(command("score", "全区", "--json").out)
    names = [os.fspath(name) for name in each_sheet(["全区"])]
    assert [report["name"] for report in data["reports"]] == names
    one = json.loads(command("score", names[7], "--json").out)
    assert data["reports"][7] == one["reports"][0]


def test_every_sheet_has_a_row_and_a_broken_one_says_why(command: Command, tree: Path) -> None:
    (tree / "全区" / "坏.yaml").write_text("项目名称: [没有收尾\n", "utf-8")
    outcome = command("score", "全区", *SCORED)
    assert outcome.code == 2
    with Path("得分.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["文件"] for row in rows] == [os.fspath(one) for one in each_sheet(["全区"])]
    broken = next(row for row in rows if row["文件"].endswith("坏.yaml"))
    assert broken["没有结果的原因"]
    assert not broken["总分"]
    report = evaluate(rows[1]["文件"])
    assert report.scorecard is not None
    lines = Path("指标.jsonl").read_text("utf-8").splitlines()
    own = [line for line in map(json.loads, lines) if line["file"] == rows[1]["文件"]]
    assert [line["name"] for line in own] == [line.name for line in report.scorecard.lines]


def test_the_hash_in_a_row_is_that_of_the_file_or_none(command: Command, tree: Path) -> None:
    """Of a text that is too long no more is read than shows it: no hash is of the whole."""
    (tree / "全区" / "长.yaml").write_bytes(b"# 1\n" * 2_000_000)
    command("score", "全区", "-o", "得分.csv")
    with Path("得分.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == COUNT + 1
    for row in rows:
        own = hashlib.sha256(Path(row["文件"]).read_bytes()).hexdigest()
        assert row["内容的SHA-256"] == ("" if row["文件"].endswith("长.yaml") else own)


class _Stop:
    """Interrupts a run when so many files are done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        step = Progress.step

        def stopping(progress: Progress) -> None:
            step(progress)
            if progress.count == after:
                raise KeyboardInterrupt

        monkeypatch.setattr(Progress, "step", stopping)


def interrupted(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], after: int
) -> Outcome:
    """Run a command that is interrupted when so many files are done."""
    with monkeypatch.context() as patch:
        _Stop(patch, after)
        return command(*words)


@pytest.mark.parametrize("words", [("score", "全区", *SCORED), ("check", "全区", *CHECKED)])
@pytest.mark.parametrize("after", [1, 20, COUNT])
def test_an_interrupted_run_goes_on_to_the_same_files(
    command: Command,
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    after: int,
) -> None:
    undisturbed = command(*words)
    whole = cleared(tree)
    outcome = interrupted(command, monkeypatch, words, after)
    assert outcome.code == 130
    assert f"已中断：做完 {after} 个文件" in outcome.err
    assert "--resume" in outcome.err
    assert not any(name in whole for name in written(tree))
    refused = command(*words)
    assert refused.code == 2
    assert "上次没有做完" in refused.err
    assert command(*words, "--resume") == undisturbed
    assert written(tree) == whole


def test_what_is_done_is_not_done_again(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("score", "全区", *SCORED)
    interrupted(command, monkeypatch, words, 30)
    evaluated: list[str] = []
    outcome = Evaluation.outcome

    def counting(evaluation: Evaluation, task: FilePath | FileOutcome) -> FileOutcome:
        if not isinstance(task, FileOutcome):
            evaluated.append(os.fspath(task))
        return outcome(evaluation, task)

    monkeypatch.setattr(Evaluation, "outcome", counting)
    command(*words, "--resume")
    assert COUNT - 30 <= len(evaluated) <= COUNT - 30 + 3  # what has no result is looked at again


@pytest.mark.parametrize("words", [("score", "全区", *SCORED), ("check", "全区", *CHECKED)])
def test_a_run_that_is_done_has_nothing_to_go_on_with(
    command: Command, tree: Path, words: tuple[str, ...]
) -> None:
    command(*words)
    made = written(tree)
    outcome = command(*words, "--resume")
    assert outcome.code == 2
    assert "上次已经做完，没有要接着做的；要重做请加 --force" in outcome.err
    assert "已经存在" not in outcome.err
    assert written(tree) == made
    again = command(*words, "--resume", "--force")
    assert "上次已经做完" not in again.err
    assert written(tree) == made


def test_a_file_that_is_read_is_no_finished_output(command: Command, tree: Path) -> None:
    """The file of answers as an output of --resume: it is refused as what is read."""
    (tree / "确认.csv").write_text("", "utf-8")
    outcome = command("score", "全区", "--resume", "-o", "确认.csv", "--answers", "确认.csv")
    assert outcome.code == 2
    assert "是这次要读的文件" in outcome.err


_Change = Callable[[list[Path]], None]


def _changed(paths: list[Path]) -> None:
    paths[3].write_text(
        paths[3].read_text("utf-8").replace("年度: 2", "金额单位: 元\n年度: 2"), "utf-8"
    )


def _gone(paths: list[Path]) -> None:
    paths[5].unlink()


def _come(paths: list[Path]) -> None:
    shutil.copy(paths[8], paths[2].with_name("000000新.yaml"))


def _all(paths: list[Path]) -> None:
    _changed(paths)
    _gone(paths)
    _come(paths)


@pytest.mark.parametrize("change", [_changed, _gone, _come, _all])
@pytest.mark.parametrize("words", [("score", "全区", *SCORED), ("check", "全区", *CHECKED)])
def test_a_run_goes_on_among_files_that_changed(
    command: Command,
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    change: _Change,
) -> None:
    interrupted(command, monkeypatch, words, 25)
    change([Path(name) for name in each_sheet(["全区"])])
    command(*words, "--resume", "--jobs", "2")
    resumed = cleared(tree)
    command(*words)
    assert written(tree) == resumed


def test_a_file_counts_again_whose_typed_sheet_has_gone_beside_a_department(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = (
        "评分办法: hubei-2020\n年度: 2023\n项目名称: {0}\n预算: {{预算数: 100, 执行数: 90}}\n"
        "指标:\n  - {{一级指标: 产出指标, 二级指标: 数量指标, 名称: 座, 分值: 40, 目标值: 3座,"
        " 完成值: 2座}}\n"
    )
    for place, names in (("局", "甲乙"), ("散", "丙丁")):
        (tree / place).mkdir()
        for name in names:
            (tree / place / f"{name}.yaml").write_text(sheet.format(name), "utf-8")
    (tree / "局" / "department.yaml").write_text(
        "评分办法: hubei-2020\n年度: 2023\n部门名称: 示例局\n", "utf-8"
    )
    command("render", "散/丙.yaml", "-o", "散/表.docx")
    words = ("check", "局", "散", "-o", "发现.jsonl")
    interrupted(command, monkeypatch, words, 4)
    (tree / "散" / "丙.yaml").unlink()
    resumed = command(*words, "--resume")
    found = cleared(tree)
    assert command(*words) == resumed
    assert written(tree) == found
    assert "散/表.docx".encode() in found["发现.jsonl"]


def test_a_file_that_was_torn_is_mended(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed, or a machine, leaves ends that were not written out."""
    words = ("check", "全区", *CHECKED)
    command(*words)
    whole = cleared(tree)
    chance = random.Random(5)
    for _ in range(6):
        interrupted(command, monkeypatch, words, 30)
        for name in written(tree):
            path = tree / name
            raw = path.read_bytes()
            end = chance.randint(len(raw) // 2, len(raw))
            path.write_bytes(raw[:end] + b"{\x00" * chance.randint(0, 2))
        command(*words, "--resume")
        assert cleared(tree) == whole


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"name":', '"nome":'),
        ('"pieces": [', '"pieces": [{}, '),
        ('"at": [', '"at": [-'),
        ('"kept": true', '"kept": null'),
        ('"digest": "', '"digest": 0, "x": "'),
    ],
)
def test_a_journal_that_somebody_changed_is_not_believed(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch, was: str, now: str
) -> None:
    words = ("score", "全区", *SCORED)
    command(*words)
    whole = cleared(tree)
    interrupted(command, monkeypatch, words, 30)
    journal = tree / "得分.csv.journal"
    lines = journal.read_text("utf-8").splitlines()
    assert was in lines[9]
    lines[9] = lines[9].replace(was, now)
    journal.write_text("\n".join([*lines, ""]), "utf-8")
    command(*words, "--resume")
    assert cleared(tree) == whole


def test_another_rulebook_begins_anew(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(command, monkeypatch, ("score", "全区", *SCORED), 25)
    outcome = command("score", "全区", *SCORED, "--resume", "--rulebook", "mof-2020")
    assert "从头做" in outcome.err
    resumed = cleared(tree)
    command("score", "全区", *SCORED, "--rulebook", "mof-2020")
    assert written(tree) == resumed


@pytest.mark.parametrize(
    ("words", "others"),
    [
        (("score", "--indicators", "行.jsonl"), ("score", "--findings", "行.jsonl")),
        (("score", "-o", "行.csv"), ("score", "--indicators", "行.csv")),
        (
            ("check", "-o", "行.out", "--format", "json"),
            ("check", "-o", "行.out", "--format", "sarif"),
        ),
    ],
)
def test_a_file_of_the_same_name_and_another_format_begins_anew(
    command: Command,
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    interrupted(command, monkeypatch, (*words, "全区"), 25)
    outcome = command(*others, "全区", "--resume")
    assert "从头做" in outcome.err
    resumed = cleared(tree)
    command(*others, "全区")
    assert written(tree) == resumed


def test_a_rulebook_of_ones_own_that_changed_scores_again(
    command: Command, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path("全区/本区.yaml")
    command("rulebooks", "new", "--from", "mof-2020", "-o", str(own))
    (tree / "全区" / "表.yaml").write_text(
        "评分办法: 本区.yaml\n年度: 2023\n项目名称: 甲\n预算: {预算数: 100, 执行数: 90}\n"
        "指标:\n  - {一级指标: 产出指标, 二级指标: 数量指标, 名称: 座, 分值: 90, 目标值: ≥3,"
        " 完成值: 2}\n",
        "utf-8",
    )
    words = ("score", "全区", *SCORED)
    interrupted(command, monkeypatch, words, COUNT + 2)
    own.write_text(own.read_text("utf-8") + "\n# 改过\n", "utf-8")
    command(*words, "--resume")
    resumed = cleared(tree)
    command(*words)
    assert written(tree) == resumed


def test_copies_are_those_that_a_department_has(command: Command, tmp_path: Path) -> None:
    """The same sheets in a folder of no department, and among them what a department finds."""
    make_tree(tmp_path / "散", 30, 3)
    flat = tmp_path / "局"
    flat.mkdir()
    for path in sorted((tmp_path / "散").rglob("*.yaml")):
        shutil.copy(path, flat / path.name)
    outcome = command("check", str(flat), "--copies", "--select", "DP206", "--json")
    found = [
        finding["message"]
        for inspection in json.loads(outcome.out)["inspections"]
        for finding in inspection["findings"]
        if finding["code"] == "DP206"
    ]
    (flat / "department.yaml").write_text(
        "部门名称: 某局\n年度: 2023\n评分办法: hubei-2020\n", "utf-8"
    )
    report = evaluate_department(flat)
    expected = [item.message for item in report.findings if item.code == "DP206"]
    assert len(expected) > 3
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("words", [(), ("-o", "发现.csv")])
def test_what_stands_between_sheets_is_no_file(
    command: Command, tree: Path, words: tuple[str, ...]
) -> None:
    alone = command("check", "全区")
    asked = command("check", "全区", "--copies", *words)
    said = re.compile(r"\d+ 份材料")
    assert said.findall(asked.out + asked.err) == said.findall(alone.out + alone.err) != []


def test_copies_are_not_looked_for_unasked(command: Command, tree: Path) -> None:
    assert "DP206" not in command("check", "全区", "--json").out
    asked = command("check", "全区", "--json", "--copies").out
    assert "DP206" in asked


@pytest.mark.parametrize("jobs", ["-1", "x", "1.5", "999", "２"])
def test_no_nonsense_for_processes(command: Command, tree: Path, jobs: str) -> None:
    outcome = command("score", "全区", "--jobs", jobs)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--jobs" in outcome.err


def test_going_on_needs_a_file(command: Command, tree: Path) -> None:
    assert "--resume 要和 -o 一起用" in command("score", "全区", "--resume").err
    assert "--resume" in command("check", "全区", "--resume", "-o", "a.html").err


def test_the_first_sheet_of_a_tree_is_there_before_the_tree_is_known(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    names_in = files._names_in

    def counting(folder: Path) -> list[str]:
        opened.append(folder.name)
        return names_in(folder)

    monkeypatch.setattr(files, "_names_in", counting)
    names = each_sheet(["全区"])
    next(names)
    assert len(opened) <= 3
    assert len(list(names)) == COUNT - 1
    assert len(opened) > 8


def test_the_summary_of_many_is_shown_as_they_come(command: Command, tree: Path) -> None:
    lines = command("score", "全区", "--summary").out.splitlines()
    assert lines[0].split()[0] == "项目"
    assert len(lines) >= COUNT + 3
    assert f"共 {COUNT} 张自评表" in lines[-2]


def test_the_worst_of_many_come_first_in_the_summary_behind_the_findings(
    command: Command, tree: Path
) -> None:
    out = command("check", "全区").out
    summary = out[out.rindex("材料 ") :].splitlines()[1:]
    errors = [int(line.split()[1]) for line in summary if line.count("  ") and line[-1:].isdigit()]
    assert errors == sorted(errors, reverse=True)
    assert f"{COUNT} 份材料" in out


@pytest.mark.parametrize("words", [("--format", "html"), ("--format", "html", "-o", "页面")])
def test_a_page_is_a_page_of_many_sheets_too(
    command: Command, tree: Path, words: tuple[str, ...]
) -> None:
    shown = command("check", "全区", *words)
    page = (tree / "页面").read_text(encoding="utf-8") if "-o" in words else shown.out
    assert page.startswith("<!DOCTYPE html>")
    refused = command("check", "全区", "--copies", "--force", *words)
    assert (refused.code, "--format html" in refused.err) == (2, True)


@pytest.mark.parametrize("option", ["--baseline", "--rulebook"])
def test_no_output_is_written_over_what_is_read(command: Command, tree: Path, option: str) -> None:
    command("check", "全区", "--write-baseline", "读的.json")
    before = (tree / "读的.json").read_bytes()
    command("check", "全区", "-o", "发现.json")
    words = ("-o", "发现.json", "-o", "读的.json", option, "读的.json", "--force")
    refused = command("check", "全区", *words)
    assert (refused.code, "不能覆盖" in refused.err) == (2, True)
    assert (tree / "读的.json").read_bytes() == before


@pytest.mark.parametrize("word", ["--ledger", "--fix"])
def test_no_finding_is_a_file_without_rows(command: Command, tree: Path, word: str) -> None:
    (tree / "甲.yaml").write_text("评分办法: hubei-2020\n年度: 2023\n项目名称: 甲\n", "utf-8")
    shown = command("check", "甲.yaml", "--select", "ST", word, "-o", "发现.jsonl")
    assert (shown.code, (tree / "发现.jsonl").read_bytes()) == (0, b"")


def test_the_rows_of_what_was_fixed_name_the_department(command: Command, tree: Path) -> None:
    text = "评分办法: hubei-2020\n年度: 2023\n项目名称: 甲\n主管部门: 民政局\n"
    (tree / "甲.yaml").write_text(text, "utf-8")
    command("check", "甲.yaml", "-o", "前.csv")
    command("check", "甲.yaml", "--fix", "-o", "后.csv")
    assert (tree / "后.csv").read_bytes() == (tree / "前.csv").read_bytes()
    assert "民政局" in (tree / "后.csv").read_text("utf-8")


@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_rows_beside_a_page_are_those_that_are_written_as_they_come(
    command: Command, tree: Path, ending: str
) -> None:
    """A page needs all sheets at once, and the rows are the same."""
    alone = command("check", "全区", "-o", f"甲{ending}")
    beside = command("check", "全区", "-o", f"乙{ending}", "-o", "乙.html")
    assert beside.code == alone.code
    lines = [(tree / f"{name}{ending}").read_text("utf-8-sig").splitlines() for name in "甲乙"]
    assert lines[0] == lines[1]
    assert len(lines[0]) > COUNT


def test_standard_input_is_read_beside_other_processes(tree: Path) -> None:
    sheet = (tree / "全区").rglob("*.yaml")
    text = next(path for path in sorted(sheet) if evaluate(path).is_read).read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "perfeval", "score", "全区", "-", "-o", "得分.csv", "--jobs", "2"],
        input=text,
        capture_output=True,
        check=False,
        cwd=tree,
    )
    assert done.returncode == 0, done.stderr
    row = (tree / "得分.csv").read_text("utf-8-sig").splitlines()[-1]
    assert row.startswith("标准输入,,,")


def test_what_goes_to_the_processes_pickles(tree: Path) -> None:
    """Where processes are not copies of this one (Windows, macOS), they get it in this way."""
    terms = CheckOptions(today="2024-05-01", waivers=(), baseline=frozenset({"甲"}))
    view = CheckView(
        formats=(row_format("a.csv", "findings") or JsonFormat(), SarifFormat()),
        screen=None,
        is_shown=False,
        with_hints=True,
        ambiguous=1,
    )
    evaluation = Evaluation(view, None, None, terms, Answers(), has_journal=True)
    again = pickle.loads(pickle.dumps(evaluation))
    name = next(each_sheet(["全区"]))
    outcome = again.outcome(name)
    assert outcome == evaluation.outcome(name)
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_points_of_any_size_are_ranked(command: Command, tree: Path) -> None:
    """A slip of the pen gives a row more points than an integer of a database has digits."""
    sheet = (
        "评分办法: hubei-2020\n年度: 2023\n项目名称: {0}\n预算: {{预算数: 100, 执行数: 90}}\n"
        "指标:\n  - {{一级指标: 产出指标, 二级指标: 数量指标, 名称: 座, 分值: {1}, 目标值: 10公里,"
        " 完成值: 5公里}}\n"
    )
    for name, weight in (("小", 9), ("大", "9" * 20), ("中", "9" * 13)):
        (tree / "全区" / f"{name}.yaml").write_text(sheet.format(name, weight), "utf-8")
    outcome = command("check", "全区")
    assert outcome.code == 1
    lines = outcome.out[outcome.out.rindex("材料 ") :].splitlines()
    names = [line.split()[0] for line in lines if line.split()]
    assert [name for name in names if name in ("大", "中", "小")] == ["大", "中", "小"]
