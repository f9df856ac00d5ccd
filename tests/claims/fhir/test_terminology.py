"""Value sets, code sets and mappings as FHIR resources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims import fhir
from medcode.codesets import ValueSet, hcpcs, icd9cm, icd10cm, mbi, place_of_service
from medcode.codesets.cpt import cpt
from medcode.errors import CoverageError

if TYPE_CHECKING:
    from medcode.codesets.base import CodeSet

DAY = date(2025, 10, 1)


def targets(resource: Any, code: str) -> list[tuple[str | None, str]]:
    [element] = [each for each in resource["group"][0]["element"] if each["code"] == code]
    return [(each.get("code"), each["equivalence"]) for each in element["target"]]


def test_a_value_set_has_its_codes_of_the_day() -> None:
    resource = fhir.value_set(ValueSet("M54.5"), on=DAY)
    [include] = resource["compose"]["include"]
    assert include["system"] == "http://hl7.org/fhir/sid/icd-10-cm"
    assert [each["code"] for each in include["concept"]] == ["M54.50", "M54.51", "M54.59"]
    assert include["concept"][0]["display"] == "Low back pain, unspecified"
    assert (resource["version"], resource["title"]) == ("2025-10-01", "ICD-10-CM: M54.5")
    assert fhir.value_set(ValueSet("M54.5"), on=DAY) == resource
    assert fhir.value_set(ValueSet("M54.5"), on=DAY, url="http://here")["url"] == "http://here"
    with pytest.raises(CoverageError):
        fhir.value_set(ValueSet("M54.5"), on=date(2080, 1, 1))


@pytest.mark.slow
def test_a_code_system_has_headings_and_parents() -> None:
    resource = fhir.code_system(icd10cm, on=DAY)
    concepts = {each["code"]: each for each in resource["concept"]}
    assert resource["count"] == len(concepts) == 98_186
    assert concepts["E11"]["property"] == [{"code": "notSelectable", "valueBoolean": True}]
    assert concepts["E11.9"]["property"] == [{"code": "parent", "valueCode": "E11"}]
    flat = fhir.code_system(place_of_service, on=DAY)
    assert {"code": "11", "display": "Office"} in flat["concept"]
    assert fhir.code_system(hcpcs, on=DAY)["url"] == "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"


@pytest.mark.parametrize("licensed", [cpt, mbi])
def test_what_others_own_is_not_published(licensed: CodeSet[Any]) -> None:
    with pytest.raises(ValueError, match="may not be published"):
        fhir.code_system(licensed)


@pytest.mark.slow
def test_successors_and_equivalence_mappings() -> None:
    succession = fhir.concept_map(icd10cm, icd10cm, on=DAY)
    assert targets(succession, "M54.5") == [
        ("M54.50", "narrower"),
        ("M54.51", "narrower"),
        ("M54.59", "narrower"),
    ]
    assert not [each for each in succession["group"][0]["element"] if each["code"] == "E11.9"]
    forward = fhir.concept_map(icd9cm, icd10cm, on=DAY)
    assert targets(forward, "250.00") == [("E11.9", "relatedto")]
    assert targets(forward, "001.0") == [("A00.0", "equivalent")]
    back = fhir.concept_map(icd10cm, icd9cm, on=date(2015, 1, 1))
    assert {equivalence for _, equivalence in targets(back, "A02.1")} == {"wider"}
    assert "scenario 1" in str(next(each for each in back["group"][0]["element"] if each["code"] == "A02.1"))
    unmatched = [
        each for each in forward["group"][0]["element"] if each["target"][0]["equivalence"] == "unmatched"
    ]
    assert unmatched
    with pytest.raises(ValueError, match="no mapping from ICD-10-CM to HCPCS"):
        fhir.concept_map(icd10cm, hcpcs, on=DAY)


def test_fhirkit_finds_nothing() -> None:
    fhirkit = pytest.importorskip("fhirkit", reason="fhirkit-rs is not installed")
    resources = [
        fhir.value_set(ValueSet("E08-E13"), on=DAY),
        fhir.code_system(place_of_service, on=DAY),
        fhir.concept_map(icd9cm, icd10cm, on=DAY),
    ]
    assert [str(issue) for each in resources for issue in fhirkit.validate(each)] == []
