"""Targets and actuals: what could not be compared, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.findings import Finding, Severity
from perfeval.notes import Note, NoteKind
from perfeval.scorecard import Line, Scorecard

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_NOTES = {
    NoteKind.NO_TARGET: ("VA101", _ERROR, "目标值", "请填写年度指标值"),
    NoteKind.NO_ACTUAL: ("VA102", _ERROR, "完成值", "请填写实际完成值"),
    NoteKind.TWO_NUMBERS: ("VA103", _ERROR, "目标值", "请写成 {值: 算分的数, 文本: 表上的写法}"),
    NoteKind.UNCLEAR: (
        "VA115",
        _ERROR,
        "目标值",
        "请写成 {值: 算分的数, 文本: 表上的写法}，并用“符号”写明方向",
    ),
    NoteKind.BARE_UNIT: ("VA305", _INFO, "完成值", ""),
    NoteKind.DIFFERENT_UNITS: ("VA104", _ERROR, "完成值", "请按目标值的单位填写完成值"),
    NoteKind.UNCLEAR_PERCENT: ("VA105", _ERROR, "完成值", "请写上百分号"),
    NoteKind.WORDS_FOR_FIGURE: ("VA106", _ERROR, "完成值", "请填写实际完成的数"),
    NoteKind.FIGURE_FOR_WORDS: ("VA107", _ERROR, "目标值", "请把目标值写成可以比较的数"),
    NoteKind.UNKNOWN_WORDS: (
        "VA108",
        _ERROR,
        "完成值",
        "请写办法的用语（如“达成预期指标”）或完成率，并填报评定的得分",
    ),
    NoteKind.NO_JUDGEMENT: ("VA109", _WARNING, "已填报得分", "请在档次区间内评定得分"),
    NoteKind.OUTSIDE_BAND: ("VA110", _ERROR, "已填报得分", "请在档次区间内评定得分"),
    NoteKind.NEGATIVE_TARGET: ("VA111", _ERROR, "目标值", "请核对目标值"),
    NoteKind.OPPOSITE_SIGNS: ("VA112", _ERROR, "符号", "请只保留一个正确的符号"),
    NoteKind.RATE_NOT_SCORED: ("VA113", _ERROR, "完成值", "请填写实际完成的数"),
    NoteKind.NOT_APPLICABLE_REFUSED: (
        "VA114",
        _ERROR,
        "不适用",
        "请填写目标值和完成值，或与财政部门商定如何计分",
    ),
    NoteKind.OVER_ACHIEVED: ("VA206", _INFO, "完成值", "请核对目标值是否定得偏低"),
    NoteKind.OVER_REDUCED: ("VA207", _WARNING, "完成值", "请核对目标值是否定得偏低"),
    NoteKind.RATE_FOR_FIGURE: ("VA201", _WARNING, "完成值", "请按目标值的内容填写实际完成情况"),
    NoteKind.WORD_FOR_FIGURE: ("VA202", _WARNING, "完成值", "请填写实际完成的数"),
    NoteKind.SIGN_IN_ACTUAL: ("VA203", _WARNING, "完成值", "请填写实测的数"),
    NoteKind.NEGATIVE_ACTUAL: ("VA204", _WARNING, "完成值", "请核对完成值"),
    NoteKind.BARE_PERCENT: ("VA205", _WARNING, "完成值", "请写上百分号"),
    NoteKind.BARE_TARGET: ("VA301", _INFO, "目标值", "如越低越好，请写明“符号: ≤”"),
    NoteKind.READING: ("VA302", _INFO, "目标值", ""),
    NoteKind.STRICT_SIGN: ("VA303", _INFO, "目标值", ""),
    NoteKind.SAME_WORDS: ("VA304", _INFO, "完成值", ""),
}


_EITHER = (NoteKind.TWO_NUMBERS, NoteKind.UNCLEAR, NoteKind.BARE_UNIT, NoteKind.READING)
"""Notes that may speak of the target or of the actual."""


def check_values(scorecard: Scorecard) -> Iterator[Finding]:
    """Report what scoring could not compare and what it assumed."""
    for position, line in enumerate(scorecard.lines):
        for note in line.notes:
            if note.kind in _NOTES:
                code, severity, field, hint = _NOTES[note.kind]
                if note.kind in _EITHER and _is_of_actual(line, note):
                    field = "完成值"
                yield Finding(code, severity, note.message, ("指标", position, field), hint)


def _is_of_actual(line: Line, note: Note) -> bool:
    """Tell whether the cell that a note speaks of is the actual, not the target."""
    indicator = line.indicator
    if indicator is None or indicator.target is None:
        return True
    return note.values[0] not in (indicator.target.text, *indicator.target.assumptions)
