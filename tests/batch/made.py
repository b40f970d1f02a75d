"""Sheets as many offices would type them: no two alike, now and then one that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

WORKS = ("管网改造", "义务教育营养餐", "山洪沟治理", "残疾人托养", "图书馆总分馆", "冷链物流补助")
PLACES = ("云岭县", "东湖新城", "石桥镇", "青山口街道", "临港区", "白鹭洲")
ACTS = ("新建", "维护", "发放", "培训", "巡查", "购置", "检测", "补助")
THINGS = ("村卫生室", "灌溉泵站", "应急广播", "护理床位", "课后服务课时", "河道断面", "路灯")
UNITS = ("个", "公里", "人次", "万元", "平方米", "户", "%")
WORDS = (
    ("得到提升", "得到提升"),
    ("≥95%", "97.5%"),
    ("12月底前完成", "已完成"),
    ("持续改善", "基本达成预期指标"),
    ("8000元/床", "100%"),
    ("0起", "未发生"),
    ("有效缓解", ""),
)
RULEBOOKS = {
    "hubei-2020": {
        "产出指标": (("数量指标", 16), ("质量指标", 12), ("时效指标", 12)),
        "效益指标": (("社会效益指标", 12), ("可持续影响指标", 8)),
        "满意度指标": (("服务对象满意度指标", 20),),
    },
    "mof-2020": {
        "产出指标": (("数量指标", 20), ("质量指标", 20), ("成本指标", 10)),
        "效益指标": (("经济效益指标", 20), ("生态效益指标", 10)),
        "满意度指标": (("服务对象满意度指标", 10),),
    },
}
"""The sections of a form, their aspects and how many points these have."""
BROKEN = (
    "项目名称: [没有合上\n",
    "年度: 2023\n年度: 2024\n",
    "指标:\n\t- 名称: 制表符\n",
    "只有一句话\n\n",
)


def sheet_text(random: Random) -> str:
    """Return the text of one sheet."""
    name = f"{random.choice(PLACES)}{random.choice(WORKS)}{random.randrange(10**6)}号"
    final = random.randrange(10**4, 10**7)
    spent = final * random.randrange(60, 103) // 100
    rulebook = random.choice(("hubei-2020", "hubei-2020", "hubei-2020", "mof-2020"))
    lines = [
        f"评分办法: {rulebook}",
        f"年度: {random.randrange(2021, 2025)}",
        f"项目名称: {name}",
        f"主管部门: {random.choice(PLACES)}{random.choice(('民政局', '教育局', '水利局'))}",
        "预算:",
        f"  预算数: {final / 100:.2f}",
        f"  执行数: {spent / 100:.2f}",
        "指标:",
    ]
    for section, aspects in RULEBOOKS[rulebook].items():
        lines.append(f"  {section}:")
        for aspect, weight in aspects:
            lines.append(f"    {aspect}:")
            lines += _rows(random, weight)
    return "\n".join(lines) + "\n"


def _rows(random: Random, weight: int) -> Iterator[str]:
    count = random.choice((1, 2, 4))
    for number in range(count):
        target, actual = _cells(random)
        share = weight // count + (weight % count if number == 0 else 0)
        yield f"      - 名称: {random.choice(ACTS)}{random.choice(THINGS)}之{number + 1}"
        yield f"        分值: {share}"
        yield f"        目标值: {target}"
        yield f"        完成值: {actual}"
        if random.random() < 0.6:
            yield f"        已填报得分: {share - random.choice((0, 0, 0, 0.5))}"
        if random.random() < 0.1:
            yield "        偏差原因: 汛期推迟开工"


def _cells(random: Random) -> tuple[str, str]:
    if random.random() < 0.3:
        return random.choice(WORDS)
    unit = random.choice(UNITS)
    target = random.randrange(1, 5_000)
    actual = max(0, target + random.choice((0, 0, 0, 3, -1, -target // 7)))
    return f"{random.choice(('', '≥', '＝'))}{target}{unit}", f"{actual}{unit}"


def sheet_texts(seed: int, count: int, *, broken: float = 0.0) -> Iterator[str]:
    """Yield the texts of sheets, the same for the same seed.

    Args:
        seed: What they depend on.
        count: How many.
        broken: The share of those that cannot be read.
    """
    random = Random(seed)
    for _ in range(count):
        is_broken = random.random() < broken
        yield random.choice(BROKEN) if is_broken else sheet_text(random)
