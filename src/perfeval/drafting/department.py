"""What a document says of the department itself, as a draft of ``department.yaml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from perfeval.accounts.account import Account
from perfeval.accounts.certainty import money_of
from perfeval.accounts.data import Limit, limit, table
from perfeval.accounts.facts import AccountFigure, ComparedWith, FigureMeasure
from perfeval.accounts.results import AccountRelation, RelationLevel, relations
from perfeval.accounts.sections import SectionKind
from perfeval.accounts.words import entry_of, subjects_in
from perfeval.department import (
    Addition,
    Coverage,
    Department,
    Elsewhere,
    Figure,
    LeftOut,
    ProjectEntry,
    Share,
    Verdict,
)
from perfeval.department_words import ShareKind
from perfeval.drafting.gathering import DraftedFile, Drafting
from perfeval.drafting.sheets import (
    attachments_of,
    base_named,
    project_name,
    projects_of,
    taken_figures,
    texts_in,
)
from perfeval.drafting.words import assessment, measures, subjects, texts, words
from perfeval.fields import word_of

_FIGURES, _SHARES, _SUMS = (word_of(Department, name) for name in ("figures", "shares", "sums"))
_SCOPE, _VERDICT = word_of(Department, "scope"), word_of(Department, "verdict")
_NUMBER = word_of(Figure, "number")
_MOST = limit(Limit.BEFORE)
_STOP = re.compile("[。；]")
_TEXTS = (SectionKind.EXPLANATION, SectionKind.PERFORMANCE)


class _Key(NamedTuple):
    """Of what a figure of the department is: its subject, what of it, and which way it goes."""

    subject: str
    measure: FigureMeasure
    falls: bool = False


def drafted_department(account: Account) -> DraftedFile:
    """Return the draft of a department's own file."""
    draft = Drafting(account)
    name = _name(draft)
    if name:
        draft.put((word_of(Department, "name"),), *name)
    if account.year is not None:
        draft.put((word_of(Department, "year"),), account.year)
    names = _figures(draft)
    _shares(draft, names)
    _sums(draft, names)
    _scope(draft, names)
    _verdict(draft)
    _projects(draft)
    _texts(draft)
    return DraftedFile("", draft.data, draft.said, tuple(draft.unread), 0)


def _name(draft: Drafting) -> tuple[str, str] | None:
    """Return the name that most titles have, and what is said of the others."""
    document, data = draft.account.document, words()
    patterns, sound = [re.compile(text) for text in data["部门名称"]], re.compile(data["名称是"])
    found: dict[str, list[int]] = {}
    for start, _, _ in document.spans():
        hits = (pattern.match(document.text, start) for pattern in patterns)
        hit = next((hit for hit in hits if hit is not None), None)
        if hit is not None and sound.search(hit["名"]):
            found.setdefault(hit["名"], []).append(hit.start("名"))
    if not found:
        draft.skip(0, "没有读出部门名称")
        return None
    best = max(found, key=lambda name: len(found[name]))
    others = "、".join(name for name in found if best not in name)
    note = f"；推定：另有{others}，取写得最多的" if others else ""
    return best, f"{document.where(found[best][0])}{note}"


def _is_wanted(key: _Key) -> bool:
    """Tell whether the file has such figures."""
    subject = subjects().get(key.subject)
    is_known = key.measure is FigureMeasure.CHANGE or key.measure in measures()
    return subject is not None and is_known and subject.only in (None, key.measure)


def _called(key: _Key) -> str:
    """Return the name of a figure in the file."""
    if key.measure is FigureMeasure.CHANGE:
        tail = words()["增减"]["减" if key.falls else "增"]
    else:
        tail = measures()[key.measure].tail
    return f"{subjects()[key.subject].name}{tail}"


def _figures(draft: Drafting) -> dict[_Key, str]:
    """Put the figures of the department; return under which name each stands."""
    account = draft.account
    found: dict[_Key, list[AccountFigure]] = {}
    noted: dict[_Key, str] = {}
    also: dict[_Key, _Key] = {}
    for figure in account.figures:
        if not _is_of_department(account, figure):
            continue
        key = _key_of(account, figure)
        if key is None or not _is_wanted(key) or _is_of_another(account, figure):
            _tell_unstaged(draft, figure)
            continue
        if key.measure is not figure.measure:
            noted[key] = words()["同一句的预算"]
            also[_Key(figure.subject, key.measure)] = key
        found.setdefault(key, []).append(figure)
    for key in [key for key, same in found.items() if _is_contested(draft, key, same)]:
        del found[key]
    for key, figures in found.items():
        _put_figure(draft, key, figures, noted.get(key, ""))
    return {key: _called(also.get(key, key)) for key in (*also, *found)}


def _is_of_department(account: Account, figure: AccountFigure) -> bool:
    """Tell whether a figure is an amount of the department that its own sentence names."""
    kind = account.sections[figure.section].title.kind
    is_own = figure.subject in subjects()
    is_sure = figure.told and figure.year == account.year and money_of(figure) is not None
    is_yearly = figure.measure is not FigureMeasure.CHANGE or _is_of_year_before(figure)
    return kind in _TEXTS and is_own and is_sure and is_yearly


def _is_of_another(account: Account, figure: AccountFigure) -> bool:
    """Tell whether the words of its sentence say that a figure is of something else."""
    never = subjects()[figure.subject].never
    before = _STOP.split(account.document.text[max(figure.start - _MOST, 0) : figure.start])[-1]
    return never is not None and never.search(before) is not None


def _is_of_year_before(figure: AccountFigure) -> bool:
    return figure.compared is ComparedWith.YEAR_BEFORE


def _key_of(account: Account, figure: AccountFigure) -> _Key | None:
    """Return of what a figure is; a budget of no stage is of the stage that its sum has."""
    if figure.measure is None:
        return None
    if figure.measure is FigureMeasure.CHANGE:
        return _Key(figure.subject, figure.measure, figure.falls)
    if figure.measure is FigureMeasure.BUDGET:
        whole = _original_with(account, figure)
        return None if whole is None else _Key(_within(figure, whole), FigureMeasure.ORIGINAL)
    return _Key(figure.subject, figure.measure)


def _original_with(account: Account, figure: AccountFigure) -> AccountFigure | None:
    """Return the original budget that is the sum of which a budget is a part, or that it is."""
    whole = figure if figure.whole is None else account.figures[figure.whole]
    originals = (
        other
        for other in account.with_measure(FigureMeasure.ORIGINAL)
        if other.subject in subjects() and other.told and other.year == account.year
    )
    return next((other for other in originals if other.value == whole.value), None)


def _within(figure: AccountFigure, whole: AccountFigure) -> str:
    """Return the subject of a part, of the same money as its sum."""
    scope = entry_of(whole.subject).scope
    named = table("subjects")["口径用语"].get(scope, {})
    return str(named.get(figure.subject, figure.subject))


def _tell_unstaged(draft: Drafting, figure: AccountFigure) -> None:
    if figure.measure is FigureMeasure.BUDGET:
        name = figure.name or figure.subject
        message = f"“{name}”{figure.text} 没有写明是年初预算还是全年预算，没有写入"
        draft.skip(figure.start, message)


def _is_contested(draft: Drafting, key: _Key, figures: Sequence[AccountFigure]) -> bool:
    """Tell whether several values of a figure may be of several things; say so."""
    is_one = len({figure.value for figure in figures}) == 1
    if is_one or subjects()[key.subject].only is None:
        return False
    printed = "、".join(dict.fromkeys(figure.text for figure in figures))
    draft.skip(figures[0].start, f"{_called(key)}有几个（{printed}），不知道是哪一个，没有写入")
    return True


def _put_figure(draft: Drafting, key: _Key, figures: Sequence[AccountFigure], note: str) -> None:
    """Put one figure: the number that is printed most often, and where it is printed otherwise."""
    counts = Counter(figure.value for figure in figures)
    value = max(counts, key=lambda item: counts[item])
    main = [figure for figure in figures if figure.value == value]
    path = (_FIGURES, _called(key))
    subject, measure = subjects()[key.subject], measures().get(key.measure)
    assumed = measure.assumed if measure and measure.assumed else note
    said = draft.where(main) + (f"；推定：{assumed}" if assumed else "")
    draft.put((*path, _NUMBER), money_of(main[0]), said)
    kinds = {"stage": measure.stage if measure else "", "fund": subject.fund, "use": subject.use}
    for field, stated in kinds.items():
        if stated:
            draft.put((*path, word_of(Figure, field)), stated)
    where = draft.account.document.where
    draft.put((*path, word_of(Figure, "place")), where(main[0].start))
    others = {figure.value: figure for figure in figures if figure.value != value}
    for position, other in enumerate(others.values()):
        at = (*path, word_of(Figure, "elsewhere"), position)
        draft.put((*at, word_of(Elsewhere, "number")), money_of(other), draft.where([other]))
        draft.put((*at, word_of(Elsewhere, "place")), where(other.start))


def _shares(draft: Drafting, names: dict[_Key, str]) -> None:
    """Put the shares and rates of which both figures are in the file."""
    position = 0
    seen = set()
    for figure in draft.account.with_measure(FigureMeasure.SHARE, FigureMeasure.COMPLETION):
        is_own = figure.subject in subjects() and figure.told
        if not is_own or figure.year != draft.account.year:
            continue
        part, base = _part_of(figure, names), _base_of(draft.account, figure, names)
        if part is None or base is None or part == base:
            draft.skip(figure.start, f"{figure.text} 是什么除以什么，文件里没有这两个数，没有写入")
            continue
        if (key := (part, base, figure.text)) in seen:
            continue
        seen.add(key)
        _put_share(draft, position, figure, part, base)
        position += 1


def _put_share(draft: Drafting, position: int, figure: AccountFigure, part: str, base: str) -> None:
    is_share = figure.measure is FigureMeasure.SHARE
    name = words()["比率名"][figure.measure.value if figure.measure else ""]
    kind = ShareKind.PROPORTION if is_share else ShareKind.EXECUTION_RATE
    row = {
        "name": name.format(部分=part, 全部=base),
        "printed": figure.text,
        "part": part,
        "base": base,
        "kind": kind.value,
        "place": draft.account.document.where(figure.start),
    }
    for field, value in row.items():
        said = draft.where([figure]) if field == "printed" else ""
        draft.put((_SHARES, position, word_of(Share, field)), value, said)


def _part_of(figure: AccountFigure, names: dict[_Key, str]) -> str | None:
    measures = (FigureMeasure.FINAL, FigureMeasure.COVERED)
    return next(
        (names[key] for key in (_Key(figure.subject, one) for one in measures) if key in names),
        None,
    )


def _base_of(account: Account, figure: AccountFigure, names: dict[_Key, str]) -> str | None:
    """Return of what a rate is one, as far as its own words say so."""
    if figure.measure is FigureMeasure.COMPLETION:
        stage = base_named(figure)
        stages = (FigureMeasure.ORIGINAL, FigureMeasure.ADJUSTED)
        keys = [_Key(figure.subject, one) for one in stages if stage in (None, one)]
        known = [names[key] for key in keys if key in names]
        return known[0] if len(known) == 1 else None
    section = account.sections[figure.section].title
    named = subjects_in(figure.base[1:], section.name, section.scope)
    return names.get(_Key(named[-1].subject, FigureMeasure.FINAL)) if named else None


def _sums(draft: Drafting, names: dict[_Key, str]) -> None:
    """Put the sums of which all that belongs into them is printed."""
    position = 0
    for relation, measure in _relations_of_sums():
        total = names.get(_Key(relation.given["全"], measure))
        parts = _parts(draft, relation, measure, names) if total else []
        if total and parts:
            draft.put((_SUMS, position, word_of(Addition, "total")), total)
            draft.put((_SUMS, position, word_of(Addition, "parts")), parts)
            position += 1


_SUM, _LISTED = "合计", "列示合计"


def _relations_of_sums() -> Iterator[tuple[AccountRelation, FigureMeasure]]:
    for relation in relations():
        measures = relation.given.get("量", FigureMeasure.FINAL.value)
        is_sure = relation.level is RelationLevel.ERROR and _is_whole(relation)
        if relation.form in (_SUM, _LISTED) and is_sure:
            for word in [measures] if isinstance(measures, str) else measures:
                if word != FigureMeasure.CHANGE.value:
                    yield relation, FigureMeasure(word)


def _is_whole(relation: AccountRelation) -> bool:
    """Tell whether nothing but what a relation names belongs to its sum."""
    return not any(relation.given.get(word) for word in ("可少", "不全", "可单"))


def _parts(
    draft: Drafting, relation: AccountRelation, measure: FigureMeasure, names: dict[_Key, str]
) -> list[Any]:
    """Return the parts of a sum: names of figures, or the numbers of a list of the document."""
    account, given = draft.account, relation.given
    if relation.form == _LISTED:
        subjects = account.group(given["组"])
        listed = [account.all_of(subject, measure) for subject in subjects]
        complete = all(len({figure.value for figure in same}) == 1 for same in listed)
        return [same[0].value for same in listed] if complete else []
    needed = [names.get(_Key(subject, measure)) for subject in given["必"]]
    if None in needed:
        return []
    more = (names.get(_Key(subject, measure)) for subject in given.get("选", ()))
    return [*needed, *filter(None, more)]


def _scope(draft: Drafting, names: dict[_Key, str]) -> None:
    """Put how many projects with how much money were assessed, and how many are listed."""
    account, said = draft.account, assessment()
    found: dict[str, list[AccountFigure]] = {"projects": [], "listed": []}
    for count in account.all_of(said.subject, FigureMeasure.PROJECTS):
        is_listed = said.listed.search(
            account.document.text[max(count.start - _MOST, 0) : count.start]
        )
        if count.told:
            found["listed" if is_listed else "projects"].append(count)
    for field, counts in found.items():
        if len({count.value for count in counts}) == 1:
            path = (_SCOPE, word_of(Coverage, field))
            draft.put(path, counts[0].number, draft.where(counts))
        elif counts:
            draft.skip(counts[0].start, "项目数有几个，不知道是哪一个，没有写入")
    amount = names.get(_Key(said.subject, FigureMeasure.COVERED))
    if amount:
        draft.put((_SCOPE, word_of(Coverage, "amount")), amount)
        _transfers(draft, said.transferred)
    _left_out(draft, said.left_out)


def _transfers(draft: Drafting, said: re.Pattern[str]) -> None:
    text = draft.account.document.text
    for figure in draft.account.with_measure(FigureMeasure.COVERED):
        found = said.match(text[figure.end : figure.end + _MOST])
        if found is not None and figure.subject == assessment().subject:
            path = (_SCOPE, word_of(Coverage, "with_transfers"))
            draft.put(path, True, draft.account.document.where(figure.end))
            return


def _left_out(draft: Drafting, said: re.Pattern[str]) -> None:
    document = draft.account.document
    for section in draft.account.sections:
        if section.title.kind is SectionKind.PERFORMANCE:
            found = said.search(document.text, section.start, section.end)
            if found is not None:
                path = (_SCOPE, word_of(Coverage, "left_out"), 0, word_of(LeftOut, "name"))
                draft.put(path, found["名"], document.where(found.start()))
                return


def _verdict(draft: Drafting) -> None:
    """Put the points of the department as a whole, and the claim that its goals were met."""
    whole = attachments_of(draft.account, of_the_whole=True)
    subjects = [words()["整体"], *(item.subject for item in whole)]
    found = taken_figures(draft, subjects)
    points, claims = found.get(FigureMeasure.POINTS), found.get(FigureMeasure.CLAIMED)
    if points:
        path = (_VERDICT, word_of(Verdict, "points"))
        draft.put(path, points[0].number, draft.where(points))
    if claims:
        path = (_VERDICT, word_of(Verdict, "completion"))
        draft.put(path, claims[0].text, draft.where(claims))


def _projects(draft: Drafting) -> None:
    """Put the names of the projects, and of those of which a 摘要 is attached."""
    account = draft.account
    projects = projects_of(account)
    by_name: dict[str, str] = {}
    named = [(item, name) for item in projects if (name := project_name(account, item))]
    for position, (item, name) in enumerate(named):
        entry = (word_of(Department, "projects"), position, word_of(ProjectEntry, "name"))
        draft.put(entry, name, account.document.where(item.start))
        by_name[item.name] = name
    position = 0
    for item in attachments_of(account, of_the_whole=False):
        if item.name in by_name:
            draft.put(
                (word_of(Department, "abstracts"), position),
                by_name[item.name],
                account.document.where(item.start),
            )
            position += 1
        elif projects:
            name = project_name(account, item)
            draft.skip(item.start, f"附件“{name}”没有同名的综述；是哪个项目的，请写“另称”")


def _texts(draft: Drafting) -> None:
    wanted = texts().of_department
    for item in attachments_of(draft.account, of_the_whole=True):
        for word, text, at in texts_in(draft, item):
            if word in wanted and word not in draft.data:
                draft.put((word,), text, draft.account.document.where(at))
