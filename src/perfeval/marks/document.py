"""Comments at the cells and paragraphs of a document."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from perfeval.carriers import LIMITS, CarrierKind, Limits, Refusal
from perfeval.carriers.docx import DocxPlaces
from perfeval.carriers.limits import Allowance, CarrierRefusalError, broken, too_much
from perfeval.carriers.markup import Attributes, walk
from perfeval.carriers.opened import read_carrier
from perfeval.carriers.package import main_part, relations
from perfeval.marks.editing import EditedPackage, Finder, FoundElement, refuse_unmarkable
from perfeval.marks.letters import LetterPiece, LetterSpan, RunCutter, can_be_cut, span_of
from perfeval.marks.placing import placed
from perfeval.marks.splicing import (
    ByteSpan,
    Splices,
    escaped,
    missing_prefixes,
    span,
    tag_end,
    writable,
)
from perfeval.marks.values import AUTHOR, CellRemark, MarkedCopy, MarkKind
from perfeval.places import Place, TablePlace, TextPlace

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEW_COMMENTS = f'{_HEAD}<w:comments xmlns:w="{_MAIN}"/>'.encode()
_LONGEST_NUMBER = 9
_INITIALS = "校核"
_RANGE_ENDS = ("commentRangeStart", "commentRangeEnd")
_REFERENCE = "commentReference"
_NO_CONTENT = ("rPr", _REFERENCE)
_PARENT = re.compile(rb"""\s[\w.-]+:paraIdParent\s*=\s*(?:"[^"]*"|'[^']*')""")


def mark_document(
    raw: bytes, remarks: Sequence[CellRemark], *, limits: Limits = LIMITS
) -> MarkedCopy | Refusal:
    """Return a document with a comment at each cell or paragraph of which something is said.

    Args:
        raw: The bytes of the document (.docx).
        remarks: What is said. What has no place, or one that the document lacks, stands at the
            first cell of the first table, as the summary does.
        limits: The most of everything that the document may have.

    Returns:
        The copy, in which all else is as it was; comments of ours from an earlier marking are
        gone, those of others stay. Or why there is none.
    """
    try:
        return _marked(raw, remarks, limits)
    except CarrierRefusalError as error:
        return error.refusal


def _marked(raw: bytes, remarks: Sequence[CellRemark], limits: Limits) -> MarkedCopy:
    if read_carrier(raw, Allowance(limits)).kind is not CarrierKind.DOCX:
        raise CarrierRefusalError("这不是 Word 文档（.docx）", "请另存为 .docx 再试")
    edited = EditedPackage(raw, limits)
    main = main_part(edited.package, "word/document.xml")
    refuse_unmarkable(edited, main)
    body = edited.read(main)
    reader = _AnchorReader(body, Allowance(limits))
    edited.walk(main, reader)
    home: _AnchorParagraph | _AnchorWords = reader.first()
    wanted, notes = placed(remarks, reader.anchor, home)
    comments = _Comments(edited, main, reader.numbers())
    splices = Splices(body)
    reader.cut_references(splices, comments.ours)
    more = missing_prefixes(body, {"w": _MAIN})
    cutter = RunCutter(splices)
    for anchor in sorted(wanted, key=lambda anchor: anchor.start):
        numbers = [comments.add(remark) for remark in wanted[anchor]]
        _anchor(splices, cutter, anchor, _ends(numbers, more))
    comments.write()
    edited.write(main, splices.result())
    return MarkedCopy(edited.packed(), CarrierKind.DOCX, tuple(notes))


def _ends(numbers: Sequence[int], more: str) -> tuple[str, str]:
    """Return what stands where comments begin, and what stands where they end."""
    begins = "".join(f'<w:commentRangeStart{more} w:id="{number}"/>' for number in numbers)
    ends = "".join(
        f'<w:commentRangeEnd{more} w:id="{number}"/>'
        f'<w:r{more}><w:commentReference w:id="{number}"/></w:r>'
        for number in numbers
    )
    return begins, ends


def _anchor(
    splices: Splices,
    cutter: RunCutter,
    anchor: _AnchorParagraph | _AnchorWords,
    elements: tuple[str, str],
) -> None:
    """Let comments begin and end with a paragraph, or with some of its words."""
    begins, ends = elements
    if isinstance(anchor, _AnchorWords):
        words = anchor.words
        cutter.put(words.begins, words.first, begins)
        cutter.put(words.ends, words.last, ends)
        return
    element = span(splices.raw, anchor.start, anchor.closing)
    if element.is_empty_tag:
        splices.fill(element, begins + ends)
        return
    splices.put(max(anchor.content, element.inside), begins)
    splices.put(element.closing, ends)


class _AnchorParagraph:
    """Where a paragraph begins, where its content does, and where it ends.

    Attributes:
        pieces: Its texts, with where their letters stand.
    """

    __slots__ = ("closing", "content", "letters", "pieces", "properties", "seen", "start")

    def __init__(self, start: int) -> None:
        self.start = self.closing = self.properties = start
        self.content = -1
        self.pieces: list[LetterPiece] = []
        self.seen = self.letters = 0

    def count(self, texts: Sequence[str]) -> int:
        """Return how many letters it has so far."""
        while self.seen < len(texts):
            self.letters += len(texts[self.seen])
            self.seen += 1
        return self.letters


class _AnchorWords(NamedTuple):
    """Some words of a paragraph."""

    words: LetterSpan

    @property
    def start(self) -> int:
        """Where they begin in the bytes."""
        return self.words.start


class _Referring:
    """An element that refers to comments, and does nothing else unless it has more.

    Attributes:
        span: Where it stands.
        parts: The comments that it refers to, and where it does.
        has_more: Whether there is something else in it.
    """

    __slots__ = ("has_more", "parts", "span")

    def __init__(
        self, where: ByteSpan, parts: list[tuple[str, ByteSpan]], *, has_more: bool
    ) -> None:
        self.span = where
        self.parts = parts
        self.has_more = has_more


class _Run:
    """A run that is being read."""

    __slots__ = ("has_more", "parts", "properties", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.properties = start, start
        self.parts: list[tuple[str, ByteSpan]] = []
        self.has_more = False


class _AnchorReader(DocxPlaces):
    """Reads a document as carriers do, and keeps where its paragraphs stand in the bytes.

    Attributes:
        found: By its place the first paragraph that says something, else the first one.
    """

    def __init__(self, raw: bytes, allowance: Allowance) -> None:
        super().__init__(allowance)
        self.found: dict[Place, _AnchorParagraph] = {}
        self._raw = raw
        self._speaking: set[Place] = set()
        self._path: list[str] = []
        self._open: list[_AnchorParagraph] = []
        self._runs: list[_Run] = []
        self._referring: list[_Referring] = []
        self._number, self._began = "", -1
        self._text = -1

    def anchor(self, place: Place, length: int) -> _AnchorParagraph | _AnchorWords | None:
        """Return what stands at a place: some words of a paragraph, else all of it."""
        if not isinstance(place, TextPlace):
            return self.found.get(place)
        paragraph = self.found.get(TextPlace(place.line, 1))
        if paragraph is None or not length:
            return paragraph
        words = span_of(paragraph.pieces, place.column - 1, length)
        if words is None or not self._can_be_cut(words):
            return paragraph
        return _AnchorWords(words)

    def _can_be_cut(self, words: LetterSpan) -> bool:
        return all(can_be_cut(self._raw, piece) for piece in (words.begins, words.ends))

    def text(self, text: str) -> None:
        is_kept = bool(self._open and self._runs) and not self.is_skipping and self._text >= 0
        paragraph = self._open[-1] if is_kept else None
        before = paragraph.count(self._paragraphs[-1]) if paragraph is not None else 0
        super().text(text)
        if paragraph is None:
            return
        added = paragraph.count(self._paragraphs[-1]) - before
        if added >= len(text):
            first = before + added - len(text)
            run = self._runs[-1]
            paragraph.pieces.append(LetterPiece(first, text, self._text, run.start, run.properties))

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if self.is_skipping:
            return
        if self._runs and self._path[-1] == "r" and name not in _NO_CONTENT:
            self._runs[-1].has_more = True
        self._path.append(name)
        if name == "p":
            self._open.append(_AnchorParagraph(self.offset()))
        elif name == "r":
            self._runs.append(_Run(self.offset()))
        elif name == "t":
            self._text = self.offset()
        elif name == "rPr" and self._runs and self._path[-2:-1] == ["r"]:
            self._runs[-1].properties = self.offset(), -1
        elif name == "tc" and self.is_in_table:
            place = self.here()  # that of a deleted row comes once more
            self.found.pop(place, None)
            self._speaking.discard(place)
        elif name == "pPr" and self._open:
            self._open[-1].properties = self.offset()
        elif name == _REFERENCE or name in _RANGE_ENDS:
            self._number, self._began = attributes.get("id", ""), self.offset()

    def end(self, name: str) -> None:
        if self.is_skipping:
            super().end(name)
            return
        self._path.pop()
        if name == "p":
            self._end_paragraph()
        elif name == "pPr" and self._path[-1:] == ["p"]:
            paragraph = self._open[-1]
            paragraph.content = span(self._raw, paragraph.properties, self.offset()).end
        elif name == "r" and self._runs:
            self._end_run()
        elif name == "t":
            self._text = -1
        elif name == "rPr" and self._runs and self._path[-1:] == ["r"]:
            run = self._runs[-1]
            run.properties = (
                run.properties[0],
                span(self._raw, run.properties[0], self.offset()).end,
            )
        elif name == _REFERENCE or name in _RANGE_ENDS:
            self._end_reference(name)
        super().end(name)

    def _end_paragraph(self) -> None:
        paragraph = self._open.pop()
        paragraph.closing = self.offset()
        # A text box stands in a paragraph, and a comment cannot stand in a text box.
        outer = self._open[0] if self._open else paragraph
        if self.is_in_table or not self._open:
            self._keep(self.here(), outer)

    def _keep(self, place: Place, paragraph: _AnchorParagraph) -> None:
        if len(self.found) > self.flow.allowance.limits.cells:
            raise too_much("段落太多")
        if place not in self.found or (self.has_words and place not in self._speaking):
            self.found[place] = paragraph
            if self.has_words:
                self._speaking.add(place)

    def _end_run(self) -> None:
        run = self._runs.pop()
        if run.parts:
            where = span(self._raw, run.start, self.offset())
            self._referring.append(_Referring(where, run.parts, has_more=run.has_more))

    def _end_reference(self, name: str) -> None:
        part = self._number, span(self._raw, self._began, self.offset())
        if name == _REFERENCE and self._runs:
            self._runs[-1].parts.append(part)
        else:
            self._referring.append(_Referring(part[1], [part], has_more=False))

    def first(self) -> _AnchorParagraph:
        """Return the paragraph of the first cell of the first table, or of all the first one."""
        found = self.found.get(TablePlace(1, 1, 1)) or next(iter(self.found.values()), None)
        if found is None:
            raise broken("文档里没有段落")
        return found

    def numbers(self) -> set[str]:
        """Return the numbers of all comments that are referred to."""
        return {number for item in self._referring for number, _ in item.parts}

    def cut_references(self, splices: Splices, numbers: Collection[str]) -> None:
        """Take out what refers to some comments."""
        for item in self._referring:
            parts = [where for number, where in item.parts if number in numbers]
            if len(parts) == len(item.parts) and not item.has_more:
                parts = [item.span]
            for where in parts:
                splices.cut(where.start, where.end)


class _Comments:
    """The comments of a document, of which ours are made anew.

    Attributes:
        ours: The numbers of our comments from an earlier marking.
    """

    def __init__(self, edited: EditedPackage, main: str, referred: Collection[str]) -> None:
        self.ours: set[str] = set()
        self._edited = edited
        self._main = main
        self._related = relations(edited.package, main)
        self._part = next(
            (one.target for one in self._related.values() if one.kind == "comments"), ""
        )
        self._raw = edited.read(self._part) if self._part else _NEW_COMMENTS
        self._found = Finder("comments", "comment", "p")
        walk((self._raw,), self._found, edited.package.limits)
        taken = set(referred)  # by comments that are lost as well: no new one may get their places
        for comment in self._found.all("comment"):
            number = comment.attributes.get("id", "")
            taken.add(number)
            if comment.attributes.get("author") == AUTHOR:
                self.ours.add(number)
        self._next = max((_number(one) + 1 for one in taken - self.ours), default=0)
        self._new: list[str] = []
        self._more = missing_prefixes(self._raw, {"w": _MAIN})

    def add(self, remark: CellRemark) -> int:
        """Add a comment, and return its number."""
        number = self._next
        self._next += 1
        self._new.append(
            f'<w:comment{self._more} w:id="{number}" w:author="{AUTHOR}" w:initials="{_INITIALS}">'
            f"{_paragraphs(remark)}</w:comment>"
        )
        return number

    def write(self) -> None:
        """Take our old comments out and put the new ones in."""
        if not (self.ours or self._new):
            return
        splices = Splices(self._raw)
        gone: set[str] = set()
        end_of_ours = -1
        for element in self._found.found:
            if element.name == "comment" and element.attributes.get("id", "") in self.ours:
                splices.cut(element.start, element.span(self._raw).end)
                end_of_ours = element.closing
            elif element.name == "p" and element.start < end_of_ours:
                gone.add(element.attributes.get("paraId", ""))
        splices.fill(self._found.first("comments").span(self._raw), "".join(self._new))
        if self._part:
            self._edited.write(self._part, splices.result())
            self._forget(gone - {""})
        else:
            folder = posixpath.dirname(self._main)
            part = posixpath.join(folder, "comments.xml")
            if part in self._edited:
                part = self._edited.free_name(posixpath.join(folder, "comments{}.xml"))
            self._edited.add(part, _TYPE, splices.result())
            self._edited.relate(self._main, "comments", part)

    def _forget(self, paragraphs: set[str]) -> None:
        """Take our old comments out of the parts in which newer programs list all comments.

        An answer to one of ours stays, as a comment of its own.
        """
        durable: set[str] = set()
        for kind, name, key, keys in (
            ("commentsExtended", "commentEx", "paraId", paragraphs),
            ("commentsIds", "commentId", "paraId", paragraphs),
            ("commentsExtensible", "commentExtensible", "durableId", durable),
        ):
            part = next((one.target for one in self._related.values() if one.kind == kind), "")
            if not (keys and part in self._edited):
                continue
            found = Finder(name)
            splices = Splices(self._edited.walk(part, found))
            for entry in found.found:
                if entry.attributes.get(key, "") in keys:
                    splices.cut(entry.start, entry.span(splices.raw).end)
                    durable.add(entry.attributes.get("durableId", ""))
                elif entry.attributes.get("paraIdParent", "") in keys:
                    _cut_parent(splices, entry)
            self._edited.write(part, splices.result())


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER
    return int(text) if is_number else -1


def _cut_parent(splices: Splices, entry: FoundElement) -> None:
    found = _PARENT.search(splices.raw, entry.start, tag_end(splices.raw, entry.start))
    if found is not None:
        splices.cut(*found.span())


def _paragraphs(remark: CellRemark) -> str:
    """Return the text of a comment, a paragraph for each line; a summary's first line is bold."""
    paragraphs = []
    for index, line in enumerate(writable(remark.text).split("\n")):
        is_head = index == 0 and remark.kind is MarkKind.SUMMARY
        bold = "<w:rPr><w:b/></w:rPr>" if is_head else ""
        mark = "<w:r><w:annotationRef/></w:r>" if index == 0 else ""
        text = f'<w:t xml:space="preserve">{escaped(line)}</w:t>'
        paragraphs.append(f"<w:p>{mark}<w:r>{bold}{text}</w:r></w:p>")
    return "".join(paragraphs)
