"""``perfeval sheets`` and ``perfeval rulebooks``."""

from __future__ import annotations

import json

from tests.cli.conftest import REAL, Command


def test_the_shipped_sheets_are_listed_by_the_names_that_commands_take(command: Command) -> None:
    outcome = command("sheets")
    assert outcome.code == 0
    assert REAL in outcome.out.splitlines()
    assert json.loads(command("sheets", "--json").out)["sheets"] == outcome.out.splitlines()


def test_the_rulebooks_are_listed_with_region_and_name(command: Command) -> None:
    outcome = command("rulebooks")
    assert outcome.code == 0
    assert ["hubei-2020", "湖北省"] in [line.split()[:2] for line in outcome.out.splitlines()]
    books = json.loads(command("rulebooks", "--json").out)["rulebooks"]
    assert {book["id"] for book in books} >= {"hubei-2020", "mof-2020"}
    assert all(book["stamp"].startswith(book["id"]) for book in books)
