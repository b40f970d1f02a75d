"""``perfeval rulebooks new``: a commented rulebook that inherits another."""

from __future__ import annotations

import argparse
import re
from pathlib import PurePath

from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.new_files import write_new
from perfeval.cli.rulebook_paths import as_seen_from, folder_option, quoted
from perfeval.documents.inputs.starting_rulebook import starting_rulebook, with_example
from perfeval.example import mismatches
from perfeval.fields import word_of
from perfeval.readers.files import Root, folders_of, own_folder
from perfeval.readers.rulebooks import ReadRulebook, read_rulebook, rulebook_from_source
from perfeval.readers.rulebooks import rulebook_ids as shipped_ids
from perfeval.rulebook import Rulebook
from perfeval.scoring.engine import score
from perfeval.source import read_bytes

_ID = "my-rulebook"
_ID_WORD = word_of(Rulebook, "id")
_LONGEST_ID = 60
_FORM = re.compile(rf"[\w.-]{{1,{_LONGEST_ID}}}")
_NO_PART_OF_ID = re.compile(r"[^\w.-]+")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the rulebook to a file that does not exist yet, or to standard output."""
    output = arguments.output
    name = _id_after(output) if arguments.id is None else arguments.id
    if not _FORM.fullmatch(name):
        message = "编号应由汉字、字母、数字和 - _ . 组成，不超过 60 个字"
        return console.fail(message, as_json=arguments.json)
    if name in shipped_ids():
        message = f"编号“{name}”已被随软件附带的办法使用，请用 --id 另起一个"
        return console.fail(message, as_json=arguments.json)
    text = _text(arguments, name, output or f"{name}.yaml")
    if output is not None:
        write_new(output, text)
    if arguments.json:
        console.write_json({"output": output, "text": text})
    elif output is None:
        console.write(text.removesuffix("\n"))
    else:
        test = f"perfeval rulebooks test{folder_option(output, arguments.parent)} {quoted(output)}"
        console.say(f"已生成 {output}，改好后用 {test} 验证")
    return 0


def _id_after(output: str | None) -> str:
    """Return the id of a rulebook that has no other name than its file's.

    >>> _id_after("办法/江夏区.yaml"), _id_after("Xin Zhou (2024).yaml"), _id_after(None)
    ('江夏区', 'Xin-Zhou-2024', 'my-rulebook')
    """
    stem = PurePath(output or "").stem
    return _NO_PART_OF_ID.sub("-", stem).strip("-.")[:_LONGEST_ID] or _ID


def _text(arguments: argparse.Namespace, name: str, output: str) -> str:
    """Return the new file's text; its example holds for the rulebook it inherits from."""
    parent: str = arguments.parent
    root = (own_folder(parent), *folders_of(arguments.root))
    read = read_rulebook(parent, root=root)
    if any(source.data.get(_ID_WORD) == name for source in read.layers.sources):
        raise UsageError(f"编号“{name}”已被所继承的办法使用，请用 --id 另起一个")
    rules = read.layers.data
    text = starting_rulebook(as_seen_from(output, parent), name, rules)
    made = _read(text, output, root)
    return text if _passes(made) else with_example(text, made.rulebook)


def _read(text: str, name: str, root: Root) -> ReadRulebook:
    return rulebook_from_source(read_bytes(text.encode(), name), root=root)


def _passes(read: ReadRulebook) -> bool:
    return not any(
        mismatches(example, score(example.sheet, read.rulebook)) for example in read.examples
    )
