"""A commented department's file to begin with, for one rulebook."""

from __future__ import annotations

from perfeval.documents.inputs.plain_yaml import on_one_line, scalar
from perfeval.documents.templates import SHIPPED
from perfeval.rulebook import Rulebook

_TEMPLATE = "department/start.yaml.j2"


def starting_department(rulebook: Rulebook, name: str | None = None) -> str:
    """Write a department's file with nothing filled in and every line explained.

    Args:
        rulebook: The rulebook whose grades speak of the whole department.
        name: How the file names the rulebook, where not by its id: the path of its file.

    Returns:
        YAML.

    >>> from perfeval import load_rulebook
    >>> "评分办法: hubei-2020" in starting_department(load_rulebook("hubei-2020")).splitlines()
    True
    """
    chosen = scalar(name or rulebook.id)
    return f"{SHIPPED.render(_TEMPLATE, on_one_line, rulebook=rulebook, name=chosen)}\n"
