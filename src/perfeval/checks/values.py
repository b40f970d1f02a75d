"""目标值和完成值: what could not be compared, what was taken for granted, which way is better."""

from __future__ import annotations

from perfeval.cells.comparison import Outcome
from perfeval.cells.reading import numbers_in
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind
from perfeval.checks.costs import is_cost
from perfeval.checks.notes import enter_notes
from perfeval.checks.registry import FINE, Fault, Results, row_check
from perfeval.checks.subjects import Row
from perfeval.findings import Nature, Severity
from perfeval.later import regex
from perfeval.numbers import HUNDRED, ZERO, plain, total

enter_notes("VA")


def _is_cost(row: Row) -> bool:
    return is_cost(row.line.indicator)


@row_check("VA208", Severity.WARNING, Nature.HEURISTIC, when=_is_cost)
def cost_better_when_higher(row: Row) -> Results:
    """A cost indicator is said to be better the higher it is."""
    line = row.line
    indicator = line.indicator
    target = indicator.target
    if target is None or target.kind is not Kind.NUMBER:
        return
    outcome, sign, wanted, reached, *_ = indicator.comparison
    stated = indicator.sign or target.sign
    if stated is None and outcome is not Outcome.FIGURES:
        return
    is_kept = stated is None and wanted == reached  # a fixed rate that was kept has no direction
    if is_kept or (stated or sign) not in (Sign.AT_LEAST, Sign.ABOVE):
        yield FINE
    else:
        yield Fault(
            f"成本指标“{line.name}”按“不低于”计分，花得越多得分越高",
            ("符号" if indicator.sign else "目标值",),
            "越低越好的，请写“符号: ≤”",
            line.weight,
        )


@row_check("VA209", Severity.WARNING)
def target_that_cannot_be_missed(row: Row) -> Results:
    """The target is at least 0, which everything reaches."""
    line = row.line
    outcome, sign, target, *_ = line.indicator.comparison
    if outcome is not Outcome.FIGURES:
        return
    if target != ZERO or sign not in (Sign.AT_LEAST, Sign.ABOVE):
        yield FINE
    else:
        yield Fault(
            "目标值为 0，按“不低于”理解，完成多少都是满分",
            ("目标值",),
            "越低越好的，请写“符号: ≤”",
            line.weight,
        )


@row_check("VA210", Severity.WARNING, Nature.HEURISTIC)
def value_not_in_its_text(row: Row) -> Results:
    """The number said to count is neither in the printed text nor the sum of its numbers."""
    line = row.line
    indicator = line.indicator
    is_fine = False
    if indicator.units:  # what is computed from the units nobody typed
        return
    for field, cell in (("目标值", indicator.target), ("完成值", indicator.actual)):
        if cell is None or not cell.given or cell.number is None:
            continue
        shown = numbers_in(cell.text)
        if cell.number.copy_abs() not in (*shown, total(shown)):
            yield Fault(
                f"“{cell.text}”里没有 {plain(cell.number)} 这个数", (field,), "请核对值和文本"
            )
            return
        is_fine = True
    if is_fine:
        yield FINE


_AT_MOST_ALL = regex(
    "(?:(?:合格|优良|优秀|达标|及时|按时|准确|正确|覆盖|通过|公开|知晓|满意|完好|合规|出勤)率"
    "|满意度)(?:指标)?(?:[（(][^（）()]*[）)])?$"
)
_PERCENTS = ("%", "％")


@row_check("VA211", Severity.WARNING, Nature.HEURISTIC)
def ratio_above_all(row: Row) -> Results:
    """A ratio of parts to a whole is above 100 %."""
    line = row.line
    indicator = line.indicator
    if not _AT_MOST_ALL.search(indicator.name):
        return
    cells = (("目标值", indicator.target), ("完成值", indicator.actual))
    read = [(field, cell) for field, cell in cells if cell is not None and cell.number is not None]
    is_ratio = indicator.unit in _PERCENTS or any(cell.unit == "%" for _, cell in read)
    if not is_ratio:
        return
    above = [
        (field, cell)
        for field, cell in read
        if cell.unit in ("", "%") and cell.number is not None and cell.number > HUNDRED
    ]
    if not above:
        yield FINE
    else:
        said = "、".join(f"{field}{cell.text}" for field, cell in above)
        hint = "请核对是否漏了小数点或写串了格"
        yield Fault(f"“{line.name}”最多 100%，{said}", (above[0][0],), hint, line.weight)
