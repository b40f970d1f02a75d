"""``docs/rulebooks/`` and ``docs/checks/``: the pages are those that the data makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import perfeval
from perfeval import rulebook_ids
from perfeval.checks.registry import CHECKS
from perfeval.cli.reference_pages import STORED, pages, stored_schema_text, write_pages

DOCS = Path(perfeval.__file__).parents[2] / "docs"
FOLDERS = ("rulebooks", "checks", "api")
COMMAND = "python -m perfeval.cli.reference_pages docs"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


def read(folder: Path) -> dict[str, str]:
    """Return every page of the folders below *folder*."""
    paths = [path for name in FOLDERS for path in (folder / name).glob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


@pytest.mark.skipif(not DOCS.is_dir(), reason="not a checkout")
def test_the_committed_pages_are_what_the_data_makes(made: dict[str, str]) -> None:
    committed = read(DOCS)
    assert set(committed) == set(made), COMMAND
    assert [name for name, text in made.items() if committed[name] != text] == [], COMMAND


@pytest.mark.skipif(not DOCS.is_dir(), reason="not a checkout")
def test_the_schema_of_stored_values_is_what_the_models_make() -> None:
    assert (DOCS / STORED).read_bytes().decode() == stored_schema_text(DOCS), COMMAND


def test_every_page_says_how_it_was_made(made: dict[str, str]) -> None:
    assert all(COMMAND in text.splitlines()[0] for text in made.values())


def test_every_rulebook_has_a_page_that_the_index_links(made: dict[str, str]) -> None:
    names = {f"rulebooks/{name}.md" for name in ("README", *rulebook_ids())}
    assert {name for name in made if name.startswith("rulebooks/")} == names
    index = made["rulebooks/README.md"]
    assert all(f"| [{name}]({name}.md) |" in index for name in rulebook_ids())


def test_every_check_has_a_section_that_the_index_links(made: dict[str, str]) -> None:
    index = made["checks/README.md"]
    for code in CHECKS:
        assert f"| [{code}]({code[:2]}.md#{code.lower()}) |" in index
        assert made[f"checks/{code[:2]}.md"].count(f"\n## {code}\n") == 1


def test_a_page_has_rules_sources_differences_and_examples(made: dict[str, str]) -> None:
    page = made["rulebooks/hubei-2020.md"]
    assert "| 预算执行 | 20 分" in page
    assert "- 条款：表头：得分（20分\\*执行率），执行率（B/A）" in page
    assert "## 与 mof-2020 的不同" in page
    assert "- 分值 预算执行：由 10 分改为 20 分" in page
    assert "## 示例" in page


def test_every_table_of_a_page_has_as_many_cells_in_each_row(made: dict[str, str]) -> None:
    for text in made.values():
        counts: set[int] = set()
        for line in [*text.splitlines(), ""]:
            if not line.startswith("|"):
                assert len(counts) <= 1
                counts = set()
            else:
                counts.add(line.replace("\\|", "").count("|"))


def test_pages_are_written_alike_twice(tmp_path: Path, made: dict[str, str]) -> None:
    write_pages(tmp_path)
    assert read(tmp_path) == made


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "perfeval.cli.reference_pages"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_another_folder_than_docs_is_told_before_anything_is_written(tmp_path: Path) -> None:
    """One page is made of schemas that stand in the folder: elsewhere it cannot be made."""
    command = [sys.executable, "-m", "perfeval.cli.reference_pages", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert "scorecard.schema.json" in done.stderr.decode("utf-8", "replace")
    assert list(tmp_path.iterdir()) == []
