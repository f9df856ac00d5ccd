"""Claims as FHIR R4: a bundle with a `Claim` and all that it refers to, and back without loss.

The United States has no FHIR profile of an 837. A claim becomes base R4 `Claim` (use `claim`) with
the systems, categories and roles of CARIN's Blue Button guide, so that others understand what FHIR
has a home for. What it has none for stands in extensions of ours that others may ignore; reading a
bundle back returns an equal claim. Resources are plain dicts, ready for `json.dumps`.

>>> from medcode.claims import ProfessionalClaim
>>> claim = ProfessionalClaim.from_dict({
...     "control_number": "A1", "billing_provider": {"organization": "CLINIC"},
...     "subscriber": {"last_name": "DOE"}, "payer": {"organization": "PLAN"},
...     "diagnoses": ["I10"], "lines": [{"charge": "90", "procedure": "99213"}],
... })
>>> from_bundle(to_bundle(claim)) == claim
True
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.benefit import Benefit
from medcode.claims.fhir.datatypes import clean
from medcode.claims.fhir.decode import Decoder
from medcode.claims.fhir.encode import Encoder
from medcode.claims.fhir.filling import completed
from medcode.claims.fhir.history_decode import read_history
from medcode.claims.fhir.leaves import is_same, leaves_of, tree_of, value_at
from medcode.claims.fhir.reading import list_of, refuse_depth, table_of, text_of
from medcode.claims.fhir.references import Resources, misdirected
from medcode.claims.fhir.responses import response_to, settlement
from medcode.claims.fhir.shapes import misshapen
from medcode.claims.fhir.terminology import code_system, concept_map, value_set
from medcode.claims.fhir.tracking import tracked, unread_of
from medcode.claims.plain import claim_from, to_plain
from medcode.claims.plain_types import AS_SENT
from medcode.codesets import clock
from medcode.history.coded_history import CodedHistory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.claim_status import ClaimStatus
    from medcode.claims.fhir.datatypes import Resource
    from medcode.claims.fhir.leaves import Leaf
    from medcode.claims.model.claim import Claim
    from medcode.claims.remittance import ClaimPayment, Remittance
    from medcode.history.event import CodedEvent, Person

__all__ = [
    "BundleContent",
    "claim_response",
    "code_system",
    "concept_map",
    "dropped",
    "explanation_of_benefit",
    "from_bundle",
    "payment_reconciliation",
    "read_bundle",
    "to_bundle",
    "value_set",
]

_SUPPORTING = frozenset(
    [
        "Patient",
        "Coverage",
        "Organization",
        "Practitioner",
        "PractitionerRole",
        "RelatedPerson",
        "Location",
        "Encounter",
        "Medication",
        "Condition",
        "Procedure",
        "MedicationAdministration",
        "MedicationDispense",
        "MedicationRequest",
        "MedicationStatement",
        "Immunization",
    ]
)
"""The resources that are read where others refer to them, or for the history."""

_OTHERS = frozenset(
    [
        "AllergyIntolerance",
        "Appointment",
        "Bundle",
        "CarePlan",
        "CareTeam",
        "Condition",
        "Composition",
        "ClaimResponse",
        "DiagnosticReport",
        "Device",
        "DocumentReference",
        "EpisodeOfCare",
        "Encounter",
        "ExplanationOfBenefit",
        "Goal",
        "HealthcareService",
        "Immunization",
        "List",
        "Medication",
        "MedicationAdministration",
        "MedicationDispense",
        "MedicationRequest",
        "MedicationStatement",
        "Observation",
        "OperationOutcome",
        "Parameters",
        "Procedure",
        "Provenance",
        "RelatedPerson",
        "ServiceRequest",
        "Specimen",
        "Task",
    ]
)
"""Resource types that a note may name; any other text could hold patient data, so it is not shown."""

_WHOLE = ("not understood", "not read", ": must be")
"""Words of a note that is about all that its path leads to."""

_FIELD = uri.OUR + "claim-field"
"""The extension that holds one value of the claim by its path, or, without a value, says that it has none."""


def to_bundle(claim: Claim, *, created: date | None = None, extensions: bool = True) -> Resource:
    """Return a claim as a FHIR R4 bundle of type collection, the Claim resource first.

    `created` is the day of the claim, today if it is left out. With `extensions=False` the bundle
    says only what FHIR has a home for: `dropped` lists what is lost then. The same claim and day
    give the same bundle, ids included.
    """
    encoder = Encoder(claim, created or clock.today())
    bundle: Resource = {"resourceType": "Bundle", "type": "collection"}
    bundle["entry"] = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in encoder.resources]
    if extensions and (missing := _difference(claim, bundle)):
        encoder.resources[0]["extension"] = [_extension(path, leaf) for path, leaf in missing.items()]
    return bundle


def dropped(claim: Claim) -> tuple[str, ...]:
    """Return the paths of the values that a bundle without extensions does not hold, in the order of the model.

    Also the paths that would be read back although the claim does not have them.
    """
    lost = _difference(claim, to_bundle(claim, extensions=False))
    return tuple(dict.fromkeys(path.removesuffix(f".{AS_SENT}") for path in lost))


def from_bundle(bundle: Mapping[str, Any]) -> Claim:
    """Return the claim of a bundle that holds one Claim resource.

    Raises ValueError where there is none or more than one, and VisitError, naming each field, where
    what it says does not make up a claim.
    """
    refuse_depth(bundle)
    resources = Resources(bundle)
    claims = resources.of("Claim")
    if len(claims) != 1:
        raise ValueError(f"the bundle has {len(claims)} Claim resources; one is expected")
    claim: Claim = claim_from(tree_of(_read(claims[0], Decoder(claims[0], resources))))
    return claim


class BundleContent(NamedTuple):
    """What a bundle of anybody holds for medcode: its claims, the patient's codes, and what was not read.

    `history` is None where the bundle names no patient. `unread` has the path of everything that was not read,
    and why, and what a claim lacks.
    """

    claims: tuple[Claim, ...]
    history: CodedHistory | None
    unread: tuple[str, ...]


def read_bundle(bundle: Mapping[str, Any]) -> BundleContent:
    """Return the claims of a bundle, the coded history of its patient, and a list of what was not read.

    A Claim or an ExplanationOfBenefit of a kind that X12 has becomes a claim. What a claim needs and the
    resource does not say is left empty, so that no edit passes it, and listed. A Claim and the ExplanationOfBenefit
    of the same bill are a claim each. Other resources with codes are in the history alone. Raises ValueError for a bundle of two patients, and for one that is nested too deeply.
    """
    refuse_depth(bundle)
    whole = tracked(bundle)
    resources = Resources(whole)
    claims: list[Claim] = []
    unread: list[str] = []
    for number, entry in enumerate(list_of(whole.get("entry"))):
        resource, path = table_of(table_of(entry).get("resource")), f"Bundle.entry[{number}].resource"
        kind = text_of(resource.get("resourceType"))
        if kind in {"Claim", "ExplanationOfBenefit"}:
            decoder = Decoder(resource, resources)
            unread += [f"{path}.{each}: not understood" for each in decoder.unread]
            claim, missing = completed(tree_of(_read(resource, decoder)))
            unread += [f"{path}: {each}" for each in missing]
            claims += [claim] if claim else []
        elif kind not in _SUPPORTING:
            named = kind if kind in _OTHERS else "a resource of another type"
            unread.append(f"{path}: {named} is not read")
    person: Person | None = None
    events: list[CodedEvent] = []
    notes = list(misshapen(whole, "Bundle", "Bundle"))
    if resources.of("Patient"):
        person, events, notes = read_history(whole)
    history = CodedHistory(person, events, notes=notes) if person else None
    lost = (
        each
        for number, entry in enumerate(list_of(bundle.get("entry")))
        if (resource := table_of(table_of(entry).get("resource")))
        for each in misdirected(resource, f"Bundle.entry[{number}].resource", resources, resource)
    )
    listed = (*unread, *notes, *lost)
    listed_paths = {each.split(":")[0] for each in listed if any(words in each for words in _WHOLE)}
    rest = (
        each
        for number, entry in enumerate(list_of(whole.get("entry")))
        for each in unread_of(table_of(table_of(entry).get("resource")), f"Bundle.entry[{number}].resource")
        if listed_paths.isdisjoint(_within(each))
    )
    return BundleContent(tuple(claims), history, (*listed, *(f"{each}: not read" for each in rest)))


def _within(path: str) -> Iterator[str]:
    """Yield a path and the path of each part that it is in."""
    yield path
    yield from (path[: step.start()] for step in re.finditer(r"[.\[]", path))


def explanation_of_benefit(
    claim: Claim,
    payment: ClaimPayment,
    *,
    remittance: Remittance | None = None,
    network: Literal["innetwork", "outofnetwork"] | None = None,
    created: date | None = None,
) -> Resource:
    """Return a bundle with CARIN's ExplanationOfBenefit of a claim and its payment first, then what it refers to.

    The profile follows the claim: professional, inpatient, outpatient or oral. `remittance` is the one that the
    payment stands in: it adds the payment's day and trace, and its production date is the day of the resource
    unless `created` is given. An 835 does not say whether the provider was in the network: `network` does,
    and a dental claim needs it to meet the profile. Raises ValueError for any other `network`.
    """
    if network not in {None, "innetwork", "outofnetwork"}:
        raise ValueError("network must be 'innetwork', 'outofnetwork' or None")
    return Benefit(claim, payment, remittance, network, created or _day_of(remittance)).bundle()


def claim_response(
    claim: Claim,
    answer: ClaimPayment | ClaimStatus,
    *,
    remittance: Remittance | None = None,
    created: date | None = None,
) -> Resource:
    """Return a bundle with a ClaimResponse to a claim first: what was paid, or what a 277CA or 277 says of it.

    A status that rejects the claim or a line is an error with its category, code and entity.
    """
    return response_to(claim, answer, created or _day_of(remittance))


def payment_reconciliation(remittance: Remittance, *, created: date | None = None) -> Resource:
    """Return a bundle with the PaymentReconciliation of a remittance first: each claim, and each provider adjustment.

    Amounts are as the payee sees them: a provider adjustment that lowers the payment is negative.
    """
    return settlement(remittance, created or _day_of(remittance))


def _day_of(remittance: Remittance | None) -> date:
    """Return the day that a remittance was made or paid; today where neither is known."""
    days = [remittance.production_date, remittance.payment.date] if remittance else []
    return next((day for day in days if isinstance(day, date)), clock.today())


def _read(claim: Mapping[str, Any], decoder: Decoder) -> dict[str, Leaf]:
    """Return the leaves that a decoder has read of a claim, with those of its extensions."""
    leaves = decoder.leaves
    for path, leaf in _extended(claim):
        if leaf is None:
            leaves.pop(path, None)
        else:
            leaves[path] = leaf
    return leaves


def _difference(claim: Claim, bundle: Resource) -> dict[str, Leaf | None]:
    """Return the values of a claim that its resources do not give back; None for those it does not have."""
    own, read = leaves_of(claim), Decoder(bundle["entry"][0]["resource"], Resources(bundle)).leaves
    missing: dict[str, Leaf | None] = {
        path: leaf for path, leaf in own.items() if not is_same(leaf, read.get(path))
    }
    invented = (
        path
        for path, leaf in read.items()
        if path not in own and (f"{path}.{AS_SENT}" in own or not _is_default(claim, path, leaf))
    )
    return missing | dict.fromkeys(invented)


def _is_default(claim: Claim, path: str, leaf: Leaf) -> bool:
    """Whether a value that was read is what the claim has there by default."""
    value = value_at(claim, path)
    return value is not None and is_same(to_plain(value), leaf)


def _extension(path: str, leaf: Leaf | None) -> Resource:
    parts: list[Resource] = [{"url": "path", "valueString": path}]
    if isinstance(leaf, int):
        parts.append({"url": "value", "valueInteger": leaf})
    elif isinstance(leaf, str) and clean(leaf) is not None:
        parts.append({"url": "value", "valueString": leaf})
    elif isinstance(leaf, str):  # FHIR allows no control characters and no blank strings
        coded = base64.b64encode(leaf.encode("utf-8", "surrogatepass")).decode()
        parts.append(
            {"url": "value", "valueBase64Binary": coded} if coded else {"url": "empty", "valueCode": "text"}
        )
    elif leaf is not None:
        parts.append({"url": "empty", "valueCode": "part" if isinstance(leaf, dict) else "list"})
    return {"url": _FIELD, "extension": parts}


def _extended(claim: Mapping[str, Any]) -> list[tuple[str, Leaf | None]]:
    found: list[tuple[str, Leaf | None]] = []
    extensions = claim.get("extension")
    for each in extensions if isinstance(extensions, list) else ():
        if not (
            isinstance(each, dict) and each.get("url") == _FIELD and isinstance(each.get("extension"), list)
        ):
            continue
        parts = {str(part.get("url")): part for part in each["extension"] if isinstance(part, dict)}
        path = parts.get("path", {}).get("valueString")
        if isinstance(path, str):
            found.append((path, _leaf(parts)))
    return found


def _leaf(parts: Mapping[str, Mapping[str, Any]]) -> Leaf | None:
    if "empty" in parts:
        empty: dict[Any, Leaf] = {"text": "", "list": ()}
        return empty.get(parts["empty"].get("valueCode"), {})
    value = parts.get("value", {})
    if isinstance(whole := value.get("valueInteger"), int):
        return whole
    if isinstance(text := value.get("valueString"), str):
        return text
    try:
        return base64.b64decode(value["valueBase64Binary"]).decode("utf-8", "surrogatepass")
    except (KeyError, TypeError, ValueError, binascii.Error):
        return None
