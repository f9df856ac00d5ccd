"""From FHIR R4 resources to the leaves of a claim: what the resources say, and nothing guessed.

References are followed within the bundle. What is not understood is kept in `unread`, by its path.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.decode_lines import LineDecoder
from medcode.claims.fhir.reading import (
    amount_of,
    code_of,
    codes_of,
    day_of,
    diagnosis_code,
    first_of,
    in_sequence,
    logical_of,
    numbered,
    peek,
    procedure_code,
    system_of,
    table_of,
    tables_of,
    text_of,
    whole_of,
)
from medcode.claims.fhir.references import Resources
from medcode.claims.fhir.tables import IDENTIFIERS, INFO

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["Decoder", "Resources"]

_KINDS = {"professional": "professional", "institutional": "institutional", "oral": "dental"}
_BILL = re.compile(r"0?([1-9][0-9])([0-9A-Z])")
"""A type of bill: the facility and care in two digits, then the frequency; the leading zero may be left out."""
_CAUSES = {"MVA": "AA", "WPA": "EM"}
_HOLDS = "occurrence", "span", "value", "condition", "treatment"
_UNIT_SYSTEMS = (None, uri.UCUM, uri.CURRENCY)
_V2 = "http://terminology.hl7.org/CodeSystem/v2-"
_CODES = {
    "occurrence": (_V2 + "0350",),
    "span": (_V2 + "0351",),
    "value": (_V2 + "0153",),
    "condition": (_V2 + "0043",),
    "treatment": (uri.OUR + "x12:treatment",),
}
"""The systems of the codes of each category of ours."""
_FIELDS = dict(
    zip(
        _HOLDS,
        ("occurrences", "occurrence_spans", "value_codes", "condition_codes", "treatment_codes"),
        strict=True,
    )
)


class Decoder(LineDecoder):
    """Reads one Claim resource; `leaves` holds what it says of the claim, `unread` what is not understood."""

    def __init__(self, claim: Mapping[str, Any], resources: Resources) -> None:
        super().__init__(claim, resources, _KINDS.get(code_of(claim.get("type"), uri.CLAIM_TYPE) or "", ""))
        self._decode()

    def _decode(self) -> None:
        claim = self._claim
        self._put("kind", self.kind or None)
        self._identifiers()
        self._people()
        self._put("references.payer_claim_number", self._prior())
        self._put("references.referral", logical_of(claim.get("referral")))
        self._location("service_facility", self._resources.party(claim.get("facility"), claim, "facility"))
        self._billable()
        self._diagnoses()
        self._procedures()
        self._accident()
        self._information()
        self._lines()
        if "facility_type" in self.leaves:
            code_of(claim.get("subType"), uri.SUBTYPE)  # it follows from the type of bill

    # The claim

    def _identifiers(self) -> None:
        for each in tables_of(self._claim.get("identifier")):
            if code_of(each.get("type"), uri.IDENTIFIER_TYPE) == "pat":
                self._put("control_number", text_of(each.get("value")))
            elif (name := code_of(each.get("type"), uri.OUR + "claim-reference")) and name.replace(
                "-", "_"
            ) in IDENTIFIERS:
                self._put(f"references.{name.replace('-', '_')}", text_of(each.get("value")))
            elif "control_number" not in self.leaves:
                self._put("control_number", text_of(each.get("value")))

    def _prior(self) -> str | None:
        for each in tables_of(self._claim.get("related")):
            identifier = each.get("reference")
            if isinstance(identifier, dict):
                return text_of(identifier.get("value"))
        return None

    def _billable(self) -> None:
        period = self._claim.get("billablePeriod")
        if isinstance(period, dict) and self.kind in {"institutional", "dental"}:
            if self.kind == "dental":
                self._period("service_date", period)
            else:
                self._put("statement_dates.start", day_of(period.get("start")))
                self._put("statement_dates.end", day_of(period.get("end")) or day_of(period.get("start")))

    def _period(self, path: str, period: Any) -> None:
        if isinstance(period, dict) and (start := text_of(period.get("start"))):
            end = text_of(period.get("end")) or start
            if start[:10] == end[:10]:
                self._put(path, start[:10])
            else:
                self._put(f"{path}.start", start[:10])
                self._put(f"{path}.end", end[:10])

    def _diagnoses(self) -> None:
        counts: Counter[str] = Counter()
        for at, each in in_sequence(self._claim.get("diagnosis")):
            concept = each.get("diagnosisCodeableConcept")
            if concept is None:
                concept = self._follow(each.get("diagnosisReference"), "diagnosisReference").get("code")
            code = diagnosis_code(concept)
            kinds = {
                code
                for kind in tables_of(each.get("type"))
                for code in codes_of(kind, uri.DIAGNOSIS_TYPE, "")
            }
            path = self._diagnosis_path(kinds, counts)
            if path is None or code is None:
                self.unread.append(f"diagnosis[{at}]")
                continue
            self._put(path, code)
            self.diagnosis_sequences.append(whole_of(each.get("sequence")))
            if path.endswith(".code") and (
                poa := code_of(each.get("onAdmission"), uri.NUBC + "PresentOnAdmissionIndicator", "")
            ):
                self._put(path.removesuffix("code") + "present_on_admission", poa)

        if self.kind == "professional" and not counts["diagnoses"]:
            self._put("diagnoses", ())

    def _diagnosis_path(self, kinds: set[str], counts: Counter[str]) -> str | None:
        if self.kind != "institutional":
            field = "diagnoses"
        elif "admitting" in kinds:
            return "admitting_diagnosis"
        elif "patientreasonforvisit" in kinds:
            counts["reasons_for_visit"] += 1
            return f"reasons_for_visit[{counts['reasons_for_visit'] - 1}]"
        elif "externalcauseofinjury" in kinds:
            field = "external_causes"
        elif "principal" in kinds or not counts["principal"]:
            if counts["principal"]:
                return None
            counts["principal"] += 1
            return "principal_diagnosis.code"
        else:
            field = "other_diagnoses"
        counts[field] += 1
        return f"{field}[{counts[field] - 1}].code"

    def _procedures(self) -> None:
        counts: Counter[str] = Counter()
        for at, each in in_sequence(self._claim.get("procedure")):
            concept = each.get("procedureCodeableConcept")
            if concept is None:
                concept = self._follow(each.get("procedureReference"), "procedureReference").get("code")
            kinds = {
                code
                for kind in tables_of(each.get("type"))
                for code in codes_of(kind, uri.PROCEDURE_TYPE, "")
            }
            code = procedure_code(concept)
            day = text_of(each.get("date"))
            if code is None:
                self.unread.append(f"procedure[{at}]")
            elif self.kind == "professional":
                self._put(f"anesthesia_procedures[{counts['anesthesia']}]", code)
                counts["anesthesia"] += 1
            else:
                path = "principal_procedure"
                if "principal" not in kinds or counts["principal"]:
                    path = f"other_procedures[{counts['other']}]"
                counts["other" if path[0] == "o" else "principal"] += 1
                self._put(f"{path}.code", code)
                self._put(f"{path}.date", day[:10] if day else None)

    def _accident(self) -> None:
        accident = self._claim.get("accident")
        if not isinstance(accident, dict):
            return
        self._put("dates.accident", text_of(accident.get("date")))
        cause = code_of(accident.get("type"), uri.OUR + "x12:1362") or _CAUSES.get(
            code_of(accident.get("type"), uri.ACCIDENT_TYPE, "") or ""
        )
        self._put("accident.causes[0]", cause)
        where = accident.get("locationAddress")
        if isinstance(where, dict):
            self._put("accident.state", text_of(where.get("state")))
            self._put("accident.country", text_of(where.get("country")))

    def _information(self) -> None:
        counts: Counter[str] = Counter()
        for at, each in numbered(self._claim.get("supportingInfo")):
            coding = first_of(table_of(each.get("category")).get("coding"))
            system, category = system_of(coding), text_of(coding.get("code")) or ""
            row = INFO.get((system, category))
            if row and row.path not in self.leaves:
                self._of_row(row.path, row.kind, row.detail, each)
            elif category in _HOLDS and system == uri.OUR + "supporting-info":
                self._held(f"{_FIELDS[category]}[{counts[category]}]", category, each)
                counts[category] += 1
            elif row or not self._fact(system, category, at, each):  # a claim has one of each row
                self.unread.append(f"supportingInfo[{at}]")

    def _fact(self, system: str, category: str, at: int, entry: Mapping[str, Any]) -> bool:
        """Read what the guide has a category for and a row would not do; return whether it was understood."""
        if system != uri.INFO:
            return False
        if category == "typeofbill" and (
            bill := _BILL.fullmatch(code_of(entry.get("code"), uri.NUBC + "TypeOfBill", "") or "")
        ):
            self._put("facility_type", bill[1])
            self._put("frequency", bill[2])
        elif category == "patientaccountnumber" and "control_number" not in self.leaves:
            self._put("control_number", text_of(entry.get("valueString")))
        elif category == "servicefacility" and (place := self._follow(entry.get("valueReference"), category)):
            self._location("service_facility", place)
        elif category == "additionalbodysite" and self.kind == "dental":
            self.sites[whole_of(entry.get("sequence"))] = at, entry
        elif category == "admissionperiod":
            start = text_of(table_of(entry.get("timingPeriod")).get("start"))
            self._put("admission", start[:10] if start else None)
        else:
            return False
        return True

    def _of_row(self, path: str, kind: str, detail: str, entry: Mapping[str, Any]) -> None:
        if kind == "code":
            self._put(path, code_of(entry.get("code"), detail) or code_of(entry.get("reason"), detail))
        elif kind == "quantity":
            quantity = table_of(entry.get("valueQuantity"))
            key = "unit" if peek(quantity, "code") is None else "code"  # some write the code as the unit
            if quantity.get("system") in _UNIT_SYSTEMS and peek(quantity, key) == detail:
                quantity.get(key)
                self._put(path, amount_of(quantity))
        elif kind == "date":
            self._put(path, text_of(entry.get("timingDate")))
            period = table_of(entry.get("timingPeriod"))
            self._put(f"{path}.start", text_of(period.get("start")))
            self._put(f"{path}.end", text_of(period.get("end")))
        else:
            self._put(path, text_of(entry.get("valueString")))

    def _held(self, path: str, category: str, entry: Mapping[str, Any]) -> None:
        code = code_of(entry.get("code"), *_CODES[category])
        if category in {"condition", "treatment"}:
            self._put(path, code)
            return
        self._put(f"{path}.code", code)
        if category == "occurrence":
            self._put(f"{path}.date", text_of(entry.get("timingDate")))
        elif category == "value":
            self._put(f"{path}.amount", amount_of(entry.get("valueQuantity")))
        else:
            self._period(f"{path}.dates", entry.get("timingPeriod"))
