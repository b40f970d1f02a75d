"""What a line says a table is: a 自评表, or another kind of table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfeval.reading.vocabulary import WordList, keys_of, words
from perfeval.rulebook.form_faults import heading_key

_LONGEST_TITLE = 80
_NOTE = re.compile(r"\([^()]*\)$")
"""What stands in brackets at the end of a title: (试行), (2024年修订)."""
_REMARKS = ("注", "备注", "说明")


def is_title(text: str) -> bool:
    """Tell whether a line is the title of a 自评表.

    >>> is_title("2023年度项目绩效自评表"), is_title("自评表填报说明")
    (True, False)
    >>> is_title("注：本自评表由某局填报")
    False
    """
    key = heading_key(text)
    is_own = any(word in key for word in keys_of(WordList.TITLES))
    return is_own and _is_short(key) and not other_kind(key)


def is_other_title(text: str) -> bool:
    """Tell whether a line is the title of another kind of table.

    >>> is_other_title("2023年度绩效自评情况汇总表"), is_other_title("填表说明：1.保留两位小数。")
    (True, False)
    """
    key = heading_key(text)
    return _is_short(key) and bool(other_kind(key))


def _is_short(key: str) -> bool:
    """Tell whether a line may be a title: no remark, no sentences, not too long."""
    is_remark = key.startswith(_REMARKS) or re.search("[。;；]", key) is not None
    return 0 < len(key) <= _LONGEST_TITLE and not is_remark


def other_kind(key: str) -> str:
    """Return what a title says it is, where that is no 自评表."""
    others = words()["别的表"].items()
    return next((kind for kind, marks in others if any(mark in key for mark in marks)), "")


def kind_of_writing(lines: Iterable[str]) -> str:
    """Return what a text says it is in its title, where that is no table: 通知, 报告, 办法.

    The title is the first line that speaks of a 自评, or goes on to the line below it.

    >>> kind_of_writing(["关于项目支出绩效自评工作的通知"]), kind_of_writing(["项目支出绩效自评表"])
    ('通知', '')
    >>> kind_of_writing(["绩效自评办法（试行）", "第一条 项目支出绩效自评表由单位填报"])
    '办法'
    """
    kinds = words()["文书"]
    for text in lines:
        key = _NOTE.sub("", heading_key(text))
        kind = next((one for one in kinds if key.endswith(one)), "")
        if kind and _is_short(key):
            return str(kind)
        if is_title(text):
            return ""
    return ""


def is_continued(text: str) -> bool:
    """Tell whether a line says that a table goes on from the page before.

    >>> is_continued("项目支出绩效自评表（续）"), is_continued("续表2"), is_continued("手续")
    (True, True, False)
    """
    pattern = words()["续表"]
    return re.fullmatch(pattern, heading_key(text)) is not None
