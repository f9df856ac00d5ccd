"""What publishers offer openly, and where; and the command that loads a table of a code set.

The addresses are those of the releases named beside them; a later release has an address of its own,
which `medcode data fetch NAME --url URL` takes.
"""

from __future__ import annotations

import attrs

__all__ = ["OFFERS", "Offer", "load_command"]

AMA = (
    "The files of this release contain CPT codes. CPT is copyright American Medical Association; all "
    "rights reserved. Whoever uses them needs a license of the AMA for CPT."
)


@attrs.frozen
class Offer:
    """A file that its publisher offers: the tables it holds, its address, a notice to be accepted."""

    tables: tuple[str, ...]
    publisher: str
    release: str
    url: str
    notice: str | None = None


OFFERS = {
    "hcpcs": Offer(
        ("hcpcs", "modifiers"),
        "CMS",
        "January 2026",
        "https://www.cms.gov/files/zip/january-2026-alpha-numeric-hcpcs-file.zip",
    ),
    "taxonomy": Offer(
        ("taxonomy",),
        "NUCC",
        "25.1",
        "https://www.nucc.org/images/stories/CSV/nucc_taxonomy_251.csv",
    ),
    "ndc": Offer(
        ("ndc", "ndc_product"),
        "FDA",
        "of the day",
        "https://www.accessdata.fda.gov/cder/ndctext.zip",
    ),
    "pprrvu": Offer(
        ("pprrvu",),
        "CMS",
        "2026 A",
        "https://www.cms.gov/files/zip/rvu26a.zip",
        AMA,
    ),
}


def load_command(name: str) -> str:
    """Return the command that loads a table.

    >>> load_command("modifiers"), load_command("cpt")
    ('medcode data fetch hcpcs', 'medcode data add FILE --set cpt')
    """
    offered = (offer for offer, what in OFFERS.items() if name in what.tables)
    return next((f"medcode data fetch {offer}" for offer in offered), f"medcode data add FILE --set {name}")
