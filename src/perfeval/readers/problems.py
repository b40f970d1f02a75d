"""Turn what is wrong with a text or its structure into findings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from perfeval.cells.numerals import certain_form
from perfeval.codes import (
    CHOICE,
    FLOAT,
    MISSING,
    NEGATIVE,
    NUMBER,
    NUMBER_FORM,
    PROOF,
    REPEATED,
    STRUCTURE,
    UNKNOWN,
)
from perfeval.findings import Finding, Fix, Severity
from perfeval.numbers import trimmed
from perfeval.places import Path
from perfeval.readers.accepted import block_at, known_keys, tag_at, words_at

MOST_UNKNOWN = 100
"""After so many names that are not known the others are counted, each no longer told."""
_CODES = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN,
    "number_form": NUMBER_FORM,
    "number": NUMBER,
    "year": NUMBER,
    "rate": NUMBER,
    "float": FLOAT,
    "negative": NEGATIVE,
    "sign": CHOICE,
    "word": CHOICE,
    "date": NUMBER_FORM,
    "literal_error": CHOICE,
    "enum": CHOICE,
}
_OWN = {
    "number_form",
    "number",
    "year",
    "rate",
    "float",
    "negative",
    "sign",
    "word",
    "date",
    "text",
    "cell",
}
"""The errors that our own field readers raise, in Chinese."""
_MESSAGES = {
    "model_type": "这里应是下级内容（“名称: 内容”各占一行）",
    "model_attributes_type": "这里应是下级内容（“名称: 内容”各占一行）",
    "dict_type": "这里应是下级内容（“名称: 内容”各占一行）",
    "tuple_type": "这里应是列表（每项以 “- ” 开头）",
    "bool_type": "这里应写“是”或“否”",
    "bool_parsing": "这里应写“是”或“否”",
    "int_type": "这里应是整数",
    "int_parsing": "这里应是整数",
    "int_from_float": "这里应是整数",
    "too_short": "这里至少要有一项",
    "invalid_key": "项目的名称必须是文字",
    "string_type": "这里应是文字",
}


def schema_findings(error: ValidationError, model: type[BaseModel]) -> Iterator[Finding]:
    """Return the findings of data that does not fit *model*, each with its path."""
    items = error.errors(include_url=False)
    unknown = [item["loc"] for item in items if item["type"] == "extra_forbidden"]
    for path in unknown[:MOST_UNKNOWN]:
        yield unknown_key(path, *known_keys(model, path[:-1]))
    if len(unknown) > MOST_UNKNOWN:
        yield _more_unknown(unknown[MOST_UNKNOWN], len(unknown) - MOST_UNKNOWN)
    for item in items:
        if item["type"] == "extra_forbidden":
            continue
        if item["type"] == "proof":
            yield from _proof_findings(item)
        elif not (item["type"] == "too_short" and _is_consequence(item, items)):
            yield _finding(item, model)


def _finding(item: Any, model: type[BaseModel]) -> Finding:
    """Say one error in Chinese: what stands there, and what may."""
    path: Path = item["loc"]
    kind, given = item["type"], item["input"]
    hint = str(item.get("ctx", {}).get("hint", ""))
    if kind == "missing" or _is_blank(item):
        return Finding(MISSING, Severity.ERROR, f"缺少“{path[-1]}”", path, hint)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _tag_finding(item, path, model)
    message = item["msg"] if kind in _OWN else _MESSAGES.get(kind, "这里的写法不对")
    if kind in ("literal_error", "enum"):
        message = _no_choice(given)
        hint = _choices(words_at(model, path))
    elif kind in ("model_type", "model_attributes_type"):
        hint = _parts(path, given, *block_at(model, path))
    elif kind in ("greater_than_equal", "less_than_equal"):
        message = f"{given} 超出可用的范围"
    code = _CODES.get(kind, STRUCTURE)
    said = given.strip() if kind == "number_form" and isinstance(given, str) else ""
    better = certain_form(said)
    fix = Fix(said, better) if better else None
    return Finding(code, Severity.ERROR, message, path, hint, fix=fix)


def _tag_finding(item: Any, path: Path, model: type[BaseModel]) -> Finding:
    """Say that the word which picks a union's member is missing or not one of them."""
    word, words = tag_at(model, path)
    tag = item["ctx"].get("tag")
    at = (*path, word)
    if tag in (None, "None"):
        return Finding(MISSING, Severity.ERROR, f"缺少“{word}”", at)
    given = item["input"].get(word) if isinstance(item["input"], dict) else tag
    return Finding(CHOICE, Severity.ERROR, _no_choice(given), at, _choices(words))


def _no_choice(given: Any) -> str:
    return f"“{given}”不在可选的写法里" if isinstance(given, str) else "这里应是文字"


def _parts(path: Path, given: Any, words: Sequence[str], needed: Sequence[str]) -> str:
    """Say what a block consists of, where a single value stands in its place."""
    listed = _choices(words)
    if len(needed) != 1 or not isinstance(given, str | Decimal) or not isinstance(path[-1], str):
        return listed
    value = given if isinstance(given, str) else trimmed(given)
    return f"如“{path[-1]}: {{{needed[0]}: {value}}}”；{listed}"


def _choices(words: Iterable[str]) -> str:
    return f"可写：{'、'.join(words)}"


def _is_consequence(item: Any, items: list[Any]) -> bool:
    """Tell whether a list is only too short because an item of it is wrong."""
    path = item["loc"]
    return any(other["loc"][: len(path)] == path and other is not item for other in items)


def _is_blank(item: Any) -> bool:
    """Tell whether a field that must be there was left blank."""
    given = item["input"]
    return item["type"] == "blank" or (given is None and item["type"] in ("bool_type", "int_type"))


def _proof_findings(item: Any) -> Iterator[Finding]:
    for fault in item["ctx"]["faults"]:
        yield Finding(PROOF, Severity.ERROR, fault.message, (*item["loc"], *fault.path))


def unknown_key(path: Path, known: Mapping[str, str], words: list[str]) -> Finding:
    """Return the finding of a key that is not known, with the nearest one that is.

    Args:
        path: Path of the key.
        known: Every accepted word, and the word that forms use for it.
        words: The words that forms use.
    """
    key = str(path[-1])
    if key in known:
        same = known[key]
        return Finding(
            REPEATED, Severity.ERROR, f"“{key}”与“{same}”是同一项，写了两次", path, "请只保留一处"
        )
    return _unknown(path, guess(key, known) or f"这里可以写：{'、'.join(words)}")


def _more_unknown(path: Path, count: int) -> Finding:
    message = f"不认识的名称太多，从这里起的 {count} 项没有逐一列出"
    return Finding(UNKNOWN, Severity.ERROR, message, path, "请先改正已列出的，再检查一次")


def _unknown(path: Path, hint: str) -> Finding:
    return Finding(UNKNOWN, Severity.ERROR, f"不认识“{path[-1]}”", path, hint)


def guess(key: str, known: Iterable[str]) -> str:
    """Ask whether the word that resembles *key* is meant; empty where none does."""
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"是不是“{near[0]}”？" if near else ""
