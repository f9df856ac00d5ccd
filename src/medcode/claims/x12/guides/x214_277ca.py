"""The claim acknowledgment, 277CA: which claims of a batch go on to be decided, and which do not, and why.

Source: ASC X12 005010X214, Health Care Claim Acknowledgment (facts only, in own words).
"""

from __future__ import annotations

from medcode.claims.claim_status import ClaimStatus, StatusHeader
from medcode.claims.x12.guides.claim_status import (
    charge,
    claim_loop,
    count,
    header,
    level,
    number,
    party,
    procedure,
    service_date,
    status,
    trace,
)
from medcode.claims.x12.guides.common import closing, identifiers
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

ACTIONS = "WQ U"
BATCH_ENTITIES = "36 40 41 AY PR"
PROVIDER_ENTITIES = f"{BATCH_ENTITIES} 77 82 85 87"
CLAIM_ENTITIES = (
    "03 1P 1Z 40 41 71 72 73 77 82 85 87 DK DN DQ FA GB HK IL LI MSC PR PRP QB QC QD SEP TL TTP TU"
)

LINE = Loop(
    "2220D", "lines", "Line", S, MANY,
    Segment(
        "SVC", "", "Line that is answered", R, 1,
        procedure("HC AD ER HP IV NU WK"), E("charge", R), unused(), E("revenue_code", S), unused(2), E("units", S),
    ),
    # The published examples leave STC02 out on lines, and pyx12's map requires it: either is read.
    status("Status of the line", CLAIM_ENTITIES, E("date", S), E("action", R, "U"), unused(6), unused()[0]),
    number("FJ", "control_number", "Line control number, or the number of the line", "the line had one"),
    number("XZ", "prescription_number", "Prescription number", "a drug claim"),
    service_date(S),
    when="the claim is rejected for a line",
)  # fmt: skip

CLAIM = claim_loop(
    "2200D", S,
    trace("2", "control_number", "Claim that is answered"),
    status(
        "Status of the claim", CLAIM_ENTITIES,
        E("date", R), E("action", R, ACTIONS), E("charge", R), unused(5), E("text", S, when="the payer explains"),
    ),
    number("1K", "payer_claim_number", "Payer's claim number", "the payer has accepted the claim"),
    number("D9", "clearinghouse_number", "Clearinghouse's claim number", "the claim held one"),
    number("BLT", "bill_type", "Type of bill", "an institutional claim"),
    service_date(S),
    LINE,
)  # fmt: skip

PATIENT_LEVEL = Loop(
    "2000D", "", "Patient's level", S, MANY,
    level("PT", "Patient's level", ""),
    Loop("2100D", "patient", "Patient", R, 1, party("QC", "Patient", "1", "MI II")),
    CLAIM,
    when="claims are answered one by one",
)  # fmt: skip

PROVIDER_LEVEL = Loop(
    "2000C", "", "Billing provider's level", S, MANY,
    level("19", "Billing provider's level", "0 1"),
    Loop("2100C", "provider.party", "Billing provider", R, 1, party("85", "Billing provider", "1 2", "XX FI SV")),
    Loop(
        "2200C", "provider", "Claims of the provider", S, 1,
        trace("1 2", "trace", "Provider's number of its claims"),
        status(
            "Status of the provider's claims", PROVIDER_ENTITIES,
            E("date", S), E("action", R, ACTIONS), E("charge", R), unused(5), unused()[0], usage=S,
        ),
        identifiers("0B 1G G2 LU SY TJ", "the billing provider", repeat=3),
        count("QA", "accepted_count", "Accepted claims of the provider"),
        count("QC", "rejected_count", "Rejected claims of the provider"),
        charge("YU", "accepted_charge", "Accepted charges of the provider"),
        charge("YY", "rejected_charge", "Rejected charges of the provider"),
        when="the provider's claims are answered as a whole",
    ),
    PATIENT_LEVEL,
    when="the batch is not refused as a whole",
)  # fmt: skip

RECEIVER_LEVEL = Loop(
    "2000B", "", "Receiver's level", R, 1,
    level("21", "Receiver's level", "0 1"),
    Loop("2100B", "receiver", "Receiver", R, 1, party("41", "Receiver", "1 2", "46")),
    Loop(
        "2200B", "batch", "Batch of claims", R, 1,
        trace("2", "reference", "Reference of the batch"),
        status(
            "Status of the batch", BATCH_ENTITIES,
            E("date", S, when="the batch was read"), E("action", R, ACTIONS), E("charge", S, when="it was read"),
            unused(5), unused()[0],
        ),
        count("90", "accepted_count", "Accepted claims of the batch"),
        count("AA", "rejected_count", "Rejected claims of the batch"),
        charge("YU", "accepted_charge", "Accepted charges of the batch"),
        charge("YY", "rejected_charge", "Rejected charges of the batch"),
    ),
    PROVIDER_LEVEL,
)  # fmt: skip

SOURCE_LEVEL = Loop(
    "2000A", "", "Source's level", R, 1,
    level("20", "Source's level", "1"),
    Loop(
        "2100A", "source", "Source", R, 1,
        Segment(
            "NM1", "", "Source", R, 1,
            E("entity", R, "AY PR"), K("2"), E("organization", R), unused(4), E("id_type", R, "46 FI PI XV"), E("id", R),
        ),
    ),
    Loop(
        "2200A", "source", "Transmission", R, 1,
        trace("1", "trace", "Source's number of the transmission"),
        Segment("DTP", "", "Receipt", R, 1, K("050"), E("format", R, "D8"), E("received_date", R)),
        Segment("DTP", "", "Processing", R, 1, K("009"), E("format", R, "D8"), E("processed_date", R)),
    ),
    RECEIVER_LEVEL,
)  # fmt: skip

WATCHED = {
    "ST": "BHT",
    "2200A": "DTP",
    "2100C": "NM1",
    **dict.fromkeys(("2000A", "2000B", "2000C", "2000D"), "HL"),
    "2200B": "STC QTY AMT",
    "2200C": "STC REF QTY AMT",
    "2200D": "TRN STC REF DTP",
    "2220D": "SVC STC REF DTP",
}
"""The segments that the rules of totals, actions and days look at, by loop."""

GUIDE = Guide(
    id="005010X214",
    transaction="277",
    group="HN",
    title="Health care claim acknowledgment",
    root=Loop("ST", "", "Transaction set", R, MANY, *header("0085", "TH"), SOURCE_LEVEL, closing()),
    records=(Record("2200D", ClaimStatus, StatusHeader),),
    levels=(
        Level("2000A", ("source",), ("source.id",)),
        Level("2000B", ("receiver", "batch"), ("receiver.id",)),
        Level("2000C", ("provider",), ("provider.trace",)),
        Level("2000D", ("patient",), ("patient.id",)),
    ),
    leaves=frozenset({"2000B", "2000C"}),
    reopened=frozenset({"2200A", "2200B", "2200C", "2200D", "2220D"}),
    situations=(Situations("medcode.claims.x12.validate.claim_status.AcknowledgmentRules", WATCHED),),
    sample=("STC", 1, r"[A-Z]\d{1,2}([^\w\s])\d"),
    reference="TRN02",
)
