"""Pairs and add-on codes between claims: where a finding stands, and what of a claim itself does not count."""

from __future__ import annotations

from datetime import date

from tests.edits.history.test_history import TABLES, YEAR, seen

from medcode.edits import Tables, check
from medcode.edits.examples import line, visit
from medcode.edits.ncci.tables import AddOnTable

ON = date(2026, 4, 1)
CHAIN = Tables(
    add_on=AddOnTable.of([("90785", "90833", "1"), ("90833", "99213", "1"), ("90832", "", "2")], *YEAR)
)


def test_a_pair_stands_at_the_line_of_this_claim_whichever_column_it_is() -> None:
    for earlier, this in (("93000", "93005"), ("93005", "93000")):
        claim = visit(lines=(line("99213"), line(this)), control_number="this")
        report = check(claim, ("HIS",), on=ON, tables=TABLES, history=[seen(earlier)])
        (finding,) = [each for each in report.findings if "NCCI" in each.message]
        assert (finding.code, finding.location.path) == (this, "lines[1].procedure.code")


def test_a_primary_that_is_itself_alone_does_not_count_as_another_claims() -> None:
    claim = visit(lines=(line("90785"), line("90833"), line("36415")), control_number="this")
    report = check(claim, ("NCCI03",), on=ON, tables=CHAIN, history=[])
    assert [finding.code for finding in report.findings] == ["90785", "90833"]


def test_lines_without_add_on_codes_are_not_looked_up_elsewhere() -> None:
    claim = visit(lines=(line("36415"), line("90785")), control_number="this")
    report = check(claim, ("NCCI03",), on=ON, tables=CHAIN, history=[seen("90833")])
    assert not report.findings
    assert not report.not_checked
