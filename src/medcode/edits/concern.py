"""Which edits a claim concerns: an edit is asked once about a value, however many claims have it.

An edit that looks at codes, addresses, providers or lines one by one says which of them it could find
anything on (`Edit.concerns_code` and its siblings). Its answers are kept by value as a bit, so that known
values cost a look-up each, and an edit that no value of a claim concerns is not called.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from medcode.codesets.icd10cm import icd10cm
from medcode.edits.base import Edit
from medcode.edits.claim.addresses import addresses
from medcode.edits.claim.providers import identified, providers
from medcode.edits.judged import SETS, judge
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date
    from decimal import Decimal

    from medcode.claims.model.claim import Claim, ProfessionalClaim
    from medcode.claims.model.dental import DentalClaim
    from medcode.codesets.code import Malformed
    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context

__all__ = ["Concerns", "LineKey", "asks"]

OF_CODES, OF_LINES = "concerns_code", "concerns_line"
MOST = 4096
"""How many values of a kind are remembered at once; more than recur would only be carried along."""


class LineKey(NamedTuple):
    """What recurs of a line: all but its charge, its providers and what it refers to.

    `place` is the line's own place of service or its claim's. Only a line of an institution has a
    `revenue_code`, and it may have no procedure, so no `code`.
    """

    code: str | None
    qualifier: str | None
    modifiers: tuple[str, ...]
    quantity: Decimal | Malformed | None
    unit: str | None
    place: str | None
    revenue_code: str | None


class Concerns:
    """What edits say of the values of claims; one bit stands for an edit."""

    def __init__(self, edits: Sequence[tuple[int, AnyEdit]]) -> None:
        asks = [(name, asking(name, edits)) for name in VALUES]
        self._asks = {name: ask for name, ask in asks if ask is not None}
        ask = asking(OF_CODES, edits)
        self._of_codes = None if ask is None else OfCodes(ask)
        self._families: dict[Callable[[Any], bool], int] = {}
        for bit, edit in edits:
            if defines_for_class(edit):
                self._families[edit.concerns_claim] = self._families.get(edit.concerns_claim, 0) | bit
        self._kept = {name: Memo(ask, MOST) for name, ask in self._asks.items() if name in IMPERSONAL}

    def begin(self) -> Callable[[Context[Claim]], int]:
        """Return what gives, in one check, the bits of the edits that a claim concerns.

        What may be about a person is kept for the one check, codes and lines for the next as well.
        """
        kinds = [
            (self._kept[name] if name in self._kept else Memo(ask, MOST), VALUES[name])
            for name, ask in self._asks.items()
        ]
        families, of_codes = tuple(self._families.items()), self._of_codes

        def concerned(context: Context[Claim]) -> int:
            found = of_codes(context) if of_codes else 0
            for answers, values in kinds:
                for value in values(context):
                    found |= answers[value]
            for concerns, bits in families:
                if is_concerned(concerns, context):
                    found |= bits
            return found

        return concerned


class OfCodes:
    """What edits say of the codes of claims, by set and by the days between which nothing in its table changes."""

    def __init__(self, ask: Callable[[tuple[Any, ...]], int]) -> None:
        self._asked = Memo(ask, MOST)
        self._by_day: Memo[tuple[Hashable, date], Memo[str, int]] = Memo(self._on, MOST)
        self._alike: Memo[tuple[Hashable, date], Memo[str, int]] = Memo(self._since, MOST)

    def __call__(self, context: Context[Claim]) -> int:
        """Return the bits of the edits that the codes of a claim concern, on the days that one of them is judged on."""
        claim, usual = context.claim, context.day or context.on
        codes: list[str]
        if context.institutional:
            codes = [code for _, code in (*context.codes, *context.reasons, *context.procedures)]
            days = {usual}
        else:
            codes = [each.code for each in cast("ProfessionalClaim | DentalClaim", claim).diagnoses]
            days = {day or usual for day in context.line_days} | {usual}
        found = 0
        for kind in {code.__class__ for code in codes}:
            for answers in {id(each): each for each in [self._by_day[kind, day] for day in days]}.values():
                for code in codes:
                    if code.__class__ is kind:
                        found |= answers[code]
        return found

    def _on(self, about: tuple[Hashable, date]) -> Memo[str, int]:
        """Return the answers for a kind of code on a day."""
        kind, day = about
        changes = SETS.get(cast("type[str]", kind), icd10cm).table.changes
        at = bisect_right(changes, day)
        return self._alike[kind, changes[at - 1] if at else day]

    def _since(self, about: tuple[Hashable, date]) -> Memo[str, int]:
        """Make the answers for a kind of code from a day on."""
        kind, day = about

        def answer(code: Any) -> int:
            each = judge("", code, day)
            return self._asked[kind, code, each.status, each.flags]

        return Memo(answer, MOST)


def asks(edit: AnyEdit) -> bool:
    """Whether an edit says which values it concerns."""
    return defines_for_class(edit) or any(defines(edit, name) for name in (OF_CODES, *VALUES))


def defines(edit: AnyEdit, name: str) -> bool:
    """Whether an edit defines a method that the base leaves open."""
    return getattr(type(edit), name) is not getattr(Edit, name)


def defines_for_class(edit: AnyEdit) -> bool:
    """Whether the class of an edit defines what claims its edits concern."""
    return any("concerns_claim" in vars(each) for each in type(edit).__mro__ if each is not Edit)


def is_concerned(concerns: Callable[[Any], bool], context: Context[Claim]) -> bool:
    """Whether edits of a class could find anything; where asking fails they run, and what they raise is reported."""
    try:
        return concerns(context)
    except Exception:  # noqa: BLE001  # as above
        return True


def asking(name: str, edits: Sequence[tuple[int, AnyEdit]]) -> Callable[[tuple[Any, ...]], int] | None:
    """Return what asks the edits that say something of one kind of value; None where none of them does."""
    asked = [(bit, getattr(edit, name)) for bit, edit in edits if defines(edit, name)]

    def ask(value: tuple[Any, ...]) -> int:
        found, given = 0, (LineKey(*value[1:]),) if name == OF_LINES else value[1:]
        for bit, concerns in asked:
            try:
                found |= bit if concerns(*given) else 0
            except Exception:  # noqa: BLE001  # then the edit runs, and what it raises is reported
                found |= bit
        return found

    return ask if asked else None


# Values are keys of a dict. Equal texts of different types are not the same value, so a key begins with the type.

Values: TypeAlias = "list[tuple[Any, ...]]"


def places(context: Context[Claim]) -> Values:
    """Return the addresses of a claim."""
    return [(None, address) for _, address in addresses(context)]


def parties(context: Context[Claim]) -> Values:
    """Return the providers of a claim and of its lines, those known by their numbers alone as well."""
    return [(each.npi.__class__, each) for _, each in identified(context)]


def ways(context: Context[Claim]) -> Values:
    """Return how to reach the providers and people of a claim."""
    claim = context.claim
    people = [claim.subscriber.contacts, claim.dependent.contacts if claim.dependent else ()]
    return [
        (None, contact)
        for contacts in (*people, *(provider.contacts for _, provider in providers(context)))
        for contact in contacts
    ]


def modifiers(context: Context[Claim]) -> Values:
    """Return the modifiers of the lines with a procedure, those of a line together; they may be none."""
    done = [line.procedure for line in context.claim.lines]
    return [(None, each.modifiers) for each in done if each is not None]


def lines(context: Context[Claim]) -> Values:
    """Return the keys of the lines."""
    usual = getattr(context.claim, "place_of_service", None)
    found: Values = []
    for line in context.claim.lines:
        done = line.procedure
        place = getattr(line, "place_of_service", None) or usual
        rest = line.quantity, getattr(line, "unit", None), place, getattr(line, "revenue_code", None)
        if done is None:
            found.append((None, None, None, (), *rest))
        else:
            found.append((done.code.__class__, done.code, done.qualifier, done.modifiers, *rest))
    return found


VALUES: dict[str, Callable[[Context[Claim]], Values]] = {
    "concerns_address": places,
    "concerns_provider": parties,
    "concerns_contact": ways,
    "concerns_modifiers": modifiers,
    OF_LINES: lines,
}
"""The values of a claim that each method of an edit is asked about, except its codes."""

IMPERSONAL = frozenset({"concerns_modifiers", OF_LINES})
"""What is asked about values that identify nobody."""
