"""Read a rulebook: one that ships, or a file of one's own, with all that it inherits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from perfeval._resources import rulebook_dir
from perfeval.codes import INHERITANCE, MISSING
from perfeval.errors import RenderError, RulebookError, UnknownRulebookError
from perfeval.fields import word_of
from perfeval.findings import Finding, Placed
from perfeval.readers.accepted import models_of, synonyms
from perfeval.readers.companions import Companion, companion_of
from perfeval.readers.compiled import compiled_rulebook, compiled_text
from perfeval.readers.files import (
    FilePath,
    Root,
    folders_of,
    identity,
    is_inside,
    outside,
    own_folder,
    read_file,
)
from perfeval.readers.inheritance import (
    EXTENDS,
    Layered,
    layer,
    layout_data,
    owner_of,
    years_of,
)
from perfeval.readers.layouts import EXAMPLES as EXAMPLES_FILE
from perfeval.readers.layouts import FORM, LAW, layout_ids, layout_owner, shipped_file, shipped_ids
from perfeval.readers.located import Located
from perfeval.readers.proofs import validate
from perfeval.recording import note_kept, note_rulebook
from perfeval.rulebook import Form, Rulebook
from perfeval.source import Source

if TYPE_CHECKING:
    from perfeval.example import Example
    from perfeval.example.witnesses import Witness
    from perfeval.readers.examples import Evidence

_LONGEST_ID = 60
_ENDINGS = (".yaml", ".yml")
_ID = word_of(Rulebook, "id")
_MOST_BESIDE = 50
"""So many files beside a sheet are asked for the id that it names."""
_LARGEST_BESIDE = 100_000
"""No larger one is, in bytes."""


@dataclass(frozen=True)
class ReadRulebook:
    """A rulebook that was read.

    Attributes:
        rulebook: The rules as they hold in the year asked for.
        layers: Its file and those it inherits from; they know where each value stands.
        held: The evidence in its own file; ``None`` where it has a file of its own.
    """

    rulebook: Rulebook
    layers: Layered
    held: Evidence | None

    @cached_property
    def evidence(self) -> Evidence:
        """What shows that it is right; where that has a file of its own, it is read when asked for.

        Raises:
            RulebookError: That file has errors.
        """
        if self.held is not None:
            return self.held
        from perfeval.readers.examples import read_evidence

        source = shipped_file(self.rulebook.id, EXAMPLES_FILE)
        findings: list[Finding] = []
        evidence = read_evidence(self.layers._replace(sources=(source,)), findings, _words())
        if source.problems or findings:
            raise RulebookError(f"{source.name}：示例有误", _unique(source, findings))
        return evidence

    @property
    def examples(self) -> tuple[Example, ...]:
        """Its own worked examples."""
        return self.evidence.examples

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """What its own sources say of its rules."""
        return self.evidence.witnesses


def load_named(file: str, name: str, *, year: int | None = None, root: Root = None) -> Rulebook:
    """Load the rulebook that a sheet names: by its id, or a file as seen from the sheet.

    A sheet comes from outside: what it leads to, and what that leads to, must lie by its real path
    in the sheet's folder or in the root.

    Args:
        file: The sheet's file; empty where it is none.
        name: What the sheet names.
        year: The year whose rules hold.
        root: Further folders in which files may lie; a sheet that is no file is in the first.

    Raises:
        UnknownRulebookError: It names a file elsewhere, or the sheet is no file.
        RulebookError: The rulebook is wrong.
    """
    if not name.endswith(_ENDINGS):
        return load_rulebook(name, year=year)
    open_ = (*([own_folder(file)] if file else []), *folders_of(root))
    found = os.path.normpath(Path(open_[0]) / name) if open_ else ""
    if not found or Path(name).is_absolute() or not is_inside(found, open_):
        where = "自评表所在的文件夹" if root is None else "给出的文件夹"
        elsewhere = "别处的评分办法请用 --rulebook 指明，或用 --rulebooks 写明它的文件夹"
        raise UnknownRulebookError(f"“{name}”不在{where}里；{elsewhere}")
    return load_rulebook(found, year=year, root=open_)


def own_id(file: str, name: str) -> tuple[str, str]:
    """Return the id of a rulebook that is named by its id or its file, and where it is.

    Args:
        file: What it is named for: the name of a file is as seen from where the run is, or else
            from the folder of this one.
        name: What names it.
    """
    if not name.endswith(_ENDINGS):
        return name, name
    beside = [os.path.join(own_folder(file), name)] if file else []
    for path in (name, *beside):
        data = read_file(path).data if Path(path).is_file() else None
        if isinstance(data, dict) and isinstance(data.get(_ID), str):
            return data[_ID], path
    return name, name


def file_with_id(file: str, name: str) -> str:
    """Return the rulebook beside a sheet that has an id; empty where there is none.

    Args:
        file: The sheet's file; empty where it is none.
        name: The id (编号), which the sheet names in place of the file.
    """
    if not file or not Path(file).is_file():
        return ""
    folder = own_folder(file)
    beside = sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS)
    for path in beside[:_MOST_BESIDE]:
        is_plain = path.is_file() and not path.is_symlink()
        if is_plain and path.stat().st_size <= _LARGEST_BESIDE:
            data = read_file(path).data
            if companion_of(data) is Companion.RULEBOOK and data.get(_ID) == name:
                return path.name
    return ""


def file_elsewhere(file: str, name: str, root: Root = None) -> str:
    """Return a rulebook that a sheet names without its folder, as seen from the sheet.

    Args:
        file: The sheet's file; empty where it is none.
        name: The file that the sheet names, and that is not there.
        root: The folders in which it is looked for.

    Returns:
        Its path; empty where none of the folders has a file of this name.
    """
    if not name.endswith(_ENDINGS) or not os.path.isfile(file):  # noqa: PTH113 - never raises
        return ""
    folder = own_folder(file)
    if os.path.lexists(folder / name):
        return ""
    for place in folders_of(root):
        path = Path(place) / Path(name).name
        if os.path.isfile(path) and is_inside(path, [place]):  # noqa: PTH113 - never raises
            return _seen_from(folder, path)
    return ""


def _seen_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return ""


def rulebook_ids() -> tuple[str, ...]:
    """Return the ids of the rulebooks that ship.

    >>> "hubei-2020" in rulebook_ids()
    True
    """
    return shipped_ids()


def name_of(source: Source) -> str:
    """Return the name by which a rulebook's file is read: its id where it ships."""
    name = str(source.data.get("编号"))
    return name if name in shipped_ids() and shipped_file(name, LAW) is source else source.name


def load_rulebook(name: FilePath, *, year: int | None = None, root: Root = None) -> Rulebook:
    """Load a rulebook.

    Args:
        name: The id of one that ships, or the path of a file of one's own that ends in
            ``.yaml`` or ``.yml``.
        year: The year whose rules hold; ``None`` for the latest.
        root: What a file of one's own inherits from must lie, by its real path, in that file's
            folder or in this one (or in one of these).

    Returns:
        The rulebook, checked.

    Raises:
        UnknownRulebookError: No rulebook has this id and no file this path.
        RulebookError: The file has errors; all of them at once.

    >>> load_rulebook("hubei-2020").weights.execution
    Decimal('20')
    """
    ready = _ready(str(name)) if str(name) in rulebook_ids() else None
    book = ready or read_rulebook(name, year=year, root=root).rulebook
    note_rulebook(book.stamp)
    return book


@cache
def _ready(name: str) -> Rulebook | None:
    """Return a shipped rulebook that was compiled; it holds in every year."""
    return compiled_rulebook(name)


def compiled(name: str) -> str | None:
    """Return what is to be stored of a shipped rulebook; ``None`` where years differ in it."""
    read = _shipped(name, None)
    if years_of(read.layers.sources):
        return None
    laws = {owner_of(source) for source in read.layers.sources}
    owners = {part.owner for parts in read.layers.layouts.values() for part in parts}
    files = (f"{owner}/{file}" for owner in laws | owners for file in (LAW, FORM))
    return compiled_text(
        read.rulebook, [file for file in files if (rulebook_dir() / file).exists()]
    )


@cache
def load_layout(name: str, further: tuple[str, ...] = ()) -> Form:
    """Return a layout that ships, apart from any rulebook.

    Args:
        name: Its id, as 编号 of 表式.
        further: Other ids that may have been meant.

    Raises:
        RenderError: No layout has this id.

    >>> load_layout("beijing").title
    '项目支出绩效自评表'
    """
    data = layout_data(name)
    if data is None:
        import difflib

        known, shown = sorted({*layout_ids(), *further}), name[:_LONGEST_ID]
        near = "、".join(f"“{one}”" for one in difflib.get_close_matches(shown, known))
        guess = f"，是不是{near}？" if near else "；"
        raise RenderError(f"没有表式“{shown}”{guess}现有：{'、'.join(known)}")
    return Form.model_validate(data)


def layout_name(name: str) -> str:
    """Return the name of the rulebook to which a layout that ships belongs.

    >>> layout_name("beijing")
    '北京市项目支出绩效自评评分办法'
    """
    return str(shipped_file(layout_owner(name), LAW).data[word_of(Rulebook, "name")])


def read_rulebook(name: FilePath, *, year: int | None = None, root: Root = None) -> ReadRulebook:
    """Read a rulebook with its examples and the files it consists of; see `load_rulebook`."""
    text = str(name)
    if text in rulebook_ids():
        return _shipped(text, year)
    if not text.endswith(_ENDINGS):
        known = "、".join(rulebook_ids())
        shown = text if len(text) <= _LONGEST_ID else text[:_LONGEST_ID] + "…"
        near = "、".join(f"“{name}”" for name in _near(shown))
        guess = f"，是不是{near}？" if near else "；"
        raise UnknownRulebookError(f"没有评分办法“{shown}”{guess}现有：{known}")
    return _own(text, year, folders_of(root))


def _near(text: str) -> list[str]:
    """Return the ids that begin with what was written, else the nearest one."""
    import difflib

    begun = [name for name in rulebook_ids() if text and name.startswith(text.lower())]
    return begun or difflib.get_close_matches(text, rulebook_ids(), n=1, cutoff=0.5)


@lru_cache(maxsize=256)
def _shipped(name: str, year: int | None) -> ReadRulebook:
    return _made(shipped_file(name, LAW), _OwnFiles(()), year, has_examples=False)


class _OwnFiles:
    """The files of one reading of a rulebook of one's own: each is opened once.

    Attributes:
        stamps: What told each file from another version of it just before it was opened.
    """

    def __init__(self, root: tuple[FilePath, ...]) -> None:
        self._root = root
        self.stamps: dict[str, _Stamp] = {}
        self._sources: dict[str, Source] = {}

    def read(self, name: str) -> Source:
        """Return a file, opened the first time it is asked for."""
        if name not in self._sources:
            self.stamps[name] = _stamp(name)
            self._sources[name] = read_file(name)
        return self._sources[name]

    def parent(self, name: str, child: Source) -> Source:
        """Return the file that *child* inherits from: a shipped id, or a file inside the root."""
        if name.endswith(_ENDINGS):
            path = os.path.normpath(own_folder(child.name) / name)
            return self.read(path) if is_inside(path, self._root) else outside(path, name)
        return shipped_file(name, LAW)


_Stamp = tuple[int, int, int, int] | None


def _stamp(name: str) -> _Stamp:
    """Return what changes whenever a file is written anew; ``None`` where it cannot be told."""
    try:
        found = os.stat(name)  # noqa: PTH116 - asked for with each sheet
    except (OSError, ValueError):  # reading it will say why
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


class _Kept(NamedTuple):
    """A rulebook of one's own that was read, and what its files were then."""

    read: ReadRulebook
    stamps: dict[str, _Stamp]


_KEPT: dict[tuple[str, str, tuple[str, ...], int | None], _Kept] = {}
_MOST_KEPT = 64
_KEEPING = Lock()
"""Held while the oldest is looked for: another thread may add one meanwhile."""


def _own(name: str, year: int | None, root: tuple[FilePath, ...]) -> ReadRulebook:
    """Read one's own file, or return what it gave before, while none of its files has changed.

    This is asked with each sheet, and costs a few looks at the disk.
    """
    folder = os.path.dirname(identity(name))  # noqa: PTH120 - a path here costs more than the rest
    key = (os.path.abspath(name), name, (folder, *map(identity, root)), year)  # noqa: PTH100
    kept = _KEPT.get(key)
    if kept is not None and all(_stamp(file) == was for file, was in kept.stamps.items()):
        for file in kept.stamps:
            note_kept(file)
        return kept.read
    files = _OwnFiles((own_folder(name), *root))
    read = _made(files.read(name), files, year)
    if None not in files.stamps.values():
        with _KEEPING:
            while len(_KEPT) >= _MOST_KEPT:
                del _KEPT[next(iter(_KEPT))]
            _KEPT[key] = _Kept(read, files.stamps)
    return read


def rulebook_from_source(
    source: Source, *, year: int | None = None, root: Root = None
) -> ReadRulebook:
    """Make a rulebook of a text that was read; see `load_rulebook`.

    Every version that its file holds is checked, whatever the year asked for.
    """
    return _made(source, _OwnFiles((own_folder(source.name), *folders_of(root))), year)


def _made(
    source: Source, files: _OwnFiles, year: int | None, *, has_examples: bool = True
) -> ReadRulebook:
    from perfeval.readers.examples import EVIDENCE, Evidence, read_evidence

    layers = layer(source, files.parent, year)
    findings = list(layers.findings)
    is_orphan = any(finding.code == INHERITANCE for finding in findings)
    rulebook: Rulebook | None = None
    others = [checked for checked in years_of(layers.sources) if checked != year]
    for checked in (*others, year):
        current = layer(source, files.parent, checked)
        if current.data:
            data = {key: value for key, value in current.data.items() if key not in EVIDENCE}
            rulebook, found = validate(data)
            findings += [
                current.locate(finding, _words())
                for finding in found
                if not (is_orphan and _is_inherited(finding))
            ]
    held = None
    if has_examples:
        held = read_evidence(layers, findings, _words()) if layers.data else Evidence()
    if rulebook is None or findings:
        unique = _unique(source, findings)
        raise RulebookError(f"{source.name}：{len(unique)} 处错误", unique)
    return ReadRulebook(rulebook, layers, held)


def _unique(source: Source, findings: list[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, in the order of their lines."""
    placed = map(Placed, dict.fromkeys(findings))
    return tuple(item.finding for item in Located(source).limited(placed))


def _is_inherited(finding: Finding) -> bool:
    """Tell whether a finding only says that a block is missing that a parent would have given."""
    return (finding.code == MISSING and len(finding.path) == 1) or finding.path == (EXTENDS,)


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return synonyms(*models_of(Rulebook))
