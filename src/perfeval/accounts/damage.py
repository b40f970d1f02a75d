"""Whether a text is what stands in the document, or was torn while it was taken out of it."""

from __future__ import annotations

import re

from perfeval.accounts.data import Limit, limit
from perfeval.accounts.text import AccountText

_MONEY = re.compile("(?P<before>.{0,1})(?:万元|亿元)")
_NO_FIGURE = re.compile("[：:（(位额、，/]")
_STAND_IN = re.compile("[0-9Xx×*_…—.]")
_CUT = re.compile("[0-9]万(?![元人份字余多个户张册平亩吨辆台头公，。；、）（])")
_LEAST_MONEY = limit(Limit.MONEY)
_MOST_OF_HUNDRED = limit(Limit.WITHOUT)


def damage_of(document: AccountText) -> str:
    """Return why a text is not to be trusted; empty where nothing speaks against it.

    In a sound text an amount stands before nearly every 万元: 0 to 3 of 100 have none.
    """
    if not document.text:
        return "没有读出文字；如果是扫描件，请用带文字的文件"
    without, money = 0, 0
    for found in _MONEY.finditer(document.text):
        before = found["before"]
        if _NO_FIGURE.match(before):
            continue
        money += 1
        without += not _STAND_IN.match(before)
    without += len(_CUT.findall(document.text))
    if money >= _LEAST_MONEY and without * 100 > money * _MOST_OF_HUNDRED:
        return f"{money} 处“万元”里有 {without} 处前面没有数，文字在提取时被打乱或丢失了"
    return ""
