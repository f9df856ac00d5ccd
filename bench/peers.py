"""Other validators of claims, asked about one claim: each gives what it finds, and refuses nothing silently.

Each is given the claim and the same claim as a file, and takes what it can: pyx12 and x12sdk the file,
claim-validator an object of its own, filled with all of the claim that it has a field for.
"""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING, Any

from medcode.claims import InstitutionalClaim, ProfessionalClaim
from medcode.edits.days import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims import Claim

__all__ = ["PEERS", "models_of_x12sdk"]


def pyx12(_claim: Claim, text: str) -> set[str] | None:
    """Return the error segments of its 999; it has no map of dental claims."""
    import pyx12.errors
    import pyx12.params
    import pyx12.x12n_document

    out = io.StringIO()
    try:
        pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), fd_997=out, fd_html=None)
    except pyx12.errors.EngineError:
        return None
    except Exception as error:  # noqa: BLE001  # it breaks off in some files that are cut; that is its answer
        return {type(error).__name__}
    segments = out.getvalue().replace("\n", "").split("~")
    refused = {segment for segment in segments if segment.startswith(("IK3", "IK4"))}
    return refused | {segment for segment in segments if segment.startswith(("IK5*R", "AK9*R"))}


def models_of_x12sdk(text: str) -> set[str]:
    """Return the kind of error with which the models of x12sdk refuse a file, of claims or of answers."""
    from x12sdk.io import X12ModelReader

    with tempfile.NamedTemporaryFile("w", suffix=".837") as file:
        file.write(text)
        file.flush()
        try:
            with X12ModelReader(file.name) as reader:
                for _ in reader.models():
                    pass
        except Exception as error:  # noqa: BLE001  # whatever it raises is its answer
            return {type(error).__name__}
    return set()


def claim_validator(claim: Claim, _text: str) -> set[str] | None:
    """Return the codes of its findings, or the kind of error with which it refuses the claim; it knows no dental ones."""
    from claim_validator import validate, validate_institutional

    try:
        if isinstance(claim, ProfessionalClaim):
            found = validate(professional(claim))
        elif isinstance(claim, InstitutionalClaim):
            found = validate_institutional(institutional(claim))
        else:
            return None
    except ValueError as error:
        return {type(error).__name__}
    return {finding.code for finding in found.findings}


PEERS: dict[str, Callable[[Claim, str], set[str] | None]] = {
    "pyx12": pyx12,
    "x12sdk": lambda _claim, text: models_of_x12sdk(text),
    "claim_validator": claim_validator,
}
"""From the package of a validator to its answer; None where it does not know the kind of claim."""


def told(day: Any) -> str | None:
    """Write a day."""
    return day.isoformat() if day else None


def people(claim: Any) -> dict[str, Any]:
    """Return who is treated, who is insured and who pays."""
    holder, patient = claim.subscriber, claim.patient
    return {
        "billing_provider_npi": claim.billing_provider.npi,
        "billing_provider_taxonomy": claim.billing_provider.taxonomy,
        "subscriber_id": holder.member_id,
        "subscriber_first_name": holder.first_name,
        "subscriber_last_name": holder.last_name,
        "patient_first_name": patient.first_name,
        "patient_last_name": patient.last_name,
        "patient_dob": told(first_day(patient.birth_date)) or patient.birth_date,
        "patient_gender": patient.sex,
        "payer_id": claim.payer.payer_id,
        "payer_name": claim.payer.organization,
    }


def professional(claim: ProfessionalClaim) -> dict[str, Any]:
    """Return a professional claim in claim-validator's words."""
    return {
        **people(claim),
        "rendering_provider_npi": claim.rendering_provider.npi if claim.rendering_provider else None,
        "place_of_service": claim.place_of_service,
        "total_charge": float(claim.stated_total or claim.total),
        "diagnosis_codes": [
            {"code": getattr(each.code, "dotted", each.code), "pointer": number}
            for number, each in enumerate(claim.diagnoses, 1)
        ],
        "lines": [
            {
                "procedure_code": line.procedure.code,
                "modifiers": line.procedure.modifiers,
                "diagnosis_pointers": line.diagnosis_pointers,
                "charge_amount": line.charge,
                "units": line.quantity,
                "service_date_from": told(first_day(line.service_date)),
                "service_date_to": told(last_day(line.service_date)),
                "place_of_service": line.place_of_service,
            }
            for line in claim.lines
        ],
    }


def institutional(claim: InstitutionalClaim) -> dict[str, Any]:
    """Return an institutional claim in claim-validator's words; its bill type has three digits."""
    return {
        **people(claim),
        "attending_physician_npi": claim.attending_provider.npi if claim.attending_provider else None,
        "bill_type_code": claim.bill_type[1:],
        "admission_date": told(first_day(claim.admission)),
        "admission_type_code": claim.admission_type,
        "admission_source_code": claim.admission_source,
        "patient_status_code": claim.discharge_status,
        "condition_codes": claim.condition_codes,
        "occurrence_codes": [
            {"code": each.code, "date": told(first_day(each.date))} for each in claim.occurrences
        ],
        "total_charge_amount": float(claim.stated_total or claim.total),
        "statement_from_date": told(first_day(claim.statement_dates)),
        "statement_to_date": told(last_day(claim.statement_dates)),
        "service_lines": [
            {
                "revenue_code": line.revenue_code,
                "hcpcs_code": line.procedure.code if line.procedure else None,
                "modifiers": line.procedure.modifiers if line.procedure else [],
                "rate": line.charge,
                "units": line.quantity,
                "service_date_from": told(first_day(line.service_date)),
            }
            for line in claim.lines
        ],
    }
