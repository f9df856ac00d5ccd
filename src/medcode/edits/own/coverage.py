"""POL01 to POL05: what a coverage policy of the user limits: diagnoses, ages, sex, places and modifiers.

One class and a table: each row names the aspect and how a service agrees with a policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.modifiers.lists import LIABILITY, listed
from medcode.edits.own.policy import OLDEST, Policy
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.edits.tables import Tables
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["POLICY_EDITS", "PolicyEdit"]

NOT_GIVEN = "Not checked: pass coverage policies as Tables(policies=...)."
EXAMPLE = Tables(
    policies=[
        Policy(
            name="L12345",
            codes="G0108",
            diagnoses=["E08", "E11"],
            excluded=["E11.65"],
            ages=(18, 75),
            sex="F",
            places=["11"],
            modifiers=["KX", "GA"],
        )
    ]
)


@attrs.frozen(kw_only=True)
class Row:
    """One aspect: whether a service agrees with a policy, None if that is unknown, and what the policy asks for."""

    number: int
    name: str
    ack: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...]
    agrees: Callable[[Policy, Service, Context[Claim]], bool | None]
    asks: Callable[[Policy], str]
    what: str
    fix: str
    fails: Claim
    requires: tuple[str, ...] = ()


@final
class PolicyEdit(Edit[ProfessionalClaim | InstitutionalClaim]):
    """One row of the table below: an aspect of the user's coverage policies."""

    snip = 7
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    source = Source("the user", "a coverage policy passed to the check")
    opt_in = True
    applies_to = "procedures"
    example_tables = EXAMPLE

    def __init__(self, row: Row) -> None:
        self.row = row
        self.id, self.name = f"POL{row.number:02}", row.name
        self.ack, self.carc, self.rarc = row.ack, row.carc, row.rarc
        self.requires = ("day", "days", *row.requires)
        why = "the policy in force on the day of service does not cover it otherwise."
        self.__doc__ = f"{row.what}\n\nWhy: {why}\nFix: {row.fix}"
        self.passes, self.fails = (billed(),), (row.fails,)

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to pass policies, where there are none."""
        return None if tables.policies else NOT_GIVEN

    def check(
        self,
        claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Compare each service with the policies about it; the rows of one policy add up."""
        for service in services(context):
            if service.modifiers & LIABILITY:
                continue
            for name, rows in policies_of(context, service, claim.payer.payer_id).items():
                answers = [self.row.agrees(row, service, context) for row in rows]
                if answers and False in answers and True not in answers:
                    asked = "; or ".join(dict.fromkeys(map(self.row.asks, rows)))
                    message = f"{service.code} ({service.line}) is not covered as billed: policy {name} asks for {asked}."
                    yield self.fail(service.path, service.code, message)


def policies_of(context: Context[Claim], service: Service, payer: str | None) -> dict[str, list[Policy]]:
    """Return the policies about a service, by name."""
    found: dict[str, list[Policy]] = {}
    for policy in context.tables.policies:
        if policy.applies(service.code, service.day, payer):
            found.setdefault(policy.name, []).append(policy)
    return found


def has_diagnosis(policy: Policy, service: Service, context: Context[Claim]) -> bool:
    """Whether a diagnosis of the line is covered and none of them is excluded."""
    pointed = context.pointed(service.number)
    codes = [code for at, (_, code) in enumerate(context.codes) if context.is_institutional or at in pointed]
    covered = not policy.diagnoses or any(code.startswith(policy.diagnoses) for code in codes)
    return covered and not (policy.excluded and any(code.startswith(policy.excluded) for code in codes))


def is_of_age(policy: Policy, service: Service, context: Context[Claim]) -> bool | None:
    """Whether the patient's age on the day is one of the policy's."""
    age = context.claim.patient.age(service.day)
    return None if age is None else policy.ages[0] <= age <= policy.ages[1]


def is_of_sex(policy: Policy, _service: Service, context: Context[Claim]) -> bool:
    """Whether the patient's sex is the policy's."""
    return policy.sex in {"", context.claim.patient.sex}


def is_in_place(policy: Policy, service: Service, context: Context[Claim]) -> bool | None:
    """Whether the place of service is one of the policy's."""
    claim = context.claim
    if not isinstance(claim, ProfessionalClaim):
        return None
    place = claim.lines[service.number].place_of_service or claim.place_of_service
    return not policy.places or place in policy.places


def has_modifier(policy: Policy, service: Service, _context: Context[Claim]) -> bool:
    """Whether the line has one of the policy's modifiers."""
    return not policy.modifiers or not service.modifiers.isdisjoint(policy.modifiers)


def diagnoses_of(policy: Policy) -> str:
    """Return the diagnoses that a policy asks for, in words."""
    shown = ", ".join(each[:3] + "." * (len(each) > 3) + each[3:] for each in policy.diagnoses[:8])  # noqa: PLR2004  # the dot
    more = " and others" if len(policy.diagnoses) > 8 else ""  # noqa: PLR2004  # as many as are listed
    listed_ = f"a diagnosis of {shown}{more}" if shown else "another diagnosis"
    return f"{listed_} on the line" + (", and none that it excludes" if policy.excluded else "")


def ages_of(policy: Policy) -> str:
    """Return the ages that a policy asks for, in words."""
    low, high = policy.ages
    return f"ages {low} to {high}" if high < OLDEST else f"ages from {low}"


def billed(*codes: str, **changes: object) -> Claim:
    """Make a visit that the policy of the examples covers."""
    service = line("G0108", modifiers=("KX",))
    return visit(*(codes or ("E11.9",)), **{"lines": (service,), **changes})  # type: ignore[arg-type]  # any field


ROWS = (
    Row(
        number=1,
        name="policy-diagnosis",
        ack="A3:488",
        carc=("50", "11"),
        rarc=("N115",),
        agrees=has_diagnosis,
        asks=diagnoses_of,
        what="No diagnosis of the line is one that a coverage policy covers, or one is excluded.",
        fix="point to the diagnosis that made it necessary, where the record has one.",
        fails=billed("I10"),
    ),
    Row(
        number=2,
        name="policy-age",
        ack="A7:475",
        carc=("6",),
        rarc=("N129",),
        agrees=is_of_age,
        asks=ages_of,
        what="A coverage policy does not cover a service at the patient's age.",
        fix="use the service for the patient's age, or correct the birth date.",
        fails=billed(age=80),
        requires=("birth_date",),
    ),
    Row(
        number=3,
        name="policy-sex",
        ack="A7:474",
        carc=("7",),
        rarc=("MA39",),
        agrees=is_of_sex,
        asks=lambda policy: f"sex {policy.sex}",
        what="A coverage policy covers a service for the other sex only.",
        fix="correct the sex or the service.",
        fails=billed(sex="M"),
        requires=("sex",),
    ),
    Row(
        number=4,
        name="policy-place",
        ack="A7:249",
        carc=("5",),
        rarc=("M77",),
        agrees=is_in_place,
        asks=lambda policy: f"place of service {listed(policy.places)}",
        what="A coverage policy does not cover a service at its place.",
        fix="correct the place of service or the procedure.",
        fails=billed(place_of_service="12"),
    ),
    Row(
        number=5,
        name="policy-modifier",
        ack="A7:453",
        carc=("4",),
        rarc=("N822",),
        agrees=has_modifier,
        asks=lambda policy: f"modifier {listed(policy.modifiers)}",
        what="A service lacks the modifier that a coverage policy asks for.",
        fix="add the modifier, where the record supports it.",
        fails=billed(lines=(line("G0108"),)),
    ),
)

POLICY_EDITS: dict[str, AnyEdit] = {edit.id: edit for edit in map(PolicyEdit, ROWS)}
