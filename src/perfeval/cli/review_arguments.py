"""The arguments of ``perfeval review …`` and ``diff``: a function for each, and its line below."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from perfeval.cli.arguments import declare_rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:  # the class of the parsers is of no use here at run time
    from perfeval.cli.arguments import _Parser


def _intake(command: _Parser) -> None:
    _paths(command, "交来的文件夹（连同里面的文件夹）、.zip 压缩包或文件")
    _output(command, "输出文件（.xlsx、.html、.csv、.json），可以写几次；不写则只显示汇总")
    add = command.options.add_argument
    add(
        "--expected",
        metavar="LIST",
        help="应交名单（.xlsx、.csv 等）：按栏名认出部门、单位、项目名称、编码、资金，查缺交的",
    )
    add("--form", metavar="ID", help="要求的表式（办法的编号）；不写则与多数用的比较")


def _evidence(command: _Parser) -> None:
    command.operands.add_argument(
        "files", metavar="FILE", nargs="+", help="自评表（YAML、Word、Excel、PDF、网页）或文件夹"
    )
    _output(command, "输出文件（.xlsx、.html、.csv、.json），可以写几次；不写则只显示汇总")
    command.options.add_argument(
        "--folder",
        metavar="DIR",
        help="佐证材料所在的文件夹：表里“佐证”写的在这里找，名称、序号相近的列出来供核对",
    )
    declare_rulebook(command)


def _rank(command: _Parser) -> None:
    _paths(command, _TREES)
    _output(command, "输出文件（.html 带图，.xlsx、.csv、.json），可以写几次；不写则只显示前几名")
    _evaluation(command)


def _sample(command: _Parser) -> None:
    _paths(command, _TREES, nargs="*")
    _output(command, "输出文件（.csv 可重放，.xlsx、.html、.json），可以写几次")
    add = command.options.add_argument
    add("-n", metavar="N", dest="number", type=_count, help="抽多少个")
    add(
        "--by",
        metavar="LIST",
        default="随机",
        help="资金、风险（按涉及分值）：大小决定概率；单位：每个部门一层；随机（默认）；可并用：单位,资金",
    )
    add("--seed", metavar="SEED", help="种子：任何文字，定了名单和种子，谁来抽都一样")
    add("--list", metavar="LIST", help="不从文件夹、从名单（.csv、.xlsx）抽，按栏名认出各栏")
    add("--verify", metavar="FILE", help="核对一份抽样表（.csv）；又写了 TREE 的，名单也一起核对")
    _evaluation(command)


_TREES = "自评表所在的文件夹（连同里面的文件夹）、.zip 压缩包或文件"


def _results(command: _Parser) -> None:
    _paths(command, _TREES + "；几个年度的一起写，看趋势")
    _output(command, "输出文件（.docx、.pdf、.html、.md、.xlsx、.json），可以写几次")
    command.options.add_argument(
        "--reviewed",
        metavar="FILE",
        action="append",
        default=[],
        help="perfeval review grade 写的复核结果（.json），可以写几次",
    )
    command.options.add_argument(
        "--document",
        choices=("notice", "report"),
        default="notice",
        help="notice：通报（默认）；report：复核报告，各项目的复核情况和逐个指标的扣分",
    )
    command.options.add_argument(
        "--final",
        action="store_true",
        help="定稿：文字里还有“请补充”就一份也不写，并列出是哪些",
    )
    _evaluation(command)


def _evaluation(command: _Parser) -> None:
    declare_rulebook(command)
    command.options.add_argument(
        "--jobs", metavar="N", type=_count, default=1, help="同时用几个进程算，默认 1"
    )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < _LONGEST and int(text)):
        raise argparse.ArgumentTypeError("应是正整数，如 60")
    return int(text)


_LONGEST = 7


def _paths(command: _Parser, what: str, nargs: str = "+") -> None:
    command.operands.add_argument("paths", metavar="TREE", nargs=nargs, help=what)


def _workpaper(command: _Parser) -> None:
    command.operands.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="自评表（YAML、Word、Excel、PDF、网页）、文件夹、- 或 shipped:…；一个项目一页",
    )
    add = command.options.add_argument
    add("-o", "--output", metavar="FILE.xlsx", required=True, help="底稿（.xlsx）")
    _profile(command)
    declare_rulebook(command)
    add("--force", action="store_true", help="覆盖已有的文件")


def _grade(command: _Parser) -> None:
    command.operands.add_argument(
        "files",
        metavar="FILE.xlsx",
        nargs="+",
        help="填好的底稿；同一批的几个文件一起写，才能比较扣分比例是否一致",
    )
    _output(command, "输出文件（.xlsx、.html、.csv、.json），可以写几次；不写则只显示")
    command.options.add_argument(
        "--report",
        metavar="REPORT",
        help="复核报告（.docx、.pdf、.txt 等）：核对其中的数与底稿是否一致",
    )
    declare_rulebook(command)


def _profile(command: _Parser) -> None:
    command.options.add_argument(
        "--profile",
        metavar="ID",
        default="review-reasons",
        help="复核口径（编号或自己的 .yaml 文件）：扣分原因代码和比例；默认 review-reasons，"
        "只记原因；另有样例 review-firm-sample",
    )


def _output(command: _Parser, what: str) -> None:
    add = command.options.add_argument
    add("-o", "--output", metavar="OUT", action="append", default=[], help=what)
    add("--force", action="store_true", help="覆盖已有的文件")


def _diff(command: _Parser) -> None:
    for dest, word in (("old", "旧的"), ("new", "新的")):
        command.operands.add_argument(
            dest,
            metavar=dest.upper(),
            help=f"{word}一份：自评表（YAML、Word、Excel、PDF、网页）、shipped:… 或文件夹",
        )
    add = command.options.add_argument
    add("--all", action="store_true", help="只是写法不同的、已改正的、“提示”级的发现也列出")
    add("--summary", action="store_true", help="有几对表时，只列汇总，不列各对")
    _output(command, "写入文件（.html、.xlsx、.json），可以写几次")
    declare_rulebook(command)


REVIEW_ARGUMENTS: dict[str, Callable[[_Parser], None]] = {
    "diff": _diff,
    "review intake": _intake,
    "review evidence": _evidence,
    "review rank": _rank,
    "review sample": _sample,
    "review results": _results,
    "review workpaper": _workpaper,
    "review grade": _grade,
}
"""The command with its action (``review intake``), and what declares its arguments."""
