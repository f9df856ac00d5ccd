"""The history itself: events in order, the questions one asks of them, and what is made of them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medcode.claims.model.base import DateRange
from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import icd10cm
from medcode.history.collecting import Collector, agreed, once
from medcode.history.event import Person
from medcode.history.folding import Folding
from medcode.history.question import Question
from medcode.history.reading import patient_key
from medcode.history.rows import day_in, event_of, registry_rows, rows_of, text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Self

    from medcode.history.event import CodedEvent, EventKind
    from medcode.history.folding import Problem
    from medcode.history.question import What
    from medcode.history.rows import DateDetail

__all__ = ["CodedHistory"]

_YEAR = 365


class CodedHistory:
    """A patient's coded events over time, each code of a span of days once, with all its sources.

    Events are in order of their first day; those without a day come last and answer no question
    about time. Questions take a `ValueSet`, plain text for ICD-10-CM (`"E11"`, `"E08-E13"`), a typed code
    such as `Cpt("99213")`, or several of these. By default a diagnosis also counts by what it is called
    on `as_of`, the last day of the shipped table unless it is given: an event of M54.5 answers to M54.5-.

    >>> from medcode.claims import ProfessionalClaim
    >>> def visit(number, day, code):
    ...     return ProfessionalClaim.from_dict({
    ...         "control_number": number, "billing_provider": {"organization": "CLINIC"},
    ...         "subscriber": {"last_name": "DOE", "member_id": "M1"}, "payer": {"organization": "PLAN"},
    ...         "diagnoses": [code], "lines": [{"charge": "90", "procedure": "99213", "service_date": day}],
    ...     })
    >>> history = CodedHistory.from_claims([visit("1", "2020-03-02", "M54.5"), visit("2", "2026-02-03", "M54.50")])
    >>> history
    <CodedHistory: 4 events, 3 codes>
    >>> history.first("M54.5").start
    datetime.date(2020, 3, 2)
    >>> [(problem.code.dotted, len(problem.events)) for problem in history.problems()]
    [('M54.5', 1), ('M54.50', 1)]
    """

    def __init__(
        self,
        person: Person,
        events: Iterable[CodedEvent],
        *,
        notes: Iterable[str] = (),
        as_of: date | None = None,
    ) -> None:
        self.person = person
        self.events = once(events)
        self.notes = tuple(notes)
        """What was not understood or did not fit, in words without patient data."""
        self.as_of = icd10cm.covered_day(as_of)

    # From where

    @classmethod
    def from_claims(
        cls,
        claims: Iterable[Claim],
        *,
        patient: Callable[[Claim], str | None] = patient_key,
        as_of: date | None = None,
    ) -> Self:
        """Return the history of one patient from claims: an iterator will do, such as `x12.iter_claims`.

        A claim that voids or replaces another of the same control number and billing provider takes
        its place. `patient` tells patients apart, for users with a patient index of their own. Raises
        ValueError, which names the claims by their position from 1, where they are of two patients, of
        nobody, or of contradicting birth dates or sexes.
        """
        found = cls.by_patient(claims, patient=patient, as_of=as_of)
        if len(found) != 1:
            many = (
                "no claim to read"
                if not found
                else f"the claims are of {len(found)} patients; see by_patient"
            )
            raise ValueError(many)
        [history] = found.values()
        return history

    @classmethod
    def by_patient(
        cls,
        claims: Iterable[Claim],
        *,
        patient: Callable[[Claim], str | None] = patient_key,
        as_of: date | None = None,
    ) -> dict[str, Self]:
        """Return the history of each patient of claims, by the key of `patient`. Raises ValueError as `from_claims`."""
        people: dict[str, Collector] = {}
        for number, claim in enumerate(claims, 1):
            if not isinstance(claim, Claim):
                raise TypeError(f"item {number} must be a claim, not {type(claim).__name__}")
            key = patient(claim)
            if key is None:
                raise ValueError(
                    f"claim {number}: neither a member id nor a name with a birth date tells the patient"
                )
            people.setdefault(key, Collector(key)).add(number, claim)
        return {
            key: cls(each.person, each.events(), notes=each.notes, as_of=as_of)
            for key, each in people.items()
        }

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]], *, as_of: date | None = None) -> Self:
        """Return the history of one patient from rows as `to_rows` gives them; see `rows_by_patient`.

        Raises ValueError, which names row and column, also where the rows are of two patients.
        """
        found = cls.rows_by_patient(rows, as_of=as_of)
        if len(found) != 1:
            raise ValueError(f"the rows are of {len(found)} patients; one is expected")
        [history] = found.values()
        return history

    @classmethod
    def rows_by_patient(
        cls, rows: Iterable[Mapping[str, Any]], *, as_of: date | None = None
    ) -> dict[str, Self]:
        """Return the history of each patient of rows, such as the records of a data frame.

        A row needs `patient`, `code_set` and `code`; all other columns of `to_rows` may be missing or empty,
        and `title` is not read. Days are dates or ISO text. Raises ValueError, which names row and column.
        """
        people: dict[str, tuple[Person, list[CodedEvent]]] = {}
        for at, row in enumerate(rows, 1):
            key = text_in(row, "patient")
            if key is None:
                raise ValueError(f"row {at}: column patient is empty")
            person, events = people.setdefault(key, (Person(key), []))
            other = Person(key, day_in(row, "birth_date", at), text_in(row, "sex"))
            people[key] = agreed(person, other, f"row {at}"), events
            events.append(event_of(row, at))
        return {key: cls(person, events, as_of=as_of) for key, (person, events) in people.items()}

    @classmethod
    def from_bundle(cls, bundle: Mapping[str, Any], *, as_of: date | None = None) -> Self:
        """Return the history of the one patient of a FHIR R4 bundle, anybody's; `notes` lists what was not read.

        Conditions, procedures, medications and immunizations are read, and the diagnoses, procedures and items
        of claims and explanations of benefit. Raises ValueError where they are of two patients.
        """
        from medcode.claims.fhir.history_decode import read_history

        person, events, notes = read_history(bundle)
        return cls(person, events, notes=notes, as_of=as_of)

    def merged(self, *others: CodedHistory) -> CodedHistory:
        """Return one history of several of the same patient, without doubles.

        Raises ValueError for another patient: `person.key` differs, or birth date or sex contradict.
        """
        person = self.person
        for other in others:
            if other.person.key != person.key:
                raise ValueError("the histories are of different patients")
            person = agreed(person, other.person, "the histories")
        notes = dict.fromkeys(note for each in (self, *others) for note in each.notes)
        events = (event for each in (self, *others) for event in each.events)
        return CodedHistory(person, events, notes=notes, as_of=self.as_of)

    # Questions

    def find(
        self,
        what: What,
        *,
        since: date | None = None,
        before: date | None = None,
        kind: EventKind | None = None,
        fold: bool = True,
    ) -> tuple[CodedEvent, ...]:
        """Return the events of codes, in order of their first day.

        `since` is the first day that counts, `before` the first that no longer does: an event counts
        that begins before it and ends on `since` or later. An event without a day counts only
        where neither is given.
        """
        question = Question(what, self._folding.current if fold else None)
        return tuple(
            event
            for event in self.events
            if (kind is None or event.kind == kind)
            and _within(event, since, before)
            and question.matches(event)
        )

    def first(self, what: What, **limits: Any) -> CodedEvent | None:
        """Return the first dated event of codes, or None; `limits` are those of `find`."""
        return next((event for event in self.find(what, **limits) if event.start), None)

    def last(self, what: What, **limits: Any) -> CodedEvent | None:
        """Return the dated event of codes that ends last, or None; `limits` are those of `find`."""
        dated = [event for event in self.find(what, **limits) if event.end]
        return max(dated, key=_end, default=None)

    def ever(self, what: What, **limits: Any) -> bool:
        """Whether codes were ever documented, dated or not; `limits` are those of `find`."""
        return bool(self.find(what, **limits))

    def active(self, on: date, *, within: int = _YEAR) -> tuple[Problem, ...]:
        """Return the problems documented on a day or in the `within` days before it.

        Claims say when a problem was treated, not when it ended: how long it counts is a choice.
        """
        start, end = on - timedelta(days=within), on + timedelta(days=1)
        return self._folding.problems(
            [event for event in self.diagnoses if event.start and _within(event, start, end)]
        )

    def is_active(self, what: What, on: date, *, within: int = _YEAR) -> bool:
        """Whether codes were documented on a day or in the `within` days before it."""
        start, end = on - timedelta(days=within), on + timedelta(days=1)
        return any(event.start for event in self.find(what, since=start, before=end))

    def gaps(self, what: What, *, longer_than: int = _YEAR) -> tuple[DateRange, ...]:
        """Return the spans between two events of codes in which no day is documented, if longer than so many days."""
        found = []
        through: date | None = None
        for event in self.find(what):
            if event.start is None or event.end is None:
                continue
            if through is not None and (event.start - through).days - 1 > longer_than:
                found.append(DateRange(through + timedelta(days=1), event.start - timedelta(days=1)))
            through = event.end if through is None else max(through, event.end)
        return tuple(found)

    def problems(self) -> tuple[Problem, ...]:
        """Return the diagnoses folded over successors and releases, the problem documented first at the front."""
        return self._folding.problems(self.diagnoses)

    @cached_property
    def diagnoses(self) -> tuple[CodedEvent, ...]:
        """The diagnoses, in order."""
        return tuple(event for event in self.events if event.kind == "diagnosis")

    @cached_property
    def procedures(self) -> tuple[CodedEvent, ...]:
        """The procedures and services, in order."""
        return tuple(event for event in self.events if event.kind == "procedure")

    @cached_property
    def drugs(self) -> tuple[CodedEvent, ...]:
        """The drugs and products, in order."""
        return tuple(event for event in self.events if event.kind == "drug")

    # Elsewhere

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a row for each source of each event, with patient data; `from_rows` reads them."""
        return list(rows_of(self.person, self.events))

    def to_registry(
        self, key: bytes, what: What | None = None, *, dates: DateDetail = "year"
    ) -> list[dict[str, Any]]:
        """Return rows for a registry with the fewest identifiers that it needs.

        `key`, of 16 bytes or more, makes the pseudonym: the same patient has the same one in every
        export with that key, and nobody finds the patient without it. `what` limits the rows to the
        codes that the registry is about. With `dates="year"` the rows keep to the Safe Harbor method:
        years alone, no birth year for a patient over 89, no provider and no claim number. With
        `dates="shifted"` all days of a patient move back by the same 1 to 365 days, so that intervals stay;
        that is not Safe Harbor. Sex and birth year stay either way.

        Source: 45 CFR 164.514(b)(2).
        """
        events = self.events if what is None else self.find(what)
        return registry_rows(self.person, events, key, dates)

    def to_bundle(self) -> dict[str, Any]:
        """Return the history as a FHIR R4 bundle, which `from_bundle` reads back equal.

        It holds the patient, and a Condition, Procedure or MedicationAdministration for each event.
        """
        from medcode.claims.fhir.history_encode import write_history

        return write_history(self.person, self.events)

    # What else it is

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.events)

    def __iter__(self) -> Iterator[CodedEvent]:
        """Yield the events in order."""
        return iter(self.events)

    def __eq__(self, other: object) -> bool:
        """Compare the person and the events."""
        if not isinstance(other, CodedHistory):
            return NotImplemented
        return (self.person, self.events) == (other.person, other.events)

    __hash__ = None  # type: ignore[assignment]  # a history is a collection, compared by content

    def __repr__(self) -> str:
        """Show how much it holds, and no patient data."""
        codes = len({(event.code_set, event.code) for event in self.events})
        return f"<CodedHistory: {len(self.events)} events, {codes} codes>"

    @cached_property
    def _folding(self) -> Folding:
        return Folding(self.as_of)


def _end(event: CodedEvent) -> date:
    return event.end or date.min


def _within(event: CodedEvent, since: date | None, before: date | None) -> bool:
    if since is None and before is None:
        return True
    if event.start is None or event.end is None:
        return False
    return (since is None or event.end >= since) and (before is None or event.start < before)
