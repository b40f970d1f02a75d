"""One sheet in the many ways in which YAML may be written; knows nothing of the code it tests."""

from __future__ import annotations

import io
import json
from random import Random
from typing import Any

import yaml

from tests.slips.injecting import ACTUALS, NAMES, SECTIONS, TARGETS, TEXTS

Data = dict[str, Any]
LONG_TEXTS = (
    "办好两件事，其中：一件已经完成，1．数量：完成 26 张；2．质量：合格率 98.67%，时间:2023年12月",
    "第一段\n\n1．数量：完成\n时间:2023年\n目标值：达到\n- 甲：乙\n",
    "一、发放：按月\n二、购置：三套\n",
    "预算数：100 万元 # 不含上年",
    "年度：2023",
)
PAPERS = ("《关于印发办法的通知》：财发〔2023〕1号", "资料来源：统计局年报", "年度：2023 批复")


def a_sheets_data(random: Random) -> Data:
    """Return a sheet as plain data: texts, lists and mappings."""
    data: Data = {
        "评分办法": "hubei-2020",
        "年度": "2023",
        "项目名称": random.choice(TEXTS),
        "产出和效果": random.choice(LONG_TEXTS),
        "依据文件": random.sample(PAPERS, random.randint(1, len(PAPERS))),
        "预算": {"年初预算数": "1,200.50", "预算数": "1286.70", "已填报": {"得分": "20"}},
        "备注": random.choice(LONG_TEXTS),
        "指标": {
            section: {
                aspect: [_a_row(random) for _ in range(random.randint(1, 3))]
                for aspect in random.sample(aspects, random.randint(1, len(aspects)))
            }
            for section, aspects in SECTIONS.items()
        },
    }
    return data


def _a_row(random: Random) -> Data:
    row: Data = {
        "名称": random.choice(NAMES),
        "目标值": random.choice(TARGETS),
        "完成值": random.choice(ACTUALS),
    }
    if random.random() < 0.4:
        row["偏差原因"] = random.choice((*TEXTS, *LONG_TEXTS))
    if random.random() < 0.2:
        row["分单位"] = [{"单位": "甲", "完成值": "26"}, {"单位": "乙：丙", "完成值": "32,156人"}]
    return row


def written(data: Data, random: Random) -> str:
    """Write data in one of the ways of YAML."""
    way = random.random()
    if way < 0.2:
        blanks = random.choice((None, 0, 1, 2, 4))
        signs = random.choice(((", ", ": "), (",", ":"))) if blanks is None else (",", ": ")
        return json.dumps(data, ensure_ascii=False, indent=blanks, separators=signs) + "\n"
    if way < 0.35:
        return "\n".join(_explicit(data, random)) + "\n"
    dumper = _dumper(random)
    node = dumper(io.StringIO()).represent_data(data)
    _style(node, random, random.choice((0, 0.2, 0.6)))
    return yaml.serialize(
        node,
        Dumper=dumper,
        allow_unicode=True,
        width=random.choice((12, 30, 80, 1000)),
        indent=random.choice((2, 3, 4)),
        explicit_start=random.random() < 0.2,
    )


def _dumper(random: Random) -> type[yaml.Dumper]:
    is_indented = random.random() < 0.5

    class Styles(yaml.Dumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, indentless and not is_indented)

        def ignore_aliases(self, data: object) -> bool:
            return True

    return Styles


def _style(node: yaml.Node, random: Random, flow: float) -> None:
    """Choose for each value one of the ways in which it may stand."""
    if isinstance(node, yaml.ScalarNode):
        node.style = random.choice((None, None, "'", '"', "|", ">"))
        return
    assert isinstance(node, yaml.CollectionNode)
    node.flow_style = random.random() < flow
    for item in node.value:
        if isinstance(item, tuple):
            item[0].style = random.choice((None, None, None, None, "'", '"'))
            _style(item[1], random, flow)
        else:
            _style(item, random, flow)


def _explicit(data: Data, random: Random, depth: int = 0) -> list[str]:
    """Write names with question marks, values on lines of their own, flows over several lines."""
    lines = []
    pad = " " * depth
    for name, value in data.items():
        texts = _beneath(value, random, depth + 2)
        if random.random() < 0.3:
            lines += [f"{pad}? {name}", f"{pad}: {texts[0].lstrip()}", *texts[1:]]
        elif len(texts) == 1 and isinstance(value, str) and random.random() < 0.5:
            lines.append(f"{pad}{name}: {texts[0].lstrip()}")
        else:
            mark = random.choice(("", "", " &a" + str(random.randrange(10**9)), "   # 见批复"))
            lines += [f"{pad}{name}:{mark}", *texts]
    return lines


def _beneath(value: Any, random: Random, depth: int) -> list[str]:
    pad = " " * depth
    if isinstance(value, dict):
        return _explicit(value, random, depth) if random.random() < 0.8 else _flow(value, depth)
    if isinstance(value, list):
        if random.random() < 0.3:
            return _flow(value, depth)
        lines = []
        for item in value:
            first, *rest = _beneath(item, random, depth + 2)
            lines += [f"{pad}- {first.lstrip()}", *rest]
        return lines
    if random.random() < 0.5 and not set(value) & set("\n:#-%： "):
        return [pad + value]
    return [pad + json.dumps(value, ensure_ascii=False)]


def _flow(value: Any, depth: int) -> list[str]:
    text = json.dumps(value, ensure_ascii=False, indent=2, separators=(",", ": "))
    return [" " * depth + line for line in text.split("\n")]
