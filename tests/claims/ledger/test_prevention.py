"""Which edit would have stopped a rejection or a denial."""

from __future__ import annotations

from datetime import date

import pytest
from tests.claims.ledger.made import claim, ledger, line, paid, paid_line, remittance, sent

from medcode.claims import Adjustment, x12
from medcode.claims.ledger import Ledger
from medcode.claims.ledger.prevention import prevented_by
from medcode.edits import EDITS
from medcode.testing import Payer as Box

ENVELOPE = x12.Envelope(sender="SUBMITTER", receiver="RECEIVER")


def test_a_rejection_names_the_edit_that_it_answers() -> None:
    named = 0
    for edit in [*EDITS.values()][::25]:
        if edit.over_batch or edit.opt_in:
            continue
        for failing in edit.fails[:1]:
            text = x12.dumps([failing], ENVELOPE, check=False)
            followed = Ledger()
            followed.add(text, *(answer for _, answer in Box("front-end-edits").answer(text).files))
            for entry in followed:
                if entry.state == "rejected":
                    named += 1
                    assert edit.id in {each.rule for each in entry.prevention}, edit.id
                    assert entry.prevention[0].rule in entry.next_step
    assert named > 1


def test_the_edit_whose_status_is_answered_comes_first() -> None:
    wrong = claim("PCN1", line(charge=100), stated_total="90", diagnoses=["E11.9", "E11.9"])
    text = x12.dumps([wrong], ENVELOPE, check=False)
    answers = Box("front-end-edits").answer(text)
    followed = Ledger()
    followed.add(text, answers.x277ca)
    (entry,) = followed
    first = entry.prevention[0]
    assert entry.problems[0].code == first.ack


def test_a_claim_that_was_taken_and_one_that_no_edit_finds_name_none() -> None:
    text = sent(claim())
    assert ledger(text)["PCN1"].prevention == ()
    assert ledger(text, remittance(paid("PCN1")))["PCN1"].prevention == ()
    rejected = Ledger()
    rejected.add(text, Box("payer-rejections").answer(text).x277ca)
    assert rejected["PCN1"].state == "rejected"
    assert rejected["PCN1"].prevention == ()
    assert "before sending" not in rejected["PCN1"].next_step


def test_a_999_names_the_rule_of_structure() -> None:
    text = sent(claim()).replace("SBR*P*", "SBR*Q*")
    followed = Ledger()
    followed.add(text, x12.dumps(x12.acknowledge(text)))
    (entry,) = followed
    assert (entry.state, entry.prevention[0].name) == ("rejected", "element-code")


def test_a_999_about_what_the_claim_does_not_hold_names_no_rule() -> None:
    text = sent(claim())
    answer = x12.dumps(x12.acknowledge(text.replace("SBR*P*", "SBR*Q*")))
    followed = Ledger()
    followed.add(text, answer)
    (entry,) = followed
    assert (entry.state, entry.prevention) == ("rejected", ())


@pytest.mark.parametrize(
    ("reason", "rules"), [("16", {"CLM02"}), ("97", set())], ids=["the reason of an edit", "another reason"]
)
def test_a_denial_names_the_edit_of_its_reason(reason: str, rules: set[str]) -> None:
    text = sent(claim("PCN1", line(charge=100), stated_total="100"))
    wrong = text.replace("CLM*PCN1*100*", "CLM*PCN1*90*")
    denied = remittance(paid("PCN1", paid_line(100, 0, Adjustment("CO", reason, 100))))
    entry = ledger(wrong, denied)["PCN1"]
    assert {each.rule for each in prevented_by(entry)} >= rules
    assert bool(entry.prevention) is bool(rules)


def test_another_claim_of_the_file_is_to_blame() -> None:
    text = sent(claim("PCN1"), claim("PCN2"), on=date(2026, 1, 7))
    broken = text.replace("CLM*PCN2*100*", "CLM*PCN2**")
    followed = Ledger()
    followed.add(broken, x12.dumps(x12.acknowledge(broken)))
    entry = followed["PCN1"]
    assert [problem.own for problem in entry.problems] == [False]
    assert entry.prevention == ()
