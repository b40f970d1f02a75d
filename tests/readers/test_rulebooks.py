"""Rulebooks: data with sources, that prove themselves when they are loaded."""

# mypy: disable-error-code="comparison-overlap"
from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval.rulebook import HowSeen

WHOLE = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")


def errors(folder: Path, text: str) -> list[tuple[int | None, int | None, str, str, str]]:
    path = folder / "办法.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(perfeval.RulebookError) as caught:
        perfeval.load_rulebook(path)
    return [
        (item.line, item.column, item.code, item.message, item.hint)
        for item in caught.value.findings
    ]


def at(text: str) -> tuple[int, int]:
    """Return line and column of *text*, which stands once in the whole rulebook."""
    assert WHOLE.count(text) == 1
    before = WHOLE[: WHOLE.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_a_shipped_rulebook_is_named_like_its_file_and_cites_its_sources(name: str) -> None:
    book = perfeval.load_rulebook(name)
    assert book.id == name
    for clause in (
        book.weights,
        book.execution,
        book.quantitative,
        book.qualitative,
        book.rounding,
        book.grades,
        book.form,
    ):
        assert clause.source
        assert clause.clause or clause.seen is HowSeen.UNSEEN


def test_the_hubei_rulebook_is_20_40_20_20() -> None:
    book = perfeval.load_rulebook("hubei-2020")
    assert (book.weights.full, book.weights.execution) == (100, 20)
    bands = [(band.upper, band.lower) for band in book.qualitative.bands]
    assert bands == [(100, 80), (80, 50), (50, 0)]
    assert book.quantitative.reverse.method == "反比"
    assert book.rounding.row.digits == 2


def test_the_national_rulebook_is_10_50_30_10() -> None:
    book = perfeval.load_rulebook("mof-2020")
    assert (book.weights.full, book.weights.execution) == (100, 10)
    bands = [(band.upper, band.lower) for band in book.qualitative.bands]
    assert bands == [(100, 80), (80, 60), (60, 0)]
    assert [(band.name, band.lower) for band in book.grades.bands] == [
        ("优", 90),
        ("良", 80),
        ("中", 60),
        ("差", 0),
    ]


def test_a_rulebook_of_ones_own_scores_like_a_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "我的办法.yaml"
    path.write_text(WHOLE.replace("编号: 示例", "编号: 我的办法"), encoding="gb18030")
    real = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
    report = perfeval.evaluate(real, rulebook=str(path))
    assert report.scorecard is not None
    assert report.scorecard.total == Decimal("98.46")
    assert report.scorecard.rulebook.id == "我的办法"
    assert report.scorecard.stamp.startswith("我的办法 1 (")


def test_a_rulebook_object_can_be_given(tmp_path: Path) -> None:
    book = perfeval.load_rulebook("mof-2020")
    report = perfeval.evaluate({"年度": 2023, "项目名称": "示例"}, rulebook=book)
    assert report.rulebook is book
    assert report.sheet is not None
    assert report.sheet.rulebook == "mof-2020"


def test_the_stamp_changes_with_the_content(tmp_path: Path) -> None:
    path = tmp_path / "办法.yaml"
    stamps = []
    for text in (WHOLE, WHOLE + "# 注\n", WHOLE.replace("位数: 2, 方式", "位数: 1, 方式")):
        path.write_text(text, encoding="utf-8")
        stamps.append(perfeval.load_rulebook(path).stamp)
    assert stamps[0] == stamps[1] != stamps[2]


def test_an_unknown_id_names_those_that_there_are() -> None:
    with pytest.raises(
        perfeval.UnknownRulebookError,
        match=r"没有评分办法“hubei-2.*是不是“hubei-2020”？现有",
    ):
        perfeval.load_rulebook("hubei-202")


def replaced(old: str, new: str) -> str:
    at(old)
    return WHOLE.replace(old, new)


FAULTS: dict[str, tuple[str, str, str, str]] = {
    "a leading zero": ("满分: 100", "满分: 0100", "SH104", "“0100”不是规范的数字写法"),
    "a method that there is not": ("方法: 反比", "方法: 反算", "SH108", "“反算”不在可选的写法里"),
    "an unknown key": ("地区: 湖北省", "省份: 湖北省", "SH102", "不认识“省份”"),
    "a missing source": ('版本: "1"\n', "", "SH101", "缺少“版本”"),
    "a truth value": ("预算为零: 不计分", "预算为零: true", "SH108", "这里应是文字"),
    "too many digits": ("单项: {位数: 2", "单项: {位数: 9", "SH103", "9 超出可用的范围"),
    "an unknown mode": ("方式: 四舍五入", "方式: 随便", "SH108", "“随便”不在可选的写法里"),
}


@pytest.mark.parametrize(("old", "new", "code", "message"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_entry_is_an_error_in_words(
    tmp_path: Path, old: str, new: str, code: str, message: str
) -> None:
    assert (code, message) in [item[2:4] for item in errors(tmp_path, replaced(old, new))]


PROOFS: dict[str, tuple[str, str, str]] = {
    "weights that do not close": ("满分: 100", "满分: 90", "“通常”各项分值合计 100，满分 90"),
    "bands out of order": ("      从: 80\n", "      从: 40\n", "各档的“从”应由高到低"),
    "a method against its direction": (
        "反向: {方法: 反比}",
        "反向: {方法: 按完成比例}",
        "“按完成比例”不能用于反向指标",
    ),
    "a positive method against its direction": (
        "正向: {方法: 按完成比例}",
        "正向: {方法: 反比}",
        "“反比”不能用于正向指标",
    ),
    "a line that does not fall": (
        "反向: {方法: 反比}",
        "反向: {方法: 按超出幅度扣减, 扣完倍数: 1}",
        "扣完倍数应大于 1",
    ),
    "grades out of order": (
        "{名称: 良, 从: 80}",
        "{名称: 良, 从: 95}",
        "各档的“从”应由高到低",
    ),
    "grades without an end": ("{名称: 差, 从: 0}", "{名称: 差, 从: 1}", "末档应从 0 起，不留空档"),
    "a grade twice": ("{名称: 良, 从: 80}", "{名称: 优, 从: 80}", "“优”写了两档"),
}


@pytest.mark.parametrize(("old", "new", "message"), PROOFS.values(), ids=PROOFS)
def test_a_rulebook_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Loading proves that weights close and that bands neither gap nor overlap."""
    found = errors(tmp_path, replaced(old, new))
    assert message in [item[3] for item in found]
    assert all(line is not None for line, *_ in found)


EXECUTION = "  方法: 按执行率\n  预算为零: 不计分\n"
LADDER = "  方法: 分档\n  档次: [%s]\n"
WORDS = "用语: [达成预期指标, 达成年度指标, 达成, 完成, 已完成, 是]"
POSITIVE = "  正向: {方法: 按完成比例}\n"
GROUPS = "        - {指标: [产出指标], 分值: 40}\n"
GROUP = "        - {指标: [效益指标, 满意度指标], 分值: 40, 通常: {效益指标: 20, 满意度指标: 20}}\n"
STEPS = "  满意度: {方法: 分档, 档次: [%s, {从: 0, 比例: 0}]}\n"
GRADES = "\n等级:\n"
CAPS = "\n总分封顶:\n  来源: 示例\n  档次: [%s]\n"
REASONS = "\n偏差原因: {来源: 示例, 失分即须说明: true, 完成率不低于: %s}\n"
MORE_PROOFS: dict[str, tuple[str, str, str]] = {
    "an execution method without points": (
        EXECUTION,
        "  方法: 不计分\n",
        "预算执行的分值为 20，与计分方法不一致",
    ),
    "a ladder below the weight": (
        EXECUTION,
        LADDER % "{从: 100, 得分: 10}",
        "最高一档得 10 分，预算执行的分值是 20",
    ),
    "a ladder out of order": (
        EXECUTION,
        LADDER % "{从: 80, 得分: 20}, {从: 90, 得分: 10}",
        "各档的“从”应由高到低",
    ),
    "a ladder that rises": (
        EXECUTION,
        LADDER % "{从: 90, 得分: 20}, {从: 80, 得分: 21}",
        "各档的得分应由高到低",
    ),
    "a ladder below 0": (
        EXECUTION,
        LADDER % "{从: 90, 得分: 20}, {从: 0, 得分: -1}",
        "得分不能是负数",
    ),
    "a word in two bands": (WORDS, "用语: [未达成]", "“未达成”也是“达成预期指标”的用语"),
    "a share outside its band": (WORDS, "固定比例: 70", "固定比例应在本档之内"),
    "bands that begin at 100": (
        "      从: 80\n",
        "      从: 100\n",
        "首档应从 100 以下起，到 100 为止",
    ),
    "bands that do not end at 0": ("      从: 0\n", "      从: 1\n", "末档应从 0 起，不留空档"),
    "an edge below the last band": (
        "      从: 0\n",
        "      从: 0\n      边界: 两可\n",
        "末档之下没有别的档",
    ),
    "a pass mark above 100": (
        POSITIVE,
        "  正向: {方法: 按完成比例, 及格线: 101}\n",
        "及格线应在 0 至 100 之间",
    ),
    "over-achievement below the target": (
        POSITIVE,
        POSITIVE + "  超额完成: {处理: 提示, 阈值: 100}\n",
        "阈值应大于 100（完成率，百分数）",
    ),
    "a deduction below 0": (
        POSITIVE,
        POSITIVE + "  超额完成: {处理: 扣固定分, 阈值: 130, 扣分: -1}\n",
        "扣分不能是负数",
    ),
    "steps of satisfaction out of order": (
        POSITIVE,
        POSITIVE + STEPS % "{从: 80, 比例: 80}, {从: 90, 比例: 100}",
        "各档的“从”应由高到低",
    ),
    "steps of satisfaction that rise": (
        POSITIVE,
        POSITIVE + STEPS % "{从: 90, 比例: 80}, {从: 80, 比例: 90}",
        "各档的比例应由高到低",
    ),
    "a share above 100": (
        POSITIVE,
        POSITIVE + STEPS % "{从: 90, 比例: 101}",
        "比例不能大于 100",
    ),
    "full points of 0": ("满分: 100", "满分: 0", "满分应大于 0"),
    "a section in two groups": (
        GROUPS,
        "        - {指标: [产出指标, 效益指标], 分值: 40}\n",
        "“效益指标”出现在两个分组里",
    ),
    "a weight below 0": (GROUPS, "        - {指标: [产出指标], 分值: -40}\n", "分值不能是负数"),
    "usual weights that do not close": (
        "通常: {效益指标: 20,",
        "通常: {效益指标: 10,",
        "通常的分值合计 30，本组分值 40",
    ),
    "usual weights of another section": (
        "通常: {效益指标: 20, 满意度指标: 20}",
        "通常: {成本指标: 40}",
        "通常的分值里有本组以外的指标",
    ),
    "a last scheme with a condition": (
        "    - 名称: 通常\n",
        "    - 名称: 通常\n      设: [成本指标]\n",
        "最后一个方案应不写“设”“不设”，作为通常情形",
    ),
    "caps out of order": (
        GRADES,
        CAPS % "{从: 50}, {从: 80, 最高: 80}, {从: 0, 最高: 60}" + GRADES,
        "各档的“从”应由高到低",
    ),
    "caps that rise": (
        GRADES,
        CAPS % "{从: 80}, {从: 50, 最高: 60}, {从: 0, 最高: 80}" + GRADES,
        "各档的最高应由高到低",
    ),
    "a cap on the first band": (
        GRADES,
        CAPS % "{从: 80, 最高: 90}, {从: 0, 最高: 80}" + GRADES,
        "首档不封顶，不写“最高”",
    ),
    "a band below it without a cap": (
        GRADES,
        CAPS % "{从: 80}, {从: 0}" + GRADES,
        "首档以外的各档应写“最高”",
    ),
    "a reason below the target": (GRADES, REASONS % 100 + GRADES, "应大于 100（完成率，百分数）"),
}


@pytest.mark.parametrize(("old", "new", "message"), MORE_PROOFS.values(), ids=MORE_PROOFS)
def test_every_block_of_rules_proves_itself(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """A rulebook that is loaded has been proved: no sheet can make it raise later."""
    found = errors(tmp_path, replaced(old, new))
    assert message in [item[3] for item in found]
    assert all(line is not None for line, *_ in found)


def test_all_errors_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = WHOLE
    for old, new in (
        ("满分: 100", "满分: no"),
        ("方法: 反比", "方法: 反算"),
        ("位数: 2, 方式", "位数: x, 方式"),
    ):
        text = text.replace(old, new)
    found = errors(tmp_path, text)
    assert [(item[0], item[3]) for item in found] == [
        (at("满分: 100")[0], "“no”不是数"),
        (at("反向: {方法: 反比}")[0], "“反算”不在可选的写法里"),
        (at("单项: {位数")[0], "这里应是整数"),
    ]


def test_rulebooks_survive_pickling() -> None:
    """A pool of processes sends them around."""
    book = perfeval.load_rulebook("hubei-2020")
    assert pickle.loads(pickle.dumps(book)) == book


def test_a_rulebook_cannot_be_changed() -> None:
    book: Any = perfeval.load_rulebook("hubei-2020")
    with pytest.raises(ValueError, match="frozen"):
        book.id = "x"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("hubei", "“hubei-2020”"), ("mof", "“mof-2020”、“mof-2021”"), ("hebai", "“hebei”")],
)
def test_the_ids_that_begin_with_what_was_written_are_meant_first(written: str, meant: str) -> None:
    with pytest.raises(perfeval.UnknownRulebookError, match=f"，是不是{meant}？现有"):
        perfeval.load_rulebook(written)


@pytest.mark.parametrize("name", perfeval.rulebook_ids())
def test_nobody_can_change_a_rulebook_that_others_use(name: str) -> None:
    """Every noun is an immutable value: the stamp of a kept rulebook says what its rules are."""
    book = perfeval.load_rulebook(name)
    assert hash(book) == hash(pickle.loads(pickle.dumps(book)))
    for named in (book.checking.severity, book.cited, book.form.options, book.form.aliases):
        before: Any = dict(named)
        change: Any = named
        with pytest.raises(TypeError):
            change["PT102"] = "提示"
        with pytest.raises(TypeError):
            change.clear()
        with pytest.raises(TypeError):
            change |= {"PT102": "提示"}
        assert named == before
