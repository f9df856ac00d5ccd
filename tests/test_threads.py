"""Eight threads that use something first at once, in a fresh process, get the answers that one gets."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.answers.texts import REMITTANCE
from tests.claims.x12.texts import ONE, wire

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys, threading, warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date

warnings.simplefilter("ignore")
sys.setswitchinterval(1e-6)  # as often as can be, so that what races shows
text, payment = sys.stdin.read().split(chr(0))

def read():
    from medcode.claims import x12
    return [claim.to_dict() for claim in x12.iter_claims(text)]

def write():
    from medcode.claims import x12
    sent = x12.loads(text)
    return x12.dumps(list(sent.claims()), x12.Envelope.of(sent.interchanges[0]), check=False)

def validate():
    from medcode.claims import x12
    return [str(each) for each in x12.validate(text).findings]

def acknowledge():
    from medcode.claims import x12
    return [each.elements[:1] for each in x12.acknowledge(text).segments]

def scrub():
    from medcode import scrub
    return [str(each) for each in scrub(text).findings]

def codes():
    from medcode import icd10cm, icd10pcs, place_of_service
    day = date(2021, 10, 1)
    return (
        icd10cm["e11.9"].title, icd10cm.status("M54.5", day), icd10cm.successors("M54.5"), icd10pcs["02703DZ"].title,
        icd10cm.notes("E11.9").excludes1, place_of_service.check(["11", "99"], on=day),
        icd10cm.children("M54.5"), len(icd10cm.as_of(day)),
    )

def search():
    from medcode import icd10cm
    return [hit.code for hit in icd10cm.search("hip fracture", limit=3)]

def edits():
    from medcode.edits import EDITS, explain
    return [str(explain(name)) for name in list(EDITS)[::20]]

def answers():
    from medcode.claims import x12
    return [
        [each.elements[:1] for each in x12.loads(payment).segments], [*map(str, x12.validate(payment).findings)],
        list(x12.loads(payment).remittances()),
        x12.dumps(list(x12.loads(payment).remittances()), check=False)[110:],
    ]

def ledger():
    from medcode.claims.ledger import Ledger
    with Ledger() as kept:
        kept.add(text, payment)
        return [*kept.rows(date(2026, 2, 1))], [repr(each) for each in kept.unmatched]

def payer():
    from medcode.testing import Payer
    made = Payer("denials", seed=1).answer(text)
    return made.ta1, made.x999, made.x277ca, made.x835

def resources():
    from medcode.claims import fhir, x12
    (claim,) = x12.iter_claims(text)
    bundle = fhir.to_bundle(claim)
    return bundle, fhir.from_bundle(bundle).to_dict(), fhir.dropped(claim)

def drawn():
    from medcode.claims import forms, x12
    (claim,) = x12.iter_claims(text)
    return [forms.draw([claim], kind, phi=True) for kind in ("html", "svg", "pdf")]

def masked():
    from medcode.masking import mask
    from medcode.viewing import page
    return mask(text, b"k" * 32), page(text)

def plain():
    from medcode.claims import ProfessionalClaim, x12
    (claim,) = x12.iter_claims(text)
    return ProfessionalClaim.from_dict(claim.to_dict()).to_dict(), x12.to_json(x12.loads(text)), x12.to_xml(x12.loads(text))

def frames():
    from importlib.util import find_spec
    if not find_spec("pyarrow"):
        return "pyarrow, the extra frames, is not installed"
    import medcode.frames as frames
    return frames.status(["E11.9", "M54.5", "E11"], on=date(2021, 10, 1), code_set="icd10cm").to_pylist()

ask = globals()[sys.argv[1]]
together = threading.Barrier(8)

def first(_):
    together.wait()
    return ask()

with ThreadPoolExecutor(8) as pool:
    answers = list(pool.map(first, range(8)))
assert answers == [ask()] * 8, answers
assert answers[0]
"""

GIVEN = f"{wire(ONE).replace('~SE*', '~ZZZ*1~SE*')}\0{REMITTANCE}"
"""A file of claims with something to find, and the answer of a payer."""


@pytest.mark.slow
@pytest.mark.parametrize("ask", re.findall(r"^def (\w+)\(\):", PROGRAM, re.MULTILINE))
def test_first_use_by_eight_threads(ask: str, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", PROGRAM, ask],
        input=GIVEN,
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
