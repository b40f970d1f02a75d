"""What a text claims of everything at once: that all goals were met, that all money was spent.

The claims are data (``claims.json``): words, sentences made of them, and the words that take a
claim back.  They are narrow on purpose: to accuse a true sentence is worse than to miss a false
one.  “培训任务100%完成” speaks of one thing and is no claim about the goals; what is aimed at,
denied, excepted, quoted, or said of another year or of a part is none either.  A part may be named
before the comma (“资金使用上，没有问题”), and what was tested there (“经检测，各项指标均达标”) is
water or material.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from perfeval.cells.tables import words_data
from perfeval.checks.clause_marks import Starts
from perfeval.checks.scopes import Scopes
from perfeval.fields import lazy
from perfeval.later import regex


class ClaimKind(Enum):
    """What is claimed: the names of the claims in ``claims.json``."""

    GOALS = "goals"
    """Every goal, task or indicator was met."""
    GROUP = "group"
    """Every indicator of one or more levels (产出指标, 质量指标) was met."""
    PROJECTS = "projects"
    """Every project spent all of its money."""
    MONEY = "money"
    """All the money of the project was spent."""
    NOTHING = "nothing"
    """There was no problem and no deviation."""
    COUNT = "count"
    """So many indicators fell short."""
    PROJECT_COUNT = "project_count"
    """So many projects fell short."""
    OVER = "over"
    """A target was exceeded by so many percent."""


class Claim(NamedTuple):
    """A claim in a text.

    Attributes:
        kind: What is claimed.
        words: The words that claim it.
        start, end: Where they stand in the text.
        number: The number that is claimed, as written; empty where there is none.
        counts: Of a count, all numbers that the text counts in the same way, as written.
        levels: Of a group, the names of its levels.
    """

    kind: ClaimKind
    words: str
    start: int
    end: int
    number: str = ""
    counts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


class _Grammar(NamedTuple):
    """The compiled data: the sentences of each claim, and the words that take one back.

    Attributes:
        needs: Of each claim lists of words, of each of which one stands in every such claim: most
            sentences have none, and are not searched.
    """

    claims: dict[ClaimKind, re.Pattern[str]]
    needs: dict[ClaimKind, tuple[tuple[str, ...], ...]]
    counted: re.Pattern[str]
    bare: re.Pattern[str]
    followed: re.Pattern[str]
    denied: re.Pattern[str]
    limited: re.Pattern[str]
    aimed: re.Pattern[str]
    about: re.Pattern[str]
    bracketed: re.Pattern[str]
    general: re.Pattern[str]
    tested: re.Pattern[str]
    measured: re.Pattern[str]
    left: re.Pattern[str]
    none_left: re.Pattern[str]
    later: re.Pattern[str]
    topics: re.Pattern[str]
    others: re.Pattern[str]
    excepted: re.Pattern[str]
    admits: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data = words_data(__package__, "claims.json")
    words = {name: f"(?:{'|'.join(items)})" for name, items in data["words"].items()}
    guards = {name: regex("|".join(items)) for name, items in data["guards"].items()}

    def compiled(sentences: Sequence[str]) -> re.Pattern[str]:
        """Put the words into the sentences; one claim of a kind is heard once at one place."""
        pattern = "|".join(sentences)
        for name, listed in words.items():
            pattern = pattern.replace(f"{{{name}}}", listed)
        return regex(pattern)

    listed = {name: compiled(sentences) for name, sentences in data["claims"].items()}
    claims = {kind: listed[kind.value] for kind in ClaimKind}
    needs = {kind: tuple(map(tuple, data["needs"][kind.value])) for kind in ClaimKind}
    return _Grammar(claims, needs, counted=listed["counted"], bare=listed["bare"], **guards)


_SENTENCE = regex("[^。；;!！?？\n]+[?？]?")
_ASKED = "?？"
_COMMA = regex("[，,]")
_QUOTED = regex(
    '[\u201c\u2018「『《"][^\u201c\u201d\u2018\u2019「」『』《》"\n]{0,200}[\u201d\u2019」』》"]'
)
_LEVEL = regex("[^、和及与以指标类]+")
_MASK = "□"
_YEAR = regex("20[0-9]{2}(?=年|$)")
_ROUND = " \u3000\t。.！!"
_LONGEST = 100
"""Characters before a claim in its clause; behind more of them something else is spoken of."""


def claims_in(
    text: str, kinds: Sequence[ClaimKind] = tuple(ClaimKind), year: int | None = None
) -> Iterator[Claim]:
    """Yield the claims of a text.

    Args:
        text: The text.
        kinds: The kinds that are wanted.
        year: The year that is assessed; what is said of another one is no claim.

    >>> [claim.words for claim in claims_in("全年培训3场，圆满完成各项目标。")]
    ['圆满完成各项目标']
    >>> list(claims_in("培训任务100%完成，确保全部完成年度目标"))
    []
    """
    grammar = _grammar()
    whole = _text(text, year)
    counted: dict[ClaimKind, list[Claim | None]] = {}
    for sentence, kind in whole.where_claims_may_be(kinds):
        for match in grammar.claims[kind].finditer(sentence.text):
            claim = sentence.claimed(kind, match)
            if kind in _COUNTS:
                counted.setdefault(kind, []).append(claim)
            elif claim is not None:
                yield claim
    for claims in counted.values():
        if claims[0] is not None and None not in claims:
            yield claims[0]._replace(counts=whole.counts)
    if ClaimKind.GOALS in kinds and grammar.bare.fullmatch(text.strip(_ROUND)):
        words = text.strip(_ROUND)
        first = text.index(words)
        yield Claim(ClaimKind.GOALS, words, first, first + len(words))


_COUNTS = (ClaimKind.COUNT, ClaimKind.PROJECT_COUNT)
"""Claims that are one in a text, however many sentences count: what they count is added up."""
_OF_MONEY = (ClaimKind.MONEY, ClaimKind.PROJECTS)


@lru_cache
def _text(text: str, year: int | None) -> _Text:
    """Return a text as claims are looked for in it; several checks look at the same ones."""
    masked = _QUOTED.sub(lambda quoted: _MASK * len(quoted.group()), text)
    return _Text(masked, _grammar(), year)


class _Text:
    """A text whose quotations are masked: its sentences, and what it says as a whole."""

    def __init__(self, text: str, grammar: _Grammar, year: int | None) -> None:
        self.text = text
        self.grammar = grammar
        self.year = year

    @lazy
    def sentences(self) -> list[_Sentence]:
        """Its sentences, each with what stands around it."""
        found = [*_SENTENCE.finditer(self.text)]
        before = ("", *(match.group() for match in found))
        return [_Sentence(self, match, said) for match, said in zip(found, before, strict=False)]

    def where_claims_may_be(
        self, kinds: Sequence[ClaimKind]
    ) -> Iterator[tuple[_Sentence, ClaimKind]]:
        """Yield the sentences with the kinds of claims whose words they have, in their order."""
        needs = self.grammar.needs
        wanted = [kind for kind in kinds if _has_all(self.text, needs[kind])]
        for sentence in self.sentences if wanted else ():
            for kind in wanted:
                if _has_all(sentence.text, needs[kind]):
                    yield sentence, kind

    @lazy
    def admits(self) -> bool:
        """It says of something that it fell short."""
        return self.grammar.admits.search(self.text) is not None

    @lazy
    def counts(self) -> tuple[str, ...]:
        """How many of something fell short: every number, as written."""
        return tuple(match["number"] for match in self.grammar.counted.finditer(self.text))


def _has_all(text: str, needed: Sequence[Sequence[str]]) -> bool:
    """Tell whether a text has a word of each list."""
    return all(any(word in text for word in words) for words in needed)


class _Sentence:
    """A sentence, and where in it the words stand that take a claim back; each looked for once."""

    def __init__(self, whole: _Text, match: re.Match[str], before: str) -> None:
        self.text = match.group()
        self._start = match.start()
        self._end = match.end()
        self._before = before
        self._whole = whole
        self._grammar = whole.grammar

    def claimed(self, kind: ClaimKind, match: re.Match[str]) -> Claim | None:
        """Return the claim that the words are, or ``None`` where they claim no such thing."""
        if not self._means(kind, match):
            return None
        start, end = (self._start + at for at in match.span())
        number = match["number"] if "number" in match.re.groupindex else ""
        levels = _LEVEL.findall(match["levels"]) if kind is ClaimKind.GROUP else ()
        return Claim(kind, match.group(), start, end, number, levels=tuple(levels))

    def _means(self, kind: ClaimKind, match: re.Match[str]) -> bool:
        start, end = match.span()
        clause = self._commas.end_before(start)
        if self._is_taken_back(clause, start, end) or self._is_of_other_year(clause, start):
            return False
        if kind is ClaimKind.OVER:
            return True  # it is held against the one row of which it speaks
        is_followed = self._grammar.followed.match(self.text, end) is not None
        if not is_followed or start - clause > _LONGEST or not self._is_whole(clause, start):
            return False
        if kind in _OF_MONEY:
            return not (self._has_money_left or self._is_later or self._names_other_year(end))
        if kind is ClaimKind.NOTHING:
            is_remarked = self._grammar.bracketed.match(self.text, end) is not None
            return not (is_remarked or self._whole.admits or self._names_a_thing(clause))
        is_of_goals = kind in (ClaimKind.GOALS, ClaimKind.GROUP)
        if is_of_goals and (self._is_excepted or self._is_tested(match.group())):
            return False
        return not self._has_topic(clause)

    def _is_taken_back(self, clause: int, start: int, end: int) -> bool:
        """Tell whether a claim is denied, excepted, aimed at or said of a part."""
        return (
            self.text[-1] in _ASKED
            or self._denials.is_between(clause, start)
            or self._limits.is_between(0, len(self.text))
            or self._aims.is_between(clause, end)
            or self._scopes.is_part(0, end)
        )

    @lazy
    def _commas(self) -> Starts:
        return Starts(_COMMA, self.text)

    @lazy
    def _denials(self) -> Starts:
        return Starts(self._grammar.denied, self.text)

    @lazy
    def _limits(self) -> Starts:
        return Starts(self._grammar.limited, self.text)

    @lazy
    def _aims(self) -> Starts:
        return Starts(self._grammar.aimed, self.text)

    @lazy
    def _scopes(self) -> Scopes:
        return Scopes(self.text)

    def _is_of_other_year(self, clause: int, start: int) -> bool:
        year = self._whole.year
        years = {int(item) for item in _YEAR.findall(self.text, clause, start)}
        return year is not None and bool(years - {year})

    def _is_whole(self, clause: int, start: int) -> bool:
        """Tell whether nothing that stands before a claim narrows it to a part."""
        return not self._grammar.about.sub("", self.text[clause:start]).strip()

    @lazy
    def _has_money_left(self) -> bool:
        """The sentence says that money was left over, or went back."""
        said = self._grammar.none_left.sub("", self.text)
        return self._grammar.left.search(said) is not None

    @lazy
    def _is_later(self) -> bool:
        """The sentence speaks of the day of the report."""
        return self._grammar.later.search(self.text) is not None

    def _names_other_year(self, end: int) -> bool:
        """Tell whether another year is named before what ends here, or in the same clause."""
        comma = _COMMA.search(self.text, end)
        return self._other_year < (comma.start() if comma else len(self.text))

    @lazy
    def _other_year(self) -> int:
        """Where the first year is named that is not assessed; behind the end where none is."""
        year = self._whole.year
        named = _YEAR.finditer(self.text) if year is not None else ()
        return next((one.start() for one in named if int(one.group()) != year), len(self.text))

    @lazy
    def _is_excepted(self) -> bool:
        """The next sentence says that something is excepted: “…全部完成。仅……”."""
        return self._grammar.excepted.match(self._whole.text, self._end) is not None

    def _is_tested(self, words: str) -> bool:
        """Tell whether indicators are those of what was tested: water, material, a building."""
        return self._speaks_of_tests and self._grammar.measured.search(words) is not None

    @lazy
    def _speaks_of_tests(self) -> bool:
        said = f"{self._before}\n{self.text}"
        return self._grammar.tested.search(said) is not None

    def _names_a_thing(self, clause: int) -> bool:
        """Tell whether what stands before a clause names any thing of which it may speak."""
        return clause > _LONGEST or bool(self._rest(self.text[:clause]))

    def _rest(self, words: str) -> str:
        """Return what is left of some words without those that may be said of everything."""
        return self._grammar.general.sub("", self._grammar.about.sub("", words)).strip(",，、 ")

    def _has_topic(self, clause: int) -> bool:
        """Tell whether a clause shortly before names a part, or someone else who did it."""
        first = max(clause - _LONGEST, 0)
        before = _COMMA.split(self.text[first:clause])
        return any(
            self._rest(words)
            and (self._grammar.topics.search(words) or self._grammar.others.search(words))
            for words in before[1 if first else 0 :]
        )
