"""How the values of a claim are written in the boxes of its form: names, addresses, dates, amounts, codes."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.claims.forms.shown import HIDDEN, as_text, is_hidden, with_cents
from medcode.claims.model import Payer
from medcode.claims.model.base import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from medcode.claims.model import Claim

    Found: TypeAlias = Mapping[str, Any]
    """The values of a box by their paths."""

__all__ = ["NAMES", "SHOWN", "Reader"]

NAMES = ("organization", "last_name", "first_name", "middle_name")
_LETTERS = "ABCDEFGHIJKL"


@attrs.frozen
class Reader:
    """Reads a claim for its form; what identifies a person is hidden unless `phi` is set."""

    claim: Claim
    phi: bool

    def value(self, part: Any, path: str) -> Any:
        """Return the value at a path, None if it is not set, or HIDDEN if it is not to be seen."""
        for step in path.split("."):
            name, _, index = step.rstrip("]").partition("[")
            field = attrs.fields_dict(type(part)).get(name) if isinstance(part, Part) else None
            part = getattr(part, name, None)
            if index.endswith(":"):  # this one and all after it
                part = (part or ())[int(index[:-1]) :]
            elif index:
                part = part[int(index)] if part and int(index) < len(part) else None
            if field and is_hidden(field) and not self.phi and part not in {None, "", ()}:
                return HIDDEN
        return part

    def text(self, value: Any) -> str:
        """Return a value as people write it."""
        return with_cents(value) if isinstance(value, Decimal) else as_text(value, phi=self.phi)

    def name(self, party: Any) -> str:
        """Return the organization, or last, first and middle name."""
        words = (self.value(party, name) for name in NAMES)
        return ", ".join(dict.fromkeys(self.text(word) for word in words if word))

    def address(self, address: Any) -> list[str]:
        """Return street, then city, state and ZIP."""
        words = [self.value(address, name) for name in ("line1", "line2", "city", "state", "zip", "country")]
        if HIDDEN in words:
            return [HIDDEN]
        street, more, *place = map(self.text, words)
        return [", ".join(filter(None, (street, more))), " ".join(filter(None, place))]

    def phone(self, party: Any) -> str:
        """Return the phone numbers of a party."""
        contacts = self.value(party, "contacts") or ()
        return ", ".join(phone for each in contacts if (phone := self.text(self.value(each, "phone"))))


def _text(reader: Reader, found: Found) -> list[str]:
    return [" ".join(filter(None, (_plain(reader, value) for value in found.values())))]


def _plain(reader: Reader, value: Any) -> str:
    """Return a value of a box of counts and codes, where a number has no cents."""
    return as_text(value, phi=reader.phi)


def _each(reader: Reader, found: Found) -> Iterable[str]:
    for value in found.values():
        for each in value if isinstance(value, tuple) else (value,):
            yield _plain(reader, each)


def _money(reader: Reader, found: Found) -> Iterable[str]:
    return map(reader.text, found.values())


def _names(reader: Reader, found: Found) -> Iterable[str]:
    return [reader.name(value) for value in found.values() if value is not None]


def _address(reader: Reader, found: Found) -> Iterable[str]:
    return [line for value in found.values() for line in reader.address(value)]


def _person(reader: Reader, found: Found) -> Iterable[str]:
    for value in found.values():
        yield reader.name(value)
        yield from reader.address(getattr(value, "address", None))


def _party(reader: Reader, found: Found) -> Iterable[str]:
    """Return name and phone, then the address."""
    for value in found.values():
        yield "   ".join(filter(None, (reader.name(value), reader.phone(value))))
        yield from reader.address(getattr(value, "address", None))


def _provider(reader: Reader, found: Found) -> Iterable[str]:
    for value in found.values():
        yield " ".join(filter(None, (reader.text(reader.value(value, "npi")), reader.name(value))))


def _payers(reader: Reader, found: Found) -> Iterable[str]:
    """Return the payers with their ids, the one that is asked first; its address if it is alone in the box."""
    payer, *others = found.values()
    for each in (payer, *(other.payer for group in others for other in group or ())):
        yield " ".join(
            filter(
                None,
                (
                    reader.text(reader.value(each, "organization")),
                    reader.text(reader.value(each, "payer_id")),
                ),
            )
        )
    if not others and isinstance(payer, Payer):
        yield from reader.address(payer.address)


def _other_insured(reader: Reader, found: Found) -> Iterable[str]:
    for other in _first(found) or ():
        member = reader.text(reader.value(other.subscriber, "member_id"))
        yield " ".join(filter(None, (reader.name(other.subscriber), member)))


def _other_plans(reader: Reader, found: Found) -> Iterable[str]:
    return [reader.text(reader.value(other.payer, "organization")) for other in _first(found) or ()]


def _any(_: Reader, found: Found) -> Iterable[str]:
    return ["yes" if _first(found) else "no"]


def _relationship(reader: Reader, found: Found) -> Iterable[str]:
    return [reader.text(_first(found) or "18")]


def _cause(reader: Reader, found: Found, cause: str) -> Iterable[str]:
    """Return whether an accident had a cause, and its state."""
    causes, *state = found.values()
    if cause not in (causes or ()):
        return ["no"]
    return [" ".join(("yes", *map(reader.text, state)))]


def _dated(reader: Reader, found: Found) -> Iterable[str]:
    """Return each date with what it is the date of."""
    for path, value in found.items():
        if value is not None:
            yield f"{reader.text(value)} {path.rpartition('.')[2].replace('_', ' ')}"


def _purchased(reader: Reader, found: Found) -> Iterable[str]:
    services = [
        service for line in _first(found) or () if (service := getattr(line, "purchased_service", None))
    ]
    return [" ".join(map(reader.text, services))]


def _total(reader: Reader, found: Found) -> Iterable[str]:
    stated, lines = _first(found), reader.text(reader.claim.total)
    return [lines if stated is None else f"{reader.text(stated)} stated, {lines} in lines"]


def _paid(reader: Reader, found: Found) -> Iterable[str]:
    """Return what the patient paid, else what other payers did."""
    *patient, others = found.values()
    given = [each for each in patient if each is not None] or [other.paid for other in others or ()]
    return [" ".join(filter(None, map(reader.text, given)))]


def _bill_type(reader: Reader, _: Found) -> Iterable[str]:
    return [reader.text(getattr(reader.claim, "bill_type", ""))]


def _request(reader: Reader, found: Found) -> Iterable[str]:
    return [f"predetermination {reader.text(_first(found))}" if _first(found) else "services performed"]


def _of_claim(reader: Reader, found: Found) -> Iterable[str]:
    """Return the value of a line, or that of the claim for the lines that have none."""
    ((path, value),) = found.items()
    return [reader.text(reader.value(reader.claim, path) if value is None else value)]


def _procedure(reader: Reader, found: Found) -> Iterable[str]:
    done = _first(found)
    return [" ".join((reader.text(done.code), *map(reader.text, done.modifiers)))] if done else []


def _letters(reader: Reader, found: Found) -> Iterable[str]:
    """Return pointers as letters of box 21; what points to none of them as it is."""
    return [
        " ".join(
            _LETTERS[at - 1] if at in range(1, len(_LETTERS) + 1) else reader.text(at)
            for at in _first(found) or ()
        )
    ]


def _words(reader: Reader, found: Found) -> Iterable[str]:
    return [" ".join(map(reader.text, _first(found) or ()))]


def _teeth(reader: Reader, found: Found) -> Iterable[str]:
    return [" ".join(reader.text(tooth.number) for tooth in _first(found) or ())]


def _surfaces(reader: Reader, found: Found) -> Iterable[str]:
    return [" ".join("".join(map(reader.text, tooth.surfaces)) for tooth in _first(found) or ())]


def _first(found: Found) -> Any:
    return next(iter(found.values()))


SHOWN: dict[str, Callable[[Reader, Found], Iterable[str]]] = {
    "text": _text, "list": _each, "money": _money, "names": _names, "address": _address, "person": _person, "party": _party,
    "provider": _provider, "payers": _payers, "other_insured": _other_insured, "other_plans": _other_plans, "any": _any,
    "relationship": _relationship, "dated": _dated, "purchased": _purchased, "total": _total, "paid": _paid,
    "bill_type": _bill_type, "request": _request, "of_claim": _of_claim, "procedure": _procedure, "letters": _letters,
    "words": _words, "teeth": _teeth, "surfaces": _surfaces,
    **{f"cause_{cause}": partial(_cause, cause=cause) for cause in ("EM", "AA", "OA")},
}  # fmt: skip
"""The ways in which a box is written, each a function of its values; it returns the entries of the box."""
