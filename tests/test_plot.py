"""Pictures of codes, findings and remittances: each says in text what it shows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.answers.texts import REMITTANCE
from tests.history.visits import visit

from medcode import hcpcs, scrub
from medcode.claims import x12
from medcode.findings import Finding, Report

pytest.importorskip("matplotlib", reason="matplotlib, of the dependency group interop, is not installed")

from medcode import plot  # skipped without matplotlib

if TYPE_CHECKING:
    from pathlib import Path


def test_a_family_on_its_time_line(tmp_path: Path) -> None:
    picture = plot.timeline("M54.5")
    assert picture.alt.splitlines() == [
        "ICD-10-CM: billable (dark) and heading (light)",
        "M54.5: billable from 2015-10-01 to 2021-09-30, heading from 2021-10-01",
        "M54.50: billable from 2021-10-01",
        "M54.51: billable from 2021-10-01",
        "M54.59: billable from 2021-10-01",
    ]
    html = picture._repr_html_()
    assert picture._repr_html_() == html  # the same at every build
    assert html.startswith('<div role="img" aria-label="ICD-10-CM: billable')
    assert "<svg" in html
    picture.save(tmp_path / "family.png")
    assert (tmp_path / "family.png").read_bytes().startswith(b"\x89PNG")
    assert "G0108" in plot.timeline("G0108", code_set=hcpcs).alt


def test_findings_by_rule_and_payer() -> None:
    first = visit("1", "2026-01-05", "M54.5", "I10", "I10")
    claims = [first, first.evolve(control_number="2", payer=first.payer.evolve(organization="<OTHER>"))]
    report = scrub(claims, select=["ICD"])
    picture = plot.findings(report, claims)
    assert picture.alt.startswith("Findings by rule and payer\n")
    assert "<OTHER> 1" in picture.alt
    assert "&lt;OTHER&gt;" in picture._repr_html_()
    many = Report(tuple(Finding(f"E{number:02}", "odd", "Odd.", claim=0) for number in range(30)))
    assert plot.findings(many).alt.splitlines()[-1] == "and 5 more rules"
    assert plot.findings(Report()).alt == "Findings by rule"


def test_a_remittance_from_billed_to_paid() -> None:
    remittance = next(iter(x12.loads(REMITTANCE).remittances()))
    lines = plot.waterfall(remittance).alt.splitlines()
    amounts = {
        name: Decimal(value.replace(",", "")) for name, value in (line.rsplit(": ", 1) for line in lines[1:])
    }
    assert amounts["billed"] == remittance.billed
    assert (
        amounts["paid"]
        == remittance.billed - sum(remittance.by_reason().values()) - remittance.provider_adjusted
    )
    assert sum(amounts.values()) - amounts["paid"] == amounts["paid"]
