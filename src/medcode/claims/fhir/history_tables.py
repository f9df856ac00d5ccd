"""What a coded history is in FHIR: the systems of its code sets, and the names of our own extension."""

from __future__ import annotations

from medcode.claims.fhir import systems as uri

__all__ = ["EVENT", "KEY", "NAMES", "OTHER", "SEXES", "SYSTEMS"]

EVENT = uri.OUR + "coded-event"
"""The extension of a resource that holds the whole event."""

KEY = uri.OUR + "patient-key"
"""The system of the key that tells the patient of a history from others."""

OTHER = uri.OUR + "code-set:"
"""What precedes the name of a code set that has no system of its own."""

SEXES = {"F": "female", "M": "male"}

SYSTEMS = {
    "icd10cm": uri.ICD10CM,
    "icd9cm": uri.ICD9,
    "icd9cm_procedures": uri.ICD9,
    "icd10pcs": uri.ICD10PCS,
    "cpt": uri.CPT,
    "hcpcs": uri.HCPCS,
    "cdt": uri.CDT,
    "ndc": uri.NDC,
}
NAMES = {system: name for name, system in reversed(SYSTEMS.items())} | {"http://ada.org/cdt": "cdt"}
"""The code set of each system; of ICD-9-CM, which has one for two, that of diagnoses."""
