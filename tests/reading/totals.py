"""How much was read of how much, over many made files: ``python -m tests.reading.totals``.

``--values 100000`` reads tables whose content is known by construction, in every carrier, and
counts the values that were read and are not what stands there; ``--damaged 20000`` reads damaged
and cut files of every carrier and counts what went wrong.  The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfeval import ReadDocument, read
from tests import memory
from tests.carriers.damage import damaged, originals
from tests.reading.carried import CONVERTED, carried
from tests.reading.made import MadeSheet, made

CARRIERS = ("xlsx", "docx", "html", "csv", *CONVERTED)
_AT_ONCE = 120
"""So many tables are made, and converted, at a time."""
_MOST_SECONDS, _MOST_MEBIBYTES = 20, 300


@dataclass
class Totals:
    """What came of reading.

    Attributes:
        values: How many values stand in the tables.
        tables: How many tables.
        wrong: Values that were read and do not stand there.
        lost: Values that were not read, of tables or files that say that something was not.
        silent: Values that were not read, where nothing says so.
    """

    values: int = 0
    tables: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"wrong {len(self.wrong)}, lost {len(self.lost)}, silent {len(self.silent)}"
        return f"{self.values} values of {self.tables} tables: {counts}"

    def add(self, other: Totals) -> None:
        """Add what came of other tables."""
        self.values += other.values
        self.tables += other.tables
        self.wrong += other.wrong
        self.lost += other.lost
        self.silent += other.silent


def truth_of(sheet: MadeSheet) -> dict[tuple[Any, ...], str]:
    """Return every value of a made table by its path, as plain text."""
    values: dict[tuple[Any, ...], str] = {("年度",): "2023"}
    values |= {(name,): value for name, value in sheet.header.items()}
    values |= {("预算", name): value for name, value in sheet.budget.items()}
    filed = {"分值": "10", "执行率": "97.25%", "得分": "9.73"}
    values |= {("预算", "已填报", name): value for name, value in filed.items()}
    values |= {("已填报", "分值"): "100", ("已填报", "总分"): "97.5"}
    for row in sheet.truth:
        values |= {("指标", row["名称"], name): value for name, value in row.items()}
    return values


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _flat(data: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], str]:
    """Return every single value of what was read by its path."""
    if isinstance(data, dict):
        steps: Any = data.items()
    elif isinstance(data, list):  # a row that was not read moves none of the others
        steps = (
            (row.get("名称") if isinstance(row, dict) else at, row) for at, row in enumerate(data)
        )
    else:
        return {path: _plain(data)}
    found: dict[tuple[Any, ...], str] = {}
    for step, below in steps:
        found |= _flat(below, (*path, step))
    return found


def compared(sheet: MadeSheet, document: ReadDocument, name: str) -> Totals:
    """Hold what was read of one file against what stands in it."""
    expected = truth_of(sheet)
    totals = Totals(len(expected), 1)
    tables = document.tables
    got = _flat(tables[0].data) if len(tables) == 1 else {}
    got = {path: value for path, value in got.items() if path not in (("评分办法",), ("金额单位",))}
    says = bool(document.unread) or any(table.unread for table in tables)
    for path, value in expected.items():
        if path not in got:
            line = f"{name} {path}: {value}"
            (totals.lost if says else totals.silent).append(line)
        elif got[path] != _as_amount(path, value):
            totals.wrong.append(f"{name} {path}: {value} → {got[path]}")
    for path, value in got.items():
        if path not in expected:
            totals.wrong.append(f"{name} {path}: nothing → {value}")
    if len(tables) > 1:
        totals.wrong.append(f"{name}: {len(tables)} tables")
    return totals


def _as_amount(path: tuple[Any, ...], value: str) -> str:
    return _plain(Decimal(value)) if path[0] == "预算" and path[-1] in _AMOUNTS else value


_AMOUNTS = ("年初预算数", "预算数", "执行数")


def values(count: int, seed: int, carriers: tuple[str, ...]) -> dict[str, Totals]:
    """Read so many values in each carrier, and print the totals of each."""
    found: dict[str, Totals] = {}
    for kind in carriers:
        totals, start, at = Totals(), time.monotonic(), seed
        while totals.values < count:
            sheets = {number: made(number) for number in range(at, at + _AT_ONCE)}
            at += _AT_ONCE
            for number, raw in carried(sheets, kind):
                document = read(raw, rulebook="mof-2020")
                totals.add(compared(sheets[number], document, f"{kind} {number}"))
        _say(f"{kind:5} seeds {seed} to {at - 1}: {totals}, {time.monotonic() - start:.0f} s")
        for line in [*totals.wrong[:10], *totals.silent[:5], *totals.lost[:5]]:
            _say(f"      {line}")
        found[kind] = totals
    return found


def damage(count: int, seed: int) -> Counter[str]:
    """Read so many damaged files; none may raise, take long or take much memory."""
    files = originals()
    for number in (seed, seed + 1):
        for kind in CARRIERS:
            if kind not in CONVERTED or shutil.which("soffice"):
                ((_, raw),) = carried({number: made(number)}, kind)
                files[f"made-{number}.{kind}"] = raw
    names, counts, slowest = sorted(files), Counter[str](), (0.0, "")
    for at in range(seed, seed + count):
        name = names[at % len(names)]
        raw, start = damaged(files[name], at), time.process_time()
        try:
            document = read(raw)
        except Exception as error:  # whatever it is, it is what is counted
            counts["raised"] += 1
            _say(f"      {name} {at}: {error!r}")
            continue
        slowest = max(slowest, (time.process_time() - start, f"{name} {at}"))
        counts["read" if document.tables else "refused, or no table"] += 1
    counts["slow"] = int(slowest[0] > _MOST_SECONDS)
    counts["MiB"] = memory.peak()
    _say(f"{count} files from seed {seed}: {dict(counts)}, slowest {slowest[0]:.1f} s {slowest[1]}")
    return counts


def main() -> None:
    """Run what is asked for; end with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.reading.totals", description=__doc__)
    parser.add_argument("--values", type=int, default=0, help="how many, in each carrier")
    parser.add_argument("--damaged", type=int, default=0, help="how many files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("carriers", nargs="*", default=CARRIERS, help=", ".join(CARRIERS))
    arguments = parser.parse_args()
    found = values(arguments.values, arguments.seed, tuple(arguments.carriers))
    is_wrong = any(totals.wrong or totals.silent for totals in found.values())
    if arguments.damaged:
        counts = damage(arguments.damaged, arguments.seed)
        is_wrong |= bool(counts["raised"] or counts["slow"] or counts["MiB"] > _MOST_MEBIBYTES)
    sys.exit(is_wrong)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
