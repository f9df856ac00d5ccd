"""Hypothesis strategies: codes, parties, whole claims and interchanges that are valid on a date.

Codes are billable on the date and may be reported together, check digits and totals are right, other
payers balance, and the structure follows the guide: `scrub` has no findings. Some claims have rarer
parts that their guide allows. Examples shrink to the smallest claim.

>>> from hypothesis import find
>>> from medcode.testing import strategies
>>> len(find(strategies.npis(), lambda _: True))
10
"""

from __future__ import annotations

from medcode.testing.strategies.broken import claims
from medcode.testing.strategies.codes import (
    cdt_codes,
    diagnosis_codes,
    diagnosis_lists,
    external_causes,
    hcpcs_codes,
    icd9cm_codes,
    icd9cm_procedure_codes,
    icd10cm_codes,
    icd10pcs_codes,
    ndcs,
    npis,
    taxonomies,
)
from medcode.testing.strategies.dental import dental_claims, dental_lines
from medcode.testing.strategies.institutional import institutional_claims, outpatient_visits, stays
from medcode.testing.strategies.medicare import medicare_claims
from medcode.testing.strategies.parties import (
    addresses,
    contacts,
    dependents,
    payers,
    providers,
    submitters,
    subscribers,
)
from medcode.testing.strategies.primitives import identifiers, money, names
from medcode.testing.strategies.professional import professional_claims
from medcode.testing.strategies.remittances import claim_payments, remittances
from medcode.testing.strategies.sent import envelopes, interchanges, submissions
from medcode.testing.strategies.services import professional_lines
from medcode.testing.strategies.statuses import claim_statuses

__all__ = [
    "addresses",
    "cdt_codes",
    "claim_payments",
    "claim_statuses",
    "claims",
    "contacts",
    "dental_claims",
    "dental_lines",
    "dependents",
    "diagnosis_codes",
    "diagnosis_lists",
    "envelopes",
    "external_causes",
    "hcpcs_codes",
    "icd9cm_codes",
    "icd9cm_procedure_codes",
    "icd10cm_codes",
    "icd10pcs_codes",
    "identifiers",
    "institutional_claims",
    "interchanges",
    "medicare_claims",
    "money",
    "names",
    "ndcs",
    "npis",
    "outpatient_visits",
    "payers",
    "professional_claims",
    "professional_lines",
    "providers",
    "remittances",
    "stays",
    "submissions",
    "submitters",
    "subscribers",
    "taxonomies",
]
