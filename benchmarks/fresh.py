"""Sheets that nobody has seen: generated, each with names, figures, words and a layout of its own.

What a cache keeps from one sheet to the next is then only what sheets have in common: the words of
the form, round weights, 及时.  Of the cells that take more than a glance, half were met before, as
in the published sheets: of 167 such cells in 23 of them, 41 stand in another sheet and 43 twice in
their own.  One sheet in twenty has a text of several lines, which only the parser reads.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import cycle
from random import Random

from perfeval import Sheet
from perfeval.readers.sheets import sheet_from_source
from perfeval.source import read_text

SHEETS = 1_500
"""More than a race reads of them; what would be read again was forgotten by then."""


def _words(text: str) -> list[str]:
    return text.split()


_PLACES = _words(
    "青山 蔡甸 天长 萧县 梁平 永德 隆阳 零陵 大英 普陀 安居 成安 宣州 翟店 长宁 云阳 汉源 "
    "平坝 榕江 麻栗坡"
)
_OFFICES = _words(
    "民政局 林业局 水利局 教育局 卫生健康局 农业农村局 文化和旅游局 残疾人联合会 "
    "交通运输局 住房和城乡建设局"
)
_DOES = _words(
    "新建 改造 维修 补助 资助 培训 救助 监测 巡查 采购 扶持 发放 清运 绿化 安装 检测 宣传 "
    "帮扶 养护 建设"
)
_WHOM = _words(
    "城乡 农村 社区 困难 高龄 重点 基层 公共 流动 残疾 失独 优抚 移民 在校 一线 留守 山区 "
    "老旧 河道 乡镇"
)
_WHAT = _words(
    "老年人 儿童 学生 家庭 教师 床位 路灯 水库 泵站 学校 医院 图书馆 食堂 公园 林地 农田 "
    "管网 车辆 站点 设备 项目 户厕 书屋 垃圾 电梯 桥梁 岗位 村医 合作社 示范点"
)
_ENDS = _words("数量 人数 次数 面积 完成率 覆盖率 合格率 及时率 标准 金额 户数 场次")
_UNITS = _words("人 人次 个 家 场 次 亩 平方米 公里 张 套 台 户 万元 元/人 元/床 吨 米 份 名")
_MEASURES = _words("明显 有效 持续 稳步 逐步 较好 进一步 显著")
_EFFECTS = _words("提升 改善 增强 保障 提高 巩固 促进 优化")
_PLAIN = _words(
    "当年发放 得到提升 及时 是 完成 优 良好 ≥95% 100% 无 有效改善 长期 符合要求 年内完成 不断提高"
)


def texts() -> list[str]:
    """Return the sheets as YAML."""
    random = Random(2023)
    return [_text(random) for _ in range(SHEETS)]


def read(text: str) -> Sheet:
    """Read a text into a validated sheet, every value's place kept."""
    found = sheet_from_source(read_text(text, "表.yaml"))
    if found.sheet is None:
        raise ValueError(text, *map(str, found.findings))
    return found.sheet


def one_after_another(work: Callable[[str], object]) -> Callable[[], object]:
    """Return what does the work on the next sheet each time it is called."""
    following = cycle(made())
    return lambda: work(next(following))


@cache
def made() -> tuple[str, ...]:
    """Return the sheets, made once and each of them read once to see that it can be."""
    found = tuple(texts())
    for text in found[:: SHEETS // 50]:
        read(text)
    return found


def _text(random: Random) -> str:
    place, office = random.choice(_PLACES), random.choice(_OFFICES)
    budget = random.randint(10_000, 9_999_999) / 100
    spent = budget * random.uniform(0.4, 1)
    lines = [
        f"# {place}{office}{random.randint(2019, 2024)}年度部门决算公开"
        if random.random() < 0.4
        else "",
        "评分办法: hubei-2020",
        f"年度: {random.randint(2020, 2024)}",
        f"项目名称: {_name(random)}专项经费",
        f"主管部门: {place}区{office}",
        f"实施单位: {place}区{office}{random.choice(('', '机关', '（本级）'))}",
        "预算:" + random.choice(("", "   # 万元")),
        f"  预算数: {budget:.2f}",
        f"  执行数: {spent:.2f}",
        f"  已填报: {{执行率: {spent / budget * 100:.2f}%, 得分: {random.randint(15, 20)}}}",
        "指标:",
    ]
    counts = random.randint(2, 9), random.randint(1, 4), random.randint(1, 3), random.randint(1, 3)
    step = random.choice((2, 2, 2, 4))
    lines += _section(
        random, step, "产出指标", ("数量指标", "质量指标", "时效指标"), counts[:3], 40
    )
    lines += _section(random, step, "效益指标", ("社会效益指标", "可持续影响指标"), counts[1:3], 20)
    lines += _section(random, step, "满意度指标", ("服务对象满意度指标",), counts[3:], 20)
    if random.random() < 0.05:
        lines += ["年度目标: |", f"  {_sentence(random)}", f"  {_sentence(random)}"]
    else:
        lines.append(f"年度目标: {_sentence(random)}")
    lines += [f"原因分析: {_sentence(random)}", f"改进措施: {_sentence(random)}"]
    lines.append(f"已填报: {{总分: {random.randint(80, 100)}, 存在问题: {_sentence(random)}}}")
    return "\n".join(lines) + "\n"


def _section(
    random: Random,
    step: int,
    section: str,
    aspects: tuple[str, ...],
    counts: tuple[int, ...],
    weight: int,
) -> list[str]:
    lines = [f"{' ' * step}{section}:"]
    cents = weight * 100 // sum(counts)
    left = weight * 100
    for position, (aspect, count) in enumerate(zip(aspects, counts, strict=True)):
        lines.append(f"{' ' * step * 2}{aspect}:")
        for number in range(count):
            is_last = position == len(counts) - 1 and number == count - 1
            own = left if is_last else cents
            left -= own
            lines += _row(random, " " * step * 3, f"{own / 100:g}")
    return lines


def _row(random: Random, indent: str, weight: str) -> list[str]:
    target, actual = _cells(random)
    filed = f"{float(weight) * random.choice((1, 1, 1, 0.9)):.4g}"
    lines = [
        f"{indent}- 名称: {_name(random)}{random.choice(_ENDS)}",
        f"{indent}  分值: {weight}",
        f"{indent}  目标值: {target}",
        f"{indent}  完成值: {actual}",
        f"{indent}  已填报得分: {filed}",
    ]
    if random.random() < 0.15:
        lines.append(f"{indent}  偏差原因: {_sentence(random)}")
    return lines


def _cells(random: Random) -> tuple[str, str]:
    """Return a target and an actual, of kinds as often as published sheets have them."""
    kind = random.choices(tuple(_KINDS), tuple(_KINDS.values()))[0]
    figure = random.choice((random.randint(1, 99), random.randint(100, 99_999)))
    return kind(random, figure, round(figure * random.uniform(0.7, 1.2)), random.choice(_UNITS))


def _bare(_random: Random, figure: int, done: int, _unit: str) -> tuple[str, str]:
    return str(figure), str(done)


def _figure(random: Random, figure: int, done: int, unit: str) -> tuple[str, str]:
    sign = random.choice(("", "", "≥", "≥", "≤"))
    return f"{sign}{figure}{unit}", random.choice((f"{done}{unit}", f"{done}", "100%"))


def _rate(random: Random, *_: object) -> tuple[str, str]:
    least = random.choice((90, 95, 98, 100, random.randint(60, 100)))
    return f"{random.choice('≥≥≤')}{least}%", f"{random.randint(6_000, 10_000) / 100:g}%"


def _said(random: Random, figure: int, done: int, unit: str) -> tuple[str, str]:
    said = random.choice(("不少于{}", "不低于{}", "{}以上", "{}以内", "至少{}", "不超过{}"))
    return said.format(f"{figure}{unit}"), f"{done}{unit}"


def _usual(random: Random, *_: object) -> tuple[str, str]:
    return random.choice(_PLAIN), random.choice((*_PLAIN, "100%", "100%"))


def _effect(random: Random, *_: object) -> tuple[str, str]:
    effect = f"{random.choice(_MEASURES)}{random.choice(_EFFECTS)}"
    return random.choice(_WHOM) + random.choice(_WHAT) + effect, random.choice(("100%", effect))


def _doubled(_random: Random, figure: int, done: int, _unit: str) -> tuple[str, str]:
    return (
        f"{{值: {figure}, 文本: {figure}（{done}）}}",
        f"{{值: {done}, 文本: {done}（{figure}）}}",
    )


def _dated(random: Random, *_: object) -> tuple[str, str]:
    month = random.randint(2, 12)
    return f"{month}月底前", f"{random.randint(1, month)}月{random.randint(1, 28)}日"


def _embedded(random: Random, figure: int, done: int, unit: str) -> tuple[str, str]:
    return f"{random.choice(_DOES)}{random.choice(_WHAT)}{figure}{unit}", f"{done}{unit}"


_KINDS: dict[Callable[[Random, int, int, str], tuple[str, str]], int] = {
    _bare: 20,
    _figure: 20,
    _rate: 20,
    _said: 10,
    _usual: 6,
    _effect: 10,
    _doubled: 4,
    _dated: 3,
    _embedded: 7,
}
"""The kinds of rows, and of how many in a hundred they are."""


def _name(random: Random) -> str:
    return random.choice(_WHOM) + random.choice(_WHAT) + random.choice(_DOES)


def _sentence(random: Random) -> str:
    parts = (
        f"{random.choice(_PLACES)}区{_name(random)}{random.randint(2, 900)}{random.choice(_UNITS)}"
        for _ in range(random.randint(1, 4))
    )
    return "，".join(parts) + f"，{random.choice(_MEASURES)}{random.choice(_EFFECTS)}。"
