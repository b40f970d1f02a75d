"""The Python that the pages for readers show runs as it stands, and says what it gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import perfeval

ROOT = Path(perfeval.__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md", "docs/guide.zh-CN.md")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SAID = re.compile(
    r"^(\S.*?) +# (Decimal\('[\d.]+'\)|True|\(Decimal.*?\)\))(?=[；;：: ]|$)", re.MULTILINE
)

pytestmark = pytest.mark.skipif(not (ROOT / "README.md").is_file(), reason="not a checkout")


def blocks(page: str) -> list[str]:
    """Return the Python of a page."""
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_runs_and_gives_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    found = blocks(page)
    assert found
    for block in found:
        exec(block, names)
        for shown, value in SAID.findall(block):
            assert repr(eval(shown, names)) == value, shown


def test_the_pages_in_chinese_show_the_ways_in_and_out() -> None:
    shown = "".join(block for page in PAGES[1:] for block in blocks(page))
    for name in ("evaluate", "write", "render", "publish", "excel_form", "to_json", "from_json"):
        assert f"perfeval.{name}(" in shown
