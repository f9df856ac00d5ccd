"""The services of each patient over the claims of a batch and of the history, found by patient, practitioner and day.

A claim is added once, before any is judged, so that the order of claims does not matter; looking up costs the
same however many there are. A patient is known by member id and birth date, and a practitioner by the NPI. A replacement (7)
takes the place of the claims of the same number or days before it, and a void (8) removes them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.edits.bills import is_acute_stay, is_opps
from medcode.edits.context import Context
from medcode.edits.days import first_day
from medcode.edits.kinds import AMBULANCE, CodeList
from medcode.edits.services import key_of, services, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables

__all__ = [
    "FACE_TO_FACE",
    "NOT_RELATED",
    "PART",
    "VISITS",
    "Billed",
    "History",
    "Record",
    "days_of",
    "group_of",
    "is_apart",
    "patient_of",
    "practitioner_of",
    "twin_key",
]

FACE_TO_FACE = CodeList(
    "10004-36405 36420-36590 36593-69990 90791-90853 92002-92014 97802-97804 98940-98942 99202-99255 99281-99285 "
    "99291-99337 99341-99357 99381-99412 99460-99480 99483 99495-99498 G0101 G0104 G0105 G0121 G0402 G0438 G0439"
)
"""Services for which the practitioner sees the patient: procedures and visits.

Tests and their reading, drawing blood, and care by telephone, by message or between visits are not.
"""

VISITS = CodeList("92002-92014 99202-99215 99221-99239 99241-99255 99281-99285 99304-99318 99341-99350")

REPLACEMENT, VOID = "7", "8"
NOT_RELATED = "51"
"""Condition code: outpatient services before a stay that are neither diagnostic nor related to it."""

DIALYSIS = ("082", "083", "084", "085")
"""How revenue codes of maintenance dialysis begin."""

PART = frozenset({"26", "TC"})
"""Modifiers of tests and of their reading."""

MOST_DAYS = 366
"""Days of a span that are looked at; a longer one is a mistake that other edits report."""


class Billed(NamedTuple):
    """A service on a claim: `order` counts the claims, first those of the history, and `where` names the claim."""

    order: int
    where: str
    service: Service
    claim: Claim
    practitioner: str

    @property
    def place(self) -> str:
        """The claim and the line, as billers count them."""
        return f"{self.where}, {self.service.line}"


class Record:
    """The services of one patient that are billed to the first payer, or to the second, and so on.

    What another payer is asked for after the first is no duplicate and adds no units; `seen`, by which a patient is
    known, is the same for all of them.
    """

    def __init__(self, seen: dict[str, list[tuple[date, int, Billed]]]) -> None:
        self.admissions: dict[tuple[str, date], str] = {}
        """By hospital and day: the claim of a stay that began then."""
        self.visits: dict[tuple[str, date], str] = {}
        """By hospital and day: the first outpatient bill of services that may belong to a stay."""
        self.first: dict[object, Billed] = {}
        """By code, modifiers, practitioner, day and whatever else a duplicate shares: the first that is billed."""
        self.on_day: dict[tuple[str, date], dict[tuple[str, frozenset[str]], Billed]] = {}
        """By practitioner and day: the first service of each code and its modifiers."""
        self.units: dict[tuple[str, str, date], list[tuple[int, Decimal]]] = {}
        """By code, practitioner and day: the units of each claim, in order."""
        self.sums: dict[tuple[str, str, date], dict[int, tuple[Decimal, Decimal]]] = {}
        """Of those that were asked for, the units before each claim and on it."""
        self.seen = seen
        """By practitioner, and by group and specialty: the services for which the patient was seen."""
        self.by_code: dict[str, list[Billed]] = {}
        """The services of each code by day."""

    def add(self, order: int, where: str, context: Context[Claim]) -> None:
        """Add the services of a claim."""
        claim = context.claim
        if isinstance(claim, InstitutionalClaim):
            self._add_bill(where, context, claim)
        for service in services(context):
            billed = Billed(order, where, service, claim, practitioner_of(claim, service))
            self.by_code.setdefault(service.code, []).append(billed)
            if (
                isinstance(claim, ProfessionalClaim)
                and service.code in FACE_TO_FACE
                and not service.modifiers & PART
            ):
                for who_saw in (billed.practitioner, group_of(claim, service)):
                    if who_saw:
                        self.seen.setdefault(who_saw, []).append((service.day, order, billed))
            shared = service.code, billed.practitioner, key_of(claim, service)
            for day in days_of(service):
                self.first.setdefault((*shared, day), billed)
                group = self.on_day.setdefault((billed.practitioner, day), {})
                group.setdefault((service.code, service.modifiers), billed)
                counted = self.units.setdefault((service.code, billed.practitioner, day), [])
                if counted and counted[-1][0] == order:
                    counted[-1] = order, counted[-1][1] + service.daily
                else:
                    counted.append((order, service.daily))

    def _add_bill(self, where: str, context: Context[Claim], claim: InstitutionalClaim) -> None:
        """Note the day of admission of a stay, and the days of an outpatient bill."""
        hospital = who(claim.billing_provider)
        if is_acute_stay(claim):
            admitted = first_day(claim.admission)
            if admitted:
                self.admissions.setdefault((hospital, admitted), where)
        elif is_opps(claim) and NOT_RELATED not in claim.condition_codes:
            for line, day in zip(claim.lines, context.line_days, strict=True):
                if day and not is_apart(line):
                    self.visits.setdefault((hospital, day), where)

    def units_of(self, key: tuple[str, str, date], order: int) -> tuple[Decimal, Decimal]:
        """Return the units of a code, practitioner and day on the claims before one, and on that claim."""
        sums = self.sums.get(key)
        if sums is None:
            total, sums = Decimal(), {}
            for each, units in self.units[key]:
                sums[each] = total, units
                total += units
            self.sums[key] = sums
        return sums[order]

    def sort(self) -> None:
        """Sort the services of each code by their days, once all claims are read."""
        for billed in self.by_code.values():
            billed.sort(key=by_day)
        for seen in self.seen.values():
            seen.sort(key=lambda each: each[:2])

    def before(self, code: str, day: date, order: int) -> Iterator[Billed]:
        """Yield the services of a code before a day, and of earlier claims on it, the last first."""
        billed = self.by_code.get(code, [])
        at = bisect_left(billed, (day, order), key=by_day)
        return (billed[n] for n in range(at - 1, -1, -1))

    def last_seen(self, who_saw: str | None, since: date, before: date) -> Billed | None:
        """Return the last service before a day, since another, for which somebody saw the patient."""
        seen = self.seen.get(who_saw or "", [])
        at = bisect_left(seen, before, key=lambda each: each[0])
        return seen[at - 1][2] if at and seen[at - 1][0] >= since else None


def by_day(billed: Billed) -> tuple[date, int]:
    """Return what services are sorted by."""
    return billed.service.day, billed.order


class History:
    """The records of the patients of a batch, and what of the history could not be compared."""

    def __init__(
        self, batch: Sequence[tuple[Claim, date]], before: Iterable[Claim], tables: Tables, on: date
    ) -> None:
        self.records: dict[object, Record] = {}
        self.twins: dict[object, tuple[int, str]] = {}
        self.notes: list[str] = []
        wanted = {patient_of(claim) for claim, _ in batch}
        older = [*self._usable(before, wanted, tables, on)]
        self.begins = len(older)
        entries = [
            *((at, where, context) for at, (where, context) in enumerate(older)),
            *(
                (self.begins + at, f"claim {at + 1}", Context(claim, day, tables, at))
                for at, (claim, day) in enumerate(batch)
            ),
        ]
        self.left_out = self._replaced(entries)
        seen: dict[object, dict[str, list[tuple[date, int, Billed]]]] = {}
        for order, where, context in entries:
            patient = patient_of(context.claim)
            if patient is None or context.claim.frequency == VOID:
                self.left_out.add(order)
            if order in self.left_out:
                continue
            self.twins.setdefault(twin_key(context), (order, where))
            record = self.records.get(record_of(context.claim))
            if record is None:
                record = Record(seen.setdefault(patient, {}))
                self.records[record_of(context.claim)] = record
            record.add(order, where, context)
        for record in self.records.values():
            record.sort()

    def of(self, context: Context[Claim]) -> tuple[int, Record] | None:
        """Return the order of a claim of the batch and the record of its patient; None where it is not compared."""
        order = self.begins + context.number
        if order in self.left_out:
            return None
        return order, self.records[record_of(context.claim)]

    def twin(self, context: Context[Claim]) -> str | None:
        """Return which earlier claim bills the same as a claim of the batch, or None."""
        order = self.begins + context.number
        first = None if order in self.left_out else self.twins.get(twin_key(context))
        return first[1] if first and first[0] < order else None

    def _usable(
        self, before: Iterable[Claim], wanted: set[object], tables: Tables, on: date
    ) -> Iterator[tuple[str, Context[Claim]]]:
        """Yield the claims of the history that can be compared, and note what the others lack."""
        left: Counter[str] = Counter()
        seen: set[object] = set()
        for number, claim in enumerate(before):
            context = Context(claim, on, tables)
            patient = patient_of(claim)
            if patient is None:
                left["have no member id"] += 1
            elif patient not in wanted:
                left["are of other patients"] += 1
            elif context.day is None:
                left["have no date of service"] += 1
            elif (same := (claim.control_number, twin_key(context))) in seen:
                left["are in it twice"] += 1
            else:
                seen.add(same)
                yield f"claim {number + 1} of the history", context
        self.notes += [
            f"Not checked: claims of the history that {why} are left out ({count})."
            for why, count in left.items()
        ]

    def _replaced(self, entries: Sequence[tuple[int, str, Context[Claim]]]) -> set[int]:
        """Return the orders of claims that a replacement or a void takes the place of, wherever that is."""
        alike: dict[object, list[int]] = {}
        last: dict[int, list[object]] = {}
        for order, _, context in entries:
            claim = context.claim
            patient = record_of(claim)
            days = who(claim.billing_provider), type(claim), context.first_day, context.day
            keys: list[object] = [(patient, claim.control_number), (patient, *days)]
            for key in keys:
                alike.setdefault(key, []).append(order)
            if claim.frequency in {REPLACEMENT, VOID}:
                last[order] = keys
        found: set[int] = set()
        for order, (number, days_key) in last.items():
            others = [each for each in alike[number] if each != order]
            if not others and len(alike[days_key]) == 2:  # noqa: PLR2004  # itself and one other
                others = alike[days_key]
            found.update(each for each in others if each not in last or each < order)
        return found


def patient_of(claim: Claim) -> object:
    """Return what identifies a patient: member id and birth date; None without a member id.

    The member id counts however it is spelled. A dependent may share it even with a twin: there the first name
    counts too.

    >>> from medcode.edits.examples import SUBSCRIBER, visit
    >>> patient_of(visit(subscriber=SUBSCRIBER.evolve(member_id="m-12345")))
    ('M12345', None, '')
    """
    member = claim.subscriber.member_id
    if not member:
        return None
    name = (claim.dependent.first_name or "").upper() if claim.dependent else ""
    return re.sub(r"[\s-]", "", member).upper(), claim.patient.birth_date, name


def record_of(claim: Claim) -> tuple[object, str]:
    """Return what the claims have in common that are compared: the patient, and which of the payers is billed."""
    return patient_of(claim), claim.subscriber.payer_responsibility


def practitioner_of(claim: Claim, service: Service) -> str:
    """Return who rendered a service; on a bill of an institution which institution, and which of its two kinds."""
    if isinstance(claim, InstitutionalClaim):
        return f"{service.practitioner} {who(claim.billing_provider)}"
    return service.practitioner


def is_apart(line: InstitutionalLine) -> bool:
    """Whether a line is an ambulance trip or dialysis, which are never billed with the stay that follows."""
    is_trip = line.procedure is not None and line.procedure.code in AMBULANCE
    return is_trip or line.revenue_code.startswith(DIALYSIS)


def group_of(claim: ProfessionalClaim, service: Service) -> str | None:
    """Return the group and the specialty of who rendered a service; None where either is unknown."""
    provider = claim.lines[service.number].rendering_provider or claim.rendering_provider
    taxonomy = (provider and provider.taxonomy) or claim.billing_provider.taxonomy
    return f"{who(claim.billing_provider)} {taxonomy}" if taxonomy else None


def days_of(service: Service) -> Iterator[date]:
    """Yield the days of a service."""
    for ahead in range(min(service.days, MOST_DAYS)):
        yield service.day + timedelta(days=ahead)


def twin_key(context: Context[Claim]) -> int:
    """Return what two claims share of which one is the other's duplicate, whatever they charge."""
    claim = context.claim
    billed = tuple(
        (each.code, each.day, each.last, each.practitioner, key_of(claim, each)) for each in services(context)
    )
    uncoded = tuple(
        (line.revenue_code, line.service_date, line.charge)
        for line in claim.lines
        if isinstance(line, InstitutionalLine) and line.procedure is None
    )
    bill = claim.bill_type if isinstance(claim, InstitutionalClaim) else None
    between = who(claim.billing_provider), claim.payer.payer_id, claim.frequency, bill
    return hash((record_of(claim), between, context.day, billed, uncoded))
