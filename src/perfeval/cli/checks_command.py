"""``perfeval checks``: all checks, those of one family, or the page of one."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from perfeval.checks.policy import successor
from perfeval.checks.registry import CHECKS, RETIRED, Check
from perfeval.cli.console import Console
from perfeval.documents.findings.reference import by_family, check_data, check_listing, check_text


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Show one check or list several; return 2 where no code begins like that."""
    asked = (arguments.code or "").strip().upper()
    found = [CHECKS[successor(asked)]] if successor(asked) in CHECKS else _beginning(asked)
    if not found or (arguments.code is not None and not asked):
        return console.fail(_unknown(asked or arguments.code), as_json=arguments.json)
    if arguments.json:
        retired = {old: successor(old) for old in RETIRED if old.startswith(asked)}
        console.write_json({"checks": list(map(check_data, found)), "retired": retired})
    elif successor(asked) in CHECKS:
        _show(asked, found[0], console)
    else:
        console.write("\n".join(check_listing(found, ambiguous=console.ambiguous)))
    return 0


def _beginning(letters: str) -> list[Check]:
    """Return the checks whose codes begin with *letters*, family after family."""
    families = by_family(check for code, check in CHECKS.items() if code.startswith(letters))
    return [check for members in families.values() for check in members]


def _show(asked: str, check: Check, console: Console) -> None:
    if asked != check.code:
        console.write(f"{asked} 已停用，由 {check.code} 代替。\n")
    console.write(check_text(check, ambiguous=console.ambiguous))


def _unknown(asked: str) -> str:
    near = get_close_matches(asked, (*CHECKS, *RETIRED), n=3)
    hint = f"相近的有 {'、'.join(near)}" if near else "用 perfeval checks 列出全部编号"
    return f"没有编号是“{asked}”的校核；{hint}"
