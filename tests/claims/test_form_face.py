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
    ("claim", "cells"),
    [
        (
            visit("1", "2026-01-05", "E11.9", "I10"),
            [
                "<td>21</td><td>diagnoses</td><td>E11.9, I10</td>",
                "CMS-1500, 1 line, $90.00",
                "<td>90.00</td>",
            ],
        ),
        (
            stay("2", "2026-01-05", "2026-01-09", "I50.20"),
            ["<td>67</td><td>principal diagnosis</td><td>I50.20</td>", "UB-04"],
        ),
        (dental_visit("3", "2026-01-05"), ["ADA form", "<td>D0120</td>"]),
    ],
    ids=["professional", "institutional", "dental"],
)
def test_a_claim_as_its_form(claim: Any, cells: list[str]) -> None:
    html = claim._repr_html_()
    assert all(cell in html for cell in cells)
    assert not any(text in html for text in PRIVATE)
    shown = claim.to_html(phi=True)
    assert "ROE" in shown
    assert ("revenue code" in shown) == ("UB-04" in shown)  # a column that no line fills is not shown


def test_findings_stand_at_their_fields_and_the_rest_below() -> None:
    claim = visit("1", "2026-01-05", "M54.5", "<b>")
    findings = [
        *scrub([claim]).findings,
        Finding("OWN1", "own", "Elsewhere.", location=Location(path="note.text")),
    ]
    html = claim.to_html(findings=findings)
    diagnosis = next(row for row in html.split("<tr>") if "<td>21</td>" in row)
    assert "ICD01 M54.5 is a heading" in diagnosis
    assert "<li>OWN1 Elsewhere.</li>" in html
    assert "<b>" not in html
    line = Finding("OWN2", "own", "Too much.", location=Location(path="lines[0].charge"))
    assert "OWN2 Too much." in claim.to_html(findings=[line]).split("Lines</caption>")[1]
    empty = Finding("OWN3", "own", "Missing.", location=Location(path="references.payer_claim_number"))
    assert (
        "<td>22</td><td>payer&#x27;s number of the earlier claim</td><td></td><td>OWN3 Missing.</td>"
        in claim.to_html(findings=[empty])
    )


def test_a_claim_of_many_lines_says_how_many_are_not_shown() -> None:
    line = {"charge": "1", "procedure": "99213", "service_date": "2026-01-05"}
    assert "<p>and 10 more</p>" in visit("1", None, "I10", lines=[line] * 60).to_html()
    assert "more</p>" not in visit("1", None, "I10", lines=[line] * 50).to_html()


@given(strategies.claims())
@settings(max_examples=10)
def test_any_claim_can_be_laid_out(claim: Claim) -> None:
    assert claim.to_html(phi=True).count("<table>") == 2
