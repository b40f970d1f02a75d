"""The manifest of a run (运行清单): what it was told, what it read, and what it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple


class FileDigest(NamedTuple):
    """A file as it was read or written.

    Attributes:
        path: Where it lies, as seen from the folder of the run, with ``/`` between folders; or
            ``shipped:…`` for what ships.
        sha256: The SHA-256 of its bytes.
        bytes: How many these are.

    >>> FileDigest("甲.yaml", "0" * 64, 12).bytes
    12
    """

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run was told, what it read and what it wrote: enough to do it again and compare.

    Attributes:
        path: Where the manifest itself lies, as seen from the folder of the run.
        version: The version of perfeval.
        python: The version of Python.
        packages: The versions of the packages that a result can depend on.
        arguments: The command and its arguments, word by word.
        exit_code: With which code it ended.
        rulebooks: The stamps of the rulebooks.
        inputs: The files that it read.
        beside: Files in the folders that it was given, which it saw and did not open.
        outputs: The files that it wrote.
        stdout: The SHA-256 of what it wrote to standard output, in UTF-8; ``None`` where that went
            to a terminal.
        changed: Files that changed while it ran.

    >>> from perfeval import from_json, to_json
    >>> said = {"version": "0.2.0", "python": "3.11", "packages": {}, "rulebooks": ()}
    >>> files = {"path": "清单.json", "inputs": (), "outputs": ()}
    >>> manifest = Manifest(arguments=("score", "甲.yaml"), exit_code=0, **said, **files)
    >>> from_json(to_json(manifest)) == manifest
    True
    """

    path: str
    version: str
    python: str
    packages: Mapping[str, str]
    arguments: tuple[str, ...]
    exit_code: int
    rulebooks: tuple[str, ...]
    inputs: tuple[FileDigest, ...]
    outputs: tuple[FileDigest, ...]
    beside: tuple[str, ...] = ()
    stdout: str | None = None
    changed: tuple[str, ...] = ()


def manifest_data(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest as plain data for JSON."""
    data = asdict(manifest)
    for name in ("arguments", "rulebooks", "beside", "changed"):
        data[name] = list(data[name])
    for name in ("inputs", "outputs"):
        data[name] = [file._asdict() for file in getattr(manifest, name)]
    data["packages"] = dict(manifest.packages)
    return data
