"""Texts of accounts as nobody should hand them in: cut, shuffled, typed over, torn.

``python -m tests.accounts.mutating --count 100000`` proofreads as many, and says of which seeds an
exception came.  It knows nothing of what it tests: letters, lines and words are its only notions.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import process_time

import perfeval
from tests.accounts.drafts import draft, wrapped

DATA = Path(__file__).with_name("data")
WORDS = (
    *(
        "",
        " ",
        "\t",
        "\f",
        "\n",
        "\n\n",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\x00",
        "\ud800",
        "\r",
        "𠮷",
    ),
    *(
        "0",
        "００",
        "9" * 40,
        "1,2,3",
        ".",
        "..",
        "-",
        "－",
        "%",
        "％",
        "‰",
        "1e5",
        "½",
        "①",
        "〇",
        "2023年",
    ),
    *(
        "万元",
        "亿元",
        "元",
        "万",
        "个百分点",
        "人次",
        "辆",
        "（",
        "）",
        "(",
        ")",
        "“",
        "”",
        "，",
        "。",
        "；",
    ),
    *(
        "其中：",
        "占",
        "比上年",
        "增长",
        "下降",
        "完成预算的",
        "持平",
        "主要原因是",
        "（类）",
        "（款）",
        "（项）",
    ),
    *(
        "一、",
        "（一）",
        "1.",
        "第三部分",
        "合计",
        "总计",
        "栏次",
        "行次",
        "2010101",
        "201 01 01",
        "预算数（A）",
    ),
    *(
        "收入支出决算总表",
        "支出决算表",
        "名词解释",
        "附件",
        "绩效自评综述：",
        "改进措施",
        "总分100",
        "XX",
    ),
)


@cache
def sources() -> tuple[str, ...]:
    """Return what is mutated: published and invented accounts, and made ones."""
    kept = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.txt"))]
    return (*kept, *(wrapped(draft(seed), 30)[0] for seed in range(6)))


Mutation = Callable[[random.Random, str], str]


def typed_over(rng: random.Random, text: str) -> str:
    """Put a word anywhere, in the place of some letters."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(WORDS) + text[at + rng.randrange(4) :]


def doubled(rng: random.Random, text: str) -> str:
    """Say something twice, anywhere."""
    at, to = (rng.randrange(len(text) + 1) for _ in range(2))
    return text[:to] + text[at : at + rng.randrange(200)] + text[to:]


def cut_out(rng: random.Random, text: str) -> str:
    """Leave something out."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.randrange(300) :]


def lines_moved(rng: random.Random, text: str) -> str:
    """Put some lines elsewhere."""
    lines = text.split("\n")
    for _ in range(rng.randrange(5)):
        lines.insert(rng.randrange(len(lines) + 1), lines.pop(rng.randrange(len(lines))))
    return "\n".join(lines)


def broken_up(rng: random.Random, text: str) -> str:
    """Put blanks or ends of lines between letters."""
    often, mark = rng.randrange(2, 40), rng.choice([" ", "\n", "\f", "  "])
    return "".join(letter + (mark if rng.randrange(often) == 0 else "") for letter in text)


def digits_changed(rng: random.Random, text: str) -> str:
    """Change some digits, or what they are written in."""
    often = rng.randrange(1, 10)
    return "".join(
        rng.choice("0123456789０９.，")
        if letter.isdigit() and rng.randrange(often) == 0
        else letter
        for letter in text
    )


def lines_joined(rng: random.Random, text: str) -> str:
    """Leave out some ends of lines."""
    often = rng.randrange(1, 5)
    return "".join(letter for letter in text if letter != "\n" or rng.randrange(often) != 0)


MUTATIONS: tuple[Mutation, ...] = (
    *(typed_over, typed_over, typed_over, doubled, cut_out),
    *(lines_moved, broken_up, digits_changed, lines_joined),
)


def mutated(seed: int) -> str:
    """Return the text of a seed."""
    rng = random.Random(seed)
    whole = rng.choice(sources())
    length = rng.choice((200, 400, 800, 1_600))
    at = rng.randrange(max(len(whole) - length, 1))
    text = whole[at : at + length]
    for _ in range(rng.randrange(1, 25)):
        text = rng.choice(MUTATIONS)(rng, text)[: 2 * length]
    return text + "\n"


def raised(seed: int) -> Exception | None:
    """Return what is raised over the text of a seed; nothing is expected."""
    try:
        perfeval.proof(mutated(seed))
    except Exception as error:
        return error
    return None


def main() -> None:
    """Proofread as many as asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.accounts.mutating")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    begun = process_time()
    found = 0
    for seed in range(arguments.seed, arguments.seed + arguments.count):
        error = raised(seed)
        if error is not None:
            found += 1
            sys.stdout.write(f"{seed}: {type(error).__name__}: {error}\n")
    seconds = process_time() - begun
    sys.stdout.write(f"{arguments.count} texts, {found} raised something, {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
