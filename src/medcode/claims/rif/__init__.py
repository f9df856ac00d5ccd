"""Claims from CMS Research Identifiable Files: carrier, DME, inpatient, SNF and outpatient.

A RIF is text with `|` between columns and a row for each line of a claim. What a file does not
hold stays missing: nothing is made up, so most of these claims cannot be sent as they are.

Source: CMS and ResDAC, record layouts of the Medicare fee-for-service files.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from medcode.claims.rif.institutional import institutional
from medcode.claims.rif.professional import professional
from medcode.claims.rif.row import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.claims.model.claim import Claim
    from medcode.claims.rif.row import Row

__all__ = ["read_claims"]


def read_claims(path: str | Path, beneficiaries: str | Path | None = None) -> Iterator[Claim]:
    r"""Read the claims of a file one by one; rows of one claim and patient that follow each other are its lines.

    `beneficiaries` is the file that tells who the patients are. Raises OSError for a file that
    cannot be read, LoadError, with its line and column, for one that is not a RIF of claims and for a row without a
    claim or beneficiary id.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> columns = {"CLM_ID": "7", "BENE_ID": "3", "HCPCS_CD": "99213", "LINE_SBMTD_CHRG_AMT": "125"}
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "carrier.csv")
    ...     _ = path.write_text("|".join(columns) + "\n" + "|".join(columns.values()))
    ...     [claim] = read_claims(path)
    >>> claim.lines[0].procedure.code, claim.total
    (Hcpcs('99213'), Decimal('125'))
    """
    people = {row["BENE_ID"]: row for row in rows(beneficiaries, "BENE_ID")} if beneficiaries else {}
    for _, group in groupby(rows(path, "CLM_ID"), key=_claim_id):
        lines = list(group)
        first = lines[0]
        make = institutional if "REV_CNTR" in first else professional
        yield make(lines, people.get(first["BENE_ID"]))


def _claim_id(row: Row) -> tuple[str, str]:
    """Return the claim and its patient: two patients never share a claim, whatever its number."""
    return row["CLM_ID"], row["BENE_ID"]
