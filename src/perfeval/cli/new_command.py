"""``perfeval new``: a commented sheet, or a department's file, to begin with."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.new_files import write_new
from perfeval.cli.rulebook_paths import as_seen_from, folder_option
from perfeval.cli.rulebooks_command import listing
from perfeval.documents.inputs.drop_file import DROP_FILE, drop_file
from perfeval.documents.inputs.starting_department import starting_department
from perfeval.documents.inputs.starting_sheet import starting_sheet
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write it to a file that does not exist yet, or to standard output."""
    if arguments.windows is not None:
        return _for_windows(arguments, console)
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


def _for_windows(arguments: argparse.Namespace, console: Console) -> int:
    """Write the file on which sheets are dropped."""
    if arguments.department or arguments.output is not None:
        raise UsageError("--windows 只写“自评检查.cmd”，不和 -o、--department 一起用")
    rulebook, root = arguments.rulebook, arguments.root
    if rulebook is not None:
        load_rulebook(rulebook, root=root)
        rulebook = rulebook if rulebook in rulebook_ids() else str(Path(rulebook).resolve())
    path = os.path.join(arguments.windows, DROP_FILE)
    raw = drop_file(sys.executable, rulebook, None if root is None else str(Path(root).resolve()))
    write_new(path, raw)
    if arguments.json:
        console.write_json({"output": path})
    else:
        console.say(f"已生成 {path}，把 Word、Excel 自评表拖到它上面，旁边就有写好批注的一份")
    return 0


def _next_step(arguments: argparse.Namespace) -> str:
    option = folder_option(arguments.output, arguments.rulebook)
    if arguments.department:
        return f"与各项目的自评表放在一个文件夹里，填好后用 perfeval check{option} 校核"
    return f"填好后用 perfeval score{option} 计分"
