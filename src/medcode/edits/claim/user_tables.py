"""AGE03, SEX03, CLM46 to CLM48 and CLM80: what goes with a procedure by a table of the user.

One class and a table: each row names the table and how a line agrees with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import attrs

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.drug import Drug
from medcode.claims.model.institutional import InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.edits.base import Edit
from medcode.edits.examples import line, room, stay, visit
from medcode.edits.services import services
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.edits.tables import Tables
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["USER_TABLE_EDITS", "UserTableEdit"]

USER = Source("the user", "a table passed to the check")
MOST = 6


@attrs.frozen(kw_only=True)
class Row:
    """One such edit: the field of `Tables`, the entry a line asks for, and whether the line agrees with it."""

    id: str
    name: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...] = ()
    ack: str | None = None
    field: str
    settings: tuple[Setting, ...]
    entry: Callable[[Context[Claim], Service], str]
    agrees: Callable[[Context[Claim], Service, Collection[Any]], bool]
    say: Callable[[Any], str]  # of what the table allows
    what: str
    why: str
    fix: str
    example_tables: Tables
    passes: Claim
    fails: Claim
    requires: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


@final
class UserTableEdit(Edit[Claim]):
    """One row of the table below: an edit that a table of the user decides."""

    snip = 7
    source = USER
    opt_in = True
    applies_to = "procedures"

    def __init__(self, row: Row) -> None:
        self.row = row
        self.ack, self.carc, self.rarc = row.ack, row.carc, row.rarc
        self.id, self.name, self.settings = row.id, row.name, row.settings
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nFix: {row.fix}"
        self.requires = ("day", "days", *row.requires)
        self.severity = row.severity
        self.example_tables, self.passes, self.fails = row.example_tables, (row.passes,), (row.fails,)

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to pass the table, where it is missing."""
        field = self.row.field
        return None if getattr(tables, field) else f"Not checked: pass the table as Tables({field}=...)."

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each line that the table has an entry for."""
        table = getattr(context.tables, self.row.field)
        for service in services(context):
            allowed = table.get(self.row.entry(context, service))
            if allowed is not None and not self.row.agrees(context, service, allowed):
                yield self.fail(
                    service.path, service.code, f"{service.code} ({service.line}) {self.row.say(allowed)}"
                )


def first_few(allowed: Collection[Any]) -> str:
    """Return what a table allows for a message, the first six of many.

    >>> first_few(["24", "22"]), first_few("ABCDEFGH")
    ('22, 24', 'A, B, C, D, E, F and others')
    """
    few = sorted(map(str, allowed))
    return ", ".join(few[:MOST]) + (" and others" if len(few) > MOST else "")


def by_code(_context: Context[Claim], service: Service) -> str:
    """Look up the procedure code."""
    return service.code


def by_revenue(context: Context[Claim], service: Service) -> str:
    """Look up the revenue code of the line."""
    return context.institutional.lines[service.number].revenue_code if context.institutional else ""


def is_of_age(context: Context[Claim], service: Service, allowed: Collection[Any]) -> bool:
    """Whether the patient's age on the day lies between the two given."""
    low, high = allowed
    age = context.claim.patient.age(service.day)
    return age is not None and bool(low <= age <= high)


def is_of_sex(context: Context[Claim], service: Service, allowed: Collection[Any]) -> bool:
    """Whether the patient's sex is the one given, or unknown, or modifier KX says that the service is right."""
    return context.claim.patient.sex in {allowed, "U"} or "KX" in service.modifiers


def is_listed(_context: Context[Claim], service: Service, allowed: Collection[Any]) -> bool:
    """Whether the procedure is among those given."""
    return service.code in allowed


def is_placed(context: Context[Claim], service: Service, allowed: Collection[Any]) -> bool:
    """Whether the line's place of service, or else the claim's, is among those given."""
    claim = context.claim
    if not isinstance(claim, ProfessionalClaim):
        return True
    return (claim.lines[service.number].place_of_service or claim.place_of_service) in allowed


def is_of_drug(context: Context[Claim], service: Service, allowed: Collection[Any]) -> bool:
    """Whether the line's drug code begins with one of those given; a line without one is another edit's."""
    line = context.claim.lines[service.number]
    drug = line.drug if isinstance(line, (ProfessionalLine, InstitutionalLine)) else None
    return drug is None or any(drug.code.startswith(str(each).replace("-", "")) for each in allowed)


def is_needed(context: Context[Claim], service: Service, allowed: Collection[Any]) -> bool:
    """Whether a diagnosis that the line points to begins with one of those given."""
    if context.is_institutional:
        codes = [code for _, code in context.codes]
    else:
        codes = [context.codes[at][1] for at in context.pointed(service.number)]
    return any(code.startswith(str(each).replace(".", "")) for code in codes for each in allowed)


ROWS = (
    Row(
        id="AGE03",
        ack="A7:475",
        carc=("6",),
        rarc=("N129",),
        name="procedure-age-conflict",
        field="procedure_ages",
        settings=tuple(Setting),
        entry=by_code,
        agrees=is_of_age,
        say=lambda ages: f"is for ages {ages[0]} to {ages[1]}; the patient's age on the day is another.",
        what="A procedure is not for a patient of this age.",
        why="preventive visits, vaccines and the like have their ages.",
        fix="use the procedure for the patient's age, or correct the birth date.",
        example_tables=Tables(procedure_ages={"G0438": (65, 124)}),
        passes=visit(age=66, lines=(line("G0438"),)),
        fails=visit(age=40, lines=(line("G0438"),)),
        requires=("birth_date",),
    ),
    Row(
        id="SEX03",
        ack="A7:474",
        carc=("7",),
        rarc=("MA39",),
        name="procedure-sex-conflict",
        field="procedure_sex",
        settings=tuple(Setting),
        entry=by_code,
        agrees=is_of_sex,
        say=lambda sex: f"is for patients of sex {sex}.",
        what="A procedure is not for a patient of this sex.",
        why="some procedures are on organs, or for conditions, of one sex.",
        fix="correct the procedure or the sex; where both are right, add condition code 45 or modifier KX.",
        example_tables=Tables(procedure_sex={"G0101": "F"}),
        passes=visit(sex="F", lines=(line("G0101"),)),
        fails=visit(sex="M", lines=(line("G0101"),)),
        requires=("sex",),
    ),
    Row(
        id="CLM46",
        ack="A7:455",
        carc=("199",),
        name="revenue-without-procedure",
        field="revenue_procedures",
        settings=INSTITUTIONAL,
        entry=by_revenue,
        agrees=is_listed,
        say=lambda codes: f"does not go with its revenue code, which is for {first_few(codes)}.",
        what="A procedure does not go with the revenue code of its line.",
        why="payers list the procedures that a revenue code covers.",
        fix="correct the revenue code or the procedure.",
        example_tables=Tables(revenue_procedures={"0636": ["J1885"]}),
        passes=stay("I50.20", lines=(room(revenue_code="0636", procedure="J1885"),)),
        fails=stay("I50.20", lines=(room(revenue_code="0636", procedure="G0101"),)),
    ),
    Row(
        id="CLM47",
        ack="A7:249",
        carc=("5",),
        rarc=("M77",),
        name="procedure-out-of-place",
        field="procedure_places",
        settings=(Setting.PROFESSIONAL,),
        entry=by_code,
        agrees=is_placed,
        say=lambda places: f"is not done at its place of service; it may be at {first_few(places)}.",
        what="A procedure is not done at its place of service.",
        why="payers list the places where a procedure may be done.",
        fix="correct the place of service or the procedure.",
        example_tables=Tables(procedure_places={"G0105": ["22", "24"]}),
        passes=visit(lines=(line("G0105", place_of_service="22"),)),
        fails=visit(lines=(line("G0105"),)),
    ),
    Row(
        id="CLM48",
        ack="A3:488",
        carc=("50", "11"),
        rarc=("N115",),
        name="not-medically-necessary",
        field="necessity",
        settings=(Setting.PROFESSIONAL, *INSTITUTIONAL),
        entry=by_code,
        agrees=is_needed,
        say=lambda codes: f"is not covered for any diagnosis of its line; it is for {first_few(codes)}.",
        what="No diagnosis supports a procedure.",
        why="a coverage determination lists the diagnoses that a procedure is covered for.",
        fix="point to the diagnosis that made it necessary, where the record has one.",
        example_tables=Tables(necessity={"G0108": ["E08", "E11.9"]}),
        passes=visit("I10", "E11.9", lines=(line("G0108", diagnosis_pointers=(2,)),)),
        fails=visit("I10", "E11.9", lines=(line("G0108", diagnosis_pointers=(1,)),)),
    ),
    Row(
        id="CLM80",
        ack="A7:218",
        carc=("16",),
        rarc=("M119",),
        name="drug-of-another-procedure",
        field="procedure_drugs",
        settings=(Setting.PROFESSIONAL, Setting.OUTPATIENT),
        entry=by_code,
        agrees=is_of_drug,
        say=lambda codes: f"does not go with the drug code of its line; it is for {first_few(codes)}.",
        what="A drug code does not go with the procedure of its line.",
        why="payers list the national drug codes that a procedure code of drugs covers.",
        fix="correct the drug code or the procedure.",
        example_tables=Tables(procedure_drugs={"J1885": ["00026-0635"]}),
        passes=visit(lines=(line("J1885", drug=Drug("00026063512", "10", "ML")),)),
        fails=visit(lines=(line("J1885", drug=Drug("00002759701", "10", "ML")),)),
    ),
)

USER_TABLE_EDITS = {edit.id: edit for edit in map(UserTableEdit, ROWS)}
