"""US medical codes, claim edits and X12 claims.

Nothing is loaded until a name is used. Every registered code set can be imported from here, as in
`from medcode import icd10cm, cpt`; `medcode.codesets.CODE_SETS` lists them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.codesets.adjustment_group import adjustment_group as adjustment_group
    from medcode.codesets.adjustment_reason import adjustment_reason as adjustment_reason
    from medcode.codesets.admission_source import admission_source as admission_source
    from medcode.codesets.admission_type import admission_type as admission_type
    from medcode.codesets.bill_type import bill_type as bill_type
    from medcode.codesets.cdt import cdt as cdt
    from medcode.codesets.condition_code import condition_code as condition_code
    from medcode.codesets.country import country as country
    from medcode.codesets.cpt import cpt as cpt
    from medcode.codesets.currency import currency as currency
    from medcode.codesets.discharge_status import discharge_status as discharge_status
    from medcode.codesets.drg import drg as drg
    from medcode.codesets.ein import ein as ein
    from medcode.codesets.hcpcs import Hcpcs, hcpcs as hcpcs
    from medcode.codesets.icd9cm import icd9cm as icd9cm
    from medcode.codesets.icd9cm_procedures import icd9cm_procedures as icd9cm_procedures
    from medcode.codesets.icd10cm import Icd10Cm, icd10cm as icd10cm
    from medcode.codesets.icd10pcs import Icd10Pcs, icd10pcs as icd10pcs
    from medcode.codesets.mbi import mbi as mbi
    from medcode.codesets.modifiers import modifiers as modifiers
    from medcode.codesets.ndc import ndc as ndc
    from medcode.codesets.ndc_product import ndc_product as ndc_product
    from medcode.codesets.npi import Npi, npi as npi
    from medcode.codesets.occurrence_code import occurrence_code as occurrence_code
    from medcode.codesets.place_of_service import place_of_service as place_of_service
    from medcode.codesets.remark import remark as remark
    from medcode.codesets.revenue import revenue as revenue
    from medcode.codesets.ssn import ssn as ssn
    from medcode.codesets.states import states as states
    from medcode.codesets.status_category import status_category as status_category
    from medcode.codesets.status_code import status_code as status_code
    from medcode.codesets.taxonomy import taxonomy as taxonomy
    from medcode.codesets.value_code import value_code as value_code
    from medcode.codesets.zip_code import zip_code as zip_code
    from medcode.scrubbing import scrub

    __version__: str

__all__ = ["Hcpcs", "Icd10Cm", "Icd10Pcs", "Npi", "hcpcs", "icd10cm", "icd10pcs", "scrub"]

_HOMES = {  # the module of each name that is not a code set
    "Hcpcs": "medcode.codesets.hcpcs",
    "Icd10Cm": "medcode.codesets.icd10cm",
    "Icd10Pcs": "medcode.codesets.icd10pcs",
    "Npi": "medcode.codesets.npi",
    "scrub": "medcode.scrubbing",
}


if not TYPE_CHECKING:  # type checkers know the names above and no others

    def __getattr__(name: str) -> Any:
        """Load a public name when it is first used (PEP 562)."""
        value = _loaded(name)
        globals()[name] = value
        return value


def _loaded(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("medcode")
    if not name.startswith("_"):
        from importlib.util import find_spec

        from medcode.codesets import CODE_SETS

        # Python asks for a module of the package by its name too, as in `from medcode import edits`; it is then
        # imported, and no entry point is searched for it.
        if name in CODE_SETS.shipped or (find_spec(f"{__name__}.{name}") is None and name in CODE_SETS):
            return CODE_SETS[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    from medcode.codesets import CODE_SETS

    return sorted({"__version__", *__all__, *CODE_SETS})
