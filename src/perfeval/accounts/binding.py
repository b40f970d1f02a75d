"""From the sentences of a section to figures that say whose and what they are.

Each figure is read by the words before it: a pattern of ``cues.yaml`` says what it is, the last
subject that is named says whose.  What the words leave out stands in the sentence before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from perfeval.accounts.cues import (
    Cue,
    Phrase,
    closing,
    comparisons,
    cues,
    factors,
    figure_pattern,
    not_figures,
    phrase,
    units,
)
from perfeval.accounts.data import Limit, limit, table
from perfeval.accounts.facts import (
    AccountFigure,
    ComparedWith,
    FigureKind,
    FigureMeasure,
    unread,
)
from perfeval.accounts.items import ListedItem, ListKind, clean_name
from perfeval.accounts.parts import SaidAround, parts_among, tells_of_projects
from perfeval.accounts.sections import AccountSection, SectionKind
from perfeval.accounts.words import FoundSubject, entry_of, subjects_in
from perfeval.numbers import ONE

_STOP = re.compile("[。！？；]")
_SENTENCE = "。！？"
_PIECE = re.compile("[，。；：、]")
_BRACKET = re.compile("[（）]")
_OPENING, _CLOSING = "（）"
_PART_OF = "/"
_YEAR = re.compile("(20[0-9]{2})年")
_MOST_BEFORE = limit(Limit.BEFORE)
_MOST_TAIL = limit(Limit.TAIL)
_BEHIND = limit(Limit.BEHIND)
_DIGITS = limit(Limit.DIGITS)
_HEADS = frozenset(
    {
        FigureMeasure.FINAL,
        FigureMeasure.ORIGINAL,
        FigureMeasure.ADJUSTED,
        FigureMeasure.BUDGET,
        FigureMeasure.CONTRACT,
        FigureMeasure.COVERED,
    }
)
_ACCOUNTS = frozenset({ListKind.ITEMS, ListKind.FISCAL_ITEMS, ListKind.ACCOUNT_POINTS})
_PROJECTS = frozenset({ListKind.PROJECTS, ListKind.ATTACHMENTS})
_BUDGETS = frozenset({FigureMeasure.ORIGINAL, FigureMeasure.ADJUSTED, FigureMeasure.BUDGET})
_AMOUNTS = frozenset(
    {*_HEADS, FigureMeasure.BEFORE, FigureMeasure.CHANGE, FigureMeasure.ADDED, FigureMeasure.MOVED}
)


class _Spoken(NamedTuple):
    """Of what is spoken: a subject, to which money it belongs, and by which words it was named."""

    subject: str
    scope: str
    name: str


class _Context(NamedTuple):
    """What the words before a figure have said so far.

    Attributes:
        subject: Whose figures follow.
        scope: To which money they belong.
        compared: Against what changes are measured.
        since: The year against which they are measured.
        head: The last figure of which parts may follow.
        whole: The figure of which parts follow now.
        in_reason: Whether reasons are being given.
        sentence: The number of the sentence.
        name: The words by which the subject was named.
        topic: Of what the first amount of the last sentence was that had one.
        outside: Of what was spoken before each bracket that is open.
        told: In which sentence the subject was named; -1 where it is only the section's.
        lists: Whether parts are told in the sentence.
        is_own_point: Whether the sentence is of a numbered point that has a name of its own.
    """

    subject: str
    scope: str
    compared: ComparedWith | None = None
    head: int | None = None
    whole: int | None = None
    in_reason: bool = False
    sentence: int = 0
    name: str = ""
    topic: _Spoken | None = None
    outside: tuple[_Spoken, ...] = ()
    told: int = -1
    lists: bool = False
    is_own_point: bool = False

    @property
    def spoken(self) -> _Spoken:
        """Of what is spoken now."""
        return _Spoken(self.subject, self.scope, self.name)

    def of(self, spoken: _Spoken, *, told: bool = True) -> _Context:
        """Return the context in which something else is spoken of."""
        return self._replace(
            subject=spoken.subject,
            scope=spoken.scope,
            name=spoken.name,
            told=self.sentence if told else -1,
        )


class SectionBinder:
    """Binds the figures of one section."""

    def __init__(
        self,
        text: str,
        section: AccountSection,
        number: int,
        year: int | None,
        items: list[ListedItem],
        first: tuple[int, int],
        skipped: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self._text, self._section, self._number, self._year = text, section, number, year
        self._items, self._skipped = items, skipped
        self._at, sentence = first
        self._found: list[AccountFigure] = []
        self._around: list[SaidAround] = []
        self._is_performance = section.title.kind is SectionKind.PERFORMANCE
        title = section.title
        self._context = _Context(title.subject, title.scope, sentence=sentence)
        self._item: ListedItem | None = None
        self._spoke = -1

    def figures(self) -> list[AccountFigure]:
        """Return every figure of the section, those that are not understood as well."""
        before = self._section.start
        items = iter(self._items)
        coming = next(items, None)
        for found in figure_pattern().finditer(self._text, self._section.start, self._section.end):
            while coming is not None and coming.end <= found.start():
                before = max(before, coming.end)
                self._begin_item(coming)
                coming = next(items, None)
            if coming is not None and coming.start <= found.start():
                continue  # the number of an item
            behind = self._skipped_to(found.start())
            if behind is not None:
                before = max(before, behind)  # the words of a form say nothing of what follows
                continue
            gap = self._text[max(before, found.start() - _MOST_BEFORE) : found.start()]
            if self._is_no_figure(found):
                continue
            self._read(found, gap)
            before = found.end()
        parts = parts_among(self._found, self._around) if self._is_performance else ()
        return [unread(one) if at in parts else one for at, one in enumerate(self._found)]

    def _skipped_to(self, at: int) -> int | None:
        """Return where what is read elsewhere ends, if a place is in it."""
        index = bisect_right(self._skipped, at, key=itemgetter(0)) - 1
        if index < 0 or at >= self._skipped[index][1]:
            return None
        return min(self._skipped[index][1], self._section.end)

    @property
    def sentence(self) -> int:
        """The number of the last sentence."""
        return self._context.sentence

    def _begin_item(self, item: ListedItem) -> None:
        title = self._section.title
        sentence = self._context.sentence + 1
        if item.kind == ListKind.POINTS and not item.subject:
            self._item = None
            self._context = _Context(title.subject, title.scope, sentence=sentence)
            return
        self._item = item
        self._context = _Context(
            item.subject, title.scope, sentence=sentence, name=item.name, told=sentence
        )

    def _is_no_figure(self, found: re.Match[str]) -> bool:
        """Tell whether digits are a year, a number of a list or a part of a name."""
        start, end = found.start(), found.end()
        digits_end = found.start("unit") if found["unit"] else end
        before = self._text[max(start - _DIGITS, 0) : start]
        behind = self._text[digits_end : digits_end + _BEHIND]
        if not found["unit"] and behind[:1] in ".、" and behind and "." not in found[0]:
            return True
        if not found["unit"] and before[-1:] == "（" and behind[:1] == "）":
            return True
        return any(
            row.before.search(before) is not None and row.behind.search(behind) is not None
            for row in not_figures()
        )

    def _read(self, found: re.Match[str], gap: str) -> None:
        """Bind one figure, with what the words since the one before say."""
        local = self._enter(gap)
        unit = found["unit"] or ""
        kind = self._kind(found[0], unit, local)
        digits = found[0][: len(found[0]) - len(unit)].replace(",", "")
        figure = AccountFigure(
            start=found.start(),
            end=found.end(),
            text=found[0],
            number=Decimal(digits),
            unit=unit,
            kind=kind,
            section=self._number,
            sentence=self._context.sentence,
            factor=factors().get(unit, ONE) if kind is FigureKind.MONEY else ONE,
            whole=self._context.whole,
        )
        bound = self._bound(figure, local)
        if self._is_performance:
            bound = self._in_performance(bound, local)
        self._found.append(bound)
        at = self._at + len(self._found) - 1
        if bound.measure in _HEADS and self._context.whole is None:
            self._context = self._context._replace(head=at)
            self._keep_topic(bound)

    def _in_performance(self, figure: AccountFigure, local: str) -> AccountFigure:
        """Keep what is said around a figure; return it unread where it is not of all the year."""
        context = self._context
        self._around.append(SaidAround(local, context.lists, context.is_own_point))
        if tells_of_projects(figure, local, self._text[figure.end : figure.end + _BEHIND]):
            self._context = context._replace(lists=True)
        is_money = figure.kind is FigureKind.MONEY and figure.measure in _HEADS
        is_other = is_money and phrase(Phrase.NOT_OF_YEAR).search(local) is not None
        is_nobodys = not figure.told and figure.measure in _HEADS and not figure.name
        is_doubted = is_other or is_nobodys or self._is_rate_of_year_before(figure)
        return unread(figure) if is_doubted else figure

    def _is_rate_of_year_before(self, figure: AccountFigure) -> bool:
        """Tell whether a rate of completion stands behind what was spent the year before."""
        last = self._found[-1] if self._found else None
        if last is None or last.measure is not FigureMeasure.BEFORE:
            return False
        return figure.measure is FigureMeasure.COMPLETION and last.sentence == figure.sentence

    def _keep_topic(self, figure: AccountFigure) -> None:
        """Keep of what the first amount of a sentence is."""
        context = self._context
        if self._spoke == context.sentence or context.in_reason or context.outside:
            return
        self._spoke = context.sentence
        self._context = context._replace(topic=_Spoken(figure.subject, context.scope, figure.name))

    def _kind(self, text: str, unit: str, local: str) -> FigureKind:
        """Return what is counted; a figure without a unit is read by the words before it."""
        if unit:
            return units()[unit]
        last = self._found[-1] if self._found else None
        is_behind = last is not None and last.sentence == self._context.sentence
        if is_behind and last is not None and last.kind is FigureKind.MONEY:
            if last.measure is FigureMeasure.CHANGE and phrase(Phrase.BEFORE_RATE).fullmatch(local):
                return FigureKind.RATE
            if phrase(Phrase.BEFORE_SHARE).search(local):
                return FigureKind.RATE
        return FigureKind.MONEY if "." in text else FigureKind.COUNT

    def _enter(self, gap: str) -> str:
        """Take in the words before a figure; return those of its own clause."""
        stop = max((found.end() for found in _STOP.finditer(gap)), default=0)
        local = gap[stop:]
        is_new = any(mark in gap for mark in _SENTENCE)
        if is_new:
            self._begin_sentence(keeps_comparison=phrase(Phrase.OF_WHICH).match(local) is not None)
        context = self._context
        if _closes(local):
            context = context._replace(whole=None, lists=False)
        if self._is_performance and phrase(Phrase.LISTING).search(local):
            context = context._replace(lists=True)
        if self._is_performance and self._begins_own_point(local):
            context = context._replace(is_own_point=True)
        if phrase(Phrase.OF_WHICH).search(local):
            context = context._replace(whole=context.head)
        if phrase(Phrase.REASON).search(local):
            context = context._replace(in_reason=True)
        self._context = context
        self._cross_brackets(local)
        self._take_comparison(local)
        if is_new and self._speaks_of_all(local):
            title = self._section.title
            whole = _Spoken(title.subject, title.scope, "")
            self._context = self._context.of(self._context.topic or whole)
        return local

    def _begins_own_point(self, local: str) -> bool:
        """Tell whether a numbered point begins that is named as nothing known is."""
        found = phrase(Phrase.OWN_POINT).search(local)
        name = "" if found is None else found["名"]
        return bool(name) and self._last_subject(name) is None

    def _begin_sentence(self, *, keeps_comparison: bool) -> None:
        """Forget what the last sentence said; one that begins with 其中 goes on with it."""
        context = self._context
        if self._item is None and self._has_no_scope(context):
            context = context._replace(scope=self._section.title.scope)
        self._context = context._replace(
            compared=context.compared if keeps_comparison else None,
            whole=None,
            in_reason=False,
            sentence=context.sentence + 1,
            outside=(),
            lists=False,
            is_own_point=False,
        )
        if self._item is not None and self._item.kind in _PROJECTS:
            title = self._section.title
            own = _Spoken(self._item.subject, title.scope, self._item.name)
            self._context = self._context.of(own)

    def _cross_brackets(self, local: str) -> None:
        """Come back to what was spoken of before a bracket when it ends."""
        for found in _BRACKET.finditer(local):
            context = self._context
            if found[0] == _OPENING:
                named = self._last_subject(local[: found.start()])
                if named is not None and self._may_take():
                    self._take(named)
                    context = self._context
                self._context = context._replace(outside=(*context.outside, context.spoken))
            elif context.outside:
                before = context.of(context.outside[-1])
                self._context = before._replace(outside=context.outside[:-1])

    def _speaks_of_all(self, local: str) -> bool:
        """Tell whether a new sentence compares without saying what: then it is the last one's."""
        if self._item is not None or self._context.in_reason or self._context.compared is None:
            return False
        return self._last_subject(local) is None

    @staticmethod
    def _has_no_scope(context: _Context) -> bool:
        return not entry_of(context.subject).scope

    def _take_comparison(self, local: str) -> None:
        last: tuple[int, ComparedWith] | None = None
        for compared, pattern in comparisons():
            for found in pattern.finditer(local):
                if last is None or found.end() > last[0]:
                    last = found.end(), compared
        if last is not None:
            self._context = self._context._replace(compared=last[1])

    def _bound(self, figure: AccountFigure, local: str) -> AccountFigure:
        """Return a figure with what it says."""
        last = self._found[-1] if self._found else None
        if last is not None and phrase(Phrase.AND).fullmatch(local) and _is_pair(last, figure):
            return figure._replace(
                subject=last.subject,
                measure=last.measure,
                year=last.year,
                falls=last.falls,
                compared=last.compared,
                base=last.base,
                name=last.name,
                told=last.told,
            )
        if figure.kind is FigureKind.MONEY:
            return self._money(figure, local)
        if figure.kind is FigureKind.RATE:
            return self._rate(figure, local)
        return self._counted(figure, local)

    def _money(self, figure: AccountFigure, local: str) -> AccountFigure:
        changed = self._change(figure, local, FigureMeasure.CHANGE)
        if changed is not None:
            return changed
        named = self._last_subject(local)
        if named is not None and entry_of(named.subject).measure is not FigureMeasure.FINAL:
            return self._direct(figure, local)
        cue = self._cue(figure, local)
        if cue is not None:
            return self._made(figure, cue[0].measure, self._year_of(local, cue[0].measure))
        return self._direct(figure, local)

    def _cue(self, figure: AccountFigure, local: str) -> tuple[Cue, str] | None:
        """Return the first pattern that fits a figure and what it matched; take the subject."""
        tail = local[-_MOST_TAIL:]
        title = self._section.title.name
        behind = self._text[figure.end : figure.end + _BEHIND]
        for cue in cues(figure.kind):
            found = cue.before.search(tail) if cue.section in ("", title) else None
            if found is None or (cue.units and figure.unit not in cue.units):
                continue
            if cue.behind is None and not found[0] and not cue.units:
                continue
            if cue.behind is None or cue.behind.search(behind):
                begin = len(local) - len(tail) + found.start()
                self._name(local, None if cue.units else begin)
                return cue, found[0]
        return None

    def _direct(self, figure: AccountFigure, local: str) -> AccountFigure:
        """Bind an amount that stands behind a subject, a listed name, or in a reason."""
        part = self._part_of_projects(figure, local)
        if part is not None:
            return part
        named = self._last_subject(local)
        if named is not None and phrase(Phrase.LINK).fullmatch(local[named.end :]):
            reason = self._reason_of(figure, named, local)
            if reason is not None:
                return reason
            self._take(named)
            measure = entry_of(named.subject).measure
            head = self._whole(figure)
            if head is not None and head.measure is not None and measure is FigureMeasure.FINAL:
                measure = head.measure
            if phrase(Phrase.ORIGINAL_OF).search(local[: named.start]):
                measure = FigureMeasure.ORIGINAL
            return self._made(figure, measure, self._year_of(local, measure))
        part = self._part(figure, local)
        if part is not None:
            return part
        listed = self._listed(local)
        if listed and not self._context.in_reason:
            scope = self._context.scope
            self._context = self._context.of(_Spoken("/".join(listed), scope, listed[1]))
            return self._made(figure, FigureMeasure.FINAL, self._year)
        is_bare = self._item is not None and not local.strip("“”（），")
        if is_bare or local == _CLOSING or closing(Phrase.ONLY_LINK).search(local):
            return self._made(figure, FigureMeasure.FINAL, self._year)
        if self._context.in_reason:
            figure = figure._replace(name=_PIECE.split(local)[-1], falls=self._does_fall(local))
            return self._made(figure, FigureMeasure.REASON, self._year)
        return figure

    def _reason_of(
        self, figure: AccountFigure, named: FoundSubject, local: str
    ) -> AccountFigure | None:
        """Bind what a reason says was added to a subject, or taken from it, by a word before it."""
        falls = self._way_before(local[: named.start]) if self._context.in_reason else None
        if falls is None:
            return None
        figure = figure._replace(falls=falls, name=named.words)
        return self._made(figure, FigureMeasure.REASON, self._year)

    def _way_before(self, words: str) -> bool | None:
        """Tell whether words before a name say that it fell; ``None`` where they say neither.

        What is named next to a reason goes the way of that reason.
        """
        for falls, name in ((False, Phrase.RISES_BEFORE), (True, Phrase.FALLS_BEFORE)):
            if closing(name).search(words):
                return falls
        last = self._found[-1] if self._found else None
        is_next = last is not None and last.measure is FigureMeasure.REASON
        return (
            last.falls
            if last is not None and is_next and phrase(Phrase.ALSO).fullmatch(words)
            else None
        )

    def _does_fall(self, local: str) -> bool:
        """Tell whether a reason without a known name says that something fell."""
        name = _PIECE.split(local)[-1]
        also = phrase(Phrase.ALSO).match(local)
        bare = phrase(Phrase.ALSO).sub("", name, count=1)
        if any(phrase(one).match(bare) for one in (Phrase.FALLS, Phrase.FALLS_BEFORE)):
            return True
        is_raised = any(phrase(one).match(bare) for one in (Phrase.RISES, Phrase.RISES_BEFORE))
        return also is not None and not is_raised and self._way_before(also[0]) is True

    def _part_of_projects(self, figure: AccountFigure, local: str) -> AccountFigure | None:
        """Bind an amount that is a part of what all projects have, by whatever word."""
        head = self._whole(figure)
        is_covered = head is not None and head.measure is FigureMeasure.COVERED
        return self._part(figure, local) if is_covered else None

    def _part(self, figure: AccountFigure, local: str) -> AccountFigure | None:
        """Bind an amount that is named as a part of the one before, by a word that nobody knows."""
        head = self._whole(figure)
        kind = self._section.title.kind
        if head is None or head.measure is None or kind is not SectionKind.PERFORMANCE:
            return None
        name = clean_name(_PIECE.split(local)[-1]) or "其中"
        subject = f"{head.subject}/{name}"
        return figure._replace(subject=subject, measure=head.measure, year=head.year, name=name)

    def _whole(self, figure: AccountFigure) -> AccountFigure | None:
        at = figure.whole
        return None if at is None or at < self._at else self._found[at - self._at]

    def _listed(self, local: str) -> tuple[str, str] | None:
        """Return the list and the name of an amount that stands directly behind a name of it."""
        kind = self._section.title.items
        if not kind or self._item is not None:
            return None
        name = clean_name(_PIECE.split(local)[-1])
        if not 2 <= len(name) <= _MOST_NAME or not phrase(Phrase.NAME).fullmatch(name):
            return None
        return phrase_of_list(kind), name

    def _rate(self, figure: AccountFigure, local: str) -> AccountFigure:
        if self._is_of_an_unknown(local):
            return figure
        changed = self._change(figure, local, FigureMeasure.CHANGE_RATE)
        if changed is not None:
            return changed
        cue = self._cue(figure, local)
        if cue is None:
            return figure
        return self._made(figure._replace(base=cue[1]), cue[0].measure, self._year)

    def _is_of_an_unknown(self, local: str) -> bool:
        """Tell whether a rate stands behind an amount that was not understood, and names nobody."""
        last = self._found[-1] if self._found else None
        if last is None or last.is_bound or last.kind is not FigureKind.MONEY:
            return False
        return last.sentence == self._context.sentence and self._last_subject(local) is None

    def _counted(self, figure: AccountFigure, local: str) -> AccountFigure:
        cue = self._cue(figure, local)
        if cue is None:
            return figure
        return self._made(figure._replace(subject=cue[0].subject), cue[0].measure, self._year)

    def _change(
        self, figure: AccountFigure, local: str, measure: FigureMeasure
    ) -> AccountFigure | None:
        """Bind a change or its rate, where the words before the figure say which way it goes."""
        for falls, name in ((False, Phrase.RISES), (True, Phrase.FALLS)):
            found = closing(name).search(local)
            if found is not None and self._context.compared is not None:
                words = local[: found.start()]
                if not self._is_of_a_subject(words):
                    return None
                part = self._part_of_a_change(words) if measure is FigureMeasure.CHANGE else ""
                if part:
                    figure = figure._replace(falls=falls, name=part)
                    return self._made(figure, FigureMeasure.REASON, self._year)
                self._name(words)
                return self._made(
                    figure._replace(falls=falls, compared=self._context.compared),
                    measure,
                    self._year,
                )
        return None

    def _part_of_a_change(self, words: str) -> str:
        """Return the name of what a reason says has changed, where it is none of the subjects."""
        if not self._context.in_reason or self._last_subject(words) is not None:
            return ""
        piece = _PIECE.split(words)[-1]
        for _, pattern in comparisons():
            piece = pattern.sub("", piece)
        return piece

    def _is_of_a_subject(self, words: str) -> bool:
        """Tell whether a change is of what is named with it, or in the same sentence before it."""
        last = self._found[-1] if self._found else None
        if self._section.title.kind is SectionKind.EXPLANATION:
            return True
        is_told = last is not None and last.sentence == self._context.sentence and last.is_bound
        return is_told or self._last_subject(words) is not None

    @property
    def _is_told(self) -> bool:
        """Whether the sentence, or the item in which it stands, says whose its figures are."""
        return self._item is not None or self._context.told == self._context.sentence

    def _last_subject(self, words: str, before: int | None = None) -> FoundSubject | None:
        title = self._section.title.name
        aside = phrase(Phrase.ASIDE).sub(lambda found: " " * len(found[0]), words)
        found = subjects_in(aside, title, self._context.scope)
        named = (item for item in reversed(found) if before is None or item.start < before)
        return next(named, None)

    def _name(self, words: str, before: int | None = None) -> None:
        """Take the last subject that words name, of those that begin before a place."""
        named = self._last_subject(words, before)
        if named is not None and self._may_take():
            self._take(named)

    def _may_take(self) -> bool:
        """Tell whether words may name another subject than that of a listed account."""
        return self._item is None or self._item.kind not in _ACCOUNTS

    def _is_of_project(self, named: FoundSubject) -> bool:
        """Tell whether words within a project's item speak of its own assessment and not of all."""
        words = table("subjects")["部分用语"].get(self._section.title.name, {})
        is_project = self._item is not None and self._item.kind in _PROJECTS
        return is_project and named.subject in words.values()

    def _take(self, named: FoundSubject) -> None:
        if self._is_of_project(named):
            return
        scope = entry_of(named.subject).scope
        keeps = named.subject not in _scoped(self._context.scope)
        scope = scope or (self._section.title.scope if keeps else self._context.scope)
        subject = named.subject
        if subject.startswith(_PART_OF):
            outer = (*self._context.outside, self._context.spoken)[0].subject
            subject = outer.partition(_PART_OF)[0] + subject
        self._context = self._context.of(_Spoken(subject, scope, named.words))

    def _year_of(self, local: str, measure: FigureMeasure) -> int | None:
        """Return the year that stands with a figure, where it is no year of comparison."""
        years = _YEAR.findall(_PIECE.split(local)[-1]) if measure in _AMOUNTS else []
        if measure is FigureMeasure.BEFORE:
            return self._year - 1 if self._year else None
        compares = any(pattern.search(_PIECE.split(local)[-1]) for _, pattern in comparisons())
        return int(years[-1]) if years and not compares else self._year

    def _made(
        self, figure: AccountFigure, measure: FigureMeasure, year: int | None
    ) -> AccountFigure:
        context = self._context
        head = self._whole(figure)
        subject = figure.subject or context.subject
        if head is not None and head.subject == subject:
            if measure in _BUDGETS and head.measure in _BUDGETS:
                part = self._part(figure, self._text[figure.start - _MOST_NAME : figure.start])
                if part is not None:
                    return part
            self._context = context = context._replace(whole=None)
        return figure._replace(
            subject=subject,
            measure=measure,
            year=year,
            name=figure.name or context.name,
            whole=context.whole,
            told=bool(figure.subject) or measure is FigureMeasure.REASON or self._is_told,
        )


_MOST_NAME = limit(Limit.NAME)


def _is_pair(last: AccountFigure, figure: AccountFigure) -> bool:
    """Tell whether a figure is the second of two that one sentence says at once."""
    is_same = last.sentence == figure.sentence and last.unit == figure.unit
    return is_same and last.is_bound and figure.kind is not FigureKind.COUNT


def _closes(local: str) -> bool:
    """Tell whether a bracket ends that was opened before."""
    return local.count("）") > local.count("（")


def phrase_of_list(kind: str) -> str:
    """Return under which word the names of a list stand before its items begin."""
    return _BEFORE_ITEMS.get(kind, kind)


_BEFORE_ITEMS = {ListKind.ITEMS.value: ListKind.LISTED.value}


def _scoped(scope: str) -> Iterator[str]:
    """Yield the subjects that the words of a scope stand for."""
    yield from table("subjects")["口径用语"].get(scope, {}).values()
