"""Claims of physicians and suppliers: the carrier and DME files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model import (
    Drug,
    LineReferences,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
)
from medcode.claims.model.base import DateRange
from medcode.claims.rif.row import diagnosis, medicare, provider, stated_total, subscriber
from medcode.codesets.code import Malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.model.base import Date
    from medcode.claims.rif.row import Row

__all__ = ["professional"]

_DIAGNOSES = 12
_MODIFIERS = ("HCPCS_1ST_MDFR_CD", "HCPCS_2ND_MDFR_CD", "HCPCS_3RD_MDFR_CD", "HCPCS_4TH_MDFR_CD")
_ASSIGNMENT = {"A": "A", "N": "C"}


def professional(rows: Sequence[Row], person: Row | None) -> ProfessionalClaim:
    """Make a claim of its rows, the first of which tells what all of them share."""
    first = rows[0]
    found = [
        diagnosis(code, first[f"ICD_DGNS_VRSN_CD{n}"]) for code, n in first.many("ICD_DGNS_CD{}", _DIAGNOSES)
    ]
    lines = [_line(row, first) for row in rows]
    total = first.amount("NCH_CARR_CLM_SBMTD_CHRG_AMT")
    return ProfessionalClaim(
        control_number=first["CLM_ID"],
        billing_provider=_billing(first),
        subscriber=subscriber(person, "MB"),
        payer=medicare(first["CARR_NUM"]),
        accepts_assignment=_ASSIGNMENT.get(first["CARR_CLM_PRVDR_ASGNMT_IND_SW"]),
        benefits_assigned=None,
        release_of_information=None,
        provider_signature=None,
        place_of_service=first["LINE_PLACE_OF_SRVC_CD"],
        referring_provider=provider(first["RFR_PHYSN_NPI"]),
        rendering_provider=provider(first["PRF_PHYSN_NPI"]),
        diagnoses=found,
        lines=lines,
        stated_total=stated_total(total, (line.charge for line in lines)),
    )


def _billing(first: Row) -> Provider:
    """Return the group or, for equipment, the supplier."""
    npi = first["CARR_CLM_BLG_NPI_NUM"] or first["ORG_NPI_NUM"] or first["PRVDR_NPI"]
    return provider(npi, first["TAX_NUM"]) or Provider()


def _line(row: Row, first: Row) -> ProfessionalLine:
    pointed = row["LINE_ICD_DGNS_CD"]
    place, rendering = row["LINE_PLACE_OF_SRVC_CD"], row["PRF_PHYSN_NPI"]
    quantity = row.amount("LINE_SRVC_CNT")
    return ProfessionalLine(
        procedure=Procedure(row["HCPCS_CD"], [row[name] for name in _MODIFIERS if row[name]]),
        charge=row.amount("LINE_SBMTD_CHRG_AMT"),
        quantity=quantity,
        diagnosis_pointers=(pointed,) if pointed else (),
        service_date=_days(row),
        place_of_service=None if place == first["LINE_PLACE_OF_SRVC_CD"] else place,
        rendering_provider=None if rendering == first["PRF_PHYSN_NPI"] else provider(rendering),
        control_number=row.text("LINE_NUM"),
        references=LineReferences(clia=row.text("CARR_LINE_CLIA_LAB_NUM")),
        drug=Drug(row["LINE_NDC_CD"], quantity) if row["LINE_NDC_CD"] else None,
    )


def _days(row: Row) -> Date | None:
    start, end = row.day("LINE_1ST_EXPNS_DT"), row.day("LINE_LAST_EXPNS_DT")
    if start is None or end is None or start == end:
        return start
    if isinstance(start, Malformed) or isinstance(end, Malformed):
        return Malformed(f"{start}-{end}")
    return DateRange(start, end)
