"""Write plain data as YAML that our own reader takes back unchanged."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import yaml

from perfeval.numbers import plain

_SAFE = re.compile(r"(?!(?:true|false|null)\Z)[^\W\d][\w./-]*", re.IGNORECASE)


class _Dumper(yaml.SafeDumper):
    """Write numbers plain and lists indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002
        return super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _number_node(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    text = plain(number)
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _blank_node(dumper: yaml.SafeDumper, _nothing: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(Decimal, _number_node)
_Dumper.add_representer(type(None), _blank_node)


def plain_yaml(data: Any) -> str:
    """Write plain data: numbers as they are, Chinese as it is, keys in their order."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return str(text)


def scalar(text: str) -> str:
    """Write a text as YAML: plain where that is safe, else in double quotes."""
    return text if _SAFE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def on_one_line(value: object) -> str:
    """Keep a comment a comment, whatever is printed in it."""
    return " ".join(str(value).split())
