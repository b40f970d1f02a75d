"""``perfeval proof --draft``: what it writes, and what it never writes over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

TEXT = (
    "测试市水务局2023年度部门决算\n三、支出决算情况说明\n2023年度支出合计80.00万元，与预期相当。\n"
    "十三、预算绩效情况说明\n部门决算中反映绩效自评结果。\n"
    "1.河道清淤项目绩效自评综述：项目全年预算数为60万元，执行数为60万元，完成预算的100%。\n"
)


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    file = tmp_path / "决算.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_the_files_are_written_and_told(command: Command, accounts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "部门"
    outcome = command("proof", accounts, "--draft", folder, "--rulebook", "hubei-2020")
    assert outcome.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["department.yaml", "河道清淤.yaml"]
    text = (folder / "河道清淤.yaml").read_text(encoding="utf-8")
    assert "未确认: 是\n读自:\n  文件: 决算.txt\n  校验值: " in text
    assert "  执行数: 60  # 第 6 行“60万元”" in text
    assert "写成 2 个文件" in outcome.err


def test_what_stands_there_stays_and_nothing_else_is_written(
    command: Command, accounts: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "部门"
    folder.mkdir()
    (folder / "河道清淤.yaml").write_text("我的\n", encoding="utf-8")
    outcome = command("proof", accounts, "--draft", folder)
    assert outcome.code == 2
    assert "一个文件也没有写" in outcome.err
    assert [path.name for path in folder.iterdir()] == ["河道清淤.yaml"]
    assert (folder / "河道清淤.yaml").read_text(encoding="utf-8") == "我的\n"
    assert command("proof", accounts, "--draft", folder, "--force").code == 0
    assert "我的" not in (folder / "河道清淤.yaml").read_text(encoding="utf-8")


def test_the_folders_own_rulebook_is_named(
    command: Command, accounts: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "部门"
    folder.mkdir()
    (folder / "perfeval.yaml").write_text("评分办法: mof-2020\n", encoding="utf-8")
    assert command("proof", accounts, "--draft", folder).code == 0
    assert "评分办法: mof-2020" in (folder / "department.yaml").read_text(encoding="utf-8")


def test_without_a_rulebook_the_check_takes_the_one_that_is_given(
    command: Command, accounts: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "部门"
    command("proof", accounts, "--draft", folder)
    assert "评分办法：决算里没有写" in (folder / "department.yaml").read_text(encoding="utf-8")
    outcome = command("check", folder, "--rulebook", "hubei-2020")
    assert "缺少“评分办法”" not in outcome.out
    assert "部门文件由 perfeval 从“决算.txt”读出" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rulebook", "没有这个"), "没有这个"),
        (("--draft", "{file}"), "要写文件夹"),
        (("{file}2", "--draft", "x"), "一次只写一份决算"),
        (("--draft", "x", "--rulebook", "没有这个"), "没有这个"),
    ],
)
def test_what_makes_no_sense_is_refused(
    command: Command, accounts: Path, arguments: tuple[str, ...], said: str
) -> None:
    given = [one.replace("{file}", str(accounts)) for one in arguments]
    outcome = command("proof", accounts, *given)
    assert outcome.code == 2
    assert said in outcome.err


def test_a_torn_document_is_no_draft(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "决算.txt"
    file.write_text(
        "一、收入决算情况说明\n" + "支出合计万元，收入合计万元。\n" * 20, encoding="utf-8"
    )
    outcome = command("proof", file, "--draft", tmp_path / "部门")
    assert outcome.code == 2
    assert not (tmp_path / "部门").exists()


def test_the_sheets_of_a_folder_are_compared(
    command: Command, accounts: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "部门"
    command("proof", accounts, "--draft", folder, "--rulebook", "hubei-2020")
    assert command("proof", accounts, "--sheets", folder).code == 0
    file = folder / "河道清淤.yaml"
    text = file.read_text(encoding="utf-8").replace("执行数: 60", "执行数: 59")
    file.write_text(text, encoding="utf-8")
    outcome = command("proof", accounts, "--sheets", folder)
    assert outcome.code == 1
    assert "错误 AC501" in outcome.out
    assert "河道清淤.yaml:" in outcome.out
    missing = command("proof", accounts, "--sheets", tmp_path / "没有")
    assert missing.code == 2
    assert "要写自评表所在的文件夹" in missing.err
