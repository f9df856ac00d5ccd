"""Which edits a claim concerns: an edit is asked about values, and called where one of them could matter.

An edit that looks at codes, addresses, providers or lines one by one says which of them it could find
anything on (`Edit.concerns_code` and its siblings). Its answers about codes, modifiers and lines are kept by
value as a bit, so that known values cost a look-up each; what is about a person hardly recurs, and asking again
costs less than finding it among many. An edit that no value of a claim concerns is not called.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from medcode.codesets.icd10cm import icd10cm
from medcode.edits.base import Edit
from medcode.edits.claim.addresses import places
from medcode.edits.claim.providers import known_by_number, parties
from medcode.edits.judged import SETS, told_of
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date
    from decimal import Decimal

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.claim import Claim, ProfessionalClaim
    from medcode.claims.model.dental import DentalClaim
    from medcode.claims.model.party import Contact, Provider
    from medcode.codesets.code import Malformed
    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context

__all__ = ["Concerns", "LineKey", "asks"]

OF_CODES = "concerns_code"
MOST = 4096
"""How many values of a kind are remembered at once; more than recur would only be carried along."""


FEW = 64
"""How many objects are known by identity at once: those of a few claims."""


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
        asks = {name: ask for name in (OF_CODES, *VALUES) if (ask := asking(name, edits)) is not None}
        self._of_codes = OfCodes(edits) if OF_CODES in asks else None
        self._kept = [
            (Memo(partial(ask_key, asks[name], given), MOST), keys)
            for name, (keys, given) in RECURRING.items()
            if name in asks
        ]
        self._asked = [(asks[name], values) for name, values in PERSONAL.items() if name in asks]
        self._families: dict[Callable[[Any], bool], int] = {}
        for bit, edit in edits:
            if defines_for_class(edit):
                self._families[edit.concerns_claim] = self._families.get(edit.concerns_claim, 0) | bit

    def begin(self) -> Callable[[Context[Claim]], int]:
        """Return what gives, in one check, the bits of the edits that a claim concerns.

        What may be about a person is kept for the one check, codes and lines for the next as well.
        """
        of_codes, kept, families = self._of_codes, self._kept, tuple(self._families.items())
        asked = [(Shared(ask), values) for ask, values in self._asked]

        def concerned(context: Context[Claim]) -> int:
            found = of_codes(context) if of_codes else 0
            for answers, keys in kept:
                for key in keys(context):
                    found |= answers[key]
            for answer, values in asked:
                for value in values(context):
                    found |= answer(value)
            for concerns, bits in families:
                if is_concerned(concerns, context):
                    found |= bits
            return found

        return concerned


class Shared:
    """Answers about objects that claims in a row share, as those below one billing provider do: known by identity."""

    def __init__(self, ask: Callable[..., int]) -> None:
        self._ask = ask
        self._known: dict[int, tuple[object, int]] = {}

    def __call__(self, value: object) -> int:
        """Return the bits of the edits that a value concerns."""
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        if len(self._known) >= FEW:
            self._known.clear()
        found = self._ask(value)
        self._known[id(value)] = value, found
        return found


class OfCodes:
    """What edits say of the codes of claims, by set and by the days between which nothing in its table changes."""

    def __init__(self, edits: Sequence[tuple[int, AnyEdit]]) -> None:
        self._edits = edits
        self._asks = Memo(self._asking, MOST)
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

    def _asking(self, about: tuple[str, frozenset[str]]) -> Callable[..., int]:
        """Return what asks the edits that could find anything on a code that begins so and has such flags."""
        initial, flags = about
        edits = [
            (bit, edit)
            for bit, edit in self._edits
            if (edit.initials is None or initial in edit.initials)
            and (edit.code_flags is None or not flags.isdisjoint(edit.code_flags))
        ]
        return asking(OF_CODES, edits) or nothing

    def _on(self, about: tuple[Hashable, date]) -> Memo[str, int]:
        """Return the answers for a kind of code on a day."""
        kind, day = about
        changes = SETS.get(cast("type[str]", kind), icd10cm).table.changes
        at = bisect_right(changes, day)
        return self._alike[kind, changes[at - 1] if at else day]

    def _since(self, about: tuple[Hashable, date]) -> Memo[str, int]:
        """Make the answers for a kind of code from a day on."""
        _, day = about

        def answer(code: Any) -> int:
            status, flags = told_of(code, day)
            return self._asks[code[:1], flags](code, status, flags)

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


def asking(name: str, edits: Sequence[tuple[int, AnyEdit]]) -> Callable[..., int] | None:
    """Return what asks the edits that say something of one kind of value; None where none of them does."""
    asked = [(bit, getattr(edit, name)) for bit, edit in edits if defines(edit, name)]

    def ask(*given: object) -> int:
        found = 0
        for bit, concerns in asked:
            try:
                if concerns(*given):
                    found |= bit
            except Exception:  # noqa: BLE001  # then the edit runs, and what it raises is reported
                found |= bit
        return found

    return ask if asked else None


def nothing(*_given: object) -> int:
    """Return no bits: no edit is about such a value."""
    return 0


def ask_key(ask: Callable[..., int], given: Callable[[tuple[Any, ...]], object], key: tuple[Any, ...]) -> int:
    """Ask about the value that a key stands for."""
    return ask(given(key))


# Keys are those of a dict. Equal texts of different types are not the same value, so a key begins with the type.

Keys: TypeAlias = "list[tuple[Any, ...]]"


def people(context: Context[Claim]) -> list[Provider | ProviderIdentity]:
    """Return the providers of a claim and of its lines, those known by their numbers alone as well."""
    return [*parties(context), *known_by_number(context.claim)]


def ways(context: Context[Claim]) -> list[Contact]:
    """Return how to reach the providers and people of a claim."""
    claim = context.claim
    found = [contact for each in parties(context) for contact in each.contacts]
    for person in (claim.subscriber, claim.dependent):
        found += person.contacts if person else ()
    return found


def modifiers(context: Context[Claim]) -> Keys:
    """Return the modifiers of the lines with a procedure, those of a line together; they may be none."""
    done = [line.procedure for line in context.claim.lines]
    return [(None, each.modifiers) for each in done if each is not None]


def lines(context: Context[Claim]) -> Keys:
    """Return the keys of the lines."""
    usual = getattr(context.claim, "place_of_service", None)
    found: Keys = []
    for line in context.claim.lines:
        done = line.procedure
        place = getattr(line, "place_of_service", None) or usual
        rest = line.quantity, getattr(line, "unit", None), place, getattr(line, "revenue_code", None)
        if done is None:
            found.append((None, None, None, (), *rest))
        else:
            found.append((done.code.__class__, done.code, done.qualifier, done.modifiers, *rest))
    return found


def line_key(key: tuple[Any, ...]) -> LineKey:
    """Return what an edit is asked about, of the key of a line."""
    return LineKey(*key[1:])


RECURRING: dict[str, tuple[Callable[[Context[Claim]], Keys], Callable[[tuple[Any, ...]], object]]] = {
    "concerns_modifiers": (modifiers, itemgetter(1)),
    "concerns_line": (lines, line_key),
}
"""What recurs and identifies nobody: the keys of a claim's values, and what an edit is asked about for a key."""

PERSONAL: dict[str, Callable[[Context[Claim]], Sequence[Any]]] = {
    "concerns_address": places,
    "concerns_provider": people,
    "concerns_contact": ways,
}
"""What may be about a person, and hardly recurs."""

VALUES = (*RECURRING, *PERSONAL)
"""The methods of an edit that are asked about a claim's values, except its codes."""
