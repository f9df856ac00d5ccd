"""Whole claims of a remittance that are certainly right between their segments: one pass of straight code for each shape.

What it does not vouch for need not be wrong, and goes to `RemittanceRules`, which decides and says why: a sum that is off,
a status that says more than paid or denied, a day after the payment, a code that a list does not have.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.x12.units.source import NotPlain, Source
from medcode.claims.x12.validate.answer_codes import is_npi

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcode.claims.x12.parse.units import Unit
    from medcode.claims.x12.units.shapes import Shape

__all__ = ["PaidSums", "QuietCodes", "sums_of"]

_NOTHING = Decimal(0)
_PAID, _DENIED = frozenset({"1", "2", "3"}), "4"
_REMARKS = {"MIA": "[5:6] + {0}[20:24]", "MOA": "[3:8]"}
_LATER = "99999999"
_REASONS_END = 20


class PaidSums(NamedTuple):
    """What was charged and paid for a claim that is right."""

    charge: Decimal
    paid: Decimal


class QuietCodes(dict[str, bool]):
    """Codes of which a list has nothing to say; what it has to say of the others is not remembered, as it says some things once."""

    def __init__(self, is_quiet: Callable[[str], bool], most: int = 1_024) -> None:
        super().__init__()
        self._is_quiet = is_quiet
        self._most = most

    def __missing__(self, code: str) -> bool:
        answer = self._is_quiet(code)
        if answer and len(self) < self._most:
            self[code] = True
        return answer


def sums_of(
    units: list[Unit], reasons: Mapping[str, bool], remarks: Mapping[str, bool], paid_on: str
) -> PaidSums | None:
    """Return the sums of a claim and its lines where nothing in them disagrees; None where that is not certain.

    `paid_on` is the day of the payment as X12 writes it, empty where it is not known.
    """
    status = units[0][1][0][2]
    paid_on = paid_on or _LATER
    charges = _NOTHING
    try:
        charge, paid, adjusted, owed = _sums(*units[0], reasons, remarks, paid_on)
        for shape, segments in units[1:]:
            line_charge, line_paid, line_adjusted, line_owed = _sums(
                shape, segments, reasons, remarks, paid_on
            )
            if line_charge - line_adjusted != line_paid:
                return None
            charges += line_charge
            adjusted += line_adjusted
            owed += line_owed
    except NotPlain:
        return None
    if charge - adjusted != paid or owed or (len(units) > 1 and charges != charge) or charge < 0:
        return None
    is_usual = status in _PAID or (status == _DENIED and not paid)
    return PaidSums(charge, paid) if is_usual else None


def _sums(shape: Shape, *about: Any) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Return charge, payment, adjustments and what the patient owes of them, less what a claim says that is. Raises NotPlain."""
    read = shape.sums
    if read is None:
        read = shape.sums = _Reading(shape).made()
    found: tuple[Decimal, Decimal, Decimal, Decimal] = read(*about)
    return found


class _Reading(Source):
    """Writes the function that adds up one shape of a claim's head or of a line.

    Of a line with a day and one adjustment it is

        def sum_unit(segments, reasons, remarks, paid_on):
            s0, s1, s2, = segments
            t = s0[2]
            if t[-4:-3] == '.': raise NotPlain
            charge = Decimal(t)
            ...
            if s1[2] > paid_on: raise NotPlain
            if len(s2) != 4: a2 = several(s2, reasons)
            ...
            return charge, paid, adjusted, owed
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._nodes = [each.node for each in shape.chain()]
        self._not_plain = self.constant(NotPlain)
        self._decimal = self.constant(Decimal)
        self._zero = self.constant(_NOTHING)

    def made(self) -> Callable[..., Any]:
        """Compile the function; of a shape that is never plain it raises NotPlain at once."""
        names = [f"s{at}" for at in range(len(self._nodes))]
        self.line(f"{', '.join(names)}, = segments")
        of_claim = self._nodes[0].use.id == "CLP"
        for name, at in (("charge", 2 + of_claim), ("paid", 3 + of_claim)):
            self._amount(name, f"s0[{at}]")
        self.line(f"adjusted = owed = {self._zero}")
        if of_claim:
            self.begin("if len(s0) > 5 and s0[5]:")
            self._amount("owed", "s0[5]")
            self.line("owed = -owed")
            self.end()
        by_id: dict[str, list[str]] = {}
        for node, name in zip(self._nodes, names, strict=True):
            by_id.setdefault(node.use.id, []).append(name)
        self._adjustments(by_id.get("CAS", ()))
        self._days()
        for name in by_id.get("NM1", ()):
            self._refuse(
                f"{name}[1] == 'TT' or (len({name}) > 9 and {name}[8] == 'XX' and not {self.constant(is_npi)}({name}[9]))"
            )
        for name in by_id.get("LQ", ()):
            self._refuse(f"{name}[1] == 'HE' and not remarks[{name}[2]]")
        if len(decisions := [*by_id.get("MIA", ()), *by_id.get("MOA", ())]) > 1:
            self._refuse("True")
        for name in decisions:
            id_ = self._nodes[int(name[1:])].use.id
            self.begin(f"for code in {name}{_REMARKS[id_].format(name)}:")
            self._refuse("code and not remarks[code]")
            self.end()
        self.line("return charge, paid, adjusted, owed")
        function: Callable[..., Any] = self.function("sum_unit", "segments, reasons, remarks, paid_on")
        return function

    def _refuse(self, condition: str) -> None:
        self.line(f"if {condition}: raise {self._not_plain}")

    def _amount(self, name: str, text: str) -> None:
        """Write the reading of an amount; one finer than cents is a fault."""
        self.line(f"t = {text}")
        self._refuse("t[-4:-3] == '.'")
        self.line(f"{name} = {self._decimal}(t)")

    def _adjustments(self, names: list[str] | tuple[str, ...]) -> None:
        """Write the sum of CAS, most of which have one reason."""
        several = self.constant(_several)
        if len(names) > 1:
            groups = ", ".join(f"{name}[1]" for name in names)
            self._refuse(f"len({{{groups}}}) < {len(names)}")
        for name in names:
            self.begin(f"if len({name}) == 4:")
            self._amount("amount", f"{name}[3]")
            self._refuse(f"not (amount and reasons[{name}[2]])")
            self.end()
            self.begin("else:")
            self.line(f"amount = {several}({name}, reasons)")
            self.end()
            self.line("adjusted += amount")
            self.line(f"if {name}[1] == 'PR': owed += amount")

    def _days(self) -> None:
        """Write the comparison of the days with each other and with the payment."""
        days: dict[str, str] = {}
        for at, node in enumerate(self._nodes):
            if node.use.id == "DTM":
                days["".join(node.use.qualifiers or ())] = f"s{at}[2]"
        for code, text in days.items():
            if code != "036":
                self._refuse(f"{text} > paid_on")
        for first, last in (("232", "233"), ("150", "151")):
            if first in days and last in days:
                self._refuse(f"{days[last]} < {days[first]}")
        if ("150" in days) != ("151" in days) or ("472" in days and "150" in days):
            self._refuse("True")


def _several(elements: list[str], reasons: Mapping[str, bool]) -> Decimal:
    """Add up a CAS of any length. Raises NotPlain where it is not as usual."""
    total = _NOTHING
    for at in range(2, min(len(elements), _REASONS_END), 3):
        text = elements[at + 1] if at + 1 < len(elements) else ""
        is_usual = (
            text.strip("-0.") and text[-4:-3] != "." and elements[at]
        )  # neither absent, zero nor finer than cents
        if not (is_usual and reasons[elements[at]]):
            raise NotPlain
        total += Decimal(text)
    return total
