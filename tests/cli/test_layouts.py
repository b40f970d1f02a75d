"""``perfeval layouts``: every layout that ships, by what it is known and what is read of it."""

from __future__ import annotations

import json

import pytest

from perfeval.cli import main
from perfeval.readers.layouts import layout_ids
from perfeval.reading.other_layouts import other_layouts


def test_all_layouts_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layouts"]) == 0
    said = capsys.readouterr().out
    names = (*layout_ids(), *other_layouts())
    assert [name for name in names if f"\n{name} " not in f"\n{said}"] == []


def test_a_layout_is_shown_with_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layouts", "hubei-2020"]) == 0
    said = capsys.readouterr().out
    assert "“年初目标值（A）”" in said
    assert "评分办法：hubei-2020" in said
    row = next(line for line in said.splitlines() if line.startswith("实际完成值（B）"))
    assert row.split()[1] == "完成值"
    assert "全年实际值" in row
    assert "〔年度〕年度〔项目名称〕项目绩效自评表" in said


def test_a_layout_that_is_read_alone_is_shown_with_its_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["layouts", "three-parts"]) == 0
    said = capsys.readouterr().out
    assert "示例（只读，不用来出表）" in said
    assert "项目决策（20分） | 项目目标 | 目标内容 | 8 | 8" in said
    assert "评分办法：没有" in said


def test_json_names_columns_that_are_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layouts", "--json"]) == 0
    layouts = {one["id"]: one for one in json.loads(capsys.readouterr().out)["layouts"]}
    assert layouts.keys() == {*layout_ids(), *other_layouts()}
    unread = [
        column["heading"] for column in layouts["chongqing"]["indicators"] if not column["read_as"]
    ]
    assert any("系数" in heading for heading in unread)
    assert main(["layouts", "beijing", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rulebooks"] == ["beijing"]


def test_an_unknown_layout_is_refused_with_the_near_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["layouts", "hubei2020"]) == 2
    assert "是不是“hubei-2020”" in capsys.readouterr().err


def test_a_layout_that_is_not_there_is_answered_with_all_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["layouts", "nope"]) == 2
    said = capsys.readouterr().err
    assert [name for name in (*layout_ids(), *other_layouts()) if name not in said] == []
    main(["layouts", "three-part"])
    assert "是不是“three-parts”" in capsys.readouterr().err
