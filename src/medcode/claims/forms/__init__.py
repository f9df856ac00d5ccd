"""Claims and the paper forms: made from field numbers (CMS-1500, UB-04), and drawn on a grid of ours for a person to check.

>>> from medcode.edits.examples import visit
>>> draw([visit("I10")], "svg").startswith(b"<svg")
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.forms.cms1500 import from_cms1500
from medcode.claims.forms.ub04 import from_ub04

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.claims.model import Claim
    from medcode.findings import Finding

__all__ = ["KINDS", "draw", "from_cms1500", "from_ub04"]

KINDS = ("html", "pdf", "svg")
"""What a form is drawn as."""


def draw(
    claims: Iterable[Claim],
    kind: str,
    *,
    title: str = "Claims",
    phi: bool = False,
    findings: Sequence[Finding] = (),
) -> bytes:
    """Return claims on their forms (CMS-1500, UB-04 or ADA form) as `html`, `pdf` or `svg`.

    Boxes have the forms' numbers and names of ours: they are for a person to check, not to be sent. `findings` are marked at
    their boxes; the `claim` of each counts the claims. Boxes that must not be empty and values that cannot be read are
    marked too. Names, ids, dates, addresses, sex and payer, and texts where codes should be, are only shown with `phi=True`. Raises ValueError for another kind.
    """
    from medcode.claims.forms.drawing import pages
    from medcode.claims.forms.html import as_html
    from medcode.claims.forms.pdf import as_pdf
    from medcode.claims.forms.sheet import sheet_of
    from medcode.claims.forms.svg import as_svg

    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}; choose from {', '.join(KINDS)}")
    sheets = [
        sheet_of(claim, phi=phi, findings=[each for each in findings if each.claim == number])
        for number, claim in enumerate(claims)
    ]
    if kind == "html":
        return as_html(title, sheets).encode("utf-8", "backslashreplace")
    drawn = [page for sheet in sheets for page in pages(sheet)]
    return as_pdf(title, drawn) if kind == "pdf" else as_svg(title, drawn).encode("utf-8", "backslashreplace")
