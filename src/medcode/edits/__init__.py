"""Edits: what is wrong with a claim, who says so, and how to fix it.

`check` judges claims (SNIP types 3 to 7), `select` returns the edits that would run, and `explain`
what one of them means. `EDITS` is the registry: one line for each edit, loaded when it is first used.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from medcode.claims.model.claim import Claim
from medcode.codesets import clock
from medcode.edits.base import Edit
from medcode.edits.context import Context
from medcode.edits.days import day_of
from medcode.edits.engine import Engine
from medcode.edits.explanation import Explanation, explained
from medcode.edits.fixes import apply_fixes, minimal_fixes
from medcode.edits.profile import DEFAULT, PROFILES, Profile, concerning, profile_of, words
from medcode.edits.registry import Registry
from medcode.edits.selection import chosen
from medcode.edits.tables import NO_TABLES, Tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from medcode.edits.base import AnyEdit
    from medcode.findings import Report

__all__ = [
    "DEFAULT",
    "EDITS",
    "NO_TABLES",
    "PROFILES",
    "Context",
    "Edit",
    "Explanation",
    "Profile",
    "Tables",
    "apply_fixes",
    "check",
    "check_as_of",
    "explain",
    "minimal_fixes",
    "select",
]

EDITS = Registry(
    {
        "ICD01": "icd.billable:BillableOnDate",
        "ICD02": "icd.excludes1:Excludes1",
        "ICD03": "icd.repeated:RepeatedDiagnosis",
        "ICD04": "icd.families:MixedIcd",
        "ICD05": "icd.first:ManifestationFirst",
        "ICD06": "icd.first:ExternalCauseFirst",
        "ICD07": "icd.first:SequelaFirst",
        "ICD08": "icd.maternity:DeliveryWithoutOutcome",
        "ICD09": "icd.maternity:NormalDeliveryAndMore",
        "ICD10": "icd.maternity:WeeksWithoutPregnancy",
        "ICD11": "icd.code_first:CodeFirst",
        "ICD12": "icd.code_first:UseAdditional",
        "ICD13": "icd.side:UnspecifiedSide",
        "ICD14": "icd.side:RedundantSide",
        "ICD15": "icd.span:SpanCrossesChange",
        "ICD16": "icd.present_on_admission:PresentOnAdmission",
        "ICD17": "icd.presumed:HypertensionPresumed",
        "ICD18": "icd.presumed:PresumedComplication",
        "ICD19": "icd.order:OnlyFirst",
        "ICD20": "icd.order:SupplementaryFirst",
        "ICD21": "icd.order:StatusFirst",
        "ICD22": "icd.trimester:TrimesterOfWeeks",
        "MCE01": "mce.edits:MCE_EDITS",
        "MCE02": "mce.edits:MCE_EDITS",
        "MCE03": "mce.edits:MCE_EDITS",
        "MCE04": "mce.edits:MCE_EDITS",
        "MCE05": "mce.edits:MCE_EDITS",
        "MCE06": "mce.edits:MCE_EDITS",
        "MCE07": "mce.edits:MCE_EDITS",
        "MCE08": "mce.edits:MCE_EDITS",
        "MCE09": "mce.edits:MCE_EDITS",
        "MCE10": "mce.edits:MCE_EDITS",
        "MCE11": "mce.edits:MCE_EDITS",
        "MCE12": "mce.edits:MCE_EDITS",
        "MCE13": "mce.edits:MCE_EDITS",
        "MCE14": "mce.edits:MCE_EDITS",
        "MCE15": "mce.edits:MCE_EDITS",
        "MCE16": "mce.edits:MCE_EDITS",
        "MCE17": "mce.edits:MCE_EDITS",
        "MCE18": "mce.edits:MCE_EDITS",
        "MCE19": "mce.edits:MCE_EDITS",
        "MCE20": "mce.edits:MCE_EDITS",
        "MCE21": "mce.edits:MCE_EDITS",
        "OCE01": "oce.edits:OCE_EDITS",
        "OCE02": "oce.edits:OCE_EDITS",
        "OCE05": "oce.edits:OCE_EDITS",
        "OCE06": "oce.edits:OCE_EDITS",
        "OCE07": "oce.edits:OCE_EDITS",
        "OCE09": "oce.edits:OCE_EDITS",
        "OCE10": "oce.edits:OCE_EDITS",
        "OCE11": "oce.edits:OCE_EDITS",
        "OCE12": "oce.edits:OCE_EDITS",
        "OCE13": "oce.edits:OCE_EDITS",
        "OCE17": "oce.edits:OCE_EDITS",
        "OCE18": "oce.edits:OCE_EDITS",
        "OCE20": "oce.edits:OCE_EDITS",
        "OCE21": "oce.edits:OCE_EDITS",
        "OCE22": "oce.edits:OCE_EDITS",
        "OCE23": "oce.edits:OCE_EDITS",
        "OCE24": "oce.edits:OCE_EDITS",
        "OCE25": "oce.edits:OCE_EDITS",
        "OCE26": "oce.edits:OCE_EDITS",
        "OCE27": "oce.edits:OCE_EDITS",
        "OCE28": "oce.edits:OCE_EDITS",
        "OCE29": "oce.edits:OCE_EDITS",
        "OCE30": "oce.edits:OCE_EDITS",
        "OCE35": "oce.edits:OCE_EDITS",
        "OCE37": "oce.edits:OCE_EDITS",
        "OCE38": "oce.edits:OCE_EDITS",
        "OCE40": "oce.edits:OCE_EDITS",
        "OCE41": "oce.edits:OCE_EDITS",
        "OCE42": "oce.edits:OCE_EDITS",
        "OCE43": "oce.edits:OCE_EDITS",
        "OCE44": "oce.edits:OCE_EDITS",
        "OCE45": "oce.edits:OCE_EDITS",
        "OCE46": "oce.edits:OCE_EDITS",
        "OCE47": "oce.edits:OCE_EDITS",
        "OCE48": "oce.edits:OCE_EDITS",
        "OCE49": "oce.edits:OCE_EDITS",
        "OCE50": "oce.edits:OCE_EDITS",
        "OCE51": "oce.edits:OCE_EDITS",
        "OCE53": "oce.edits:OCE_EDITS",
        "OCE55": "oce.edits:OCE_EDITS",
        "OCE57": "oce.edits:OCE_EDITS",
        "OCE58": "oce.edits:OCE_EDITS",
        "OCE60": "oce.edits:OCE_EDITS",
        "OCE61": "oce.edits:OCE_EDITS",
        "OCE62": "oce.edits:OCE_EDITS",
        "OCE65": "oce.edits:OCE_EDITS",
        "OCE66": "oce.edits:OCE_EDITS",
        "OCE67": "oce.edits:OCE_EDITS",
        "OCE68": "oce.edits:OCE_EDITS",
        "OCE69": "oce.edits:OCE_EDITS",
        "OCE70": "oce.edits:OCE_EDITS",
        "OCE72": "oce.edits:OCE_EDITS",
        "OCE73": "oce.edits:OCE_EDITS",
        "OCE74": "oce.edits:OCE_EDITS",
        "OCE76": "oce.edits:OCE_EDITS",
        "OCE79": "oce.edits:OCE_EDITS",
        "OCE80": "oce.edits:OCE_EDITS",
        "OCE81": "oce.edits:OCE_EDITS",
        "OCE82": "oce.edits:OCE_EDITS",
        "OCE83": "oce.edits:OCE_EDITS",
        "OCE86": "oce.edits:OCE_EDITS",
        "OCE87": "oce.edits:OCE_EDITS",
        "OCE88": "oce.edits:OCE_EDITS",
        "OCE89": "oce.edits:OCE_EDITS",
        "OCE90": "oce.edits:OCE_EDITS",
        "OCE91": "oce.edits:OCE_EDITS",
        "OCE92": "oce.edits:OCE_EDITS",
        "OCE93": "oce.edits:OCE_EDITS",
        "OCE95": "oce.edits:OCE_EDITS",
        "OCE98": "oce.edits:OCE_EDITS",
        "OCE99": "oce.edits:OCE_EDITS",
        "OCE100": "oce.edits:OCE_EDITS",
        "OCE101": "oce.edits:OCE_EDITS",
        "OCE102": "oce.edits:OCE_EDITS",
        "OCE103": "oce.edits:OCE_EDITS",
        "OCE104": "oce.edits:OCE_EDITS",
        "OCE105": "oce.edits:OCE_EDITS",
        "OCE106": "oce.edits:OCE_EDITS",
        "OCE107": "oce.edits:OCE_EDITS",
        "OCE108": "oce.edits:OCE_EDITS",
        "OCE109": "oce.edits:OCE_EDITS",
        "OCE110": "oce.edits:OCE_EDITS",
        "OCE111": "oce.edits:OCE_EDITS",
        "OCE112": "oce.edits:OCE_EDITS",
        "OCE113": "oce.edits:OCE_EDITS",
        "OCE114": "oce.edits:OCE_EDITS",
        "OCE115": "oce.edits:OCE_EDITS",
        "OCE116": "oce.edits:OCE_EDITS",
        "OCE117": "oce.edits:OCE_EDITS",
        "OCE118": "oce.edits:OCE_EDITS",
        "OCE120": "oce.edits:OCE_EDITS",
        "OCE121": "oce.edits:OCE_EDITS",
        "OCE122": "oce.edits:OCE_EDITS",
        "OCE123": "oce.edits:OCE_EDITS",
        "OCE124": "oce.edits:OCE_EDITS",
        "OCE125": "oce.edits:OCE_EDITS",
        "OCE126": "oce.edits:OCE_EDITS",
        "OCE127": "oce.edits:OCE_EDITS",
        "OCE128": "oce.edits:OCE_EDITS",
        "OCE129": "oce.edits:OCE_EDITS",
        "OCE130": "oce.edits:OCE_EDITS",
        "OCE131": "oce.edits:OCE_EDITS",
        "OCE132": "oce.edits:OCE_EDITS",
        "OCE133": "oce.edits:OCE_EDITS",
        "OCE134": "oce.edits:OCE_EDITS",
        "OCE135": "oce.edits:OCE_EDITS",
        "OCE136": "oce.edits:OCE_EDITS",
        "OCE137": "oce.edits:OCE_EDITS",
        "OCE138": "oce.edits:OCE_EDITS",
        "OCE190": "oce.edits:OCE_EDITS",
        "OCE191": "oce.edits:OCE_EDITS",
        "NCCI01": "ncci.pairs:ProcedurePair",
        "NCCI02": "ncci.units:UnlikelyUnits",
        "NCCI03": "ncci.add_on:AddOnAlone",
        "PFS01": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS02": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS03": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS04": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS05": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS06": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS07": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS08": "fees.indicators:FEE_SCHEDULE_EDITS",
        "PFS09": "fees.hospital:TechnicalPartInHospital",
        "AGE01": "icd.age:DiagnosisAge",
        "AGE02": "icd.newborn:NewbornExamination",
        "AGE03": "claim.user_tables:USER_TABLE_EDITS",
        "SEX03": "claim.user_tables:USER_TABLE_EDITS",
        "SEX01": "icd.sex:DiagnosisSex",
        "SEX02": "icd.sex_list:SexByLastList",
        "MOD01": "modifiers.conflicts:ModifierConflict",
        "MOD02": "modifiers.companions:ModifierAlone",
        "MOD03": "modifiers.required:ModifierOfOtherService",
        "MOD04": "modifiers.required:ServiceNeedsModifier",
        "MOD05": "modifiers.sides:SideOfDiagnosis",
        "MOD06": "modifiers.telehealth:TelehealthPlace",
        "MOD07": "modifiers.wasted:DiscardedAlone",
        "MOD08": "modifiers.discipline:TherapyDiscipline",
        "MOD09": "modifiers.wasted:SingleDoseWaste",
        "MOD10": "modifiers.order:ModifierOrder",
        "MOD11": "modifiers.facility:ModifierOfOtherSetting",
        "AMB01": "claim.trips:OriginAndDestination",
        "AMB02": "claim.trips:MileageWithoutTransport",
        "AMB03": "claim.trips:TransportWithoutMileage",
        "AMB04": "claim.trips:MileagePrecision",
        "DAY01": "claim.days_billed:CoveredDays",
        "DAY02": "claim.days_billed:RoomDays",
        "DAY03": "claim.days_billed:SharedDays",
        "MSP01": "claim.payers:SecondaryWithoutValueCode",
        "MSP02": "claim.payers:PrimaryWithValueCode",
        "MSP03": "claim.payers:AgeOfPrimary",
        "NBN01": "claim.newborn:NewbornSource",
        "NBN02": "claim.newborn:NewbornAge",
        "OBS01": "claim.observation:ReferralWithoutHours",
        "OBS02": "claim.observation:ObservationBill",
        "OBS03": "claim.observation:ObservationRevenue",
        "ORD01": "claim.ordered:OrderingProvider",
        "VAX01": "claim.ordered:AdministrationWithoutVaccine",
        "CLM01": "claim.pointer:PointerToNothing",
        "CLM02": "claim.total:ClaimTotal",
        "CLM03": "claim.npi:NpiCheckDigit",
        "CLM04": "claim.procedure:LineWithoutProcedure",
        "CLM05": "claim.units:ZeroUnits",
        "CLM06": "claim.duplicates:DuplicateLine",
        "CLM07": "history.claims:DuplicateClaim",
        "CLM08": "claim.frequency:ReplacementWithoutNumber",
        "CLM09": "claim.frequency:FrequencyOfPayers",
        "CLM10": "claim.dates:FutureService",
        "CLM11": "claim.dates:ServiceBeforeBirth",
        "CLM12": "claim.dates:ImpossibleBirth",
        "CLM13": "claim.timely:TimelyFiling",
        "CLM14": "claim.dates:LineOutsideStatement",
        "CLM15": "claim.dates:ReversedSpan",
        "CLM16": "claim.charges:NegativeCharge",
        "CLM17": "claim.charges:NothingCharged",
        "CLM18": "claim.charges:LineDecisionUnbalanced",
        "CLM19": "claim.charges:ClaimDecisionUnbalanced",
        "CLM20": "claim.address:BoxAsBillingAddress",
        "CLM21": "claim.address:ShortZip",
        "CLM22": "claim.address:UnknownState",
        "CLM23": "claim.identifiers:TaxIdShape",
        "CLM24": "claim.code_sets:CODE_SET_EDITS",
        "CLM25": "claim.identifiers:CliaShape",
        "CLM26": "claim.code_sets:CODE_SET_EDITS",
        "CLM27": "claim.identifiers:MbiShape",
        "CLM28": "claim.bill:InterimStatus",
        "CLM29": "claim.bill:HourOfNoDischarge",
        "CLM30": "claim.bill:NoAdmission",
        "CLM31": "claim.bill:AdmissionType",
        "CLM32": "claim.code_sets:CODE_SET_EDITS",
        "CLM33": "claim.bill:RepeatedOccurrence",
        "CLM34": "claim.code_sets:CODE_SET_EDITS",
        "CLM35": "claim.accident:AccidentWithoutState",
        "CLM36": "claim.accident:AccidentWithoutDate",
        "CLM37": "claim.code_sets:CODE_SET_EDITS",
        "CLM38": "claim.modifiers:RepeatedModifier",
        "CLM39": "claim.modifiers:DistinctTwice",
        "CLM40": "claim.modifiers:BothSidesAndOne",
        "CLM41": "claim.code_sets:CODE_SET_EDITS",
        "CLM42": "claim.codes:UndescribedService",
        "CLM43": "claim.codes:AnesthesiaInUnits",
        "CLM44": "claim.code_sets:CODE_SET_EDITS",
        "CLM45": "claim.codes:DrugWithoutNdc",
        "CLM46": "claim.user_tables:USER_TABLE_EDITS",
        "CLM47": "claim.user_tables:USER_TABLE_EDITS",
        "CLM48": "claim.user_tables:USER_TABLE_EDITS",
        "CLM49": "claim.modifiers:DistinctOnVisit",
        "CLM50": "claim.modifiers:VisitModifierOnProcedure",
        "CLM51": "claim.code_sets:CODE_SET_EDITS",
        "CLM52": "claim.code_sets:CODE_SET_EDITS",
        "CLM53": "claim.code_sets:CODE_SET_EDITS",
        "CLM54": "claim.code_sets:CODE_SET_EDITS",
        "CLM55": "claim.certificates:WaivedTestWithoutClia",
        "CLM56": "claim.certificates:LaboratoryWithoutClia",
        "CLM57": "claim.certificates:MammographyUncertified",
        "CLM58": "claim.certificates:AmbulanceWithoutTrip",
        "CLM59": "claim.assignment:AssignmentRefused",
        "CLM60": "claim.assignment:LaboratoryAssignmentOnly",
        "CLM61": "claim.assignment:AcceptedButNotAssigned",
        "CLM62": "claim.assignment:NoProviderSignature",
        "CLM63": "claim.charges:TotalDecisionUnbalanced",
        "CLM64": "claim.address:IncompleteAddress",
        "CLM65": "claim.address:ZipShape",
        "CLM66": "claim.order:DatesOutOfOrder",
        "CLM67": "claim.order:DateInFuture",
        "CLM68": "claim.stay_bill:AdmissionOutsideBill",
        "CLM69": "claim.stay_bill:ProcedureOutsideStay",
        "CLM70": "claim.stay_bill:DeathWithoutDate",
        "CLM71": "claim.stay_bill:OutpatientLineUndated",
        "CLM72": "claim.stay_bill:DrugLineWithoutProcedure",
        "CLM73": "claim.roles:ProviderWithoutNpi",
        "CLM75": "claim.roles:PhoneShape",
        "CLM76": "claim.roles:SocialSecurityShape",
        "CLM77": "claim.codes:MinutesWithoutAnesthesia",
        "CLM78": "claim.units:QuantityTooFine",
        "CLM79": "claim.accident:WorkInjuryUndated",
        "CLM80": "claim.user_tables:USER_TABLE_EDITS",
        "CLM81": "claim.stay_bill:TotalAsLine",
        "CLM82": "claim.dental:NoSuchTooth",
        "CLM83": "claim.modifiers:BothSidesInUnits",
        "CLM84": "claim.bill_codes:ChangeReason",
        "CLM85": "claim.bill_codes:SpanOutsideBill",
        "CLM86": "claim.bill_codes:DialysisWithoutSize",
        "CLM87": "claim.visit_places:VisitOutOfPlace",
        "CLM88": "claim.bill_codes:HospiceDeath",
        "DEN01": "claim.dental:OutsideArea",
        "DEN02": "claim.dental:SurfacesOfTooth",
        "DEN03": "claim.dental:WithoutTooth",
        "DEN04": "claim.dental:MissingTooth",
        "DEN05": "claim.dental_dates:MonthsOfTreatment",
        "DEN06": "claim.dental_dates:DentalDates",
        "HIS01": "history.claims:DuplicateOfHistory",
        "HIS02": "history.claims:PairOfHistory",
        "HIS03": "history.claims:UnitsOfHistory",
        "HIS04": "history.visits:NewPatientSeenBefore",
        "HIS05": "history.visits:VisitInGlobalPeriod",
        "HIS06": "history.window:OutpatientInWindow",
        "HIS07": "history.frequency:OverFrequency",
        "POL01": "own.coverage:POLICY_EDITS",
        "POL02": "own.coverage:POLICY_EDITS",
        "POL03": "own.coverage:POLICY_EDITS",
        "POL04": "own.coverage:POLICY_EDITS",
        "POL05": "own.coverage:POLICY_EDITS",
        "PAY01": "own.payer:PayerFilingLimit",
        "PAY02": "own.payer:FieldRequiredByPayer",
        "SIT01": "situations.payers:PAYER_EDITS",
        "SIT02": "situations.payers:PAYER_EDITS",
        "SIT03": "situations.payers:PAYER_EDITS",
        "SIT04": "situations.payers:PAYER_EDITS",
        "SIT05": "situations.payers:PAYER_EDITS",
        "SIT06": "situations.payers:PAYER_EDITS",
        "SIT07": "situations.payers:PAYER_EDITS",
        "SIT08": "situations.payers:PAYER_EDITS",
        "SIT09": "situations.payers:PAYER_EDITS",
        "SIT10": "situations.payers:PAYER_EDITS",
        "SIT11": "situations.payers:PAYER_EDITS",
        "SIT12": "situations.payers:PAYER_EDITS",
        "SIT13": "situations.payers:PAYER_EDITS",
        "SIT14": "situations.stays:STAY_EDITS",
        "SIT15": "situations.stays:STAY_EDITS",
        "SIT16": "situations.stays:STAY_EDITS",
        "SIT17": "situations.stays:STAY_EDITS",
        "SIT18": "situations.stays:STAY_EDITS",
        "SIT19": "situations.stays:STAY_EDITS",
        "SIT20": "situations.stays:STAY_EDITS",
        "SIT21": "situations.stays:STAY_EDITS",
        "SIT22": "situations.stays:STAY_EDITS",
        "SIT23": "situations.stays:STAY_EDITS",
        "SIT24": "situations.stays:STAY_EDITS",
        "SIT25": "situations.stays:STAY_EDITS",
        "SIT26": "situations.services:SERVICE_EDITS",
        "SIT27": "situations.services:SERVICE_EDITS",
        "SIT28": "situations.services:SERVICE_EDITS",
        "SIT29": "situations.services:SERVICE_EDITS",
        "SIT30": "situations.services:SERVICE_EDITS",
        "SIT31": "situations.services:SERVICE_EDITS",
        "SIT32": "situations.services:SERVICE_EDITS",
        "SIT33": "situations.services:SERVICE_EDITS",
        "SIT34": "situations.services:SERVICE_EDITS",
        "SIT35": "situations.services:SERVICE_EDITS",
        "SIT36": "situations.services:SERVICE_EDITS",
        "SIT37": "situations.services:SERVICE_EDITS",
        "SIT38": "situations.services:SERVICE_EDITS",
        "SIT39": "situations.services:SERVICE_EDITS",
        "SIT40": "situations.services:SERVICE_EDITS",
        "SIT41": "situations.services:SERVICE_EDITS",
        "SIT42": "situations.links:LINK_EDITS",
        "SIT43": "situations.links:LINK_EDITS",
        "SIT44": "situations.links:LINK_EDITS",
        "SIT45": "situations.links:LINK_EDITS",
        "SIT46": "situations.links:LINK_EDITS",
        "SIT47": "situations.payers:PAYER_EDITS",
        "SIT48": "situations.links:LINK_EDITS",
        "SIT49": "situations.links:LINK_EDITS",
        "SIT50": "situations.stays:STAY_EDITS",
        "SIT51": "situations.medicare:MEDICARE_EDITS",
        "SIT52": "situations.medicare:MEDICARE_EDITS",
        "SIT53": "situations.medicare:MEDICARE_EDITS",
        "SIT54": "situations.medicare:MEDICARE_EDITS",
        "SIT55": "situations.medicare:MEDICARE_EDITS",
        "SIT56": "situations.medicare:MEDICARE_EDITS",
        "SIT57": "situations.medicare:MEDICARE_EDITS",
    }
)


def select(
    *selected: str, ignore: Iterable[str] = (), profile: Profile | str = DEFAULT, on: date | None = None
) -> tuple[AnyEdit, ...]:
    """Return the edits that a check would run.

    `selected` and `ignore` are ids (`MCE04`), names (`age-conflict`), families (`MCE`) or SNIP types
    (`SNIP5`); `on` leaves out edits that are not in force that day. Raises ValueError for an
    unknown selector, and TypeError if `on` is not a date.

    >>> [edit.id for edit in select("claim-total", "npi-check-digit")]
    ['CLM02', 'CLM03']
    """
    return _selected(selected, words(ignore), profile_of(profile), day_of(on), EDITS.version)


def check(  # noqa: PLR0913  # the first four are the public contract
    claims: Claim | Iterable[Claim],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    on: date | None = None,
    *,
    profile: Profile | str = DEFAULT,
    tables: Tables = NO_TABLES,
    history: Claim | Iterable[Claim] | None = None,
) -> Report:
    """Check one claim or many; the report's findings are in claim order.

    `on` is the day the transaction is made (default: today). Codes are judged on the claim's own
    dates. Selection is as for `select`; `tables` holds what only the user can give. `history` are claims
    that were sent before, in any order: the claims are compared with them and with one another, patient by
    patient; an empty one compares the batch alone. Raises ValueError
    for an unknown selector or profile, and TypeError for anything but claims, or if `on` is not a date.

    >>> from medcode.edits.examples import visit
    >>> report = check(visit("M54.5", on="2021-10-01"))
    >>> report.ok, [finding.rule for finding in report]
    (False, ['ICD01'])
    """
    day = day_of(on) or clock.today()
    profile = profile_of(profile)
    if not words(select):
        profile = concerning(profile, tables, history=history is not None)
    edits = _selected(words(select), words(ignore), profile, None, EDITS.version)
    return check_as_of(claims, lambda: day, edits, profile, tables, history)


def check_as_of(  # noqa: PLR0913, PLR0917  # as `check`
    claims: Claim | Iterable[Claim],
    day: Callable[[], date],
    edits: tuple[AnyEdit, ...],
    profile: Profile,
    tables: Tables,
    history: Claim | Iterable[Claim] | None = None,
) -> Report:
    """Run edits that are selected already, on each claim as of the day that `day` returns when it is reached.

    The transaction sets of a file may have been made on different days.
    """
    sent = None if history is None else _many(history)
    return _engine(edits, profile).check(_many(claims), day, tables, sent)


def explain(rule: str) -> Explanation:
    """Return the explanation of an edit by id or name. Raises ValueError, with the nearest names, for an unknown one.

    >>> print(explain("CLM02").what)
    The total of the claim is not the sum of its lines.
    """
    return explained(EDITS.named(rule))


def _many(claims: object) -> Iterable[Claim]:
    """Return one claim or many as an iterable. Raises TypeError for anything else."""
    if isinstance(claims, Claim):
        return (claims,)
    if isinstance(claims, (str, bytes)) or not isinstance(claims, Iterable):
        raise TypeError(
            f"expected a claim or a list of claims, not {type(claims).__name__}; scrub takes files and their text"
        )
    return claims


@lru_cache(maxsize=64)
def _selected(
    selected: tuple[str, ...], ignore: tuple[str, ...], profile: Profile, on: date | None, _version: int
) -> tuple[AnyEdit, ...]:
    return chosen(EDITS, selected, ignore, profile, on)


@lru_cache(maxsize=64)
def _engine(edits: tuple[AnyEdit, ...], profile: Profile) -> Engine:
    weights = {EDITS.named(rule).id: severity for rule, severity in profile.severities.items()}
    return Engine(edits, weights)
