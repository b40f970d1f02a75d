"""Read waivers that stand in a file of their own, and baselines of accepted findings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from perfeval._resources import SCHEMA
from perfeval.errors import SheetError
from perfeval.fields import Model
from perfeval.opening import read_regular, system_reason
from perfeval.readers.accepted import models_of, synonyms
from perfeval.readers.files import FilePath, read_file, resolve
from perfeval.readers.located import Located
from perfeval.readers.problems import schema_findings
from perfeval.sheet import Waiver

_MOST_BYTES = 64 * 1024 * 1024
"""Of a baseline: a bureau's thousands of sheets have many findings."""


class _WaiverFile(Model):
    """A file of waivers for several sheets."""

    waivers: tuple[Waiver, ...] = Field(alias="校核豁免")


class ReadWaivers(NamedTuple):
    """Waivers that stand in a file of their own.

    Attributes:
        waivers: The waivers.
        located: The text, and where in it each value stands.
    """

    waivers: tuple[Waiver, ...]
    located: Located


def read_waivers(file: FilePath) -> ReadWaivers:
    """Read a file of waivers.

    Args:
        file: A YAML file with the list 校核豁免, as in a sheet; 项目 says which sheet one is for.

    Raises:
        SheetError: With everything that is wrong with the file.
    """
    source = read_file(file)
    located = Located(source, synonyms(*models_of(_WaiverFile)))
    found = located.problems()
    if not found:
        try:
            return ReadWaivers(_WaiverFile.model_validate(source.data).waivers, located)
        except ValidationError as error:
            found = list(map(located.place, schema_findings(error, _WaiverFile)))
    findings = tuple(item.finding for item in found)
    raise SheetError(f"{source.name}：豁免文件有 {len(findings)} 处错误", findings)


def _fingerprints(baseline: Any) -> Iterator[str]:
    """Yield the fingerprints that a baseline accepts; what is none fails."""
    for item in baseline["accepted"]:
        if not isinstance(item["fingerprint"], str):
            raise TypeError(item)
        yield item["fingerprint"]
    if baseline.get("schema") != SCHEMA:
        raise ValueError(baseline.get("schema"))


def read_baseline(file: FilePath) -> frozenset[str]:
    """Read the fingerprints of a baseline, as ``perfeval check --write-baseline`` makes it.

    Raises:
        SheetError: It cannot be read, or is no baseline.
    """
    label = os.fspath(file)
    try:
        raw = read_regular(resolve(file), _MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            raise SheetError(f"{label}：文件超过 {_MOST_BYTES // 1024 // 1024} MB，未读取")
        return frozenset(_fingerprints(json.loads(raw.decode("utf-8-sig"))))
    except OSError as error:
        raise SheetError(f"{label}：基线打不开（{system_reason(error)}）") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SheetError(f"{label}：不是用 --write-baseline 生成的基线") from error
