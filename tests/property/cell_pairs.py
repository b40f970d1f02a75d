"""Pairs of printed cells in the spellings of real tables, with the points known by construction.

Each maker draws the figures first and then writes them down; nothing here reads a cell, and all
arithmetic is in fractions.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

WEIGHT = Fraction(10)
OPEN = (Fraction(0), WEIGHT)
MISSED = (Fraction(0), WEIGHT - Fraction(1, 100))


class PrintedPair(NamedTuple):
    """A target and an actual as printed, the bounds of the points, and what stands in columns."""

    target: str
    actual: str
    low: Fraction
    high: Fraction
    sign: str | None = None
    unit: str | None = None
    name: str | None = None


def cents(points: Fraction) -> Fraction:
    """Round half up to a hundredth."""
    return Fraction((points * 200 + 1) // 2, 100)


def exactly(target: str, actual: str, points: Fraction) -> PrintedPair:
    return PrintedPair(target, actual, cents(points), cents(points))


def between(target: str, actual: str, ends: tuple[Fraction, Fraction]) -> PrintedPair:
    return PrintedPair(target, actual, *ends)


def upward(wanted: Fraction, reached: Fraction) -> Fraction:
    return WEIGHT if reached >= wanted else WEIGHT * reached / wanted


def downward(wanted: Fraction, reached: Fraction) -> Fraction:
    return WEIGHT if reached <= wanted else WEIGHT * wanted / reached


def number(random: Random, most: int = 500) -> tuple[Fraction, str]:
    """Draw a number above 0 with at most one decimal."""
    tenths = random.randint(1, most * 10)
    if random.random() < 0.7:
        tenths = max(10, tenths // 10 * 10)
    whole, rest = divmod(tenths, 10)
    return Fraction(tenths, 10), f"{whole}.{rest}" if rest else str(whole)


AT_LEAST = (
    "≥{}",
    ">={}",
    "≧{}",
    "=>{}",
    "不低于{}",
    "不少于{}",
    "{}以上",
    "大于等于{}",
    "＞＝{}",
    "至少{}",
)
AT_MOST = (
    "≤{}",
    "<={}",
    "≦{}",
    "不超过{}",
    "{}以内",
    "{}以下",
    "小于等于{}",
    "不高于{}",
    "控制在{}以内",
)
SAME = (
    ("公里", "千米", 1),
    ("平方米", "㎡", 1),
    ("公顷", "亩", 15),
    ("吨", "公斤", 1000),
    ("吨", "斤", 2000),
    ("天", "小时", 24),
    ("万元", "元", 10000),
    ("亿元", "万元", 10000),
    ("人", "名", 1),
    ("人(次)", "人次", 1),
    ("台/套", "套", 1),
    ("元/人/月", "元/月·人", 1),
    ("公斤", "千克", 1),
    ("%", "百分比", 1),
    ("%", "‰", 10),
    ("米", "m", 1),
    ("小时", "min", 60),
    ("吨/日", "公斤/d", 1000),
    ("m3/d", "立方米/日", 1),
    ("毫克/升", "微克/升", 1000),
    ("元/人天", "元/人·天", 1),
    ("千人", "人", 1000),
)


def figures(random: Random) -> PrintedPair:
    wanted, left = number(random)
    reached, right = number(random)
    unit = random.choice(["个", "人", "万元", "%", "元/户", "次", "亩", "", "百分点"])
    if random.random() < 0.5:
        return exactly(
            random.choice(AT_LEAST).format(left + unit), right + unit, upward(wanted, reached)
        )
    return exactly(
        random.choice(AT_MOST).format(left + unit), right + unit, downward(wanted, reached)
    )


def units(random: Random) -> PrintedPair:
    big, small, factor = random.choice(SAME)
    wanted, left = number(random)
    reached, right = number(random)
    if random.random() < 0.5:
        return exactly(f"≥{left}{big}", f"{right}{small}", upward(wanted * factor, reached))
    return exactly(f"≥{left}{small}", f"{right}{big}", upward(wanted, reached * factor))


def other_units(random: Random) -> PrintedPair:
    _, left = number(random)
    _, right = number(random)
    one, other = random.choice(
        [("工作日", "天"), ("人次", "人"), ("公里", "亩"), ("万元", "吨"), ("户", "公斤")]
    )
    return between(f"≥{left}{one}", f"{right}{other}", OPEN)


def ceilings(random: Random) -> PrintedPair:
    _, left = number(random)
    rate = random.randint(1, 150)
    unit = random.choice(["起", "元", "天", "次", "万元/户"])
    return between(random.choice(AT_MOST).format(left + unit), f"{rate}%", OPEN)


def rates(random: Random) -> PrintedPair:
    _, left = number(random)
    rate = Fraction(random.randint(0, 1500), 10)
    text = f"{rate.numerator / rate.denominator:g}%"
    return exactly(
        f"{left}{random.choice(['张', '元/床', '万元/年', '公里'])}",
        text,
        WEIGHT * min(Fraction(1), rate / 100),
    )


def bare_percent(random: Random) -> PrintedPair:
    wanted = random.randint(1, 100)
    rate = random.randint(1, 120)
    marked = upward(Fraction(wanted), Fraction(rate))
    share = WEIGHT * min(Fraction(1), Fraction(rate, 100))
    low, high = sorted((cents(marked), cents(share)))
    return PrintedPair(f"≥{wanted}", f"{rate}%", low, high)


def stored(random: Random) -> PrintedPair:
    wanted, hundredths = random.randint(1, 100), random.randint(1, 100)
    as_share = upward(Fraction(wanted), Fraction(hundredths))
    if wanted > 10:
        return exactly(f"≥{wanted}%", f"{hundredths / 100:g}", as_share)
    as_printed = upward(Fraction(wanted), Fraction(hundredths, 100))
    low, high = sorted((cents(as_share), cents(as_printed)))
    return PrintedPair(f"≥{wanted}%", f"{hundredths / 100:g}", low, high)


LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def dates(random: Random) -> PrintedPair:
    due, done = random.randint(1, 12), random.randint(1, 12)
    year = random.choice(["", "2023年"])
    target = year + random.choice(
        [f"{due}月底前", f"{due}月", f"{due}月底", f"{due}月末前完成", f"{due}月份"]
    )
    way = random.randint(0, 2)
    if way == 0:
        return between(
            target,
            random.choice(["2023年", ""]) + f"{done}月",
            (WEIGHT, WEIGHT) if done <= due else MISSED,
        )
    day = random.randint(1, LAST[done - 1])
    text = random.choice(
        [
            f"2023-{done:02}-{day:02}",
            f"2023/{done}/{day}",
            f"{done}月{day}日",
            f"2023年{done}月{day}日完成",
        ]
    )
    return between(target, text, (WEIGHT, WEIGHT) if done <= due else MISSED)


def days(random: Random) -> PrintedPair:
    due, day = random.randint(1, 12), random.randint(1, 27)
    done = random.randint(1, 12)
    target = f"2023年{due}月{day}日前"
    if done == due:
        return between(target, f"2023年{done}月", OPEN)
    return between(target, f"2023年{done}月", (WEIGHT, WEIGHT) if done < due else MISSED)


def quarters(random: Random) -> PrintedPair:
    due, done = random.randint(1, 4), random.randint(1, 12)
    name = random.choice(
        [
            f"第{'一二三四'[due - 1]}季度",
            f"{due}季度",
            f"2023年{'一二三四'[due - 1]}季度末",
            f"Q{due}",
        ]
    )
    return between(name, f"2023年{done}月", (WEIGHT, WEIGHT) if done <= due * 3 else MISSED)


def before_a_month(random: Random) -> PrintedPair:
    due, done = random.randint(2, 12), random.randint(1, 12)
    ends = (WEIGHT, WEIGHT) if done < due else OPEN if done == due else MISSED
    return between(f"{due}月前", f"2023年{done}月{random.randint(1, 28)}日", ends)


def deviations(random: Random) -> PrintedPair:
    wanted, left = number(random, 20)
    reached, right = number(random, 40)
    sign = random.choice(["", "-"])
    return exactly(
        random.choice(["±{}%", "正负{}%", "偏差±{}%以内"]).format(left),
        f"{sign}{right}%",
        downward(wanted, reached),
    )


def ranges(random: Random) -> PrintedPair:
    low = random.randint(1, 80)
    high = low + random.randint(1, 40)
    reached = random.randint(1, 130)
    unit = random.choice(["人", "%", "次", "公里"])
    text = random.choice(
        [
            "{0}-{1}{2}",
            "{0}{2}-{1}{2}",
            "{0}~{1}{2}",
            "≥{0}{2}且≤{1}{2}",
            "{0}至{1}{2}",
            "{0}{2}≤X≤{1}{2}",
            "{0}－{1}{2}",
            "{0}{2}以上{1}{2}以下",
            "介于{0}{2}和{1}{2}之间",
            "{0}{2}≤占比≤{1}{2}",
        ]
    )
    is_in = low <= reached <= high
    return between(
        text.format(low, high, unit), f"{reached}{unit}", (WEIGHT, WEIGHT) if is_in else MISSED
    )


def changes(random: Random) -> PrintedPair:
    wanted, left = number(random, 30)
    reached, right = number(random, 30)
    ups, downs = ["增长", "提高", "上升", "较上年增长"], ["下降", "减少", "降低", "同比下降"]
    mine, theirs = random.choice([(ups, ups), (downs, downs), (ups, downs), (downs, ups)])
    points = upward(wanted, reached) if mine is theirs else Fraction(0)
    sign = random.choice(["", "≥"])
    return exactly(
        f"{random.choice(mine)}{sign}{left}%", f"{random.choice(theirs)}{right}%", points
    )


def zeros(random: Random) -> PrintedPair:
    bad = random.choice(["投诉", "安全事故", "违规", "拖欠"])
    target = random.choice([f"零{bad}", f"无{bad}", f"未发生{bad}", f"不发生{bad}", f"0{bad}"])
    count = random.randint(1, 9)
    actual, points = random.choice(
        [
            ("0次", WEIGHT),
            ("0", WEIGHT),
            ("未发生", WEIGHT),
            (f"无{bad}", WEIGHT),
            (f"{count}", Fraction(0)),
        ]
    )
    return exactly(target, actual, points)


def copies(random: Random) -> PrintedPair:
    _, left = number(random)
    text = random.choice(
        [
            "举办2场培训、印发3000份手册",
            "得到提升",
            f"≥{left}%",
            f"{left}（3）",
            "2023年12月底前",
            f"不少于{left}人",
            "按时发放",
            f"约{left}人",
        ]
    )
    return exactly(text, random.choice([text, text + " "]), WEIGHT)


def unfilled(random: Random) -> PrintedPair:
    text = random.choice(["XX", "好坏", "是/否", "/", "—", "……", "指标1", "≥**人"])
    return between(text, text, OPEN)


def claims(random: Random) -> PrintedPair:
    wanted = random.randint(1, 100)
    least = random.randint(1, 120)
    ends = (WEIGHT, WEIGHT) if least >= wanted else OPEN
    spelling = random.choice(["≥{}%", "{}%以上", "不低于{}%"])
    return between(f"≥{wanted}%", spelling.format(least), ends)


def counters(random: Random) -> PrintedPair:
    wanted, reached = random.randint(1, 99), random.randint(1, 99)
    ends = (WEIGHT, WEIGHT) if reached >= wanted else OPEN
    one, other = random.sample(["个", "项", "场", "件", "家", "所", "座"], 2)
    return between(f"≥{wanted}{one}", f"{reached}{other}", ends)


DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """Write a number from 1 to 99 in Chinese."""
    tens, ones = divmod(value, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def numerals(random: Random) -> PrintedPair:
    wanted, reached = random.randint(1, 99), random.randint(1, 99)
    unit = random.choice(["个", "场", "次", "人", "户"])
    points = upward(Fraction(wanted), Fraction(reached))
    return exactly(
        random.choice(["{}", "不少于{}", "≥{}"]).format(chinese(wanted) + unit),
        random.choice([f"{reached}{unit}", chinese(reached) + unit]),
        points,
    )


def parts(random: Random) -> PrintedPair:
    wanted, reached = random.randint(1, 400), random.randint(1, 400)
    points = downward(Fraction(wanted), Fraction(reached))
    left, right = f"{wanted / 10:g}", f"{reached / 10:g}"
    return exactly(f"≤{left}{random.choice(['/10万', '人/10万', '‰'])}", right, points)


def tenths(random: Random) -> PrintedPair:
    """九成 is 90 %, 八成五 is 85 %; a part of a whole in words is that part, without end or not."""
    reached = Fraction(random.randint(0, 1000), 10)
    shown = f"{reached.numerator / reached.denominator:g}%"
    if random.random() < 0.5:
        tens, ones = random.randint(1, 9), random.randint(0, 9)
        wanted = Fraction(tens * 10 + ones)
        text = f"{DIGITS[tens]}成{DIGITS[ones] if ones else ''}"
    else:
        whole = random.randint(2, 20)
        part = random.randint(1, whole)
        wanted = Fraction(100 * part, whole)
        text = f"{chinese(whole)}分之{chinese(part)}"
    target = random.choice(["{}", "{}以上", "不低于{}", "≥{}", "达到{}"]).format(text)
    return exactly(target, shown, upward(wanted, reached))


def rare_parts(random: Random) -> PrintedPair:
    """万分之三 is 0.03 %, 十万分之八 is 0.008 %."""
    wanted, reached = random.randint(1, 20), random.randint(1, 20)
    of = random.choice(["万", "十万", "百万"])
    target = random.choice(["≤{}", "不超过{}", "{}以下"]).format(f"{of}分之{chinese(wanted)}")
    points = downward(Fraction(wanted), Fraction(reached))
    return exactly(target, f"{of}分之{chinese(reached)}", points)


def halves(random: Random) -> PrintedPair:
    """半小时 is 30 minutes, 2个半小时 is 150."""
    whole, minutes = random.randint(0, 9), random.randint(1, 600)
    written = random.choice([str(whole), chinese(whole)])
    text = f"{written}个半小时" if whole else "半小时"
    target = random.choice(["≤{}", "{}以内", "不超过{}"]).format(text)
    unit = random.choice(["分钟", "min"])
    return exactly(
        target, f"{minutes}{unit}", downward(Fraction(whole * 60 + 30), Fraction(minutes))
    )


SHARES = [
    ("覆盖", "全覆盖", "未全覆盖"),
    ("通过", "全部通过", "部分通过"),
    ("合格", "均合格", "大部分合格"),
    ("到位", "已全部到位", "未全部到位"),
    ("及时", "及时", "基本及时"),
    ("办结及时", "按时办结", "未按时办结"),
    ("应保人员参保", "应保尽保", "未应保尽保"),
]


ANSWERS = {("及时", "按时办结"), ("办结及时", "及时"), ("覆盖", "应保尽保")}
"""What is asked for, and what answers it although it says it in other words."""


def shares(random: Random) -> PrintedPair:
    """What the name asks for was done for all, for less than all, or another thing was done."""
    wanted = random.randint(1, 100)
    (asked, full, short), other = random.sample(SHARES, 2)
    target = random.choice([f"{wanted}%", f"≥{wanted}%"])
    name = f"{random.choice(['', '甲类对象'])}{asked}率"
    way = random.randint(0, 2)
    if way == 0:
        return between(target, full, (WEIGHT, WEIGHT))._replace(name=name)
    if way == 1:
        return between(target, short, MISSED if wanted == 100 else OPEN)._replace(name=name)
    ends = (WEIGHT, WEIGHT) if (asked, other[1]) in ANSWERS else OPEN
    return between(target, other[1], ends)._replace(name=name)


ROMAN = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"]
ASCII_ROMAN = ["I", "II", "III", "IV", "V"]


def water(random: Random) -> PrintedPair:
    """Of water the first class is the best; of an unknown scale a grade is only itself."""
    wanted, reached = random.randint(1, 5), random.randint(1, 5)
    floor = random.choice(["{}类", "{}类及以上", "不低于{}类", "达到{}类标准", "{}类以上"])
    is_known = random.random() < 0.7
    left, right = (
        random.choice([ROMAN[at - 1], ASCII_ROMAN[at - 1], *([DIGITS[at]] if is_known else [])])
        for at in (wanted, reached)
    )
    ends = (WEIGHT, WEIGHT) if reached <= wanted else MISSED
    if not is_known and reached != wanted:
        ends = OPEN
    name = random.choice(["水质", "地表水断面"] if is_known else ["评价", "甲"])
    return between(floor.format(left), f"{right}类", ends)._replace(name=name)


def ceilings_of_growth(random: Random) -> PrintedPair:
    """A decline lies under what may at most be grown; a ceiling of 0 is one of a change as well."""
    _, left = number(random, 30)
    _, right = number(random, 30)
    down = random.choice(["下降", "减少", "较上年下降"])
    if random.random() < 0.5:
        name = random.choice(["能耗增长率", "物价涨幅"])
        return exactly(f"≤{left}%", f"{down}{right}%", WEIGHT)._replace(name=name)
    return exactly("≤0%", f"{down}{right}%", WEIGHT)._replace(name="三公经费变动率")


def heads(random: Random) -> PrintedPair:
    """300元 for 300元/人/月: the same amount, or one not above a ceiling."""
    wanted, reached = random.randint(1, 900), random.randint(1, 900)
    per = random.choice(["/人", "/人·月", "/户", "/亩"])
    if random.random() < 0.5:
        ends = (WEIGHT, WEIGHT) if reached <= wanted else OPEN
        return between(f"≤{wanted}元{per}", f"{reached}元", ends)
    reached = random.choice([reached, wanted])
    ends = (WEIGHT, WEIGHT) if reached == wanted else OPEN
    return between(f"{wanted}元{per}", f"{reached}元", ends)


MAKERS: tuple[Callable[[Random], PrintedPair], ...] = (
    figures,
    figures,
    figures,
    units,
    units,
    other_units,
    ceilings,
    rates,
    bare_percent,
    stored,
    dates,
    days,
    quarters,
    before_a_month,
    deviations,
    ranges,
    changes,
    zeros,
    copies,
    unfilled,
    claims,
    counters,
    numerals,
    parts,
    tenths,
    rare_parts,
    halves,
    shares,
    water,
    ceilings_of_growth,
    heads,
)


def pairs(seed: int, count: int) -> list[PrintedPair]:
    """Return pairs of every kind in turn."""
    random = Random(seed)
    return [MAKERS[at % len(MAKERS)](random) for at in range(count)]


def sheets_of(drawn: list[PrintedPair], book: str, most: int) -> list[dict[str, Any]]:
    """Return sheets with a row of 10 points for each pair, some hundred rows to a sheet."""
    return [
        {
            "评分办法": book,
            "年度": 2023,
            "项目名称": "示例",
            "指标": [
                {
                    "一级指标": "产出指标",
                    "二级指标": "数量指标",
                    "名称": pair.name or f"第{at}行",
                    "分值": 10,
                    "目标值": pair.target,
                    "完成值": pair.actual,
                    "符号": pair.sign,
                    "单位": pair.unit,
                }
                for at, pair in enumerate(drawn[start : start + most])
            ],
        }
        for start in range(0, len(drawn), most)
    ]
