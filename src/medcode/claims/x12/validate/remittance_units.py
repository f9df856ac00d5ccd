"""Whole claims of a remittance that are certainly right between their segments: one pass of straight code for each shape.

What it does not vouch for need not be wrong, and goes to `RemittanceRules`, which decides and says why: a sum that is off,
a status that says more than paid or denied, a day after the payment, a code that a list does not have.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.x12.units.source import NotPlain, Source
from medcode.claims.x12.validate.answer_forms import FORMED, is_formed, is_procedure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcode.claims.x12.guides.nodes import Node
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
    charges = _NOTHING
    try:
        charge, paid, adjusted, owed, start, end = _sums(*units[0], reasons, remarks, paid_on or _LATER)
        for shape, segments in units[1:]:
            line_charge, line_paid, line_adjusted, line_owed, first, last = _sums(
                shape, segments, reasons, remarks, end
            )
            if line_charge - line_adjusted != line_paid or (first and first < start) or last > end:
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


def _sums(shape: Shape, *about: Any) -> tuple[Decimal, Decimal, Decimal, Decimal, str, str]:
    """Return charge, payment, adjustments and what the patient owes of them, less what a claim says that is, and the days.

    Of a claim these are the first and the last that its lines can have, of a line its own. Raises NotPlain.
    """
    read = shape.sums
    if read is None:
        read = shape.sums = _Reading(shape).made()
    found: tuple[Decimal, Decimal, Decimal, Decimal, str, str] = read(*about)
    return found


class _Reading(Source):
    """Writes the function that adds up one shape of a claim's head or of a line.

    Of a line with a day and one adjustment it is

        def sum_unit(segments, reasons, remarks, latest):
            s0, s1, s2, = segments
            t = s0[2]
            if t[-4:-3] == '.': raise NotPlain
            charge = Decimal(t)
            ...
            if len(s2) == 4: ...
            else: amount = several(s2, reasons)
            ...
            return charge, paid, adjusted, owed, s1[2], s1[2]
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
        first, last = self._days(of_claim=of_claim)
        self._identifiers(by_id)
        self._repeated(by_id)
        self._codes(by_id)
        self.line(f"return charge, paid, adjusted, owed, {first}, {last}")
        function: Callable[..., Any] = self.function("sum_unit", "segments, reasons, remarks, latest")
        return function

    def _identifiers(self, by_id: Mapping[str, list[str]]) -> None:
        """Write the judgment of identifiers by their qualifiers."""
        formed = self.constant(is_formed)
        for name in by_id.get("NM1", ()):
            known = f"{name}[8] != 'MI' and not {formed}({name}[8], {name}[9])"
            self._refuse(f"{name}[1] == 'TT' or (len({name}) > 9 and {known})")
        for name in by_id.get("REF", ()):
            if not FORMED.isdisjoint(self._node(name).use.qualifiers or FORMED):
                self._refuse(f"{name}[1] in {self.constant(FORMED)} and not {formed}({name}[1], {name}[2])")

    def _codes(self, by_id: Mapping[str, list[str]]) -> None:
        """Write the judgment of procedures and remarks."""
        if self._nodes[0].use.id == "SVC":
            procedures = self.constant(is_procedure)
            self._refuse(f"not {procedures}(s0[1]) or (len(s0) > 6 and not {procedures}(s0[6]))")
            self._refuse(f"len(s0) > 4 and s0[4] and not {procedures}('NU:' + s0[4])")
        for name in by_id.get("LQ", ()):
            self._refuse(f"{name}[1] == 'HE' and not remarks[{name}[2]]")
        if len(decisions := [*by_id.get("MIA", ()), *by_id.get("MOA", ())]) > 1:
            self._refuse("True")
        for name in decisions:
            id_ = self._node(name).use.id
            if id_ == "MIA" and "QTY" in by_id:
                self._refuse(f"{name}[1] != '0'")
            self.begin(f"for code in {name}{_REMARKS[id_].format(name)}:")
            self._refuse("code and not remarks[code]")
            self.end()

    def _node(self, name: str) -> Node:
        """Return the node of a segment by its name in the function."""
        return self._nodes[int(name[1:])]

    def _repeated(self, by_id: Mapping[str, list[str]]) -> None:
        """Write the comparison of segments that must not say the same thing twice."""
        for id_ in ("AMT", "QTY", "REF", "LQ", "PER"):
            at = "[1]" if id_ in {"AMT", "QTY"} else ""
            for one, other in combinations(by_id.get(id_, ()), 2):
                self._refuse(f"{one}{at} == {other}{at}")

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
            self._refuse(f"not (amount and reasons[{name}[1] + {name}[2]])")
            self.end()
            self.begin("else:")
            self.line(f"amount = {several}({name}, reasons)")
            self.end()
            self.line("adjusted += amount")
            self.line(f"if {name}[1] == 'PR': owed += amount")

    def _days(self, *, of_claim: bool) -> tuple[str, str]:
        """Write the comparison of the days with each other and with the latest; return the expressions of the first and the last."""
        days: dict[str, str] = {}
        for at, node in enumerate(self._nodes):
            if node.use.id == "DTM":
                days["".join(node.use.qualifiers or ())] = f"s{at}[2]"
        if of_claim:
            return self._days_of_claim(days)
        if ("150" in days) != ("151" in days) or ("472" in days and "150" in days):
            self._refuse("True")
        if "150" not in days:
            return days.get("472", "''"), days.get("472", "''")
        first, last = days["150"], days.get("151", days["150"])
        self._refuse(f"{last} < {first}")
        return first, last

    def _days_of_claim(self, days: Mapping[str, str]) -> tuple[str, str]:
        """Write the comparison of the days of a claim; those of its lines come after the first that is returned, and before the last."""
        start, end, received = (days.get(code) for code in ("232", "233", "050"))
        if end and not start:
            self._refuse("True")
        bounds = [start, end, received, "latest"]
        for before, after in pairwise(filter(None, bounds)):
            self._refuse(f"{before} > {after}")
        return start or "''", end or received or "latest"


def _several(elements: list[str], reasons: Mapping[str, bool]) -> Decimal:
    """Add up a CAS of any length. Raises NotPlain where it is not as usual."""
    total = _NOTHING
    for at in range(2, min(len(elements), _REASONS_END), 3):
        text = elements[at + 1] if at + 1 < len(elements) else ""
        is_usual = (
            text.strip("-0.") and text[-4:-3] != "." and elements[at]
        )  # neither absent, zero nor finer than cents
        if not (is_usual and reasons[elements[1] + elements[at]]):
            raise NotPlain
        total += Decimal(text)
    return total
