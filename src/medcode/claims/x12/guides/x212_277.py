"""The claim status response, 277: what a payer answers to an inquiry (276) about a claim.

Source: ASC X12 005010X212, Health Care Claim Status Request and Response (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.claim_status import InquiryStatus, StatusHeader
from medcode.claims.x12.guides.claim_status import (
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

ENTITIES = (
    "03 13 17 1E 1G 1H 1I 1O 1P 1Q 1R 1S 1T 1U 1V 1W 1X 1Y 1Z 28 2A 2B 2D 2E 2I 2K 2P 2Q 2S 2Z 30 36 3A 3C 3D 3E 3F 3G 3H "
    "3I 3J 3K 3L 3M 3N 3O 3P 3Q 3R 3S 3T 3U 3V 3W 3X 3Y 3Z 40 43 44 4A 4B 4C 4D 4E 4F 4G 4H 4I 4J 4L 4M 4N 4O 4P 4Q 4R 4S "
    "4U 4V 4W 4X 4Y 4Z 5A 5B 5C 5D 5E 5F 5G 5H 5I 5J 5K 5L 5M 5N 5O 5P 5Q 5R 5S 5T 5U 5V 5W 5X 5Y 5Z 61 6A 6B 6C 6D 6E 6F "
    "6G 6H 6I 6J 6K 6L 6M 6N 6O 6P 6Q 6R 6S 6U 6V 6W 6X 6Y 71 72 73 74 77 7C 80 82 84 85 87 95 CK CZ D2 DD DJ DK DN DO DQ "
    "E1 E2 E7 E9 FA FD FE G0 G3 GB GD GI GJ GK GM GY HF HH I3 IJ IL IN LI LR MR MSC OB OD OX P0 P2 P3 P4 P6 P7 PR PRP PT PV "
    "PW QA QB QC QD QE QH QK QL QN QO QS QV QY RC RW S4 SEP SJ SU T4 TL TQ TT TTP TU UH X3 X4 X5 ZZ"
)


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
    **dict.fromkeys(("2200B", "2200C", "2200D", "2200E", "2220D", "2220E"), "STC"),
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
    reopened=frozenset({"2200B", "2200C", "2200D", "2220D", "2200E", "2220E"}),
    situations=(Situations("medcode.claims.x12.validate.claim_status.ResponseRules", WATCHED),),
    sample=("STC", 1, r"[A-Z]\d{1,2}([^\w\s])\d"),
    reference="TRN02",
)
