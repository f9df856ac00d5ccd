"""What is left to do: denials by kind, open money by age, clocks from a table of rules."""

from __future__ import annotations

from datetime import date

import pytest
from tests.claims.ledger.made import CO45, claim, ledger, line, paid, paid_line, remittance, sent

from medcode.claims import Adjustment, Payer
from medcode.claims.ledger.work import ClockRules, Clocks, aging, clocks, denials
from medcode.claims.reasons import ReasonKind
from medcode.testing import Payer as Box

RULES = ClockRules.from_toml(
    "[[rules]]\nfiling_days = 365\nappeal_days = 120\n[[rules]]\npayer = 'OTHER PLAN'\nfiling_days = 90\n"
)


def test_denials_are_grouped_by_what_to_do_the_most_money_first() -> None:
    text = sent(*(claim(f"PCN{at}", line(charge=100 + at)) for at in range(8)))
    found = denials(ledger(text, Box("denials").answer(text).x835))
    assert sum(map(len, found.values())) == 8
    assert ReasonKind.MEDICAL_NECESSITY in found
    amounts = [sum(entry.refused for entry in entries) for entries in found.values()]
    assert amounts == sorted(amounts, reverse=True)
    assert denials(ledger(sent(claim()), remittance(paid("PCN1", paid_line(100, 70, CO45))))) == {}


def test_open_money_stands_by_payer_and_age() -> None:
    other = Payer(organization="OTHER PLAN", payer_id="PLAN2")
    made = ledger(
        sent(claim(), on=date(2026, 1, 7)), sent(claim("PCN2", payer=other), number=2, on=date(2026, 3, 1)),
        sent(claim("PCN3"), number=3, on=date(2025, 9, 1)), remittance(paid("PCN3")),
    )  # fmt: skip
    found = aging(made, on=date(2026, 3, 15))
    assert {payer: [int(each) for each in row] for payer, row in found.items()} == {
        "EXAMPLE HEALTH PLAN": [0, 0, 100, 0, 0], "OTHER PLAN": [100, 0, 0, 0, 0],
    }  # fmt: skip


def test_clocks_run_by_the_rule_of_the_payer() -> None:
    waiting = ledger(sent(claim()))["PCN1"]
    assert clocks(waiting, RULES, on=date(2026, 12, 31)) == Clocks(file_by=date(2027, 1, 5), days_left=5)
    other = ledger(sent(claim(payer=Payer(organization="OTHER PLAN", payer_id="PLAN2"))))["PCN1"]
    assert clocks(other, RULES).file_by == date(2026, 4, 5)
    denied = ledger(sent(claim()), remittance(paid("PCN1", paid_line(100, 0, Adjustment("CO", "50", 100)))))[
        "PCN1"
    ]
    assert clocks(denied, RULES, on=date(2026, 5, 1)) == Clocks(appeal_by=date(2026, 5, 20), days_left=19)
    assert clocks(denied, ClockRules(())) == Clocks()
    with pytest.raises(ValueError, match="a rule has no 'days'; it has appeal_days, filing_days, payer"):
        ClockRules.from_toml("[[rules]]\ndays = 7\n")
