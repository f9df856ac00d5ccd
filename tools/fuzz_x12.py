"""Throw bytes at the X12 reader: whatever comes, it reads it or raises X12Error, and loses nothing.

usage: python -m tools.fuzz_x12 SECONDS FOLDER

`nox -s fuzz` runs it. It starts from tests/claims/x12/corpus, which every test run goes through,
and puts what it finds to be of interest into FOLDER.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "tests" / "claims" / "x12" / "corpus"
WORDS = """ISA* GS*HC* ST*837* BHT*0019*00* HL*1**20*1 HL*2*1*22*0 HL*3*2*23*0 SBR*P*18 NM1*85*2* NM1*IL*1*
NM1*PR*2* N3* N4* DMG*D8* CLM*1*1***11:B:1*Y*A*Y*Y HI*ABK:J069 LX*1 SV1*HC:99213*1*UN*1***1 SV2*0300**1*UN*1
SV3*AD:D0120*1 DTP*472*D8*20260101 REF*EI* SE*2* GE*1*1 IEA*1*000000001 TA1* AK1*HC*1 005010X222A1 005010X223A2
005010X224A2 ~ * : ^ >"""


def judge(data: bytes) -> None:
    """Read bytes in every way there is; what is wrong with how that goes is an AssertionError."""
    from medcode.claims import x12
    from medcode.errors import X12Error

    try:
        sent = x12.loads(data)
    except X12Error:
        return
    if x12.dumpb(sent) != data:
        raise AssertionError("a byte was lost")
    if list(x12.iter_claims(data)) != list(sent.claims()):
        raise AssertionError("the ways of reading differ")
    if x12.validate(data).findings != sent.findings:
        raise AssertionError("the ways of judging differ")
    sent.tree()
    x12.from_json(x12.to_json(sent))
    with suppress(X12Error):  # a text without a set has nothing to acknowledge
        x12.acknowledge(sent)


def main() -> None:
    """Fuzz for the seconds asked for."""
    import atheris

    with atheris.instrument_imports(include=["medcode"]):
        from medcode.claims import x12

        x12.loads("ST*837*0001*005010X222A1~")  # so that what is imported late is there
    seconds, folder = sys.argv[1:]
    words = Path(folder, "words.dict")
    words.write_text("".join(f'"{word}"\n' for word in WORDS.split()), encoding="utf-8")
    found = Path(folder, "found")
    found.mkdir(exist_ok=True)
    limits = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=4096"]
    atheris.Setup([sys.argv[0], *limits, f"-dict={words}", str(found), str(CORPUS)], judge)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
