"""What notebooks show: codes, findings and files, each escaped and well formed."""

from __future__ import annotations

import pickle
import pkgutil
import re
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire

import medcode
from medcode import hcpcs, icd9cm, icd10cm, icd10pcs, place_of_service, scrub
from medcode.claims import x12
from medcode.claims.model.claim import Claim
from medcode.codesets import CODE_SETS
from medcode.codesets.concept import Concept
from medcode.codesets.face import as_card
from medcode.codesets.value_set import ValueSet
from medcode.edits.examples import dental, line, stay, visit
from medcode.findings import Finding, Fix, Location, Report, Source
from medcode.testing import Payer

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = wire(enclosed(transaction(RICH)))


def parsed(html: str) -> str:
    """Return the text of well-formed HTML."""
    return " ".join(str(text) for text in etree.fromstring(f"<div>{well_formed(html)}</div>").itertext())


def well_formed(html: str) -> str:
    """Return HTML as XML has it."""
    return html.replace("<details open>", "<details>").replace("<br>", "<br/>")


def test_a_card_says_what_a_code_is_and_was() -> None:
    said = parsed(icd10cm.concept("M54.5", date(2026, 1, 5))._repr_html_())
    assert "billable from 2015-10-01 to 2021-09-30; heading from 2021-10-01" in said
    assert "parents M54 Dorsalgia" in said
    assert "successors M54.50 Low back pain, unspecified; M54.51" in said
    assert "and 5 more" in said
    assert "low back strain (S39.012)" in said
    assert "predecessors M54.5 Low back pain" in parsed(
        icd10cm.concept("M54.51", date(2026, 1, 5))._repr_html_()
    )
    assert "codes below" not in parsed(icd10cm.concept("E11.9", date(2026, 1, 5))._repr_html_())


@pytest.mark.parametrize(
    "code_set", [icd10cm, icd10pcs, icd9cm, hcpcs, place_of_service], ids=lambda each: each.name
)
def test_every_set_has_cards(code_set: object) -> None:
    codes = list(CODE_SETS[code_set.name])  # type: ignore[attr-defined]  # a code set
    for code in (codes[0], codes[len(codes) // 2], codes[-1]):
        day = date(2014, 1, 5) if code_set is icd9cm else date(2026, 1, 5)
        concept = CODE_SETS[code_set.name].concept(code, day)  # type: ignore[attr-defined]  # as above
        assert isinstance(concept, Concept)
        assert concept.code.dotted in parsed(as_card(concept))


def test_a_set_without_a_table_of_days_has_no_time_line() -> None:
    code_sets = [
        each for each in CODE_SETS.values() if each.releases and not each.releases[0].end and len(each)
    ]
    assert code_sets
    for code_set in code_sets:
        assert "<svg" not in as_card(code_set.concept(next(iter(code_set)), date(2026, 1, 5)))


def test_codes_and_hits_are_tuples_that_show_their_titles() -> None:
    codes = icd10cm.children("M54.5", date(2026, 1, 5))
    assert codes == tuple(codes)
    assert repr(codes) == "(Icd10Cm('M54.50'), Icd10Cm('M54.51'), Icd10Cm('M54.59'))"
    said = parsed(pickle.loads(pickle.dumps(codes))._repr_html_())
    assert "ICD-10-CM: 3 codes" in said
    assert "Vertebrogenic low back pain billable" in said
    many = icd10cm.descendants("S72", date(2026, 1, 5))._repr_html_()  # type: ignore[attr-defined]  # a tuple that shows itself
    assert "more" in many
    assert many.count("<tr>") == 51
    hits = icd10cm.search("migrane", limit=2)
    assert "migrane → migraine" in parsed(hits._repr_html_())  # type: ignore[attr-defined]  # as above
    value_set = ValueSet("M54.5")
    assert "Value set of ICD-10-CM: M54.5; 3 codes" in parsed(value_set._repr_html_())


def test_a_finding_shows_what_is_set() -> None:
    finding = Finding(
        "E1", "first", "<b>Wrong</b>", source=Source("CMS", "Manual"), fix=Fix("Do this."), claim=0
    )
    said = parsed(finding._repr_html_())
    assert "<b>Wrong</b>" in said
    assert "claim 1" in said
    assert "path" not in said


def test_a_report_folds_what_was_not_checked() -> None:
    absent = Finding("N1", "unseen", "Not checked: no table.", location=Location(path="lines[0]"))
    html = Report(not_checked=(absent,) * 7)._repr_html_()
    assert html.count("<tr>") == 3
    assert "Not checked N1 7 claims no table." in " ".join(parsed(html).split())


def test_a_file_shows_its_findings_in_place_and_no_data() -> None:
    html = x12.loads(TEXT.replace("CLM*", "CLM*<*", 1).replace("SE*", "SE*9", 1))._repr_html_()
    said = parsed(html)
    assert said.index("CLM Claim") < said.index("error X") < said.index("SE Transaction set trailer")
    assert "SE01 says" in said
    foreign = x12.loads("ZZZ*1~" + TEXT)._repr_html_()
    assert "error X" in parsed(foreign)


def test_a_long_file_is_shown_in_part_with_all_that_is_wrong() -> None:
    claims = [visit("E11.9", control_number=str(number)) for number in range(120)]
    text = x12.dumps(claims)
    html = x12.loads(text.replace("SE*", "SE*9", 1))._repr_html_()
    assert re.search(r"and [\d,]+ more segments", html)
    assert "SE01 says" in html
    assert "more findings" not in html
    broken = x12.loads(text.replace("DTP*472", "QQQ*472"))._repr_html_()
    assert len(broken) < 100_000
    assert "more findings" in broken


HOSTILE = "<script>alert('&')</script>\x1b\u202e"
NAMES = ("DOE", "SAM", "1986-01-01", "M12345", "OAK ST")
"""What the example claims say of their patient."""


def faces() -> Iterator[tuple[object, str]]:
    """Yield an object of every class that a notebook shows in its own way, with its plain twin."""
    day = date(2026, 1, 5)
    wrong = visit("M54.5", HOSTILE, lines=[line(HOSTILE)])
    text = x12.dumps([wrong], check=False)
    sent = x12.loads(text)
    paid = x12.loads(Payer("coinsurance", seed=1).answer(x12.dumps([visit("E11.9")])).x835 or "")
    report = scrub([wrong], on=day)
    for shown in (
        icd10cm.concept("M54.5", day),
        icd10cm.as_of(day),
        icd10cm.children("M54.5", day),
        icd10cm.search("migrane", limit=2),
        icd10cm.check(["E11.9", "M54.5", None, HOSTILE], on=day),
        ValueSet("M54.5"),
        wrong,
        stay("I50.20"),
        dental("K02.9"),
        sent,
        sent.interchanges[0],
        report,
        report.findings[0],
    ):
        yield shown, repr(shown)
    remittance = next(iter(paid.remittances()))
    yield remittance, remittance.to_text()


def test_every_face_is_self_contained_escaped_and_without_patient_data() -> None:
    seen = set()
    for shown, plain in faces():
        html = shown._repr_html_()  # type: ignore[attr-defined]  # the point of the test
        seen.add(type(shown).__name__)
        parsed(html)
        assert "<script" not in html, type(shown)
        assert not re.search(r"(?:src|href|url|@import)\b", html), type(shown)
        assert not re.search(r"(?<![-\w])(?:color|background): *#[0-9a-f]{3}(?:[0-9a-f]{3})?\b", html), type(
            shown
        )
        for text in (html, plain):
            assert not any(name in text for name in NAMES), type(shown)
        assert len(plain) < 2_000, type(shown)
    assert seen == {each.__name__ for each in classes_with_a_face()}


def classes_with_a_face() -> set[type]:
    """Return every class of the package that says how a notebook shows it, but those that only others are made of."""
    found = set()
    for module in pkgutil.walk_packages(medcode.__path__, "medcode."):
        if module.name.rpartition(".")[2] in {"__main__", "spark", "plot"} or ".frames" in module.name:
            continue  # they need what is not always there; test_plot has the pictures
        for each in vars(import_module(module.name)).values():
            if (
                isinstance(each, type)
                and hasattr(each, "_repr_html_")
                and each.__module__.startswith("medcode.")
            ):
                found.add(each)
    return found - {Claim}
