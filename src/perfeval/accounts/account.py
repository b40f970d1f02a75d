"""A document as it was understood: its sections, its figures and what it lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from perfeval.accounts.binding import SectionBinder
from perfeval.accounts.facts import AccountFigure, FigureMeasure, unread
from perfeval.accounts.forms import FormTable, form_tables
from perfeval.accounts.items import ListedItem, items_in, points_in
from perfeval.accounts.sections import AccountSection, SectionKind, sections_of, unheaded
from perfeval.accounts.tables import TableReader
from perfeval.accounts.text import AccountText, TextLine

if TYPE_CHECKING:  # what is beside a document speaks of documents, too
    from perfeval.accounts.beside import BesideSheet

_TITLE_YEAR = re.compile("(20[0-9]{2})年度?[^。；，0-9]{0,20}?决算")
_ANY_YEAR = re.compile("(20[0-9]{2})年度")
_LISTS = {SectionKind.PERFORMANCE: ("项目", "附件")}


@dataclass(frozen=True, eq=False)
class Account:
    """A document as it was understood.

    Attributes:
        document: Its text, with the place of every character.
        year: The year of the accounts; ``None`` where it does not say.
        sections: Its sections in their order.
        figures: Every figure of its explanations and tables, in the order of the text.
        items: What it lists one by one.
        forms: The self-assessment forms in it.
        beside: The 自评表 with which it is compared.
    """

    document: AccountText
    year: int | None
    sections: tuple[AccountSection, ...]
    figures: tuple[AccountFigure, ...]
    items: tuple[ListedItem, ...]
    forms: tuple[FormTable, ...]
    beside: tuple[BesideSheet, ...] = ()

    @cached_property
    def _by_key(self) -> dict[tuple[str, FigureMeasure | None], list[AccountFigure]]:
        found: dict[tuple[str, FigureMeasure | None], list[AccountFigure]] = {}
        for figure in self.figures:
            found.setdefault((figure.subject, figure.measure), []).append(figure)
        return found

    @cached_property
    def _own(self) -> dict[tuple[str, FigureMeasure | None], list[AccountFigure]]:
        """The figures of the year of the accounts, in the order of the text."""
        return {
            key: [figure for figure in figures if figure.year == self.year]
            for key, figures in self._by_key.items()
        }

    @cached_property
    def _own_starts(self) -> dict[tuple[str, FigureMeasure | None], list[int]]:
        return {key: [figure.start for figure in found] for key, found in self._own.items()}

    def all_of(self, subject: str, measure: FigureMeasure) -> list[AccountFigure]:
        """Return every figure of a subject that is of the year of the accounts."""
        return self._own.get((subject, measure), [])

    def before(self, subject: str, measure: FigureMeasure, at: int) -> Iterator[AccountFigure]:
        """Yield the figures of a subject that stand before a place, the nearest first."""
        found = self.all_of(subject, measure)
        end = bisect_left(self._own_starts.get((subject, measure), []), at)
        return (found[index] for index in range(end - 1, -1, -1))

    def of_years(self, subject: str, measure: FigureMeasure) -> list[AccountFigure]:
        """Return every figure of a subject, of whatever year."""
        return self._by_key.get((subject, measure), [])

    def one(
        self, subject: str, measure: FigureMeasure, near: AccountFigure | None = None
    ) -> AccountFigure | None:
        """Return a figure of a subject: of the same sentence or section where there is one."""
        found = self.all_of(subject, measure)
        if near is None or not found:
            return found[0] if found else None
        at = bisect_left(self._own_starts[subject, measure], near.start)
        return min(  # whatever stands in the same sentence or section stands next to it
            found[max(at - 1, 0) : at + 2],
            key=lambda figure: (
                figure.sentence != near.sentence,
                figure.section != near.section,
                abs(figure.start - near.start),
            ),
        )

    def with_measure(self, *measures: FigureMeasure) -> Iterator[AccountFigure]:
        """Yield every figure that is one of these things."""
        return (figure for figure in self.figures if figure.measure in measures)

    def group(self, prefix: str) -> list[str]:
        """Return the subjects of a list, in the order in which it has them."""
        found = (
            figure.subject for figure in self.figures if figure.subject.startswith(prefix + "/")
        )
        return list(dict.fromkeys(found))

    def title_of(self, figure: AccountFigure) -> str:
        """Return the name of the section in which a figure stands."""
        return self.sections[figure.section].title.name

    @property
    def is_headed(self) -> bool:
        """Whether a part of an account was recognised in it."""
        return any(section.title.kind is not SectionKind.UNHEADED for section in self.sections)

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(item.start for item in self.items)

    def text_behind(self, figure: AccountFigure) -> str:
        """Return what stands behind a figure, up to the next item or the end of its section."""
        after = self._starts[bisect_right(self._starts, figure.start) :][:1]
        end = min([*after, self.sections[figure.section].end])
        return self.document.text[figure.end : end]

    def item_text(self, item: ListedItem) -> tuple[int, int]:
        """Return where the text of an item begins and ends."""
        after = self._starts[bisect_right(self._starts, item.start) :][:1]
        ends = [
            section.end for section in self.sections if section.start <= item.start < section.end
        ]
        return item.start, min([*after, *ends], default=len(self.document.text))


def understand(lines: Sequence[TextLine], elsewhere: Collection[int] = ()) -> Account:
    """Read a document.

    Args:
        lines: Its lines, paragraphs and rows in their order.
        elsewhere: The numbers, from 0, of the lines that are read in another way: the rows of a
            self-assessment form with its grid.  They hold no figure of the accounts.
    """
    document = AccountText(lines)
    sections = sections_of(document) or unheaded(document)
    year = _year_of(document.text)
    apart = spans_of(document, elsewhere)
    forms = tuple(
        form
        for form in form_tables(document)
        if not any(form.start < end and start < form.end for start, end in apart)
    )
    figures: list[AccountFigure] = []
    items: list[ListedItem] = []
    sentence = 0
    skipped = tuple(sorted((*apart, *((form.start, form.end) for form in forms))))
    for number, section in enumerate(sections):
        kind = section.title.kind
        if kind is SectionKind.TABLE:
            reader = TableReader(document, section, number, year, elsewhere)
            figures += reader.figures()
        elif kind is not SectionKind.OTHER:
            is_told = kind is SectionKind.EXPLANATION
            listed = _items_of(document.text, section, len(items))
            first = (len(figures), sentence)
            points = (
                []
                if listed or section.title.items or not is_told
                else points_in(document, section, number)
            )
            binder = SectionBinder(
                document.text, section, number, year, listed or points, first, skipped
            )
            figures += _understood(section, binder.figures())
            items += listed
            sentence = binder.sentence + 1
    return Account(
        document=document,
        year=year,
        sections=sections,
        figures=tuple(figures),
        items=tuple(items),
        forms=forms,
    )


def spans_of(document: AccountText, lines: Collection[int]) -> list[tuple[int, int]]:
    """Return where lines begin and end in a document's text; those that follow as one."""
    found: list[tuple[int, int]] = []
    for start, end, number in document.spans() if lines else ():
        if number not in lines:
            continue
        goes_on = bool(found) and found[-1][1] == start
        found.append((found.pop()[0] if goes_on else start, end))
    return found


def _understood(section: AccountSection, found: list[AccountFigure]) -> list[AccountFigure]:
    """Return the figures of a section, those of which it is not known what they are as unread.

    Under a known title words may be left out; without one a sentence must say whose it speaks of.
    """
    if section.title.name:
        return found
    is_whole = section.title.kind is SectionKind.UNHEADED
    return [
        figure if is_whole and figure.told and figure.subject else unread(figure)
        for figure in found
    ]


def _items_of(text: str, section: AccountSection, before: int) -> list[ListedItem]:
    title = section.title
    own = filter(None, (title.items, title.written))
    kinds: Iterable[str] = _LISTS.get(title.kind, own)
    found = [item for kind in kinds for item in items_in(text, section.start, section.end, kind)]
    found.sort(key=lambda item: item.start)
    return [
        item._replace(subject=f"{item.kind}/{before + order}")
        for order, item in enumerate(found, start=1)
    ]


def _year_of(text: str) -> int | None:
    """Return the year that most titles of accounts name, else the year named most often."""
    for pattern in (_TITLE_YEAR, _ANY_YEAR):
        years = Counter(pattern.findall(text))
        if years:
            return int(max(years, key=lambda year: (years[year], year)))
    return None
