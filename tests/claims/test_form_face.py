"""A claim laid out as its form: what it holds at its boxes, patient data hidden, findings at their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from tests.history.visits import dental_visit, stay, visit

from medcode import scrub
from medcode.findings import Finding, Location
from medcode.testing import strategies

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

PRIVATE = ("ROE", "M1", "1950-04-01", "2026-01-05")


@pytest.mark.parametrize(
    ("claim", "texts"),
    [
        (visit("1", "2026-01-05", "E11.9", "I10"), ["CMS-1500, 1 line", "<dt>21A diagnosis</dt><dd>E11.9</dd>", "90.00"]),
        (stay("2", "2026-01-05", "2026-01-09", "I50.20"), ["UB-04", "<dd>I50.20</dd>", "42 revenue"]),
        (dental_visit("3", "2026-01-05"), ["ADA form", "D0120"]),
    ],
    ids=["professional", "institutional", "dental"],
)  # fmt: skip
def test_a_claim_as_its_form(claim: Any, texts: list[str]) -> None:
    html = claim._repr_html_()
    assert all(text in html for text in texts)
    assert not any(text in html for text in PRIVATE)
    assert "ROE" in claim.to_html(phi=True)


def test_findings_are_marked_at_their_boxes_and_listed_below() -> None:
    claim = visit("1", "2026-01-05", "M54.5", "<b>")
    findings = [
        *scrub([claim]).findings,
        Finding("OWN1", "own", "Elsewhere.", location=Location(path="note.text", loop="2300", segment="NTE")),
        Finding("OWN2", "own", "Too much.", location=Location(path="lines[0].charge")),
    ]
    html = claim.to_html(findings=findings)
    diagnosis = html.split("21A diagnosis")[1].split("</dl>")[0]
    assert '<span class="mark">finding' in diagnosis
    assert "M54.5" in diagnosis
    assert "error ICD01: M54.5 is a heading" in html
    assert "error OWN1 2300 NTE: Elsewhere." in html
    assert f'90.00 <span class="mark">finding {len(findings)}</span>' in html
    assert "<b>" not in html


def test_what_is_missing_of_a_line_names_the_line() -> None:
    claim = visit("1", None, "I10", lines=[{"charge": "1", "procedure": "99213"}])
    assert "<li>Missing in line 1: date of service (CMS-1500, 24A)</li>" in claim.to_html()


def test_a_claim_of_many_lines_says_how_many_are_not_shown() -> None:
    line = {"charge": "1", "procedure": "99213", "service_date": "2026-01-05"}
    assert "<p>and 10 more lines</p>" in visit("1", None, "I10", lines=[line] * 60).to_html()
    assert "<p>and 1 more line</p>" in visit("1", None, "I10", lines=[line] * 51).to_html()
    assert " more line" not in visit("1", None, "I10", lines=[line] * 50).to_html()


@given(strategies.claims())
@settings(max_examples=10)
def test_any_claim_can_be_laid_out(claim: Claim) -> None:
    assert claim.to_html(phi=True).count("<table>") == 1
