"""What publishers offer openly, and where; and the command that loads a table of a code set.

An address is a pattern for the release of a day; where it does not fit, `medcode data fetch NAME --url
URL` takes another, and `page` is where the file can be downloaded by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from datetime import date

__all__ = ["OFFERS", "Offer", "load_command"]

AMA = (
    "The files of this release contain CPT codes. CPT is copyright American Medical Association; all "
    "rights reserved. Whoever uses them needs a license of the AMA for CPT."
)


@attrs.frozen
class Offer:
    """A file that its publisher offers: its tables, the pattern of its address, its page, a notice to accept.

    The pattern may use the year (`{year}`, or `{yy}` in two digits), the month in which the quarter
    begins (`{month}`), the letter of the quarter (`{letter}`), and 0 or 1 for the half of the year
    (`{half}`).
    """

    tables: tuple[str, ...]
    publisher: str
    pattern: str
    page: str
    notice: str | None = None

    def url(self, on: date) -> str:
        """Return the address of the release of a day.

        >>> from datetime import date
        >>> OFFERS["pprrvu"].url(date(2026, 5, 4))
        'https://www.cms.gov/files/zip/rvu26b.zip'
        """
        quarter = (on.month - 1) // 3
        return self.pattern.format(
            year=on.year,
            yy=f"{on.year % 100:02}",
            month=("january", "april", "july", "october")[quarter],
            letter="abcd"[quarter],
            half=int(on.month > 6),  # noqa: PLR2004  # July begins the second half
        )


OFFERS = {
    "hcpcs": Offer(
        ("hcpcs", "modifiers"),
        "CMS",
        "https://www.cms.gov/files/zip/{month}-{year}-alpha-numeric-hcpcs-file.zip",
        "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
    ),
    "taxonomy": Offer(
        ("taxonomy",),
        "NUCC",
        "https://www.nucc.org/images/stories/CSV/nucc_taxonomy_{yy}{half}.csv",
        "https://www.nucc.org/index.php/code-sets-mainmenu-41/provider-taxonomy-mainmenu-40/csv-mainmenu-57",
    ),
    "ndc": Offer(
        ("ndc", "ndc_product"),
        "FDA",
        "https://www.accessdata.fda.gov/cder/ndctext.zip",
        "https://www.fda.gov/drugs/drug-approvals-and-databases/national-drug-code-directory",
    ),
    "pprrvu": Offer(
        ("pprrvu",),
        "CMS",
        "https://www.cms.gov/files/zip/rvu{yy}{letter}.zip",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
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
