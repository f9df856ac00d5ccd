"""Claims on their forms: every box is a field, nothing is dropped, hostile text stays text, and holes are marked."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from lxml import etree
from tests.history.visits import dental_visit, stay, visit

from medcode import scrub
from medcode.claims import x12
from medcode.claims.forms import KINDS, draw
from medcode.claims.forms.drawing import HEIGHT, WIDTH, Rectangle, Text, pages
from medcode.claims.forms.layouts import LAYOUTS
from medcode.claims.forms.sheet import sheet_of
from medcode.claims.forms.values import SHOWN
from medcode.claims.missing import missing
from medcode.claims.model import (
    Accident,
    Address,
    Attachment,
    OtherPayer,
    OtherSubscriber,
    Payer,
    PurchasedService,
    ToothStatus,
)
from medcode.claims.plain_types import fields_of
from medcode.cli import main
from medcode.findings import Finding, Location
from medcode.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.claims.forms.sheet import Sheet
    from medcode.claims.model import Claim

HOSTILE = "<script>alert('&\")\\(x)</script>\x1b[31m\x00 ]]>"
VISIT = visit("1", "2026-01-05", "E11.9", "I10")
CLAIMS = (VISIT, stay("2", "2026-01-05", "2026-01-09", "I50.20"), dental_visit("3", "2026-01-05"))


def texts(sheet: Sheet) -> str:
    """All that a sheet says: entries and notes."""
    cells = (cell for row in (*sheet.above, *sheet.lines, *sheet.below) for cell in row)
    return "\n".join([*(entry for cell in cells for entry in cell.entries), *sheet.notes])


def cell(sheet: Sheet, number: str, line: int = 0) -> Any:
    rows = (*sheet.above, *sheet.lines[line : line + 1], *sheet.below)
    return next(each for row in rows for each in row if each.box.number == number)


def written(data: bytes, kind: str) -> Iterator[str]:
    """Yield the texts of a drawing."""
    if kind == "pdf":
        for stream in re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL):
            for line in zlib.decompress(stream).decode("ascii").splitlines():
                found = re.fullmatch(r"[\d. -]+ (?:rg|re B).*|BT /F[12] .* <([0-9a-f]*)> Tj ET", line)
                assert found, line
                yield bytes.fromhex(found[1] or "").decode("cp1252")
    elif kind == "svg":
        for element in etree.fromstring(data).iter():
            assert etree.QName(element).localname in {"svg", "title", "style", "g", "rect", "text"}
            yield element.text or ""
    else:
        tree = etree.fromstring(data, etree.HTMLParser())
        assert not tree.xpath("//script | //img | //link | //@onload | //@src | //@href")
        yield from map(str, tree.itertext())


@pytest.mark.parametrize("kind", LAYOUTS, ids=lambda kind: kind.__name__)
def test_every_box_holds_fields_of_the_claim(kind: type[Claim]) -> None:
    layout = LAYOUTS[kind]
    line = fields_of(kind)["lines"].part
    assert line
    rows = [(kind, box) for row in (*layout.above, *layout.below) for box in row]
    for part, box in (*rows, *((line, box) for box in layout.columns)):
        assert box.show in SHOWN, box
        for path in box.paths:
            at: Any = part
            for step in path.split("."):
                name = step.partition("[")[0]
                if name == "patient":
                    at = fields_of(kind)["subscriber"].part
                else:
                    assert name in fields_of(at), (box.number, path)
                    at = fields_of(at)[name].part
    places = [
        cell.box.number for row in (*sheet_of(CLAIMS[list(LAYOUTS).index(kind)]).above,) for cell in row
    ]
    assert len(places) == sum(map(len, layout.above))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: type(claim).__name__)
def test_patient_data_is_hidden_unless_asked_for(claim: Any) -> None:
    claim = claim.evolve(
        subscriber=claim.subscriber.evolve(address=Address("2 OAK ST", "ANYTOWN", "NY", "12345"))
    )
    for kind in KINDS:
        hidden = "\n".join(written(draw([claim], kind), kind))
        shown = "\n".join(written(draw([claim], kind, phi=True), kind))
        assert "ROE" in shown
        assert not [
            word for word in ("ROE", "M1", "1950-04-01", "2026-01-05", "OAK", "ANYTOWN") if word in hidden
        ]
        assert "…" in hidden


@given(strategies.claims())
@settings(max_examples=10)
def test_no_diagnosis_line_or_amount_of_any_claim_is_lost(claim: Claim) -> None:
    said = texts(sheet_of(claim, phi=True))
    words = [getattr(each.code, "dotted", str(each.code)) for each in claim.diagnoses]
    words += [
        str(getattr(line.procedure.code, "dotted", line.procedure.code))
        for line in claim.lines
        if line.procedure
    ]
    words += [modifier for line in claim.lines if line.procedure for modifier in line.procedure.modifiers]
    assert [word for word in words if word not in said] == []
    for page in pages(sheet_of(claim, phi=True)):
        assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in page)
        assert all(each.y + each.height <= HEIGHT for each in page if isinstance(each, Rectangle))
    for kind in KINDS:
        assert len("".join(written(draw([claim], kind, phi=True), kind))) > 100


def test_fifty_lines_go_over_pages_and_the_numbers_go_on() -> None:
    line = {"charge": "1", "procedure": "99213", "service_date": "2026-01-05"}
    drawn = pages(sheet_of(visit("1", None, "I10", lines=[line] * 50)))
    said = [[mark.text for mark in page if isinstance(mark, Text)] for page in drawn[:9]]
    assert "CMS-1500, page 9 of 9" in said[8]
    assert {"49", "50"} <= set(said[8])
    assert all("50.00" in each for each in said)


@pytest.mark.parametrize("claim", CLAIMS[:3], ids=lambda claim: type(claim).__name__)
def test_notes_begin_below_the_boxes_and_go_over_pages(claim: Any) -> None:
    for count, most in ((0, 2), (3, 2), (150, 5)):
        found = [Finding("OWN1", "own", f"Note number {number}.") for number in range(count)]
        drawn = pages(sheet_of(claim, findings=found))
        written = [mark for page in drawn for mark in page if isinstance(mark, Text)]
        assert [
            f"Note number {number}." in "".join(each.text for each in written) for number in range(count)
        ] == [True] * count
        assert len(drawn) <= most
        for page in drawn:
            boxes_end = max((each.y + each.height for each in page if isinstance(each, Rectangle)), default=0)
            title = next((each for each in page if each[-2] == "Notes"), None)
            assert title is None or title.y > boxes_end
            assert all(mark.y <= HEIGHT for mark in page)


@pytest.mark.parametrize(("claim", "count"), [(CLAIMS[0], 14), (CLAIMS[1], 25), (CLAIMS[2], 6)])
def test_many_diagnoses_have_a_place_or_a_note(claim: Any, count: int) -> None:
    codes = [f"A{number:02}.0" for number in range(count)]
    name = "other_diagnoses" if hasattr(claim, "other_diagnoses") else "diagnoses"
    sheet = sheet_of(claim.evolve(**{name: codes}))
    assert [code for code in codes if code not in texts(sheet)] == []
    assert any("No room in box" in note for note in sheet.notes)


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_are_cut_in_their_box_and_in_full_in_the_notes(kind: str) -> None:
    name = "A CLINIC OF MANY DEPARTMENTS " * 8
    claim = VISIT.evolve(billing_provider=VISIT.billing_provider.evolve(organization=name.strip()))
    said = " ".join(written(draw([claim], kind, phi=True), kind))
    assert name.strip() in re.sub(r"\s+", " ", said)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_stays_text(kind: str) -> None:
    claim = VISIT.evolve(
        control_number=HOSTILE,
        payer=Payer(organization=HOSTILE),
        diagnoses=[HOSTILE[:20]],
        attachments=[Attachment("OZ", "FX", HOSTILE)],
    )
    finding = Finding("OWN1", "own", HOSTILE, location=Location(path="control_number"), claim=0)
    data = draw([claim], kind, title=HOSTILE, phi=True, findings=[finding])
    said = "".join(written(data, kind))
    assert "<script>" in said
    assert "\x00" not in said
    assert "\x1b" not in said


def test_a_claim_too_wrong_to_send_is_drawn_with_its_holes() -> None:
    claim = VISIT.evolve(
        diagnoses=[],
        lines=[],
        billing_provider=VISIT.billing_provider.evolve(npi="12345", tax_id=None),
        stated_total="x",
    )
    assert missing(claim)
    sheet = sheet_of(claim)
    assert cell(sheet, "25").empty
    assert cell(sheet, "33a").wrong
    assert cell(sheet, "21A").empty
    assert cell(sheet, "28").wrong
    for kind in KINDS:
        assert "missing" in "\n".join(written(draw([claim], kind), kind))
    unknown = visit("1", None, "I10", lines=[{"charge": "abc", "procedure": "99213"}])
    assert cell(sheet_of(unknown), "24F").lines == ("abc",)
    assert cell(sheet_of(unknown), "24A").empty


def test_findings_are_marked_at_their_boxes() -> None:
    claim = visit("1", "2026-01-05", "M54.5", "I10")
    sheet = sheet_of(claim, findings=scrub(claim, select=["ICD"]).findings)
    assert cell(sheet, "21A").marks == (1,)
    assert sheet.notes[0].startswith("1. error ICD01: M54.5 is a heading")
    whole = Finding("OWN1", "own", "Too much.", location=Location(path="lines[0]"))
    patient = Finding("OWN2", "own", "Who?", location=Location(path="subscriber.birth_date"))
    found = sheet_of(claim, findings=[whole, patient] * 3)
    assert cell(found, "24A").marks == (1, 3, 5)
    assert cell(found, "24F").marks == ()
    assert cell(found, "3").marks == (2, 4, 6)
    assert cell(found, "3").numbers == "2, 4, 6"
    assert cell(sheet_of(claim, findings=[patient] * 5), "3").numbers == "1, 2, 3, …"
    whole = Finding("OWN1", "own", "Too much.", location=Location(path="lines[0]"), claim=0)
    for kind in KINDS:
        assert "1. error OWN1: Too much." in "\n".join(written(draw([claim], kind, findings=[whole]), kind))


def test_what_few_claims_have() -> None:
    other = OtherPayer(
        payer=Payer(organization="FIRST PLAN", payer_id="60001"),
        subscriber=OtherSubscriber(last_name="ROE", first_name="PAT", member_id="77"),
        paid="12.50",
    )
    line = VISIT.lines[0].evolve(
        purchased_service=PurchasedService("1234567893", "30"),
        diagnosis_pointers=[1, 13],
        place_of_service="21",
    )
    claim = VISIT.evolve(
        other_payers=[other], accident=Accident(["AA"], state="IL"), lines=[line], stated_total="95",
        dates=VISIT.dates.evolve(onset="2026-01-01"), condition_codes=["A1", "A2"],
    )  # fmt: skip
    sheet = sheet_of(claim, phi=True)
    boxes = {
        "9": ("ROE, PAT 77",), "9d": ("FIRST PLAN",), "10a": ("no",), "10b": ("yes IL",), "11d": ("yes",), "14": ("2026-01-01 onset",),
        "24E": ("A 13",), "24B": ("21",), "29": ("12.50",), "10d": ("A1   A2",),
    }  # fmt: skip
    assert {number: cell(sheet, number).lines for number in boxes} == boxes
    assert "30" in cell(sheet, "20").lines[0]
    assert cell(sheet, "28").lines[0].startswith("95.00 stated, ")
    dental = dental_visit("3", "2026-01-05").evolve(
        predetermination="PB", tooth_status=[ToothStatus("14", "M")]
    )
    drawn = sheet_of(dental, phi=True)
    assert cell(drawn, "1").lines == ("predetermination PB",)
    assert cell(drawn, "33").lines == ("14 M",)


def test_a_pdf_has_its_objects_where_its_table_says() -> None:
    data = draw(CLAIMS, "pdf")
    assert draw(CLAIMS, "pdf") == data
    start = int(re.search(rb"startxref\n(\d+)", data)[1])  # type: ignore[index]  # it is there
    rows = re.findall(rb"(\d{10}) 00000 n \n", data[start:])
    for number, row in enumerate(rows, 1):
        assert data[int(row) :].startswith(b"%d 0 obj\n" % number)
    assert b"/Count %d " % data.count(b"/Type /Page ") in data


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match="unknown kind 'png'; choose from html, pdf, svg"):
        draw(CLAIMS, "png")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], root: Path) -> None:
    file = tmp_path / "claims.837"
    file.write_text(x12.dumps([VISIT, VISIT.evolve(control_number="2")], check=False), encoding="utf-8")
    for kind in KINDS:
        out = tmp_path / f"claims.{kind}"
        assert main(["form", str(file), "-o", str(out)]) == 0
        assert out.stat().st_size > 1000
    one = tmp_path / "one.html"
    assert main(["form", str(file), "--claim", "2", "-o", str(one)]) == 0
    assert "claim 2 of" not in one.read_text(encoding="utf-8")
    assert main(["form", str(root / "examples/office-visit.toml"), "-o", str(one)]) == 0
    assert "DOE, JANE" in one.read_text(encoding="utf-8")
    assert main(["form", str(file), "--claim", "3", "-o", str(one)]) == 2
    assert main(["form", str(file), "-o", "claims.png"]) == 2
    (tmp_path / "letter").write_text("Dear payer", encoding="utf-8")
    assert main(["form", str(tmp_path / "letter"), "-o", str(one)]) == 2
    (tmp_path / "empty.837").write_text("ISA~", encoding="utf-8")
    said = capsys.readouterr().err
    assert "there is no claim 3" in said
    assert "must end in .html, .pdf, .svg" in said


def test_too_many_claims_for_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("medcode.cli.form._MOST", 1)
    file = tmp_path / "claims.837"
    file.write_text(x12.dumps([VISIT, VISIT.evolve(control_number="2")], check=False), encoding="utf-8")
    assert main(["form", str(file), "-o", str(tmp_path / "all.pdf")]) == 2
    assert "more than 1 claims; choose one with --claim" in capsys.readouterr().err


def test_a_hole_of_the_patient_is_at_the_box_of_whoever_that_is() -> None:
    claim = VISIT.evolve(subscriber=VISIT.subscriber.evolve(claim_filing="WC"))
    assert cell(sheet_of(claim), "11b").empty
    empty = sheet_of(VISIT.evolve(diagnoses=[], lines=[]))
    assert (cell(empty, "21A").empty, cell(empty, "21B").empty) == (True, False)
