"""The fonts of a PDF: those of offices first, else the package's, and never a lost character."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfeval import RenderError
from perfeval.documents.form.grid import GridCell, Role, Table
from perfeval.documents.formats import fonts, pdf

pytestmark = pytest.mark.skipif(
    not importlib.util.find_spec("typst"), reason="the extra pdf is missing"
)
PACKAGE = ["Noto Sans SC", "Noto Serif SC"]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Return the one folder of the machine's fonts, still empty."""
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path), str(tmp_path / "none")))
    fonts._has_office_fonts.cache_clear()
    yield tmp_path
    fonts._has_office_fonts.cache_clear()


def test_without_fonts_of_offices_the_package_comes_first(system: Path) -> None:
    (system / "DejaVuSans.ttf").touch()
    first, every = fonts.choices()
    assert {name for name in first.opened.families() if "Noto" in name} == set(PACKAGE)
    assert set(PACKAGE) <= set(every.opened.families())
    assert first.looks["song"] == ["Noto Serif SC", "Noto Sans SC"]
    assert first.looks["hei"] == ["Noto Sans SC", "Noto Serif SC"]
    assert first.looks["tick"] == ["DejaVu Sans Mono"]


@pytest.mark.parametrize(
    "name",
    [
        "simsun.ttc",
        "SIMFANG.TTF",
        "simkai.ttf",
        "FZXBSJW.TTF",
        "仿宋_GB2312.ttf",
        "Songti.ttc",
        "STHeiti Light.ttc",
    ],
)
def test_fonts_of_offices_are_looked_for_where_a_file_of_theirs_is(system: Path, name: str) -> None:
    (system / "truetype").mkdir()
    (system / "truetype" / name).touch()
    [every] = fonts.choices()
    assert set(PACKAGE) <= set(every.opened.families())


def test_without_the_package_the_machine_must_have_a_chinese_font(
    system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Latin:
        def __init__(self, **options: object) -> None:
            assert options == {
                "include_system_fonts": True,
                "include_embedded_fonts": True,
                "font_paths": [],
            }

        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(fonts, "_package", list)
    monkeypatch.setattr("typst.Fonts", Latin)
    monkeypatch.setattr(fonts, "_open", fonts._open.__wrapped__)
    with pytest.raises(RenderError, match="要用中文字体，本机一种也没有找到"):
        pdf.write_table(_one_cell("甲"))


def test_a_character_that_the_package_lacks_is_set_in_a_font_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[fonts.Fonts] = []
    choices = fonts.choices

    def noted() -> Iterator[fonts.Fonts]:
        for one in choices():
            tried.append(one)
            yield one

    monkeypatch.setattr(pdf, "choices", noted)
    assert pdf.write_table(_one_cell("甲")).startswith(b"%PDF")
    assert len(tried) == 1
    with pytest.raises(RenderError, match=r"都没有这些字：“U\+F0000”"):
        pdf.write_table(_one_cell("甲\U000f0000乙"))
    assert tried[1:] == list(choices())


def _one_cell(text: str) -> Table:
    return Table("表", "左", "右", (50, 50), ((GridCell(0, 0, 1, 2, text, Role.LABEL),),))
