"""What a document says of each project, as a draft of its sheet.

A draft holds what is printed and nothing else: a figure that two sentences give differently, or
that the words before it do not name beyond doubt, is left out and told.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.accounts.account import Account
from perfeval.accounts.certainty import certain_words, is_certain, money_of
from perfeval.accounts.facts import AccountFigure, FigureKind, FigureMeasure
from perfeval.accounts.items import ListedItem, ListKind
from perfeval.accounts.tolerances import Fit, fit_of_rate
from perfeval.drafting.gathering import DraftedFile, Drafting
from perfeval.drafting.words import named_bases, pattern, texts, words
from perfeval.fields import word_of
from perfeval.numbers import ZERO
from perfeval.sheet import Budget, FiledBudget, FiledTotal, Sheet

_BUDGET, _FILED = word_of(Sheet, "budget"), word_of(Sheet, "filed")
_RATE = word_of(FiledBudget, "rate")
_PROBLEMS = word_of(Sheet, "problems")


def projects_of(account: Account) -> list[ListedItem]:
    """Return the projects whose results a document tells one by one."""
    return [item for item in account.items if item.kind == ListKind.PROJECTS]


def attachments_of(account: Account, *, of_the_whole: bool) -> list[ListedItem]:
    """Return the attached results of projects, or of the department as a whole."""
    whole = pattern("名称里的整体")
    found = (item for item in account.items if item.kind == ListKind.ATTACHMENTS)
    return [item for item in found if bool(whole.search(item.name)) == of_the_whole]


def project_name(account: Account, item: ListedItem) -> str:
    """Return the name of a project as it is printed, with the quotes that are a part of it."""
    heading = account.document.text[item.start : item.end]
    bare = pattern("标题尾").sub("", pattern("标题头").sub("", heading))
    if bare[:1] in _OPENING and _closing_of(bare) in (-1, len(bare) - 1):
        bare = bare[1:]
    is_left_open = any(bare.count(one) < bare.count(end) for one, end in _QUOTES.items())
    return bare[:-1] if is_left_open and bare[-1:] in _ENDING else bare


_QUOTES = {"“": "”", "《": "》"}
_OPENING, _ENDING = tuple(_QUOTES), tuple(_QUOTES.values())


def _closing_of(name: str) -> int:
    """Return where the quote ends with which a name begins; -1 where it does not end."""
    return name.find(_QUOTES[name[0]])


def drafted_sheets(account: Account) -> Iterator[DraftedFile]:
    """Yield the draft of a sheet for each project of which the document tells."""
    attached: dict[str, list[ListedItem]] = {}
    for item in attachments_of(account, of_the_whole=False):
        attached.setdefault(item.name, []).append(item)
    projects = projects_of(account)
    for item in projects:
        if project_name(account, item):
            yield _sheet(account, [item, *attached.pop(item.name, ())])
    for items in attached.values() if not projects else ():
        yield _sheet(account, items)


def _sheet(account: Account, items: list[ListedItem]) -> DraftedFile:
    """Return the draft of a project's sheet from all that tells of it."""
    draft = Drafting(account)
    where = account.document.where
    name = project_name(account, items[0])
    if account.year is not None:
        draft.put((word_of(Sheet, "year"),), account.year)
    draft.put((word_of(Sheet, "name"),), name, where(items[0].start))
    figures = taken_figures(draft, [item.subject for item in items])
    _budget(draft, figures)
    _filed(draft, figures)
    for item in items:
        _tell_unread(draft, item)
        for word, text, at in texts_in(draft, item):
            target = (_FILED, _PROBLEMS) if word == _PROBLEMS else (word,)
            if target not in draft.said:
                draft.put(target, text, where(at))
    return DraftedFile(name, draft.data, draft.said, tuple(draft.unread), items[0].start)


def _tell_unread(draft: Drafting, item: ListedItem) -> None:
    """Name the amounts of a project of which nothing is understood."""
    start, end = draft.account.item_text(item)
    for figure in draft.account.figures:
        if start <= figure.start < end and not figure.is_bound and figure.kind is FigureKind.MONEY:
            draft.skip(figure.start, f"{figure.text} 没有读懂，没有写入")


def taken_figures(draft: Drafting, subjects: list[str]) -> dict[FigureMeasure, list[AccountFigure]]:
    """Return the figures of subjects that are beyond doubt, by what they are.

    What is named otherwise than a sheet names it is told; so is a figure that is printed twice
    with different values, of which none is taken.
    """
    found: dict[FigureMeasure, list[AccountFigure]] = {}
    doubted: list[AccountFigure] = []
    for figure in draft.account.figures:
        if figure.subject not in subjects or figure.measure not in certain_words():
            continue
        if is_certain(draft.account, figure):
            found.setdefault(figure.measure, []).append(figure)
        else:
            doubted.append(figure)
    sure = {measure: same for measure, same in found.items() if _agree(draft, same)}
    spent = _told_by_rate(doubted, found, sure)
    if spent:
        sure[FigureMeasure.FINAL] = spent
        draft.assumed[FigureMeasure.FINAL] = words()["与执行率相符"]
    known = {figure.value for same in sure.values() for figure in same}
    for figure in doubted:
        if figure.kind is not FigureKind.MONEY or figure.value not in known:
            word = figure.measure.value if figure.measure else ""
            draft.skip(figure.start, f"{figure.text} 是不是{word}拿不准，没有写入")
    return sure


def _told_by_rate(
    doubted: list[AccountFigure],
    found: dict[FigureMeasure, list[AccountFigure]],
    sure: dict[FigureMeasure, list[AccountFigure]],
) -> list[AccountFigure]:
    """Return what was spent in all where only the printed rate says that it is all."""
    spent = [figure for figure in doubted if figure.measure is FigureMeasure.FINAL]
    rates = sure.get(FigureMeasure.COMPLETION)
    bases = [sure[measure][0].value for measure in _PLANNED if measure in sure]
    is_one = len({figure.value for figure in spent}) == 1 and FigureMeasure.FINAL not in found
    if not is_one or not rates or not bases or bases[0] <= ZERO or money_of(spent[0]) is None:
        return []
    fits = fit_of_rate(rates[0].number, spent[0].value, bases[0])
    return spent if fits is not Fit.BROKEN else []


_PLANNED = (FigureMeasure.ADJUSTED, FigureMeasure.BUDGET, FigureMeasure.ORIGINAL)


def _agree(draft: Drafting, figures: list[AccountFigure]) -> bool:
    """Tell whether figures that are one say one value; say so where they do not."""
    values = {figure.value for figure in figures}
    if len(values) < 2:
        return True
    word = figures[0].measure.value if figures[0].measure else ""
    printed = "、".join(dict.fromkeys(figure.text for figure in figures))
    draft.skip(figures[0].start, f"{word}有几个（{printed}），不知道是哪一个，没有写入")
    return False


def _budget(draft: Drafting, found: dict[FigureMeasure, list[AccountFigure]]) -> None:
    """Put the money of a project, and its rate as it is printed."""
    planned = found.get(FigureMeasure.ADJUSTED)
    unstaged = found.get(FigureMeasure.BUDGET)
    note = ""
    if planned and unstaged and planned[0].value != unstaged[0].value:
        draft.skip(unstaged[0].start, f"预算数 {unstaged[0].text} 与全年预算不同，没有写入")
    if not planned and unstaged:
        planned, note = unstaged, words()["预算没有写明"]
    amounts = {
        "original": (found.get(FigureMeasure.ORIGINAL), ""),
        "final": (planned, note),
        "spent": (found.get(FigureMeasure.FINAL), draft.assumed.get(FigureMeasure.FINAL, "")),
        "transferred": (found.get(FigureMeasure.MOVED), ""),
    }
    for name, (figures, note) in amounts.items():
        if figures:
            value = money_of(figures[0])
            said = draft.where(figures) + (f"；推定：{note}" if note else "")
            draft.put((_BUDGET, word_of(Budget, name)), value, said)
    _rate(draft, found)


def _rate(draft: Drafting, found: dict[FigureMeasure, list[AccountFigure]]) -> None:
    """Put the rate that is printed, where it is one of the budget that the sheet has."""
    rates = found.get(FigureMeasure.COMPLETION)
    if not rates:
        return
    budget = draft.data.get(_BUDGET, {})
    base = base_named(rates[0])
    is_of_other = base is FigureMeasure.ORIGINAL and word_of(Budget, "final") in budget
    if is_of_other or (base is FigureMeasure.ADJUSTED and word_of(Budget, "final") not in budget):
        draft.skip(rates[0].start, f"{rates[0].text} 的基数与表里的预算数不是一个数，没有写入")
        return
    draft.put((_BUDGET, _FILED, _RATE), rates[0].text, draft.where(rates))


def base_named(rate: AccountFigure) -> FigureMeasure | None:
    """Return of which budget a rate of completion is said to be one; ``None`` where of none."""
    return next((measure for word, measure in named_bases() if word in rate.base), None)


def _filed(draft: Drafting, found: dict[FigureMeasure, list[AccountFigure]]) -> None:
    """Put the points that are printed, and the claim that the goals were met."""
    points = found.get(FigureMeasure.POINTS)
    if points:
        draft.put((_FILED, word_of(FiledTotal, "total")), points[0].number, draft.where(points))
    claims = found.get(FigureMeasure.CLAIMED)
    if claims:
        path = (_FILED, word_of(FiledTotal, "completion"))
        draft.put(path, claims[0].text, draft.where(claims))


def texts_in(draft: Drafting, item: ListedItem) -> Iterator[tuple[str, str, int]]:
    """Yield the texts of an item: for which field, the words as they are printed, and where."""
    text = draft.account.document.text
    start, end = item.end, draft.account.item_text(item)[1]
    marks = [
        (found.start(), found.end(), word)
        for word, label in texts().labels
        for found in [label.search(text, start, end)]
        if found is not None
    ]
    begins = sorted(mark[0] for mark in marks)
    for begun, at, word in sorted(marks):
        after = next((other for other in begins if other > begun), end)
        said = _prose(text[at:after], word)
        if said is None:
            draft.skip(at, f"“{word}”的文字太长或没有写完整，没有写入")
        elif said:
            yield word, said, at


def _prose(text: str, word: str) -> str | None:
    """Return the sentences with which a text begins; ``None`` where it is no prose."""
    none = pattern("没有问题").match(text)
    if none is not None:
        return none[0]
    stop = pattern("文字止").search(text)
    part = text[: stop.start()] if stop else text
    if word in texts().of_one_sentence:
        part = part[: part.find(_END) + 1]
    whole = part[: part.rfind(_END) + 1]
    if len(whole) > texts().longest:
        return None
    return whole.removesuffix(_END)


_END = "。"
