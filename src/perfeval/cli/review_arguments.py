"""The arguments of ``perfeval review …``: one function for each action, and its line below."""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:  # the class of the parsers is of no use here at run time
    from perfeval.cli.arguments import _Parser

REVIEW_ARGUMENTS: dict[str, Callable[[_Parser], None]] = {}
"""The command with its action (``review intake``), and what declares its arguments."""
