"""What `evaluate` takes: a path, a text, bytes, a dict; and where what is named may lie."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval.cli import main
from perfeval.cli.rulebook_views import view_rulebook
from perfeval.report import publication
from perfeval.source import read_bytes
from tests.checks.blocks import clean

SHEET = next(name for name in clean() if name != "department.yaml")
TEXT = clean()[SHEET]
DATA = read_bytes(TEXT.encode(), "x").data


def said(report: perfeval.Report) -> list[tuple[Any, ...]]:
    return [(item.code, item.message, item.path, item.fingerprint) for item in report.findings]


# -- what may be given -------------------------------------------------------------------------


def test_a_path_a_text_bytes_and_a_dict_say_the_same(tmp_path: Path) -> None:
    """A `str` with a line break is text, without one a path; bytes are always content."""
    spoilt = TEXT.replace("年度目标: ", "年度目标: 见青财预[2024]1号，")
    path = tmp_path / "表.yaml"
    path.write_text(spoilt, encoding="utf-8", newline="\n")
    data = read_bytes(spoilt.encode(), "x").data
    by_path, *others = (
        perfeval.evaluate(given)
        for given in (
            path,
            str(path),
            spoilt,
            spoilt.replace("\n", "\r\n"),
            spoilt.encode(),
            spoilt.encode("gb18030"),
            spoilt.encode("utf-8-sig"),
            data,
        )
    )
    assert by_path.findings
    for other in others:
        assert said(other) == said(by_path)
        assert other.scorecard == by_path.scorecard


FLAT = {
    "rulebook": "hubei-2020",
    "year": 2024,
    "name": "例",
    "budget": {"final": "200"},
    "indicators": [
        {
            "section": "output",
            "aspect": "quantity",
            "name": "床",
            "weight": 40,
            "target": "100张",
            "actual": "80张",
        }
    ],
}


def paths(data: dict[str, Any]) -> dict[str, tuple[str | int, ...]]:
    return {item.code: item.path for item in perfeval.evaluate(data).findings}


def test_a_path_is_in_the_caller_s_own_keys_where_the_key_is_missing(tmp_path: Path) -> None:
    """What is missing is spelt as its neighbours are; a list has no key."""
    english = paths(FLAT)
    assert english["RS104"] == ("indicators", 0, "reason")
    assert english["BX102"] == ("budget", "spent")
    assert english["WT101"] == ("indicators",), "flat rows have no key for a section"
    assert paths({**FLAT, "budget": None})["BX102"][0] == "budget"
    assert paths({**FLAT, "budget": {}})["BX102"] == ("budget", "spent")
    chinese = paths(
        {
            "评分办法": "hubei-2020",
            "年度": 2024,
            "项目名称": "例",
            "预算": {"预算数": "200"},
            "指标": {
                "产出指标": {
                    "数量指标": [{"名称": "床", "分值": 40, "目标值": "100张", "完成值": "80张"}]
                }
            },
        }
    )
    assert chinese["BX102"] == ("预算", "执行数")
    assert chinese["WT101"] == ("指标", "效益指标"), "a section that is missing has a key"
    assert chinese["RS104"] == ("指标", "产出指标", "数量指标", 0, "偏差原因")


def test_a_text_has_places_and_no_file() -> None:
    report = perfeval.evaluate(re.sub("年度: 20..", "年度: 二〇二三", TEXT))
    (finding,) = report.findings
    assert (finding.file, finding.code, finding.place) == ("", "SH105", str(finding.places[0]))


def test_what_dump_writes_is_read() -> None:
    """`load_sheet(dump(x))` is x."""
    sheet = perfeval.load_sheet(DATA)
    assert perfeval.load_sheet(perfeval.dump(sheet)) == sheet
    assert perfeval.load_sheet(perfeval.dump(sheet).encode()) == sheet


@pytest.mark.parametrize(
    "given", [Path("没有\n这个.yaml"), "没有这个.yaml", "评分办法: hubei-2020"]
)
def test_a_path_is_always_a_path(given: Any) -> None:
    (finding,) = perfeval.evaluate(given).findings
    assert (finding.code, finding.message) == ("YM112", "没有这个文件")


@pytest.mark.parametrize(
    ("head", "said"),
    [(b"PK\x03\x04", "压缩包"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "文件已损坏")],
)
def test_an_office_file_that_cannot_be_read_says_why(
    tmp_path: Path, head: bytes, said: str
) -> None:
    path = tmp_path / "表.xls"
    path.write_bytes(head + bytes(100))
    for given in (path, path.read_bytes()):
        (finding,) = perfeval.evaluate(given).findings
        assert finding.code == "RD109"
        assert said in finding.message


def test_a_text_that_is_too_long_is_not_read() -> None:
    (finding,) = perfeval.evaluate("备注: 甲\n" * 1_000_000).findings
    assert "未读取" in finding.message


# -- departments as dicts ----------------------------------------------------------------------


def as_dict(files: dict[str, str]) -> dict[str, Any]:
    read = {name: read_bytes(text.encode(), "x").data for name, text in files.items()}
    return {"department": read.pop("department.yaml"), "sheets": read}


def test_a_department_as_a_dict_says_what_its_folder_says(tmp_path: Path) -> None:
    files = dict(clean())
    files["department.yaml"] += "存在问题: 无\n各项: 1\n"
    files[SHEET] = re.sub("年度: 20..", "年度: 2019", files[SHEET])
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = as_dict(files)
    mixed = {
        "department": files["department.yaml"],
        "sheets": {
            name: (text, text.encode(), given["sheets"][name], tmp_path / name)[at % 4]
            for at, (name, text) in enumerate(files.items())
            if name != "department.yaml"
        },
    }
    by_folder = perfeval.evaluate_department(tmp_path)
    for other in map(perfeval.evaluate_department, (given, mixed)):
        for here, there in zip(by_folder.inspections, other.inspections, strict=True):
            found = [[(f.code, f.message, f.path) for f in i.findings] for i in (here, there)]
            assert sorted(found[0]) == sorted(found[1])
            assert here.ledger == there.ledger


def test_a_finding_in_a_sheet_of_a_dict_has_the_name_of_that_sheet(tmp_path: Path) -> None:
    files = dict(clean())
    files["b/再抄一份"] = files[SHEET]
    report = perfeval.evaluate_department(as_dict(files))
    (twice,) = [item for item in report.findings if item.code == "DP204"]
    assert (twice.file, twice.path) == ("b/再抄一份", ("项目名称",))
    assert {sheet.name for sheet in report.sheets} >= {SHEET, "b/再抄一份"}
    assert publication(report).render("md", "bound")


def test_a_dict_that_is_no_department_is_a_type_error() -> None:
    wrong: list[dict[str, Any]] = [{"部门名称": "甲"}, {"sheets": []}, {"sheets": {1: {}}}]
    for given in wrong:
        with pytest.raises(TypeError):
            perfeval.evaluate_department(given)
    assert perfeval.evaluate_department({}).findings
    assert perfeval.evaluate_department({"sheets": {"甲": {}}}).sheets[0].name == "甲"


# -- the root ----------------------------------------------------------------------------------

SECRET = "密码: 很长的密码\n"


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """Return a folder beside which lies what nobody may read."""
    (tmp_path / "外").mkdir()
    (tmp_path / "外" / "机密.yaml").write_text(SECRET, encoding="utf-8")
    (tmp_path / "局" / "甲").mkdir(parents=True)
    rules = "编号: 甲\n名称: 甲\n地区: 甲\n版本: '1'\n继承: mof-2020\n"
    (tmp_path / "局" / "办法.yaml").write_text(rules, encoding="utf-8")
    (tmp_path / "局" / "甲" / "办法.yaml").write_text(rules, encoding="utf-8")
    return tmp_path / "局"


def naming(rulebook: str, text: str = TEXT) -> str:
    return re.sub("评分办法: .*", f"评分办法: {rulebook}", text)


def sheet_naming(bureau: Path, name: str) -> Path:
    path = bureau / "甲" / "表.yaml"
    path.write_text(naming(name), encoding="utf-8", newline="\n")
    return path


def refused_words(findings: Iterable[perfeval.Finding]) -> bool:
    """Tell whether not a word of the file was said."""
    return "密码" not in "\n".join(map(repr, findings))


def refused(report: perfeval.Report) -> bool:
    """Tell whether the rulebook was refused, and not a word of the file was said."""
    assert refused_words(report.findings)
    return "SH110" in {item.code for item in report.findings}


def test_a_rulebook_lies_inside_the_root(bureau: Path) -> None:
    """What a sheet leads to lies, by its real path, inside the root."""
    assert not refused(perfeval.evaluate(sheet_naming(bureau, "办法.yaml")))
    above = sheet_naming(bureau, "../办法.yaml")
    assert refused(perfeval.evaluate(above))
    assert not refused(perfeval.evaluate(above, root=bureau))
    assert not refused(perfeval.evaluate(above, root=str(bureau)))
    for name in ("../../外/机密.yaml", str(bureau.parent / "外" / "机密.yaml")):
        far = sheet_naming(bureau, name)
        assert refused(perfeval.evaluate(far))
        assert refused(perfeval.evaluate(far, root=bureau))


def test_a_link_out_of_the_root_is_not_followed(bureau: Path) -> None:
    (bureau / "甲" / "链接.yaml").symlink_to(bureau.parent / "外" / "机密.yaml")
    linked = sheet_naming(bureau, "链接.yaml")
    assert refused(perfeval.evaluate(linked))
    assert refused(perfeval.evaluate(linked, root=bureau))
    (bureau / "甲" / "里.yaml").symlink_to(bureau / "办法.yaml")
    inner = sheet_naming(bureau, "里.yaml")
    assert refused(perfeval.evaluate(inner))
    assert not refused(perfeval.evaluate(inner, root=bureau))


def test_a_link_that_is_named_belongs_to_the_folder_of_what_it_leads_to(bureau: Path) -> None:
    """Whoever names a link wants what it leads to: that file's own folder is the root."""
    sheet = sheet_naming(bureau, "办法.yaml")
    link = bureau.parent / "外" / "链接.yaml"
    link.symlink_to(sheet)
    report = perfeval.evaluate(link)
    assert report.name == str(link)
    assert not refused(report)
    assert report.rulebook is not None
    assert report.rulebook.id == "甲"
    sheet_naming(bureau, "机密.yaml")  # it lies beside the link, and not beside the sheet
    assert refused(perfeval.evaluate(link))


def test_a_rulebook_that_is_a_link_inherits_beside_what_it_leads_to(bureau: Path) -> None:
    rules = bureau / "甲" / "丙.yaml"
    rules.write_text("编号: 丙\n名称: 丙\n地区: 丙\n版本: '1'\n继承: 办法.yaml\n", encoding="utf-8")
    link = bureau.parent / "外" / "丙.yaml"
    link.symlink_to(rules)
    assert perfeval.load_rulebook(link) == perfeval.load_rulebook(rules)
    assert view_rulebook(str(link)).chain[0].id == "甲"


def test_a_link_in_a_folder_is_read_only_where_it_stays_in_the_folder(bureau: Path) -> None:
    """Whoever names a folder wants what is in it."""
    folder = bureau / "甲"
    (folder / "办法.yaml").unlink()
    (bureau / "别处.yaml").write_text(TEXT, encoding="utf-8")
    (folder / "里").mkdir()
    (folder / "里" / "表.yaml").write_text(TEXT, encoding="utf-8")
    (folder / "a.yaml").symlink_to(folder / "里" / "表.yaml")
    (folder / "b.yaml").symlink_to(bureau / "别处.yaml")
    (folder / "c.yaml").symlink_to(bureau.parent / "外" / "机密.yaml")
    (folder / "d.yaml").symlink_to(bureau / "没有.yaml")
    (folder / "department.yaml").symlink_to(bureau.parent / "外" / "机密.yaml")
    report = perfeval.evaluate_department(folder)
    read = {Path(sheet.name).name: sheet for sheet in report.sheets}
    assert [name for name, sheet in read.items() if sheet.is_read] == ["a.yaml"]
    for sheet in (read["b.yaml"], read["c.yaml"], read["d.yaml"], report):
        (finding,) = (item for item in sheet.findings if item.code == "YM112")
        assert finding.message == "这是链接，指到文件夹外面，没有打开"
        assert refused_words(sheet.findings)
    assert report.department is None
    assert perfeval.evaluate(folder / "b.yaml").is_read, "a link that is named is read"


def test_a_link_to_itself_says_so(tmp_path: Path) -> None:
    loop = tmp_path / "表.yaml"
    loop.symlink_to(loop)
    (finding,) = perfeval.evaluate(loop).findings
    assert (finding.code, finding.message) == ("YM112", "文件打不开（链接绕成一圈）")


def test_a_folder_that_is_a_link_is_that_folder(bureau: Path) -> None:
    (bureau / "甲" / "办法.yaml").unlink()
    (bureau / "甲" / "表.yaml").write_text(TEXT, encoding="utf-8")
    (bureau / "乙").symlink_to(bureau / "甲")
    (sheet,) = perfeval.evaluate_department(bureau / "乙").sheets
    assert sheet.is_read


@pytest.mark.parametrize("link", [False, True])
def test_nothing_outside_the_root_is_inherited_from(bureau: Path, link: bool) -> None:
    """A rulebook beside a sheet reaches no other file of the machine through 继承."""
    target = "../../外/机密.yaml"
    if link:
        (bureau / "甲" / "链接.yaml").symlink_to(bureau.parent / "外" / "机密.yaml")
        target = "链接.yaml"
    rules = bureau / "甲" / "办法.yaml"
    text = rules.read_text(encoding="utf-8").replace("继承: mof-2020", f"继承: {target}")
    rules.write_text(text, encoding="utf-8")
    report = perfeval.evaluate(sheet_naming(bureau, "办法.yaml"))
    assert refused(report)
    assert f"“{target}”不在给出的文件夹里，没有打开" in {item.message for item in report.findings}
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(rules)
    assert "密码" not in str(caught.value)


def test_a_rulebook_inherits_inside_the_root(bureau: Path) -> None:
    rules = bureau / "甲" / "办法.yaml"
    text = rules.read_text(encoding="utf-8").replace("mof-2020", "../办法.yaml")
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(perfeval.RulebookError):
        perfeval.load_rulebook(rules)
    assert perfeval.load_rulebook(rules, root=bureau).weights.execution == 10
    sheet = sheet_naming(bureau, "办法.yaml")
    assert refused(perfeval.evaluate(sheet))
    assert not refused(perfeval.evaluate(sheet, root=bureau))


def test_a_text_and_a_dict_lead_to_files_only_inside_a_given_root(bureau: Path) -> None:
    text = naming("办法.yaml")
    for given in (text, text.encode(), {**DATA, "评分办法": "办法.yaml"}):
        assert refused(perfeval.evaluate(given))
        assert not refused(perfeval.evaluate(given, root=bureau))


def test_a_department_leads_nowhere_outside_its_folder(bureau: Path) -> None:
    folder = bureau / "甲"
    for name, text in clean().items():
        named = naming("../../外/机密.yaml", text)
        (folder / name).write_text(named, encoding="utf-8")
    (folder / "办法.yaml").unlink()
    report = perfeval.evaluate_department(folder)
    assert all(map(refused, report.sheets))
    assert "SH110" in {item.code for item in report.findings}
    assert "密码" not in repr(report.inspections)
    shutil.rmtree(folder)


def test_the_command_takes_a_folder_of_rulebooks(bureau: Path) -> None:
    """What is named may lie in ``--rulebooks DIR``."""
    above = str(sheet_naming(bureau, "../办法.yaml"))
    rules = bureau / "甲" / "办法.yaml"
    text = rules.read_text(encoding="utf-8").replace("mof-2020", "../办法.yaml")
    rules.write_text(text, encoding="utf-8")
    option = ["--rulebooks", str(bureau)]
    for words in (["score", above], ["explain", above], ["score", above, "--rulebook", str(rules)]):
        assert main(words) == 2
        assert main([*words, *option]) == 0
    assert main(["check", above]) == 1
    assert main(["render", above, "-o", str(bureau / "表.md"), *option]) == 0
    assert main(["form", above, "-o", str(bureau / "表.xlsx"), *option]) == 0
    assert (
        main(["compare", above, "--rulebook", str(rules), "--rulebook", "mof-2020", *option]) == 0
    )
