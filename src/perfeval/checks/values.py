"""目标值和完成值: what could not be compared, what was taken for granted, which way is better."""

from __future__ import annotations

import re
from decimal import Decimal

from perfeval.cells.comparison import Outcome
from perfeval.cells.notes import Note, NoteKind
from perfeval.cells.signs import Sign
from perfeval.cells.values import Kind, numbers_in
from perfeval.cells.words import Aspect, Section
from perfeval.checks.registry import FINE, Fault, Observation, note_check, row_check
from perfeval.findings import Nature, Severity
from perfeval.numbers import HUNDRED, ZERO, plain, subtract, total
from perfeval.rulebook import OverFixed, OverNote, OverProportional, Rulebook
from perfeval.scorecard import Line, Scorecard

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def _open(line: Line) -> Decimal:
    """Return how many points the row could still have."""
    return subtract(line.high, line.low)


def _cell_of(line: Line, note: Note) -> str:
    """Return which cell a note speaks of, the target or the actual."""
    indicator = line.indicator
    if indicator is None or indicator.target is None:
        return "完成值"
    target = indicator.target
    if note.values[0] not in (target.text, *target.assumptions):
        return "完成值"
    same = [other for other in line.notes if other == note]  # both cells may read alike
    return "完成值" if len(same) > 1 and note is same[-1] else "目标值"


def _in_both_cells(line: Line, note: Note, kind: Kind, hint: str) -> list[Fault]:
    """Report the cell that a note speaks of, and the other one where it has the same fault.

    A comparison stops at the first cell that it cannot read; whoever mends it should not have to
    ask again for the second.
    """
    named = _cell_of(line, note)
    faults = [Fault(note.message, (named,), hint, _open(line))]
    actual = None if line.indicator is None else line.indicator.actual
    if named == "目标值" and actual is not None and actual.kind is kind:
        message = note._replace(values=(actual.text,)).message
        faults.append(Fault(message, ("完成值",), hint, _open(line)))
    return faults


def _judges(rulebook: Rulebook) -> bool:
    """Tell whether points are judged inside a band, and not all fixed by it."""
    return any(band.fixed is None for band in rulebook.qualitative.bands)


def _takes_rates(rulebook: Rulebook) -> bool:
    return rulebook.quantitative.completion_rate == "按完成率计分"


def _takes_words(rulebook: Rulebook) -> bool:
    return bool(rulebook.quantitative.achieved_words)


def _applies_all(rulebook: Rulebook) -> bool:
    """Tell whether the rulebook knows of no indicator that does not apply."""
    return rulebook.weights.not_applicable == "不允许"


def _points_out(rulebook: Rulebook) -> bool:
    """Tell whether the rulebook points out what is far above its target."""
    return isinstance(rulebook.quantitative.over, OverNote)


def _reduces(rulebook: Rulebook) -> bool:
    """Tell whether the rulebook takes points off for what is far above its target."""
    return isinstance(rulebook.quantitative.over, OverFixed | OverProportional)


@note_check("VA101", _ERROR, NoteKind.NO_TARGET)
def target_blank(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is blank.

    问题：没有填目标值。
    影响：没有目标就无从比较，这一行不能计分。
    例子：目标值一栏空白或写“/”。
    改法：填写年初批复的指标值。
    依据：自评表的年度指标值一栏。
    """
    return Fault(note.message, ("目标值",), "请填写年度指标值", _open(line))


@note_check("VA102", _ERROR, NoteKind.NO_ACTUAL)
def actual_blank(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The actual is blank.

    问题：没有填完成值。
    影响：这一行不能计分；留空不等于 0。
    例子：完成值一栏空白。
    改法：填写实际完成的数；一点没有完成的写 0。
    依据：自评表的实际完成值一栏。
    """
    return Fault(note.message, ("完成值",), "请填写实际完成值", _open(line))


@note_check("VA103", _ERROR, NoteKind.TWO_NUMBERS)
def two_numbers_in_one_cell(line: Line, note: Note, _card: Scorecard) -> list[Fault]:
    """A cell holds two numbers, and nobody says which one counts.

    问题：一格里有两个数，没有说明哪一个算分。
    影响：别人无法复算；只有填报人知道括号里的数是另计还是其中。
    例子：目标值 42（3），完成值 36（2）。
    改法：写成 {值: 42, 文本: 42（3）}，或拆成两行。
    依据：抽查复核：一个指标含几个目标的，逐个核对；软件不代填报人猜。
    """
    return _in_both_cells(line, note, Kind.COMPOUND, "请写成 {值: 算分的数, 文本: 表上的写法}")


@note_check("VA104", _ERROR, NoteKind.DIFFERENT_UNITS)
def units_differ(line: Line, note: Note, _card: Scorecard) -> Fault:
    """Target and actual are in different units.

    问题：目标值和完成值的单位不同，不能比较。
    影响：这一行不能计分。
    例子：目标值 5 张，完成值 5 家。
    改法：完成值按目标值的单位填写。
    依据：完成值应与指标值口径一致。
    """
    return Fault(note.message, ("完成值",), "请按目标值的单位填写完成值", _open(line))


@note_check("VA105", _ERROR, NoteKind.UNCLEAR_PERCENT)
def percent_or_fraction(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is a percentage and the actual a bare number that may be a fraction.

    问题：目标值是百分数，完成值没有百分号，分不清是比例还是百分数。
    影响：0.96 可能是 96%，也可能是 0.96%，差一百倍。
    例子：目标值 ≥95%，完成值 0.96。
    改法：写成 96%。
    依据：已公布自评表中的实例。
    """
    return Fault(note.message, ("完成值",), "请写上百分号", _open(line))


@note_check("VA106", _ERROR, NoteKind.WORDS_FOR_FIGURE)
def words_for_a_figure(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is a figure, the actual is words that mean neither met nor unmet.

    问题：目标值是数，完成值是文字，又不是认可的达成用语。
    影响：不知道完成了多少，这一行不能计分。
    例子：目标值 ≥95%，完成值“否”。
    改法：填写实际完成的数。
    依据：完成值应与指标值口径一致。
    """
    return Fault(note.message, ("完成值",), "请填写实际完成的数", _open(line))


@note_check("VA107", _ERROR, NoteKind.FIGURE_FOR_WORDS)
def figure_for_words(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is words, the actual a figure.

    问题：目标值是文字，完成值是数。
    影响：没有可比的目标，这一行不能计分。
    例子：目标值“得到提升”，完成值 5。
    改法：把目标值写成数；确是定性指标的，完成值写达成情况。
    依据：指标值应量化、可衡量。
    """
    return Fault(note.message, ("目标值",), "请把目标值写成可以比较的数", _open(line))


@note_check("VA108", _ERROR, NoteKind.UNKNOWN_WORDS)
def words_outside_the_bands(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A qualitative actual is not one of the rulebook's words.

    问题：定性指标的完成值不是办法列出的用语。
    影响：归不到档次，不能计分。
    例子：完成值“还行”。
    改法：写“达成预期指标”等办法用语，并在档次内评分。
    依据：定性指标分三档评分的规定。
    """
    return Fault(
        note.message,
        ("完成值",),
        "请写办法的用语（如“达成预期指标”）或完成率，并填报评定的得分",
        _open(line),
    )


@note_check("VA109", _WARNING, NoteKind.NO_JUDGEMENT, holds=_judges)
def judgement_missing(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A qualitative row has a band but no filed points in it.

    问题：定性指标有了档次，没有评定得分。
    影响：得分只能是一个区间，总分也随之成为区间。
    例子：完成值“部分达成预期指标”，得分空白。
    改法：在档次区间内评定一个得分。
    依据：定性指标按档次合理确定分值。
    """
    return Fault(note.message, ("已填报得分",), "请在档次区间内评定得分", _open(line))


@note_check("VA110", _ERROR, NoteKind.OUTSIDE_BAND, holds=_judges)
def judgement_outside_band(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The filed points of a qualitative row are not inside its band.

    问题：定性指标填报的得分不在完成值所属的档次里。
    影响：档次和得分至少有一个错，不能采信。
    例子：写“达成预期指标”，只给 1 分（满分 2 分，档次 1.60 至 2.00）。
    改法：改得分，或改完成值的档次。
    依据：定性指标分三档评分的规定；国家预算管理一体化系统同样校验。
    """
    return Fault(note.message, ("已填报得分",), "请在档次区间内评定得分", _open(line))


@note_check("VA111", _ERROR, NoteKind.NEGATIVE_TARGET)
def target_negative(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is below 0.

    问题：目标值是负数。
    影响：按比例计分没有意义，这一行不能计分。
    例子：目标值 ≥-5。
    改法：改写成正数，如“下降率 ≥5%”。
    依据：按比例计分以目标值为分母。
    """
    return Fault(note.message, ("目标值",), "请核对目标值", _open(line))


@note_check("VA112", _ERROR, NoteKind.OPPOSITE_SIGNS)
def signs_opposite(line: Line, note: Note, _card: Scorecard) -> Fault:
    """The stated sign and the one printed in the target contradict each other.

    问题：“符号”一栏与目标值里印的符号方向相反。
    影响：越高越好还是越低越好说不清，得分会差很多。
    例子：符号 ≤，目标值 ≥5。
    改法：只保留正确的一个。
    依据：正向、反向指标计分方法不同。
    """
    return Fault(note.message, ("符号",), "请只保留一个正确的符号", _open(line))


@note_check("VA113", _ERROR, NoteKind.RATE_NOT_SCORED, holds=lambda book: not _takes_rates(book))
def completion_rate_refused(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A completion rate stands where the rulebook wants the figure.

    问题：完成值写的是完成率，目标值不是百分数，本办法不按完成率计分。
    影响：看不出实际完成多少，这一行不能计分。
    例子：目标值 5 张，完成值 100%。
    改法：填写实际完成的数。
    依据：完成值应与指标值口径一致。
    """
    return Fault(note.message, ("完成值",), "请填写实际完成的数", _open(line))


@note_check("VA114", _ERROR, NoteKind.NOT_APPLICABLE_REFUSED, holds=_applies_all)
def not_applicable_refused(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A row is filed as not applicable where the rulebook knows no such thing.

    问题：填报为不适用，本办法没有不适用的规定。
    影响：这一行的分值无处可去，总分不满 100。
    例子：满意度指标写“不适用”。
    改法：填写目标值和完成值；确不适用的，先与财政部门商定。
    依据：只有部分地方规定不适用的指标按比例折算。
    """
    return Fault(
        note.message, ("不适用",), "请填写目标值和完成值，或与财政部门商定如何计分", _open(line)
    )


@note_check("VA115", _ERROR, NoteKind.UNCLEAR)
def reading_unclear(line: Line, note: Note, _card: Scorecard) -> list[Fault]:
    """A cell cannot be read in one way only.

    问题：单元格的读法不止一种。
    影响：猜错方向或口径，得分就错；所以不猜。
    例子：目标值“增长5%”、“约100”、“30日以内办结”。
    改法：写成 {值: 5, 文本: 增长5%}，并写明符号。
    依据：软件不代填报人猜。
    """
    hint = "请写成 {值: 算分的数, 文本: 表上的写法}，并用“符号”写明方向"
    return _in_both_cells(line, note, Kind.UNCLEAR, hint)


@note_check("VA201", _WARNING, NoteKind.RATE_FOR_FIGURE, holds=_takes_rates)
def completion_rate_for_a_figure(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A completion rate stands where the target is no percentage.

    问题：目标值不是百分数，完成值写成完成率。
    影响：得分只是依填报认定，没有数据支持；复核时多半要求补数。
    例子：目标值 7560 张，完成值 100%。
    改法：填写实际完成的数，如 7560 张。
    依据：抽查复核：指标应可衡量，完成值应有数据。
    """
    return Fault(note.message, ("完成值",), "请按目标值的内容填写实际完成情况", line.weight)


@note_check("VA202", _WARNING, NoteKind.WORD_FOR_FIGURE, holds=_takes_words)
def word_for_a_figure(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A word such as 是 stands where a figure is wanted.

    问题：目标值是数，完成值写“是”“完成”等字。
    影响：得分只是依填报认定，没有数据支持。
    例子：目标值 95%以上，完成值“是”。
    改法：填写实测的数，如 96.3%。
    依据：抽查复核：满意度等指标须有具体数值。
    """
    return Fault(note.message, ("完成值",), "请填写实际完成的数", line.weight)


@note_check("VA203", _WARNING, NoteKind.SIGN_IN_ACTUAL)
def sign_in_actual(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The actual carries a sign, so it is no measured value.

    问题：完成值带有 ≥、≤ 等符号。
    影响：那是目标的写法，不是实测的数。
    例子：目标值 90%，完成值 ≥90%。
    改法：填写实测的数。
    依据：已公布自评表中的实例。
    """
    return Fault(note.message, ("完成值",), "请填写实测的数")


@note_check("VA204", _WARNING, NoteKind.NEGATIVE_ACTUAL)
def actual_negative(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The actual is below 0.

    问题：完成值是负数，计 0 分。
    影响：多半是录入错误。
    例子：完成值 -1。
    改法：核对后填写。
    依据：国家预算管理一体化系统把负数按 0 处理。
    """
    return Fault(note.message, ("完成值",), "请核对完成值")


@note_check("VA205", _WARNING, NoteKind.BARE_PERCENT)
def percent_sign_missing(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target is a percentage and the actual lacks the sign.

    问题：目标值是百分数，完成值没有写百分号。
    影响：按百分数理解，须填报人确认。
    例子：目标值 ≥95%，完成值 96。
    改法：写成 96%。
    依据：完成值应与指标值口径一致。
    """
    return Fault(note.message, ("完成值",), "请写上百分号")


@note_check("VA206", _INFO, NoteKind.OVER_ACHIEVED, holds=_points_out)
def target_far_exceeded(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target was exceeded by so much that it may have been set too low.

    问题：完成值大大超过目标值。
    影响：目标值可能定得偏低，复核时会被问到。
    例子：目标 6，完成 150。
    改法：核对目标值；确属超额完成的，说明原因。
    依据：财预〔2020〕10号：完成值高于指标值较多的，要分析原因。
    """
    return Fault(note.message, ("完成值",), "请核对目标值是否定得偏低")


@note_check("VA207", _WARNING, NoteKind.OVER_REDUCED, holds=_reduces)
def target_far_exceeded_reduced(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target was exceeded by so much that the rulebook takes points off.

    问题：完成值大大超过目标值，按本办法扣减了得分。
    影响：得分低于满分，须知道原因。
    例子：完成率 130% 以上，扣 1 分。
    改法：核对目标值；有依据的写明。
    依据：当地办法对超额完成的规定。
    """
    return Fault(note.message, ("完成值",), "请核对目标值是否定得偏低")


@note_check("VA301", _INFO, NoteKind.BARE_TARGET)
def target_without_sign(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """The target has no sign; at least is assumed.

    问题：目标值没有写符号，按“不低于”（≥）理解。
    影响：成本、时限等越低越好的指标会算反。
    例子：目标值 391。
    改法：写成 ≥391；越低越好的写“符号: ≤”。
    依据：光有一个数的目标值按不低于理解。
    """
    return Fault(note.message, ("目标值",), "如越低越好，请写明“符号: ≤”")


@note_check("VA302", _INFO, NoteKind.READING)
def reading_assumed(line: Line, note: Note, _card: Scorecard) -> Fault:
    """A cell was read with an assumption.

    问题：单元格的读法带有假定，假定写在这里。
    影响：假定不对，得分就不对。
    例子：“95%以上”按含本数理解。
    改法：不同意的，把单元格写清楚。
    依据：读法见指南“目标值和完成值怎么写”。
    """
    return Fault(note.message, (_cell_of(line, note),))


@note_check("VA303", _INFO, NoteKind.STRICT_SIGN)
def strict_sign(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """＞ and ＜ are scored as ≥ and ≤.

    问题：＞、＜ 与 ≥、≤ 同样计分。
    影响：正好等于目标值时也得满分。
    例子：目标值 ＞5，完成值 5，得满分。
    改法：不需要改；不同意的，改目标值。
    依据：国家预算管理一体化系统的计算规则。
    """
    return Fault(note.message, ("目标值",))


@note_check("VA304", _INFO, NoteKind.SAME_WORDS)
def actual_repeats_target(_line: Line, note: Note, _card: Scorecard) -> Fault:
    """A qualitative actual repeats the target's words.

    问题：完成值照抄目标值的文字，按达成理解。
    影响：等于没有说明完成情况。
    例子：目标值“得到提升”，完成值“得到提升”。
    改法：写明达成的档次和事实。
    依据：已公布自评表中的实例。
    """
    return Fault(note.message, ("完成值",))


@note_check("VA305", _INFO, NoteKind.BARE_UNIT)
def unit_missing(line: Line, note: Note, _card: Scorecard) -> Fault:
    """One of the two cells lacks its unit; the other's is assumed.

    问题：一格有单位，另一格没有，按同一单位理解。
    影响：单位不同就会算错。
    例子：目标值 ≥20张，完成值 26。
    改法：两格都写单位。
    依据：完成值应与指标值口径一致。
    """
    return Fault(note.message, (_cell_of(line, note),))


_COST_ASPECTS = (Aspect.COST, Aspect.ECONOMIC_COST, Aspect.SOCIAL_COST, Aspect.ECOLOGICAL_COST)


@row_check("VA208", _WARNING, Nature.HEURISTIC)
def cost_better_when_higher(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """A cost indicator is said to be better the higher it is.

    问题：成本指标的符号写成 ≥（或没有写，按 ≥ 理解）。
    影响：花钱越多得分越高，方向反了。
    例子：成本指标“补助总额 ≥17.4万元”。
    改法：越低越好的写 ≤；确有最低标准的，改放数量或质量指标。
    依据：抽查复核发现的常见错误；成本指标属反向指标。
    """
    indicator = line.indicator
    if indicator is None or (
        indicator.section is not Section.COST and indicator.aspect not in _COST_ASPECTS
    ):
        return None
    target = indicator.target
    if target is None or target.kind is not Kind.NUMBER:
        return None
    outcome, sign, wanted, reached, *_ = indicator.comparison
    stated = indicator.sign or target.sign
    if stated is None and outcome is not Outcome.FIGURES:
        return None
    is_kept = stated is None and wanted == reached  # a fixed rate that was kept has no direction
    if is_kept or (stated or sign) not in (Sign.AT_LEAST, Sign.ABOVE):
        return FINE
    return Fault(
        f"成本指标“{line.name}”按“不低于”计分，花得越多得分越高",
        ("符号" if indicator.sign else "目标值",),
        "越低越好的，请写“符号: ≤”",
        line.weight,
    )


@row_check("VA209", _WARNING)
def target_that_cannot_be_missed(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """The target is at least 0, which everything reaches.

    问题：目标值为 0，符号是 ≥（或没有写符号）。
    影响：完成多少都是满分，这个指标没有意义；越低越好的指标则方向反了。
    例子：安全事故数，目标值 0，没有写符号。
    改法：越低越好的写“符号: ≤”或“＝”；否则定一个实际的目标值。
    依据：国家预算管理一体化系统的计算规则：完成值不小于目标值得满分。
    """
    if line.indicator is None:
        return None
    outcome, sign, target, *_ = line.indicator.comparison
    if outcome is not Outcome.FIGURES:
        return None
    if target != ZERO or sign not in (Sign.AT_LEAST, Sign.ABOVE):
        return FINE
    return Fault(
        "目标值为 0，按“不低于”理解，完成多少都是满分",
        ("目标值",),
        "越低越好的，请写“符号: ≤”",
        line.weight,
    )


@row_check("VA210", _WARNING, Nature.HEURISTIC)
def value_not_in_its_text(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """The number that is said to count is neither in the printed text nor the sum of its numbers.

    问题：{值, 文本} 里的值在文本里找不到，也不是文本里各数之和。
    影响：算分的数和表上印的数对不上，公布出去就是两个数。
    例子：{值: 24, 文本: 42（3）}。
    改法：核对值和文本。
    依据：算分用的数应当就是表上印的数。
    """
    indicator = line.indicator
    if indicator is None:
        return None
    seen: Observation | None = None
    for field, cell in (("目标值", indicator.target), ("完成值", indicator.actual)):
        if cell is None or not cell.given or cell.number is None:
            continue
        shown = numbers_in(cell.text)
        if cell.number.copy_abs() not in (*shown, total(shown)):
            return Fault(
                f"“{cell.text}”里没有 {plain(cell.number)} 这个数", (field,), "请核对值和文本"
            )
        seen = FINE
    return seen


_AT_MOST_ALL = re.compile(
    "(?:(?:合格|优良|优秀|达标|及时|按时|准确|正确|覆盖|通过|公开|知晓|满意|完好|合规|出勤)率"
    "|满意度)(?:指标)?(?:[（(][^（）()]*[）)])?$"
)
_PERCENTS = ("%", "％")


@row_check("VA211", _WARNING, Nature.HEURISTIC)
def ratio_above_all(line: Line, _card: Scorecard) -> Fault | Observation | None:
    """A ratio of parts to a whole is above 100 %.

    问题：合格率、满意度、覆盖率、及时率这类比率写成了 100% 以上。
    影响：部分不会多于全部，多半是漏了小数点或写串了格；照样计满分，错误就留下了。
    例子：验收合格率 972%（应为 97.2%），满意度 101%。
    改法：核对原始数据后改正。
    依据：抽查复核：完成值真实、准确；这类比率最多 100%。
    """
    indicator = line.indicator
    if indicator is None or not _AT_MOST_ALL.search(indicator.name):
        return None
    cells = (("目标值", indicator.target), ("完成值", indicator.actual))
    read = [(field, cell) for field, cell in cells if cell is not None and cell.number is not None]
    is_ratio = indicator.unit in _PERCENTS or any(cell.unit == "%" for _, cell in read)
    if not is_ratio:
        return None
    above = [
        (field, cell)
        for field, cell in read
        if cell.unit in ("", "%") and cell.number is not None and cell.number > HUNDRED
    ]
    if not above:
        return FINE
    said = "、".join(f"{field}{cell.text}" for field, cell in above)
    hint = "请核对是否漏了小数点或写串了格"
    return Fault(f"“{line.name}”最多 100%，{said}", (above[0][0],), hint, line.weight)
