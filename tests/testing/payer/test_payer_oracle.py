"""What other tools say about the answers of the payer in a box."""

from __future__ import annotations

import io

import pytest
from tests.testing.payer.test_payer import drawn, visits

from medcode.testing import Payer
from medcode.testing.payer import SCENARIOS

pytestmark = pytest.mark.oracle


def test_oxedi_finds_nothing_in_the_remittances() -> None:
    oxedi = pytest.importorskip("oxedi")
    for text in (visits(), drawn()):
        for name in SCENARIOS:
            remittances = Payer(name, seed=3).answer(text).x835
            if remittances and name != "wrong-totals":
                assert [str(each) for each in oxedi.parse(remittances.encode()).diagnostics] == [], name


CONTRADICTED = {
    "SEG:4 - Loop FOOTER exceeded max count",  # a second PLB, which the guide allows
    'SEG:3 - Mandatory loop "Billing Provider of Service Level"',  # a batch refused as a whole, as in a published example
    'ELE:1 - Mandatory data element "Status Information Effective Date" (STC02)',  # on lines, where the examples have none
}
"""What pyx12 has against files that follow the guides and their published examples."""


@pytest.mark.slow
def test_pyx12_finds_nothing_but_where_it_contradicts_the_published_examples(
    caplog: pytest.LogCaptureFixture,
) -> None:
    document = pytest.importorskip("pyx12.x12n_document")
    params = pytest.importorskip("pyx12.params")
    answers = [
        each
        for seed, name in enumerate(SCENARIOS)  # interchanges of one file need numbers of their own
        for kind, each in Payer(name, seed=seed).answer(visits()).files
        if kind in {"x277ca", "x835"}
    ]
    document.x12n_document(params.params(), io.StringIO("".join(answers)), fd_997=None, fd_html=None)
    found = {message.partition(" ")[2] for message in caplog.messages if message.startswith("Line:")}
    assert {each for each in found if not any(each.startswith(known) for known in CONTRADICTED)} == set()
