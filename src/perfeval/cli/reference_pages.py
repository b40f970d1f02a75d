"""Write the reference pages: ``python -m perfeval.cli.reference_pages docs/rulebooks``.

One page for each rulebook that ships and an index, all made from the data; a test compares the
pages of the repository with what this makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from perfeval.cli.rulebook_views import view_rulebook
from perfeval.documents.rulebook_page import index_page, rulebook_page
from perfeval.readers.rulebooks import rulebook_ids


def pages() -> dict[str, str]:
    """Return the text of every page by the name of its file."""
    views = [view_rulebook(name) for name in rulebook_ids()]
    made = {f"{view.rulebook.id}.md": rulebook_page(view) for view in views}
    return {"README.md": index_page(views), **made}


def write_pages(folder: Path) -> None:
    """Write every page to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != len(("program", "folder")):
        sys.exit("用法：python -m perfeval.cli.reference_pages docs/rulebooks")
    write_pages(Path(sys.argv[1]))
