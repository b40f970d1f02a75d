from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from perfeval.carriers.number_formats import number_format
from perfeval.carriers.numerals import stored_number
from perfeval.carriers.values import ContentKind

PLAIN, PERCENT, DATE = ContentKind.NUMBER, ContentKind.PERCENT, ContentKind.DATE
ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("code", "number", "kind", "text"),
    [
        ("General", "0.1", PLAIN, "0.1"),
        ("0.00%", "0.98673", PERCENT, "98.67%"),
        ("0.00%", "0.986750", PERCENT, "98.68%"),
        ("0%", "1", PERCENT, "100%"),
        ("0.00%;-0.00%;", "0", PERCENT, ""),
        ('"≥"0"%"', "95", PLAIN, "≥95%"),
        ('0"张"', "391", PLAIN, "391张"),
        ('#,##0.00"万元"', "1234567.895", PLAIN, "1,234,567.90万元"),
        ("0.00_ ", "19.735", PLAIN, "19.74"),
        ("0.00;[Red]-0.00", "-1.234", PLAIN, "-1.23"),
        ("0_);(0)", "-5", PLAIN, "(5)"),
        ("0.00", "-5", PLAIN, "-5.00"),
        ("0.00", "-0.001", PLAIN, "0.00"),
        ("#", "0", PLAIN, ""),
        ("#.00", "0.5", PLAIN, ".50"),
        ("0.0#", "12.5", PLAIN, "12.5"),
        ("0.0#", "12", PLAIN, "12.0"),
        ("000", "7", PLAIN, "007"),
        ('0,"千"', "12345", PLAIN, "12千"),
        (ACCOUNTING, "1269.62", PLAIN, "1,269.62"),
        (ACCOUNTING, "0", PLAIN, "-"),
        ("[$￥-804]#,##0.00", "12", PLAIN, "￥12.00"),
        # What cannot be rebuilt for certain is written plainly.
        ("# ?/?", "0.5", PLAIN, "0.5"),
        ("0.00E+00", "1234", PLAIN, "1234"),
        ("[DBNum1]General", "12", PLAIN, "12"),
        ("[>100]0.0;0.00", "5.25", PLAIN, "5.25"),
        ("0.0-0.0", "12", PLAIN, "12"),
        ("0" * 300, "12", PLAIN, "12"),
        ('yyyy"年"m"月"d"日"', "45291", DATE, "2023年12月31日"),
        ("yyyy年m月", "45291", DATE, "2023年12月"),
        ("[$-804]yyyy/m/d;@", "45291", DATE, "2023/12/31"),
        ("yyyy-mm-dd", "36526", DATE, "2000-01-01"),
        ("yy/m/d", "36526", DATE, "00/1/1"),
        ("yyyy/m/d h:mm", "45291.75", DATE, "2023/12/31 18:00"),
        ("h:mm AM/PM", "0.5", DATE, "12:00 下午"),
        ("mmm-yy", "45291", DATE, "Dec-23"),
        ("aaaa", "45291", DATE, "星期日"),
        ("yyyy/m/d", "1", DATE, "1900/1/1"),
        ("yyyy/m/d", "61", DATE, "1900/3/1"),
        ("yyyy/m/d", "-1", PLAIN, "-1"),
        ("yyyy/m/d", "3000000", PLAIN, "3000000"),
    ],
)
def test_a_number_shows_what_a_spreadsheet_shows(
    code: str, number: str, kind: ContentKind, text: str
) -> None:
    shown = number_format(code).shown(Decimal(number))
    assert (shown.kind, shown.text) == (kind, text)


def test_a_date_has_its_day() -> None:
    shown = number_format("yyyy/m/d").shown(Decimal(45291))
    assert shown.day == datetime.date(2023, 12, 31)
    assert number_format("h:mm").shown(Decimal("0.5")).day is None
    later = number_format("yyyy/m/d").shown(Decimal(0), from_1904=True)
    assert later.day == datetime.date(1904, 1, 1)


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        ("0.96999999999999997", "0.97"),
        ("0.98670000000000002", "0.9867"),
        ("19.734999999999999", "19.735"),
        ("1234567.8949999998", "1234567.895"),
        ("1286.7", "1286.7"),
        ("1.6250000000000001E-2", "0.01625"),
        ("123456789012345678", "123456789012346000"),
        ("-0", "0"),
        ("5.", "5"),
        (" 7 ", "7"),
    ],
)
def test_the_noise_of_binary_fractions_goes(stored: str, number: str) -> None:
    """A spreadsheet shows 15 digits of what it stores with 17."""
    assert str(stored_number(stored)) in (number, format(Decimal(number), "f"))
    assert stored_number(stored) == Decimal(number)


@pytest.mark.parametrize("stored", ["", "1,2", "1_0", "NaN", "INF", "１２", "1E30", "1E-30"])
def test_what_is_no_number_is_none(stored: str) -> None:
    assert stored_number(stored) is None


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ('0\\.0,"万"', "12867000", "1286.7万"),
        ('0!.0,"万"', "12867000", "1286.7万"),
        ('0\\.0000"万元"', "12867000", "1286.7000万元"),
        ('0\\.0,"万"', "-300", "-0.0万"),
        ("000-0000", "1234567", "123-4567"),
    ],
)
def test_digits_may_have_texts_between_them(code: str, number: str, text: str) -> None:
    assert number_format(code).shown(Decimal(number)).text == text
