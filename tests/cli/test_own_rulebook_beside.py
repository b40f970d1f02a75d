"""A rulebook of one's own, and a file of waivers, that lie beside the sheets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SHEET, Command

OWN = """\
编号: {name}
名称: 我区的办法
地区: 我区
版本: "1"
继承: hubei-2020
预算执行: {{来源: 甲, 执行率取值: {{位数: {digits}}}}}
"""
WAIVERS = """\
校核豁免:
  - {编号: PT101, 项目: 甲, 理由: 已核实, 批准: 张三, 有效期至: 2999-01-01}
"""
DEPARTMENT = "评分办法: 我区.yaml\n年度: 2023\n部门名称: 某局\n"


def own(folder: Path, name: str = "my-rulebook", digits: int = 2) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "我区.yaml"
    path.write_text(OWN.format(name=name, digits=digits), "utf-8")
    return path


def sheet(folder: Path, name: str = "甲") -> Path:
    folder.mkdir(exist_ok=True)
    text = SHEET.format(name=name, filed="18", actual="10").replace("hubei-2020", "我区.yaml")
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return a department's folder with its own rulebook and waivers beside the sheets."""
    folder = tmp_path / "部门"
    own(folder)
    sheet(folder)
    sheet(folder, "乙")
    (folder / "豁免.yaml").write_text(WAIVERS, "utf-8")
    (folder / "department.yaml").write_text(DEPARTMENT, "utf-8")
    return folder


def test_compare_finds_the_sheets_own_rulebook_beside_the_sheet(
    command: Command, tmp_path: Path
) -> None:
    own(tmp_path / "区")
    outcome = command("compare", sheet(tmp_path / "区"), "--rulebook", "mof-2020")
    assert (outcome.code, outcome.err) == (0, "")
    assert "my-rulebook" in outcome.out


def test_compare_never_takes_a_rulebook_of_the_same_name_from_elsewhere(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path / "区")
    own(tmp_path / "别处", "other")
    path = sheet(tmp_path / "区")
    monkeypatch.chdir(tmp_path / "别处")
    data = json.loads(command("compare", path, "--rulebook", "mof-2020", "--json").out)
    assert [item["label"] for item in data["rulebooks"]] == ["my-rulebook", "mof-2020"]


def test_compare_tells_two_rulebooks_of_one_name_and_id_apart(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path / "区", digits=2)
    own(tmp_path / "别处", digits=3)
    path = sheet(tmp_path / "区")
    monkeypatch.chdir(tmp_path / "别处")
    data = json.loads(command("compare", path, "--rulebook", "我区.yaml", "--json").out)
    assert len({item["label"] for item in data["rulebooks"]}) == 2


def test_compare_with_the_sheets_own_rulebook_alone_asks_for_another(
    command: Command, tmp_path: Path
) -> None:
    book = own(tmp_path / "区")
    outcome = command("compare", sheet(tmp_path / "区"), "--rulebook", book)
    assert outcome.code == 2
    assert "至少要有两个不同的评分办法" in outcome.err


@pytest.mark.parametrize(
    ("folder", "named", "path"),
    [
        ("全区", "我区.yaml", "../办法/我区.yaml"),
        ("全区/民政局", "我区.yaml", "../../办法/我区.yaml"),
        ("全区", "规则/我区.yaml", "../办法/我区.yaml"),
    ],
)
def test_a_rulebook_named_without_its_folder_is_answered_with_its_path(
    command: Command, tmp_path: Path, folder: str, named: str, path: str
) -> None:
    """What the hint says is what works then."""
    own(tmp_path / "办法")
    (tmp_path / folder).mkdir(parents=True)
    written = sheet(tmp_path / folder)
    text = written.read_text("utf-8")
    words = ("score", str(tmp_path / "全区"), "--rulebooks", str(tmp_path / "办法"))
    written.write_text(text.replace("我区.yaml", named), "utf-8")
    refused = command(*words)
    assert refused.code == 2
    assert f"“评分办法: {path}”" in refused.err
    written.write_text(text.replace("我区.yaml", path), "utf-8")
    assert command(*words).code == 0


@pytest.mark.parametrize("named", ["别区.yaml", f"{'长' * 300}.yaml", "我区"])
def test_a_rulebook_that_is_nowhere_has_no_path(
    command: Command, tmp_path: Path, named: str
) -> None:
    own(tmp_path / "办法")
    written = sheet(tmp_path / "全区")
    written.write_text(written.read_text("utf-8").replace("我区.yaml", named), "utf-8")
    outcome = command("score", tmp_path / "全区", "--rulebooks", tmp_path / "办法")
    assert outcome.code == 2
    assert "在别的文件夹里" not in outcome.err


def test_a_rulebook_and_waivers_beside_the_sheets_are_named_and_not_scored(
    command: Command, whole: Path
) -> None:
    outcome = command("score", whole)
    assert outcome.code == 0, outcome.err
    assert "共 2 张自评表" in outcome.out
    assert "没有读通" not in outcome.out
    assert outcome.err.splitlines() == [
        f"{whole}/我区.yaml：评分办法，不是自评表，不计分",
        f"{whole}/豁免.yaml：校核豁免，不是自评表，不计分",
    ]


def test_a_department_has_no_project_for_its_rulebook(
    command: Command, whole: Path, tmp_path: Path
) -> None:
    checked = command("check", whole)
    assert "我区.yaml:" not in checked.out
    assert "3 份材料" in checked.out
    assert "SH102" not in checked.out
    assert f"{whole}/我区.yaml：评分办法，不是自评表" in checked.err
    outcome = command("render", whole, "-o", tmp_path / "出", "--formats", "md")
    assert outcome.code == 0, outcome.err
    text = (tmp_path / "出" / "预算绩效情况说明.md").read_text("utf-8")
    assert "没有读通" not in text
    assert f"{whole}/我区.yaml：评分办法，不是自评表" in outcome.err


def test_a_folder_of_rulebooks_alone_has_no_sheet(command: Command, tmp_path: Path) -> None:
    own(tmp_path / "办法")
    outcome = command("score", tmp_path / "办法")
    assert outcome.code == 2
    assert "没有自评表" in outcome.err


def test_a_rulebook_that_is_named_as_a_sheet_is_one_error(command: Command, tmp_path: Path) -> None:
    path = own(tmp_path)
    outcome = command("score", path)
    assert outcome.code == 2
    assert "这是评分办法，不是自评表" in outcome.err
    assert outcome.err.count("错误") == 1


def test_a_sheet_that_lacks_its_name_stays_a_sheet(command: Command, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    path.write_text(path.read_text("utf-8").replace("项目名称: 甲\n", ""), "utf-8")
    outcome = command("score", tmp_path)
    assert outcome.code == 2
    assert "项目名称" in outcome.err


def test_a_new_sheet_names_its_rulebook_as_seen_from_its_own_folder(
    command: Command, tmp_path: Path
) -> None:
    book = own(tmp_path / "区")
    path = tmp_path / "区" / "新.yaml"
    assert command("new", "--rulebook", book, "-o", path).code == 0
    assert "评分办法: 我区.yaml" in path.read_text("utf-8").splitlines()
    path = tmp_path / "区" / "department.yaml"
    assert command("new", "--department", "--rulebook", book, "-o", path).code == 0
    assert "评分办法: 我区.yaml" in path.read_text("utf-8").splitlines()


def test_a_new_sheet_whose_rulebook_lies_elsewhere_says_what_to_add(
    command: Command, tmp_path: Path
) -> None:
    book = own(tmp_path / "办法 甲")
    (tmp_path / "表").mkdir()
    outcome = command("new", "--rulebook", book, "-o", tmp_path / "表" / "新.yaml")
    assert f'--rulebooks "{book.parent}"' in outcome.out


def test_a_sheet_that_lacks_its_name_is_a_sheet_with_an_error(
    command: Command, tmp_path: Path
) -> None:
    """Money or indicators make it one, whatever else is written: it is never passed over."""
    own(tmp_path)
    sheet(tmp_path)
    for money in ("预算: {预算数: 1}", "指标: []", "budget: {}"):
        (tmp_path / "丙.yaml").write_text(f"编号: 3\n年度: 2023\n{money}\n", "utf-8")
        result = command("score", tmp_path)
        assert result.code == 2
        assert "丙.yaml：评分办法" not in result.err


def test_a_sheet_leads_to_what_lies_anywhere_in_the_folder_that_was_named(
    command: Command, tmp_path: Path
) -> None:
    """The folder of the command line is the root; for a sheet that is named it is its own."""
    district = tmp_path / "全区"
    district.mkdir()
    own(district / "办法", "quxian")
    path = sheet(district / "一局")
    text = path.read_text("utf-8").replace("我区.yaml", "../办法/我区.yaml")
    path.write_text(text, "utf-8")
    outcome = command("score", district)
    assert (outcome.code, "评分办法 quxian" in outcome.out) == (0, True)
    outcome = command("score", path)
    assert outcome.code == 2
    assert "“../办法/我区.yaml”不在自评表所在的文件夹里" in outcome.err
    assert command("score", path, "--rulebooks", district / "办法").code == 0


def test_a_sheet_in_a_folder_never_leads_out_of_it(command: Command, tmp_path: Path) -> None:
    own(tmp_path / "别处")
    district = tmp_path / "全区"
    district.mkdir()
    path = sheet(district / "一局")
    text = path.read_text("utf-8").replace("我区.yaml", "../../别处/我区.yaml")
    path.write_text(text, "utf-8")
    outcome = command("score", district)
    assert outcome.code == 2
    assert "“../../别处/我区.yaml”不在给出的文件夹里" in outcome.err
    (district / "近处.yaml").symlink_to(tmp_path / "别处" / "我区.yaml")
    path.write_text(text.replace("../../别处/我区.yaml", "../近处.yaml"), "utf-8")
    assert command("score", district).code == 2
