"""What pyx12 4.0.0, another's transcription of the guides, finds wrong, medcode finds wrong too."""

from __future__ import annotations

import io
import logging
import random
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire

from medcode.claims import x12
from medcode.claims.x12.guides.dictionary import DISCRIMINATORS

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.findings import Finding

pytestmark = pytest.mark.oracle

Rows = list[list[str]]

MUTATIONS = 1_000
IN_ONE_FILE = 250

EXCEPTIONS = {
    ("N4", "3"): "pyx12 wants nine digits of every ZIP code of an 837I: content, and no matter of structure",
    (
        "CLM",
        "5:1",
    ): "pyx12 holds place of service against a list: content, judged by edits on the day it is sent",
    ("SV1", "5"): "as CLM05-1",
    ("PWK", "2"): "pyx12 lacks the transmission codes of a certificate of medical necessity",
}
"""Elements in which pyx12 finds a fault that is none of structure, with the reason."""

LOST = "a segment it cannot place makes pyx12 refuse those of the same loop behind it"
"""Why what pyx12 reports behind a segment that it could not place needs no answer of its own."""


class Fault(NamedTuple):
    """An IK3 or IK4 that pyx12 gave."""

    segment: str
    position: int
    element: str | None
    code: str


def ask(text: str) -> dict[str, list[Fault]]:
    """Give pyx12's faults by the control number of their set."""
    document = pytest.importorskip("pyx12.x12n_document", reason="the oracle pyx12 is not installed")
    out = io.StringIO()
    parameters = pytest.importorskip("pyx12.params").params()
    logging.disable(logging.CRITICAL)
    try:
        document.x12n_document(parameters, io.StringIO(text), fd_997=out, fd_html=None)
    finally:
        logging.disable(logging.NOTSET)
    found: dict[str, list[Fault]] = {}
    here: list[Fault] = []
    segment, position = "", 0
    for elements in (each.split("*") for each in out.getvalue().replace("\n", "").split("~")):
        if elements[0] == "AK2":
            here = found.setdefault(elements[2], [])
        elif elements[0] == "IK3":
            segment, position = elements[1], int(elements[2])
            if elements[4] != "8":
                here.append(Fault(segment, position, None, elements[4]))
        elif elements[0] == "IK4":
            here.append(Fault(segment, position, elements[1], elements[3]))
    return found


def ours(text: str) -> dict[str, list[Finding]]:
    """Give medcode's findings by the control number of their set."""
    sent = x12.loads(text)
    sets = [each for interchange in sent.interchanges for group in interchange.groups for each in group.sets]
    starts = [each.segments[0].offset for each in sets]
    found: dict[str, list[Finding]] = {each.segments[0].elements[2]: [] for each in sets}
    for finding in sent.findings:
        at = bisect_right(starts, finding.location.offset or 0) - 1
        found[sets[at].segments[0].elements[2]].append(finding)
    return found


def answered(fault: Fault, findings: list[Finding], lost: int) -> bool:
    """Whether a finding says what pyx12 says: at the same segment, and element where it names one."""
    here = [finding for finding in findings if finding.location.position == fault.position]
    if fault.element:
        element = int(fault.element.partition(":")[0])
        # a wrong qualifier leaves open which use the segment is, and what its other elements must be
        qualifier, _ = DISCRIMINATORS.get(fault.segment, (None, 0))
        return any(finding.location.element in {None, element, qualifier} for finding in here)
    missing = fault.code == "3" and any(each.location.segment == fault.segment for each in findings)
    return bool(here) or missing or lost <= fault.position


def unanswered(faults: list[Fault], findings: list[Finding]) -> list[Fault]:
    """Give what medcode has no answer to; what pyx12 lost track of and content apart."""
    found = {finding.location.position for finding in findings}
    starts = [
        fault.position
        for fault in faults
        if not fault.element
        and ((fault.code == "1" and fault.position in found) or _displaced(fault.position, findings))
    ]
    lost = min(starts, default=10_000)
    return [
        fault
        for fault in faults
        if (fault.segment, fault.element) not in EXCEPTIONS and not answered(fault, findings, lost)
    ]


def _displaced(position: int, findings: list[Finding]) -> bool:
    """Whether medcode says it otherwise: of two that are exchanged, the other is at fault."""
    return any(
        (finding.name == "segment-out-of-order" and abs((finding.location.position or 0) - position) == 1)
        or (finding.name == "segment-missing" and finding.location.loop == "ST")
        for finding in findings
    )


def mutated(rows: Rows, chance: random.Random) -> Rows:
    """Do one thing wrong, anywhere."""
    rows = [list(row) for row in rows]
    at = chance.randrange(len(rows))
    row = rows[at]
    one, other = chance.randrange(1, len(row)), chance.randrange(1, len(row))
    kind = chance.choice(("drop", "swap", "repeat", "lengthen", "misqualify", "empty", "exchange", "strange"))
    if kind == "drop":
        del rows[at]
    elif kind == "swap":
        rows[at], rows[at - 1] = rows[at - 1], rows[at]
    elif kind == "repeat":
        rows.insert(at, list(row))
    elif kind == "lengthen":
        row[one] += "X" * chance.choice((1, 30, 90))
    elif kind == "misqualify":
        row[1] = chance.choice(("ZZ", "Q9", "1", "")) + row[1][2:]
    elif kind == "empty":
        row[one] = ""
    elif kind == "exchange":
        row[one], row[other] = row[other], row[one]
    else:
        rows.insert(at, ["QQ", "1"])
    return rows


def lines(rows: Rows) -> str:
    return "\n".join("*".join(row).rstrip("*") for row in rows)


def test_the_file_that_mutations_start_from_is_right_by_both() -> None:
    text = wire(enclosed(transaction(RICH)))
    assert x12.loads(text).findings == ()
    assert ask(text) == {"0001": []}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MUTATIONS // IN_ONE_FILE))
def test_mutations(seed: int) -> None:
    chance = random.Random(seed)
    rows = [segment.split("*") for segment in RICH.split("\n")]
    sets = [transaction(lines(mutated(rows, chance)), number=f"{number:04}") for number in range(IN_ONE_FILE)]
    text = wire(enclosed(*sets))
    found, theirs = ours(text), ask(text)
    assert set(found) == set(theirs)
    missed = {number: missed for number in theirs if (missed := unanswered(theirs[number], found[number]))}
    assert missed == {}
    assert sum(bool(each) for each in theirs.values()) > IN_ONE_FILE / 2
    unseen = [number for number in theirs if theirs[number] and not found[number]]
    assert all((fault.segment, fault.element) in EXCEPTIONS for number in unseen for fault in theirs[number])


def test_the_answer_to_mutations_is_right_by_both() -> None:
    chance = random.Random(50)
    rows = [segment.split("*") for segment in RICH.split("\n")]
    sets = [transaction(lines(mutated(rows, chance)), number=f"{number:04}") for number in range(IN_ONE_FILE)]
    answer = x12.acknowledge(x12.loads(wire(enclosed(*sets))))
    assert answer.findings == ()
    assert ask(answer.text) == {}


FROM_A_SAMPLE = 50


@pytest.mark.slow
@pytest.mark.property
@pytest.mark.parametrize(
    ("kind", "convention"), [("837P", "005010X222A1"), ("837I", "005010X223A2")], ids=["837P", "837I"]
)
def test_mutations_of_samples(kind: str, convention: str, reference: Path) -> None:
    for path in sorted((reference / "samples/stupidedi" / kind).glob("*.edi")):
        segments = path.read_text(encoding="utf-8-sig").replace("\n", "").rstrip("~").split("~")
        start = next(at for at, segment in enumerate(segments) if segment.startswith("ST*"))
        end = next(at for at, segment in enumerate(segments) if segment.startswith("SE*"))
        rows = [segment.split("*") for segment in segments[start + 1 : end]]
        chance = random.Random(path.name)
        sets = [
            transaction(lines(mutated(rows, chance)), number=f"{number:04}", convention=convention)
            for number in range(FROM_A_SAMPLE)
        ]
        gs = segments[1].split("*")
        text = wire(enclosed(*sets, isa=segments[0], gs="*".join([*gs[:6], "1", "X", convention])))
        found, theirs = ours(text), ask(text)
        missed = {number: left for number in theirs if (left := unanswered(theirs[number], found[number]))}
        assert missed == {}, path.name


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["837P", "837I"])
def test_samples(kind: str, reference: Path) -> None:
    for path in sorted((reference / "samples").glob(f"*/{kind}/*.edi")):
        text = path.read_text(encoding="utf-8-sig")
        text = text.replace("005010X222A2", "005010X222A1").replace("005010X223A3", "005010X223A2")
        text = re.sub(r"005010X22([23])(?!A)", lambda m: f"005010X22{m[1]}A{int(m[1]) - 1}", text)
        if "X091" in {finding.rule for finding in x12.loads(text).findings}:
            continue  # pyx12 takes ISA16 at its word and finds every composite wrong; medcode says it once
        found = ours(text)
        for number, faults in ask(text).items():
            assert unanswered(faults, found[number]) == [], path.name
