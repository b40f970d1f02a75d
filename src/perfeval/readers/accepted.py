"""What the models accept at a path: the keys, the words of a closed list, and other spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from perfeval.fields import is_class
from perfeval.places import Path


def synonyms(*models: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Map each form word to the other words for its fields."""
    words: dict[str, tuple[str, ...]] = {}
    for model in models:
        for name, field in model.model_fields.items():
            aliases = _aliases(field)
            for alias in aliases:
                others = (*words.get(alias, ()), *aliases, name)
                words[alias] = tuple(word for word in dict.fromkeys(others) if word != alias)
    return words


def known_keys(model: type[BaseModel], path: Path) -> tuple[dict[str, str], list[str]]:
    """Return every key accepted at *path*, and the form words among them."""
    known: dict[str, str] = {}
    words = []
    at = _reached(model, path)[1][0]
    for name, field in at.model_fields.items():
        word = _word(name, field)
        words.append(word)
        for key in (*_aliases(field), name):
            known[key] = word
    return known, words


def block_at(model: type[BaseModel], path: Path) -> tuple[list[str], list[str]]:
    """Return the form words of the block at *path*, and those of them that must be there."""
    fields = _reached(model, path)[1][0].model_fields
    needed = [_word(name, field) for name, field in fields.items() if field.is_required()]
    return [_word(name, field) for name, field in fields.items()], needed


def words_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the words of the closed list from which the value at *path* must be."""
    fields, _ = _reached(model, path)
    return list(dict.fromkeys(word for field in fields for word in _listed(field.annotation)))


def tag_at(model: type[BaseModel], path: Path) -> tuple[str, list[str]]:
    """Return the key that picks a union's member at *path*, and the words from which it picks."""
    fields, members = _reached(model, path)
    name = next(name for field in fields for name in _discriminators(field))
    tags = [(member, member.model_fields[name]) for member in members]
    listed = (word for _, field in tags for word in _listed(field.annotation))
    return _word(name, tags[0][1]), list(dict.fromkeys(listed))


def models_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return a model and all models inside it."""
    found = [model]
    for current in found:
        for field in current.model_fields.values():
            found += [inner for inner in _nested(field.annotation) if inner not in found]
    return found


_Reached = tuple[list[FieldInfo], list[type[BaseModel]]]


def _reached(model: type[BaseModel], path: Path) -> _Reached:
    """Follow *path* through the models: to the fields of its last word, and the models there.

    A step that names no field picks a union's member, or an item.
    """
    fields: list[FieldInfo] = []
    options = [model]
    for step in path:
        named = [
            field
            for option in options
            for name, field in option.model_fields.items()
            if step in (*_aliases(field), name)
        ]
        tagged = [option for option in options if step in _tags(option)]
        if named:
            fields = named
            options = [inner for field in named for inner in _nested(field.annotation)] or options
        elif tagged:
            options = tagged
    return fields, options


def _tags(model: type[BaseModel]) -> list[str]:
    """Return the words that stand for a model where it is one of a union's members."""
    single = (
        list(_listed(field.annotation))
        for field in model.model_fields.values()
        if get_origin(field.annotation) is Literal
    )
    return [words[0] for words in single if len(words) == 1]


def _discriminators(annotation: Any) -> Iterator[str]:
    """Yield the name of the field by which a union inside an annotation is told apart."""
    if isinstance(annotation, FieldInfo):
        if isinstance(annotation.discriminator, str):
            yield annotation.discriminator
        yield from _discriminators(annotation.annotation)
    for part in get_args(annotation):
        yield from _discriminators(part)


def _listed(annotation: Any) -> Iterable[str]:
    """Yield the words of the closed lists inside an annotation."""
    if get_origin(annotation) is Literal:
        for word in get_args(annotation):
            yield word.value if isinstance(word, Enum) else str(word)
    elif is_class(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    else:
        for part in get_args(annotation):
            yield from _listed(part)


def _word(name: str, field: FieldInfo) -> str:
    """Return the word that forms use for a field."""
    aliases = _aliases(field)
    return aliases[0] if aliases else name


def _aliases(field: FieldInfo) -> list[str]:
    choices = getattr(field.validation_alias, "choices", None)
    if choices is not None:
        return [choice for choice in choices if isinstance(choice, str)]
    return [field.alias] if field.alias else []


def _nested(annotation: Any) -> list[type[BaseModel]]:
    """Return the models inside an annotation."""
    if is_class(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _nested(part)]
