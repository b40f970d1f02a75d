"""How numbers are written: what a machine adds to a figure that it stores."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfeval.cells.numerals import without_noise


@pytest.mark.parametrize(
    ("stored", "figure"),
    [
        ("0.0900000762939453", "0.09"),
        ("86.19000244140625", "86.19"),
        ("95.30000000000001", "95.3"),
        ("0.1499999999999999", "0.15"),
        ("99.99999999999999", "100"),
        ("-0.09000000000000001", "-0.09"),
    ],
)
def test_the_figure_before_a_machine_stored_it(stored: str, figure: str) -> None:
    """Figures with the noise of a binary fraction: the plain figure is told."""
    assert str(without_noise(Decimal(stored))) == figure


@pytest.mark.parametrize(
    "number",
    [
        "98.46",
        "0.333333333333333",
        "5.00000000000000",
        "1234.56789012345",
        "5.0001234567890",
        "0.000001234567890123",
        "12.000000001",
        "10000000000000001",
    ],
)
def test_a_figure_that_somebody_wrote_is_left_alone(number: str) -> None:
    """A quotient, a small number, a number with zeros behind it: nothing tells that it is noise."""
    assert without_noise(Decimal(number)) is None
