"""Standard output and error, made safe for any encoding and for a reader that goes away."""

from __future__ import annotations

import io
import os
import sys

from perfeval._resources import SCHEMA, __version__
from perfeval.errors import system_reason

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs a start-up
    from typing import Any, TextIO

_PROGRESS_WIDTH = 78
"""Width of the line that shows progress, in terminal cells."""
CLOSED = 141
"""Exit code where nobody reads the output any more, as shells report it: 128 + SIGPIPE."""


class Console:
    """Where a command writes its result and its messages.

    Attributes:
        is_unicode: Standard output takes every character.
        ambiguous: The width of an ambiguous character there, in cells.
    """

    def __init__(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                lossless = _takes_all(stream)
                stream.reconfigure(errors="backslashreplace" if lossless else "replace")
        self.is_unicode = _takes_all(sys.stdout)
        self.ambiguous = 1 if self.is_unicode else 2

    def write(self, text: str) -> None:
        """Write a result, and a line end."""
        if sys.stdout is not None:
            sys.stdout.write(f"{text}\n")

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
            self.flush()
            buffer.write(data)

    def write_json(self, data: dict[str, Any]) -> None:
        """Write a result as JSON; each begins with the versions of perfeval and of the JSON."""
        from perfeval.documents.as_json import json_text

        whole = {"perfeval": __version__, "schema": SCHEMA, **data}
        self.write(json_text(whole, is_ascii=not self.is_unicode))

    def tell(self, text: str) -> None:
        """Write a message for the person, apart from the result; it steers no terminal."""
        from perfeval.documents.alignment import printable

        text = "\n".join(map(printable, text.split("\n")))
        self.flush()
        if sys.stderr is not None:
            try:
                sys.stderr.write(f"{text}\n")
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

    def flush(self) -> None:
        """Send out what was written, so that a failure shows now and not at the exit."""
        if sys.stdout is not None:
            sys.stdout.flush()

    def abandon(self) -> None:
        """Stop writing: Python's own flush at the exit must not fail again."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            _point_to_nowhere(sys.stdout)


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
