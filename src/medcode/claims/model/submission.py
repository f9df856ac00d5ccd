"""Who sends claims to whom: what precedes the first claim of a transaction set."""

from __future__ import annotations

from datetime import date, time

import attrs

from medcode.claims.model.base import PHI, Part, part
from medcode.claims.model.party import Contact, Named, contacts
from medcode.codesets.base import Malformed

__all__ = ["Receiver", "Submitter", "TransactionHeader"]


@part(kw_only=True)
class Submitter(Named):
    """Who sends the file: a name, the id assigned by the receiver, and contacts."""

    id: str | None = attrs.field(default=None, metadata=PHI)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=contacts)


@part(kw_only=True)
class Receiver(Part):
    """Who receives the file: a name and an id."""

    organization: str | None = None
    id: str | None = attrs.field(default=None, metadata=PHI)


@part(kw_only=True)
class TransactionHeader(Part):
    """The head of a transaction set.

    `purpose` is 00 original or 18 reissue; `reference` the sender's own id of the batch;
    `claim_type` is CH for claims to be paid, RP for encounters that are reported, 31 for
    subrogation demands.
    """

    reference: str = attrs.field(metadata=PHI)
    created_date: date | Malformed
    created_time: time | Malformed
    purpose: str = "00"
    claim_type: str = "CH"
    submitter: Submitter = Submitter()
    receiver: Receiver = Receiver()
