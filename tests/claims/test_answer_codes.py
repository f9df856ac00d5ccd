"""The kinds of adjustment reasons, and codes of payers' answers explained."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.x12.answers.test_answers import INQUIRY
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE, changed
from tests.claims.x12.units.agreement import differs

from medcode import scrub
from medcode.claims import reasons, x12
from medcode.claims.answer_codes import explain_reason, explain_status
from medcode.claims.reasons import REASONS, ReasonKind, kind_of
from medcode.claims.remittance import ClaimPayment
from medcode.claims.x12.validate.answer_codes import AnswerCodes
from medcode.cli import main
from medcode.codesets import CODE_SETS, user
from medcode.codesets.adjustment_reason import adjustment_reason
from medcode.codesets.base import Status
from medcode.codesets.user import Entry
from medcode.edits import EDITS
from medcode.findings import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PLACE: Any = (
    SimpleNamespace(loop=SimpleNamespace(loop=SimpleNamespace(id="2110")), use=SimpleNamespace(id="CAS")),
    1,
    0,
)
"""A place of no file."""

LISTS = {
    "adjustment_reason": [
        Entry("45", "priced by contract"),
        Entry("17", "asked for and not sent", None, date(2009, 7, 1)),
        Entry("288", "asked for before", date(2026, 1, 31), date(2026, 2, 28)),
    ],
    "status_category": [Entry("A7", "invalid")],
    "status_code": [Entry("562", "billing number")],
}
"""A few rows as a user might hold them, in other words than X12's."""


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Load a small list of each set, as a user would; afterwards no set remembers it."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    for name, entries in LISTS.items():
        header = {
            "name": name,
            "publisher": "user",
            "edition": "mine",
            "license": "own",
            "coverage": [None, None],
        }
        user.add([user.code_table(header, entries)])
        CODE_SETS[name].reload()
    yield
    monkeypatch.undo()
    for name in LISTS:
        CODE_SETS[name].reload()


def test_every_reason_is_of_one_kind_and_has_the_form_of_one() -> None:
    listed = [reason for rows in reasons._TABLE.values() for reason in rows.split()]
    assert len(listed) == len(set(listed)) == len(REASONS)
    assert all(adjustment_reason.status(reason) is not Status.MALFORMED for reason in listed)
    assert set(REASONS.values()) == set(ReasonKind)


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_kind_says_why_what_next_by_whom_and_whether_to_appeal(kind: ReasonKind) -> None:
    assert kind.title
    assert kind.why.endswith(".")
    assert kind.next_step.endswith(".")
    assert kind.by
    assert kind.appeal in {"yes", "no", "rarely"}


@pytest.mark.parametrize(
    ("group", "reason", "kind"),
    [
        ("CO", "45", ReasonKind.CONTRACTUAL),
        ("PR", "1", ReasonKind.PATIENT_SHARE),
        ("OA", "23", ReasonKind.PRIOR_PAYER),
        ("CO", "4", ReasonKind.CODING),
        ("CO", "197", ReasonKind.AUTHORIZATION),
        ("PR", "27", ReasonKind.ELIGIBILITY),
        ("OA", "18", ReasonKind.DUPLICATE),
        ("CO", "29", ReasonKind.TIMELY_FILING),
        ("CO", "22", ReasonKind.COORDINATION),
        ("CO", "16", ReasonKind.INFORMATION_MISSING),
        ("CO", "50", ReasonKind.MEDICAL_NECESSITY),
        ("CO", "97", ReasonKind.BUNDLED),
        ("PR", "999", ReasonKind.PATIENT_SHARE),
        ("CO", "999", ReasonKind.OTHER),
    ],
)
def test_a_reason_is_of_the_kind_a_biller_would_say(group: str, reason: str, kind: ReasonKind) -> None:
    assert kind_of(group, reason) is kind


def test_without_a_list_a_reason_is_explained_by_its_kind() -> None:
    explained = explain_reason(" 97 ")
    assert explained.kind == "Bundled"
    assert "no list" in explained.title
    assert all(
        explain_reason(as_printed) == explain_reason("97") for as_printed in ("CO-97", "CO97", "pr 97")
    )
    assert explain_reason("999").kind == "Other"


@pytest.mark.parametrize("code", ["9999", "", "A", "045"])
def test_what_cannot_be_a_reason_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="CARC"):
        explain_reason(code)


@pytest.mark.usefixtures("lists")
def test_loaded_lists_give_the_titles() -> None:
    assert explain_reason("45").title == "priced by contract"
    assert explain_reason("17").title == "asked for and not sent (stopped)"
    assert explain_reason("97").title == "not in the loaded list of adjustment reasons (CARC)"
    explained = explain_status("A7:562:85")
    assert (explained.category_title, explained.status) == ("invalid", "billing number")


@pytest.mark.usefixtures("lists")
def test_a_loaded_list_warns_of_the_codes_it_does_not_have_or_has_no_more() -> None:
    def warned(text: str) -> set[str]:
        return {each.message for each in x12.validate(text) if each.name == "adjustment-reason-unknown"}

    stopped = "The adjustment reason (CARC) 17 was stopped."
    assert "The adjustment reason (CARC) 50 is not in the loaded list." in warned(REMITTANCE)
    assert stopped not in warned(REMITTANCE)
    assert stopped in warned(changed(REMITTANCE, "CAS*CO*50: 2=17"))
    # a reversal repeats the reason that was right when the claim was paid
    assert stopped not in warned(changed(REMITTANCE, "CAS*PR*3*-20: 2=17"))


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("paid_on", "why"),
    [("20260130", "has not started"), ("20260131", None), ("20260228", None), ("20260301", "was stopped")],
)
def test_a_reason_is_judged_on_the_day_of_the_payment(paid_on: str, why: str | None) -> None:
    text = changed(changed(REMITTANCE, "CAS*CO*50: 2=288"), f"BPR: 16={paid_on}")
    said = [each.message for each in x12.validate(text) if "288" in each.message]
    assert said == ([] if why is None else [f"The adjustment reason (CARC) 288 {why}."])


@pytest.mark.usefixtures("lists")
def test_what_no_loaded_list_answers_is_named_once_a_file() -> None:
    report = x12.validate(REMITTANCE)
    assert [(each.name, each.outcome, each.location.position) for each in report.not_checked] == [
        ("remark-unknown", Outcome.NOT_CHECKED, None)
    ]
    assert report.not_checked[0].message == (
        "Not checked: no remittance remark (RARC) list is loaded; only the form of the codes was checked."
    )
    assert [each.name for each in scrub(REMITTANCE).not_checked] == ["remark-unknown"]
    assert scrub(REMITTANCE, ignore=["remark-unknown"]).not_checked == ()
    assert x12.validate(ACKNOWLEDGMENT.replace("STC*A7:562:85", "STC*A7:999:85")).not_checked == ()


def test_without_lists_each_list_is_named_once() -> None:
    twice = REMITTANCE[: REMITTANCE.index("GE*1*17")] + REMITTANCE[REMITTANCE.index("GS*") :]
    rules = ["remark-unknown", "adjustment-reason-unknown"]
    assert [each.name for each in x12.validate(twice).not_checked] == rules
    assert [each.name for each in x12.validate(ACKNOWLEDGMENT).not_checked] == ["status-code-unknown"]
    assert [each.name for each in x12.validate(INQUIRY).not_checked] == [
        "status-category-unknown",
        "status-code-unknown",
    ]


@pytest.mark.usefixtures("lists")
def test_a_category_of_a_response_is_judged_by_the_list() -> None:
    names = [each.name for each in x12.validate(INQUIRY)]
    assert names.count("status-category-unknown") == INQUIRY.count("STC*")
    assert "status-category-unknown" not in {each.name for each in x12.validate(ACKNOWLEDGMENT)}


def test_many_malformed_codes_are_not_kept() -> None:
    codes = AnswerCodes(lambda _: None)
    for number in range(5000):
        codes.reason(f"0{number}", "1", PLACE, 2, None)
    assert len(codes._statuses) <= 4096


def test_an_explained_reason_is_plain_values() -> None:
    explained = explain_reason("97")
    assert explained.to_dict()["kind"] == explained.kind == "Bundled"


@pytest.mark.parametrize("code", ["", "A7:9999", "AAA:1", ":"])
def test_what_cannot_be_a_status_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="claim status"):
        explain_status(code)


def test_a_status_is_explained_as_far_as_it_goes() -> None:
    assert explain_status("562").category is None
    assert explain_status("562").code == "562"
    pending = explain_status("p1")
    assert (pending.status, pending.category) == (None, "The claim is pending. Wait, or ask again later.")
    assert explain_status("A7:562:ZZ").entity == "entity ZZ"
    assert explain_status("X1").category is None


def test_the_command_line_explains_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--carc", "29"]) == 0
    assert "CARC 29: Timely filing" in capsys.readouterr().out
    assert main(["explain", "--status", "A7:562:85", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["entity"] == "billing provider"
    assert main(["explain", "--carc", "9999"]) == 2
    assert "CARC" in capsys.readouterr().err


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("status", ["1", "2"])
def test_reasons_of_whole_claims_are_judged_as_those_of_segments(status: str) -> None:
    """A stopped reason is right again where an earlier decision is repeated, and the list that is absent is named."""
    for reason in ("45", "17", "288", "999"):
        text = REMITTANCE.replace("CAS*CO*45*40", f"CAS*CO*{reason}*40")
        assert not differs(text.replace("PCN001*1*", f"PCN001*{status}*"), 1 << 16, ClaimPayment), reason


def test_an_answer_names_the_edits_that_prevent_it() -> None:
    for edit in EDITS.values():
        for code in edit.carc:
            assert edit.id in explain_reason(code).edits
        if edit.ack:
            assert edit.id in explain_status(edit.ack).edits
            assert edit.id in explain_status(edit.ack.split(":")[1]).edits
    assert "CLM03" in explain_status("A7:562:85").edits
    assert explain_status("A3:562").edits == explain_status("A7").edits == ()


def test_a_text_names_so_many_edits_and_counts_the_rest() -> None:
    found = explain_reason("16")
    assert len(found.edits) > 100
    assert str(found).endswith(f", and {len(found.edits) - 20} more")
    assert "Edits" not in str(explain_reason("999"))
