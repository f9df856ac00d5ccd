"""Single defects planted in claims: what medcode finds, and what other validators do, in one run.

usage: python bench/planted.py

Each failing example of an edit is written as an 837 of its own, faults of structure are written into
the plain examples, and all are given to everybody. medcode has found a defect when `scrub` has exactly
one finding, of the rule that the defect is of, with its place in the file and in the claim or guide;
another validator when it finds anything that it does not find in the same claim without the defect. `cannot`
says that it does not know the kind of claim. What is refused before it is a file, and a file of 5,001 claims, which
takes the others minutes, are asked of medcode alone.
A validator that is not installed is left out and named.
"""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from peers import PEERS

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model.base import Part
from medcode.claims.model.party import Address, Dependent
from medcode.claims.model.procedure import Procedure
from medcode.claims.x12.validate.rules import RULES
from medcode.edits import EDITS, NO_TABLES, Profile
from medcode.edits.examples import dental, stay, visit
from medcode.errors import FindingError, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim
    from medcode.edits import Tables

PAGE = Path(__file__).parent.parent / "docs" / "edits" / "planted.md"
INTRODUCTION = """`bench/planted.py` writes this page. Each failing example of an edit, and each fault of structure, is a file of its own
with one defect, given to medcode and to other validators in one run. medcode counts where it has exactly one finding,
of the right rule, with its place; the others where they find anything that they do not find in a right claim. `cannot`
marks a kind of claim that a validator does not know, `-` what it is not given: a claim that medcode refuses to write
is in no file, a file of 5,001 claims takes them minutes, and claim-validator reads no files: it is given what it has fields for."""
ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)


FAULTS = (
    ("interchange-group-count", r"IEA\*1\*", "IEA*2*"),
    ("group-control-mismatch", r"GE\*1\*1~", "GE*1*7~"),
    ("group-set-count", r"GE\*1\*1~", "GE*3*1~"),
    ("set-segment-count", r"SE\*\d+", "SE*99"),
    ("set-control-mismatch", r"\*0001~GE", "*0009~GE"),
    ("hierarchy-number", r"HL\*2\*1", "HL*3*1"),
    ("hierarchy-parent", r"HL\*2\*1", "HL*2*7"),
    ("hierarchy-child", r"22\*0~", "22*1~"),
    ("line-number", r"LX\*1~", "LX*2~"),
    ("segment-unrecognized", r"PER\*IC[^~]*~HL", "ZZZ*IC~HL"),
    ("segment-not-used", r"PER\*IC[^~]*~HL", "CR4*IC~HL"),
    ("segment-of-another-set", r"PER\*IC[^~]*~HL", "AK1*HC*1~HL"),
    ("segment-missing", r"N3\*1 MAIN ST~", ""),
    ("segment-missing", r"NM1\*41[^~]*~", ""),
    ("segment-missing", r"NM1\*85[^~]*~", ""),
    ("segment-missing", r"NM1\*IL[^~]*~", ""),
    ("segment-missing", r"CLM[^~]*~", ""),
    ("segment-missing", r"SV\d\*[^~]*~", ""),
    ("segment-too-often", r"(CLM[^~]*~)", r"\1\1"),
    ("segment-too-often", r"(DMG[^~]*~)", r"\1\1"),
    ("loop-missing", r"NM1\*PR[^~]*~", ""),
    ("element-missing", r"CLM\*EXAMPLE", "CLM*"),
    ("element-too-long", r"\*DOE\*", f"*{'DOE' * 21}*"),
    ("element-code", r"SBR\*P", "SBR*Q"),
    ("element-date", r"DMG\*D8\*\d+", "DMG*D8*19861301"),
    ("element-not-used", r"(CLM\*EXAMPLE\*\d+)\*", r"\1*X"),
    ("number-form", r"(CLM\*EXAMPLE\*)", r"\g<1>0"),
    ("trailing-separators", r"NY\*12345~", "NY*12345*~"),
    ("interchange-trailer-missing", r"IEA\*[^~]*~", ""),
    ("interchange-control-mismatch", r"IEA\*1\*\d+", "IEA*1*000000009"),
    ("interchange-header-element", r"\*SUB {12}\*", "*SUB*"),
    ("interchange-delimiters", r"\*\^\*", "*U*"),
    ("interchange-header-missing", r"(?s)(GS\*.*GE\*1\*1~)(IEA\*)1([^~]*~)", r"\g<2>0\3\1"),
    ("interchange-duplicate", r"(?s)\A(.*)\Z", r"\1\1"),
    ("text-between-segments", r"~IEA", "~END~IEA"),
    ("group-trailer-missing", r"GE\*1\*1~", ""),
    ("group-header-element", r"(GS\*HC\*)SUB", r"\1"),
    ("group-version-unsupported", r"(GS\*[^~]*)005010(X22\d)", r"\g<1>004010\2"),
    ("set-unsupported", r"GS\*HC", "GS*HP"),
    ("set-trailer-missing", r"SE\*\d+\*0001~", ""),
    ("set-control-number", r"(?s)ST\*837\*0001(.*)\*0001~GE", r"ST*837*1\1*1~GE"),
    (
        "set-convention-unsupported",
        r"005010X22(\d)A\d~(ST.*?)005010X22\dA\d",
        r"005010X77\1~\g<2>005010X77\1",
    ),
    ("set-control-duplicate", r"(?s)(ST\*.*\*0001~)GE\*1", r"\1\1GE*2"),
    ("set-convention-mismatch", r"(ST\*837\*0001\*005010X22\d)A\d", r"\1"),
    ("set-control-padding", r"\*0001~GE", "*001~GE"),
    ("set-header-missing", r"ST\*[^~]*~", ""),
    ("segment-unexpected", r"(N4\*ANYTOWN\*NY\*123450001~)", r"\1DTP*472*D8*20260105~"),
    ("loop-too-often", r"(NM1\*PR[^~]*~)", r"\1\1"),
    ("segment-out-of-order", r"(N3\*1 MAIN ST~)(N4[^~]*~)", r"\2\1"),
    ("segment-empty", r"~N3", "~~N3"),
    ("segment-due", r"DMG[^~]*~", ""),
    ("element-missing-with-another", r"(PER\*IC\*OFFICE\*TE\*5555550100)", r"\1*EX"),
    ("element-too-many", r"(N3\*1 MAIN ST)", r"\1*A*B"),
    ("element-too-short", r"N4\*ANYTOWN\*NY\*12345~", "N4*A*NY*12345~"),
    ("element-characters", r"1 MAIN ST", "1 MAIN\x07ST"),
    ("element-time", r"(BHT\*0019\*00\*1\*\d{8}\*)\d{4}", r"\g<1>2575"),
    ("element-excluded-by-another", r"NY\*12345~", "ON*K1A 0B1*CA***ON~"),
    ("element-repeated", r"\*DOE\*", "*DOE^ROE*"),
    ("component-too-many", r"\*\*\*11:(\w):1", r"***11:\1:1:1"),
    ("element-due", r"SBR\*P\*18", "SBR*P*"),
    ("language-characters", r"1 MAIN ST", "1 M\xc0IN ST"),
    ("trailing-spaces", r"1 MAIN ST~", "1 MAIN ST ~"),
    ("segment-wrapped", r"1 MAIN ST", "1 MA\nIN ST"),
    ("code-form", r"(HI\*ABK:\w{3})", r"\1."),
    ("code-form", r"(AD:)D", r"\1d"),
    ("list-gap", r"(SV[13]\*\w\w:\w{5})", r"\1::25"),
    ("code-gap", r"(HI\*ABK:E119)~", r"\1**ABF:I10~"),
    ("component-separator", r"\*:~GS", "*>~GS"),
    ("text-cut", r"~\Z", ""),
    ("interchange-authorization-qualifier", r"ISA\*00", "ISA*77"),
    ("interchange-security-qualifier", r"(ISA\*00\* {10})\*00", r"\1*77"),
    ("interchange-sender-qualifier", r"\*ZZ\*SUB ", "*Q7*SUB "),
    ("interchange-receiver-qualifier", r"\*ZZ\*PAYER ", "*Q7*PAYER "),
    ("interchange-date", r"(PAYER {10}\*)\d{6}", r"\g<1>261399"),
    ("interchange-time", r"(PAYER {10}\*\d{6}\*)\d{4}", r"\g<1>2575"),
    ("interchange-version", r"\*00501\*", "*00401*"),
    ("interchange-control-number", r"(?s)\*000000001(\*0\*T.*)\*000000001~", r"*00000000A\1*00000000A~"),
    ("interchange-acknowledgment-request", r"\*0\*T\*", "*7*T*"),
    ("interchange-usage", r"\*0\*T\*", "*0*Q*"),
    ("interchange-trailer-element", r"IEA\*1\*(\d+)", r"IEA*1*\1*X"),
    ("group-control-number", r"(?s)\*1\*X\*(.*GE\*1\*)1~", r"*A*X*\1A~"),
    ("group-control-duplicate", r"(?s)(GS.*GE\*1\*1~)IEA\*1", r"\1\1IEA*2"),
    ("group-empty", r"(?s)ST\*.*\*0001~GE\*1", "GE*0"),
    ("group-trailer-element", r"GE\*1\*1~", "GE*1*1*X~"),
)
"""A fault of structure: the name of its rule, what is in the text of a right claim, and what to put in its place.

Some can only be planted in the claims of one kind, such as a gap in a list that others do not have.
"""


def claim_of(text: str) -> str:
    """Return the segments of the claim of a text."""
    return text[text.index("CLM*") : text.index("SE*")]


def with_first_claim(text: str) -> str:
    """Return a text with another claim of the subscriber, before the level of the dependent."""
    other = claim_of(text).replace("CLM*EXAMPLE", "CLM*FIRST")
    return text.replace("HL*3*2*23", f"{other}HL*3*2*23")


def with_self(text: str) -> str:
    """Return a text whose subscriber is the patient, as SBR02 says."""
    return text.replace("SBR*P**", "SBR*P*18*")


def without_child(text: str) -> str:
    """Return a text that has lost the level of the dependent whole, but for its claim."""
    return text[: text.index("HL*3*")] + text[text.index("CLM*") :]


def without_parent(text: str) -> str:
    """Return a text of a patient, then a family that has lost the level of the subscriber whole."""
    level = text[text.index("HL*2*") : text.index("HL*3*")]
    own = with_self(level).replace("22*1~", "22*0~") + claim_of(text).replace("EXAMPLE", "FIRST")
    family = text[text.index("HL*3*") : text.index("SE*")].replace("HL*3*2*", "HL*4*3*")
    return text[: text.index("HL*2*")] + own + family + text[text.index("SE*") :]


FAMILY_FAULTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("segment-not-due", with_first_claim),
    ("element-not-due", with_self),
    ("subscriber-and-dependent", lambda text: with_self(with_first_claim(text))),
    ("loop-missing", without_child),
    ("segment-missing", without_parent),
)
"""Faults between the levels of a subscriber and of a dependent: what makes each of the text of a dependent's claim."""

CHILD = Dependent(
    last_name="DOE",
    first_name="LOU",
    birth_date="2015-01-01",
    sex="M",
    relationship="19",
    address=Address("2 OAK ST", "ANYTOWN", "NY", "12345"),
)
FIVE = ("25", "59", "GC", "KX", "RT")


def unwritable(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield what is refused before it is a file: the name of the rule, and the claim."""
    yield "delimiter-in-data", claim.evolve(subscriber=claim.subscriber.evolve(last_name="D*E"))
    yield "malformed-value", claim.evolve(billing_provider=claim.billing_provider.evolve(npi="1234567890"))
    first = claim.lines[0]
    procedure = (first.procedure or Procedure("G0463")).evolve(modifiers=FIVE)
    yield "value-without-place", claim.evolve(lines=(Part.evolve(first, procedure=procedure),))


def crowded(text: str) -> str:
    """Return a text with one claim more than the guides recommend, each of a patient of its own."""
    start, end = text.index("HL*2*1"), text.index("SE*")
    levels = (
        text[start:end]
        .replace("HL*2*", f"HL*{number}*")
        .replace("*MI*M12345", f"*MI*M{number}")
        .replace("CLM*EXAMPLE", f"CLM*EXAMPLE{number}")
        for number in range(2, MOST_CLAIMS + 3)
    )
    return text[:start] + "".join(levels) + text[end:]


def patients(text: str) -> list[str]:
    """Return a text in pieces: what is before the level of its patient, three such levels, and what is after them."""
    start, end = text.index("HL*2*1"), text.index("SE*")
    levels = [
        text[start:end]
        .replace("HL*2*", f"HL*{number}*")
        .replace("*MI*M12345", f"*MI*M{number}")
        .replace("CLM*EXAMPLE", f"CLM*EXAMPLE{number}")
        for number in (2, 3, 4)
    ]
    return [text[:start], *levels, text[end:]]


def without_level(text: str) -> str:
    """Return a text of three patients, of whom the second has lost all but the claim."""
    before, first, second, third, after = patients(text)
    return before + first + claim_of(second + "SE*") + third + after


OTHERS = {"99213": "99214", "0120": "0250", "*DA*5": "*UN*5", "D2150": "D2392"}
"""What a second line has instead of the first."""


def without_line(text: str) -> str:
    """Return a text whose claim has a second line, without LX."""
    line = text[text.index("LX*1~") + len("LX*1~") : text.index("SE*")]
    for code, other in OTHERS.items():
        line = line.replace(code, other)
    doubled = re.sub(r"(CLM\*EXAMPLE\*)(\d+)", lambda found: f"{found[1]}{2 * int(found[2])}", text)
    return doubled.replace("SE*", f"{line}SE*", 1)


LOSSES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("segment-missing", without_level),
    ("segment-missing", without_line),
)
"""What is lost of a set, and shows by what is left: what makes each of the text of a plain claim."""

MOST_CLAIMS, LONG = 5_000, 100_000
"""How many claims a set holds, and how many characters of a file the others are not asked about: it takes them minutes."""


@attrs.frozen
class Defect:
    """One defect: the rule it breaks, the claim it is in or is made from, the text, and the user's tables.

    `right` is the claim without the defect; a claim that is refused has no text.
    """

    rule: str
    name: str
    snip: int
    claim: Claim
    right: Claim
    text: str
    tables: Tables = NO_TABLES


def text_of(claim: Claim) -> str:
    """Write a claim, right or wrong, as a file."""
    return x12.dumps([claim], envelope=ENVELOPE, check=False)


def recounted(text: str) -> str:
    """Return a text with the right count of the segments of its first set; a set that is not whole has none."""
    if "~ST*" not in text or "~SE*" not in text:
        return text
    count = text[text.index("~ST*") : text.index("~SE*") + 1].count("~")
    return re.sub(r"~SE\*\d+", f"~SE*{count}", text)


PLAIN: tuple[Claim, ...] = (visit(), stay("I50.20"), dental())
FAMILIES = tuple(claim.evolve(dependent=CHILD) for claim in PLAIN)


def of_structure(name: str, claim: Claim, text: str) -> Defect:
    """Return a defect of a rule of structure in a claim, or in its text."""
    rule = RULES[name]
    return Defect(rule.id, name, rule.snip, claim, claim, text)


def broken(name: str, right: str, wrong: str) -> Iterator[Defect]:
    """Yield a fault of structure in the plain claim of each kind that can have it."""
    for claim in PLAIN:
        text, times = re.subn(right, wrong, text_of(claim), count=1)
        if times:
            yield of_structure(name, claim, text if name == "set-segment-count" else recounted(text))


def planted() -> Iterator[Defect]:
    """Yield every defect: those of structure, then those of edits that look at one claim by themselves."""
    for fault in FAULTS:
        yield from broken(*fault)
    for claims, changes in ((FAMILIES, FAMILY_FAULTS), (PLAIN, LOSSES)):
        for (name, change), claim in product(changes, claims):
            yield of_structure(name, claim, recounted(change(text_of(claim))))
    yield of_structure("set-too-long", PLAIN[0], recounted(crowded(text_of(PLAIN[0]))))
    for claim in PLAIN:
        for name, refused in unwritable(claim):
            yield of_structure(name, refused, "")
    for edit in EDITS.values():
        if not edit.over_batch:
            for claim in edit.fails:
                right = next(each for each in PLAIN if type(each) is type(claim))
                text = text_of(claim)
                defect = Defect(edit.id, edit.name, edit.snip, claim, right, text, edit.example_tables)
                if not set(edit.yields_to) & {found.rule for found in x12.validate(defect.text).findings}:
                    yield defect


def answer(defect: Defect) -> str:
    """Return the place of medcode's finding, where it is the only one; what it has instead where it is not.

    A place is a segment and its number in the transaction set; the envelope's segments have none, and what is
    missing at the end of a file is at its offset. What is refused before it is a file is at an attribute of the claim.
    """
    if not defect.text:
        return refusal(defect)
    also = Profile("planted", also=(defect.rule,) if defect.rule in EDITS else ())
    findings = scrub(defect.text, tables=defect.tables, profile=also).findings
    at = findings[0].location if len(findings) == 1 else None
    if not at or findings[0].rule != defect.rule or at.offset is None:
        return "no: " + ", ".join(finding.rule for finding in findings)
    return (
        f"{at.segment or 'segment'} at {at.position}" if at.position else at.segment or f"offset {at.offset}"
    )


def refusal(defect: Defect) -> str:
    """Return the attribute with which medcode refuses to write a claim, where it is the only one."""
    try:
        x12.dumps([defect.claim], envelope=ENVELOPE)
    except Rejected as refused:
        findings = [each.finding for each in refused.exceptions if isinstance(each, FindingError)]
        if [each.rule for each in findings] == [defect.rule] and findings[0].location.path:
            return findings[0].location.path
        return "no: " + ", ".join(each.rule for each in findings)
    return "no: written"


@cache
def usual(peer: str, text: str, claim: Claim) -> frozenset[str] | None:
    """Return what a peer says of a right claim; None where it does not know the kind."""
    found = PEERS[peer](claim, text)
    return None if found is None else frozenset(found)


def sees(peer: str, defect: Defect) -> str:
    """Return whether a peer finds something that it does not find in the right claim."""
    if not defect.text or len(defect.text) > LONG:
        return "-"
    baseline = usual(peer, text_of(defect.right), defect.right)
    if baseline is None or (baseline and peer != "claim_validator"):
        return "cannot"
    if peer == "claim_validator" and defect.rule not in EDITS:
        return "-"
    found = PEERS[peer](defect.claim, defect.text)  # none of a kind it knows: it refuses the file
    return "yes" if found is None or found - baseline else "no"


def main() -> None:
    """Plant every defect, ask everybody, write the page and print the sums."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    peers = [name for name in PEERS if find_spec(name)]
    absent = [name for name in PEERS if name not in peers]
    rows = [
        [
            defect.rule,
            defect.name,
            type(defect.claim).__name__.removesuffix("Claim").lower(),
            str(defect.snip),
            answer(defect),
            *(sees(peer, defect) for peer in peers),
        ]
        for defect in planted()
    ]
    found = [sum(not row[4].startswith("no") for row in rows)]
    found += [sum(row[5 + at] == "yes" for row in rows) for at in range(len(peers))]
    sums = ", ".join(f"{name} {number}" for name, number in zip(["medcode", *peers], found, strict=True))
    kinds = sorted({row[3] for row in rows})
    said = f"Of {len(rows)} single defects, of SNIP types {', '.join(kinds)}, found: {sums}."
    print(said + (f" Not installed: {', '.join(absent)}." if absent else ""))
    head = ["rule", "defect", "claim", "SNIP", "medcode", *peers]
    lines = "\n".join(f"| {' | '.join(each)} |" for each in [head, ["---"] * len(head), *rows])
    PAGE.write_text(f"# Planted defects\n\n{INTRODUCTION}\n\n{said}\n\n{lines}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
