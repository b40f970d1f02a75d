"""What a text claims of everything at once: that all goals were met, that all money was spent.

The claims are data (``claims.json``): words, sentences made of them, and the words that take a
claim back.  They are narrow on purpose: to accuse a true sentence is worse than to miss a false
one.  “培训任务100%完成” speaks of one thing and is no claim about the goals; what is aimed at,
denied, excepted, quoted, or said of another year or of a part is none either.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple

from perfeval.checks.clause_marks import Starts


class ClaimKind(Enum):
    """What is claimed: the names of the claims in ``claims.json``."""

    GOALS = "goals"
    """Every goal, task or indicator was met."""
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
    """

    kind: ClaimKind
    words: str
    start: int
    end: int
    number: str = ""


class _Grammar(NamedTuple):
    """The compiled data: the sentences of each claim, and the words that take one back."""

    claims: dict[ClaimKind, re.Pattern[str]]
    bare: re.Pattern[str]
    followed: re.Pattern[str]
    denied: re.Pattern[str]
    limited: re.Pattern[str]
    aimed: re.Pattern[str]
    about: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data = json.loads(pkgutil.get_data(__package__, "claims.json") or b"")
    words = {name: f"(?:{'|'.join(items)})" for name, items in data["words"].items()}
    guards = {name: re.compile("|".join(items)) for name, items in data["guards"].items()}

    def compiled(sentences: Sequence[str]) -> re.Pattern[str]:
        """Put the words into the sentences; one claim of a kind is heard once at one place."""
        pattern = "|".join(sentences)
        for name, listed in words.items():
            pattern = pattern.replace(f"{{{name}}}", listed)
        return re.compile(pattern)

    claims = {kind: compiled(data["claims"][kind.value]) for kind in ClaimKind}
    return _Grammar(claims, compiled(data["claims"]["bare"]), **guards)


_SENTENCE = re.compile("[^。；;!！?？\n]+[?？]?")
_ASKED = "?？"
_COMMA = re.compile("[，,]")
_QUOTED = re.compile(
    '[\u201c\u2018「『《"][^\u201c\u201d\u2018\u2019「」『』《》"\n]{0,200}[\u201d\u2019」』》"]'
)
_MASK = "□"
_YEAR = re.compile("20[0-9]{2}(?=年|$)")
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
    masked = _QUOTED.sub(lambda quoted: _MASK * len(quoted.group()), text)
    for sentence in _SENTENCE.finditer(masked):
        said = _Sentence(sentence.group(), grammar)
        for kind in kinds:
            for match in grammar.claims[kind].finditer(said.text):
                if said.means(kind, match, year):
                    first = sentence.start() + match.start()
                    number = match["number"] if "number" in match.re.groupindex else ""
                    yield Claim(kind, match.group(), first, first + len(match.group()), number)
    if ClaimKind.GOALS in kinds and grammar.bare.fullmatch(text.strip(_ROUND)):
        words = text.strip(_ROUND)
        first = text.index(words)
        yield Claim(ClaimKind.GOALS, words, first, first + len(words))


class _Sentence:
    """A sentence, and where in it the words stand that take a claim back; each looked for once."""

    def __init__(self, text: str, grammar: _Grammar) -> None:
        self.text = text
        self._grammar = grammar
        self._patterns = (_COMMA, grammar.denied, grammar.limited, grammar.aimed)
        self._found: tuple[Starts, ...] | None = None

    def means(self, kind: ClaimKind, match: re.Match[str], year: int | None) -> bool:
        """Tell whether the words that were found are a claim."""
        start, end = match.span()
        clause, is_taken_back = self._clause_and_doubts(start, end)
        if is_taken_back or self._is_of_other_year(clause, start, year):
            return False
        if kind is ClaimKind.OVER:
            return True  # it is held against the one row of which it speaks
        is_followed = self._grammar.followed.match(self.text, end) is not None
        return is_followed and start - clause <= _LONGEST and self._is_whole(clause, start)

    def _clause_and_doubts(self, start: int, end: int) -> tuple[int, bool]:
        """Return where the clause begins, and whether the claim is denied, excepted or aimed at."""
        if self._found is None:
            self._found = tuple(Starts(item, self.text) for item in self._patterns)
        commas, denials, limits, aims = self._found
        clause = commas.end_before(start)
        is_taken_back = (
            self.text[-1] in _ASKED
            or denials.is_between(clause, start)
            or limits.is_between(0, len(self.text))
            or aims.is_between(clause, end)
        )
        return clause, is_taken_back

    def _is_of_other_year(self, clause: int, start: int, year: int | None) -> bool:
        years = {int(item) for item in _YEAR.findall(self.text, clause, start)}
        return year is not None and bool(years - {year})

    def _is_whole(self, clause: int, start: int) -> bool:
        """Tell whether nothing that stands before a claim narrows it to a part."""
        return not self._grammar.about.sub("", self.text[clause:start]).strip()
