"""What became of a claim before it was paid: the 277CA and the answer to a status inquiry (277).

A 277CA answers a batch of claims. A `ClaimStatus` is one claim of it, with the levels above: who answers, whom,
the batch and the provider, each with statuses and totals of its own. A batch or a provider that was refused as a
whole names no claims; it is one `ClaimStatus` with the `level` batch or provider.

>>> status = Status("A7", "562", entity="85", action="U", charge=125)
>>> status.is_rejected, status
(True, Status(category='A7', code='562', entity='85', action='U', charge=Decimal('125')))

Source: ASC X12 005010X214 and 005010X212 (facts only, in own words).
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.model.base import (
    PHI,
    Date,
    Day,
    Money,
    Part,
    all_of,
    money,
    optional_day,
    optional_money,
    optional_period,
    part,
    texts,
)
from medcode.claims.model.party import Contact, Identifier, Named, contacts, to_identifiers
from medcode.claims.model.procedure import Procedure, optional_procedure
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BatchStatus",
    "ClaimStatus",
    "InquiryStatus",
    "LineStatus",
    "ProviderStatus",
    "Status",
    "StatusHeader",
    "StatusParty",
    "StatusReceiver",
    "StatusSource",
]

ACCEPTED = frozenset({"A0", "A1", "A2", "A5"})
"""Categories of a 277CA that go with action WQ."""

REJECTED = frozenset({"A3", "A4", "A6", "A7", "A8"})
"""Categories of a 277CA that go with action U."""


@part
class Status(Part):
    """One status: a category, a status code and, where the code speaks of one, an entity.

    Of a 277CA: `category` A0 forwarded, A1 received, A2 accepted, A3 returned unprocessed, A4 not found, A5 split,
    A6 information missing, A7 information invalid, A8 fields disagree; `action` WQ accepted, U rejected; `charge` the amount it
    is about; `date` the day it took effect; `text` the payer's own words. Of a 277, categories begin with P pending,
    F final, R more is asked for, D search, E error; `paid`, `paid_date`, `check_date` and `check_number` tell
    the payment. `pharmacy` is RX where the code is an NCPDP reject code.
    """

    category: str
    code: str
    entity: str | None = None
    date: Day | None = attrs.field(default=None, converter=optional_day, kw_only=True)
    action: str | None = attrs.field(default=None, kw_only=True)
    charge: Money | None = attrs.field(default=None, converter=optional_money, kw_only=True)
    text: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    pharmacy: str | None = attrs.field(default=None, kw_only=True)
    paid: Money | None = attrs.field(default=None, converter=optional_money, kw_only=True)
    paid_date: Day | None = attrs.field(default=None, converter=optional_day, kw_only=True)
    check_date: Day | None = attrs.field(default=None, converter=optional_day, kw_only=True)
    check_number: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)

    @property
    def is_accepted(self) -> bool:
        """Whether a 277CA accepts: its action says so or, without one, its category."""
        return self.action == "WQ" if self.action else self.category in ACCEPTED

    @property
    def is_rejected(self) -> bool:
        """Whether a 277CA rejects: its action says so or, without one, its category."""
        return self.action == "U" if self.action else self.category in REJECTED


def to_statuses(values: Iterable[Status]) -> tuple[Status, ...]:
    """Return statuses as a tuple, in order. Raises TypeError for anything else."""
    return all_of(Status, values)


@part(kw_only=True)
class StatusParty(Named):
    """A person or an organization with an identifier; `id_type` says of what kind `id` is."""

    entity_type: str = "1"
    suffix: str | None = attrs.field(default=None, metadata=PHI)
    prefix: str | None = attrs.field(default=None, metadata=PHI)
    id: str | None = attrs.field(default=None, metadata=PHI)
    id_type: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether this is a person, named or not."""
        return self.entity_type != "2"


@part(kw_only=True)
class StatusHeader(Part):
    """The head of a transaction set of statuses: the answer's own reference, and when it was made."""

    reference: str = attrs.field(metadata=PHI)
    created_date: date | Malformed
    created_time: time | Malformed


@part(kw_only=True)
class StatusSource(Part):
    """Who answers: `entity` is AY a clearinghouse, PR the payer. `trace` is its own number of the transmission."""

    organization: str | None = None
    entity: str = "PR"
    id: str | None = None
    id_type: str = "PI"
    trace: str | None = attrs.field(default=None, metadata=PHI)
    received_date: Day | None = attrs.field(default=None, converter=optional_day)
    processed_date: Day | None = attrs.field(default=None, converter=optional_day)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=contacts)


@part(kw_only=True)
class StatusReceiver(StatusParty):
    """Who sent the claims and is answered."""


@part(kw_only=True)
class _Totals(Part):
    """Statuses of a level, with how many claims it accepted and rejected, and for how much."""

    statuses: tuple[Status, ...] = attrs.field(default=(), converter=to_statuses)
    accepted_count: Money | None = attrs.field(default=None, converter=optional_money)
    rejected_count: Money | None = attrs.field(default=None, converter=optional_money)
    accepted_charge: Money | None = attrs.field(default=None, converter=optional_money)
    rejected_charge: Money | None = attrs.field(default=None, converter=optional_money)


@part(kw_only=True)
class BatchStatus(_Totals):
    """What became of a batch: `reference` is the reference (BHT03) of the claims that were sent, or of the inquiry."""

    reference: str | None = attrs.field(default=None, metadata=PHI)


@part(kw_only=True)
class ProviderStatus(_Totals):
    """What became of the claims of a provider; `trace` is the provider's number of them, often 0."""

    party: StatusParty | None = None
    trace: str | None = attrs.field(default=None, metadata=PHI)
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)


@part(kw_only=True)
class LineStatus(Part):
    """What became of a line; `control_number` is the line control number of the claim, else the number of the line."""

    procedure: Procedure | None = attrs.field(default=None, converter=optional_procedure)
    charge: Money = attrs.field(converter=money)
    paid: Money | None = attrs.field(default=None, converter=optional_money)
    revenue_code: str | None = None
    units: Money | None = attrs.field(default=None, converter=optional_money)
    statuses: tuple[Status, ...] = attrs.field(default=(), converter=to_statuses)
    control_number: str | None = attrs.field(default=None, metadata=PHI)
    prescription_number: str | None = attrs.field(default=None, metadata=PHI)
    service_date: Date | None = attrs.field(default=None, converter=optional_period, metadata=PHI)


def to_line_statuses(values: Iterable[LineStatus]) -> tuple[LineStatus, ...]:
    """Return line statuses as a tuple, in order. Raises TypeError for anything else."""
    return all_of(LineStatus, values)


@part(kw_only=True)
class ClaimStatus(Part):
    """What became of a claim (277CA), with the levels above it.

    `control_number` is CLM01 as it was sent, perhaps cut at 20 characters; `payer_claim_number` the payer's own (REF 1K);
    `clearinghouse_number` is REF D9 of the claim. `batch.statuses` say what became of the batch and decide nothing
    about a claim.
    """

    guide: ClassVar[str] = "005010X214"

    source: StatusSource
    receiver: StatusReceiver
    batch: BatchStatus | None = None
    provider: ProviderStatus | None = None
    patient: StatusParty | None = None
    control_number: str | None = attrs.field(default=None, metadata=PHI)
    statuses: tuple[Status, ...] = attrs.field(default=(), converter=to_statuses)
    payer_claim_number: str | None = attrs.field(default=None, metadata=PHI)
    clearinghouse_number: str | None = attrs.field(default=None, metadata=PHI)
    bill_type: str | None = None
    service_date: Date | None = attrs.field(default=None, converter=optional_period, metadata=PHI)
    lines: tuple[LineStatus, ...] = attrs.field(default=(), converter=to_line_statuses)
    extras: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False, repr=False, metadata=PHI)

    @property
    def level(self) -> str:
        """What this is about: claim, provider (refused as a whole) or batch (the same)."""
        if self.control_number is not None or self.statuses or self.patient is not None:
            return "claim"
        return "provider" if self.provider is not None else "batch"

    @property
    def deciding(self) -> tuple[Status, ...]:
        """The statuses of its own level: of the claim, or of the provider or the batch that was refused as a whole."""
        if self.level == "claim":
            return self.statuses
        above = self.provider or self.batch
        return above.statuses if above else ()

    @property
    def is_rejected(self) -> bool:
        """Whether the claim goes no further: one of its statuses rejects it."""
        return any(status.is_rejected for status in self.deciding)

    @property
    def is_accepted(self) -> bool:
        """Whether its statuses accept the claim."""
        return not self.is_rejected and any(status.is_accepted for status in self.deciding)


@part(kw_only=True)
class InquiryStatus(ClaimStatus):
    """What a payer answers to a status inquiry (277): the same, with how it was decided and paid.

    `patient` is the subscriber, `dependent` the patient who is not. `patient_account_number` (REF EJ) is the provider's number.
    """

    guide: ClassVar[str] = "005010X212"

    dependent: StatusParty | None = None
    patient_account_number: str | None = attrs.field(default=None, metadata=PHI)
    prescription_number: str | None = attrs.field(default=None, metadata=PHI)
    voucher: str | None = attrs.field(default=None, metadata=PHI)
