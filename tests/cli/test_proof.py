"""``perfeval proof``: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.accounts.drafts import draft, wrapped
from tests.cli.conftest import Command
from tests.marks.reading import comments_in
from tests.test_report_proof_marking import as_word

ROOT = Path(__file__).parents[2]
WRONG = (
    "一、收入支出决算总体情况说明\n2023年度收、支总计80万元。与2022年度相比，\n"
    "收、支总计各增加20万元，增长25%。\n"
)


def schema() -> Draft202012Validator:
    text = (ROOT / "docs" / "schema" / "proof.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


def test_an_error_ends_with_1_and_stands_on_its_line(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "决算.txt"
    file.write_text(WRONG, encoding="utf-8")
    outcome = command("proof", file)
    assert outcome.code == 1
    assert "决算.txt:3:16  错误 AC103" in outcome.out
    assert "应为 33%" in outcome.out
    assert "数 3 个，读懂 3 个" in outcome.out


def test_a_clean_document_ends_with_0(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "决算.txt"
    file.write_text(wrapped(draft(0), 30)[0], encoding="utf-8")
    assert command("proof", file, "--all", "--ledger", "--unbound").code == 0


def test_what_cannot_be_read_ends_with_2(command: Command, tmp_path: Path) -> None:
    outcome = command("proof", tmp_path / "没有.txt")
    assert outcome.code == 2
    assert "没有这个文件" in outcome.err


def test_json_is_as_its_schema_says(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "决算.txt"
    file.write_text(WRONG, encoding="utf-8")
    data = json.loads(command("proof", file, "--json").out)
    assert list(schema().iter_errors(data)) == []
    assert data["findings"][0]["lines"] == [3, 3]
    assert [figure["measure"] for figure in data["figures"]] == ["决算数", "增减额", "增减率"]


def test_several_files_are_one_object_a_line(command: Command, tmp_path: Path) -> None:
    """One that is refused is told in its place, and ends the run with 2."""
    file = tmp_path / "决算.txt"
    file.write_text(WRONG, encoding="utf-8")
    outcome = command("proof", file, tmp_path / "没有.txt", "--json")
    assert outcome.code == 2
    objects = [json.loads(line) for line in outcome.out.splitlines()]
    assert [item["refused"] for item in objects] == [None, "没有这个文件"]
    assert [list(schema().iter_errors(item)) for item in objects] == [[], []]


def test_findings_are_written_as_files(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "决算.txt"
    file.write_text(WRONG, encoding="utf-8")
    outputs = [tmp_path / f"校对.{ending}" for ending in ("html", "xlsx", "sarif", "json")]
    options = [word for path in outputs for word in ("-o", path)]
    assert command("proof", file, *options).code == 1
    assert all(path.stat().st_size > 100 for path in outputs)
    assert command("proof", file, "-o", tmp_path / "校对.doc").code == 2
    assert command("proof", file, "-o", outputs[0]).code == 2


def test_a_word_file_comes_back_with_what_was_found_at_its_words(
    command: Command, tmp_path: Path
) -> None:
    file, marked = tmp_path / "决算.docx", tmp_path / "决算-批注.docx"
    file.write_bytes(as_word(WRONG))
    outcome = command("proof", file, "--mark", marked)
    assert outcome.code == 1
    assert f"已生成 {marked}" in outcome.err
    assert "AC103" in "".join(text for _, text in comments_in(marked.read_bytes()))
    assert command("proof", file, "--mark", marked).code == 2, "it stands there"
    assert command("proof", file, "--mark", file, "--force").code == 2


def test_what_cannot_be_marked_says_what_to_do_instead(command: Command, tmp_path: Path) -> None:
    file, marked = tmp_path / "决算.txt", tmp_path / "批注.docx"
    file.write_text(WRONG, encoding="utf-8")
    outcome = command("proof", file, "--mark", marked)
    assert (outcome.code, marked.exists()) == (2, False)
    assert "-o 校对.html" in outcome.err
    word = tmp_path / "决算.docx"
    word.write_bytes(file.read_bytes())
    assert command("proof", word, "--mark", tmp_path / "批注.pdf").code == 2
    assert command("proof", word, file, "--mark", marked).code == 2
    outcome = command("proof", word, "--mark", marked)
    assert (outcome.code, outcome.out) == (2, ""), "a text by another name"
    assert "-o 校对.html" in outcome.err
    assert command("proof", tmp_path / "没有.docx", "--mark", marked).code == 2


def test_a_file_that_is_not_there_is_said_whatever_its_copy_is_to_be(
    command: Command, tmp_path: Path
) -> None:
    outcome = command("proof", tmp_path / "无.pdf", "--mark", tmp_path / "批注.html")
    assert outcome.code == 2
    assert "没有这个文件" in outcome.out + outcome.err
