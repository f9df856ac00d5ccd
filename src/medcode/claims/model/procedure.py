"""Procedures as lines and decisions name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Part, texts
from medcode.codesets.base import Malformed
from medcode.codesets.hcpcs import Hcpcs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Procedure", "optional_procedure", "procedure", "procedure_codes"]


_HCPCS = {"HC", "AD"}


@attrs.frozen(repr=False, slots=False)
class Procedure(Part):
    """What was done: a HCPCS, CPT or CDT code with up to four modifiers.

    `qualifier` is HC for HCPCS and CPT, AD for CDT, HP for HIPPS rates, ER, IV and WK for codes
    of their own. `description` is needed for codes that name nothing in particular ("not
    otherwise classified").

    >>> Procedure("99213", ["25"])
    Procedure(code=Hcpcs('99213'), modifiers=('25',))
    """

    code: Hcpcs | Malformed | str
    modifiers: tuple[str, ...] = attrs.field(default=(), converter=texts)
    description: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    qualifier: str = attrs.field(default="HC", kw_only=True)

    def _settle(self) -> None:
        """Take in the code: one of HCPCS, CPT or CDT where the qualifier says so, else any text."""
        if self.qualifier not in _HCPCS:
            object.__setattr__(self, "code", str(self.code))
        elif not isinstance(self.code, (Hcpcs, Malformed)):
            object.__setattr__(self, "code", Hcpcs.parse(self.code))


def procedure(value: Procedure | str) -> Procedure:
    """Take in a procedure, or its code alone."""
    return value if isinstance(value, Procedure) else Procedure(value)


def procedure_codes(values: Iterable[str]) -> tuple[Hcpcs | Malformed, ...]:
    """Take in HCPCS or CPT codes."""
    return tuple(value if isinstance(value, (Hcpcs, Malformed)) else Hcpcs.parse(value) for value in values)


def optional_procedure(value: Procedure | str | None) -> Procedure | None:
    """Take in a procedure that may be absent."""
    return None if value is None else procedure(value)
