"""Small tables for the examples of the editor: invented codes (U9 and digits), by no means CMS's.

They hold a code or two for each edit, named after the edit it serves, and the bills that meet it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from medcode.codesets.pairs import PairRow
from medcode.edits.examples import BILLING, PAYER, SUBSCRIBER
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
    "U9001": {"status": "S", "apc": "05001"},  # any service
    "U9002": {"status": "V", "apc": "05002"},  # a visit
    "U9003": {"status": "T", "apc": "05003"},  # a procedure
    "U9004": {"status": "J1", "apc": "05004", "rank": 2},  # comprehensive procedures
    "U9005": {"status": "J1", "apc": "05004", "rank": 1},
    "U9007": {"ages": (0, 17)},
    "U9009": {"flags": "non_covered"},
    "U9012": {"flags": "questionable"},
    "U9013": {"status": "E2"},
    "U9017": {"flags": "bilateral_inherent"},
    "U9018": {"status": "C"},
    "U9020": {"flags": "ncci_code1 ncci_code2"},
    "U9021": {"flags": "ncci_code1 ncci_code2"},
    "U9022": {"flags": "ncci_code1 ncci_code2"},
    "U9027": {"status": "N", "apc": "00000"},
    "U9028": {"flags": "not_recognized_mcare"},
    "U9035": {"flags": "educational"},
    "U9037": {"flags": "bilateral_conditional"},
    "U9038": {"status": "H"},
    "U9043": {"flags": "blood_service"},
    "U9045": {"status": "C", "flags": "separate_procedure"},
    "U9050": {"flags": "statutory_exclusion"},
    "U9051": {"status": "N", "flags": "observation observation_hourly"},
    "U9055": {"flags": "non_reportable_site"},
    "U9058": {"status": "S", "flags": "observation observation_direct_admit"},
    "U9061": {"status": "Y", "flags": "dmerc_billable_only"},
    "U9062": {"status": "B", "flags": "not_recognized_opps"},
    "U9066": {"status": "K", "flags": "unclassified_drug"},
    "U9067": {"dates": (67, 20260201, 0)},
    "U9068": {"dates": (68, 20260201, 0)},
    "U9069": {"dates": (69, 20260201, 20260301)},
    "U9072": {"status": "M", "flags": "non_billable_mac"},
    "U9073": {"status": "R", "flags": "blood_product packed_red_cells"},
    "U9076": {"flags": "trauma_revenue_code"},
    "U9077": {"status": "S", "flags": "trauma_critical_care"},
    "U9078": {"status": "Q3", "apc": "05001", "flags": "critical_care_ancillary"},
    "U9079": {"status": "Q1", "apc": "05001", "flags": "critical_care_ancillary stv_packaged"},
    "U9080": {"flags": "mh_not_ph mh_not_iop daily_mental_health"},
    "U9081": {"flags": "ph_not_mh iop_not_mh"},
    "U9082": {"flags": "token_charge_only"},
    "U9083": {"dates": (83, 0, 20251231)},
    "U9087": {"flags": "skin_substitute_application_procedure skin_substitute_sg_lo"},
    "U9088": {"flags": "skin_substitute_sg_hi"},
    "U9089": {"flags": "skin_substitute_hi skin_substitute_lo", "status": "S1"},
    "U9091": {"flags": "fqhc_non_covered"},
    "U9092": {"flags": "device_procedure bypass_e92_modifier"},
    "U9093": {"flags": "cornea_tissue_processing"},
    "U9094": {"flags": "cornea_transplant"},
    "U9095": {"flags": "ph_primary ph_service", "status": "P", "hours": (0, 0)},
    "U9096": {"flags": "ph_service", "status": "P", "hours": (2, 2)},
    "U9098": {"status": "H", "flags": "passthrough_device device"},
    "U9099": {"status": "K"},
    "U9100": {"flags": "allogeneic_transplant"},
    "U9101": {"status": "J2", "apc": "05002"},
    "U9104": {"flags": "rhc_modifier_conflict"},
    "U9106": {"flags": "addon_type1"},
    "U9107": {"flags": "addon_type2"},
    "U9108": {"flags": "addon_type3"},
    "U9109": {"flags": "addon_drug_admin"},
    "U9110": {"dates": (110, 20260201, 0)},
    "U9111": {"flags": "bundled_in_biological"},
    "U9112": {"flags": "information_only non_covered"},
    "U9114": {"flags": "coinsurance_deductible_waiver_eligible colorectal telehealth part_b_billable"},
    "U9115": {"flags": "addon_covid_lab"},
    "U9116": {"flags": "opioid_treatment_program"},
    "U9121": {"status": "B"},
    "U9122": {"status": "G", "apc": "05005"},
    "U9124": {"flags": "cms_mid_quarter_termination"},
    "U9125": {"flags": "imrt"},
    "U9128": {"flags": "iop_primary iop_service", "status": "P", "hours": (0, 0)},
    "U9129": {"flags": "iop_service", "status": "P", "hours": (1, 1)},
    "U9130": {"flags": "iop_service iop_addon ph_service ph_addon", "status": "P"},
    "U9131": {"flags": "php_iop_reportable"},
    "U9134": {"dates": (134, 20260201, 0)},
    "U9135": {"flags": "device_dependent_procedure"},
    "U9136": {"dates": (136, 20260201, 0)},
    "U9137": {"status": "H1", "flags": "nonopioid_device"},
    "U9138": {"status": "K1"},
    "U9139": {"status": "K1"},
    "U9140": {"status": "K1"},
    "U9141": {"status": "K1"},
    "U9142": {"status": "H1", "flags": "nonopioid_device"},
    "U9143": {"status": "H1", "flags": "nonopioid_device"},
    "U9150": {"status": "Q4"},  # a laboratory test
    "U9151": {"flags": "therapy_conditionally_paid"},
    "U9152": {"flags": "annual_wellness_visit"},
    "U9153": {"status": "Q3", "apc": "05006"},  # images: computed tomography without and with contrast
    "U9154": {"status": "Q3", "apc": "05006"},
    "U9155": {"status": "Q1", "apc": "05001", "flags": "stv_packaged"},
    "U9156": {"status": "Q1", "apc": "05003", "flags": "stv_packaged"},
    "U9157": {"status": "Q2", "apc": "05002", "flags": "t_packaged"},
    "U9158": {"status": "Q2", "apc": "05003", "flags": "t_packaged"},
    "U9159": {"status": "S", "apc": "05001", "flags": "override_section603"},
    "U9160": {"status": "Q3", "apc": "05001", "flags": "capc_srs_plan_and_prep"},
    "U9161": {"status": "J1", "apc": "05007", "rank": 3},  # radiosurgery
    "U9162": {"status": "Q3", "apc": "05003", "flags": "daily_mental_health"},
    "U9163": {"status": "S", "apc": "05003", "flags": "remote_mental_health"},
    "U9164": {
        "status": "S",
        "apc": "05003",
        "flags": "remote_mental_health remote_mental_health_addon",
    },
    "U9165": {"flags": "addon_saas"},
    "U9166": {"flags": "fqhc_dcaps"},
    "U9167": {"flags": "antigen vaccine"},
    "U9168": {"status": "C", "flags": "separate_procedure", "apc": None},
    "U9170": {"status": "V", "flags": "bilateral_inherent"},
    "U9171": {"flags": "fqhc_non_covered iop_service"},
    "U9172": {"flags": "advance_care_planning"},
    "U9174": {"status": "N"},  # an image that is always packaged
    "U9175": {"flags": "override_section603"},
    "U9176": {"flags": "capc_srs_plan_and_prep"},
    "U9178": {"flags": "ph_primary ph_addon", "status": "P"},
    "U9179": {"status": "Q3", "apc": "05001", "flags": "daily_mental_health"},
    "U9182": {"status": "Q3", "apc": "05999", "flags": "critical_care_ancillary"},
    "U9183": {"status": "J2"},
    "U9184": {"status": "Q3", "flags": "capc_srs_plan_and_prep"},
    "U9185": {"flags": "override_section603"},
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
    "F0280": ("code_first", (0, 124)),
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
    "add_on": ("U9106|U9001", "U9108|U9106", "U9106|U9108"),
    "drug_administration": ("U9109|U9001",),
    "covid_laboratory": ("U9115|U9001",),
    "remote_mental_health": ("U9164|U9163",),
    "software": ("U9165|U9001",),
    "device_dependent": ("U9135|U9098",),
    "fqhc_visit": ("G0466|U9001", "G0467|U9001", "G0467|U9002", "G0469|U9080"),
    "imrt": ("U9125|U9001",),
    "modifiers": ("CT|FX",),
    "rhc_modifier": ("U9104|CG",),
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
        + [_hcpcs("U9177", {})._replace(first=102)],
        "rank": [_row(code, about["rank"]) for code, about in CODES.items() if "rank" in about],
        "diagnosis": [
            _row(code, _mask(DIAGNOSIS_COLUMNS, names), *ages) for code, (names, ages) in DIAGNOSES.items()
        ]
        + [Row("U071", 79, LAST, (0, 0, 124))],
        "apc": [_row(apc, *about) for apc, about in APCS.items()],
        "modifier": [_row(code, _mask(MODIFIER_COLUMNS, names), 0) for code, names in MODIFIERS.items()]
        + [_row("XM", 0, 20260201)],
        "revenue": [_revenue(code, names) for code, names in REVENUE.items()],
        "imaging": [_row("U9153", "08005"), _row("U9154", "08006"), _row("U9174", "08005")],
        "off_campus": [_row("U9159", "05002"), _row("U9175", "05999")],
        "device_pair": [_row("U9098|U9003", 0), _row("U9098|U9004", 20260201)],
        **{f"pair:{name}": [_row(key) for key in keys] for name, keys in PAIRS.items()},
    }
    start, end = versions[0][1], versions[-1][2]
    ncci = [PairRow("U9020", "U9021", "0", start, end), PairRow("U9020", "U9022", "1", start, end)]
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
    code: str | None = "U9001", *modifiers: str, on: str | None = DAY, **changes: Any
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
        "subscriber": SUBSCRIBER.evolve(
            birth_date=first - relativedelta(years=age), claim_filing="MB", member_id="1EG4TE5MK73"
        ),
        "facility_type": type[:2],
        "frequency": type[2:],
        "statement_dates": (first, date.fromisoformat(through or on)),
        "discharge_status": "01",
        "principal_diagnosis": "I10",
        "lines": tuple(_lines(lines or ("U9001",), on)),
        **changes,
    }
    return InstitutionalClaim(**given)


def _lines(lines: tuple[InstitutionalLine | str, ...], on: str) -> Iterator[InstitutionalLine]:
    for line in lines:
        yield service(line, on=on) if isinstance(line, str) else line
