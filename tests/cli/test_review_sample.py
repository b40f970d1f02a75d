"""``perfeval review sample``: drawn from trees and lists, written, and proved again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import openpyxl
import pytest

from perfeval.review.sampling import Draw
from perfeval.review.stored import from_stored

from .conftest import Command

SHEET = """\
评分办法: mof-2020
年度: 2024
项目名称: {name}
主管部门: {department}
预算: {{预算数: {money}, 执行数: {money}}}
指标:
  产出指标:
    数量指标:
      - {{名称: 完成数量, 分值: 90, 目标值: 10个, 完成值: 10个, 已填报得分: {filed}}}
"""
MONEY = {"清淤": "900", "护岸": "60.5", "巡查": "30", "监测": "9.5", "宣传": "8"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "全区"
    top.mkdir()
    for name, money in MONEY.items():
        text = SHEET.format(name=name, department="水务局", money=money, filed=90)
        (top / f"{name}.yaml").write_text(text, encoding="utf-8")
    text = SHEET.format(name="课桌", department="教育局", money="20", filed=95)
    (top / "课桌.yaml").write_text(text, encoding="utf-8")
    return top


@pytest.fixture
def named(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    rows = "".join(f"水务局,{name},{money}\n" for name, money in MONEY.items())
    path.write_text(f"部门,项目名称,资金（万元）\n{rows}", encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("序号,"))
    return list(csv.DictReader(io.StringIO("\n".join(lines[at:]))))


def test_a_sample_of_a_tree_is_written_and_proved(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    out = tmp_path / "抽样.csv"
    drawn = command("review", "sample", tree, "-n", "3", "--by", "资金", "--seed", "A7", "-o", out)
    assert drawn.code == 0
    assert "从 6 个项目里抽取 3 个（按资金，种子 A7），其中必抽 1 个" in drawn.out
    assert sum(row["抽中"] == "是" for row in rows(out)) == 3
    assert {row["项目名称"] for row in rows(out) if row["必抽"]} == {"清淤"}
    assert command("review", "sample", "--verify", out).code == 0
    assert command("review", "sample", tree, "--verify", out).code == 0


def test_the_printed_steps_lead_to_the_same_hashes(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    out = tmp_path / "抽样.csv"
    command("review", "sample", tree, "-n", "2", "--by", "资金", "--seed", "A7", "-o", out)
    table = rows(out)
    for row in table:
        assert row["SHA-256"] == hashlib.sha256(f"A7|{row['关键字']}".encode()).hexdigest()
    lines = sorted(f"{row['关键字']}|{row['大小']}" for row in table)
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert f"名单校验,{digest}" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("种子,A7", "种子,A8", "SHA-256 不符"),
        ("样本量,2", "样本量,3", "应抽中，文件里没有抽中"),
        (",900,", ",90,", "名单校验不符"),
    ],
)
def test_a_sample_that_was_changed_is_not_proved(
    tree: Path, tmp_path: Path, command: Command, old: str, new: str, said: str
) -> None:
    out = tmp_path / "抽样.csv"
    command("review", "sample", tree, "-n", "2", "--by", "资金", "--seed", "A7", "-o", out)
    text = out.read_bytes().decode()
    assert old in text
    out.write_bytes(text.replace(old, new).encode())
    result = command("review", "sample", "--verify", out)
    assert result.code == 1
    assert said in result.out


def test_a_tree_that_changed_since_is_told(tree: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "抽样.csv"
    command("review", "sample", tree, "-n", "2", "--by", "资金", "--seed", "A7", "-o", out)
    (tree / "巡查.yaml").unlink()
    result = command("review", "sample", tree, "--verify", out)
    assert result.code == 1
    assert "“2024|水务局||巡查”在文件的名单里，现在没有" in result.out


def test_a_list_is_drawn_from_without_a_tree(named: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "抽样.csv"
    arguments = ("review", "sample", "--list", named, "-n", "2", "--by", "资金", "--seed", "甲")
    assert command(*arguments, "-o", out).code == 0
    assert {row["关键字"] for row in rows(out)} == {f"|水务局||{name}" for name in MONEY}
    assert command("review", "sample", "--list", named, "--verify", out).code == 0


@pytest.mark.parametrize(
    ("heads", "by", "column"),
    [
        ("部门,项目名称,资金（万元）", "风险", "涉及分值"),
        ("部门,项目名称,备注", "单位,资金", "资金"),
    ],
)
def test_a_list_without_the_sizes_by_which_is_drawn_says_so(
    named: Path, command: Command, heads: str, by: str, column: str
) -> None:
    lines = named.read_text("utf-8").splitlines()[1:]
    named.write_text("\n".join((heads, *lines)), "utf-8")
    words = ("review", "sample", "--list", named, "-n", "2", "--seed", "甲")
    outcome = command(*words, "--by", by)
    assert outcome.code == 0
    assert f"没有“{column}”这一栏" in outcome.err
    assert "同一层里各项目机会相等" in outcome.out.replace("\n", "")
    outcome = command(*words, "--by", "单位")
    assert "机会相等" not in outcome.out + outcome.err


def test_sizes_that_are_there_are_not_said_to_be_lacking(named: Path, command: Command) -> None:
    words = ("review", "sample", "--list", named, "-n", "2", "--seed", "甲", "--by", "资金")
    outcome = command(*words)
    assert "机会相等" not in outcome.out + outcome.err


def test_money_of_a_list_in_yuan_is_drawn_in_wan(tmp_path: Path, command: Command) -> None:
    path, out = tmp_path / "名单.csv", tmp_path / "抽样.csv"
    path.write_text("项目名称,资金（元）\n清淤,125000\n", encoding="utf-8")
    command("review", "sample", "--list", path, "-n", "1", "--by", "资金", "--seed", "1", "-o", out)
    assert rows(out)[0]["大小"] == "12.5"


def test_risk_is_the_points_that_hang_on_what_was_found(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    out = tmp_path / "抽样.csv"
    command("review", "sample", tree, "-n", "1", "--by", "风险", "--seed", "1", "-o", out)
    sized = {row["项目名称"]: row["大小"] for row in rows(out) if not row["层"]}
    assert "课桌" in sized


def test_an_office_has_a_stratum_of_its_own(tree: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "抽样.csv"
    command("review", "sample", tree, "-n", "3", "--by", "单位,资金", "--seed", "1", "-o", out)
    drawn = [row["层"] for row in rows(out) if row["抽中"]]
    assert sorted(drawn) == ["教育局", "水务局", "水务局"]


def test_every_format_has_the_sample_and_its_method(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    book, page, data = (tmp_path / f"抽样{ending}" for ending in (".xlsx", ".html", ".json"))
    command(
        *("review", "sample", tree, "-n", "2", "--by", "资金", "--seed", "A7"),
        *("-o", book, "-o", page, "-o", data),
    )
    assert openpyxl.load_workbook(book).sheetnames == ["抽中的项目", "各层", "名单", "说明"]
    assert "Hartley 与 Rao" in page.read_text(encoding="utf-8")
    found = from_stored(Draw, json.loads(data.read_text(encoding="utf-8"))["draw"])
    assert len(found.drawn) == 2


def test_what_cannot_be_read_is_out_of_the_list_and_said(
    tree: Path, tmp_path: Path, command: Command
) -> None:
    (tree / "坏.yaml").write_text("年度: 2024\n项目名称: 坏\n指标: 3\n", encoding="utf-8")
    result = command("review", "sample", tree, "-n", "2", "--seed", "1")
    assert "不在名单里的" in result.out
    assert "坏.yaml：没有读通，抽不到" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{tree}", "-n", "2"], "请写种子：--seed"),
        (["{tree}", "--seed", "1"], "请写要抽多少个：-n"),
        (["-n", "2", "--seed", "1"], "从文件夹抽写 TREE，从名单抽写 --list"),
        (["{tree}", "-n", "0", "--seed", "1"], "应是正整数"),
        (["{tree}", "-n", "2", "--seed", "1", "--by", "运气"], "--by 可用"),
        (["{tree}", "-n", "2", "--seed", "1", "--by", "资金,风险"], "只能按一样定概率"),
        (["--verify", "没有.csv"], "没有这个文件“没有.csv”"),
        (["--verify", "{tree}/清淤.yaml"], "不是抽样表：没有“关键字”这一栏"),
    ],
)
def test_what_is_no_sample_is_refused(
    tree: Path, command: Command, arguments: list[str], said: str
) -> None:
    result = command("review", "sample", *(one.format(tree=tree) for one in arguments))
    assert result.code == 2
    assert said in result.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("样本量,2", "样本量,两", "没有写明“样本量”，或不是正整数"),
        ("方式,资金", "方式,运气", "“方式”应是"),
        ("方式,资金", "方式,资金、风险", "资金、风险只能有一样"),
        ("方式,资金", "方式,资金、资金", "资金、风险只能有一样"),
        (",SHA-256,", ",校验,", "缺少“SHA-256”栏"),
        ("2024|水务局||护岸", "2024|水务局||巡查", "有两行"),
        (",60.5,", ",六十,", "不是数"),
    ],
)
def test_a_file_that_states_no_sample_is_refused(
    tree: Path, tmp_path: Path, command: Command, old: str, new: str, said: str
) -> None:
    out = tmp_path / "抽样.csv"
    command("review", "sample", tree, "-n", "2", "--by", "资金", "--seed", "A7", "-o", out)
    text = out.read_bytes().decode()
    assert old in text
    out.write_bytes(text.replace(old, new).encode())
    result = command("review", "sample", "--verify", out)
    assert result.code == 2
    assert said in result.err


def test_two_offices_may_have_projects_of_one_name(tmp_path: Path, command: Command) -> None:
    for office in ("教育局", "水务局"):
        folder = tmp_path / "全区" / office
        folder.mkdir(parents=True)
        text = SHEET.format(name="设备购置", department=office, money="20", filed=90)
        (folder / "表.yaml").write_text(text, encoding="utf-8")
    result = command("review", "sample", tmp_path / "全区", "-n", "2", "--seed", "1")
    assert "从 2 个项目里抽取 2 个" in result.out
