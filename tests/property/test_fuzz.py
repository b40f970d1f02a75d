"""Input is hostile: whatever stands in a file, it comes back as findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval import Report
from perfeval.readers.files import resolve
from perfeval.source import decode

TEXT = resolve("shipped:qingshan-2023/养老服务体系建设运营补助资金").read_text(encoding="utf-8")
SNIPPETS = [
    "",
    " ",
    "\n",
    "\t",
    ":",
    ": ",
    "- ",
    "#",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!int ",
    "|",
    ">",
    "---\n",
    "...\n",
    "<<: *a\n",
    "? ",
    "%",
    "@",
    "`",
    "\x00",
    "\x07",
    "\u2028",
    "\ufeff",
    "\x85",
    "😀",
    "null",
    "~",
    "no",
    "0102",
    "1_000",
    "１２",
    "-5",
    "-0",
    "1e3",
    ".5",
    "NaN",
    ".inf",
    "1:30",
    "9" * 30,
    "0." + "0" * 18 + "1",
    "100%",
    "0",
    "≥",
    "≤",
    "以上",
    "（",
    "）",
    "定性",
    "{值: 1}",
    "{值: 1, 文本: 2（3）}",
    "[1, [2]]",
    "预算数: 1\n",
    "  分值: 0\n",
    "分值: -1\n",
    "目标值: ≤0\n",
    "完成值: -3\n",
    "完成值: 部分达成\n",
    "不适用: true\n",
    "评分办法: mof-2020\n",
    "指标: 5\n",
    "产出指标: {}\n",
    "评分办法: ../x\n",
    "[" * 99,
    "\r",
    "\r\n",
]
ANY = st.characters(exclude_categories=())
"""Every character, and the halves of one, which no output can hold."""
changes = st.lists(
    st.tuples(
        st.integers(0, len(TEXT)),
        st.integers(0, 30),
        st.sampled_from(SNIPPETS) | st.text(ANY, max_size=5),
    ),
    min_size=1,
    max_size=4,
)
QUICK = settings(
    max_examples=max(75, settings().max_examples),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def evaluated(path: Path, raw: bytes) -> Report:
    path.write_bytes(raw)
    report = perfeval.evaluate(path)
    text = decode(raw) or ""
    last = len(re.split("\r\n|[\n\r\x85\u2028\u2029]", text))
    for found in report.findings:
        assert re.fullmatch(r"[A-Z]{2}[0-9]{3}", found.code)
        assert re.search("[\u4e00-\u9fff]", found.message), found
        assert found.file == str(path)
        assert found.line is not None, found
        assert 1 <= found.line <= last, found
        assert found.column is not None
        assert found.column >= 1
    assert report.is_read or report.errors
    if report.scorecard is not None:
        for line in report.scorecard.rows:
            assert line.explain()
            assert 0 <= line.low <= line.high
    return report


@QUICK
@given(changes)
def test_no_change_to_a_sheet_makes_evaluate_raise(
    tmp_path: Path, changed: list[tuple[int, int, str]]
) -> None:
    """A sheet that is wrong is a report with findings, each with its place, in Chinese."""
    text = TEXT
    for start, length, snippet in changed:
        text = text[:start] + snippet + text[start + length :]
    evaluated(tmp_path / "表.yaml", text.encode("utf-8", "surrogatepass"))


@QUICK
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=5))
def test_no_broken_byte_makes_evaluate_raise(
    tmp_path: Path, changed: list[tuple[int, int]]
) -> None:
    """A disk or a mail gateway that damages a file does not stop the run."""
    raw = bytearray(TEXT.encode("gb18030"))
    for position, byte in changed:
        raw[position % len(raw)] = byte
    evaluated(tmp_path / "表.yaml", bytes(raw))


lines = TEXT.splitlines(keepends=True)


@QUICK
@given(st.lists(st.sampled_from(lines), max_size=40), st.integers(0, 3))
def test_no_mixture_of_lines_makes_evaluate_raise(
    tmp_path: Path, drawn: list[str], keep: int
) -> None:
    """Lines that were pasted in any order are findings or a sheet."""
    text = "".join(lines[: 3 + keep] + drawn)
    evaluated(tmp_path / "表.yaml", text.encode("utf-8", "surrogatepass"))


plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(ANY, max_size=8)
    | st.binary(max_size=3)
    | st.sampled_from(SNIPPETS)
)
leaves = plain | st.floats() | st.decimals()
words = st.sampled_from(
    [
        "评分办法",
        "年度",
        "项目名称",
        "预算",
        "指标",
        "产出指标",
        "数量指标",
        "名称",
        "分值",
        "目标值",
        "完成值",
        "值",
        "文本",
        "单位",
        "已填报",
        "执行率",
        "预算数",
        "执行数",
        "符号",
        "一级指标",
        "二级指标",
        "金额单位",
        "其中",
        "多个目标",
        "rulebook",
        "indicators",
        "budget",
        "output",
        "quantity",
        "goal",
    ]
)
keys = words | plain
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=20,
)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@QUICK
@given(st.dictionaries(keys, trees, max_size=8), st.booleans())
def test_no_plain_dict_makes_evaluate_raise(data: dict[object, object], has_head: bool) -> None:
    """A host tool's own data are no friendlier than a file."""
    if has_head:
        data = {**data, "评分办法": "hubei-2020", "年度": 2023, "项目名称": "示例"}
    report = perfeval.evaluate(data)  # type: ignore[arg-type]
    for found in report.findings:
        assert re.search("[\u4e00-\u9fff]", found.message), found
        assert "Decimal(" not in str(found)
    assert report.is_read or report.errors


@given(st.dictionaries(words | st.text(max_size=3), trees, max_size=8))
def test_no_rulebook_data_raises_anything_but_a_rulebook_error(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    """A rulebook of one's own is a file as well."""
    import yaml

    path = tmp_path_factory.getbasetemp() / "办法.yaml"
    try:
        text = yaml.safe_dump(data, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    except (yaml.YAMLError, UnicodeEncodeError):
        return
    with pytest.raises(perfeval.RulebookError):
        perfeval.load_rulebook(path)
