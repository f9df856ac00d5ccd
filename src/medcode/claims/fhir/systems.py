"""The URIs of FHIR for the codes and identifiers of US claims, and what X12 codes are in FHIR's own.

Sources: CARIN Consumer Directed Payer Data Exchange (CARIN IG for Blue Button) 2.2.0 for systems,
categories and roles; HL7 Terminology for the rest. What has no home there has a URN of ours.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ABSENT",
    "ACCIDENT_TYPE",
    "ADJUDICATION",
    "CARE_TEAM_ROLE",
    "CARIN",
    "CDT",
    "CLAIM_TYPE",
    "COVERAGE_CLASS",
    "CPT",
    "CURRENCY",
    "DIAGNOSIS_TYPE",
    "DRG",
    "EIN",
    "GUIDE",
    "HCPCS",
    "HIPPS",
    "ICD9",
    "ICD10CM",
    "ICD10PCS",
    "IDENTIFIER_TYPE",
    "IDENTIFIER_TYPES",
    "INFO",
    "MEMBER",
    "NDC",
    "NPI",
    "NUBC",
    "OUR",
    "PAYER_ID",
    "POS",
    "PROCEDURE_TYPE",
    "RELATIONSHIP",
    "RELATIONSHIPS",
    "SAME",
    "SSN",
    "SUBTYPE",
    "TAXONOMY",
    "TOOTH",
    "TOOTH_SURFACE",
    "UCUM",
    "UNITS",
]

_THO = "http://terminology.hl7.org/CodeSystem/"
CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/"

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD10PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
HIPPS = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/ProspMedicareFeeSvcPmtGen/HIPPSCodes"
CDT = "http://www.ada.org/cdt"
NDC = "http://hl7.org/fhir/sid/ndc"
DRG = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software"
POS = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
NUBC = "https://www.nubc.org/CodeSystem/"
TOOTH = _THO + "ADAUniversalToothDesignationSystem"
TOOTH_SURFACE = _THO + "ADAToothSurfaceCodes"
NPI = "http://hl7.org/fhir/sid/us-npi"
TAXONOMY = "http://nucc.org/provider-taxonomy"
EIN = "urn:oid:2.16.840.1.113883.4.4"
SSN = "http://hl7.org/fhir/sid/us-ssn"
CURRENCY = "urn:iso:std:iso:4217"
UCUM = "http://unitsofmeasure.org"
ABSENT = _THO + "data-absent-reason"
ADJUDICATION = _THO + "adjudication"
CLAIM_TYPE = _THO + "claim-type"
COVERAGE_CLASS = _THO + "coverage-class"
RELATIONSHIP = _THO + "subscriber-relationship"
ACCIDENT_TYPE = _THO + "v3-ActCode"
INFO = CARIN + "C4BBSupportingInfoType"
CARE_TEAM_ROLE = CARIN + "C4BBClaimCareTeamRole"
DIAGNOSIS_TYPE = CARIN + "C4BBClaimDiagnosisType"
PROCEDURE_TYPE = CARIN + "C4BBClaimProcedureType"
SUBTYPE = CARIN + "C4BBInstitutionalClaimSubType"
IDENTIFIER_TYPE = CARIN + "C4BBIdentifierType"
IDENTIFIER_TYPES = (IDENTIFIER_TYPE, _THO + "v2-0203")

OUR = "urn:medcode:"
"""What begins each URI of ours: for extensions, and for X12's own codes where FHIR has none."""
PAYER_ID = OUR + "payer-id:"
MEMBER = OUR + "member-id"

GUIDE: Mapping[str, str] = MappingProxyType(
    {
        HCPCS: "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        NUBC + "PresentOnAdmissionIndicator": (
            "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/HospitalAcqCond/Coding"
        ),
    }
)
"""Systems that CARIN's guide calls by another URI than HL7 Terminology, US Core and Da Vinci do."""

SAME: Mapping[str, str] = MappingProxyType(
    {
        GUIDE[HCPCS]: HCPCS,
        "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes": HCPCS,
        "https://www.cms.gov/Medicare/Coding/ICD10": ICD10PCS,
        "http://terminology.hl7.org/CodeSystem/icd9cm": ICD9,
        "http://ada.org/cdt": CDT,
        "https://www.cms.gov/medicare/coding/place-of-service-codes/place_of_service_code_set.html": POS,
        _THO + "ex-serviceplace": POS,  # HL7's examples of places have the codes of CMS
        GUIDE[NUBC + "PresentOnAdmissionIndicator"]: NUBC + "PresentOnAdmissionIndicator",
        "http://hl7.org/fhir/us/davinci-pct/CodeSystem/PCTSupportingInfoType": INFO,
        _THO + "v3-ActIncidentCode": ACCIDENT_TYPE,
        _THO + "ex-diagnosistype": DIAGNOSIS_TYPE,
    }
)
"""Other URIs in use for a system; all are read."""

UNITS: Mapping[str, str] = MappingProxyType(
    {"UN": "1", "MJ": "min", "DA": "d", "ML": "mL", "GR": "g", "ME": "mg", "F2": "[iU]"}
)
"""From X12's units to those of UCUM."""

RELATIONSHIPS: Mapping[str, str] = MappingProxyType({"18": "self", "01": "spouse", "19": "child"})
"""From X12's individual relationship code to FHIR's; any other is `other`."""
