"""Letters that look like Chinese characters become the characters."""

from __future__ import annotations

import unicodedata

from perfeval.radicals import UNIFIED


def test_every_radical_of_kangxi_is_its_character() -> None:
    """Unicode names the character of each of the 214."""
    radicals = [chr(code) for code in range(0x2F00, 0x2FD6)]
    assert [letter.translate(UNIFIED) for letter in radicals] == [
        unicodedata.normalize("NFKC", letter) for letter in radicals
    ]


def test_what_is_no_radical_stays_and_a_letter_stays_one() -> None:
    assert "支出 12.50万元（含…）①".translate(UNIFIED) == "支出 12.50万元（含…）①"
    assert all(len(plain) == 1 for plain in UNIFIED.values())
    assert not set(map(ord, "".join(UNIFIED.values()))) & set(UNIFIED)


def test_simplified_radicals_are_read_as_words_need_them() -> None:
    assert "⽤⻋、⻔、⻓、⻢、⻚、⻛".translate(UNIFIED) == "用车、门、长、马、页、风"
