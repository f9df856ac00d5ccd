"""A transaction set is one guide module and one line of `GUIDES`: everything else follows it."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12 import made_up, made_up_flat
from tests.claims.x12.made_up import Batch, Item, Order
from tests.claims.x12.made_up_flat import Entry, Notice, Section

from medcode.claims import x12
from medcode.claims.model.party import Named
from medcode.claims.x12.guides import GUIDES, conventions, guide
from medcode.errors import FindingError, Rejected, X12Error

if TYPE_CHECKING:
    from pathlib import Path

ENVELOPE = x12.Envelope(created=datetime(2026, 1, 5, 9, 30), reference="B7")  # noqa: DTZ001  # ISA carries local time
NORTH, SOUTH = Named(organization="NORTH"), Named(organization="SOUTH")
JO, PAT = Named(last_name="DOE", first_name="JO"), Named(last_name="ROE", first_name="PAT")
PEN, INK = (
    Item(product="PEN", price=Decimal(2)),
    Item(product="INK", price=Decimal("3.5"), notes=("BLUE", "COLD")),
)
ORDERS = [
    Order(clinic=NORTH, patient=JO, number="1", items=(PEN, INK), due=date(2026, 2, 1)),
    Order(clinic=SOUTH, patient=PAT, number="2"),
    Order(clinic=NORTH, patient=JO, number="3", items=(INK,)),
    Order(clinic=Named(organization="CLOSED")),
]
NOTICES = [
    Notice(
        trace="T1",
        currency="USD",
        sections=(
            Section(
                count="2",
                entries=(
                    Entry(number="A", paid=Decimal(5), lines=("X",)),
                    Entry(number="B", paid=Decimal(6)),
                ),
            ),
            Section(entries=(Entry(number="C", paid=Decimal(7)),)),
        ),
        closing="END",
    ),
    Notice(trace="T2"),
]


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GUIDES, made_up.__name__, "005010X901")
    monkeypatch.setitem(GUIDES, made_up_flat.__name__, "005010X902 005010X903")


def orders() -> str:
    return x12.dumps(ORDERS, ENVELOPE)


def names(text: str) -> list[tuple[str, str | None, int | None, int | None]]:
    found = x12.validate(text).findings
    return [(each.name, each.location.segment, each.location.element, each.claim) for each in found]


def test_records_are_grouped_by_level_and_read_back() -> None:
    text = orders()
    assert [s for s in text.split("~") if s.startswith("HL")] == [
        "HL*1**20*1", "HL*2*1*22", "HL*3**20*1", "HL*4*3*22", "HL*1**20*0",
    ]  # fmt: skip
    assert text.count("~ST*834*") == 2, "a set holds three orders at most"
    read = list(x12.iter_records(text))
    assert read == [ORDERS[0], ORDERS[2], ORDERS[1], ORDERS[3]]
    assert list(x12.loads(text).records()) == list(x12.loads(text).records(Order)) == read
    assert list(x12.iter_claims(text)) == []
    assert x12.dumps(x12.loads(text)) == text


def test_full_levels_are_begun_again() -> None:
    three = [ORDERS[0].evolve(number=str(number)) for number in range(3)]
    text = x12.dumps(three, ENVELOPE)
    assert (text.count("*22~"), text.count("TRN*")) == (2, 3)
    assert [each.number for each in x12.loads(text).records(Order)] == ["0", "1", "2"]


def test_the_header_is_that_of_the_envelope() -> None:
    (interchange,) = x12.loads(orders()).interchanges
    header = interchange.groups[0].sets[0].read_header()
    assert isinstance(header, Batch)
    assert (header.reference, header.created_date) == ("B7", date(2026, 1, 5))
    assert interchange.groups[0].sets[0].header is None, "it holds no claims"
    assert x12.dumps(x12.iter_records(orders()), x12.Envelope.of(interchange).evolve(line_end="\n"))


def test_structure_and_situations_are_checked() -> None:
    text = orders()
    assert names(text) == []
    assert x12.validate(text).claims == 3
    assert names(text.replace("LX*2", "LX*7")) == [("line-number", "LX", 1, 0)]
    assert names(text.replace("AMT*T*5.5", "AMT*T*6")) == [("element-due", "AMT", 2, 0)]
    assert names(text.replace("AMT*T*3.5~", "")) == [
        ("segment-missing", "AMT", None, 1),
        ("set-segment-count", "SE", 1, None),
    ]
    assert names(text.replace("HL*2*1*22", "HL*2*9*22")) == [("hierarchy-parent", "HL", 2, None)]
    assert ("component-separator", "SVC", 1, None) in names(text.replace("ZZ:", "ZZ>"))
    assert list(x12.iter_records(text.replace("ZZ:", "ZZ>"))) == list(x12.iter_records(text))


def test_a_level_whose_number_is_lost_keeps_its_records_apart() -> None:
    text = orders().replace("HL*4*3*22~", "")
    assert ("segment-missing", "HL", None, None) in names(text)
    patients = {each.number: each.patient for each in x12.iter_records(orders(), Order)}
    assert {each.number: each.patient for each in x12.iter_records(text, Order)} == patients


def test_paths_lead_to_their_elements() -> None:
    first = next(iter(x12.iter_records(orders(), Order)))
    places = {
        path: str(first.origin.place(path)).partition(" (")[0].partition(" ")[2]
        for path in (
            "number",
            "items[1].product",
            "items[1].notes[1]",
            "patient.first_name",
            "clinic.organization",
            "due",
        )
    }
    assert places == {
        "number": "2100 TRN02",
        "items[1].product": "2200 SVC01-2",
        "items[1].notes[1]": "2200 NTE02",
        "patient.first_name": "2000B NM104",
        "clinic.organization": "2000A NM103",
        "due": "2100 DTP03",
    }


def test_what_is_wrong_is_refused_by_record_and_attribute() -> None:
    with pytest.raises(Rejected) as caught:
        x12.dumps(
            [ORDERS[1], ORDERS[0].evolve(items=(PEN, Item(product="", price=Decimal(1))), extras=("X*1",))]
        )
    found = {
        (e.finding.claim, e.finding.location.path)
        for e in caught.value.exceptions
        if isinstance(e, FindingError)
    }
    assert found == {(1, "items[1]"), (1, "extras")}
    with pytest.raises(X12Error, match="Order is not written by the guide 005010X222A"):
        x12.dumps(ORDERS, ENVELOPE.evolve(convention="005010X222A1"))


def test_it_is_acknowledged() -> None:
    text = orders().replace("AMT*T*5.5", "AMT*T*6")
    answer = x12.dumps(x12.acknowledge(x12.loads(text), created=datetime(2026, 1, 5, 9, 30)))  # noqa: DTZ001  # as above
    for segment in (
        "AK2*834*0001*005010X901",
        "CTX*TRN02:1",
        "CTX*SITUATIONAL TRIGGER*NM1*6*2000*3",
        "IK5*R",
        "IK5*A",
    ):
        assert f"~{segment}" in answer
    assert x12.validate(answer).findings == () or {f.location.segment for f in x12.validate(answer)} <= {
        "AK1",
        "AK2",
    }


def test_it_is_shown_and_turned_to_json_and_xml_and_back() -> None:
    sent = x12.loads(orders())
    tree = sent.tree()
    assert "Orders that nobody sends" in tree
    assert "2200 Item" in tree
    assert "(out of place)" not in tree
    for other in (x12.from_json(x12.to_json(sent)), x12.from_xml(x12.to_xml(sent))):
        assert x12.dumps(other) == orders()
        assert list(other.records()) == list(sent.records())


def test_a_whole_set_is_one_record() -> None:
    text = x12.dumps(NOTICES, ENVELOPE)
    assert (
        "~ST*276*0001~BHT*0010*13~TRN*1*T1~CUR*PR*USD~LX*1~QTY*CA*2~CLP*A*1**5~NTE*ADD*X~CLP*B*1**6~LX*2~"
        in text
    )
    assert names(text) == []
    assert list(x12.iter_records(text)) == NOTICES
    assert x12.validate(text).claims == 3
    (first, _) = x12.iter_records(text, Notice)
    assert str(first.origin.place("sections[1].entries[0].paid")).startswith(
        "sections[1].entries[0].paid 2100 CLP04"
    )
    bare = text[text.index("ST*") : text.index("GE*")]
    assert list(x12.iter_records(bare)) == NOTICES, "without ST03 and GS08, ST01 decides"
    assert [each.closing for each in x12.iter_records(text[: text.index("NTE*CER")] + "GE*1*1~", Notice)] == [
        None
    ]


def test_its_parts_are_streamed_as_well() -> None:
    text = x12.dumps(NOTICES, ENVELOPE)
    assert [each.number for each in x12.iter_records(text, Entry)] == ["A", "B", "C"]
    assert next(iter(x12.iter_records(text, Entry))) == NOTICES[0].sections[0].entries[0]
    wrong = text.replace("CLP*B*1**6", "CLP*B*1**6*X")
    assert names(wrong) == [("element-not-used", "CLP", 5, 1)]


@pytest.mark.parametrize("folder", ["parse", "write", "codec", "validate"])
def test_the_engine_knows_no_transaction_set(folder: str, root: Path) -> None:
    """What a guide names as its situations is of its set; the table of rules tells people what to do."""
    guides = {guide(convention) for convention in conventions()}
    of_a_set = {each.rules.split(".")[-2] for found in guides for each in found.situations}
    assert {"patients", "remittance", "claim_status"} <= of_a_set
    for path in (root / "src/medcode/claims/x12" / folder).rglob("*.py"):
        if path.stem not in {"rules", *of_a_set}:
            assert not re.findall(r'CLM|SBR|2300|"837', path.read_text(encoding="utf-8")), path.name
