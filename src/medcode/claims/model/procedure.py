"""Procedures of lines and of payers' decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Part, part, texts
from medcode.codesets.base import Malformed
from medcode.codesets.hcpcs import Hcpcs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Procedure", "optional_procedure", "procedure", "procedure_codes"]


_HCPCS = frozenset({"HC", "AD"})


def to_modifiers(values: Iterable[str]) -> tuple[str, ...]:
    """Return modifiers as a tuple, in order; a text alone is one modifier, or several with blanks or commas between.

    >>> to_modifiers("25"), to_modifiers("LT, 59")
    (('25',), ('LT', '59'))
    """
    return texts(values.replace(",", " ").split() if isinstance(values, str) else values)


@part
class Procedure(Part):
    """What was done: a HCPCS, CPT or CDT code with up to four modifiers.

    `qualifier` is HC for HCPCS and CPT, AD for CDT, HP for HIPPS rates; ER, IV and WK are code sets
    of their own. `description` is needed for unlisted and unclassified codes ("not otherwise classified").

    >>> Procedure("99213", ["25"])
    Procedure(code=Hcpcs('99213'), modifiers=('25',))
    """

    code: Hcpcs | Malformed | str
    modifiers: tuple[str, ...] = attrs.field(default=(), converter=to_modifiers)
    description: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    qualifier: str = attrs.field(default="HC", kw_only=True)

    _settled = "qualifier", _HCPCS

    def _settle(self) -> None:
        """Convert the code to HCPCS, CPT or CDT where the qualifier says so, else to text."""
        if self.qualifier not in _HCPCS:
            object.__setattr__(self, "code", str(self.code))
        elif not isinstance(self.code, (Hcpcs, Malformed)):
            object.__setattr__(self, "code", Hcpcs.parse(self.code))


def procedure(value: Procedure | str) -> Procedure:
    """Convert a procedure, or its code alone."""
    return value if isinstance(value, Procedure) else Procedure(value)


def procedure_codes(values: Iterable[str]) -> tuple[Hcpcs | Malformed, ...]:
    """Convert HCPCS or CPT codes."""
    return tuple(value if isinstance(value, (Hcpcs, Malformed)) else Hcpcs.parse(value) for value in values)


def optional_procedure(value: Procedure | str | None) -> Procedure | None:
    """Convert a procedure or None."""
    return None if value is None else procedure(value)
