"""``perfeval new``: a commented sheet, or a department's file, to begin with."""

from __future__ import annotations

import argparse

from perfeval.cli.console import Console
from perfeval.cli.new_files import write_new
from perfeval.cli.rulebook_paths import as_seen_from, folder_option
from perfeval.cli.rulebooks_command import listing
from perfeval.documents.inputs.starting_department import starting_department
from perfeval.documents.inputs.starting_sheet import starting_sheet
from perfeval.readers.rulebooks import load_rulebook


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write it to a file that does not exist yet, or to standard output."""
    if arguments.rulebook is None:
        message = "\n".join(["请用 --rulebook 指明评分办法，现有：", *listing()])
        return console.fail(message, as_json=arguments.json)
    rulebook = load_rulebook(arguments.rulebook, root=arguments.root)
    start = starting_department if arguments.department else starting_sheet
    text = start(rulebook, as_seen_from(arguments.output, arguments.rulebook))
    if arguments.output is not None:
        write_new(arguments.output, text)
    if arguments.json:
        console.write_json({"stamp": rulebook.stamp, "output": arguments.output, "text": text})
    elif arguments.output is None:
        console.write(text.removesuffix("\n"))
    else:
        console.say(f"已生成 {arguments.output}，{_next_step(arguments)}")
    return 0


def _next_step(arguments: argparse.Namespace) -> str:
    option = folder_option(arguments.output, arguments.rulebook)
    if arguments.department:
        return f"与各项目的自评表放在一个文件夹里，填好后用 perfeval check{option} 校核"
    return f"填好后用 perfeval score{option} 计分"
