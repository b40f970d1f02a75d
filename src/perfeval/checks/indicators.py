"""指标设置: level-3 indicators in the wrong place, hollow, repeated, or without a figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from perfeval.cells.levels import Aspect, Section, likely_aspect, likely_section
from perfeval.cells.notes import NoteKind
from perfeval.cells.reading import numbers_in
from perfeval.cells.values import Kind
from perfeval.checks.registry import (
    FINE,
    LACKING,
    Fault,
    Results,
    row_check,
    sheet_check,
)
from perfeval.checks.subjects import Row
from perfeval.fields import word_of
from perfeval.findings import Nature, Severity
from perfeval.later import regex
from perfeval.numbers import ZERO
from perfeval.scorecard import Basis, Scorecard
from perfeval.sheet import INDICATORS, Indicator

_HEURISTIC = Nature.HEURISTIC
_OUTPUTS = (Aspect.QUANTITY, Aspect.QUALITY, Aspect.TIMELINESS)
_MONEY_NAME = regex("标准|单价|造价|成本|经费|金额|资金|支出|费用|补助额|均价")
_COUNTED = regex("(?:人数|户数|次数|个数|数量|天数|人次)$")
_PAID = regex("(?:支付|拨付|发放|到位|投入|筹集)(?:数|额|金额|总额)?$")
"""Money that was paid or raised is what was done, and no cost."""
_MONEY_UNIT = regex("[0-9）)]\\s*(?:万|亿)?元|[0-9]\\s*万/")
_SECTION, _ASPECT = word_of(Indicator, "section"), word_of(Indicator, "aspect")
_COMPLETION = "完成率"
_RATIO = regex("(?:完成|达标|合格|优良|准确|达成)率")
_TIMELY = regex("及时|按时|按期|时限|进度|工期")
_SATISFIED = regex("满意[度率](?:指标)?(?:[（(][^（）()]*[）)])?$")
_BELONGING: dict[Section, frozenset[Aspect]] = {
    Section.COST: frozenset(
        {
            Aspect.COST,
            Aspect.ECONOMIC_COST,
            Aspect.SOCIAL_COST,
            Aspect.ECOLOGICAL_COST,
        }
    ),
    Section.OUTPUT: frozenset({*_OUTPUTS, Aspect.COST}),
    Section.BENEFIT: frozenset(
        {
            Aspect.ECONOMIC,
            Aspect.SOCIAL,
            Aspect.ECOLOGICAL,
            Aspect.SUSTAINED,
            Aspect.CLIENTS,
        }
    ),
    Section.SATISFACTION: frozenset({Aspect.CLIENTS}),
}
"""What stands under a level-1 heading by 财预〔2021〕101号 and the forms; others hold anything."""


@row_check("IN101", Severity.WARNING, _HEURISTIC, one_cause=True)
def indicator_under_wrong_aspect(row: Row) -> Results:
    """A level-3 indicator stands under a level-2 heading that does not fit it."""
    line = row.line
    indicator = line.indicator
    if not _is_judged_by_name(indicator):
        return
    proper = _proper_aspect(indicator)
    if proper is None or proper is indicator.aspect.group:
        yield FINE
    else:
        yield Fault(
            f"“{line.name}”列在{indicator.aspect.label}下，更像{proper.label}",
            ("名称",),
            f"请核对；属于的话，移到{proper.label}",
        )


def _is_judged_by_name(indicator: Indicator) -> bool:
    """Tell whether it is told what belongs under the heading: outputs, and no satisfaction."""
    if indicator.aspect.group in _OUTPUTS:
        return True
    is_elsewhere = indicator.section.group in _BELONGING and not _is_satisfaction(indicator)
    return is_elsewhere and _SATISFIED.search(indicator.name) is not None


def _proper_aspect(indicator: Indicator) -> Aspect | None:
    """Return the aspect that the name and the unit speak for; ``None`` where they do not."""
    name, target = indicator.name, indicator.target.text if indicator.target else ""
    if _COUNTED.search(name):
        return None
    if _SATISFIED.search(name) and not _is_satisfaction(indicator):
        return Aspect.CLIENTS
    is_money = _MONEY_NAME.search(name) and _MONEY_UNIT.search(target)
    if is_money and not _RATIO.search(name) and not _PAID.search(name):
        return Aspect.COST
    aspect = indicator.aspect.group
    if aspect is Aspect.QUALITY and _TIMELY.search(name):
        return Aspect.TIMELINESS
    if (
        indicator.aspect.group is Aspect.QUANTITY
        and _RATIO.search(name)
        and _COMPLETION not in name
    ):
        return Aspect.QUALITY
    return None


_HOLLOW = regex(
    "(?:效果|成效|作用|效益|质量|水平|能力|满意度|影响力?|程度)?(?:非常|比较|较为|逐步|明显|有效|显著|不断|"
    "持续|得到|有所|进一步|大幅|切实|稳步|较)?(?:显著|明显|提升|提高|改善|增强|加强|良好|较好|较高|有效|促进|优化|"
    "保障|推动|好|高|落实|完善|长期|可持续)"
)
_DIGIT = regex("[0-9]")


@row_check("IN102", Severity.WARNING, _HEURISTIC, one_cause=True)
def indicator_hollow(row: Row) -> Results:
    """The target says nothing that could be measured."""
    line = row.line
    indicator = line.indicator
    if indicator.target is None or indicator.not_applicable or _is_satisfaction(indicator):
        return  # satisfaction wants a figure, which is asked for by itself
    text = indicator.target.text
    if indicator.target.kind is not Kind.WORDS or not _HOLLOW.fullmatch(text):
        yield FINE
    else:
        yield Fault(
            f"目标值“{text}”无法衡量",
            ("目标值",),
            "请换成能数、能查的标准；定性的写明达到什么样算达成",
            line.weight,
        )


_PLAIN = regex(r"[\W_]+")


@lru_cache
def _key(name: str) -> str:
    """Return a name without what makes two writings of it differ."""
    return _PLAIN.sub("", unicodedata.normalize("NFKC", name)).lower()


@sheet_check("IN103", Severity.WARNING)
def indicator_twice(card: Scorecard) -> Results:
    """Two indicators under the same level-2 heading have the same name."""
    seen: set[tuple[str, str, int | None, str]] = set()
    for position, indicator in enumerate(card.sheet.indicators):
        levels = indicator.section.key, indicator.aspect.key
        key = (*levels, indicator.goal, _key(indicator.name))
        if key in seen:
            yield Fault(
                f"“{indicator.name}”{_under(indicator)}出现了不止一次",
                ("指标", position, "名称"),
                "请合并，或把名称写具体",
            )
        else:
            seen.add(key)
            yield FINE


def _under(indicator: Indicator) -> str:
    """Return the level under which an indicator stands, if the form has any."""
    label = indicator.aspect.label or indicator.section.label
    return f"在{label}下" if label else ""


_TAIL = regex("(?:数量|人数|个数|次数|户数|情况|效果|程度|指标|率|数)$")


@sheet_check("IN104", Severity.WARNING, _HEURISTIC)
def output_told_again_as_benefit(card: Scorecard) -> Results:
    """A benefit indicator repeats an output indicator."""
    outputs = {
        _stem(item.name): item.name
        for item in card.sheet.indicators
        if item.section.group is Section.OUTPUT
    }
    for position, indicator in enumerate(card.sheet.indicators):
        if indicator.section.group is not Section.BENEFIT:
            continue
        same = outputs.get(_stem(indicator.name))
        if same is None:
            yield FINE
        else:
            yield Fault(
                f"效益指标“{indicator.name}”与产出指标“{same}”相同",
                ("指标", position, "名称"),
                "效益请写带来的变化",
                indicator.weight,
            )


@lru_cache
def _stem(name: str) -> str:
    """Return what an indicator is about, without how it is counted."""
    key = _key(name)
    return _TAIL.sub("", key) or key


_EXECUTION_AGAIN = regex(
    "(?:预算|资金|经费|支出)(?:资金)?(?:执行|支出|支付|使用)(?:完成)?(?:率|进度)$"
)


_OF_MANAGEMENT = (Section.DECISION, Section.PROCESS)
"""What a form asks of the management of a project; it has rows of its own about the money."""


@row_check("IN105", Severity.WARNING, _HEURISTIC)
def execution_rate_again(row: Row) -> Results:
    """The execution rate is scored a second time, as an indicator."""
    line = row.line
    if not row.scorecard.execution.weight or line.indicator.section.group in _OF_MANAGEMENT:
        return
    if not _EXECUTION_AGAIN.search(line.name):
        yield FINE
    else:
        yield Fault(
            f"“{line.name}”是预算执行率，已在预算执行中计分",
            ("名称",),
            "请改设反映产出或效益的指标",
            line.weight,
        )


def _is_satisfaction(indicator: Indicator) -> bool:
    """Tell whether an indicator is one of satisfaction, wherever the form puts it."""
    section, aspect = indicator.section.group, indicator.aspect.group
    return section is Section.SATISFACTION or aspect is Aspect.CLIENTS


def _is_of_satisfaction(row: Row) -> bool:
    return _is_satisfaction(row.line.indicator)


@row_check("IN106", Severity.WARNING, when=_is_of_satisfaction, one_cause=True)
def satisfaction_without_figure(row: Row) -> Results:
    """A satisfaction indicator has no figure as target or as actual."""
    line = row.line
    indicator = line.indicator
    if indicator.not_applicable or indicator.target is None or indicator.actual is None:
        return
    if any(note.kind in _NO_FIGURE for note in line.notes):
        return  # how it was scored says so already
    for field, cell in (("目标值", indicator.target), ("完成值", indicator.actual)):
        if cell.number is None and not numbers_in(cell.text):
            yield Fault(
                f"满意度的{field}“{cell.text}”不是数",
                (field,),
                "请填写调查得出的数，如 96.3%",
                line.weight,
            )
            return
    yield FINE


_NO_FIGURE = (
    *(NoteKind.WORDS_FOR_FIGURE, NoteKind.FIGURE_FOR_WORDS, NoteKind.WORD_FOR_FIGURE),
    *(NoteKind.UNKNOWN_WORDS, NoteKind.NO_DEGREE, NoteKind.ONE_DATE, NoteKind.RATE_FOR_FIGURE),
)
"""What scoring notes where a figure is missing on one side."""


_SURVEY = regex("问卷|调查|样本|访谈|抽样|测评|回访|评价")


@row_check("IN107", Severity.INFO, Nature.EVIDENCE, when=_is_of_satisfaction, one_cause=True)
def satisfaction_without_survey(row: Row) -> Results:
    """A satisfaction figure is filed and nothing tells how it was surveyed."""
    line = row.line
    indicator = line.indicator
    if indicator.actual is None or indicator.actual.number is None:
        return
    texts = (
        line.name,
        indicator.actual.text,
        indicator.note,
        indicator.reason,
        indicator.measure,
        row.scorecard.sheet.goal_actual,
        row.scorecard.sheet.effects,
        row.scorecard.sheet.note,
    )
    if _mentions(_SURVEY, texts):
        yield FINE
    else:
        yield Fault(
            "满意度没有说明怎样调查得来",
            ("完成值",),
            "请在备注里写明调查方式和样本数",
            line.weight,
        )


def _mentions(pattern: re.Pattern[str], texts: Iterable[str | None]) -> bool:
    return any(text is not None and pattern.search(text) for text in texts)


@sheet_check("IN108", Severity.WARNING, _HEURISTIC)
def nothing_measured(card: Scorecard) -> Results:
    """No indicator of the sheet rests on a figure."""
    scored = [line for line in card.lines if line.points is not None and line.weight]
    if not scored:
        return
    if card.gaps:  # not all rows are known
        yield LACKING
    elif all(line.basis is not Basis.MEASURED for line in scored):
        yield Fault(
            "没有一个指标有据可算，得分全部依填报认定或评判",
            ("指标",),
            "请把产出指标改成有数可比的",
        )
    else:
        yield FINE


@row_check("IN109", Severity.INFO, _HEURISTIC)
def row_worth_nothing(row: Row) -> Results:
    """An indicator has a weight of 0."""
    weight = row.line.weight
    if weight is not None and weight == ZERO:
        yield Fault("分值为 0，完成好坏不影响得分", ("分值",), "请分配分值，或删去")
    elif weight is not None:
        yield FINE


@row_check("IN110", Severity.WARNING, _HEURISTIC)
def aspect_outside_its_section(row: Row) -> Results:
    """A level-2 heading stands under a level-1 heading that it does not belong to."""
    line = row.line
    indicator = line.indicator
    section, aspect = indicator.section.group, indicator.aspect.group
    if section not in _BELONGING or aspect is None:
        return
    if aspect in _BELONGING[section]:
        yield FINE
    else:
        proper = next(
            section
            for section in (Section.OUTPUT, Section.COST, Section.BENEFIT)
            if aspect in _BELONGING[section]
        )
        label = (Section.SATISFACTION if aspect is Aspect.CLIENTS else proper).label
        yield Fault(
            f"“{line.name}”的二级指标是{indicator.aspect.label}，却列在{indicator.section.label}下",
            ("二级指标",),
            f"请移到{label}，或改正二级指标",
        )


@sheet_check("IN111", Severity.WARNING, _HEURISTIC)
def level_name_misspelt(card: Scorecard) -> Results:
    """The name of a level is one slip away from the name of another group."""
    seen: set[tuple[str, str]] = set()
    for at, row in enumerate(card.sheet.indicators):
        for level, name, likely in (
            (_SECTION, row.section.label, likely_section(row.section)),
            (_ASPECT, row.aspect.label, likely_aspect(row.aspect)),
        ):
            if not name or (level, name) in seen:
                continue
            seen.add((level, name))
            if not likely:
                yield FINE
                continue
            yield Fault(
                f"{level}“{name}”不是通行的名称，像是“{likely}”写错了字",
                (INDICATORS, at, level),
                f"写错的，改为“{likely}”；表上就是这样印的，可以不改",
            )
