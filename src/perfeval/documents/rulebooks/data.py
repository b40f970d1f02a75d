"""Rulebooks and their differences as plain data for JSON; see `perfeval.documents.as_json`."""

from __future__ import annotations

from typing import Any

from perfeval.documents.rulebooks.changes import Change, changes
from perfeval.documents.rulebooks.same_cases import same_cases
from perfeval.documents.rulebooks.view import BlockView, RulebookView, unseen
from perfeval.rulebook import Form, Rulebook, RuleSource

Data = dict[str, Any]


def rulebook_data(view: RulebookView) -> Data:
    """Return everything that is told about a rulebook."""
    rulebook = view.rulebook
    return {
        **_identity(rulebook),
        "note": rulebook.note,
        "year": view.year,
        "chain": [book.id for book in view.chain],
        "years": [year for year, _ in view.versions],
        "examples": len(view.examples),
        "blocks": [_block(view, block) for block in view.blocks],
    }


def _identity(rulebook: Rulebook) -> Data:
    return {
        "id": rulebook.id,
        "name": rulebook.name,
        "region": rulebook.region,
        "version": rulebook.version,
        "stamp": rulebook.stamp,
    }


def _block(view: RulebookView, block: BlockView) -> Data:
    clause = block.clause
    return {
        "name": block.name,
        "source": clause.source if clause else None,
        "clause": clause.clause if clause else None,
        "sources": [_source(source) for source in clause.sources] if clause else [],
        "seen": clause.seen.value if clause else None,
        "since": clause.since if clause else None,
        "note": clause.note if clause else None,
        "layout": _layout(clause) if isinstance(clause, Form) else None,
        "statements": [
            {
                "key": item.key,
                "label": item.label,
                "value": item.value,
                "laid_down_by": view.origins[item.key],
            }
            for item in block.statements
        ],
    }


def _layout(form: Form) -> Data:
    """Return what a layout is known by."""
    return {
        "id": form.id,
        "aliases": {str(content): list(words) for content, words in form.aliases.items()},
        "signature": list(form.signature),
    }


def _source(source: RuleSource) -> Data:
    return {**source.model_dump(), "seen": source.seen.value}


def difference_data(before: Rulebook, after: Rulebook) -> Data:
    """Return what changes from one rulebook to another."""
    return {
        "before": {**_identity(before), "unseen": unseen(before)},
        "after": {**_identity(after), "unseen": unseen(after)},
        "changes": list(map(_change, changes(before, after))),
        "same_cases": [case._asdict() for case in same_cases(before, after)],
    }


def _change(change: Change) -> Data:
    return {
        "block": change.block,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "text": "".join(line.replace("  ", "") for line in change.lines),
    }
