"""The arguments of each command, with help and errors in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from perfeval.cli.many_arguments import (
    declare_copies,
    declare_jobs,
    declare_resume,
    declare_row_outputs,
)
from perfeval.cli.overview import ACTIONS, COMMANDS

STDIN = "-"
"""Names standard input in the place of a file."""
TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs a start-up
    from typing import Any, NoReturn

_WIDTH = 90
"""Characters in a line of help; the terminal's width is no use, as argparse does not know that a
Chinese character takes two cells."""
_ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (\S+): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 后面不能跟 \2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Say 用法 where argparse says usage, and keep every option on one line."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, **{"max_help_position": 28, "width": _WIDTH, **settings})

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Any],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Once(argparse.Action):
    """Keep the one value of an option; a second one is refused, not taken in place of the first."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        seen = namespace.__dict__.setdefault("_seen", set())
        if option_string is not None and self.dest in seen:
            parser.error(f"{option_string} 写了两次，只能写一次")
        seen.add(self.dest)
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """A parser whose own words are Chinese."""

    def __init__(self, **settings: Any) -> None:
        settings = {
            "add_help": False,
            "allow_abbrev": False,
            "formatter_class": _Formatter,
            **settings,
        }
        super().__init__(**settings)
        self.register("action", None, _Once)
        self.register("action", "store", _Once)
        self.operands = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示这段帮助")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：{_in_chinese(message)}\n")


def _in_chinese(message: str) -> str:
    for pattern, chinese in _ERRORS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(chinese)
    return message


def parse(command: str, arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments of a command.

    Args:
        command: One of `perfeval.cli.overview.COMMANDS`.
        arguments: What follows it.

    Returns:
        ``json``, ``action`` (the second word of a command that has several, or ``None``) and
        whatever the command takes.

    Raises:
        SystemExit: The arguments are wrong (2), or only help was asked for (0).
    """
    action, arguments = _action(command, arguments)
    parser = parser_of(command, action)
    parser.set_defaults(action=action)
    if any(word == "" or re.fullmatch(r"--[\w-]+=", word) for word in arguments):
        parser.error("有一个参数是空的；没有内容的参数请不要写（脚本里的变量可能没有值）")
    if arguments.count(STDIN) > 1:
        parser.error(f"标准输入（{STDIN}）只能用一次")
    parsed = parser.parse_args(arguments)
    if STDIN in _outputs(parsed):
        parser.error(f"-o 后面要写文件名，不能是 {STDIN}")
    if getattr(parsed, "format", None) == "json" and not parsed.output:
        parsed.json = True
    return parsed


def _outputs(parsed: argparse.Namespace) -> Sequence[str]:
    """Return the files that are to be written."""
    output = getattr(parsed, "output", None) or ()
    return [output] if isinstance(output, str) else output


def parser_of(command: str, action: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of a command, or of one of its actions."""
    name = command if action is None else f"{command} {action}"
    summary = COMMANDS[command] if action is None else ACTIONS[command][action]
    parser = _Parser(prog=f"perfeval {name}", description=f"{summary}。")
    _declarator(name)(parser)
    parser.options.add_argument("--json", action="store_true", help="输出 JSON")
    if command in RECORDED:
        parser.options.add_argument(
            "--manifest",
            metavar="FILE",
            help="另写运行清单（.json）：读了、写了哪些文件，各自的校验值；verify 据此重做核对",
        )
    return parser


def _declarator(name: str) -> Callable[[_Parser], None]:
    """Return what declares the arguments; those of a review stand in a module of their own."""
    if name in _ARGUMENTS:
        return _ARGUMENTS[name]
    from perfeval.cli.review_arguments import REVIEW_ARGUMENTS

    return REVIEW_ARGUMENTS[name]


RECORDED = frozenset(("score", "check", "read", "proof", "render", "form", "diff", "review"))
"""The commands that write the manifest of their run where they are asked to."""


def _action(command: str, arguments: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Split the action (``show`` of ``perfeval rulebooks show``) off from the arguments."""
    at = next(_operands(arguments), None)
    if at is None or arguments[at] not in ACTIONS.get(command, ()):
        return None, arguments
    return arguments[at], [*arguments[:at], *arguments[at + 1 :]]


def _operands(arguments: Sequence[str]) -> Iterator[int]:
    """Yield where the words stand that are neither an option nor the value of one."""
    before = ""
    for at, word in enumerate(arguments):
        if not word.startswith("-") and before not in _WITH_VALUE:
            yield at
        before = word


_WITH_VALUE = ("--manifest", "--rulebooks", "--from", "--id", "--year", "-o", "--output")
"""The options of commands with several actions that take a value."""


def _score(command: _Parser) -> None:
    _files(command)
    _answers(command)
    _rulebook(command)
    command.options.add_argument(
        "--summary", action="store_true", help="有多张表时，只列汇总，不列各表"
    )
    declare_row_outputs(command.options.add_argument)
    declare_jobs(command.options.add_argument)
    declare_resume(command.options.add_argument)


def _explain(command: _Parser) -> None:
    _file(command)
    _answers(command)
    command.operands.add_argument(
        "indicator", metavar="INDICATOR", nargs="?", help="三级指标的名称，或其中几个字"
    )
    command.options.add_argument(
        "--what-if",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        dest="changes",
        help="试算：完成值（或 执行数、预算数）换成这个数，得多少分；可写几次，不改文件",
    )
    _rulebook(command)


def _render(command: _Parser) -> None:
    command.operands.add_argument(
        "file",
        metavar="FILE",
        help="自评表（YAML、Word、Excel、PDF、网页）、-、shipped:…，"
        "或有 department.yaml 的部门文件夹",
    )
    _table(command)
    command.options.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        action="append",
        required=True,
        help="输出文件（.docx、.pdf、.html、.md），可以写几次；生成整个部门的材料时为一个文件夹",
    )
    command.options.add_argument(
        "--document",
        metavar="NAME",
        choices=(
            *("table", "overview", "abstract", "disclosure", "whole", "duties", "bound"),
            "national",
        ),
        help="只要一份：表的 table 自评表（默认）、overview 综述、abstract 摘要，"
        "部门的 disclosure 情况说明、whole 整体自评、duties 重点工作完成情况、bound 合订本；"
        "表和部门都有的 national 一体化系统的数据（.json 接口、.xlsx 导入表）",
    )
    command.options.add_argument(
        "--formats", metavar="LIST", help="生成整个部门的材料时要哪些格式，如 docx,pdf，默认都要"
    )
    command.options.add_argument(
        "--templates", metavar="DIR", help="自己的文字模板所在的文件夹，同名的代替随软件的"
    )
    _table_looks(command)
    command.options.add_argument(
        "--final", action="store_true", help="定稿：文字里还有“请补充”就一份也不写，并列出是哪些"
    )
    command.options.add_argument("--force", action="store_true", help="覆盖已有的文件")
    _rulebook(command)


def _table_looks(command: _Parser) -> None:
    command.options.add_argument(
        "--layout",
        metavar="ID",
        help="按别的表式印自评表，如 beijing；得分仍按评分办法计，表上没有位置的内容列在表下",
    )
    command.options.add_argument(
        "--no-data",
        action="store_false",
        dest="data",
        help="自评表里不附带读回时用的数据（评分办法、符号、值、已填报等；备注和豁免从不附带）",
    )
    command.options.add_argument(
        "--charts",
        action="store_true",
        help="自评表下面附各部分得分的图（Word 里是图表，不是图片）",
    )


def _check(command: _Parser) -> None:
    _files(command)
    _answers(command)
    add = command.options.add_argument
    add("--all", action="store_true", help="“提示”级的也列出")
    add("--ledger", action="store_true", help="列出台账：每项校核通过、不适用还是没有做")
    add("--select", metavar="CODES", action="append", default=[], help="只做这些校核，如 PT,BX101")
    add("--ignore", metavar="CODES", action="append", default=[], help="不做这些校核")
    add(
        "--severity", metavar="CODE=级别", action="append", default=[], help="改级别，如 FM102=提示"
    )
    add("--waivers", metavar="FILE", action="append", default=[], help="另存的豁免文件")
    add("--today", metavar="DATE", type=_day, help="按这一天判断豁免是否到期，默认今天")
    add("--baseline", metavar="FILE", help="基线里已有的问题不再算")
    add("--write-baseline", metavar="FILE", help="把现有的问题写成基线")
    add("--last-year", metavar="DIR", help="上年的自评表：查照抄上年的文字")
    add("--fix", action="store_true", help="改正确定无疑的写法（全角数字、括号等），其余不动")
    add("--diff", action="store_true", help="只显示 --fix 会改什么")
    add(
        "--format",
        choices=("text", "json", "sarif", "github", "html", "xlsx"),
        help="输出格式，默认 text",
    )
    add(
        "-o",
        "--output",
        metavar="OUT",
        action="append",
        default=[],
        help="写入文件（.html、.xlsx、.sarif、.json、.csv、.jsonl、.parquet），可以写几次；"
        "后五种边查边写，.html、.xlsx 要等全部查完",
    )
    declare_copies(add)
    declare_jobs(add)
    declare_resume(add)
    add(
        "--mark",
        metavar="OUT",
        help="另存一份自评表，问题写成那一格的批注（.xls、.ods 存成 .xlsx，.doc 存成 .docx，"
        "PDF、网页存成 .html）；加 --all 的连提示也写",
    )
    add("--force", action="store_true", help="覆盖已有的文件")
    _rulebook(command)


def _proof(command: _Parser) -> None:
    command.operands.add_argument(
        "files", metavar="FILE", nargs="+", help="决算公开的文件（.txt、.docx、.doc、.pdf、.html）"
    )
    add = command.options.add_argument
    add("--all", action="store_true", help="“提示”级的也列出")
    add("--ledger", action="store_true", help="列出台账：每条关系相符、不符、不适用还是没有核对")
    add("--unbound", action="store_true", help="列出没有读懂的数")
    add(
        "-o",
        "--output",
        metavar="OUT",
        action="append",
        default=[],
        help="写入文件（.html、.xlsx、.sarif、.json），可以写几次",
    )
    add(
        "--mark",
        metavar="OUT",
        help="另存一份（.docx），问题写成那几个字的批注；PDF 存成 .html，页面画成图，加框；"
        "加 --all 的连提示也写",
    )
    add(
        "--draft",
        metavar="DIR",
        help="把文中写明的写成部门文件和各项目的自评表（未确认），放进这个文件夹",
    )
    add(
        "--sheets",
        metavar="DIR",
        help="与这个部门的自评表（文件夹）逐个项目核对：名称、金额、执行率、得分、个数",
    )
    add(
        "--rulebook",
        metavar="ID",
        help="自评表按这个评分办法（编号或文件）计分，--draft 写它；决算里没有写办法",
    )
    add("--force", action="store_true", help="覆盖已有的文件")
    _root(command)


def _read(command: _Parser) -> None:
    command.operands.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="Word、Excel、PDF、网页、CSV 文件，文件夹（连同里面的文件夹），.zip 压缩包，或 -",
    )
    command.options.add_argument(
        "-o", "--output", metavar="DIR", help="每张表写成一个 YAML，放进这个文件夹；不写则只列出"
    )
    command.options.add_argument(
        "--no-merge",
        action="store_false",
        dest="merge",
        help="同一项目、同一年度、同一份填报表由几个科室分别填的，不合并，各写一个 YAML",
    )
    declare_jobs(command.options.add_argument)
    command.options.add_argument("--force", action="store_true", help="覆盖已有的文件")
    _rulebook(command)


def _confirm(command: _Parser) -> None:
    command.operands.add_argument(
        "files", metavar="FILE", nargs="+", help="perfeval read 写出的自评表，或它们所在的文件夹"
    )
    command.options.add_argument(
        "--yes", action="store_true", help="已经与原件逐项核对过：去掉“未确认”，其余不动"
    )
    _root(command)


def _layouts(command: _Parser) -> None:
    command.operands.add_argument(
        "layout", metavar="ID", nargs="?", help="表式的编号；不写则列出全部"
    )


def _new(command: _Parser) -> None:
    command.options.add_argument("--rulebook", metavar="ID", help="评分办法（必填）")
    _root(command)
    command.options.add_argument("-o", "--output", metavar="FILE", help="写入文件，不覆盖已有的")
    command.options.add_argument(
        "--department", action="store_true", help="生成部门文件（department.yaml），不是自评表"
    )
    command.options.add_argument(
        "--windows",
        metavar="DIR",
        help="在这个文件夹里生成“自评检查.cmd”：把自评表拖到它上面，旁边就有写好批注的一份",
    )


def _form(command: _Parser) -> None:
    add = command.options.add_argument
    command.operands.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="自评表（YAML、Word、Excel、PDF、网页）、- 或 shipped:…；不写的生成空表",
    )
    _table(command)
    add("-o", "--output", metavar="OUT", required=True, help="输出文件（.xlsx）")
    add("--rulebook", metavar="ID", help="评分办法（编号或文件）；写了自评表的，代替表里写的")
    _root(command)
    add("--last-year", metavar="FILE", help="上年的自评表：沿用指标名称、分值、目标值，待确认")
    add(
        "--no-data",
        action="store_false",
        dest="data",
        help="不附带表上没有印的内容；是按哪个评分办法做的，仍记在里面",
    )
    add("--force", action="store_true", help="覆盖已有的文件")


def _compare(command: _Parser) -> None:
    _file(command)
    command.options.add_argument(
        "--rulebook",
        metavar="ID",
        action="append",
        required=True,
        dest="rulebooks",
        help="评分办法（编号或文件），可以写几次；只写一个时，与表里写的比较",
    )
    _root(command)


def _rulebooks(command: _Parser) -> None:
    _one_of_actions(command, "rulebooks", nargs="?", otherwise="；不写则列出随软件附带的办法")


def _review(command: _Parser) -> None:
    _one_of_actions(command, "review", nargs=None, otherwise="")


def _one_of_actions(command: _Parser, name: str, *, nargs: str | None, otherwise: str) -> None:
    """Declare the action as a choice, so that an unknown word is refused in our words.

    The known actions never come here: each has a parser of its own.
    """
    actions = ACTIONS[name]
    width = max(map(len, actions), default=0)
    command.operands.add_argument(
        "word",
        metavar="ACTION",
        nargs=nargs,
        choices=tuple(actions),
        help=f"{'、'.join(actions)}，见下{otherwise}",
    )
    lines = [f"  perfeval {name} {one:<{width}}  {what}" for one, what in actions.items()]
    command.epilog = "\n".join(["ACTION（各加 --help 看参数和选项）:", *lines])


def _rulebooks_show(command: _Parser) -> None:
    _one_rulebook(command)
    _year(command)


def _rulebooks_diff(command: _Parser) -> None:
    command.operands.add_argument("before", metavar="A", help="原来的办法（编号或文件）")
    command.operands.add_argument("after", metavar="B", help="现在的办法（编号或文件）")
    _year(command)
    _root(command)


def _rulebooks_new(command: _Parser) -> None:
    command.options.add_argument(
        "--from", metavar="ID", required=True, dest="parent", help="继承的办法的编号"
    )
    _root(command)
    command.options.add_argument(
        "--id", metavar="NEW", help="新办法的编号；不写则用 -o 的文件名，没有 -o 的用 my-rulebook"
    )
    command.options.add_argument("-o", "--output", metavar="FILE", help="写入文件，不覆盖已有的")


def _verify(command: _Parser) -> None:
    command.operands.add_argument(
        "manifest_file", metavar="FILE", help="--manifest 写的运行清单（.json）"
    )
    command.options.add_argument(
        "--root",
        metavar="DIR",
        type=_folder,
        help="运行时所在的文件夹，默认清单所在的；在副本上重做，不改动里面的文件",
    )


def _checks(command: _Parser) -> None:
    command.operands.add_argument(
        "code", metavar="CODE", nargs="?", help="编号（BX101）或开头的字母（PT），不写则列出全部"
    )


def _schema(command: _Parser) -> None:
    command.operands.add_argument(
        "kind",
        metavar="KIND",
        nargs="?",
        choices=("sheet", "department", "rulebook"),
        default="sheet",
        help="sheet 自评表（默认）、department 部门文件、rulebook 评分办法",
    )
    command.options.add_argument("-o", "--output", metavar="FILE", help="写入文件")
    command.options.add_argument("--force", action="store_true", help="覆盖已有的文件")
    command.epilog = (
        "先 perfeval schema -o 自评表.schema.json，再在自评表的第一行写\n"
        "  # yaml-language-server: $schema=自评表.schema.json\n"
        "带 YAML 扩展的编辑器（如 VS Code）就会提示栏目、说明写法、标出写错的地方。"
    )


SHELLS = ("bash", "powershell")


def _completion(command: _Parser) -> None:
    command.operands.add_argument(
        "shell", metavar="SHELL", choices=SHELLS, help=f"{' 或 '.join(SHELLS)}"
    )
    command.epilog = (
        "bash：perfeval completion bash >> ~/.bashrc，再开一个终端。\n"
        "PowerShell：perfeval completion powershell >> $PROFILE，再开一个窗口。"
    )


def _help(command: _Parser) -> None:
    command.operands.add_argument(
        "words", metavar="COMMAND", nargs="*", help="命令的名称；不写则显示总的说明"
    )


def _one_rulebook(command: _Parser) -> None:
    command.operands.add_argument(
        "rulebook", metavar="ID", help="评分办法的编号，或文件（.yaml、-）"
    )
    _root(command)


def _year(command: _Parser) -> None:
    command.options.add_argument(
        "--year", metavar="YEAR", type=_four_digits, help="看这一年适用的规定，默认最新的"
    )


def _four_digits(text: str) -> int:
    if not re.fullmatch(r"[12][0-9]{3}", text):
        raise argparse.ArgumentTypeError("年度应是四位年份，如 2023")
    return int(text)


def _day(text: str) -> str:
    from datetime import date

    try:
        is_day = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise argparse.ArgumentTypeError("日期应写成 2024-05-01 的样子")
    return text


def _folder(text: str) -> str:
    if not Path(text).is_dir():
        if Path(text).is_file():
            raise argparse.ArgumentTypeError(f"“{text}”是文件，不是文件夹；文件用 --rulebook 指明")
        raise argparse.ArgumentTypeError(f"没有文件夹“{text}”")
    return text


def _nothing(_command: _Parser) -> None:
    """Take no arguments of its own."""


_ARGUMENTS = {
    "score": _score,
    "explain": _explain,
    "render": _render,
    "check": _check,
    "proof": _proof,
    "read": _read,
    "confirm": _confirm,
    "layouts": _layouts,
    "new": _new,
    "form": _form,
    "compare": _compare,
    "sheets": _nothing,
    "rulebooks": _rulebooks,
    "rulebooks show": _rulebooks_show,
    "rulebooks diff": _rulebooks_diff,
    "rulebooks test": _one_rulebook,
    "rulebooks new": _rulebooks_new,
    "review": _review,
    "verify": _verify,
    "checks": _checks,
    "schema": _schema,
    "completion": _completion,
    "help": _help,
}


def _files(command: _Parser) -> None:
    command.operands.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="自评表（YAML、Word、Excel、PDF、网页）、文件夹、- 或 shipped:…",
    )


def _file(command: _Parser) -> None:
    command.operands.add_argument(
        "file", metavar="FILE", help="自评表（YAML、Word、Excel、PDF、网页）、- 或 shipped:…"
    )
    _table(command)


def _table(command: _Parser) -> None:
    command.options.add_argument(
        "--table",
        metavar="NAME",
        help="文件里有几张自评表的，要哪一张：工作表的名称、“第2张表”，或序号",
    )


def _answers(command: _Parser) -> None:
    command.options.add_argument(
        "--answers",
        metavar="SHEET",
        action="append",
        default=[],
        help="perfeval read 从这个文件读出、人核对改过的 YAML（或所在的文件夹）：照它算；可写几次",
    )


def _rulebook(command: _Parser) -> None:
    command.options.add_argument(
        "--rulebook", metavar="ID", help="换用这个评分办法（编号或文件），不用表里写的"
    )
    _root(command)


def declare_rulebook(command: _Parser) -> None:
    """Declare the options that name a rulebook, for the modules of further arguments."""
    _rulebook(command)


def _root(command: _Parser) -> None:
    command.options.add_argument(
        "--rulebooks",
        metavar="DIR",
        dest="root",
        type=_folder,
        help="自己的评分办法所在的文件夹：表写的办法、办法继承的办法可以在这里面",
    )
