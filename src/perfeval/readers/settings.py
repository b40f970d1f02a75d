"""``perfeval.yaml`` of a folder: by which rulebook the files in it score that name none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from perfeval.errors import RulebookError
from perfeval.fields import word_of
from perfeval.readers.files import SETTINGS, FilePath, FoundFile, identity, read_file
from perfeval.readers.rulebooks import load_named, rulebook_ids
from perfeval.sheet import Sheet

_RULEBOOK = word_of(Sheet, "rulebook")


class FolderRulebook(NamedTuple):
    """What a folder says of the rulebook of its files.

    Attributes:
        rulebook: Its id, or the path of its file; empty where the folder says nothing.
        fault: Why what it says cannot be followed; empty where it can.
    """

    rulebook: str = ""
    fault: str = ""


def folder_rulebook(file: FilePath, top: FilePath) -> FolderRulebook:
    """Return the rulebook that ``perfeval.yaml`` names in a file's folder, or in one above it.

    Args:
        file: The file that names none itself.
        top: The folder with which the search ends: the one that was given on the command line.
    """
    for folder in _folders(file, top):
        path = folder / SETTINGS
        if os.path.lexists(path):
            found = _read(path, top)
            if found.rulebook or found.fault:
                return found
    return FolderRulebook()


def _folders(file: FilePath, top: FilePath) -> Iterator[Path]:
    """Yield the folder of a file and those above it, up to the last that is looked at."""
    end = Path(identity(top))
    folder = Path(os.path.abspath(file)).parent  # noqa: PTH100 - a link stays where it lies
    while True:
        yield folder
        real = Path(identity(folder))
        if real == end or not real.is_relative_to(end) or folder == folder.parent:
            return
        folder = folder.parent


def _read(path: Path, top: FilePath) -> FolderRulebook:
    name = os.fspath(path)
    source = read_file(FoundFile(name, os.fspath(top)))
    if source.problems:
        return FolderRulebook(fault=f"{name}：{source.problems[0].message}")
    data = source.data
    if data is None:
        return FolderRulebook()
    if not isinstance(data, Mapping) or set(data) - {_RULEBOOK}:
        return FolderRulebook(fault=f"{name}：这里只能写“{_RULEBOOK}: 编号”")
    said = data.get(_RULEBOOK)
    if said is None:
        return FolderRulebook()
    if not isinstance(said, str):
        return FolderRulebook(fault=f"{name}：“{_RULEBOOK}”应是办法的编号或文件名")
    try:
        load_named(name, said, root=top)
    except RulebookError as error:
        return FolderRulebook(fault=f"{name}：{error.message}")
    return FolderRulebook(said if said in rulebook_ids() else os.fspath(path.parent / said))
