"""Scorecards as text for a terminal: the table of one sheet, the summary of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from perfeval.cells.levels import NO_ASPECT
from perfeval.cells.values import Cell
from perfeval.documents.alignment import TextColumn, lay_out, line_by_line, printable
from perfeval.documents.form.columns import completion
from perfeval.documents.printed import UNSCORED
from perfeval.numbers import ZERO, percent, plain, subtract, total, trimmed
from perfeval.scorecard import Basis, IndicatorLine, Line, Scorecard, Subtotal
from perfeval.sheet import Budget, FundRow, Indicator, Sheet, SubIndicator

_Row = tuple[str, ...]
_LABEL_LIMIT, _NAME_LIMIT, _VALUE_LIMIT = 14, 36, 24
_NUMBER = TextColumn(is_right=True)
_COLUMNS = (
    TextColumn(),
    TextColumn(limit=_NAME_LIMIT),
    TextColumn(is_right=True, limit=_VALUE_LIMIT),
    _NUMBER,
    _NUMBER,
    _NUMBER,
    TextColumn(),
)
_HEADINGS = ("", "", "完成值 / 目标值", "分值", "得分", "已填报", "")
_BLANK = "未填"
_RATE_DIGITS = 2


def scorecard_text(scorecard: Scorecard, *, ambiguous: int = 1, width: int | None = None) -> str:
    """Write a scorecard as a table that lines up in a terminal.

    Args:
        scorecard: The scorecard.
        ambiguous: The width of an ambiguous character; see `perfeval.documents.alignment`.
        width: How many cells a line of the table may take; ``None`` for any number.

    Returns:
        Title, one line for each row, and the total with what it rests on.
    """
    has_points = scorecard.rulebook.weights.scored
    rows = _rows(scorecard) if has_points else _rows_without_points(scorecard)
    table = lay_out(rows, _COLUMNS, ambiguous=ambiguous, within=width)
    return "\n".join([title(scorecard), *table, *total_lines(scorecard)])


def title(scorecard: Scorecard) -> str:
    """Return ``项目名称 · 年度 · 评分办法``, and below it what is to be said of the sheet."""
    sheet = scorecard.sheet
    return headed(f"{sheet.name} · {sheet.year} · {scorecard.rulebook.id}", sheet)


def headed(head: str, sheet: Sheet) -> str:
    """Return a heading with a line below it where nobody has confirmed the sheet."""
    return "\n".join(map(printable, filter(None, (head, sheet.caveat))))


def _rows(scorecard: Scorecard) -> Iterator[_Row | str]:
    yield _HEADINGS
    execution = scorecard.execution
    rate = budget_text(scorecard.sheet.budget)
    yield (execution.name, rate, "", *_figures(execution))
    for subtotal in scorecard.subtotals:
        lines = [
            line for line in scorecard.lines if line.indicator.section.key == subtotal.section.key
        ]
        yield _section_row(subtotal, lines)
        yield from _section_lines(lines)


def _rows_without_points(scorecard: Scorecard) -> Iterator[_Row | str]:
    """Yield completion, funds and reasons, for a form that gives no points."""
    yield ("", "", "完成值 / 目标值", "", "完成率", "", "偏差原因")
    budget = scorecard.sheet.budget
    yield ("资金", budget_text(budget), "", "", "", "", printable(budget.reason or ""))
    for fund in budget.funds:
        yield (f"  {fund.name}", budget_text(fund), "", "", "", "", "")
    section = aspect = None
    for line in scorecard.lines:
        row = line.indicator
        if row.section.key != section:
            section, aspect = row.section.key, None
            yield (row.section.label or "各项指标", "", "", "", "", "", "")
        label = "" if row.aspect.key == aspect else f"  {row.aspect.label}"
        aspect = row.aspect.key
        remark = row.reason or "；".join(f"注：{note.message}" for note in line.notes)
        rate = completion(row, _RATE_DIGITS)
        yield (label, line.name, _values(row), "", rate, "", printable(remark))
        yield from map(_part_row, row.parts)


def budget_text(budget: Budget | FundRow) -> str:
    """Return the execution rate with its amounts: ``1269.62 ÷ 1286.70 = 98.67 %``."""
    amount = budget.original if budget.final is None else budget.final
    spent = budget.spent
    if amount is None or spent is None:
        known = [
            f"{word} {_BLANK if value is None else _money(value)}"
            for word, value in (("预算数", amount), ("执行数", spent))
        ]
        return "，".join(known)
    quotient = f"{_money(spent)} ÷ {_money(amount)}"
    if amount == ZERO:
        return quotient
    return f"{quotient} = {percent(spent, amount, 2).removesuffix('%')} %"


def _money(amount: Decimal) -> str:
    """Write an amount with two decimals, or more where it has more."""
    whole, _, decimals = plain(amount).partition(".")
    return f"{whole}.{decimals:0<2}"


def _section_row(subtotal: Subtotal, lines: Sequence[Line]) -> _Row:
    points, remark = "未计", ""
    if subtotal.points is not None:
        points = plain(subtotal.points)
    elif subtotal.low is not None and subtotal.high is not None:
        points, remark = UNSCORED, span_text(subtotal.low, subtotal.high)
    filed = [line.filed for line in lines if line.filed is not None]
    sum_filed = trimmed(total(filed)) if len(filed) == len(lines) else ""
    label = subtotal.section.label or "各项指标"
    return (label, "", "", trimmed(subtotal.weight), points, sum_filed, remark)


def _section_lines(lines: Sequence[IndicatorLine]) -> Iterator[_Row | str]:
    """Yield the indicators of a section; an aspect is named once."""
    previous = NO_ASPECT
    for line in lines:
        indicator = line.indicator
        label = "" if indicator.aspect == previous else f"  {indicator.aspect.label}"
        if _is_long(label):
            yield label
            label = ""
        previous = indicator.aspect
        yield (label, line.name, _values(indicator), *_figures(line))
        yield from map(_part_row, indicator.parts)


def _part_row(part: SubIndicator) -> _Row:
    """Return a child row: shown, never scored."""
    weight = "" if part.weight is None else trimmed(part.weight)
    filed = "" if part.filed is None else trimmed(part.filed)
    return ("", f"  其中：{part.name}", _values(part), weight, "", filed, "")


def _is_long(label: str) -> bool:
    return 2 * len(label.strip()) + 2 > _LABEL_LIMIT


def _values(row: Indicator | SubIndicator) -> str:
    return f"{_cell(row.actual)} / {_cell(row.target)}"


def _cell(cell: Cell | None) -> str:
    return _BLANK if cell is None or not cell.text else cell.text


def _figures(line: Line) -> _Row:
    """Return weight, points, filed points and the difference of a row, and what a reviewer gave."""
    weight = "" if line.weight is None else trimmed(line.weight)
    filed = "" if line.filed is None else trimmed(line.filed)
    review = reviewed(line.reviewed)
    if line.shown is not None:
        remark = "，".join(filter(None, (difference(line.excess), review)))
        return (weight, plain(line.shown), filed, remark)
    word = line.basis.value if line.basis is Basis.NOT_APPLICABLE else UNSCORED
    reasons = "；".join(note.message for note in line.notes)
    span = span_text(line.low, line.high) if line.low != line.high else ""
    return (weight, word, filed, "，".join(filter(None, (span, reasons, review))))


def reviewed(points: Decimal | None) -> str:
    """Say what a reviewer gave; empty where nobody did."""
    return "" if points is None else f"复核分 {trimmed(points)}"


def difference(excess: Decimal | None) -> str:
    """Say by how much what was filed is above (多) or below (少) the rule."""
    if not excess:
        return ""
    return f"{'多' if excess > ZERO else '少'} {plain(excess.copy_abs())}"


def span_text(low: Decimal, high: Decimal) -> str:
    """Return a range of points."""
    return f"{plain(low)} 至 {plain(high)}"


def total_text(scorecard: Scorecard) -> str:
    """Return the total, its bounds, or ``未计分``."""
    if scorecard.total is not None:
        return plain(scorecard.total)
    if scorecard.low is None or scorecard.high is None:
        return UNSCORED
    return span_text(scorecard.low, scorecard.high)


def total_lines(scorecard: Scorecard) -> Iterator[str]:
    """Yield the total with what it is made of, and why it is none or a range."""
    if not scorecard.rulebook.weights.scored:
        yield scorecard.why_unscored
        return
    basis = f"有据可算 {trimmed(scorecard.measured)}，依填报认定 {trimmed(scorecard.claimed)}"
    basis = f"（各行得分中{basis}）" if scorecard.steps else f"（{basis}）"
    parts = [total_text(scorecard), scorecard.grade or "", basis, _filed(scorecard)]
    yield "  ".join(["总分", *filter(None, parts)])
    reasons = [gap.message for gap in scorecard.gaps] or [scorecard.why_unscored]
    for reason in filter(None, (*scorecard.steps, *reasons)):
        yield printable(f"      {reason}")


def _filed(scorecard: Scorecard) -> str:
    """Say how what was filed compares with the rule; empty where nothing was filed."""
    filed, by_rule = scorecard.filed_total, scorecard.total
    parts = []
    if filed is not None:
        parts.append(f"已填报 {trimmed(filed)}")
        if by_rule is not None and filed != by_rule:
            parts.append(f"{difference(subtract(filed, by_rule))} 分")
    count = len(scorecard.differing)
    if count:
        parts.append(f"{count} 行与办法不符")
    parts += filter(None, [reviewed(scorecard.reviewed_total)])
    return "，".join(parts)


SUMMARY_HEADINGS = ("项目", "总分", "等级", "已填报", "差异", "不符行数", "有据可算", "")
_SUMMARY_COLUMNS = (
    TextColumn(limit=48),
    _NUMBER,
    TextColumn(),
    _NUMBER,
    TextColumn(),
    _NUMBER,
    _NUMBER,
    TextColumn(),
)


def summary_text(
    entries: Sequence[tuple[str, Scorecard | None, str]],
    *,
    ambiguous: int = 1,
    width: int | None = None,
) -> str:
    """Write one line for each of several sheets.

    Args:
        entries: Name, scorecard (``None`` where the sheet was not read) and a remark.
        ambiguous: The width of an ambiguous character.
        width: How many cells a line of the table may take; ``None`` for any number.

    Returns:
        The table and, below it, how many sheets were read.
    """
    rows = [SUMMARY_HEADINGS, *(summary_row(*entry) for entry in entries)]
    unread = sum(scorecard is None for _, scorecard, _ in entries)
    table = summary_table(rows, ambiguous=ambiguous, width=width)
    return "\n".join([*table, sheets_text(len(entries), unread)])


def summary_table(
    rows: Sequence[Sequence[str]], *, ambiguous: int = 1, width: int | None = None
) -> list[str]:
    """Set the lines of a summary, the headings among them.

    Args:
        rows: The headings, and what `summary_row` returns of each sheet.
        ambiguous: See `summary_text`.
        width: See `summary_text`.
    """
    return lay_out(rows, _SUMMARY_COLUMNS, ambiguous=ambiguous, within=width)


def sheets_text(count: int, unread: int) -> str:
    """Say how many sheets there are, and how many of them were not read."""
    failed = f"，其中 {unread} 张没有读通" if unread else ""
    return f"共 {count} 张自评表{failed}"


_USUAL_SUMMARY = ("一" * 24, "90.00 至 100.00", *SUMMARY_HEADINGS[2:4], "多 10.00")
"""The first cells of a line of a summary, as wide as most; of the others their headings are."""


def running_summary(
    *, ambiguous: int = 1, width: int | None = None
) -> Callable[[Sequence[str]], list[str]]:
    """Return what sets the lines of a summary as sheets come, without a look at those to come.

    Args:
        ambiguous: See `summary_text`.
        width: See `summary_text`.
    """
    model = (*_USUAL_SUMMARY, *SUMMARY_HEADINGS[len(_USUAL_SUMMARY) :])
    return line_by_line(model, _SUMMARY_COLUMNS, ambiguous=ambiguous, within=width)


def summary_row(name: str, scorecard: Scorecard | None, remark: str) -> _Row:
    """Return the cells of a sheet's line in the summary; see `summary_text`."""
    if scorecard is None:
        return (name, "没有读通", "", "", "", "", "", remark)
    filed, by_rule = scorecard.filed_total, scorecard.total
    both = filed is not None and by_rule is not None
    unconfirmed = "（未经核对）" if scorecard.sheet.unconfirmed else ""
    return (
        f"{scorecard.sheet.name}{unconfirmed}",
        total_text(scorecard),
        scorecard.grade or "",
        "" if filed is None else trimmed(filed),
        difference(subtract(filed, by_rule)) if both else "",  # type: ignore[arg-type]
        str(len(scorecard.differing) or ""),
        trimmed(scorecard.measured),
        remark,
    )
