"""Claims collected into the events of a patient: each once, nothing of claims that are void, nobody else's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from medcode.history.event import KINDS, ROLES, Person
from medcode.history.reading import claim_events, document_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medcode.claims.model.claim import Claim
    from medcode.history.event import CodedEvent, EventSource

__all__ = ["Collector", "agreed", "once"]

_REPLACEMENT, _VOID = "7", "8"


class Collector:
    """Collects the claims of one patient; a claim that voids or replaces another takes its place."""

    def __init__(self, key: str) -> None:
        self.person = Person(key)
        self.notes: list[str] = []
        self._claims: dict[tuple[str, ...], list[CodedEvent]] = {}

    def add(self, number: int, claim: Claim) -> None:
        """Add a claim by its position from 1."""
        patient = claim.patient
        born = patient.birth_date if isinstance(patient.birth_date, date) else None
        self.person = agreed(self.person, Person(self.person.key, born, patient.sex), f"claim {number}")
        npi = claim.billing_provider.npi
        key = document_of(claim), claim.control_number, str(npi or claim.billing_provider.organization or "")
        if claim.frequency in {_REPLACEMENT, _VOID} and self._claims.pop(key, None) is None:
            kind = "voids" if claim.frequency == _VOID else "replaces"
            self.notes.append(f"claim {number} {kind} a claim that is not here")
        if claim.frequency != _VOID:
            self._claims.setdefault(key, []).extend(claim_events(claim))

    def events(self) -> Iterator[CodedEvent]:
        """Yield the events of the claims that hold."""
        for events in self._claims.values():
            yield from events


def agreed(one: Person, other: Person, where: str) -> Person:
    """Return a person with what either knows. Raises ValueError where birth dates or sexes contradict."""
    known: Mapping[str, tuple[Any, Any]] = {
        "birth dates": (one.birth_date, other.birth_date),
        "sexes": (_sex(one), _sex(other)),
    }
    for name, (first, second) in known.items():
        if first and second and first != second:
            raise ValueError(f"{where}: one patient with two different {name}")
    return Person(one.key, one.birth_date or other.birth_date, _sex(one) or _sex(other))


def _sex(person: Person) -> str | None:
    return None if person.sex == "U" else person.sex


def once(events: Iterable[CodedEvent]) -> tuple[CodedEvent, ...]:
    """Return events in order, each code of a span of days once with the sources of all."""
    found: dict[tuple[object, ...], CodedEvent] = {}
    sources: dict[tuple[object, ...], dict[EventSource, None]] = {}
    for event in events:
        key = event.kind, event.code_set, event.code, event.start, event.end, event.modifiers
        known = found.get(key)
        if known is None:
            found[key] = event
            continue
        sources.setdefault(key, dict.fromkeys(known.sources)).update(dict.fromkeys(event.sources))
        if _tells_more(event, known):
            found[key] = event
    merged = (
        attrs.evolve(event, sources=tuple(sorted(sources[key], key=_source_place)))
        if key in sources
        else event
        for key, event in found.items()
    )
    return tuple(sorted(merged, key=_place))


def _tells_more(event: CodedEvent, known: CodedEvent) -> bool:
    return (ROLES.index(event.role), not event.present_on_admission) < (
        ROLES.index(known.role),
        not known.present_on_admission,
    )


def _place(event: CodedEvent) -> tuple[object, ...]:
    """Return where an event is in order: by its days, then kind, role and code; the undated last."""
    days = (event.start or date.max, event.end or date.max)
    return (
        *days,
        KINDS.index(event.kind),
        ROLES.index(event.role),
        event.code_set,
        event.code,
        event.modifiers,
    )


def _source_place(source: EventSource) -> tuple[object, ...]:
    return source.document, source.number or "", source.line or 0, source.npi or ""
