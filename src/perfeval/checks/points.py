"""得分: points, totals and grades as filed, beside those by the rule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfeval.cells.agreement import Agreement, agree
from perfeval.cells.notes import NoteKind
from perfeval.checks.doubts import has_doubtful_sign, points_in_doubt
from perfeval.checks.filed import (
    blank_rows,
    excess_of,
    filed_of,
    filed_points,
    filed_total_of,
    has_row_twice,
    without_tail,
)
from perfeval.checks.mentions import is_explained
from perfeval.checks.patterns import pattern
from perfeval.checks.registry import (
    FINE,
    LACKING,
    Fault,
    Result,
    Results,
    row_check,
    sheet_check,
)
from perfeval.checks.subjects import Row
from perfeval.findings import Severity
from perfeval.numbers import (
    HUNDRED,
    TWO,
    ZERO,
    decimals_of,
    multiply,
    plain,
    subtract,
    total,
    trimmed,
)
from perfeval.places import Path
from perfeval.scorecard import IndicatorLine, Line, Scorecard
from perfeval.sheet import INDICATORS

_EXECUTION = ("预算", "已填报", "得分")
_FILED = ("已填报得分",)


def _by_rule(line: Line) -> str:
    """Say what the points should be, and how they arise."""
    derivation = line.derivation
    if derivation is None or line.shown is None:
        return ""
    formula = "（满分）" if line.points == line.weight else f"：{derivation.formula}"
    return f"应为 {plain(line.shown)}{formula}"


def _hint(line: Line) -> str:
    return f"改为 {plain(line.shown or ZERO)}；另有依据的，写明原因并申请豁免"


def _difference(line: Line, word: str) -> Fault:
    message = f"已填报得分 {trimmed(line.filed or ZERO)} {word}于办法，{_by_rule(line)}"
    return Fault(message, _FILED, _hint(line), excess_of(line))


def _incomparable(line: Line) -> Results:
    """Observe, of a line whose points cannot be compared, that those by the rule are missing."""
    if line.filed is not None:
        yield LACKING


def _is_rounded(line: Line) -> bool:
    """Tell whether the filed points are those of the rule, written with fewer decimals."""
    filed = filed_of(line)
    if filed is None or line.shown is None or filed == line.weight:
        return False
    return _has_fewer_digits(filed, line.shown)


def _has_fewer_digits(filed: Decimal, by_rule: Decimal) -> bool:
    """Tell whether one is the other rounded; a whole number of points is a judgement by itself."""
    is_fraction = decimals_of(filed) > ZERO
    return is_fraction and agree(filed, by_rule) is Agreement.WITHIN_ROUNDING


@sheet_check("PT101", Severity.ERROR)
def execution_points_unlike_rule(card: Scorecard) -> Results:
    """The filed points of the budget row are not what the rule gives."""
    line = card.execution
    excess = excess_of(line)
    if excess is None:
        yield from _incomparable(line)
    elif excess and not _is_rounded(line):
        word = "高" if excess > ZERO else "低"
        yield _difference(line, word)._replace(path=_EXECUTION)
    else:
        yield FINE


def _is_filed(row: Row) -> bool:
    """Tell whether points are filed for a row."""
    return row.line.filed is not None


@row_check("PT102", Severity.ERROR, when=_is_filed)
def points_above_rule(row: Row) -> Results:
    """The filed points of a row are higher than what the rule gives."""
    line = row.line
    excess = excess_of(line)
    if excess is None:
        above = _above_most(line)
        yield from _incomparable(line) if above is None else (above,)
    elif excess and has_doubtful_sign(line):
        yield from _incomparable(line)
    else:
        is_above = excess > ZERO and not _is_rounded(line)
        yield _difference(line, "高") if is_above else FINE


def _above_most(line: IndicatorLine) -> Fault | None:
    """Return the fault of a row without points that was given more than it can have.

    Why it has none is told by itself, and so is what lies outside the band of a word.
    """
    filed = filed_of(line)
    kinds = {note.kind for note in line.notes}
    if filed is None or line.weight is None or NoteKind.OUTSIDE_BAND in kinds:
        return None
    if not line.high < filed <= line.weight:
        return None
    return Fault(
        f"已填报得分 {trimmed(filed)} 高于按办法最多可得的 {plain(line.high)}",
        _FILED,
        "没有完成目标的不能得满分，请按办法扣分；另有依据的，写明原因并申请豁免",
        subtract(filed, line.high),
    )


@row_check("PT107", Severity.WARNING, when=_is_filed)
def points_below_rule(row: Row) -> Results:
    """The filed points of a row that missed its target are lower than what the rule gives."""
    line = row.line
    excess = excess_of(line)
    if excess is None:
        yield from _incomparable(line)
    elif line.points != line.weight:
        is_below = excess < ZERO and not _is_rounded(line)
        yield _difference(line, "低") if is_below else FINE


@row_check("PT108", Severity.WARNING, when=_is_filed)
def met_but_reduced(row: Row) -> Results:
    """A row met its target and was given less than full points, without a reason."""
    line, filed = row.line, filed_of(row.line)
    if line.shown is None or filed is None or line.weight is None:
        yield from _incomparable(line)
    elif line.points == line.weight or line.is_best:
        is_met = line.points == line.weight or _shows_met(line)
        if filed >= line.weight or not is_met or is_explained(line, row.scorecard):
            yield FINE
        elif filed != line.shown:
            yield _difference(line, "低")
        else:
            yield Fault(
                f"目标已经达成，已填报得分 {trimmed(filed)} 低于分值 {trimmed(line.weight)}，"
                "未说明原因",
                _FILED,
                "请写明扣分的原因，或按分值填写",
                subtract(filed, line.weight),
            )


def _shows_met(line: IndicatorLine) -> bool:
    """Tell whether the words of a row say that its target was met.

    A word of praise is in the best band whatever was wanted: 较明显 is less than 显著.
    """
    target, actual = (
        "" if cell is None else cell.text for cell in (line.indicator.target, line.indicator.actual)
    )
    hedged = pattern("hedged")
    if hedged.search(actual) and not hedged.search(target):
        return False
    is_as_wanted = bool(target and actual) and (target in actual or actual in target)
    return is_as_wanted or pattern("shows-met").search(actual) is not None


@row_check("PT103", Severity.ERROR, when=_is_filed)
def points_above_weight(row: Row) -> Results:
    """The filed points are higher than the row's weight."""
    line = row.line
    yield _above_weight(line, _FILED) or (LACKING if line.weight is None else FINE)


@sheet_check("PT111", Severity.ERROR)
def execution_points_above_weight(card: Scorecard) -> Results:
    """The filed points of the budget row are higher than its weight."""
    line = card.execution
    if line.filed is not None and line.weight is not None:
        yield _above_weight(line, _EXECUTION) or FINE


def _above_weight(line: Line, path: tuple[str, ...]) -> Fault | None:
    filed = filed_of(line)
    if filed is None or line.weight is None or filed <= line.weight:
        return None
    return Fault(
        f"已填报得分 {trimmed(filed)} 超过分值 {trimmed(line.weight)}",
        path,
        "得分不得超过分值",
        subtract(filed, line.weight),
    )


@sheet_check("PT104", Severity.ERROR)
def total_unlike_rule(card: Scorecard) -> Results:
    """The filed total is not what the rule gives."""
    filed, low, high = filed_total_of(card), card.low, card.high
    if filed is None:
        return
    if low is None or high is None:
        yield LACKING
        return
    high = total((high, points_in_doubt(card)))
    if low <= filed <= high or (low == high and _is_rounded_total(card, filed, low)):
        yield FINE if low == high else LACKING
        return
    by_rule = plain(low) if low == high else f"{plain(low)} 至 {plain(high)}"
    nearest = high if filed > high else low
    yield Fault(
        f"已填报总分 {trimmed(filed)}，按办法为 {by_rule}",
        ("已填报", "总分"),
        _where_rows_differ(card) or "请按各行得分重新合计",
        subtract(filed, nearest),
    )


def _is_rounded_total(card: Scorecard, filed: Decimal, by_rule: Decimal) -> bool:
    """Tell whether only the rounding of the total, or of its rows, makes the difference."""
    if filed != card.rulebook.weights.full and _has_fewer_digits(filed, by_rule):
        return True
    points = _filed_points(card)
    known = [item for item in points if item is not None]
    is_sum = len(known) == len(points) and total(known) == filed
    return is_sum and bool(card.differing) and all(map(_is_rounded, card.differing))


def _where_rows_differ(card: Scorecard) -> str:
    """Name the rows that make the difference, where the filed rows do add up to the filed total."""
    points = _filed_points(card)
    known = [item for item in points if item is not None]
    if not card.differing or len(known) < len(points) or total(known) != filed_total_of(card):
        return ""
    rows = [
        f"“{line.name}”{'多' if excess > ZERO else '少'} {plain(excess.copy_abs())}"
        for line in card.differing
        if (excess := excess_of(line)) is not None
    ]
    return f"填报各行合计就是这个数；出入在：{'、'.join(rows)}"


def _filed_points(card: Scorecard) -> list[Decimal | None]:
    """Return the filed points of every row that has a weight."""
    return [filed_of(line) for line in card.rows if line.weight is not None]


@sheet_check("PT105", Severity.ERROR)
def weight_applied_twice(card: Scorecard) -> Results:
    """Points that are already out of their weight were multiplied by it again."""
    rows = [
        (line.filed, line.points, line.weight)
        for line in card.lines
        if line.filed is not None and line.points and line.weight
    ]
    if len(rows) < TWO:
        return
    if all(filed != points for filed, points, _ in rows) and all(
        multiply(filed, HUNDRED) == multiply(points, weight) for filed, points, weight in rows
    ):
        message = "各行已填报得分都等于 得分 × 分值 ÷ 100：分值乘了两次"
        yield Fault(message, ("指标",), "得分已按分值计算，不要再乘权重占比")
    else:
        yield FINE


@sheet_check("PT109", Severity.ERROR)
def total_unlike_filed_rows(card: Scorecard) -> Results:
    """The filed total is not the sum of the filed points, or cannot be with some left blank."""
    filed = filed_total_of(card)
    known = filed_points(card, card.rows)
    if filed is None or not known or not card.lines:
        return
    # what the rulebook does with the sum is no business of the rows
    if card.steps or has_row_twice(card):
        yield LACKING
        return
    blank = blank_rows(card, card.rows)
    weights = [line.weight for line in blank if line.weight is not None]
    least = total(known)
    most = total((least, *weights))
    is_bounded = len(weights) == len(blank)
    if filed < least or (is_bounded and filed > most):
        more = f"，还有 {len(blank)} 行未填，最多再得 {trimmed(total(weights))}" if blank else ""
        yield Fault(
            f"已填报总分 {trimmed(filed)}，各行已填报得分合计 {trimmed(least)}{more}",
            ("已填报", "总分"),
            "请重新相加",
            subtract(filed, least if filed < least else most),
        )
    else:
        yield LACKING if blank else FINE


def _is_asked(line: Line) -> bool:
    """Tell whether the row is asked for its weight or its judgement already."""
    return line.weight is None or any(note.kind is NoteKind.NO_JUDGEMENT for note in line.notes)


@sheet_check("PT114", Severity.WARNING)
def points_left_blank(card: Scorecard) -> Results:
    """A total is filed, and some of the rows have no filed points."""
    if card.filed_total is None or not filed_points(card, card.rows):
        return
    blank = set(map(id, blank_rows(card, card.rows)))
    message, hint = "填报了总分，这一行没有填报得分", "请补填得分"
    if id(card.execution) in blank:
        yield Fault(message, _EXECUTION, hint, card.execution.weight)
    for position, line in enumerate(card.lines):
        if id(line) in blank and not _is_asked(line):
            yield Fault(message, (INDICATORS, position, *_FILED), hint, line.weight)
    if not blank:
        yield FINE


@sheet_check("PT115", Severity.INFO)
def points_with_fewer_digits(card: Scorecard) -> Results:
    """Filed points are those of the rule, rounded to fewer decimals than the rule has."""
    message = "已填报得分的小数位数比办法少，四舍五入后相同"
    hint = f"办法保留 {card.execution.rule.digits} 位小数，请按办法填写"
    if _is_rounded(card.execution):
        yield Fault(message, _EXECUTION, hint, card.execution.excess)
    for position, line in enumerate(card.lines):
        if _is_rounded(line):
            yield Fault(message, (INDICATORS, position, *_FILED), hint, line.excess)
        elif line.filed is not None:
            yield FINE if line.shown is not None else LACKING


@sheet_check("PT116", Severity.WARNING)
def points_with_a_tail(card: Scorecard) -> Results:
    """Filed points have the tail that a program's binary fractions leave behind."""
    paths: list[Path] = [_EXECUTION]
    paths += [(INDICATORS, position, *_FILED) for position in range(len(card.lines))]
    for line, path in zip(card.rows, paths, strict=True):
        if line.filed is not None:
            yield _tail("得分", line.filed, line.rule.digits, path)
    digits, filed = card.execution.rule.digits, card.sheet.filed
    if filed.total is not None:
        yield _tail("总分", filed.total, digits, ("已填报", "总分"))
    for at, part in enumerate(filed.sections):
        if part.points is not None:
            yield _tail("得分", part.points, digits, ("已填报", "分项", at, "得分"))
    for at, merged in enumerate(filed.merged):
        yield _tail("得分", merged.points, digits, ("已填报", "合并得分", at, "得分"))


def _tail(word: str, filed: Decimal, digits: int, path: Path) -> Result:
    figure = without_tail(filed, digits)
    if figure == filed:
        return FINE
    message = f"填报的{word} {trimmed(filed)} 带着程序留下的尾数，应是 {trimmed(figure)}"
    return Fault(message, path, f"请写 {trimmed(figure)}")


@sheet_check("PT110", Severity.ERROR)
def grade_unlike_total(card: Scorecard) -> Results:
    """The filed grade is not that of the filed total, or else of the computed one."""
    filed = card.sheet.filed
    if filed.grade is None:
        return
    whole = filed_total_of(card)
    if whole is not None:
        expected = card.rulebook.grades.of(whole)
        yield _grade_of(filed.grade, (expected,), f"{trimmed(whole)} 分")
    elif card.low is None or card.high is None:
        yield LACKING
    else:
        low, high = card.low, total((card.high, points_in_doubt(card)))
        points = plain(low) if low == high else f"{plain(low)} 至 {plain(high)}"
        grades = card.rulebook.grades.between(low, high)
        result = _grade_of(filed.grade, grades, f"按办法 {points} 分")
        yield LACKING if result is FINE and len(grades) > 1 else result


def _grade_of(word: str, grades: Sequence[str], points: str) -> Result:
    """Compare the filed grade with those that the points may have."""
    if any(is_grade(word, grade) for grade in grades):
        return FINE
    expected = "或".join(f"“{grade}”" for grade in grades)
    return Fault(
        f"等级写“{word}”，{points}应为{expected}", ("已填报", "等级"), "请按总分所在的档次写等级"
    )


_RATHER = "较"


def is_grade(word: str, grade: str) -> bool:
    """Tell whether *word* says *grade*: 优 is also written 优秀, 良 also 良好, 差 also 较差.

    >>> is_grade("良好", "良"), is_grade("较差", "差"), is_grade("良好", "优")
    (True, True, False)
    """
    return word == _RATHER + grade or word.startswith(grade) or grade.startswith(word)
