"""The facts that CMS's tables hold of a code, one bit each, and the names of the columns they come from.

A line's `flags` joins the facts of its HCPCS code and of its revenue code, so that one look at all
lines of a bill tells which edits can apply to it at all.
"""

from __future__ import annotations

__all__ = ["DIAGNOSIS_COLUMNS", "HCPCS_COLUMNS", "MODIFIER_COLUMNS", "REVENUE_COLUMNS", "mask_of"]

HCPCS_COLUMNS = (
    "addon_covid_lab",
    "addon_drug_admin",
    "addon_saas",
    "addon_type1",
    "addon_type2",
    "addon_type3",
    "advance_care_planning",
    "allogeneic_transplant",
    "annual_wellness_visit",
    "antigen",
    "bilateral_conditional",
    "bilateral_independent",
    "bilateral_inherent",
    "blood_product",
    "blood_service",
    "bundled_in_biological",
    "bypass_e72_fqhc_rhc",
    "bypass_e92_modifier",
    "bypass_e99",
    "capc_exclusion",
    "capc_srs_plan_and_prep",
    "cast",
    "cms_mid_quarter_termination",
    "coinsurance_deductible_waiver_eligible",
    "colorectal",
    "cornea_tissue_processing",
    "cornea_transplant",
    "critical_care_ancillary",
    "daily_mental_health",
    "device",
    "device_dependent_procedure",
    "device_procedure",
    "dmerc_billable_only",
    "educational",
    "fqhc_chronic_care",
    "fqhc_dcaps",
    "fqhc_non_covered",
    "fqhc_non_packaged_preventive",
    "imrt",
    "information_only",
    "iop_addon",
    "iop_not_mh",
    "iop_primary",
    "iop_service",
    "mh_not_iop",
    "mh_not_ph",
    "ncci_code1",
    "ncci_code2",
    "negative_pressure_wound_therapy",
    "non_billable_mac",
    "non_covered",
    "non_reportable_site",
    "nonopioid_device",
    "not_recognized_mcare",
    "not_recognized_opps",
    "observation",
    "observation_direct_admit",
    "observation_hospital_only",
    "observation_hourly",
    "opioid_treatment_program",
    "override_section603",
    "packed_red_cells",
    "part_b_billable",
    "passthrough_device",
    "ph_addon",
    "ph_not_mh",
    "ph_primary",
    "ph_service",
    "php_iop_reportable",
    "questionable",
    "remote_mental_health",
    "remote_mental_health_addon",
    "rhc_modifier_conflict",
    "separate_procedure",
    "skin_substitute_application_procedure",
    "skin_substitute_hi",
    "skin_substitute_lo",
    "skin_substitute_sg_hi",
    "skin_substitute_sg_lo",
    "splint",
    "statutory_exclusion",
    "stv_packaged",
    "t_packaged",
    "telehealth",
    "therapy_conditionally_paid",
    "token_charge_only",
    "trauma_critical_care",
    "trauma_revenue_code",
    "unclassified_drug",
    "vaccine",
    "whole_blood",
)
"""Columns of CMS's HCPCS table; the constants below name their bits in the same order."""

REVENUE_COLUMNS = (
    "not_recognized",
    "therapy",
    "bypass_e48",
    "statutory_exclusion",
    "bundled_in_biological",
    "part_b_billable_inpatient",
)
"""Columns of the revenue code table; their bits follow those of HCPCS."""

MODIFIER_COLUMNS = ("ncci", "therapy", "telehealth", "assistant_surgeon")

DIAGNOSIS_COLUMNS = (
    "external_cause",
    "mental_health",
    "manifestation",
    "code_first",
    "unacceptable_pdx",
    "unacceptable_pdx_exclusion",
    "unacceptable_pdx_exclusion_ignored",
)


def mask_of(columns: tuple[str, ...], *names: str) -> int:
    """Return the bits of the named columns.

    >>> mask_of(MODIFIER_COLUMNS, "therapy")
    2
    """
    return sum(1 << columns.index(name) for name in names)


def _hcpcs(*names: str) -> int:
    return mask_of(HCPCS_COLUMNS, *names)


def _revenue(name: str) -> int:
    return mask_of(REVENUE_COLUMNS, name) << len(HCPCS_COLUMNS)


ADDON_COVID_LAB = _hcpcs("addon_covid_lab")
ADDON_DRUG_ADMIN = _hcpcs("addon_drug_admin")
ADDON_SAAS = _hcpcs("addon_saas")
ADDON_TYPE_1 = _hcpcs("addon_type1")
ADDON_TYPE_2 = _hcpcs("addon_type2")
ADDON_TYPE_3 = _hcpcs("addon_type3")
ADVANCE_CARE_PLANNING = _hcpcs("advance_care_planning")
ALLOGENEIC_TRANSPLANT = _hcpcs("allogeneic_transplant")
ANNUAL_WELLNESS_VISIT = _hcpcs("annual_wellness_visit")
BILATERAL = _hcpcs("bilateral_conditional", "bilateral_independent")
BILATERAL_INHERENT = _hcpcs("bilateral_inherent")
BLOOD_PRODUCT = _hcpcs("blood_product")
BLOOD_SERVICE = _hcpcs("blood_service")
BUNDLED_IN_BIOLOGICAL = _hcpcs("bundled_in_biological")
BYPASS_72 = _hcpcs("bypass_e72_fqhc_rhc")
BYPASS_92 = _hcpcs("bypass_e92_modifier")
BYPASS_99 = _hcpcs("bypass_e99")
COMPREHENSIVE_EXCLUSION = _hcpcs("capc_exclusion")
RADIOSURGERY_PLANNING = _hcpcs("capc_srs_plan_and_prep")
ANTIGEN_CAST_SPLINT = _hcpcs("antigen", "cast", "splint")
HOME_HEALTH_OPPS = ANTIGEN_CAST_SPLINT | _hcpcs("vaccine", "negative_pressure_wound_therapy")
EMERGENCY_CODE = _hcpcs("cms_mid_quarter_termination")
WAIVER_ELIGIBLE = _hcpcs("coinsurance_deductible_waiver_eligible")
COLORECTAL_SCREENING = _hcpcs("colorectal")
CORNEA_TISSUE = _hcpcs("cornea_tissue_processing")
CORNEA_TRANSPLANT = _hcpcs("cornea_transplant")
CRITICAL_CARE_ANCILLARY = _hcpcs("critical_care_ancillary")
DAILY_MENTAL_HEALTH = _hcpcs("daily_mental_health")
DEVICE = _hcpcs("device")
DEVICE_DEPENDENT = _hcpcs("device_dependent_procedure")
DEVICE_PROCEDURE = _hcpcs("device_procedure")
SUPPLIER_ONLY = _hcpcs("dmerc_billable_only")
EDUCATIONAL = _hcpcs("educational")
FQHC_CHRONIC_CARE = _hcpcs("fqhc_chronic_care")
FQHC_DCAPS = _hcpcs("fqhc_dcaps")
FQHC_NON_COVERED = _hcpcs("fqhc_non_covered")
FQHC_PREVENTIVE = _hcpcs("fqhc_non_packaged_preventive")
IMRT_PLAN = _hcpcs("imrt")
INFORMATION_ONLY = _hcpcs("information_only")
IOP_ADDON = _hcpcs("iop_addon")
IOP_NOT_MENTAL_HEALTH = _hcpcs("iop_not_mh")
IOP_PRIMARY = _hcpcs("iop_primary")
IOP_SERVICE = _hcpcs("iop_service")
MENTAL_HEALTH_NOT_IOP = _hcpcs("mh_not_iop")
MENTAL_HEALTH_NOT_PHP = _hcpcs("mh_not_ph")
NCCI_COLUMN_1 = _hcpcs("ncci_code1")
NCCI_COLUMN_2 = _hcpcs("ncci_code2")
NOT_BILLABLE_TO_MAC = _hcpcs("non_billable_mac")
NON_COVERED = _hcpcs("non_covered")
NON_REPORTABLE_SITE = _hcpcs("non_reportable_site")
NON_OPIOID_DEVICE = _hcpcs("nonopioid_device")
NOT_RECOGNIZED_BY_MEDICARE = _hcpcs("not_recognized_mcare")
NOT_RECOGNIZED_BY_OPPS = _hcpcs("not_recognized_opps")
OBSERVATION = _hcpcs("observation")
OBSERVATION_DIRECT = _hcpcs("observation_direct_admit")
OBSERVATION_HOURLY = _hcpcs("observation_hourly")
OBSERVATION_HOSPITAL = OBSERVATION_HOURLY | _hcpcs("observation_hospital_only")
OPIOID_TREATMENT_PROGRAM = _hcpcs("opioid_treatment_program")
OVERRIDE_603 = _hcpcs("override_section603")
PACKED_RED_CELLS = _hcpcs("packed_red_cells")
PART_B_BILLABLE = _hcpcs("part_b_billable")
PASS_THROUGH_DEVICE = _hcpcs("passthrough_device")
PHP_ADDON = _hcpcs("ph_addon")
PHP_NOT_MENTAL_HEALTH = _hcpcs("ph_not_mh")
PHP_PRIMARY = _hcpcs("ph_primary")
PHP_SERVICE = _hcpcs("ph_service")
REPORTED_WITH_PROGRAM = _hcpcs("php_iop_reportable")
QUESTIONABLE = _hcpcs("questionable")
REMOTE_MENTAL_HEALTH = _hcpcs("remote_mental_health")
REMOTE_MENTAL_HEALTH_ADDON = _hcpcs("remote_mental_health_addon")
RHC_MODIFIER = _hcpcs("rhc_modifier_conflict")
SEPARATE_PROCEDURE = _hcpcs("separate_procedure")
SKIN_APPLICATION = _hcpcs("skin_substitute_application_procedure")
SKIN_HIGH_COST = _hcpcs("skin_substitute_hi")
SKIN_LOW_COST = _hcpcs("skin_substitute_lo")
SKIN_SURGERY_HIGH = _hcpcs("skin_substitute_sg_hi")
SKIN_SURGERY_LOW = _hcpcs("skin_substitute_sg_lo")
STATUTORY_EXCLUSION = _hcpcs("statutory_exclusion")
STV_PACKAGED = _hcpcs("stv_packaged")
T_PACKAGED = _hcpcs("t_packaged")
TELEHEALTH = _hcpcs("telehealth")
SOMETIMES_THERAPY = _hcpcs("therapy_conditionally_paid")
TOKEN_CHARGE_ONLY = _hcpcs("token_charge_only")
CRITICAL_CARE = _hcpcs("trauma_critical_care")
TRAUMA_RESPONSE = _hcpcs("trauma_revenue_code")
UNCLASSIFIED_DRUG = _hcpcs("unclassified_drug")
WHOLE_BLOOD = _hcpcs("whole_blood")

REVENUE_NOT_RECOGNIZED = _revenue("not_recognized")
REVENUE_THERAPY = _revenue("therapy")
REVENUE_WITHOUT_HCPCS = _revenue("bypass_e48")
REVENUE_STATUTORY_EXCLUSION = _revenue("statutory_exclusion")
REVENUE_BUNDLED = _revenue("bundled_in_biological")
REVENUE_PART_B = _revenue("part_b_billable_inpatient")

MODIFIER_NCCI = mask_of(MODIFIER_COLUMNS, "ncci")
MODIFIER_THERAPY = mask_of(MODIFIER_COLUMNS, "therapy")
MODIFIER_TELEHEALTH = mask_of(MODIFIER_COLUMNS, "telehealth")
MODIFIER_ASSISTANT = mask_of(MODIFIER_COLUMNS, "assistant_surgeon")

EXTERNAL_CAUSE = mask_of(DIAGNOSIS_COLUMNS, "external_cause")
MENTAL_HEALTH = mask_of(DIAGNOSIS_COLUMNS, "mental_health")
MANIFESTATION = mask_of(DIAGNOSIS_COLUMNS, "manifestation")
CODE_FIRST = mask_of(DIAGNOSIS_COLUMNS, "code_first")
UNACCEPTABLE = mask_of(DIAGNOSIS_COLUMNS, "unacceptable_pdx")
UNACCEPTABLE_EXCLUSION = mask_of(DIAGNOSIS_COLUMNS, "unacceptable_pdx_exclusion")
EXCLUSION_IGNORED = mask_of(DIAGNOSIS_COLUMNS, "unacceptable_pdx_exclusion_ignored")
