"""The checker of profiles on a small profile of our own: each kind of rule finds what breaks it, and nothing else."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("fhirpathpy", reason="fhirpathpy is not installed")

from tools.profiles.checker import Checker
from tools.profiles.packages import Definitions, folder

URL = "http://example.com/StructureDefinition/visit"
KINDS = "http://example.com/CodeSystem/kinds"
OTHER = "http://example.com/CodeSystem/other"


def element(path: str, least: int = 0, most: str = "*", **rules: Any) -> dict[str, Any]:
    plain = ".".join(part.split(":")[0] for part in path.split("."))
    sliced = {"sliceName": path.rpartition(":")[2]} if ":" in path.rpartition(".")[2] else {}
    return {"id": path, "path": plain, "min": least, "max": most, **sliced, **rules}


def bound(value_set: str) -> dict[str, Any]:
    return {"strength": "required", "valueSet": f"http://example.com/ValueSet/{value_set}"}


def pattern(code: str) -> dict[str, Any]:
    return {"coding": [{"system": KINDS, "code": code}]}


BY_CATEGORY = {"discriminator": [{"type": "value", "path": "category"}], "rules": "closed"}
BY_TYPE = {"discriminator": [{"type": "type", "path": "$this"}], "rules": "open"}

PROFILE = {
    "resourceType": "StructureDefinition",
    "url": URL,
    "type": "Basic",
    "snapshot": {
        "element": [
            element(
                "Basic",
                constraint=[
                    {"key": "v-1", "severity": "error", "expression": "meta.lastUpdated.exists()"},
                    {"key": "v-2", "severity": "error", "expression": "subject.all(resolve() is Patient)"},
                    {"key": "v-3", "severity": "error", "expression": f"code.memberOf('{URL.replace('StructureDefinition/visit', 'ValueSet/codes')}')"},
                    {"key": "v-4", "severity": "warning", "expression": "false"},
                    {"key": "v-5", "severity": "error", "expression": "nobody.knows(this)"},
                ],
            ),
            element("Basic.code", 1, "1", type=[{"code": "CodeableConcept"}], binding=bound("codes")),
            element("Basic.status", 1, "1", type=[{"code": "code"}], fixedCode="done", binding=bound("kinds")),
            element("Basic.subject", 0, "1", type=[{"code": "Reference", "targetProfile": ["http://example.com/patient"]}]),
            element("Basic.author", 0, "0"),
            element("Basic.part", 1, "*", slicing=BY_CATEGORY, type=[{"code": "BackboneElement"}]),
            element("Basic.part.category", 1, "1", type=[{"code": "CodeableConcept"}]),
            element("Basic.part.value[x]", 0, "1", type=[{"code": "string"}, {"code": "Period"}]),
            element("Basic.part.part", 0, "*", contentReference="#Basic.part"),
            element("Basic.part:day", 1, "1"),
            element("Basic.part:day.category", 1, "1", patternCodeableConcept=pattern("day")),
            element("Basic.part:day.value[x]", 1, "1", slicing=BY_TYPE, type=[{"code": "Period"}]),
            element("Basic.part:day.value[x]:valuePeriod", 1, "1", type=[{"code": "Period"}]),
            element("Basic.part:note", 0, "1"),
            element("Basic.part:note.category", 1, "1", binding=bound("notes")),
        ]
    },
}  # fmt: skip
PATIENT = {"resourceType": "StructureDefinition", "url": "http://example.com/patient", "type": "Patient"}
PERIOD: dict[str, Any] = {
    "resourceType": "StructureDefinition",
    "url": "http://hl7.org/fhir/StructureDefinition/Period",
    "type": "Period",
    "snapshot": {
        "element": [element("Period"), element("Period.start", 1, "1"), element("Period.end", 0, "1")]
    },
}
SYSTEM = {
    "resourceType": "CodeSystem",
    "url": KINDS,
    "content": "complete",
    "concept": [{"code": "day", "concept": [{"code": "note"}, {"code": "done"}]}, {"code": "x"}],
}
SETS = [
    {"url": "codes", "compose": {"include": [{"system": KINDS}, {"system": OTHER}], "exclude": [{"system": KINDS, "concept": [{"code": "x"}]}]}},
    {"url": "kinds", "compose": {"include": [{"system": KINDS}]}},
    {"url": "notes", "compose": {"include": [{"system": KINDS, "concept": [{"code": "note"}]}]}},
    {"url": "both", "compose": {"include": [{"valueSet": ["http://example.com/ValueSet/codes", "http://example.com/ValueSet/notes"]}]}},
    {"url": "lost", "compose": {"include": [{"valueSet": ["http://example.com/ValueSet/nowhere"]}]}},
]  # fmt: skip
DEFINITIONS = [
    PROFILE,
    PATIENT,
    PERIOD,
    SYSTEM,
    *(
        {**each, "resourceType": "ValueSet", "url": f"http://example.com/ValueSet/{each['url']}"}
        for each in SETS
    ),
]

GOOD: dict[str, Any] = {
    "resourceType": "Basic",
    "meta": {"profile": [URL], "lastUpdated": "2026-01-05T00:00:00Z"},
    "code": {"coding": [{"system": KINDS, "code": "day"}]},
    "status": "done",
    "subject": {"reference": "Patient/1"},
    "part": [
        {"category": pattern("day"), "valuePeriod": {"start": "2026-01-05"}},
        {"category": pattern("note"), "_valueString": {"id": "a"}},
    ],
}
RESOURCES = {"Patient/1": {"resourceType": "Patient"}, "Group/1": {"resourceType": "Group"}}


def issues(resource: dict[str, Any]) -> list[str]:
    checker = Checker(Definitions(DEFINITIONS))
    found = [str(each) for each in checker.check(resource, RESOURCES.get)]
    assert list(checker.invariants.stuck) == ["v-5"]  # said, not passed over
    return found


def test_nothing_is_found_in_what_keeps_every_rule() -> None:
    assert issues(GOOD) == []
    assert (
        issues(GOOD | {"code": {"coding": [{"system": OTHER, "code": "anything"}]}}) == []
    )  # its codes are not known


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"meta": {"profile": [URL]}}, "Basic: invariant v-1"),
        ({"subject": {"reference": "Group/1"}}, "Basic: invariant v-2; Basic.subject: reference to a Group"),
        ({"code": {"coding": [{"system": KINDS, "code": "x"}]}}, "Basic: invariant v-3; Basic.code: required binding http://example.com/ValueSet/codes"),
        ({"status": "day"}, "Basic.status: fixed value done"),
        ({"status": "soon"}, "Basic.status: fixed value done; Basic.status: required binding http://example.com/ValueSet/kinds"),
        ({"author": {"reference": "Patient/1"}}, "Basic.author: at most 0, not 1"),
        ({"part": GOOD["part"] + GOOD["part"][:1]}, "Basic.part:day: at most 1, not 2"),
        ({"part": GOOD["part"][1:]}, "Basic.part:day: at least 1, not 0"),
        ({"part": [*GOOD["part"], {"category": pattern("x")}]}, "Basic.part[2]: in no slice, and no other is allowed"),
        ({"part": [*GOOD["part"], {"valueString": "a"}]}, "Basic.part[2].category: at least 1, not 0; Basic.part[2]: in no slice, and no other is allowed"),
        ({"part": [{"category": pattern("day"), "valueString": "a"}]}, "Basic.part[0].value[x]:valuePeriod: at least 1, not 0; Basic.part[0].valueString: type string is not allowed"),
        ({"part": [{"category": pattern("day"), "valuePeriod": {"end": "2026-01-05"}}]}, "Basic.part[0].valuePeriod.start: at least 1, not 0"),
        ({"part": [GOOD["part"][0] | {"part": [{"valueString": "a"}]}]}, "Basic.part[0].part[0].category: at least 1, not 0"),
        ({"meta": {"profile": ["http://example.com/other"]}}, "Basic: unknown profile http://example.com/other"),
    ],
)  # fmt: skip
def test_each_rule_finds_what_breaks_it(change: dict[str, Any], found: str) -> None:
    broken = copy.deepcopy(GOOD) | change
    checker = Checker(Definitions(DEFINITIONS))
    assert sorted(map(str, checker.check(broken, RESOURCES.get))) == sorted(found.split("; "))


def test_membership_is_known_denied_or_not_known() -> None:
    definitions = Definitions(DEFINITIONS)

    def holds(name: str, system: str | None, code: str) -> bool | None:
        return definitions.holds(f"http://example.com/ValueSet/{name}|1.0", system, code)

    assert [holds("codes", KINDS, code) for code in ("done", "x", "?")] == [True, False, False]
    assert [holds("codes", OTHER, "?"), holds("codes", "", "?"), holds("codes", None, "?")] == [
        None,
        False,
        None,
    ]
    assert [holds("both", KINDS, "note"), holds("both", KINDS, "day")] == [True, True]
    assert [holds("lost", KINDS, "note"), holds("nowhere", KINDS, "note")] == [None, None]


def test_a_cache_without_the_packages_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDCODE_FHIR_PACKAGES", str(tmp_path))
    assert folder() is None
