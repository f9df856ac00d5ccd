"""What identifies a person is marked in the claim model, and never shows in a repr."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.claims.test_model import visit

from medcode.claims import model
from medcode.claims.model import Accident, Address, Dependent, Note, ProfessionalLine
from medcode.claims.model.base import Part
from medcode.claims.model.fields import ModelFields

PARTS = [getattr(model, name) for name in model.__all__ if name not in {"Part", "AbcCode", "Snodent"}]


def test_a_repr_shows_what_is_set_and_hides_who_it_is() -> None:
    assert repr(Address("1 ELM ST", "MIAMI", "FL", "33111")) == "Address(line1=…, city=…, state=…, zip=…)"
    assert repr(Accident(["AA"])) == "Accident(causes=('AA',))"
    assert repr(Note("fell")) == "Note(text=…)"
    shown = repr(visit(dependent=Dependent(last_name="DOE", relationship="19", birth_date="2015-05-01")))
    for secret in ("DOE", "JO", "M1", "1980", "2015", "C1", "123456789", "MAPLE"):
        assert secret not in shown.replace("1234567893", "")
    assert "relationship='19'" in shown


SAFE = {
    # codes and words of a code list, which say what and not who
    "qualifier", "code", "state", "country", "subdivision", "unit", "sex", "relationship", "taxonomy",
    "payer_id", "payer_id_type", "claim_filing", "insurance_type", "pregnant", "frequency", "currency",
    "certified", "category", "causes", "conditions", "condition", "reason", "kind", "measure", "group",
    "type", "report_type", "predetermination", "transmission", "version", "procedure", "procedure_qualifier", "revenue_code",
    "remark_codes", "modifiers", "status", "number", "surfaces", "oral_cavity", "prosthesis", "indicator",
    "present_on_admission", "adjusted", "form", "question", "yes_no", "code_type", "method", "organization_id",
    "approved_group", "reject_reason", "policy_compliance", "exception", "list",
    "provider_id", "purpose", "claim_type",
}  # fmt: skip
"""Attributes of plain text that identify nobody."""

SUFFIXES = (
    "_type", "_kind", "_code", "_codes", "_source", "_status", "_assigned", "_information", "_responsibility",
    "_assignment", "_signature", "_program", "_reason", "_service", "_frequency", "_transmission", "_exempt",
)  # fmt: skip


def is_text(annotation: object) -> bool:
    return str(annotation) in {"str", "str | None", "tuple[str, ...]"}


@pytest.mark.parametrize("cls", PARTS, ids=lambda cls: cls.__name__)
def test_what_identifies_a_person_is_marked(cls: type[Part]) -> None:
    """Every plain text is marked as identifying unless it is listed here as harmless."""
    fields: Any = attrs.fields(cls)
    unmarked = {
        field.name
        for field in fields
        if is_text(field.type) and not field.metadata.get("phi") and not field.name.endswith(SUFFIXES)
    }
    harmless = SAFE | {"organization"} if cls in {model.Payer, model.PayToPlan, model.Receiver} else SAFE
    assert unmarked - harmless <= HARMLESS.get(cls.__name__, set())


HARMLESS = {
    "ClaimReferences": {
        "clia",
        "mammography_certification",
        "investigational_devices",
        "demonstration_project",
        "care_plan_oversight",
        "authorization_exception",
        "medicare_crossover",
    },
    "LineReferences": {"clia", "referring_clia", "mammography_certification", "immunization_batch"},
    "ProfessionalClaim": {"homebound"},
    "ProfessionalLine": {"emergency", "epsdt", "family_planning", "hospice_employee"},
    "InstitutionalClaim": {"drg"},
}
"""Plain texts of one class that identify nobody: numbers of laboratories and devices, Y and N."""


@pytest.mark.parametrize("cls", PARTS, ids=lambda cls: cls.__name__)
def test_every_part_is_a_part_whose_types_can_be_read(cls: type[Part]) -> None:
    assert issubclass(cls, Part)
    assert ModelFields.of(cls).types
    assert cls.__doc__


def test_a_part_keeps_only_what_it_was_told() -> None:
    line = ProfessionalLine(procedure="99213", charge=100, quantity=1)
    assert set(vars(line)) == {"procedure", "charge", "quantity"}, "a default is read off the class"
    assert line.unit == "UN"
    assert line == line.evolve() == ProfessionalLine(procedure="99213", charge=100)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        line.unit = "MJ"  # type: ignore[misc]  # what is tested
