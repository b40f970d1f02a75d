"""Pairs of cells in the habits of twelve places: what stands in columns, and how figures are typed.

Which habit is whose was seen on real tables; the figures are drawn first and then written down,
and all arithmetic is in fractions, as in `cell_pairs`.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.property.cell_pairs import (
    MISSED,
    OPEN,
    WEIGHT,
    PrintedPair,
    between,
    downward,
    exactly,
    number,
    upward,
)

COLUMN_UNITS = ["个", "次", "元/人·月", "万元", "公里", "人次", "%", "户"]


def in_column(
    unit: str, wanted: Fraction, reached: Fraction, target: str, actual: str, points: Fraction
) -> PrintedPair:
    """Return a row whose unit stands in a column: of 万, a thousand times apart it is asked."""
    small, large = sorted((wanted, reached))
    if unit.startswith("万") and small and large >= 1000 * small:
        return between(target, actual, OPEN)
    return exactly(target, actual, points)


def by_sign(random: Random, up: str, down: str, unit: str, suffixes: list[str]) -> PrintedPair:
    """Draw a row whose sign and unit stand in columns of their own."""
    wanted, left = number(random)
    reached, right = number(random)
    if unit in ("%", "百分比"):  # up to 1 it may be a fraction that was stored
        reached, right = (
            (reached + 1, str(int(reached) + 1))
            if reached == int(reached)
            else (
                Fraction(150),
                "150",
            )
        )
    is_up = random.random() < 0.5
    points = (upward if is_up else downward)(wanted, reached)
    pair = in_column(unit, wanted, reached, left, right + random.choice(suffixes), points)
    return pair._replace(sign=up if is_up else down, unit=unit)


def hubei(random: Random) -> PrintedPair:
    """武汉: bare counts, 95%以上, 42（3）, and 100% where nothing else was filed."""
    way = random.randint(0, 4)
    wanted, left = number(random)
    reached, right = number(random)
    if way == 0:
        return exactly(left, right, upward(wanted, reached))
    if way == 1:
        return exactly(f"{left}%以上", f"{right}%", upward(wanted, reached))
    if way == 2:
        return between(f"{left}（{random.randint(2, 9)}）", f"{right}（1）", OPEN)
    if way == 3:
        rate = random.randint(0, 130)
        text = f"运营补贴床位数{left}张"
        return exactly(text, f"{rate}%", WEIGHT * min(Fraction(1), Fraction(rate, 100)))
    return exactly(random.choice(["当年发放", "得到提升", "及时足额"]), "100%", WEIGHT)


def national(random: Random) -> PrintedPair:
    """The export of the national system: signs in a column, 百分比 as the name of a unit."""
    wanted, left = number(random, 100)
    reached, right = number(random, 120)
    is_up = random.random() < 0.6
    points = (upward if is_up else downward)(wanted, reached)
    text = f"{right}{random.choice(['%', '百分比'])}"
    return exactly(f"{left}百分比", text, points)._replace(sign="≥" if is_up else "≤")


def sichuan(random: Random) -> PrintedPair:
    """四川: 指标性质 and 度量单位 are columns; 好坏 stands in both cells where nobody chose."""
    if random.random() < 0.15:
        return between("好坏", "好坏", OPEN)._replace(sign="定性")
    return by_sign(random, "≥", "≤", random.choice(COLUMN_UNITS), [""])


def yunnan(random: Random) -> PrintedPair:
    """云南: ≧ and ≦ in the column, the unit repeated in the actual."""
    unit = random.choice(COLUMN_UNITS)
    return by_sign(random, "≧", "≦", unit, ["", unit])


def chongqing(random: Random) -> PrintedPair:
    """重庆: the column of signs is blank for what should be more."""
    wanted, left = number(random)
    reached, right = number(random)
    unit = random.choice(["个", "万元", "公里", "户"])
    if random.random() < 0.5:
        points = upward(wanted, reached)
        return in_column(unit, wanted, reached, left, right, points)._replace(unit=unit)
    points = downward(wanted, reached)
    pair = in_column(unit, wanted, reached, left, right, points)
    return pair._replace(sign="≤", unit=unit)


def hebei(random: Random) -> PrintedPair:
    """河北: >= and <= as typed on a keyboard, value and unit in columns."""
    unit = random.choice(COLUMN_UNITS)
    return by_sign(random, ">=", "<=", unit, ["", unit])


def anhui(random: Random) -> PrintedPair:
    """安徽: areas and money with a unit in either scale."""
    wanted, left = number(random, 300)
    reached, right = number(random, 300)
    big, small, factor = random.choice([("万元", "元", 10000), ("亩", "亩", 1), ("公顷", "亩", 15)])
    if random.random() < 0.5:
        return exactly(f"≥{left}{big}", f"{right}{big}", upward(wanted, reached))
    return exactly(f"≥{left}{big}", f"{right}{small}", upward(wanted * factor, reached))


def shanghai(random: Random) -> PrintedPair:
    """上海: = before what should be all of it, words for what is timely."""
    rate = Fraction(random.randint(0, 1000), 10)
    shown = f"{rate.numerator / rate.denominator:g}%"
    way = random.randint(0, 2)
    if way == 0:
        return exactly("=100%", shown, upward(Fraction(100), rate))
    if way == 1:
        wanted = random.randint(1, 100)
        return exactly(f">={wanted}%", shown, upward(Fraction(wanted), rate))
    return exactly("及时", "及时", WEIGHT)


def hunan(random: Random) -> PrintedPair:
    """湖南: 万 and 亿 in the target, the actual without its unit or in another scale."""
    wanted, left = number(random, 90)
    reached, right = number(random, 90)
    way = random.randint(0, 3)
    if way == 0:
        small, large = sorted((wanted, reached))
        unit = random.choice(["万亩", "万元", "亿元", "万", "亿"])
        if large > small * 10:
            return between(f"{left}{unit}", right, OPEN)
        return exactly(f"{left}{unit}", right, upward(wanted, reached))
    if way == 1:
        return exactly(f"{left}亿元", f"{right}亿元", upward(wanted, reached))
    if way == 2:
        plain = reached * 10000
        ratio = plain / (wanted * 10000)
        text = str(int(plain))
        if not Fraction(1, 10) <= ratio <= 10:
            return between(f"{left}万", text, OPEN)
        return exactly(f"{left}万", text, upward(wanted, reached))
    return exactly(f"每亩{left}元", f"每亩{right}元", upward(wanted, reached))


def shanxi(random: Random) -> PrintedPair:
    """山西: large bare counts, and a rate against a bare 100."""
    if random.random() < 0.3:
        hundredths = random.randint(1, 12000)
        text = f"{hundredths // 100}.{hundredths % 100:02}%"
        return exactly("100", text, upward(Fraction(100), Fraction(hundredths, 100)))
    wanted, reached = random.randint(1, 60000), random.randint(0, 60000)
    return exactly(str(wanted), str(reached), upward(Fraction(wanted), Fraction(reached)))


def inner_mongolia(random: Random) -> PrintedPair:
    """内蒙古: 正向 and 反向 in the column of signs, the unit in another."""
    return by_sign(random, "正向", "反向", random.choice(COLUMN_UNITS), [""])


def gansu(random: Random) -> PrintedPair:
    """甘肃: 百分比 in the column of units, deviations with ±."""
    if random.random() < 0.3:
        wanted, left = number(random, 20)
        reached, right = number(random, 40)
        minus = random.choice(["", "-"])
        return exactly(f"±{left}%", f"{minus}{right}%", downward(wanted, reached))
    return by_sign(random, "≥", "≤", "百分比", [""])


def guangxi(random: Random) -> PrintedPair:
    """广西: a target of 0, met by 0 in any spelling and by nothing else."""
    count = random.choice([0, 0, random.randint(1, 40)])
    unit = random.choice(["次", "起", "件", ""])
    points = WEIGHT if count == 0 else Fraction(0)
    sign = random.choice(["≤", "<="])
    return exactly(f"{sign}0{unit}", f"{count}{random.choice([unit, ''])}", points)


LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def date_text(random: Random, month: int, day: int) -> str:
    return random.choice(
        [
            f"2022-{month:02}-{day:02}",
            f"2022/{month}/{day}",
            f"22-{month:02}-{day:02}",
            f"2022年{month}月{day}日",
            f"2022.{month:02}.{day:02}",
            f"2022年{month}月{day}号",
        ]
    )


def ningxia(random: Random) -> PrintedPair:
    """宁夏: dates as a system, a spreadsheet or a person writes them."""
    due, done = random.randint(1, 12), random.randint(1, 12)
    last, day = random.randint(1, LAST[due - 1]), random.randint(1, LAST[done - 1])
    is_met = (done, day) <= (due, last)
    target = date_text(random, due, last) + random.choice(["", "前", "之前", "前完成"])
    return between(target, date_text(random, done, day), (WEIGHT, WEIGHT) if is_met else MISSED)


PLACES = (
    hubei,
    national,
    sichuan,
    yunnan,
    chongqing,
    hebei,
    anhui,
    shanghai,
    hunan,
    shanxi,
    inner_mongolia,
    gansu,
    guangxi,
    ningxia,
)


def of_places(seed: int, count: int) -> list[PrintedPair]:
    """Return pairs of every place in turn."""
    random = Random(seed)
    return [PLACES[at % len(PLACES)](random) for at in range(count)]
