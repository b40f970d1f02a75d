"""What an author's words may say in a text: no sentence that the sheets deny."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfeval.cells.words import says_nothing
from perfeval.checks.claims import ClaimKind, claims_in
from perfeval.checks.denials import denied, is_underspent
from perfeval.documents.texts.gaps import Gap
from perfeval.places import Path
from perfeval.scorecard import Scorecard
from perfeval.sheet import SheetKind

_ENDS = ("。", "！", "？", "；", "：", "…")
_NUMERAL = "[0-9０-９一二三四五六七八九十]+"
_NUMBER = re.compile(rf"\s*(?:{_NUMERAL}[.\uff0e、)）]|[（(]{_NUMERAL}[)）]|[①-⑩]|一是|第一|首先)")
"""How a text begins that lists its points itself."""
_SENTENCE = re.compile("[^。；;!！?？\n]+[。；;!！?？\n]*")


class Author:
    """Takes an author's words into a text, without the sentences that the data deny.

    In their place the text asks for others; the finding about the claim names both.

    Attributes:
        gaps: What is asked for instead of what was left out.
    """

    def __init__(self, cards: Sequence[Scorecard], position: int | None = None) -> None:
        self.gaps: list[Gap] = []
        self._cards = tuple(cards)
        self._position = position

    def say(self, text: str | None, *path: str | int) -> str:
        """Return an author's words as a sentence; empty where they answer nothing.

        Args:
            text: The words.
            path: The field where they stand; its name is what is asked for.
        """
        words = answer(text)
        wrong = self._wrong(words)
        if not wrong:
            return words
        kept = [
            part.group()
            for part in _SENTENCE.finditer(words)
            if not any(start < part.end() and part.start() < end for start, end in wrong)
        ]
        said = sentence("".join(kept).strip()).removesuffix("；")
        gap = Gap(f"与数据相符的{_label(path)}", path, self._position)
        if gap not in self.gaps:
            self.gaps.append(gap)
        return f"{sentence(said)}{gap.printed}。"

    def _wrong(self, words: str) -> list[tuple[int, int]]:
        """Return where claims stand that the sheets deny, all together or the whole's alone.

        That there was no problem is denied by money that was left as well.
        """
        whole = [card for card in self._cards if card.sheet.kind == SheetKind.DEPARTMENT]
        found = [*denied(words, self._cards)]
        found += [one for card in whole for one in denied(words, [card])]
        wrong = [(one.start, one.end) for one in found]
        if any(is_underspent(card.sheet) for card in self._cards):
            claims = claims_in(words, (ClaimKind.NOTHING,))
            wrong += [(claim.start, claim.end) for claim in claims]
        return wrong


def _label(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def answer(text: str | None) -> str:
    """Return an author's words as a sentence; 无 is no answer.

    >>> answer("加快支付进度"), answer("无。"), answer(None)
    ('加快支付进度。', '', '')
    """
    words = (text or "").strip()
    return "" if says_nothing(words) else sentence(words)


def is_list(text: str) -> bool:
    """Tell whether an author's words list their points themselves, or are several paragraphs.

    >>> is_list("1、进度偏慢；2、支付集中。"), is_list("一是偏慢。"), is_list("2个项目偏慢。")
    (True, True, False)
    """
    return bool(_NUMBER.match(text)) or "\n" in text.strip()


def sentence(text: str) -> str:
    """End a text with a full stop unless it has an end."""
    text = text.rstrip(" ，、,;")
    return text if not text or text.endswith(_ENDS) else f"{text}。"
