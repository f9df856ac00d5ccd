"""Numbers that come from outside: bounded before they are made, so that none costs more than its text.

`Decimal("1E-999999999")` is short and has a billion digits; `int` takes digits of any script. Whatever is read of
a file, a table or a command goes through here.
"""

from __future__ import annotations

from decimal import Decimal

__all__ = ["amount", "amount_text", "decimal", "whole"]

_DIGITS = 18
"""So many digits an amount has at most before and after its point: as many as an element of type R."""

_LONGEST = 2 * _DIGITS + len("-.")


def amount(value: Decimal | float) -> Decimal | None:
    """Return a number as an amount, written without exponent; None for one that is too large, too fine or not finite.

    >>> amount(Decimal("1E+2")), amount(Decimal("0E-8")), amount(Decimal("1E-999999999")), amount(12.5)
    (Decimal('100'), Decimal('0'), None, Decimal('12.5'))
    """
    if isinstance(value, int) and abs(value) >= 10**_DIGITS:
        return None
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return None
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101  # it is finite
    if not number:
        return number if -2 <= exponent <= 0 and not number.is_signed() else Decimal()  # noqa: PLR2004  # cents stay
    if number.adjusted() >= _DIGITS or exponent < -_DIGITS:
        return None
    return number.quantize(Decimal(1)) if exponent > 0 else number


def amount_text(value: Decimal) -> str:
    """Return an amount as plain text, without exponent; any other number as it is.

    >>> amount_text(Decimal("0.0000001")), amount_text(Decimal("1E+2")), amount_text(Decimal("1E+99"))
    ('0.0000001', '100', '1E+99')
    """
    number = amount(value)
    return str(value) if number is None else format(number, "f")


def decimal(text: str) -> Decimal | None:
    """Return the number in a text of digits with at most one point and a sign before it; None for any other text.

    >>> decimal("-12.50"), decimal("1E2"), decimal("\u0663")
    (Decimal('-12.50'), None, None)
    """
    if len(text) > _LONGEST or not text.isascii():
        return None
    if not text.removeprefix("-").replace(".", "", 1).isdigit():
        return None
    number = Decimal(text)
    return number if number and len(text) <= _DIGITS else amount(number)  # of so few digits none is too many


def whole(text: str, most: int = 9) -> int | None:
    """Return the whole number in a text of ASCII digits, at most so many; None for any other text.

    >>> whole("0042"), whole("\u00b2"), whole("1" * 5000)
    (42, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None
