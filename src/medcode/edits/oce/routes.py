"""Which edits a bill meets, and in which order: by type of bill, payment system, conditions and version.

The order is CMS's: an edit may look at what an earlier one rejected, packaged or classified.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from medcode.edits.oce import flags
from medcode.edits.oce.families import (
    bilateral,
    codes,
    devices,
    diagnoses,
    health_centers,
    hours,
    inpatient,
    mental_health,
    packaging,
    pairs,
    products,
    programs,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.oce.work import Work

__all__ = ["NON_OPPS_BILLS", "OPPS_BILLS", "Key", "Step", "key_of", "route"]

Step: TypeAlias = "Callable[[Work], bool | None]"

OPPS_BILLS = frozenset(
    ["12", "13", "14", "22", "23", "32", "34", "43", "71", "72", "74", "75", "76", "77", "81", "82", "87"]
)
NON_OPPS_BILLS = frozenset(
    [
        "12",
        "13",
        "14",
        "22",
        "23",
        "32",
        "34",
        "43",
        "71",
        "72",
        "73",
        "74",
        "75",
        "77",
        "78",
        "81",
        "82",
        "83",
        "84",
        "85",
        "87",
        "89",
    ]
)
"""Types of bill, by facility and classification, that the editor takes under each payment system."""

ANTIGENS_BY_OTHERS = frozenset(["22", "23", "32", "72", "74", "75", "81", "82"])
HOME_HEALTH_PLAN, HOSPICE_UNRELATED = "34", "07"
NEWEST = 1 << 16

IOP_BEGINS = 94

EVERY = "12 13 14 22 23 32 34 34* 43 71 72 73 74 75 76 77 78 81 82 83 84 85 87 89 07*"
"""All routes. A star marks what is paid under the outpatient system for some of its services alone: a home
health bill with vaccines, antigens, casts, splints or wound therapy, and other bills with condition code 07
and antigens, casts or splints."""

MOST = EVERY.replace(" 43", "")
OUTPATIENT = "13o-41-89-92"


class Key(NamedTuple):
    """All that decides on the route of a bill: its name, its payment system, its version and its conditions."""

    bill: str
    facility: str
    is_opps: bool
    version: int
    conditions: frozenset[str]
    is_summary: bool  # bill type 770, a health center's claim without visits


class Rule(NamedTuple):
    """A step, the routes that have it, the versions, and the flags without which it has nothing to do.

    A route is a type of bill, then `o` for the outpatient payment system or `n` for none, then the
    condition codes that it must have (+) or must not (-).
    """

    step: Step
    routes: str
    needs: int = 0
    since: int = 0
    until: int = NEWEST


ADD_ON = "12n 13n 14n 22 23 32 34 71 72 73 74 75 77 78 81 82 83 84 87 89 07*"
CRITICAL_ACCESS = "85-89"
INPATIENT_BILLS = "12 22 81 82"
CONFLICTS = "12 13-89 14 32 71 72 74 75 76 77-65 81 82 85-89"
PHP = "13o+41-92 76o-92"
IOP = "13o+92 76o+92"
PHP_BEFORE_IOP = "13o+41 76o"
INPATIENT_PART_A_SPENT = "12o+W2"
HOSPITALS = "12o 13o-89"
PRIMARY = f"{INPATIENT_PART_A_SPENT} {OUTPATIENT}"

RULES = (
    Rule(diagnoses.partial_hospitalization_not_allowed, "12 14 43"),
    Rule(diagnoses.denial_requested, EVERY, until=81),
    Rule(diagnoses.invalid, MOST),
    Rule(codes.revenue_invalid, EVERY),
    Rule(codes.hcpcs_invalid, MOST),
    Rule(codes.modifier_invalid, MOST.replace("77", "77-65")),
    Rule(packaging.default_classification, "12o 13o 14o 34* 76o 07*"),
    Rule(
        packaging.package_laboratory,
        "12o+W2 22 23 32 34 34* 43 71 72 73 74 75 76 77 78 81 82 83 84 85 87 89 07*",
    ),
    Rule(packaging.separate_laboratory, "12o-W2 14o"),
    Rule(packaging.outpatient_laboratory, "13"),
    Rule(packaging.sometimes_therapy, HOSPITALS, flags.SOMETIMES_THERAPY),
    Rule(packaging.advance_care_planning, "12o 13o 76o", flags.ADVANCE_CARE_PLANNING),
    Rule(codes.hospital_only, MOST.replace("13", "13+89").replace(" 85", ""), flags.OBSERVATION_HOSPITAL),
    Rule(visits.education_only, HOSPITALS, flags.EDUCATIONAL),
    Rule(packaging.incidental_only, "12o 13o 14o 76o"),
    Rule(packaging.primary_procedure, PRIMARY),
    Rule(inpatient.knee_anesthesia, PRIMARY),
    Rule(inpatient.patient_died, PRIMARY),
    Rule(inpatient.denied_day, f"{HOSPITALS} 76o"),
    Rule(diagnoses.review_requested, MOST),
    Rule(diagnoses.invalid_sex, EVERY.replace(" ", "-45 ") + "-45"),
    Rule(diagnoses.invalid_age, EVERY),
    Rule(diagnoses.ages, MOST),
    Rule(codes.hcpcs_age, MOST),
    Rule(diagnoses.external_cause, MOST),
    Rule(diagnoses.unacceptable_inpatient, INPATIENT_BILLS, since=77),
    Rule(diagnoses.unacceptable, "13 14 23 32 34 34* 71 72 73 74 75 76 77 78 83 84 85 87 89 07*", since=77),
    Rule(diagnoses.manifestation, MOST),
    Rule(codes.information_only, MOST, flags.INFORMATION_ONLY),
    Rule(codes.not_covered, MOST),
    Rule(codes.excluded_by_statute, MOST, flags.STATUTORY_EXCLUSION | flags.REVENUE_STATUTORY_EXCLUSION),
    Rule(codes.revenue_needs_hcpcs, "12 13-89 14 22 23 32 34 34* 71 72 73 74 75 76 77 78 83 84 87 89"),
    Rule(products.trauma_response, "12o 13-41-89-92 85-89", flags.TRAUMA_RESPONSE),
    Rule(codes.revenue_not_recognized, EVERY, flags.REVENUE_NOT_RECOGNIZED),
    Rule(codes.not_paid_by_medicare, "07*"),
    Rule(
        codes.not_recognized_by_medicare,
        "12 13-89 14 22 23 34* 85-89 07*",
        flags.NOT_RECOGNIZED_BY_MEDICARE,
    ),
    Rule(codes.not_paid_by_medicare, f"{HOSPITALS} 14o 76o"),
    Rule(codes.questionable, MOST, flags.QUESTIONABLE),
    Rule(
        codes.not_reportable_at_site,
        "14 22 23 32 34 34* 43 71 72 73 74 75 76 77 78 81 82 84 85+89 87 89 07*",
        flags.NON_REPORTABLE_SITE,
    ),
    Rule(codes.not_billable_to_mac, MOST, flags.NOT_BILLABLE_TO_MAC),
    Rule(codes.modifier_before_start, "12 13-89 14 85-89"),
    Rule(codes.modifier_conflict, CONFLICTS),
    Rule(codes.clinic_modifier, "71", flags.RHC_MODIFIER),
    Rule(codes.cost_sharing_waiver, MOST.replace(" 14", ""), until=91),
    Rule(codes.not_allowed_part_b_inpatient, "12-W2"),
    Rule(codes.telehealth_modifier, "85", since=92),
    Rule(codes.emergency_over, MOST.replace("77", "77-65"), since=88),
    Rule(codes.approval_dates, MOST.replace("77", "77-65")),
    Rule(codes.approval_dates_demonstration, "77+65"),
    Rule(products.transfusion_without_blood, f"{HOSPITALS} 34* 76o 07*", flags.BLOOD_SERVICE),
    Rule(products.blood_billing, f"12o {OUTPATIENT}", flags.BLOOD_PRODUCT),
    Rule(products.blood_revenue, f"12 {OUTPATIENT} 73 83 85-89"),
    Rule(products.cornea_tissue, "12 13-41-89-92 85-89", flags.CORNEA_TISSUE),
    Rule(products.donor_acquisition, "12 13-41-89-92 85-89", flags.ALLOGENEIC_TRANSPLANT),
    Rule(
        products.skin_substitute_by_cost,
        "12 13-41-89-92 83 85-89",
        flags.SKIN_SURGERY_LOW | flags.SKIN_SURGERY_HIGH,
        until=101,
    ),
    Rule(products.skin_substitute, "12 13-41-89-92 83 85-89", flags.SKIN_APPLICATION, since=102),
    Rule(codes.colorectal_modifier, "12 13-41-89-92 85-89"),
    Rule(
        codes.bundled_in_biological,
        "12 13-89 22 23 32 34 34* 71 72 74 75 76 77-65 78 81 82 83 84 85-89 07*",
        flags.BUNDLED_IN_BIOLOGICAL | flags.REVENUE_BUNDLED,
    ),
    Rule(codes.acquired_drug, "12o 13o 34* 76o 07*", since=87, until=97),
    Rule(codes.needs_manual_pricing, HOSPITALS, flags.UNCLASSIFIED_DRUG),
    Rule(devices.drug_without_service, f"{HOSPITALS} 76o"),
    Rule(pairs.ncci, MOST.replace(" 71", "").replace(" 77", ""), flags.NCCI_COLUMN_2),
    Rule(pairs.radiation_planning, f"12o {OUTPATIENT}", flags.IMRT_PLAN),
    Rule(pairs.covid_add_on, MOST, flags.ADDON_COVID_LAB, since=82, until=91),
    Rule(pairs.listed_add_on, f"{ADD_ON} 85", flags.ADDON_TYPE_1 | flags.ADDON_TYPE_3),
    Rule(pairs.contractor_add_on, f"{ADD_ON} 85", flags.ADDON_TYPE_2),
    Rule(pairs.drug_add_on, f"{ADD_ON} 85", flags.ADDON_DRUG_ADMIN),
    Rule(pairs.software_add_on, OUTPATIENT, flags.ADDON_SAAS, since=90),
    Rule(pairs.remote_add_on, HOSPITALS, flags.REMOTE_MENTAL_HEALTH_ADDON, since=90),
    Rule(mental_health.mental_health_composite, "12"),
    Rule(
        codes.opioid_treatment,
        MOST.replace("13", "13-89").replace("77", "77-65").replace(" 85 87 89 07*", " 85-89"),
        flags.OPIOID_TREATMENT_PROGRAM,
        since=78,
    ),
    Rule(programs.only_in_iop, OUTPATIENT, flags.IOP_NOT_MENTAL_HEALTH, since=IOP_BEGINS),
    Rule(programs.only_in_php, OUTPATIENT, flags.PHP_NOT_MENTAL_HEALTH),
    Rule(programs.mental_health_diagnosis, f"{PHP} {IOP}", since=IOP_BEGINS),
    Rule(programs.mental_health_diagnosis, PHP_BEFORE_IOP, until=IOP_BEGINS - 1),
    Rule(programs.code_first_unmet, f"{PHP} {IOP}", since=IOP_BEGINS),
    Rule(programs.code_first_unmet, PHP_BEFORE_IOP, until=IOP_BEGINS - 1),
    Rule(programs.no_mental_health_diagnosis, f"{PHP} {IOP}", since=IOP_BEGINS),
    Rule(programs.no_mental_health_diagnosis, PHP_BEFORE_IOP, until=IOP_BEGINS - 1),
    Rule(programs.not_for_php, "13o+41", flags.MENTAL_HEALTH_NOT_PHP, until=89),
    Rule(programs.not_for_php, "76o", flags.MENTAL_HEALTH_NOT_PHP, until=IOP_BEGINS - 1),
    Rule(programs.not_for_php, "76o-92", flags.MENTAL_HEALTH_NOT_PHP, since=IOP_BEGINS),
    Rule(programs.not_for_iop, "76o+92", flags.MENTAL_HEALTH_NOT_IOP, since=IOP_BEGINS),
    Rule(programs.php_missing_primary, PHP, flags.PHP_SERVICE, since=IOP_BEGINS),
    Rule(programs.iop_missing_primary, IOP, flags.IOP_SERVICE, since=IOP_BEGINS),
    Rule(programs.php_older_services, PHP_BEFORE_IOP, until=IOP_BEGINS - 1),
    Rule(programs.php_services, PHP, since=IOP_BEGINS),
    Rule(programs.iop_services, IOP, since=IOP_BEGINS),
    Rule(hours.php_hours, PHP_BEFORE_IOP, until=IOP_BEGINS - 1),
    Rule(hours.php_hours, PHP, since=IOP_BEGINS),
    Rule(hours.iop_hours, IOP, since=IOP_BEGINS),
    Rule(mental_health.mental_health_beside_php, "13o+41", since=90, until=IOP_BEGINS - 1),
    Rule(mental_health.mental_health_beside_php, "13o+41-92", since=IOP_BEGINS),
    Rule(mental_health.mental_health_beside_iop, "13o+92", since=IOP_BEGINS),
    Rule(mental_health.mental_health_composite, "13o-41-89", until=IOP_BEGINS - 1),
    Rule(mental_health.mental_health_composite, OUTPATIENT, since=IOP_BEGINS),
    Rule(packaging.conditional_packaging, f"{HOSPITALS} 14o 34* 76o 07*"),
    Rule(packaging.critical_care, HOSPITALS, flags.CRITICAL_CARE_ANCILLARY),
    Rule(visits.several_observations, f"{OUTPATIENT} 85-89", flags.OBSERVATION_HOURLY),
    Rule(visits.observation_without_code, "13-41-89-92 85-89"),
    Rule(packaging.imaging_composites, HOSPITALS),
    Rule(packaging.primary_procedure, PRIMARY),
    Rule(visits.comprehensive_observation, PRIMARY, flags.OBSERVATION_HOURLY),
    Rule(visits.direct_referral, f"{HOSPITALS} 85-89", flags.OBSERVATION_DIRECT),
    Rule(packaging.off_campus_modifier, "13o-89"),
    Rule(packaging.off_campus_modifier_mental_health, "76o"),
    Rule(packaging.off_campus_classification, "13o-89"),
    Rule(devices.device_without_procedure, HOSPITALS),
    Rule(devices.procedure_without_device, HOSPITALS, flags.DEVICE_PROCEDURE),
    Rule(devices.procedure_without_its_device, HOSPITALS, flags.DEVICE_DEPENDENT, since=94),
    Rule(packaging.comprehensive_packaging, PRIMARY),
    Rule(bilateral.terminated, f"{HOSPITALS} 14o 85-89"),
    Rule(bilateral.inherent, "12 13-89 34* 07*", flags.BILATERAL_INHERENT),
    Rule(bilateral.inherent_critical_access, "85-89", flags.BILATERAL_INHERENT),
    Rule(packaging.standard_classification, "12 13-89 14o"),
    Rule(bilateral.units_with_modifier, "12 13-89 14 34* 07*", flags.BILATERAL),
    Rule(bilateral.units_with_modifier_professional, "85-89", flags.BILATERAL),
    Rule(health_centers.not_covered, "71", until=IOP_BEGINS - 1),
    Rule(programs.iop_missing_primary_clinic, "71o+92", flags.IOP_SERVICE, since=IOP_BEGINS),
    Rule(codes.clinic_modifier_on_program, "71o+92", since=IOP_BEGINS),
    Rule(health_centers.not_covered, "71-92", since=IOP_BEGINS),
    Rule(programs.iop_missing_primary_health_center, "77o+92-65-770", flags.IOP_SERVICE, since=IOP_BEGINS),
    Rule(programs.iop_services_health_center, "77o+92-65-770", since=IOP_BEGINS),
    Rule(health_centers.not_covered, "77-65-770", until=80),
    Rule(health_centers.not_covered, "77-770", since=81),
    Rule(health_centers.visits, "77-65-770", until=80),
    Rule(health_centers.visits, "77-770", since=81),
    Rule(
        codes.supplier_only,
        "12 13 14 22 23 71 72 73 74 75 76 77 78 83 84 85 87 89",
        flags.SUPPLIER_ONLY,
    ),
    Rule(codes.not_recognized_by_opps, f"{HOSPITALS} 14o 34* 07*-skilled", flags.NOT_RECOGNIZED_BY_OPPS),
    Rule(inpatient.separate_procedure, f"{HOSPITALS} 76o", flags.SEPARATE_PROCEDURE),
    Rule(visits.visit_and_procedure, f"12o {OUTPATIENT}"),
    Rule(visits.visit_and_procedure_critical_access, "85-89"),
    Rule(visits.several_visits, f"{OUTPATIENT}-G0"),
    Rule(products.token_charge_only, "12 13-41-89-92 83 85-89", flags.TOKEN_CHARGE_ONLY),
    Rule(products.token_charge_for_drug, "12o 13o 76o", since=84),
    Rule(devices.pass_through_device, f"12o {OUTPATIENT}", flags.PASS_THROUGH_DEVICE),
    Rule(devices.non_opioid_devices, f"12o {OUTPATIENT}", since=98),
    Rule(devices.non_opioid_drugs, f"{HOSPITALS} 76o", since=98),
    Rule(packaging.not_separately_payable, "12o 13o 14o 34* 76o 07*"),
)


def key_of(work: Work) -> Key:
    """Return what decides on the route of a bill."""
    is_opps, facility = bool(work.bill.opps), work.facility
    bill = facility
    if is_opps and facility == HOME_HEALTH_PLAN and work.flags & flags.HOME_HEALTH_OPPS:
        bill = "34*"
    is_partly_paid = is_opps and facility in ANTIGENS_BY_OTHERS and HOSPICE_UNRELATED in work.conditions
    if is_partly_paid and work.flags & flags.ANTIGEN_CAST_SPLINT:
        bill = "07*"
    return Key(
        bill, facility, is_opps, work.version.number, work.conditions & DECIDING, work.bill_type == "770"
    )


@lru_cache(maxsize=4096)
def route(key: Key) -> tuple[tuple[Step, int], ...]:
    """Return the steps of a bill, each with the flags without which it need not be taken."""
    conditions = _conditions(key)
    return tuple(
        (rule.step, rule.needs)
        for rule, when in _rules_of(key.bill)
        if rule.since <= key.version <= rule.until
        and when.system in ("", "o" if key.is_opps else "n")
        and when.wanted <= conditions
        and not when.unwanted & conditions
    )


def _conditions(key: Key) -> frozenset[str]:
    """Return the condition codes of a key, and the names of two more conditions."""
    more = {"770": key.is_summary, "skilled": key.facility in ("22", "23")}
    return key.conditions | {name for name, holds in more.items() if holds}


class _When(NamedTuple):
    """One route of a rule: its type of bill, the payment system if that matters, and the conditions."""

    bill: str
    system: str
    wanted: frozenset[str]
    unwanted: frozenset[str]


_ROUTE = re.compile(r"(?P<bill>\d\d\*?)(?P<system>[on]?)(?P<conditions>(?:[-+]\w+)*)")


def _parsed(text: str) -> _When:
    """Parse a route as the table writes it.

    >>> _parsed("12o+W2").system, sorted(_parsed("13-41-89").unwanted)
    ('o', ['41', '89'])
    """
    match = _ROUTE.fullmatch(text)
    assert match is not None, text  # noqa: S101  # the table is ours
    conditions = re.findall(r"([-+])(\w+)", match["conditions"])
    wanted, unwanted = (frozenset(code for sign, code in conditions if sign == own) for own in "+-")
    return _When(match["bill"], match["system"], wanted, unwanted)


@lru_cache(maxsize=64)
def _rules_of(bill: str) -> tuple[tuple[Rule, _When], ...]:
    """Return the rules that a type of bill has at all, in order."""
    routes = ((rule, _parsed(name)) for rule in RULES for name in rule.routes.split())
    return tuple((rule, when) for rule, when in routes if when.bill == bill)


DECIDING = frozenset(
    code
    for rule in RULES
    for name in rule.routes.split()
    for code in _parsed(name).wanted | _parsed(name).unwanted
    if len(code) == len("41")
)
"""The condition codes that any route asks for."""
