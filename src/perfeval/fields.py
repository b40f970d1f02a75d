"""How single fields of sheets and rulebooks are read: text, numbers, years, signs, cells.

Each reader takes what a YAML file or a host tool's plain dict may hold and either returns the
typed value or raises a `PydanticCustomError` with a Chinese message; a blank is ``None``, never 0.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, TypeGuard, TypeVar, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    model_serializer,
)
from pydantic_core import PydanticCustomError

from perfeval.cells.levels import (
    GROUP_WORDS,
    NO_ASPECT,
    NO_SECTION,
    AspectName,
    Section,
    SectionName,
    aspect_name,
    section_name,
)
from perfeval.cells.numerals import TOO_LONG, is_too_long, parse_money, plain_form
from perfeval.cells.reading import given_cell, read_cell
from perfeval.cells.signs import Sign, column_sign
from perfeval.cells.values import Cell, CellError, Kind
from perfeval.cells.vocabulary import Words, words
from perfeval.later import regex
from perfeval.numbers import MAX_DIGITS, ZERO, is_plain, plain

_T = TypeVar("_T")
_Key = TypeVar("_Key")
_Model = TypeVar("_Model", bound="Model")

_UNPRINTABLE = regex(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # control characters
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # direction marks turn figures round
    "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]"
)


_INVISIBLE = regex("[\\u00ad\\u200b\\u2060\\ufeff]")
"""Takes no room in print, so that two names look the same and are not."""
_LONGEST_HINT = 60


def is_class(annotation: Any, kind: type[_T]) -> TypeGuard[type[_T]]:
    """Tell whether an annotation is a class of a kind; Python 3.10 takes ``tuple[int]`` for one."""
    is_plain = get_origin(annotation) is None and isinstance(annotation, type)
    return is_plain and issubclass(annotation, kind)


def _text(value: Any) -> Any:
    """Take text, or a number that the author meant as text; refuse what print cannot show."""
    if value.__class__ is not str:
        if isinstance(value, Enum):
            value = value.value
        if value is None:
            return None
        if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
            return plain(_number(value))
        if not isinstance(value, str):
            raise PydanticCustomError("text", "这里应是文字；如果就是这几个字，请加引号")
    text = value.strip()
    if not text.isprintable():
        text = text.replace("\r\n", "\n")
        if _UNPRINTABLE.search(text):
            raise PydanticCustomError("text", "文字里有不能打印的字符，请删去")
        if found := _INVISIBLE.search(text):
            raise _invisible(text, found[0])
    return text or None


def _invisible(text: str, char: str) -> PydanticCustomError:
    clean = _INVISIBLE.sub("", text)
    hint = f"请写成 {clean}" if 0 < len(clean) <= _LONGEST_HINT else "请删去，或重新输入这段文字"
    said = {"char": f"U+{ord(char):04X}", "hint": hint}
    return PydanticCustomError("text", "文字里有看不见的字符（{char}）", said)


def _number(value: Any) -> Any:
    """Take an exact number: a `Decimal`, an int, or text that is a plain number."""
    if value is None or isinstance(value, Decimal):
        number = value
    elif isinstance(value, float):
        raise PydanticCustomError(
            "float", "不能用浮点数（float），会丢失精度；请传入 Decimal、整数或文字"
        )
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str):
        text = value.strip()
        number = parse_money(text)
        if number is None and text:
            raise _not_a_number(text)
    else:
        raise PydanticCustomError("number", "这里应是一个数")
    if number is None:
        return None
    if not is_plain(number):
        raise PydanticCustomError(
            "number", "数字过长或不是有限小数（最多 {digits} 位）", {"digits": MAX_DIGITS}
        )
    return number if number else number.copy_abs()  # there is no -0


def _needed(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return *read*, refusing a blank."""

    def read_needed(value: Any) -> Any:
        result = read(value)
        if result is None:
            raise PydanticCustomError("blank", "这里没有填写")
        return result

    return read_needed


def _not_a_number(text: str) -> PydanticCustomError:
    better = plain_form(text)
    if better:
        return PydanticCustomError(
            "number_form", "“{text}”不是规范的数字写法", {"text": text, "hint": f"请写成 {better}"}
        )
    if is_too_long(text):
        return PydanticCustomError("number", TOO_LONG)
    hint = "这里只写数字，不带单位" if any(char.isdecimal() for char in text) else ""
    return PydanticCustomError("number", "“{text}”不是数", {"text": text, "hint": hint})


def _not_negative(number: Any) -> Any:
    number = _number(number)
    if number is not None and number < ZERO:
        raise PydanticCustomError("negative", "不能是负数（{number}）", {"number": plain(number)})
    return number


def _whole(value: Any) -> Any:
    """Take a whole number from 0 on, never true or false."""
    number = _not_negative(value)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise PydanticCustomError("number", "这里应是整数，如 3")
    return int(number)


def _ordinal(value: Any) -> Any:
    """Take a whole number from 1 on."""
    number = _whole(value)
    if number == 0:
        raise PydanticCustomError("number", "这里应从 1 数起")
    return number


def _year(value: Any) -> Any:
    number = _number(value)
    if number is None:
        return None
    if number != number.to_integral_value() or not 1949 <= number <= 2999:
        raise PydanticCustomError("year", "年度应是四位年份，如 2023")
    return int(number)


_DATE = regex(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", re.ASCII)


def _date(value: Any) -> Any:
    """Take a day of the calendar, written as in 2020-01-31."""
    if value is None:
        return None
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("date", "日期应写成 2020-01-31 的样子")
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "没有 {day} 这一天", {"day": value}) from None
    return value


NOT_SEEN = "未见"
"""What is written for a date that nobody has seen."""


def _since(value: Any) -> Any:
    return None if value == NOT_SEEN else _date(value)


def _sign(value: Any) -> Any:
    if value is None or isinstance(value, Sign):
        return value
    sign = column_sign(value) if isinstance(value, str) else None
    if sign is None:
        raise PydanticCustomError("sign", "符号应是 ≥ ＞ ＝ ＜ ≤ 或 定性")
    return sign


TEXT = "文本"
"""The word for what a cell shows, where its author also states the number that counts."""
_CELL_KEYS = {
    "值": "value",
    TEXT: "text",
    "单位": "unit",
    "value": "value",
    "text": "text",
    "unit": "unit",
}


def _cell(value: Any) -> Any:
    """Take a printed cell, or a mapping with the number that counts (值) and the text (文本)."""
    if isinstance(value, str):
        text = _text(value)
        return None if text is None else _printed_cell(text)
    if value is None or isinstance(value, Cell):
        return value
    if isinstance(value, Mapping):
        return _cell_from_mapping(value)
    if isinstance(value, bool):
        raise PydanticCustomError("text", "这里应是数或文字；如果就是这几个字，请加引号")
    return read_cell(_number(value))


def _printed_cell(text: str) -> Cell:
    try:
        return read_cell(text)
    except CellError as error:
        hint = f"请写成 {error.suggestion}" if error.suggestion else "请写成普通的数字"
        raise PydanticCustomError(
            "number_form", "{message}", {"message": error.message, "hint": hint}
        ) from None


def _cell_from_mapping(value: Mapping[Any, Any]) -> Cell:
    unknown = [key for key in value if key not in _CELL_KEYS]
    if unknown:
        raise PydanticCustomError(
            "cell", "“{key}”不认识；这里可以写 值、文本、单位", {"key": str(unknown[0])}
        )
    parts = {_CELL_KEYS[key]: item for key, item in value.items()}
    number = _number(parts.get("value"))
    text = _text(parts.get("text"))
    if number is None:
        if text is None:
            raise PydanticCustomError("cell", "请填写 值（算分用的数）或 文本")
        return _printed_cell(text)
    return given_cell(number, text, _text(parts.get("unit")))


_PERCENT_UNITS = ("", "%", "％")


def _rate(value: Any) -> Any:
    cell = _cell(value)
    if cell is not None and (
        cell.kind not in (Kind.PERCENT, Kind.NUMBER) or cell.sign or cell.unit not in _PERCENT_UNITS
    ):
        raise PydanticCustomError("rate", "这里应是百分数，如 98.67%")
    return cell


UNFILLED = words(Words.UNFILLED)
"""What stands in a cell of a form in which nothing is to be filled in; never 0."""


def _if_filled(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return *read*, taking the strokes and stars of unfilled cells as blanks."""

    def read_filled(value: Any) -> Any:
        is_unfilled = isinstance(value, str) and value.strip() in UNFILLED
        return None if is_unfilled else read(value)

    return read_filled


def points_or(word: str) -> Callable[[Any], Any]:
    """Return a reader that takes points, or one word that stands for none."""
    needed = _needed(_number)

    def read(value: Any) -> Any:
        return value if value == word else needed(value)

    return read


Text = Annotated[str, PlainValidator(_needed(_text))]
OptionalText = Annotated[str | None, PlainValidator(_text)]
Number = Annotated[Decimal | None, PlainValidator(_number)]
Money = Annotated[Decimal | None, PlainValidator(_not_negative)]
FundMoney = Annotated[Decimal | None, PlainValidator(_if_filled(_not_negative))]
FiledNumber = Annotated[Decimal | None, PlainValidator(_if_filled(_number))]
Weight = Annotated[Decimal | None, PlainValidator(_not_negative)]
RequiredNumber = Annotated[Decimal, PlainValidator(_needed(_number))]
OptionalDate = Annotated[str | None, PlainValidator(_date)]
Date = Annotated[str, PlainValidator(_needed(_date))]
Since = Annotated[str | None, PlainValidator(_since)]
Count = Annotated[int | None, PlainValidator(_whole)]
Ordinal = Annotated[int | None, PlainValidator(_ordinal)]
Year = Annotated[int, PlainValidator(_needed(_year))]
SignField = Annotated[Sign | None, PlainValidator(_sign)]
CellField = Annotated[Cell | None, PlainValidator(_cell)]
Rate = Annotated[Cell | None, PlainValidator(_rate)]
FiledRate = Annotated[Cell | None, PlainValidator(_if_filled(_rate))]


def _section(value: Any) -> Any:
    if isinstance(value, SectionName):
        return value
    text = _text(value)
    return NO_SECTION if text is None else section_name(str.__str__(text))


def _aspect(value: Any) -> Any:
    if isinstance(value, AspectName):
        return value
    text = _text(value)
    return NO_ASPECT if text is None else aspect_name(str.__str__(text))


def _group(value: Any) -> Any:
    """Take the usual name of a standard group of level-1 indicators, as a rulebook has it."""
    if value is None or isinstance(value, Section):
        return value
    text = str.__str__(_text(value) or "")
    group = GROUP_WORDS.get(text)
    if group is None:
        hint = "可写：" + "、".join(member.label for member in Section)
        raise PydanticCustomError("word", "“{text}”不在可选的写法里", {"text": text, "hint": hint})
    return group


SectionField = Annotated[SectionName, PlainValidator(_section)]
AspectField = Annotated[AspectName, PlainValidator(_aspect)]
GroupField = Annotated[Section, PlainValidator(_needed(_group))]


_TRUTH = {"是": True, "否": False}


def _truth(value: Any) -> Any:
    return _TRUTH.get(value, value) if isinstance(value, str) else value


Truth = Annotated[bool, BeforeValidator(_truth), Field(strict=True)]


def word_of(model: type[BaseModel], name: str) -> str:
    """Return the form's word for a field, by which files and the paths of findings name it."""
    word = model.model_fields[name].serialization_alias
    if word is None:
        raise KeyError(name)
    return word


class Blank(BeforeValidator):
    """A heading with nothing below it: nothing was written, which is no error."""


class FrozenDict(dict[_Key, _T]):
    """A dict that nobody can change: what was read may be shared by all who ask for it."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> Any:
        raise TypeError("what was read cannot be changed; make a dict of it first")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)


Named = Annotated[dict[_Key, _T], AfterValidator(FrozenDict)]
"""Values by their names, in the order in which they were written."""
Several = Annotated[tuple[_T, ...], Blank(lambda value: () if value is None else value)]
Block = Annotated[_T, Blank(lambda value: {} if value is None else value)]


class lazy(Generic[_T]):  # noqa: N801 - used like a decorator, as property is
    """A property that is computed once, when it is first read.

    Like `functools.cached_property`, but without the lock that this has before Python 3.12: what
    is computed here is a pure function of an immutable value, so computing it twice does no harm.
    """

    def __init__(self, compute: Callable[[Any], _T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> _T:
        if instance is None:
            return self  # type: ignore[return-value]
        value = instance.__dict__[self._name] = self._compute(instance)
        return value


def plain_data(value: Any) -> Any:
    """Return a model, or a value of one, as plain data for JSON; readers take it back.

    Keys are the English names, all of them; a figure is a text with the digits it has; a cell is
    the text that is printed, or number, text and unit where its author states the number.
    """
    if isinstance(value, BaseModel):
        return _plain_fields(value)
    if isinstance(value, Cell):
        return _plain_cell(value)
    if isinstance(value, SectionName | AspectName):
        return value.text or None
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {plain_data(key): plain_data(item) for key, item in value.items()}
    return list(map(plain_data, value)) if isinstance(value, tuple) else value


def _plain_fields(model: BaseModel) -> dict[str, Any]:
    derived = model.derived if isinstance(model, Model) else ()
    return {
        name: None if name in derived else plain_data(getattr(model, name))
        for name in type(model).model_fields
    }


def _plain_cell(cell: Cell) -> Any:
    if not cell.given or cell.number is None:
        return cell.text
    number, unit = plain(cell.number), cell.unit
    if given_cell(cell.number, unit=unit or None) == cell:
        return {"value": number, "text": None, "unit": unit or None}
    is_implied = given_cell(cell.number, cell.text) == cell
    return {"value": number, "text": cell.text, "unit": None if is_implied else unit}


class Model(BaseModel):
    """The base of the values that are read from files: immutable, strict about keys.

    ``model_dump_json`` writes the English names, and ``model_validate_json`` reads them back;
    `perfeval.to_json` also says what it wrote, and what comes back is checked by the reader.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
        defer_build=True,
        ignored_types=(lazy,),
    )

    def model_copy(
        self: _Model, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> _Model:
        """Copy the fields; what is computed from them is computed anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @property
    def derived(self) -> frozenset[str]:
        """The names of fields that are computed from others, and never written."""
        return frozenset()

    @model_serializer(mode="plain", when_used="json")
    def _as_json(self) -> dict[str, Any]:
        return _plain_fields(self)
