"""Hand-made bills, each with all that the editor says of it, over the invented tables of its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims.model.stay import ValueAmount
from medcode.edits.oce import OutpatientCodeEditor
from medcode.edits.oce.catalog import ROWS
from medcode.edits.oce.claim_bill import places
from medcode.edits.oce.example import bill, example_tables, service
from medcode.edits.oce.numbers import DISPOSITIONS

if TYPE_CHECKING:
    from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
    from medcode.edits.oce.catalog import Entry

EDITOR = OutpatientCodeEditor(example_tables())
A, B = "2026-01-05", "2026-01-06"


def at(code: str | None, *modifiers: str, rev: str, **changes: Any) -> InstitutionalLine:
    """Return a line with a revenue code of its own."""
    return service(code, *modifiers, revenue_code=rev, **changes)


s = service
php: dict[str, Any] = {"condition_codes": ("41",), "principal_diagnosis": "F20.9"}
iop: dict[str, Any] = {"condition_codes": ("92",), "principal_diagnosis": "F20.9"}

BILLS: dict[str, tuple[InstitutionalClaim, str]] = {
    "blood alike": (bill(at("U9073", "BL", rev="0381"), at("U9073", "BL", rev="0391"), "U9001"), ""),
    "blood units differ": (
        bill(at("U9073", "BL", rev="0381", quantity=2), at("U9073", "BL", rev="0391")),
        "line 1: 73; line 2: 73",
    ),
    "blood half marked": (
        bill(at("U9073", rev="0381"), at("U9073", "BL", rev="0391")),
        "line 1: 73; line 2: 73",
    ),
    "blood unmarked": (bill(at("U9073", rev="0381"), at("U9073", rev="0391")), "line 1: 73; line 2: 73"),
    "blood product alone": (bill(at("U9073", rev="0381")), "line 1: 73"),
    "processing alone": (bill(at("U9073", rev="0391"), "U9043"), ""),
    "processing alone marked": (bill(at("U9073", "BL", rev="0391")), "line 1: 73"),
    "whole blood revenue": (bill(at("U9001", rev="0382")), "line 1: 79"),
    "cornea with transplant": (bill("U9093", "U9094"), ""),
    "donor there": (bill("U9100", at(None, rev="0815")), "line 2: 48"),
    "skin by cost": (
        bill(s("U9087", on="2024-06-03"), s("U9088", on="2024-06-03"), on="2024-06-03"),
        "line 1: 87; line 2: 87",
    ),
    "skin by cost with product": (
        bill(s("U9087", on="2024-06-03"), s("U9089", on="2024-06-03"), on="2024-06-03"),
        "",
    ),
    "skin with product": (bill("U9087", "U9089"), ""),
    "skin in critical access with fees": (bill("U9087", at("U9001", rev="0960"), type="851"), ""),
    "skin in critical access": (bill("U9087", type="851"), "line 1: 87"),
    "trauma with critical care": (bill(at("U9076", rev="0681"), "U9077"), ""),
    "token charge": (bill(s("U9082", charge="1")), ""),
    "laboratory alone": (bill("U9150"), ""),
    "laboratory beside": (bill("U9150", "U9001"), ""),
    "laboratory inpatient": (bill("U9150", type="121"), "line 1: 127"),
    "laboratory inpatient spent": (bill("U9150", type="121", condition_codes=("W2",)), "claim: 27"),
    "laboratory in clinic": (bill("U9150", type="711"), ""),
    "therapy by modifier": (bill(s("U9151", "GP"), "U9004"), ""),
    "therapy by revenue": (bill(at("U9151", rev="0420"), "U9004"), ""),
    "therapy not": (bill("U9151", "U9027"), ""),
    "advance care": (bill("99497", "U9152"), ""),
    "wellness without planning": (bill("U9152"), ""),
    "planning without wellness": (bill("99497", "U9001"), ""),
    "invalid and packaged": (bill("U9027", "U9999"), "line 2: 6; claim: 27"),
    "invalid revenue and packaged": (bill("U9027", at(None, rev="0199")), "line 2: 41; claim: 27"),
    "conditional both": (bill("U9155", "U9156", "U9157", "U9158"), ""),
    "conditional Q1 dearer": (bill("U9156", "U9155", "U9157"), ""),
    "conditional Q1 payable": (bill("U9155", "U9001"), ""),
    "conditional Q2 payable": (bill("U9157", "U9003"), ""),
    "critical care packages": (bill("U9077", "U9078", "U9079"), ""),
    "critical care distinct": (bill(s("U9077", "59"), "U9078", "U9079"), ""),
    "ancillary alone": (bill("U9078"), ""),
    "images": (bill("U9153", "U9154", s("U9153", "52"), "U9001"), ""),
    "one image": (bill("U9153", s("U9154", "73")), ""),
    "stopped images": (bill(s("U9153", "73")), ""),
    "packaged image": (bill("U9153", "U9018"), "line 1: 49; line 2: 18"),
    "comprehensive": (bill("U9004", "U9005", "U9161", "U9001", "U9137", "U9150", "U9121"), ""),
    "comprehensive off campus": (bill("U9004", s("U9159", "PN")), ""),
    "radiosurgery": (bill("U9161", "U9160"), ""),
    "radiosurgery planning packaged": (bill("U9161", "U9160", "U9027"), ""),
    "blood stays": (
        bill("U9004", at("U9073", rev="0381"), at("U9073", rev="0391")),
        "line 2: 73; line 3: 73",
    ),
    "clinic visit off campus": (bill(s("G0463", "PO")), ""),
    "off campus packaged": (bill(s("U9027", "PN"), "U9001"), ""),
    "off campus observation": (bill(s("U9051", quantity=8), s("U9101", "PN")), ""),
    "off campus class": (bill(s("U9159", "PN")), ""),
    "mental health center off campus": (bill(s("U9095", "PN"), type="761", **php), "line 1: 101 131"),
    "knee": (bill("27447", "01402"), ""),
    "anesthesia alone": (bill("01402"), "line 1: 18"),
    "died": (bill(s("U9018", "CA"), "U9001", discharge_status="20"), ""),
    "died part": (bill(s("U9045", "CA"), "U9003", discharge_status="20"), "line 1: 45"),
    "separate with comprehensive": (bill("U9168", "U9004"), "line 1: 45"),
    "separate alone": (bill("U9045"), "line 1: 18"),
    "inpatient next day": (bill("U9018", s("U9001", on=B), "U9027", through=B), "line 1: 18; line 3: 49"),
    "inpatient in mental health center": (
        bill("U9018", "U9095", type="761", **php),
        "line 1: 18; line 2: 49",
    ),
    "visit with 25": (bill(s("U9002", "25"), "U9003"), ""),
    "visits distinct": (bill("U9002", "U9002", condition_codes=("G0",)), ""),
    "visits other revenue": (bill("U9002", at("U9002", rev="0510")), ""),
    "observation": (bill(s("U9051", quantity=8), "U9101", "U9058"), ""),
    "observation day before": (bill("U9101", s("U9051", on=B, quantity=8), through=B), ""),
    "observation two days before": (
        bill("U9101", s("U9051", on="2026-01-07", quantity=8), through="2026-01-07"),
        "",
    ),
    "observation direct": (bill(s("U9051", quantity=8), "U9058"), ""),
    "observation few hours": (bill(s("U9051", quantity=7), "U9058"), ""),
    "observation with procedure": (bill(s("U9051", quantity=8), "U9058", "U9003"), ""),
    "observation visits": (bill(s("U9051", quantity=9), "G0463", "U9101"), ""),
    "observation repeated": (bill(s("U9051", quantity=3), s("U9051", quantity=9), "U9101"), "line 2: 51"),
    "direct and visit": (bill("U9058", "U9002"), "line 1: 58"),
    "direct rejected": (bill("U9058", "U9018"), "line 1: 49; line 2: 18"),
    "critical access visit": (bill("U9101", "U9003", type="851"), "line 1: 21"),
    "education and more": (bill("U9035", "U9001"), ""),
    "inherent repeated": (bill("U9017", s("U9017", "76")), ""),
    "inherent two lines": (bill("U9017", "U9017"), "line 1: 17; line 2: 17"),
    "inherent both": (bill("U9017", at("U9017", rev="0960"), type="851"), ""),
    "inherent with assistant": (
        bill("U9017", at("U9017", rev="0960"), at("U9017", "82", rev="0960"), type="851"),
        "",
    ),
    "inherent three": (
        bill("U9017", at("U9017", rev="0960"), at("U9017", rev="0960"), type="851"),
        "line 1: 17; line 2: 17; line 3: 17",
    ),
    "inherent facility": (bill("U9017", "U9017", type="851"), "line 1: 17; line 2: 17"),
    "inherent four": (
        bill(s("U9017", quantity=2), at("U9017", rev="0960", quantity=2), type="851"),
        "line 1: 17; line 2: 17",
    ),
    "terminated both sides": (bill(s("U9037", "73", "50")), "line 1: 37"),
    "terminated once": (bill(s("U9001", "73")), ""),
    "units professional": (
        bill(
            at("U9037", "50", rev="0960"),
            at("U9037", rev="0960"),
            at("U9037", "25", rev="0960"),
            "U9037",
            type="851",
        ),
        "line 1: 74; line 2: 74",
    ),
    "units professional single": (bill(at("U9037", "50", rev="0960"), type="851"), ""),
    "ncci with modifier": (bill("U9020", s("U9022", "59")), ""),
    "ncci other day": (bill("U9020", s("U9021", on=B), through=B), ""),
    "ncci in critical access": (bill("U9020", at("U9021", rev="0960"), type="851"), ""),
    "ncci none": (bill("U9021", "U9022"), ""),
    "add-on with primary": (bill("U9106", "U9001", "U9108", type="851"), ""),
    "add-on ring": (bill("U9106", "U9108", "U9999", type="851"), "line 3: 6"),
    "add-on next day": (bill("U9001", s("U9106", on=B), through=B, type="851"), ""),
    "add-on day before": (bill("U9106", s("U9001", on=B), through=B, type="851"), "line 1: 106"),
    "add-on two days": (
        bill("U9001", s("U9106", on="2026-01-07"), through="2026-01-07", type="851"),
        "line 2: 106",
    ),
    "add-on professional": (bill(at("U9106", rev="0960"), "U9001", type="851"), "line 1: 106"),
    "add-on type 2 not professional": (bill("U9107", type="851"), ""),
    "drug add-on": (bill("U9109", "U9001", type="851"), ""),
    "drug add-on professional": (bill(at("U9109", rev="0960"), "U9001", type="851"), "line 1: 106"),
    "remote add-on": (bill("U9164", "U9163"), ""),
    "remote add-on alone": (bill("U9164"), "line 1: 106"),
    "software alone": (bill("U9165"), "line 1: 106"),
    "software": (bill("U9165", "U9001"), ""),
    "covid add-on": (bill(s("U9115", on="2022-06-01"), s("U9001", on="2022-06-01"), on="2022-06-01"), ""),
    "device with procedure": (bill("U9098", "U9003"), ""),
    "device bypass": (bill(s("U9092", "CG")), ""),
    "device procedure with device": (bill("U9092", "U9098", "U9003"), ""),
    "device procedure terminated": (bill(s("U9092", "52")), ""),
    "dependent terminated": (bill(s("U9135", "52")), ""),
    "dependent with": (bill("U9135", "U9098", "U9003"), ""),
    "non-opioid alone": (bill("U9137", "U9138"), "line 1: 98; line 2: 99"),
    "non-opioid few": (bill("U9001", "U9137", "U9138"), ""),
    "php day": (bill(s("U9095"), s("U9096", quantity=2), "U9130", "U9131", **php), ""),
    "php many": (bill(s("U9095"), s("U9096", quantity=5), "U9162", "U9163", "U9164", **php), ""),
    "php older day": (
        bill(s("U9095", on="2023-06-01"), s("U9096", quantity=2, on="2023-06-01"), on="2023-06-01", **php),
        "",
    ),
    "php older few": (
        bill(s("U9130", on="2023-06-01"), s("U9096", quantity=2, on="2023-06-01"), on="2023-06-01", **php),
        "line 2: 30",
    ),
    "php health center": (bill(s("U9095"), s("U9096", quantity=2), type="761", **php), ""),
    "php denied": (bill("U9018", "U9096", "U9080", **php), "line 1: 18; line 2: 49; line 3: 49"),
    "php reported only": (bill("U9131", **php), "line 1: 47"),
    "php second diagnosis": (
        bill(
            s("U9095", quantity=3),
            condition_codes=("41",),
            principal_diagnosis="F02.80",
            other_diagnoses=("F20.9",),
        ),
        "",
    ),
    "iop day": (bill(s("U9128"), s("U9129", quantity=2), "U9162", **iop), ""),
    "iop center": (bill(s("U9128", quantity=4), type="761", **iop), ""),
    "iop denied": (
        bill("U9018", s("U9129", on=B), s("U9080", on=B), s("U9081", on=B), through=B, **iop),
        "line 1: 18; line 2: 128; claim: 190",
    ),
    "iop not for": (bill("U9080", "U9018", type="761", **iop), "line 1: 49; line 2: 18"),
    "only in denied": (bill("U9081", "U9018"), "line 1: 49; line 2: 18"),
    "mental health dear": (bill(s("U9162", quantity=2), "U9163", "U9164"), ""),
    "mental health cheap": (bill("U9163", "U9164"), ""),
    "mental health older": (
        bill(s("U9162", on="2021-06-01", quantity=2), s("U9163", on="2021-06-01"), on="2021-06-01"),
        "",
    ),
    "mental health conditional": (bill("U9162", "U9001"), ""),
    "hours first bill": (
        bill(
            "U9095",
            s("U9095", on="2026-01-13"),
            s("U9095", on="2026-01-19"),
            through="2026-01-19",
            type="132",
            **php,
        ),
        "line 1: 131; line 2: 95 131; line 3: 131",
    ),
    "hours whole": (
        bill(
            "U9095",
            s("U9095", on="2026-01-13"),
            s("U9095", on="2026-01-19"),
            s("U9095", on="2026-01-26"),
            through="2026-01-26",
            type="131",
            **php,
        ),
        "line 1: 131; line 2: 95 131; line 3: 131; line 4: 131",
    ),
    "hours last": (
        bill(
            "U9095",
            s("U9095", on="2026-01-13"),
            s("U9095", on="2026-01-19"),
            through="2026-01-19",
            type="134",
            **php,
        ),
        "line 1: 95 131; line 2: 131; line 3: 131",
    ),
    "hours last goes on": (
        bill(
            "U9095",
            s("U9095", on="2026-01-19"),
            through="2026-01-19",
            type="134",
            condition_codes=("41", "MW"),
            principal_diagnosis="F20.9",
        ),
        "line 1: 95 131; line 2: 95 131",
    ),
    "hours interim part": (
        bill("U9095", s("U9095", on="2026-01-12"), through="2026-01-13", type="133", **php),
        "line 1: 95 131; line 2: 131",
    ),
    "hours interim goes on": (
        bill(
            "U9095",
            s("U9095", on="2026-01-12"),
            through="2026-01-13",
            type="133",
            condition_codes=("41", "MW"),
            principal_diagnosis="F20.9",
        ),
        "line 1: 95 131; line 2: 95 131",
    ),
    "hours enough": (bill(s("U9095", quantity=20), through="2026-01-11", type="133", **php), ""),
    "hours before": (
        bill(
            s("U9095", quantity=5),
            s("U9095", on="2026-01-08", quantity=20),
            through="2026-01-14",
            type="133",
            value_codes=(ValueAmount("QA", "315.00"),),
            **php,
        ),
        "",
    ),
    "hours unreadable": (
        bill("U9128", through="2026-01-11", type="133", value_codes=(ValueAmount("QA", "-1"),), **iop),
        "line 1: 128 129",
    ),
    "hours unreadable php": (
        bill("U9095", through="2026-01-11", type="133", value_codes=(ValueAmount("QA", "-1"),), **php),
        "line 1: 95 131",
    ),
    "hours adjustment": (bill("U9095", type="137", **php), "line 1: 131"),
    "hours adjustment goes on": (
        bill(
            "U9095",
            s("U9095", on="2026-01-13"),
            through="2026-01-13",
            type="137",
            condition_codes=("41", "MW"),
            principal_diagnosis="F20.9",
        ),
        "line 1: 131; line 2: 95 131",
    ),
    "hours other frequency": (bill("U9095", type="138", **php), "line 1: 131"),
    "fqhc visit": (bill(at("G0466", rev="0521"), "U9001", type="771"), ""),
    "fqhc pairing": (
        bill(at("G0466", rev="0521"), at("G0467", rev="0521"), "U9001", "U9002", type="771"),
        "",
    ),
    "fqhc one service for two": (
        bill(at("G0466", rev="0521"), at("G0467", rev="0521"), "U9001", type="771"),
        "line 2: 89",
    ),
    "fqhc mental": (bill(at("G0469", rev="0900"), "U9080", type="771"), ""),
    "fqhc mental revenue": (bill(at("G0469", rev="0521"), "U9080", type="771"), "line 1: 90"),
    "fqhc revenue invalid": (bill(at("G0466", rev="0199"), "U9001", type="771"), "line 1: 41"),
    "fqhc telehealth": (bill("G2025", type="771"), ""),
    "fqhc dcaps": (bill("U9166", type="771"), ""),
    "fqhc opioid": (bill("G2172", type="771"), ""),
    "fqhc opioid office": (bill("G2172", "G2086", type="771"), "claim: 88"),
    "fqhc not covered": (bill("U9091", at("U9001", rev="0540"), type="771"), "line 1: 91; line 2: 91"),
    "fqhc iop": (
        bill(
            at("U9128", rev="0905", quantity=3),
            at("U9129", rev="0519"),
            "U9131",
            at("G0469", rev="0521"),
            type="771",
            **iop,
        ),
        "line 4: 89",
    ),
    "fqhc iop few": (
        bill(at("U9128", rev="0905"), at("U9130", rev="0905"), type="771", **iop),
        "line 1: 128",
    ),
    "fqhc iop no primary": (
        bill(at("U9129", rev="0905"), "U9131", type="771", **iop),
        "line 1: 128; claim: 88 190",
    ),
    "fqhc iop reported day": (
        bill(at("U9128", rev="0905", quantity=3), s("U9131", on=B), through=B, type="771", **iop),
        "",
    ),
    "fqhc iop not covered": (
        bill(at("U9128", rev="0905", quantity=3), at("U9129", rev="0540"), type="771", **iop),
        "line 2: 91",
    ),
    "fqhc summary": (bill("U9001", type="770"), ""),
    "fqhc demonstration": (
        bill("U9110", "U9067", type="771", condition_codes=("65",)),
        "line 1: 110; claim: 88",
    ),
    "rhc iop": (bill(at("U9128", rev="0905"), at("U9129", rev="0905"), "U9091", type="711", **iop), ""),
    "rhc iop no primary": (
        bill(at("U9129", rev="0905"), at("U9018", rev="0905"), type="711", **iop),
        "claim: 190",
    ),
    "hospice physician": (bill(at("U9072", rev="0657"), "U9072", type="811", on=A), "line 2: 72"),
    "clinic supply": (bill("U9072", type="711"), ""),
    "critical access fee": (bill(at("U9072", rev="0960"), "U9072", type="851"), "line 2: 72"),
    "part b": (bill("U9114", at("U9001", rev="0270"), "U9001", type="121"), "line 3: 127"),
    "part b all inclusive": (
        bill(at("U9001", rev="0240"), at("U9001", rev="0636"), "U9001", type="121"),
        "line 3: 127",
    ),
    "part b older": (
        bill(at("U9001", rev="0240", on="2023-06-01"), on="2023-06-01", type="121"),
        "line 1: 127",
    ),
    "ambulance modifier": (bill(at("U9001", "ZZ", rev="0540")), ""),
    "system modifier": (bill(s("U9001", "@1")), ""),
    "home health hipps": (bill(at("U9999", "ZZ", "YY", rev="0023", on=None), "U9001", type="321"), ""),
    "home health year": (
        bill(
            s("U9999", on="2025-12-20"),
            s("U9999", on="2026-01-05"),
            on="2025-12-20",
            through="2026-01-10",
            type="321",
        ),
        "line 1: 6; line 2: 6",
    ),
    "home health year older": (
        bill(s("U9999", on="2019-11-20"), on="2019-11-20", through="2020-01-10", type="321"),
        "line 1: 6",
    ),
    "home health long": (
        bill(s("U9999", on="2025-12-01"), on="2025-12-01", through="2026-02-10", type="321"),
        "line 1: 6",
    ),
    "home health modifiers": (
        bill(
            at("U9001", "CT", "FX", rev="0023"),
            s("U9001", "CT", "FX"),
            s("U9001", "FX", "CT"),
            s("U9001", "CT", "25"),
            type="321",
        ),
        "line 2: 102; line 3: 102",
    ),
    "contractor adjustment": (bill(s(on=None), s(on="2026-02-01"), type="32G"), ""),
    "contractor adjustment undated": (bill(s(on=None), type="32G"), ""),
    "home health undated": (bill(at("U9001", rev="0023", on=None), type="321"), ""),
    "vaccine at home": (bill("U9167", "U9062", type="341"), "line 2: 62"),
    "antigen unrelated": (
        bill("U9167", "U9062", "U9013", condition_codes=("07",), type="811"),
        "line 2: 62; line 3: 13",
    ),
    "antigen skilled": (bill("U9167", "U9062", condition_codes=("07",), type="221"), ""),
    "emergency end given": (bill("U9124", value_codes=(ValueAmount("Z9", "202602.01"),)), ""),
    "emergency end unreadable": (
        bill("U9124", s("U9124", on=B), through=B, value_codes=(ValueAmount("Z9", "7"),)),
        "line 2: 124",
    ),
    "waiver before": (bill(s("U9001", "CS", on="2020-01-06"), on="2020-01-06"), ""),
    "waiver eligible": (
        bill(s("U9114", "CS", on="2020-06-01"), s(None, on="2020-06-01"), on="2020-06-01"),
        "line 2: 48",
    ),
    "colorectal there": (bill(s("U9001", "PT"), "U9114"), ""),
    "telehealth listed": (bill(s("U9114", "95"), type="851"), ""),
    "modifier started": (bill(s("U9001", "XM", on="2026-02-02"), on="2026-02-02"), ""),
    "clinic modifier other": (bill(s("U9104", "25"), type="711"), ""),
    "clinic program modifier": (bill(at("U9128", "CG", rev="0905"), type="711", **iop), ""),
    "in approval": (
        bill(
            s("U9069", on="2026-02-15"),
            s("U9083", on="2026-02-15"),
            s("U9134", on="2026-02-15"),
            on="2026-02-15",
        ),
        "line 2: 83",
    ),
    "period older": (bill(s("U9134", on="2022-06-01"), on="2022-06-01"), ""),
    "biological revenue": (bill(at(None, rev="0250"), "U9001"), "line 1: 111"),
    "noncovered revenue": (bill(at(None, rev="0760"), "U9112"), "line 1: 9 48; line 2: 112"),
    "no age": (bill("U9007", age=17), ""),
    "unknown age": (bill("U9007", subscriber=bill().subscriber.evolve(birth_date=None)), "claim: 25"),
    "supplier beside comprehensive": (bill("U9061", "U9004"), ""),
    "sex waived": (bill(condition_codes=("45",)), ""),
    "e2 antigen": (
        bill("U9167", "U9028", "U9013", condition_codes=("07",), type="721"),
        "line 2: 28; line 3: 13",
    ),
    "newborn principal": (bill(principal_diagnosis="Z38.00"), ""),
    "newborn inpatient": (bill(principal_diagnosis="Z38.00", type="121"), "diagnosis 1: 113; line 1: 127"),
    "aftercare": (bill(principal_diagnosis="Z51.89"), ""),
    "aftercare inpatient": (bill(principal_diagnosis="Z51.89", type="121"), "line 1: 127"),
    "supplementary inpatient": (
        bill(principal_diagnosis="Z37.0", type="121"),
        "diagnosis 1: 113; line 1: 127",
    ),
    "reason": (
        bill(reasons_for_visit=("O80", "Z99.99"), other_diagnoses=("I10",), external_causes=("W19.XXXA",)),
        "diagnosis 4: 2; diagnosis 5: 1",
    ),
    "coming": (
        bill(s("U9001", on="2020-03-31"), on="2020-03-31", through="2020-04-02", principal_diagnosis="U07.1"),
        "",
    ),
    "inpatient program older": (
        bill(s("U9001", on="2023-06-01"), on="2023-06-01", type="121", condition_codes=("41",)),
        "claim: 46",
    ),
    "inpatient program": (bill(type="121", condition_codes=("41",)), "claim: 118"),
    "center without program": (bill(type="761"), "claim: 118"),
    "repeated visit distinct": (bill("U9170", "U9170", condition_codes=("G0",)), ""),
    "review of a denied day": (bill("U9018", "U9001", condition_codes=("20",)), "line 1: 18; line 2: 49"),
    "no such sex": (bill(subscriber=bill().subscriber.evolve(sex="X")), "claim: 26"),
    "fqhc iop service not covered": (
        bill(at("U9128", rev="0905", quantity=3), at("U9171", rev="0905"), type="771", **iop),
        "",
    ),
    "planning without its code": (bill("U9152", "U9172"), ""),
    "packaged image alone": (bill("U9174", "U9001"), ""),
    "off campus without class": (bill(s("U9175", "PN")), ""),
    "radiosurgery planning paid": (bill("U9161", "U9176"), ""),
    "ncci and others": (bill("U9020", "U9021", "U9001"), "line 2: 20"),
    "transfusion and more": (bill("U9043", "U9001"), "line 1: 43"),
    "blood on a denied day": (bill("U9073", "U9018"), "line 1: 49; line 2: 18"),
    "cornea and more": (bill("U9093", "U9001"), "line 1: 93"),
    "transplant and more": (bill("U9100", "U9001"), "line 1: 100"),
    "skin and more": (bill("U9087", "U9001"), "line 1: 87"),
    "skin by cost and more": (
        bill(s("U9087", on="2024-06-03"), s("U9001", on="2024-06-03"), on="2024-06-03"),
        "line 1: 87",
    ),
    "trauma and more": (bill("U9076", "U9001"), "line 1: 76"),
    "home health new year code": (
        bill(s("U9177", on="2025-12-20"), on="2025-12-20", through="2026-01-10", type="321"),
        "",
    ),
    "clinic and more": (bill(s("U9104", "CG"), "U9001", type="711"), "line 1: 104"),
    "contractor and more": (bill("U9072", "U9001"), "line 1: 72"),
    "supplier and more": (bill("U9061", "U9001"), "line 1: 61"),
    "only in programs and more": (bill("U9081", "U9001"), "line 1: 81 133"),
    "php older denied": (
        bill(s("U9018", on="2023-06-01"), s("U9095", on="2023-06-01"), on="2023-06-01", **php),
        "line 1: 18; line 2: 49",
    ),
    "php primary add-on": (bill("U9178", **php), ""),
    "mental health conditional alone": (bill("U9179"), ""),
    "direct not recognized": (
        bill(at("U9058", rev="0990"), at("U9058", rev="0300")),
        "line 1: 50 65; line 2: 58",
    ),
    "inherent and more": (
        bill("U9017", s("U9001", on=B), s("U9017", on=A), "U9002", through=B),
        "line 1: 17; line 3: 17",
    ),
    "ancillary without class": (bill("U9182", "U9001"), ""),
    "visit without class": (bill("U9183"), ""),
    "radiosurgery planning without class": (bill("U9161", "U9184"), ""),
    "off campus without its class": (bill(s("U9185", "PN")), ""),
    "total": (bill(s(), service(None, revenue_code="0001", charge="100")), ""),
}


def said(claim: InstitutionalClaim) -> str:
    """Return what the editor says of a claim, as the table above writes it."""
    result = EDITOR.edit(claim)
    found = [
        *((f"diagnosis {n}", met) for n, met in enumerate((*result.diagnoses, *result.reasons_for_visit), 1)),
        *((f"line {n}", met) for n, met in enumerate(result.lines, 1)),
        ("claim", result.claim),
    ]
    return "; ".join(f"{place}: {' '.join(map(str, met))}" for place, met in found if met)


@pytest.mark.parametrize("name", BILLS)
def test_a_bill_by_hand(name: str) -> None:
    claim, expected = BILLS[name]
    assert said(claim) == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_each_edit_has_a_bill_that_meets_it_at_a_place_of_the_claim(row: Entry) -> None:
    result = EDITOR.edit(row.fails)
    own = [place for place in places(row.fails, result) if place.edit == row.number]
    assert own
    assert result.dispositions[row.number] is DISPOSITIONS[row.number]


def test_a_plain_bill_meets_nothing() -> None:
    result = EDITOR.edit(bill())
    assert (result.diagnoses, result.lines, result.claim) == (((),), ((),), ())
    assert (result.version, result.stopped, result.numbers) == ("v27.0", None, frozenset())
