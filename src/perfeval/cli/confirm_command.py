"""``perfeval confirm``: what a person is to compare; then the mark 未确认 is taken away."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from perfeval.cli.confirming import comments_of, unmarked
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError, WritingError
from perfeval.cli.fixing import write_fixed
from perfeval.cli.inputs import find_sheets, read_reports
from perfeval.cli.unread import tell_findings
from perfeval.documents.alignment import printable
from perfeval.documents.findings.text import counts_text
from perfeval.findings import Severity
from perfeval.opening import system_reason
from perfeval.report import Report

_YES = ("是", "y", "yes")


class _Shown(NamedTuple):
    """A sheet that is to be confirmed, with all that a person should look at."""

    report: Report
    assumed: list[str]
    open: list[str]


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Show what was assumed and what is open; take the mark away where a person says so.

    Returns:
        0 where every sheet could be shown, and changed where that was asked for; else 2.
    """
    code, data = 0, []
    names = find_sheets(arguments.files).names
    office: set[str] = set()
    for report in read_reports(names, None, root=arguments.root):
        shown = _shown(report)
        if report.located.source.cells is not None:
            code, file = 2, report.located.name
            if file not in office:
                console.tell(_read_first(file))
            office.add(file)
            data.append(_data(shown, is_confirmed=False))
            continue
        if not arguments.json:
            for line in _lines(shown):
                console.write_folded(printable(line))
        is_confirmed, is_wrong = _settled(shown, arguments, console)
        code = 2 if is_wrong else code
        data.append(_data(shown, is_confirmed=is_confirmed))
    if arguments.json:
        console.write_json({"files": data})
    return code


def _read_first(name: str) -> str:
    """Say that the file of an office is not what is confirmed: its sheet is not written yet."""
    return (
        f"“{name}”还没有读成 YAML，不能确认：先用 perfeval read {name} -o 文件夹 读出，"
        "与原件核对以后确认读出的那个文件"
    )


def _shown(report: Report) -> _Shown:
    card = report.scorecard
    rows = [] if card is None else [line for line in card.rows if line.low != line.high]
    return _Shown(
        report=report,
        assumed=comments_of(report.located.source.text),
        open=[f"{line.name}：{line.explain()}" for line in rows],
    )


def _lines(shown: _Shown) -> Iterator[str]:
    report, sheet = shown.report, shown.report.sheet
    yield f"── {report.name}"
    if sheet is None:
        yield "没有读通，见上面列出的错误；改正以后再确认"
        return
    if not sheet.unconfirmed:
        yield "没有标“未确认”，不用确认"
        return
    yield sheet.caveat
    if (source := sheet.read_from) is not None:
        said = (source.place, source.layout and f"表式 {source.layout}")
        yield f"读自 {'，'.join(filter(None, (source.file, *said)))}"
    yield from shown.assumed
    if shown.open:
        yield f"还没有定的（{len(shown.open)} 行）："
        yield from (f"  {line}" for line in shown.open)
    counts = counts_text(item for item in report.findings if item.severity is not Severity.INFO)
    if counts:
        yield f"校核  {counts}，用 perfeval check 查看"


def _settled(shown: _Shown, arguments: argparse.Namespace, console: Console) -> tuple[bool, bool]:
    """Take the mark away where that is asked for; return whether it is gone, and what failed."""
    report = shown.report
    if report.sheet is None:
        tell_findings(report.findings, console)
        return False, True
    if not report.sheet.unconfirmed:
        return False, False
    if not (arguments.yes or _is_answered(arguments, console)):
        if not arguments.json:
            console.write("没有改动。核对以后加 --yes，或自己删去“未确认”一行")
            console.write("")
        return False, False
    try:
        write_fixed(unmarked(report.name))
    except (UsageError, WritingError) as error:
        console.tell(str(error))
        return False, True
    except OSError as error:
        console.tell(f"“{report.name}”打不开（{system_reason(error)}）")
        return False, True
    if not arguments.json:
        console.say(f"{report.name}：已去掉“未确认”")
        console.write("")
    return True, False


def _is_answered(arguments: argparse.Namespace, console: Console) -> bool:
    """Ask the person at the terminal, if there is one."""
    is_asked = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    if arguments.json or not is_asked:
        return False
    console.write("与原件逐项核对过了吗？核对过的输入 是，回车：")
    console.flush()
    return sys.stdin.readline().strip().lower() in _YES


def _data(shown: _Shown, *, is_confirmed: bool) -> dict[str, Any]:
    report, sheet = shown.report, shown.report.sheet
    return {
        "name": report.name,
        "unconfirmed": None if sheet is None else sheet.unconfirmed and not is_confirmed,
        "confirmed": is_confirmed,
        "assumed": shown.assumed,
        "open": shown.open,
    }
