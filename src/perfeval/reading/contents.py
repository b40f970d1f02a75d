"""What the cells of a table hold: texts, points, amounts, rates; never more than stands there."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from perfeval.carriers import CarriedCell, ContentKind
from perfeval.fields import UNFILLED
from perfeval.numbers import parse_number, plain, subtract, unit_in_last_place
from perfeval.places import PagePlace, Path
from perfeval.reading.model import Gathered
from perfeval.reading.vocabulary import WordList, keys_of
from perfeval.rulebook.form_faults import heading_key

_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_MONEY = re.compile(r"(.*?)([十百千万亿]*元|[十百千万亿]+)", re.DOTALL)
_BESIDE_MONEY = re.compile(r"[\uffe5\u00a5()（）\s-]|CNY|RMB|人民币")
_POINTS = re.compile(r"(.*?)分", re.DOTALL)
_BROKEN = re.compile(r"[0-9.,]\s*\n\s*[0-9.,]")
"""A line of a page that ends with a figure, and one that begins with one."""
_HAND = re.compile(r"[A-Za-z0-9.%％]")
_FIGURE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)
_ROUNDING = Decimal("0.005")
"""By so much a number may differ from the one that is printed: forms print two decimals."""
LONGEST_SHOWN = 40


def shown(text: str) -> str:
    """Return a text as it is quoted: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


def joined(text: str) -> str:
    r"""Return the text of a cell on one line.

    Between figures and letters a blank stays, so that two numbers never become one.

    >>> joined("运营补贴\n标准"), joined("12\n34")
    ('运营补贴标准', '12 34')
    """
    parts = [" ".join(part.split()) for part in text.splitlines()]
    whole = ""
    for part in filter(None, parts):
        apart = whole and _HAND.match(whole[-1]) and _HAND.match(part[0])
        whole += f" {part}" if apart else part
    return whole


def lines_of(text: str) -> str:
    """Return a running text with its lines, each without blanks around it."""
    return "\n".join(filter(None, (line.strip() for line in text.splitlines())))


def is_unfilled(text: str) -> bool:
    """Tell whether a cell is left blank, or says with a stroke that it is."""
    return not text.strip() or text.strip() in UNFILLED


def is_empty(cell: CarriedCell) -> bool:
    """Tell whether a cell holds nothing; one whose formula has no stored result does."""
    is_blank = cell.kind is not ContentKind.UNSAVED and is_unfilled(cell.text)
    return is_blank and not _hides_number(cell)


def _hides_number(cell: CarriedCell) -> bool:
    """Tell whether a cell holds a number of which its format shows nothing.

    A formula's 0 is none: forms leave it out in the rows that nobody filled.
    """
    return (
        cell.number is not None and not cell.text.strip() and bool(cell.number or not cell.formula)
    )


_UNREADABLE = {
    ContentKind.ERROR: "是错误值 {}，没有读",
    ContentKind.UNSAVED: "是公式，文件里没有存结果，没有读；请打开、保存一次",
    ContentKind.TRUTH: "是逻辑值 {}，没有读",
}
"""Why nothing is read from a cell that holds this."""


class CellReader:
    """Reads the cells of one table and says what it could not read."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered

    def is_readable(self, cell: CarriedCell, what: str) -> bool:
        """Tell whether a value can be read from a cell; say why where it holds one and cannot."""
        said = _UNREADABLE.get(cell.kind, "")
        if cell.is_hidden and not said and not is_unfilled(cell.text):
            said = "在隐藏的行或列里，没有读：{}"
        if not said and cell.number is not None and _hides_number(cell):
            said = f"存的是 {plain(cell.number)}，单元格格式让它不显示，没有读"
        if said:
            self._gathered.skip(f"“{what}”{said.format(shown(cell.text))}", cell.place)
        return not said

    def _put(self, path: Path, value: str | Decimal | None, cell: CarriedCell) -> None:
        """Set a value that was read; of two that stand in one table for the same, the first."""
        known = self._gathered.get(path)
        if known is None or value is None:
            self._gathered.put(path, value, cell.place)
        elif not _is_same(known, value):
            message = f"“{path[-1]}”有两处，只读了前一处，没有读：{shown(cell.text)}"
            self._gathered.skip(message, cell.place)

    def words(self, cell: CarriedCell, what: str, path: Path) -> None:
        """Read a name or a few words."""
        if self.is_readable(cell, what) and not is_unfilled(cell.text):
            self._put(path, joined(cell.text), cell)

    def text(self, cell: CarriedCell, what: str, path: Path) -> None:
        """Read a running text, with its lines."""
        if self.is_readable(cell, what) and not is_unfilled(cell.text):
            self._put(path, lines_of(cell.text), cell)

    def value(self, cell: CarriedCell, what: str, path: Path) -> None:
        """Read a target or an actual: what the cell shows, with every digit that it holds."""
        if not self.is_readable(cell, what) or is_unfilled(cell.text):
            return
        text = joined(cell.text)
        if isinstance(cell.place, PagePlace) and _BROKEN.search(cell.text):
            said = f"“{what}”在数字中间断了行，看不出是不是一个数，没有读：{shown(cell.text)}"
            self._gathered.skip(said, cell.place, path)
            return
        exact = self._exact(cell, text, what, path)
        self._put(path, exact, cell)

    def _exact(self, cell: CarriedCell, text: str, what: str, path: Path) -> str | None:
        """Return the text of a number's cell with the digits that its format does not show."""
        if cell.number is None or cell.kind not in (ContentKind.NUMBER, ContentKind.PERCENT):
            return text
        is_percent = cell.kind is ContentKind.PERCENT
        held = cell.number.scaleb(2) if is_percent else cell.number
        whole = f"{plain(held)}%" if is_percent else plain(held)
        figure, visible = _figure_in(text)
        if visible is None:  # words or a fraction that a format shows in place of the number
            self._shown_counts(cell, whole, path)
            return text
        if not _is_as_shown(held, visible):
            beside = text.replace(figure, "").strip("%")
            if beside:  # a unit of its own: 1286.7万元 for 12867000
                self._shown_counts(cell, whole, path)
                return text
            self._other_size(cell, what, whole, path)
            return None
        if visible == held:
            return text.replace(figure, plain(visible)) if "," in figure else text
        exact = text.replace(figure, plain(held))
        self._gathered.assume(f"格里显示 {text}，存的是 {whole}，按 {exact} 读", cell.place, path)
        return exact

    def _shown_counts(self, cell: CarriedCell, held: str, path: Path) -> None:
        """Say that a cell shows something else than it holds, and that what it shows is read."""
        said = f"格里显示 {shown(cell.text)}，存的是 {held}，按显示的读"
        self._gathered.assume(said, cell.place, path)

    def points(self, cell: CarriedCell, what: str, path: Path) -> None:
        """Read points as the cell shows them; what it holds beside is said."""
        self._number(cell, what, path, _POINTS)

    def weight(self, cell: CarriedCell, what: str, path: Path) -> None:
        """Read a weight: as the cell shows it, or as it holds it where it shows too few digits."""
        self._number(cell, what, path, _POINTS, is_exact=True)

    def amount(self, cell: CarriedCell, what: str, path: Path, unit: str) -> None:
        """Read an amount of money in the unit of the table.

        A number that a spreadsheet holds with more digits than it shows counts with all of them;
        one that it shows in another unit, or a thousand times smaller, is not read.
        """
        if not self.is_readable(cell, what) or is_unfilled(cell.text):
            return
        text = joined(cell.text)
        found = _MONEY.fullmatch(text)
        if found is not None and found[2] != unit:
            message = f"“{what}”的单位是{found[2]}，表上是{unit}，没有读：{shown(cell.text)}"
            self._gathered.skip(message, cell.place, path)
            return
        if cell.kind is not ContentKind.NUMBER or cell.number is None:
            self._number(cell, what, path, _MONEY)
            return
        visible = number_in(_BESIDE_MONEY.sub("", found[1] if found is not None else text))
        size, held = cell.number.copy_abs(), plain(cell.number)
        if visible is None or not _is_as_shown(size, visible):
            self._other_size(cell, what, held, path)
            return
        if visible != size:
            said = f"格里显示 {shown(cell.text)}，存的是 {held}，按 {held} 读"
            self._gathered.assume(said, cell.place, path)
        self._put(path, cell.number, cell)

    def _other_size(self, cell: CarriedCell, what: str, held: str, path: Path) -> None:
        """Say that a cell shows another number than the one that it holds."""
        message = f"“{what}”显示的是 {shown(cell.text)}，存的是 {held}，对不上，没有读"
        self._gathered.skip(message, cell.place, path)

    def _number(
        self,
        cell: CarriedCell,
        what: str,
        path: Path,
        unit: re.Pattern[str],
        *,
        is_exact: bool = False,
    ) -> None:
        if not self.is_readable(cell, what) or is_unfilled(cell.text):
            return
        text = joined(cell.text)
        found = unit.fullmatch(text)
        if heading_key(text) in keys_of(WordList.NO_POINTS):
            return
        number = number_in(found[1] if found is not None else text)
        if self._gathered.is_form:
            number = typed_number(cell)  # the form computes with all its digits
        if number is None:
            self._gathered.skip(f"“{what}”不是数，没有读：{shown(text)}", cell.place, path)
            return
        if cell.kind is ContentKind.NUMBER and cell.number is not None:
            counts = self._counting(cell, cell.number, number, what, path, is_exact=is_exact)
            if counts is None:
                return
            number = counts
        self._put(path, number, cell)

    def _counting(
        self,
        cell: CarriedCell,
        held: Decimal,
        visible: Decimal,
        what: str,
        path: Path,
        *,
        is_exact: bool,
    ) -> Decimal | None:
        """Return which counts of the number that a cell holds and the one that it shows."""
        if subtract(held, visible).copy_abs() <= _ROUNDING:
            return visible
        if not _is_as_shown(held, visible):
            self._other_size(cell, what, plain(held), path)
            return None
        if is_exact:
            said = f"格里显示 {shown(cell.text)}，存的是 {plain(held)}，按 {plain(held)} 读"
            self._gathered.assume(said, cell.place, path)
            return held
        self._shown_counts(cell, plain(held), path)
        return visible

    def rate(self, cell: CarriedCell, what: str, path: Path, *, in_percent: bool) -> None:
        """Read a printed rate; without a percent sign it is one where the heading says so."""
        if not self.is_readable(cell, what) or is_unfilled(cell.text):
            return
        text = unicodedata.normalize("NFKC", joined(cell.text))
        number = number_in(text.removesuffix("%"))
        if number is None or not (in_percent or text.endswith("%")):
            self._gathered.skip(
                f"“{what}”看不出是百分之几，没有读：{shown(text)}", cell.place, path
            )
            return
        held = cell.number.scaleb(2) if cell.number is not None else number
        is_share = cell.kind is ContentKind.PERCENT
        if is_share and subtract(held, number).copy_abs() > _ROUNDING:
            self._shown_counts(cell, f"{plain(held)}%", path)
        self._put(path, f"{plain(number)}%", cell)


def _is_same(known: object, value: object) -> bool:
    """Tell whether two values that were read say the same."""
    texts = (str(one).removesuffix("%") for one in (known, value))
    first, second = (number_in(text) or text for text in texts)
    return first == second


def _figure_in(text: str) -> tuple[str, Decimal | None]:
    """Return the one figure in a text, as it is written and as a number.

    >>> _figure_in("1,392张"), _figure_in("1/2")
    (('1,392', Decimal('1392')), ('', None))
    """
    found = _FIGURE.findall(text)
    return (found[0], number_in(found[0])) if len(found) == 1 else ("", None)


def _is_as_shown(held: Decimal, visible: Decimal) -> bool:
    """Tell whether a number is another one but for the decimals that are not shown."""
    return subtract(held, visible).copy_abs() < unit_in_last_place(visible)


def typed_number(cell: CarriedCell) -> Decimal | None:
    """Return the number that was typed into a cell, with all its digits."""
    if cell.kind is ContentKind.NUMBER and cell.number is not None:
        return cell.number
    found = _POINTS.fullmatch(joined(cell.text))
    return number_in(found[1] if found is not None else joined(cell.text))


def number_in(text: str) -> Decimal | None:
    """Return the number that a text is, its digits perhaps in groups of three.

    >>> number_in("1,286.70"), number_in("1,28"), number_in("12 34")
    (Decimal('1286.70'), None, None)
    >>> number_in("10⁴"), number_in("①")
    (None, None)
    """
    if any(letter.isdigit() and not letter.isdecimal() for letter in text):
        return None  # a power or a note, which would become a digit
    plain_text = unicodedata.normalize("NFKC", text).strip()
    if _GROUPED.fullmatch(plain_text):
        plain_text = plain_text.replace(",", "")
    return parse_number(plain_text)
