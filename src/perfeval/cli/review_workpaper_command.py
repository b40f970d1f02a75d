"""``perfeval review workpaper``: a workbook in which a reviewer scores sheets again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError
from perfeval.cli.inputs import find_sheets, passed_over_in, read_reports
from perfeval.cli.unread import tell_errors, tell_findings
from perfeval.cli.writing import refuse_overwriting, write_file
from perfeval.codes import LOST_PART
from perfeval.documents.review.sample_words import SampleColumn
from perfeval.documents.review.workpaper_book import workpaper_workbook
from perfeval.documents.rows.csv_rows import YES
from perfeval.readers.review_profiles import load_review_profile
from perfeval.reading.sample_files import SampleFileError, read_sample
from perfeval.report.workpapers import review_workpaper
from perfeval.review.workpaper import Workpaper

_ENDING, _SAMPLE = ".xlsx", ".csv"


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the workbook.

    Returns:
        0 where every sheet is in it; 2 where one could not be read, or none is there.

    Raises:
        PerfevalError: The profile, the rulebook or the output is wrong.
    """
    if not arguments.output.lower().endswith(_ENDING):
        raise UsageError(f"底稿只有 {_ENDING} 格式，请把输出文件的扩展名写成 {_ENDING}")
    _refuse_samples(arguments.files)
    inputs = find_sheets(arguments.files)
    read = [*inputs.names, *arguments.files, arguments.profile]
    refuse_overwriting(arguments.output, read, is_forced=arguments.force)
    profile = load_review_profile(arguments.profile)
    papers: list[Workpaper] = []
    unread: list[str] = []
    aside: list[str] = []
    found = read_reports(inputs.names, arguments.rulebook, root=arguments.root, aside=aside)
    for report in found:
        if report.scorecard is None:
            tell_errors(report.findings, console)
            unread.append(report.name)
        else:
            lost = [item for item in report.findings if item.code == LOST_PART]
            tell_findings(lost, console)
            unread += [item.place for item in lost]
            papers.append(review_workpaper(report, profile))
    for line in (*aside, *passed_over_in(arguments.files)):
        console.tell(line)
    if not papers:
        return console.fail("没有读通的自评表，没有生成底稿", as_json=arguments.json)
    write_file(arguments.output, workpaper_workbook(papers))
    _tell(arguments, papers, unread, console)
    return 2 if unread else 0


def _refuse_samples(files: Sequence[str]) -> None:
    """Refuse the list of a sample: it names the sheets from where these were drawn."""
    for file in files:
        if not file.lower().endswith(_SAMPLE):
            continue
        try:
            read_sample(file)
        except SampleFileError:
            continue  # whatever it is, reading it says so
        raise UsageError(
            f"“{file}”是抽样表，不是自评表；请写抽中的自评表：“{SampleColumn.DRAWN}”一栏是“{YES}”的，"
            f"见“{SampleColumn.FILE}”一栏"
        )


def _tell(
    arguments: argparse.Namespace, papers: list[Workpaper], unread: list[str], console: Console
) -> None:
    """Say what was written, and what is not in it."""
    if arguments.json:
        projects = [
            {"project": paper.project, "file": paper.file, "rows": len(paper.rows)}
            for paper in papers
        ]
        console.write_json({"output": arguments.output, "projects": projects, "unread": unread})
        return
    console.say(
        f"已生成 {arguments.output}，{len(papers)} 个项目，复核口径 {papers[0].profile.name}"
    )
    console.say("用 WPS 或 Excel 填浅黄色的格，填好以后用 perfeval review grade 评定")
    if unread:
        console.tell(f"有 {len(unread)} 个没有读通，不在底稿里")
