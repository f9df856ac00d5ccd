"""Public files: given back byte for byte, their known faults found, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from medcode.claims import x12
from medcode.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = {
    "linuxforhealth/837I/institutional-claim.edi": ["CLM 20 6 element-not-used", "DTP 21 2 element-code"],
    "linuxforhealth/837I/out-of-network-repriced-claim.edi": [
        "CLM 18 5 component-separator",
        "CLM 18 6 element-not-used",
    ],
    "linuxforhealth/837I/ppo-repriced-claim.edi": [
        "CLM 24 5 component-separator",
        "CLM 24 6 element-not-used",
    ],
    "linuxforhealth/837I/two-claims-single-provider.edi": [
        "CLM 19 6 element-not-used",
        "CLM 39 6 element-not-used",
    ],
    "linuxforhealth/837P/demo.ambulance.example5.edi": ["CLM 21 5 element-missing"],
    "linuxforhealth/837P/demo.cob.2ndary.example4.edi": ["CLM 19 5 component-separator"],
    "linuxforhealth/837P/demo.cob.example3.a.edi": ["NM1 42 loop-missing"],
    "linuxforhealth/837P/demo.cob.example4.edi": ["AMT 29 1 element-code"],
    "linuxforhealth/837P/demo.example11.edi": ["CLM 19 5 component-separator"],
    "linuxforhealth/837P/demo.example12.edi": ["CLM 24 5 component-separator"],
    "linuxforhealth/837P/demo.example6.edi": ["CLM 19 5 component-separator"],
    "linuxforhealth/837P/demo.example9.edi": ["CLM 18 5 component-separator", "SV1 27 7 element-code"],
    "linuxforhealth/835/cob-contractural-adjustment.edi": [
        "BPR 2 16 element-missing",
        "PER 9 segment-missing",
        "SVC 19 1 component-separator",
    ],
    "linuxforhealth/835/managed-care.edi": ["BPR 2 16 element-date", "PER 8 segment-missing"],
    "linuxforhealth/835/medicare-part-a.edi": [
        "PER 9 segment-missing",
        "TS3 11 9 element-not-used",
        "TS3 11 11 element-not-used",
        "TS3 21 9 element-not-used",
        "TS3 21 11 element-not-used",
    ],
    "linuxforhealth/835/secondary-payment.edi": [
        "BPR 2 16 element-missing",
        "PER 9 segment-missing",
        "SVC 27 1 component-separator",
    ],
    "linuxforhealth/835/tertiary-payment.edi": [
        "BPR 2 16 element-missing",
        "PER 9 segment-missing",
        "CLP 14 3 claim-lines-total",
        "SVC 18 1 element-missing",
        "SVC 18 6 element-code",
        "SVC 18 3 line-balance",
    ],
    "staedi/999/invalid999.edi": [
        "IK5 2 segment-unexpected",
        "AK1 3 1 element-code",
        "AK2 4 4 element-too-many",
        "IK5 5 1 element-code",
        "IK5 6 segment-too-often",
        "CTX 14 6 element-characters",
        "SE 1 set-segment-count",
    ],
    "staedi/TA1/x12-interchange-ack.edi": ["IEA 1 interchange-group-count"],
    "stupidedi/277/1.edi": ["IEA 2 interchange-control-mismatch"],
    "stupidedi/837I/837-institutional-claim.edi": ["DTP 21 3 element-date"],
}
"""The faults of the public files: segment, position in its set, element, rule."""

MINOR = {"number-form", "trailing-spaces", "npi-invalid", "adjustment-group-repeated", "set-control-padding"}
"""What is only warned of: amounts written `.00`, a padded code, placeholder NPIs, a group with two CAS, SE02 00002 for 0002."""


def samples(reference: Path) -> list[Path]:
    return sorted((reference / "samples").glob("*/*/*.edi"))


def test_every_file_is_given_back_byte_for_byte(reference: Path) -> None:
    for path in samples(reference):
        raw = path.read_bytes()
        assert x12.dumpb(x12.loads(raw)) == raw, path.name
        assert x12.dumps(x12.load(path)).encode() == raw, path.name


@pytest.mark.slow
def test_each_known_fault_is_found_and_no_other(reference: Path) -> None:
    found: dict[str, list[str]] = {}
    for path in samples(reference):
        for finding in x12.validate(path).errors:
            if finding.name != "set-convention-unsupported":
                at = finding.location
                words = [at.segment, at.position, at.element, finding.name]
                name = "/".join(path.parts[-3:])
                found.setdefault(name, []).append(" ".join(str(word) for word in words if word))
    assert found == FAULTS


def test_warnings_are_of_these_kinds_alone(reference: Path) -> None:
    for path in samples(reference):
        warned = {each.name for each in x12.validate(path) if each.severity is Severity.WARNING}
        assert warned <= MINOR, path.name


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        ("linuxforhealth/837P", 18),
        ("linuxforhealth/837I", 5),
        ("stupidedi/837P", 16),
        ("stupidedi/837I", 6),
        ("stupidedi/837D", 4),
    ],
)
def test_every_claim_is_read(kind: str, claims: int, reference: Path) -> None:
    paths = sorted((reference / "samples" / kind).glob("*.edi"))
    read = [claim for path in paths for claim in x12.iter_claims(path)]
    assert len(read) == claims
    assert all(claim.lines for claim in read)


@pytest.mark.parametrize(
    ("kind", "remittances", "statuses"),
    [
        ("linuxforhealth/835", 5, 0),
        ("stupidedi/835", 7, 0),
        ("linuxforhealth/277", 0, 7),
        ("stupidedi/277", 0, 8),
        ("own/277CA", 0, 15),
    ],
)
def test_every_answer_is_read(kind: str, remittances: int, statuses: int, reference: Path) -> None:
    sent = [x12.load(path) for path in sorted((reference / "samples" / kind).glob("*.edi"))]
    assert sum(len(list(each.remittances())) for each in sent) == remittances
    assert sum(len(list(each.claim_statuses())) for each in sent) == statuses
    extras = [extra for each in sent for record in each.records() for extra in getattr(record, "extras", ())]
    assert [extra[:3] for extra in extras] == (["TS3", "TS3"] if kind == "linuxforhealth/835" else [])
