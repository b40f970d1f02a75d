"""``perfeval read``: office files become YAML sheets; what was not read is named."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from perfeval import evaluate, read
from perfeval.cli import main
from perfeval.readers.files import SETTINGS
from tests.carriers.test_hostile import encrypted

HEAD = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
ROWS = [
    ["产出指标", "数量指标", "新增床位数", "≥20张", "26张", "25", "25", ""],
    ["产出指标", "质量指标", "验收合格率", "≥95%", "96%", "25", "25", ""],
    ["效益指标", "社会效益指标", "服务覆盖率", "100%", "100%", "30", "30", ""],
    ["满意度指标", "服务对象满意度指标", "老人满意度", "≥90%", "93%", "10", "10", ""],
]
COUNT = len(HEAD)


def table(name: str) -> list[list[str]]:
    """Return a form of the national layout: 9.8 for 98 % of the money, 90 for what was met."""
    rows = [
        ["项目支出绩效自评表"],
        ["（2023年度）"],
        ["项目名称", name],
        ["主管部门", "某区民政局", "", "", "实施单位", "某区民政局"],
        [
            "项目资金（万元）",
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
        ["", "年度资金总额", "120", "100", "98", "10", "98%", "9.8"],
        HEAD,
        *ROWS,
        ["总分", "", "", "", "", "100", "99.8"],
    ]
    return [[*row, *[""] * (COUNT - len(row))] for row in rows]


def workbook(**sheets: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append([text or None for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document(rows: list[list[str]]) -> bytes:
    made = docx.Document()
    for row in rows[:2]:
        made.add_paragraph(row[0])
    grid = made.add_table(len(rows) - 2, COUNT)
    for cells, row in zip(grid.rows, rows[2:], strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def page(rows: list[list[str]]) -> bytes:
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><meta charset='gbk'><table>{body}</table></html>".encode("gbk")


def commas(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("gb18030")


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def run(*arguments: object) -> int:
    return main(["read", *map(str, arguments)])


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder of twelve files of which three cannot be read and two are no 自评表."""
    whole = workbook(自评表=table("养老"), 填表说明=[["填表说明"], ["一、如实填写"]])
    return write(
        tmp_path / "报送",
        {
            "01养老.xlsx": whole,
            "02网页.xls": page(table("老年补贴")),
            "03逗号.csv": commas(table("助餐")),
            "04损坏.xlsx": whole[: len(whole) // 2],
            "05加密.xlsx": encrypted(),
            "06扫描.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
            "07汇总.xlsx": workbook(汇总=[["2023年度项目绩效自评汇总表"], ["序号", "项目名称"]]),
            "08包.zip": zipped({"社区/甲.xlsx": whole, "说明.txt": "请查收".encode()}),
            "民政科/09两个.xlsx": workbook(甲=table("救助"), 乙=table("殡葬")),
            "民政科/10儿童.docx": document(table("儿童福利")),
            "民政科/~$10儿童.docx": b"\x00",
        },
    )


def test_a_folder_of_mixed_files(
    mixed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "读出"
    assert run(mixed, "-o", out) == 2
    said = capsys.readouterr().out
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.yaml"))
    assert written == [
        "01养老.yaml",
        "02网页.yaml",
        "03逗号.yaml",
        "08包/社区/甲.yaml",
        "民政科/09两个-救助.yaml",
        "民政科/09两个-殡葬.yaml",
        "民政科/10儿童.yaml",
    ]
    for name in written:
        card = evaluate(out / name).scorecard
        assert card is not None
        assert (str(card.total), card.sheet.unconfirmed) == ("99.80", True)
    failed, other = said.split("没有读成（3 处）：")[1].split("不是自评表，或不用读")
    assert [line.split("：")[0].split("/")[-1] for line in failed.splitlines() if line] == [
        "04损坏.xlsx",
        "05加密.xlsx",
        "06扫描.png",
    ]
    assert "05加密.xlsx：文件加了密码" in failed
    for name in ("07汇总.xlsx 汇总", "说明.txt", "~$10儿童.docx", "01养老.xlsx 填表说明"):
        assert name in other
    assert "共 12 个文件，读出 7 张自评表，其中 3 个有没读成或没写成的" in other
    assert "评分办法按表式认作 mof-2020" in said.split("推定，请核对（7 处）")[1]


def test_every_value_stands_beside_its_cell(tmp_path: Path) -> None:
    path = write(tmp_path, {"甲.xlsx": workbook(自评表=table("养老"))}) / "甲.xlsx"
    assert run(path, "-o", tmp_path) == 0
    lines = (tmp_path / "甲.yaml").read_text("utf-8").splitlines()
    for line in (
        "未确认: 是",
        "  文件: 甲.xlsx",
        "  位置: 自评表",
        "  表式: mof-2020",
        "项目名称: 养老  # 自评表!B3",
        "    目标值: ≥20张  # 自评表!D8",
        "    完成值: 26张  # 自评表!E8",
    ):
        assert line in lines
    assert f"  校验值: {read(path).digest}".replace('"', "") in [
        line.replace('"', "") for line in lines
    ]
    above = lines[: lines.index("未确认: 是")]
    assert above[0] == "# 推定（1 处）："
    assert above[1].startswith("#   评分办法按表式认作 mof-2020")


def test_nothing_is_overwritten_unless_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"甲.xlsx": workbook(表=table("养老")), "乙.xlsx": workbook(表=table("助餐"))})
    (tmp_path / "甲.yaml").write_text("我的", "utf-8")
    assert run(tmp_path, "-o", tmp_path) == 2
    assert "已经存在，没有改动它" in capsys.readouterr().out
    assert (tmp_path / "甲.yaml").read_text("utf-8") == "我的"
    assert (tmp_path / "乙.yaml").exists(), "one that stands there does not stop the others"
    assert run(tmp_path, "-o", tmp_path, "--force") == 0
    assert "养老" in (tmp_path / "甲.yaml").read_text("utf-8")


def test_names_are_safe_and_no_two_alike(tmp_path: Path) -> None:
    whole = workbook(表=table("养老"))
    files = {
        "报送/甲.xlsx": whole,
        "报送/甲.docx": document(table("乙")),
        "报送/department.xlsx": whole,
    }
    two = workbook(甲=table("a/b:../c"), 乙=table("a/b:../c"))
    write(tmp_path, {**files, "报送/两个.xlsx": two})
    assert run(tmp_path / "报送", "-o", tmp_path / "出") == 0
    assert sorted(path.name for path in (tmp_path / "出").iterdir()) == [
        "department（2）.yaml",
        "两个-a_b_.._c.yaml",
        "两个-a_b_.._c（2）.yaml",
        "甲.yaml",
        "甲（2）.yaml",
    ]


def test_a_hostile_archive_writes_nowhere_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = workbook(表=table("养老"))
    inner = zipped({"里.xlsx": whole})
    names = {"../外.xlsx": whole, "/abs.xlsx": whole, "内.zip": inner, "好.xlsx": whole}
    write(tmp_path, {"包.zip": zipped(names)})
    assert run(tmp_path / "包.zip", "-o", tmp_path / "出") == 2
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yaml"))
    assert found == ["出/包/好.yaml"]
    said = capsys.readouterr().out
    assert said.count("文件名指到压缩包外面") == 2
    assert "压缩包里的压缩包，没有打开" in said


def test_where_there_is_no_sheet_the_exit_code_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"说明.txt": "请查收".encode()})
    assert run(tmp_path) == 2
    assert run(tmp_path / "没有.xlsx") == 2
    write(tmp_path, {"甲.xlsx": workbook(表=table("养老"))})
    assert run(tmp_path) == 0, "what is no 自评表 is no fault"


def test_without_a_folder_it_only_says_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"甲.xlsx": workbook(表=table("养老"))})
    assert run(tmp_path / "甲.xlsx") == 0
    assert "表：养老，2023 年，4 个指标，按 mof-2020\n" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


def test_json_has_the_sheets_and_what_was_not_read(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(mixed, "--json") == 2
    files: dict[str, Any] = {
        Path(file["name"]).name: file for file in json.loads(capsys.readouterr().out)["files"]
    }
    (sheet,) = files["10儿童.docx"]["sheets"]
    assert (sheet["layout"], sheet["rulebook"], sheet["output"]) == ("mof-2020", "mof-2020", None)
    assert evaluate(sheet["text"]).is_read
    assert sheet["assumptions"][0]["path"] == ["评分办法"]
    (part,) = files["06扫描.png"]["unread"]
    assert (part["is_fault"], files["06扫描.png"]["sheets"]) == (True, [])


# -- which rulebook: the option, then the folder, then the layout --------------------------------


def rulebook_of(path: Path) -> str:
    sheet = evaluate(path).sheet
    assert sheet is not None
    return sheet.rulebook


def test_the_option_goes_before_the_folder_and_the_folder_before_the_layout(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path / "报送", {"科/甲.xlsx": workbook(表=table("养老"))})
    out = tmp_path / "出"
    (folder / SETTINGS).write_text("评分办法: gansu\n", "utf-8")
    assert run(folder, "-o", out) == 0
    assert rulebook_of(out / "科/甲.yaml") == "gansu"
    assert "评分办法按" not in (out / "科/甲.yaml").read_text("utf-8"), "nothing is assumed"
    assert run(folder, "-o", out, "--force", "--rulebook", "jiangxi") == 0
    assert rulebook_of(out / "科/甲.yaml") == "jiangxi"
    assert run(folder / "科", "-o", out / "单", "--force") == 0
    assert rulebook_of(out / "单/甲.yaml") == "mof-2020", "the folder above was not given"


def test_a_file_that_is_scored_as_it_lies_follows_its_folder_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "报送", {"科/甲.xlsx": workbook(表=table("养老"))})
    (folder / SETTINGS).write_text("评分办法: gansu\n", "utf-8")
    main(["score", str(folder)])
    assert "养老 · 2023 · gansu" in capsys.readouterr().out
    main(["score", str(folder / "科/甲.xlsx")])
    assert "养老 · 2023 · mof-2020" in capsys.readouterr().out, "the folder above was not given"
    assert main(["score", str(folder), "--rulebook", "jiangxi"]) == 0
    assert "养老 · 2023 · jiangxi" in capsys.readouterr().out
    (folder / "科" / SETTINGS).write_text("评分办法: 没有的\n", "utf-8")
    assert main(["score", str(folder)]) == 2
    assert "没有评分办法“没有的”" in "".join(capsys.readouterr())


def test_a_wrong_folder_file_is_said_of_each_file_and_a_wrong_option_ends_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "报送", {"甲.xlsx": workbook(表=table("养老"))})
    (folder / SETTINGS).write_text("评分办法: 没有的\n", "utf-8")
    assert run(folder) == 2
    assert "没有评分办法“没有的”" in capsys.readouterr().out
    assert run(folder, "--rulebook", "没有的") == 2
    assert "没有评分办法“没有的”" in capsys.readouterr().err


def test_a_file_where_the_folder_should_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, {"甲.xlsx": workbook(表=table("养老"))}) / "甲.xlsx"
    assert run(path, "-o", path) == 2
    assert "-o 后面要写文件夹" in capsys.readouterr().err
    assert path.read_bytes()[:2] == b"PK"


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = workbook(表=table("养老"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert run("-", "-o", tmp_path) == 0
    assert (tmp_path / "标准输入.yaml").exists()


def test_a_text_with_a_line_break_is_content_and_one_without_a_path() -> None:
    """Ruling of the house: a str with a line break is text, without one a path."""
    text = "三级指标,目标值,完成值\n床位数,391,390\n"
    assert read(text).tables == read(text.encode()).tables
    assert "没有" in read("三级指标,目标值,完成值").unread[0].reason or read("没有.csv").unread


@pytest.mark.parametrize("more", [(), ("--json",), ("--no-merge",)])
def test_two_processes_read_what_one_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    """Names that are given out, notes that several share, and files that hold nothing included."""
    folder = tmp_path / "收件"
    for number in range(12):
        place = folder / f"科室{number % 3}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"表{number}.csv").write_bytes(commas(table(f"项目{number % 5}")))
        (place / f"表{number}.docx").write_bytes(b"PK\x03\x04" + bytes([number]) * 40)
    said, written = [], []
    for name, jobs in (("甲", ()), ("乙", ("--jobs", "2"))):
        output = tmp_path / name
        code = main(["read", str(folder), "-o", str(output), *more, *jobs])
        captured = capsys.readouterr()
        said.append((code, captured.out.replace(f"{output}", "出"), captured.err))
        written.append(
            {path.relative_to(output): path.read_bytes() for path in output.rglob("*.*")}
        )
    assert said[0] == said[1]
    assert written[0] == written[1]
    assert len(written[0]) == 12
    assert said[0][0] == 2
