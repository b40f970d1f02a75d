"""Sheets in which nothing is wrong, by every rulebook: no error, and hardly anything to ask.

They are filled in as an office would, in the form that `perfeval new` gives; which figures go
together is known by construction.  `docs/checks-measured.zh-CN.md` has the averages.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import perfeval
from perfeval import Severity
from perfeval.documents.inputs.starting_sheet import starting_sheet
from perfeval.findings import gathered
from perfeval.readers.layouts import shipped_ids

SHEETS = 12
"""Of each rulebook."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "checks-measured.zh-CN.md"

Row = dict[str, Any]
TASKS = {
    "社区培训": "场",
    "设备采购": "台",
    "道路养护": "公里",
    "图书购置": "册",
    "公厕管护": "座",
    "义诊活动": "次",
    "河道清淤": "处",
    "路灯维修": "盏",
}
CHOICE = re.compile(r"(?m)^(项目\w\w):\s*# 选一项：([^ /\n]+).*")


@cache
def form(rulebook: str) -> str:
    """Return the empty sheet of a rulebook, with the first choice of each box."""
    text = starting_sheet(perfeval.load_rulebook(rulebook), rulebook)
    return CHOICE.sub(r"\1: \2", text)


def figures(draw: random.Random, aspect: str, task: str) -> tuple[str, str, str]:
    """Return name, target and actual of a row that was met, by what the form calls its place."""
    many = draw.randint(20, 400)
    more = many + draw.randint(0, many // 10)
    share, met = draw.randint(85, 95), draw.randint(950, 999)
    kinds = {
        "数量": (f"{task}数量", f"≥{many}{TASKS[task]}", f"{more}{TASKS[task]}"),
        "质量": (f"{task}验收合格率", f"≥{share}%", f"{met / 10}%"),
        "时效": (f"{task}完成时间", "2024年12月底前", f"2024年{draw.randint(3, 12)}月"),
        "社会成本": (f"{task}扰民投诉", f"≤{many}起", f"{many - 1}起"),
        "生态环境成本": (f"{task}耗水量", f"≤{many}吨", f"{many - 1}吨"),
        "成本": (f"{task}单位成本", f"≤{many}元", f"{many - 1}元"),
        "经济": ("带动村集体增收", f"≥{many}万元", f"{more}万元"),
        "社会": ("受益居民户数", f"≥{many}户", f"{more}户"),
        "生态": ("垃圾分类覆盖率", f"≥{share}%", f"{met / 10}%"),
        "可持续": ("管护协议签订数", f"≥{many}份", f"{more}份"),
        "满意": ("居民满意度", f"≥{share}%", f"{met / 10}%"),
    }
    found = next((row for word, row in kinds.items() if word in aspect), None)
    return found or ("资金管理检查次数", f"≥{many}次", f"{more}次")


def rows_of(block: Any, place: str = "") -> Iterator[tuple[str, Row]]:
    """Yield the rows of a form, each with the names above it."""
    if isinstance(block, dict):
        for name, below in block.items():
            yield from rows_of(below, f"{place} {name}")
    else:
        for row in block or ():
            yield (f"{place} {row.get('二级指标') or row.get('一级指标') or ''}", row)


def sheet(rulebook: str, seed: int) -> dict[str, Any]:
    """Return a sheet of this rulebook: met, or with one row short or money left, and told why."""
    draw = random.Random(f"{rulebook} {seed}")
    task = draw.choice(list(TASKS))
    data = yaml.load(form(rulebook), yaml.BaseLoader)
    data = {field: value for field, value in data.items() if value != ""}
    for number, (place, row) in enumerate(rows_of(data["指标"])):
        name, target, actual = figures(draw, place.split()[-1], task)
        is_known = row.get("目标值") or row.get("名称")
        row.update({} if is_known else {"名称": name, "目标值": target, "完成值": actual})
        row.setdefault("完成值", actual)
        for field in ("已填报得分", "偏差原因"):
            row.pop(field, None)
        if "满意" in place:
            row["备注"] = "随机抽样发放问卷300份"
        if number == 0 and seed % 3 == 0 and target.startswith("≥") and not is_known:
            least = int(re.findall("[0-9]+", target)[0])
            row["完成值"] = f"{least - 1}{target.lstrip('≥0123456789')}"
            row["偏差原因"] = "一处场地年内拆迁，下年补做"
    spent = 100 if seed % 2 else 97
    data["预算"] = {"年初预算数": "100", "预算数": "100", "执行数": str(spent)}
    told = {"原因分析": "尾款按合同留到质保期满支付"} if spent < 100 else {}
    return {
        **data,
        "年度": "2024",
        "项目名称": f"{task}项目",
        "主管部门": "示例局",
        "实施单位": "示例中心",
        "年度目标": f"完成{task}",
        "项目用途": f"{task}支出",
        "产出和效果": f"完成{task}数量",
        "改进措施": "上半年先把场地定下来",
        **told,
    }


def test_clean_sheets_give_no_error_and_less_than_one_warning() -> None:
    """Three hundred of them, by all the rulebooks that ship; the document has the averages."""
    count, found = 0, Counter[Severity]()
    wrong = []
    for rulebook in shipped_ids():
        for seed in range(SHEETS):
            report = perfeval.evaluate(sheet(rulebook, seed))
            causes = gathered(report.findings)
            count += 1
            found.update(item.severity for item in causes)
            wrong += [(rulebook, str(item)) for item in causes if item.severity is Severity.ERROR]
    assert wrong == []
    assert count >= 300
    assert found[Severity.WARNING] < count
    averages = [f"{found[one] / count:.2f}" for one in (Severity.WARNING, Severity.INFO)]
    said = f"{count} 张生成的没有问题的表：错误 0，警告平均 {averages[0]}，提示平均 {averages[1]}"
    assert said in DOCUMENT.read_text(encoding="utf-8"), said
