"""What only the user can supply: tables under license or of one payer, and facts of the medical record.

Each field may be absent; an edit that needs it then answers `not_checked`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeAlias

import attrs

from medcode.claims.model.base import helpful
from medcode.codesets import poa_exempt
from medcode.codesets.icd10cm import Icd10Cm

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from medcode.codesets.fee_schedule import FeeSchedule
    from medcode.edits.limits import Frequency
    from medcode.edits.ncci.tables import AddOnTable, PairTable, UnitTable
    from medcode.edits.oce.tables import OceTables
    from medcode.edits.own.policy import PayerRules, Policy

__all__ = ["NO_TABLES", "Pair", "Tables"]

PUBLISHED = ("ptp", "mue", "add", "fee", "oce")
"""How the fields of published tables begin; the others are the user's own."""

FISCAL_YEAR_BEGINS = 10  # October

Pair: TypeAlias = frozenset[str]


def pairs(values: Iterable[Iterable[str]]) -> frozenset[Pair]:
    """Convert pairs of diagnosis codes, in any order and with or without dots."""
    return frozenset(frozenset(str(Icd10Cm.parse(code)) for code in pair) for pair in values)


def by_year(values: Mapping[int, Iterable[str]]) -> dict[int, frozenset[str]]:
    """Convert a list of diagnosis codes for each fiscal year. Raises ValueError for an empty list."""
    found = {year: frozenset(str(Icd10Cm.parse(code)) for code in codes) for year, codes in values.items()}
    if empty := [year for year, codes in found.items() if not codes]:
        raise ValueError(f"the POA exempt list of fiscal year {empty[0]} is empty; leave the year out")
    return found


def codes(values: Iterable[str]) -> frozenset[str]:
    """Convert a list of codes."""
    return frozenset(values)


def several(value: Any) -> tuple[Any, ...]:
    """Return one table or several as a tuple."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


@helpful
@attrs.frozen(kw_only=True)
class Tables:
    """The user's own tables and facts, passed to `check`.

    `unrelated` holds pairs of diagnoses that the record documents as unrelated to each other, so that
    an Excludes1 note does not hold for them (ICD-10-CM guideline I.A.12.a). `poa_exempt` gives for a
    fiscal year the diagnoses that need not say whether they were present on admission. NCCI's
    tables are one or several quarters of each, `fee_schedule` one or several releases of Medicare's, the
    newest first. `procedure_ages` gives the first and last age for a
    procedure, `procedure_sex` the sex, `procedure_places` its places of service, `necessity` the diagnoses (or how they begin)
    that it is covered for; `revenue_procedures` the procedures that a revenue code stands for and
    `procedure_drugs` the national drug codes (or how they begin) of a procedure. `frequency` says how often
    a procedure is covered, where the history of a patient is checked. `clia` lists the
    laboratory tests that need a CLIA number, `single_dose` the drugs of single-dose containers. `policies` are
    coverage policies and `payer_rules` what payers ask for; `medcode.edits.own.reading.read_tables` reads these and
    the tables before them from files. `oce` are the tables of the outpatient code editor (default:
    those of the package `pyoce`, if it is installed), `opps` whether the outpatient prospective payment
    system applies to the bills (default: as their type of bill says).

    >>> sorted(map(sorted, Tables(unrelated=[("R52", "H92.01")]).unrelated))
    [['H9201', 'R52']]
    """

    unrelated: frozenset[Pair] = attrs.field(default=(), converter=pairs)
    poa_exempt: Mapping[int, frozenset[str]] = attrs.field(factory=dict, converter=by_year)
    ptp_practitioner: tuple[PairTable, ...] = attrs.field(default=(), converter=several)
    ptp_outpatient: tuple[PairTable, ...] = attrs.field(default=(), converter=several)
    mue_practitioner: tuple[UnitTable, ...] = attrs.field(default=(), converter=several)
    mue_outpatient: tuple[UnitTable, ...] = attrs.field(default=(), converter=several)
    mue_supplier: tuple[UnitTable, ...] = attrs.field(default=(), converter=several)
    add_on: tuple[AddOnTable, ...] = attrs.field(default=(), converter=several)
    fee_schedule: tuple[FeeSchedule, ...] = attrs.field(default=(), converter=several)
    procedure_ages: Mapping[str, tuple[int, int]] = attrs.field(factory=dict)
    revenue_procedures: Mapping[str, Collection[str]] = attrs.field(factory=dict)
    procedure_places: Mapping[str, Collection[str]] = attrs.field(factory=dict)
    necessity: Mapping[str, Collection[str]] = attrs.field(factory=dict)
    procedure_drugs: Mapping[str, Collection[str]] = attrs.field(factory=dict)
    frequency: Mapping[str, Frequency] = attrs.field(factory=dict)
    procedure_sex: Mapping[str, str] = attrs.field(factory=dict)
    clia: frozenset[str] = attrs.field(default=(), converter=codes)
    single_dose: frozenset[str] = attrs.field(default=(), converter=codes)
    policies: tuple[Policy, ...] = attrs.field(default=(), converter=several)
    payer_rules: tuple[PayerRules, ...] = attrs.field(default=(), converter=several)
    oce: OceTables | None = None
    opps: bool | None = None

    @classmethod
    def installed(cls, **own: Any) -> Self:
        """Return tables read from the package `pyoce` installed beside medcode, with others of one's own.

        That package has the outpatient code editor's tables, among them NCCI's pairs of hospitals, the add-on codes
        and the ages of procedures. Raises TableError if it or its data cannot be found or read.
        """
        from medcode.edits.oce.tables import OceTables

        return cls.of_oce(OceTables.installed(), **own)

    @classmethod
    def of_oce(cls, oce: OceTables, **own: Any) -> Self:
        """Return the tables that the outpatient code editor's hold, with others of one's own instead or besides."""
        from medcode.edits.oce.borrowed import add_ons, ages, hospital_pairs

        held = {"ptp_outpatient": hospital_pairs(oce), "add_on": add_ons(oce), "procedure_ages": ages(oce)}
        return cls(oce=oce, **{**held, **own})

    def exempt_on(self, day: date | None) -> frozenset[str] | None:
        """Return the diagnoses exempt from POA reporting on a day; None without a list for its fiscal year."""
        if day is None:
            return None
        own = self.poa_exempt.get(day.year + (day.month >= FISCAL_YEAR_BEGINS))
        return poa_exempt.exempt_on(day) if own is None else own

    def own(self) -> dict[str, int]:
        """Return how many rows each of the user's own tables has, by field; those without any are left out."""
        fields = [field.name for field in attrs.fields(Tables) if not field.name.startswith(PUBLISHED)]
        counts = {name: len(value) for name in fields if hasattr(value := getattr(self, name), "__len__")}
        return {name: count for name, count in counts.items() if count}

    def loaded(self) -> dict[str, str]:
        """Return the published tables that are loaded, by field."""
        fields = (field.name for field in attrs.fields(Tables) if field.name.startswith(PUBLISHED))
        found = ((name, getattr(self, name)) for name in fields)
        return {name: "; ".join(map(str, several(tables))) for name, tables in found if tables}


NO_TABLES = Tables()
