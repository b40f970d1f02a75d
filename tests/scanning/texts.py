"""Texts that look like sheets, and what hands and machines make of them.

Everything is drawn from a `random.Random`, so that a seed gives the same texts again.  Nothing here
knows how the scanner reads: a text is written by the rules of YAML, or spoilt without any.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

KEYS = [
    "评分办法",
    "年度",
    "项目名称",
    "主管部门",
    "实施单位",
    "预算",
    "预算数",
    "执行数",
    "指标",
    "产出指标",
    "数量指标",
    "质量指标",
    "效益指标",
    "满意度指标",
    "名称",
    "分值",
    "目标值",
    "完成值",
    "已填报得分",
    "偏差原因",
    "改进措施",
    "备注",
    "year",
    "name",
    "actual",
    "名称（全称）",
    "一级.二级",
    "a",
    "b",
    "x-y",
    "2023",
    "null",
    "true",
    "~",
    "<<",
    "其中：新建",
    "分值/方案/*/分值",
    "1",
]
USUAL = (
    "hubei-2020",
    "2023",
    "1286.70",
    "-3",
    "-3.50%",
    "0102",
    "1_000",
    "+5",
    "1e3",
    "0",
    "-0",
    "-0.0",
    "123456789012345678901234567890",
    "1234567890.123456789012",
    "12345678901234567890",
    "98.67%",
    "100%",
    "≥95%",
    "≤ 8000元/床",
    ">=95%",
    ">5",
    "> 3",
    "<5",
    "=",
    "8000元/床",
    "42（3）",
    "300元/床/月和200元/床/月",
    "养老服务体系建设运营补助资金",
    "是",
    "yes",
    "no",
    "on",
    "~",
    "null",
    "Null",
    "NULL",
    "nULL",
    "true",
    "True",
    "FALSE",
    "falsE",
    "a b",
    "a#b",
    "[a, 2, '3']",
    "{值: 42, 文本: 42（3）}",
    "{a: [1, {b: ≥2}], c: '-'}",
    '"甲"',
    "'乙'",
    "a # b",
    "",
)
"""What stands behind a key in sheets that read well."""
ODD = (
    ">",
    ">-",
    ">2",
    "1:30",
    "http://a.b/c",
    "a:b",
    "a :b",
    "a: b",
    "a:",
    ":a",
    "?a",
    "? a",
    "-a",
    "- a",
    "--",
    "-",
    "---",
    "...",
    "a#b",
    "a #b",
    "a # b",
    "#a",
    "# a",
    "a  b",
    "a,b",
    "a, b",
    ",a",
    "[a]",
    "[]",
    "[ ]",
    "[a, 2, '3']",
    "[a,]",
    "[[80], 其余]",
    "{}",
    "{ }",
    "{值: 42, 文本: 42（3）}",
    "{值: 42,文本: 四 十二 }",
    "{a: 1, a: 2}",
    "{a: , b: 1}",
    "{a}",
    "{a: 1,}",
    '{"a": 1}',
    "{a:1}",
    "{a: b: c}",
    "{a: [1, {b: ≥2}], c: '-'}",
    "{符号: >, 值: >=5}",
    "{符号: >}",
    "{a: -, b: -5}",
    "{a: - b}",
    "{a: 1} b",
    "{a: 1}# b",
    "{a: 1} # b",
    "[a]: b",
    '"甲"',
    "'乙'",
    '""',
    "''",
    "'它''的'",
    '"\\n"',
    '"a" b',
    '"a"# b',
    '"a" # b',
    "'a: b # c'",
    '"a": b',
    "“引号”",
    "a'b",
    'a"b"',
    "*a",
    "&a b",
    "!a b",
    "!!str 1",
    "|",
    "|-",
    ">+1",
    "@a",
    "`a`",
    "%a",
    "a%",
    "　全角空格　",
    "全角：冒号",
    "１２",
    "a\u00a0b",
    "",
    "",
    "",
)
HOSTILE: tuple[str, ...] = (
    *" \t\n\r:#-?,[]{}&*!|>'\"%@`~\\=<",
    ": ",
    " #",
    "- ",
    "\r\n",
    "\u00a0",
    "\u3000",
    "\u0085",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\u200b",
    "\x00",
    "\x1b",
    "\x7f",
    "\ud800",
    "\ue000",
    "\U0001f600",
    "：",
    "，",
    "“",
    "０",
    "---",
    "...",
    "\n---\n",
    "\n...\n",
    "{{",
    "[[",
    "}}",
    "<<: *a",
    "&a ",
    "!!int ",
    "{a: 1}",
    "[a]",
)

_Lines = list[str]
Mutation = Callable[[Random, str], str]


def text(random: Random) -> str:
    """Return one text: most look like a sheet, and half of these were spoilt."""
    if random.random() < 0.04:
        return soup(random)
    made = "\n".join(block(random, 0, random.choice((1, 2, 2, 3)))) + random.choice(
        ("\n", "\n", "")
    )
    if random.random() < 0.5:
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            mutate: Mutation = random.choice(MUTATIONS)
            made = mutate(random, made)
    return made


def soup(random: Random) -> str:
    """Return signs and words without any order."""
    parts = (*HOSTILE, *HOSTILE, *KEYS, *USUAL, *ODD, "\n", "\n  ", "\n- ", "\n    ")
    return "".join(random.choice(parts) for _ in range(random.randrange(1, 24)))


def block(random: Random, indent: int, depth: int) -> _Lines:
    """Return the lines of a mapping."""
    lines: _Lines = []
    keys = random.sample(KEYS, random.randrange(1, 5))
    if random.random() < 0.03:
        keys.append(keys[0])
    for key in keys:
        lines += entry(random, key, indent, depth)
    return lines


def entry(random: Random, key: str, indent: int, depth: int) -> _Lines:
    """Return the lines of one key and what it has."""
    blanks = " " * indent
    head = blanks + key + ":"
    kind = random.random()
    lines = [blanks + "# 说明: 「甲」"] if random.random() < 0.05 else []
    if depth and kind < 0.3:
        deeper = indent + random.choice((2, 2, 2, 4, 1))
        return [*lines, head + remark(random), *block(random, deeper, depth - 1)]
    if depth and kind < 0.5:
        return [*lines, head + remark(random), *listed(random, indent, depth - 1)]
    gap = random.choice((" ", " ", " ", " ", "  ", "    "))
    return [*lines, (head + gap + value(random) if kind < 0.95 else head) + remark(random)]


def listed(random: Random, indent: int, depth: int) -> _Lines:
    """Return the lines of a list, below its key or a few columns on."""
    at = " " * (indent + random.choice((2, 2, 0, 4)))
    lines = []
    for _ in range(random.randrange(1, 4)):
        dash = at + random.choice(("- ", "- ", "- ", "-  ", "-   "))
        if random.random() < 0.3:
            lines.append(dash + value(random) + remark(random))
            continue
        first, *others = block(random, len(dash), depth)
        lines += [dash + first.lstrip(" "), *others]
    return lines


def remark(random: Random) -> str:
    """Return a comment behind a value, or nothing, or blanks."""
    kind = random.random()
    if kind < 0.85:
        return ""
    return random.choice((" ", "   ", " # 原表空白", "     # 万元", " #2", "  ## x", "#", " #"))


def value(random: Random) -> str:
    """Return a value; few are odd, for one that cannot be read spoils the whole text."""
    return random.choice(USUAL if random.random() < 0.97 else ODD)


def _at(random: Random, made: str) -> int:
    return random.randint(0, len(made))


def _deleted(random: Random, made: str) -> str:
    at = _at(random, made)
    return made[:at] + made[at + random.choice((1, 1, 1, 2, 5)) :]


def _inserted(random: Random, made: str) -> str:
    at = _at(random, made)
    return made[:at] + random.choice(HOSTILE) + made[at:]


def _cut_off(random: Random, made: str) -> str:
    return made[: _at(random, made)]


def _lines_changed(change: Callable[[Random, _Lines], None]) -> Mutation:
    def changed(random: Random, made: str) -> str:
        lines = made.split("\n")
        change(random, lines)
        return "\n".join(lines)

    return changed


def _swap(random: Random, lines: _Lines) -> None:
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _double(random: Random, lines: _Lines) -> None:
    lines.insert(random.randrange(len(lines) + 1), random.choice(lines))


def _drop(random: Random, lines: _Lines) -> None:
    lines.pop(random.randrange(len(lines)))


def _shift(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    bare = lines[at].lstrip(" ")
    lines[at] = " " * random.choice((0, 1, 2, 3, 4, 6, 8)) + bare


def _tail(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    lines[at] += random.choice(
        (" ", "   ", "\t", " #", " # x", "#x", ":", ": ", ",", "\r", "　", '"')
    )


def _blank(random: Random, lines: _Lines) -> None:
    lines.insert(
        random.randrange(len(lines) + 1), random.choice(("", "  ", "\t", "#", "   # x", "-"))
    )


def _continued(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    lines.insert(
        at + 1, " " * random.choice((0, 2, 4, 8)) + random.choice(("下一行", "- x", "a: b", "}"))
    )


def _folded(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    head = lines[at].partition(":")[0]
    indent = " " * random.choice((0, 2, 4, 8))
    lines[at : at + 1] = [
        f"{head}: {random.choice(('|', '>', '>-', '|+', '>2', '|1'))}",
        indent + "一 行",
        "",
    ]


def _nested(random: Random, lines: _Lines) -> None:
    depth = random.choice((3, 17, 34, 40, 66, 300))
    kind = random.randrange(3)
    at = random.randrange(len(lines) + 1)
    if kind == 0:
        lines[at:at] = ["深: " + "[" * depth + "]" * random.choice((depth, depth, depth - 1))]
    elif kind == 1:
        lines[at:at] = ["深: " + "{a: " * depth + "1" + "}" * depth]
    else:
        lines[at:at] = [" " * level + "深:" for level in range(depth)]


def _quoted(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    head, colon, value = lines[at].partition(": ")
    mark = random.choice("\"'")
    lines[at] = f"{head}{colon}{mark}{value}{mark}" if colon else f"{mark}{head}{mark}"


def _keyed(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    lines[at] = lines[at].replace(": ", random.choice((":", " : ", "：", ":\t", "： ", ":  ")), 1)


def _long(random: Random, lines: _Lines) -> None:
    at = random.randrange(len(lines))
    long = "长" * random.choice((150, 199, 200, 201, 1030))
    head, colon, value = lines[at].partition(":")
    lines[at] = random.choice((f"{head}{long}{colon}{value}", f"{head}{colon}{value}{long}"))


MUTATIONS: tuple[Mutation, ...] = (
    _deleted,
    _deleted,
    _inserted,
    _inserted,
    _inserted,
    *map(
        _lines_changed,
        (
            _swap,
            _double,
            _drop,
            _shift,
            _shift,
            _tail,
            _blank,
            _continued,
            _folded,
            _nested,
            _quoted,
            _keyed,
            _long,
        ),
    ),
    lambda _random, made: made.replace("\n", "\r\n"),
    lambda _random, made: "\ufeff" + made,
    lambda random, made: made.replace(random.choice(made or " "), "\t", 1),
    lambda random, made: random.choice(("---\n", "%YAML 1.2\n---\n", "--- ", " ", "\n\n")) + made,
    lambda random, made: made + random.choice(("---\n", "...\n", "---\na: 1\n", " ", "\n\n  ")),
    _cut_off,
)
"""What hands and machines do to a text."""
