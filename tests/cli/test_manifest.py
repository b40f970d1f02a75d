"""The manifest of a run, and whether a rerun gives the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfeval import Manifest, from_json, to_json
from perfeval.cli.manifests import leads_out
from perfeval.cli.many.parts import Parts
from perfeval.readers.files import resolve
from tests.cli.conftest import Command, Outcome

SHIPPED = "qingshan-2023"
SHEET = "养老服务体系建设运营补助资金.yaml"
RULEBOOK = "编号: own\n继承: hubei-2020\n名称: 自用\n版本: '1'\n地区: 示例县\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with a bureau of two sheets, one by a rulebook of its own."""
    source = resolve(f"shipped:{SHIPPED}/{SHEET.removesuffix('.yaml')}")
    bureau = tmp_path / "局"
    bureau.mkdir()
    shutil.copy(source, bureau / SHEET)
    text = source.read_text(encoding="utf-8").replace("评分办法: hubei-2020", "评分办法: 办法.yaml")
    (bureau / "乙.yaml").write_text(text.replace("养老服务", "助残服务"), encoding="utf-8")
    (bureau / "办法.yaml").write_text(RULEBOOK, encoding="utf-8")
    (bureau / "现场.jpg").write_bytes(b"\xff\xd8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stored(folder: Path, **fields: Any) -> None:
    """Write a manifest as somebody could who makes one up."""
    made = Manifest(
        path="清单.json",
        version="0.2.0",
        python="3.11",
        packages={},
        arguments=("score", "局"),
        exit_code=0,
        rulebooks=(),
        inputs=(),
        outputs=(),
    )
    (folder / "清单.json").write_text(to_json(made), encoding="utf-8")
    changed(folder / "清单.json", **fields)


def manifest_of(path: Path) -> Manifest:
    return from_json(path.read_bytes(), Manifest)


def changed(file: Path, **fields: Any) -> None:
    """Change fields of a manifest on the disk, as somebody could who hands it on."""
    whole = json.loads(file.read_bytes())
    whole["data"].update(fields)
    file.write_text(json.dumps(whole), encoding="utf-8")


def test_a_manifest_says_what_was_read_and_written(folder: Path, command: Command) -> None:
    assert command("check", "局", "-o", "校核.html", "--manifest", "清单.json").code in (0, 1)
    manifest = manifest_of(folder / "清单.json")
    assert manifest.arguments[:4] == ("check", "局", "-o", "校核.html")
    assert manifest.arguments[4].startswith("--today=")
    assert [file.path for file in manifest.outputs] == ["校核.html"]
    written = (folder / "校核.html").read_bytes()
    assert manifest.outputs[0].sha256 == hashlib.sha256(written).hexdigest()
    read = {file.path: file for file in manifest.inputs}
    assert set(read) == {f"局/{SHEET}", "局/乙.yaml", "局/办法.yaml"}
    for name, file in read.items():
        content = (folder / name).read_bytes()
        assert (file.sha256, file.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert manifest.beside == ("局/现场.jpg",)
    assert {stamp.split()[0] for stamp in manifest.rulebooks} >= {"hubei-2020", "own"}
    assert manifest.path == "清单.json"


@pytest.mark.parametrize(
    "words",
    [
        ("score", "局"),
        ("score", "局", "--summary"),
        ("score", "局", "--json"),
        ("check", "局", "-o", "出/校核.json", "-o", "出/校核.xlsx"),
        ("render", f"局/{SHEET}", "-o", "表.docx", "-o", "表.md"),
        ("read", "表式.html", "-o", "读出"),
        ("form", f"局/{SHEET}", "-o", "填报.xlsx"),
    ],
    ids=" ".join,
)
def test_a_rerun_gives_the_same(folder: Path, command: Command, words: tuple[str, ...]) -> None:
    (folder / "出").mkdir()
    command("render", f"局/{SHEET}", "-o", "表式.html")
    assert command(*words, "--manifest", "清单.json").code in (0, 1)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    outcome = command("verify", "清单.json")
    assert (outcome.code, outcome.err) == (0, "")
    assert "重做的结果一样" in outcome.out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["score", "check"])
def test_a_file_whose_name_begins_like_an_option_is_read_again(
    folder: Path, command: Command, name: str
) -> None:
    shutil.copy(folder / "局" / SHEET, folder / "-甲.yaml")
    assert command(name, "--manifest", "清单.json", "--", "-甲.yaml").code in (0, 1)
    manifest = manifest_of(folder / "清单.json")
    assert manifest.arguments[-2:] == ("--", "-甲.yaml")
    outcome = command("verify", "清单.json")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_run_that_goes_on_is_of_the_day_on_which_it_began(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the day is judged what has expired: the manifest has the one that counted."""
    words = ("check", "局", "-o", "发现.jsonl")
    with monkeypatch.context() as patch:
        patch.setattr(Parts, "finish", _interrupted)
        assert command(*words, "--today=2024-01-05").code == 130
    command(*words, "--resume", "--manifest", "清单.json")
    assert "--today=2024-01-05" in manifest_of(folder / "清单.json").arguments


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_same_run_has_the_same_manifest(folder: Path, command: Command) -> None:
    for name in ("一.json", "二.json"):
        command("check", "局", "-o", "校核.html", "--force", "--manifest", name)
    one, two = (manifest_of(folder / name) for name in ("一.json", "二.json"))
    assert one.inputs == two.inputs
    assert one.outputs == two.outputs
    assert one.arguments == two.arguments


def verified(folder: Path, command: Command, change: Callable[[Path], object]) -> Outcome:
    """Write a manifest, change something, and verify."""
    command("check", "局", "-o", "校核.html", "--manifest", "清单.json")
    change(folder)
    return command("verify", "清单.json")


def test_a_quiet_change_of_an_input_is_found(folder: Path, command: Command) -> None:
    def change(top: Path) -> None:
        sheet = top / "局" / "乙.yaml"
        sheet.write_text(
            sheet.read_text("utf-8").replace("目标值: 391", "目标值: 392"), encoding="utf-8"
        )

    outcome = verified(folder, command, change)
    assert outcome.code == 1
    assert "要读的文件变了：局/乙.yaml" in outcome.out
    assert "写出的内容不同：校核.html；第 " in outcome.out


@pytest.mark.parametrize("name", ["乙.yaml", "办法.yaml"])
def test_what_was_added_behind_an_input_is_found(folder: Path, command: Command, name: str) -> None:
    """Also where nothing comes of it, as of a remark."""

    def change(top: Path) -> None:
        with (top / "局" / name).open("a", encoding="utf-8") as file:
            file.write("# 另注\n")

    outcome = verified(folder, command, change)
    assert outcome.code == 1
    assert outcome.out.count(f"要读的文件变了：局/{name}") == 1


def test_a_quiet_change_of_a_rulebook_is_found(folder: Path, command: Command) -> None:
    def change(top: Path) -> None:
        own = top / "局" / "办法.yaml"
        own.write_text(own.read_text("utf-8").replace("自用", "自用二"), encoding="utf-8")

    outcome = verified(folder, command, change)
    assert outcome.code == 1
    assert "要读的文件变了：局/办法.yaml" in outcome.out
    assert "评分办法不同：" in outcome.out


def test_a_file_that_is_gone_is_named(folder: Path, command: Command) -> None:
    outcome = verified(folder, command, lambda top: (top / "局" / "乙.yaml").unlink())
    assert outcome.code == 1
    assert "要读的文件没有了：局/乙.yaml" in outcome.out


def test_another_result_than_the_manifest_says_is_found(folder: Path, command: Command) -> None:
    """The outputs on the disk do not matter: the rerun is held against the manifest."""

    def change(top: Path) -> None:
        data = json.loads((top / "清单.json").read_bytes())["data"]
        other = [{**data["outputs"][0], "sha256": "0" * 64}]
        changed(top / "清单.json", outputs=other, exit_code=0)

    outcome = verified(folder, command, change)
    assert outcome.code == 1
    assert "写出的内容不同：校核.html" in outcome.out
    as_json = command("verify", "清单.json", "--json")
    data = json.loads(as_json.out)
    assert data["same"] is False
    assert {item["kind"] for item in data["differences"]} >= {"output_changed"}


def test_another_version_is_said_first(folder: Path, command: Command) -> None:
    def change(top: Path) -> None:
        changed(top / "清单.json", version="0.0.9", packages={"pydantic": "1", "没有的包": "2"})

    outcome = verified(folder, command, change)
    assert outcome.code == 0
    assert "版本不同：清单是 perfeval 0.0.9" in outcome.out
    assert "软件包不同：没有的包 2 → 没有安装" in outcome.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "-"), "标准输入"),
        (("check", "局", "--fix"), "改动文件"),
        (("score", "../别处"), "当前文件夹"),
        (("score", "/etc"), "当前文件夹"),
        (("score", "局", "--rulebook=../办法.yaml"), "当前文件夹"),
        (("score", "局", "--rulebook", "C:办法.yaml"), "当前文件夹"),
    ],
)
def test_a_run_that_cannot_be_done_again_has_no_manifest(
    folder: Path, command: Command, words: tuple[str, ...], said: str
) -> None:
    outcome = command(*words, "--manifest", "清单.json")
    assert outcome.code == 2
    assert said in outcome.err
    assert not (folder / "清单.json").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text there")
@pytest.mark.parametrize("name", ["丁.yaml", "丁.txt"])
def test_a_name_that_is_no_text_is_said(folder: Path, command: Command, name: str) -> None:
    """An archive that was made in GBK leaves such names."""
    shutil.copy(folder / "局" / SHEET, folder / "局" / os.fsdecode(name.encode("gbk")))
    outcome = command("score", "局", "--manifest", "清单.json")
    assert outcome.code == 2
    assert "文件名不是 UTF-8" in outcome.err
    assert not (folder / "清单.json").exists()


def test_a_manifest_is_not_written_over(folder: Path, command: Command) -> None:
    (folder / "清单.json").write_text("我的", encoding="utf-8")
    outcome = command("score", "局", "--manifest", "清单.json")
    assert outcome.code == 2
    assert (folder / "清单.json").read_text("utf-8") == "我的"


def test_a_manifest_in_a_folder_below_needs_its_root(folder: Path, command: Command) -> None:
    (folder / "出").mkdir()
    command("score", "局", "--manifest", "出/清单.json")
    assert "请用 --root" in command("verify", "出/清单.json").err
    assert command("verify", "出/清单.json", "--root", ".").code == 0


# -- a manifest comes from outside ------------------------------------------------------------

OUTSIDE = (
    "../外.yaml",
    "/外.yaml",
    "甲/../../外.yaml",
    "C:\\外.yaml",
    "\\\\机\\外.yaml",
    "~/外.yaml",
)


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("where", ["inputs", "outputs", "beside", "arguments", "path"])
def test_no_path_of_a_manifest_leads_out(
    folder: Path, command: Command, path: str, where: str
) -> None:
    secret = folder.parent / "外.yaml"
    secret.write_text("秘密", encoding="utf-8")
    file = {"path": path, "sha256": "0" * 64, "bytes": 6}
    told: dict[str, Any] = {
        "inputs": [file],
        "outputs": [file],
        "beside": [path],
        "arguments": ["score", "局", "-o", path],
        "path": path,
    }
    stored(folder, **{where: told[where]})
    outcome = command("verify", "清单.json", "--root", ".")
    assert outcome.code == 2
    assert "秘密" not in outcome.out + outcome.err
    assert secret.read_text("utf-8") == "秘密"
    assert all(leads_out(word) for word in OUTSIDE)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, command: Command) -> None:
    secret = folder.parent / "外.yaml"
    secret.write_text("秘密: 1\n", encoding="utf-8")
    command("score", "局", "--manifest", "清单.json")
    (folder / "局" / "乙.yaml").unlink()
    (folder / "局" / "乙.yaml").symlink_to(secret)
    outcome = command("verify", "清单.json")
    assert outcome.code == 2
    assert "链接" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["confirm", "局", "--yes"],
        ["verify", "清单.json"],
        ["new", "--rulebook", "hubei-2020"],
        ["rm", "局"],
        ["score", "局", "--manifest", "别的.json"],
        ["score", "--nonsense"],
        ["check", "局", "--fix"],
        ["score", "-"],
    ],
    ids=" ".join,
)
def test_no_other_command_is_run(folder: Path, command: Command, arguments: list[str]) -> None:
    stored(folder, arguments=arguments)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    outcome = command("verify", "清单.json")
    assert outcome.code == 2
    assert "没有" in outcome.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_module_among_the_files_is_not_run(folder: Path, command: Command) -> None:
    """A file that is called as a module of Python lies in the folder of the rerun, no more."""
    sprung = folder.parent / "sprung"
    trap = f"import pathlib; pathlib.Path({os.fspath(sprung)!r}).write_text('x')\n"
    for name in ("yaml.py", "json.py", "sitecustomize.py"):
        (folder / "局" / name).write_text(trap, encoding="utf-8")
        (folder / name).write_text(trap, encoding="utf-8")
    command("score", "局", "--manifest", "清单.json")
    content = trap.encode()
    file = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    data = json.loads((folder / "清单.json").read_bytes())["data"]
    changed(folder / "清单.json", inputs=[*data["inputs"], {"path": "yaml.py", **file}])
    command("verify", "清单.json")
    assert not sprung.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"kind": "manifest"}', b"[1]" * 9])
def test_what_is_no_manifest_is_refused(folder: Path, command: Command, content: bytes) -> None:
    (folder / "清单.json").write_bytes(content)
    outcome = command("verify", "清单.json")
    assert outcome.code == 2
    assert "不是 perfeval 写的运行清单" in outcome.err
    assert command("verify", "没有.json").code == 2
    assert command("verify", "局").code == 2


def test_another_file_of_perfeval_is_told_what_a_manifest_is(
    folder: Path, command: Command
) -> None:
    (folder / "复核.json").write_text(
        '{"perfeval": "0.2.0", "schema": 1, "kind": "review", "data": {}}', encoding="utf-8"
    )
    outcome = command("verify", "复核.json")
    assert (outcome.code, "运行清单由 --manifest 写出" in outcome.err) == (2, True)
    assert "kind" not in outcome.err


def test_a_manifest_fits_the_published_schema(folder: Path, command: Command) -> None:
    from tests.documents.schemas import faults_by_stored_schema

    command("check", "局", "-o", "校核.html", "--manifest", "清单.json")
    text = (folder / "清单.json").read_text("utf-8")
    assert faults_by_stored_schema(json.loads(text)) == []
    assert to_json(manifest_of(folder / "清单.json"), indent=1) + "\n" == text
