"""The map of the documentation: fields, elements, boxes and edits, as the guides, forms and edits have them."""

from __future__ import annotations

from docs._ext.element_map import GUIDES, element_map, element_map_page

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim
from medcode.claims.missing import boxes

FIELDS = (
    (ProfessionalClaim, "lines.procedure.modifiers", "2400 SV101-3", "CMS-1500 24D", "MOD01"),
    (ProfessionalClaim, "billing_provider.npi", "2010AA NM109 (NM1*85)", "CMS-1500 33a", "CLM03"),
    (ProfessionalClaim, "diagnoses.code", "2300 HI01-2", "CMS-1500 21", "ICD01"),
    (InstitutionalClaim, "discharge_status", "2300 CL103", "UB-04 17", "CLM34"),
    (DentalClaim, "lines.teeth.number", "2400 TOO02", "ADA form 27-28", "CLM82"),
)
WHOLE = {"24", "42", "25-31"}
"""The boxes of all lines together."""


def test_each_field_with_all_that_stands_for_it() -> (
    None
):  # in one, since the edits' examples are asked once a process
    maps = {kind: {row.field: row for row in element_map(kind)} for kind in GUIDES}
    for kind, field, element, box, edit in FIELDS:
        row = maps[kind][field]
        assert (element in row.elements, row.box, edit in row.rules) == (True, box, True), field
    for claims, rows in maps.items():
        shown = {row.box.rpartition(" ")[2] for row in rows.values()} | WHOLE
        assert {box for path, box, _ in boxes(claims) if box and not path.startswith("patient.")} <= shown
        assert len(rows) > 300
        assert element_map_page(claims).count("\n| `") == len(rows)
