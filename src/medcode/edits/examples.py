"""Small claims for the examples of edits: everything given that the edit is not about.

Nobody in them exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.line import ProfessionalLine
from medcode.claims.model.party import Address, Payer, Provider, Subscriber
from medcode.claims.model.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.model.claim import Claim

__all__ = ["line", "plain", "visit"]

BILLING = Provider(
    organization="EXAMPLE CLINIC",
    npi="1234567893",
    tax_id="123456789",
    address=Address("1 MAIN ST", "ANYTOWN", "NY", "123450001"),
)
SUBSCRIBER = Subscriber(last_name="DOE", first_name="SAM", member_id="1", sex="F", claim_filing="CI")
PAYER = Payer(organization="EXAMPLE PAYER", payer_id="12345")


def line(code: str = "99213", modifiers: tuple[str, ...] = (), **changes: Any) -> ProfessionalLine:
    """Make a line of one service on 2026-01-05 for 100 dollars."""
    procedure: dict[str, Any] = {"code": code, "modifiers": modifiers}
    given = {"procedure": Procedure(**procedure), "charge": "100", "service_date": "2026-01-05", **changes}
    return ProfessionalLine(**given)


def visit(
    *diagnoses: str, on: str = "2026-01-05", age: int | None = 40, sex: str | None = "F", **changes: Any
) -> ProfessionalClaim:
    """Make an office visit of a patient who had a birthday on New Year's Day."""
    born = None if age is None else f"{int(on[:4]) - age}-01-01"
    given: dict[str, Any] = {
        "control_number": "EXAMPLE",
        "billing_provider": BILLING,
        "payer": PAYER,
        "subscriber": SUBSCRIBER.evolve(birth_date=born, sex=sex),
        "diagnoses": diagnoses or ("E11.9",),
        "lines": (line(service_date=on),),
        **changes,
    }
    return ProfessionalClaim(**given)


PLAIN: dict[type[Claim], Callable[[], Claim]] = {ProfessionalClaim: visit}


def plain(claim: Claim) -> Claim:
    """Give the plain example of a claim's kind."""
    return PLAIN[type(claim)]()
