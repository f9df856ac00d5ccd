"""What publishers offer openly, and where; and the command that loads a table of a code set.

An address is a pattern for the release of a day. Publishers do not promise it: `seen` says for which
releases it is known to have held, and an address beyond them is a guess. Where it does not fit, `medcode
data fetch NAME --url URL` takes another, and `page` is where the file can be downloaded by hand. `PAGES`
has the page of every table that can be loaded, also of those without an address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from datetime import date

__all__ = ["OFFERS", "PAGES", "Offer", "load_command"]

AMA = (
    "The files of this release contain CPT codes. CPT is copyright American Medical Association; all "
    "rights reserved. Whoever uses them needs a license of the AMA for CPT."
)


@attrs.frozen
class Offer:
    """A file that its publisher offers: its tables, the pattern of its address, its page, a notice to accept.

    `seen` names the releases whose address is known to follow the pattern, and those known not to.

    The pattern may use the year (`{year}`, or `{yy}` in two digits), the month in which the quarter
    begins (`{month}`), the letter of the quarter (`{letter}`), 0 or 1 for the half of the year
    (`{half}`), and the fiscal year, which begins in October (`{fiscal}`).
    """

    tables: tuple[str, ...]
    publisher: str
    pattern: str
    page: str
    seen: str
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
            fiscal=on.year + (on.month > 9),  # noqa: PLR2004  # October begins the next one
        )


ICD_10 = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"
NCCI = "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits"
X12 = "https://x12.org/codes"
NUBC = "https://www.nubc.org"

OFFERS = {
    "icd10cm": Offer(
        ("icd10cm",),
        "CMS",
        "https://www.cms.gov/files/zip/{fiscal}-code-descriptions-tabular-order.zip",
        ICD_10,
        "FY2025 to FY2027; April releases have other addresses",
    ),
    "icd10pcs": Offer(
        ("icd10pcs",),
        "CMS",
        "https://www.cms.gov/files/zip/{fiscal}-icd-10-pcs-order-file-long-and-abbreviated-titles.zip",
        ICD_10,
        "FY2022 to FY2026 but FY2024; April releases have other addresses",
    ),
    "icd10cm_successors": Offer(
        ("icd10cm_successors",),
        "CMS",
        "https://www.cms.gov/files/zip/{fiscal}-conversion-table.zip",
        ICD_10,
        "FY2025 to FY2027",
    ),
    "poa_exempt": Offer(
        ("poa_exempt",),
        "CMS",
        "https://www.cms.gov/files/zip/{fiscal}-poa-exempt-codes.zip",
        ICD_10,
        "FY2025 and FY2026",
    ),
    "hcpcs": Offer(
        ("hcpcs", "modifiers"),
        "CMS",
        "https://www.cms.gov/files/zip/{month}-{year}-alpha-numeric-hcpcs-file.zip",
        "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
        "January 2025 to July 2026; some earlier quarters end in -files.zip",
    ),
    "taxonomy": Offer(
        ("taxonomy",),
        "NUCC",
        "https://www.nucc.org/images/stories/CSV/nucc_taxonomy_{yy}{half}.csv",
        "https://www.nucc.org/index.php/code-sets-mainmenu-41/provider-taxonomy-mainmenu-40/csv-mainmenu-57",
        "versions to 25.1",
    ),
    "ndc": Offer(
        ("ndc", "ndc_product"),
        "FDA",
        "https://www.accessdata.fda.gov/cder/ndctext.zip",
        "https://www.fda.gov/drugs/drug-approvals-and-databases/national-drug-code-directory",
        "one address for every day",
    ),
    "pprrvu": Offer(
        ("pprrvu",),
        "CMS",
        "https://www.cms.gov/files/zip/rvu{yy}{letter}.zip",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
        "some quarters of 2025 and 2026; others add -updated and a day",
        AMA,
    ),
}


PAGES = {
    **{table: offer.page for offer in OFFERS.values() for table in offer.tables},
    **dict.fromkeys(("gems_icd10cm_icd9cm", "gems_icd9cm_icd10cm"), ICD_10),
    **dict.fromkeys(
        ("ptp_practitioner", "ptp_outpatient"), f"{NCCI}/medicare-ncci-procedure-procedure-ptp-edits"
    ),
    **dict.fromkeys(
        ("mue_practitioner", "mue_outpatient", "mue_supplier"),
        f"{NCCI}/medicare-ncci-medically-unlikely-edits",
    ),
    "add_on": f"{NCCI}/medicare-ncci-add-code-edits",
    "drg": "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps/ms-drg-classifications-and-software",
    "place_of_service": "https://www.cms.gov/medicare/coding-billing/place-of-service-codes/code-sets",
    "cpt": "https://www.ama-assn.org/practice-management/cpt",
    "cdt": "https://www.ada.org/publications/cdt",
    "adjustment_reason": f"{X12}/claim-adjustment-reason-codes",
    "remark": f"{X12}/remittance-advice-remark-codes",
    "status_category": f"{X12}/claim-status-category-codes",
    "status_code": f"{X12}/claim-status-codes",
    **dict.fromkeys(
        (
            "revenue",
            "bill_type",
            "condition_code",
            "occurrence_code",
            "value_code",
            "admission_source",
            "admission_type",
        ),
        NUBC,
    ),
}
"""Where each table can be downloaded by hand, or who licenses it."""


def load_command(name: str) -> str:
    """Return the command that loads a table.

    >>> load_command("modifiers"), load_command("cpt")
    ('medcode data fetch hcpcs', 'medcode data add FILE --set cpt')
    """
    offered = (offer for offer, what in OFFERS.items() if name in what.tables)
    return next((f"medcode data fetch {offer}" for offer in offered), f"medcode data add FILE --set {name}")
