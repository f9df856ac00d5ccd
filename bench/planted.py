"""Single defects planted in claims: what medcode finds, and what other validators do, in one run.

usage: python bench/planted.py

Each failing example of an edit is written as an 837 of its own, faults of structure are written into
the plain examples, and all are given to everybody. medcode has found a defect when `scrub` has exactly
one finding, of the rule that the defect is of, with its place in the file and in the claim or guide;
another validator when it finds anything that it does not find in the plain example. `cannot` says that
it does not know the kind of claim. A validator that is not installed is left out and named.
"""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from peers import PEERS

from medcode import scrub
from medcode.claims import x12
from medcode.claims.x12.validate.rules import RULES
from medcode.edits import EDITS, NO_TABLES, Profile
from medcode.edits.examples import dental, stay, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim
    from medcode.edits import Tables

PAGE = Path(__file__).parent.parent / "docs" / "edits" / "planted.md"
INTRODUCTION = """`bench/planted.py` writes this page. Each failing example of an edit, and each fault of structure, is a file of its own
with one defect, given to medcode and to other validators in one run. medcode counts where it has exactly one finding,
of the right rule, with its place; the others where they find anything that they do not find in a right claim. `cannot`
marks a kind of claim that a validator does not know, `-` what is not in a file. claim-validator reads no files: it is
given what it has fields for."""
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
    ("segment-too-often", r"(DMG[^~]*~)", r"\1\1"),
    ("loop-missing", r"NM1\*PR[^~]*~", ""),
    ("element-missing", r"CLM\*EXAMPLE", "CLM*"),
    ("element-too-long", r"\*DOE\*", f"*{'DOE' * 21}*"),
    ("element-code", r"SBR\*P", "SBR*Q"),
    ("element-date", r"DMG\*D8\*\d+", "DMG*D8*19861301"),
    ("element-not-used", r"(CLM\*EXAMPLE\*\d+)\*", r"\1*X"),
    ("number-form", r"(CLM\*EXAMPLE\*)", r"\g<1>0"),
    ("trailing-separators", r"NY\*12345~", "NY*12345*~"),
)
"""A fault of structure: the name of its rule, what stands in the text of a right claim, and what to put there."""


@attrs.frozen
class Defect:
    """One defect: the rule it breaks, the claim it stands in or is made from, the text, and the user's tables."""

    rule: str
    name: str
    snip: int
    claim: Claim
    text: str
    tables: Tables = NO_TABLES


def text_of(claim: Claim) -> str:
    """Write a claim, right or wrong, as a file."""
    return x12.dumps([claim], envelope=ENVELOPE, check=False)


def recounted(text: str) -> str:
    """Make the count of segments right again."""
    count = text[text.index("~ST*") : text.index("~SE*") + 1].count("~")
    return re.sub(r"~SE\*\d+", f"~SE*{count}", text)


def broken(name: str, wanted: str, put: str) -> Iterator[Defect]:
    """Plant a fault of structure in the plain claim of each kind."""
    rule = next(rule for rule in RULES.values() if rule.name == name)
    for claim in (visit(), stay("I50.20"), dental()):
        text, times = re.subn(wanted, put, text_of(claim), count=1)
        assert times, f"{name} is planted nowhere"
        text = text if name == "set-segment-count" else recounted(text)
        yield Defect(rule.id, name, rule.snip, claim, text)


def planted() -> Iterator[Defect]:
    """Plant every defect: those of structure, then those of edits that look at one claim by themselves."""
    for fault in FAULTS:
        yield from broken(*fault)
    for edit in EDITS.values():
        if not edit.over_batch:
            for claim in edit.fails:
                defect = Defect(edit.id, edit.name, edit.snip, claim, text_of(claim), edit.example_tables)
                if not set(edit.yields_to) & {found.rule for found in x12.validate(defect.text).findings}:
                    yield defect


def answer(defect: Defect) -> str:
    """Give the place of medcode's finding, where it is the only one; what it has instead where it is not.

    A place is a segment and its number in the transaction set; the envelope's segments have none.
    """
    also = Profile("planted", also=(defect.rule,) if defect.rule in EDITS else ())
    findings = scrub(defect.text, tables=defect.tables, profile=also).findings
    at = findings[0].location if len(findings) == 1 else None
    if not at or findings[0].rule != defect.rule or not at.segment:
        return "no: " + ", ".join(finding.rule for finding in findings)
    return f"{at.segment} at {at.position}" if at.position else at.segment


@cache
def usual(peer: str, kind: str) -> frozenset[str] | None:
    """Give what a peer says of the plain example of a kind of claim; None where it does not know the kind."""
    claim = {type(each).__name__: each for each in (visit(), stay("I50.20"), dental())}[kind]
    found = PEERS[peer](claim, text_of(claim))
    return None if found is None else frozenset(found)


def sees(peer: str, defect: Defect) -> str:
    """Say whether a peer finds something that it does not find in the plain claim."""
    baseline = usual(peer, type(defect.claim).__name__)
    if baseline is None or (baseline and peer != "claim_validator"):
        return "cannot"
    if peer == "claim_validator" and defect.rule not in EDITS:
        return "-"
    return "yes" if (PEERS[peer](defect.claim, defect.text) or set()) - baseline else "no"


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
