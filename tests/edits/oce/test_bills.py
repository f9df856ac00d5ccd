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
    "blood alike": (bill(at("9073M", "BL", rev="0381"), at("9073M", "BL", rev="0391"), "9001M"), ""),
    "blood units differ": (
        bill(at("9073M", "BL", rev="0381", quantity=2), at("9073M", "BL", rev="0391")),
        "line 1: 73; line 2: 73",
    ),
    "blood half marked": (
        bill(at("9073M", rev="0381"), at("9073M", "BL", rev="0391")),
        "line 1: 73; line 2: 73",
    ),
    "blood unmarked": (bill(at("9073M", rev="0381"), at("9073M", rev="0391")), "line 1: 73; line 2: 73"),
    "blood product alone": (bill(at("9073M", rev="0381")), "line 1: 73"),
    "processing alone": (bill(at("9073M", rev="0391"), "9043M"), ""),
    "processing alone marked": (bill(at("9073M", "BL", rev="0391")), "line 1: 73"),
    "whole blood revenue": (bill(at("9001M", rev="0382")), "line 1: 79"),
    "cornea with transplant": (bill("9093M", "9094M"), ""),
    "donor there": (bill("9100M", at(None, rev="0815")), "line 2: 48"),
    "skin by cost": (
        bill(s("9087M", on="2024-06-03"), s("9088M", on="2024-06-03"), on="2024-06-03"),
        "line 1: 87; line 2: 87",
    ),
    "skin by cost with product": (
        bill(s("9087M", on="2024-06-03"), s("9089M", on="2024-06-03"), on="2024-06-03"),
        "",
    ),
    "skin with product": (bill("9087M", "9089M"), ""),
    "skin in critical access with fees": (bill("9087M", at("9001M", rev="0960"), type="851"), ""),
    "skin in critical access": (bill("9087M", type="851"), "line 1: 87"),
    "trauma with critical care": (bill(at("9076M", rev="0681"), "9077M"), ""),
    "token charge": (bill(s("9082M", charge="1")), ""),
    "laboratory alone": (bill("9150M"), ""),
    "laboratory beside": (bill("9150M", "9001M"), ""),
    "laboratory inpatient": (bill("9150M", type="121"), "line 1: 127"),
    "laboratory inpatient spent": (bill("9150M", type="121", condition_codes=("W2",)), "claim: 27"),
    "laboratory in clinic": (bill("9150M", type="711"), ""),
    "therapy by modifier": (bill(s("9151M", "GP"), "9004M"), ""),
    "therapy by revenue": (bill(at("9151M", rev="0420"), "9004M"), ""),
    "therapy not": (bill("9151M", "9027M"), ""),
    "advance care": (bill("99497", "9152M"), ""),
    "wellness without planning": (bill("9152M"), ""),
    "planning without wellness": (bill("99497", "9001M"), ""),
    "invalid and packaged": (bill("9027M", "9999M"), "line 2: 6; claim: 27"),
    "invalid revenue and packaged": (bill("9027M", at(None, rev="0199")), "line 2: 41; claim: 27"),
    "conditional both": (bill("9155M", "9156M", "9157M", "9158M"), ""),
    "conditional Q1 dearer": (bill("9156M", "9155M", "9157M"), ""),
    "conditional Q1 payable": (bill("9155M", "9001M"), ""),
    "conditional Q2 payable": (bill("9157M", "9003M"), ""),
    "critical care packages": (bill("9077M", "9078M", "9079M"), ""),
    "critical care distinct": (bill(s("9077M", "59"), "9078M", "9079M"), ""),
    "ancillary alone": (bill("9078M"), ""),
    "images": (bill("9153M", "9154M", s("9153M", "52"), "9001M"), ""),
    "one image": (bill("9153M", s("9154M", "73")), ""),
    "stopped images": (bill(s("9153M", "73")), ""),
    "packaged image": (bill("9153M", "9018M"), "line 1: 49; line 2: 18"),
    "comprehensive": (bill("9004M", "9005M", "9161M", "9001M", "9137M", "9150M", "9121M"), ""),
    "comprehensive off campus": (bill("9004M", s("9159M", "PN")), ""),
    "radiosurgery": (bill("9161M", "9160M"), ""),
    "radiosurgery planning packaged": (bill("9161M", "9160M", "9027M"), ""),
    "blood stays": (
        bill("9004M", at("9073M", rev="0381"), at("9073M", rev="0391")),
        "line 2: 73; line 3: 73",
    ),
    "clinic visit off campus": (bill(s("G0463", "PO")), ""),
    "off campus packaged": (bill(s("9027M", "PN"), "9001M"), ""),
    "off campus observation": (bill(s("9051M", quantity=8), s("9101M", "PN")), ""),
    "off campus class": (bill(s("9159M", "PN")), ""),
    "mental health center off campus": (bill(s("9095M", "PN"), type="761", **php), "line 1: 101 131"),
    "knee": (bill("27447", "01402"), ""),
    "anesthesia alone": (bill("01402"), "line 1: 18"),
    "died": (bill(s("9018M", "CA"), "9001M", discharge_status="20"), ""),
    "died part": (bill(s("9045M", "CA"), "9003M", discharge_status="20"), "line 1: 45"),
    "separate with comprehensive": (bill("9168M", "9004M"), "line 1: 45"),
    "separate alone": (bill("9045M"), "line 1: 18"),
    "inpatient next day": (bill("9018M", s("9001M", on=B), "9027M", through=B), "line 1: 18; line 3: 49"),
    "inpatient in mental health center": (
        bill("9018M", "9095M", type="761", **php),
        "line 1: 18; line 2: 49",
    ),
    "visit with 25": (bill(s("9002M", "25"), "9003M"), ""),
    "visits distinct": (bill("9002M", "9002M", condition_codes=("G0",)), ""),
    "visits other revenue": (bill("9002M", at("9002M", rev="0510")), ""),
    "observation": (bill(s("9051M", quantity=8), "9101M", "9058M"), ""),
    "observation day before": (bill("9101M", s("9051M", on=B, quantity=8), through=B), ""),
    "observation two days before": (
        bill("9101M", s("9051M", on="2026-01-07", quantity=8), through="2026-01-07"),
        "",
    ),
    "observation direct": (bill(s("9051M", quantity=8), "9058M"), ""),
    "observation few hours": (bill(s("9051M", quantity=7), "9058M"), ""),
    "observation with procedure": (bill(s("9051M", quantity=8), "9058M", "9003M"), ""),
    "observation visits": (bill(s("9051M", quantity=9), "G0463", "9101M"), ""),
    "observation repeated": (bill(s("9051M", quantity=3), s("9051M", quantity=9), "9101M"), "line 2: 51"),
    "direct and visit": (bill("9058M", "9002M"), "line 1: 58"),
    "direct rejected": (bill("9058M", "9018M"), "line 1: 49; line 2: 18"),
    "critical access visit": (bill("9101M", "9003M", type="851"), "line 1: 21"),
    "education and more": (bill("9035M", "9001M"), ""),
    "inherent repeated": (bill("9017M", s("9017M", "76")), ""),
    "inherent two lines": (bill("9017M", "9017M"), "line 1: 17; line 2: 17"),
    "inherent both": (bill("9017M", at("9017M", rev="0960"), type="851"), ""),
    "inherent with assistant": (
        bill("9017M", at("9017M", rev="0960"), at("9017M", "82", rev="0960"), type="851"),
        "",
    ),
    "inherent three": (
        bill("9017M", at("9017M", rev="0960"), at("9017M", rev="0960"), type="851"),
        "line 1: 17; line 2: 17; line 3: 17",
    ),
    "inherent facility": (bill("9017M", "9017M", type="851"), "line 1: 17; line 2: 17"),
    "inherent four": (
        bill(s("9017M", quantity=2), at("9017M", rev="0960", quantity=2), type="851"),
        "line 1: 17; line 2: 17",
    ),
    "terminated both sides": (bill(s("9037M", "73", "50")), "line 1: 37"),
    "terminated once": (bill(s("9001M", "73")), ""),
    "units professional": (
        bill(
            at("9037M", "50", rev="0960"),
            at("9037M", rev="0960"),
            at("9037M", "25", rev="0960"),
            "9037M",
            type="851",
        ),
        "line 1: 74; line 2: 74",
    ),
    "units professional single": (bill(at("9037M", "50", rev="0960"), type="851"), ""),
    "ncci with modifier": (bill("9020M", s("9022M", "59")), ""),
    "ncci other day": (bill("9020M", s("9021M", on=B), through=B), ""),
    "ncci in critical access": (bill("9020M", at("9021M", rev="0960"), type="851"), ""),
    "ncci none": (bill("9021M", "9022M"), ""),
    "add-on with primary": (bill("9106M", "9001M", "9108M", type="851"), ""),
    "add-on ring": (bill("9106M", "9108M", "9999M", type="851"), "line 3: 6"),
    "add-on next day": (bill("9001M", s("9106M", on=B), through=B, type="851"), ""),
    "add-on day before": (bill("9106M", s("9001M", on=B), through=B, type="851"), "line 1: 106"),
    "add-on two days": (
        bill("9001M", s("9106M", on="2026-01-07"), through="2026-01-07", type="851"),
        "line 2: 106",
    ),
    "add-on professional": (bill(at("9106M", rev="0960"), "9001M", type="851"), "line 1: 106"),
    "add-on type 2 not professional": (bill("9107M", type="851"), ""),
    "drug add-on": (bill("9109M", "9001M", type="851"), ""),
    "drug add-on professional": (bill(at("9109M", rev="0960"), "9001M", type="851"), "line 1: 106"),
    "remote add-on": (bill("9164M", "9163M"), ""),
    "remote add-on alone": (bill("9164M"), "line 1: 106"),
    "software alone": (bill("9165M"), "line 1: 106"),
    "software": (bill("9165M", "9001M"), ""),
    "covid add-on": (bill(s("9115M", on="2022-06-01"), s("9001M", on="2022-06-01"), on="2022-06-01"), ""),
    "device with procedure": (bill("9098M", "9003M"), ""),
    "device bypass": (bill(s("9092M", "CG")), ""),
    "device procedure with device": (bill("9092M", "9098M", "9003M"), ""),
    "device procedure terminated": (bill(s("9092M", "52")), ""),
    "dependent terminated": (bill(s("9135M", "52")), ""),
    "dependent with": (bill("9135M", "9098M", "9003M"), ""),
    "non-opioid alone": (bill("9137M", "9138M"), "line 1: 98; line 2: 99"),
    "non-opioid few": (bill("9001M", "9137M", "9138M"), ""),
    "php day": (bill(s("9095M"), s("9096M", quantity=2), "9130M", "9131M", **php), ""),
    "php many": (bill(s("9095M"), s("9096M", quantity=5), "9162M", "9163M", "9164M", **php), ""),
    "php older day": (
        bill(s("9095M", on="2023-06-01"), s("9096M", quantity=2, on="2023-06-01"), on="2023-06-01", **php),
        "",
    ),
    "php older few": (
        bill(s("9130M", on="2023-06-01"), s("9096M", quantity=2, on="2023-06-01"), on="2023-06-01", **php),
        "line 2: 30",
    ),
    "php health center": (bill(s("9095M"), s("9096M", quantity=2), type="761", **php), ""),
    "php denied": (bill("9018M", "9096M", "9080M", **php), "line 1: 18; line 2: 49; line 3: 49"),
    "php reported only": (bill("9131M", **php), "line 1: 47"),
    "php second diagnosis": (
        bill(
            s("9095M", quantity=3),
            condition_codes=("41",),
            principal_diagnosis="F02.80",
            other_diagnoses=("F20.9",),
        ),
        "",
    ),
    "iop day": (bill(s("9128M"), s("9129M", quantity=2), "9162M", **iop), ""),
    "iop center": (bill(s("9128M", quantity=4), type="761", **iop), ""),
    "iop denied": (
        bill("9018M", s("9129M", on=B), s("9080M", on=B), s("9081M", on=B), through=B, **iop),
        "line 1: 18; line 2: 128; claim: 190",
    ),
    "iop not for": (bill("9080M", "9018M", type="761", **iop), "line 1: 49; line 2: 18"),
    "only in denied": (bill("9081M", "9018M"), "line 1: 49; line 2: 18"),
    "mental health dear": (bill(s("9162M", quantity=2), "9163M", "9164M"), ""),
    "mental health cheap": (bill("9163M", "9164M"), ""),
    "mental health older": (
        bill(s("9162M", on="2021-06-01", quantity=2), s("9163M", on="2021-06-01"), on="2021-06-01"),
        "",
    ),
    "mental health conditional": (bill("9162M", "9001M"), ""),
    "hours first bill": (
        bill(
            "9095M",
            s("9095M", on="2026-01-13"),
            s("9095M", on="2026-01-19"),
            through="2026-01-19",
            type="132",
            **php,
        ),
        "line 1: 131; line 2: 95 131; line 3: 131",
    ),
    "hours whole": (
        bill(
            "9095M",
            s("9095M", on="2026-01-13"),
            s("9095M", on="2026-01-19"),
            s("9095M", on="2026-01-26"),
            through="2026-01-26",
            type="131",
            **php,
        ),
        "line 1: 131; line 2: 95 131; line 3: 131; line 4: 131",
    ),
    "hours last": (
        bill(
            "9095M",
            s("9095M", on="2026-01-13"),
            s("9095M", on="2026-01-19"),
            through="2026-01-19",
            type="134",
            **php,
        ),
        "line 1: 95 131; line 2: 131; line 3: 131",
    ),
    "hours last goes on": (
        bill(
            "9095M",
            s("9095M", on="2026-01-19"),
            through="2026-01-19",
            type="134",
            condition_codes=("41", "MW"),
            principal_diagnosis="F20.9",
        ),
        "line 1: 95 131; line 2: 95 131",
    ),
    "hours interim part": (
        bill("9095M", s("9095M", on="2026-01-12"), through="2026-01-13", type="133", **php),
        "line 1: 95 131; line 2: 131",
    ),
    "hours interim goes on": (
        bill(
            "9095M",
            s("9095M", on="2026-01-12"),
            through="2026-01-13",
            type="133",
            condition_codes=("41", "MW"),
            principal_diagnosis="F20.9",
        ),
        "line 1: 95 131; line 2: 95 131",
    ),
    "hours enough": (bill(s("9095M", quantity=20), through="2026-01-11", type="133", **php), ""),
    "hours before": (
        bill(
            s("9095M", quantity=5),
            s("9095M", on="2026-01-08", quantity=20),
            through="2026-01-14",
            type="133",
            value_codes=(ValueAmount("QA", "315.00"),),
            **php,
        ),
        "",
    ),
    "hours unreadable": (
        bill("9128M", through="2026-01-11", type="133", value_codes=(ValueAmount("QA", "-1"),), **iop),
        "line 1: 128 129",
    ),
    "hours unreadable php": (
        bill("9095M", through="2026-01-11", type="133", value_codes=(ValueAmount("QA", "-1"),), **php),
        "line 1: 95 131",
    ),
    "hours adjustment": (bill("9095M", type="137", **php), "line 1: 131"),
    "hours adjustment goes on": (
        bill(
            "9095M",
            s("9095M", on="2026-01-13"),
            through="2026-01-13",
            type="137",
            condition_codes=("41", "MW"),
            principal_diagnosis="F20.9",
        ),
        "line 1: 131; line 2: 95 131",
    ),
    "hours other frequency": (bill("9095M", type="138", **php), "line 1: 131"),
    "fqhc visit": (bill(at("G0466", rev="0521"), "9001M", type="771"), ""),
    "fqhc pairing": (
        bill(at("G0466", rev="0521"), at("G0467", rev="0521"), "9001M", "9002M", type="771"),
        "",
    ),
    "fqhc one service for two": (
        bill(at("G0466", rev="0521"), at("G0467", rev="0521"), "9001M", type="771"),
        "line 2: 89",
    ),
    "fqhc mental": (bill(at("G0469", rev="0900"), "9080M", type="771"), ""),
    "fqhc mental revenue": (bill(at("G0469", rev="0521"), "9080M", type="771"), "line 1: 90"),
    "fqhc revenue invalid": (bill(at("G0466", rev="0199"), "9001M", type="771"), "line 1: 41"),
    "fqhc telehealth": (bill("G2025", type="771"), ""),
    "fqhc dcaps": (bill("9166M", type="771"), ""),
    "fqhc opioid": (bill("G2172", type="771"), ""),
    "fqhc opioid office": (bill("G2172", "G2086", type="771"), "claim: 88"),
    "fqhc not covered": (bill("9091M", at("9001M", rev="0540"), type="771"), "line 1: 91; line 2: 91"),
    "fqhc iop": (
        bill(
            at("9128M", rev="0905", quantity=3),
            at("9129M", rev="0519"),
            "9131M",
            at("G0469", rev="0521"),
            type="771",
            **iop,
        ),
        "line 4: 89",
    ),
    "fqhc iop few": (
        bill(at("9128M", rev="0905"), at("9130M", rev="0905"), type="771", **iop),
        "line 1: 128",
    ),
    "fqhc iop no primary": (
        bill(at("9129M", rev="0905"), "9131M", type="771", **iop),
        "line 1: 128; claim: 88 190",
    ),
    "fqhc iop reported day": (
        bill(at("9128M", rev="0905", quantity=3), s("9131M", on=B), through=B, type="771", **iop),
        "",
    ),
    "fqhc iop not covered": (
        bill(at("9128M", rev="0905", quantity=3), at("9129M", rev="0540"), type="771", **iop),
        "line 2: 91",
    ),
    "fqhc summary": (bill("9001M", type="770"), ""),
    "fqhc demonstration": (
        bill("9110M", "9067M", type="771", condition_codes=("65",)),
        "line 1: 110; claim: 88",
    ),
    "rhc iop": (bill(at("9128M", rev="0905"), at("9129M", rev="0905"), "9091M", type="711", **iop), ""),
    "rhc iop no primary": (
        bill(at("9129M", rev="0905"), at("9018M", rev="0905"), type="711", **iop),
        "claim: 190",
    ),
    "hospice physician": (bill(at("9072M", rev="0657"), "9072M", type="811", on=A), "line 2: 72"),
    "clinic supply": (bill("9072M", type="711"), ""),
    "critical access fee": (bill(at("9072M", rev="0960"), "9072M", type="851"), "line 2: 72"),
    "part b": (bill("9114M", at("9001M", rev="0270"), "9001M", type="121"), "line 3: 127"),
    "part b all inclusive": (
        bill(at("9001M", rev="0240"), at("9001M", rev="0636"), "9001M", type="121"),
        "line 3: 127",
    ),
    "part b older": (
        bill(at("9001M", rev="0240", on="2023-06-01"), on="2023-06-01", type="121"),
        "line 1: 127",
    ),
    "ambulance modifier": (bill(at("9001M", "ZZ", rev="0540")), ""),
    "system modifier": (bill(s("9001M", "@1")), ""),
    "home health hipps": (bill(at("9999M", "ZZ", "YY", rev="0023", on=None), "9001M", type="321"), ""),
    "home health year": (
        bill(
            s("9999M", on="2025-12-20"),
            s("9999M", on="2026-01-05"),
            on="2025-12-20",
            through="2026-01-10",
            type="321",
        ),
        "line 1: 6; line 2: 6",
    ),
    "home health year older": (
        bill(s("9999M", on="2019-11-20"), on="2019-11-20", through="2020-01-10", type="321"),
        "line 1: 6",
    ),
    "home health long": (
        bill(s("9999M", on="2025-12-01"), on="2025-12-01", through="2026-02-10", type="321"),
        "line 1: 6",
    ),
    "home health modifiers": (
        bill(
            at("9001M", "CT", "FX", rev="0023"),
            s("9001M", "CT", "FX"),
            s("9001M", "FX", "CT"),
            s("9001M", "CT", "25"),
            type="321",
        ),
        "line 2: 102; line 3: 102",
    ),
    "contractor adjustment": (bill(s(on=None), s(on="2026-02-01"), type="32G"), ""),
    "contractor adjustment undated": (bill(s(on=None), type="32G"), ""),
    "home health undated": (bill(at("9001M", rev="0023", on=None), type="321"), ""),
    "vaccine at home": (bill("9167M", "9062M", type="341"), "line 2: 62"),
    "antigen unrelated": (
        bill("9167M", "9062M", "9013M", condition_codes=("07",), type="811"),
        "line 2: 62; line 3: 13",
    ),
    "antigen skilled": (bill("9167M", "9062M", condition_codes=("07",), type="221"), ""),
    "emergency end given": (bill("9124M", value_codes=(ValueAmount("Z9", "202602.01"),)), ""),
    "emergency end unreadable": (
        bill("9124M", s("9124M", on=B), through=B, value_codes=(ValueAmount("Z9", "7"),)),
        "line 2: 124",
    ),
    "waiver before": (bill(s("9001M", "CS", on="2020-01-06"), on="2020-01-06"), ""),
    "waiver eligible": (
        bill(s("9114M", "CS", on="2020-06-01"), s(None, on="2020-06-01"), on="2020-06-01"),
        "line 2: 48",
    ),
    "colorectal there": (bill(s("9001M", "PT"), "9114M"), ""),
    "telehealth listed": (bill(s("9114M", "95"), type="851"), ""),
    "modifier started": (bill(s("9001M", "KX", on="2026-02-02"), on="2026-02-02"), ""),
    "clinic modifier other": (bill(s("9104M", "25"), type="711"), ""),
    "clinic program modifier": (bill(at("9128M", "CG", rev="0905"), type="711", **iop), ""),
    "in approval": (
        bill(
            s("9069M", on="2026-02-15"),
            s("9083M", on="2026-02-15"),
            s("9134M", on="2026-02-15"),
            on="2026-02-15",
        ),
        "line 2: 83",
    ),
    "period older": (bill(s("9134M", on="2022-06-01"), on="2022-06-01"), ""),
    "biological revenue": (bill(at(None, rev="0250"), "9001M"), "line 1: 111"),
    "noncovered revenue": (bill(at(None, rev="0760"), "9112M"), "line 1: 9 48; line 2: 112"),
    "no age": (bill("9007M", age=17), ""),
    "unknown age": (bill("9007M", subscriber=bill().subscriber.evolve(birth_date=None)), "claim: 25"),
    "supplier beside comprehensive": (bill("9061M", "9004M"), ""),
    "sex waived": (bill(condition_codes=("45",)), ""),
    "e2 antigen": (
        bill("9167M", "9028M", "9013M", condition_codes=("07",), type="721"),
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
        bill(s("9001M", on="2020-03-31"), on="2020-03-31", through="2020-04-02", principal_diagnosis="U07.1"),
        "",
    ),
    "inpatient program older": (
        bill(s("9001M", on="2023-06-01"), on="2023-06-01", type="121", condition_codes=("41",)),
        "claim: 46",
    ),
    "inpatient program": (bill(type="121", condition_codes=("41",)), "claim: 118"),
    "center without program": (bill(type="761"), "claim: 118"),
    "repeated visit distinct": (bill("9170M", "9170M", condition_codes=("G0",)), ""),
    "review of a denied day": (bill("9018M", "9001M", condition_codes=("20",)), "line 1: 18; line 2: 49"),
    "no such sex": (bill(subscriber=bill().subscriber.evolve(sex="X")), "claim: 26"),
    "fqhc iop service not covered": (
        bill(at("9128M", rev="0905", quantity=3), at("9171M", rev="0905"), type="771", **iop),
        "",
    ),
    "planning without its code": (bill("9152M", "9172M"), ""),
    "packaged image alone": (bill("9174M", "9001M"), ""),
    "off campus without class": (bill(s("9175M", "PN")), ""),
    "radiosurgery planning paid": (bill("9161M", "9176M"), ""),
    "ncci and others": (bill("9020M", "9021M", "9001M"), "line 2: 20"),
    "transfusion and more": (bill("9043M", "9001M"), "line 1: 43"),
    "blood on a denied day": (bill("9073M", "9018M"), "line 1: 49; line 2: 18"),
    "cornea and more": (bill("9093M", "9001M"), "line 1: 93"),
    "transplant and more": (bill("9100M", "9001M"), "line 1: 100"),
    "skin and more": (bill("9087M", "9001M"), "line 1: 87"),
    "skin by cost and more": (
        bill(s("9087M", on="2024-06-03"), s("9001M", on="2024-06-03"), on="2024-06-03"),
        "line 1: 87",
    ),
    "trauma and more": (bill("9076M", "9001M"), "line 1: 76"),
    "home health new year code": (
        bill(s("9177M", on="2025-12-20"), on="2025-12-20", through="2026-01-10", type="321"),
        "",
    ),
    "clinic and more": (bill(s("9104M", "CG"), "9001M", type="711"), "line 1: 104"),
    "contractor and more": (bill("9072M", "9001M"), "line 1: 72"),
    "supplier and more": (bill("9061M", "9001M"), "line 1: 61"),
    "only in programs and more": (bill("9081M", "9001M"), "line 1: 81 133"),
    "php older denied": (
        bill(s("9018M", on="2023-06-01"), s("9095M", on="2023-06-01"), on="2023-06-01", **php),
        "line 1: 18; line 2: 49",
    ),
    "php primary add-on": (bill("9178M", **php), ""),
    "mental health conditional alone": (bill("9179M"), ""),
    "direct not recognized": (
        bill(at("9058M", rev="0990"), at("9058M", rev="0300")),
        "line 1: 50 65; line 2: 58",
    ),
    "inherent and more": (
        bill("9017M", s("9001M", on=B), s("9017M", on=A), "9002M", through=B),
        "line 1: 17; line 3: 17",
    ),
    "ancillary without class": (bill("9182M", "9001M"), ""),
    "visit without class": (bill("9183M"), ""),
    "radiosurgery planning without class": (bill("9161M", "9184M"), ""),
    "off campus without its class": (bill(s("9185M", "PN")), ""),
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
