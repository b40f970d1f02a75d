"""``perfeval completion``: scripts by which a shell completes commands and options.

They are made of the parsers themselves, so that they know what the command knows.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from perfeval.checks.registry import CHECKS
from perfeval.cli.arguments import parser_of
from perfeval.cli.console import Console
from perfeval.cli.overview import ACTIONS, COMMANDS
from perfeval.readers.rulebooks import rulebook_ids


class Completion(NamedTuple):
    """What may follow a command.

    Attributes:
        words: The command, and its action where it has one.
        options: Its options.
        choices: For an option, or for an operand (under an empty name), the words that it takes.
        known: For an option, the words that it takes beside the names of files.
    """

    words: tuple[str, ...]
    options: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    known: dict[str, tuple[str, ...]]


_SHIPPED: Mapping[str, Callable[[], Iterable[str]]] = dict.fromkeys(("ID", "A", "B"), rulebook_ids)
_KNOWN: Mapping[str, Callable[[], Iterable[str]]] = {**_SHIPPED, "CODE": lambda: CHECKS}
"""What stands for words in the help, and which words those are."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the script of a shell."""
    text = {"bash": _bash, "powershell": _powershell}[arguments.shell]()
    if arguments.json:
        console.write_json({"shell": arguments.shell, "text": text})
    else:
        console.write(text.removesuffix("\n"))
    return 0


def completions() -> Iterator[Completion]:
    """Yield what may follow each command and each action."""
    for command in COMMANDS:
        yield _completion((command,))
        for action in ACTIONS.get(command, ()):
            yield _completion((command, action))


def _completion(words: tuple[str, ...]) -> Completion:
    options: list[str] = []
    choices: dict[str, tuple[str, ...]] = {}
    known: dict[str, tuple[str, ...]] = {}
    for action in parser_of(*words)._actions:  # noqa: SLF001 - argparse lists them nowhere else
        options += action.option_strings
        if action.choices is not None:
            listed = tuple(map(str, action.choices))
            choices.update(dict.fromkeys(action.option_strings or [""], listed))
        elif isinstance(action.metavar, str) and action.metavar in _KNOWN:
            listed = tuple(_KNOWN[action.metavar]())
            (known if action.option_strings else choices).update(
                dict.fromkeys(action.option_strings or [""], listed)
            )
    if words == ("help",):
        choices[""] = tuple(COMMANDS)
    return Completion(words, tuple(options), choices, known)


def _bash() -> str:
    """Return the script for bash; what is no option is completed as a file's name."""
    cases = [line for item in completions() for line in _bash_case(item)]
    words = " ".join([*COMMANDS, "-h", "--help", "-V", "--version"])
    lines = [
        "# perfeval 的 bash 补全，由 perfeval completion bash 生成",
        "_perfeval() {",
        '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"',
        '    local key="${COMP_WORDS[1]}" words="" own="" choices=""',
        '    if [ "$COMP_CWORD" -eq 1 ]; then',
        f"        COMPREPLY=( $(compgen -W '{words}' -- \"$cur\") )",
        "        return",
        "    fi",
        '    case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in',
        *(f"        '{' '.join(item.words)}') key='{' '.join(item.words)}' ;;" for item in _deep()),
        "    esac",
        '    case "$key" in',
        *cases,
        "    esac",
        '    if [ -n "$choices" ]; then',
        '        COMPREPLY=( $(compgen -W "$choices" -- "$cur") )',
        '    elif [ "${cur#-}" != "$cur" ]; then',
        '        COMPREPLY=( $(compgen -W "$words" -- "$cur") )',
        "    else",
        '        COMPREPLY=( $(compgen -W "$own" -- "$cur") $(compgen -f -- "$cur") )',
        "    fi",
        "}",
        "complete -o filenames -F _perfeval perfeval",
    ]
    return "\n".join(lines) + "\n"


def _deep() -> Iterator[Completion]:
    return (item for item in completions() if len(item.words) > 1)


def _bash_case(item: Completion) -> Iterator[str]:
    own = " ".join(item.choices.get("", ()))
    yield f"        '{' '.join(item.words)}')"
    yield f"            words='{' '.join(item.options)}'"
    yield f"            own='{own}'"
    named = [(name, "choices", words) for name, words in item.choices.items() if name]
    named += [(name, "own", words) for name, words in item.known.items()]
    if named:
        yield '            case "$prev" in'
        for name, kind, words in named:
            yield f"                {name}) {kind}='{' '.join(words)}' ;;"
        yield "            esac"
    yield "            ;;"


def _powershell() -> str:
    """Return the script for PowerShell; what is no option is left to its own completion."""
    lines = [
        "# perfeval 的 PowerShell 补全，由 perfeval completion powershell 生成",
        "Register-ArgumentCompleter -Native -CommandName perfeval -ScriptBlock {",
        "    param($wordToComplete, $commandAst, $cursorPosition)",
        "    $options = @{",
        *(f"        '{' '.join(item.words)}' = '{' '.join(_all(item))}'" for item in completions()),
        "    }",
        "    $choices = @{",
        *(
            f"        '{' '.join(item.words)} {name}' = '{' '.join(words)}'"
            for item in completions()
            for name, words in (*item.choices.items(), *item.known.items())
            if name
        ),
        "    }",
        "    $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })",
        "    if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }",
        "    $key = if ($typed.Count -gt 1) { $typed[1] } else { '' }",
        '    if ($typed.Count -gt 2 -and $options.ContainsKey("$key $($typed[2])")) {',
        '        $key = "$key $($typed[2])"',
        "    }",
        "    if ($key -eq '') {",
        f"        $words = '{' '.join(COMMANDS)} --help --version'",
        '    } elseif ($choices.ContainsKey("$key $($typed[-1])")) {',
        '        $words = $choices["$key $($typed[-1])"]',
        "    } else {",
        "        $words = $options[$key]",
        "    }",
        "    if ($null -eq $words) { return }",
        "    $words.Split(' ') | Where-Object { $_ -like \"$wordToComplete*\" } | ForEach-Object {",
        "        [System.Management.Automation.CompletionResult]::new(",
        "            $_, $_, 'ParameterValue', $_)",
        "    }",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _all(item: Completion) -> tuple[str, ...]:
    return (*item.choices.get("", ()), *item.options)
