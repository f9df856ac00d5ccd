"""HCPCS: what was done, supplied or given; Level I is CPT, Level II is CMS's own.

Five characters. Level II is a letter and four digits; CPT category I is five digits, categories
II and III four digits and F or T, laboratory, vaccine and multianalyte codes end in U, A or M.
No table ships: CPT belongs to the AMA, and a release of Level II is the user's to load. Until
then a well-formed code is NOT_CHECKED. Judged on the day of service.

Source: CMS, HCPCS Level II; 45 CFR 162.1002.

>>> Hcpcs("j1550")
Hcpcs('J1550')
>>> hcpcs.status("99213"), hcpcs.status("9921")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["Hcpcs", "hcpcs"]


@final
class Hcpcs(Code):
    """A procedure, supply or drug code of HCPCS Level I (CPT) or Level II."""

    __slots__ = ()

    label = "HCPCS"
    shape = re.compile(r"[A-V][0-9]{4}|[0-9]{4}[0-9AFMTU]")
    wanted = "a letter and four digits, or four digits and a digit or A, F, M, T, U"


hcpcs = CodeSet("hcpcs", Hcpcs)
