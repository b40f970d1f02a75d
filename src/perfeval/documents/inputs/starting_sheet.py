"""A commented sheet to begin with, for one rulebook."""

from __future__ import annotations

from perfeval.documents.form.empty_rows import empty_sections
from perfeval.documents.inputs.plain_yaml import on_one_line, scalar
from perfeval.documents.templates import SHIPPED
from perfeval.numbers import trimmed
from perfeval.rulebook import Rulebook

_TEMPLATE = "sheet/start.yaml.j2"


def starting_sheet(rulebook: Rulebook, name: str | None = None) -> str:
    """Write a sheet with nothing filled in and every line explained.

    Args:
        rulebook: The rulebook that will score it.
        name: How the sheet names the rulebook, where not by its id: the path of its file.

    Returns:
        YAML; its weights close by the rulebook's usual division, what is to be filled is blank.

    >>> from perfeval import load_rulebook
    >>> "评分办法: hubei-2020" in starting_sheet(load_rulebook("hubei-2020")).splitlines()
    True
    """
    scored = rulebook.weights.scored
    text = SHIPPED.render(
        _TEMPLATE,
        on_one_line,
        rulebook=rulebook,
        name=scalar(name or rulebook.id),
        achieved=rulebook.qualitative.bands[0].name,
        options=[(box, " / ".join(words)) for box, words in rulebook.form.options.items()],
        execution=_execution(rulebook),
        scored=scored,
        sections=[
            (
                item.section.label,
                trimmed(item.weight) if scored else None,
                [
                    (aspect and aspect.label, trimmed(weight) if scored else None)
                    for aspect, weight in item.rows.items()
                ],
            )
            for item in empty_sections(rulebook)
        ],
    )
    return f"{text}\n"


def _execution(rulebook: Rulebook) -> str:
    weight = rulebook.weights.execution
    is_scored = weight and rulebook.weights.scored
    return f"预算执行，{trimmed(weight)} 分" if is_scored else "预算执行，本办法不计分"
