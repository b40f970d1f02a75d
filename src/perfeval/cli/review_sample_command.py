"""``perfeval review sample``: draw a sample that anyone can draw again, or prove one."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from perfeval.batch.screening import frame_of_list, frame_of_sheets, screen
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.review_intake_command import refuse_missing
from perfeval.cli.review_outputs import (
    PAGE_ENDINGS,
    page_writers,
    refuse_outputs,
    write_outputs,
)
from perfeval.documents.review.sample_list import (
    proof_text,
    sample_csv,
    sample_page,
    sample_text,
)
from perfeval.reading.project_lists import MONEY, RISK, ProjectList, read_project_list
from perfeval.reading.sample_files import SampleFileError, read_sample
from perfeval.report import LeftAside
from perfeval.review.ranking import ScreenedSheet
from perfeval.review.sampling import SampleBy, SampleFrame, draw, prove
from perfeval.review.stored import stored


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Draw a sample, or prove one.

    Returns:
        0; 1 where a sample is not proved; 2 where an output was not written.

    Raises:
        UsageError: What is asked for is no sample, or a file cannot be read.
    """
    refuse_missing(arguments.paths)
    if arguments.verify:
        return _verify(arguments, console)
    _refuse(arguments)
    read = [*arguments.paths, *filter(None, (arguments.list,))]
    refuse_outputs(arguments, read, PAGE_ENDINGS)
    frame = _frame(arguments, console)
    if not frame.units:
        for reason in frame.left_out:
            console.tell(reason)
        raise UsageError("没有可以抽的项目")
    found = draw(frame, arguments.number, _by(arguments.by), arguments.seed)
    data = {"draw": stored(found)}
    writers = {**page_writers(sample_page(found), data), ".csv": lambda: sample_csv(found)}
    is_whole = write_outputs(arguments, writers, console, data)
    if not arguments.json:
        console.write_folded(sample_text(found))
    return 0 if is_whole else 2


def _refuse(arguments: argparse.Namespace) -> None:
    if bool(arguments.paths) == bool(arguments.list):
        raise UsageError("从文件夹抽写 TREE，从名单抽写 --list，两样写一样")
    if arguments.number is None:
        raise UsageError("请写要抽多少个：-n 60")
    if arguments.seed is None:
        raise UsageError(
            "请写种子：--seed（任何文字；用事先公布、谁也定不了的数，如约定某期的开奖号码）"
        )


def _by(text: str) -> tuple[SampleBy, ...]:
    known = {one.value: one for one in SampleBy}
    words = [word.strip() for word in text.replace("、", ",").replace("，", ",").split(",")]
    if any(word not in known for word in words):
        raise UsageError(f"--by 可用 {'、'.join(known)}，可以并用，如 单位,资金")
    found = tuple(dict.fromkeys(known[word] for word in words))
    if sum(one.is_size for one in found) > 1:
        raise UsageError("资金和风险只能按一样定概率")
    return found


def _frame(arguments: argparse.Namespace, console: Console) -> SampleFrame:
    if arguments.list:
        found = read_project_list(arguments.list)
        if found.fault:
            raise UsageError(f"名单读不了：{found.fault}")
        for note in found.notes:
            console.tell(f"{arguments.list}：{note}")
        for note in () if arguments.verify else _lacking(found, _by(arguments.by)):
            console.tell(f"{arguments.list}：{note}")
        return frame_of_list(found)
    return frame_of_sheets(watched(_screened(arguments), console))


_COLUMNS = {SampleBy.MONEY: (MONEY, "资金"), SampleBy.RISK: (RISK, "涉及分值")}


def _lacking(found: ProjectList, by: Iterable[SampleBy]) -> Iterator[str]:
    """Say that a list has not the column of the sizes by which is to be drawn."""
    for one in by:
        column, word = _COLUMNS.get(one, ("", ""))
        if column and column not in found.columns:
            yield f"没有“{word}”这一栏，不能按{one.value}定概率，同一层里各项目机会相等"


def _screened(arguments: argparse.Namespace) -> Iterator[ScreenedSheet | LeftAside]:
    return screen(arguments.paths, rulebook=arguments.rulebook, workers=arguments.jobs)


def watched(
    sheets: Iterable[ScreenedSheet | LeftAside], console: Console
) -> Iterator[ScreenedSheet | LeftAside]:
    """Yield the sheets, and show how many there were."""
    for number, sheet in enumerate(sheets, 1):
        console.progress(f"已算 {number} 张：{sheet.name}")
        yield sheet
    console.progress("")


def sheets_of(
    found: Iterable[ScreenedSheet | LeftAside], aside: list[str]
) -> Iterator[ScreenedSheet]:
    """Yield the sheets alone; what was left aside is put to *aside*, as it is told."""
    for one in found:
        if isinstance(one, LeftAside):
            aside.append(str(one))
        else:
            yield one


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    try:
        stated = read_sample(arguments.verify)
    except SampleFileError as error:
        raise UsageError(f"抽样表读不了：{error}") from None
    has_frame = arguments.paths or arguments.list
    frame = _frame(arguments, console) if has_frame else None
    proof = prove(stated, frame)
    if arguments.json:
        console.write_json({"proved": not proof.differences, "differences": proof.differences})
    else:
        console.write_folded(proof_text(proof))
    return 1 if proof.differences else 0
