"""Safe fixes: what is certain is mended in its place, and not one byte more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.checks.fixes import is_fixable
from perfeval.cli.failures import WritingError
from perfeval.cli.fixing import FixedFile, diff_text, fixed_files, write_fixed
from perfeval.findings import Finding, Fix
from tests.checks.blocks import clean

NAME = "甲.yaml"
SHEET = "公共阅览室开放.yaml"
HEAD = "评分办法: hubei-2020\n年度: 2024\n项目名称: 示例\n"


def mended(raw: bytes, folder: Path) -> FixedFile | None:
    """Return what ``--fix`` makes of a file; the file itself stays as it is."""
    path = folder / NAME
    path.write_bytes(raw)
    files = list(fixed_files([perfeval.evaluate(path).inspection]))
    assert path.read_bytes() == raw
    assert len(files) <= 1
    return files[0] if files else None


def fixed(raw: bytes, folder: Path) -> bytes:
    """Return the bytes after the fixes, and check that a second time there is nothing to mend."""
    file = mended(raw, folder)
    if file is None:
        return raw
    assert mended(file.raw, folder) is None
    return file.raw


# -- what is mended ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("预算: {预算数: １００}", "预算: {预算数: 100}"),
        ("预算: {预算数: 1_000}", "预算: {预算数: 1000}"),
        ("预算: {预算数: +5}", "预算: {预算数: 5}"),
        ("预算: {预算数: 1286. 7}", "预算: {预算数: 1286.7}"),
        ("预算: {预算数: '１００'}", "预算: {预算数: '100'}"),
        ('预算: {预算数: "１００"}', '预算: {预算数: "100"}'),
        ("预算: {预算数: １００, 执行数: ９９．５}", "预算: {预算数: 100, 执行数: 99.5}"),
        ("预算:\n  预算数: １００   # １００", "预算:\n  预算数: 100   # １００"),
        (
            "指标: [{一级指标: 产出, 二级指标: 数量, 名称: 甲, 目标值: ≥１２张}]",
            "指标: [{一级指标: 产出, 二级指标: 数量, 名称: 甲, 目标值: ≥12张}]",
        ),
        (
            "指标:\n  产出:\n    数量:\n      - 名称: 甲\n        目标值: １２\n        分值: ２",
            "指标:\n  产出:\n    数量:\n      - 名称: 甲\n        目标值: 12\n        分值: 2",
        ),
        ("原因分析: 按示公发[2024]12号办理", "原因分析: 按示公发〔2024〕12号办理"),
        ("原因分析: '按示公发【2024】12号办理'", "原因分析: '按示公发〔2024〕12号办理'"),
        ("原因分析: 新增床位２６９张，其中１２张在建", "原因分析: 新增床位269张，其中12张在建"),
        ("原因分析: 用款1286. 7万元", "原因分析: 用款1286.7万元"),
        ("改进措施: 一.改进", "改进措施: 一、改进"),
        ("原因分析: 按示公发[2024]12号，新增２张", "原因分析: 按示公发〔2024〕12号，新增2张"),
        ("原因分析: 按第3. 5条，投入3. 5万元", "原因分析: 按第3. 5条，投入3.5万元"),
        ("原因分析: ' 按第3. 5条，投入3. 5万元'", "原因分析: ' 按第3. 5条，投入3.5万元'"),
        ("原因分析: 新增２张，拆除２张，改造１２张", "原因分析: 新增2张，拆除2张，改造12张"),
        ("原因分析: 完成任务１００，２００人受益", "原因分析: 完成任务100，200人受益"),
        ("原因分析: 分别安排１，２月发放", "原因分析: 分别安排1，2月发放"),
        ("预算: {预算数: ' １００ '}", "预算: {预算数: ' 100 '}"),
    ],
)
def test_a_slip_is_mended_in_its_place(tmp_path: Path, old: str, new: str) -> None:
    assert fixed(f"{HEAD}{old}\n".encode(), tmp_path).decode() == f"{HEAD}{new}\n"


@pytest.mark.parametrize(
    "text",
    [
        "预算: {预算数: 0102}",
        "预算: {预算数: 1e3}",
        "预算: {预算数: 100}",
        "年度目标: |\n  新增床位２６９张\n",
        "年度目标: >\n  按示公发[2024]12号\n  办理\n",
        "原因分析: 新增床位\n  ２６９张",
        'A: "新增\\u0032"',
        '原因分析: "新增\\uFF12\\uFF16张"',
        "原因分析: '新增''２６''张'",
    ],
)
def test_what_is_not_certain_is_left_alone(tmp_path: Path, text: str) -> None:
    """Leading zeros and exponents may mean something else; blocks and escapes stand otherwise."""
    raw = f"{HEAD}{text}\n".encode()
    assert mended(raw, tmp_path) is None


# -- what was filed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "预算: {预算数: １２, 执行数: 12, 已填报: {执行率: １００%, 得分: １２}}",
            "预算: {预算数: 12, 执行数: 12, 已填报: {执行率: １００%, 得分: １２}}",
        ),
        (
            "指标: [{一级指标: 产出, 二级指标: 数量, 名称: 甲, 目标值: １２, 已填报得分: １２}]",
            "指标: [{一级指标: 产出, 二级指标: 数量, 名称: 甲, 目标值: 12, 已填报得分: １２}]",
        ),
        (
            "已填报: {存在问题: 床位少２张}\n原因分析: 少２张",
            "已填报: {存在问题: 床位少２张}\n原因分析: 少2张",
        ),
        ("已填报: {总分: １２}\n预算: {预算数: １２}", "已填报: {总分: １２}\n预算: {预算数: 12}"),
        (
            "filed: {总分: １２}\nbudget: {final: １２, filed: {points: １２}}",
            "filed: {总分: １２}\nbudget: {final: 12, filed: {points: １２}}",
        ),
    ],
)
def test_what_was_filed_is_never_changed(tmp_path: Path, old: str, new: str) -> None:
    """It is evidence (已填报)."""
    assert fixed(f"{HEAD}{old}\n".encode(), tmp_path).decode() == f"{HEAD}{new}\n"


@pytest.mark.parametrize(
    ("path", "is_certain"),
    [
        (("预算", "预算数"), True),
        (("预算", "已填报", "得分"), False),
        (("指标", 0, "已填报得分"), False),
        (("filed", "total"), False),
    ],
)
def test_a_fix_of_what_was_filed_is_no_fix(path: tuple[str | int, ...], is_certain: bool) -> None:
    finding = Finding("SH104", perfeval.Severity.ERROR, "示例", path, fix=Fix("１", "1"))
    assert is_fixable(finding) is is_certain
    assert not is_fixable(Finding("SH104", perfeval.Severity.ERROR, "示例", path))


# -- bytes ---------------------------------------------------------------------------------------

SLIPS = "预算: {预算数: １２, 执行数: 12}  # １２，留着\n原因分析: '第1批'\n"
MENDED = "预算: {预算数: 12, 执行数: 12}  # １２，留着\n原因分析: '第1批'\n"
BRACKETS = "预算: {预算数: 12, 执行数: 12}  # １２，留着\n原因分析: '按示公发[2024]3号'  # [2024]\n"
ROUNDED = (
    "预算: {预算数: 12, 执行数: 12}  # １２，留着\n原因分析: '按示公发〔2024〕3号'  # [2024]\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("last", ["", "\n\n  \n# 完"])
def test_encoding_line_ends_and_comments_stay_as_they_are(
    tmp_path: Path, encoding: str, end: str, last: str
) -> None:
    def raw(text: str) -> bytes:
        return (HEAD + text + last).replace("\n", end).encode(encoding)

    assert fixed(raw(SLIPS), tmp_path) == raw(MENDED)
    assert fixed(raw(BRACKETS), tmp_path) == raw(ROUNDED)


def test_a_file_that_ships_is_left_as_it_is() -> None:
    report = perfeval.evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    assert list(fixed_files([report.inspection])) == []


def test_a_file_that_has_gone_since_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(HEAD + SLIPS, encoding="utf-8")
    inspection = perfeval.evaluate(path).inspection
    path.unlink()
    assert list(fixed_files([inspection])) == []


def test_a_file_that_has_changed_since_is_not_mended_at_the_wrong_place(tmp_path: Path) -> None:
    """A fix is written only where the text still stands as it was read."""
    path = tmp_path / NAME
    path.write_text(HEAD + SLIPS, encoding="utf-8")
    inspection = perfeval.evaluate(path).inspection
    path.write_text("# 新的第一行\n" + HEAD + SLIPS, encoding="utf-8")
    assert list(fixed_files([inspection])) == []


@pytest.mark.parametrize("saved", ["# 新的第一行\n" + HEAD + SLIPS, HEAD, ""])
def test_a_file_that_is_saved_while_it_is_mended_is_left(tmp_path: Path, saved: str) -> None:
    """The bytes of a file are compared with those that were read before it is replaced."""
    file = mended((HEAD + SLIPS).encode(), tmp_path)
    assert file is not None
    path = tmp_path / NAME
    path.write_text(saved, encoding="utf-8")
    with pytest.raises(WritingError, match="在校核时被改动"):
        write_fixed(file._replace(name=str(path)))
    assert [item.read_text(encoding="utf-8") for item in tmp_path.iterdir()] == [saved]


def test_the_difference_shows_the_lines_and_writing_replaces_the_file(tmp_path: Path) -> None:
    file = mended((HEAD + SLIPS).encode(), tmp_path)
    assert file is not None
    assert sorted(item.code for item in file.findings) == ["SH104"]
    shown = diff_text(file).split("\n")
    assert [line for line in shown if line.startswith(("+预", "-预"))] == [
        "-预算: {预算数: １２, 执行数: 12}  # １２，留着",
        "+预算: {预算数: 12, 执行数: 12}  # １２，留着",
    ]
    write_fixed(file)
    assert (tmp_path / NAME).read_bytes() == file.raw


# -- anywhere ------------------------------------------------------------------------------------

SLIPPED = (
    ("阅览室开放天数, 分值: 10", "阅览室开放天数, 分值: １０"),
    ("新增图书册数, 分值: 10", "新增图书册数, 分值: +10"),
    ("目标值: ≥98%", "目标值: ≥９８%"),
    ("完成值: 99.2%", "完成值: '９９．２%'"),
    ("完成值: 50120人次", '完成值: "５０１２０人次"'),
    ("目标值: ≥80%", "目标值: ≥８０%"),
    ("年初预算数: 60", "年初预算数: ６０"),
    ("执行数: 62.4", "执行数: 62. 4"),
    ("预算数: 54,", "预算数: 5_4,"),
    ("  预算数: 64\n", "  预算数: ６４  # ６４\n"),
)
"""Slips outside of what was filed that keep the sheet from being read."""
WORDED = (
    ("示公发〔2024〕12号", "示公发[2024]12号"),
    ("开放306天", "开放３０６天"),
    ("改进措施: 外文图书", "改进措施: 一.外文图书"),
    ("预算执行率97.5%", "预算执行率97. 5%"),
)
"""Slips in texts; they are seen once the sheet can be read."""
FILED = (
    ("执行率: 97.50%, 得分: 19.5", "执行率: ９７.50%, 得分: 1_9.5"),
    ("完成值: 306天, 已填报得分: 10", "完成值: 306天, 已填报得分: １０"),
    ("总分: 99,", "总分: ９９,"),
)
"""Slips in what was filed."""


@contextmanager
def somewhere() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def with_slips(slips: list[tuple[str, str]]) -> str:
    text = clean()[SHEET]
    for right, wrong in slips:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return text


def mended_by_hand(text: str) -> str:
    """Return what must come out: the same text with narrow digits in those places."""
    for wrong, right in (
        ("分值: １０", "分值: 10"),
        ("分值: +10", "分值: 10"),
        ("≥９８%", "≥98%"),
        ("'９９．２%'", "'99.2%'"),
        ('"５０１２０人次"', '"50120人次"'),
        ("≥８０%", "≥80%"),
        ("年初预算数: ６０", "年初预算数: 60"),
        ("执行数: 62. 4", "执行数: 62.4"),
        ("预算数: 5_4,", "预算数: 54,"),
        ("  预算数: ６４  # ６４", "  预算数: 64  # ６４"),
        ("示公发[2024]12号", "示公发〔2024〕12号"),
        ("开放３０６天", "开放306天"),
        ("改进措施: 一.外文", "改进措施: 一、外文"),
        ("执行率97. 5%", "执行率97.5%"),
    ):
        text = text.replace(wrong, right)
    return text


def subsets(slips: tuple[tuple[str, str], ...]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Draw some of the slips."""
    return st.lists(st.sampled_from(slips), unique=True)


encodings = st.sampled_from(("utf-8", "utf-8-sig", "gb18030"))
ends = st.sampled_from(("\n", "\r\n"))


@given(subsets(SLIPPED), subsets(FILED), encodings, ends)
def test_every_slip_is_mended_every_other_byte_stays_and_what_was_filed_is_untouched(
    slips: list[tuple[str, str]], filed: list[tuple[str, str]], encoding: str, end: str
) -> None:
    text = with_slips([*slips, *filed])

    def raw(said: str) -> bytes:
        return said.replace("\n", end).encode(encoding)

    with somewhere() as folder:
        assert fixed(raw(text), folder) == raw(mended_by_hand(text))


@given(subsets(WORDED), encodings, ends)
def test_every_slip_of_a_text_is_mended_and_every_other_byte_stays(
    slips: list[tuple[str, str]], encoding: str, end: str
) -> None:
    text = with_slips(slips)

    def raw(said: str) -> bytes:
        return said.replace("\n", end).encode(encoding)

    with somewhere() as folder:
        assert fixed(raw(text), folder) == raw(mended_by_hand(text))
        path = folder / NAME
        path.write_bytes(raw(mended_by_hand(text)))
        assert perfeval.evaluate(path).findings == ()
