"""Which claim an answer is about, and how sure that is. Nothing is guessed: what fits several claims alike is ambiguous."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from medcode.claims.ledger.facts import SHORTEST_CUT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from medcode.claims.ledger.facts import Facts

__all__ = ["Asked", "Candidate", "Match", "MatchKind", "match"]


class MatchKind(StrEnum):
    """How an answer found its claim."""

    EXACT = "exact"
    """By the claim control number, and nothing contradicts it."""
    CUT = "cut"
    """By a control number that the payer has cut off after its 20th character or later."""
    SOFT = "soft"
    """Something differs, such as the charge or a modifier; `Match.differences` names it."""
    AMBIGUOUS = "ambiguous"
    """Several claims fit alike."""
    NONE = "none"
    """No claim fits."""


@attrs.frozen
class Match:
    """How an answer found its claim.

    `differences` names what the answer says otherwise: control_number, charge, date, patient; of a line procedure,
    modifiers, units. `candidates` are the control numbers of claims that it could be about where it is kept unmatched, and `why` says
    in words what stood in the way.
    """

    kind: MatchKind
    differences: tuple[str, ...] = ()
    candidates: tuple[str, ...] = attrs.field(default=(), repr=False)
    why: str = ""


@attrs.frozen(kw_only=True)
class Candidate:
    """A claim as it was sent once: what it is compared by, and in which batch and to which payer it went."""

    entry: int
    submission: int
    number: str = attrs.field(repr=False)
    facts: Facts
    batch_reference: str = ""
    rank: str = ""
    sent_on: date | None = None


@attrs.frozen(kw_only=True)
class Asked:
    """What an answer knows of the claim it is about.

    `rank` is the payer's place in line (P, S or T), `batch_reference` that of the file it answers (BHT03).
    """

    facts: Facts
    batch_reference: str = ""
    rank: str = ""
    made_on: date | None = None


_NAMES = {"charge": "the charge", "date": "the dates of service", "patient": "the patient"}
_LEAST_CONTRADICTED = 2
_AGREED = 3


def match(asked: Asked, candidates: Sequence[Candidate]) -> tuple[Candidate | None, Match]:
    """Return the claim that an answer is about, as it was sent, and how it was found; None where that is not sure.

    `candidates` are the claims that share a number with the answer, or a patient where numbers do not help.
    """
    if not candidates:
        return None, Match(MatchKind.NONE, why="no claim has its control number")
    number = asked.facts.number
    named = [
        each
        for each in candidates
        if each.facts.number == number is not None or is_cut(number, each.facts.number)
    ]
    if not named:
        return _by_content(asked, candidates)
    best = [_best(asked, list(group)) for _, group in groupby(sorted(named, key=_BY_ENTRY), _BY_ENTRY)]
    best.sort(key=lambda each: _distance(asked, each))
    first = best[0]
    if len(best) > 1 and _distance(asked, best[1]) == _distance(asked, first):
        return None, Match(
            MatchKind.AMBIGUOUS,
            candidates=tuple(each.number for each in best),
            why=f"{len(best)} claims have its control number and fit alike",
        )
    differences = first.facts.differences(asked.facts)
    if len(differences) >= _LEAST_CONTRADICTED and not first.facts.agreements(asked.facts):
        words = ", ".join(_NAMES[each] for each in differences)
        why = f"the claim of its control number is another one: {words} differ"
        return None, Match(MatchKind.NONE, differences, (first.number,), why)
    if differences:
        return first, Match(MatchKind.SOFT, differences)
    return first, Match(MatchKind.CUT if is_cut(asked.facts.number, first.facts.number) else MatchKind.EXACT)


_BY_ENTRY = attrgetter("entry")


def is_cut(answered: str | None, sent: str | None) -> bool:
    """Whether a number is the beginning of a longer one that was sent, as far as a payer must return it."""
    return bool(answered and sent and len(answered) >= SHORTEST_CUT and sent.startswith(answered))


def _distance(asked: Asked, candidate: Candidate) -> tuple[int, int, int]:
    """Return how far an answer is from a claim: first the batch it names, then what differs, then what agrees."""
    other_batch = bool(asked.batch_reference) and asked.batch_reference != candidate.batch_reference
    return (
        int(other_batch),
        len(candidate.facts.differences(asked.facts)),
        -candidate.facts.agreements(asked.facts),
    )


def _best(asked: Asked, sent: list[Candidate]) -> Candidate:
    """Return which of several submissions of a claim is answered: of that payer, and the last one before the answer."""

    def order(each: Candidate) -> tuple[bool, bool, bool, int, int]:
        later = bool(asked.made_on and each.sent_on and each.sent_on > asked.made_on)
        return (
            bool(asked.batch_reference) and each.batch_reference != asked.batch_reference,
            bool(asked.rank) and each.rank != asked.rank,
            later,
            len(each.facts.differences(asked.facts)),
            -each.submission,
        )

    return min(sent, key=order)


def _by_content(asked: Asked, candidates: Sequence[Candidate]) -> tuple[Candidate | None, Match]:
    """Find a claim whose number the payer does not have: by the payer's own number of it, or where all else agrees.

    A number that is not ours means another claim, unless both the payer's own number and all else agree.
    """
    facts = asked.facts
    payers = [each for each in candidates if each.facts.payer_number == facts.payer_number is not None]
    alike = [
        each
        for each in (payers if payers or facts.number is not None else candidates)
        if each.facts.agreements(facts) == _AGREED and not each.facts.differences(facts)
    ]
    if not alike and facts.number is None:
        alike = payers
    if len({each.entry for each in alike}) != 1:
        numbers = tuple(dict.fromkeys(each.number for each in alike or candidates))
        why = "several claims of the patient fit alike" if alike else "no claim has its control number"
        return None, Match(MatchKind.AMBIGUOUS if alike else MatchKind.NONE, candidates=numbers, why=why)
    found = _best(asked, alike)
    return found, Match(MatchKind.SOFT, ("control_number", *found.facts.differences(facts)))
