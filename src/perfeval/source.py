"""From a YAML text to plain data, and where each value stood.

The text comes from outside and is hostile until shown otherwise.  It is read as a stream of
parser events with limits on bytes, depth and size, so that no tree is built before its size is
known.  Scalars are typed as text, exact number, true/false or nothing: a plain decimal number
becomes a `Decimal` from its characters, anything else stays text (``0102``, ``1_000``, ``1:30``,
``no`` and dates included), and whoever needs a number there says so.  Anchors, aliases, tags and
repeated keys are refused, all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval.contents import kind_of
from perfeval.numbers import parse_number
from perfeval.places import LINE_END, Path, Place, TextPlace
from perfeval.scanning import WIDTH, Marks, scan, typed
from perfeval.slips.values import quoted

if TYPE_CHECKING:
    import yaml

    from perfeval.slips.model import Slip

Value = Any
"""Text, `Decimal`, bool, ``None``, a list or a dict with text keys."""
MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 64
MAX_VALUES = 100_000

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which no output can hold."""


def has_half_character(text: str) -> bool:
    """Tell whether half a character stands in a text, which no output can hold."""
    return not text.isascii() and _HALF.search(text) is not None


def mended_text(text: str) -> str:
    """Return a text with ``?`` in place of each half of a character."""
    return _HALF.sub("?", text)


class Problem(NamedTuple):
    """Something in the text that is not allowed.

    >>> read_text("年度: [", "表.yaml").problems[0].kind
    'syntax'
    """

    kind: str
    message: str
    mark: TextPlace | None
    path: Path = ()
    hint: str = ""


class Source:
    """A text that was read: its data, its problems, and the place of every value.

    Attributes:
        name: File name or other label, for messages.
        text: The decoded text.
        data: Plain data; ``None`` where nothing could be read.
        problems: What is not allowed in the text, in the order of its lines.
        remarks: What is allowed, and most likely not meant: a comment that cuts a value.
        cells: Where the values of a table stand in its file; ``None`` for a text and for data.

    >>> source = read_text("年度: 2023", "表.yaml")
    >>> source.data, str(source.locate(("年度",)))
    ({'年度': Decimal('2023')}, '1:5')
    """

    __slots__ = ("_lines", "_root", "cells", "data", "name", "problems", "remarks", "text")

    def __init__(
        self,
        name: str,
        text: str = "",
        data: Value = None,
        problems: Sequence[Problem] = (),
        root: Marks | None = None,
        remarks: Sequence[Problem] = (),
        cells: Mapping[Path, Place] | None = None,
    ) -> None:
        self.name = name
        self.text = text
        self.data = data
        self.problems = tuple(problems)
        self.remarks = tuple(remarks)
        self.cells = cells
        self._root = root
        self._lines: list[str] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave the parser's marks behind: a copy reads the places from the text when asked."""
        return _copied, (
            self.name,
            self.text,
            self.data,
            self.problems,
            self.remarks,
            self.cells,
        )

    def forget_places(self) -> None:
        """Give back the memory of places; they are read from the text when one is asked for."""
        if self._root is not None:
            self._root = _UNREAD
        self._lines = None

    def locate(self, path: Path, *, key: bool = False) -> Place | None:
        """Return where the value at *path* stands, or the nearest part of the path that exists.

        Args:
            path: Keys and list positions.
            key: Return the place of the value's key instead of the value.

        Returns:
            The place, or ``None`` where the text could not be read, or a table has no such cell.
        """
        if self.cells is not None:
            return self._nearest_cell(self.cells, path)
        if self._root is _UNREAD:
            self._root = _build(self.text).root
        place = self._root
        if place is None:
            return None
        for step in path:
            below = _inside(place, step)
            if below is not None:  # a step that the text does not have is passed over
                place = below
        return _mark(place[0] if not key or place[1] is None else place[1])

    def _nearest_cell(self, cells: Mapping[Path, Place], path: Path) -> Place | None:
        """Return the cell of a value, or of what holds it."""
        while path and path not in cells:
            path = path[:-1]
        return cells.get(path)

    def line(self, number: int) -> str:
        """Return one line of the text, counted from 1, without its line end."""
        if self._lines is None:
            self._lines = LINE_END.split(self.text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


_UNREAD: Marks = (None, None, None)
"""The places of a copy, or of what was done with, before anyone asks for one."""


def _copied(
    name: str,
    text: str,
    data: Value,
    problems: tuple[Problem, ...],
    remarks: tuple[Problem, ...],
    cells: Mapping[Path, Place] | None,
) -> Source:
    return Source(name, text, data, problems, _UNREAD if text else None, remarks, cells)


def _inside(place: Marks, step: str | int) -> Marks | None:
    """Return the place of one step further in, if there is one."""
    inner = place[2]
    found: Marks | None = None
    if isinstance(inner, dict):
        found = inner.get(step)
    elif isinstance(inner, list) and isinstance(step, int) and 0 <= step < len(inner):
        found = inner[step]
    return found


def _mark(mark: Any) -> TextPlace:
    if mark.__class__ is int:
        return TextPlace(mark // WIDTH + 1, mark % WIDTH + 1)
    return TextPlace(mark.line + 1, mark.column + 1)


def decode(raw: bytes) -> str | None:
    """Decode UTF-8, with or without a byte order mark, or else GB18030; ``None`` if neither."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return None


def read_bytes(raw: bytes, name: str) -> Source:
    """Read the bytes of a file; see `read_text`."""
    if len(raw) > MAX_BYTES:
        return _too_large(name)
    kind = kind_of(raw)
    if kind is not None:
        return _refused(name, "encoding", kind.message, kind.hint)
    text = decode(raw)
    if text is None:
        return _refused(
            name, "encoding", "文件既不是 UTF-8 也不是 GB18030 编码的文本", "请另存为 UTF-8 文本"
        )
    return read_text(text, name)


def _too_large(name: str) -> Source:
    return _refused(
        name,
        "too-large",
        f"文件超过 {MAX_BYTES // 1024 // 1024} MB，未读取",
        "一张自评表只有几十 KB；请检查是否选错了文件",
    )


def _refused(name: str, kind: str, message: str, hint: str) -> Source:
    return Source(name, problems=[Problem(kind, message, TextPlace(1, 1), hint=hint)])


def read_text(text: str, name: str) -> Source:
    """Read a YAML text into plain data, keeping places and collecting every problem.

    Args:
        text: The whole text.
        name: A label for messages, usually the file name.

    Returns:
        A `Source`; it never raises for what the text contains.
    """
    if len(text) > MAX_BYTES:
        return _too_large(name)
    scanned = scan(text)
    if scanned is not None:
        return Source(name, text, scanned.data, (), scanned.root, _remarks(text))
    return parsed(text, name)


def parsed(text: str, name: str) -> Source:
    """Read a text by the parser alone, whatever it holds: what `scan` reads must come out equal."""
    builder = _build(text)
    if builder.is_broken:
        return Source(name, text, problems=_all_problems(text, builder))
    remarks = _remarks(text)
    return Source(name, text, builder.data, builder.problems, builder.root, remarks)


def mended(source: Source) -> tuple[tuple[Problem, ...], Source]:
    """Return the slips of the hand in a text that makes no sense, and the text as it was meant.

    A text that was read may have slips, too: what is wrong with its names and values is that.
    """
    from perfeval.slips import mend

    found = mend(source.text)
    slips = tuple(map(_problem_of, found.slips))
    return slips, read_text(found.text, source.name) if slips else source


def _problem_of(slip: Slip) -> Problem:
    kind = "control-character" if slip.is_unseen else "syntax"
    return Problem(kind, slip.message, TextPlace(slip.line, slip.column), hint=slip.hint)


def _all_problems(text: str, builder: _Builder) -> list[Problem]:
    """Return all that is wrong with a text that the parser gave up.

    Its slips, and what the parser finds in the text that is mended of them.
    """
    from perfeval.slips import mend

    found = mend(text)
    if not found.slips:
        return builder.problems
    slips = list(map(_problem_of, found.slips))
    lines = {slip.line for slip in found.slips}
    others = (item for item in _build(found.text).problems if not _is_told(item, lines))
    return sorted([*slips, *others], key=_by_place)


def _by_place(problem: Problem) -> TextPlace:
    return problem.mark or TextPlace(1, 1)


def _is_told(problem: Problem, lines: set[int]) -> bool:
    """Tell whether a problem of the mended text only follows from a slip that was named."""
    line = _by_place(problem).line
    return problem.kind == "syntax" and (line in lines or line - 1 in lines)


def _build(text: str) -> _Builder:
    """Build the data of a text as far as it can be read."""
    import yaml

    text, stand_in = _without_folding(text)
    builder = _Builder(stand_in)
    try:
        builder.build(_parser(text))
    except _StoppedError as stop:
        builder.stop(stop.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if error.problem == _TOO_DEEP_FOR_LIBYAML and mark is not None and mark.index < len(text):
            return _build(text[: mark.index])  # its scanner looked ahead of our own limit
        builder.stop(_syntax_problem(error, text))
        builder.is_broken = True
    except (yaml.YAMLError, UnicodeEncodeError):
        builder.stop(_control_character(text))
        builder.is_broken = True
    return builder


_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
"""What libyaml says from 0.2.6 on, before the events of these levels have come."""


def _parser(text: str) -> Any:
    """Return libyaml's parser, or the pure one where PyYAML was built without it."""
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:  # pragma: no cover - PyYAML's wheels all carry libyaml
        import yaml

        return yaml.SafeLoader(text)
    return CParser(text)


class _StoppedError(Exception):
    """Reading cannot go on after this problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Frame:
    """A container that is still open, and the key that waits for its value."""

    __slots__ = ("is_mapping", "key", "last", "places", "value")

    def __init__(self, value: Value, places: Any) -> None:
        self.value = value
        self.is_mapping = isinstance(value, dict)
        self.places = places
        self.key: Any = None
        self.last = ""


class _Builder:
    """Build data and places from parser events, within the limits, without recursion."""

    def __init__(self, stand_in: str = "") -> None:
        self.is_broken = False
        self._stand_in = stand_in
        self._value = _Restoring(stand_in) if stand_in else _scalar_value
        self.data: Value = None
        self.root: Marks | None = None
        self.problems: list[Problem] = []
        self._open: list[_Frame] = []
        self._frame: _Frame | None = None
        self._count = 0

    def stop(self, problem: Problem) -> None:
        """Give up: a half-read text has no data, only problems."""
        self.problems.append(problem)
        self.data = self.root = None

    def build(self, parser: Any) -> None:
        """Consume the events of one document."""
        from yaml import events

        scalar = events.ScalarEvent
        handlers = {
            events.MappingStartEvent: self._mapping,
            events.SequenceStartEvent: self._sequence,
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }
        get_event = parser.get_event
        value = self._value
        while (event := get_event()) is not None:
            if event.__class__ is not scalar:
                if event.__class__ in handlers:
                    handlers[event.__class__](event)
                continue
            if event.anchor or event.tag:
                self._refuse_decoration(event)
            frame = self._frame
            if frame is not None and frame.is_mapping and frame.key is None:
                frame.key = event
            else:
                self._attach(value(event), event, None)

    def _mapping(self, event: Any) -> None:
        self._begin({}, {}, event)

    def _sequence(self, event: Any) -> None:
        self._begin([], [], event)

    def _begin(self, value: Value, places: Any, event: Any) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _stopped("too-deep", f"嵌套超过 {MAX_DEPTH} 层，未读取", event)
        if event.anchor or event.tag:
            self._refuse_decoration(event)
        self._attach(value, event, places)
        self._frame = _Frame(value, places)
        self._open.append(self._frame)

    def _close(self, _event: Any) -> None:
        self._open.pop()
        self._frame = self._open[-1] if self._open else None

    def _alias(self, event: Any) -> None:
        text = f"不能使用引用 “*{event.anchor}”"
        self._add(
            "alias", text, event, f'请把内容原样写出来；本来就是文字的，写成 "*{event.anchor}"'
        )
        frame = self._frame
        if frame is not None and frame.key is None and frame.is_mapping:
            raise _stopped("key", "项目的名称必须是文字", event)
        self._attach(None, event, None)

    def _document(self, event: Any) -> None:
        if self.root is not None:
            raise _stopped(
                "documents",
                "一个文件只能有一份内容，这里又开始了一份（---）",
                event,
                "请另存为一个文件",
            )

    def _attach(self, value: Value, event: Any, places: Any) -> None:
        """Put a value into the innermost open container, or make it the whole document."""
        self._count += 1
        if self._count > MAX_VALUES:
            raise _stopped("too-large", f"内容超过 {MAX_VALUES} 项，未读取", event)
        frame = self._frame
        if frame is None:
            self.data, self.root = value, (event.start_mark, None, places)
            return
        if not frame.is_mapping:
            frame.value.append(value)
            frame.places.append((event.start_mark, None, places))
            return
        key = frame.key
        if key is None:
            raise _stopped("key", "项目的名称必须是文字，不能是列表或下级内容", event)
        name = frame.last = self._name(key)
        frame.key = None
        if name in frame.value:
            self._duplicate(name, key, frame)
        else:
            frame.value[name] = value
            frame.places[name] = (event.start_mark, key.start_mark, places)

    def _name(self, key: Any) -> str:
        """Return a name as it stands in the text."""
        name: str = key.value
        return name.replace(self._stand_in, ">") if self._stand_in else name

    def _duplicate(self, name: str, key: Any, frame: _Frame) -> None:
        first = _mark(frame.places[name][1])
        self._add(
            "duplicate-key",
            f"“{name}”写了两次，第一次在第 {first.line} 行",
            key,
            "请只保留一处",
            self._path(name),
        )

    def _path(self, last: str) -> Path:
        """Return the path of the key *last* in the innermost open container."""
        steps = [
            frame.last if frame.is_mapping else len(frame.value) - 1 for frame in self._open[:-1]
        ]
        return (*steps, last)

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor:
            self._add("anchor", f"不能使用锚点 “&{event.anchor}”", event, _NO_DECORATION)
        if event.tag:
            self._add("tag", f"不能使用类型标记 “{event.tag}”", event, _NO_DECORATION)

    def _add(self, kind: str, message: str, event: Any, hint: str, path: Path = ()) -> None:
        self.problems.append(Problem(kind, message, _mark(event.start_mark), path, hint))


_FOLDED = re.compile(r"(?:[:\-?,\[{][ \t]+|[\[{,])(>)(?![+-]?[ \t]*(?:[ \t]#[^\n]*)?\r?(?:\n|$))")
"""``>`` before a value of one line, where YAML has it open a text of several."""
_INDENTED = re.compile(r"[+-]?[1-9][+-]?[ \t]*\r?\n(?P<below> *)\S")
"""What makes of ``>`` such a text all the same: a number of columns, and deeper lines."""


_STAND_INS = tuple(map(chr, range(0xE000, 0xF900)))
"""Characters for private use, one of which stands for ``>`` while a text is parsed."""


def _without_folding(text: str) -> tuple[str, str]:
    """Write ``目标值: >=95%`` so that a parser takes it for a text.

    Returns:
        The text, as long as it was, and the character that stands for ``>``; empty where none.
    """
    if ">" not in text:
        return text, ""
    places = [found.start(1) for found in _FOLDED.finditer(text) if not _is_folded(text, found)]
    if not places:
        return text, ""
    stand_in = next((char for char in _STAND_INS if char not in text), "")
    if not stand_in:  # nobody writes all of them
        return text, ""
    chars = list(text)
    for at in places:
        chars[at] = stand_in
    return "".join(chars), stand_in


def _is_folded(text: str, found: re.Match[str]) -> bool:
    header = _INDENTED.match(text, found.end())
    if header is None:
        return False
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return len(header["below"]) > len(line) - len(line.lstrip(" -"))


_NO_DECORATION = "请删去；本来就是文字的，整个内容写在引号里"


class _Restoring:
    """Type scalars of a text in which a character stands for ``>``."""

    def __init__(self, stand_in: str) -> None:
        self._stand_in = stand_in

    def __call__(self, event: Any) -> Value:
        """Type a scalar."""
        value = _scalar_value(event)
        return value.replace(self._stand_in, ">") if isinstance(value, str) else value


def _scalar_value(event: Any) -> Value:
    """Type a scalar; one that is quoted, or a block, is text as it stands."""
    return event.value if event.style else typed(event.value)


def _stopped(kind: str, message: str, event: Any, hint: str = "") -> _StoppedError:
    return _StoppedError(Problem(kind, message, _mark(event.start_mark), hint=hint))


def _syntax_problem(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """Say in plain words where libyaml stopped."""
    mark = error.problem_mark or error.context_mark
    place = _mark(mark) if mark is not None else TextPlace(1, 1)
    lines = LINE_END.split(text)
    last = max(len(lines) - (not lines[-1]), 1)
    if place.line > last:  # libyaml points behind a text that ends too early
        place = TextPlace(last, len(lines[last - 1]) + 1)
    reason = error.problem or ""
    for words, message in _SYNTAX.items():
        if words in reason:
            return Problem("syntax", message, place, hint=_SYNTAX_HINT)
    return Problem("syntax", "这里的写法读不通", place, hint=_SYNTAX_HINT)


_SYNTAX_HINT = "请对照上一行检查缩进（用空格）、英文冒号后的空格和成对的引号"
_SYNTAX = {
    "cannot start any token": "这里不能用该字符开头；缩进不能用制表符，以 % @ ` 开头的文字要加引号",
    "mapping values are not allowed": "这里多了一个英文冒号，或缩进与上一行不一致",
    "did not find expected key": "这里应是“名称: 内容”，缩进或引号可能有误",
    "could not find expected ':'": "“名称”后面缺少英文冒号和空格",
    "did not find expected '-' indicator": "列表的各项应以 “- ” 开头并左对齐",
    "unexpected end of stream": "引号没有成对",
    "found unexpected ':'": "花括号里每项应写成“名称: 内容”，英文冒号后要空一格",
    "did not find expected ',' or": "方括号或花括号没有成对，或缺少英文逗号",
}


_NOT_YAML = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def _control_character(text: str) -> Problem:
    """Find the first character that YAML does not allow."""
    found = _NOT_YAML.search(text)
    if found is None:
        return Problem("syntax", "YAML 写法有误", TextPlace(1, 1), hint=_SYNTAX_HINT)
    before = LINE_END.split(text[: found.start()])
    place = TextPlace(len(before), len(before[-1]) + 1)
    message = f"文本里有不能打印的控制字符（U+{ord(found.group()):04X}）"
    return Problem("control-character", message, place, hint="请删去该字符")


_MAYBE_CUT = re.compile(r"\S(?:[ \t]+#[^\s#]| # )")
"""Where a comment may cut a value: it begins like a number's sign, or stands a blank apart."""
_SIGN = re.compile(r"#(?:[^\s#]|(?<=\S #) )")
"""The sign of such a comment, for which a text is searched much faster."""
_MOST_REMARKS = 100


def _remarks(text: str) -> list[Problem]:
    """Return what is allowed in a text that was read, and most likely not meant."""
    if _SIGN.search(text) is None or _MAYBE_CUT.search(text) is None:
        return []
    return list(islice(_cuts(text), _MOST_REMARKS))


def _readable_events(text: str) -> Iterator[Any]:
    """Yield what the parser finds; where reading was stopped, it may meet worse further on."""
    import yaml

    parser = _parser(_without_folding(text)[0])
    try:
        while (event := parser.get_event()) is not None:
            yield event
    except (yaml.YAMLError, UnicodeEncodeError):
        return


_CUT = re.compile(r"(?P<blanks>[ \t]+)#(?P<rest>[^\n\r]*)")


def _cuts(text: str) -> Iterator[Problem]:
    """Yield the comments that most likely cut a value on its line."""
    from yaml.events import ScalarEvent

    for event in _readable_events(text):
        start, end = event.start_mark, event.end_mark
        if event.__class__ is not ScalarEvent or event.style or start is None or end is None:
            continue
        found = _CUT.match(text, end.index)
        if found is None or end.index == start.index:
            continue
        rest = found["rest"]
        is_apart = rest[:1] in ("", " ", "\t", "#")
        if not is_apart:
            kind, message = "cut", f"“ #”后面的“{rest}”被当作说明，没有读"
        elif len(found["blanks"]) == 1 and parse_number(event.value) is None:
            kind, message = "comment", f"“#”后面的“{rest.strip()}”是说明，不算内容"
        else:
            continue
        whole = text[start.index : found.end()].rstrip()
        place = TextPlace(end.line + 1, end.column + len(found["blanks"]) + 1)
        yield Problem(kind, message, place, hint=f"是内容的，整个写在引号里：{quoted(whole)}")
