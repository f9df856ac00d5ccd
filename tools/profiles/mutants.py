"""Ways to break CARIN's examples, each of which breaks a rule of the guide: the checker must find them.

A change returns False where an example has nothing that it could break.
Source: HL7 CARIN IG for Blue Button 2.2.0, the profiles' own tables of differences.
"""

from __future__ import annotations

import copy
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["CHANGES", "mutants"]

Change = "Callable[[Any], bool]"
_BAD = {"coding": [{"system": "http://example.com/codes", "code": "nonsense"}]}
_THO = "http://terminology.hl7.org/CodeSystem/"


def mutants(examples: list[Any], wanted: int) -> Iterator[tuple[str, Any]]:
    """Yield examples with one thing broken each, every change in turn, and what was broken."""
    made = 0
    for turn in count():
        before = made
        for number, (name, change) in enumerate(CHANGES.items()):
            fits = [each for each in map(copy.deepcopy, examples) if change(each)]
            if turn < len(fits) and made < wanted:
                made += 1
                example = fits[(turn + number) % len(fits)]
                yield f"{example['id']}: {name}", example
        if made in {before, wanted}:
            return


def _financial(eob: Any) -> bool:
    return not eob["meta"]["profile"][0].split("|")[0].endswith("-Basis")


def _is(eob: Any, *kinds: str) -> bool:
    return any(kind in eob["meta"]["profile"][0] for kind in kinds)


def _without(name: str) -> Callable[[Any], bool]:
    return lambda eob: eob.pop(name, None) is not None


def _set(name: str, value: Any) -> Callable[[Any], bool]:
    def change(eob: Any) -> bool:
        eob[name] = copy.deepcopy(value)
        return True

    return change


def _first(name: str, key: str, value: Any = None) -> Callable[[Any], bool]:
    """Change a part of the first entry of a list, or take it away; only where it is there."""

    def change(eob: Any) -> bool:
        for entry in eob.get(name, ()):
            if key in entry:
                if value is None:
                    del entry[key]
                else:
                    entry[key] = copy.deepcopy(value)
                return True
        return False

    return change


def _code(concept: Any) -> str:
    return str(concept["coding"][0].get("code", "")) if "coding" in concept else ""


def _info(eob: Any, category: str) -> Any:
    found = (each for each in eob.get("supportingInfo", ()) if _code(each["category"]) == category)
    return next(found, None)


def _two_infos(category: str) -> Callable[[Any], bool]:
    def change(eob: Any) -> bool:
        if (row := _info(eob, category)) is None:
            return False
        eob["supportingInfo"].append(row | {"sequence": 99})
        return True

    return change


def _info_code(category: str) -> Callable[[Any], bool]:
    def change(eob: Any) -> bool:
        row = _info(eob, category)
        if row is None or "code" not in row:
            return False
        row["code"] = copy.deepcopy(_BAD)
        return True

    return change


def _stay_on_one_day(eob: Any) -> bool:
    row = _info(eob, "admissionperiod")
    if row is None:
        return False
    row["timingDate"] = row.pop("timingPeriod")["start"]
    return True


def _received_without_a_day(eob: Any) -> bool:
    row = _info(eob, "clmrecvddate")
    return row is not None and row.pop("timingDate", None) is not None


def _two_claim_ids(eob: Any) -> bool:
    own = next((each for each in eob["identifier"] if _code(each["type"]) == "uc"), None)
    if own is None:
        return False
    eob["identifier"].append(own | {"value": "OTHER"})
    return True


def _two_focal(eob: Any) -> bool:
    first = eob["insurance"][0]
    eob["insurance"] = [first | {"focal": True}, first | {"focal": True}]
    return True


def _organization_attends(eob: Any) -> bool:
    for member in eob.get("careTeam", ()):
        roles = {"attending", "primary", "referring", "supervisor"} | (
            set() if _is(eob, "Institutional", "Pharmacy") else {"rendering"}
        )
        roles -= {"attending", "supervisor", "referring"} if _is(eob, "Pharmacy") else set()
        if _code(member["role"]) in roles and _is(eob, "Institutional", "Professional"):
            member["provider"] = {"reference": "Organization/ProviderOrganization1"}
            return True
    return False


def _patient_is_a_payer(eob: Any) -> bool:
    eob["patient"] = {"reference": "Organization/Payer1"}
    return True


def _coverage_is_a_patient(eob: Any) -> bool:
    eob["insurance"][0]["coverage"] = copy.deepcopy(eob["patient"])
    return True


def _row(eob: Any, where: str, *, amount: bool) -> Any:
    """Return the first adjudication of the claim or of a line, with or without an amount."""
    rows = eob.get("adjudication", ()) if where == "header" else [
        row for item in eob.get("item", ()) for row in item.get("adjudication", ())
    ]  # fmt: skip
    names = {"adjustmentreason"} if not amount else {"submitted", "benefit", "paidtoprovider", "eligible"}
    return next((row for row in rows if _code(row["category"]) in names), None)


def _amount_gone(eob: Any) -> bool:
    row = _row(eob, "line", amount=True) or _row(eob, "header", amount=True)
    return _financial(eob) and row is not None and row.pop("amount", None) is not None


def _reason_gone(eob: Any) -> bool:
    row = _row(eob, "line", amount=False) or _row(eob, "header", amount=False)
    return row is not None and row.pop("reason", None) is not None


def _amounts_twice(eob: Any) -> bool:
    if not (_is(eob, "Institutional") and _financial(eob)):
        return False
    row = _row(eob, "line", amount=True)
    if row is None or _row(eob, "header", amount=True) is not None:
        return False
    eob["adjudication"].append(copy.deepcopy(row))
    return True


def _line_without_amounts(eob: Any) -> bool:
    if not (_is(eob, "Professional", "Oral") and _financial(eob)):
        return False
    for item in eob["item"]:
        kept = [row for row in item.get("adjudication", ()) if "amount" not in row]
        if kept and len(kept) < len(item["adjudication"]):
            item["adjudication"] = kept
            return True
    return False


def _total_of_nothing(eob: Any) -> bool:
    if not (_financial(eob) and eob.get("total")):
        return False
    for each in eob["total"]:
        each["category"] = copy.deepcopy(_BAD)
    return True


def _transport_of_no_line(eob: Any) -> bool:
    if _info(eob, "ambulancetransportreason") is None:
        return False
    for item in eob["item"]:
        item.pop("informationSequence", None)
    return True


def _payee_unknown(eob: Any) -> bool:
    eob["payee"] = {"type": {"coding": [{"system": _THO + "payeetype", "code": "other"}]}}
    return True


def _diagnosis_elsewhere(eob: Any) -> bool:
    for each in eob.get("diagnosis", ()):
        if "diagnosisCodeableConcept" in each:
            del each["diagnosisCodeableConcept"]
            each["diagnosisReference"] = {"reference": "Condition/1"}
            return True
    return False


def _status_twice(eob: Any) -> bool:
    rows = [each for each in eob.get("adjudication", ()) if _code(each["category"]) == "benefitpaymentstatus"]
    if not rows:
        return False
    eob["adjudication"].append(copy.deepcopy(rows[0]))
    return True


def _never_updated(eob: Any) -> bool:
    return eob["meta"].pop("lastUpdated", None) is not None


def _no_revenue(eob: Any) -> bool:
    return _is(eob, "Inpatient") and _first("item", "revenue")(eob)


def _endless_period(eob: Any) -> bool:
    return eob.get("billablePeriod", {}).pop("start", None) is not None


def _vision(eob: Any) -> bool:
    if not _is(eob, "Professional"):
        return False
    eob["item"][0]["productOrService"] = {
        "coding": [{"system": _THO + "data-absent-reason", "code": "not-applicable"}]
    }
    return True


def _stay_is_an_outpatient(eob: Any) -> bool:
    if not _is(eob, "Inpatient"):
        return False
    eob["subType"] = {
        "coding": [
            {
                "system": "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBInstitutionalClaimSubType",
                "code": "outpatient",
            }
        ]
    }
    return True


def _wrong_kind(eob: Any) -> bool:
    kind = "oral" if _is(eob, "Professional", "Institutional", "Pharmacy") else "institutional"
    eob["type"] = {"coding": [{"system": _THO + "claim-type", "code": kind}]}
    return True


CHANGES: dict[str, Callable[[Any], bool]] = {
    **{
        f"no {name}": _without(name)
        for name in ("identifier", "status", "type", "use", "patient", "created", "insurer", "provider", "outcome",
                     "insurance", "billablePeriod")
    },
    "use": _set("use", "preauthorization"),
    "status": _set("status", "nonsense"),
    "outcome": _set("outcome", "nonsense"),
    "type": _wrong_kind,
    "type unknown": _set("type", _BAD),
    "subtype": _stay_is_an_outpatient,
    "two unique claim ids": _two_claim_ids,
    "two focal coverages": _two_focal,
    "a payer as the patient": _patient_is_a_payer,
    "a patient as the coverage": _coverage_is_a_patient,
    "an organization attends": _organization_attends,
    "role unknown": _first("careTeam", "role", _BAD),
    "no role": _first("careTeam", "role"),
    "no provider in the team": _first("careTeam", "provider"),
    "no sequence in the team": _first("careTeam", "sequence"),
    "diagnosis type unknown": _first("diagnosis", "type", [_BAD]),
    "no diagnosis type": _first("diagnosis", "type"),
    "diagnosis by reference": _diagnosis_elsewhere,
    "no sequence of a diagnosis": _first("diagnosis", "sequence"),
    "procedure type unknown": _first("procedure", "type", [_BAD]),
    "no category": _first("supportingInfo", "category"),
    "two bill types": _two_infos("typeofbill"),
    "two days received": _two_infos("clmrecvddate"),
    "two discharges": _two_infos("discharge-status"),
    "bill type unknown": _info_code("typeofbill"),
    "admission type unknown": _info_code("admtype"),
    "discharge unknown": _info_code("discharge-status"),
    "a stay of a day": _stay_on_one_day,
    "received on no day": _received_without_a_day,
    "no service": _first("item", "productOrService"),
    "no sequence of a line": _first("item", "sequence"),
    "no revenue code": _no_revenue,
    "a line of no service": _vision,
    "an amount without a value": _amount_gone,
    "a reason without a code": _reason_gone,
    "amounts at claim and lines": _amounts_twice,
    "a line without amounts": _line_without_amounts,
    "totals unknown": _total_of_nothing,
    "two payment statuses": _status_twice,
    "another payee": _payee_unknown,
    "no start": _endless_period,
    "never updated": _never_updated,
    "transport of no line": _transport_of_no_line,
    "payment type unknown": lambda eob: "type" in eob.get("payment", {}) and bool(eob["payment"].update(type=_BAD) or True),
    "no payment type": lambda eob: eob.get("payment", {}).pop("type", None) is not None,
}  # fmt: skip
"""What is broken, and how; an example that does not fit is left as it was."""
