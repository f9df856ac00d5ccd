"""What a code of a payer's answer means: adjustment reasons and claim statuses, explained.

The edits whose findings a payer would likely answer with the code are named: they find it before a claim is sent.
Titles come from the lists that the user has loaded; what to do next from medcode's own grouping of reasons
(`medcode.claims.reasons`). Without a list the number is explained by the grouping alone, and it says so.

>>> print(explain_reason("97"))
CARC 97: Bundled
  Title: no list of adjustment reasons (CARC) is loaded; load yours with `medcode data add`
  Why: The payment is part of that for another service.
  Next: Check the edits for the pair; if the services were distinct, send a replacement claim with a modifier.
  Who: coding
  Appeal: yes
  Edits: OCE20, OCE21, OCE27, OCE40, OCE45, OCE47, OCE111, OCE125, NCCI01, PFS08, HIS02, HIS05, HIS06
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.reasons import REASONS, ReasonKind
from medcode.codesets.adjustment_reason import adjustment_reason
from medcode.codesets.base import Status
from medcode.codesets.status_category import status_category
from medcode.codesets.status_code import status_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.base import CodeSet

__all__ = ["ReasonExplanation", "StatusExplanation", "explain_reason", "explain_status"]

_GROUP = re.compile(r"^(CO|CR|OA|PI|PR)[- ]*", re.ASCII)
"""The adjustment group that precedes a reason; no reason begins with two letters."""

CATEGORIES = {
    "A0": "The claim was forwarded to another entity.",
    "A1": "The claim was received. This does not mean that it was accepted.",
    "A2": "The claim was accepted and goes on to be decided.",
    "A3": "The claim was returned unprocessed. Correct it and send it as a new claim.",
    "A4": "The claim was not found.",
    "A5": "The claim was split on acceptance.",
    "A6": "The claim was rejected because information is missing. Add it and send a new claim.",
    "A7": "The claim was rejected because information is invalid. Correct it and send a new claim.",
    "A8": "The claim was rejected because fields disagree. Correct them and send a new claim.",
}
"""The categories of a 277CA, in medcode's own words."""

FAMILIES = {
    "D": "The search gave more than one claim, or none.",
    "E": "The inquiry could not be answered. Send it again later, or correct it.",
    "F": "The claim is decided. Expect, or look up, its remittance.",
    "P": "The claim is pending. Wait, or ask again later.",
    "R": "The payer asks for more information. Send it.",
}
"""What the first letter of a category of a 277 says, in medcode's own words."""

ENTITIES = {
    "36": "employer",
    "40": "receiver",
    "41": "submitter",
    "71": "attending provider",
    "72": "operating physician",
    "77": "service facility",
    "82": "rendering provider",
    "85": "billing provider",
    "87": "pay-to provider",
    "AY": "clearinghouse",
    "DK": "ordering provider",
    "DN": "referring provider",
    "DQ": "supervising provider",
    "IL": "subscriber",
    "PR": "payer",
    "QC": "patient",
    "1P": "provider",
}
"""The entities that a status names most, in medcode's own words."""

_SHOWN = 20
"""How many edits a text names; plain values name all."""


@attrs.frozen
class ReasonExplanation:
    """An adjustment reason: its title if a list is loaded, what kind of work it asks for, and the edits that prevent it."""

    code: str
    title: str
    kind: str
    why: str
    next_step: str
    by: str
    appeal: str
    edits: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return attrs.asdict(self)

    def __str__(self) -> str:
        """Return it as text."""
        return (
            f"CARC {self.code}: {self.kind}\n  Title: {self.title}\n  Why: {self.why}\n"
            f"  Next: {self.next_step}\n  Who: {self.by}\n  Appeal: {self.appeal}{_edits_shown(self.edits)}"
        )


@attrs.frozen
class StatusExplanation:
    """A claim status: category, code and entity, each as far as it was asked for, and the edits that prevent it."""

    code: str
    category: str | None
    category_title: str | None
    status: str | None
    entity: str | None
    edits: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return attrs.asdict(self)

    def __str__(self) -> str:
        """Return it as text."""
        rows = {
            "Category": self.category,
            "Category title": self.category_title,
            "Status title": self.status,
            "Entity": self.entity,
        }
        shown = "".join(f"\n  {name}: {text}" for name, text in rows.items() if text)
        return f"Status {self.code}{shown}{_edits_shown(self.edits)}"


def _edits_shown(ids: tuple[str, ...]) -> str:
    more = f", and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"\n  Edits: {', '.join(ids[:_SHOWN])}{more}" if ids else ""


def _answered_with(status: str, category: str, entity: str) -> Iterator[str]:
    """Yield the ids of the edits whose 277CA status is this one; a part that is empty on either side fits."""
    from medcode.edits import EDITS

    for edit in EDITS.values():
        their_category, their_status, their_entity = [*(edit.ack or ":").split(":"), ""][:3]
        is_alike = entity == their_entity or not entity or not their_entity
        if their_status == status and category in {"", their_category} and is_alike:
            yield edit.id


def _title(codes: CodeSet[Any], code: str, what: str) -> str:
    """Return the title of a code, or why there is none."""
    status = codes.status(code)
    if status is Status.NOT_CHECKED:
        return f"no list of {what} is loaded; load yours with `medcode data add`"
    if code not in codes:
        return f"not in the loaded list of {what}"
    stopped = " (stopped)" if status is Status.DELETED else ""
    return f"{codes[code].title}{stopped}"


def explain_reason(code: str) -> ReasonExplanation:
    """Explain an adjustment reason (CARC), with or without its group as remittances print it. Raises ValueError.

    >>> explain_reason("CO-97").code
    '97'
    """
    code = _GROUP.sub("", code.strip().upper())
    if adjustment_reason.status(code) is Status.MALFORMED:
        raise ValueError(
            "an adjustment reason (CARC) is a number of up to three digits, or a letter and a number"
        )
    kind = REASONS.get(code, ReasonKind.OTHER)
    title = _title(adjustment_reason, code, "adjustment reasons (CARC)")
    from medcode.edits import EDITS

    ids = tuple(edit.id for edit in EDITS.values() if code in edit.carc)
    return ReasonExplanation(code, title, kind.title, kind.why, kind.next_step, kind.by, kind.appeal, ids)


def explain_status(code: str) -> StatusExplanation:
    """Explain a claim status: a category, a status code, or both with an entity, such as `A7:562:85`.

    Raises ValueError for what cannot be one.

    >>> print(explain_status("A7:562:85"))
    Status A7:562:85
      Category: The claim was rejected because information is invalid. Correct it and send a new claim.
      Category title: no list of claim status categories is loaded; load yours with `medcode data add`
      Status title: no list of claim status codes is loaded; load yours with `medcode data add`
      Entity: billing provider
      Edits: CLM03, CLM73
    """
    category, status, entity = [*(part.strip().upper() for part in code.split(":")), "", ""][:3]
    if not status and category.isdigit():
        category, status = "", category
    wrong = (category and status_category.status(category) is Status.MALFORMED) or (
        status and status_code.status(status) is Status.MALFORMED
    )
    if wrong or not (category or status):
        raise ValueError("a claim status is a category, a code, or both, such as A7, 562 or A7:562:85")
    words = CATEGORIES.get(category) or FAMILIES.get(category[:1])
    return StatusExplanation(
        ":".join(filter(None, (category, status, entity))),
        words,
        _title(status_category, category, "claim status categories") if category else None,
        _title(status_code, status, "claim status codes") if status else None,
        ENTITIES.get(entity, f"entity {entity}") if entity else None,
        tuple(_answered_with(status, category, entity)) if status else (),
    )
