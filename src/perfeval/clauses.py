"""What every block of rules has: where it comes from, and a proof that it holds together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from perfeval.cells.words import WordEnum
from perfeval.fields import NOT_SEEN, Model, OptionalDate, OptionalText, RequiredNumber, Since, Text
from perfeval.numbers import ZERO, RoundingMode
from perfeval.places import Path

_Self = TypeVar("_Self", bound="Proved")
COLLECT: dict[str, Any] = {"faults": "collect"}
"""The validation context of a reader that collects the faults itself, with `all_faults`."""

Digits = Annotated[int, Field(ge=0, le=6)]


class Contradiction(NamedTuple):
    """Where data contradicts itself; ``path`` starts at the block that is proved."""

    path: Path
    message: str


class Proved(Model):
    """Data that proves itself when it is loaded."""

    def faults(self) -> Iterator[Contradiction]:
        """Yield every contradiction."""
        yield from ()

    @model_validator(mode="after")
    def _prove(self: _Self, info: ValidationInfo) -> _Self:
        if info.context is not COLLECT:
            faults = tuple(self.faults())
            if faults:
                raise PydanticCustomError("proof", "数据自相矛盾", {"faults": faults})
        return self


def all_faults(value: Any, path: Path = ()) -> Iterator[Contradiction]:
    """Yield every contradiction inside *value*, its path in the form's words."""
    if isinstance(value, Proved):
        for fault in value.faults():
            yield Contradiction((*path, *fault.path), fault.message)
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from all_faults(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from all_faults(item, (*path, position))


class HowSeen(WordEnum):
    """How whoever wrote a rulebook has seen a source of it, the best first."""

    ORIGINAL = "文件原文"
    FORM = "公开的表"
    SYSTEM = "系统程序"
    UNSEEN = "未见"


_GRADES = tuple(HowSeen)


class RuleSource(Model):
    """A document, form or program that rules come from.

    Attributes:
        name: 名称.
        number: 文号 of a document.
        address: 网址 at which it was seen.
        since: 施行, the date from which it holds; ``None`` where it was not seen (未见).
        seen: 所见, how it was seen.
        note: 说明, such as that the page is a copy.
    """

    name: Text = Field(alias="名称")
    number: OptionalText = Field(None, alias="文号")
    address: OptionalText = Field(None, alias="网址")
    since: Since = Field(None, alias="施行")
    seen: HowSeen = Field(alias="所见")
    note: OptionalText = Field(None, alias="说明")

    @property
    def title(self) -> str:
        """Its number and its name."""
        return f"{self.number or ''}{self.name}"


class Cited(BeforeValidator):
    """One source or a list of them, each a name, or a name with all that is known of it."""


def _sources(value: Any) -> Any:
    """Take one source or several; a name alone is a source of which nothing was seen."""
    if value is None:
        raise PydanticCustomError("blank", "这里没有填写")
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(
        {"名称": item, "所见": HowSeen.UNSEEN, "施行": NOT_SEEN} if isinstance(item, str) else item
        for item in listed
    )


class Clause(Proved):
    """A block of rules and where it comes from.

    Attributes:
        sources: 来源, the documents, forms or programs.
        clause: 条款, its words or number; ``None`` where nobody has seen them.
        in_force: 施行 of this block, where it is not that of its sources.
        note: 说明, what the source leaves open.
    """

    sources: Annotated[tuple[RuleSource, ...], Cited(_sources)] = Field(alias="来源", min_length=1)
    clause: OptionalText = Field(None, alias="条款")
    in_force: OptionalDate = Field(None, alias="施行")
    note: OptionalText = Field(None, alias="说明")

    @property
    def source(self) -> str:
        """The names of the sources."""
        return "；".join(source.title for source in self.sources)

    @property
    def seen(self) -> HowSeen:
        """How the source was seen that was seen best."""
        return min((source.seen for source in self.sources), key=_GRADES.index)

    @property
    def since(self) -> str | None:
        """The date from which the block holds; ``None`` where it was not seen."""
        known = [source.since for source in self.sources if source.since]
        return self.in_force or max(known, default=None)


class Level(Model):
    """One band of a list of bands (档次): from ``lower``, itself included, up to the one above.

    Attributes:
        name: 名称, where bands have one.
        lower: 从.
    """

    name: OptionalText = Field(None, alias="名称")
    lower: RequiredNumber = Field(alias="从")


def level_faults(levels: Sequence[Level], gives: str | None = None) -> Iterator[Contradiction]:
    """Yield what is wrong with bands: they fall to 0, so that nothing is left out or in twice.

    Args:
        levels: The bands, the highest first.
        gives: The field of what each band gives, which falls with them.
    """
    for position, (upper, lower) in enumerate(pairwise(levels), start=1):
        if lower.lower >= upper.lower:
            yield Contradiction(("档次", position, "从"), "各档的“从”应由高到低")
    if levels[-1].lower != ZERO:
        yield Contradiction(("档次", len(levels) - 1, "从"), "末档应从 0 起，不留空档")
    names = [level.name for level in levels]
    for position, name in enumerate(names):
        if name is not None and name in names[:position]:
            yield Contradiction(("档次", position, "名称"), f"“{name}”写了两档")
    if gives is not None:
        word = type(levels[0]).model_fields[gives].alias or gives
        yield from _falling([getattr(level, gives) for level in levels], word)


def _falling(values: Sequence[Decimal], word: str) -> Iterator[Contradiction]:
    for position, value in enumerate(values):
        if position and value > values[position - 1]:
            yield Contradiction(("档次", position, word), f"各档的{word}应由高到低")
        if value < ZERO:
            yield Contradiction(("档次", position, word), f"{word}不能是负数")


class Rounding(Model):
    """To how many decimals, and how."""

    digits: Digits = Field(alias="位数")
    mode: RoundingMode = Field(RoundingMode.HALF_UP, alias="方式")
