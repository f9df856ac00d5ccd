"""Claims of a remittance that come twice, days against each other, and payments whose method says something else."""

from __future__ import annotations

import pytest
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.test_answers import found
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE, changed, position
from tests.claims.x12.units.agreement import SETTING

from medcode.claims import x12
from medcode.claims.x12.validate import remittance


def with_claim_again(text: str, number: str) -> str:
    """Return a text with all segments of a claim a second time, right after it."""
    segments = text.split("~\n")
    first = next(at for at, each in enumerate(segments) if each.startswith(f"CLP*{number}*"))
    last = next(
        at for at, each in enumerate(segments) if at > first and each[:3] in {"CLP", "LX*", "PLB", "SE*"}
    )
    twice = [*segments[:last], *segments[first:last], *segments[last:]]
    whole = "~\n".join(twice)
    return whole.replace("SE*73", f"SE*{position(whole, 'SE*')}")


@pytest.mark.parametrize("number", ["PCN001", "PCN002", "PCN003", "PCN004*22", "PCN006"])
def test_a_claim_that_comes_twice_is_one_finding_whatever_sums_it_moves(number: str) -> None:
    text = with_claim_again(REMITTANCE, number)
    assert found(text) == [("claim-repeated", position(text, f"CLP*{number}#2"))]


def test_a_claim_of_another_patient_is_another_claim() -> None:
    text = with_claim_again(REMITTANCE, "PCN002")
    second = changed(text, "NM1*QC*1*LINDEN#2: 9=M0099")
    assert [name for name, _ in found(second)] == ["summary-total"]


def test_so_many_claims_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remittance, "_SEEN", 0)
    assert [name for name, _ in found(with_claim_again(REMITTANCE, "PCN002"))] == ["summary-total"]


def test_a_statement_that_all_lines_are_outside_of_is_what_is_wrong() -> None:
    text = changed(REMITTANCE, "DTM*232*20260110: 2=20260112")
    text = changed(text, "DTM*233*20260111: 2=20260113")
    assert found(text) == [("days-out-of-order", position(text, "DTM*232*20260112"))]
    (finding,) = x12.validate(text)
    assert finding.message == "A service date is outside the statement, which starts on 2026-01-12."


def test_a_service_before_and_one_after_the_statement_are_one_finding() -> None:
    text = changed(changed(HOSPITAL, "DTM*472*20260302: 2=20260301"), "DTM*472*20260302: 2=20260303")
    assert found(text) == [("days-out-of-order", position(text, "DTM*472*20260301"))]


def test_a_claim_received_before_all_its_service_is_found_at_the_receipt() -> None:
    text = changed(REMITTANCE, "DTM*050: 2=20260101")
    assert found(text) == [("days-out-of-order", position(text, "DTM*050"))]


def test_a_predetermination_is_received_before_its_service() -> None:
    text = changed(changed(REMITTANCE, "CLP*PCN002: 2=25"), "NM1*QC*1*LINDEN: insert DTM*050*20260101")
    assert found(text) == []


def test_a_notice_names_no_method() -> None:
    segments = REMITTANCE.split("~\n")
    first = next(at for at, each in enumerate(segments) if each.startswith("LX*1"))
    last = next(at for at, each in enumerate(segments) if each.startswith("PLB"))
    text = "~\n".join([*segments[:first], *segments[last:]]).replace("WO:ICN099*50", "WO:ICN099*10")
    text = text.replace("SE*73", f"SE*{position(text, 'SE*')}")
    notice = "BPR*H*0*C*{}************20260131"
    for method, rules in (("NON", []), ("CHK", [("payment-method", 2)]), ("ACH", [("payment-method", 2)])):
        bpr = next(each for each in segments if each.startswith("BPR"))
        assert found(text.replace(bpr, notice.format(method))) == rules


@pytest.mark.parametrize("setting", ["always", "never"])
def test_a_statement_without_a_start_is_found_in_whole_claims_too(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, setting)
    text = changed(REMITTANCE, "DTM*232*20260101: delete")
    assert found(text) == [("days-out-of-order", position(text, "DTM*233*20260106"))]
    assert found(with_claim_again(REMITTANCE, "PCN002")) != []


def test_parts_of_a_claim_that_was_split_may_be_alike() -> None:
    text = changed(REMITTANCE, "NM1*QC*1*LINDEN: insert MOA***MA15")
    text = with_claim_again(text.replace("SE*74", "SE*73"), "PCN002")
    assert [name for name, _ in found(text.replace("SE*80", "SE*81"))] == []


@pytest.mark.parametrize("text", [REMITTANCE, HOSPITAL, ACKNOWLEDGMENT, CLEARINGHOUSE, RESPONSE])
def test_sums_of_what_the_text_ends_within_are_left_out(text: str) -> None:
    segments = text.split("~\n")
    first = next(at for at, each in enumerate(segments) if each.startswith(("SVC", "STC*F1", "CLP")))
    sums = {"status-total", "status-count", "hierarchy-child", "line-balance", "claim-balance"}
    sums |= {"claim-lines-total", "patient-share", "summary-total", "payment-balance"}
    for cut in range(first, len(segments) - 4):
        half = "~\n".join(segments[:cut]) + "~\n"
        assert sums.isdisjoint(each.name for each in x12.validate(half)), segments[cut - 1]


@pytest.mark.parametrize(
    "claim",
    [
        "TRN*2*PCN004~\nSTC*A3:187:PR*20260131*U*180******A3:21:82~\nDTP*472*D8*20290221~\n",
        "TRN*2*PCN003~\nSTC*A2:20:PR*20260131*WQ*100~\nREF*1K*ICN003~\nREF*BLT*131~\nDTP*472*D8*20260112~\n",
    ],
)
def test_a_claim_that_is_answered_twice_counts_once(claim: str) -> None:
    text = ACKNOWLEDGMENT.replace(claim, claim * 2)
    text = text.replace("SE*55", f"SE*{position(text, 'SE*')}")
    assert found(text) == [("claim-answered-twice", position(text, f"{claim[:12]}#2"))]
