"""文字: residue of templates, slips of the hand in numbers, document numbers and headings."""

from __future__ import annotations

import re
import unicodedata

from perfeval.cells.agreement import is_share
from perfeval.checks.clause_marks import CLAUSE_MARK, Starts
from perfeval.checks.mentions import speaks_of
from perfeval.checks.registry import FINE, LACKING, Fault, Results, sheet_check, text_check
from perfeval.checks.scopes import Scopes
from perfeval.checks.subjects import Passage
from perfeval.findings import Fix, Nature, Severity
from perfeval.later import regex
from perfeval.numbers import parse_number, percent
from perfeval.scorecard import Scorecard

_PLACEHOLDER = regex(  # （≥**人） is part of the names that some forms prescribe
    "[xX×]{2,}|(?<![≥≤*\uff0a])[*\uff0a]{2,}|[_\uff3f]{3,}|某某|待(?:填|补充|定|完善)|TODO|【[^】]{0,20}】|"
    "(?:此处|请)(?:填写|输入)|部门名称|单位名称|项目名称|（(?:示例|样例|模板)）"
)
_PLACED = regex("[xX×*\uff0a_\uff3f【]")
_PLACED_WORDS = (
    *("某某", "待填", "待补充", "待定", "待完善", "TODO", "填写", "输入"),
    *("部门名称", "单位名称", "项目名称", "（示例）", "（样例）", "（模板）"),
)
"""One of these, or a sign above, is in every placeholder; to look for them takes less time."""


@text_check("TX101", Severity.WARNING, Nature.HEURISTIC)
def template_residue(passage: Passage) -> Results:
    """A placeholder or a word of the template was left in the text."""
    if not (_PLACED.search(passage.text) or any(word in passage.text for word in _PLACED_WORDS)):
        return
    for match in _PLACEHOLDER.finditer(passage.text):
        yield Fault(f"“{match.group()}”像是模板里没有填的地方", hint="请换成实际内容，或删去")


_DOCUMENT = regex(
    r"(?<=[\u4e00-\u9fff])(?P<open>[\[\uff3b【(（〈<])(?P<year>(?:19|20)[0-9]{2})[\]\uff3d】)）〉>]\s*"
    r"(?P<rest>第?[0-9]{1,5}号)(?![楼院线门室房栋车库店厅])"
)
_ROUND = "(（"
"""Round brackets may be a remark: 在（2023）5号楼; they are asked about and never changed."""


@text_check("TX102", Severity.WARNING)
def document_number_brackets(passage: Passage) -> Results:
    """The year of a document number does not stand in 〔〕."""
    for match in _DOCUMENT.finditer(passage.text):
        better = f"〔{match['year']}〕{match['rest']}"
        fix = None if match["open"] in _ROUND else Fix(match.group(), better, match.start())
        yield Fault(f"发文字号“{match.group()}”的括号不对", hint=f"请写成 {better}", fix=fix)


_HEADING = regex(
    r"(?m)^[ 　]*(?P<number>[一二三四五六七八九十]{1,3})(?P<mark>[.\uff0e])"
    r"(?![一二三四五六七八九十0-9])"
)


@text_check("TX103", Severity.INFO)
def heading_mark(passage: Passage) -> Results:
    """A heading numbered 一 is not followed by 、."""
    for match in _HEADING.finditer(passage.text):
        number = match["number"]
        old, new = f"{number}{match['mark']}", f"{number}、"
        yield Fault(
            f"序号“{old}”后面应是顿号",
            hint=f"请写成 {new}",
            fix=Fix(old, new, match.start("number")),
        )


_SPLIT_NUMBER = regex(
    r"(?<=[\u4e00-\u9fff])(?<!第)[0-9]+"
    r"(?:[ \u00a0\u3000]+\.[ \u00a0\u3000]*|\.[ \u00a0\u3000]+)[0-9]+(?![0-9.]|[ ]*[、.])"
)
"""Right behind a word: elsewhere the number before the dot may count items."""


@text_check("TX104", Severity.WARNING)
def space_inside_number(passage: Passage) -> Results:
    """A number is split by a space at its decimal point."""
    for match in _SPLIT_NUMBER.finditer(passage.text):
        joined = re.sub(r"\s+", "", match.group())
        yield Fault(
            f"“{match.group()}”中间有空格",
            hint=f"请写成 {joined}",
            fix=Fix(match.group(), joined, match.start()),
        )


_YEAR = regex(r"(?<![0-9.〔\[（(])(?P<year>20[0-9]{2})\s*年度")
_COMPARED = regex("[较比同]|上年|去年|以来|结转|起")


@text_check("TX105", Severity.WARNING, Nature.HEURISTIC)
def other_year(passage: Passage) -> Results:
    """The text speaks of another year's work."""
    text = passage.text
    for match in _YEAR.finditer(text):
        near = text[max(0, match.start() - 2) : match.start()] + text[match.end() : match.end() + 2]
        year = parse_number(match["year"])
        is_near = year is not None and passage.sheet.year <= year <= passage.sheet.year + 1
        if not is_near and not _COMPARED.search(near):  # next year's work is often spoken of
            yield Fault(
                f"写的是 {match['year']} 年度，这张表是 {passage.sheet.year} 年度",
                hint="请核对年度",
            )


_RATE = regex(
    r"(?:执行率|完成(?:全年|年初|调整)?预算数?的)(?:为|是|达到|达|均为|：|:)?\s*(?P<rate>[0-9]+(?:\.[0-9]+)?)[%％]"
)


@text_check("TX106", Severity.WARNING, Nature.HEURISTIC)
def rate_in_text_unlike_amounts(passage: Passage) -> Results:
    """The text states an execution rate that the amounts do not give."""
    text = passage.text
    budget = passage.sheet.budget
    if not budget.base or budget.spent is None:
        if _RATE.search(text):
            yield LACKING
        return
    marks, plans = Starts(CLAUSE_MARK, text), Starts(_PLAN, text)
    sentences, scopes = Starts(_STOP, text), Scopes(text, passage.sheet.year, (_OTHER_MONEY,))
    for match in _RATE.finditer(text):
        start = match.start()
        is_aim = plans.is_between(marks.end_before(start), start)
        is_other = scopes.is_part(sentences.end_before(start), start)
        is_limit = _LIMIT.match(text, match.end()) is not None
        stated = None if is_aim or is_other or is_limit else parse_number(match["rate"])
        if stated is not None and not is_share(stated, budget.spent, budget.base):
            computed = percent(budget.spent, budget.base, 2)
            yield Fault(
                f"文字写执行率 {match['rate']}%，按金额应为 {computed}", hint="请按金额改写"
            )


_PLAN = regex("确保|力争|争取|保证|目标|不低于|至少|应")
"""Before a rate in its clause: it is aimed at and not what was reached."""
_STOP = regex("[。；;\n]")
_OTHER_MONEY = "other-money"
"""The list of words for a part of the money, whose rate is another one."""
_LIMIT = regex("以[上下内]|左右|上下|[-—－~～至]|的(?:项目|单位|部门|科室|给|有)|[得扣记计奖]")
"""Behind a rate: it is a limit, or what is asked of those that reach it."""


_WIDE = regex(r"[\uff10-\uff19]+(?:[\uff0e,.][\uff10-\uff19]+)*％?")
_NARROW = {
    ord(wide): unicodedata.normalize("NFKC", wide)
    for wide in "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0e％"
}


@text_check("TX107", Severity.INFO)
def wide_digits(passage: Passage) -> Results:
    """Digits in the text are full-width."""
    for match in _WIDE.finditer(passage.text):
        better = match.group().translate(_NARROW)
        yield Fault(
            f"“{match.group()}”是全角数字",
            hint=f"请写成 {better}",
            fix=Fix(match.group(), better, match.start()),
        )


_LATE = regex(r"〔(?P<year>20[0-9]{2})〕")


@text_check("TX108", Severity.WARNING, Nature.HEURISTIC)
def document_from_the_future(passage: Passage) -> Results:
    """A document is cited that was issued long after the year assessed."""
    for match in _LATE.finditer(passage.text):
        year = parse_number(match["year"])
        if year is not None and year > passage.sheet.year + 1:
            yield Fault(
                f"引用了 {match['year']} 年的文件，这张表是 {passage.sheet.year} 年度",
                hint="请核对发文字号",
            )


@sheet_check("TX109", Severity.INFO, Nature.HEURISTIC)
def effects_of_something_else(card: Scorecard) -> Results:
    """The text on outputs and effects speaks of none of the indicators."""
    sheet = card.sheet
    text = "\n".join(filter(None, (sheet.effects, sheet.goal_actual)))
    if not text or not card.lines:
        return
    least = card.rulebook.checking.named
    if any(speaks_of(text, line.name, least) for line in card.lines):
        yield FINE
    else:
        path = "产出和效果" if sheet.effects is not None else "年度目标完成情况"
        yield Fault("文字没有讲到表里的任何一个指标", (path,), "请用表里的产出和效益来写")
