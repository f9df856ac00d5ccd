"""The map of the documentation: fields, elements, boxes and edits, as the guides, forms and edits have them."""

from __future__ import annotations

from docs._ext.element_map import element_map, element_map_index, element_map_page

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim
from medcode.claims.missing import boxes
from medcode.claims.x12.guides import conventions, guide

FIELDS = (
    ("005010X222A1", "lines.procedure.modifiers", "2400 SV101-3", "CMS-1500 box 24D", "MOD01"),
    ("005010X222A1", "billing_provider.npi", "2010AA NM109 (NM1*85)", "CMS-1500 box 33a", "CLM03"),
    ("005010X222A1", "diagnoses.code", "2300 HI01-2 HI02-2", "CMS-1500 box 21", "ICD01"),
    ("005010X223A2", "discharge_status", "2300 CL103", "UB-04 box 17", "CLM34"),
    ("005010X224A2", "lines.teeth.number", "2400 TOO02", "ADA form box 27-28", "CLM82"),
)
WHOLE = {"24", "42", "25-31"}
"""The boxes of all lines together."""


KINDS = {
    "005010X222A1": ProfessionalClaim,
    "005010X223A2": InstitutionalClaim,
    "005010X224A2": DentalClaim,
}


def test_each_field_with_all_that_stands_for_it() -> (
    None
):  # in one, since the edits' examples are asked once a process
    maps = {name: {row.field: row for row in element_map(name)} for name in KINDS}
    for name, field, element, box, edit in FIELDS:
        row = maps[name][field]
        assert any(place.startswith(element) for place in row.elements), (field, row.elements)
        assert (row.box, edit in row.rules) == (box, True), field
    for name, rows in maps.items():
        shown = {row.box.rpartition(" ")[2] for row in rows.values()} | WHOLE
        assert {
            box for path, box, _ in boxes(KINDS[name]) if box and not path.startswith("patient.")
        } <= shown
        assert len(rows) > 300
        page = element_map_page(name)
        assert page.count("\n| `") == len(rows)
        assert "](../edits/CLM" in page


def test_every_guide_has_a_map() -> None:
    names = sorted({guide(each).id for each in conventions()})
    index = element_map_index(names)
    for name in names:
        rows = element_map(name)
        assert rows, name
        assert f"({name}.md)" in index
    remittance = {row.field: row.elements for row in element_map("005010X221A1")}
    assert remittance["provider_adjustments.amount"] == ("ST PLB04 PLB06 PLB08 PLB10 PLB12 PLB14",)
    assert remittance["groups.claims.adjustments.group"] == ("2100 CAS01",)
    assert remittance["groups.claims.lines.adjustments.reason"] == (
        "2110 CAS02 CAS05 CAS08 CAS11 CAS14 CAS17",
    )
    statuses = {row.field: row.elements for row in element_map("005010X214")}
    assert statuses["statuses.code"] == ("2200D STC01-2 STC10-2 STC11-2",)
    assert 'class="table-filter"' in element_map_page("TA1")
