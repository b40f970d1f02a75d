"""One version of a sheet as it is compared: the sheet, what was found in it, and its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, get_args

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from perfeval.fields import Model, is_class
from perfeval.findings import Finding, Waived
from perfeval.places import Path, Place
from perfeval.scorecard import Scorecard
from perfeval.sheet import Sheet


class Version(NamedTuple):
    """One version.

    Attributes:
        sheet: The sheet.
        findings: What counts of it, with paths in the words of the model.
        waived: What was accepted, likewise.
        scorecard: Its points.
        places: Tells where a value stands, by its path in the words of the model.
        written: Tells likewise how it is written; ``None`` where no value stands by itself.
        is_table: It was read from an office file, which has no room for all that YAML has.
    """

    sheet: Sheet
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    scorecard: Scorecard
    places: Callable[[Path], tuple[Place, ...]]
    written: Callable[[Path], str | None]
    is_table: bool


def in_words(path: Path) -> Path:
    """Return a path in the words of the model, whatever words of a field it is written in.

    >>> in_words(("indicators", 3, "target")), in_words(("预算", "全年预算数"))
    (('指标', 3, '目标值'), ('预算', '预算数'))
    """
    model: type[Model] | None = Sheet
    found: list[str | int] = []
    for step in path:
        if isinstance(step, str) and model is not None:
            name = _field(model, step)
            if name is None:
                return (*found, *path[len(found) :])
            info = model.model_fields[name]
            found.append(info.serialization_alias or name)
            model = _model_below(info.annotation)
        else:
            found.append(step)
    return tuple(found)


def _field(model: type[Model], word: str) -> str | None:
    """Return the name of the field that has a word."""
    fields = model.model_fields.items()
    return next((name for name, info in fields if word in _words(name, info)), None)


def _words(name: str, info: FieldInfo) -> Iterator[str | None]:
    yield from (name, info.serialization_alias)
    if isinstance(info.validation_alias, AliasChoices):
        yield from (word for word in info.validation_alias.choices if isinstance(word, str))


def _model_below(annotation: Any) -> type[Model] | None:
    """Return the model of which a field holds one or several; ``None`` where it holds none."""
    if is_class(annotation, Model):
        return annotation
    below = map(_model_below, get_args(annotation))
    return next((model for model in below if model is not None), None)
