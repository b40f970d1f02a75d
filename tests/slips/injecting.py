"""Sheets as people type them, and the slips of their hands; knows nothing of the code it tests."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

NAMES = ("床位数", "养老服务中心数量", "12345热线接通率", "“一老一小”覆盖", "A类设备", "发放及时率")
TARGETS = ("≥32", "≤5300元/户", "≥95%", "100%", "95%以上", "及时", "2023年12月底前", "391张")
ACTUALS = ("26", "98.67%", "100%", "及时", "达成年度指标", "12月", "391张")
TEXTS = ("示范区民政局", "养老服务“补助”", "用于运营：补贴", "资金到位晚 12 天", "甲、乙（丙）")
SECTIONS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("社会效益指标", "经济效益指标"),
    "满意度指标": ("服务对象满意度指标",),
}


def a_sheet(random: Random) -> list[str]:
    """Return the lines of a sheet without slips."""
    lines = [
        *(["# 自评表：填好后校核"] if random.random() < 0.3 else []),
        "评分办法: hubei-2020",
        f"年度: {random.choice((2022, 2023, 2024))}",
        f"项目名称: {random.choice(TEXTS)}",
        f"主管部门: {random.choice(TEXTS)}",
        *(["年度目标: >", "  办好  两件事", "  其中：一件"] if random.random() < 0.2 else []),
        *(["项目用途: |", "  一、发放", "   二：购置"] if random.random() < 0.3 else []),
        *(['产出和效果: "办好两件事', '  其中：一件"'] if random.random() < 0.1 else []),
        "预算:",
        "  年初预算数: 1200",
        "  预算数: 1286.70",
        "  执行数: 1269.62",
        *(["  已填报: {执行率: 98.67%, 得分: 20}"] if random.random() < 0.5 else []),
        "指标:",
    ]
    for section, aspects in SECTIONS.items():
        lines.append(f"  {section}:" + ("   # 见批复" if random.random() < 0.1 else ""))
        for aspect in random.sample(aspects, random.randint(1, len(aspects))):
            lines.append(f"    {aspect}:")
            for _ in range(random.randint(1, 3)):
                lines += _a_row(random)
        if random.random() < 0.2:
            lines.append("")
    return lines


def _a_row(random: Random) -> list[str]:
    fields = {
        "名称": random.choice(NAMES),
        "分值": str(random.randint(1, 20)),
        "目标值": random.choice(TARGETS),
        "完成值": random.choice(ACTUALS),
    }
    if random.random() < 0.3:
        fields["偏差原因"] = random.choice(TEXTS)
    if random.random() < 0.25:
        return ["      - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"]
    head, *rest = (f"{key}: {value}" for key, value in fields.items())
    return [f"      - {head}", *(f"        {item}" for item in rest)]


class Injected(NamedTuple):
    """Lines with slips, and the numbers of the faulty lines, counted from 1."""

    lines: list[str]
    faulty: list[int]
    kinds: list[str]


Slip = Callable[[str, Random], list[str] | None]
"""Makes of a line one with a slip, the last of what it returns being the faulty one."""


def _is_plain(line: str) -> bool:
    """Tell whether a line has a name and a value on one line, without brackets or quotes."""
    return (
        ": " in line
        and line.count(": ") == 1
        and not set('{}#"|>') & set(line)
        and not line.startswith("#")
    )


def wide_colon(line: str, random: Random) -> list[str] | None:
    if not (_is_plain(line) or (line.endswith(":") and "#" not in line)):
        return None
    return [
        line.replace(": ", random.choice(("：", "： ")), 1) if ": " in line else line[:-1] + "："
    ]


def no_blank(line: str, _random: Random) -> list[str] | None:
    return [line.replace(": ", ":", 1)] if _is_plain(line) else None


def wide_blank_behind_colon(line: str, _random: Random) -> list[str] | None:
    return [line.replace(": ", ":\u3000", 1)] if _is_plain(line) else None


def tab(line: str, _random: Random) -> list[str] | None:
    if not line.startswith("  ") or not _is_line_of_names(line):
        return None
    blanks = len(line) - len(line.lstrip())
    return ["\t" * (blanks // 2) + line.lstrip()]


def wide_indent(line: str, _random: Random) -> list[str] | None:
    if not line.startswith("  ") or not _is_line_of_names(line):
        return None
    blanks = len(line) - len(line.lstrip())
    return ["\u3000" * (blanks // 2) + line.lstrip()]


def _is_line_of_names(line: str) -> bool:
    text = line.strip().removeprefix("- ")
    return ":" in text and not text.startswith(("#", "其中", "一、", "二："))


def dash_without_blank(line: str, _random: Random) -> list[str] | None:
    return [line.replace("- ", "-", 1)] if line.lstrip().startswith("- 名") else None


def wrapped(line: str, _random: Random) -> list[str] | None:
    key, _, value = line.partition(": ")
    if not _is_plain(line) or len(value) < 4 or value[2:].strip() != value[2:]:
        return None
    blanks = len(key) - len(key.lstrip().removeprefix("- "))
    if any(char in value for char in ":：") or value[2] in "-%@":
        return None
    return [f"{key}: {value[:2]}", " " * blanks + value[2:]]


def deeper(line: str, _random: Random) -> list[str] | None:
    return [f" {line}"] if _is_line_of_names(line) else None


def shallower(line: str, _random: Random) -> list[str] | None:
    return [line[1:]] if line.startswith("  ") and _is_line_of_names(line) else None


def special(line: str, random: Random) -> list[str] | None:
    key, _, _value = line.partition(": ")
    if not _is_plain(line):
        return None
    return [f"{key}: {random.choice(('|95', '*', '* 甲', '&甲', '%5', '@甲', '`甲`', '- 甲'))}"]


def second_colon(line: str, _random: Random) -> list[str] | None:
    return [f"{line}: 甲"] if _is_plain(line) else None


def open_quote(line: str, random: Random) -> list[str] | None:
    key, _, value = line.partition(": ")
    if not _is_plain(line) or set("'“”") & set(value):
        return None
    quote = random.choice("\"'")
    return [f"{key}: {quote}{value}"]


def half_quoted(line: str, _random: Random) -> list[str] | None:
    key, _, value = line.partition(": ")
    return [f'{key}: "{value}"等'] if _is_plain(line) else None


def unseen(line: str, random: Random) -> list[str] | None:
    if not _is_plain(line):
        return None
    at = random.choice((line.index(":"), line.index(":") + 2, len(line)))
    return [line[:at] + random.choice("\u200b\ufeff\u2060") + line[at:]]


def twice(line: str, _random: Random) -> list[str] | None:
    return [line, line] if _is_plain(line) and not line.lstrip().startswith("-") else None


def cut(line: str, _random: Random) -> list[str] | None:
    return [f"{line} #2 馆"] if _is_plain(line) else None


def wide_colon_in_brackets(line: str, random: Random) -> list[str] | None:
    if "- {" not in line:
        return None
    key = random.choice(("名称", "分值", "目标值", "完成值"))
    return [line.replace(f"{key}: ", f"{key}{random.choice(('：', ':'))}", 1)]


def open_bracket(line: str, _random: Random) -> list[str] | None:
    return [line[:-1]] if "{" in line and line.endswith("}") else None


SLIPS: dict[str, Slip] = {
    item.__name__: item
    for item in (
        wide_colon,
        no_blank,
        wide_blank_behind_colon,
        tab,
        wide_indent,
        dash_without_blank,
        wrapped,
        deeper,
        shallower,
        special,
        second_colon,
        open_quote,
        half_quoted,
        unseen,
        twice,
        cut,
        wide_colon_in_brackets,
        open_bracket,
    )
}


def inject(lines: list[str], kinds: list[str], random: Random) -> Injected:
    """Put slips of these kinds into different lines, three lines apart at least."""
    places: dict[int, tuple[str, list[str]]] = {}
    for kind in kinds:
        order = list(range(len(lines)))
        random.shuffle(order)
        for at in order:
            if any(abs(at - other) < 3 for other in places):
                continue
            made = SLIPS[kind](lines[at], random)
            if made is not None:
                places[at] = (kind, made)
                break
    out: list[str] = []
    faulty, named = [], []
    for at, line in enumerate(lines):
        kind, made = places.get(at, ("", [line]))
        out += made
        if kind:
            faulty.append(len(out))
            named.append(kind)
    return Injected(out, faulty, named)
