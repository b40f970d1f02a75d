"""What every block of rules has: where it comes from, and a proof that it holds together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from perfeval.fields import Model, OptionalDate, OptionalText, Text, Truth
from perfeval.numbers import RoundingMode
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


class Clause(Proved):
    """A block of rules and where it comes from.

    Attributes:
        source: 来源, the document.
        clause: 条款, its words or number; ``None`` where nobody has seen them.
        verified: 核实, whether the original was seen.
        since: 施行, the date from which it holds; ``None`` where it is not known.
        note: 说明, what the source leaves open.
    """

    source: Text = Field(alias="来源")
    clause: OptionalText = Field(None, alias="条款")
    verified: Truth = Field(alias="核实")
    since: OptionalDate = Field(None, alias="施行")
    note: OptionalText = Field(None, alias="说明")


class Rounding(Model):
    """To how many decimals, and how."""

    digits: Digits = Field(alias="位数")
    mode: RoundingMode = Field(RoundingMode.HALF_UP, alias="方式")
