"""Rows of made-up sheets whose weights fit hubei-2020."""

from __future__ import annotations

from typing import Any


def row(section: str, weight: Any, target: Any, actual: Any, **fields: Any) -> dict[str, Any]:
    aspects = {
        "产出指标": "数量指标",
        "效益指标": "社会效益指标",
        "满意度指标": "服务对象满意度指标",
    }
    return {
        "一级指标": section,
        "二级指标": aspects[section],
        "名称": f"{section}{weight}",
        "分值": weight,
        "目标值": target,
        "完成值": actual,
        **fields,
    }


OUTPUT = row("产出指标", 40, "≥100张", "100张", 名称="床位数")
BENEFIT = row("效益指标", 20, "≥10户", "10户", 名称="受益户数")
CLIENTS = row("满意度指标", 20, "≥95%", "96%", 名称="满意度")
FULL = {"预算数": 100, "执行数": 100}

HOSTILE = (
    "<script>alert()</script>",
    "{{7*7}}{% raw %}",
    "a|b|c",
    "]]></w:t><w:p/>",
    "甲\n# 乙\n- 丙",
    "&lt;&amp;",
    "**粗** _斜_ `码` [链](http://x.example)",
    "![图](x.png) www.x.example",
    "1. 一",
    "~~删~~ <!-- 注 -->",
    '" onload="x',
)
"""Field texts that would do harm if a writer took them for markup."""


def hostile_sheet(text: str) -> dict[str, Any]:
    """Return a sheet with *text* in every field that is free text."""
    rows = [
        {**item, "名称": text, "偏差原因": text, "改进措施": text} for item in (BENEFIT, CLIENTS)
    ]
    short = {**OUTPUT, "名称": text, "目标值": f"{text}完成", "完成值": "80%", "偏差原因": text}
    return {
        "评分办法": "hubei-2020",
        "年度": 2023,
        "项目名称": text,
        "主管部门": text,
        "实施单位": text,
        "部门名称": text,
        "项目类别": text,
        "年度目标": text,
        "预算": FULL,
        "指标": [short, *rows],
        "原因分析": text,
        "改进措施": text,
        "产出和效果": text,
    }
