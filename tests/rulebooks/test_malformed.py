"""Rulebooks with errors: each file beside this test ends with the findings it must give.

A line ``12:7 RB101 …`` is line, column, code and message; ``底本.yaml:23:7`` stands in a file that
is inherited, ``-`` has no place.  Nothing more is found, and nothing less.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import perfeval
from perfeval import Severity

HERE = Path(__file__).parent
FILES = sorted((HERE / "malformed").glob("*.yaml"))
GROUND = HERE / "malformed" / "下级" / "底本.yaml"
_EXPECTED = re.compile(r"#   (?:(?P<file>[^ :]+\.yaml):)?(?P<place>-|\d+:\d+) (?P<rest>\S+ .+)")
every_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


class Found(NamedTuple):
    """A finding, as the files write it down."""

    line: int
    column: int
    file: str
    text: str


def expected(path: Path) -> list[Found]:
    _, _, listed = path.read_text(encoding="utf-8").partition("\n# 应报：\n")
    found = []
    for written in listed.splitlines():
        match = _EXPECTED.fullmatch(written)
        assert match, written
        place = "0:0" if match["place"] == "-" else match["place"]
        line, column = map(int, place.split(":"))
        found.append(Found(line, column, match["file"] or path.name, match["rest"]))
    return found


def refused(path: Path) -> perfeval.RulebookError:
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(path)
    return caught.value


def test_the_ground_that_they_inherit_has_no_errors() -> None:
    assert perfeval.load_rulebook(GROUND).id == "底本"


def test_there_are_more_than_thirty() -> None:
    assert len(FILES) > 30
    assert all(expected(path) for path in FILES)


@every_file
def test_all_faults_of_a_file_are_found_at_once_each_in_its_place(path: Path) -> None:
    found = [
        Found(item.line or 0, item.column or 0, Path(item.file).name, f"{item.code} {item.message}")
        for item in refused(path).findings
    ]
    assert sorted(found) == sorted(expected(path))


@every_file
def test_findings_come_line_by_line_with_what_stands_there(path: Path) -> None:
    error = refused(path)
    places = [(item.line or 0, item.column or 0) for item in error.findings]
    assert places == sorted(places)
    assert error.message == f"{path}：{len(error.findings)} 处错误"
    for item in error.findings:
        assert item.severity is Severity.ERROR
        if item.line is not None and item.column is not None:
            lines = Path(item.file).read_text(encoding="utf-8").split("\n")
            assert item.excerpt == lines[item.line - 1]
            assert item.column <= len(item.excerpt) + 1


@every_file
def test_a_finding_speaks_the_forms_language(path: Path) -> None:
    """No word of Python, of a library or of English reaches the official."""
    for item in refused(path).findings:
        words = re.sub(r"“[^”]*”", "", item.message + item.hint)
        words = words.replace("true", "").replace("false", "").replace("YAML", "")
        assert not re.search(r"[A-Za-z]{2,}", words), item
        (item.message + item.hint).encode("gbk")


def test_a_near_miss_of_a_key_is_suggested() -> None:
    (path,) = [path for path in FILES if path.stem == "不认识的词"]
    hints = {item.message: item.hint for item in refused(path).findings}
    assert hints["不认识“满份”"] == "是不是“满分”？"
    assert hints["不认识“封顶”"] == "这里可以写：方法、及格线"
    assert hints["不认识“备住”"].startswith("这里可以写：编号、名称、地区、")


def test_the_plain_way_to_write_a_number_is_suggested() -> None:
    (path,) = [path for path in FILES if path.stem == "数字写法"]
    hints = [item.hint for item in refused(path).findings if item.hint.startswith("请写成")]
    assert hints == ["请写成 100", "请写成 10", "请写成 120", "请写成 2", "请写成 0"]
