"""What a text claims of everything at once: that all goals were met, that all money was spent.

The patterns are narrow on purpose.  “培训任务100%完成” speaks of one thing and is no claim about
the goals; what is aimed at, denied or excepted is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfeval.checks.clause_marks import Starts

_ALL = "(?:全部|均已?|都已?|全面|圆满|100[%％]|百分之百)"
_DONE = "(?:完成|达成|实现)"
_GOALS = (
    "(?:年度|全年|年初|既定|预期|各项|绩效|总体|设定的?){1,6}(?:工作|绩效)?(?:目标|指标)"
    "(?:任务|值)?"
)
"""With a bound: without one a text of these words alone takes the square of its length."""
_END = "(?!任务|值|的|管理|填报|申报|编制|审核|自评|体系|监控|设定|存在)"
"""Behind the goals: with one of these it is about paper work, or about a part of them."""
_WHOLE = re.compile(
    rf"{_ALL}地?(?:按时|按期|按要求)?{_DONE}了?(?:本项目|项目|部门|单位)?的?{_GOALS}{_END}"
    rf"|{_GOALS}(?:已经|已)?{_ALL}(?:已|按时|按期)?{_DONE}(?![率的]){_END}"
    rf"|{_GOALS}的?{_DONE}(?:率)?(?:均|都)?(?:为|是|达到|达)?\s*(?:100[%％]|百分之百)(?!的){_END}"
)
_SPENT = re.compile(
    r"(?:各|所有|全部|每个)(?:个|自评)?项目[^，。；,;\n]{0,8}执行率(?:均|都|全部)?(?:为|是|达到|达)?\s*100[%％](?!的|以内|以下|左右)"
)
_SENTENCE = re.compile("[^。；;!！?？\n]+")
_DENIED = re.compile(
    "[未没除]|不足|尚|基本|大部分|多数|无法|不能|不可能|并非|难以|其他|其它|其余|个别"
)
_BUT = re.compile("仅|只有|但|除")
_AIM = re.compile("确保|力争|争取|保证|保障|努力|推动|促进|以便?|将|计划|拟|应|要求|如果?|是否")
_COMMA = re.compile("[，,]")


def claims_of_all_goals(text: str) -> Iterator[str]:
    """Yield the words that claim that every goal was met.

    >>> list(claims_of_all_goals("全年培训3场，圆满完成各项目标。"))
    ['圆满完成各项目标']
    >>> list(claims_of_all_goals("培训任务100%完成，确保全部完成年度目标"))
    []
    """
    return _claims(_WHOLE, text)


def claims_of_full_execution(text: str) -> Iterator[str]:
    """Yield the words that claim that every project spent all of its money.

    >>> list(claims_of_full_execution("各项目预算执行率均为100%"))
    ['各项目预算执行率均为100%']
    """
    return _claims(_SPENT, text)


def _claims(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for sentence in _SENTENCE.finditer(text):
        said = sentence.group()
        claims = list(pattern.finditer(said))
        if not claims:
            continue
        commas, aims = Starts(_COMMA, said), Starts(_AIM, said)
        denials, buts = Starts(_DENIED, said), Starts(_BUT, said)
        for match in claims:
            start, end = match.span()
            is_aim = aims.is_between(commas.end_before(start), end)
            is_denied = denials.is_between(0, start) or buts.is_between(end, len(said))
            if not is_aim and not is_denied:
                yield match.group()
