"""The sections of a document, found by the words of their titles and not by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from perfeval.accounts.data import Limit, limit, table
from perfeval.accounts.text import AccountText
from perfeval.accounts.words import without_quotes


class SectionKind(str, Enum):
    """How a section is read.

    >>> SectionKind("说明") is SectionKind.EXPLANATION
    True
    """

    EXPLANATION = "说明"
    PERFORMANCE = "绩效"
    TABLE = "表"
    OTHER = "其他"
    UNKNOWN = "未识别"
    UNHEADED = "无标题"


class SectionTitle(NamedTuple):
    """What the data say of a section.

    Attributes:
        name: Its name in the data.
        kind: How it is read.
        subject: Whose figures those are that name nobody.
        scope: To which money words belong that do not say it.
        items: What is listed one by one in it.
        written: How such items are written, where they are known by that alone.
    """

    name: str
    kind: SectionKind
    subject: str
    scope: str
    items: str
    written: str = ""


class AccountSection(NamedTuple):
    """A section of a document: what stands between its title and the next one.

    Attributes:
        title: What the data say of it.
        at: Where its title begins.
        start: Where its first character is behind the title.
        end: Where the next title begins.
    """

    title: SectionTitle
    at: int
    start: int
    end: int


_PART = re.compile("第[一二三四五六七八九十]{1,2}部分")
_NUMBERED = re.compile("(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）)+")
_MARKED = re.compile("(?:[0-9]{1,2}[.、](?![0-9])|（[0-9]{1,2}）)")
_CHAPTER = re.compile("[一二三四五六七八九十]{1,3}[、.](?P<名>[^，。；：、0-9]{2,30})$")
_BEFORE_TITLE = re.compile("(?:关于)?(?:[0-9]{4}年度?)?(?:本?部门|本?单位)?的?(?:关于)?")
_BEHIND_TITLE = re.compile("(?:情况)?的?(?:说明|及说明)?(?:（[^（）]{3,30}）)?[。：:]?")
_LINE_BEFORE = re.compile(".{0,60}?")
_LEAST_BODY = limit(Limit.BODY)
_LEADERS = re.compile("[.…·。0-9]+")
_FIGURE = re.compile(r"[0-9](?:\.[0-9]|,[0-9]{3}|%|[0-9]* -?[0-9]|[0-9]*[万亿元个辆人批台])")
_SENTENCE = re.compile("[^.…·。0-9]。(?!。)")


@cache
def _titles() -> tuple[tuple[str, SectionTitle], ...]:
    """Return the words of every title, the longest first."""
    found = []
    for name, row in table("titles").items():
        title = SectionTitle(
            name=name,
            kind=SectionKind(row["种类"]),
            subject=row.get("主体", ""),
            scope=row.get("口径", ""),
            items=row.get("逐项", ""),
            written=row.get("写法", ""),
        )
        found += [(words, title) for name_ in row["用语"] for words in without_quotes(name_)]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


class _Heading(NamedTuple):
    """A title where it stands; without a title where only a part of the document begins."""

    at: int
    end: int
    title: SectionTitle | None


def sections_of(document: AccountText) -> tuple[AccountSection, ...]:
    """Return the sections of a document in their order, without those of its table of contents."""
    headings = _headings(document)
    ends = (*(heading.at for heading in headings[1:]), len(document.text))
    found = []
    for heading, end in zip(headings, ends, strict=False):
        if heading.title is not None and _is_body(document.text[heading.end : end]):
            found.append(AccountSection(heading.title, heading.at, heading.end, end))
    return tuple(found)


def _is_body(text: str) -> bool:
    """Tell whether something is said behind a title: in a table of contents only its page stands.

    However short it is, what has a figure or a whole sentence is the section itself.
    """
    says = _FIGURE.search(text) or _SENTENCE.search(text)
    return says is not None or len(_LEADERS.sub("", text)) >= _LEAST_BODY


def _headings(document: AccountText) -> list[_Heading]:
    """Return every title and every beginning of a part, each place once."""
    found: dict[int, _Heading] = {}
    for heading in (
        *_parts(document),
        *_table_titles(document),
        *_text_titles(document),
        *_marked_titles(document),
    ):
        if heading.at not in found or heading.title is not None:
            found[heading.at] = heading
    chapters = {heading.at: heading for heading in _chapters(document) if heading.at not in found}
    kept: list[_Heading] = []
    for at in sorted({*found, *chapters}):
        if kept and at < kept[-1].end:
            continue
        if at in found:
            kept.append(found[at])
        elif kept and kept[-1].title is not None and kept[-1].title.kind in _EXPLAINED:
            kept.append(chapters[at])
    return kept


_EXPLAINED = frozenset({SectionKind.EXPLANATION, SectionKind.UNKNOWN})


def _parts(document: AccountText) -> Iterator[_Heading]:
    for found in _PART.finditer(document.text):
        title = _title_within(document.text[found.end() : found.end() + _MOST_TITLE])
        yield _Heading(found.start(), found.end(), title)


def _title_within(text: str) -> SectionTitle | None:
    """Return the title of a part that has no sections of its own."""
    for words, title in _titles():
        at = text.find(words)
        if title.kind is not SectionKind.TABLE and at >= 0 and title.name in _WHOLE_PARTS:
            return title if not re.search("[。；，]", text[:at]) else None
    return None


_WHOLE_PARTS = frozenset({"名词解释", "附件", "重点工作"})


@cache
def _pattern(*, of_tables: bool) -> re.Pattern[str]:
    """Return the words of all titles of tables, or of texts, as one pattern, the longest first."""
    words = (words for words, title in _titles() if (title.kind is SectionKind.TABLE) == of_tables)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _by_words() -> dict[str, SectionTitle]:
    return dict(_titles())


def _table_titles(document: AccountText) -> Iterator[_Heading]:
    """Yield the titles of tables: lines that end with one, or two where it is broken."""
    most = limit(Limit.BEFORE_TITLE)
    for start, end, cut in _lines_and_pairs(document):
        found = _pattern(of_tables=True).search(document.text, start, end)
        if found is None or found.start() - start > most or "。" in document.text[start:end]:
            continue
        is_whole = cut is None or found.start() < cut < found.end()
        if is_whole and end - found.end() <= limit(Limit.BEHIND_TITLE):
            yield _Heading(start, end, _by_words()[found[0]])


def _lines_and_pairs(document: AccountText) -> Iterator[tuple[int, int, int | None]]:
    """Yield where each line begins and ends, then each with the next and where that begins."""
    spans = [(start, end) for start, end, _ in document.spans() if start < end]
    yield from ((start, end, None) for start, end in spans)
    for (start, cut), (_, end) in pairwise(spans):
        yield start, end, cut


def _text_titles(document: AccountText) -> Iterator[_Heading]:
    """Yield the titles of texts: numbered, by their words but for a letter or two."""
    for found in _NUMBERED.finditer(document.text):
        before = _BEFORE_TITLE.match(document.text, found.end())
        start = before.end() if before else found.end()
        for begin in dict.fromkeys((start, found.end())):
            hit = _title_at(document.text, begin)
            if hit is not None:
                end, title = hit
                behind = _BEHIND_TITLE.match(document.text, end)
                yield _Heading(found.start(), behind.end() if behind else end, title)
                break


def _marked_titles(document: AccountText) -> Iterator[_Heading]:
    """Yield the titles of texts that are numbered with digits: one line or two of nothing else."""
    for start, end, _ in _lines_and_pairs(document):
        mark = _MARKED.match(document.text, start, end)
        if mark is None:
            continue
        before = _BEFORE_TITLE.match(document.text, mark.end(), end)
        begin = before.end() if before else mark.end()
        found = _pattern(of_tables=False).match(document.text, begin, end)
        behind = _BEHIND_TITLE.fullmatch(document.text, found.end(), end) if found else None
        if found is not None and behind is not None:
            yield _Heading(start, end, _by_words()[found[0]])


def _chapters(document: AccountText) -> Iterator[_Heading]:
    """Yield the titles of chapters whose words are not known: by a word in them, or as unknown."""
    for start, end, _ in document.spans():
        found = _CHAPTER.match(document.text, start, end)
        if found is not None:
            yield _Heading(start, end, _title_by_word(found["名"]))


def _title_by_word(name: str) -> SectionTitle:
    for word, title in _words_of_titles():
        if word in name:
            return title
    return UNKNOWN_TITLE


UNKNOWN_TITLE = SectionTitle("", SectionKind.UNKNOWN, "", "", "")
"""What holds of a chapter whose title no word is known of: none of its figures is understood."""

UNHEADED_TITLE = UNKNOWN_TITLE._replace(kind=SectionKind.UNHEADED)
"""What holds of a text of which no title is known: its figures are whose its sentences say."""


def unheaded(document: AccountText) -> tuple[AccountSection, ...]:
    """Return a document of which no section is known as one section; none where it is empty."""
    end = len(document.text)
    return (AccountSection(UNHEADED_TITLE, 0, 0, end),) if end else ()


@cache
def _words_of_titles() -> tuple[tuple[str, SectionTitle], ...]:
    rows = table("titles")
    titles = {title.name: title for _, title in _titles()}
    return tuple((word, titles[name]) for name, row in rows.items() for word in row.get("关键", ()))


def _title_at(text: str, start: int) -> tuple[int, SectionTitle] | None:
    """Return the title that begins at a place, and where it ends."""
    table_title = _pattern(of_tables=True).match(text, start)
    found = _pattern(of_tables=False).match(text, start)
    if table_title is not None and (found is None or table_title.end() > found.end()):
        return None
    if found is not None:
        return found.end(), _by_words()[found[0]]
    head = text[start : start + _MOST_TITLE]
    letters, begins = frozenset(head), frozenset(head[:_SAME])
    near = [
        (distance, -len(words), start + end, title)
        for words, all_letters, first_letters, slips, title in _long_titles()
        if not first_letters.isdisjoint(begins) and len(all_letters - letters) <= slips
        for distance, end in [_distance(words, head)]
        if distance <= slips
    ]
    if not near:
        return None
    _, _, end, title = min(near, key=lambda item: item[:2])
    return end, title


_MOST_TITLE = limit(Limit.TITLE)
_LEAST_NEAR = limit(Limit.NEAR_TITLE)
_SLIPS = limit(Limit.SLIPS)
_SAME = len("一般")


class _LongTitle(NamedTuple):
    """A title in which slips are allowed: its letters, those of its beginning, and how many."""

    words: str
    letters: frozenset[str]
    begins: frozenset[str]
    slips: int
    title: SectionTitle


@cache
def _long_titles() -> tuple[_LongTitle, ...]:
    """Return the titles of texts that are long enough to be known with a slip in them."""
    return tuple(
        _LongTitle(
            words,
            frozenset(words),
            frozenset(words[:_SAME]),
            max(1, len(words) // _SLIPS),
            title,
        )
        for words, title in _titles()
        if title.kind is not SectionKind.TABLE and len(words) >= _LEAST_NEAR
    )


def _distance(words: str, head: str) -> tuple[int, int]:
    """Return how far the beginning of a text is from a title, and how long that beginning is.

    Letters are added, left out or changed; two at most are added.
    """
    row = list(range(len(head[: len(words) + 2]) + 1))
    for at, letter in enumerate(words, start=1):
        above, row[0] = row[0], at
        for index in range(1, len(row)):
            kept = (
                above if head[index - 1] == letter else 1 + min(above, row[index], row[index - 1])
            )
            above, row[index] = row[index], kept
    best = min(range(len(row)), key=lambda index: (row[index], abs(index - len(words))))
    return row[best], best


def within(sections: Iterable[AccountSection], kind: SectionKind) -> list[AccountSection]:
    """Return the sections that are read in one way."""
    return [section for section in sections if section.title.kind is kind]
