"""Sheets for every rulebook that ships, made at random, whole and with gaps."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from perfeval.cells.levels import Section
from perfeval.numbers import HUNDRED
from perfeval.rulebook import Rulebook, WeightScheme

Drawing = Callable[[Random, Rulebook, Decimal], dict[str, Any]]
SIGNS = ("", "≥", "＞", "＝", "＜", "≤")
UNITS = ("", "张", "%", "元/户", "万元", "个月")
ASPECTS = {
    Section.DECISION: "项目立项",
    Section.PROCESS: "资金管理",
    Section.COST: "经济成本指标",
    Section.OUTPUT: "数量指标",
    Section.BENEFIT: "社会效益指标",
    Section.SATISFACTION: "服务对象满意度指标",
}
ODD = (
    {"目标值": None, "完成值": 5},
    {"目标值": 5, "完成值": None},
    {"目标值": "/", "完成值": "—"},
    {"目标值": "42（3）", "完成值": 36},
    {"目标值": "5张", "完成值": "5吨"},
    {"目标值": "得到提升", "完成值": 5},
    {"目标值": "≥95%", "完成值": "0.96"},
    {"目标值": "≥-5", "完成值": 3},
    {"目标值": "≥5", "符号": "≤", "完成值": 3},
    {"目标值": "5万元", "完成值": "49000元"},
    {"目标值": "1.2万人", "完成值": "1.3"},
    {"目标值": "1.2万亩", "完成值": 11000},
    {"目标值": "1,200户", "完成值": "1100户"},
    {"目标值": "不超过3次", "完成值": "2次"},
    {"目标值": "95%以上", "完成值": "94.5%"},
    {"目标值": "30天以内", "完成值": "31天"},
    {"目标值": "2023年12月底前", "完成值": "100%"},
    {"目标值": "95%以上", "完成值": "是"},
    {"目标值": "≥90", "完成值": "80", "单位": "%"},
    {"目标值": "≥90", "完成值": "0.8", "单位": "%"},
    {"目标值": "≥1.2", "完成值": "11800", "单位": "万人"},
    {"目标值": "≥12000", "完成值": "1.1万人", "单位": "万人"},
    {"目标值": "≥1.2", "完成值": "1.1", "单位": "万人"},
    {"目标值": "90%左右", "完成值": "80%"},
    {"目标值": "≥3次", "完成值": "还行"},
    {"目标值": {"值": 42, "文本": "42（3）"}, "完成值": {"值": 36, "文本": "36（2）"}},
    {"目标值": "12月", "完成值": "11月"},
    {"目标值": "不低于95%", "完成值": "95%"},
)
"""Rows as they stand in published sheets, some of which nobody can score."""


def decimal(random: Random, most: int) -> Decimal:
    places = random.choice((0, 0, 0, 1, 2))
    return Decimal(random.randint(0, most)).scaleb(-places)


def figures(random: Random, steps: tuple[Decimal, ...]) -> dict[str, Any]:
    """Two figures; the actual is often near the target, or where a rule changes."""
    sign, unit = random.choice(SIGNS), random.choice(UNITS)
    target = decimal(random, random.choice((10, 64, 1000, 10**7)))
    share = random.choice((*steps, Decimal(random.randint(0, 30000)).scaleb(-2)))
    near = [target, target * share / 100, decimal(random, 1000), Decimal(random.randint(-9, 99))]
    actual = random.choice(near)
    return {"目标值": f"{sign}{target:f}{unit}", "完成值": f"{actual:f}{unit}"}


def judged(random: Random, book: Rulebook, weight: Decimal) -> dict[str, Any]:
    bands = book.qualitative.bands
    words = [word for band in bands for word in band.words]
    shares = (0, 30, 50, 60, 65, 80, 90, 100, 101)
    points = (None, weight, weight * random.choice(shares) / 100)
    said = random.choice([*words, "得到提升", "是", "不好说"])
    return {"目标值": "得到提升", "完成值": said, "已填报得分": random.choice(points)}


def row(random: Random, book: Rulebook, weight: Decimal) -> dict[str, Any]:
    """Draw a row of any kind."""
    kind = random.randrange(12)
    if kind < 6:
        return figures(random, changes(book))
    if kind < 8:
        return judged(random, book, weight)
    if kind < 9:
        return {"目标值": "7560张", "完成值": f"{decimal(random, 15000):f}%"}
    if kind < 10:
        return {"目标值": 5, "完成值": 5, "不适用": True}
    return dict(random.choice(ODD))


def scored_row(random: Random, book: Rulebook, weight: Decimal) -> dict[str, Any]:
    """Draw a row that has points under every rulebook that ships, or does not apply."""
    kind = random.randrange(6)
    if kind < 3:
        sign, target = random.choice(SIGNS), Decimal(random.randint(1, 64))
        share = random.choice((*changes(book), Decimal(random.randint(0, 20000)).scaleb(-2)))
        return {"目标值": f"{sign}{target}张", "完成值": f"{target * share / 100:f}张"}
    if kind < 4:
        band = random.choice([band for band in book.qualitative.bands if band.words])
        middle = weight * (band.upper + band.lower) / 200
        said = {"目标值": "得到提升", "完成值": random.choice(band.words)}
        return {**said, "已填报得分": middle.quantize(Decimal("0.0001"))}
    if kind < 5:
        return {"目标值": "95%以上", "完成值": f"{decimal(random, 120)}%"}
    allowed = book.weights.not_applicable != "不允许" and random.random() < 0.5
    return {"目标值": "≥3家", "完成值": "是", "不适用": allowed}


def changes(book: Rulebook) -> tuple[Decimal, ...]:
    """Return completions, in percent, at which something changes."""
    over = book.quantitative.over
    return HUNDRED, Decimal(120), Decimal(200), over.threshold if over else HUNDRED


def divided(random: Random, total: Decimal, parts: int) -> list[Decimal]:
    """Divide points into weights of cents that close."""
    cents = int(total * 100)
    cuts = sorted(random.randint(0, cents) for _ in range(parts - 1))
    return [Decimal(end - start).scaleb(-2) for start, end in pairwise([0, *cuts, cents])]


def scheme_rows(
    random: Random, book: Rulebook, scheme: WeightScheme, draw: Drawing
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group in scheme.groups:
        sections = random.sample(group.sections, random.randint(1, len(group.sections)))
        count = max(len(sections), random.randint(1, 3))
        for at, weight in enumerate(divided(random, group.weight, count)):
            section = sections[at % len(sections)]
            rows.append(
                {
                    "一级指标": section.label,
                    "二级指标": ASPECTS.get(section, "数量指标"),
                    "名称": f"指标{len(rows)}",
                    "分值": weight,
                    **draw(random, book, weight),
                }
            )
    return rows


def budget(random: Random) -> dict[str, Any]:
    final = random.choice((None, Decimal(0), Decimal(100), decimal(random, 10**6)))
    spent = decimal(random, 10**6)
    if final and random.random() < 0.7:
        spent = final * random.choice((0, 50, 59, 60, 79, 80, 99, 100, 101)) / 100
    original = random.choice((None, decimal(random, 10**6)))
    return {
        "年初预算数": original,
        "预算数": final,
        "执行数": random.choice((spent, spent, spent, None)),
    }


def sheet(random: Random, book: Rulebook) -> dict[str, Any]:
    """Draw a sheet: more than half of them have a total."""
    is_scored = random.random() < 0.65
    draw = scored_row if is_scored else row
    rows = scheme_rows(random, book, random.choice(book.weights.schemes), draw)
    if random.random() < 0.1:
        rows = rows[1:]
    money = {"预算数": 100, "执行数": random.randint(0, 100)} if is_scored else budget(random)
    return {
        "评分办法": book.id,
        "年度": 2023,
        "项目名称": "示例项目",
        "主管部门": "某局",
        "预算": money,
        "指标": rows,
    }


def with_goals(random: Random, book: Rulebook) -> dict[str, Any]:
    """Draw a sheet with two annual goals, each with a weight or a share of its own."""
    rest = book.weights.full - book.weights.execution
    first = random.randint(1, int(rest) - 1)
    shared = book.weights.goals == "按比例折算"
    whole = HUNDRED if shared else rest
    amounts = (Decimal(first), whole - first)
    goals = [{"内容": "建设", "分值": amounts[0]}, {"内容": "管护", "分值": amounts[1]}]
    rows: list[dict[str, Any]] = []
    for group in book.weights.schemes[-1].groups:
        section = group.sections[0]
        for goal, amount in enumerate(amounts, 1):
            part = group.weight if shared else group.weight * amount / rest
            rows.append(
                {
                    "一级指标": section.label,
                    "二级指标": ASPECTS.get(section, "数量指标"),
                    "名称": f"指标{len(rows)}",
                    "分值": part.quantize(Decimal("1.0000")),
                    "所属目标": goal,
                    "目标值": "≥32张",
                    "完成值": f"{random.randint(0, 60)}张",
                }
            )
    return {**sheet(random, book), "多个目标": goals, "指标": rows}
