"""Code sets: what a code means, and whether it could be billed on a day.

Every code set is one object with the same methods, importable from here by its name. `CODE_SETS` maps
the names to the sets. A set's module and table are loaded on first use.

>>> from medcode.codesets import place_of_service
>>> place_of_service["11"].title
'Office'
>>> place_of_service is CODE_SETS["place_of_service"]
True
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from medcode.codesets.registry import CodeSets, Package

if TYPE_CHECKING:
    # What a type checker needs to know; a test compares it with CODE_SETS.
    from medcode.codesets.adjustment_group import adjustment_group as adjustment_group
    from medcode.codesets.adjustment_reason import adjustment_reason as adjustment_reason
    from medcode.codesets.admission_source import admission_source as admission_source
    from medcode.codesets.admission_type import admission_type as admission_type
    from medcode.codesets.base import CodeSet
    from medcode.codesets.bill_type import bill_type as bill_type
    from medcode.codesets.cdt import cdt as cdt
    from medcode.codesets.condition_code import condition_code as condition_code
    from medcode.codesets.country import country as country
    from medcode.codesets.cpt import cpt as cpt
    from medcode.codesets.currency import currency as currency
    from medcode.codesets.discharge_status import discharge_status as discharge_status
    from medcode.codesets.drg import drg as drg
    from medcode.codesets.ein import ein as ein
    from medcode.codesets.hcpcs import hcpcs as hcpcs
    from medcode.codesets.icd9cm import icd9cm as icd9cm
    from medcode.codesets.icd9cm_procedures import icd9cm_procedures as icd9cm_procedures
    from medcode.codesets.icd10cm import icd10cm as icd10cm
    from medcode.codesets.icd10pcs import icd10pcs as icd10pcs
    from medcode.codesets.mbi import mbi as mbi
    from medcode.codesets.modifiers import modifiers as modifiers
    from medcode.codesets.ndc import ndc as ndc
    from medcode.codesets.ndc_product import ndc_product as ndc_product
    from medcode.codesets.npi import npi as npi
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
    from medcode.codesets.value_set import ValueSet as ValueSet
    from medcode.codesets.zip_code import zip_code as zip_code

__all__ = ["CODE_SETS", "ValueSet", "code_set"]

CODE_SETS = CodeSets(
    "adjustment_group",
    "adjustment_reason",
    "admission_source",
    "admission_type",
    "bill_type",
    "cdt",
    "condition_code",
    "country",
    "cpt",
    "currency",
    "discharge_status",
    "drg",
    "ein",
    "hcpcs",
    "icd10cm",
    "icd10pcs",
    "icd9cm",
    "icd9cm_procedures",
    "mbi",
    "modifiers",
    "ndc",
    "ndc_product",
    "npi",
    "occurrence_code",
    "place_of_service",
    "remark",
    "revenue",
    "ssn",
    "states",
    "status_category",
    "status_code",
    "taxonomy",
    "value_code",
    "zip_code",
)


def code_set(name: str) -> CodeSet[Any]:
    """Return a code set by its name. Raises KeyError, with the nearest name, for an unknown one, TypeError for no text.

    >>> code_set("icd10cm")
    <CodeSet icd10cm: ICD-10-CM>
    >>> code_set("icd10")
    Traceback (most recent call last):
        ...
    medcode.codesets.registry.UnknownSet: unknown set 'icd10'; did you mean icd10cm?
    """
    if not isinstance(name, str):
        raise TypeError(f"a code set is named by a text such as 'icd10cm', not by {type(name).__name__}")
    return CODE_SETS[name]


if not TYPE_CHECKING:  # a type checker knows the imports above, and no other names

    def __getattr__(name: str) -> object:
        """Import a code set, or ValueSet, when it is first used."""
        if name in CODE_SETS.shipped:
            value = CODE_SETS[name]
        elif name == "ValueSet":
            from medcode.codesets.value_set import ValueSet

            value = ValueSet
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the code sets and the other public names."""
    return sorted({*__all__, *CODE_SETS})


sys.modules[__name__].__class__ = Package
