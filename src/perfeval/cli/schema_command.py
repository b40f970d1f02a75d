"""``perfeval schema``: a JSON Schema by which editors of YAML offer, explain and check fields."""

from __future__ import annotations

import argparse
from pathlib import PurePath

from perfeval.cli.console import Console
from perfeval.cli.writing import refuse_overwriting, write_file
from perfeval.documents.inputs.schema import schema_of, schema_text
from perfeval.readers.rulebooks import rulebook_ids


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the schema to a file, or to standard output."""
    kind, output = arguments.kind, arguments.output
    schema = schema_of(kind, rulebook_ids())
    if output is not None:
        refuse_overwriting(output, is_forced=arguments.force)
        write_file(output, schema_text(schema).encode())
    if arguments.json:
        console.write_json({"kind": kind, "output": output, "schema": schema})
    elif output is None:
        console.write(schema_text(schema, is_ascii=not console.is_unicode).removesuffix("\n"))
    else:
        _tell_use(output, console)
    return 0


def _tell_use(output: str, console: Console) -> None:
    console.say(f"已生成 {output}")
    line = f"# yaml-language-server: $schema={PurePath(output).as_posix()}"
    console.tell(f"在 YAML 文件的第一行写：{line}")
