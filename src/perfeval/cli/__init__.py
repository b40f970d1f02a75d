"""The command line: the commands of `perfeval.cli.overview.COMMANDS`.

One module for each command, loaded when it is used: ``perfeval --help`` loads none of them.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from perfeval._resources import __version__
from perfeval.cli.console import CLOSED, Console
from perfeval.cli.overview import COMMANDS, help_text, unknown_text

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs a start-up
    from typing import Any

_INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended, as shells report it: 128 + SIGINT."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Without the program's name; those of the process where ``None``.

    Returns:
        The exit code: 0 for a result, 2 where there is none, 1 where ``check`` or ``rulebooks
        test`` finds errors; 130 after Ctrl-C, 141 where nobody reads the output any more.
    """
    console = Console()
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments, console)
        console.close()
    except KeyboardInterrupt:
        console.abandon()
        return _INTERRUPTED
    except BrokenPipeError:
        console.abandon()
        return CLOSED
    except OSError as error:
        console.abandon()
        console.tell_system_error(error)
        return 2
    return code


def _run(arguments: Sequence[str], console: Console) -> int:
    word = arguments[0] if arguments else ""
    if word == "help":
        return _help(arguments[1:], console)
    if word in COMMANDS:
        return _run_command(word, arguments[1:], console)
    if word in ("-h", "--help"):
        console.write(help_text())
    elif word in ("-V", "--version"):
        console.write(f"perfeval {__version__}")
    else:
        return console.fail(unknown_text(word) if word else help_text(), as_json=False)
    return 0


def _help(words: Sequence[str], console: Console) -> int:
    """Show the help of the program, or that of the command that is named."""
    names = [word for word in words if not word.startswith("-")]
    if not names or names[0] == "help":
        console.write(help_text())
        return 0
    if names[0] not in COMMANDS:
        return console.fail(unknown_text(names[0]), as_json=False)
    return _run_command(names[0], [*names[1:2], "--help"], console)


def _loaded(module: str) -> Any:
    """Import a command, with all that it needs.

    What an import makes stays to the end: to look for garbage in it meanwhile, and each time
    again, is a tenth of a short run.
    """
    if module in sys.modules or not gc.isenabled():
        return import_module(module)
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


def _run_command(name: str, arguments: Sequence[str], console: Console) -> int:
    from perfeval.cli.arguments import parse
    from perfeval.errors import PerfevalError

    try:
        parsed = parse(name, arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    command = _loaded(f"perfeval.cli.{name}_command")
    try:
        if getattr(parsed, "manifest", None) is not None:
            from perfeval.cli.manifests import run_recorded

            return run_recorded(command.run, [name, *arguments], parsed, console)
        return int(command.run(parsed, console))
    except PerfevalError as error:
        return console.fail(str(error), as_json=parsed.json)
