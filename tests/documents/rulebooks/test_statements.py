"""What a rulebook lays down, said in plain Chinese: complete, comparable, printable."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from perfeval import Rulebook, load_rulebook, rulebook_ids
from perfeval.clauses import COLLECT
from perfeval.documents.rulebooks.changes import changes
from perfeval.documents.rulebooks.statements import BLOCKS, clauses, statements
from perfeval.readers.rulebooks import rulebook_from_source
from perfeval.source import read_text

CITED = {"来源": "甲文件"}
RICH: dict[str, Any] = {
    "编号": "rich",
    "名称": "样样都有的办法",
    "地区": "某地",
    "版本": "1",
    "分值": {
        **CITED,
        "满分": 100,
        "预算执行": 10,
        "计分": True,
        "一级指标固定": True,
        "多个目标": "按比例折算",
        "不适用指标": "按适用分值折算",
        "方案": [
            {
                "名称": "有成本",
                "设": ["成本指标"],
                "不设": ["满意度指标"],
                "分组": [{"指标": ["成本指标"], "分值": 20}, {"指标": ["产出指标"], "分值": 70}],
            },
            {
                "名称": "通常",
                "分组": [
                    {"指标": ["产出指标"], "分值": 50},
                    {
                        "指标": ["效益指标", "满意度指标"],
                        "分值": 40,
                        "通常": {"效益指标": 30, "满意度指标": 10},
                    },
                ],
            },
        ],
    },
    "预算执行": {
        **CITED,
        "方法": "分档",
        "执行率取值": {"位数": 2, "方式": "四舍五入"},
        "预算为零": "零分",
        "超预算": "不计分",
        "档次": [{"从": 100, "得分": 10}, {"从": 80, "得分": 7}, {"从": 0, "得分": 0}],
    },
    "定量指标": {
        **CITED,
        "正向": {"方法": "按完成比例", "及格线": 60},
        "反向": {"方法": "按超出幅度扣减", "扣完倍数": 2},
        "等于": {"方法": "达标计分"},
        "等于判定": "相等才达标",
        "等于零": "同正向",
        "满意度": {
            "方法": "分档",
            "档次": [{"从": 90, "比例": 100}, {"从": 60, "比例": 50}, {"从": 0, "比例": 0}],
        },
        "超额完成": {"处理": "扣固定分", "阈值": 150, "扣分": 1},
        "以完成率填报": "不计分",
        "达成用语": ["完成", "达成"],
        "未达成用语": ["没完成"],
        "按期用语": ["按时"],
        "程度事项": ["发放", "覆盖"],
    },
    "定性指标": {
        **CITED,
        "档次": [
            {
                "名称": "达成",
                "从": 80,
                "用语": ["达成"],
            },
            {
                "名称": "部分达成",
                "从": 50,
                "用语": ["部分达成"],
            },
            {
                "名称": "未达成",
                "从": 0,
                "用语": ["未达成"],
                "固定比例": 20,
            },
        ],
        "好评用语": ["满意"],
        "中评用语": ["一般"],
        "差评用语": ["较差"],
        "等次": [["优", "良", "中"], ["甲等", "乙等"]],
    },
    "评分标准": {
        **CITED,
        "各项": [
            {
                "用于": {"指标": ["甲", "乙"], "二级指标": ["数量指标"]},
                "计分": {
                    "方法": "每档扣分",
                    "每": 5,
                    "扣": 2,
                    "计量": "差额",
                    "不足一档": "按一档计",
                    "容许": 3,
                },
            },
            {
                "用于": {"一级指标": ["满意度指标"]},
                "计分": {
                    "方法": "分档",
                    "按": "完成值",
                    "档次": [
                        {"不低于": 90, "得分": 8},
                        {"高于": 70, "低于": 90, "得分": 5},
                        {"不高于": 70, "比例": 10},
                    ],
                },
            },
            {
                "用于": {"指标": ["丙"]},
                "计分": {
                    "方法": "按评判等级",
                    "档次": [
                        {"名称": "好", "从": 60, "用语": ["完成"], "固定比例": 90},
                        {"名称": "差", "从": 0, "用语": ["没有"]},
                    ],
                },
            },
        ],
    },
    "舍入": {
        **CITED,
        "单项": {"位数": 2, "方式": "四舍五入"},
        "小计": {"位数": 1, "方式": "舍去"},
        "总分": {"位数": 1, "方式": "进一"},
        "印出": {"位数": 0, "方式": "四舍五入"},
    },
    "扣减分数": {**CITED},
    "总分封顶": {**CITED, "档次": [{"从": 50}, {"从": 0, "最高": 59}]},
    "等级": {**CITED, "档次": [{"名称": "好", "从": 85}, {"名称": "差", "从": 0}]},
    "偏差原因": {
        **CITED,
        "失分即须说明": True,
        "执行率低于": 90,
        "完成率不低于": 130,
        "零目标完成不低于": 30,
    },
    "结果应用": {
        **CITED,
        "各等级": [
            {"等级": "好", "安排": "优先保障", "说法": "优先安排"},
            {"等级": "差", "安排": "暂停或取消"},
        ],
    },
    "校核": {
        "停用": ["IN109"],
        "级别": {"FM103": "提示"},
        "一行占满": 30,
        "执行滞后": 10,
        "原因点名": 5,
        "重复句": 20,
        "满分普遍": 4,
    },
    "表式": {
        **CITED,
        "标题": "自评表",
        "表上左": "部门",
        "表上右": "单位",
        "横向": True,
        "执行率位数": 2,
        "金额位数": 3,
        "一级指标标题": "{一级指标}",
        "选项": {"项目类别": ["甲类", "乙类"]},
        "金额单位": "元",
        "千分位": True,
        "分目标标题": "目标{序号}",
        "资金构成": ["财政拨款"],
        "资金别名": [["财政拨款", "财政资金"]],
        "级别用词": ["区级", "县级"],
        "不印的符号": ["≥"],
        "不计分处": "-",
        "中部": [[{"标签": "目标"}, {"字段": "年度目标"}]],
        "执行率行": "执行率",
        "表头": [[{"标签": "项目"}, {"字段": "项目名称"}, {"选项": "项目类别"}]],
        "预算栏": [{"内容": "执行数", "标题": "执行数"}],
        "资金总额名称": "总额",
        "指标栏": [
            {"内容": "三级指标", "标题": "指标", "上级标题": "绩效", "宽": 40},
            {"内容": "得分", "宽": 20},
        ],
        "表尾": [[{"标签": "总分"}, {"字段": "总分"}]],
        "附注": ["甲", "丙"],
        "评分附注": [1],
        "签字": ["乙"],
    },
}
ALTERNATIVES = (
    "≤",
    "警告",
    "分值合计",
    "并入同一级指标",
    "不计分",
    "满分",
    "按完成比例",
    "压减",
    "达标计分",
    "不低于即达标",
    "为零得满分",
    "提示",
    "按完成率计分",
    "四舍六入五成双",
    "目标值的百分比",
    "按比例计",
    "完成率",
    "质量指标",
    "成本指标",
    "效益指标",
    "决策指标",
    "项目属性",
    "年度目标",
    "预算数",
    "二级指标",
    "主管部门",
    "万元",
    "项目名称",
)
UNTOLD = {
    *CITED,
    "条款",
    "施行",
    "说明",
    "编号",
    "继承",
    "别名",
    "特征",
    "地区",
    "版本",
    "宽",
    "占",
    "占行",
}
"""Citations and the head are told beside the statements; measures of the table are not told."""


def made(data: dict[str, Any]) -> Rulebook:
    """Make a rulebook without its proofs: a single changed number may contradict another."""
    return Rulebook.model_validate(data, context=COLLECT)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in UNTOLD:
                yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from leaves(item, (*path, position))
    else:
        yield path, value


def others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    return [value + 1] if isinstance(value, int) else [f"{value}改", *ALTERNATIVES]


def changed(path: tuple[Any, ...], old: Any) -> Rulebook:
    """Return the rich rulebook with another value at one place."""
    for new in others(old):
        data = copy.deepcopy(RICH)
        at = data
        for step in path[:-1]:
            at = at[step]
        if new == old:
            continue
        at[path[-1]] = new
        try:
            return made(data)
        except ValidationError:
            continue
    raise AssertionError(f"no other value at {path}")


SETTLED = {
    ("定性指标", "档次", 2, "从"): "a band with fixed points is not judged",
    ("评分标准", "各项", 2, "计分", "档次", 1, "从"): "the last band always begins with 0",
    ("总分封顶", "档次", 1, "从"): "the last band always begins with 0 %",
    ("分值", "方案", 0, "名称"): "a division is named by its condition",
    ("分值", "方案", 1, "名称"): "the usual division needs no name",
}
LEAVES = [
    (path, value)
    for path, value in leaves({block: RICH[block] for block in BLOCKS[:-1]})
    if path not in SETTLED and path[-1] not in ("方法", "处理")
]


@pytest.mark.parametrize(("path", "value"), LEAVES, ids=lambda item: str(item)[:60])
def test_whatever_a_rulebook_lays_down_is_said(path: tuple[Any, ...], value: Any) -> None:
    """A value that could change without a word would hide a rule."""
    assert changes(made(RICH), changed(path, value))


@pytest.mark.parametrize("block", BLOCKS[:-1])
def test_no_field_of_a_block_is_left_out_above(block: str) -> None:
    """A field that a block gains later needs a statement, and this test asks for it."""
    words = {field.alias: name for name, field in Rulebook.model_fields.items()}
    fields = type(getattr(made(RICH), words[block] or "")).model_fields.values()
    assert {field.alias for field in fields} - UNTOLD <= set(RICH[block])


@pytest.mark.parametrize("name", rulebook_ids())
def test_each_shipped_rulebook_is_said_once_and_for_a_gbk_console(name: str) -> None:
    said = statements(load_rulebook(name))
    keys = [statement.key for statement in said]
    assert len(keys) == len(set(keys))
    for statement in said:
        assert statement.label
        assert statement.value
        f"{statement.label}{statement.value}".encode("gbk")


@pytest.mark.parametrize("name", rulebook_ids())
def test_nothing_changes_from_a_rulebook_to_itself(name: str) -> None:
    assert changes(load_rulebook(name), load_rulebook(name)) == ()


@pytest.mark.parametrize("before", rulebook_ids())
def test_a_change_is_told_both_ways(before: str) -> None:
    """Whoever goes back is told as many changes, details of what is not scored left out."""
    for after in rulebook_ids():
        there = {
            (change.block, change.label): change
            for change in changes(load_rulebook(before), load_rulebook(after))
        }
        back = {
            (change.block, change.label): change
            for change in changes(load_rulebook(after), load_rulebook(before))
        }
        for key in there.keys() & back.keys():
            assert (there[key].before, there[key].after) == (back[key].after, back[key].before)
        assert bool(there) == bool(back)


def test_the_blocks_that_a_rulebook_has_are_its_clauses() -> None:
    assert list(clauses(made(RICH))) == [block for block in BLOCKS[:-1] if block != "校核"]


MOF = """\
编号: x
名称: x
地区: x
版本: "1"
继承: mof-2020
"""


def said_by(text: str) -> dict[str, str]:
    read = rulebook_from_source(read_text(MOF + text, "x.yaml"))
    return {statement.label: statement.value for statement in statements(read.rulebook)}


PROPORTIONAL = "达到目标值得满分；没有达到的，得分 = 分值 × 完成值 ÷ 目标值"
KEPT = "不超过目标值得满分；超过的，"
EVENLY = "按超出的幅度均匀扣分"


@pytest.mark.parametrize(
    ("block", "rules", "label", "sentence"),
    [
        (
            "预算执行",
            "方法: 按执行率",
            "计分方法",
            "得分 = 分值 × 执行率（执行数 ÷ 预算数），最高为分值",
        ),
        (
            "预算执行",
            "方法: 分档\n  档次: [{从: 100, 得分: 10}, {从: 80, 得分: 7}, {从: 0, 得分: 0}]",
            "计分方法",
            "按执行率分档：达到 100% 得 10 分；80%（含）～100%（不含）得 7 分；不到 80% 得 0 分",
        ),
        (
            "预算执行",
            "执行率取值: {位数: 1}",
            "执行率的取值",
            "执行率先四舍五入到 1 位小数（百分数），再用来计分",
        ),
        ("预算执行", "预算为零: 零分", "预算数为 0 时", "得 0 分"),
        (
            "定量指标",
            "正向: {方法: 按完成比例, 及格线: 60}",
            "正向指标（≥、＞）",
            f"{PROPORTIONAL}，其中完成率不到 60% 的得 0 分",
        ),
        (
            "定量指标",
            "正向: {方法: 达标计分}",
            "正向指标（≥、＞）",
            "达到目标值得满分；没有达到得 0 分",
        ),
        (
            "定量指标",
            "反向: {方法: 反比}",
            "反向指标（≤、＜）",
            f"{KEPT}得分 = 分值 × 目标值 ÷ 完成值（如超出 10%，得分值的 90.91%）",
        ),
        (
            "定量指标",
            "反向: {方法: 按超出幅度扣减, 扣完倍数: 2}",
            "反向指标（≤、＜）",
            f"{KEPT}{EVENLY}，完成值达到目标值的 2 倍时扣完（如超出 10%，得分值的 90%）",
        ),
        (
            "定量指标",
            "反向: {方法: 按超出幅度扣减, 扣完倍数: 1.05}",
            "反向指标（≤、＜）",
            f"{KEPT}{EVENLY}，完成值达到目标值的 1.05 倍时扣完（如超出 10%，得分值的 0%）",
        ),
        (
            "定量指标",
            "超额完成: {处理: 须说明原因, 阈值: 130}",
            "超额完成",
            "完成值达到目标值的 130% 及以上的，须说明原因，得分不变",
        ),
        (
            "定量指标",
            "超额完成: {处理: 按超额幅度扣减, 阈值: 150}",
            "超额完成",
            "完成值达到目标值的 150% 及以上的，完成率每高出 1 个百分点，扣分值的 1%，扣到 0 分为止",
        ),
        ("定量指标", "达成用语: []", "目标值是数、完成值填文字的", "不计分，总分只能给出区间"),
        (
            "定量指标",
            "程度事项: [发放, 覆盖]",
            "目标值是文字、完成值填完成率的",
            "100% 得满分；不到 100% 的，目标值里有“发放”“覆盖”的按完成率计分，其余不计分",
        ),
        (
            "定量指标",
            "程度事项: []",
            "目标值是文字、完成值填完成率的",
            "100% 得满分；不到 100% 的不计分",
        ),
        (
            "定量指标",
            "以完成率填报: 不计分",
            "目标值是文字、完成值填完成率的",
            "不计分，总分只能给出区间",
        ),
        (
            "定量指标",
            "按期用语: [按时, 按期]",
            "目标值是期限、完成值填文字的",
            "填“按时”“按期”的，视为按期，得满分",
        ),
        (
            "定量指标",
            "未达成用语: [没完成]",
            "达标才计分、完成值填文字的",
            "填“没完成”的，视为没有达成，得 0 分",
        ),
        ("定性指标", "好评用语: [满意]", "好评用语", "“满意”，归入首档"),
        (
            "定性指标",
            "档次: [{名称: 是, 从: 60}, {名称: 否, 从: 0}]\n  中评用语: [一般]",
            "中评用语",
            "“一般”，没有可以归入的档，不计分",
        ),
        (
            "定性指标",
            "等次: [[优, 良, 中], [甲等, 乙等]]",
            "目标值、完成值都填等次的",
            "由好到差：优、良、中；甲等、乙等。完成值的等次不低于目标值的，得满分",
        ),
        ("舍入", "单项: {位数: 0, 方式: 四舍五入}", "每行得分", "四舍五入到整数"),
        ("舍入", "印出: {位数: 0, 方式: 进一}", "印在表上的得分", "进一取整数"),
        (
            "总分封顶",
            "档次: [{从: 80}, {从: 50, 最高: 89}, {从: 0, 最高: 59}]",
            "总分与执行率",
            "执行率低于 50% 的，总分最高 59 分；执行率低于 80% 的，总分最高 89 分",
        ),
        (
            "偏差原因",
            "失分即须说明: false\n  执行率低于: 90",
            "预算执行率偏低的",
            "低于 90% 的须说明原因",
        ),
        ("等级", "档次: [{名称: 合格, 从: 60}, {名称: 不合格, 从: 0}]", "不合格", "不到 60 分"),
    ],
)
def test_a_rule_is_said_as_an_accountant_would(
    block: str, rules: str, label: str, sentence: str
) -> None:
    said = said_by(f"{block}:\n  来源: 甲\n  {rules}\n")
    assert said[label] == sentence


def test_weights_are_said_by_section_and_special_cases_by_their_condition() -> None:
    said = {statement.label: statement.value for statement in statements(made(RICH))}
    assert said["产出指标"] == "50 分"
    assert said["效益指标"] == "通常 30 分，与满意度指标合计 40 分"
    assert said["设有成本指标而不设满意度指标的表"] == "成本指标 20 分，产出指标 70 分"


def test_bands_are_said_with_their_ends() -> None:
    said = {item.label: item.value for item in statements(load_rulebook("hubei-2020"))}
    assert said["首档的得分"] == "分值的 100%～80%（含）"
    assert said["中档的得分"] == "分值的 80%（不含）～50%（含）"
    assert said["末档的得分"] == "分值的 50%（含）～0%"


def lines(before: str, after: str) -> list[str]:
    found = changes(load_rulebook(before), load_rulebook(after))
    return [line.strip() for change in found for line in change.lines]


def test_what_changes_is_told_in_one_sentence_where_it_is_short() -> None:
    told = lines("mof-2020", "hubei-2020")
    assert "预算执行：由 10 分改为 20 分" in told
    assert "中档的得分：由分值的 80%（不含）～60%（含）改为分值的 80%（不含）～50%（含）" in told
    assert "效益指标：由 30 分改为通常 20 分，与满意度指标合计 40 分" in told


def test_long_rules_are_set_one_below_the_other() -> None:
    told = lines("mof-2020", "national-system")
    at = told.index("反向指标（≤、＜）：")
    assert told[at + 1].startswith("原：不超过目标值得满分；超过的，得分 = 分值 × 目标值 ÷ 完成值")
    assert told[at + 2].startswith("现：不超过目标值得满分；超过的，按超出的幅度均匀扣分")


def test_of_lists_only_what_comes_goes_or_is_renamed_is_told() -> None:
    told = lines("mof-2020", "hubei-2020")
    at = told.index("归入中档的用语：")
    assert told[at + 1 : at + 3] == ["增加“部分达成预期指标”", "去掉“部分达成年度指标”"]
    assert not any(line.startswith("归入首档的用语") for line in told), "same words, other order"


def test_details_of_a_row_that_is_scored_no_more_need_no_word() -> None:
    told = lines("mof-2020", "ningxia-yuanzhou")
    assert "预算执行：由 10 分改为不占分值" in told
    assert not any("预算数为 0 时" in line for line in told)
    assert any("预算数为 0 时（新增）" in line for line in lines("ningxia-yuanzhou", "mof-2020"))


def test_a_rulebook_file_of_one_s_own_can_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"{MOF}等级:\n  来源: 甲\n  档次: [{{名称: 过, 从: 0}}]\n", "utf-8")
    found = changes(load_rulebook("mof-2020"), load_rulebook(path))
    assert {change.block for change in found} == {"等级"}
