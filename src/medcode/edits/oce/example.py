"""Small tables for the examples of the editor: invented codes (9001M to 9999M), by no means CMS's.

They hold a code or two for each edit, named after the edit it serves, and the bills that meet it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from medcode.codesets.pairs import PairRow
from medcode.edits.examples import ATTENDING, BILLING, PAYER, SUBSCRIBER
from medcode.edits.oce.flags import (
    DIAGNOSIS_COLUMNS,
    HCPCS_COLUMNS,
    MODIFIER_COLUMNS,
    REVENUE_COLUMNS,
    mask_of,
)
from medcode.edits.oce.rows import Row
from medcode.edits.oce.stored import packed, unpacked
from medcode.edits.oce.tables import OceTables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine

__all__ = ["DAY", "bill", "example_tables", "service"]

FIRST, LAST = 76, 103
DAY = "2026-01-05"
NEVER = 20990101

CODES: dict[str, dict[str, Any]] = {
    "9001M": {"status": "S", "apc": "05001"},  # any service
    "9002M": {"status": "V", "apc": "05002"},  # a visit
    "9003M": {"status": "T", "apc": "05003"},  # a procedure
    "9004M": {"status": "J1", "apc": "05004", "rank": 2},  # comprehensive procedures
    "9005M": {"status": "J1", "apc": "05004", "rank": 1},
    "9007M": {"ages": (0, 17)},
    "9009M": {"flags": "non_covered"},
    "9012M": {"flags": "questionable"},
    "9013M": {"status": "E2"},
    "9017M": {"flags": "bilateral_inherent"},
    "9018M": {"status": "C"},
    "9019M": {"status": "C"},
    "9020M": {"flags": "ncci_code1 ncci_code2"},
    "9021M": {"flags": "ncci_code1 ncci_code2"},
    "9022M": {"flags": "ncci_code1 ncci_code2"},
    "9027M": {"status": "N", "apc": "00000"},
    "9028M": {"flags": "not_recognized_mcare"},
    "9035M": {"flags": "educational"},
    "9037M": {"flags": "bilateral_conditional"},
    "9038M": {"status": "H"},
    "9043M": {"flags": "blood_service"},
    "9045M": {"status": "C", "flags": "separate_procedure"},
    "9050M": {"flags": "statutory_exclusion"},
    "9051M": {"status": "N", "flags": "observation observation_hourly"},
    "9055M": {"flags": "non_reportable_site"},
    "9058M": {"status": "S", "flags": "observation observation_direct_admit"},
    "9061M": {"status": "Y", "flags": "dmerc_billable_only"},
    "9062M": {"status": "B", "flags": "not_recognized_opps"},
    "9066M": {"status": "K", "flags": "unclassified_drug"},
    "9067M": {"dates": (67, 20260201, 0)},
    "9068M": {"dates": (68, 20260201, 0)},
    "9069M": {"dates": (69, 20260201, 20260301)},
    "9072M": {"status": "M", "flags": "non_billable_mac"},
    "9073M": {"status": "R", "flags": "blood_product packed_red_cells"},
    "9076M": {"flags": "trauma_revenue_code"},
    "9077M": {"status": "S", "flags": "trauma_critical_care"},
    "9078M": {"status": "Q3", "apc": "05001", "flags": "critical_care_ancillary"},
    "9079M": {"status": "Q1", "apc": "05001", "flags": "critical_care_ancillary stv_packaged"},
    "9080M": {"flags": "mh_not_ph mh_not_iop daily_mental_health"},
    "9081M": {"flags": "ph_not_mh iop_not_mh"},
    "9082M": {"flags": "token_charge_only"},
    "9083M": {"dates": (83, 0, 20251231)},
    "9087M": {"flags": "skin_substitute_application_procedure skin_substitute_sg_lo"},
    "9088M": {"flags": "skin_substitute_sg_hi"},
    "9089M": {"flags": "skin_substitute_hi skin_substitute_lo", "status": "S1"},
    "9091M": {"flags": "fqhc_non_covered"},
    "9092M": {"flags": "device_procedure bypass_e92_modifier"},
    "9093M": {"flags": "cornea_tissue_processing"},
    "9094M": {"flags": "cornea_transplant"},
    "9095M": {"flags": "ph_primary ph_service", "status": "P", "hours": (0, 0)},
    "9096M": {"flags": "ph_service", "status": "P", "hours": (2, 2)},
    "9098M": {"status": "H", "flags": "passthrough_device device"},
    "9099M": {"status": "K"},
    "9100M": {"flags": "allogeneic_transplant"},
    "9101M": {"status": "J2", "apc": "05002"},
    "9104M": {"flags": "rhc_modifier_conflict"},
    "9106M": {"flags": "addon_type1"},
    "9107M": {"flags": "addon_type2"},
    "9108M": {"flags": "addon_type3"},
    "9109M": {"flags": "addon_drug_admin"},
    "9110M": {"dates": (110, 20260201, 0)},
    "9111M": {"flags": "bundled_in_biological"},
    "9112M": {"flags": "information_only non_covered"},
    "9114M": {"flags": "coinsurance_deductible_waiver_eligible colorectal telehealth part_b_billable"},
    "9115M": {"flags": "addon_covid_lab"},
    "9116M": {"flags": "opioid_treatment_program"},
    "9121M": {"status": "B"},
    "9122M": {"status": "G", "apc": "05005"},
    "9124M": {"flags": "cms_mid_quarter_termination"},
    "9125M": {"flags": "imrt"},
    "9128M": {"flags": "iop_primary iop_service", "status": "P", "hours": (0, 0)},
    "9129M": {"flags": "iop_service", "status": "P", "hours": (1, 1)},
    "9130M": {"flags": "iop_service iop_addon ph_service ph_addon", "status": "P"},
    "9131M": {"flags": "php_iop_reportable"},
    "9134M": {"dates": (134, 20260201, 0)},
    "9135M": {"flags": "device_dependent_procedure"},
    "9136M": {"dates": (136, 20260201, 0)},
    "9137M": {"status": "H1", "flags": "nonopioid_device"},
    "9138M": {"status": "K1"},
    "9139M": {"status": "K1"},
    "9140M": {"status": "K1"},
    "9141M": {"status": "K1"},
    "9142M": {"status": "H1", "flags": "nonopioid_device"},
    "9143M": {"status": "H1", "flags": "nonopioid_device"},
    "9150M": {"status": "Q4"},  # a laboratory test
    "9151M": {"flags": "therapy_conditionally_paid"},
    "9152M": {"flags": "annual_wellness_visit"},
    "9153M": {"status": "Q3", "apc": "05006"},  # images: computed tomography without and with contrast
    "9154M": {"status": "Q3", "apc": "05006"},
    "9155M": {"status": "Q1", "apc": "05001", "flags": "stv_packaged"},
    "9156M": {"status": "Q1", "apc": "05003", "flags": "stv_packaged"},
    "9157M": {"status": "Q2", "apc": "05002", "flags": "t_packaged"},
    "9158M": {"status": "Q2", "apc": "05003", "flags": "t_packaged"},
    "9159M": {"status": "S", "apc": "05001", "flags": "override_section603"},
    "9160M": {"status": "Q3", "apc": "05001", "flags": "capc_srs_plan_and_prep"},
    "9161M": {"status": "J1", "apc": "05007", "rank": 3},  # radiosurgery
    "9162M": {"status": "Q3", "apc": "05003", "flags": "daily_mental_health"},
    "9163M": {"status": "S", "apc": "05003", "flags": "remote_mental_health"},
    "9164M": {
        "status": "S",
        "apc": "05003",
        "flags": "remote_mental_health remote_mental_health_addon",
    },
    "9165M": {"flags": "addon_saas"},
    "9166M": {"flags": "fqhc_dcaps"},
    "9167M": {"flags": "antigen vaccine"},
    "9168M": {"status": "C", "flags": "separate_procedure", "apc": None},
    "9170M": {"status": "V", "flags": "bilateral_inherent"},
    "9171M": {"flags": "fqhc_non_covered iop_service"},
    "9172M": {"flags": "advance_care_planning"},
    "9174M": {"status": "N"},  # an image that is always packaged
    "9175M": {"flags": "override_section603"},
    "9176M": {"flags": "capc_srs_plan_and_prep"},
    "9178M": {"flags": "ph_primary ph_addon", "status": "P"},
    "9179M": {"status": "Q3", "apc": "05001", "flags": "daily_mental_health"},
    "9182M": {"status": "Q3", "apc": "05999", "flags": "critical_care_ancillary"},
    "9183M": {"status": "J2"},
    "9184M": {"status": "Q3", "flags": "capc_srs_plan_and_prep"},
    "9185M": {"flags": "override_section603"},
    "99497": {"status": "Q1", "flags": "advance_care_planning"},
    "27447": {"status": "J1", "apc": "05004", "rank": 4},
    "01402": {"status": "C"},
    "G0463": {"status": "J2", "apc": "05002"},
    "G0466": {"status": "A"},
    "G0467": {"status": "A"},
    "G0469": {"status": "A"},
    "G2025": {"status": "A"},
    "G2086": {"status": "A"},
    "G2172": {"status": "A"},
}

DIAGNOSES: dict[str, tuple[str, tuple[int, int]]] = {
    "I10": ("", (0, 124)),
    "O80": ("", (9, 64)),
    "W19XXXA": ("external_cause", (0, 124)),
    "D631": ("manifestation", (0, 124)),
    "Z370": ("unacceptable_pdx", (0, 124)),
    "Z5189": ("unacceptable_pdx unacceptable_pdx_exclusion", (0, 124)),
    "Z3800": ("unacceptable_pdx unacceptable_pdx_exclusion unacceptable_pdx_exclusion_ignored", (0, 124)),
    "F209": ("mental_health", (0, 124)),
    "E8411": ("", (0, 0)),
    "F0280": ("code_first", (0, 124)),
    "F05": ("code_first", (0, 124)),
}

APCS = {
    # classification: status, amount in cents, imaging, radiosurgery
    "05001": ("S", 10000, 0, False),
    "05002": ("V", 12000, 0, False),
    "05003": ("T", 40000, 0, False),
    "05004": ("J1", 500000, 0, False),
    "05005": ("G", 90000, 0, False),
    "05006": ("S", 11000, 0, False),
    "05007": ("J1", 600000, 0, True),
    "05853": ("P", 13000, 0, False),
    "05854": ("P", 15000, 0, False),
    "05861": ("P", 26000, 0, False),
    "05862": ("P", 37000, 0, False),
    "05863": ("P", 27000, 0, False),
    "05864": ("P", 38000, 0, False),
    "05881": ("J1", 700000, 0, False),
    "08005": ("S", 25000, 2, False),
    "08006": ("S", 40000, 3, False),
    "08010": ("S", 38000, 0, False),
    "08011": ("J2", 250000, 0, False),
}

MODIFIERS = {
    "25": "ncci",
    "59": "ncci",
    "GP": "therapy",
    "95": "telehealth",
    "82": "assistant_surgeon",
    **dict.fromkeys("50 52 73 74 76 BL CA CG CS CT FX JG PN PO PT".split(), ""),  # noqa: SIM905  # as a table
}

REVENUE = {
    **dict.fromkeys(
        (240, 300, 320, 360, 381, 382, 391, 450, 510, 519, 521, 540, 636, 681, 762, 815, 900, 905, 960), ""
    ),
    23: "",
    250: "bypass_e48 bundled_in_biological",
    420: "therapy",
    657: "",
    760: "",
    905: "",
    990: "not_recognized statutory_exclusion",
    270: "part_b_billable_inpatient",
}
PACKAGED_REVENUE = (250,)

PAIRS = {
    "add_on": ("9106M|9001M", "9108M|9106M", "9106M|9108M"),
    "drug_administration": ("9109M|9001M",),
    "covid_laboratory": ("9115M|9001M",),
    "remote_mental_health": ("9164M|9163M",),
    "software": ("9165M|9001M",),
    "device_dependent": ("9135M|9098M",),
    "fqhc_visit": ("G0466|9001M", "G0467|9001M", "G0467|9002M", "G0469|9080M"),
    "imrt": ("9125M|9001M",),
    "modifiers": ("CT|FX",),
    "rhc_modifier": ("9104M|CG",),
}


@cache
def example_tables() -> OceTables:
    """Return the tables of the examples.

    >>> str(example_tables())
    'IOCE v20.2 to v27.1, 2019-07-01 to 2026-06-30'
    """
    versions = [_version(number) for number in range(FIRST, LAST + 1)]
    tables = {
        "hcpcs": [_hcpcs(code, about) for code, about in CODES.items()]
        + [_hcpcs("9177M", {})._replace(first=102)],
        "rank": [_row(code, about["rank"]) for code, about in CODES.items() if "rank" in about],
        "diagnosis": [
            _row(code, _mask(DIAGNOSIS_COLUMNS, names), *ages) for code, (names, ages) in DIAGNOSES.items()
        ]
        + [Row("U071", 79, LAST, (0, 0, 124))],
        "apc": [_row(apc, *about) for apc, about in APCS.items()],
        "modifier": [_row(code, _mask(MODIFIER_COLUMNS, names), 0) for code, names in MODIFIERS.items()]
        + [_row("KX", 0, 20260201)],
        "revenue": [_revenue(code, names) for code, names in REVENUE.items()],
        "imaging": [_row("9153M", "08005"), _row("9154M", "08006"), _row("9174M", "08005")],
        "off_campus": [_row("9159M", "05002"), _row("9175M", "05999")],
        "device_pair": [_row("9098M|9003M", 0), _row("9098M|9004M", 20260201)],
        **{f"pair:{name}": [_row(key) for key in keys] for name, keys in PAIRS.items()},
    }
    start, end = versions[0][1], versions[-1][2]
    ncci = [PairRow("9020M", "9021M", "0", start, end), PairRow("9020M", "9022M", "1", start, end)]
    return OceTables(unpacked(packed(versions, tables, ncci, source="example")))


def _version(number: int) -> tuple[int, int, int, str]:
    start = date(2019, 7, 1) + relativedelta(months=3 * (number - FIRST))
    end = start + relativedelta(months=3, days=-1)
    quarter = (start.month + 2) // 3 - 1  # the versions of a year are .0 to .3
    return number, int(f"{start:%Y%m%d}"), int(f"{end:%Y%m%d}"), f"{start.year - 1999}.{quarter}"


def _row(key: str, *values: Any) -> Row:
    return Row(key, FIRST, LAST, values)


def _mask(columns: tuple[str, ...], names: str) -> int:
    return mask_of(columns, *names.split())


def _hcpcs(code: str, about: dict[str, Any]) -> Row:
    edit, approved, terminated = about.get("dates", (0, 0, 0))
    flags = f"{_mask(HCPCS_COLUMNS, about.get('flags', '')):x}"
    ages, hours = about.get("ages", (0, 124)), about.get("hours", (0, 0))
    status, apc = about.get("status", "S"), about.get("apc", "00000")
    return _row(code, flags, status, apc, *ages, edit, approved, terminated, *hours)


def _revenue(code: int, names: str) -> Row:
    flags = _mask(REVENUE_COLUMNS, names) << len(HCPCS_COLUMNS)
    return _row(str(code), f"{flags:x}", "N" if code in PACKAGED_REVENUE else "E1")


def service(
    code: str | None = "9001M", *modifiers: str, on: str | None = DAY, **changes: Any
) -> InstitutionalLine:
    """Return a line of one service of an outpatient bill, for 100 dollars."""
    from medcode.claims.model.institutional import InstitutionalLine
    from medcode.claims.model.procedure import Procedure

    given: dict[str, Any] = {
        "revenue_code": "0300",
        "procedure": None if code is None else Procedure(code, modifiers),
        "charge": "100",
        "service_date": on,
        **changes,
    }
    return InstitutionalLine(**given)


def bill(
    *lines: InstitutionalLine | str,
    type: str = "131",  # noqa: A002  # the type of bill
    on: str = DAY,
    through: str | None = None,
    age: int = 70,
    **changes: Any,
) -> InstitutionalClaim:
    """Return an outpatient bill of a day; a line may be given as its code alone."""
    from medcode.claims.model.institutional import InstitutionalClaim

    first = date.fromisoformat(on)
    given: dict[str, Any] = {
        "control_number": "EXAMPLE",
        "billing_provider": BILLING,
        "payer": PAYER,
        "subscriber": SUBSCRIBER.evolve(birth_date=first - relativedelta(years=age)),
        "facility_type": type[:2],
        "frequency": type[2:],
        "statement_dates": (first, date.fromisoformat(through or on)),
        "admission_type": "3",
        "admission_source": "1",
        "discharge_status": "01",
        "principal_diagnosis": "I10",
        "attending_provider": ATTENDING,
        "lines": tuple(_lines(lines or ("9001M",), on)),
        **changes,
    }
    return InstitutionalClaim(**given)


def _lines(lines: tuple[InstitutionalLine | str, ...], on: str) -> Iterator[InstitutionalLine]:
    for line in lines:
        yield service(line, on=on) if isinstance(line, str) else line
