"""``perfeval schema``: a schema for an editor, in a file that is never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfeval import rulebook_ids
from perfeval.documents.inputs.schema import KINDS, schema_of, schema_text
from tests.cli.conftest import Command


def text_of(kind: str) -> str:
    return schema_text(schema_of(kind, rulebook_ids()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_goes_to_standard_output(command: Command, kind: str) -> None:
    outcome = command("schema", kind)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == text_of(kind)


def test_without_a_kind_it_is_that_of_a_sheet(command: Command) -> None:
    assert command("schema").out == command("schema", "sheet").out


def test_an_unknown_kind_is_refused_with_those_there_are(command: Command) -> None:
    outcome = command("schema", "project")
    assert (outcome.code, outcome.out) == (2, "")
    assert all(kind in outcome.err for kind in KINDS)


def test_a_file_is_written_and_how_to_use_it_is_told(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "自评表.schema.json"
    outcome = command("schema", "-o", path)
    assert outcome.code == 0
    assert path.read_bytes().decode() == text_of("sheet")
    assert outcome.out == f"已生成 {path}\n"
    assert f"# yaml-language-server: $schema={path.as_posix()}" in outcome.err


def test_an_existing_file_is_replaced_only_by_force(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "自评表.schema.json"
    path.write_text("原有内容", "utf-8")
    outcome = command("schema", "-o", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "已经存在" in outcome.err
    assert "--force" in outcome.err
    assert path.read_text("utf-8") == "原有内容"
    assert command("schema", "-o", path, "--force").code == 0
    assert path.read_text("utf-8").startswith("{")


@pytest.mark.parametrize("options", [(), ("--force",)], ids=["new", "forced"])
@pytest.mark.parametrize("name", ["没有的文件夹/甲.json", "a\0b"])
def test_a_place_that_cannot_be_written_ends_2(
    command: Command, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    outcome = command("schema", "-o", f"{tmp_path}/{name}", *options)
    assert outcome.code == 2
    assert "不能写入" in outcome.err


def test_json_has_the_schema_as_data(command: Command) -> None:
    data = json.loads(command("schema", "department", "--json").out)
    assert (data["kind"], data["output"]) == ("department", None)
    assert data["schema"] == schema_of("department", rulebook_ids())


def test_the_help_says_how_to_use_it(command: Command) -> None:
    assert (
        "\n  # yaml-language-server: $schema=自评表.schema.json\n"
        in command("schema", "--help").out
    )
