"""The lines of a claim from the items of FHIR resources."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.decode_parties import PartyDecoder
from medcode.claims.fhir.reading import (
    amount_of,
    billed_code,
    code_of,
    day_of,
    first_of,
    list_of,
    numbered,
    peek,
    role_of,
    table_of,
    tables_of,
    text_of,
    whole_of,
)
from medcode.claims.model import (
    DentalClaim,
    DentalLine,
    InstitutionalClaim,
    InstitutionalLine,
    ProfessionalClaim,
    ProfessionalLine,
)
from medcode.numbers import decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.fhir.references import Resources

__all__ = ["LineDecoder"]

_HELD = {
    kind: {name: frozenset(each.name for each in attrs.fields(part)) for name, part in parts.items()}
    for kind, parts in {
        "professional": {"claim": ProfessionalClaim, "line": ProfessionalLine},
        "institutional": {"claim": InstitutionalClaim, "line": InstitutionalLine},
        "dental": {"claim": DentalClaim, "line": DentalLine},
    }.items()
}
_UNITS = {unit: code for code, unit in uri.UNITS.items()}


class LineDecoder(PartyDecoder):
    """Reads the items of one resource; `unread` holds the paths of what is not understood."""

    def __init__(self, claim: Mapping[str, Any], resources: Resources, kind: str) -> None:
        super().__init__(claim, resources)
        self.kind = kind
        self.unread: list[str] = []
        self._fields: Mapping[str, frozenset[str]] = _HELD.get(
            kind, {"claim": frozenset(), "line": frozenset()}
        )
        """The fields that a claim of the kind and its lines have."""
        self.diagnosis_sequences: list[int | None] = []
        """The sequence number of each diagnosis of the claim, in its order."""
        self.sites: dict[int | None, tuple[int, Mapping[str, Any]]] = {}
        """Further teeth of a dental claim, by their sequence, with their places in the list."""
        self.placed: set[int | None] = set()
        """The sites that some line refers to."""

    def _lines(self) -> None:
        entries = numbered(self._claim.get("careTeam"))
        places_of = {whole_of(each.get("sequence")): at for at, each in entries}
        team = {whole_of(each.get("sequence")): each for _, each in entries}
        entries = numbered(self._claim.get("item"))
        items = [item for _, item in entries]
        has_place = self.kind != "institutional"  # a bill's place is its facility type
        places = [
            code_of(item.get("locationCodeableConcept"), uri.POS, "") if has_place else None for item in items
        ]
        usual = Counter(filter(None, places)).most_common(1)
        if usual:
            self._put("place_of_service", usual[0][0])
        used: set[int | None] = set()
        for number, (at, item) in enumerate(entries):
            path = f"lines[{number}]"
            self._line(path, at, item)
            if usual and places[number] and places[number] != usual[0][0]:
                self._put(f"{path}.place_of_service", places[number])
            for sequence in map(whole_of, list_of(item.get("careTeamSequence"))):
                member = team.get(sequence)
                if member and (field := role_of(member)) in self._fields["line"]:
                    used.add(sequence)
                    self._provider(
                        f"{path}.{field}",
                        self._resources.party(member.get("provider"), self._claim, "provider"),
                        taxonomy=member.get("qualification"),
                    )
        for sequence, member in team.items():
            if sequence not in used:
                if (field := role_of(member)) in self._fields["claim"]:
                    whom = self._resources.party(member.get("provider"), self._claim, "provider")
                    self._provider(field, whom, taxonomy=member.get("qualification"))
                else:
                    self.unread.append(f"careTeam[{places_of[sequence]}]")
        self.unread += [
            f"supportingInfo[{at}]" for key, (at, _) in self.sites.items() if key not in self.placed
        ]
        total = amount_of(self._claim.get("total")) or _submitted(
            self._claim.get("total"), self._claim.get("adjudication")
        )
        charges = [decimal(charge) for item in items if (charge := _charge(item))]
        if total is not None and sum(filter(None, charges), Decimal()) != decimal(total):
            self._put("stated_total", total)

    def _line(self, path: str, at: int, item: Mapping[str, Any]) -> None:
        self._put(f"{path}.charge", _charge(item))
        self._put(f"{path}.revenue_code", code_of(item.get("revenue"), uri.NUBC + "RevenueCodes", ""))
        service = table_of(item.get("productOrService"))
        if (code := billed_code(service)) is not None:
            self._put(f"{path}.procedure.code", code)
            self._put(f"{path}.procedure.qualifier", "HP" if code_of(service, uri.HIPPS) else None)
            self._put(f"{path}.procedure.description", text_of(service.get("text")))
            for number, each in enumerate(tables_of(item.get("modifier"))):
                self._put(f"{path}.procedure.modifiers[{number}]", code_of(each, uri.HCPCS, uri.CPT, ""))
        elif code_of(service, uri.ABSENT) is None:
            self.unread.append(f"item[{at}].productOrService")
        quantity = table_of(item.get("quantity"))
        self._put(f"{path}.quantity", amount_of(quantity))
        if self.kind != "dental":
            self._put(f"{path}.unit", _unit(quantity))
        self._put(f"{path}.service_date", day_of(item.get("servicedDate")))
        if period := table_of(item.get("servicedPeriod")):
            self._days(path, at, period)
        if self.kind != "institutional":
            self._pointers(path, at, list_of(item.get("diagnosisSequence")))
        if self.kind == "dental":
            self._tooth(path, item)
        else:
            self._drug(path, first_of(item.get("detail")))

    def _pointers(self, path: str, at: int, sequences: list[Any]) -> None:
        """Read which diagnoses a line is for; a pointer to one that was not understood, or to two, is noted."""
        for number, sequence in enumerate(sequences):
            if self.diagnosis_sequences.count(known := whole_of(sequence)) == 1:
                place = 1 + self.diagnosis_sequences.index(known)
                self._put(f"{path}.diagnosis_pointers[{number}]", place)
            else:
                self.unread.append(f"item[{at}].diagnosisSequence[{number}]")

    def _days(self, path: str, at: int, period: Mapping[str, Any]) -> None:
        """Read a span of days; one that does not end is held as its first day, and noted."""
        start, end = day_of(period.get("start")), day_of(period.get("end"))
        if start and not end:
            self._put(f"{path}.service_date", start)
            self.unread.append(f"item[{at}].servicedPeriod.end")
            return
        self._put(f"{path}.service_date.start", start)
        self._put(f"{path}.service_date.end", end)

    def _drug(self, path: str, detail: Mapping[str, Any]) -> None:
        if code := code_of(detail.get("productOrService"), uri.NDC):
            self._put(f"{path}.drug.code", code)
            amount = table_of(detail.get("quantity"))
            self._put(f"{path}.drug.quantity", amount_of(amount))
            self._put(f"{path}.drug.unit", _unit(amount))

    def _tooth(self, path: str, item: Mapping[str, Any]) -> None:
        if tooth := code_of(item.get("bodySite"), uri.TOOTH):
            self._put(f"{path}.teeth[0].number", tooth)
            for number, surface in enumerate(tables_of(item.get("subSite"))):
                self._put(f"{path}.teeth[0].surfaces[{number}]", code_of(surface, uri.TOOTH_SURFACE))
        for sequence in map(whole_of, list_of(item.get("informationSequence"))):
            if sequence in self.sites and (tooth := code_of(self.sites[sequence][1].get("code"), uri.TOOTH)):
                self.placed.add(sequence)
                teeth = sum(
                    path_.startswith(f"{path}.teeth") and path_.endswith("number") for path_ in self.leaves
                )
                self._put(f"{path}.teeth[{teeth}].number", tooth)


def _unit(quantity: Mapping[str, Any]) -> str | None:
    """Return X12's unit of a quantity; one that it does not have is left unread."""
    unit = _UNITS.get(text_of(peek(quantity, "code")) or "")
    if unit is None or peek(quantity, "system") != uri.UCUM:
        return None
    quantity.get("code")
    return unit


def _charge(item: Mapping[str, Any]) -> str | None:
    """Return what was charged for a line: its net, or the submitted amount of its adjudication."""
    return amount_of(item.get("net")) or _submitted(item.get("adjudication"))


def _submitted(*adjudications: Any) -> str | None:
    """Return the submitted amount of the first list that has one."""
    for each in (row for rows in adjudications for row in tables_of(rows)):
        if code_of(each.get("category"), uri.ADJUDICATION) == "submitted":
            return amount_of(each.get("amount"))
    return None
