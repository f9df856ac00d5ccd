"""Claims of hospitals and other institutions: the inpatient, SNF and outpatient files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model import (
    InpatientProcedure,
    InstitutionalClaim,
    InstitutionalLine,
    Procedure,
    Provider,
)
from medcode.claims.model.institutional import TOTAL_LINE
from medcode.claims.rif.row import diagnosis, medicare, provider, stated_total, subscriber
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10pcs import Icd10Pcs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.model import Diagnosis
    from medcode.claims.rif.row import Row

__all__ = ["institutional"]

_DIAGNOSES, _CAUSES, _REASONS, _PROCEDURES = 25, 12, 3, 25
_ICD_9 = "9"


def institutional(rows: Sequence[Row], person: Row | None) -> InstitutionalClaim:
    """Make a claim of its rows, the first of which tells what all of them share."""
    first = rows[0]
    principal, others = _diagnoses(first)
    procedures = [_procedure(first, code, n) for code, n in first.many("ICD_PRCDR_CD{}", _PROCEDURES)]
    lines = [_line(row) for row in rows if row["REV_CNTR"] != TOTAL_LINE or row["HCPCS_CD"]]
    admitting = first["ADMTG_DGNS_CD"]
    return InstitutionalClaim(
        control_number=first["CLM_ID"],
        billing_provider=provider(first["ORG_NPI_NUM"]) or Provider(),
        subscriber=subscriber(person, "MA"),
        payer=medicare(first["FI_NUM"]),
        accepts_assignment=None,
        benefits_assigned=None,
        release_of_information=None,
        facility_type=first["CLM_FAC_TYPE_CD"] + first["CLM_SRVC_CLSFCTN_TYPE_CD"],
        frequency=first["CLM_FREQ_CD"],
        statement_dates=(first.day("CLM_FROM_DT") or "", first.day("CLM_THRU_DT") or ""),
        admission=first.day("CLM_ADMSN_DT"),
        admission_type=first.text("CLM_IP_ADMSN_TYPE_CD"),
        admission_source=first.text("CLM_SRC_IP_ADMSN_CD"),
        discharge_status=first["PTNT_DSCHRG_STUS_CD"].zfill(2),
        principal_diagnosis=principal,
        other_diagnoses=others,
        admitting_diagnosis=diagnosis(admitting, first["ADMTG_DGNS_VRSN_CD"]).code if admitting else None,
        reasons_for_visit=[
            diagnosis(code, first[f"RSN_VISIT_VRSN_CD{n}"]).code
            for code, n in first.many("RSN_VISIT_CD{}", _REASONS)
        ],
        external_causes=[
            diagnosis(code, first[f"ICD_DGNS_E_VRSN_CD{n}"], first.text(f"CLM_E_POA_IND_SW{n}"))
            for code, n in first.many("ICD_DGNS_E_CD{}", _CAUSES)
        ],
        principal_procedure=procedures[0] if procedures else None,
        other_procedures=procedures[1:],
        drg=first.text("CLM_DRG_CD"),
        attending_provider=provider(first["AT_PHYSN_NPI"]),
        operating_physician=provider(first["OP_PHYSN_NPI"]),
        other_operating_physician=provider(first["OT_PHYSN_NPI"]),
        lines=lines,
        stated_total=stated_total(first.amount("CLM_TOT_CHRG_AMT"), (line.charge for line in lines)),
    )


def _diagnoses(first: Row) -> tuple[Diagnosis, list[Diagnosis]]:
    """Return the principal diagnosis and the others; the file repeats it among them."""
    others = [
        diagnosis(code, first[f"ICD_DGNS_VRSN_CD{n}"], first.text(f"CLM_POA_IND_SW{n}"))
        for code, n in first.many("ICD_DGNS_CD{}", _DIAGNOSES)
    ]
    principal = diagnosis(first["PRNCPAL_DGNS_CD"], first["PRNCPAL_DGNS_VRSN_CD"])
    for number, each in enumerate(others):
        if each.code == principal.code:
            return others.pop(number), others
    return principal, others


def _procedure(first: Row, code: str, number: int) -> InpatientProcedure:
    kind = Icd9CmProcedure if first[f"ICD_PRCDR_VRSN_CD{number}"] == _ICD_9 else Icd10Pcs
    return InpatientProcedure(kind.parse(code), first.day(f"PRCDR_DT{number}"))


def _line(row: Row) -> InstitutionalLine:
    modifiers = [row[name] for name in ("HCPCS_1ST_MDFR_CD", "HCPCS_2ND_MDFR_CD") if row[name]]
    return InstitutionalLine(
        revenue_code=row["REV_CNTR"],
        procedure=Procedure(row["HCPCS_CD"], modifiers) if row["HCPCS_CD"] else None,
        charge=row.amount("REV_CNTR_TOT_CHRG_AMT"),
        quantity=row.amount("REV_CNTR_UNIT_CNT"),
        non_covered=row.amount("REV_CNTR_NCVRD_CHRG_AMT") if row["REV_CNTR_NCVRD_CHRG_AMT"] else None,
        service_date=row.day("REV_CNTR_DT"),
        control_number=row.text("CLM_LINE_NUM"),
        rendering_provider=provider(row["RNDRNG_PHYSN_NPI"]),
    )
