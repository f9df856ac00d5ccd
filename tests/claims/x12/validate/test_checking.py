"""The structure of a file, judged at the public face: each rule found where it is broken, and there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import (
    DEPENDENT,
    FAMILIES,
    GS,
    HEADER,
    ISA,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    line,
    recounted,
    rules,
    swapped,
    transaction,
    wire,
)

from medcode.claims import ProfessionalClaim, x12
from medcode.claims.x12.guides import guide
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.validate.rules import RULES
from medcode.findings import Severity

if TYPE_CHECKING:
    from medcode.findings import Finding

LONG = enclosed(transaction(RICH))


def found(text: str) -> list[Finding]:
    return list(x12.loads(wire(text)).findings)


def where(text: str) -> list[tuple[str, str | None, int | None, int | None]]:
    """Give each finding's rule, segment, element and component."""
    return [(f.name, f.location.segment, f.location.element, f.location.component) for f in found(text)]


ELEMENTS = [
    ("NM1*85*2*MAPLE CLINIC", "NM1*85*2*", [("element-missing", "NM1", 3, None)]),
    ("NM1*85*2*", "NM1*85**", [("element-missing", "NM1", 2, None)]),
    ("HC:99213:25*80", "HC*80", [("element-missing", "SV1", 1, 2)]),
    ("SV1*HC:87070*40*UN*1*22**3", "SV1*HC:87070*40**1*22**3", [
        ("element-missing", "SV1", 3, None),
    ]),
    ("REF*G1*AUTH1", "REF*G1*AUTH1*MORE", [("element-not-used", "REF", 3, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG VISIT*MORE", [("element-too-many", "NTE", 3, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG VISIT**", [("trailing-separators", "NTE", 4, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG VISIT***X", [("element-too-many", "NTE", 5, None)]),
    ("HI*BG:17", "HI*BG:1", []),
    ("REF*EI*123456789", "REF*EI*" + "1" * 51, [("element-too-long", "REF", 2, None)]),
    ("N4*TAMPA", "N4*T", [("element-too-short", "N4", 1, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG\tVISIT", [("element-characters", "NTE", 2, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG VI\u00d1IT", [("language-characters", "NTE", 2, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG VISIT ", [("trailing-spaces", "NTE", 2, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG^VISIT", [("element-repeated", "NTE", 2, None)]),
    ("NTE*ADD*LONG VISIT", "NTE*ADD*LONG:VISIT", [("element-characters", "NTE", 2, None)]),
    ("UN*1***1:2", "XX*1***1:2", [("element-code", "SV1", 3, None)]),
    ("DTP*463*D8*20260101", "DTP*463*D8*20260230", [("element-date", "DTP", 3, None)]),
    ("DTP*463*D8*20260101", "DTP*463*RD8*20260101", [("element-code", "DTP", 2, None)]),
    ("DTP*472*RD8*20260105-20260106", "DTP*472*RD8*20260105", [("element-date", "DTP", 3, None)]),
    ("DTP*463*D8*20260101", "DTP*463*XX*20260101", [("element-code", "DTP", 2, None)]),
    ("*20260105*0930*CH", "*20260105*0970*CH", [("element-time", "BHT", 5, None)]),
    ("*20260105*0930*CH", "*20261305*0930*CH", [("element-date", "BHT", 4, None)]),
    ("CLM*C1*120", "CLM*C1*1,20", [("element-characters", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*.", [("element-characters", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*123456789", [("element-too-long", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*12345678901", [("element-too-long", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*120.005", [("element-too-long", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*120.00", [("number-form", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*0120", [("number-form", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*120.", [("number-form", "CLM", 2, None)]),
    ("CLM*C1*120", "CLM*C1*-120.5", []),
    ("CLM*C1*120", "CLM*C1*.5", []),
    ("***1:2**Y", "***1:13**Y", [("element-code", "SV1", 7, 2)]),
    ("***1:2**Y", "***1:2:3:4:5**Y", [("component-too-many", "SV1", 7, 5)]),
    ("***1:2**Y", "***1:2:3:4:::5**Y", [("component-too-many", "SV1", 7, 7)]),
    ("***1:2**Y", "***1:**Y", [("trailing-separators", "SV1", 7, 2)]),
    ("LX*2", "LX*A", [("element-characters", "LX", 1, None)]),
    ("REF*0B*LIC1", "REF*0B", [("element-missing", "REF", 2, None)]),
    ("N4*TAMPA*FL*33601", "N4*TAMPA*FL*33601****XX", [
        ("element-excluded-by-another", "N4", 7, None),
        ("element-missing-with-another", "N4", 4, None),
    ]),
    ("HI*ABK:J069*ABF:E119*ABF:I10", "HI*ABK:J069" + "*ABF:I10" * 12, [("element-too-many", "HI", 13, None)]),
    ("PER*IC*ANN*TE*3055550100", "PER*IC*ANN*TE", [("element-missing", "PER", 4, None)]),
    ("*20260105*0930*CH", "*202601\t5*0930*CH", [("element-characters", "BHT", 4, None), ("element-date", "BHT", 4, None)]),
    ("CLM*C1*120", "CLM*C1*12\t0", [("element-characters", "CLM", 2, None)]),
    ("CAS*PR*1*20**2*10", "CAS*PR*1*20***10", [("element-missing-with-another", "CAS", 5, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), ELEMENTS)
def test_elements(old: str, new: str, wanted: list[tuple[str, str, int, int | None]]) -> None:
    assert sorted(where(swapped(LONG, old, new)), key=str) == sorted(wanted, key=str)


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    (finding,) = found(swapped(LONG, "UN*1***1:2", "XX*1***1:2"))
    at = finding.location
    assert (at.loop, at.segment, at.element, at.position) == ("2400", "SV1", 3, 57)
    assert at.offset is not None
    assert wire(swapped(LONG, "UN*1***1:2", "XX*1***1:2"))[at.offset :].startswith("SV1*HC:99213:25*80*XX")
    assert finding.claim == 0
    assert finding.ack == "999 IK403 7"
    assert finding.snip == 2
    assert str(finding.fix.text if finding.fix else "") == "Use one of MJ, UN."
    assert "XX" not in str(finding)


def test_long_lists_of_codes_are_cut() -> None:
    (finding,) = found(swapped(LONG, "SBR*S*18", "SBR*Q*18"))
    assert finding.fix
    assert finding.fix.text.startswith("Use one of A, B, C")
    (finding,) = found(swapped(LONG, "*****CI\nCAS", "*****QQ\nCAS"))
    assert finding.fix
    assert "another of the 23 allowed" in finding.fix.text


def test_no_message_holds_data() -> None:
    text = LONG.replace("DOE", "SECRETNAME").replace("M1\n", "SECRETID~X\n").replace("19800501", "SECRETDATE")
    assert found(text)
    assert not any("SECRET" in f"{finding}{finding!r}" for finding in found(text))


SEGMENTS = [
    ("REF*EI*123456789\n", "", [("segment-missing", "REF")]),
    ("N3*1 ELM ST*SUITE 4\n", "", [("segment-missing", "N3")]),
    ("REF*EI*123456789", "REF*EI*123456789\nREF*EI*123456789", [("segment-too-often", "REF")]),
    ("REF*EI*123456789", "QQQ*1\nREF*EI*123456789", [("segment-unrecognized", "QQQ")]),
    ("REF*EI*123456789", "SV2*1\nREF*EI*123456789", [("segment-not-used", "SV2")]),
    ("REF*EI*123456789", "AK1*1\nREF*EI*123456789", [("segment-of-another-set", "AK1")]),
    ("REF*EI*123456789", "REF*ZZ*1\nREF*EI*123456789", [("element-code", "REF")]),
    ("REF*EI*123456789", "LX*1\nREF*EI*123456789", [("segment-unexpected", "LX")]),
    ("REF*EI*123456789", "\nREF*EI*123456789", [("segment-empty", None)]),
    ("HI*BG:17\n", "HI*BG:17\nDTP*431*D8*20260103\n", [("segment-too-often", "DTP"), ("segment-out-of-order", "DTP")]),
    ("NM1*DN*1*ROE*ANN****XX*1003000126", "NM1*ZZ*1*ROE*ANN****XX*1003000126", [("element-code", "NM1")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), SEGMENTS)
def test_segments(old: str, new: str, wanted: list[tuple[str, str | None]]) -> None:
    findings = found(recounted(swapped(LONG, old, new)))
    assert sorted(((f.name, f.location.segment) for f in findings), key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize(
    ("gone", "after"),
    [
        ("BHT*0019*00*BATCH1*20260105*0930*CH\n", "NM1*41"),  # where the next stands
        ("N3*1 ELM ST*SUITE 4\n", "N4*MIAMI*FL*331110001"),
        ("REF*EI*123456789\n", "PER*IC*BEA"),
        ("DTP*472*D8*20260105\n", "SE*"),  # the last of its loop: where that ends
    ],
)
def test_what_is_missing_is_told_where_it_should_stand(gone: str, after: str) -> None:
    text = wire(recounted(swapped(ONE if gone.startswith("DTP") else LONG, gone, "")))
    (finding,) = x12.loads(text).findings
    assert finding.name == "segment-missing"
    offset = finding.location.offset or 0
    assert text[offset : offset + len(after)] == after
    starts = [each.offset for each in x12.loads(text).segments if each.elements[0] not in {"ISA", "GS"}]
    assert finding.location.position == starts.index(offset) + 1


def test_what_is_missing_is_told_before_what_follows_it_in_its_group() -> None:
    gone = "NM1*IL*1*DOE*JO****MI*M1\nN3*2 OAK ST\nN4*MIAMI*FL*33111\nDMG*D8*19800501*F\n"
    text = wire(recounted(swapped(ONE, gone, "")))
    (finding,) = x12.loads(text).findings
    assert (finding.name, finding.location.loop) == ("loop-missing", "2010BA")
    assert finding.location.offset == text.index("NM1*PR*")


def test_a_loop_that_is_missing_and_one_too_many() -> None:
    text = recounted(swapped(ONE, "NM1*PR*2*PLAN ONE*****PI*P1\n", ""))
    assert rules(text) == ["loop-missing"]
    text = recounted(
        swapped(
            ONE, "NM1*PR*2*PLAN ONE*****PI*P1", "NM1*PR*2*PLAN ONE*****PI*P1\nNM1*PR*2*PLAN ONE*****PI*P1"
        )
    )
    assert rules(text) == ["loop-too-often"]


def test_fifty_lines_and_no_more() -> None:
    fifty = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1", map(line, range(1, 51)))))
    assert rules(fifty) == []
    more = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1", map(line, range(1, 52)))))
    assert rules(more) == ["loop-too-often"]


HIERARCHY = [
    ("HL*2*1*22*0", "HL*3*1*22*0", ["hierarchy-number"]),
    ("HL*2*1*22*0", "HL*2*7*22*0", ["hierarchy-parent"]),
    ("HL*2*1*22*0", "HL*2**22*0", ["element-missing"]),
    ("HL*1**20*1", "HL*1*1*20*1", ["element-not-used"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), HIERARCHY)
def test_levels(old: str, new: str, wanted: list[str]) -> None:
    assert sorted(rules(swapped(ONE, old, new))) == sorted(wanted)


def test_a_level_below_a_level_of_the_wrong_kind() -> None:
    assert rules(swapped(DEPENDENT, "HL*3*2*23*0", "HL*3*1*23*0")) == ["hierarchy-parent"]


def test_a_level_of_no_kind() -> None:
    assert rules(swapped(ONE, "HL*2*1*22*0", "HL*2*1*99*0")) == ["element-code"]


def test_line_numbers() -> None:
    two = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1", (line(1), line(3)))))
    assert rules(two) == ["line-number"]
    again = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1", (line(1), line(2))), claim("C2")))
    assert rules(again) == []
    assert found(two)[0].claim == 0


ENVELOPE = [
    ("SE*23*0001", "SE*22*0001", ["set-segment-count"]),
    ("SE*23*0001", "SE*0023*0001", []),
    ("SE*23*0001", "SE*\u00b2*0001", ["set-segment-count"]),
    ("SE*23*0001", "SE*23*0002", ["set-control-mismatch"]),
    ("GE*1*1", "GE*2*1", ["group-set-count"]),
    ("GE*1*1", "GE**1", ["group-set-count"]),
    ("GE*1*1", "GE*1*2", ["group-control-mismatch"]),
    ("IEA*1*000000001", "IEA*2*000000001", ["interchange-group-count"]),
    ("IEA*1*000000001", "IEA*1*000000002", ["interchange-control-mismatch"]),
    ("SE*23*0001\n", "", ["set-trailer-missing"]),
    ("GE*1*1\n", "", ["group-trailer-missing"]),
    ("\nIEA*1*000000001", "", ["interchange-trailer-missing"]),
    (ISA + "\n", "", ["interchange-header-missing"]),
    (GS + "\n", "", ["group-header-element"]),
    ("*20260105*0930*1*X*", "*20260105*0930*A*X*", ["group-control-number"]),
    ("GS*HC*CLINIC*", "GS*HC**", ["group-header-element"]),
    ("GS*HC*", "GS*HP*", ["set-unsupported"]),
    ("GS*HC*", "GS*XX*", ["group-header-element"]),
    ("*1*X*005010X222A1", "*1*X*004010X098", ["group-version-unsupported"]),
    ("*^*00501*", "*U*00501*", ["interchange-delimiters"]),
    ("*^*00501*", "*:*00501*", ["interchange-delimiters"]),
    ("*00501*", "*00401*", ["interchange-version"]),
    ("*0*T*:", "*0*X*:", ["interchange-usage"]),
    ("CLINIC         ", "CLINIC", ["interchange-header-element"]),
    ("IEA*1*", "WHAT*1\nIEA*1*", ["text-between-segments"]),
    ("IEA*1*", "SE*1*1\nIEA*1*", ["set-control-mismatch"]),
    (ISA, f"{ISA}\n{ISA}", ["interchange-duplicate"]),
    (GS, f"{GS}\n{GS}", ["group-control-duplicate"]),
    ("ST*837*0001*005010X222A1", "ST*837*0001*005010X222A1\nST*837*0001*005010X222A1", ["set-control-duplicate"]),
    ("GS*HC*", "QQ*HC*", ["group-header-element"]),
    ("ST*837*", "QQ*837*", ["set-header-missing"]),
    ("GE*1*1", "QQ*1*1", ["group-trailer-missing"]),
    ("IEA*1*", "QQ*1*", ["interchange-trailer-missing"]),
    ("ST*837*", "ST*999*", ["element-code"]),
    ("ST*837*0001*", "ST*837*01*", ["set-control-number"]),
    ("ST*837*0001*005010X222A1", "ST*837*0001", ["element-missing"]),
    ("ST*837*0001*005010X222A1", "ST*837*0001*99 99", ["set-convention-mismatch", "set-convention-unsupported"]),
    ("ST*837*0001*005010X222A1", "ST*837*0001*005010X999", ["set-convention-mismatch", "set-convention-unsupported"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), ENVELOPE)
def test_envelope(old: str, new: str, wanted: list[str]) -> None:
    assert sorted(rules(swapped(ONE, old, new))) == sorted(wanted)


def test_control_numbers_are_used_once() -> None:
    one = transaction(HEADER, PROVIDER, SELF, claim())
    assert rules(enclosed(one, one)) == ["set-control-duplicate"]
    assert rules(ONE + "\n" + ONE) == ["interchange-duplicate"]
    groups = ONE.replace("IEA*1", f"{GS}\n{one}\nGE*1*1\nIEA*2")
    assert rules(groups) == ["group-control-duplicate"]
    bare = f"{one}\n{one}"
    assert set(rules(bare)) == {"group-header-element"}


def test_a_set_number_has_four_to_nine_characters() -> None:
    text = ONE.replace("*0001*", "*001*").replace("SE*23*0001", "SE*23*001")
    assert rules(text) == ["set-control-number"]


def test_a_cut_file_says_where_it_ends_and_gives_what_came_before() -> None:
    text = wire(FAMILIES)
    cut = text[: text.index("CLM*C3") + 20]
    sent = x12.loads(cut)
    assert [each.control_number for each in sent.claims()] == ["C1", "C2"]
    last = [each for each in sent.findings if each.name.endswith("trailer-missing")]
    assert [each.name for each in last] == [
        "set-trailer-missing",
        "group-trailer-missing",
        "interchange-trailer-missing",
    ]
    assert all("cut" in each.message for each in last)
    assert "segment-missing" not in {each.name for each in sent.findings if each.location.segment == "SE"}
    assert last[0].location.offset == text.index("CLM*C3")


def test_separators_that_contradict_isa16_are_found_once() -> None:
    text = wire(FAMILIES)
    body = text[: len(ISA)] + text[len(ISA) :].replace(":", ">")
    sent = x12.loads(body)
    errors = [each for each in sent.findings if each.severity is Severity.ERROR]
    assert [each.name for each in errors] == ["component-separator"]
    read = [each for each in sent.claims() if isinstance(each, ProfessionalClaim)]
    assert [str(each.diagnoses[0].code) for each in read] == ["J069"] * 3
    assert x12.dumps(sent) == body


def test_every_rule_has_an_answer() -> None:
    assert all(rule.ack.startswith(("999 ", "TA1 ")) for rule in RULES.values())
    assert len({rule.id for rule in RULES.values()}) == len(RULES)
    assert str(RULES["element-code"].source) == "ASC X12, Implementation guide, 005010"
    assert str(RULES["segment-unexpected"].source) == "ASC X12, X12 EDI standard, 005010"


def test_validate_counts_claims() -> None:
    report = x12.validate(wire(FAMILIES))
    assert report.claims == 3
    assert x12.validate(wire(swapped(FAMILIES, "CLM*C3*40", "CLM*C3*4X"))).errors[0].claim == 2


@pytest.mark.parametrize("stray", ["DOE JOHN SSN 123456789", "*123456789", "DOES*1", "d\u00d6e*1", "9AB*1"])
def test_what_is_no_segment_id_is_not_shown_as_one(stray: str) -> None:
    inside = x12.loads(wire(recounted(swapped(ONE, "HI*ABK:J069", f"{stray}\nHI*ABK:J069")))).findings
    outside = x12.loads(wire(swapped(ONE, "IEA*1*", f"{stray}\nIEA*1*"))).findings
    assert inside
    assert outside
    for each in (*inside, *outside):
        assert each.location.segment is None
        assert stray.upper() not in f"{each}{each!r}".upper()


def test_a_segment_separator_that_is_taken_for_another_shows_no_data() -> None:
    text = wire(ONE).replace("BHT*", "BHT|").replace("*JO****MI*", "|JO||||MI|").replace("CLM*", "CLM|")
    assert not any("DOE" in f"{each}{each!r}" or "|" in str(each) for each in x12.loads(text).findings)


def test_a_set_that_is_not_open_can_be_ended() -> None:
    judge = StructureJudge()
    judge.end()
    assert (judge.take_findings(), judge.units) == ([], 0)


def test_more_claims_than_a_set_should_hold() -> None:
    found_guide = guide("005010X222A1")
    most = found_guide.most
    text = enclosed(transaction(HEADER, PROVIDER, SELF, *(claim(f"C{number}") for number in range(1, 5))))
    object.__setattr__(found_guide, "most", 3)  # 5,001 claims would take as long as the rest of these tests
    try:
        (finding,) = found(text)
    finally:
        object.__setattr__(found_guide, "most", most)
    assert most == 5_000
    assert (finding.name, str(finding.severity), finding.claim) == ("set-too-long", "warning", 3)
    assert "more than 3 of these" in finding.message
    assert found(text) == []


def test_claims_before_any_level_are_of_none() -> None:
    head = "ST*837*0001*005010X222A1~BHT*0019*00*1*20260105*1200*CH~NM1*41*2*PAYEE*****46*1~"
    claims = "".join(f"CLM*{name}*5***11:B:1*Y*A*Y*Y~LX*1~SV1*HC:99213*5*UN*1***1~" for name in ("A1", "A2"))
    found = x12.validate(f"{head}{claims}HL*5*1*22*0~SBR*P*18*******CI~SE*11*0001~").findings
    assert [each.location.position for each in found if each.name == "hierarchy-number"] == [10]
