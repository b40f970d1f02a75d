"""``perfeval diff``: two files, two folders, and what is written of them."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

import perfeval
from perfeval import SheetDiff
from perfeval.documents.review.diff_list import diff_list
from perfeval.documents.review.diff_words import told_of
from tests.cli.conftest import SHEET, Command


def fill(folder: Path, name: str, *, file: str = "", actual: str = "10", filed: str = "18") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{file or name}.yaml"
    path.write_text(SHEET.format(name=name, filed=filed, actual=actual), encoding="utf-8")
    return path


def test_two_files(command: Command, tmp_path: Path) -> None:
    old, new = fill(tmp_path / "旧", "甲"), fill(tmp_path / "新", "甲", actual="8")
    outcome = command("diff", old, new)
    assert outcome.code == 0
    assert "“没有要求改的”：" in outcome.out
    assert "效益指标/社会效益指标/惠及人数 · 完成值：10 → 8" in outcome.out
    line = old.read_text(encoding="utf-8").splitlines()[10]
    place = f"11:{line.index('10}') + 1}"
    assert f"原 {place}，现 {place}" in outcome.out
    assert outcome.out.index("没有要求改的 1 处") < outcome.out.index("发现没有改正")


def test_the_same_file_twice_has_no_change(command: Command, tmp_path: Path) -> None:
    outcome = command("diff", fill(tmp_path, "甲"), fill(tmp_path, "甲"))
    assert outcome.code == 0
    assert "没有改动任何值" in outcome.out


def test_folders_are_matched_by_project_and_then_by_path(command: Command, tmp_path: Path) -> None:
    """Every file has its line: a pair, a missing one, a new one, a double."""
    old, new = tmp_path / "旧", tmp_path / "新"
    fill(old, "甲")
    fill(old, "乙", file="二")
    fill(old, "丙")
    fill(old / "科", "丁")
    fill(new, "甲", file="改过名的甲", actual="9")
    fill(new, "乙（改称）", file="二")
    fill(new / "科", "丁")
    fill(new / "科", "丁", file="丁的副本")
    fill(new, "戊")
    outcome = command("diff", old, new, "--json")
    assert outcome.code == 0
    pairs = json.loads(outcome.out)["pairs"]
    told = {
        ((pair["old"] or {}).get("title"), (pair["new"] or {}).get("title")): pair["pairing"]
        for pair in pairs
    }
    assert told == {
        ("甲", "甲"): "name",
        ("乙", "乙（改称）"): "path",
        ("丙", None): "missing",
        ("丁", "丁"): "name",
        (None, "丁"): "new",
        (None, "戊"): "new",
    }
    double = next(pair for pair in pairs if pair["old"] is None and pair["new"]["title"] == "丁")
    assert "是同一个项目，重复" in double["remark"]
    summary = command("diff", old, new, "--summary").out
    assert all(name in summary for name in ("甲", "乙（改称）", "丙", "丁", "戊", "合计", "6 对"))


def test_an_unread_file_is_said_and_the_others_go_on(command: Command, tmp_path: Path) -> None:
    old, new = tmp_path / "旧", tmp_path / "新"
    for name in ("甲", "乙"):
        fill(old, name)
    fill(new, "甲", actual="9")
    (new / "乙.yaml").write_text("项目名称: [\n", encoding="utf-8")
    outcome = command("diff", old, new)
    assert outcome.code == 2
    assert "没有读通" in outcome.out
    assert "完成值：10 → 9" in outcome.out


def test_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    outcome = command("diff", fill(tmp_path, "甲"), tmp_path / "没有.yaml")
    assert outcome.code == 2
    assert "没有这个文件" in outcome.out


def test_yaml_against_word(command: Command, tmp_path: Path) -> None:
    """The office gives back in Word what was returned to it, with one figure quietly changed."""
    old = fill(tmp_path / "旧", "甲")
    report = perfeval.evaluate(fill(tmp_path / "改", "甲", actual="12"))
    new = tmp_path / "新" / "甲（盖章）.docx"
    new.parent.mkdir()
    new.write_bytes(perfeval.render(report, "docx"))
    outcome = command("diff", old, new)
    assert outcome.code == 0
    assert "完成值：10 → 12" in outcome.out
    assert "第1张表" in outcome.out
    assert "没有要求改的 1 处" in outcome.out


def test_all_that_is_written(command: Command, tmp_path: Path) -> None:
    old = fill(tmp_path / "旧", "甲")
    new = fill(tmp_path / "新", "甲", actual='"=HYPERLINK(1)<b>"')
    files = [tmp_path / f"对照.{ending}" for ending in ("html", "xlsx", "json")]
    outputs = [part for path in files for part in ("-o", path)]
    assert command("diff", old, new, *outputs).code == 0
    page = files[0].read_text(encoding="utf-8")
    assert "=HYPERLINK(1)&lt;b&gt;" in page
    assert "<b>=" not in page
    with zipfile.ZipFile(files[1]) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        sheets = "".join(
            book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name
        )
    assert "=HYPERLINK(1)&lt;b&gt;" in texts
    assert "<f>" not in sheets
    stored = json.loads(files[2].read_text(encoding="utf-8"))
    assert stored["pairs"][0]["changes"][0]["new"] == "=HYPERLINK(1)<b>"
    first = [path.read_bytes() for path in files]
    again = command("diff", old, new, *outputs)
    assert again.code == 2
    assert "已经存在" in again.err
    assert command("diff", old, new, *outputs, "--force").code == 0
    assert [path.read_bytes() for path in files] == first


@pytest.mark.parametrize("name", ["对照.txt", "对照"])
def test_an_unknown_ending_is_refused_before_anything_is_read(
    command: Command, tmp_path: Path, name: str
) -> None:
    old = fill(tmp_path, "甲")
    outcome = command("diff", old, old, "-o", tmp_path / name)
    assert outcome.code == 2
    assert ".xlsx" in outcome.err
    assert outcome.out == ""


def test_what_is_read_is_never_overwritten(command: Command, tmp_path: Path) -> None:
    old, new = fill(tmp_path / "旧", "甲"), fill(tmp_path / "新", "甲")
    target = old.with_suffix(".json")
    target.write_bytes(b"{}")
    assert command("diff", tmp_path / "旧", new, "-o", target).code == 2
    assert target.read_bytes() == b"{}"


def test_an_output_that_cannot_be_written_is_said(command: Command, tmp_path: Path) -> None:
    old = fill(tmp_path, "甲")
    target = tmp_path / "没有这个文件夹" / "对照.html"
    outcome = command("diff", old, old, "-o", target, "--json")
    assert outcome.code == 2
    assert "不能写入" in outcome.err
    assert [item["file"] for item in json.loads(outcome.out)["failed"]] == [str(target)]


def test_what_is_kept_of_a_long_run_makes_the_same_list(tmp_path: Path) -> None:
    old, new = fill(tmp_path / "旧", "甲"), fill(tmp_path / "新", "甲", actual="8", filed="17")
    whole = perfeval.diff(old, new)
    assert diff_list([told_of(whole)], []) == diff_list([whole], [])


def fill_trees(folder: Path, count: int) -> tuple[Path, Path]:
    """Write pairs of which some changed, are alone or cannot be read, in no order of urgency."""
    old, new = folder / "旧", folder / "新"
    for at in range(count):
        name = f"项目{at:02d}<&>"
        where = f"科{at % 5}"
        if at % 7 != 3:
            fill(old / where, name, file=f"{at}")
        if at % 7 == 5:
            (new / where).mkdir(exist_ok=True, parents=True)
            (new / where / f"{at}.yaml").write_text("项目名称: [\n", encoding="utf-8")
        elif at % 7 != 4:
            actual, filed = str(10 + at % 3), str(18 - at % 2)
            fill(new / where, name, file=f"{at}", actual=actual, filed=filed)
    return old, new


def pressing(pair: dict[str, Any]) -> tuple[bool, bool, int, int, int]:
    """Return what decides where a pair stands: unread, alone, what nobody asked for, new, rest."""
    sides = [side for side in (pair["old"], pair["new"]) if side]
    is_unread = any(
        problem["severity"] == "error" for side in sides for problem in side["problems"]
    )
    said = [one["standing"] for one in pair["changes"]]
    new = [
        one
        for one in pair["findings"]
        if one["status"] == "new" and one["new"]["severity"] != "info"
    ]
    asked = said.count("asked") + said.count("following")
    return not is_unread, len(sides) == 2, -said.count("unasked"), -len(new), -asked


def test_many_pairs_are_written_as_they_are_told_whole(command: Command, tmp_path: Path) -> None:
    """The JSON is that of all pairs in their order; the page has them by urgency, with numbers."""
    old, new = fill_trees(tmp_path, 40)
    page, data = tmp_path / "对照.html", tmp_path / "对照.json"
    told = command("diff", old, new, "--json", "-o", page, "-o", data).out
    whole = json.loads(told)
    pairs = whole["pairs"]
    assert told == f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n"
    kept = {name: whole[name] for name in ("perfeval", "schema", "pairs", "aside")}
    text = f"{json.dumps(kept, ensure_ascii=False, indent=2)}\n"
    assert data.read_text(encoding="utf-8") == text
    compared = [one for one in perfeval.diff_trees(old, new) if isinstance(one, SheetDiff)]
    assert [pair["changes"] for pair in pairs] == [
        json.loads(perfeval.to_json(one))["data"]["changes"] for one in compared
    ]
    in_order = sorted(pairs, key=pressing)
    assert in_order != pairs
    files = [
        " → ".join(side["name"] for side in (pair["old"], pair["new"]) if side) for pair in in_order
    ]
    made = page.read_text(encoding="utf-8")
    assert re.findall(r'<p class="files"><code>(.*?)</code>', made) == files
    numbers = [str(number) for number in range(1, len(pairs) + 1)]
    assert re.findall(r'<article id="p(.*?)" aria-labelledby="t(.*?)">', made) == [
        (number, number) for number in numbers
    ]
    assert re.findall(r'<a href="#p(.*?)">', made) == numbers


def test_two_word_files(command: Command, tmp_path: Path) -> None:
    """One cell was changed by hand in a copy of the same file."""
    old = tmp_path / "旧.docx"
    report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    old.write_bytes(perfeval.render(report, "docx", data=False))
    document = docx.Document(str(old))
    cells = [cell for row in document.tables[0].rows for cell in row.cells]
    (cell,) = {cell._tc: cell for cell in cells if cell.text.strip() == "705"}.values()
    cell.paragraphs[0].runs[0].text = "1000"
    new = tmp_path / "新.docx"
    document.save(str(new))
    outcome = command("diff", old, new)
    assert outcome.code == 0
    assert "意外伤害险床位数量 · 完成值：705 → 1000" in outcome.out
    assert "没有要求改的 1 处" in outcome.out
