"""The options of the commands that go over any number of sheets."""

from __future__ import annotations

import argparse
import re

_MOST_JOBS = 60
"""More processes than this cannot be waited for at once on Windows."""

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs a start-up
    from typing import Any


def declare_jobs(add: Any) -> None:
    """Declare over how many processes the work is spread."""
    add(
        "--jobs",
        metavar="N",
        type=_jobs,
        default=1,
        help="同时用几个进程，表多时快；0 或不写是一个",
    )


def declare_resume(add: Any) -> None:
    """Declare that an ended run goes on."""
    add(
        "--resume",
        action="store_true",
        help="接着做上次中断的：内容和办法都没有变的表不再算，其余照做，结果与一次做完的相同",
    )


def declare_copies(add: Any) -> None:
    """Declare that copies between all sheets are looked for."""
    add(
        "--copies",
        action="store_true",
        help="查各表之间照抄的文字；部门的自评表不加也查，别的文件夹加了才查",
    )


def declare_row_outputs(add: Any) -> None:
    """Declare the files of rows that `score` writes."""
    add(
        "-o",
        "--output",
        metavar="OUT",
        action="append",
        default=[],
        help="得分写成文件，一张表一行（.csv、.jsonl、.parquet），可以写几次；边算边写",
    )
    for name, what in (("indicators", "三级指标"), ("findings", "问题")):
        add(
            f"--{name}",
            metavar="OUT",
            action="append",
            default=[],
            help=f"另写一个文件，每个{what}一行（.csv、.jsonl、.parquet）",
        )
    add("--force", action="store_true", help="覆盖已有的文件")


def _jobs(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"进程数应是 0 到 {_MOST_JOBS} 的整数")
    return max(int(text), 1)
