"""The claim status response, 277: what a payer answers to an inquiry (276) about a claim.

Source: ASC X12 005010X212, Health Care Claim Status Request and Response (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.claim_status import InquiryStatus, StatusHeader
from medcode.claims.x12.guides.claim_status import (
    ENTITIES,
    claim_loop,
    header,
    level,
    number,
    party,
    procedure,
    service_date,
    status,
    trace,
)
from medcode.claims.x12.guides.common import closing
from medcode.claims.x12.guides.grammar import (
    MANY,
    E,
    Guide,
    K,
    Level,
    Loop,
    R,
    Record,
    S,
    Segment,
    Situations,
    unused,
)

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Usage


def _level_status(title: str, entities: str) -> Segment:
    return status(title, entities, E("date", R), *unused(7), *unused())


def _claim(letter: str, usage: Usage) -> Loop:
    """Return the loop of a claim below the subscriber (D) or the dependent (E)."""
    return claim_loop(
        f"2200{letter}", usage,
        trace("2", "control_number", "Inquiry that is answered"),
        status(
            "Status of the claim", ENTITIES,
            E("date", R), unused()[0], E("charge", S), E("paid", S), E("paid_date", S), unused()[0], E("check_date", S),
            E("check_number", S), unused()[0], pharmacy=True,
        ),
        number("1K", "payer_claim_number", "Payer's claim number", "the payer found the claim"),
        number("BLT", "bill_type", "Type of bill", "an institutional claim"),
        number("EJ", "patient_account_number", "Provider's number of the claim", "the inquiry held it"),
        number("XZ", "prescription_number", "Prescription number", "a drug claim"),
        number("VV", "voucher", "Voucher", "the payer uses one"),
        number("D9", "clearinghouse_number", "Clearinghouse's claim number", "the inquiry held one"),
        service_date(S),
        Loop(
            f"2220{letter}", "lines", "Line", S, MANY,
            Segment(
                "SVC", "", "Line that is answered", R, 1,
                procedure("HC AD ER HP IV N4 NU WK"), E("charge", R), E("paid", R), E("revenue_code", S), unused(2),
                E("units", R),
            ),
            status("Status of the line", ENTITIES, E("date", R), *unused(7), *unused(), pharmacy=True),
            number("FJ", "control_number", "Line control number", "the inquiry held one"),
            service_date(R),
            when="lines are answered",
        ),
    )  # fmt: skip


DEPENDENT_LEVEL = Loop(
    "2000E", "", "Dependent's level", S, MANY,
    level("23", "Dependent's level", ""),
    Loop("2100E", "dependent", "Patient", R, 1, party("QC", "Patient", "1", "MI II", identified=S)),
    _claim("E", R),
    when="the patient is not the subscriber",
)  # fmt: skip

SUBSCRIBER_LEVEL = Loop(
    "2000D", "", "Subscriber's level", S, MANY,
    level("22", "Subscriber's level", "0 1"),
    Loop("2100D", "patient", "Subscriber", R, 1, party("IL", "Subscriber", "1 2", "MI 24 II")),
    _claim("D", S),
    DEPENDENT_LEVEL,
    when="claims are answered",
)  # fmt: skip

PROVIDER_LEVEL = Loop(
    "2000C", "", "Provider's level", S, MANY,
    level("19", "Provider's level", "0 1"),
    Loop("2100C", "provider.party", "Provider", R, 2, party("1P", "Provider", "1 2", "XX FI SV", named=S)),
    Loop(
        "2200C", "provider", "Inquiry of the provider", S, 1,
        trace("1", "trace", "Number of the inquiry"), _level_status("Status of the inquiry", "1P 85"),
        when="the provider's inquiries are refused as a whole",
    ),
    SUBSCRIBER_LEVEL,
    when="the inquiry is not refused as a whole",
)  # fmt: skip

RECEIVER_LEVEL = Loop(
    "2000B", "", "Receiver's level", R, MANY,
    level("21", "Receiver's level", "0 1"),
    Loop("2100B", "receiver", "Receiver", R, 1, party("41", "Receiver", "1 2", "46", named=S)),
    Loop(
        "2200B", "batch", "Inquiry", S, 1,
        trace("2", "reference", "Reference of the inquiry"), _level_status("Status of the inquiry", "41 AY PR"),
        when="the inquiry is refused as a whole",
    ),
    PROVIDER_LEVEL,
)  # fmt: skip

SOURCE_LEVEL = Loop(
    "2000A", "", "Source's level", R, MANY,
    level("20", "Source's level", "1"),
    Loop(
        "2100A", "source", "Source", R, 1,
        Segment(
            "NM1", "", "Source", R, 1,
            E("entity", R, "PR"), K("2"), E("organization", R), unused(4), E("id_type", R, "PI XV"), E("id", R),
        ),
        Segment(
            "PER", "contacts", "Contact of the source", S, 1,
            K("IC"), E("name", S), K("TE ED EM FX"), E("", R), E("", S, "ED EM EX FX TE"), E("", S),
            E("", S, "ED EM EX FX TE"), E("", S),
            when="whom to call",
        ),
    ),
    RECEIVER_LEVEL,
)  # fmt: skip

WATCHED = {
    "ST": "BHT",
    "2100C": "NM1",
    **dict.fromkeys(("2000A", "2000B", "2000C", "2000D", "2000E"), "HL"),
    **dict.fromkeys(("2200B", "2200C"), "STC"),
    **dict.fromkeys(("2200D", "2200E"), "STC REF DTP"),
    **dict.fromkeys(("2220D", "2220E"), "SVC STC DTP"),
}
"""The segments that the rules of codes look at, by loop."""

GUIDE = Guide(
    id="005010X212",
    transaction="277",
    group="HN",
    title="Health care claim status response",
    root=Loop("ST", "", "Transaction set", R, MANY, *header("0010", "DG"), SOURCE_LEVEL, closing()),
    records=(Record("2200D 2200E", InquiryStatus, StatusHeader),),
    levels=(
        Level("2000A", ("source",), ("source.id",)),
        Level("2000B", ("receiver", "batch"), ("receiver.id",)),
        Level("2000C", ("provider",), ("provider.trace",)),
        Level("2000D", ("patient",), ("patient.id",)),
        Level("2000E", ("dependent",), ("dependent.last_name",)),
    ),
    leaves=frozenset({"2000B", "2000C"}),
    reopened=frozenset({"2100A", "2200B", "2200C", "2200D", "2220D", "2200E", "2220E"}),
    situations=(Situations("medcode.claims.x12.validate.status_response.ResponseRules", WATCHED),),
    sample=("STC", 1, r"[A-Z]\d{1,2}([^\w\s])\d"),
    reference="TRN02",
)
