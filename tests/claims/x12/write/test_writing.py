"""Claims as they are written: counted, grouped, and refused with every fault at once."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
import pytest
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import DEPENDENT, FAMILIES, ONE, enclosed, transaction, wire

from medcode.claims import Adjustment, Contact, Identifier, ProfessionalClaim, x12
from medcode.claims.x12.codec.compiled import compiled_for
from medcode.claims.x12.text.values import write_value
from medcode.codesets.base import Malformed
from medcode.errors import FindingError, Rejected, X12Error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims import Claim

ENVELOPE = x12.Envelope(
    sender="CLINIC",
    receiver="PLAN",
    created=datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001  # ISA carries local time
    submitter=None,
    acknowledgment_requested="0",
)


def read(text: str) -> list[ProfessionalClaim]:
    return [each for each in x12.loads(wire(text)).claims() if isinstance(each, ProfessionalClaim)]


FAMILY = read(FAMILIES)
RICH_CLAIM = read(enclosed(transaction(RICH)))[0]


def with_phone(claim: ProfessionalClaim) -> ProfessionalClaim:
    """Give the biller a phone: the submitter is the biller unless another is named."""
    contacts = (Contact(name="BEA", phone="3055550101"),)
    return claim.evolve(billing_provider=claim.billing_provider.evolve(contacts=contacts))


def refusals(claims: Iterable[Claim], envelope: x12.Envelope = ENVELOPE, *, check: bool = True) -> list[str]:
    with pytest.raises(Rejected) as caught:
        x12.dumps(claims, envelope, check=check)
    return [error.finding.name for error in caught.value.exceptions if isinstance(error, FindingError)]


def test_a_rich_claim_there_and_back() -> None:
    text = x12.dumps([RICH_CLAIM], ENVELOPE)
    assert x12.loads(text).findings == ()
    assert list(x12.loads(text).claims()) == [RICH_CLAIM]
    assert x12.dumpb([RICH_CLAIM], ENVELOPE) == text.encode()


def test_claims_are_grouped_by_provider_and_subscriber() -> None:
    claims = [with_phone(claim) for claim in [*FAMILY, read(DEPENDENT)[0], *FAMILY]]
    text = x12.dumps(claims, ENVELOPE)
    counts = Counter(segment.elements[0] for segment in x12.loads(text).segments)
    assert counts["CLM"] == 7
    assert x12.loads(text).findings == ()
    assert Counter(map(hash, x12.loads(text).claims())) == Counter(map(hash, claims))


def test_sets_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compiled_for(ProfessionalClaim, "005010X222A1")
    monkeypatch.setattr(found, "guide", attrs.evolve(found.guide, most=2))
    claims = [with_phone(claim) for claim in FAMILY]
    sent = x12.loads(x12.dumps(claims, ENVELOPE.evolve(transaction_control_number="0099")))
    assert [each.segments[0].elements[2] for each in sent.interchanges[0].groups[0].sets] == ["0099", "0100"]
    assert not [each for each in sent.findings if each.severity == "error"]


def test_every_fault_is_told_at_once() -> None:
    broken = with_phone(FAMILY[0]).evolve(
        control_number="",
        frequency="TOO LONG",
        lines=(FAMILY[0].lines[0].evolve(charge=Malformed("4O"), unit="XX"),),
    )
    found = refusals([broken])
    assert set(found) == {"element-characters", "element-missing", "element-too-long", "element-code"}


def test_a_malformed_value_is_written_where_nothing_is_checked() -> None:
    broken = with_phone(FAMILY[0]).evolve(lines=(FAMILY[0].lines[0].evolve(charge=Malformed("4O")),))
    assert "*4O*UN*" in x12.dumps([broken], ENVELOPE, check=False)


def test_of_a_value_with_a_delimiter_nothing_else_is_said() -> None:
    broken = with_phone(FAMILY[0]).evolve(control_number="A" * 60 + "*B", frequency="TOO LONG")
    assert sorted(refusals([broken])) == [
        "delimiter-in-data",
        "element-too-long",
    ]  # the latter of the frequency


@pytest.mark.parametrize("mark", ["*", ":", "^", "~"])
def test_a_delimiter_in_data_is_refused_checked_or_not(mark: str) -> None:
    broken = with_phone(FAMILY[0]).evolve(
        subscriber=FAMILY[0].subscriber.evolve(last_name=f"SMITH{mark}TED"), control_number=f"A{mark}B"
    )
    assert refusals([broken]).count("delimiter-in-data") == 2
    assert refusals([broken], check=False).count("delimiter-in-data") == 2
    other = ENVELOPE.evolve(delimiters=x12.Delimiters("|", "<", "!", "}"))
    text = x12.dumps([broken], other, check=False)
    assert [claim.control_number for claim in x12.loads(text).claims()] == [f"A{mark}B"]


def test_no_refusal_names_the_patient() -> None:
    broken = with_phone(FAMILY[0]).evolve(
        subscriber=FAMILY[0].subscriber.evolve(last_name="SECRET~", member_id="SECRET" * 20)
    )
    with pytest.raises(Rejected) as caught:
        x12.dumps([broken], ENVELOPE)
    assert "SECRET" not in f"{caught.value!r}{caught.value.exceptions!r}"


def test_nothing_to_write() -> None:
    with pytest.raises(X12Error, match="no record"):
        x12.dumps([])


def test_amounts_are_written_plain() -> None:
    line = FAMILY[0].lines[0]
    claim = with_phone(FAMILY[0]).evolve(lines=(line.evolve(charge=Decimal("100.00")),))
    assert "*100*UN*" in x12.dumps([claim], ENVELOPE)
    claim = claim.evolve(lines=(line.evolve(charge=Decimal("0.50")),))
    assert "*.5*UN*" in x12.dumps([claim], ENVELOPE)


def test_adjustments_fill_a_segment_then_the_next() -> None:
    other = RICH_CLAIM.other_payers[0]
    many = tuple(
        Adjustment(group=group, reason=str(number), amount=Decimal(1))
        for group in ("CO", "PR")
        for number in range(1, 9)
    )
    claim = RICH_CLAIM.evolve(other_payers=(other.evolve(adjustments=many),))
    text = x12.dumps([claim], ENVELOPE)
    assert [each for each in text.split("~") if each.startswith("CAS*")][:4] == [
        "CAS*CO*1*1**2*1**3*1**4*1**5*1**6*1",
        "CAS*CO*7*1**8*1",
        "CAS*PR*1*1**2*1**3*1**4*1**5*1**6*1",
        "CAS*PR*7*1**8*1",
    ]
    assert list(x12.loads(text).claims()) == [claim]
    none = RICH_CLAIM.evolve(other_payers=(other.evolve(adjustments=()),))
    assert list(x12.loads(x12.dumps([none], ENVELOPE)).claims()) == [none]


def test_a_file_reproduced_with_other_delimiters_and_lines() -> None:
    envelope = ENVELOPE.evolve(delimiters=x12.Delimiters("|", ">", "!", "\n"), usage="P")
    text = x12.dumps([RICH_CLAIM], envelope)
    assert x12.loads(text).findings == ()
    assert list(x12.loads(text).claims()) == [RICH_CLAIM]
    spaced = x12.dumps([RICH_CLAIM], ENVELOPE.evolve(line_end="\r\n"))
    assert spaced.count("~\r\n") == len(x12.loads(spaced).segments) - 1


def test_what_was_read_is_written_as_it_came() -> None:
    sent = x12.loads(wire(ONE).encode("latin-1"))
    assert x12.dumps(sent) == wire(ONE)
    assert x12.dumpb(sent) == wire(ONE).encode()


def test_what_says_nothing_is_not_written() -> None:
    claim = with_phone(FAMILY[0])
    biller = claim.billing_provider.evolve(identifiers=(Identifier("", ""),))
    empty = x12.dumps([claim.evolve(billing_provider=biller)], ENVELOPE, check=False)
    assert empty == x12.dumps([claim], ENVELOPE)


def test_no_adjustments_write_no_segment() -> None:
    found = compiled_for(ProfessionalClaim, "005010X222A1")
    codec = next(each for each in found.codecs.values() if each.id == "CAS")
    assert list(codec.write(RICH_CLAIM.other_payers[0].evolve(adjustments=()))) == []


def test_days_are_written_as_values_too() -> None:
    assert write_value(date(2026, 1, 5)) == "20260105"
