"""What is in the boxes of a form, taken apart: names, addresses, phones, marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medcode.claims.model import Address, Contact
from medcode.claims.plain import Problem
from medcode.errors import VisitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Boxes", "address", "days", "name", "party"]

_STATE = re.compile(r"[A-Za-z]{2}", re.ASCII)
_ZIP = re.compile(r"(\d{5})-?(\d{4})?", re.ASCII)
_PHONE = re.compile(r"\(?(\d{3})\)?[ .-]?(\d{3})[ .-]?(\d{4})", re.ASCII)
_YES = {"YES": True, "Y": True, "X": True, "NO": False, "N": False, "": False}


class Boxes:
    """The boxes of a form by their numbers; what is wrong with any is gathered, and raised at the end."""

    def __init__(self, given: Mapping[str, Any], known: Iterable[str]) -> None:
        self._given = {str(box).lower(): value for box, value in given.items()}
        self.problems: list[Problem] = []
        known = {box.lower() for box in known}
        for box in given:
            if str(box).lower() not in known:
                self.report(str(box), "no box of this form that a claim can be made of")

    def report(self, box: str, message: str) -> None:
        """Note that a box is wrong."""
        self.problems.append(Problem(f"box {box}", message))

    def finish(self) -> None:
        """Raise VisitError with every problem, if there are any."""
        if self.problems:
            raise VisitError(*self.problems)

    def __contains__(self, box: str) -> bool:
        """Whether a box was given."""
        return box.lower() in self._given

    def text(self, box: str) -> str | None:
        """Return the text of a box, None where it is empty or not given."""
        value = self._given.get(box.lower())
        if value is None:
            return None
        if not isinstance(value, str):
            self.report(box, f"must be text, not {type(value).__name__}")
            return None
        return value.strip() or None

    def words(self, box: str) -> list[str]:
        """Return the words of a box."""
        return (self.text(box) or "").split()

    def column(self, box: str) -> list[str]:
        """Return a column of the lines: text for a single line, or a list with text or None for each."""
        value = self._given.get(box.lower())
        if isinstance(value, (list, tuple)):
            return ["" if each is None else str(each).strip() for each in value]
        text = self.text(box)
        return [] if text is None else [text]

    def yes(self, box: str) -> bool:
        """Whether a box is marked YES."""
        text = (self.text(box) or "").upper()
        if text not in _YES:
            self.report(box, "must be YES or NO")
        return _YES.get(text, False)


def days(text: str | None) -> Any:
    """Return the date in a text, or the first and last date if there are two.

    >>> days("2026-01-05"), days("2026-01-05 - 2026-01-09"), days("")
    ('2026-01-05', ('2026-01-05', '2026-01-09'), None)
    """
    found = re.split(r"\s+(?:-\s+)?", text.strip()) if text and text.strip() else [None]
    return found[0] if len(set(found)) == 1 else tuple(found[:2])


def name(text: str | None) -> dict[str, Any]:
    """Split a name: last, first, middle, separated by commas.

    >>> name("DOE, JANE, Q")
    {'last_name': 'DOE', 'first_name': 'JANE', 'middle_name': 'Q'}
    """
    parts = [part.strip() or None for part in (text or "").split(",")]
    last, first, middle = (*parts, None, None)[:3]
    return {"last_name": last, "first_name": first, "middle_name": middle}


def address(text: str | None) -> Address | None:
    """Split an address: street, city, state and ZIP, separated by commas or line ends.

    >>> address("410 RIVER RD, SUITE 5, ALTON, IL 62002-0410")
    Address(line1=…, city=…, state=…, zip=…, line2=…)
    """
    return party(text, named=False)[1]


def party(text: str | None, *, named: bool = True) -> tuple[str | None, Address | None, Contact | None]:
    """Split a provider: name, address and phone."""
    parts = [part.strip() for part in re.split(r"[\n,]", text or "") if part.strip()]
    phone = next((part for part in parts if _PHONE.fullmatch(part)), None)
    parts = [part for part in parts if part is not phone]
    who = parts.pop(0) if named and parts else None
    contact = Contact(phone=re.sub(r"\D", "", phone)) if phone else None
    return who, _address(parts), contact


def _address(parts: list[str]) -> Address | None:
    if not parts:
        return None
    *cities, state, last = ["", "", *parts[-1].rsplit(maxsplit=2)]
    found = _ZIP.fullmatch(last)
    if found is None or not _STATE.fullmatch(state):
        return Address(parts[0], line2=", ".join(parts[1:]) or None)
    streets = parts[:-1]
    city = cities[-1] or (streets.pop() if streets else None)
    street = streets[0] if streets else ""
    code = "".join(filter(None, found.groups()))
    return Address(street, city, state.upper(), code, line2=", ".join(streets[1:]) or None)
