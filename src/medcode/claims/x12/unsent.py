"""The structure of claims that are not written yet: what `dumps` would refuse, named by claim and attribute."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.text.envelope import Envelope
from medcode.claims.x12.write.judged import judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.findings import Finding

__all__ = ["watched"]

_AT_ONCE = 500
"""How many claims are written at once: memory does not grow with their number."""


def watched(
    claims: Iterable[Claim], envelope: Envelope | None, found: dict[Finding, None]
) -> Iterator[Claim]:
    """Yield claims, and add to `found` what is wrong with them as they would be written.

    Without an envelope only the claims are judged, since who sends them is not known. There is no file yet, so findings
    have no place in one.
    """
    given = envelope or Envelope(sender="SENDER", receiver="RECEIVER")
    left = iter(claims)
    before = 0
    while batch := [*islice(left, _AT_ONCE)]:
        yield from batch  # who takes them refuses what is not a claim
        for _, findings in judged(batch, given, check=True):
            for each in findings:
                if envelope or each.claim is not None:
                    found[_unplaced(each, before)] = None
        before += len(batch)


def _unplaced(finding: Finding, before: int) -> Finding:
    at = attrs.evolve(finding.location, position=None, offset=None, line=None, column=None)
    claim = None if finding.claim is None else finding.claim + before
    return attrs.evolve(finding, claim=claim, location=at)
