"""US medical codes, claim edits and X12 837 claims."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.codesets.hcpcs import Hcpcs, hcpcs
    from medcode.codesets.icd10cm import Icd10Cm, icd10cm
    from medcode.codesets.icd10pcs import Icd10Pcs, icd10pcs
    from medcode.codesets.npi import Npi
    from medcode.scrubbing import scrub

__all__ = ["Hcpcs", "Icd10Cm", "Icd10Pcs", "Npi", "hcpcs", "icd10cm", "icd10pcs", "scrub"]

_HOMES = {  # where each name of the public face lives; nothing is loaded until it is asked for
    "Hcpcs": "medcode.codesets.hcpcs",
    "Icd10Cm": "medcode.codesets.icd10cm",
    "Icd10Pcs": "medcode.codesets.icd10pcs",
    "Npi": "medcode.codesets.npi",
    "hcpcs": "medcode.codesets.hcpcs",
    "icd10cm": "medcode.codesets.icd10cm",
    "icd10pcs": "medcode.codesets.icd10pcs",
    "scrub": "medcode.scrubbing",
}


if not TYPE_CHECKING:  # a checker knows the names above, and no others

    def __getattr__(name: str) -> Any:
        """Load a name of the public face when it is first used."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public face."""
    return sorted({*globals(), *__all__})
