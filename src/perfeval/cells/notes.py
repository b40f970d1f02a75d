"""What a reading or a score took for granted, or stumbled over, as typed sentences."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class NoteKind(Enum):
    """A kind of note; the value is its sentence, in Chinese.

    >>> NoteKind.NO_TARGET.name, NoteKind.NO_TARGET.value
    ('NO_TARGET', '未填目标值')
    """

    __hash__ = object.__hash__  # Enum's own hash is a Python call on every look-up

    # why a row has no points
    NO_WEIGHT = "未填分值"
    NO_TARGET = "未填目标值"
    NO_ACTUAL = "未填完成值"
    TWO_NUMBERS = "“{}”里不止一个数，无法确定哪个数算分"
    UNCLEAR = "“{}”的读法不能确定"
    NUMBER_FORM = "“{}”不是规范的数字写法，改正之前不计分"
    DIFFERENT_UNITS = "目标值单位“{}”与完成值单位“{}”不同，无法比较"
    READINGS = "有两种读法，得分不同：{}；{}"
    RATE_FOR_CEILING = "目标值“{}”是上限、零或增减幅度，完成值“{}”不能当作完成率"
    NO_DEGREE = "目标值“{}”是文字，完成值“{}”不能当作完成率"
    DAY_UNKNOWN = "完成时间“{}”与期限“{}”分不出先后，要写到哪一天"
    TWO_ENDS = "期限“{}”有两种读法，到{}或到{}，结果不同"
    DATE_AT_LEAST = "期限“{}”带的符号说不通，期限应是“不晚于”"
    ONE_DATE = "目标值“{}”与完成值“{}”只有一个是日期，无法比较"
    LATE = "完成时间“{}”晚于期限“{}”"
    LATE_BY = "逾期 {} {}"
    SCALE_NAME = "完成值“{}”只写了可选的用语，没有选定"
    ACTUAL_OPEN = "完成值“{}”不是一个确定的数，不能断定达到目标值“{}”"
    OUTSIDE_RANGE = "完成值“{}”不在目标值“{}”之内"
    NO_DIRECTION = "目标值“{}”没有写明往哪边算好，完成值“{}”无法判断"
    LOWER_GRADE = "完成等次“{}”低于目标等次“{}”，没有按比例计分的规定"
    OTHER_SUBJECT = "目标值“{}”与完成值“{}”说的不是同一件事"
    RATE_NOT_SCORED = "完成值“{}”是完成率，目标值“{}”不是百分数，按本办法不计分"
    WORDS_FOR_FIGURE = "目标值“{}”是数，完成值“{}”不是数，也不是认可的达成用语"
    FIGURE_FOR_WORDS = "目标值“{}”是文字，完成值“{}”是数，无法比较"
    SHORT_IN_WORDS = "完成值“{}”说明没有全部做到，目标值是“{}”"
    UNKNOWN_WORDS = "完成值“{}”不是办法列出的用语，无法归入档次"
    NO_JUDGEMENT = "属“{}”档，应在 {} 至 {} 分之间评定，未填报得分"
    OUTSIDE_BAND = "属“{}”档，应在 {} 至 {} 分之间，填报的 {} 分不在其中"
    NEGATIVE_TARGET = "目标值“{}”为负数，没有达到，不能按比例计分"
    OPPOSITE_SIGNS = "写明的符号“{}”与目标值“{}”的方向相反"
    NOT_APPLICABLE = "不适用，不参与计分"
    NOT_APPLICABLE_REFUSED = "填报为不适用，本办法没有不适用的规定"
    FAULTY_STANDARD = "评分标准有矛盾，未按它计分：{}"
    STANDARD_MISFIT = "评分标准“{}”不能用于符号为“{}”的指标"
    STANDARD_NEEDS_FIGURES = "评分标准“{}”要按数计分，目标值“{}”与完成值“{}”不是同一口径的数"
    STANDARD_NEEDS_WORDS = "评分标准“{}”要按用语归档，完成值“{}”是数"
    NO_RATE_OF_ZERO = "目标值为 0，完成率无从计算，不能按完成率分档"
    UNIT_BLANK = "{} 未填{}，不能汇总"
    UNITS_MIXED = "各单位的{}不是同一口径的数，不能汇总：{}"
    UNIT_MONEY = "{} 未填资金，比率不能按资金加权平均"
    NO_BUDGET = "未填预算数"
    NO_SPENT = "未填执行数"
    ZERO_BUDGET = "预算数为 0，执行率无从计算"
    OVERSPENT_REFUSED = "执行数大于预算数，按本办法不计分"
    EXECUTION_NOT_SCORED = "按本办法，预算执行率只列示，不计分"
    # what was taken for granted
    BARE_TARGET = "目标值未写符号，按“不低于”（≥）理解"
    READING = "{}"
    BARE_UNIT = "“{}”未写单位，按“{}”理解"
    PER_LEFT_OUT = "“{}”没有写每人、每月等，按“{}”的口径认定"
    BARE_PERCENT = "完成值“{}”未写百分号，按 {}% 理解"
    TARGET_PERCENT = "目标值“{}”漏写百分号"
    STORED_FRACTION = "完成值“{}”是存成小数的百分数，即 {}%"
    WITHIN = "“{}”按偏差的大小比较，不分正负"
    NO_DATE = "目标值“{}”是期限，完成值“{}”没有写日期，按按期完成认定"
    DATE_LEFT_OUT = "目标值“{}”里的期限没有参与比较"
    ABOUT_ACTUAL = "完成值“{}”是约数或区间，不是实测数"
    OTHER_COUNTER = "目标值“{}”与完成值“{}”的量词不同，按数认定"
    TREND_TAKEN = "“{}”没有写增减，按“{}”的说法理解"
    OPPOSITE_TREND = "目标值“{}”与完成值“{}”一增一减，方向相反"
    STRICT_SIGN = "符号“{}”与“{}”同样计分"
    ORIGINAL_BUDGET = "只有年初预算数，执行率以它为分母"
    RATE_FOR_FIGURE = "目标值“{}”不是百分数，完成值“{}”按完成率计分"
    WORD_FOR_FIGURE = "完成值“{}”没有数，按达成计满分"
    ALL_IN_WORDS = "完成值“{}”没有数，按全部做到计满分"
    SIGN_IN_ACTUAL = "完成值“{}”带有符号，不是实测数"
    SAME_WORDS = "完成值与目标值用语相同，按达成理解"
    NEGATIVE_ACTUAL = "完成值“{}”为负数，计 0 分"
    OVERSPENT = "执行数大于预算数，按满分计"
    ZERO_BUDGET_ZERO = "预算数为 0，按本办法计 0 分"
    SUMMED = "{}由 {} 个单位累加：{}"
    WEIGHTED = "{}由 {} 个单位按资金加权平均：{}"
    UNITS_JUDGED = "由 {} 个单位的评定按资金加权平均：{}"
    DEDUCTED = "另扣减 {} 分，扣到 0 分为止"
    DEDUCTION_REFUSED = "本办法没有扣减分数的规定，填报的扣减分数 {} 分未扣"
    OWN_STANDARD = "按本表自定的评分标准计算（依据：{}）"
    INFERRED_WEIGHT = "表上没有印出分值，按满分推定"
    OVER_ACHIEVED = "完成值达到目标值的 {}% 以上，应关注目标是否偏低"
    OVER_NEEDS_REASON = "完成值达到目标值的 {}% 以上，按本办法须说明原因"
    OVER_REDUCED = "完成值达到目标值的 {}% 以上，按本办法扣减得分"


class Note(NamedTuple):
    """A note: its kind and the figures of its sentence.

    >>> from perfeval import evaluate
    >>> report = evaluate("shipped:qingshan-2023/养老服务体系建设运营补助资金")
    >>> noted = [note for row in report.scorecard.rows for note in row.notes]
    >>> isinstance(noted[0].kind, NoteKind), noted[0].message != ""
    (True, True)
    """

    kind: NoteKind
    values: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The sentence, in Chinese."""
        return self.kind.value.format(*self.values)
