"""Claims of practitioners to Medicare for services with rules of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import (
    ClaimReferences,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
)
from medcode.testing.strategies.codes import clia_numbers
from medcode.testing.strategies.coordination import coordinated
from medcode.testing.strategies.medicare_parts import (
    AGED,
    LARGE_PLAN,
    OWN_PLAN,
    PART_B,
    PLANS_OF_CARE,
    SINGLE_DOSE,
    TRANSPORTS,
    TRIPS,
    doses,
    members,
    parties,
    treatments,
)
from medcode.testing.strategies.parties import providers
from medcode.testing.strategies.primitives import (
    charges,
    numbers,
    one_of,
)
from medcode.testing.strategies.supplements import drug_of
from medcode.testing.strategies.transport import ambulances

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    Modifiers = tuple[str, ...]
    Lines = Sequence[Any]

__all__ = ["VISITS"]

EQUIPMENT = ("E0601", "E1390", "E0260", "K0001", "E0143")
HELD = (
    ("RR", "KH", "KX"),
    ("RR", "KI"),
    ("RR", "KJ", "KX"),
    ("RR", "GA"),
    ("RR",),
    ("NU", "KX"),
    ("NU",),
    ("UE",),
)
"""How equipment is held: rented in its first month, the second and third, or later; bought new or used."""

TIMED = ("00142", "00400", "00790", "01402")
GIVEN_BY = ("AA", "AD", "QK", "QX", "QY", "QZ")
STATUS = ("P1", "P2", "P3", "P4", "P5")
REMOTE = ("90834", "90837", "99213", "99214")
NOTICES = (("GA",), ("GX", "GY"), ("GY",), ("GZ",))
SIDES: tuple[tuple[str, Modifiers, str], ...] = (
    ("20610", ("RT",), "M17.11"),
    ("20610", ("LT",), "M17.12"),
    ("20610", ("50",), "M17.0"),
    ("27447", ("82", "LT"), "M17.12"),
    ("28285", ("T1",), "M20.42"),
    ("28285", ("T6", "59"), "M20.41"),
    ("67820", ("E4",), "H02.052"),
    ("12001", ("F6",), "S61.210A"),
    ("11730", ("TA",), "L60.0"),
)
VACCINES = (("G0008", "90662"), ("G0009", "90732"), ("G0010", "90746"))
TESTS = (("80053", ()), ("85025", ()), ("83036", ("QW",)), ("81002", ()))
PICTURES = (("71046", "R07.9"), ("72148", "M54.16"), ("70551", "G43.909"), ("93306", "I50.20"))


@st.composite
def lines_of(
    draw: st.DrawFn, /, on: date, rows: SearchStrategy[Lines], quantity: Any = None, **more: Any
) -> list[ProfessionalLine]:
    """Draw a line for each code and its modifiers."""
    return [
        ProfessionalLine(
            procedure=Procedure(code, modifiers),
            charge=draw(charges()),
            quantity=1 if quantity is None else draw(quantity),
            service_date=on,
            diagnosis_pointers=(1,),
            drug=draw(drug_of(ProfessionalClaim, code)),
            **more,
        )
        for code, modifiers in draw(rows)
    ]


@st.composite
def claim_of(
    draw: st.DrawFn, /, on: date, code: str, lines: list[ProfessionalLine], place: str = "11", **more: Any
) -> ProfessionalClaim:
    """Draw a practitioner's claim to Medicare with a diagnosis and lines."""
    return ProfessionalClaim(
        **draw(parties(members(on, PART_B), person=None)),
        place_of_service=place,
        diagnoses=code.split(),
        lines=lines,
        **more,
    )


def some_of(rows: Sequence[Any], most: int = 3) -> SearchStrategy[Lines]:
    """Draw a few of the rows, each once."""
    return st.lists(one_of(rows), min_size=1, max_size=most, unique=True)


@st.composite
def therapy(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw therapy under a plan of care."""
    plan, codes, added, diagnosis = draw(one_of(PLANS_OF_CARE))
    rows = st.lists(
        one_of(treatments(plan, codes, added)), min_size=1, max_size=3, unique_by=lambda row: row[0]
    )
    return draw(claim_of(on, diagnosis, draw(lines_of(on, rows))))


@st.composite
def transports(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw ambulance trips with their miles: tenths below 100, whole ones above."""
    bases, mileage, place = draw(one_of(TRANSPORTS))
    trip = (draw(one_of(TRIPS)),)
    base = draw(lines_of(on, st.just([(draw(one_of(bases.split())), trip)])))
    miles = st.integers(1, 999).map(lambda tenths: Decimal(tenths).scaleb(-1)) | st.integers(100, 999)
    ridden = draw(lines_of(on, st.just([(mileage, trip)]), miles))
    return draw(claim_of(on, "R07.9", [*base, *ridden], place, ambulance=draw(ambulances())))


@st.composite
def equipment(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw equipment that is rented or bought, with who ordered it."""
    rows = st.lists(
        st.tuples(one_of(EQUIPMENT), one_of(HELD)), min_size=1, max_size=2, unique_by=lambda row: row[0]
    )
    ordered = {"referring_provider": draw(providers(person=True))}
    return draw(claim_of(on, "G47.33", draw(lines_of(on, rows)), "12", **ordered))


@st.composite
def anesthesia(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw anesthesia in minutes, with who gave it and how the patient was."""
    modifiers = (draw(one_of(GIVEN_BY)), *draw(one_of(((), ("QS",)))), draw(one_of(STATUS)))
    rows = st.just([(draw(one_of(TIMED)), modifiers)])
    return draw(claim_of(on, "K80.20", draw(lines_of(on, rows, st.integers(15, 600), unit="MJ")), "22"))


@st.composite
def telehealth(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw visits at a distance: with video or by voice, to the patient's home or another place."""
    rows = st.tuples(one_of(REMOTE), one_of((("95",), ("93",), ()))).map(lambda row: [row])
    return draw(claim_of(on, "F41.1", draw(lines_of(on, rows)), draw(one_of(("02", "10")))))


@st.composite
def infusions(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw chemotherapy of a single-dose drug and what of it was discarded."""
    drug = doses(draw(one_of(SINGLE_DOSE)), some_left=draw(st.booleans()))
    given = draw(lines_of(on, st.just(drug), st.integers(1, 200)))
    return draw(claim_of(on, "Z51.11 C34.91", [*draw(lines_of(on, st.just([("96413", ())]))), *given]))


@st.composite
def noticed(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw services that Medicare may not pay, as the patient was told."""
    rows = st.tuples(one_of(("99213", "G0101", "36415")), one_of(NOTICES)).map(lambda row: [row])
    return draw(claim_of(on, "E11.9", draw(lines_of(on, rows))))


@st.composite
def of_hospice(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw visits of patients of a hospice, for the terminal illness or for another."""
    rows = st.tuples(one_of(("99213", "99349")), one_of((("GV",), ("GW",)))).map(lambda row: [row])
    return draw(claim_of(on, "C34.91", draw(lines_of(on, rows, hospice_employee="N")), "12"))


@st.composite
def on_a_side(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw procedures on the side, the finger, the toe or the eyelid that the diagnosis names."""
    code, modifiers, diagnosis = draw(one_of(SIDES))
    return draw(claim_of(on, diagnosis, draw(lines_of(on, st.just([(code, modifiers)]))), "22"))


@st.composite
def vaccinations(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw vaccines that Medicare covers, each with its administration."""
    rows = [(code, ()) for pair in draw(some_of(VACCINES, 2)) for code in pair]
    return draw(claim_of(on, "Z23", draw(lines_of(on, st.just(rows)))))


@st.composite
def tests(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw laboratory tests with the certificate of the laboratory and who ordered them."""
    more: dict[str, Any] = {
        "references": ClaimReferences(clia=draw(clia_numbers())),
        "referring_provider": draw(providers(person=True)),
    }
    rows = some_of(TESTS)
    return draw(claim_of(on, "D64.9", draw(lines_of(on, rows)), draw(one_of(("11", "81"))), **more))


@st.composite
def pictures(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw imaging with who ordered it: the whole in the office, or its reading in a hospital."""
    code, diagnosis = draw(one_of(PICTURES))
    place, modifiers = draw(one_of((("11", ()), ("11", ("TC",)), ("22", ("26",)))))
    lines = draw(lines_of(on, st.just([(code, modifiers)])))
    return draw(claim_of(on, diagnosis, lines, place, referring_provider=draw(providers(person=True))))


@st.composite
def mammograms(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw screening mammograms with the certificate of the facility."""
    lines = draw(lines_of(on, st.just([("77067", ())])))
    more: dict[str, Any] = {
        "references": ClaimReferences(mammography_certification=draw(numbers(6, 1))),
        "referring_provider": draw(providers(person=True)),
    }
    claim: ProfessionalClaim = draw(claim_of(on, "Z12.31", lines, **more))
    return claim.evolve(subscriber=claim.subscriber.evolve(sex="F"))


@st.composite
def second(draw: st.DrawFn, on: date) -> ProfessionalClaim:
    """Draw visits that another payer has paid before Medicare, and why it came first."""
    aged = draw(st.booleans())
    ages = {"least": AGED} if aged else {"least": 20, "most": AGED - 1}
    claim: ProfessionalClaim = draw(
        claim_of(on, "E11.9", draw(lines_of(on, st.just([("99213", ()), ("36415", ())]))))
    )
    claim = claim.evolve(subscriber=draw(members(on, PART_B, **ages)))
    claim = draw(coordinated(claim, on))
    return claim.evolve(subscriber=claim.subscriber.evolve(insurance_type=OWN_PLAN if aged else LARGE_PLAN))


VISITS = (
    therapy,
    transports,
    equipment,
    anesthesia,
    telehealth,
    infusions,
    noticed,
    of_hospice,
    on_a_side,
    vaccinations,
    tests,
    pictures,
    mammograms,
    second,
)
