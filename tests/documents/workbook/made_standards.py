"""Ways of scoring of single rows, made at random, some of which contradict themselves."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

_PLAIN = (
    {"方法": "达标计分"},
    {"方法": "按完成比例"},
    {"方法": "按完成比例", "及格线": 60},
    {"方法": "反比"},
    {"方法": "按超出幅度扣减", "扣完倍数": 2},
)
_WORDS = ("达成预期指标", "得到提升", "不好说", "还行")


def _steps(random: Random) -> dict[str, Any]:
    return {
        "方法": "每档扣分",
        "每": Decimal(random.choice((1, 5, 30))).scaleb(-random.choice((0, 0, 1))),
        "扣": Decimal(random.choice((5, 7, 20))).scaleb(-1),
        "计量": random.choice(("差额", "目标值的百分比")),
        "不足一档": random.choice(("按一档计", "不计", "按比例计")),
        "容许": random.choice((0, 0, 3)),
    }


def _ladder(random: Random, weight: Decimal) -> dict[str, Any]:
    cuts = sorted(random.sample((10, 30, 60, 80, 90, 100), random.randint(1, 3)))
    upper = random.choice(("低于", "不高于"))
    lower = "不低于" if upper == "低于" else "高于"
    rungs: list[dict[str, Any]] = [{} for _ in range(len(cuts) + 1)]
    for at, cut in enumerate(cuts):
        rungs[at][upper], rungs[at + 1][lower] = cut, cut
    for rung in rungs:
        gives = (
            {"得分": random.choice((0, 1, weight, weight, weight + random.choice((0, 0, 1))))},
            {"比例": random.choice((0, 60, 100))},
        )
        rung.update(random.choice(gives))
    random.shuffle(rungs)
    if random.random() < 0.1:
        rungs = rungs[1:] or rungs
    return {"方法": "分档", "按": random.choice(("完成值", "完成率")), "档次": rungs}


def _lateness(random: Random) -> dict[str, Any]:
    return {
        "方法": "逾期扣分",
        "每": random.choice((1, 5)),
        "单位": random.choice(("天", "个月")),
        "扣": random.choice((1, 2)),
        "不足一档": random.choice(("按一档计", "不计")),
    }


def _grades(random: Random) -> dict[str, Any]:
    words = random.sample(_WORDS, 3)
    fixed = random.choice(({}, {"固定比例": 100}))
    return {
        "方法": "按评判等级",
        "档次": [
            {"名称": "好", "从": 70, "用语": words[:1], **fixed},
            {"名称": "中", "从": 40, "用语": words[1:2], "边界": random.choice(("归上档", "两可"))},
            {"名称": "差", "从": 0, "用语": words[2:]},
        ],
    }


def way_of_scoring(random: Random, weight: Decimal) -> dict[str, Any]:
    """Draw a way of scoring."""
    kind = random.randrange(5)
    if kind == 0:
        return dict(random.choice(_PLAIN))
    if kind == 1:
        return _steps(random)
    if kind == 2:
        return _ladder(random, weight)
    return _lateness(random) if kind == 3 else _grades(random)


def of_units(random: Random, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of several units in place of one."""
    kind = random.choice(("%", "人", "元/户", "语"))
    sign = random.choice(("≥", "≤", ""))
    units = []
    for at in range(random.randint(1, 3)):
        if kind == "语":
            said = {"目标值": "得到提升", "完成值": random.choice(_WORDS[:2])}
            points = random.choice((row["分值"], row["分值"] * Decimal("0.9")))
            fields = {**said, "已填报得分": points}
        else:
            planned, done = random.randint(1, 100), random.randint(0, 100)
            fields = {"目标值": f"{sign}{planned}{kind}", "完成值": f"{done}{kind}"}
        units.append({"单位": f"单位{at}", "资金": random.randint(1, 9), **fields})
    kept = {key: row[key] for key in ("一级指标", "二级指标", "名称", "分值")}
    goal = {"所属目标": row["所属目标"]} if "所属目标" in row else {}
    return {**kept, **goal, "分单位": units}


def with_standards(random: Random, data: dict[str, Any]) -> dict[str, Any]:
    """Give some rows of a sheet, and perhaps a section, standards of their own."""
    rows = []
    for whole in data["指标"]:
        drawn = of_units(random, whole) if random.random() < 0.3 else whole
        row = {**drawn, "扣减分数": random.choice((None, None, 1, Decimal("0.125")))}
        if random.random() < 0.6:
            method = way_of_scoring(random, row["分值"])
            rows.append({**row, "评分标准": {"依据": "表下说明", "计分": method}})
        else:
            rows.append(row)
    group = {"依据": "批复", "用于": {"一级指标": ["效益"]}, "计分": _steps(random)}
    return {**data, "指标": rows, "评分标准": [group] if random.random() < 0.3 else None}
