"""Code sets: what a code means, and whether it could be billed on a day.

`CODE_SETS` maps the name of each set to its `CodeSet`; a set is loaded when it is first asked for.
A set called `name` is the object `name` of the module `medcode.codesets.name`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.base import CodeSet

__all__ = ["CODE_SETS", "code_set"]

NAMES = (
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
    "taxonomy",
    "value_code",
    "zip_code",
)


def code_set(name: str) -> CodeSet[Any]:
    """Give a code set by its name; KeyError if there is none of that name.

    >>> code_set("icd10cm")
    <CodeSet icd10cm: ICD-10-CM>
    """
    return CODE_SETS[name]


class _CodeSets(Mapping[str, "CodeSet[Any]"]):
    """The code sets by name; a set's module is imported when the set is asked for."""

    def __getitem__(self, name: str) -> CodeSet[Any]:
        if name not in NAMES:
            raise KeyError(name)
        return cast("CodeSet[Any]", getattr(import_module(f"medcode.codesets.{name}"), name))

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


CODE_SETS: Mapping[str, CodeSet[Any]] = _CodeSets()
