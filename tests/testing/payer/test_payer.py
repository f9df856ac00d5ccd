"""A payer in a box: every scenario is answered in valid files, whose every claim and line finds its own again."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.ledger.made import CLINIC, claim, line, sent
from tests.testing.samples import KINDS, sample

from medcode.claims import OtherPayer, OtherSubscriber, Payer as Insurer, x12
from medcode.claims.ledger import Ledger, MatchKind
from medcode.claims.model import ClaimDates, ClaimReferences
from medcode.edits import EDITS
from medcode.errors import Rejected, X12Error
from medcode.testing import Payer, payer
from medcode.testing.payer import SCENARIOS, Answers, Scenario

if TYPE_CHECKING:
    from pathlib import Path

STATES: dict[str, tuple[str, ...]] = {
    "accepted": ("accepted",) * 4,
    "interchange-rejected": ("rejected",) * 4,
    "file-rejected": ("rejected",) * 4,
    "clearinghouse-rejections": ("rejected", "accepted") * 2,
    "payer-rejections": ("rejected", "accepted", "accepted", "rejected"),
    "batch-rejected": ("rejected",) * 4,
    "forwarded": ("forwarded",) * 4,
    "bundled": ("reduced",) * 4,
    "partial-denial": ("reduced",) * 4,
    "denials": ("denied",) * 4,
    "recovered": ("denied", "paid") * 2,
}
"""What becomes of four claims of two lines; in all other scenarios they are paid."""


@cache
def drawn() -> str:
    """Four drawn claims of each kind, as one file of three groups."""
    claims = [each for kind in KINDS for each in sample(kind, 2)]
    numbered = [
        each.evolve(control_number=f"{at:05}-{each.control_number}"[:38]) for at, each in enumerate(claims)
    ]
    return x12.dumps(numbered, x12.Envelope(sender="CLINIC", receiver="PLAN"))


def visits() -> str:
    return sent(*(claim(f"PCN{at}", line(), line("85025", 20)) for at in range(4)))


def ledger(*sources: Any) -> Ledger:
    made = Ledger()
    made.add(*sources)
    return made


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_is_answered_in_valid_files_that_add_up(name: str) -> None:
    text = visits()
    answers = Payer(name, seed=1).answer(text)
    assert answers == Payer(name, seed=1).answer(x12.loads(text))
    for _, answer in answers.files:
        rules = Counter(finding.name for finding in x12.validate(answer).findings)
        assert rules == ({"payment-balance": 1} if name == "wrong-totals" and "BPR" in answer else {})
        assert x12.loads(answer).text == answer
    made = ledger(*(text for _, text in answers.files), text)
    assert made.unmatched == ()
    assert made.totals().difference == (Decimal("-0.1") if name == "wrong-totals" else 0)
    assert tuple(str(entry.state) for entry in made) == STATES.get(name, ("paid",) * 4)
    expected = MatchKind.SOFT if name == "split" else MatchKind.EXACT
    for entry in made:
        assert entry.paid == sum(each.paid for each in entry.payments if isinstance(each.paid, Decimal))
        for event in entry.events:
            assert event.match.kind is (expected if event.by == "835" else MatchKind.EXACT)
            assert all(each.match.kind is MatchKind.EXACT for each in event.lines)


def test_drawn_claims_of_all_kinds_are_answered_too() -> None:
    text = drawn()
    for name in (
        "front-end-edits",
        "clearinghouse-rejections",
        "batch-rejected",
        "bundled",
        "split",
        "partial-denial",
        "recovered",
    ):
        answers = Payer(name, seed=2).answer(text)
        assert all(x12.validate(answer).ok for _, answer in answers.files), name
        made = ledger(text, *(answer for _, answer in answers.files))
        assert made.unmatched == (), name
        for entry in made:
            for event in entry.events:
                assert all(each.line is not None for each in event.lines), name


def test_what_a_scenario_does_not_give_is_none() -> None:
    answers = Payer("interchange-rejected").answer(visits())
    assert answers.ta1 is not None
    assert (answers.x999, answers.x277ca, answers.x835) == (None, None, None)
    assert Payer("contractual").answer(visits()).ta1 is None
    assert Payer().answer(visits()).x835 is not None
    assert Payer().answer("ST*835*0001~SE*2*0001~") == Answers(())


def test_a_file_with_errors_goes_no_further_than_its_999() -> None:
    answers = Payer().answer(visits().replace("SV1*HC:85025*20", "SV1*HC:85025*x"))
    assert answers.x999 is not None
    assert answers.x277ca is None


def test_a_seed_changes_numbers_and_turns_but_no_sums() -> None:
    one, two = (Payer("denials", seed=seed).answer(visits()) for seed in (1, 2))
    assert one != two
    reasons = [
        [adjustment.reason for remittance in x12.loads(answers.x835 or "").remittances() for each in remittance.claims for adjustment in each.lines[0].adjustments]
        for answers in (one, two)
    ]  # fmt: skip
    assert reasons == [["197", "29", "16", "18"], ["29", "16", "18", "22"]]


def test_the_payers_own_edits_reject_what_they_find() -> None:
    wrong = claim("PCN9", line("85025", 20), diagnoses=["E11"])
    text = sent(claim(), wrong, claim("PCN8", line("99213", 10), line("A0001", 5)))
    answers = Payer("front-end-edits").answer(text)
    made = ledger(text, *(answer for _, answer in answers.files))
    assert [str(entry.state) for entry in made] == ["paid", "rejected", "rejected"]
    assert all(x12.validate(answer).findings == () for _, answer in answers.files)
    assert [problem.code.split(":")[0] for problem in made["PCN9"].problems] == ["A7"]
    assert any(problem.line == 2 for problem in made["PCN8"].problems)


def test_a_status_that_says_too_little_has_another_beside_it() -> None:
    late = claim("PCN7", dates=ClaimDates(last_seen=date(2099, 1, 2)))
    answers = Payer("front-end-edits").answer(sent(late))
    assert x12.validate(answers.x277ca or "").findings == ()
    *_, status = x12.loads(answers.x277ca or "").claim_statuses()
    assert [(each.category, each.code) for each in status.statuses] == [("A7", "510"), ("A7", "187")]


def test_a_crossover_goes_to_the_next_payer_that_the_claim_names() -> None:
    other = OtherPayer(
        payer=Insurer(organization="SECOND PLAN", payer_id="PLAN2"), subscriber=OtherSubscriber(last_name="DOE", member_id="S1")
    )  # fmt: skip
    text = sent(claim("PCN1", other_payers=[other]), claim("PCN2"))
    made = ledger(text, Payer("crossover").answer(text).x835)
    carriers = [each.crossover_carrier for entry in made for each in entry.payments]
    assert [each.organization for each in carriers if each] == ["SECOND PLAN", "SECOND HEALTH PLAN"]
    assert all(entry.is_forwarded for entry in made)


def test_each_payer_and_payee_has_a_remittance_of_its_own() -> None:
    text = sent(
        claim(), claim("PCN2", payer=Insurer(organization="OTHER PLAN", payer_id="PLAN2")),
        claim("PCN3", billing_provider=CLINIC.evolve(organization="HILL CLINIC", npi="1467890129")),
    )  # fmt: skip
    found = list(x12.loads(Payer().answer(text).x835 or "").remittances())
    assert [(each.payer.organization, each.payee.organization) for each in found] == [
        ("EXAMPLE HEALTH PLAN", "LAKEVIEW CLINIC"), ("OTHER PLAN", "LAKEVIEW CLINIC"), ("EXAMPLE HEALTH PLAN", "HILL CLINIC"),
    ]  # fmt: skip


def test_payers_of_one_name_pay_under_traces_of_their_own() -> None:
    payers = [Insurer(organization="EXAMPLE HEALTH PLAN", payer_id=f"PLAN{at}") for at in range(3)]
    text = sent(*(claim(f"PCN{at}", payer=each) for at, each in enumerate(payers)))
    answer = Payer().answer(text).x835 or ""
    assert len({each.payment.trace for each in x12.loads(answer).remittances()}) == 3
    totals = ledger(text, answer).totals()
    assert totals.difference == 0
    assert totals.received > 0


def test_money_that_cannot_be_kept_back_stays_owed() -> None:
    text = sent(claim())
    remittances = list(x12.loads(Payer("recovered").answer(text).x835 or "").remittances())
    assert [int(each.payment.signed_amount) for each in remittances] == [65 + 5, 0, 0]
    assert [[(one.reason, int(one.amount)) for one in each.provider_adjustments] for each in remittances] == [
        [],
        [("WO", -70)],
        [],
    ]


def test_answers_are_written_in_the_order_of_their_arrival(tmp_path: Path) -> None:
    answers = Payer("accepted").answer(visits())
    paths = answers.write(tmp_path / "answers")
    assert [path.name for path in paths] == ["01.ta1", "02.999", "03.277ca", "04.277ca"]
    assert paths[1].read_text(encoding="utf-8") == answers.x999
    assert repr(answers) == "Answers(files=(ta1, x999, x277ca, x277ca))"
    late = Payer("out-of-order").answer(visits())
    assert [kind for kind, _ in late.files][:2] == ["x835", "x835"]


def test_a_scenario_of_ones_own() -> None:
    own = Scenario.from_toml(
        'summary = "A copay."\nx835 = [{day = 3, pay = [{adjust = [{group = "PR", reason = "3", amount = 25}]}]}]'
    )
    [remittance] = x12.loads(Payer(own).answer(sent(claim())).x835 or "").remittances()
    assert remittance.patient_responsibility == 25
    assert remittance.payment.date == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            "summary = 1\nx836 = []",
            "Scenario has no 'x836'; it has summary, ta1, x999, x277ca, x835, newest_first",
        ),
        ("x835 = []", "Scenario: missing 1 required keyword-only argument: 'summary'"),
        ('summary = "s"\nx835 = [1]', "Remit must be a table, not 1"),
        ('summary = "s"\nx835 = [{carry = "XX"}]', "carry must be 'WO' or 'FB', not 'XX'"),
        (
            'summary = "s"\nx835 = [{pay = [{adjust = [{group = "CO", reason = "45", share = 2}]}]}]',
            "a share must be between 0 and 1, or 'rest', not 2",
        ),
    ],
)
def test_a_wrong_scenario_says_what_is_wrong(table: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(")):
        Scenario.from_toml(table)


VALUES = (
    '"1E-999999999"', '"1E999999999"', '"\u0663"', '"x"', "inf", "-inf", "nan", "1e300", "1e-300", "-1", "0", "1.5",
    "true", "[]", "[1]", "{a = 1}", "2026-01-05", "9" * 30, "1000000000",
)  # fmt: skip
PLACES = (
    "x835 = [{pay = [{adjust = [{group = 'CO', reason = '45', amount = #}]}]}]",
    "x835 = [{pay = [{adjust = [{group = 'CO', reason = '45', share = #}]}]}]",
    "x835 = [{pay = [{adjust = [{group = 'CO', reason = #, share = 0}]}]}]",
    "x835 = [{pay = [{}], provider = [{reason = 'WO', amount = #}]}]",
    "x835 = [{pay = [{}], provider = [{reason = 'WO', amount = 5, reference = #}]}]",
    *(f"x835 = [{{pay = [{{{name} = #}}]}}]" for name in ("interest", "split", "status", "remarks", "forward", "bundle")),
    *(f"x835 = [{{pay = [{{}}], {name} = #}}]" for name in ("off", "times", "day", "claims", "carry", "reverse")),
    *(f"x277ca = [{{reject = ['A7:562'], {name} = #}}]" for name in ("every", "day", "by", "accept", "batch", "judge")),
    "x277ca = [{reject = [#]}]", "x277ca = [{reject = #}]", "x999 = {path = #}", "ta1 = #", "newest_first = #",
    "x277ca = #", "x835 = #", "x999 = #",
)  # fmt: skip


def test_whatever_a_scenario_says_is_refused_or_answered_at_once() -> None:
    """A repetition, a day or an amount without bounds would keep the payer busy for ever, or end in an error of its own."""
    text, answered = sent(claim()), 0
    for place in PLACES:
        for value in VALUES:
            try:
                scenario = Scenario.from_toml(f"summary = 's'\n{place.replace('#', value)}")
            except ValueError:
                continue
            try:
                Payer(scenario).answer(text)
            except Rejected:  # what cannot be written
                continue
            answered += 1
    assert answered > 10


def test_an_unknown_scenario_and_what_is_no_x12_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown scenario 'denial'; choose from accepted"):
        Payer("denial")
    with pytest.raises(X12Error):
        Payer().answer("ISA*nothing of the kind")
    with pytest.raises(AttributeError, match="no attribute 'Payor'"):
        payer.Payor  # type: ignore[attr-defined]  # noqa: B018  # there is none


def test_a_provider_without_npi_and_a_span_of_days_are_answered() -> None:
    own = Scenario.from_toml('summary = "s"\nx835 = [{pay = [{}]}, {day = 20, reverse = true}]')
    text = sent(claim("PCN1", line(service_date="20260105-20260106"))).replace("1234567893", "1234567890")
    first, second = x12.loads(Payer(own).answer(text).x835 or "").remittances()
    assert (first.payee.id, first.payee.id_type) == ("123456789", "FI")
    assert first.claims[0].lines[0].service_start == date(2026, 1, 5)
    assert [each.is_reversal for each in second.claims] == [True]


def test_what_is_refused_gets_no_further() -> None:
    refused = Scenario.from_toml(
        'summary = "s"\nx277ca = [{by = "AY", batch = "A3:24:41"}, {by = "PR"}]\nx835 = [{pay = [{}]}]'
    )
    answers = Payer(refused).answer(visits())
    assert [kind for kind, _ in answers.files] == ["x277ca"]
    nowhere = Scenario.from_toml('summary = "s"\nx999 = {path = "nothing.of_the_kind"}')
    assert "IK5*R" in (Payer(nowhere).answer(visits()).x999 or "")


def test_the_number_of_the_clearinghouse_comes_back_and_nothing_is_taken_off_nothing() -> None:
    free = line(charge=0)
    text = sent(claim("PCN1", free, line("85025", 20), references=ClaimReferences(clearinghouse="CH7")))
    answers = Payer("contractual").answer(text)
    assert answers.x277ca is not None
    [status] = x12.loads(answers.x277ca).claim_statuses()
    assert status.clearinghouse_number == "CH7"
    assert answers.x835 is not None
    [remittance] = x12.loads(answers.x835).remittances()
    assert remittance.claims[0].lines[0].adjustments == ()


@pytest.mark.parametrize("rule", ["CLM15", "CLM16", "CLM41"])
@pytest.mark.parametrize("name", ["split", "front-end-edits"])
def test_claims_with_amounts_days_or_codes_that_cannot_be_are_answered(rule: str, name: str) -> None:
    envelope = x12.Envelope(sender="SUBMITTER", receiver="RECEIVER")
    for failing in EDITS[rule].fails:
        answers = Payer(name).answer(x12.dumps([failing], envelope, check=False))
        assert answers.x277ca
        assert all(x12.validate(text).ok for _, text in answers.files)
