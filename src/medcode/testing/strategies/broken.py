"""Claims of any kind, right or with exactly one thing wrong.

A broken claim takes from the failing example of an edit what makes it fail, that is what the plain
example of its kind has not, and all else that says who: names, numbers and addresses are drawn.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from medcode.claims.model.base import Part
from medcode.edits import EDITS, check
from medcode.edits.examples import plain
from medcode.testing.strategies.parties import payers, people, providers
from medcode.testing.strategies.primitives import DAY, identifiers, kept, one_of
from medcode.testing.strategies.sent import any_claims

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Claim

__all__ = ["claims"]

SENT = date(2026, 11, 23)
"""A day after the care in every edit's examples and less than a year after it: no claim is early or late."""


def claims(broken: str | None = None, *, valid_on: date = DAY) -> SearchStrategy[Claim]:
    """Return a strategy for claims of all three kinds for care on a day, or for claims with one finding.

    `broken` is the id or name of an edit: `check` finds that and nothing else. Such claims are for care
    in 2026, whatever `valid_on` says; a Medicare claim is late a year afterwards, so name the day it is
    sent: `check(claim, on=date(2026, 11, 23))`.

    Raises ValueError for an unknown edit, and for an edit that no single claim fails alone: one that
    needs tables of the user, compares the claims of a batch or runs only when it is selected.

    >>> from hypothesis import find
    >>> claim = find(claims(broken="npi-check-digit"), lambda _: True)
    >>> [finding.rule for finding in check(claim).findings]
    ['CLM03']
    """
    if broken is None:
        return any_claims(valid_on)
    examples = alone(EDITS.named(broken).id)
    if not examples:
        raise ValueError(f"no claim breaks {broken} and nothing else")
    return one_of(examples).flatmap(disguised)


@kept
def alone(rule: str) -> tuple[Claim, ...]:
    """Draw the failing examples of an edit in which nothing else is wrong."""
    return tuple(
        claim for claim in EDITS[rule].fails if [f.rule for f in check(claim, on=SENT).findings] == [rule]
    )


@st.composite
def disguised(draw: st.DrawFn, example: Claim) -> Claim:
    """Draw an example with other names, numbers and addresses, where those are not what is wrong."""
    usual = plain(example)
    drawn: dict[str, Any] = {
        "control_number": draw(identifiers(1)),
        "billing_provider": draw(providers(billing=True, person=False)),
        "payer": draw(payers()),
        "subscriber": usual.subscriber.evolve(**draw(people()), member_id=draw(identifiers())),
    }
    return example.evolve(
        **{name: mixed(getattr(example, name), getattr(usual, name), each) for name, each in drawn.items()}
    )


def mixed(given: Any, usual: Any, drawn: Any) -> Any:
    """Combine a given value with a drawn one: what differs from the usual example is kept, the rest is drawn."""
    if given == usual:
        return drawn
    if not isinstance(given, Part) or type(given) is not type(usual) or drawn is None:
        return given
    return drawn.evolve(
        **{
            field.name: mixed(*(getattr(each, field.name) for each in (given, usual, drawn)))
            for field in attrs.fields(type(given))
        }
    )
