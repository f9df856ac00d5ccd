"""What CARIN's Blue Button guide 2.2.0 asks of an explanation of benefit, as rules that a test can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/"
AMOUNTS = {
    "http://terminology.hl7.org/CodeSystem/adjudication": {
        "submitted",
        "copay",
        "eligible",
        "deductible",
        "benefit",
    },
    CARIN + "C4BBAdjudication": {
        "coinsurance",
        "noncovered",
        "priorpayerpaid",
        "paidbypatient",
        "paidtopatient",
        "paidtoprovider",
        "memberliability",
        "discount",
    },
}
DISCRIMINATORS = {
    "allowedunits",
    "adjustmentreason",
    "billingnetworkstatus",
    "renderingnetworkstatus",
    "benefitpaymentstatus",
}
TRANSPORT = {
    "patientweight",
    "ambulancetransportreason",
    "transportationdistance",
    "roudtrippurpose",
    "stretcherpurpose",
    "pickuplocation",
    "dropofflocation",
}
ROLES = {
    "institutional": {"primary", "attending", "referring", "operating", "otheroperating", "rendering"},
    "professional": {"primary", "supervisor", "rendering", "purchasedservice", "referring"},
}
PRACTITIONERS = {"rendering", "primary", "referring", "supervisor", "attending"}
DIAGNOSES = {
    "professional": {"principal", "secondary"},
    "oral": {"principal", "secondary"},
    "inpatient": {"principal", "other", "externalcauseofinjury", "admitting"},
    "outpatient": {"principal", "other", "externalcauseofinjury", "patientreasonforvisit"},
}
ONCE = {
    "clmrecvddate",
    "typeofbill",
    "pointoforigin",
    "admtype",
    "discharge-status",
    "drg",
    "admissionperiod",
} | {
    "medicalrecordnumber",
    "patientaccountnumber",
}


def code(concept: Any) -> str:
    return str(concept["coding"][0]["code"])


def is_amount(row: Any) -> bool:
    coding = row["category"]["coding"][0]
    return coding["code"] in AMOUNTS.get(coding["system"], ())


def broken(bundle: Any) -> list[str]:
    """Return the rules that the explanation of benefit of a bundle breaks."""
    return list(_broken(bundle))


def _broken(bundle: Any) -> Iterator[str]:
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    eob = bundle["entry"][0]["resource"]
    kind = code(eob["subType"]) if "subType" in eob else code(eob["type"])
    institutional = kind in {"inpatient", "outpatient"}
    for resource in resources.values():
        if not resource["meta"]["profile"][0].endswith("|2.2.0") or "lastUpdated" not in resource["meta"]:
            yield "profile"
    yield from _head(eob)
    for reference in _references(eob):
        if reference.startswith("urn:uuid:") and reference not in resources:
            yield f"reference {reference}"
    yield from _people(eob, resources, "institutional" if institutional else "professional")
    for each in eob.get("diagnosis", ()):
        if code(each["type"][0]) not in DIAGNOSES[kind] or len(each["type"]) != 1:
            yield "diagnosis type"
    yield from _information(eob)
    yield from _lines(eob, kind)
    yield from _money(eob)
    yield from _levels(eob, kind)


def _head(eob: Any) -> Iterator[str]:
    if [code(each["type"]) for each in eob["identifier"]].count("uc") != 1:
        yield "unique claim id"
    if eob["use"] != "claim" or eob["outcome"] != "complete" or "start" not in eob.get("billablePeriod", {}):
        yield "head"
    if sum(each["focal"] for each in eob["insurance"]) > 1 or any(
        "sequence" in each for each in eob["insurance"]
    ):
        yield "insurance"


def _people(eob: Any, resources: Any, kind: str) -> Iterator[str]:
    for member in eob.get("careTeam", ()):
        role = code(member["role"])
        if role not in ROLES[kind]:
            yield f"role {role}"
        if (
            role in PRACTITIONERS
            and resources[member["provider"]["reference"]]["resourceType"] != "Practitioner"
        ):
            yield f"{role} is not a practitioner"


def _information(eob: Any) -> Iterator[str]:
    rows = eob.get("supportingInfo", ())
    names = [code(each["category"]) for each in rows]
    if [each["sequence"] for each in rows] != list(range(1, len(rows) + 1)):
        yield "sequence"
    if any(names.count(name) > 1 for name in ONCE):
        yield "one of each"
    for each in rows:
        name = code(each["category"])
        if name == "ambulancetransportreason" and (
            "code" in each or "coding" in each.get("reason", {"coding": ()})
        ):
            yield name
        if name in {"patientweight", "transportationdistance"} and "unit" not in each["valueQuantity"]:
            yield name
        if name in {"medicalrecordnumber", "patientaccountnumber", "pickuplocation", "dropofflocation"}:
            yield from [] if "valueString" in each else [name]


def _lines(eob: Any, kind: str) -> Iterator[str]:
    rows = eob.get("supportingInfo", ())
    transport = {each["sequence"] for each in rows if code(each["category"]) in TRANSPORT}
    for item in eob["item"]:
        if not transport <= set(item.get("informationSequence", ())):
            yield "transport without a line"
        if any(each > len(eob.get("careTeam", ())) for each in item.get("careTeamSequence", ())):
            yield "care team sequence"
        if kind == "inpatient" and "revenue" not in item:
            yield "revenue"


def _money(eob: Any) -> Iterator[str]:
    header, items = eob.get("adjudication", []), [each.get("adjudication", []) for each in eob["item"]]
    for row in (*header, *(row for rows in items for row in rows)):
        name = code(row["category"])
        if is_amount(row) and "amount" not in row:
            yield f"{name} without an amount"
        if not is_amount(row) and (name not in DISCRIMINATORS or "reason" not in row):
            yield f"category {name}"
    if not eob["total"] or not all(map(is_amount, eob["total"])):
        yield "total"
    if code(eob["payment"]["type"]) not in {"paid", "denied", "partiallypaid"}:
        yield "payment"


def _levels(eob: Any, kind: str) -> Iterator[str]:
    """Where amounts and network statuses stand."""
    header, items = eob.get("adjudication", []), [each.get("adjudication", []) for each in eob["item"]]
    by_line = [any(map(is_amount, rows)) for rows in items]
    if kind in {"inpatient", "outpatient"}:
        if any(map(is_amount, header)) == any(by_line):
            yield "amounts at the claim or at its lines"
        if any(rows and not has for rows, has in zip(items, by_line, strict=True)):
            yield "a line without an amount"
    else:
        if not all(by_line):
            yield "a line without an amount"
        if any([code(row["category"]) for row in rows].count("benefitpaymentstatus") != 1 for rows in items):
            yield "status of a line"
    statuses = [code(row["category"]) for row in header].count("benefitpaymentstatus")
    if statuses != (0 if kind == "professional" else 1):
        yield "status of the claim"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(name := value.get("reference"), str):
            yield name
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
