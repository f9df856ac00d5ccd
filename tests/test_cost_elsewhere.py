"""Reading claims of research files, masking, the ledger, histories, search and explanations cost what their input's length does.

As in test_cost.py, calls are counted, of one, two and three times the input.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from operator import mul
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.rif.test_rif import CARRIER, rif
from tests.claims.x12.texts import HEADER, PROVIDER, SELF, claim, enclosed, line, transaction, wire
from tests.counting import calls, is_linear

from medcode import edits, icd10cm
from medcode.claims.ledger import Ledger
from medcode.claims.rif import read_claims
from medcode.edits.examples import visit
from medcode.history import CodedHistory
from medcode.masking import mask
from medcode.testing import Payer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from medcode.claims import ProfessionalClaim

SLACK = 600
"""Calls by which three runs of the same may differ: tables that grow in jumps."""


def steps(use: Callable[[Any], object], made: Callable[[int], Any], size: int) -> list[int]:
    """Return what a use costs of one, two and three times a size, once what it needs is loaded."""
    given = [made(size * times) for times in (1, 2, 3)]
    for each in given:
        use(each)
    return [calls(lambda each=each: use(each), of_c=True) for each in given]  # type: ignore[misc]  # a lambda with a default


def assert_linear(costs: list[int]) -> None:
    assert is_linear(costs, SLACK), costs


def patients(count: int) -> str:
    """Return a file of claims, each of a patient of its own."""
    levels = [
        f"{SELF.replace('HL*2*1', f'HL*{at + 2}*1').replace('DOE*JO****MI*M1', f'DOE{at}*JO****MI*M{at}')}\n{claim(f'C{at}')}"
        for at in range(count)
    ]
    return wire(enclosed(transaction(HEADER, PROVIDER, *levels)))


def test_research_files(tmp_path: Path) -> None:
    def claims(count: int) -> Path:
        rows = [CARRIER | {"CLM_ID": str(at), "LINE_NUM": "1"} for at in range(count)]
        return rif(tmp_path / f"claims-{count}.csv", *rows)

    def one_claim(count: int) -> Path:
        rows = [CARRIER | {"LINE_NUM": str(at + 1)} for at in range(count)]
        return rif(tmp_path / f"lines-{count}.csv", *rows)

    for made in (claims, one_claim):
        assert_linear(steps(lambda path: list(read_claims(path)), made, 20))


def test_masking() -> None:
    assert_linear(steps(lambda text: mask(text, b"key"), patients, 10))

    def lines(count: int) -> str:
        return wire(
            enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1"), *[line() for _ in range(count)]))
        )

    assert_linear(steps(lambda text: mask(text, b"key"), lines, 10))


@pytest.mark.slow
@pytest.mark.parametrize("answers", [False, True], ids=["sent", "answered"])
def test_the_ledger(answers: bool) -> None:
    def made(count: int) -> tuple[str, ...]:
        sent = patients(count)
        return (sent, Payer("denials").answer(sent).x835 or "") if answers else (sent,)

    def added(texts: tuple[str, ...]) -> None:
        with Ledger() as ledger:
            ledger.add(*texts)
            assert len(ledger) == texts[0].count("~CLM*")
            assert all(entry.state for entry in ledger)

    assert_linear(steps(added, made, 15))


def visits(count: int) -> list[ProfessionalClaim]:
    first = date(2020, 1, 1)
    return [visit("M54.50", control_number=f"V{at}", on=str(first + timedelta(at))) for at in range(count)]


def test_histories() -> None:
    claims = visits(150)
    assert_linear(steps(lambda count: CodedHistory.from_claims(claims[:count]).problems(), int, 50))


def test_a_query_costs_its_length() -> None:
    for word in ("heart ", "pain in my knee ", "xyzzyq ", "w/o ", "a-b-c ", "2/2 "):
        assert_linear(steps(lambda text: icd10cm.search(text, limit=3), partial(mul, word), 25))


def test_a_query_is_read_no_further_than_its_limit() -> None:
    short, long = (
        steps(lambda text: icd10cm.search(text, limit=3), lambda count: "heart " * count, size)[0]
        for size in (200, 20_000)
    )
    assert long <= 1.1 * short + SLACK


def test_explanations() -> None:
    rules = sorted(edits.EDITS)[:90]
    assert_linear(steps(lambda count: [edits.explain(rule).what for rule in rules[:count]], int, 30))
