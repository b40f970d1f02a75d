"""What ships compiled of a rulebook is what its files say, and never older than they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import perfeval
from perfeval._resources import rulebook_dir
from perfeval.readers import compiled
from perfeval.readers.rulebooks import compiled as compiled_anew
from perfeval.readers.rulebooks import read_rulebook, rulebook_ids

NAME = "hubei-2020"


@pytest.mark.parametrize("name", rulebook_ids())
def test_what_ships_is_what_would_be_compiled_now(name: str) -> None:
    """If not: ``python -m perfeval.cli.compiled_rulebooks``."""
    stored = (rulebook_dir() / name / compiled.COMPILED).read_text(encoding="utf-8")
    assert stored == compiled_anew(name)


@pytest.mark.parametrize("name", rulebook_ids())
def test_a_compiled_rulebook_is_the_one_that_is_read(name: str) -> None:
    """Every value and its type, what was written and what was not, the order, and the stamp."""
    made, read = compiled.compiled_rulebook(name), read_rulebook(name, year=2023).rulebook
    assert made is not None
    assert _all_of(made) == _all_of(read)
    assert (made, repr(made), hash(made)) == (read, repr(read), hash(read))
    assert made.stamp == read.stamp
    assert made.model_dump_json() == read.model_dump_json()
    fresh = read.model_copy()  # its hash is computed again
    assert (fresh.digest, fresh.stamp) == (made.digest, made.stamp)


def _all_of(value: Any) -> Any:
    """Return a value with the types of all its parts."""
    if isinstance(value, BaseModel):
        fields = [(name, _all_of(getattr(value, name))) for name in type(value).model_fields]
        return type(value), fields, value.model_fields_set
    if isinstance(value, dict):
        return type(value), [(_all_of(key), _all_of(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return type(value), list(map(_all_of, value))
    return type(value), value, str(value)


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of all rulebooks, which stands for those that ship."""
    folder = tmp_path / "rulebooks"
    shutil.copytree(rulebook_dir(), folder)
    monkeypatch.setattr(compiled, "rulebook_dir", lambda: folder)
    assert compiled.compiled_rulebook(NAME) is not None
    return folder


@pytest.mark.parametrize(
    "file", [f"{NAME}/law.yaml", f"{NAME}/form.yaml", "mof-2020/law.yaml", "mof-2020/form.yaml"]
)
def test_where_a_file_has_changed_nothing_compiled_is_used(books: Path, file: str) -> None:
    """Its own files and those that it inherits from; one digit is enough."""
    path = books / file
    raw = path.read_bytes()
    at = raw.index(b"1")
    path.write_bytes(raw[:at] + b"2" + raw[at + 1 :])
    assert compiled.compiled_rulebook(NAME) is None


def test_where_a_file_is_gone_nothing_compiled_is_used(books: Path) -> None:
    (books / "mof-2020" / "form.yaml").unlink()
    assert compiled.compiled_rulebook(NAME) is None


def test_without_what_was_compiled_the_files_are_read(books: Path) -> None:
    (books / NAME / compiled.COMPILED).unlink()
    assert compiled.compiled_rulebook(NAME) is None


def test_line_ends_of_another_system_are_no_change(books: Path) -> None:
    path = books / NAME / "law.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert compiled.compiled_rulebook(NAME) is not None


def test_the_files_of_other_rulebooks_do_not_count(books: Path) -> None:
    (books / "yunnan" / "law.yaml").write_text("编号: 别的\n", encoding="utf-8")
    assert compiled.compiled_rulebook(NAME) is not None


def test_what_cannot_be_stored_is_refused() -> None:
    """A kind of value that nobody thought of: a float would come back as another number."""
    book = perfeval.load_rulebook(NAME).model_copy(update={"note": 0.5})
    with pytest.raises(TypeError, match=r"0\.5"):
        compiled.compiled_text(book, ())


def test_scoring_one_sheet_loads_what_it_needs() -> None:
    """No rulebook's YAML, no reader of office files, no proofreading, no writer, no department."""
    code = (
        "import json, sys\nfrom perfeval.cli import main\n"
        f"code = main(['score', '{SHEET}'])\n"
        "from perfeval.readers.layouts import shipped_file\n"
        "print(json.dumps([code, shipped_file.cache_info().misses, sorted(sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    code, files, loaded = json.loads(done.stdout.decode().splitlines()[-1])
    assert (code, files) == (0, 0)
    assert not LATER & {*loaded}


SHEET = "shipped:qingshan-2023/养老服务体系建设运营补助资金"
LATER = {
    "jinja2",
    "perfeval.accounts",
    "perfeval.carriers.opened",
    "perfeval.department",
    "perfeval.drafting",
    "perfeval.example",
    "perfeval.marks",
    "perfeval.reading.documents",
    "perfeval.report.rendering",
    "perfeval.review",
}
