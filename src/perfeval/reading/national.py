"""The JSON of the national budget system (一体化系统绩效接口) → sheets, each value with its place.

Its field ``indexval`` is the target in a self-assessment and what is reached so far in a monitored
row; which of the two a row is, is told by the list in which it stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.cells.signs import column_sign
from perfeval.cells.units import MoneyUnit
from perfeval.cells.words import WordEnum
from perfeval.documents.inputs.enclosed import record_digest
from perfeval.documents.inputs.national_words import national_words
from perfeval.fields import word_of
from perfeval.numbers import parse_number, plain
from perfeval.places import CellPlace, Path
from perfeval.readers.json_text import read_json
from perfeval.reading.contents import shown
from perfeval.reading.enclosed import EnclosedRecord, enclosed_record_of
from perfeval.reading.model import Gathered, ReadDocument, ReadingNote, ReadTable, UnreadPart
from perfeval.reading.national_marks import Records
from perfeval.reading.ours import by_its_layout, by_its_rulebook
from perfeval.reading.restoring import has_path
from perfeval.reading.table import rulebooks_of
from perfeval.reading.vocabulary import WordList, keys_of
from perfeval.rulebook.form_faults import heading_key
from perfeval.sheet import BUDGET, FUNDS, INDICATORS, Budget, FiledBudget, FundRow, Indicator, Sheet
from perfeval.source import decode

_KIND = "json"
_MOST_RECORDS, _MOST_ROWS = 10_000, 5_000
_YEAR = word_of(Sheet, "year")
_RATE, _POINTS = (word_of(FiledBudget, name) for name in ("rate", "points"))
_FILED = word_of(Budget, "filed")
_FIGURES = {word_of(Indicator, name) for name in ("weight", "filed")}
_STATED = re.compile(r"[12][0-9]{3}", re.ASCII)
_DAY = re.compile(r"([12][0-9]{3})[-/年.]?[01]?[0-9]")


class Beside(WordEnum):
    """What perfeval writes beside a record it made; the system has no such fields."""

    YEAR = "年度"
    MONEY_UNIT = "金额单位"
    UNCONFIRMED = "未确认"
    CARRIED = "附带"

    @property
    def field(self) -> str:
        """The name of the field."""
        return str(national_words()["另写"][self.value])


class _Record(NamedTuple):
    """A project of the interface: what stands there, and what stands above it."""

    kind: Records
    data: Mapping[str, Any]
    above: Mapping[str, Any]


def read_national(raw: bytes, name: str, rulebook: str | None = None) -> ReadDocument:
    """Read what the interface gave; what cannot be read is named, never raised.

    Args:
        raw: The bytes of the file.
        name: What it is called in messages.
        rulebook: By which rulebook its sheets score, where a person says so.
    """
    digest = hashlib.sha256(raw).hexdigest()
    text = decode(raw)
    if text is None:
        return ReadDocument(name, digest, unread=(UnreadPart("", "既不是 UTF-8 也不是 GB18030"),))
    source = read_json(text)
    if source.problems:
        said = f"一体化系统的 JSON 读不了：{source.problems[0].message}"
        return ReadDocument(name, digest, unread=(UnreadPart("", said),))
    tables: list[ReadTable] = []
    unread: list[UnreadPart] = []
    for number, record in enumerate(_records(source.data, {}), start=1):
        if number > _MOST_RECORDS:
            unread.append(UnreadPart("", f"项目超过 {_MOST_RECORDS} 个，其余没有读"))
            break
        part = _ProjectReader(record, number, rulebook, name).part()
        if isinstance(part, ReadTable):
            tables.append(part)
        else:
            unread.append(part)
    if not tables and not unread:
        unread.append(UnreadPart("", "一体化系统的 JSON 里没有自评或监控的指标", is_fault=False))
    return ReadDocument(name, digest, _KIND, tuple(tables), tuple(unread))


def _records(data: Any, above: Mapping[str, Any]) -> Iterator[_Record]:
    """Yield the projects, in order; a record below another knows what stands above it."""
    if isinstance(data, list):
        for item in data:
            yield from _records(item, above)
    if not isinstance(data, Mapping):
        return
    words = national_words()
    for kind in Records:
        if any(name in data for name in words[kind.value].values()):
            yield _Record(kind, data, above)
            return
    own = {key: value for key, value in data.items() if not isinstance(value, dict | list)}
    for key in (*words["里面"], *words["财政评价"].values()):
        if key in data:
            yield from _records(data[key], {**above, **own})


class _ProjectReader:
    """Reads one project."""

    def __init__(self, record: _Record, number: int, rulebook: str | None, file: str) -> None:
        self._record = record
        self._words = national_words()
        self._lists = self._words[record.kind.value]
        self._number = number
        self._rulebook, self._file = rulebook, file
        self._gathered = Gathered()

    def part(self) -> ReadTable | UnreadPart:
        """Return the sheet; or, where a list of it is none, that it was not read."""
        name = f"第{self._number}个项目"
        wrong = [key for key in self._lists.values() if not isinstance(self._rows(key), list)]
        if wrong:
            return UnreadPart(name, f"{wrong[0]} 不是列表，没有读")
        self._heading()
        self._budget()
        self._indicators()
        if not self._gathered.data.get(INDICATORS) and self._beside(Beside.CARRIED) is None:
            return UnreadPart(name, "没有一项指标，没有读", is_fault=False)
        layout = self._words["表式"]
        table = ReadTable(
            name=name,
            data=self._gathered.data,
            places=self._gathered.places,
            rulebooks=rulebooks_of(layout),
            assumptions=tuple(self._gathered.assumptions),
            unread=tuple(self._gathered.unread),
        )
        return self._with_carried(table)

    # -- what perfeval wrote beside the record -------------------------------------------------

    def _beside(self, what: Beside) -> Any:
        return self._record.above.get(what.field)

    def _with_carried(self, table: ReadTable) -> ReadTable:
        """Return a table with what is carried beside its record, as far as that is unchanged."""
        text = self._beside(Beside.CARRIED)
        if text is None or self._record.kind is not Records.FILED:
            return by_its_layout(table, self._rulebook)
        carried = enclosed_record_of(text) if isinstance(text, str) else None
        if carried is None:
            note = ReadingNote("附带的数据看不懂，没有用；各字段按记录读")
            table = replace(table, unread=(note, *table.unread))
            return by_its_layout(table, self._rulebook)
        if record_digest(self._as_written()) == carried.digest:
            table = self._as_carried(table, carried)
        else:
            note = ReadingNote("记录改过，附带的数据没有用；各字段按记录读")
            table = replace(table, assumptions=(note, *table.assumptions))
        return by_its_rulebook(table, carried.rulebook, self._rulebook, self._file)

    def _as_written(self) -> dict[str, Any]:
        """Return the record and what stands beside it, but for what is carried."""
        names = [one.field for one in Beside if one is not Beside.CARRIED]
        above = self._record.above
        beside = {name: above[name] for name in names if name in above}
        return {**beside, "record": self._record.data}

    def _as_carried(self, table: ReadTable, carried: EnclosedRecord) -> ReadTable:
        """Return a table as it is carried, each value where its record has it."""
        places = {path: one for path, one in table.places.items() if has_path(carried.data, path)}
        for position in range(len(carried.data.get(INDICATORS) or ())):
            row: Path = (INDICATORS, position)
            name = table.place_of((*row, word_of(Indicator, "name")))
            if name is not None:
                places[row] = name
        said = "记录没有改过，记录里没有的内容按附带的数据读"
        note = ReadingNote(said)
        return replace(
            table, data=dict(carried.data), places=places, assumptions=(note,), unread=()
        )

    def _rows(self, key: str) -> Any:
        rows = self._record.data.get(key)
        return [] if rows is None else rows

    def _heading(self) -> None:
        self._year()
        for key, word in self._words["项目"].items():
            holder = self._record.data if key in self._record.data else self._record.above
            self._text(holder.get(key), (word,), self._place("", key))
        self._money_unit()
        if self._record.kind is Records.MONITORED:
            said = "这是监控的数据：完成值是监控时的（indexval），不是全年的，得分不能当作自评"
            self._gathered.assume(said, None)
            annual = self._rows(self._words["年度指标"])
            if annual:
                said = f"年度指标 {self._words['年度指标']} 只有指标值，没有读"
                self._gathered.skip(said, self._place("", self._words["年度指标"]))

    def _money_unit(self) -> None:
        path = (word_of(Sheet, "money_unit"),)
        said = self._beside(Beside.MONEY_UNIT)
        if said in tuple(MoneyUnit):
            self._gathered.put(path, said, self._place("", Beside.MONEY_UNIT.field))
        else:
            self._gathered.assume("接口里没有金额单位，按万元读", None, path)

    def _year(self) -> None:
        """Tell the year: as it is stated, or from when the record was made.

        A sheet is filled in the year after.
        """
        stated = self._beside(Beside.YEAR)
        if isinstance(stated, str) and _STATED.fullmatch(stated):
            place = self._place("", Beside.YEAR.field)
            self._gathered.put((_YEAR,), parse_number(stated), place)
            return
        before = 1 if self._record.kind is Records.FILED else 0
        for key in self._words["时间"]:
            said = self._record.data.get(key, self._record.above.get(key))
            found = _DAY.match(said if isinstance(said, str) else str(said or ""))
            if found:
                place = self._place("", key)
                self._gathered.put((_YEAR,), Decimal(int(found[1]) - before), place)
                message = f"接口里没有年度，按 {key}“{shown(str(said))}”推定"
                self._gathered.assume(message, place, (_YEAR,))
                return
        self._gathered.skip("接口里没有年度，请补上", None, (_YEAR,))

    def _place(self, block: str, key: str, row: int = 0) -> CellPlace:
        """Return where a value stands: the list, the field, and which row of the list."""
        field = f"{key}{row}" if row else key
        return CellPlace(f"第{self._number}个项目{block and f' {block}'}", field)

    def _budget(self) -> None:
        """Read the row of all money; the others are kinds of it."""
        block = self._lists["资金"]
        rows = list(enumerate(self._rows(block), start=1))
        whole = [at for at, row in rows if self._is_whole(row)] or ([1] if len(rows) == 1 else [])
        kept = 0
        for at, row in rows:
            place = self._place(block, "name", at)
            if not isinstance(row, Mapping):
                self._gathered.skip(f"{block} 的第 {at} 项不是一行", place)
            elif at in whole[:1]:
                self._amounts(row, (BUDGET,), block, at)
            elif name := self._text_of(row.get("name"), "name", place):
                path: Path = (BUDGET, FUNDS, kept)
                self._gathered.put((*path, word_of(FundRow, "name")), name, place)
                self._amounts(row, path, block, at)
                kept += 1
            else:
                self._gathered.skip("资金来源没有名称，这一行没有读", place)

    def _is_whole(self, row: Any) -> bool:
        name = row.get("name") if isinstance(row, Mapping) else None
        return isinstance(name, str) and heading_key(name) in keys_of(WordList.WHOLE_AMOUNT)

    def _amounts(self, row: Mapping[str, Any], path: Path, block: str, at: int) -> None:
        for key, word in self._words["资金"].items():
            self._figure(row.get(key), (*path, word), self._place(block, key, at))
        self._figure(row.get("score"), (*path, _FILED, _POINTS), self._place(block, "score", at))
        place = self._place(block, "bgtget", at)
        rate = self._number_of(row.get("bgtget"), "bgtget", place)
        if rate is not None:
            self._gathered.put((*path, _FILED, _RATE), f"{plain(rate)}%", place)
        change = row.get("amt2")
        if change not in (None, ""):
            said = f"调整预算数（amt2）{shown(str(change))} 自评表上没有这一栏，没有读"
            self._gathered.skip(said, self._place(block, "amt2", at))

    def _indicators(self) -> None:
        block = self._lists["指标"]
        fields = self._words[f"{self._record.kind.value}指标"]
        kept = 0
        for at, row in enumerate(self._rows(block), start=1):
            place = self._place(block, "indi", at)
            if kept >= _MOST_ROWS:
                self._gathered.skip(f"指标超过 {_MOST_ROWS} 项，其余没有读", place)
                return
            if not isinstance(row, Mapping):
                self._gathered.skip(f"{block} 的第 {at} 项不是一行", place)
            elif not isinstance(row.get("indi_name"), str) or not row["indi_name"].strip():
                self._gathered.skip("三级指标没有名称，这一行没有读", place)
            else:
                self._indicator(row, fields, (INDICATORS, kept), (block, at))
                kept += 1

    def _indicator(
        self, row: Mapping[str, Any], fields: Mapping[str, str], path: Path, where: tuple[str, int]
    ) -> None:
        block, at = where
        for key, word in fields.items():
            place = self._place(block, key, at)
            if word == word_of(Indicator, "sign"):
                self._sign(row.get(key), (*path, word), place)
            elif word in _FIGURES:
                self._figure(row.get(key), (*path, word), place)
            else:
                self._text(row.get(key), (*path, word), place)

    def _sign(self, value: Any, path: Path, place: CellPlace) -> None:
        text = self._text_of(value, "computesign", place)
        if not text:
            return
        glyph = self._words["符号"].get(text, text)
        sign = column_sign(glyph)
        if sign is None:
            self._gathered.skip(f"计算符号“{shown(text)}”不认识，没有读", place, path)
        else:
            self._gathered.put(path, sign.value, place)

    def _text(self, value: Any, path: Path, place: CellPlace) -> None:
        self._gathered.put(path, self._text_of(value, place.cell, place), place)

    def _text_of(self, value: Any, what: str, place: CellPlace) -> str:
        """Return a text, or a number as it is written; nothing for a blank."""
        if value is None:
            return ""
        if isinstance(value, Decimal):
            return plain(value)
        if not isinstance(value, str):
            self._gathered.skip(f"{what} 应是文字，没有读", place)
            return ""
        return value.strip()

    def _figure(self, value: Any, path: Path, place: CellPlace) -> None:
        number = self._number_of(value, place.cell, place)
        if number is not None:
            self._gathered.put(path, number, place)

    def _number_of(self, value: Any, what: str, place: CellPlace) -> Decimal | None:
        text = self._text_of(value, what, place)
        number = parse_number(text) if text else None
        if text and number is None:
            self._gathered.skip(f"{what} 应是一个数，没有读：{shown(text)}", place)
        return number
