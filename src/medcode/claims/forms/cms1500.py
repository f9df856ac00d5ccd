"""Professional claims by the box numbers of the CMS-1500 (02/12).

A box holds what people write in it: `"3": "1961-04-12 F"`, `"5": "7 ELM ST, ALTON, IL 62002"`,
`"24D": "99213 25"`. The columns of 24 hold a text for one line, or a list with one for each. The
form does not number the payer, who is given beside it.

Source: NUCC, 1500 Health Insurance Claim Form reference, crosswalk to the 837P.

>>> boxes = {"1": "MEDICARE", "2": "DOE, JANE", "21A": "J02.9", "24A": "2026-11-16", "24D": "99213",
...          "24E": "A", "24F": "125", "26": "147", "33": "RIVER CLINIC", "33a": "1467890129"}
>>> from_cms1500(boxes).lines[0]
ProfessionalLine(charge=Decimal('125'), service_date=…, procedure=Procedure(code=Hcpcs('99213')))
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medcode.claims.forms.boxes import Boxes, address, days, name, party
from medcode.claims.model import (
    Accident,
    ClaimDates,
    ClaimReferences,
    Dependent,
    Note,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Subscriber,
)
from medcode.claims.model.base import money
from medcode.claims.model.references import CLIA_NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["from_cms1500"]

_LETTERS = "ABCDEFGHIJKL"
_COLUMNS = "ABCDEFGHJ"
_BOXES = (
    "1", "1a", "2", "3", "4", "5", "6", "7", "10a", "10b", "10c", "10d", "11", "11a", "11b", "11c", "12", "13", "14",
    "15", "16", "17", "17b", "18", "19", "22", "23", "25", "26", "27", "28", "29", "32", "32a", "33", "33a", "33b",
)  # fmt: skip
_KNOWN = (*_BOXES, *(f"21{letter}" for letter in _LETTERS), *(f"24{column}" for column in _COLUMNS))
_FILING = {"MEDICARE": "MB", "MEDICAID": "MC", "TRICARE": "CH", "GROUP": "CI"}
_RELATIONSHIPS = {"SELF": None, "SPOUSE": "01", "CHILD": "19", "OTHER": "G8"}
_DAYS = {  # box 14 and 15: the qualifier and what it dates
    "431": "onset", "484": "last_menstrual_period", "454": "initial_treatment", "304": "last_seen",
    "453": "acute_manifestation", "439": "accident", "455": "last_x_ray", "471": "prescription",
    "090": "assumed_care", "091": "relinquished_care", "444": "first_contact",
}  # fmt: skip
_REFERRERS = {"DN": "referring_provider", "DQ": "supervising_provider"}
_TAX_IDS = {"EIN": "EI", "SSN": "SY"}


def from_cms1500(boxes: Mapping[str, Any], payer: Payer | None = None) -> ProfessionalClaim:
    """Make a claim of the boxes of a CMS-1500; VisitError names every box that is wrong.

    Without a payer the plan's name in box 11c is all that is known of it.
    """
    form = Boxes(boxes, _KNOWN)
    for box in ("26", "21A", "24D", "24F"):
        if box not in form:
            form.report(box, "missing")
    claim = _claim(form, payer)
    form.finish()
    return claim


def _claim(form: Boxes, payer: Payer | None) -> ProfessionalClaim:
    subscriber, dependent = _people(form)
    lines = _lines(form)
    frequency, *original = form.words("22") or ["1"]
    places = form.column("24B")
    who, where, _ = party(form.text("32"))
    claim = ProfessionalClaim(
        control_number=form.text("26") or "",
        billing_provider=_billing(form),
        subscriber=subscriber,
        dependent=dependent,
        payer=payer or Payer(organization=form.text("11c")),
        frequency=frequency,
        accepts_assignment="A" if "27" not in form or form.yes("27") else "C",
        release_of_information="Y" if "12" not in form or form.text("12") else "I",
        benefits_assigned="Y" if "13" not in form or form.text("13") else "N",
        place_of_service=places[0] if places else "11",
        accident=_accident(form),
        dates=_dates(form),
        references=_references(form, " ".join(original) or None),
        condition_codes=form.words("10d"),
        patient_paid=form.text("29"),
        note=Note(note) if (note := form.text("19")) else None,
        service_facility=Provider(organization=who, address=where, npi=form.text("32a")) if who else None,
        diagnoses=[code for letter in _LETTERS if (code := form.text(f"21{letter}"))],
        lines=lines,
        **_referrer(form),
    )
    stated = form.text("28")
    total = None if stated is None or money(stated) == claim.total else stated
    return claim.evolve(stated_total=total)


def _people(form: Boxes) -> tuple[Subscriber, Dependent | None]:
    """Return the insured and, if that is somebody else, the patient."""
    relationship = (form.text("6") or "SELF").upper()
    if relationship not in _RELATIONSHIPS:
        form.report("6", "must be SELF, SPOUSE, CHILD or OTHER")
    code = _RELATIONSHIPS.get(relationship)
    patient: dict[str, Any] = {**name(form.text("2")), **_born(form, "3"), "address": address(form.text("5"))}
    patient["casualty_claim_number"] = form.text("11b")
    filing = (form.text("1") or "").upper() or None
    insured: dict[str, Any] = {
        "member_id": form.text("1a"),
        "group_number": _group(form.text("11")),
        "group_name": form.text("11c"),
        "claim_filing": _FILING.get(filing or "", filing),
    }
    if code is None:
        return Subscriber(**patient, **insured), None
    person = {**name(form.text("4")), **_born(form, "11a"), "address": address(form.text("7"))}
    return Subscriber(**person, **insured), Dependent(relationship=code, **patient)


def _group(text: str | None) -> str | None:
    """Return the group number; for Medicare, NONE means that no other insurance pays first."""
    return None if text and text.upper() == "NONE" else text


def _born(form: Boxes, box: str) -> dict[str, Any]:
    words = form.words(box)
    return {"birth_date": words[0] if words else None, "sex": words[1].upper() if words[1:] else None}


def _billing(form: Boxes) -> Provider:
    who, where, contact = party(form.text("33"))
    number, *kind = form.words("25") or [""]
    taxonomy = form.text("33b")
    return Provider(
        organization=who,
        address=where,
        contacts=[contact] if contact else [],
        npi=form.text("33a"),
        tax_id=number.replace("-", "") or None,
        tax_id_type=_TAX_IDS.get(kind[0].upper(), kind[0]) if kind else "EI",
        taxonomy=taxonomy and re.sub("^(PXC|ZZ) ?", "", taxonomy),
    )


def _accident(form: Boxes) -> Accident | None:
    causes = [cause for box, cause in (("10a", "EM"), ("10c", "OA")) if form.yes(box)]
    marked, *state = form.words("10b") or ["NO"]
    if marked.upper() not in {"NO", "N"}:
        causes.insert(0, "AA")
    return Accident(causes=causes, state=state[0].upper() if state else None) if causes else None


def _dates(form: Boxes) -> ClaimDates:
    dated: dict[str, Any] = {}
    for box, usual in (("14", "431"), ("15", "")):
        if words := form.words(box):
            qualifier = words[1] if words[1:] else usual
            if qualifier in _DAYS:
                dated[_DAYS[qualifier]] = words[0]
            else:
                form.report(box, f"expected a date and one of {', '.join(_DAYS)}")
    if (unable := days(form.text("16"))) is not None:
        dated |= {"disability": unable, "disability_kind": "314" if isinstance(unable, tuple) else "360"}
    if (stay := days(form.text("18"))) is not None:
        dated["admission"], dated["discharge"] = stay if isinstance(stay, tuple) else (stay, None)
    return ClaimDates(**dated)


def _references(form: Boxes, original: str | None) -> ClaimReferences:
    number = form.text("23")
    clia = bool(number and CLIA_NUMBER.fullmatch(number))
    return ClaimReferences(
        payer_claim_number=original,
        clia=number if clia else None,
        prior_authorization=None if clia else number,
    )


def _referrer(form: Boxes) -> dict[str, Any]:
    """Return the referring or supervising provider; an ordering provider goes on the lines."""
    text = form.text("17")
    if text is None:
        return {}
    role, _, who = text.partition(" ")
    if role.upper() not in _REFERRERS:
        form.report("17", "expected DN (referring) or DQ (supervising) and a name")
        return {}
    return {_REFERRERS[role.upper()]: Provider(**name(who), npi=form.text("17b"))}


def _lines(form: Boxes) -> list[ProfessionalLine]:
    columns = {column: form.column(f"24{column}") for column in _COLUMNS}
    count = max(map(len, columns.values()))
    for column, texts in columns.items():
        if texts and len(texts) != count:
            form.report(f"24{column}", f"expected {count} lines, not {len(texts)}")
            columns[column] = []
    place = columns["B"][0] if columns["B"] else None
    return [
        _line(form, {c: texts[number] for c, texts in columns.items() if texts}, place)
        for number in range(count)
    ]


def _line(form: Boxes, row: Mapping[str, str], place: str | None) -> ProfessionalLine:
    code, *modifiers = row.get("D", "").split() or [""]
    letters = row.get("E", "A").upper().replace(" ", "").replace(",", "")
    if unknown := set(letters) - set(_LETTERS):
        form.report("24E", f"expected letters from A to L; {len(unknown)} others were found")
    return ProfessionalLine(
        procedure=Procedure(code, modifiers),
        charge=row.get("F", ""),
        quantity=row.get("G") or 1,
        service_date=days(row.get("A")),
        diagnosis_pointers=[_LETTERS.index(letter) + 1 for letter in letters if letter in _LETTERS],
        place_of_service=row["B"] if "B" in row and row["B"] != place else None,
        emergency="Y" if row.get("C", "").upper() == "Y" else None,
        epsdt="Y" if row.get("H", "").upper().startswith("Y") else None,
        rendering_provider=Provider(npi=row["J"]) if row.get("J") else None,
    )
