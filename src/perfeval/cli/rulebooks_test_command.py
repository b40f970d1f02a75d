"""``perfeval rulebooks test``: does a rulebook give what its worked examples expect."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

from perfeval.cli.console import Console
from perfeval.cli.inputs import rulebook_reader
from perfeval.documents.alignment import printable
from perfeval.documents.as_json import finding_data
from perfeval.documents.findings.text import counts_text, finding_text
from perfeval.errors import RulebookError
from perfeval.example import Example, mismatches
from perfeval.example.edges import edge_examples
from perfeval.example.witnesses import contradicted
from perfeval.readers.rulebooks import ReadRulebook
from perfeval.rulebook import Rulebook
from perfeval.scoring.engine import score


class _Result(NamedTuple):
    """An example, and what it did not give."""

    example: Example
    mismatches: tuple[str, ...]


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run the examples of a rulebook.

    Returns:
        0 where all of them pass, 1 where one fails, a source says otherwise, or there is neither
        an example nor a source's word; 2 where the rulebook cannot be loaded.
    """
    try:
        read_in = rulebook_reader(arguments.rulebook, arguments.root)
        read = read_in(None)
    except RulebookError as error:
        if not error.findings:
            raise
        return _tell_findings(error, console, as_json=arguments.json)
    results = [
        _Result(example, mismatches(example, score(example.sheet, _held(read_in, example))))
        for example in read.examples
    ]
    made = [
        _Result(example, mismatches(example, score(example.sheet, read.rulebook)))
        for example in edge_examples(read.rulebook)
    ]
    wrong = list(contradicted(read.witnesses, read.rulebook))
    if arguments.json:
        data = {
            "stamp": read.rulebook.stamp,
            "examples": list(map(_data, results)),
            "edges": list(map(_data, made)),
            "witnesses": len(read.witnesses),
            "contradicted": wrong,
        }
        console.write_json(data)
    else:
        _show(results, made, read, wrong, console)
    failed = wrong or any(result.mismatches for result in (*results, *made))
    return 1 if failed or not (results or read.witnesses) else 0


def _held(read_in: Callable[[int | None], ReadRulebook], example: Example) -> Rulebook:
    """Return the rulebook as it held in the year of an example."""
    return read_in(example.sheet.year).rulebook


def _show(
    results: list[_Result],
    made: list[_Result],
    read: ReadRulebook,
    wrong: list[str],
    console: Console,
) -> None:
    failed = [result for result in made if result.mismatches]
    for result in (*results, *failed):
        word = "不符" if result.mismatches else "通过"
        detail = "".join(f"；{text}" for text in result.mismatches)
        console.write(printable(f"{word}  {result.example.name}{detail}"))
    for text in wrong:
        console.write(printable(f"不符  {text}"))
    edges = f"边界 {len(made)} 处（按规定生成），{len(failed)} 处不符"
    console.write(f"{edges}；佐证 {len(read.witnesses)} 条，{len(wrong)} 条不符")
    console.write(f"{_count(results, read)}（{printable(read.rulebook.stamp)}）")


def _count(results: list[_Result], read: ReadRulebook) -> str:
    if not (results or read.witnesses):
        return "没有示例，这个办法还没有得到验证；请在文件里补上“示例”"
    failed = sum(bool(result.mismatches) for result in results)
    return f"{len(results)} 个示例，{len(results) - failed} 个通过，{failed} 个不符"


def _data(result: _Result) -> dict[str, object]:
    return {
        "name": result.example.name,
        "source": result.example.source,
        "passed": not result.mismatches,
        "mismatches": list(result.mismatches),
    }


def _tell_findings(error: RulebookError, console: Console, *, as_json: bool) -> int:
    """Write what is wrong with the file, as ``check`` does."""
    if as_json:
        console.write_json(
            {
                "error": error.message,
                "findings": list(map(finding_data, error.findings)),
            }
        )
        return 2
    for finding in error.findings:
        console.write(finding_text(finding, ambiguous=console.ambiguous))
    console.write(f"评分办法没有读通：{counts_text(error.findings)}")
    return 2
