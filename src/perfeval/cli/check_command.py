"""``perfeval check``: everything that was found, where it stands, and what to do."""

from __future__ import annotations

import argparse
import datetime
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from perfeval._resources import __version__
from perfeval.checks.policy import Selection, faults_of_choice, policy_of
from perfeval.checks.settling import CheckOptions
from perfeval.cli.arguments import STDIN
from perfeval.cli.console import Console
from perfeval.cli.failures import UsageError, WritingError
from perfeval.cli.fixing import FixedFile, diff_text, fixed_files, write_fixed
from perfeval.cli.inputs import find_sheets, passed_over_in, read_reports
from perfeval.cli.many.check_run import (
    GROWING,
    ROW_FORMATS,
    SHOWN,
    ManyChecking,
    check_many,
    growing_outputs,
    written_rows,
)
from perfeval.cli.many.check_view import CheckEnd, exit_code
from perfeval.cli.many.parts import JOURNAL, journal_day
from perfeval.cli.many.session import Sheets, Writing, sheets_behind
from perfeval.cli.marking import is_marked, refuse_unmarkable
from perfeval.cli.writing import (
    outputs_data,
    refuse_overwriting,
    refuse_same,
    write_each,
    write_file,
)
from perfeval.documents.findings.inspections import rulebook_text
from perfeval.documents.findings.reports import (
    BINARY,
    ENDINGS,
    OF_DATA,
    write_baseline,
    write_report,
)
from perfeval.documents.findings.terminal import ledger_text, report_text
from perfeval.documents.findings.text import counts_text
from perfeval.findings import Inspection, Severity
from perfeval.readers.files import FilePath, each_once, identity
from perfeval.readers.folders import department_file
from perfeval.readers.waivers import ReadWaivers, read_baseline, read_waivers
from perfeval.reading.answers import Answers, read_answers
from perfeval.report import DepartmentReport, Report, evaluate_folder, inspect_waivers
from perfeval.sheet import Sheet

_TEXT = "text"


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check sheets and departments.

    Returns:
        2 where a file cannot be read at all or not be mended, else 1 where a finding is an error,
        else 0.

    Raises:
        PerfevalError: A choice, a waiver file or an output is wrong.
    """
    outputs = [(path, _format(arguments, path)) for path in arguments.output]
    format_ = outputs[0][1] if outputs else _format(arguments, "")
    if STDIN in arguments.files and (arguments.fix or arguments.diff):
        raise UsageError("从标准输入读的表不能用 --fix 或 --diff，请写明文件")
    if not (whole := _whole(arguments, outputs, format_)):
        sheets = sheets_behind([file for file in arguments.files if department_file(file) is None])
        is_asked = arguments.copies or arguments.resume or any(_is_rows(one) for _, one in outputs)
        if sheets.are_many or is_asked:
            return _check_many(arguments, console, (sheets, outputs, format_))
    elif arguments.copies or arguments.resume:
        raise UsageError(f"--copies 和 --resume 不能与 {whole} 一起用")
    return _check_together(arguments, console, outputs, format_)


def _whole(arguments: argparse.Namespace, outputs: Sequence[tuple[str, str]], format_: str) -> str:
    """Return what has to see all sheets at once of what is asked for; empty where nothing has."""
    asked = {
        "--fix": arguments.fix,
        "--diff": arguments.diff,
        "--mark": arguments.mark,
        "--write-baseline": arguments.write_baseline,
        "--ledger": arguments.ledger,
    }
    for path, form in outputs:
        asked[os.path.splitext(path)[1] or f"--format {form}"] = form not in GROWING
    if not outputs:
        asked[f"--format {format_}"] = format_ not in SHOWN
    return next((word for word, is_asked in asked.items() if is_asked), "")


def _is_rows(form: str) -> bool:
    return form in ROW_FORMATS.values()


def _check_many(
    arguments: argparse.Namespace,
    console: Console,
    on: tuple[Sheets, Sequence[tuple[str, str]], str],
) -> int:
    """Check sheets as they come; return the exit code."""
    sheets, outputs, format_ = on
    files = [read_waivers(file) for file in each_once(arguments.waivers)]
    if outputs and arguments.resume and arguments.today is None:
        arguments.today = journal_day(f"{outputs[0][0]}{JOURNAL}")
    terms, answers = _terms(arguments, files), read_answers(arguments.answers)
    departments = [file for file in arguments.files if department_file(file) is not None]
    named = sheets.names if len(departments) < len(arguments.files) else iter(())
    checking = ManyChecking(
        names=named,
        departments=departments,
        terms=terms,
        answers=answers,
        waivers=files,
        screen=format_,
    )
    asked = Writing(growing_outputs(outputs), arguments.resume, arguments.force)
    end, used = check_many(arguments, console, checking, asked)
    answers.used.clear()
    answers.used.update(used)
    unused = list(answers.unused)
    for line in (*passed_over_in(arguments.files), *unused):
        console.tell(line)
    _end_many(end, terms.selection, console, arguments, is_text=format_ == _TEXT)
    return 2 if unused else end.code


def _end_many(
    end: CheckEnd,
    selection: Selection,
    console: Console,
    arguments: argparse.Namespace,
    *,
    is_text: bool,
) -> None:
    """Write the summary, or what was written, and how much was found."""
    closing = _closing_text(
        (end.files, end.counts, end.sums.waived, bool(end.sums.hints)),
        selection,
        with_hints=arguments.all or bool(arguments.output),
    )
    if arguments.output:
        for path in arguments.output:
            console.tell(f"已生成 {path}")
        console.tell(closing)
        if arguments.json:
            console.write_json({**outputs_data(arguments.output, {}), "counts": end.levels})
    elif is_text:
        for line in end.summary():
            console.write(line)
        console.write_folded(closing)
        console.write_folded(end.stamps)


def _check_together(
    arguments: argparse.Namespace,
    console: Console,
    outputs: Sequence[tuple[str, str]],
    format_: str,
) -> int:
    """Check all sheets, and then show and write what was found; return the exit code."""
    _refuse_outputs(arguments)
    files = [read_waivers(file) for file in each_once(arguments.waivers)]
    terms, answers = _terms(arguments, files), read_answers(arguments.answers)
    reports, aside = _checked(arguments, terms, answers)
    is_left = False
    if arguments.diff:
        _show_fixes(map(_inspection_of, reports), console, is_machine_read=format_ != _TEXT)
    elif arguments.fix:
        reports, is_left = _mended(arguments, (terms, answers), reports, console)
    inspections = list(map(_inspection_of, reports))
    of_waivers = list(inspect_waivers(files, inspections, terms.today))
    inspections += of_waivers
    rows = [*reports, *of_waivers]
    if arguments.write_baseline:
        _write(arguments.write_baseline, write_baseline(inspections), console)
    unused = list(answers.unused)
    for line in (*aside, *passed_over_in(arguments.files), *unused):
        console.tell(line)
    is_left |= bool(unused)
    is_left |= not is_marked(reports, arguments, console)
    if outputs:
        made = (
            (path, written_rows(form, rows) if _is_rows(form) else write_report(inspections, form))
            for path, form in outputs
        )
        written, failed = write_each(made, console.tell)
        is_left |= bool(failed)
        for reason in failed.values():
            console.tell(reason)
        console.tell(_closing(inspections, terms.selection, with_hints=True))
        if arguments.json:
            counts = {"counts": _counts(inspections)}
            console.write_json({**outputs_data(written, failed), **counts})
    elif format_ == _TEXT:
        _show(inspections, terms.selection, console, arguments)
    else:
        _print(inspections, format_, console)
    return 2 if is_left else exit_code(item for seen in inspections for item in seen.findings)


def _format(arguments: argparse.Namespace, path: str) -> str:
    """Return the format: as asked for, or by the ending of the file that is written.

    Of several files each has that of its own ending.
    ``--json`` is about the screen; where a file is written, its format is decided without it.
    """
    asked = arguments.format
    if arguments.json and not arguments.output:
        if asked not in (None, "json"):
            raise UsageError(f"--json 与 --format {asked} 只能写一个；要写成文件请加 -o")
        asked = "json"
    ending = os.path.splitext(path)[1].lower()
    if len(arguments.output) > 1:
        asked = None
    endings = {**ENDINGS, **ROW_FORMATS}
    format_ = asked or endings.get(ending, _TEXT)
    if path and format_ == _TEXT:
        raise UsageError(f"不知道“{path}”要写成什么格式；扩展名可用 {'、'.join(endings)}")
    if not path and format_ in BINARY:
        raise UsageError(f"{format_} 不能输出到屏幕，请用 -o 写明文件")
    return format_


def _refuse_outputs(arguments: argparse.Namespace) -> None:
    """Refuse to lose a file: one that is read, one that stands there, or the other output."""
    refuse_unmarkable(arguments)
    outputs = [*arguments.output, *filter(None, (arguments.mark,))]
    baseline = arguments.write_baseline
    places = list(map(identity, outputs))
    refuse_same(outputs)
    if baseline and identity(baseline) in places:
        raise UsageError(f"-o 和 --write-baseline 写的是同一个文件“{baseline}”")
    read: list[FilePath] = [*arguments.files, *arguments.waivers, *_inside(arguments.files)]
    read += filter(None, (arguments.rulebook,))
    kept = [arguments.baseline] if arguments.baseline else []
    for output in outputs:
        refuse_overwriting(output, [*read, *kept], is_forced=arguments.force)
    if baseline:
        refuse_overwriting(baseline, read, is_forced=arguments.force)


def _inside(files: Sequence[str]) -> Iterator[FilePath]:
    """Yield the files that are read where folders are named."""
    yield from find_sheets(files).names
    yield from filter(None, map(department_file, files))


def _terms(arguments: argparse.Namespace, files: Iterable[ReadWaivers]) -> CheckOptions:
    """Return on what terms to check.

    Raises:
        PerfevalError: A code, a level or the baseline is wrong.
    """
    severities = tuple(_level(item) for item in arguments.severity)
    left_out = _codes(arguments.ignore, is_left_out=True)
    selection = Selection(_codes(arguments.select), left_out, severities)
    if not _checks_left(selection):
        raise UsageError("按 --select 和 --ignore，一项校核也不剩")
    waivers = tuple(waiver for file in files for waiver in file.waivers)
    baseline = read_baseline(arguments.baseline) if arguments.baseline else frozenset()
    today = arguments.today or datetime.datetime.now().astimezone().date().isoformat()
    return CheckOptions(selection, waivers, today, baseline, _last_year(arguments.last_year))


def _last_year(folder: str | None) -> tuple[Sheet, ...] | None:
    """Read the sheets of an earlier year.

    Raises:
        UsageError: There is none, or one cannot be read.
    """
    if folder is None:
        return None
    sheets = []
    for report in read_reports(find_sheets([folder]).names, None):
        if report.sheet is None:
            raise UsageError(f"--last-year 里的“{report.name}”没有读通，请先单独校核它")
        sheets.append(report.sheet)
    return tuple(sheets)


def _checks_left(selection: Selection) -> int:
    """Return how many checks a selection leaves, apart from those of what can be read at all."""
    policy = policy_of(None, selection)
    return len({*policy.of_sheets, *policy.of_departments} - policy.disabled)


def _codes(items: Sequence[str], *, is_left_out: bool = False) -> tuple[str, ...]:
    """Return the codes of ``--select PT,BX101``."""
    codes = tuple(code.strip().upper() for item in items for code in item.split(","))
    for code in codes:
        _refuse(faults_of_choice(code, is_left_out=is_left_out))
    return codes


def _level(item: str) -> tuple[str, Severity]:
    """Return the code and the level of ``--severity FM102=提示``."""
    code, _, word = item.partition("=")
    code = code.strip().upper()
    levels = {level.value: level for level in Severity}
    if word.strip() not in levels:
        raise UsageError(f"--severity 应写成 编号=级别，级别可用 {'、'.join(levels)}")
    level = levels[word.strip()]
    _refuse(faults_of_choice(code, level))
    return code, level


def _refuse(fault: str) -> None:
    if fault:
        raise UsageError(f"{fault}；用 perfeval checks 查看编号")


def _checked(
    arguments: argparse.Namespace, terms: CheckOptions, answers: Answers
) -> tuple[list[Report | DepartmentReport], list[str]]:
    """Return the report of each sheet, once, and what lies beside the sheets and is none.

    A folder with its own file is a department.
    """
    files: list[str] = arguments.files
    folders = [file for file in files if department_file(file) is not None]
    found: dict[tuple[str, str], Report | DepartmentReport] = {}
    aside: list[str] = []
    for file in (*folders, *(file for file in files if file not in folders)):
        for report in _reports_of(file, arguments, (terms, answers), aside):
            own = report.located.name
            part = report.name.removeprefix(own)
            found.setdefault((identity(own), part), report)
    return list(found.values()), list(dict.fromkeys(aside))


def _inspection_of(report: Report | DepartmentReport) -> Inspection:
    return report.inspection if isinstance(report, Report) else report.inspections[0]


def _reports_of(
    file: str, arguments: argparse.Namespace, on: tuple[CheckOptions, Answers], aside: list[str]
) -> Iterator[Report | DepartmentReport]:
    rulebook, root, (terms, answers) = arguments.rulebook, arguments.root, on
    if department_file(file) is None:
        names = find_sheets([file]).names
        yield from read_reports(names, rulebook, terms, root=root, aside=aside, answers=answers)
        return
    report = evaluate_folder(file, rulebook=rulebook, terms=terms, root=root, answers=answers)
    aside += report.aside
    yield report
    yield from report.sheets


_ROUNDS = 2
"""How often a file is fixed and checked again: a mistake may hide another until it is fixed."""


def _mended(
    arguments: argparse.Namespace,
    on: tuple[CheckOptions, Answers],
    reports: list[Report | DepartmentReport],
    console: Console,
) -> tuple[list[Report | DepartmentReport], bool]:
    """Write the safe fixes; return the reports afterwards, and whether a file was not written."""
    left, found = False, list(fixed_files(map(_inspection_of, reports)))
    if not found:
        console.tell(_NO_FIXES)
    for _ in range(_ROUNDS):
        for fixed in found:
            left |= not _is_written(fixed, console)
        reports = _checked(arguments, *on)[0]
        found = [] if left else list(fixed_files(map(_inspection_of, reports)))
        if not found:
            break
    return reports, left


def _is_written(fixed: FixedFile, console: Console) -> bool:
    try:
        write_fixed(fixed)
    except WritingError as error:
        console.fail(str(error), as_json=False)
        return False
    console.tell(f"{fixed.name}：已改正 {len(fixed.findings)} 处")
    return True


_NO_FIXES = "没有可以自动改正的问题"


def _show_fixes(
    inspections: Iterable[Inspection], console: Console, *, is_machine_read: bool
) -> None:
    """Show the safe fixes: as the result, or as messages where the result is for machines."""
    differences = list(map(diff_text, fixed_files(inspections)))
    for difference in differences:
        (console.tell if is_machine_read else console.write)(difference)
    if not differences:
        console.tell(_NO_FIXES)


def _write(path: str, data: bytes, console: Console) -> None:
    write_file(path, data)
    console.tell(f"已生成 {path}")


def _print(inspections: Sequence[Inspection], format_: str, console: Console) -> None:
    """Write a report to standard output, in UTF-8; data are escaped where that is not its own."""
    is_ascii = format_ in OF_DATA and not console.is_unicode
    console.write_bytes(write_report(inspections, format_, is_ascii=is_ascii))


def _show(
    inspections: Sequence[Inspection],
    selection: Selection,
    console: Console,
    arguments: argparse.Namespace,
) -> None:
    parts = report_text(
        inspections,
        with_hints=arguments.all,
        ambiguous=console.ambiguous,
        within=console.columns,
    )
    for part in parts:
        console.show(part)
    if arguments.ledger:
        console.write(ledger_text(inspections, ambiguous=console.ambiguous))
        console.write("")
    console.write_folded(_closing(inspections, selection, with_hints=arguments.all))
    stamps = {
        rulebook_text(item.stamp, item.findings) for item in inspections if item.stamp is not None
    }
    console.write_folded("；".join([*sorted(stamps), f"perfeval {__version__}"]))


def _counts(inspections: Sequence[Inspection]) -> dict[str, int]:
    """Return how many findings there are of each level, and how many were accepted."""
    found = Counter(finding.severity for item in inspections for finding in item.findings)
    levels = {severity.name.lower(): found[severity] for severity in Severity}
    return {**levels, "waived": sum(len(item.waived) for item in inspections)}


def _closing(inspections: Sequence[Inspection], selection: Selection, *, with_hints: bool) -> str:
    """Say how much was found in how many files, what was accepted, and what is not listed."""
    findings = [finding for item in inspections for finding in item.causes]
    waived = sum(len(item.waived) for item in inspections)
    has_hints = any(item.severity is Severity.INFO for item in findings)
    counts = (len(inspections), counts_text(findings), waived, has_hints)
    return _closing_text(counts, selection, with_hints=with_hints)


def _closing_text(
    found: tuple[int, str, int, bool], selection: Selection, *, with_hints: bool
) -> str:
    """Say of how many files what was found and accepted, and whether hints are not listed."""
    files, counts, waived, has_hints = found
    accepted = f"，另有 {waived} 处已豁免或在基线中" if waived else ""
    more = "（提示未列出，加 --all 列出）" if has_hints and not with_hints else ""
    chosen = selection.select or selection.ignore
    some = f"（只做了 {_checks_left(selection)} 项校核）" if chosen else ""
    return f"{files} 份材料：{counts or '没有发现问题'}{accepted}{more}{some}"
