"""``perfeval new``: a commented sheet to begin with."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfeval.cli.console import Console
from perfeval.cli.rulebooks_command import listing
from perfeval.documents.starting_sheet import starting_sheet
from perfeval.errors import RenderError, system_reason
from perfeval.readers.rulebooks import load_rulebook, rulebook_ids


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the sheet to a file that does not exist yet, or to standard output."""
    if arguments.rulebook is None:
        message = "\n".join(["请用 --rulebook 指明评分办法，现有：", *listing()])
        return console.fail(message, as_json=arguments.json)
    rulebook = load_rulebook(arguments.rulebook)
    name = None if arguments.rulebook in rulebook_ids() else arguments.rulebook
    text = starting_sheet(rulebook, name)
    if arguments.output is not None:
        _write(arguments.output, text)
    if arguments.json:
        console.write_json({"stamp": rulebook.stamp, "output": arguments.output, "text": text})
    elif arguments.output is None:
        console.write(text.removesuffix("\n"))
    else:
        console.write(f"已生成 {arguments.output}，填好后用 perfeval score 计分")
    return 0


def _write(path: str, text: str) -> None:
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise RenderError(f"“{path}”已经存在，没有改动它") from None
    except OSError as error:
        raise RenderError(f"不能写入“{path}”：{system_reason(error)}") from error
    except ValueError as error:
        raise RenderError(f"不能写入“{path}”：文件名不能用") from error
