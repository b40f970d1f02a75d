"""From a published document to drafts of the department's file and of its projects' sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from perfeval.accounts.account import Account
from perfeval.accounts.beside import full_key, name_key
from perfeval.documents.file_names import Names
from perfeval.documents.inputs.commented_yaml import commented_yaml
from perfeval.drafting.department import drafted_department
from perfeval.drafting.gathering import DraftedFile
from perfeval.drafting.sheets import drafted_sheets
from perfeval.fields import word_of
from perfeval.readers.files import DEPARTMENT
from perfeval.reading import ReadTable
from perfeval.reading.written import written
from perfeval.report.account_input import AccountInput, DocumentInput, read_account, understood
from perfeval.report.own_sheets import is_named, own_tables, unread_forms
from perfeval.sheet import ReadFrom, Sheet

_UNCONFIRMED, _READ_FROM = word_of(Sheet, "unconfirmed"), word_of(Sheet, "read_from")
_RULEBOOK, _YEAR, _NAME = (word_of(Sheet, name) for name in ("rulebook", "year", "name"))
_DONE = "照录公开的文件，没有改正；文件没有写的留空。逐项核对以后删去“未确认”一行"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a drafted department.

    Attributes:
        path: Its name in the department's folder.
        text: What it says, as YAML with the line of each value behind it.
        unread: What of its subject was not taken, each with its place and the reason.

    >>> DraftFile("department.yaml", "年度: 2023").unread
    ()
    """

    path: str
    text: str
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountDraft:
    r"""What a published document says of a department, as the files of its folder.

    Attributes:
        name: The document; empty where it has none.
        refused: Why nothing was drafted; ``None`` where something was.
        files: ``department.yaml``, and the sheet of each project of which the document tells.

    >>> from perfeval import draft
    >>> made = draft("一、收入支出决算总体情况说明\n2023年度收、支总计80万元，共计。")
    >>> [file.path for file in made.files]
    ['department.yaml']
    """

    name: str = ""
    refused: str | None = None
    files: tuple[DraftFile, ...] = ()


def draft(document: DocumentInput, *, rulebook: str = "", name: str = "") -> AccountDraft:
    r"""Draft a department's file and its projects' sheets from a published account.

    Only what is printed is taken, and only where its own sentence says beyond doubt what it is;
    what is printed with several values, or is not understood, is left out and told.  The sheet of
    a project whose 自评表 stands in the document with its grid is that form, as `read` reads it.

    Args:
        document: See `proof`.
        rulebook: The id of the rulebook that the files name; none where it is empty, as an account
            names none.
        name: What content is called.

    Returns:
        The files, each marked 未确认, or the reason why there are none.

    Raises:
        MissingExtraError: The file needs a package of the extra ``office``.
        TypeError: *document* is nothing that can be read.

    >>> text = "十、预算绩效情况说明\n2023年度部门决算中反映项目绩效自评结果。\n"
    >>> text += "1.绿化养护项目绩效自评综述：项目全年预算数为50万元，执行数为48万元，"
    >>> made = draft(text + "完成预算的96%。主要产出和效果：完成养护。")
    >>> made.files[1].path
    '绿化养护.yaml'
    >>> "  执行数: 48  # 第 3 行“48万元”" in made.files[1].text
    True
    """
    read = read_account(document, name)
    if read.refused is not None:
        return AccountDraft(name=read.name, refused=read.refused)
    account, notes, reason = understood(read)
    if reason:
        return AccountDraft(name=read.name, refused=reason)
    return AccountDraft(name=read.name, files=tuple(_files(account, read, rulebook, notes)))


def _files(
    account: Account, read: AccountInput, rulebook: str, notes: Sequence[str]
) -> Iterator[DraftFile]:
    names = Names()
    names.give(PurePath(DEPARTMENT).stem)
    sheets = list(drafted_sheets(account))
    forms = _Forms(account, read, rulebook, [sheet.title for sheet in sheets])
    department = drafted_department(account)
    unread = (*notes, *forms.unread(), *department.unread)
    text = _text(account, read, rulebook, department._replace(unread=unread))
    yield DraftFile(DEPARTMENT, text, unread)
    for sheet in sheets:
        path = f"{names.give(sheet.title)}.yaml"
        text, unread = _text(account, read, rulebook, sheet), sheet.unread
        yield forms.taken(path, sheet.title) or DraftFile(path, text, unread)
    yield from forms.left(names)


class _Forms:
    """The 自评表 with a grid in a document: each says more of its project than the overview."""

    def __init__(
        self, account: Account, read: AccountInput, rulebook: str, titles: Iterable[str]
    ) -> None:
        self._document = own_tables(read, account.year, rulebook or None)
        self._file = PurePath(read.name).name
        self._titles = set(map(full_key, titles))
        self._by_key: dict[str, list[ReadTable]] = {}
        for table in filter(is_named, self._document.tables):
            self._by_key.setdefault(name_key(table.data[_NAME]), []).append(table)

    def taken(self, path: str, title: str) -> DraftFile | None:
        """Return the file of the form that a project has; ``None`` where it has none.

        A form with nearly its name is its own where it is that of no other project.
        """
        alike = self._by_key.get(name_key(title), [])
        keys = [full_key(table.data[_NAME]) for table in alike]
        own = [at for at, key in enumerate(keys) if key == full_key(title)]
        near = [at for at, key in enumerate(keys) if key not in self._titles]
        return self._made(path, alike.pop((own or near)[0])) if own or near else None

    def left(self, names: Names) -> Iterator[DraftFile]:
        """Yield the files of the forms that were not taken."""
        for table in filter(is_named, self._document.tables):
            if any(table is one for one in self._by_key[name_key(table.data[_NAME])]):
                yield self._made(f"{names.give(str(table.data[_NAME]))}.yaml", table)

    def unread(self) -> Iterator[str]:
        """Yield which forms become no file, and why."""
        yield from unread_forms(self._document)
        for table in self._document.tables:
            if not is_named(table):
                yield f"{table.name}是自评表，没有写项目名称，没有写入"

    def _made(self, path: str, table: ReadTable) -> DraftFile:
        text = written(self._document, table, file=self._file)
        return DraftFile(path, text, tuple(map(str, table.unread)))


def _text(account: Account, read: AccountInput, rulebook: str, made: DraftedFile) -> str:
    """Return a file as YAML, with what marks it as unconfirmed before what it says."""
    stated = {
        "file": PurePath(read.name).name,
        "digest": read.digest or "",
        "place": account.document.where(made.at) if made.title else "",
    }
    source = {word_of(ReadFrom, key): value for key, value in stated.items() if value}
    data: dict[str, Any] = {_UNCONFIRMED: True, **({_READ_FROM: source} if source else {})}
    if rulebook:
        data[_RULEBOOK] = rulebook
    return commented_yaml({**data, **made.data}, made.said, list(_above(made, rulebook)))


def _above(made: DraftedFile, rulebook: str) -> Iterator[str]:
    """Yield the lines above a file: what was not taken, and what to do."""
    missing = [] if rulebook else [f"{_RULEBOOK}：决算里没有写，请补上（或用 --rulebook 写明）"]
    if _YEAR not in made.data:
        missing.append(f"{_YEAR}：没有读出")
    notes = [*missing, *made.unread]
    if notes:
        yield f"没有写入（{len(notes)} 处）："
        yield from (f"  {note}" for note in notes)
    yield _DONE


__all__ = ["AccountDraft", "DraftFile", "draft"]
