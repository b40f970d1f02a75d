"""Standard output and error, made safe for any encoding and for a reader that goes away."""

from __future__ import annotations

import io
import os
import re
import sys

from perfeval._resources import SCHEMA, __version__
from perfeval.later import regex
from perfeval.opening import system_reason

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs a start-up
    from collections.abc import Iterator
    from typing import Any, TextIO

_COLOURS = {"错误": "31", "警告": "33", "提示": "36"}
"""What colour the word of a severity has; the word itself says the same."""
_SEVERITY = regex(f"({'|'.join(_COLOURS)})(?= [A-Z]{{2}}[0-9]{{3}}(?:  |$))", re.MULTILINE)
_PROGRESS_WIDTH = 78
"""Width of the line that shows progress, in terminal cells."""
CLOSED = 141
"""Exit code where nobody reads the output any more, as shells report it: 128 + SIGPIPE."""


class Console:
    """Where a command writes its result and its messages.

    Attributes:
        is_unicode: Standard output takes every character.
        ambiguous: The width of an ambiguous character there, in cells.
        columns: How many cells a line of a table may take; ``None`` where it may take any.
    """

    def __init__(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                lossless = _takes_all(stream)
                stream.reconfigure(errors="backslashreplace" if lossless else "replace")
        self.is_unicode = _takes_all(sys.stdout)
        self.ambiguous = 1 if self.is_unicode else 2
        self.columns = _columns(sys.stdout)
        self._colours = {stream for stream in (sys.stdout, sys.stderr) if _takes_colour(stream)}
        self._kept: OSError | None = None
        self._heard: Any = None

    def listen(self) -> None:
        """Hold on to what results are written from now on, where that depends on no terminal."""
        from hashlib import sha256

        if self.is_unicode and not _is_terminal(sys.stdout):
            self._heard = sha256()

    @property
    def heard(self) -> str | None:
        """The SHA-256 of the results since `listen`, in UTF-8; ``None`` where nobody listens."""
        return None if self._heard is None else str(self._heard.hexdigest())

    def write(self, text: str) -> None:
        """Write a result, and a line end."""
        self.put(f"{text}\n")

    def put(self, text: str) -> None:
        """Write a piece of a result that goes on."""
        if self._heard is not None:
            self._heard.update(text.encode(errors="backslashreplace"))
        if sys.stdout is not None:
            sys.stdout.write(text)

    def write_folded(self, text: str) -> None:
        """Write a result of several lines; on a terminal long ones go on below, further right."""
        self.write("\n".join(self._folded(text)))

    def _folded(self, text: str) -> Iterator[str]:
        from perfeval.documents.alignment import fold

        for line in text.split("\n"):
            yield from fold(line, self.columns, ambiguous=self.ambiguous)

    def say(self, text: str) -> None:
        """Write a result of one line, which may name files; nothing in it steers a terminal."""
        from perfeval.documents.alignment import printable

        self.write(printable(text))

    def write_bytes(self, data: bytes) -> None:
        """Write a result whose encoding is a part of it."""
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            self.write(data.decode().removesuffix("\n"))
        else:
            if self._heard is not None:
                self._heard.update(data)
            self.flush()
            buffer.write(data)

    def show(self, text: str) -> None:
        """Write findings, and a line end: in colour where a person looks at a terminal."""
        self.write(self._coloured("\n".join(self._folded(text)), sys.stdout))

    def _coloured(self, text: str, stream: TextIO | None) -> str:
        if stream not in self._colours:
            return text
        return _SEVERITY.sub(lambda found: f"\x1b[{_COLOURS[found[1]]}m{found[1]}\x1b[0m", text)

    def write_json(self, data: dict[str, Any]) -> None:
        """Write a result as JSON; each begins with the versions of perfeval and of the JSON."""
        from perfeval.documents.as_json import json_text

        whole = {"perfeval": __version__, "schema": SCHEMA, **data}
        self.write(json_text(whole, is_ascii=not self.is_unicode))

    def tell(self, text: str) -> None:
        """Write a message for the person, apart from the result; it steers no terminal.

        A result that could not be written hinders no message; `close` tells of it in the end.
        """
        from perfeval.documents.alignment import printable

        text = "\n".join(map(printable, text.split("\n")))
        try:
            self.flush()
        except OSError as error:
            self.keep(error)
        if sys.stderr is not None:
            try:
                sys.stderr.write(f"{self._coloured(text, sys.stderr)}\n")
            except OSError:  # nobody reads it
                return

    def progress(self, text: str) -> None:
        """Show how far a long run is, where a person watches; an empty text ends it."""
        stream = sys.stderr
        if stream is None or not stream.isatty():
            return
        from perfeval.documents.alignment import printable, width

        shown = printable(text)
        while width(shown, ambiguous=self.ambiguous) > _PROGRESS_WIDTH:
            shown = shown[:-1]
        padding = " " * (_PROGRESS_WIDTH - width(shown, ambiguous=self.ambiguous))
        try:
            stream.write(f"\r{shown}{padding}" + ("" if text else "\r"))
            stream.flush()
        except OSError:  # nobody reads it
            return

    def fail(self, message: str, *, as_json: bool) -> int:
        """Say why there is no result; return the exit code."""
        self.tell(message)
        if as_json:
            self.write_json({"error": message, "findings": []})
        return 2

    def tell_system_error(self, error: OSError) -> None:
        """Say that the system refused, usually to write standard output."""
        self.tell(f"perfeval：读写失败（{system_reason(error)}）")

    def close(self) -> None:
        """Send out all that was written; fail where some of it was lost."""
        self.flush()
        if self._kept is not None:
            raise self._kept

    def flush(self) -> None:
        """Send out what was written, so that a failure shows now and not at the exit."""
        if sys.stdout is not None:
            sys.stdout.flush()

    def keep(self, failure: OSError) -> None:
        """Write no more results, go on with messages, and fail with this in the end."""
        self.abandon()
        self._kept = failure

    def abandon(self) -> None:
        """Stop writing: Python's own flush at the exit must not fail again."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            _point_to_nowhere(sys.stdout)


def _columns(stream: TextIO | None) -> int | None:
    """Return how wide a table may be on a terminal: as that is, or as COLUMNS says."""
    if not _is_terminal(stream):
        return None  # a file has lines of any length
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    try:
        return os.get_terminal_size(stream.fileno()).columns or None  # type: ignore[union-attr]
    except (OSError, ValueError):
        return None


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def _takes_colour(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal that shows colours, and nobody asked for none."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not _is_terminal(stream):
        return False
    return os.name != "nt" or _windows_takes_colour()


def _windows_takes_colour() -> bool:  # pragma: no cover - Windows alone
    """Let a Windows console obey the codes of colours; older ones than Windows 10 do not."""
    import ctypes

    try:
        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        is_set = True
        for number in (-11, -12):
            handle, mode = kernel.GetStdHandle(number), ctypes.c_ulong()
            if kernel.GetConsoleMode(handle, ctypes.byref(mode)):
                is_set = bool(kernel.SetConsoleMode(handle, mode.value | 4)) and is_set
    except (AttributeError, OSError):
        return False
    return is_set


def _takes_all(stream: TextIO | None) -> bool:
    encoding = getattr(stream, "encoding", None) or ""
    return encoding.lower().replace("_", "-").startswith("utf")


def _point_to_nowhere(stream: TextIO) -> None:
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # no real file behind the stream: nothing to flush
        return
