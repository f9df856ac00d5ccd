"""What other tools say about the answers of the payer in a box."""

from __future__ import annotations

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
