"""Single faults planted in payers' answers: what medcode finds, and what other readers do, in one run.

usage: python bench/planted_answers.py

Each fault of tests/claims/x12/answers is written into a right remittance (835), claim acknowledgment (277CA) or
response to an inquiry (277), and all are given to everybody. medcode has found a fault when `x12.validate` has exactly one finding, of the rule that the
fault breaks and at its segment; another reader when it says anything that it does not say of the right file. `cannot` says
that it does not read the right file without an error. A reader that is not installed is left out and named.
"""

from __future__ import annotations

import io
import logging
import sys
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from peers import models_of_x12sdk

sys.path.append(str(Path(__file__).parent.parent))  # the faults are those of the tests

from tests.claims.x12.answers.faults import ACKNOWLEDGMENT_FAULTS, REMITTANCE_FAULTS
from tests.claims.x12.answers.other_faults import CLEARINGHOUSE_FAULTS, HOSPITAL_FAULTS, RESPONSE_FAULTS
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE

from medcode.claims import x12
from medcode.claims.x12.validate.rules import RULES

if TYPE_CHECKING:
    from tests.claims.x12.answers.faults import Planted

PAGE = Path(__file__).parent.parent / "docs" / "x12" / "planted-answers.md"
INTRODUCTION = """`bench/planted_answers.py` writes this page. Each row is a right remittance (835), claim acknowledgment (277CA) or
response to an inquiry (277) with one fault, given to medcode and to other readers in one run. medcode counts where it has exactly one finding, of the right rule and
at the segment of the fault; the others where they say anything that they do not say of the right file. `cannot` marks a
transaction that a reader refuses whatever is in it: of claim acknowledgments, oxedi and x12sdk have no guide, and pyx12 refuses
what the published examples have, a rejected provider without claims and lines without a date in STC02; it knows no 277
that answers an inquiry."""
FILES = (
    ("835", REMITTANCE.replace("MIA*5*", "MIA*0*"), REMITTANCE_FAULTS),
    ("835", HOSPITAL.replace("MIA*4*", "MIA*0*"), HOSPITAL_FAULTS),
    ("277CA", ACKNOWLEDGMENT, ACKNOWLEDGMENT_FAULTS),
    ("277CA", CLEARINGHOUSE, CLEARINGHOUSE_FAULTS),
    ("277", RESPONSE, RESPONSE_FAULTS),
)
"""The right files, with the faults of each; x12sdk allows no covered days but 0."""


def oxedi(text: str) -> set[str]:
    """Return the diagnostics of oxedi."""
    from oxedi import parse

    return {f"{each.kind} {each.code} {each.segment}" for each in parse(text.encode()).diagnostics}


def pyx12(text: str) -> set[str]:
    """Return whether pyx12 refuses the file; its 999 names the segments where it can be written."""
    from pyx12.errors import EngineError
    from pyx12.params import params
    from pyx12.x12n_document import x12n_document

    out = io.StringIO()
    try:
        is_right = x12n_document(params(), io.StringIO(text), fd_997=out, fd_html=None)
    except (EngineError, LookupError) as error:  # it breaks where a header is lost
        return {type(error).__name__}
    return set() if is_right else {"refused"}


PEERS = {"oxedi": oxedi, "pyx12": pyx12, "x12sdk": models_of_x12sdk}


@cache
def usual(peer: str, right: str) -> set[str]:
    """Return what a peer says of a right file."""
    return PEERS[peer](right)


def sees(peer: str, right: str, text: str) -> str:
    """Return whether a peer says something of a file that it does not say of the right one."""
    if usual(peer, right):
        return "cannot"
    try:
        return "yes" if PEERS[peer](text) else "no"
    except Exception:  # noqa: BLE001  # whatever it breaks with, it does not take the file for right
        return "yes"


def answer(fault: Planted, text: str, at: int) -> str:
    """Return the place of medcode's finding where it is the only one and right, else what it has instead."""
    findings = x12.validate(text).findings
    before = text[: (findings[0].location.offset or 0) if findings else 0].count("~")
    place = before - text[: text.index("ST*")].count("~") + 1
    if [each.name for each in findings] != [fault.rule] or place != at:
        return "no: " + ", ".join(each.rule for each in findings)
    return f"{findings[0].location.segment or 'text'} at {at}"


def main() -> None:
    """Plant every fault, ask everybody, write the page and print the sums."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    peers = [name for name in PEERS if find_spec(name)]
    absent = [name for name in PEERS if name not in peers]
    rows = []
    for kind, right, faults in FILES:
        for fault in faults:
            text, at = fault.apply(right)
            rule = RULES[fault.rule]
            about = [rule.id, rule.name, kind, str(rule.snip), f"`{fault.change}`", answer(fault, text, at)]
            rows.append([*about, *(sees(peer, right, text) for peer in peers)])
    found = [sum(not row[5].startswith("no") for row in rows)]
    found += [sum(row[6 + at] == "yes" for row in rows) for at in range(len(peers))]
    sums = ", ".join(f"{name} {number}" for name, number in zip(["medcode", *peers], found, strict=True))
    said = f"Of {len(rows)} single faults ({sum(row[2] == '835' for row in rows)} of them in the remittance), found: {sums}."
    print(said + (f" Not installed: {', '.join(absent)}." if absent else ""))
    head = ["rule", "fault", "file", "SNIP", "what was changed", "medcode", *peers]
    lines = "\n".join(f"| {' | '.join(each)} |" for each in [head, ["---"] * len(head), *rows])
    PAGE.write_text(f"# Planted faults of answers\n\n{INTRODUCTION}\n\n{said}\n\n{lines}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
