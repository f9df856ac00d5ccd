"""The paths of a claim that a payer may require: `references.referral`, `lines[].drug.code`."""

from __future__ import annotations

from typing import Any

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim, DentalLine
from medcode.claims.model.fields import ModelFields
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.claims.model.line import ProfessionalLine

__all__ = ["strayed"]

CLAIMS = (ProfessionalClaim, InstitutionalClaim, DentalClaim)
LINES = (ProfessionalLine, InstitutionalLine, DentalLine)


def strayed(path: str) -> tuple[str, list[str]]:
    """Return the first step of a path that no kind of claim has, nothing where one has all, and the fields instead.

    >>> strayed("references.referral")[0], strayed("references.refferal")[0], strayed("line[].charge")
    ('', 'refferal', ('line', ['lines']))
    """
    first, is_of_lines, rest = path.partition("[].")
    if is_of_lines and first != "lines":
        return first, ["lines"]
    of, name = (LINES, rest) if is_of_lines else (CLAIMS, path)
    rest, fields = min((strayed_in(kind, name) for kind in of), key=lambda each: len(each[0]))
    return rest.split(".")[0], fields


def strayed_in(kind: type[Any], path: str) -> tuple[str, list[str]]:
    """Return what of a path a class does not have, nothing where it has all, and the fields there are instead."""
    fields, rest = ModelFields.of(kind), path
    while rest:
        step, dot, after = rest.partition(".")
        found = fields.types.get(step)
        if found is None or (dot and (found.part is None or found.many or not after)):
            return rest, list(fields.types)
        rest, fields = after, fields.part(step) if after else fields
    return "", []
