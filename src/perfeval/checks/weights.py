"""分值: sections and the whole against the rulebook, and how points are spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfeval.cells.levels import Section, SectionName
from perfeval.checks.filed import blank_rows, filed_points, has_row_twice, plain_in
from perfeval.checks.notes import enter_notes
from perfeval.checks.registry import FINE, LACKING, Fault, Results, sheet_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import ZERO, add, plain, subtract, total, trimmed
from perfeval.places import Path
from perfeval.scorecard import Basis, Scorecard


@sheet_check("WT101", Severity.ERROR)
def weights_unlike_rulebook(card: Scorecard) -> Results:
    """The weights of a section or goal are not those of the rulebook."""
    if not card.lines or not card.rulebook.weights.scored:
        return
    for gap in card.gaps:
        words = tuple(section.label for section in gap.sections[:1])
        stake = subtract(gap.actual, gap.expected).copy_abs()
        yield Fault(gap.message, ("指标", *words), "请调整各项分值", stake)
    if not card.gaps:
        yield FINE


enter_notes("WT")


@sheet_check("WT104", Severity.WARNING)
def no_indicators(card: Scorecard) -> Results:
    """The sheet has no indicators."""
    if card.lines:
        yield FINE
    else:
        yield Fault(card.why_unscored, ("指标",), "编制了指标的，请补录；没有编制的，不能计分")


_SPREAD = (Section.OUTPUT, Section.BENEFIT, Section.COST)


@sheet_check("WT105", Severity.INFO, Nature.HEURISTIC)
def all_points_on_one_line(card: Scorecard) -> Results:
    """All points of a section hang on one indicator, which no figure measures."""
    for section, positions, weight in card.sheet.sections.values():
        if section.group not in _SPREAD or weight < card.rulebook.checking.one_line:
            continue
        line = card.lines[positions[0]]
        if len(positions) == 1 and line.points is None:
            yield LACKING
        elif len(positions) == 1 and line.basis is not Basis.MEASURED:
            yield Fault(
                f"{section.label} {trimmed(weight)} 分全在一个指标上，而且不按数计算",
                ("指标", positions[0], "分值"),
                "请分设几个可以衡量的指标",
                weight,
            )
        else:
            yield FINE


@sheet_check("WT106", Severity.ERROR)
def printed_weight_unlike_rows(card: Scorecard) -> Results:
    """A printed weight of a section, the budget row or the whole table is not what it covers."""
    sheet = card.sheet
    if not card.rulebook.weights.scored:
        return
    printed, own = sheet.budget.filed.weight, card.execution.weight
    if printed is not None and own is not None:
        yield from _printed_weight("预算执行", printed, own, ("预算", "已填报", "分值"))
    for goal, name, weight, at in _sections(card):
        if name.weight is not None:
            of = "" if goal is None else f"年度目标{goal}的"
            yield from _printed_weight(of + name.label, name.weight, weight, ("指标", at))
    for at, part in enumerate(sheet.filed.sections):
        section = sheet.sections.get(part.section.key)
        if part.weight is not None and section is not None:
            weight = None if _has_blank(card, section.positions) else section.weight
            path = ("已填报", "分项", at, "分值")
            yield from _printed_weight(part.section.label, part.weight, weight, path)
    if sheet.filed.weight is not None:
        parts = [*(line.weight for line in card.lines), own or ZERO]
        known = [weight for weight in parts if weight is not None]
        whole = total(known) if len(known) == len(parts) else None
        yield from _printed_weight("总分", sheet.filed.weight, whole, ("已填报", "分值"))


def _printed_weight(name: str, printed: Decimal, weight: Decimal | None, path: Path) -> Results:
    if weight is None:
        yield LACKING
    elif printed == weight:
        yield FINE
    else:
        yield Fault(
            f"{name}印的分值是 {trimmed(printed)}，各行合计 {trimmed(weight)}",
            path,
            "请核对印的分值和各行的分值",
            subtract(printed, weight).copy_abs(),
        )


def _has_blank(card: Scorecard, positions: Iterable[int]) -> bool:
    return any(card.lines[at].weight is None for at in positions)


def _sections(
    card: Scorecard,
) -> Iterator[tuple[int | None, SectionName, Decimal | None, int]]:
    """Yield each section of each goal: its name, its weight if all rows have one, its place."""
    found: dict[tuple[int | None, str], list[int]] = {}
    for at, row in enumerate(card.sheet.indicators):
        found.setdefault((row.goal, row.section.key), []).append(at)
    for (goal, _), positions in found.items():
        rows = [card.sheet.indicators[at] for at in positions]
        names = [row.section for row in rows]
        name = next((name for name in names if name.weight is not None), names[0])
        weights = [row.weight for row in rows if row.weight is not None]
        whole = total(weights) if len(weights) == len(rows) else None
        yield goal, name, whole, positions[0]


@sheet_check("PT112", Severity.ERROR)
def section_unlike_filed_rows(card: Scorecard) -> Results:
    """The filed points of a section are not the sum of its filed rows."""
    for at, part in enumerate(card.sheet.filed.sections):
        if part.points is None:
            continue
        section = card.sheet.sections.get(part.section.key)
        path = ("已填报", "分项", at, "得分")
        if section is None:
            yield Fault(f"表上没有“{part.section.label}”", ("已填报", "分项", at), "请核对名称")
            continue
        rows = [card.lines[row] for row in section.positions]
        said, low = plain_in(card, part.points), total(filed_points(card, rows))
        blank = [line.weight or ZERO for line in blank_rows(card, rows)]
        if has_row_twice(card) or (blank and low <= said <= add(low, total(blank))):
            yield LACKING
        elif said == low and not blank:
            yield FINE
        else:
            yield Fault(
                f"{part.section.label}已填报得分 {trimmed(said)}，"
                f"各行已填报得分合计 {trimmed(low)}{'（有的行没有填）' if blank else ''}",
                path,
                "请重新相加",
                subtract(said, low),
            )


@sheet_check("PT113", Severity.ERROR)
def merged_points_unlike_rule(card: Scorecard) -> Results:
    """A filed score that covers several rows is not the sum of their points."""
    for at, merged in enumerate(card.sheet.filed.merged):
        rows = [line for line in card.lines if line.name in merged.rows]
        unknown = set(merged.rows) - {line.name for line in rows}
        path = ("已填报", "合并得分", at)
        if unknown:
            missing = "、".join(name for name in merged.rows if name in unknown)
            yield Fault(f"表上没有“{missing}”这一行", (*path, "行"), "请写三级指标的名称")
            continue
        twice = _named_twice(card, at)
        if twice:
            message = f"“{'、'.join(twice)}”在合并得分里写了不止一次"
            yield Fault(message, (*path, "行"), "一行只能合并一次，重复的请删去")
            continue
        low, high = total(line.low for line in rows), total(line.high for line in rows)
        points = plain_in(card, merged.points)
        if low <= points <= high:
            yield FINE if low == high else LACKING
            continue
        by_rule = plain(low) if low == high else f"{plain(low)} 至 {plain(high)}"
        yield Fault(
            f"“{'、'.join(merged.rows)}”合并填报 {trimmed(points)}，按办法合计 {by_rule}",
            (*path, "得分"),
            "请核对各行的得分",
            subtract(points, high if points > high else low),
        )


def _named_twice(card: Scorecard, at: int) -> list[str]:
    """Return the rows that one merged score names twice, or an earlier one names too."""
    seen = {name for item in card.sheet.filed.merged[:at] for name in item.rows}
    names = card.sheet.filed.merged[at].rows
    return [name for name in dict.fromkeys(names) if name in seen or names.count(name) > 1]
