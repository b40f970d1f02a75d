"""Write the reference pages: ``python -m perfeval.cli.reference_pages docs``.

In ``rulebooks/`` one page for each rulebook that ships, in ``checks/`` one for each family of
checks, in ``api/`` one for each group of public names, each with an index, all made from the data;
and in ``schema/`` the schema of what `perfeval.to_json` writes.  A test compares the pages of the
repository with what this makes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from perfeval.checks.policy import successor
from perfeval.checks.registry import CHECKS, RETIRED
from perfeval.cli.api_pages import api_pages
from perfeval.cli.rulebook_views import view_rulebook
from perfeval.documents.findings.reference import by_family, checks_index, family_page
from perfeval.documents.inputs.schema import schema_text
from perfeval.documents.inputs.stored_schema import stored_schema
from perfeval.documents.reference_markdown import COMMAND
from perfeval.documents.rulebooks.page import index_page, rulebook_page
from perfeval.readers.rulebooks import rulebook_ids


def pages() -> dict[str, str]:
    """Return the text of every page by its path below the folder."""
    return {
        f"{folder}/{name}.md": text
        for folder, made in (
            ("rulebooks", _rulebooks()),
            ("checks", _checks()),
            ("api", api_pages()),
        )
        for name, text in made.items()
    }


def _rulebooks() -> dict[str, str]:
    views = [view_rulebook(name) for name in rulebook_ids()]
    made = {view.rulebook.id: rulebook_page(view) for view in views}
    return {"README": index_page(views), **made}


def _checks() -> dict[str, str]:
    checks = list(CHECKS.values())
    made = {letters: family_page(members) for letters, members in by_family(checks).items()}
    return {"README": checks_index(checks, {old: successor(old) for old in RETIRED}), **made}


WRITTEN = (
    "schema/scorecard.schema.json",
    "schema/check.schema.json",
    "schema/proof.schema.json",
)
"""The schemas that are written by hand, of which the next one is made."""
STORED = "schema/perfeval.schema.json"
"""The schema of what `perfeval.to_json` writes."""


def stored_schema_text(folder: Path) -> str:
    """Return that schema, made of the models and of the schemas that stand in *folder*."""
    parts = (folder / name for name in WRITTEN)
    return schema_text(stored_schema(*(json.loads(part.read_text("utf-8")) for part in parts)))


def write_pages(folder: Path) -> None:
    """Write every page to a folder."""
    _write(folder, pages())


def _write(folder: Path, made: Mapping[str, str]) -> None:
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != len(("program", "folder")):
        sys.exit(f"用法：{COMMAND}")
    docs = Path(sys.argv[1])
    if absent := [name for name in WRITTEN if not (docs / name).is_file()]:
        sys.exit(f"{docs} 里没有 {absent[0]}；请给出仓库的 docs 文件夹")
    _write(docs, {**pages(), STORED: stored_schema_text(docs)})
