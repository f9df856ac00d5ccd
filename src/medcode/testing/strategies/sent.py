"""Claims on their way: envelopes, submissions and whole interchanges."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from medcode.claims.submission import Submission
from medcode.claims.x12 import Envelope
from medcode.testing.strategies.dental import dental_claims
from medcode.testing.strategies.institutional import institutional_claims
from medcode.testing.strategies.parties import submitters
from medcode.testing.strategies.primitives import DAY, identifiers, kept, names, one_of
from medcode.testing.strategies.professional import professional_claims

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Claim

__all__ = ["any_claims", "envelopes", "interchanges", "submissions"]


@kept
def envelopes(valid_on: date = DAY) -> SearchStrategy[Envelope]:
    """Draw envelopes of a day: who sends to whom, under which numbers."""
    return st.builds(
        Envelope,
        sender=identifiers(2, 15),
        receiver=identifiers(2, 15),
        control_number=st.integers(1, 999_999_999),
        usage=one_of("TP"),
        created=st.builds(
            datetime.combine, st.just(valid_on), st.builds(time, st.integers(0, 23), st.integers(0, 59))
        ),
        submitter=st.none() | submitters(),
        receiver_name=st.none() | names(60),
        line_end=one_of(("", "\n")),
    )


@kept
def any_claims(valid_on: date = DAY) -> SearchStrategy[Claim]:
    """Draw claims of all three kinds."""
    return professional_claims(valid_on) | institutional_claims(valid_on) | dental_claims(valid_on)


@kept
def submissions(valid_on: date = DAY, *, most: int = 3) -> SearchStrategy[Submission]:
    """Draw submissions of one or a few claims, of any kind, for care on a day."""
    claims = st.lists(
        any_claims(valid_on), min_size=1, max_size=most, unique_by=lambda claim: claim.subscriber.member_id
    )
    return st.builds(Submission, claims, envelope=envelopes(valid_on))


@kept
def interchanges(valid_on: date = DAY, *, most: int = 3) -> SearchStrategy[str]:
    """Draw interchanges as X12 text: a group for each guide in a row of claims."""
    return submissions(valid_on, most=most).map(lambda submission: submission.to_x12())
